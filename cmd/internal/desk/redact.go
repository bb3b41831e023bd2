package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/intake/ocr"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
	"juzheng/templates/typeset/picture"
)

// RedactOptions say what is covered on papers. Nothing: what is covered
// already is listed and drawn.
type RedactOptions struct {
	Exhibit string   // empty: every paper
	Boxes   []string // cells such as C4:F5, or left,top,width,height in pixels
	Page    int      // of a PDF on which they are, from 1; 0: of a picture
	Words   []string // in texts
	Find    []string // on pictures, where a program reads them
	To      []string // for whom; empty: everybody
	Reason  string
}

// A Redacted is what is covered now.
type Redacted struct {
	Rows     []evidence.Redaction
	Previews []string       // paths of pictures to look at
	Visible  []WordsVisible // what is covered in text and still to be seen on its picture
	InText   []WordsInText  // what was covered on pictures and stands in texts, uncovered
	// Unfound are words that no picture was found to show, while they are covered in text.
	Unfound []string
	Nowhere []string // words that no text holds, while they are covered on pictures
}

// WordsInText are words that papers still print, for nothing covers them in text.
type WordsInText struct {
	Words    string   `json:"words"`
	Rows     []string `json:"rows"`     // of the timeline that hold them
	Exhibits []string `json:"exhibits"` // whose names or titles hold them
}

// A RedactionLine is a row of redactions.csv as a program reads it.
type RedactionLine struct {
	Box     []int    `json:"box,omitempty"` // left, top, width, height; of a row without text
	Page    int      `json:"page,omitempty"`
	Exhibit string   `json:"exhibit"`
	Reason  string   `json:"reason"`
	Text    string   `json:"text"`
	To      []string `json:"to"`
}

// A RedactedSummary ends what is said of redactions.
type RedactedSummary struct {
	Previews   []string `json:"previews"`
	Redactions int      `json:"redactions"`

	InText []WordsInText `json:"in_text,omitempty"`
}

// Lines are the objects of the result.
func (r Redacted) Lines() []Line {
	var out []Line
	for _, x := range r.Rows {
		l := RedactionLine{Exhibit: x.Exhibit, Page: x.Page, Reason: x.Reason, Text: x.Text, To: x.To}
		if x.Text == "" {
			l.Box = []int{x.Box.X, x.Box.Y, x.Box.W, x.Box.H}
		}
		out = append(out, Line{"redaction", l})
	}
	return append(out, Line{"summary", RedactedSummary{r.Previews, len(r.Rows), r.InText}})
}

// NotDecoded tells of a picture that was not looked at.
type NotDecoded struct {
	Exhibit string
	Why     evidence.Text
}

// Code names the notice.
func (NotDecoded) Code() string { return "not-decoded" }

// ErrNothingToCover reports a reason or recipient for covering, and nothing to
// cover.
var ErrNothingToCover = errors.New("nothing to cover is named")

// A BoxError reports a box that is none: Exhibit and Last are set where the
// picture has no such cells; Alone says that the exhibit is missing.
type BoxError struct {
	Box, Exhibit, Last string
	Alone              bool
}

func (e *BoxError) Error() string { return "not a box: " + e.Box }

// A ShortWordsError reports words of less than two characters.
type ShortWordsError struct {
	Words string
	Find  bool // on pictures
}

func (e *ShortWordsError) Error() string { return fmt.Sprintf("%q is too short", e.Words) }

// A NoCellsError reports an exhibit that is no picture with cells.
type NoCellsError struct{ Exhibit string }

func (e *NoCellsError) Error() string { return e.Exhibit + " is no picture with cells" }

// A NoPictureError reports an exhibit that has no coordinates to draw.
type NoPictureError struct{ Exhibit, MediaType string }

func (e *NoPictureError) Error() string { return e.Exhibit + " is no picture: " + e.MediaType }

// A NotFoundError reports words that no picture was found to show.
type NotFoundError struct{ Words []string }

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("%q was not found on the pictures", e.Words)
}

