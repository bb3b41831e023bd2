package typeset

import (
	"slices"

	"juzheng/templates/document"
)

// Room between the rules of a table and its words, on each side; in rows that stand
// close, beside them and above and below them.
const (
	cellPad   = 3.0
	closeSide = 1.5
	closePad  = 0.8
)

// A tableRow is set cells and how many lines the tallest has.
type tableRow struct {
	cells [][]line
	lines int
}

// A grid is what all rows of a table share.
type grid struct {
	edges   []float64 // the left edge of each column, and the right edge of the last
	st      style
	pad     float64 // above and below the words of a row
	side    float64 // before and behind those of a cell
	columns []document.Column
	head    tableRow
}

// gridOf measures a table that begins at left and is so wide.
func (l *layouter) gridOf(t document.Table, left, width float64) grid {
	g := grid{st: l.textStyle(t.Small), pad: cellPad, side: cellPad, columns: t.Columns, edges: []float64{left}}
	if t.Abreast > 1 {
		g.pad, g.side = closePad, closeSide
	}
	for _, w := range l.columnWidths(t, g, width) {
		g.edges = append(g.edges, g.edges[len(g.edges)-1]+w)
	}
	g.head = l.setRow(tableHead(t), g)
	return g
}

// columnWidths fits columns to what stands in them: a time, a number or an amount
// stands in one line, a column takes no more than its longest cell needs while
// another has lines to break, and what is left is shared as the table wants it.
func (l *layouter) columnWidths(t document.Table, g grid, width float64) []float64 {
	n := len(t.Columns)
	head, st := tableHead(t), g.st
	widths, least, most := make([]float64, n), make([]float64, n), make([]float64, n)
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	exact := make([]float64, n) // the least of a column that is not to wrap; 0: it may
	for i, c := range t.Columns {
		widths[i] = c.Width / total * width
		titled := glyphsWidth(l.glyphs(head[i], st))
		most[i] = titled
		if len([]rune(c.Title)) <= shortHead {
			least[i] = titled
		}
		whole, widest := true, 0.0 // of its cells: its head may wrap
		for _, row := range t.Rows {
			if i < len(row) {
				all := l.glyphs(row[i], st)
				least[i], widest = max(least[i], widestPiece(all)), max(widest, widestLine(all))
				if len(all) <= shortHead { // 通话记录 is one word
					least[i] = max(least[i], glyphsWidth(all))
				}
				whole = whole && figures(all)
			}
		}
		// and what adding up widths may lose
		most[i] = max(least[i], most[i], widest) + 2*g.side + 0.02
		if exactly := max(least[i], widest) + 2*g.side + 0.02; whole && exactly <= width*widestWhole {
			exact[i] = exactly
		}
		least[i] += 2*g.side + 0.02
	}
	for i, w := range exact { // as many of them as there is room for
		if sum := sumOf(least) - least[i] + w; w > 0 && sum <= width {
			least[i] = w
		}
	}
	if sumOf(least) > width { // there is no way to keep all whole
		return widths
	}
	room := width
	for i := range widths {
		widths[i] = min(max(widths[i], least[i]), most[i])
		room -= widths[i]
	}
	switch need := sumOf(most) - sumOf(widths); {
	case room < 0:
		give := sumOf(widths) - sumOf(least)
		for i := range widths {
			widths[i] += (widths[i] - least[i]) / give * room
		}
	case need > room:
		for i := range widths {
			widths[i] += (most[i] - widths[i]) / need * room
		}
	default:
		for i, c := range t.Columns {
			widths[i] = most[i] + (room-need)*c.Width/total
		}
	}
	return widths
}

func sumOf(all []float64) float64 {
	s := 0.0
	for _, v := range all {
		s += v
	}
	return s
}

// How long a head or a cell is at most that stands in one line, and a piece of a cell that is
// not cut: a date is, the name of a file is not. A column of figures wider than its
// share of the table may wrap: a digest does.
const (
	shortHead    = 4
	longestPiece = 11
	// a telephone number, that of a message port among them, is typed off the page
	longestNumber = 16
	dayAndHour    = len("2026-09-05 22:47:14") + 3 // and whose clock it is
	widestWhole   = 0.4
)

// figures reports a cell of a time, a number or an amount, with a word or two: at most a
// day with its hour and whose clock it is.
func figures(all []glyph) bool {
	if len(all) > dayAndHour {
		return false
	}
	words := 0
	for i, g := range all {
		if g.r == '\n' || g.r == '、' { // a list may wrap
			return false
		}
		if plainHan(g.r) && (i == 0 || !digit(all[i-1].r)) {
			words++
		}
	}
	return words <= 2
}

// widestLine is how wide a cell is that is broken only where its words are.
func widestLine(all []glyph) float64 {
	widest := 0.0
	for from, i := 0, 0; i < len(all); i++ {
		if last := i+1 == len(all); last || all[i].r == '\n' {
			widest = max(widest, glyphsWidth(all[from:i+1]))
			from = i + 1
		}
	}
	return widest
}

