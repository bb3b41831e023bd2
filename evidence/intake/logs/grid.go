package logs

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// A grid is a table in sheets, whatever kind of file holds it.
type grid struct {
	sheets   []gridSheet
	days1904 bool // dates count from 1904-01-01
	mended   bool // its letters were garbled, and are given as they were written
}

type gridSheet struct {
	name string
	rows func(each func(tableRow) error) error
}

var errNoGrid = errors.New("no table in sheets")

// openGrid opens the sheets of a workbook, of an old one, or of a page that
// holds a table.
func openGrid(f *file) (*grid, error) {
	g, err := openAsGrid(f)
	if err == nil {
		g.mend()
	}
	return g, err
}

func openAsGrid(f *file) (*grid, error) {
	switch {
	case bytes.HasPrefix(f.head, []byte("PK")):
		book, err := openWorkbook(f.r, f.size)
		if err != nil {
			return nil, err
		}
		if len(book.sheets) == 0 {
			return openODS(f)
		}
		return book, nil
	case bytes.HasPrefix(f.head, compoundMagic):
		return openOld(f.r, f.size)
	case f.isText && isMarkup(f.begin()):
		return openMarkup(f)
	}
	return nil, errNoGrid
}

// A BookFault is why the sheets of a workbook cannot be looked into.
type BookFault string

// The faults. Sound is none.
const (
	Sound    BookFault = ""
	Locked   BookFault = "locked"    // it opens with a password alone
	TooLarge BookFault = "too-large" // more than is read
	NotWhole BookFault = "not-whole" // it ends in the middle, or is damaged
)

// FaultOf looks at the beginning of every sheet of a workbook.
func FaultOf(r io.ReaderAt, size int64) BookFault {
	const sector = 512 // of which old workbooks consist
	f := open(r, size)
	g, err := openGrid(f)
	for n := 0; err == nil && n < len(g.sheets); n++ {
		rows := 0
		err = g.sheets[n].rows(func(tableRow) error {
			if rows++; rows > headLines {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			err = nil
		}
	}
	switch {
	case errors.Is(err, errLocked):
		return Locked
	case errors.Is(err, errWorkbookSize):
		return TooLarge
	case errors.Is(err, errNoGrid), errors.Is(err, errOldBook) && size%sector == 0: // something else
		return Sound
	case err != nil:
		return NotWhole
	}
	return Sound
}

// holdsList reports a grid one of whose sheets holds a call list.
func holdsList(f *file) bool {
	g, err := openGrid(f)
	if err != nil {
		return false
	}
	for _, sheet := range g.sheets {
		found, err := sheet.columns(g.days1904)
		if found.at != nil || err != nil {
			return err == nil
		}
	}
	return false
}

// columns are those of the list of calls that a sheet holds, by its head or, if it
// has none, by its cells; without any, it is no list.
func (g gridSheet) columns(days1904 bool) (listColumns, error) {
	var found listColumns
	var rows [][]string
	headed := false
	err := g.rows(func(row tableRow) error {
		if found = findColumns(row.cells); found.isListHead() {
			headed, found.days1904 = true, days1904
			return errEnough
		}
		if rows = append(rows, row.cells); len(rows) == headLines {
			return errEnough
		}
		return nil
	})
	if headed || err != nil {
		return found, err
	}
	if guess, ok := guessColumns(rows); ok {
		guess.days1904 = days1904
		return guess, nil
	}
	return listColumns{}, nil
}

// spreadsheetML is the mark of an XML workbook of Excel 2003.
const spreadsheetML = "urn:schemas-microsoft-com:office:spreadsheet"

// isMarkup reports the beginning of a page or of an XML workbook of Excel 2003.
func isMarkup(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "<") && (strings.Contains(s, "<table") || strings.Contains(s, "<html") ||
		strings.Contains(s, spreadsheetML))
}
