// Package typeset sets documents and exhibit books as PDF/A-2u pages: A4,
// own line breaking, fonts cut and embedded, text that extracts exactly, the
// same bytes for the same input.
//
// gofpdf draws and does nothing else; its file is rewritten into canonical
// order afterwards. No other package imports gofpdf.
package typeset

import (
	"fmt"
	"io"
	"maps"
	"time"

	"juzheng/templates/letter"
)

// Pages says what came of a document.
type Pages struct {
	Total    int
	Exhibits map[string]int // exhibit -> page of the book on which it begins
	Problems []Problem      // pictures that could not be set, whose pages say so
}

// Document sets a letter or list. Pages leads exhibit references to pages of
// the book, which was set before. Nothing is written if it fails; a missing
// glyph is a [MissingGlyphError].
func Document(w io.Writer, d letter.Document, pages map[string]int) (Pages, error) {
	u, err := newFontUse()
	if err != nil {
		return Pages{}, err
	}
	l := newLayouter(u, d, pages)
	l.blocks(d.Blocks)
	return l.finish(w, d)
}

// Book sets an exhibit book. It is laid out until its page references agree
// with its pages: twice, as a rule.
func Book(w io.Writer, b letter.Book) (Pages, error) {
	pages := map[string]int{}
	for range 5 {
		u, err := newFontUse()
		if err != nil {
			return Pages{}, err
		}
		l := newLayouter(u, b.Document, pages)
		l.book(b)
		if l.err != nil {
			return Pages{}, l.err
		}
		if maps.Equal(l.begins, pages) {
			return l.finish(w, b.Document)
		}
		pages = l.begins
	}
	return Pages{}, fmt.Errorf("the page numbers of the exhibit book do not settle")
}

func (l *layouter) book(b letter.Book) {
	l.blocks(b.Blocks)
	for _, x := range b.Exhibits {
		if l.y > top {
			l.newPage()
		}
		l.begins[x.Number] = l.page
		l.marks = append(l.marks, mark{title: x.Title, page: l.page, y: l.y, exhibit: x.Number})
		before := len(l.marks)
		l.blocks(x.Cover)
		l.marks = l.marks[:before] // the exhibit's own bookmark is enough
		if x.Image != nil {
			l.image(x.Number, x.Image)
		}
		l.blocks(x.Body)
		l.marks = l.marks[:before]
	}
	l.blocks(b.Tail)
}

// finish adds the footers, draws, and writes the whole file at once.
func (l *layouter) finish(w io.Writer, d letter.Document) (Pages, error) {
	total := l.page
	if l.y == top && total > 1 { // a page was opened and nothing came
		total--
	}
	l.footers(total)
	if l.err != nil {
		return Pages{}, l.err
	}
	date, err := time.Parse(time.RFC3339, d.Date)
	if err != nil {
		return Pages{}, fmt.Errorf("date of the document: %w", err)
	}
	data, err := l.draw(total, d.Author, d.Title, d.Subject, date)
	if err != nil {
		return Pages{}, err
	}
	if _, err := w.Write(data); err != nil {
		return Pages{}, err
	}
	return Pages{Total: total, Exhibits: l.begins, Problems: l.problems}, nil
}
