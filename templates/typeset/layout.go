package typeset

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"juzheng/templates/letter"
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
	exhibit string // link: to where this exhibit begins
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

// A layouter sets blocks one below the other on pages.
type layouter struct {
	grid
	fonts     *fontUse
	pages     map[string]int // exhibit -> page, from the pass before
	ops       []op
	marks     []mark
	page      int
	pageCount int     // once known
	y         float64 // lower edge of what is set
	caseID    string
	root      string
	volume    string
	err       error
	inked     float64        // the grey gofpdf draws in
	begins    map[string]int // exhibit -> page, found in this pass
	shown     pictures       // of the book
	weights   map[string]int64
	problems  []Problem
	measure   bool // only measuring: page breaks are not taken
	// beside is where the signature just set begins: a code that follows
	// stands to its left. 0: none.
	beside float64
}

func newLayouter(u *fontUse, g grid, d letter.Document, pages map[string]int) *layouter {
	return &layouter{grid: g, fonts: u, pages: pages, page: 1, y: g.top, caseID: d.CaseID, root: d.Root, volume: d.Volume, begins: map[string]int{}, weights: map[string]int64{}}
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
	l.ops = append(l.ops, o)
}

// glyphs turns spans into glyphs with their faces and widths.
func (l *layouter) glyphs(spans []letter.Span, st style) []glyph {
	var out []glyph
	for _, s := range spans {
		text, link := s.Text, ""
		if s.Exhibit != "" {
			link = s.Exhibit
			if p := l.pages[s.Exhibit]; p > 0 {
				text = fmt.Sprint(p)
			} else if text == "" {
				text = "000" // first pass: as wide as a page number gets
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
			g := glyph{r: r, face: in, width: l.fonts.faces[in].advance(r) * st.size, link: link}
			g.head, g.tail = l.fonts.squeezable(r, in)
			g.head, g.tail = g.head*st.size, g.tail*st.size
			out = append(out, g)
		}
	}
	compose(out, st.size)
	return out
}

// put draws a line with its baseline leading below y, and its links.
func (l *layouter) put(ln line, x, y, width float64, st style, align letter.Align) {
	spacing := 0.0
	switch align {
	case letter.Center:
		x += (width - ln.width) / 2
	case letter.Right:
		x += width - ln.width
	case letter.Justify:
		spacing = ln.spacing(width, st.size)
	}
	base := y + st.leading*0.5 + st.size*0.38
	if l.measure {
		return
	}
	natural := func(g glyph) float64 { return l.fonts.faces[g.face].advance(g.r) * st.size }
	l.add(op{kind: textOp, x: x, y: base, text: ln.runs(spacing, natural), size: st.size})
	at := x
	for i := 0; i < len(ln.glyphs); {
		g := ln.glyphs[i]
		from := at
		j := i
		for j < len(ln.glyphs) && ln.glyphs[j].link == g.link {
			at += ln.glyphs[j].width + ln.glyphs[j].gap
			if j+1 < len(ln.glyphs) && stretches(ln.glyphs[j].r, ln.glyphs[j+1].r) {
				at += spacing
			}
			j++
		}
		if g.link != "" {
			l.add(op{kind: linkOp, x: from, y: y, w: at - from, h: st.leading, exhibit: g.link})
		}
		i = j
	}
}

// flow sets lines over pages: never one line of a paragraph alone at the foot
// or at the head of a page where it has more.
func (l *layouter) flow(lines []line, x, width float64, st style, align letter.Align, indent float64) {
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

// height measures blocks without setting them.
func (l *layouter) height(blocks []letter.Block) float64 {
	probe := *l
	probe.measure, probe.y, probe.ops, probe.marks = true, 0, nil, nil
	probe.begins = map[string]int{}
	probe.blocks(blocks)
	return probe.y
}

func (l *layouter) blocks(blocks []letter.Block) {
	for i, b := range blocks {
		switch b := b.(type) {
		case letter.Heading: // stays with the beginning of what it heads
			l.keep(blocks[i:])
			l.heading(b)
		case letter.Item:
			if allBold(b.Spans) { // a heading in all but name
				l.keep(blocks[i:])
			}
			l.item(b)
		case letter.Table:
			after := 0.0
			if i+1 < len(blocks) {
				if note, ok := blocks[i+1].(letter.Paragraph); ok && note.Small {
					after = l.start(blocks[i+1:]) // how it was counted stands below the count
				}
			}
			l.beside = 0
			l.table(b, after)
		default:
			l.block(b)
		}
	}
}

// keep starts a new page unless the first of some blocks can begin on this
// one. Nothing is kept while measuring, which asks where blocks begin itself.
func (l *layouter) keep(blocks []letter.Block) {
	if !l.measure {
		l.need(l.start(blocks))
	}
}

// start is the height which the first of some blocks needs to begin on a
// page: a paragraph its first two lines, or all where it has three, for
// neither end of it stands alone; a heading the beginning of what it heads.
func (l *layouter) start(blocks []letter.Block) float64 {
	if len(blocks) == 0 {
		return 0
	}
	switch b := blocks[0].(type) {
	case letter.Heading:
		return 2 + l.headStyle(b).leading + l.start(blocks[1:])
	case letter.Item:
		h := l.height(blocks[:1])
		if allBold(b.Spans) {
			return h + l.start(blocks[1:])
		}
		return firstLines(h, l.textStyle(b.Small).leading)
	case letter.Paragraph:
		return firstLines(l.height(blocks[:1]), l.textStyle(b.Small).leading)
	case letter.Table:
		return l.tableStart(b)
	case letter.Keep:
		return l.height(blocks[:1])
	}
	return l.body.leading
}

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

func (l *layouter) headStyle(b letter.Heading) style {
	if b.Level > 1 {
		return l.subhead
	}
	return l.head
}

func allBold(spans []letter.Span) bool {
	for _, s := range spans {
		if !s.Bold {
			return false
		}
	}
	return len(spans) > 0
}

func (l *layouter) block(b letter.Block) {
	switch b.(type) {
	case letter.Code, letter.Keep:
	default:
		l.beside = 0
	}
	switch b := b.(type) {
	case letter.Title:
		l.flow(breakLines(l.glyphs([]letter.Span{{Text: b.Text}}, l.title), l.textWidth, 0), l.left, l.textWidth, l.title, letter.Center, 0)
		l.y += 6
	case letter.Paragraph:
		st, indent := l.textStyle(b.Small), 0.0
		if b.Indent {
			indent = 2 * st.size
		}
		l.flow(breakLines(l.glyphs(b.Spans, st), l.textWidth, indent), l.left, l.textWidth, st, b.Align, indent)
		if b.Align == letter.Center {
			l.y += 4 // it belongs to the title above
		}
	case letter.Fields:
		l.fields(b)
	case letter.Chart:
		l.chart(b)
	case letter.Waveform:
		l.waveform(b)
	case letter.Addressee:
		l.y += l.body.leading / 2
		l.text("此致", l.left+2*l.body.size, l.body, letter.Left)
		l.text(b.Name, l.left, l.body, letter.Left)
	case letter.Signature:
		l.signature(b)
	case letter.Code:
		beside := l.beside
		l.beside = 0
		l.code(b, beside)
	case letter.Keep:
		if code, ok := b.Blocks[0].(letter.Code); ok && len(b.Blocks) == 1 {
			l.block(code) // keeps itself together
			return
		}
		l.need(l.height(b.Blocks))
		l.blocks(b.Blocks)
	case letter.Space:
		l.need(b.Lines * l.body.leading)
		l.y += b.Lines * l.body.leading
	case letter.NewPage:
		if l.y > l.top && !l.measure {
			l.newPage()
		}
	}
}

// text sets one short text from x on.
func (l *layouter) text(s string, x float64, st style, align letter.Align) {
	width := pageWidth - l.right - x
	l.flow(breakLines(l.glyphs([]letter.Span{{Text: s}}, st), width, 0), x, width, st, align, 0)
}

func (l *layouter) heading(b letter.Heading) {
	l.y += 2
	l.marks = append(l.marks, mark{title: b.Text, level: b.Level - 1, page: l.page, y: l.y})
	l.text(b.Text, l.left, l.headStyle(b), letter.Left)
}

func (l *layouter) item(b letter.Item) {
	st := l.textStyle(b.Small)
	if b.Hang {
		x := l.left + 2*st.size
		label := breakLines(l.glyphs([]letter.Span{{Text: b.Label}}, st), l.textWidth, 0)
		lines := breakLines(l.glyphs(b.Spans, st), pageWidth-l.right-x, 0)
		l.need(st.leading * float64(min(2, len(lines))))
		l.put(label[0], l.left, l.y, l.textWidth, st, letter.Left)
		l.flow(lines, x, pageWidth-l.right-x, st, letter.Justify, 0)
		return
	}
	glyphs := l.glyphs(append([]letter.Span{{Text: b.Label}}, b.Spans...), st)
	if n := len([]rune(b.Label)); n > 0 && n < len(glyphs) && glyphs[n-1].r == '.' {
		glyphs[n-1].gap = 2 * westernGap * st.size // 1. and a Han character stand too close
	}
	l.flow(breakLines(glyphs, l.textWidth, 2*st.size), l.left, l.textWidth, st, letter.Justify, 2*st.size)
}

func (l *layouter) fields(b letter.Fields) {
	st := l.textStyle(b.Small)
	wide := 0.0
	for _, r := range b.Rows {
		w := 0.0
		for _, g := range l.glyphs([]letter.Span{{Text: r.Label + "："}}, st) {
			w += g.width
		}
		wide = max(wide, w)
	}
	for _, r := range b.Rows {
		label := breakLines(l.glyphs([]letter.Span{{Text: r.Label + "："}}, st), l.textWidth, 0)
		value := breakLines(l.glyphs([]letter.Span{{Text: r.Value}}, st), l.textWidth-wide, 0)
		l.need(st.leading * float64(min(2, len(value))))
		l.put(label[0], l.left, l.y, l.textWidth, st, letter.Left)
		l.flow(value, l.left+wide, l.textWidth-wide, st, letter.Left, 0)
	}
	if b.Small {
		l.y += 4 // what they head stands apart from them
	}
}

// signature leaves more than two lines of height to sign and press a finger.
func (l *layouter) signature(b letter.Signature) {
	st := l.body
	x := l.left + l.textWidth*0.42
	rowsHigh := 2.4
	if b.Agent != "" {
		rowsHigh *= 2
	}
	l.need(st.leading * (rowsHigh + 1.4))
	begin := l.y
	rows := []string{b.Label + "："}
	if b.Agent != "" {
		rows = append(rows, b.Agent+"：")
	}
	for _, r := range rows {
		l.y += st.leading * 1.4
		ln := breakLines(l.glyphs([]letter.Span{{Text: r}}, st), l.textWidth, 0)[0]
		l.put(ln, x, l.y, l.textWidth, st, letter.Left)
		from := x + ln.width + 2
		l.add(op{kind: ruleOp, x: from, y: l.y + st.leading - 3, w: pageWidth - l.right - from})
		l.y += st.leading
	}
	l.y += st.leading * 0.4
	date := b.Date
	if date == "" {
		date = "　　　　年　　月　　日"
	}
	l.put(breakLines(l.glyphs([]letter.Span{{Text: date}}, st), l.textWidth, 0)[0], l.left, l.y, l.textWidth, st, letter.Right)
	l.y += st.leading
	l.beside = begin
}

const module = 0.52 * mm // of the QR code

// code draws the QR code as squares, and its lines below it or, where it has
// found room beside a signature, over the whole width. Upper-case text keeps
// it in alphanumeric mode and small.
func (l *layouter) code(b letter.Code, beside float64) {
	q, err := qr.Encode(b.Payload, qr.M)
	if err != nil {
		l.err = fmt.Errorf("QR code: %w", err)
		return
	}
	side := float64(q.Size+8) * module // with the quiet zone of 4 on each side
	x, width, above := l.left+side+6, l.textWidth-side-6, 0.0
	if beside > 0 {
		x, width, above = l.left, l.textWidth, max(0, beside+side-l.y)
	}
	var set [][]line
	tall := 0.0
	for _, s := range b.Lines {
		ls := breakLines(l.glyphs([]letter.Span{{Text: s}}, l.codes), width, 0)
		set = append(set, ls)
		tall += float64(len(ls)) * l.codes.leading
	}
	at := beside
	if beside == 0 {
		tall = max(tall, side)
	} else if l.room() < above+tall+6 && !l.measure {
		l.newPage()
		l.code(b, 0)
		return
	}
	l.need(tall + 6)
	l.y += above + 3
	l.add(op{kind: ruleOp, x: l.left, y: l.y, w: l.textWidth})
	l.y += 3
	if beside == 0 {
		at = l.y
	}
	for row := range q.Size {
		for col := 0; col < q.Size; col++ {
			n := 0
			for col+n < q.Size && q.Black(col+n, row) {
				n++
			}
			if n > 0 {
				l.add(op{kind: fillOp, x: l.left + float64(col+4)*module, y: at + float64(row+4)*module, w: float64(n) * module, h: module})
				col += n
			}
		}
	}
	y := l.y
	for _, ls := range set {
		for _, ln := range ls {
			l.put(ln, x, y, width, l.codes, letter.Left)
			y += l.codes.leading
		}
	}
	l.y += tall
}

// footers prints the page number, the case and the root on every page.
func (l *layouter) footers(total int) {
	for p := 1; p <= total; p++ {
		l.page = p
		l.add(op{kind: ruleOp, x: l.left, y: pageHeight - footer - 11, w: l.textWidth})
		id := ""
		if l.caseID != "" {
			id = "案件 " + l.caseID
		}
		if len(l.root) >= 16 {
			id += "　总校验码 " + strings.Join([]string{l.root[:4], l.root[4:8], l.root[8:12], l.root[12:16]}, " ") + " …"
		}
		y := pageHeight - footer - footerStyle.leading*0.5
		l.put(breakLines(l.glyphs([]letter.Span{{Text: id}}, footerStyle), l.textWidth, 0)[0], l.left, y, l.textWidth, footerStyle, letter.Left)
		n := fmt.Sprintf("第 %d 页　共 %d 页", p, total)
		if l.volume != "" {
			n = l.volume + "　" + n
		}
		l.put(breakLines(l.glyphs([]letter.Span{{Text: n}}, footerStyle), l.textWidth, 0)[0], l.left, y, l.textWidth, footerStyle, letter.Right)
	}
}
