package packet

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// Printing is how the papers of one recipient are printed.
type Printing struct {
	Copies   int    // 0 is 1
	Duplex   bool   // for printing on both sides
	Envelope string // a code of [filing.EnvelopeSizes]; [ByWeight]: by the number of sheets; empty: none
	// Own names envelope and posting list after the print file. Else they have
	// names of their own in its folder, and those of two recipients in one
	// folder would replace each other.
	Own bool
}

// ByWeight chooses the envelope by the number of sheets.
const ByWeight = "AUTO"

// Printed is what was made to be printed.
type Printed struct {
	File     string
	Parts    []typeset.Part // of one copy
	Pages    int            // of all copies
	Envelope string         // file; empty: none was wanted
	Posting  string         // file of the posting list
	Size     filing.EnvelopeSize
	Small    bool // the size is smaller than so many sheets need
}

// Sheets is how many sheets of paper one copy takes.
func (p Printed) Sheets(duplex bool) int {
	n := 0
	for _, x := range p.Parts {
		if duplex {
			n += (x.Pages + 1) / 2
		} else {
			n += x.Pages
		}
	}
	return n
}

// Print joins the papers of an order into the file path: letter, mandate, list
// of exhibits, exhibit book, as many times over as copies are wanted. Of an order
// that has a supplement those of the supplement are joined. Beside it go an envelope
// and a posting list, if wanted.
func Print(ctx context.Context, path string, o Order, p Printing) (Printed, error) {
	out := Printed{File: path}
	in, _ := Covered(o)
	var err error
	if o.Supplement != "" {
		if in, err = letter.Supplement(in, o.Supplement); err != nil {
			return out, err
		}
	}
	book := letter.ComposeBook(in, letter.Counted{})
	pages, err := o.Fonts.Book(io.Discard, book)
	if err != nil {
		return out, err
	}
	at := letter.Counted{Pages: pages.Exhibits, Book: pages.Total}
	var papers []paper
	if o.Supplement != "" {
		note := letter.SupplementNote(in, at)
		papers, err = []paper{{letter.SupplementTitle, note}}, resolved(note, in)
	} else {
		papers, err = compose(in, at, o.Fonts)
	}
	if err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	err = setFile(path, func(w io.Writer) error {
		pages, parts, err := o.Fonts.PrintSet(w, typeset.Set{Front: documents(papers), Book: book, Copies: p.Copies,
			Duplex: p.Duplex})
		out.Parts, out.Pages = parts, pages.Total
		return err
	})
	if err != nil || p.Envelope == "" {
		return out, err
	}
	return out, out.post(in, p, o.Fonts)
}

// beside is where the envelope and the posting list stand that go with a print
// file.
func beside(file string, p Printing, size filing.EnvelopeSize) (envelope, posting string) {
	stem := filepath.Dir(file) + string(filepath.Separator)
	if p.Own {
		stem = strings.TrimSuffix(file, filepath.Ext(file)) + "-"
	}
	return filepath.Clean(stem + "信封-" + size.Code + ".pdf"), filepath.Clean(stem + "交寄清单.pdf")
}

// PrintFiles are all files that [Print] may write.
func PrintFiles(path string, p Printing) []string {
	out := []string{path}
	for _, size := range filing.EnvelopeSizes {
		envelope, posting := beside(path, p, size)
		out = append(out, envelope, posting)
	}
	return slices.Compact(out)
}

// post makes the envelope and the posting list.
func (out *Printed) post(in letter.Input, p Printing, fonts typeset.Fonts) error {
	out.Size = filing.SizeFor(out.Sheets(p.Duplex))
	named := func(s filing.EnvelopeSize) bool { return s.Code == p.Envelope }
	if n := slices.IndexFunc(filing.EnvelopeSizes, named); n >= 0 {
		wanted := filing.EnvelopeSizes[n]
		out.Small, out.Size = wanted.Folds > out.Size.Folds, wanted
	}
	out.Envelope, out.Posting = beside(out.File, p, out.Size)
	err := setFile(out.Envelope, func(w io.Writer) error {
		return fonts.Envelope(w, filing.EnvelopeFor(in, out.Size))
	})
	if err != nil {
		return err
	}
	var papers []filing.Paper
	for _, x := range out.Parts {
		papers = append(papers, filing.Paper{Name: x.Title, Pages: x.Pages})
	}
	list := filing.PostingList(in.Case, []filing.Posting{filing.PostingFor(in, papers)}, in.Date)
	return setDocument(out.Posting, list, nil, fonts)
}
