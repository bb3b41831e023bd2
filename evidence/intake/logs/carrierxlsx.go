package logs

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"juzheng/evidence"
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
		columns, err := sheet.columns(book.days1904)
		if err == nil && columns.at != nil {
			found = true
			err = sheet.read(listReader{listColumns: columns}, path.Base(f.path), f.phone,
				func(row tableRow, i evidence.Incident,
					why *evidence.Text) error {
					if why == nil {
						return give(Row{Sheet: n + 1, Line: row.n, Incident: i})
					}
					if why.ZH != "" {
						skipped = append(skipped, skip(n+1, row.n, *why))
					}
					return nil
				})
		}
		if err != nil {
			return skipped, fmt.Errorf("workbook: %s: %w", sheet.name, err)
		}
	}
	if !found {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	return skipped, nil
}

// read gives the rows of a sheet below its head, or all where it has none.
func (g gridSheet) read(
	cols listReader, file string, own Phone, each func(tableRow, evidence.Incident, *evidence.Text) error,
) error {
	head, above := cols.guessed, ""
	var first [][]string // of a table with caller and called: whose list it is, several rows tell
	if cols.isPair() {
		err := g.rows(func(row tableRow) error {
			if head = head || findColumns(row.cells).isListHead(); head {
				first = append(first, row.cells)
			} else {
				above += strings.Join(row.cells, " ")
			}
			if len(first) > headLines {
				return errEnough
			}
			return nil
		})
		if err != nil {
			return err
		}
		cols.self = cols.own(first[min(1, len(first)):], above+g.name+file, own)
	}
	head, above = cols.guessed, ""
	cols.month = monthIn(g.name + "\n" + file)
	return g.rows(func(row tableRow) error {
		if head {
			i, why := cols.next(row.cells, row.numeric)
			return each(row, i, why)
		}
		if head = findColumns(row.cells).isListHead(); !head {
			above += strings.Join(row.cells, " ") + "\n"
		}
		cols.month = monthIn(above + g.name + "\n" + file)
		return nil
	})
}
