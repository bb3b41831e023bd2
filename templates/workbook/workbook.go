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
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

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
func Write(b Book) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w := writer{f: f, lists: map[string]string{}}
	var err error
	if w.styles, err = stylesIn(f); err != nil {
		return nil, err
	}
	made := b.Made.UTC().Format("2006-01-02T15:04:05Z")
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "juzheng", LastModifiedBy: "juzheng", Created: made,
		Modified: made, Language: "zh-CN"}); err != nil {
		return nil, err
	}
	if b.State != "" {
		if err := f.SetCustomProps(excelize.CustomProperty{Name: stateName, Value: b.State}); err != nil {
			return nil, err
		}
	}
	for n, s := range b.Sheets {
		if n == 0 {
			err = f.SetSheetName(f.GetSheetName(0), s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return nil, err
		}
	}
	if b.State != "" {
		if err := f.SetDefinedName(&excelize.DefinedName{Name: stateName, RefersTo: `"` + b.State + `"`}); err != nil {
			return nil, err
		}
	}
	last := b.Sheets[len(b.Sheets)-1]
	w.listsOn, w.listsAt = last.Name, len(last.Columns)+1
	if last.Chart != nil {
		w.listsAt += len(last.Chart.Series) + 2
	}
	for _, s := range b.Sheets {
		if err := w.sheet(s); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return stable(out.Bytes(), b.Made)
}

// A writer writes sheets one after the other.
type writer struct {
	f       *excelize.File
	styles  styles
	lists   map[string]string // ranges of long lists of choices, by their words
	listsOn string            // the sheet they stand on, in columns from listsAt on
	listsAt int
}

// font is one that spreadsheets on Windows have; others take their own for it.
const font = "Microsoft YaHei"

// styles are those of the cells of a book.
type styles struct{ head, title, open, fixed, bold, due int }

func letters(bold bool, color string) *excelize.Font {
	return &excelize.Font{Family: font, Size: 10, Bold: bold, Color: color}
}

func stylesIn(f *excelize.File) (s styles, err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	line := []excelize.Border{{Type: "bottom", Color: "D0D0D0", Style: 1}, {Type: "right", Color: "D0D0D0", Style: 1}}
	const text = 49 // the format "@": what is typed stays as it is typed
	if err := f.SetDefaultFont(font); err != nil {
		return s, err
	}
	for _, x := range []struct {
		at    *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: letters(true, "FFFFFF"), Alignment: &excelize.Alignment{
			Vertical: "center", WrapText: true}, NumFmt: text,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"2F4B6E"}}, Border: line}},
		{&s.title, excelize.Style{Font: letters(true, ""), NumFmt: text,
			Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&s.open, excelize.Style{Font: letters(false, ""), Alignment: top, NumFmt: text, Border: line}},
		{&s.fixed, excelize.Style{Font: letters(false, "404040"), Alignment: top, NumFmt: text, Border: line,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEEEEE"}}}},
		{&s.bold, excelize.Style{Font: letters(true, ""), Alignment: top, NumFmt: text}},
	} {
		if *x.at, err = f.NewStyle(&x.style); err != nil {
			return s, err
		}
	}
	s.due, err = f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "C00000"}})
	return s, err
}

func (w *writer) sheet(s Sheet) error {
	head := 1
	if s.Title != "" {
		head = 2
		if err := w.put(s.Name, 0, 1, s.Title, w.styles.title); err != nil {
			return err
		}
	}
	last := head + len(s.Rows) + s.Spare
	for c, column := range s.Columns {
		if err := w.put(s.Name, c, head, column.Head, w.styles.head); err != nil {
			return err
		}
		if err := w.column(s, c, head, last); err != nil {
			return err
		}
	}
	for r, row := range s.Rows {
		for c, cell := range row {
			style := w.styles.open
			switch {
			case cell.Bold:
				style = w.styles.bold
			case cell.Fixed:
				style = w.styles.fixed
			}
			if err := w.put(s.Name, c, head+1+r, cell.Text, style); err != nil {
				return err
			}
			at := xlsx.CellName(c, head+1+r)
			if err := w.choices(s.Name, at, at, cell.Choices, false); err != nil {
				return err
			}
		}
		if err := w.high(s, row, head+1+r); err != nil {
			return err
		}
	}
	if s.Chart != nil {
		if err := w.chart(s, head+len(s.Rows)+2); err != nil {
			return err
		}
	}
	wide := "landscape"
	one, none := 1, 0
	fit := true
	if err := w.f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := w.f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Orientation: &wide, FitToWidth: &one,
		FitToHeight: &none}); err != nil {
		return err
	}
	return w.freeze(s, head)
}

// freeze keeps the head in sight and, of a wide sheet, the first column.
func (w *writer) freeze(s Sheet, head int) error {
	p := excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft"}
	if len(s.Columns) > 4 {
		p.XSplit, p.TopLeftCell, p.ActivePane = 1, fmt.Sprintf("B%d", head+1), "bottomRight"
	}
	return w.f.SetPanes(s.Name, &p)
}

