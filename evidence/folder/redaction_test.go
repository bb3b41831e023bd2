package folder

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

func TestParseRedactions(t *testing.T) {
	const head = "证据,给谁,左,上,宽,高,文字,原因\r\n"
	for _, c := range []struct {
		name, in string
		want     []evidence.Redaction
		where    string // of the first mistake; empty: there is none
	}{
		{"a box", head + "E010,平台 协会,1,2,30,40,,头像\r\n",
			[]evidence.Redaction{{Exhibit: "E010", To: []string{"platform", "nifa"},
				Box: evidence.Box{X: 1, Y: 2, W: 30, H: 40}, Reason: "头像", Line: 2}}, ""},
		{"words for all", head + ",全部,,,,,周宁,\r\n", []evidence.Redaction{{Text: "周宁", Line: 2}}, ""},
		{"English, semicolons, other order", "text;exhibit;to\nZhou;e009;regulator\n",
			[]evidence.Redaction{{Exhibit: "E009", To: []string{"regulator"}, Text: "Zhou", Line: 2}}, ""},
		{"empty rows", head + "\r\n,,,,,,,\r\n", nil, ""},
		{"words a formula would be", head + ",,,,,,'=1+2,\r\n", []evidence.Redaction{{Text: "=1+2", Line: 2}}, ""},
		{"a box on a page", "证据,页,左,上,宽,高\r\nE012,3,1,2,30,40\r\n", []evidence.Redaction{{Exhibit: "E012", Page: 3,
			Box: evidence.Box{X: 1, Y: 2, W: 30, H: 40}, Line: 2}}, ""},
		{"no page", "证据,页,左,上,宽,高\r\nE012,0,1,2,30,40\r\n", nil, "redactions.csv:2 页"},
		{"words on a page", "证据,页,文字\r\nE012,3,周宁\r\n", nil, "redactions.csv:2 页"},
		{"negative", head + "E010,,-1,2,3,4,,\r\n", nil, "redactions.csv:2 左"},
		{"not whole", head + "E010,,1.5,2,3,4,,\r\n", nil, "redactions.csv:2 左"},
		{"huge", head + "E010,,1,2,3,99999999999,,\r\n", nil, "redactions.csv:2 高"},
		{"no width", head + "E010,,1,2,0,4,,\r\n", nil, "redactions.csv:2 宽"},
		{"half a box", head + "E010,,1,2,,4,,\r\n", nil, "redactions.csv:2 左"},
		{"box of nothing", head + ",,1,2,3,4,,\r\n", nil, "redactions.csv:2 证据"},
		{"box and words", head + "E010,,1,2,3,4,周宁,\r\n", nil, "redactions.csv:2 文字"},
		{"nothing", head + "E010,,,,,,,头像\r\n", nil, "redactions.csv:2 文字"},
		{"one character", head + "E010,,,,,,周,\r\n", nil, "redactions.csv:2 文字"},
		{"bad exhibit", head + "10,,,,,,周宁,\r\n", nil, "redactions.csv:2 证据"},
		{"bad role", head + "E010,法院,,,,,周宁,\r\n", nil, "redactions.csv:2 给谁"},
		{"unknown column", "证据,文字,颜色\r\nE010,周宁,红\r\n", nil, "redactions.csv:1 颜色"},
		{"column twice", "证据,文字,文字\r\n", nil, "redactions.csv:1 文字"},
		{"no exhibit column", "文字,原因\r\n", nil, "redactions.csv:1 证据"},
		{"more cells than columns", head + "E010,,1,2,3,4,,头像,多\r\n", nil, "redactions.csv:2"},
		{"odd quote", head + "E010,,,,,,\"周宁,\r\n", nil, "redactions.csv:2"},
	} {
		got, err := ParseRedactions(RedactionsFile, []byte(c.in))
		if c.where != "" {
			var bad LineErrors
			if !errors.As(err, &bad) || bad[0].Where() != c.where || bad[0].Found.ZH == "" || bad[0].Wanted.EN == "" {
				t.Errorf("%s: got %v, want a mistake at %s", c.name, err, c.where)
			}
			continue
		}
		if err != nil || !slices.EqualFunc(got, c.want, sameRedaction) {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
		}
	}
}

func sameRedaction(a, b evidence.Redaction) bool {
	return a.Exhibit == b.Exhibit && slices.Equal(a.To, b.To) && a.Box == b.Box && a.Text == b.Text &&
		a.Reason == b.Reason && a.Line == b.Line
}

func TestCheckRedactions(t *testing.T) {
	exhibits := []evidence.Exhibit{
		{Number: "E001", MediaType: "image/png", Media: evidence.Media{Width: 100, Height: 200}},
		// seen 200 by 100
		{Number: "E002", MediaType: "image/jpeg", Media: evidence.Media{Width: 100, Height: 200, Orientation: 6}},
		{Number: "E003", MediaType: "text/xml"},
	}
	for _, c := range []struct {
		row evidence.Redaction
		bad bool
	}{
		{evidence.Redaction{Exhibit: "E001", Box: evidence.Box{X: 0, Y: 0, W: 100, H: 200}}, false},
		{evidence.Redaction{Exhibit: "E001", Box: evidence.Box{X: 1, Y: 0, W: 100, H: 200}}, true},
		{evidence.Redaction{Exhibit: "E001", Box: evidence.Box{X: 0, Y: 199, W: 5, H: 2}}, true},
		{evidence.Redaction{Exhibit: "E002", Box: evidence.Box{X: 150, Y: 50, W: 50, H: 50}}, false},
		{evidence.Redaction{Exhibit: "E002", Box: evidence.Box{X: 50, Y: 150, W: 50, H: 50}}, true},
		{evidence.Redaction{Exhibit: "E003", Box: evidence.Box{X: 0, Y: 0, W: 1, H: 1}}, true},
		{evidence.Redaction{Exhibit: "E003", Text: "周宁"}, false},
		{evidence.Redaction{Exhibit: "E004", Text: "周宁"}, true},
		{evidence.Redaction{Text: "周宁"}, false},
	} {
		c.row.Line = 7
		err := CheckRedactions(RedactionsFile, []evidence.Redaction{c.row}, exhibits)
		if (err != nil) != c.bad || err != nil && !strings.HasPrefix(err.Error(), "redactions.csv:7 ") {
			t.Errorf("%+v: %v", c.row, err)
		}
	}
}

// What is read without a mistake is read the same once it was written.
func FuzzParseRedactions(f *testing.F) {
	f.Add([]byte("\xef\xbb\xbf证据,给谁,左,上,宽,高,文字,原因\r\nE010,平台,1,2,30,40,,头像\r\n,,,,,,周宁,\r\n"))
	f.Add([]byte("exhibit\ttext\tto\nE1\tx\tall\n"))
	f.Add([]byte("证据,左\nE001,-1\n\"\n"))
	f.Add([]byte("exhibit\ttext\tto\nE1\tx\ra"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := ParseRedactions(RedactionsFile, data)
		if err != nil {
			return
		}
		out, err := FormatRedactions(rows)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseRedactions(RedactionsFile, out)
		if err != nil || len(back) != len(rows) {
			t.Fatalf("%q: written as %q, read back %v %v", data, out, back, err)
		}
		for n := range rows {
			back[n].Line = rows[n].Line
			if !sameRedaction(rows[n], back[n]) {
				t.Errorf("%q: %+v became %+v", data, rows[n], back[n])
			}
		}
	})
}
