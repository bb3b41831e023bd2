package logs

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
)

// isCarrierXLSX reports a workbook one of whose sheets holds a call list.
func isCarrierXLSX(f *file) bool {
	if !bytes.HasPrefix(f.head, []byte("PK")) {
		return false
	}
	book, err := openWorkbook(f.r, f.size)
	if err != nil {
		return false
	}
	found := false
	for _, sheet := range book.sheets {
		seen := 0
		err := book.rows(sheet, func(row tableRow) error {
			found = found || findColumns(row.cells).isListHead()
			if seen++; found || seen == headLines {
				return errEnough
			}
			return nil
		})
		if found || err != nil {
			break
		}
	}
	return found
}

// readCarrierXLSX reads the call lists of a workbook, as [readCarrierCSV] does
// from text: of each sheet that has one, since some carriers give a sheet a
// month. Row.Line is the row of the sheet.
func readCarrierXLSX(f *file, give func(Row) error) ([]Skipped, error) {
	book, err := openWorkbook(f.r, f.size)
	if err != nil {
		return nil, err
	}
	var skipped []Skipped
	found := false
	for n, sheet := range book.sheets {
		var cols listReader
		seen, head, above := 0, false, ""
		err := book.rows(sheet, func(row tableRow) error {
			if !head {
				cols.listColumns = findColumns(row.cells)
				cols.days1904 = book.days1904
				if head = cols.isListHead(); !head {
					above += strings.Join(row.cells, " ") + "\n"
					if seen++; seen == headLines {
						return errEnough
					}
				}
				cols.month = monthIn(above + path.Base(f.path))
				found = found || head
				return nil
			}
			i, why := cols.next(row.cells, row.numeric)
			if why == nil {
				return give(Row{Sheet: n + 1, Line: row.n, Incident: i})
			}
			if why.ZH != "" {
				skipped = append(skipped, Skipped{n + 1, row.n, *why})
			}
			return nil
		})
		if err != nil {
			return skipped, fmt.Errorf("workbook: %s: %w", path.Base(sheet.Name), err)
		}
	}
	if !found {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	return skipped, nil
}
