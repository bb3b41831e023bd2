package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Bounds of a workbook. A list of months has some ten thousand rows; what
// unpacks to more than this is no call list, or is made to exhaust memory.
const (
	maxSheet   = 128 << 20 // bytes of one part, unpacked
	maxStrings = 64 << 20  // bytes of all shared strings
	maxRows    = 300_000
	maxColumns = 256
)

var errWorkbookSize = errors.New("the workbook unpacks to more than a call list can hold")

// A tableRow is one row of a table and its number there, from 1.
type tableRow struct {
	n     int
	cells []string
}

// readXLSX reads the raw cell values of each worksheet, in the order of their
// file names (ECMA-376, part 1, 18.3). Formats are not applied, so a number
// is what the file holds and not what a spreadsheet would show. Most is the
// number of rows read of each sheet.
func readXLSX(r io.ReaderAt, size int64, most int) ([][]tableRow, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	var shared []string
	var sheets []*zip.File
	for _, f := range z.File {
		switch {
		case f.Name == "xl/sharedStrings.xml":
			if shared, err = sharedStrings(f); err != nil {
				return nil, fmt.Errorf("workbook: shared strings: %w", err)
			}
		case path.Dir(f.Name) == "xl/worksheets" && path.Ext(f.Name) == ".xml":
			sheets = append(sheets, f)
		}
	}
	slices.SortFunc(sheets, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out [][]tableRow
	for _, f := range sheets[:min(len(sheets), 20)] {
		rows, err := sheetRows(f, shared, most)
		if err != nil {
			return nil, fmt.Errorf("workbook: %s: %w", path.Base(f.Name), err)
		}
		out = append(out, rows)
	}
	return out, nil
}

// A bounded reader fails where a part grows beyond its bound, whatever the
// archive claims its size to be.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errWorkbookSize
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func sharedStrings(f *zip.File) ([]string, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	d := xml.NewDecoder(&bounded{in, maxStrings})
	var out []string
	var text strings.Builder
	inText, phonetic := false, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "rPh": // how it is read aloud: no part of the text
				phonetic++
			case "t":
				inText = phonetic == 0
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				out = append(out, text.String())
			case "rPh":
				phonetic--
			case "t":
				inText = false
			}
		}
	}
}

func sheetRows(f *zip.File, shared []string, most int) ([]tableRow, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	d := xml.NewDecoder(&bounded{in, maxSheet})
	var rows []tableRow
	var cell, kind string
	column, reading := 0, false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				if len(rows) >= most {
					return rows, nil
				}
				if len(rows) >= maxRows {
					return nil, errWorkbookSize
				}
				row := tableRow{n: 1}
				if len(rows) > 0 {
					row.n = rows[len(rows)-1].n + 1
				}
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil && n > 0 {
					row.n = n
				}
				rows, column = append(rows, row), 0
			case "c":
				if ref, ok := columnOf(attribute(t, "r")); ok {
					column = ref
				}
				cell, kind = "", attribute(t, "t")
			case "v", "t":
				reading = true
			}
		case xml.CharData:
			if reading {
				cell += string(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				reading = false
			case "c":
				if kind == "s" {
					n, err := strconv.Atoi(strings.TrimSpace(cell))
					if err != nil || n < 0 || n >= len(shared) {
						return nil, fmt.Errorf("cell names string %q of %d", cell, len(shared))
					}
					cell = shared[n]
				}
				if len(rows) > 0 && column < maxColumns {
					row := &rows[len(rows)-1]
					for len(row.cells) <= column {
						row.cells = append(row.cells, "")
					}
					row.cells[column] = cell
				}
				column++
			}
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the letters of a cell's reference: A is 0, AA is 26.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if n = n*26 + int(ref[i]-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return n - 1, n > 0
}

// carrierSheet finds the sheet with a carrier list and the row of its head.
func carrierSheet(sheets [][]tableRow) (rows []tableRow, head int, ok bool) {
	for _, rows := range sheets {
		for n, row := range rows[:min(len(rows), 30)] {
			if isCarrierHead(carrierColumns(row.cells)) {
				return rows, n, true
			}
		}
	}
	return nil, 0, false
}

// isCarrierXLSX reports a workbook that holds a carrier list.
func isCarrierXLSX(r io.ReaderAt, size int64) bool {
	sheets, err := readXLSX(r, size, 30)
	if err != nil {
		return false
	}
	_, _, ok := carrierSheet(sheets)
	return ok
}

// ReadCarrierXLSX reads a carrier's call list from a workbook, as
// [ReadCarrierCSV] does from text. Row.Line is the row of the sheet.
func ReadCarrierXLSX(r io.ReaderAt, size int64, give func(Row) error) ([]Skipped, error) {
	sheets, err := readXLSX(r, size, maxRows)
	if err != nil {
		return nil, err
	}
	rows, head, ok := carrierSheet(sheets)
	if !ok {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	cols := carrierColumns(rows[head].cells)
	var skipped []Skipped
	for _, row := range rows[head+1:] {
		i, why := carrierRow(cols, row.cells)
		if why != nil {
			if strings.TrimSpace(strings.Join(row.cells, "")) != "" {
				skipped = append(skipped, Skipped{row.n, *why})
			}
			continue
		}
		if err := give(Row{row.n, i}); err != nil {
			return skipped, err
		}
	}
	return skipped, nil
}
