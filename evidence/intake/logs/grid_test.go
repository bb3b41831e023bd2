package logs

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// listOf reads a list of any form: each row in short.
func listOf(t *testing.T, name string, data []byte) []string {
	t.Helper()
	var got []string
	skipped, err := Read(bytes.NewReader(data), int64(len(data)), name, func(r Row) error {
		i := r.Incident
		got = append(got, fmt.Sprintf("%d %s %s %s %d", r.Line, i.Time.At.Format(time.DateTime), i.Direction, i.Number,
			i.Seconds))
		return nil
	})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, k := range skipped {
		got = append(got, fmt.Sprintf("%d %s", k.Line, k.Detail.ZH))
	}
	return got
}

// LibreOffice wrote these files, from a list of two hundred calls and one of
// four: whatever the form, the rows are those of the list. The texts of the long
// one go on over several records.
func TestTablesOfOtherPrograms(t *testing.T) {
	for _, c := range []struct {
		name string
		rows int
	}{{"list.xls", 200}, {"few.ods", 4}, {"few.xml", 4}} {
		data, err := os.ReadFile("testdata/" + c.name)
		if err != nil {
			t.Fatal(err)
		}
		form, ok := Recognise(bytes.NewReader(data), int64(len(data)))
		if !ok || form.Kind != evidence.CallLog {
			t.Errorf("%s: %+v", c.name, form)
			continue
		}
		var want []string
		for n, row := range firstRows(t, c.rows) {
			at, _ := time.Parse("2006-01-02 15:04:05", "2026-"+row[0])
			seconds, _ := carrierLength(row[4])
			direction := map[string]evidence.Direction{"被叫": "in", "主叫": "out"}[row[2]]
			want = append(want, fmt.Sprintf("%d %s %s %s %d", n+4, at.Format(time.DateTime), direction, row[3],
				seconds))
		}
		if c.rows == 200 {
			want = append(want, "204 不是通话记录（时间栏为 “合计”）")
		}
		got := listOf(t, c.name, data)
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %d rows, want %d\n%s", c.name, len(got), len(want), firstDifference(got, want))
		}
	}
}

// firstRows are rows of the list that the files were made from.
func firstRows(t *testing.T, n int) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/list.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[3 : 3+n]
}

func firstDifference(got, want []string) string {
	for n := range min(len(got), len(want)) {
		if got[n] != want[n] {
			return got[n] + "\n" + want[n]
		}
	}
	return ""
}

// A page under the name of a workbook: marks of any spelling, an entity, a cell
// over several columns, a comment, and no word of a script.
func TestPageAsTable(t *testing.T) {
	const page = `<HTML><head><style>td{x}</style><script>var a="<td>1</td>"</script></head><body>
<TABLE border=1><tr><td colspan=5>客户详单</td></tr><!-- <tr><td>x</td></tr> -->
<tr><th>起始时间<th>通信方式<th>备注<th>对方号码<th>通信时长</tr>
<tr><td>2026-10-30 11:06:11<td>被叫</td><td>a&amp;b<br/>c</td><td style="x">19900000311</td><td>49秒</td></tr>
<tr><td colspan="2">合计</td><td/><td></td><td>49秒</td></tr></TABLE></body></HTML>`
	got := strings.Join(listOf(t, "通话详单.xls", []byte(page)), "; ")
	if got != "3 2026-10-30 11:06:11 in 19900000311 49; 4 不是通话记录（时间栏为 “合计”）" {
		t.Error(got)
	}
}

// An old workbook that is cut gives what it held and an error, and no other file
// of that make is taken for a list.
func TestCutOldWorkbook(t *testing.T) {
	data, err := os.ReadFile("testdata/list.xls")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{600, 2000, len(data) / 3, len(data) / 2, len(data) - 600} {
		cut := data[:at]
		if _, ok := Recognise(bytes.NewReader(cut), int64(at)); !ok {
			continue
		}
		rows := 0
		_, err := Read(bytes.NewReader(cut), int64(at), "list.xls", func(Row) error { rows++; return nil })
		if err == nil && rows < 200 {
			t.Errorf("cut at %d: %d rows and no error", at, rows)
		}
	}
	if _, err := openOld(bytes.NewReader(data[:512]), 512); err == nil {
		t.Error("a head alone was opened")
	}
	locked := bytes.Clone(data)
	n := bytes.Index(locked, []byte{0x42, 0, 2, 0}) // the code page, of two bytes, becomes a password's mark
	if n < 0 {
		t.Fatal("no code page")
	}
	locked[n] = biffPassword
	if _, err := openOld(bytes.NewReader(locked), int64(len(locked))); !errors.Is(err, errLocked) {
		t.Errorf("locked: %v", err)
	}
	for name, c := range map[string]struct {
		data []byte
		want BookFault
	}{
		"sound": {data, Sound}, "locked": {locked, Locked}, "cut": {data[:len(data)/3|1], NotWhole},
		"a text": {[]byte("a,b\n1,2\n"), Sound}, "a cut zip": {[]byte("PK\x03\x04\x14\x00[Content_Types].xml"), NotWhole},
	} {
		if got := FaultOf(bytes.NewReader(c.data), int64(len(c.data))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Texts go on over the border of records, narrow here and wide there.
func TestTextsOverBorders(t *testing.T) {
	first := append([]byte{9, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0}, "ab"...)
	second := append([]byte{1}, "\x2d\x4e\x87\x65\x57\x5b"...) // 中文字
	second = append(second, 2, 0, 0)
	third := append([]byte{0}, "xy"...)
	b := oldBook{}
	if err := b.strings([][]byte{first, second, third}); err != nil || strings.Join(b.shared, ",") != "ab中文字,xy" {
		t.Errorf("%q, %v", b.shared, err)
	}
}

func FuzzOpenGrid(f *testing.F) {
	for _, name := range []string{"few.ods", "few.xml"} {
		if data, err := os.ReadFile("testdata/" + name); err == nil {
			f.Add(data)
		}
	}
	if data, err := os.ReadFile("testdata/list.xls"); err == nil {
		f.Add(data[:4096])
		f.Add(data)
	}
	f.Add([]byte("<table><tr><td>a</td></tr><td>b</td></tr>")) // the second row is not opened
	f.Add([]byte("<table><tr><td colspan=9 number-columns-repeated=99999>a</table>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := openGrid(open(bytes.NewReader(data), int64(len(data))))
		if err != nil {
			return
		}
		for _, s := range g.sheets {
			last := 0
			s.rows(func(r tableRow) error {
				if r.n <= last || len(r.cells) > maxColumns {
					t.Errorf("row %d behind %d, %d cells", r.n, last, len(r.cells))
				}
				last = r.n
				return nil
			})
		}
	})
}
