package logs

import (
	"errors"
	"io"

	"juzheng/evidence/xlsx"
)

// Bounds of a table: a list of months has some ten thousand rows.
const (
	maxSheets  = 64
	maxSheet   = xlsx.MaxPart    // bytes of one part, unpacked
	maxStrings = xlsx.MaxStrings // bytes of all texts
	maxCell    = 1 << 20         // bytes of one text
	maxRows    = 300_000         // of one sheet
	maxColumns = 256
)

var errWorkbookSize = xlsx.ErrSize

// A tableRow is one row of a sheet and its number there, from 1.
type tableRow struct {
	n       int
	cells   []string
	numeric []bool // the cell holds a number and no text
}

// errEnough ends a sheet early.
var errEnough = errors.New("enough rows")

// openWorkbook is a workbook of today as a grid.
func openWorkbook(r io.ReaderAt, size int64) (*grid, error) {
	book, err := xlsx.Open(r, size)
	if err != nil {
		return nil, err
	}
	g := &grid{days1904: book.Days1904}
	for _, s := range book.Sheets {
		g.sheets = append(g.sheets, gridSheet{s.Part(),
			func(each func(tableRow) error) error { return bookRows(book, s, each) }})
	}
	return g, nil
}

// bookRows gives the rows of a sheet that stand in its file.
func bookRows(book *xlsx.Book, s xlsx.Sheet, each func(tableRow) error) error {
	count := 0
	_, err := book.Rows(s, func(r xlsx.Row) error {
		if count++; count > maxRows {
			return errWorkbookSize
		}
		row := tableRow{n: r.N}
		for n, c := range r.Cells {
			row.put(n, c.Text, c.Kind == xlsx.Number)
		}
		return each(row)
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func (r *tableRow) put(column int, text string, numeric bool) {
	if column >= maxColumns {
		return
	}
	for len(r.cells) <= column {
		r.cells, r.numeric = append(r.cells, ""), append(r.numeric, false)
	}
	r.cells[column], r.numeric[column] = text, numeric
}