// A NotInTextError reports words that no paper holds: nothing would be covered, and what
// was meant would stay to be read.
type NotInTextError struct{ Words []string }

func (e *NotInTextError) Error() string { return fmt.Sprintf("no paper holds %q", e.Words) }

// wordsNowhere are the words among rows that are in no text of the case, as [Build]
// would find.
func wordsNowhere(ctx context.Context, d Desk, f *folder.Folder, rows []evidence.Redaction) ([]string, error) {
	rows = slices.Clone(rows)
	for n := range rows {
		rows[n].To = nil // whoever gets it
	}
	if !slices.ContainsFunc(rows, func(r evidence.Redaction) bool { return r.Text != "" }) {
		return nil, nil
	}
	x, err := read(d, f)
	if err != nil {
		return nil, err
	}
	x.Redactions = rows
	o := order(x, addressee{}, bag.Root{})
	_, missing := packet.Covered(o)
	if len(missing) > 0 { // perhaps in what is said on a recording
		heard, err := listen(ctx, d, x)
		if err != nil {
			return nil, err
		}
		_, missing = packet.Covered(heard.into(o))
	}
	var out []string
	for _, r := range missing {
		if !slices.Contains(out, r.Text) {
			out = append(out, r.Text)
		}
	}
	return out, nil
}

