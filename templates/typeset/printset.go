package typeset

import (
	"io"

	"juzheng/templates/document"
)

// A Set is the papers of one filing in one file, to be printed or uploaded.
type Set struct {
	Front []document.Document // the letter first
	Book  document.Book
	// Pages are those the front cites; nil: those of the book of this set.
	Pages  map[string]int
	Copies int  // how many times over; 0 is 1
	Duplex bool // for printing on both sides
}

// A Part is where one paper of a set begins and how long it is.
type Part struct {
	Title string
	First int  // page of the file
	Pages int  // of the paper
	Blank bool // a blank page follows, so that the next begins on a front side
}

// PrintSet sets a set: its front, the book, as many times over as copies are
// wanted. Each part counts its own pages. For printing on both sides a part
// of an odd number is followed by a page that says that it is blank, so that
// none begins on the back of another. The parts are those of one copy.
func (fonts Fonts) PrintSet(w io.Writer, s Set) (Pages, []Part, error) {
	u, err := fonts.use()
	if err != nil {
		return Pages{}, nil, err
	}
	f := newFile(w)
	shown, err := f.show(s.Book)
	if err != nil {
		return Pages{}, nil, err
	}
	settled, err := settle([]*layouter{{fonts: u, shown: shown}}, []document.Book{s.Book})
	if err != nil {
		return Pages{}, nil, err
	}
	book := settled[0]
	cited := s.Pages
	if cited == nil {
		cited = book.begins
	}
	var set []*layouter
	var parts []Part
	page := 0
	add := func(l *layouter, title string) error {
		total := l.total()
		p := Part{Title: title, First: page + 1, Pages: total, Blank: s.Duplex && total%2 == 1}
		l.footers(total)
		page += total
		if p.Blank {
			l.blank(total + 1)
			page++
		}
		set, parts = append(set, l), append(parts, p)
		return l.err
	}
	for _, d := range s.Front {
		if err := add(copyfit(u, d, cited), d.Title); err != nil {
			return Pages{}, nil, err
		}
	}
	if err := add(book, s.Book.Title); err != nil {
		return Pages{}, nil, err
	}
	all := newLayouter(u, bookArea, s.Book.Document, nil)
	all.begins, all.unset, all.weights = book.begins, book.unset, book.weights
	copies := max(s.Copies, 1)
	for n := range copies {
		for i, l := range set {
			all.append(l, n*page+parts[i].First-1)
		}
	}
	d := s.Book.Document
	if len(s.Front) > 0 {
		d.Title = s.Front[0].Title
	}
	pages, err := all.write(f, d, copies*page)
	return pages, parts, err
}

// append takes over what another set, so many pages further on.
func (l *layouter) append(other *layouter, pages int) {
	for _, o := range other.ops {
		o.page += pages
		l.ops = append(l.ops, o)
	}
	for _, m := range other.marks {
		m.page += pages
		l.marks = append(l.marks, m)
	}
}

// blank says on a page that nothing is on it.
func (l *layouter) blank(page int) {
	l.page, l.y = page, pageHeight/2
	l.flow(breakLines(l.glyphs([]document.Span{{Text: blankPage}}, l.small), l.textWidth, 0), l.left, l.textWidth,
		l.small, document.Center, 0)
}

const blankPage = "（本页空白：双面打印时，使下一份材料从正面开始）"
