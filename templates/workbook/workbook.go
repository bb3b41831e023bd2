// Package workbook makes workbooks that people read and fill in, and reads them
// back.
//
// [Write] turns a [Book] of text cells into the bytes of an .xlsx; [Read] gives the
// cells of one that came back, each in the words a person would see, however the
// program that saved it had stored them. The package knows nothing of cases: what a
// sheet means, and what may be changed in it, is for its caller to say.
package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence/xlsx"
)

// A Book is a workbook to be made.
type Book struct {
	Sheets []Sheet
	// State is kept with the book and told by [Read]; empty: none is.
	State string
	Made  time.Time
}

// A Sheet is a table of it.
type Sheet struct {
	Name    string
	Title   string // a line above the head; empty: the head is the first row
	Columns []Column
	Rows    [][]Cell
	// Spare is how many more rows can be filled in as those that are there: their
	// drop-downs are made for them too.
	Spare int
	Chart *Chart
}

// A Column is a column of a sheet.
type Column struct {
	Head    string
	Note    string   // shown when its head is pointed at
	Choices []string // its drop-down; nil: none
	// Free lets other words be written than the choices: several of them, say.
	Free bool
	Wide int // at least as many half-width characters wide; 0: as its cells need
	// Due marks days that are near or past, in red and bold: the column holds days as
	// yyyy-mm-dd. Of a day that is this many ahead it is marked; 0: none is.
	Due int
}

// A Cell is one cell. All are text: a spreadsheet writes long numbers otherwise.
type Cell struct {
	Text string
	// Fixed cells are grey: what is written into them counts for nothing.
	Fixed   bool
	Choices []string // its own drop-down, beside that of its column
	Bold    bool
}

// A Chart draws counts by day, behind the rows of its sheet.
type Chart struct {
	Title  string
	Days   []string
	Series []Series
}

// A Series is one row of counts, a bar each, or a line.
type Series struct {
	Name   string
	Counts []int
	Line   bool
}

// stateName is under what a book keeps its state: in a property of the document and, as
// some programs drop those, in a defined name.
const stateName = "juzheng_state"

// maxCell is how many UTF-16 units a cell holds.
const maxCell = 32767

// Clean is a text as a cell can hold it and [Read] gives it back: without control
// characters and blanks at its ends, with plain line ends, and not longer than cells
// are.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == utf8.RuneError, r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	s = strings.TrimSpace(s)
	units := 0
	for at, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > maxCell {
			return strings.TrimSpace(s[:at])
		}
	}
	return s
}

// Write makes the bytes of a workbook: the same book, the same bytes.
//
// The parts are written here and not by a library: excelize v2.11.1 lays out 1.4 MB of
// tables when a program starts, of which this package needs none, and was a sixth of what
// each command cost before it did anything. Tests read the books back with it.
func Write(b Book) ([]byte, error) {
	w := writer{strings: map[string]int{}, lists: map[string]string{}}
	for _, s := range b.Sheets {
		if err := named(s.Name); err != nil {
			return nil, err
		}
		w.tables = append(w.tables, newTable(s.Name))
	}
	last := b.Sheets[len(b.Sheets)-1]
	w.listsAt = len(last.Columns) + 1
	if last.Chart != nil {
		w.listsAt += len(last.Chart.Series) + 2
	}
	for n, s := range b.Sheets {
		w.sheet(w.tables[n], s)
	}
	p := newParts(b.Made)
	p.describe(b.State)
	whole := []relation{{related + "/styles", "styles.xml"}, {related + "/sharedStrings", "sharedStrings.xml"}}
	p.add("xl/styles.xml", "officedocument.spreadsheetml.styles", styles)
	p.add("xl/sharedStrings.xml", "officedocument.spreadsheetml.sharedStrings", w.shared())
	var tabs strings.Builder
	for n, t := range w.tables {
		t.add(p, n+1)
		whole = append(whole, relation{related + "/worksheet", fmt.Sprintf("worksheets/sheet%d.xml", n+1)})
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, plain(t.name), n+1, len(whole))
	}
	defined := ""
	if b.State != "" {
		defined = `<definedNames><definedName name="` + stateName + `">` + plain(`"`+b.State+`"`) +
			`</definedName></definedNames>`
	}
	p.add("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main", head+`<workbook xmlns="`+mainSpace+
		`" xmlns:r="`+related+`"><bookViews><workbookView/></bookViews><sheets>`+tabs.String()+`</sheets>`+defined+
		`</workbook>`)
	p.add("xl/_rels/workbook.xml.rels", "", relations(whole...))
	return p.end()
}

// named reports a name that no tab of a spreadsheet can have.
func named(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > 31 || strings.ContainsAny(name, `[]:*?/\'`) {
		return fmt.Errorf("no tab can be named %q", name)
	}
	return nil
}

// A writer fills tables one after the other.
type writer struct {
	tables  []*table
	strings map[string]int    // numbers of texts
	texts   []string          // by number
	lists   map[string]string // ranges of long lists of choices, by their words
	listsAt int               // the column of the last table they stand in from
}

// shared is the part of the texts of all cells.
func (w *writer) shared() string {
	var b strings.Builder
	fmt.Fprintf(&b, head+`<sst xmlns="`+mainSpace+`" uniqueCount="%d">`, len(w.texts))
	for _, s := range w.texts {
		b.WriteString(`<si><t>` + plain(s) + `</t></si>`)
	}
	b.WriteString(`</sst>`)
	return b.String()
}

