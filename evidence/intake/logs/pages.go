package logs

import (
	"cmp"
	"image"
	"slices"
	"strings"

	"juzheng/evidence"
)

// A Word is what stands together on a page of a PDF without a blank, and where.
type Word struct {
	Text string
	At   image.Rectangle // in pixels of the page, upright
}

// Pages are the words of a PDF, page by page. A PDF knows no table: what stands
// in one row and in one column is told by where it stands.
type Pages [][]Word

// mostWords bounds what is looked at on a page: no carrier prints so much on one.
const mostWords = 20000

// A pageRow is a row of a table on a page.
type pageRow struct {
	page, line int // line: which of the rows of its page, from 1
	cells      []string
}

// A pageTable is the list of calls that pages hold.
type pageTable struct {
	listColumns
	above string // what stands above the first head
	rows  []pageRow
}

// IsList reports pages that hold a list of calls.
func (p Pages) IsList() bool { _, ok := p.table(); return ok }

// Columns says which column is taken for what: see [Columns].
func (p Pages) Columns() (words evidence.Text, guessed, ok bool) {
	t, ok := p.table()
	return t.words(), t.guessed, ok
}

// Read gives the rows of a list on pages, as [Phone.Read] does of other files. Row.Sheet
// is the page, Row.Line which row of it.
func (p Pages) Read(path string, own Phone, give func(Row) error) ([]Skipped, error) {
	t, ok := p.table()
	if !ok {
		return nil, ErrNoForm
	}
	if t.isPair() {
		t.self = t.own(cellsOf(t.rows), t.above, own)
	}
	cols := listReader{listColumns: t.listColumns, month: monthIn(t.above + "\n" + path)}
	var skipped []Skipped
	for _, r := range t.rows {
		i, why := cols.next(r.cells, nil)
		switch {
		case why == nil:
			if err := give(Row{Sheet: r.page, Line: r.line, Incident: i}); err != nil {
				return skipped, err
			}
		case why.ZH != "":
			skipped = append(skipped, skip(r.page, r.line, *why))
		}
	}
	return skipped, nil
}

// Extract takes rows out of a list on pages: see [Extract]. They are text with
// commas, and before them page and row, and the time as it was read.
func (p Pages) Extract(path string, own Phone, want func(Row) bool) (Extracted, error) {
	t, ok := p.table()
	if !ok {
		return Extracted{}, ErrNoForm
	}
	x := Extracted{}
	var rows []Row
	skipped, err := p.Read(path, own, func(r Row) error {
		if want(r) {
			rows = append(rows, r)
		} else {
			x.More = true
		}
		return nil
	})
	if err != nil {
		return x, err
	}
	x.More = x.More || len(skipped) > 0
	if x.Rows = len(rows); x.Rows == 0 {
		return x, nil
	}
	g := &grid{}
	for n := range p {
		g.sheets = append(g.sheets, gridSheet{rows: func(each func(tableRow) error) error {
			for _, r := range t.rows {
				if r.page != n+1 {
					continue
				}
				if err := each(tableRow{n: r.line, cells: r.cells}); err != nil {
					return err
				}
			}
			return nil
		}})
	}
	return x, x.takeCells(g, rows)
}

// spaces are how far apart words of one cell may stand, in heights of a line:
// tables that stand close are tried with less, down to each word by itself.
var spaces = []float64{1, 0.35, 0}

// table finds the list of calls on pages: below a head, or by its cells alone.
func (p Pages) table() (pageTable, bool) {
	var bands []band
	var head []Word
	t := pageTable{}
	for n, words := range p {
		words = together(words[:min(len(words), mostWords)], 0)
		y, cells := headOf(words, isListHead)
		if cells != nil && head == nil {
			head = cells
		}
		if n == 0 || cells != nil {
			t.above += textAbove(words, y)
		}
		bands = append(bands, bandsOf(n+1, words, y, isNumberWord)...)
	}
	if head == nil {
		return p.headless()
	}
	columns := columnsBelow(head, bands)
	cells := make([]string, len(columns))
	for n, w := range head {
		cells[n] = w.Text
	}
	t.listColumns = findColumns(cells)
	t.take(bands, columns)
	return t, len(t.rows) > 0
}

// headless finds a list without a head, or with one in words that are not known:
// its columns are parted by what no word crosses.
func (p Pages) headless() (t pageTable, ok bool) {
	for _, space := range spaces {
		var bands []band
		for n, words := range p {
			bands = append(bands, bandsOf(n+1, together(words[:min(len(words), mostWords)], space), 0, isNumberWord)...)
		}
		columns := columnsIn(bands)
		if len(columns) == 0 {
			continue
		}
		t = pageTable{}
		t.take(bands, withClocks(columns, bands))
		if t.listColumns, ok = guessColumns(cellsOf(t.rows)); ok {
			return t, true
		}
	}
	return t, false
}

// take makes rows of bands.
func (t *pageTable) take(bands []band, columns []extent) {
	line := 0
	for n, b := range bands {
		if line++; n == 0 || bands[n-1].page != b.page {
			line = 1
		}
		t.rows = append(t.rows, pageRow{b.page, line, b.cells(columns)})
	}
}

func cellsOf(rows []pageRow) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, r.cells)
	}
	return out
}

func middle(r image.Rectangle) int { return (r.Min.Y + r.Max.Y) / 2 }

// together joins words that stand in one line and no further apart than that, in
// the order of reading.
func together(words []Word, space float64) []Word {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b Word) int { return cmp.Compare(middle(a.At), middle(b.At)) })
	var out []Word
	for begin := 0; begin < len(words); {
		end, high := begin, 0
		for ; end < len(words); end++ { // the words of one line
			if h := words[begin].At.Dy(); middle(words[end].At)-middle(words[begin].At) > max(2, h/2) {
				break
			}
			high = max(high, words[end].At.Dy())
		}
		line := words[begin:end]
		slices.SortStableFunc(line, func(a, b Word) int { return cmp.Compare(a.At.Min.X, b.At.Min.X) })
		for n, w := range line {
			if n > 0 && float64(w.At.Min.X-out[len(out)-1].At.Max.X) < space*float64(high) {
				last := &out[len(out)-1]
				last.Text, last.At = last.Text+" "+w.Text, last.At.Union(w.At)
				continue
			}
			out = append(out, w)
		}
		begin = end
	}
	return out
}

// lines are the words line by line, as [together] leaves them.
func lines(words []Word) [][]Word {
	var out [][]Word
	for n, w := range words {
		if n == 0 || w.At.Min.X < words[n-1].At.Min.X || middle(w.At)-middle(words[n-1].At) > max(2, w.At.Dy()/2) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], w)
	}
	return out
}

func isListHead(texts []string) bool { return findColumns(texts).isListHead() }

// headOf finds the line of a page that is the head of a list, and how far down it
// reaches; nil if there is none.
func headOf(words []Word, is func(texts []string) bool) (y int, cells []Word) {
	for _, space := range spaces {
		for _, line := range lines(together(words, space)) {
			var texts []string
			for n, w := range line {
				line[n].Text = strings.ReplaceAll(w.Text, " ", "")
				texts = append(texts, line[n].Text)
			}
			if !is(texts) {
				continue
			}
			for _, w := range line {
				y = max(y, w.At.Max.Y)
			}
			return y, line
		}
	}
	return 0, nil
}

func textAbove(words []Word, y int) string {
	var b strings.Builder
	for _, w := range words {
		if y > 0 && w.At.Min.Y >= y {
			break
		}
		b.WriteString(w.Text + "\n")
	}
	return b.String()
}
