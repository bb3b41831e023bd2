package typeset

import (
	"fmt"
	"strings"

	"juzheng/templates/document"
)

// height measures blocks without setting them.
func (l *layouter) height(blocks []document.Block) float64 {
	probe := *l
	probe.measure, probe.y, probe.ops, probe.marks = true, 0, nil, nil
	probe.begins = map[string]int{}
	probe.blocks(blocks)
	return probe.y
}

func (l *layouter) blocks(blocks []document.Block) {
	top := l.track
	l.track = false
	var list *element // of the items that follow one another
	for i, b := range blocks {
		if top {
			l.first = append(l.first, len(l.ops))
		}
		if headsOf(blocks[i:]) { // stays with the beginning of what it heads
			l.keep(blocks[i:])
		}
		if item, ok := b.(document.Item); !ok || item.Label == "" {
			list = nil
		} else if list == nil {
			list = &element{kind: "L", parent: l.el}
		}
		switch b := b.(type) {
		case document.Heading:
			l.heading(b)
		case document.Item:
			l.item(b, list)
		case document.Table:
			l.beside = 0
			l.table(b, l.noteStart(blocks[i+1:]))
		default:
			l.block(b)
		}
	}
}

// blockPages are the pages on which the blocks of a document begin.
func (l *layouter) blockPages() []int {
	var out []int
	page := 1
	for _, n := range l.first {
		if n < len(l.ops) { // else nothing of it is drawn
			page = max(page, l.ops[n].page)
		}
		out = append(out, page)
	}
	return out
}

// keep starts a new page unless the first of some blocks can begin on this
// one. Nothing is kept while measuring, which asks where blocks begin itself.
func (l *layouter) keep(blocks []document.Block) {
	if !l.measure {
		l.need(l.start(blocks))
	}
}

// headsOf reports that the first of some blocks stands above the next: it heads it, or is
// a note on the table below.
func headsOf(blocks []document.Block) bool {
	if note, ok := blocks[0].(document.Paragraph); ok && note.Small && len(blocks) > 1 {
		if _, ok := blocks[1].(document.Table); ok {
			return true
		}
	}
	return heads(blocks[0])
}

// heads reports a block that stands above another and says what comes: a heading,
// one in all but name, and a sentence that ends in a colon.
func heads(b document.Block) bool {
	switch b := b.(type) {
	case document.Heading:
		return true
	case document.Item:
		return b.Heads || allBold(b.Spans) || announces(b.Spans)
	case document.Paragraph:
		return announces(b.Spans)
	}
	return false
}

func announces(spans []document.Span) bool {
	return len(spans) > 0 && strings.HasSuffix(spans[len(spans)-1].Text, "：")
}

// start is the height which the first of some blocks needs to begin on a
// page: a paragraph its first two lines, or all where it has three, for
// neither end of it stands alone; what heads something the beginning of that.
func (l *layouter) start(blocks []document.Block) float64 {
	if len(blocks) == 0 {
		return 0
	}
	if t, ok := blocks[0].(document.Table); ok { // may be long: only its beginning is set
		h := l.tableStart(t) + 2
		if len(t.Rows) <= fewRows {
			h += l.noteStart(blocks[1:]) + 4
		}
		return h
	}
	all := l.height(blocks[:1])
	if headsOf(blocks) && all < pageHeight/4 {
		return all + l.start(blocks[1:])
	}
	switch b := blocks[0].(type) {
	case document.Item:
		return firstLines(all, l.textStyle(b.Small).leading)
	case document.Paragraph:
		return firstLines(all, l.textStyle(b.Small).leading)
	case document.Fields:
		return min(all, 2*l.textStyle(b.Small).leading)
	case document.Space:
		return all + l.start(blocks[1:])
	}
	return all // of one piece
}

// noteStart is the beginning of a note below a table: how it was counted stands with
// the count. 0: none follows.
func (l *layouter) noteStart(after []document.Block) float64 {
	if len(after) == 0 {
		return 0
	}
	if note, ok := after[0].(document.Paragraph); !ok || !note.Small {
		return 0
	}
	return l.start(after)
}

// firstLines is how much of a paragraph goes on its first page at least: of three lines all,
// since none may stand alone on either.
func firstLines(height, leading float64) float64 {
	if height > 3.5*leading {
		return 2 * leading
	}
	return height
}

func (l *layouter) textStyle(small bool) style {
	if small {
		return l.small
	}
	return l.body
}

func (l *layouter) headStyle(b document.Heading) style {
	if b.Level > 1 {
		return l.subhead
	}
	return l.head
}

func allBold(spans []document.Span) bool {
	for _, s := range spans {
		if !s.Bold {
			return false
		}
	}
	return len(spans) > 0
}

