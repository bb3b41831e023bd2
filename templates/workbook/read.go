package workbook

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/xlsx"
)

// A Content is a workbook that came back.
type Content struct {
	State  string // as [Book] has it; empty: the book does not say
	Sheets []Table
}

// A Table is a sheet of it, in the order of its tabs.
type Table struct {
	Name   string
	Hidden bool
	Rows   []Row    // those that hold something
	Merged []string // cells that were made one, such as B3:C4
}

// A Row is a row of it and its number there, from 1.
type Row struct {
	N      int
	Hidden bool // by hand or by a filter
	Cells  map[int]Value
}

// A Value is what a cell shows, in words.
type Value struct {
	Text string
	// Number says that it was kept as a number: a zero before it, and digits behind the
	// fifteenth, are lost.
	Number bool
	// Time is the time that such a number is where it counts days, as spreadsheets keep
	// times; empty where it would be none of this century.
	Time    string
	Formula bool // what was computed last, or nothing
	Fault   bool // #N/A, #REF! …
}

// A Form is what a file is that is no workbook of today.
type Form string

// The forms.
const (
	Locked  Form = "locked"  // opens with a password alone
	Old     Form = "old"     // .xls, .et
	Other   Form = "other"   // .ods, .xlsb, .docx, any archive
	Words   Form = "words"   // CSV, a web page, another text
	Damaged Form = "damaged" // cut short, or no file of any spreadsheet
	Huge    Form = "huge"    // unpacks to more than a table can hold
)

// A FormError reports a file that is no workbook that can be read.
type FormError struct {
	Form Form
	Err  error
}

func (e *FormError) Error() string {
	if e.Err != nil {
		return "no workbook that can be read (" + string(e.Form) + "): " + e.Err.Error()
	}
	return "no workbook that can be read: " + string(e.Form)
}

func (e *FormError) Unwrap() error { return e.Err }

// What is kept of a sheet at most: rows that hold something, and bytes of their texts.
const (
	mostRows  = 100_000
	mostBytes = 48 << 20
)

// Read reads a workbook that a person, or a program of theirs, saved. The error is a
// [FormError] where it is none.
func Read(r io.ReaderAt, size int64) (Content, error) {
	var c Content
	if form := formOf(r, size); form != "" {
		return c, &FormError{Form: form}
	}
	book, err := xlsx.Open(r, size)
	switch {
	case errors.Is(err, xlsx.ErrSize):
		return c, &FormError{Huge, err}
	case err != nil:
		return c, &FormError{Damaged, err}
	case len(book.Sheets) == 0:
		return c, &FormError{Form: Other}
	}
	c.State = book.Properties[stateName]
	if c.State == "" {
		c.State = strings.Trim(book.Names[stateName], `"`)
	}
	c.Sheets = make([]Table, len(book.Sheets))
	for n, s := range book.Sheets {
		t, err := tableOf(book, s)
		switch {
		case errors.Is(err, xlsx.ErrSize):
			return c, &FormError{Huge, err}
		case err != nil:
			return c, &FormError{Damaged, err}
		}
		place := n
		if s.Name != "" && s.Place < len(c.Sheets) {
			place = s.Place
		}
		c.Sheets[place] = t
	}
	return c, nil
}

func tableOf(book *xlsx.Book, s xlsx.Sheet) (t Table, err error) {
	t.Name, t.Hidden = s.Name, s.Hidden
	bytes := 0
	t.Merged, err = book.Rows(s, func(r xlsx.Row) error {
		row := Row{N: r.N, Hidden: r.Hidden}
		for n, c := range r.Cells {
			if v := valueOf(book, c); v != (Value{}) {
				if row.Cells == nil {
					row.Cells = map[int]Value{}
				}
				row.Cells[n] = v
				bytes += len(v.Text)
			}
		}
		if row.Cells == nil {
			return nil
		}
		if t.Rows = append(t.Rows, row); len(t.Rows) > mostRows || bytes > mostBytes {
			return xlsx.ErrSize
		}
		return nil
	})
	return t, err
}

