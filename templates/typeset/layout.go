package typeset

import (
	"cmp"
	"fmt"
	"unicode/utf8"

	"juzheng/templates/document"
)

// An op is one thing drawn on a page; x and y are points from the upper left.
type op struct {
	page    int // from 1
	kind    opKind
	x, y    float64 // of text: the baseline's start
	w, h    float64
	text    []run
	size    float64
	grey    float64 // of a line or box: 0 is black, 1 white
	image   *placed
	exhibit string   // link: to where this exhibit begins
	el      *element // what it belongs to; nil: it says nothing
	actual  string   // of text: what it says, where gaps between its runs could be read as blanks
}

type opKind int

const (
	textOp opKind = iota
	ruleOp        // a line from x, y to x+w, y+h
	fillOp        // a box
	linkOp
	imageOp
)

// A mark is where something begins, for bookmarks and page references.
type mark struct {
	title   string
	level   int
	page    int
	y       float64
	exhibit string
}

// A pageLabel is what pages are called from one on, each with its number from 1 (ISO
// 32000-1, 12.4.2).
type pageLabel struct {
	page   int    // of the file, from 1
	prefix string // before the number; may be empty
}

// A layouter sets blocks one below the other on pages.
type layouter struct {
	area
	fonts     *fontUse
	pages     map[string]int // exhibit -> page, from the pass before
	guess     bool           // there was none
	digits    map[string]int // exhibit -> how many digits its page number has room for at least; nil: as many as it has
	ops       []op
	marks     []mark
	page      int
	width     float64 // of the paper, and its height; 0: A4
	high      float64
	pageCount int     // once known
	y         float64 // lower edge of what is set
	caseID    string
	root      string
	rootName  string
	paper     string // its title
	volume    string
	mark      string
	labels    []pageLabel
	tree      *element // the paper
	el        *element // what is set now; nil: an ornament of the page
	depth     int      // level of the last heading; 0: none yet
	titled    bool     // the paper has a title, below which its headings are
	err       error
	inked     float64        // the grey gofpdf draws in
	begins    map[string]int // exhibit -> page, found in this pass
	shown     pictures       // of the book
	weights   map[string]int64
	unset     []Unset
	measure   bool // only measuring: page breaks are not taken
	// beside is where the signature just set begins: a code that follows
	// stands to its left. 0: none.
	beside float64
	// track: the next blocks are those of the document, and not of a part of it; first has
	// of each of those how many ops were there before it.
	track bool
	first []int
}

func newLayouter(u *fontUse, g area, d document.Document, pages map[string]int) *layouter {
	tree := &element{kind: "Document"}
	return &layouter{tree: tree, el: tree, area: g, fonts: u, pages: pages, page: 1, y: g.top,
		caseID: d.CaseID, root: d.Root, rootName: cmp.Or(d.RootName, "总校验码"), paper: d.Title,
		volume: d.Volume, mark: d.Mark, begins: map[string]int{}, weights: map[string]int64{}}
}

func (l *layouter) room() float64 { return pageHeight - l.bottom - l.y }

func (l *layouter) newPage() {
	l.page++
	l.y = l.top
}

// need starts a new page unless h points are left on this one.
func (l *layouter) need(h float64) {
	if !l.measure && l.room() < h && l.y > l.top {
		l.newPage()
	}
}

func (l *layouter) add(o op) {
	o.page = l.page
	if l.el != nil && (o.kind != ruleOp && o.kind != fillOp || l.el.kind == figure) {
		o.el = l.el
	}
	l.ops = append(l.ops, o)
}

