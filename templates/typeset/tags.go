package typeset

import (
	"fmt"
	"slices"
	"strings"
)

// An element is a part of what a paper says, for those who hear or feel it and for
// programs that take it apart: a heading, a paragraph, a cell, a picture (ISO 32000-1,
// 14.7 and 14.8.4). What belongs to none is an ornament of the page.
type element struct {
	kind   string // of the standard structure types
	parent *element
	head   bool   // of a row: its cells are heads of columns
	alt    string // of a picture: what it shows, in words
	link   string // of a link: the exhibit it leads to
	box    box    // of a picture
	cells  []*element

	kids   []kid // in the order in which they are drawn
	number int   // of its object; 0: nothing of it was drawn yet
}

// The kinds that are told apart from others.
const (
	figure = "Figure"
	linked = "Link"
)

// A box is where something stands on a page, in points from the lower left.
type box struct {
	page                   int
	left, low, right, high float64
}

// A kid is what an element holds: another one, a piece of a page, or a link.
type kid struct {
	el    *element
	page  int // of a piece, from 1
	piece int // its number on the page
	annot int // object of a link; 0: it is none
}

// groups reports an element that has parts and no words of its own.
func (e *element) groups() bool {
	return slices.Contains([]string{"Document", "Part", "Table", "TR", "L", "LI"}, e.kind)
}

// cell is the n-th cell of a row, the same for all its pieces.
func (e *element) cell(n int) *element {
	kind := "TD"
	if e.head {
		kind = "TH"
	}
	for len(e.cells) <= n {
		e.cells = append(e.cells, &element{kind: kind, parent: e})
	}
	return e.cells[n]
}

// within makes what is set next belong to an element, which belongs to what is set now
// unless it says otherwise; the function it returns ends that.
func (l *layouter) within(e *element) (end func()) {
	was := l.el
	if was == nil || l.measure {
		return func() {}
	}
	if e.parent == nil {
		e.parent = was
	}
	l.el = e
	return func() { l.el = was }
}

// figure makes what is drawn next a picture that says the same as alt; it reaches down to
// where l.y is when it ends.
func (l *layouter) figure(alt string, x, y, w float64) (end func()) {
	e := &element{kind: figure, alt: alt}
	done, page := l.within(e), l.page
	return func() {
		high := pageHeight
		if l.high > 0 {
			high = l.high
		}
		e.box = box{page, x, high - l.y, x + w, high - y}
		done()
	}
}

// adopt makes a paper a part of this one, and tells of its elements which are theirs here:
// each copy of a paper has its own, with links to where they lead within it.
func (l *layouter) adopt(paper *element, title string, within func(string) string) func(*element) *element {
	own := map[*element]*element{paper: {kind: "Part", parent: l.tree, alt: title}}
	var move func(*element) *element
	move = func(e *element) *element {
		if e == nil {
			return nil
		}
		if own[e] == nil {
			c := *e
			c.parent, c.link, c.kids, c.cells = move(e.parent), within(e.link), nil, nil
			own[e] = &c
		}
		return own[e]
	}
	return move
}

// A tagger puts marks around what is drawn and gathers what belongs to which element.
type tagger struct {
	root    *element
	targets map[string]int // exhibits that a link can lead to
	order   []*element     // as met
	pieces  [][]*element   // of each page, by number
	open    bool           // a mark was opened on the page
	now     *element       // for it; nil: an ornament
	links   []op           // that lead somewhere
}

// of is the element that something belongs to here: a link that leads nowhere in this file
// is none.
func (t *tagger) of(e *element) *element {
	if e != nil && e.kind == linked {
		if _, ok := t.targets[e.link]; !ok {
			return e.parent
		}
	}
	return e
}

// meet puts an element into the tree where it is met first, after what was met before.
func (t *tagger) meet(e *element) {
	if e.number > 0 {
		return
	}
	if e.parent != nil {
		t.meet(e.parent)
		e.parent.kids = append(e.parent.kids, kid{el: e})
	}
	e.number = 1 // until it is written
	t.order = append(t.order, e)
}

