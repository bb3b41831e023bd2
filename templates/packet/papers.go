package packet

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/templates/document"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// A paper is one document of a filing and the name of its file.
type paper struct {
	name string
	doc  document.Document
}

func documents(papers []paper) []document.Document {
	out := make([]document.Document, len(papers))
	for i, p := range papers {
		out[i] = p.doc
	}
	return out
}

// An UnresolvedError is a letter that still holds marks of its template, which
// only a value missing in the case leaves there. Such a letter is not written.
type UnresolvedError struct {
	Title string
	Left  []string
}

func (e *UnresolvedError) Error() string {
	return fmt.Sprintf("%s has placeholders left: %q", e.Title, e.Left)
}

// resolved reports what a template left open. Marks that stand in what the person wrote or
// a file shows are theirs: a message that was sent with its {{name}} is quoted as it is.
func resolved(d document.Document, in letter.Input) error {
	left := document.Unresolved(d)
	if len(left) == 0 {
		return nil
	}
	said := wordsOf(in)
	left = slices.DeleteFunc(left, func(mark string) bool { return strings.Contains(said, mark) })
	if len(left) > 0 {
		return &UnresolvedError{d.Title, left}
	}
	return nil
}

// wordsOf is all that a matter says, one thing behind the other, without blanks.
func wordsOf(in letter.Input) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, part := range []any{in.Case, in.Incidents, in.Findings, in.Exhibits, in.Passages, in.Recipient} {
		if enc.Encode(part) != nil {
			return "" // then every mark counts
		}
	}
	return strings.NewReplacer(" ", "", `\n`, "", `\r`, "", `\t`, "").Replace(out.String())
}

// compose writes what is handed in before the book, in filing order: letter,
// mandate if an agent acts, list of exhibits. What the letter names as
// attached is counted first.
func compose(in letter.Input, at letter.Counted, fonts typeset.Fonts) ([]paper, error) {
	if err := letter.Ready(in); err != nil {
		return nil, err
	}
	count := func(d document.Document) (int, error) {
		p, err := fonts.Document(io.Discard, d, at.Pages)
		return p.Total, err
	}
	var after []paper
	var err error
	if in.Case.Agent.Name != "" {
		mandate, err := letter.Mandate(in)
		if err != nil {
			return nil, err
		}
		if at.Mandate, err = count(mandate); err != nil {
			return nil, err
		}
		after = append(after, paper{filing.Mandate, mandate})
	}
	list := letter.List(in, at)
	if at.List, err = count(list); err != nil {
		return nil, err
	}
	after = append(after, paper{filing.List, list})
	doc, err := Letter(in, at, fonts)
	if err != nil {
		return nil, err
	}
	return append([]paper{{in.Role.Letter(), doc}}, after...), nil
}

// mostPages is how long a letter should be: what a clerk reads without turning
// over a second sheet.
const mostPages = 2

// Letter composes the letter of an input. One that has more pages than two says once
// what its facts share, if it is shorter by that.
func Letter(in letter.Input, at letter.Counted, fonts typeset.Fonts) (document.Document, error) {
	doc := letter.Compose(in, at)
	if err := resolved(doc, in); err != nil {
		return doc, err
	}
	pages, err := fonts.Document(io.Discard, doc, at.Pages)
	if err != nil || pages.Total <= mostPages {
		return doc, err
	}
	at.Short = true
	short := letter.Compose(in, at)
	fewer, err := fonts.Document(io.Discard, short, at.Pages)
	if err == nil && fewer.Total < pages.Total {
		doc = short
	}
	return doc, err
}

// surround writes what goes with a letter: its text to adapt or to type into a
// form, a mail draft, a calendar of its terms.
func surround(dir string, in letter.Input, doc document.Document) error {
	files, err := adaptable(doc)
	if err != nil {
		return err
	}
	files[RemindersName] = filing.ICS(in.Case.ID, filing.TermEvents(in, doc.Title), in.Date)
	if fields := letter.Form(in, document.Text(doc)); fields != nil {
		files["网页表单.txt"] = filing.FormText(in, fields)
	}
	if filing.ByMail(in) {
		if files[DraftName], err = draft(dir, in); err != nil {
			return err
		}
	}
	return writeFiles(dir, files)
}

// adaptable is a letter's text, by the names of its files, for those who adapt
// it or type it into a form.
func adaptable(doc document.Document) (map[string][]byte, error) {
	docx, err := filing.DOCX(headedByMark(doc))
	if err != nil {
		return nil, err
	}
	return map[string][]byte{TextName: Wording(doc), EditableName: docx}, nil
}

// Wording is what the file of that name holds of a letter.
func Wording(doc document.Document) []byte { return filing.Text(headedByMark(doc)) }

// headedByMark has the mark, which pages carry at their head, as its first line.
func headedByMark(doc document.Document) document.Document {
	if doc.Mark != "" {
		head := document.Paragraph{Spans: []document.Span{{Text: doc.Mark, Bold: true}}, Align: document.Right}
		doc.Blocks = append([]document.Block{head}, doc.Blocks...)
	}
	return doc
}

// draft is a mail with the papers of a folder attached, in their order, as
// far as a mail takes them.
func draft(dir string, in letter.Input) ([]byte, error) {
	papers, err := papersIn(dir)
	if err != nil {
		return nil, err
	}
	if in.Scan != "" { // in place of the letter that is not signed
		letter := in.Role.Letter() + ".pdf"
		papers = slices.DeleteFunc(papers, func(p filing.Paper) bool { return p.Name == letter })
	}
	room := int64(filing.MailRoom)
	for _, c := range in.Recipient.Channels {
		if c.Type == "email" && c.MaxAttachmentBytes > 0 {
			room = min(room, c.MaxAttachmentBytes)
		}
	}
	var attached []filing.Attachment
	var later []string
	for _, p := range papers {
		if room -= p.Bytes; room < 0 {
			later = append(later, strings.TrimSuffix(p.Name, ".pdf"))
			room += p.Bytes
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, p.Name))
		if err != nil {
			return nil, err
		}
		attached = append(attached, filing.Attachment{Name: p.Name, MediaType: "application/pdf", Data: data})
	}
	return filing.EML(filing.DraftFor(in, attached, later))
}

// papersIn are the papers of a recipient's folder that are handed in, in
// their order.
func papersIn(dir string) ([]filing.Paper, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []filing.Paper
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".pdf" || strings.HasSuffix(e.Name(), ownMark+".pdf") {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		out = append(out, filing.Paper{Name: e.Name(), Bytes: info.Size()})
	}
	return filing.Order(out), nil
}