func (w *writer) sheet(t *table, s Sheet) {
	t.head, t.aside = 1, len(s.Columns) > 4
	if s.Title != "" {
		t.head = 2
		w.put(t, 0, 1, s.Title, titleStyle)
	}
	for c, column := range s.Columns {
		w.put(t, c, t.head, column.Head, headStyle)
		w.column(t, s, c)
	}
	for r, row := range s.Rows {
		at := t.head + 1 + r
		for c, cell := range row {
			style := openStyle
			switch {
			case cell.Bold:
				style = boldStyle
			case cell.Fixed:
				style = fixedStyle
			}
			w.put(t, c, at, cell.Text, style)
			name := xlsx.CellName(c, at)
			w.choices(t, name+":"+name, cell.Choices, false)
		}
		t.row(at).high = high(s, row)
	}
	if s.Chart != nil {
		w.chart(t, s, t.head+len(s.Rows)+2)
	}
}

// put writes a cell. An empty one gets its style, so that what is typed into it is
// text.
func (w *writer) put(t *table, column, row int, text string, style int) {
	if text = Clean(text); text == "" {
		t.set(column, row, cell{style: style})
		return
	}
	// What only looks like the form of a hidden character is none.
	text = hiddenForm.ReplaceAllStringFunc(text, func(m string) string { return "_x005F" + m })
	n, known := w.strings[text]
	if !known {
		n = len(w.texts)
		w.strings[text], w.texts = n, append(w.texts, text)
	}
	t.set(column, row, cell{style, true, strconv.Itoa(n)})
}

// widest is how many half-width characters a column shows at most, unless it is to be
// wider: a longer text goes on in the next line.
const widest = 46

// high is the height of a row whose longest cell has several lines, else 0: spreadsheets
// do not work it out for a file they open.
func high(s Sheet, row []Cell) float64 {
	lines := 1
	for c, cell := range row {
		n := 0
		for line := range strings.Lines(cell.Text) {
			n += 1 + (width(line)-1)/max(widest, s.Columns[c].Wide)
		}
		lines = max(lines, n)
	}
	if lines == 1 {
		return 0
	}
	const most, line = 400, 16.5 // points; Excel knows no higher row than 409
	return min(most, float64(lines)*line)
}

// column gives a column its width, note, drop-down and marks.
func (w *writer) column(t *table, s Sheet, c int) {
	column, name := s.Columns[c], columnName(c)
	wide := max(width(column.Head)+2, column.Wide)
	for _, row := range s.Rows {
		if c < len(row) && !row[c].Bold {
			wide = max(wide, width(row[c].Text)+2)
		}
	}
	t.wide[c] = float64(min(wide, max(widest, column.Wide)))
	last := t.head + len(s.Rows) + s.Spare
	first, end := fmt.Sprintf("%s%d", name, t.head+1), fmt.Sprintf("%s%d", name, max(last, t.head+1))
	for row := t.head + 1 + len(s.Rows); row <= last; row++ {
		t.set(c, row, cell{style: openStyle})
	}
	if column.Note != "" {
		t.notes = append(t.notes, note{c, t.head, width(column.Note)/36 + strings.Count(column.Note, "\n") + 2,
			column.Note})
	}
	if column.Due > 0 {
		// DATEVALUE of what is no day is an error, and an error is not marked.
		t.marks = append(t.marks, mark{first + ":" + end,
			fmt.Sprintf(`AND(%s<>"",DATEVALUE(%[1]s)-TODAY()<=%d)`, first, column.Due)})
	}
	w.choices(t, first+":"+end, column.Choices, column.Free)
}

// shortList is how many characters the words of a drop-down may have that stand in
// it; longer lists stand on a sheet (ECMA-376 leaves it open, Excel does not).
const shortList = 250

func (w *writer) choices(t *table, cells string, words []string, free bool) {
	if len(words) == 0 {
		return
	}
	formula := `"` + strings.Join(words, ",") + `"`
	if utf8.RuneCountInString(formula) > shortList+2 ||
		slices.ContainsFunc(words, func(s string) bool { return strings.ContainsAny(s, `",`) }) {
		formula = w.list(words)
	}
	t.lists = append(t.lists, list{cells, formula, free})
}

// list writes a long list of choices into a column of the last table, once, and tells
// where.
func (w *writer) list(words []string) string {
	key := strings.Join(words, "\n")
	if at, ok := w.lists[key]; ok {
		return at
	}
	t := w.tables[len(w.tables)-1]
	for n, word := range words {
		w.put(t, w.listsAt, n+1, word, fixedStyle)
	}
	t.wide[w.listsAt] = 30
	name := columnName(w.listsAt)
	w.listsAt++
	w.lists[key] = fmt.Sprintf("'%s'!$%s$1:$%[2]s$%d", t.name, name, len(words))
	return w.lists[key]
}

// width is how many half-width characters the longest line of a text takes.
func width(s string) int {
	most := 0
	for line := range strings.Lines(s) {
		n := 0
		for _, r := range strings.TrimRight(line, "\n") {
			if n++; r >= 0x1100 {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
