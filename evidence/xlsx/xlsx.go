// Package xlsx reads workbooks of spreadsheets (ECMA-376, part 1, 18) that come
// from anybody.
//
// [Open] finds the sheets, [Book.Rows] gives the rows of one, cell by cell as the
// file has them: a number is what the file holds and not what a spreadsheet would
// show; [Book.Form] says how it would be shown. Nothing is computed, no formula,
// no link. The package knows nothing of what a table means.
//
// This reader is our own because such files go in unasked. excelize v2.11.1 was
// tried with raw values and with both of its limits at 192 MB: a file of 0.4 MB
// whose shared strings unpack to 180 MB took 3.8 GB of memory and 24 s, one with
// a cell in the last column of each row a minute. The same files cost this one
// what its bounds say.
package xlsx

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

// Bounds of a workbook: what unpacks to more is no table that people keep, or is
// made to exhaust memory.
const (
	maxSheets  = 64
	MaxPart    = 128 << 20 // bytes of one part, unpacked
	MaxStrings = 16 << 20  // bytes of all shared strings
	maxText    = 1 << 20   // bytes of one text
	maxColumns = 256
)

// ErrSize says that a workbook is larger than the bounds.
var ErrSize = errors.New("the workbook unpacks to more than a table of this kind can hold")

// A Book is a workbook.
type Book struct {
	Sheets   []Sheet // in the order of their files' names
	Days1904 bool    // dates count from 1904-01-01
	// Properties are the custom properties of the document, Names the defined names
	// and what they stand for.
	Properties, Names map[string]string

	shared []string
	forms  []Form // of cell styles, by number
}

// A Sheet is one table of a workbook.
type Sheet struct {
	Name   string // as its tab shows it; empty: the workbook does not tell
	Place  int    // among the tabs, from 0
	Hidden bool
	part   *zip.File
}

// Part is the name of the sheet's file in the workbook.
func (s Sheet) Part() string { return path.Base(s.part.Name) }

// Open reads what a workbook says of itself. The rows of its sheets are read by
// [Book.Rows].
func Open(r io.ReaderAt, size int64) (*Book, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	b := &Book{Properties: map[string]string{}, Names: map[string]string{}}
	var list contents
	for _, f := range z.File {
		var err error
		switch {
		case f.Name == "xl/sharedStrings.xml":
			b.shared, err = sharedStrings(f)
		case f.Name == "xl/workbook.xml":
			err = b.describe(f, &list)
		case f.Name == "xl/_rels/workbook.xml.rels":
			err = list.relations(f)
		case f.Name == "xl/styles.xml":
			b.forms, err = formsOf(f)
		case f.Name == "docProps/custom.xml":
			err = properties(f, b.Properties)
		case path.Dir(f.Name) == "xl/worksheets" && path.Ext(f.Name) == ".xml":
			b.Sheets = append(b.Sheets, Sheet{part: f})
		}
		if err != nil {
			return nil, fmt.Errorf("workbook: %s: %w", f.Name, err)
		}
	}
	if len(b.Sheets) > maxSheets {
		return nil, ErrSize
	}
	slices.SortFunc(b.Sheets, func(a, b Sheet) int { // sheet2 before sheet10
		return cmp.Or(len(a.part.Name)-len(b.part.Name), strings.Compare(a.part.Name, b.part.Name))
	})
	list.name(b.Sheets)
	return b, nil
}

// contents are what a workbook says of its sheets: names, and the parts they are in.
type contents struct {
	sheets []Sheet
	ids    []string          // of their relations
	parts  map[string]string // by relation
}

func (l *contents) relations(f *zip.File) error {
	l.parts = map[string]string{}
	return tokens(f, maxText, func(token xml.Token) error {
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == "Relationship" {
			at := attribute(t, "Target")
			if !strings.HasPrefix(at, "/") {
				at = "/xl/" + at
			}
			l.parts[attribute(t, "Id")] = strings.TrimPrefix(path.Clean(at), "/")
		}
		return nil
	})
}

func (l *contents) name(sheets []Sheet) {
	for n, id := range l.ids {
		for k := range sheets {
			if part := l.parts[id]; part != "" && sheets[k].part.Name == part {
				sheets[k].Name, sheets[k].Place, sheets[k].Hidden = l.sheets[n].Name, n, l.sheets[n].Hidden
			}
		}
	}
}

// describe reads the list of sheets, the defined names, and from when days count.
func (b *Book) describe(f *zip.File, l *contents) error {
	name, text := "", strings.Builder{}
	return tokens(f, maxText, func(token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "workbookPr":
				v := attribute(t, "date1904")
				b.Days1904 = v == "1" || v == "true"
			case "sheet":
				state := attribute(t, "state")
				l.sheets = append(l.sheets, Sheet{Name: attribute(t, "name"),
					Hidden: state == "hidden" || state == "veryHidden"})
				l.ids = append(l.ids, relation(t))
			case "definedName":
				name = attribute(t, "name")
				text.Reset()
			}
		case xml.CharData:
			if name != "" {
				text.Write(t)
			}
		case xml.EndElement:
			if t.Name.Local == "definedName" {
				b.Names[name], name = text.String(), ""
			}
		}
		return nil
	})
}

// relation is the attribute r:id, beside which a sheet has a sheetId.
func relation(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func properties(f *zip.File, into map[string]string) error {
	name, text := "", strings.Builder{}
	return tokens(f, maxText, func(token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "property" {
				name = attribute(t, "name")
				text.Reset()
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if t.Name.Local == "property" {
				into[name] = strings.TrimSpace(text.String())
			}
		}
		return nil
	})
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
	if b.left <= 0 || b.text > maxText {
		return 0, ErrSize
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

func sharedStrings(f *zip.File) ([]string, error) {
	var out []string
	var text texts
	err := tokens(f, MaxStrings, func(token xml.Token) error {
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == "si" {
			text = texts{}
		}
		text.see(token)
		if t, ok := token.(xml.EndElement); ok && t.Name.Local == "si" {
			out = append(out, text.String())
		}
		return nil
	})
	return out, err
}

// texts gathers the runs of a text, without how it is read aloud.
type texts struct {
	strings.Builder
	inText   bool
	phonetic int
}

func (x *texts) see(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "rPh":
			x.phonetic++
		case "t":
			x.inText = x.phonetic == 0
		}
	case xml.CharData:
		if x.inText {
			x.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "rPh":
			x.phonetic--
		case "t":
			x.inText = false
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

// CellName is how a cell is called: column from 0, row from 1.
func CellName(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

// Place is the column, from 0, and the row, from 1, at which a cell or a block of them
// begins; a row of 0: the reference names none.
func Place(ref string) (column, row int) {
	first, _, _ := strings.Cut(ref, ":")
	column, _ = columnOf(first)
	row, _ = strconv.Atoi(strings.TrimLeft(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return column, row
}
