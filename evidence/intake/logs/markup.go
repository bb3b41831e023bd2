package logs

import (
	"archive/zip"
	"errors"
	"html"
	"io"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Portals give a page with a table under the name .xls, Excel 2003 an XML
// workbook, LibreOffice .ods: rows and cells in marks. One reader takes the marks
// that matter and drops all others; it does not ask for a page to be right.

// openMarkup reads a page or an XML workbook as a grid.
func openMarkup(f *file) (*grid, error) {
	if f.size > maxSize {
		return nil, errWorkbookSize
	}
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return nil, err
	}
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoGrid
	}
	return markupGrid(s), nil
}

// openODS reads the table of an OpenDocument file.
func openODS(f *file) (*grid, error) {
	z, err := zip.NewReader(f.r, f.size)
	if err != nil {
		return nil, err
	}
	in, err := z.Open("content.xml")
	if err != nil {
		return nil, errNoGrid
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxSheet+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxSheet {
		return nil, errWorkbookSize
	}
	return markupGrid(string(data)), nil
}

// markupGrid finds the sheets of a text in marks; a page is one sheet.
func markupGrid(s string) *grid {
	starts := sheetMark.FindAllStringIndex(s, -1)
	if len(starts) == 0 {
		return &grid{sheets: []gridSheet{{"", func(each func(tableRow) error) error { return markupRows(s, each) }}}}
	}
	g := &grid{}
	for n, at := range starts {
		end := len(s)
		if n+1 < len(starts) {
			end = starts[n+1][0]
		}
		if n == maxSheets {
			break
		}
		part := s[at[0]:end]
		g.sheets = append(g.sheets, gridSheet{attributeOf(part[:at[1]-at[0]], "name"),
			func(each func(tableRow) error) error { return markupRows(part, each) }})
	}
	return g
}

var (
	sheetMark = lazyregexp.New(`<(?:ss:)?Worksheet\b[^>]*>|<table:table\s[^>]*>`)
	oneMark   = lazyregexp.New(`^</?([A-Za-z][A-Za-z0-9:-]*)`)
)

// attributeOf is the value of an attribute of a mark, whatever its prefix.
func attributeOf(mark, name string) string {
	lower := strings.ToLower(mark)
	for from := 0; ; {
		n := strings.Index(lower[from:], name)
		if n < 0 {
			return ""
		}
		at := from + n
		rest := strings.TrimLeft(mark[at+len(name):], " ")
		if at > 0 && strings.ContainsRune(" \t\n:", rune(mark[at-1])) && strings.HasPrefix(rest, "=") {
			rest = strings.TrimLeft(rest[1:], " ")
			if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
				value, _, _ := strings.Cut(rest[1:], rest[:1])
				return value
			}
			return rest[:strings.IndexAny(rest+">", " \t\n>/")]
		}
		from = at + len(name)
	}
}

// A markupReader gathers the cells of a row.
type markupReader struct {
	row    tableRow
	over   bool // it was closed
	column int
	cell   strings.Builder
	in     bool   // within a cell
	date   string // that the cell's mark has
	wide   int    // columns that it takes
	repeat int    // times that it stands there
	hide   string // a mark whose text is none: style, script
}

// markupRows gives the rows of one sheet.
func markupRows(s string, each func(tableRow) error) error {
	m := markupReader{}
	count := 0
	give := func() error {
		m.endCell()
		if m.row.n == 0 || len(m.row.cells) == 0 {
			return nil
		}
		row := m.row
		m.row = tableRow{n: row.n}
		if count++; count > maxRows {
			return errWorkbookSize
		}
		return each(row)
	}
	for s != "" {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			n = len(s)
		}
		if m.in && m.hide == "" && m.cell.Len() < maxCell {
			m.cell.WriteString(s[:n])
		}
		if s = s[n:]; s == "" {
			break
		}
		if strings.HasPrefix(s, "<!--") {
			_, s, _ = strings.Cut(s, "-->")
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		mark := s[:end+1]
		s = s[end+1:]
		if m.take(mark) {
			if err := give(); errors.Is(err, errEnough) {
				return nil
			} else if err != nil {
				return err
			}
			m.begin(mark)
		}
	}
	if err := give(); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// take handles one mark; done reports that a row is over, before the mark.
func (m *markupReader) take(mark string) (done bool) {
	found := oneMark.FindStringSubmatch(mark)
	if found == nil {
		return false
	}
	name := strings.ToLower(found[1])
	name = name[strings.LastIndexByte(name, ':')+1:]
	closing := strings.HasPrefix(mark, "</")
	switch name {
	case "style", "script":
		m.hide = name
		if closing {
			m.hide = ""
		}
	case "tr", "row", "table-row":
		return true
	case "td", "th", "cell", "table-cell", "covered-table-cell":
		m.endCell()
		if !closing && m.row.n > 0 {
			if m.over { // as browsers do: the mark of its row is missing
				m.begin("")
			}
			m.beginCell(mark)
			if strings.HasSuffix(mark, "/>") {
				m.endCell()
			}
		}
	case "br", "p":
		if m.in && m.cell.Len() > 0 && !closing {
			m.cell.WriteByte(' ')
		}
	}
	return false
}

// begin begins a row, unless its mark closes one.
func (m *markupReader) begin(mark string) {
	m.column = 0
	if m.over = strings.HasPrefix(mark, "</"); m.over {
		return
	}
	m.row = tableRow{n: m.row.n + 1}
	if n, err := strconv.Atoi(attributeOf(mark, "index")); err == nil && n > m.row.n && n <= maxRows {
		m.row.n = n
	}
}

func (m *markupReader) beginCell(mark string) {
	m.in, m.date, m.wide, m.repeat = true, attributeOf(mark, "date-value"), 1, 1
	m.cell.Reset()
	number := func(name string) int {
		n, err := strconv.Atoi(attributeOf(mark, name))
		if err != nil {
			return 0
		}
		return min(max(n, 0), maxColumns)
	}
	if n := number("index"); n > 0 {
		m.column = n - 1
	}
	m.wide = max(1, number("colspan"))
	m.repeat = max(1, number("number-columns-repeated"))
}

func (m *markupReader) endCell() {
	if !m.in {
		return
	}
	m.in = false
	text := m.date
	if text == "" {
		text = strings.Join(strings.Fields(html.UnescapeString(m.cell.String())), " ")
	}
	for range m.repeat {
		if text != "" {
			m.row.put(m.column, text, false)
		}
		m.column += m.wide
	}
}
