package logs

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The check page of a bundle reads tables in sheets as well, with code of its own
// (package bag, index.html): testdata/sheets.sums has what both have to read out
// of these files. After a change on purpose, JUZHENG_UPDATE_SHEETS=1 writes it.
func TestSheetsAsThePage(t *testing.T) {
	want, err := os.ReadFile("testdata/sheets.sums")
	if err != nil && os.Getenv("JUZHENG_UPDATE_SHEETS") == "" {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, name := range []string{"list.xls", "long.xls", "chat.xls", "long.xlsx", "few.ods", "chat.ods", "few.xml",
		"page.html"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		book, err := openGrid(open(bytes.NewReader(data), int64(len(data))))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sum, rows := sha256.New(), 0
		for n, s := range book.sheets {
			err := s.rows(func(row tableRow) error {
				rows++
				_, err := fmt.Fprintf(sum, "%d!%d\x1f%s\n", n+1, row.n, strings.Join(row.cells, "\x1f"))
				return err
			})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if rows < 3 {
			t.Errorf("%s: %d rows", name, rows)
		}
		fmt.Fprintf(&got, "%x  %s\n", sum.Sum(nil), name)
	}
	if os.Getenv("JUZHENG_UPDATE_SHEETS") != "" {
		if err := os.WriteFile("testdata/sheets.sums", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got.String() != string(want) {
		t.Errorf("read:\n%swant:\n%s", got.String(), want)
	}
}