// widestPiece is how wide the widest part of a cell is that no line ends in.
func widestPiece(all []glyph) float64 {
	widest := 0.0
	for from, i := 0, 0; i < len(all); i++ {
		if i+1 < len(all) && (!breakable(all[i].r, all[i+1].r) || kept(all, i) || inDate(all, i)) && all[i].r != '\n' {
			continue
		}
		piece := all[from : i+1]
		n := len(piece)
		number := n <= longestNumber && !slices.ContainsFunc(piece, func(g glyph) bool { return !digit(g.r) })
		if n <= longestPiece || number || n <= dayAndHour && slices.ContainsFunc(all[from:i],
			func(g glyph) bool { return g.r == ' ' }) {
			widest = max(widest, glyphsWidth(all[from:i+1]))
		}
		from = i + 1
	}
	return widest
}

func glyphsWidth(all []glyph) float64 {
	w := 0.0
	for i, g := range all {
		if w += g.width; i+1 < len(all) {
			w += g.gap
		}
	}
	return w
}

func (l *layouter) setRow(cells []document.Cell, g grid) tableRow {
	var r tableRow
	for i, c := range cells {
		ls := breakLines(l.glyphs(c, g.st), g.edges[i+1]-g.edges[i]-2*g.side, 0)
		r.cells = append(r.cells, ls)
		r.lines = max(r.lines, len(ls))
	}
	return r
}

func tableHead(t document.Table) []document.Cell {
	var head []document.Cell
	for _, c := range t.Columns {
		head = append(head, document.Cell{{Text: c.Title, Bold: true}})
	}
	return head
}

// A table of so few rows stands on one page, where that has room for it; of a longer one
// two rows stand on each of its pages.
const (
	fewRows = 6
	twoRows = 2
)

// tableStart is the height of the head and the rows that stand with it: what has to
// stand below a heading.
func (l *layouter) tableStart(t document.Table) float64 { return l.startOf(t, l.firstGrid(t)) }

func (l *layouter) startOf(t document.Table, g grid) float64 {
	head := g.rowHeight(g.head.lines)
	begin, all := head, head
	for i, cells := range t.Rows[:min(len(t.Rows), fewRows)] {
		lines := l.setRow(cells, g).lines
		all += g.rowHeight(lines)
		if i < twoRows {
			begin += g.rowHeight(min(lines, 6))
		}
	}
	if len(t.Rows) <= fewRows && all < (pageHeight-l.top-l.bottom)/2 {
		return all
	}
	return begin
}

// firstGrid is that of a table, or of the first of its columns of rows.
func (l *layouter) firstGrid(t document.Table) grid {
	return l.gridOf(t, l.left, l.stripWidth(t))
}

// rowHeight is the height of a row of so many lines.
func (g grid) rowHeight(lines int) float64 { return float64(lines)*g.st.leading + 2*g.pad }

// table sets a ruled table. Its head repeats on each page; a row that does
// not fit goes to the next page, and one taller than a page is cut between
// lines. Its last row keeps room behind it for the beginning of a note.
func (l *layouter) table(t document.Table, after float64) {
	if t.Abreast > 1 {
		l.abreast(t)
		return
	}
	g := l.firstGrid(t)
	headHeight := g.rowHeight(g.head.lines)
	if begin := l.startOf(t, g); len(t.Rows) > fewRows {
		l.need(begin + 2)
	} else { // all of it, and what is said of it
		l.need(begin + after + 6)
	}
	if l.y > l.top {
		l.y += 2
	}
	defer l.within(&element{kind: "Table"})()
	l.headRow(g)
	for i, cells := range t.Rows {
		tr := &element{kind: "TR", parent: l.el}
		r := l.setRow(cells, g)
		if n := len(t.Rows) - i; n <= twoRows && i > 0 && !l.measure { // the last do not stand alone
			h := g.rowHeight(r.lines)
			rest := after + 4
			for _, cells := range t.Rows[i+1:] {
				rest += g.rowHeight(l.setRow(cells, g).lines)
			}
			if h <= l.room() && h+rest > l.room() && headHeight+h+rest <= pageHeight-l.bottom-l.top {
				l.newPage()
				l.headAgain(g)
			}
		}
		whole := pageHeight - l.bottom - l.top - headHeight
		for from := 0; from < r.lines; {
			n := r.lines - from
			if !l.measure && g.rowHeight(n) > l.room() {
				fit := int((l.room() - 2*g.pad) / g.st.leading)
				if g.rowHeight(n) <= whole || fit < 3 {
					l.newPage()
					l.headAgain(g)
					if g.rowHeight(n) <= l.room() {
						continue
					}
					fit = int((l.room() - 2*g.pad) / g.st.leading)
				}
				n = max(1, min(n, fit))
			}
			l.row(r, from, from+n, g, tr)
			from += n
		}
	}
	l.y += 4
}

