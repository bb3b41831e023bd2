// Package typeset sets documents and exhibit books as PDF/A-2a and PDF/UA-1
// pages: A4, own line breaking, fonts cut and embedded, text that extracts
// exactly, tagged for who hears or feels it (tags.go), the same bytes for the
// same input.
//
// HEIC and AVIF pictures are drawn by a program of the system where there is
// one: what decodes HEIC in Go is C code under the LGPL run as WebAssembly, which
// adds 8 MB to the program and takes half a gigabyte for a photo. Without one their
// page says so and asks for a JPEG beside the original.
//
// The pages are laid out first (layout.go, and a file for each form: blocks,
// table, chart, place, envelope, closing, footer) and then drawn (draw.go).
//
// gofpdf draws and does nothing else; its file is rewritten into canonical
// order afterwards. No other package imports gofpdf.
package typeset

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"juzheng/templates/document"
)

// Pages says what came of a document.
type Pages struct {
	Total    int
	Exhibits map[string]int   // exhibit -> page of the book on which it begins
	Pictures map[string]int64 // exhibit -> bytes of its picture in the file
	Unset    []Unset          // pictures that could not be set, whose pages say so
	Blocks   []int            // of a document: the page on which each of its blocks begins
}

// Document sets a letter or list. Pages leads exhibit references to pages of
// the book, which was set before. Nothing is written if it fails; a missing
// glyph is a [MissingGlyphError].
func (f Fonts) Document(w io.Writer, d document.Document, pages map[string]int) (Pages, error) {
	u, err := f.use()
	if err != nil {
		return Pages{}, err
	}
	return copyfit(u, d, pages).finish(newFile(w), d)
}

// copyfit lays a document out on as few pages as its smallest type area needs, a
// little tighter if that saves a last page of a few lines; and then on the
// largest one that needs no more.
func copyfit(u *fontUse, d document.Document, pages map[string]int) *layouter {
	lay := func(g area) *layouter {
		l := newLayouter(u, g, d, pages)
		l.track = true
		l.blocks(d.Blocks)
		return l
	}
	areas, tighter, few := paperAreas, []func(area) area{}, 0.4
	for _, share := range []float64{0.03, 0.06, 0.09, 0.12} {
		tighter = append(tighter, func(g area) area { return g.tightened(share) })
	}
	if addressed(d.Blocks) {
		areas, tighter, few = letterAreas, nil, 0.75 // what is signed stands together and fills a third
		for _, share := range []float64{0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14} {
			tighter = append(tighter, func(g area) area { return g.closer(share) })
		}
	}
	smallest := areas[len(areas)-1]
	first := lay(smallest)
	total := first.total()
	if total > 4 || first.err != nil {
		return first
	}
	if total > 1 && first.y-first.top <= few*(pageHeight-first.top-first.bottom) {
		for _, tight := range tighter {
			if l := lay(tight(smallest)); l.total() < total {
				return l
			}
		}
	}
	for _, g := range areas[:len(areas)-1] {
		if l := lay(g); l.total() <= total {
			return l
		}
	}
	return first
}

// addressed reports whether a document is a letter: it closes with whom it is to.
func addressed(blocks []document.Block) bool {
	return slices.ContainsFunc(blocks, func(b document.Block) bool {
		switch b := b.(type) {
		case document.Addressee:
			return true
		case document.Keep:
			return addressed(b.Blocks)
		}
		return false
	})
}

// Book sets an exhibit book. Its pictures are written one after the other
// before its pages, so that what is held in memory does not grow with their
// number; if it fails after that, w holds a part of a file. The text is laid
// out until its page references agree with its pages: twice, as a rule.
func (f Fonts) Book(w io.Writer, b document.Book) (Pages, error) {
	pages, err := f.Volumes([]io.Writer{w}, []document.Book{b})
	if err != nil {
		return Pages{}, err
	}
	return pages[0], nil
}

