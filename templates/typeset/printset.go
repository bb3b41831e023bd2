package typeset

import (
	"fmt"
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
// wanted. Each part counts its own pages, prints the number of a page in the set beside
// it, and has a bookmark; each copy leads to pages of its own. For printing on both sides a part
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
		l.footers(total, page, true)
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
		own, level := "", 0
		if copies > 1 {
			own, level = fmt.Sprintf("第%d份　", n+1), 1
			all.marks = append(all.marks, mark{title: fmt.Sprintf("第%d份", n+1), page: n*page + 1})
		}
		for i, l := range set {
			all.append(l, n*page+parts[i].First-1, n, mark{title: parts[i].Title, level: level}, own)
		}
	}
	d := s.Book.Document
	if len(s.Front) > 0 {
		d.Title, d.About = s.Front[0].Title, s.Front[0].About
	}
	pages, err := all.write(f, d, copies*page)
	return pages, parts, err
}

// append takes over a paper, so many pages further on and under a bookmark of its own.
// Its links lead to pages of the same copy.
func (l *layouter) append(other *layouter, pages, copied int, head mark, labelled string) {
	within := func(exhibit string) string {
		if exhibit == "" {
			return ""
		}
		return fmt.Sprintf("%d:%s", copied, exhibit)
	}
	move := l.adopt(other.tree, head.title, within)
	for _, o := range other.ops {
		o.page += pages
		o.el = move(o.el)
		o.exhibit = within(o.exhibit)
		l.ops = append(l.ops, o)
	}
	head.page, head.y = pages+1, 0
	l.marks = append(l.marks, head)
	for _, m := range other.marks {
		m.page += pages
		m.level += head.level + 1
		m.exhibit = within(m.exhibit)
		l.marks = append(l.marks, m)
	}
	l.labels = append(l.labels, pageLabel{pages + 1, labelled + head.title + "　"})
}

// blank says on a page that nothing is on it.
func (l *layouter) blank(page int) {
	l.page, l.y, l.el = page, pageHeight/2, nil
	l.flow(breakLines(l.glyphs([]document.Span{{Text: blankPage}}, l.small), l.textWidth, 0), l.left, l.textWidth,
		l.small, document.Center, 0)
}

const blankPage = "（本页空白：双面打印时，使下一份材料从正面开始）"
