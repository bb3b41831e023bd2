package evidence

import (
	"strconv"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// A Grid rules a picture into square cells that are named like those of a
// spreadsheet, so that a part of it can be named without counting pixels.
// The same picture always has the same grid.
type Grid struct {
	Width, Height int // of the picture, upright
	Columns, Rows int
	side          float64 // of a cell, in pixels
}

// gridColumns is how many cells stand side by side: a line of a chat on a
// phone's screen is then about as high as a cell.
const gridColumns = 20

// GridOf is the grid of a picture by its upright size.
func GridOf(width, height int) Grid {
	g := Grid{Width: width, Height: height, Columns: min(gridColumns, max(1, width))}
	g.side = float64(width) / float64(g.Columns)
	for g.Rows = 1; float64(g.Rows)*g.side < float64(height)-0.5; g.Rows++ {
	}
	return g
}

// Name is what a cell is called: column A, B …, row 1, 2 …; from 0.
func (g Grid) Name(column, row int) string {
	return string(rune('A'+column)) + strconv.Itoa(row+1)
}

// Box is the part of the picture a block of cells covers, from 0, the last
// ones included.
func (g Grid) Box(column, row, lastColumn, lastRow int) Box {
	edge := func(n, most int) int { return min(most, int(float64(n)*g.side+0.5)) }
	x, y := edge(column, g.Width), edge(row, g.Height)
	right, low := edge(lastColumn+1, g.Width), edge(lastRow+1, g.Height)
	if lastColumn == g.Columns-1 {
		right = g.Width
	}
	if lastRow == g.Rows-1 {
		low = g.Height
	}
	return Box{x, y, right - x, low - y}
}

var cellsForm = lazyregexp.New(`^([A-T])([1-9]\d{0,4})(?::([A-T])([1-9]\d{0,4}))?$`)

// IsCells reports whether s names cells, such as C4 or C4:F5, on whatever
// picture.
func IsCells(s string) bool { return cellsForm.MatchString(strings.ToUpper(s)) }

// IsWhole reports whether s, in the place of cells, is a word for the whole picture.
func IsWhole(s string) bool { return s == "全部" || strings.EqualFold(s, "all") }

// WholeBox is the box of a whole picture, upright, or of a film, of which no size may be
// known.
func WholeBox(m Media) Box {
	w, h := m.Upright()
	return Box{W: max(w, 1), H: max(h, 1)}
}

// BoxOfCells is the part that cells name of a picture of that size, upright;
// it reports whether they lie on it.
func BoxOfCells(s string, width, height int) (Box, bool) {
	m := cellsForm.FindStringSubmatch(strings.ToUpper(s))
	if m == nil || width < 1 || height < 1 {
		return Box{}, false
	}
	if m[3] == "" {
		m[3], m[4] = m[1], m[2]
	}
	g := GridOf(width, height)
	row, _ := strconv.Atoi(m[2])
	last, _ := strconv.Atoi(m[4])
	left, right := int(m[1][0]-'A'), int(m[3][0]-'A')
	if left > right || row > last || right >= g.Columns || last > g.Rows {
		return Box{}, false
	}
	return g.Box(left, row-1, right, last-1), true
}
