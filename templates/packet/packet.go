// Package packet sets one recipient's papers, in the order in which they must
// be made: the exhibit book first, because the letter cites its pages; then
// the mandate and the list of exhibits, because the letter says how long they
// are; then the letter, what goes up to the recipient's page, a supplement, and
// what surrounds them: a note, a text to adapt, a mail draft, a calendar. The
// order in which a recipient reads them, letter first and book last, is that of
// compose (papers.go): printed and uploaded files keep it.
//
// For one recipient call [Build], for all of them [BuildAll]; [Print] joins
// the papers into one file for the printer, and [BuildApplication] makes a
// letter that needs no breach. An [Order] says what is wanted and [Made] what
// came of it, both as plain values.
//
// The caller gives an empty folder that is not in its place yet, and renames it
// when all is whole. The package reads exhibits through
// [letter.Input.Open] and knows no case folder, no flag and no message; who
// the recipients are is decided before.
package packet

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/scan"
	"juzheng/templates/typeset"
)

// Names of files and folders that others have to find again.
const (
	GuideName     = "先看这里.pdf" // of [BuildAll], for the complainant
	UploadFolder  = "上传件"      // what goes up to the recipient's page
	ExtraFolder   = "补充材料"     // of a supplement
	EditableName  = "正文（可修改，不是签名稿）.docx"
	TextName      = "正文.txt"
	DraftName     = "邮件草稿（没有发出）.eml"
	RemindersName = "期限提醒.ics"
	ownMark       = "（自己留存）" // of papers for the complainant alone
	noteName      = "提交说明" + ownMark
)

// An Order is what one recipient is to get.
type Order struct {
	Input      letter.Input         // as the case has it: what the recipient is not to see is covered here
	Redactions []evidence.Redaction // of the case, for all recipients
	Folder     string               // of the recipient, in the folder of all: 1-平台客服
	Volume     int64                // most bytes of a volume of the book; 0: no limit
	Upload     int64                // bytes the recipient's page takes; 0: as the directory says
	Supplement string               // the first exhibit of a supplement; empty: none is wanted
	Filed      bool                 // the complaint was handed in: of a supplement nothing else is made
	Scan       *scan.Paper          // of the signed letter; nil: it has not been signed and scanned yet
	Fonts      typeset.Fonts        // for characters that the program's own fonts lack
}

// UsualVolume is the most bytes of a volume unless told otherwise: what mail
// and phones take without complaint.
const UsualVolume = 100_000_000

// Made is what came of an order.
type Made struct {
	Unset      []typeset.Unset // pictures that could not be set; their pages say so
	Upload     *letter.Upload  // nil: no limit of the recipient's page is known
	Heavy      []string        // exhibits larger than a volume may be, each one by itself
	Supplement bool            // one was made: a finding rests on a new exhibit
	Scans      []string        // files of the person in the folder: the scan of the signed letter
	Pages      int             // of the letter
}

// Covered is the input of an order as its recipient may read it: other
// people's numbers and names masked, words covered, and characters no font has
// given by their number. Missing are rows whose words are nowhere: what they
// were meant for would stay to be read.
func Covered(o Order) (in letter.Input, missing []evidence.Redaction) {
	in = o.Input
	in.Case = freeOnPaper(in.Case, o.Fonts)
	in.Findings, in.Exhibits = onPaper(in.Findings, o.Fonts), onPaper(in.Exhibits, o.Fonts)
	passages := map[string][]evidence.Passage{}
	for x, said := range in.Passages {
		passages[x] = onPaper(said, o.Fonts)
	}
	in.Passages = passages
	// Before the names in them are masked.
	in.Readings = append(slices.Clip(in.Readings), mask.WrittenDown(in.Matter)...)
	return letter.Redact(in, onPaper(o.Redactions, o.Fonts))
}

// Uncovered are the pictures of an order's book that show what its recipient
// does not get in text, as far as their words were written down or read.
func Uncovered(o Order) []mask.Uncovered {
	in, _ := Covered(o)
	return letter.Uncovered(in)
}

// BuildAll sets the papers of all recipients, each in a folder of its own in
// dir, and beside them the guide to all for the complainant.
func BuildAll(ctx context.Context, dir string, orders []Order) ([]Made, error) {
	if len(orders) == 0 {
		return nil, nil
	}
	var out []Made
	var steps []letter.GuideEntry
	for _, o := range orders {
		own := filepath.Join(dir, o.Folder)
		if err := os.Mkdir(own, 0o700); err != nil {
			return nil, err
		}
		made, err := Build(ctx, own, o)
		if err != nil {
			return nil, err
		}
		out = append(out, made)
		steps = append(steps, letter.GuideEntry{Recipient: o.Input.Recipient, Role: o.Input.Role,
			Folder: o.Folder, Upload: made.Upload, Scan: len(made.Scans) > 0,
			Supplement: o.Filed && made.Supplement})
	}
	first, _ := Covered(orders[0])
	return out, setDocument(filepath.Join(dir, GuideName), letter.Start(first, steps), nil, orders[0].Fonts)
}

// Build sets the papers of one recipient into an empty folder.
func Build(ctx context.Context, dir string, o Order) (Made, error) {
	in, _ := Covered(o)
	if o.Filed && o.Supplement != "" {
		made, err := setSupplement(ctx, dir, in, o)
		if err != nil || made.Supplement {
			return made, err
		}
	}
	book, err := setBook(ctx, filepath.Join(dir, filing.Book), in, o)
	if err != nil {
		return Made{}, err
	}
	made := Made{Unset: book.unset, Heavy: book.heavy}
	papers, err := compose(in, book.at, o.Fonts)
	if err != nil {
		return Made{}, err
	}
	if err := ctx.Err(); err != nil {
		return Made{}, err
	}
	if o.Scan != nil {
		if made.Scans, in.Scan, err = putScan(dir, in, *o.Scan); err != nil {
			return Made{}, err
		}
	}
	if made.Upload, err = setUpload(dir, in, book.at, papers, o); err != nil {
		return Made{}, err
	}
	own := []paper{{noteName, letter.CoverNote(in, made.Upload)}}
	if in.Role == evidence.ToForward {
		own = append(own, paper{letter.CallSheetTitle + ownMark, letter.CallSheet(in)})
	}
	for n, p := range append(papers, own...) {
		pages, err := setPages(filepath.Join(dir, p.name+".pdf"), p.doc, book.at.Pages, o.Fonts)
		if err != nil {
			return Made{}, err
		}
		if n == 0 {
			made.Pages = pages
		}
	}
	if err := surround(dir, in, papers[0].doc); err != nil {
		return Made{}, err
	}
	if o.Supplement != "" && !o.Filed {
		extra, err := setSupplement(ctx, dir, in, o)
		if err != nil {
			return Made{}, err
		}
		made.Supplement = extra.Supplement
	}
	return made, nil
}
