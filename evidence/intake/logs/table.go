package logs

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"juzheng/evidence"
)

// A TableLine is a line of a table and where it stands.
type TableLine struct {
	Line  int
	Cells []string
}

// mostLines bounds a table that a person wrote by hand.
const mostLines = 5000

// Table gives the lines of a table that is no log: text with commas,
// semicolons or tabs, or the first sheet of a workbook. Blank lines are left
// out. Not ok: it is no table, or one larger than a person writes.
func Table(r io.ReaderAt, size int64) (lines []TableLine, ok bool) {
	f := open(r, size)
	switch {
	case strings.HasPrefix(string(f.head), "PK"):
		lines, ok = bookTable(f)
	case f.isText && size <= 1<<20:
		lines, ok = textTable(f)
	}
	return lines, ok && len(lines) > 1 && len(lines) <= mostLines
}

func bookTable(f *file) (lines []TableLine, ok bool) {
	book, err := openWorkbook(f.r, f.size)
	if err != nil || len(book.sheets) == 0 {
		return nil, false
	}
	err = book.sheets[0].rows(func(row tableRow) error {
		if strings.TrimSpace(strings.Join(row.cells, "")) != "" {
			lines = append(lines, TableLine{row.n, row.cells})
		}
		if len(lines) > mostLines {
			return errEnough
		}
		return nil
	})
	return lines, err == nil
}

func textTable(f *file) (lines []TableLine, ok bool) {
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return nil, false
	}
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, false
	}
	s = strings.TrimPrefix(s, "\ufeff")
	first, _, _ := strings.Cut(s, "\n")
	r := csv.NewReader(strings.NewReader(s))
	for _, d := range ";\t，" {
		if strings.Count(first, string(d)) > strings.Count(first, string(r.Comma)) {
			r.Comma = d
		}
	}
	if !strings.ContainsRune(first, r.Comma) {
		return nil, false
	}
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, true
		}
		if err != nil {
			return nil, false
		}
		at, _ := r.FieldPos(0)
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			lines = append(lines, TableLine{at, row})
		}
	}
}
