package logs

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// This reader is our own because workbooks come from anybody and go in unasked.
// excelize v2.11.1 was tried with raw values and with both of its limits at
// 192 MB: a file of 0.4 MB whose shared strings unpack to 180 MB took 3.8 GB
// of memory and 24 s, one with a cell in the last column of each row a minute.
// The same files cost this one what its bounds say.

// Bounds of a workbook. A list of months has some ten thousand rows; what
// unpacks to more than this is no call list, or is made to exhaust memory.
const (
	maxSheets  = 64
	maxSheet   = 128 << 20 // bytes of one part, unpacked
	maxStrings = 16 << 20  // bytes of all shared strings
	maxCell    = 1 << 20   // bytes of one text
	maxRows    = 300_000   // of one sheet
	maxColumns = 256
)

var errWorkbookSize = errors.New("the workbook unpacks to more than a call list can hold")

// A tableRow is one row of a sheet and its number there, from 1.
type tableRow struct {
	n       int
	cells   []string
	numeric []bool // the cell holds a number and no text
}

// A workbook gives the raw cell values of its worksheets, in the order of
// their file names (ECMA-376, part 1, 18.3). Formats are not applied, so a
// number is what the file holds and not what a spreadsheet would show.
type workbook struct {
	shared   []string
	sheets   []*zip.File
	days1904 bool // dates count from 1904-01-01
}

func openWorkbook(r io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	b := &workbook{}
	for _, f := range z.File {
		switch {
		case f.Name == "xl/sharedStrings.xml":
			if b.shared, err = sharedStrings(f); err != nil {
				return nil, fmt.Errorf("workbook: shared strings: %w", err)
			}
		case f.Name == "xl/workbook.xml":
			if b.days1904, err = countsFrom1904(f); err != nil {
				return nil, fmt.Errorf("workbook: %w", err)
			}
		case path.Dir(f.Name) == "xl/worksheets" && path.Ext(f.Name) == ".xml":
			b.sheets = append(b.sheets, f)
		}
	}
	if len(b.sheets) > maxSheets {
		return nil, errWorkbookSize
	}
	slices.SortFunc(b.sheets, func(a, b *zip.File) int { // sheet2 before sheet10
		return cmp.Or(len(a.Name)-len(b.Name), strings.Compare(a.Name, b.Name))
	})
	return b, nil
}

// A bounded reader fails when a part, or one text in it, grows beyond its
// bound. It does not trust the size that the archive claims; and the decoder
// holds a text as a whole.
type bounded struct {
	r    io.Reader
	left int64
	text int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 || b.text > maxCell {
		return 0, errWorkbookSize
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		b.text = n - i
	} else {
		b.text += n
	}
	return n, err
}

// tokens reads the XML of a part.
func tokens(f *zip.File, most int64, each func(xml.Token) error) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(&bounded{r: in, left: most})
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = each(token)
		}
		if err != nil {
			return err
		}
	}
}

func countsFrom1904(f *zip.File) (yes bool, err error) {
	err = tokens(f, maxCell, func(token xml.Token) error {
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == "workbookPr" {
			v := attribute(t, "date1904")
			yes = v == "1" || v == "true"
		}
		return nil
	})
	return yes, err
}

func sharedStrings(f *zip.File) ([]string, error) {
	var out []string
	var text strings.Builder
	inText, phonetic := false, 0
	err := tokens(f, maxStrings, func(token xml.Token) error {
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
		return nil
	})
	return out, err
}

// errEnough ends a sheet early.
var errEnough = errors.New("enough rows")

// rows gives the rows of a sheet that stand in its file.
func (b *workbook) rows(f *zip.File, each func(tableRow) error) error {
	row, count := tableRow{}, 0
	var cell strings.Builder
	kind, column, reading := "", 0, false
	err := tokens(f, maxSheet, func(token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				if count++; count > maxRows {
					return errWorkbookSize
				}
				row = tableRow{n: row.n + 1}
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil && n > 0 {
					row.n = n
				}
				column = 0
			case "c":
				if ref, ok := columnOf(attribute(t, "r")); ok {
					column = ref
				}
				cell.Reset()
				kind = attribute(t, "t")
			case "v", "t":
				reading = true
			}
		case xml.CharData:
			if reading {
				cell.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				reading = false
			case "c":
				text := cell.String()
				if kind == "s" {
					n, err := strconv.Atoi(strings.TrimSpace(text))
					if err != nil || n < 0 || n >= len(b.shared) {
						return fmt.Errorf("cell names string %q of %d", text, len(b.shared))
					}
					text = b.shared[n]
				}
				row.put(column, text, kind == "" || kind == "n")
				column++
			case "row":
				return each(row)
			}
		}
		return nil
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
