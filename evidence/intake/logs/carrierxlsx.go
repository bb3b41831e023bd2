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
	return bytes.HasPrefix(f.head, []byte("PK")) && !isODS(f) && holdsList(f)
}

// isCarrierODS reports the same of an OpenDocument table.
func isCarrierODS(f *file) bool { return isODS(f) && holdsList(f) }

func isODS(f *file) bool {
	return bytes.HasPrefix(f.head, []byte("PK")) &&
		bytes.Contains(f.head, []byte("application/vnd.oasis.opendocument.spreadsheet"))
}

// isCarrierXLS reports the same of an old workbook, isCarrierXML of an XML
// workbook and isCarrierPage of a page that goes by the name of one.
func isCarrierXLS(f *file) bool { return bytes.HasPrefix(f.head, compoundMagic) && holdsList(f) }

func isCarrierXML(f *file) bool {
	return f.isText && strings.Contains(f.text, spreadsheetML) && holdsList(f)
}

func isCarrierPage(f *file) bool { return f.isText && isMarkup(f.begin()) && holdsList(f) }

// readCarrierXLSX reads the call lists of a workbook, as [readCarrierCSV] does
// from text: of each sheet that has one, since some carriers give a sheet a
// month. Row.Line is the row of the sheet.
func readCarrierXLSX(f *file, give func(Row) error) ([]Skipped, error) {
	book, err := openGrid(f)
	if err != nil {
		return nil, err
	}
	var skipped []Skipped
	found := false
	for n, sheet := range book.sheets {
		var cols listReader
		seen, head, above := 0, false, ""
		err := sheet.rows(func(row tableRow) error {
			if !head {
				cols.listColumns = findColumns(row.cells)
				cols.days1904 = book.days1904
				if head = cols.isListHead(); !head {
					above += strings.Join(row.cells, " ") + "\n"
					if seen++; seen == headLines {
						return errEnough
					}
				}
				cols.month = monthIn(above + sheet.name + "\n" + path.Base(f.path))
				found = found || head
				return nil
			}
			i, why := cols.next(row.cells, row.numeric)
			if why == nil {
				return give(Row{Sheet: n + 1, Line: row.n, Incident: i})
			}
			if why.ZH != "" {
				skipped = append(skipped, skip(n+1, row.n, *why))
			}
			return nil
		})
		if err != nil {
			return skipped, fmt.Errorf("workbook: %s: %w", sheet.name, err)
		}
	}
	if !found {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	return skipped, nil
}