// begin is what stands before something drawn on a page, nothing if it goes on with what
// was drawn before.
func (t *tagger) begin(e *element, page int) string {
	for len(t.pieces) < page {
		t.pieces, t.open = append(t.pieces, nil), false
	}
	e = t.of(e)
	if t.open && t.now == e {
		return ""
	}
	before := t.end()
	t.open, t.now = true, e
	if e == nil {
		return before + "/Artifact BMC\n"
	}
	t.meet(e)
	n := len(t.pieces[page-1])
	t.pieces[page-1] = append(t.pieces[page-1], e)
	e.kids = append(e.kids, kid{page: page, piece: n})
	return before + fmt.Sprintf("/%s <</MCID %d>> BDC\n", e.kind, n)
}

// end is what ends the last mark.
func (t *tagger) end() string {
	if !t.open {
		return ""
	}
	t.open = false
	return "EMC\n"
}

// link notes a link, if it leads to a page of this file.
func (t *tagger) link(o op) {
	if _, ok := t.targets[o.exhibit]; ok {
		t.links = append(t.links, o)
	}
}

// annotate writes the links of the pages, and returns those of each page.
func (t *tagger) annotate(add func(object) int, marks []mark, high float64, pageObject func(int) int) map[int][]int {
	out := map[int][]int{}
	for n, o := range t.links {
		to := marks[t.targets[o.exhibit]]
		parent := ""
		if o.el != nil {
			parent = fmt.Sprintf(" /StructParent %d", len(t.pieces)+n)
		}
		id := add(object{dict: fmt.Appendf(nil, "<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] "+
			"/Rect [%.2f %.2f %.2f %.2f] /Dest [%d 0 R /XYZ 0 %.2f null] /Contents %s%s>>", o.x, high-o.y-o.h, o.x+o.w,
			high-o.y, pageObject(to.page), high-to.y, utf16Hex("跳到第"+fmt.Sprint(to.page)+"页："+to.title), parent)})
		if o.el != nil {
			o.el.kids = append(o.el.kids, kid{page: o.page, annot: id})
		}
		out[o.page] = append(out[o.page], id)
	}
	return out
}

// finish writes the elements, and returns what the catalogue says of them. Pages and links
// find theirs by a number: those of the pages come first.
func (t *tagger) finish(add func(object) int, objects map[int]object, pageObject func(page int) int) string {
	t.meet(t.root)
	tree := add(object{})
	for _, e := range t.order {
		e.number = add(object{})
	}
	for _, e := range t.order {
		objects[e.number] = object{dict: e.dict(tree, pageObject)}
	}
	var nums strings.Builder
	for n, all := range t.pieces {
		fmt.Fprintf(&nums, " %d [", n)
		for _, e := range all {
			fmt.Fprintf(&nums, "%d 0 R ", e.number)
		}
		nums.WriteString("]")
	}
	for n, o := range t.links {
		if o.el != nil {
			fmt.Fprintf(&nums, " %d %d 0 R", len(t.pieces)+n, o.el.number)
		}
	}
	objects[tree] = object{dict: fmt.Appendf(nil,
		"<</Type /StructTreeRoot /K [%d 0 R] /ParentTree <</Nums [%s]>> /ParentTreeNextKey %d>>", t.root.number,
		strings.TrimSpace(nums.String()), len(t.pieces)+len(t.links))}
	return fmt.Sprintf("/MarkInfo <</Marked true>>\n/StructTreeRoot %d 0 R\n", tree)
}

func (e *element) dict(tree int, pageObject func(int) int) []byte {
	up := tree
	if e.parent != nil {
		up = e.parent.number
	}
	b := fmt.Appendf(nil, "<</Type /StructElem /S /%s /P %d 0 R", e.kind, up)
	switch {
	case e.kind == figure:
		b = fmt.Appendf(b, " /Alt %s /A <</O /Layout /BBox [%.2f %.2f %.2f %.2f] /Placement /Block>>", utf16Hex(e.alt),
			e.box.left, e.box.low, e.box.right, e.box.high)
	case e.kind == "TH":
		b = append(b, " /A <</O /Table /Scope /Column>>"...)
	case e.kind == "Part" && e.alt != "":
		b = append(b, " /T "+utf16Hex(e.alt)...)
	}
	b = append(b, " /K ["...)
	for _, k := range e.kids {
		switch {
		case k.el != nil:
			b = fmt.Appendf(b, "%d 0 R ", k.el.number)
		case k.annot > 0:
			b = fmt.Appendf(b, "<</Type /OBJR /Pg %d 0 R /Obj %d 0 R>> ", pageObject(k.page), k.annot)
		default:
			b = fmt.Appendf(b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pageObject(k.page), k.piece)
		}
	}
	return append(slices.Clip(b), "]>>"...)
}