func (l *layouter) block(b document.Block) {
	switch b.(type) {
	case document.Code, document.Keep:
	default:
		l.beside = 0
	}
	switch b := b.(type) {
	case document.Title:
		l.titled, l.depth = true, 1
		defer l.within(&element{kind: "H1"})()
		l.flow(breakLines(l.glyphs([]document.Span{{Text: b.Text}}, l.title), l.textWidth, 0), l.left, l.textWidth,
			l.title, document.Center, 0)
		l.y += 6
	case document.Paragraph:
		st, indent := l.textStyle(b.Small), 0.0
		if b.Indent {
			indent = 2 * st.size
		}
		defer l.within(&element{kind: "P"})()
		if l.ruled(b.Spans, st) {
			return
		}
		l.flow(l.wrapped(l.glyphs(b.Spans, st), l.textWidth, indent), l.left, l.textWidth, st, b.Align, indent)
		if b.Align == document.Center {
			l.y += 4 // it belongs to the title above
		}
	case document.Fields:
		l.fields(b)
	case document.Chart:
		l.chart(b)
	case document.Waveform:
		l.waveform(b)
	case document.Addressee:
		l.y += l.body.leading / 2
		l.text("此致", l.left+2*l.body.size, l.body, document.Left)
		l.text(b.Name, l.left, l.body, document.Left)
	case document.Signature:
		l.signature(b)
	case document.Code:
		beside := l.beside
		l.beside = 0
		l.code(b, beside)
	case document.Keep:
		if code, ok := b.Blocks[0].(document.Code); ok && len(b.Blocks) == 1 {
			l.block(code) // keeps itself together
			return
		}
		l.need(l.height(b.Blocks))
		l.blocks(b.Blocks)
	case document.Space:
		l.need(b.Lines * l.body.leading)
		l.y += b.Lines * l.body.leading
	case document.NewPage:
		if l.y > l.top && !l.measure {
			l.newPage()
		}
	}
}

// text sets one short text from x on.
func (l *layouter) text(s string, x float64, st style, align document.Align) {
	width := pageWidth - l.right - x
	l.flow(breakLines(l.glyphs([]document.Span{{Text: s}}, st), width, 0), x, width, st, align, 0)
}

func (l *layouter) heading(b document.Heading) {
	l.y += 2
	l.marks = append(l.marks, mark{title: b.Text, level: b.Level - 1, page: l.page, y: l.y})
	if b.Key != "" {
		l.marks[len(l.marks)-1].exhibit = b.Key
		l.begins[b.Key] = l.page
	}
	level := b.Level
	if l.titled {
		level++
	}
	l.depth = min(level, l.depth+1) // none is left out
	defer l.within(&element{kind: fmt.Sprintf("H%d", l.depth)})()
	l.text(b.Text, l.left, l.headStyle(b), document.Left)
}

// item sets an item of a list; one without a label is of none, and a paragraph.
func (l *layouter) item(b document.Item, list *element) {
	st := l.textStyle(b.Small)
	el := &element{kind: "P"}
	if list != nil {
		el = &element{kind: "LBody", parent: &element{kind: "LI", parent: list}}
	}
	defer l.within(el)()
	if b.Hang {
		x := l.left + 2*st.size
		label := breakLines(l.glyphs([]document.Span{{Text: b.Label}}, st), l.textWidth, 0)
		lines := l.wrapped(l.glyphs(b.Spans, st), pageWidth-l.right-x, 0)
		l.need(firstLines(st.leading*float64(len(lines)), st.leading))
		l.put(label[0], l.left, l.y, l.textWidth, st, document.Left)
		l.flow(lines, x, pageWidth-l.right-x, st, document.Justify, 0)
		return
	}
	glyphs := l.glyphs(append([]document.Span{{Text: b.Label}}, b.Spans...), st)
	if n := len([]rune(b.Label)); n > 0 && n < len(glyphs) && glyphs[n-1].r == '.' {
		glyphs[n-1].gap = 2 * westernGap * st.size // 1. and a Han character stand too close
	}
	l.flow(l.wrapped(glyphs, l.textWidth, 2*st.size), l.left, l.textWidth, st, document.Justify, 2*st.size)
}

func (l *layouter) fields(b document.Fields) {
	st := l.textStyle(b.Small)
	wide := 0.0
	for _, r := range b.Rows {
		w := 0.0
		for _, g := range l.glyphs([]document.Span{{Text: r.Label + "："}}, st) {
			w += g.width
		}
		wide = max(wide, w)
	}
	for _, r := range b.Rows {
		label := breakLines(l.glyphs([]document.Span{{Text: r.Label + "："}}, st), l.textWidth, 0)
		value := l.wrapped(l.glyphs([]document.Span{{Text: r.Value}}, st), l.textWidth-wide, 0)
		l.need(firstLines(st.leading*float64(len(value)), st.leading))
		end := l.within(&element{kind: "P"})
		l.put(label[0], l.left, l.y, l.textWidth, st, document.Left)
		l.flow(value, l.left+wide, l.textWidth-wide, st, document.Left, 0)
		end()
	}
	if b.Small {
		l.y += 4 // what they head stands apart from them
	}
}