// Redact adds to what papers do not show, and draws the covered pictures to
// be looked at. Originals and bundle stay as they are.
func Redact(ctx context.Context, d Desk, dir string, o RedactOptions) (r Redacted, err error) {
	added, err := o.rows()
	if err != nil {
		return r, err
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	rows, err := f.Redactions()
	if err != nil {
		return r, err
	}
	register, err := f.Register()
	if err != nil {
		return r, err
	}
	if _, ok := register.Lookup(o.Exhibit); o.Exhibit != "" && !ok {
		return r, &NoExhibitError{o.Exhibit}
	}
	found, err := o.places(ctx, d, f, register.Exhibits)
	if missing := (*NotFoundError)(nil); errors.As(err, &missing) && len(o.Words) > 0 {
		r.Unfound = missing.Words
	} else if err != nil {
		return r, err
	}
	incidents, err := f.Timeline()
	if err != nil {
		return r, err
	}
	pages, err := pagesToCover(ctx, d, f, register.Exhibits, append(slices.Clone(rows), added...), o)
	if err != nil {
		return r, err
	}
	cells, err := o.cells(register, pages)
	if err != nil {
		return r, err
	}
	if err := boxesOnPages(slices.Concat(added, cells), pages); err != nil {
		return r, err
	}
	nowhere, err := wordsNowhere(ctx, d, f, added)
	if err != nil {
		return r, err
	}
	if len(nowhere) > 0 && len(found)+len(cells) == 0 {
		return r, &NotInTextError{nowhere}
	}
	if r.Nowhere = nowhere; len(nowhere) > 0 { // the pictures are covered all the same
		added = slices.DeleteFunc(added, func(r evidence.Redaction) bool { return slices.Contains(nowhere, r.Text) })
	}
	added = slices.Concat(added, found, cells)
	asked := o.Exhibit // its coordinates, unless rows were given
	if len(added) > 0 {
		asked, rows = "", merged(rows, added)
		if err := f.WriteRedactions(rows); err != nil {
			return r, err
		}
	}
	r.Rows, r.Visible = rows, visibleWords(rows, register.Exhibits)
	r.InText = inText(o.Find, rows, incidents, register.Exhibits)
	if r.Previews, err = previews(f, register.Exhibits, rows, asked, o.Page, pages); err != nil {
		return r, err
	}
	x := Dossier{Folder: f, Date: d.Now, Redactions: rows}
	own, err := outsideOf(d, f)
	if err != nil {
		return r, err
	}
	x.Directory = own.directory
	if x.Case, err = f.ReadCase(); err != nil {
		return r, err
	}
	if err := asideUncovered(d, x); err != nil {
		return r, err
	}
	if len(rows) == 0 {
		return r, nil
	}
	if x, err = read(d, f); err != nil {
		return r, nil // what keeps the case from being read check tells; the rows are written
	}
	if err := tellPage(d, x); err != nil {
		return r, err
	}
	return r, tellCopies(d, x)
}

// inText are those of some words that rows of the timeline or names of exhibits hold and
// that nothing covers in texts for everybody: papers print them.
func inText(words []string, rows []evidence.Redaction, incidents []evidence.Incident,
	exhibits []evidence.Exhibit) (out []WordsInText) {
	for _, w := range words {
		w = strings.TrimSpace(w)
		if slices.ContainsFunc(rows, func(r evidence.Redaction) bool {
			return r.Text != "" && r.Exhibit == "" && len(r.To) == 0 && strings.Contains(w, r.Text)
		}) {
			continue
		}
		t := WordsInText{Words: w, Rows: []string{}, Exhibits: []string{}}
		for _, i := range incidents {
			if strings.Contains(strings.Join([]string{i.Shown, i.Words, i.Name, i.Number, i.ToldBy}, "\n"), w) {
				t.Rows = append(t.Rows, i.ID)
			}
		}
		for _, x := range exhibits {
			if strings.Contains(x.OriginalName+"\n"+x.Title, w) {
				t.Exhibits = append(t.Exhibits, x.Number)
			}
		}
		if len(t.Rows)+len(t.Exhibits) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// merged are rows with those added that are not among them.
func merged(rows, added []evidence.Redaction) []evidence.Redaction {
	for _, r := range added {
		same := func(o evidence.Redaction) bool {
			return o.Exhibit == r.Exhibit && slices.Equal(o.To, r.To) && o.Box == r.Box && o.Page == r.Page &&
				o.Text == r.Text
		}
		if !slices.ContainsFunc(rows, same) {
			rows = append(rows, r)
		}
	}
	return rows
}

// rows are what the options ask for.
func (o RedactOptions) rows() ([]evidence.Redaction, error) {
	for _, t := range o.To {
		if !slices.Contains(evidence.AllRoles(), evidence.Role(t)) {
			return nil, &RoleError{t}
		}
	}
	var out []evidence.Redaction
	for _, s := range o.Boxes {
		b, ok := parseBox(s)
		if evidence.IsCells(s) || evidence.IsWhole(s) {
			ok = true // which part of the picture they are, its size says
		}
		if !ok {
			return nil, &BoxError{Box: s}
		}
		if o.Exhibit == "" {
			return nil, &BoxError{Box: s, Alone: true}
		}
		if !evidence.IsCells(s) && !evidence.IsWhole(s) {
			out = append(out, evidence.Redaction{Exhibit: o.Exhibit, To: o.To, Page: o.Page, Box: b, Reason: o.Reason})
		}
	}
	for _, s := range o.Words {
		if len([]rune(s)) < 2 {
			return nil, &ShortWordsError{s, false}
		}
		out = append(out, evidence.Redaction{Exhibit: o.Exhibit, To: o.To, Text: s, Reason: o.Reason})
	}
	for _, s := range o.Find {
		if len([]rune(strings.TrimSpace(s))) < 2 {
			return nil, &ShortWordsError{s, true}
		}
	}
	if len(o.Boxes) == 0 && o.Page != 0 && len(out)+len(o.Find) > 0 || len(o.Boxes) > 0 && o.Page < 0 {
		return nil, &PageError{Exhibit: o.Exhibit, Page: o.Page}
	}
	if len(out)+len(o.Find)+len(o.Boxes) == 0 && (o.Reason != "" || len(o.To) > 0) {
		return nil, ErrNothingToCover
	}
	return out, nil
}

// places are boxes over the words asked for, where a program reads them on
// the pictures. What it read is kept: more words are looked for one after another.
func (o RedactOptions) places(
	ctx context.Context, d Desk, f *folder.Folder, exhibits []evidence.Exhibit,
) ([]evidence.Redaction, error) {
	if len(o.Find) == 0 {
		return nil, nil
	}
	tesseract, err := ocr.FindTesseract(ctx)
	if err != nil {
		return nil, &NoReaderError{err}
	}
	var out []evidence.Redaction
	for _, x := range exhibits {
		if !strings.HasPrefix(x.MediaType, "image/") || o.Exhibit != "" && x.Number != o.Exhibit {
			continue
		}
		seen, kept := intake.SeenOn(f, x)
		if !kept || seen.By != tesseract.Describe() {
			m, err := picture.Upright(pictureOf(f, x, nil))
			if err != nil {
				why := evidence.Text{ZH: "文件读不了", EN: err.Error()}
				if p := (*picture.Error)(nil); errors.As(err, &p) {
					why.ZH = p.Reason.ZH
				}
				d.tell(NotDecoded{x.Number, why})
				continue
			}
			if seen, err = tesseract.See(ctx, m); errors.Is(err, ocr.ErrSlow) {
				d.tell(NotDecoded{x.Number, evidence.Text{ZH: "认了很久还没有认完，多半不是有字的图",
					EN: "reading it took too long: most likely it is no picture of writing"}})
				continue
			} else if err != nil {
				return nil, err
			}
			intake.KeepSeen(f, x, seen)
		}
		for _, words := range o.Find {
			for _, r := range seen.Places(words) {
				box := evidence.Box{X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy()}
				out = append(out, evidence.Redaction{Exhibit: x.Number, To: o.To, Reason: o.Reason, Box: box})
			}
		}
	}
	if len(out) == 0 {
		return nil, &NotFoundError{o.Find}
	}
	return out, nil
}

// cells are the boxes that were named by cells of the ruled picture.
func (o RedactOptions) cells(register folder.Register, pages map[string]letter.Sheets) ([]evidence.Redaction, error) {
	var out []evidence.Redaction
	for _, s := range o.Boxes {
		if !evidence.IsCells(s) && !evidence.IsWhole(s) {
			continue
		}
		x, _ := register.Lookup(o.Exhibit)
		w, h := x.Media.Upright()
		if evidence.IsWhole(s) && pictured(x) {
			out = append(out, evidence.Redaction{Exhibit: o.Exhibit, To: o.To, Box: evidence.WholeBox(x.Media),
				Reason: o.Reason})
			continue
		}
		if s, paged := pages[x.Number]; paged {
			p, err := pageOf(s, x.Number, o.Page)
			if err != nil {
				return nil, err
			}
			w, h = p.Width, p.Height
		} else if !strings.HasPrefix(x.MediaType, "image/") || w == 0 || h == 0 {
			return nil, &NoCellsError{o.Exhibit}
		}
		if evidence.IsWhole(s) { // a page of a PDF
			out = append(out, evidence.Redaction{Exhibit: o.Exhibit, To: o.To, Page: o.Page, Box: evidence.Box{W: w, H: h},
				Reason: o.Reason})
			continue
		}
		b, ok := evidence.BoxOfCells(s, w, h)
		if !ok {
			g := evidence.GridOf(w, h)
			last := g.Name(g.Columns-1, g.Rows-1)
			return nil, &BoxError{Box: s, Exhibit: o.Exhibit, Last: last}
		}
		out = append(out, evidence.Redaction{Exhibit: o.Exhibit, To: o.To, Page: o.Page, Box: b, Reason: o.Reason})
	}
	return out, nil
}

func parseBox(s string) (evidence.Box, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，x×+ ", r) })
	var n [4]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || i >= len(n) {
			return evidence.Box{}, false
		}
		n[i] = v
	}
	return evidence.Box{X: n[0], Y: n[1], W: n[2], H: n[3]}, len(parts) == 4 && n[2] > 0 && n[3] > 0
}