// valueOf is a cell in the words it shows.
func valueOf(book *xlsx.Book, c xlsx.Cell) Value {
	v := Value{Formula: c.Formula}
	switch c.Kind {
	case xlsx.Boolean:
		v.Text = map[string]string{"1": "是", "0": "否"}[strings.TrimSpace(c.Text)]
	case xlsx.Fault:
		v.Text, v.Fault = c.Text, true
	case xlsx.ISODate:
		v.Text = strings.TrimSuffix(strings.Replace(c.Text, "T", " ", 1), " 00:00:00")
	case xlsx.Number:
		v.Text, v.Number = number(book, c)
		if x, err := strconv.ParseFloat(strings.TrimSpace(c.Text), 64); err == nil && v.Number {
			v.Time = dayOf(book, x)
		}
	default:
		v.Text = Clean(unescaped(c.Text))
	}
	return v
}

// number is a number as it is shown; exact tells a day or an hour from a number that
// may have lost digits.
func number(book *xlsx.Book, c xlsx.Cell) (text string, plain bool) {
	s := strings.TrimSpace(c.Text)
	if s == "" {
		return "", false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return s, true
	}
	switch book.Form(c) {
	case xlsx.Date:
		if x < 0 || x > 2958466 { // beyond the year 9999
			return s, true
		}
		return timeOf(book, x), false
	case xlsx.Percent:
		return decimal(x*100) + "%", true
	}
	return decimal(x), true
}

// timeOf is the time that a number counts: below one an hour, of a whole one a day.
func timeOf(book *xlsx.Book, x float64) string {
	at := book.Time(x)
	switch {
	case x < 1:
		return at.Format(time.TimeOnly)
	case at.Format(time.TimeOnly) == "00:00:00":
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// dayOf is [timeOf] of a number that nothing says to be a time, where it is one of this
// century.
func dayOf(book *xlsx.Book, x float64) string {
	if x < 1 || x > 2958466 {
		return ""
	}
	if year := book.Time(x).Year(); year < 2000 || year > 2099 {
		return ""
	}
	return timeOf(book, x)
}

// decimal writes a number without the noise behind the digits a spreadsheet keeps. One
// of more digits than those stays as powers of ten: its end is lost.
func decimal(x float64) string {
	s := strconv.FormatFloat(x, 'g', 15, 64)
	rounded, err := strconv.ParseFloat(s, 64)
	if err != nil || math.Abs(rounded) >= 1e15 {
		return strconv.FormatFloat(x, 'E', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// hiddenForm is a character in the form that cells have those in that XML cannot have
// (ECMA-376, part 1, 22.9.2.19).
var hiddenForm = lazyregexp.New(`_x[0-9A-Fa-f]{4}_`)

func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return hiddenForm.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil {
			return m
		}
		return string(rune(n))
	})
}

// formOf is what a file is that is no archive of this kind; empty: it may be one.
func formOf(r io.ReaderAt, size int64) Form {
	head := make([]byte, min(size, 4096))
	if n, err := r.ReadAt(head, 0); err != nil && err != io.EOF || n == 0 {
		return Damaged
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK")):
		return ""
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if hasEntry(r, size, "EncryptedPackage") {
			return Locked
		}
		return Old
	case bytes.IndexByte(head, 0) >= 0:
		return Damaged
	}
	return Words
}

// hasEntry looks for a name in the directory of a compound file, where names stand in
// UTF-16.
func hasEntry(r io.ReaderAt, size int64, name string) bool {
	var wide []byte
	for _, c := range name {
		wide = append(wide, byte(c), 0)
	}
	data, err := io.ReadAll(io.NewSectionReader(r, 0, min(size, 64<<20)))
	return err == nil && bytes.Contains(data, wide)
}
