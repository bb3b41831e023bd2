package bag

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"juzheng/evidence/bag/commit"
)

// An extract is held against its whole where both are here: what differs is
// altered, though every digest agrees, for whoever made the extract wrote it.
func TestExtractsAreHeldAgainstTheWhole(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E010", "E011", "E012", "E013", "E014")
	for _, row := range []struct {
		name  string
		here  []string
		exit  int
		code  string
		state map[string]ExtractState
		tell  string
	}{
		{name: "as it is", here: []string{"E001", "E010", "E011"}, state: map[string]ExtractState{"E011": ExtractSame}},
		{name: "another row", here: []string{"E010", "E011", "E012"}, exit: 5, code: "E-EXTRACT-DIFFERS",
			state: map[string]ExtractState{"E011": ExtractSame, "E012": ExtractDiffers}, tell: "row 4"},
		{name: "the whole withheld", here: []string{"E011", "E012"},
			state: map[string]ExtractState{"E011": ExtractWithheld, "E012": ExtractWithheld}},
		{name: "the extract withheld", here: []string{"E010"}},
		{name: "of UTF-16", here: []string{"E013", "E014"}, state: map[string]ExtractState{"E014": ExtractSame}},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir, root := c.write(t, row.here...)
			for _, path := range []string{dir, zipOf(t, dir)} {
				res := verify(t, path, Options{Expect: root.SHA256, PartialOK: true})
				if res.ExitCode() != row.exit || row.code != "" && !hasCode(res, row.code) ||
					!strings.Contains(problems(res), row.tell) {
					t.Errorf("exit %d, want %d with %s\n%s", res.ExitCode(), row.exit, row.code, problems(res))
				}
				if len(res.Evidence.Extracts) != len(row.state) {
					t.Errorf("%+v, want %v", res.Evidence.Extracts, row.state)
				}
				for _, x := range res.Evidence.Extracts {
					if row.state[x.Number] != x.State {
						t.Errorf("%+v, want %v", x, row.state)
					}
				}
			}
		})
	}
}

// Rows that are no lines are compared by the reader that is given, or by hand.
func TestExtractsOfSheets(t *testing.T) {
	old := listedExtracts["E011"]
	listedExtracts["E011"] = commit.Record{Of: "E010", Lines: "1!2,1!4"}
	t.Cleanup(func() { listedExtracts["E011"] = old })
	c := newListedCase(t, 0, "E010", "E011")
	dir, root := c.write(t, "E010", "E011")
	for _, row := range []struct {
		name string
		rows RowReader
		code string
		exit int
	}{
		{name: "no reader", code: "N-EXTRACT-BY-HAND"},
		{name: "alike", rows: func(io.ReaderAt, int64, string, []byte, string) (a, b []string, err error) {
			return nil, nil, nil
		}},
		{name: "a cell", exit: 5, code: "E-EXTRACT-DIFFERS",
			rows: func(io.ReaderAt, int64, string, []byte, string) (a, b []string, err error) {
				return []string{"1!4"}, nil, nil
			}},
		{name: "a time", code: "W-EXTRACT-TIME",
			rows: func(io.ReaderAt, int64, string, []byte, string) (a, b []string, err error) {
				return nil, []string{"1!4"}, nil
			}},
		{name: "not read", code: "N-EXTRACT-BY-HAND",
			rows: func(io.ReaderAt, int64, string, []byte, string) (a, b []string, err error) {
				return nil, nil, errors.New("no")
			}},
		{name: "what it is given", code: "N-EXTRACT-BY-HAND",
			rows: func(whole io.ReaderAt, size int64, name string, extract []byte, rows string) (a, b []string,
				err error) {
				text, err := io.ReadAll(io.NewSectionReader(whole, 0, size))
				if err != nil || string(text) != listedPayload["E010"] || string(extract) != listedPayload["E011"] ||
					rows != "1!2,1!4" || name != "原名 E010.txt" {
					t.Errorf("%q %q %q %q, %v", text, extract, rows, name, err)
				}
				return nil, nil, errors.New("no")
			}},
	} {
		for _, path := range []string{dir, zipOf(t, dir)} {
			res := verify(t, path, Options{Expect: root.SHA256, Rows: row.rows})
			if res.ExitCode() != row.exit || row.code != "" && !hasCode(res, row.code) ||
				row.code == "" && len(res.Problems) > 0 {
				t.Errorf("%s: exit %d, want %d with %s\n%s", row.name, res.ExitCode(), row.exit, row.code,
					problems(res))
			}
		}
	}
}

