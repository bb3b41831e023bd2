package typeset

import "juzheng/templates/document"

const cellPad = 3.0

// A tableRow is set cells and how many lines the tallest has.
type tableRow struct {
	cells [][]line
	lines int
}

// tableGrid returns the left edge of each column, and the right edge of the
// last. A column too narrow for its short head, a date or a number with its word takes
// from those that have room.
func (l *layouter) tableGrid(t document.Table) []float64 {
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	st, head := l.tableStyle(t), tableHead(t)
	widths, least := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	short, spare := 0.0, 0.0
	for i, c := range t.Columns {
		widths[i] = c.Width / total * l.textWidth
		if n := len([]rune(c.Title)); n <= shortHead {
			least[i] = glyphsWidth(l.glyphs(head[i], st)) + 2*cellPad
		}
		for _, row := range t.Rows {
			if i < len(row) {
				least[i] = max(least[i], widestPiece(l.glyphs(row[i], st))+2*cellPad)
			}
		}
		least[i] += 0.02 // what adding up widths may lose
		short, spare = short+max(0, least[i]-widths[i]), spare+max(0, widths[i]-least[i])
	}
	edges := []float64{l.left}
	for i, w := range widths {
		if short > 0 && spare >= short {
			w += max(0, least[i]-w) - max(0, w-least[i])/spare*short
		}
		edges = append(edges, edges[len(edges)-1]+w)
	}
	return edges
}

// How long a head is at most that stands in one line, and a piece of a cell that is
// not cut: a date is, the name of a file is not.
const (
	shortHead    = 4
	longestPiece = 11
)

// widestPiece is how wide the widest part of a cell is that no line ends in.
func widestPiece(all []glyph) float64 {
	widest := 0.0
	for from, i := 0, 0; i < len(all); i++ {
		if i+1 < len(all) && (!breakable(all[i].r, all[i+1].r) || kept(all, i) || inDate(all, i)) && all[i].r != '\n' {
			continue
		}
		if i+1-from <= longestPiece {
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

func (l *layouter) tableStyle(t document.Table) style {
	if t.Small {
		return l.small
	}
	return l.body
}

func (l *layouter) setRow(cells []document.Cell, edges []float64, st style) tableRow {
	var r tableRow
	for i, c := range cells {
		ls := breakLines(l.glyphs(c, st), edges[i+1]-edges[i]-2*cellPad, 0)
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

// tableStart is the height of the head and the first row: what has to stand
// below a heading.
func (l *layouter) tableStart(t document.Table) float64 {
	edges, st := l.tableGrid(t), l.tableStyle(t)
	h := rowHeight(l.setRow(tableHead(t), edges, st).lines, st)
	if len(t.Rows) > 0 {
		h += rowHeight(min(l.setRow(t.Rows[0], edges, st).lines, 6), st)
	}
	return h
}

func rowHeight(lines int, st style) float64 { return float64(lines)*st.leading + 2*cellPad }

// table sets a ruled table. Its head repeats on each page; a row that does
// not fit goes to the next page, and one taller than a page is cut between
// lines. Its last row keeps room behind it for the beginning of a note.
func (l *layouter) table(t document.Table, after float64) {
	edges, st := l.tableGrid(t), l.tableStyle(t)
	head := l.setRow(tableHead(t), edges, st)
	headHeight := rowHeight(head.lines, st)
	if len(t.Rows) > 1 {
		l.need(l.tableStart(t) + 2)
	} else { // its one row is its last
		l.need(l.tableStart(t) + after + 6)
	}
	if l.y > l.top {
		l.y += 2
	}
	l.row(head, 0, head.lines, edges, st, t.Columns, true)
	for i, cells := range t.Rows {
		r := l.setRow(cells, edges, st)
		if i == len(t.Rows)-1 && i > 0 && !l.measure {
			if h := rowHeight(r.lines, st); h <= l.room() && h+after+4 > l.room() {
				l.newPage()
				l.row(head, 0, head.lines, edges, st, t.Columns, true)
			}
		}
		whole := pageHeight - l.bottom - l.top - headHeight
		for from := 0; from < r.lines; {
			n := r.lines - from
			if !l.measure && rowHeight(n, st) > l.room() {
				fit := int((l.room() - 2*cellPad) / st.leading)
				if rowHeight(n, st) <= whole || fit < 3 {
					l.newPage()
					l.row(head, 0, head.lines, edges, st, t.Columns, true)
					if rowHeight(n, st) <= l.room() {
						continue
					}
					fit = int((l.room() - 2*cellPad) / st.leading)
				}
				n = max(1, min(n, fit))
			}
			l.row(r, from, from+n, edges, st, t.Columns, false)
			from += n
		}
	}
	l.y += 4
}

// row draws the lines from..to of a row and its rules.
func (l *layouter) row(r tableRow, from, to int, edges []float64, st style, columns []document.Column, head bool) {
	h := rowHeight(to-from, st)
	last := len(edges) - 1
	l.add(op{kind: ruleOp, x: edges[0], y: l.y, w: edges[last] - edges[0]})
	l.add(op{kind: ruleOp, x: edges[0], y: l.y + h, w: edges[last] - edges[0]})
	for _, x := range edges {
		l.add(op{kind: ruleOp, x: x, y: l.y, h: h})
	}
	for i, ls := range r.cells {
		align := columns[i].Align
		if head {
			align = document.Center
		}
		if align == document.Justify {
			align = document.Left
		}
		for n := from; n < min(to, len(ls)); n++ {
			l.put(ls[n], edges[i]+cellPad, l.y+cellPad+float64(n-from)*st.leading, edges[i+1]-edges[i]-2*cellPad, st,
				align)
		}
	}
	l.y += h
}
