package letter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/templates/document"
	"juzheng/templates/typeset"
)

// Calls stand four side by side below their day where days are full, else three with the
// day in each row; rows with words two. No row is lost, and its anchor stays.
func TestRowsAbreast(t *testing.T) {
	table := func(rows, aDay int, words bool) document.Table {
		t := document.Table{Small: true, Abreast: 2, Columns: []document.Column{{Title: "时间", Width: 34},
			{Title: "时长", Width: 14}, {Title: "行", Width: 16, Align: document.Right}}}
		if words {
			t.Columns[1].Title = "内容"
			t.Columns[0].Title = "时间、号码"
		}
		begin := time.Date(2026, 9, 18, 0, 0, 0, 0, time.UTC)
		for n := range rows {
			at := begin.AddDate(0, 0, n/aDay).Add(time.Duration(n%aDay) * time.Minute)
			t.Rows = append(t.Rows, []document.Cell{linked(plain(at.Format("01-02 15:04:05")), fmt.Sprint("T", n)),
				plain("59分59秒"), plain(fmt.Sprint(10_000 + n))})
		}
		return t
	}
	for _, c := range []struct {
		name         string
		table        document.Table
		abreast      int
		heads, first []string // of each table
	}{
		{"full days", table(200, 100, false), 4, []string{"09-18", "09-19"}, []string{"00:00:00", "00:00:00"}},
		{"few a day", table(200, 3, false), 3, []string{"时间"}, []string{"09-18 00:00:00"}},
		{"one row short of full", table(fullDay*2-1, fullDay, false), 3, []string{"时间"}, []string{"09-18 00:00:00"}},
		{"with words", table(200, 100, true), 2, []string{"时间、号码"}, []string{"09-18 00:00:00"}},
	} {
		var heads, first, rows []string
		for _, one := range abreast(c.table) {
			heads, first = append(heads, one.Columns[0].Title), append(first, document.SpansText(one.Rows[0][0]))
			if one.Abreast != c.abreast {
				t.Errorf("%s: %d side by side, want %d", c.name, one.Abreast, c.abreast)
			}
			for _, r := range one.Rows {
				rows = append(rows, r[0][0].Rows)
			}
		}
		if !slices.Equal(heads, c.heads) || !slices.Equal(first, c.first) {
			t.Errorf("%s: heads %q, first rows %q", c.name, heads, first)
		}
		for n, id := range rows {
			if id != fmt.Sprint("T", n) {
				t.Fatalf("%s: row %d is %q", c.name, n, id)
			}
		}
		if len(rows) != len(c.table.Rows) {
			t.Errorf("%s: %d rows of %d", c.name, len(rows), len(c.table.Rows))
		}
	}
}

// Where every one of 10,000 rows counts, a page holds some 200 of them: none takes a second
// line.
func TestTenThousandCallsOnPaper(t *testing.T) {
	var rows [][]document.Cell
	for n := range 10_000 {
		at := time.Date(2026, 9, 18, 0, n, 0, 0, time.UTC)
		rows = append(rows, []document.Cell{plain(at.Format("01-02 15:04:05")), plain("59分59秒"),
			plain(fmt.Sprint(10_000 + n))})
	}
	book := document.Book{Document: document.Document{Title: "证据册", Date: "2026-10-08T12:00:00+08:00"}}
	for _, one := range abreast(document.Table{Small: true, Abreast: 2, Rows: rows, Columns: []document.Column{
		{Title: "时间", Width: 34}, {Title: "时长", Width: 14}, {Title: "行", Width: 16, Align: document.Right}}}) {
		book.Blocks = append(book.Blocks, one)
	}
	pages, err := typeset.Fonts(nil).Book(io.Discard, book)
	if err != nil || pages.Total > 53 {
		t.Errorf("%d pages, %v", pages.Total, err)
	}
	if strings.Contains(fmt.Sprint(book.Blocks[0].(document.Table).Rows[0]), "09-18") {
		t.Error("a row says its day again")
	}
}