// put writes a cell. An empty one gets its style, so that what is typed into it is
// text.
func (w *writer) put(sheet string, column, row int, text string, style int) error {
	at := xlsx.CellName(column, row)
	if text = Clean(text); text != "" {
		// What only looks like the form of a hidden character is none.
		text = hiddenForm.ReplaceAllStringFunc(text, func(m string) string { return "_x005F" + m })
		if err := w.f.SetCellStr(sheet, at, text); err != nil {
			return err
		}
	}
	return w.f.SetCellStyle(sheet, at, at, style)
}

// widest is how many half-width characters a column shows at most, unless it is to be
// wider: a longer text goes on in the next line.
const widest = 46

// high gives a row the height of its longest cell, where that has several lines:
// spreadsheets do not work it out for a file they open.
func (w *writer) high(s Sheet, row []Cell, at int) error {
	lines := 1
	for c, cell := range row {
		n := 0
		for line := range strings.Lines(cell.Text) {
			n += 1 + (width(line)-1)/max(widest, s.Columns[c].Wide)
		}
		lines = max(lines, n)
	}
	if lines == 1 {
		return nil
	}
	const most, line = 400, 16.5 // points; Excel knows no higher row than 409
	return w.f.SetRowHeight(s.Name, at, min(most, float64(lines)*line))
}

// column gives a column its width, note, drop-down and marks.
func (w *writer) column(s Sheet, c, head, last int) error {
	column := s.Columns[c]
	name := columnName(c)
	wide := max(width(column.Head)+2, column.Wide)
	for _, row := range s.Rows {
		if c < len(row) && !row[c].Bold {
			wide = max(wide, width(row[c].Text)+2)
		}
	}
	if err := w.f.SetColWidth(s.Name, name, name, float64(min(wide, max(widest, column.Wide)))); err != nil {
		return err
	}
	first, end := fmt.Sprintf("%s%d", name, head+1), fmt.Sprintf("%s%d", name, max(last, head+1))
	if s.Spare > 0 {
		from := fmt.Sprintf("%s%d", name, head+1+len(s.Rows))
		if err := w.f.SetCellStyle(s.Name, from, end, w.styles.open); err != nil {
			return err
		}
	}
	if column.Note != "" {
		lines := uint(width(column.Note)/36 + strings.Count(column.Note, "\n") + 2)
		if err := w.f.AddComment(s.Name, excelize.Comment{Cell: fmt.Sprintf("%s%d", name, head), Author: "juzheng",
			Text: column.Note, Width: 280, Height: 20 * lines}); err != nil {
			return err
		}
	}
	if column.Due > 0 {
		// DATEVALUE of what is no day is an error, and an error is not marked.
		near := fmt.Sprintf(`AND(%s<>"",DATEVALUE(%[1]s)-TODAY()<=%d)`, first, column.Due)
		if err := w.f.SetConditionalFormat(s.Name, first+":"+end, []excelize.ConditionalFormatOptions{{Type: "formula",
			Criteria: near, Format: &w.styles.due}}); err != nil {
			return err
		}
	}
	return w.choices(s.Name, first, end, column.Choices, column.Free)
}

// shortList is how many characters the words of a drop-down may have that stand in
// it; longer lists stand on a sheet (ECMA-376 leaves it open, Excel does not).
const shortList = 250

func (w *writer) choices(sheet, first, last string, words []string, free bool) error {
	if len(words) == 0 {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(first + ":" + last)
	if list := strings.Join(words, ","); utf8.RuneCountInString(list) <= shortList && !strings.ContainsAny(list, `"&<>`) {
		if err := v.SetDropList(words); err != nil {
			return err
		}
	} else {
		at, err := w.list(words)
		if err != nil {
			return err
		}
		v.SetSqrefDropList(at)
	}
	style := excelize.DataValidationErrorStyleStop
	if free {
		style = excelize.DataValidationErrorStyleInformation
	}
	v.SetError(style, "请从列表里选", "点格子右边的箭头，从列表里选；不清楚的留空。")
	v.ShowErrorMessage = !free
	return w.f.AddDataValidation(sheet, v)
}

// list writes a long list of choices into a column of the last sheet, once.
func (w *writer) list(words []string) (string, error) {
	key := strings.Join(words, "\n")
	if at, ok := w.lists[key]; ok {
		return at, nil
	}
	for n, word := range words {
		if err := w.put(w.listsOn, w.listsAt, n+1, word, w.styles.fixed); err != nil {
			return "", err
		}
	}
	name := columnName(w.listsAt)
	w.listsAt++
	w.lists[key] = fmt.Sprintf("'%s'!$%s$1:$%[2]s$%d", w.listsOn, name, len(words))
	return w.lists[key], w.f.SetColWidth(w.listsOn, name, name, 30)
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
