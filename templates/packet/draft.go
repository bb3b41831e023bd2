package packet

import (
	"bytes"
	"context"
	"path/filepath"

	"juzheng/templates/document"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
)

// A Draft is the letter of an order as it would be set now, to be read before
// anything is made.
type Draft struct {
	Document document.Document
	Pages    int
	Blocks   []int  // page on which each block begins
	PDF      []byte // its pages
}

// SetDraft sets the letter of an order, and what has to be set before it for the pages
// it cites, into an empty folder that the caller takes away afterwards. Mark stands at
// the head of each page, for it is not the letter that is signed.
func SetDraft(ctx context.Context, dir string, o Order, mark string) (Draft, error) {
	in, _ := Covered(o)
	book, err := setBook(ctx, filepath.Join(dir, filing.Book), in, o)
	if err != nil {
		return Draft{}, err
	}
	papers, err := compose(in, book.at, o.Fonts)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Document: papers[0].doc}
	if d.Document.Mark == "" {
		d.Document.Mark = mark
	}
	var b bytes.Buffer
	pages, err := o.Fonts.Document(&b, d.Document, book.at.Pages)
	d.Pages, d.Blocks, d.PDF = pages.Total, pages.Blocks, b.Bytes()
	return d, err
}

// ReadDigest tells the words of a letter from any others: what a person who read it
// has read. Evidence code and pages are no part of it.
func ReadDigest(o Order) string {
	in, _ := Covered(o)
	in.Seal, in.Unreviewed = letter.Seal{}, false
	return letter.LetterDigest(in)
}