// Volumes sets the volumes of one exhibit book as [Fonts.Book] does. They cite one
// another's pages; a link leads to a page of its own file only.
func (fonts Fonts) Volumes(ws []io.Writer, volumes []document.Book) ([]Pages, error) {
	var files []*pdfFile
	var set []*layouter
	for n, b := range volumes {
		u, err := fonts.use()
		if err != nil {
			return nil, err
		}
		f := newFile(ws[n])
		shown, err := f.show(b)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
		set = append(set, &layouter{fonts: u, shown: shown})
	}
	set, err := settle(set, volumes)
	if err != nil {
		return nil, err
	}
	var out []Pages
	for n, l := range set {
		p, err := l.finish(files[n], volumes[n].Document)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// settle lays volumes out, each with the fonts and pictures of its layouter,
// until the pages they print are those they have. Two layouts can lead to one another:
// with 99 a line is full, so that the exhibit moves to page 100, with 100 it breaks
// elsewhere, and the exhibit is back. So, where three turns were not enough, each number
// has the room of the longest it was, and no line changes with it any more.
func settle(set []*layouter, volumes []document.Book) ([]*layouter, error) {
	const free, most = 3, 12 // turns
	pages, digits := map[string]int{}, map[string]int{}
	for pass := range most {
		now, begins := make([]*layouter, len(set)), map[string]int{}
		for n, b := range volumes {
			l := newLayouter(set[n].fonts, bookArea, b.Document, pages)
			l.shown, l.guess = set[n].shown, pass == 0
			if pass >= free {
				l.digits = digits
			}
			l.book(b)
			if l.err != nil {
				return nil, l.err
			}
			maps.Copy(begins, l.begins)
			now[n] = l
		}
		if maps.Equal(begins, pages) {
			return now, nil
		}
		pages = begins
		for x, page := range begins {
			digits[x] = max(digits[x], len(strconv.Itoa(page)))
		}
	}
	return nil, fmt.Errorf("the page numbers of the exhibit book do not settle")
}

// exhibitGap parts two exhibits on one page.
const exhibitGap = 22.0

func (l *layouter) book(b document.Book) {
	l.blocks(b.Blocks)
	short := false // the exhibit before is one that another may follow on its page
	for _, x := range b.Exhibits {
		words := x.Image == nil && len(x.Pages) == 0
		switch {
		case l.y == l.top:
		case short && words && l.height(x.Cover)+l.height(x.Body)+exhibitGap <= l.room():
			l.y += exhibitGap / 2
			l.add(op{kind: ruleOp, x: l.left, y: l.y, w: l.textWidth, grey: 0.5})
			l.y += exhibitGap / 2
		default:
			l.newPage()
		}
		short = words
		l.begins[x.Number] = l.page
		l.marks = append(l.marks, mark{title: x.Title, page: l.page, y: l.y, exhibit: x.Number})
		before := len(l.marks)
		l.blocks(x.Cover)
		l.marks = l.marks[:before] // the exhibit's own bookmark is enough
		if x.Image != nil {
			l.image(x.Number, x.Image)
			if p := l.shown[x.Image]; p != nil {
				l.weights[x.Number] = p.bytes
			}
		}
		l.blocks(x.Body)
		for _, im := range x.Pages {
			l.image(x.Number, im)
			if p := l.shown[im]; p != nil {
				l.weights[x.Number] += p.bytes
			}
		}
		l.marks = l.marks[:before]
	}
	l.blocks(b.Tail)
}

// total is the number of pages set.
func (l *layouter) total() int {
	if l.pageCount == 0 {
		l.pageCount = l.page
		if l.y == l.top && l.page > 1 { // a page was opened and nothing came
			l.pageCount--
		}
	}
	return l.pageCount
}

// finish adds the footers, draws, and writes the rest of the file.
func (l *layouter) finish(f *pdfFile, d document.Document) (Pages, error) {
	total := l.total()
	l.footers(total, 0, false)
	if l.err != nil {
		return Pages{}, l.err
	}
	return l.write(f, d, total)
}

func (l *layouter) write(f *pdfFile, d document.Document, total int) (Pages, error) {
	date, err := time.Parse(time.RFC3339, d.Date)
	if err != nil {
		return Pages{}, fmt.Errorf("date of the document: %w", err)
	}
	if err := l.draw(f, total, d.Author, d.FullTitle(), d.Subject, date); err != nil {
		return Pages{}, err
	}
	return Pages{Total: total, Exhibits: l.begins, Pictures: l.weights, Unset: l.unset, Blocks: l.blockPages()}, nil
}
