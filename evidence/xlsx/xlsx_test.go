package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n := 0; n < len(parts); n += 2 {
		w, err := z.Create(parts[n])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(parts[n+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>` +
		`<numFmt numFmtId="165" formatCode="[$¥-804]#,##0.00"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="22"/>` +
		`</cellXfs></styleSheet>`
	workbook = `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="时间线" sheetId="7" r:id="rId2"/>` +
		`<sheet name="说明" sheetId="1" state="hidden" r:id="rId1"/></sheets>` +
		`<definedNames><definedName name="state">"abc"</definedName></definedNames></workbook>`
	relations = `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
	custom = `<Properties><property fmtid="x" name="state"><vt:lpwstr>abc</vt:lpwstr></property></Properties>`
	sheet  = `<worksheet><sheetData><row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c>` +
		`<c r="C2" t="inlineStr"><is><r><t>富</t></r><rPh><t>fu</t></rPh><r><t>文本</t></r></is></c></row>` +
		`<row><c r="A3" s="1"><v>44634</v></c><c s="2"><v>8000</v></c><c s="3"><v>0.239</v></c><c><f>A1</f><v>7</v></c>` +
		`<c><f>B1</f></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2026-03-02</v></c></row>` +
		`</sheetData><mergeCells><mergeCell ref="A3:B3"/></mergeCells></worksheet>`
)

func open(t testing.TB, data []byte) *Book {
	t.Helper()
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What a workbook says of itself and of each cell is read as the file has it.
func TestOpen(t *testing.T) {
	b := open(t, zipOf(t, "xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels", relations, "xl/styles.xml", styles,
		"docProps/custom.xml", custom, "xl/sharedStrings.xml", "<sst><si><t>共</t><t>享</t></si></sst>",
		"xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet2.xml", sheet))
	if b.Names["state"] != `"abc"` || b.Properties["state"] != "abc" || !b.Days1904 {
		t.Errorf("%+v", b)
	}
	s := b.Sheets[1]
	if s.Name != "时间线" || s.Place != 0 || s.Hidden || !b.Sheets[0].Hidden || b.Sheets[0].Name != "说明" {
		t.Errorf("%+v", b.Sheets)
	}
	var rows []Row
	merged, err := b.Rows(s, func(r Row) error { rows = append(rows, r); return nil })
	if err != nil || !reflect.DeepEqual(merged, []string{"A3:B3"}) || len(rows) != 2 {
		t.Fatalf("%v %v %+v", err, merged, rows)
	}
	if r := rows[0]; r.N != 2 || !r.Hidden || r.Cells[1].Text != "共享" || r.Cells[2].Text != "富文本" {
		t.Errorf("%+v", r)
	}
	want := []Cell{{"44634", Number, false, 1}, {"8000", Number, false, 2}, {"0.239", Number, false, 3},
		{"7", Number, true, 0}, {"", Number, true, 0}, {"1", Boolean, false, 0}, {"#REF!", Fault, false, 0},
		{"2026-03-02", ISODate, false, 0}}
	if rows[1].N != 3 || !reflect.DeepEqual(rows[1].Cells, want) {
		t.Errorf("%+v, want %+v", rows[1], want)
	}
	for n, form := range []Form{Date, Plain, Percent} {
		if got := b.Form(rows[1].Cells[n]); got != form {
			t.Errorf("cell %d is shown as %d, want %d", n, got, form)
		}
	}
	if got := b.Time(44634).Format(time.DateOnly); got != "2026-03-15" {
		t.Errorf("from 1904: %s", got)
	}
	if got := (&Book{}).Time(46083.968055555555).Format(time.DateTime); got != "2026-03-02 23:14:00" {
		t.Errorf("from 1900: %s", got)
	}
}

func TestFormOf(t *testing.T) {
	for code, want := range map[string]Form{"General": Plain, "@": Plain, "0.00E+00": Plain, `#,##0"元"`: Plain,
		`[Red]0.00`: Plain, "0%": Percent, "[$-804]yyyy/m/d": Date, "h:mm AM/PM": Date, "[h]:mm": Date, "[mm]:ss": Date,
		`"day"0`: Plain, `0\d`: Plain} {
		if got := formOf(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

func TestCellName(t *testing.T) {
	for column, want := range map[int]string{0: "A7", 25: "Z7", 26: "AA7", 701: "ZZ7", 702: "AAA7"} {
		if got := CellName(column, 7); got != want {
			t.Errorf("%d: %s, want %s", column, got, want)
		}
	}
}

// Rows that are empty but for their form cost time and no memory; a part that
// unpacks to more than a table holds is refused before it does.
func TestEmptyRowsAndBombs(t *testing.T) {
	var rows strings.Builder
	for n := range 20_000 {
		fmt.Fprintf(&rows, `<row r="%d" spans="1:24" s="5" customFormat="1"/>`, n+1)
	}
	b := open(t, zipOf(t, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+rows.String()+"</sheetData></worksheet>"))
	last := 0
	if _, err := b.Rows(b.Sheets[0], func(r Row) error { last = r.N; return nil }); err != nil || last != 20_000 {
		t.Errorf("%d, %v", last, err)
	}
	b = open(t, zipOf(t, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"str\"><v>"+
		strings.Repeat("a", 8<<20)))
	if _, err := b.Rows(b.Sheets[0], func(Row) error { return nil }); !errors.Is(err, ErrSize) {
		t.Errorf("one text of 8 MB: %v", err)
	}
}
