package xlsx

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// A Kind is what the file says a cell holds.
type Kind int

// The kinds.
const (
	Text    Kind = iota // also a cell that is not there
	Number              // a date too: see [Book.Form]
	Boolean             // 1 or 0
	Fault               // #N/A, #REF! …
	ISODate             // a date in words, as strict workbooks have it
)

// A Cell is a cell as its file has it.
type Cell struct {
	Text string
	Kind Kind
	// Formula says that the text was computed when the file was last saved, or
	// never: then it is empty.
	Formula bool
	Style   int
}

// A Row is a row of a sheet and its number there, from 1.
type Row struct {
	N      int
	Cells  []Cell
	Hidden bool // by hand, or by a filter
}

// A Form is how a number is shown.
type Form int

// The forms.
const (
	Plain   Form = iota
	Date         // a day, an hour, or both: the number counts days
	Percent      // a hundred times the number, with a sign
)

// Form is how a cell's number is shown.
func (b *Book) Form(c Cell) Form {
	if c.Style < 0 || c.Style >= len(b.forms) {
		return Plain
	}
	return b.forms[c.Style]
}

// Time is a number that counts days, to the second (ECMA-376, part 1, 18.17.4.1).
// The first two months of 1900, in which it counts a day that never was, are
// nobody's dates.
func (b *Book) Time(days float64) time.Time {
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if b.Days1904 {
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	const day = 24 * 60 * 60
	return from.Add(time.Duration(days*day+0.5) * time.Second)
}

// Rows gives the rows of a sheet that stand in its file, and then which cells were
// merged, such as B3:C4. What each returns ends the reading.
func (b *Book) Rows(s Sheet, each func(Row) error) (merged []string, err error) {
	row := Row{}
	var cell Cell
	var text texts
	kind, column, reading := "", 0, false
	err = tokens(s.part, MaxPart, func(token xml.Token) error {
		text.see(token)
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row = Row{N: row.N + 1}
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil && n > 0 {
					row.N = n
				}
				hidden := attribute(t, "hidden")
				row.Hidden = hidden == "1" || hidden == "true"
				column = 0
			case "c":
				if ref, ok := columnOf(attribute(t, "r")); ok {
					column = ref
				}
				cell, text, kind = Cell{}, texts{}, attribute(t, "t")
				cell.Style, _ = strconv.Atoi(attribute(t, "s"))
			case "f":
				cell.Formula = true
			case "v":
				reading = true
			case "mergeCell":
				merged = append(merged, attribute(t, "ref"))
			}
		case xml.CharData:
			if reading {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				reading = false
			case "c":
				if err := b.finish(&cell, kind, text.String()); err != nil {
					return err
				}
				row.put(column, cell)
				column++
			case "row":
				return each(row)
			}
		}
		return nil
	})
	return merged, err
}

// finish gives a cell its text, by the kind that its file names.
func (b *Book) finish(c *Cell, kind, text string) error {
	c.Text = text
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n >= len(b.shared) {
			return fmt.Errorf("cell names string %q of %d", text, len(b.shared))
		}
		c.Text = b.shared[n]
	case "", "n":
		c.Kind = Number
	case "b":
		c.Kind = Boolean
	case "e":
		c.Kind = Fault
	case "d":
		c.Kind = ISODate
	}
	return nil
}

func (r *Row) put(column int, c Cell) {
	if column >= maxColumns || c.Text == "" && !c.Formula {
		return
	}
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, Cell{})
	}
	r.Cells[column] = c
}

// The numbers of formats that every spreadsheet knows (ECMA-376, part 1, 18.8.30);
// 27 to 36 and 50 to 58 are dates in Chinese.
func knownForm(id int) Form {
	switch {
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return Date
	case id == 9 || id == 10:
		return Percent
	}
	return Plain
}

// aside are parts of a format that are shown as they stand, or say a colour, a
// condition or a country: [$-804], [Red], "元", \-.
var aside = lazyregexp.New(`\[[^\]]*\]|"[^"]*"|\\.|_.|\*.`)

func formOf(code string) Form {
	elapsed := strings.Contains(strings.ToLower(code), "[h") || strings.Contains(strings.ToLower(code), "[m")
	code = strings.ToLower(aside.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "%"):
		return Percent
	case elapsed, strings.ContainsAny(code, "ydhs"), strings.Contains(code, "m"):
		return Date
	}
	return Plain
}
