package logs

import (
	"io"
	"strings"

	"juzheng/evidence"
)

// How the letters of a table stand.
const (
	LettersRead    = ""        // as they were written
	LettersMended  = "mended"  // garbled, and given as they were before
	LettersGarbled = "garbled" // garbled, and not all of them can be brought back
)

// Letters says how the letters of a table stand.
func Letters(r io.ReaderAt, size int64) string {
	f := open(r, size)
	if f.mended {
		return LettersMended
	}
	text := f.text
	if !f.isText || isMarkup(f.begin()) {
		g, err := openGrid(f)
		if err != nil {
			return LettersRead
		}
		if g.mended {
			return LettersMended
		}
		text = strings.Join(g.words(), "\n")
	}
	if evidence.LooksGarbled(text) {
		return LettersGarbled
	}
	return LettersRead
}

// words are the cells at the beginning of each sheet.
func (g *grid) words() []string {
	var out []string
	for _, sheet := range g.sheets {
		n := 0
		_ = sheet.rows(func(row tableRow) error { // one that breaks later is read so far
			out = append(out, row.cells...)
			if n++; n == headLines {
				return errEnough
			}
			return nil
		})
	}
	return out
}

// mend gives the cells of a table whose letters are garbled as they were written, where
// that is certain.
func (g *grid) mend() {
	m, ok := evidence.MenderOf(g.words())
	if !ok {
		return
	}
	g.mended = true
	for n := range g.sheets {
		rows := g.sheets[n].rows
		g.sheets[n].rows = func(each func(tableRow) error) error {
			return rows(func(row tableRow) error {
				cells := make([]string, len(row.cells))
				for k, s := range row.cells {
					if cells[k] = s; s != "" {
						if out, ok := m(s); ok {
							cells[k] = out
						}
					}
				}
				row.cells = cells
				return each(row)
			})
		}
	}
}

// mend gives a text table as [grid.mend] does: line by line, so that each stays where it
// is in the file.
func (f *file) mend() {
	if !f.isText || f.size > maxSize || !evidence.LooksGarbled(f.text) || isMarkup(f.begin()) {
		return
	}
	lines := strings.SplitAfter(strings.TrimPrefix(f.text, "\ufeff"), "\n")
	m, ok := evidence.MenderOf(lines[:min(len(lines), headLines)])
	if !ok {
		return
	}
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return
	}
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return
	}
	var b strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(s, "\ufeff")) {
		if out, ok := m(line); ok {
			line = out
		}
		b.WriteString(line)
	}
	out := b.String()
	f.mended, f.r, f.size = true, strings.NewReader(out), int64(len(out))
	f.head = []byte(out[:min(len(out), headSize)])
	f.text, f.isText = evidence.DecodeIfText(trimPartial(f.head))
}

// garbledRows reports rows of a table whose letters are garbled.
func garbledRows(rows [][]string) bool {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, " ") + "\n")
	}
	return evidence.LooksGarbled(b.String())
}