// stripGap parts the columns of rows that stand side by side.
const stripGap = 5.0

func (l *layouter) stripWidth(t document.Table) float64 {
	n := float64(max(t.Abreast, 1))
	return (l.textWidth - (n-1)*stripGap) / n
}

// A rowPart is a row, or some lines of one that is too tall to stand whole.
type rowPart struct {
	tableRow
	from, to int
	tr       *element
}

// abreast sets a table in columns of rows, read one column after the other on each page.
func (l *layouter) abreast(t document.Table) {
	g := l.firstGrid(t)
	head := g.rowHeight(g.head.lines)
	most := max(1, int(((pageHeight-l.top-l.bottom)/2-head)/g.st.leading)) // lines of a part
	defer l.within(&element{kind: "Table"})()
	first := true
	var parts []rowPart
	for _, cells := range t.Rows {
		r, tr := l.setRow(cells, g), &element{kind: "TR", parent: l.el}
		for from := 0; from < r.lines; from += most {
			parts = append(parts, rowPart{r, from, min(from+most, r.lines), tr})
		}
	}
	l.need(l.tableStart(t) + 2)
	for len(parts) > 0 {
		if l.y > l.top {
			l.y += 2
		}
		room := l.room() - head
		if l.measure {
			room = 1e9
		}
		strips := balanced(parts, t.Abreast, room, g)
		if strips == nil { // not one row has room
			l.newPage()
			continue
		}
		top, low := l.y, l.y
		for n, part := range strips {
			own, by := g, float64(n)*(l.stripWidth(t)+stripGap)
			own.edges = slices.Clone(g.edges)
			for i := range own.edges {
				own.edges[i] += by
			}
			l.y = top
			if first {
				l.headRow(own)
			} else {
				l.headAgain(own)
			}
			first = false
			for _, p := range part {
				l.row(p.tableRow, p.from, p.to, own, p.tr)
			}
			low, parts = max(low, l.y), parts[len(part):]
		}
		l.y = low
		if len(parts) > 0 {
			l.newPage()
		}
	}
	l.y += 4
}

// balanced shares the first of some rows out to columns that are no higher than room:
// as many as they hold, and where they hold all, to columns of one height.
func balanced(parts []rowPart, columns int, room float64, g grid) [][]rowPart {
	fill := func(high float64) (out [][]rowPart, all bool) {
		left := parts
		for range columns {
			n, used := 0, 0.0
			for n < len(left) {
				h := g.rowHeight(left[n].to - left[n].from)
				if used+h > high+0.01 {
					break
				}
				n, used = n+1, used+h
			}
			if n > 0 {
				out = append(out, left[:n])
			}
			left = left[n:]
		}
		return out, len(left) == 0
	}
	if best, all := fill(room); !all {
		return best
	}
	low, high := 0.0, 0.0 // too little, and enough
	for _, p := range parts {
		high += g.rowHeight(p.to - p.from)
	}
	high = min(high, room)
	for high-low > 1 {
		if _, all := fill((low + high) / 2); all {
			high = (low + high) / 2
		} else {
			low = (low + high) / 2
		}
	}
	out, _ := fill(high)
	return out
}

// headRow sets the head of a table, and headAgain the same where it goes on: that says
// nothing new.
func (l *layouter) headRow(g grid) {
	l.row(g.head, 0, g.head.lines, g, &element{kind: "TR", parent: l.el, head: true})
}

func (l *layouter) headAgain(g grid) {
	was := l.el
	l.el = nil
	l.row(g.head, 0, g.head.lines, g, &element{kind: "TR", head: true})
	l.el = was
}

// row draws the lines from..to of a row and its rules.
func (l *layouter) row(r tableRow, from, to int, g grid, tr *element) {
	h := g.rowHeight(to - from)
	last := len(g.edges) - 1
	l.add(op{kind: ruleOp, x: g.edges[0], y: l.y, w: g.edges[last] - g.edges[0]})
	l.add(op{kind: ruleOp, x: g.edges[0], y: l.y + h, w: g.edges[last] - g.edges[0]})
	for _, x := range g.edges {
		l.add(op{kind: ruleOp, x: x, y: l.y, h: h})
	}
	for i, ls := range r.cells {
		align := g.columns[i].Align
		if tr.head {
			align = document.Center
		}
		if align == document.Justify {
			align = document.Left
		}
		end := func() {}
		if l.el != nil {
			end = l.within(tr.cell(i))
		}
		for n := from; n < min(to, len(ls)); n++ {
			l.put(ls[n], g.edges[i]+g.side, l.y+g.pad+float64(n-from)*g.st.leading, g.edges[i+1]-g.edges[i]-2*g.side,
				g.st, align)
		}
		end()
	}
	l.y += h
}