// Extracts of lines, and what in them is not what the whole holds.
var heldLines = []struct {
	whole, extract, lines string
	differ                []string
}{
	{"a\nb\nc\n", "b\n", "2", nil},
	{"a\nb\nc", "a\nc", "1,3", nil},
	{"a\nb\nc", "c\n", "3", []string{"3"}},
	{"a\r\nb\r\n", "b\n", "2", []string{"2"}},
	{"a\nb\nc\n", "b\nc\nd\n", "2-3", []string{""}},
	{"a\nb\nc\n", "b\n", "2-3", []string{"3"}},
	{"a\nb\n", "b\n", "2-9", []string{"3"}},
	{"a\nb\n", "z\n", "7", []string{"7"}},
	{"", "", "1", []string{"1"}},
	{"a\n" + longLine + "\nc\n", longLine + "\nc\n", "2-3", nil},
	{"a\n" + longLine + "y\nc\n", longLine + "z\nc\n", "2-3", []string{"2"}},
	{"a\nb\nc\nd\n", "x\nb\ny\n", "1-3", []string{"1", "3"}},
}

// The same of text in UTF-16, in both orders of bytes: a whole that ends in the
// middle of a unit or of a pair too.
func TestHoldLinesOfUTF16(t *testing.T) {
	for _, row := range []struct {
		whole, extract, lines string
		differ                []string
	}{
		{wide("a\n𠮷b\r\nc"), "𠮷b\r\n", "2", nil},
		{wide("a\n𠮷b\r\nc"), "a\nc", "1,3", nil},
		{wide("a\n𠮷b\nc"), "𠮷c\n", "2", []string{"2"}},
		{wide("a\nb"), wide("b"), "2", []string{"2"}},
		{wide("a\n\xed\xedb"), "\ufffd\ufffdb", "2", nil},
		{wide("a\n\xed"), "\ufffd", "2", nil},
		{wide("a\nb") + "x", "b", "2", nil},
		{wide(""), "", "1", []string{"1"}},
		{wide(longLine + "𠮷\nb"), longLine + "𠮷\n", "1", nil},
	} {
		other := []byte(row.whole)
		for n := 0; n+1 < len(other); n += 2 {
			other[n], other[n+1] = other[n+1], other[n]
		}
		for _, whole := range []string{row.whole, string(other)} {
			differ, err := holdLines(strings.NewReader(whole), []byte(row.extract), row.lines)
			if err != nil || !slices.Equal(differ, row.differ) {
				t.Errorf("%.20q of %.20q: %q, %v; want %q", row.extract, whole, differ, err, row.differ)
			}
		}
	}
}

var longLine = strings.Repeat("x", 200_000)

// Messages as cards stand on several lines each, and their record names the
// first; those of a page are counted: no line of them is compared as a line.
func TestExtractsOfCards(t *testing.T) {
	old := listedExtracts["E011"]
	t.Cleanup(func() { listedExtracts["E011"] = old })
	for _, x := range []commit.Record{{Of: "E010", Lines: "2,4", Name: "E010-摘录.vmsg"},
		{Of: "E010", Lines: "2,4", Name: "E010-摘录.html", MediaType: "text/html"}} {
		listedExtracts["E011"] = x
		dir, root := newListedCase(t, 0, "E010", "E011").write(t, "E010", "E011")
		asked := ""
		res := verify(t, dir, Options{Expect: root.SHA256,
			Rows: func(_ io.ReaderAt, _ int64, _ string, _ []byte, rows string) (a, b []string, err error) {
				asked = rows
				return nil, nil, nil
			}})
		if asked != "2,4" || res.ExitCode() != 0 || len(res.Problems) > 0 {
			t.Errorf("%s: asked for %q, exit %d\n%s", x.Name, asked, res.ExitCode(), problems(res))
		}
	}
}

// Lines are compared as sed -n and cmp would.
func TestHoldLines(t *testing.T) {
	for _, row := range heldLines {
		differ, err := holdLines(strings.NewReader(row.whole), []byte(row.extract), row.lines)
		if err != nil || !slices.Equal(differ, row.differ) {
			t.Errorf("%.20q of %.20q: %q, %v; want %q", row.extract, row.whole, differ, err, row.differ)
		}
	}
	for _, lines := range []string{"", "0", "x", "3,2", "2-1", "2,2", "1,", "-1"} {
		if _, err := holdLines(strings.NewReader("a\n"), nil, lines); err == nil {
			t.Errorf("%q was read", lines)
		}
	}
}

// wide is text in UTF-16; bytes that are no UTF-8 become a surrogate alone.
func wide(s string) string {
	out := []byte("\xff\xfe")
	for _, r := range s {
		units := utf16.Encode([]rune{r})
		if r == utf8.RuneError {
			units = []uint16{0xd800}
		}
		for _, u := range units {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return string(out)
}