// glyphs turns spans into glyphs with their faces and widths.
func (l *layouter) glyphs(spans []document.Span, st style) []glyph {
	room := 0
	for _, s := range spans {
		room += utf8.RuneCountInString(s.Text)
	}
	out := make([]glyph, 0, room)
	for _, s := range spans {
		text, link, digits := s.Text, "", 0
		if s.Exhibit != "" {
			link = s.Exhibit
			if p := l.pages[s.Exhibit]; p > 0 {
				text = fmt.Sprint(p)
				digits = l.digits[s.Exhibit]
			} else if text == "" {
				text = "—" // no page of this book
				if l.guess {
					text = "000" // as wide as a page number gets
				}
			}
		}
		want := st.face
		if s.Bold {
			want = sans
		}
		for _, r := range text {
			if r == '\t' {
				r = ' '
			}
			if r == '\n' {
				out = append(out, glyph{r: r})
				continue
			}
			in, ok := l.fonts.pick(r, want)
			if !ok && l.err == nil {
				l.err = &MissingGlyphError{r, text}
			}
			g := glyph{r: r, face: in, width: l.fonts.faces[in].Advance(r) * st.size, link: link}
			g.head, g.tail = l.fonts.squeezable(r, in)
			g.head, g.tail = g.head*st.size, g.tail*st.size
			if digits > 0 { // the same room, whatever the number
				g.width = l.widestDigit(want) * st.size
			}
			out = append(out, g)
		}
		if more := digits - len(text); digits > 0 && more > 0 {
			out[len(out)-1].width += float64(more) * l.widestDigit(want) * st.size
		}
	}
	compose(out, st.size)
	return out
}

// widestDigit is the room of any digit, in parts of the size: those of a font differ.
func (l *layouter) widestDigit(want int) (w float64) {
	in, _ := l.fonts.pick('0', want)
	for _, r := range "0123456789" {
		w = max(w, l.fonts.faces[in].Advance(r))
	}
	return w
}

// put draws a line with its baseline leading below y, and its links.
func (l *layouter) put(ln line, x, y, width float64, st style, align document.Align) {
	spacing := 0.0
	switch align {
	case document.Center:
		x += (width - ln.width) / 2
	case document.Right:
		x += width - ln.width
	case document.Justify:
		spacing = ln.spacing(width, st.size)
	}
	base := y + st.leading*0.5 + st.size*0.38
	if l.measure {
		return
	}
	natural := func(g glyph) float64 { return l.fonts.faces[g.face].Advance(g.r) * st.size }
	if l.el != nil && l.el.groups() {
		defer l.within(&element{kind: "P"})()
	}
	var links []*element // of the parts of the line that lead somewhere, in order
	runs := ln.runs(spacing, natural)
	if len(runs) == 0 { // a cell is one where it is empty too
		l.add(op{kind: textOp, x: x, y: base, size: st.size})
	}
	for from, to := 0, 0; from < len(runs); from = to {
		said := ""
		for to = from; to < len(runs) && runs[to].link == runs[from].link; to++ {
			said += runs[to].text
		}
		o := op{kind: textOp, x: x, y: base, text: runs[from:to], size: st.size}
		if to-from > 1 || runs[from].spacing > 0 {
			o.actual = said
		}
		if link := runs[from].link; link != "" && l.el != nil {
			end := l.within(&element{kind: linked, link: link})
			links = append(links, l.el)
			l.add(o)
			end()
		} else {
			l.add(o)
		}
	}
	at := x
	for i := 0; i < len(ln.glyphs); {
		g := ln.glyphs[i]
		from := at
		j := i
		for j < len(ln.glyphs) && ln.glyphs[j].link == g.link {
			at += ln.glyphs[j].width + ln.glyphs[j].gap
			if j+1 < len(ln.glyphs) && ln.stretches(j) {
				at += spacing
			}
			j++
		}
		if g.link != "" {
			o := op{page: l.page, kind: linkOp, x: from, y: y, w: at - from, h: st.leading, exhibit: g.link}
			if len(links) > 0 {
				o.el, links = links[0], links[1:]
			}
			l.ops = append(l.ops, o)
		}
		i = j
	}
}

// flow sets lines over pages: never one line of a paragraph alone at the foot
// or at the head of a page where it has more.
func (l *layouter) flow(lines []line, x, width float64, st style, align document.Align, indent float64) {
	for i := 0; i < len(lines); {
		n := len(lines) - i
		fit := n
		if !l.measure {
			fit = int(l.room()/st.leading + 0.01)
		}
		if fit < n {
			if n-fit == 1 {
				fit--
			}
			if fit < 2 && l.y > l.top {
				l.newPage()
				continue
			}
			fit = max(fit, 1)
		}
		for range min(fit, n) {
			at, wide := x, width
			if i == 0 {
				at, wide = x+indent, width-indent
			}
			l.put(lines[i], at, l.y, wide, st, align)
			l.y += st.leading
			i++
		}
		if i < len(lines) && !l.measure {
			l.newPage()
		}
	}
}
