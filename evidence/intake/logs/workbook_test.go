package logs

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// workbookOf makes an .xlsx of sheets; cells that begin with # are numbers, the
// others shared strings.
func workbookOf(t testing.TB, sheets ...[][]string) []byte {
	t.Helper()
	parts := map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
	var shared strings.Builder
	n := 0
	for i, rows := range sheets {
		var sheet strings.Builder
		for r, row := range rows {
			fmt.Fprintf(&sheet, `<row r="%d">`, r+1)
			for c, cell := range row {
				if number, ok := strings.CutPrefix(cell, "#"); ok {
					fmt.Fprintf(&sheet, `<c r="%c%d"><v>%s</v></c>`, 'A'+c, r+1, number)
				} else if cell != "" {
					fmt.Fprintf(&sheet, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, r+1, n)
					fmt.Fprintf(&shared, "<si><t>%s</t><rPh><t>yin</t></rPh></si>", cell)
					n++
				}
			}
			sheet.WriteString("</row>")
		}
		parts[fmt.Sprintf(
			"xl/worksheets/sheet%d.xml", i+1,
		)] = "<worksheet><sheetData>" + sheet.String() + "</sheetData></worksheet>"
	}
	parts["xl/sharedStrings.xml"] = "<sst>" + shared.String() + "</sst>"
	return zipOf(t, parts)
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(parts[name]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every sheet with a list is read, in the order of their numbers, and a row
// says which it stands in.
func TestWorkbookOfMonths(t *testing.T) {
	sheets := [][][]string{{{"使用说明"}}}
	for month := 1; month <= 11; month++ {
		sheets = append(
			sheets,
			[][]string{
				{"对方号码", "起始时间", "通话时长(秒)"},
				{"#13800138000", fmt.Sprintf("2026-%02d-05 10:00:00", month), "#9"},
			},
		)
	}
	data := workbookOf(t, sheets...)
	var got []string
	if _, err := readCarrierXLSX(open(bytes.NewReader(data), int64(len(data))), func(r Row) error {
		got = append(got, evidence.RowOf("E1", r.Sheet, r.Line)+r.Incident.Time.At.Format(" 01"))
		return nil
	}); err != nil || len(got) != 11 || got[0] != "E1:2!2 01" || got[10] != "E1:12!2 11" {
		t.Errorf("%q, %v", got, err)
	}
}

// listHeadXML begins a sheet with the head of a call list.
const listHeadXML = `<worksheet><sheetData><row><c t="inlineStr"><is><t>对方号码</t></is></c>` +
	`<c t="inlineStr"><is><t>起始时间</t></is></c><c t="inlineStr"><is><t>时长</t></is></c></row>`

// Some spreadsheets count days from 1904: taken for the usual ones, each call
// would lie four years back.
func TestWorkbookOf1904(t *testing.T) {
	for pr, want := range map[string]string{
		`<workbookPr date1904="1"/>`: "2026-09-05 00:00:00", `<workbookPr date1904="0"/>`: "2022-09-04 00:00:00",
	} {
		data := zipOf(t, map[string]string{
			"[Content_Types].xml": "<Types/>",
			"xl/workbook.xml":     "<workbook>" + pr + "</workbook>",
			"xl/worksheets/sheet1.xml": listHeadXML +
				`<row><c><v>1.3800138000E10</v></c><c><v>44808</v></c><c><v>9</v></c></row></sheetData></worksheet>`,
		})
		var got []string
		_, err := readCarrierXLSX(open(bytes.NewReader(data), int64(len(data))), func(r Row) error {
			got = append(got, r.Incident.Number+" "+r.Incident.Time.At.Format(time.DateTime))
			return nil
		})
		if err != nil || len(got) != 1 || got[0] != "13800138000 "+want {
			t.Errorf("%s: %q, %v", pr, got, err)
		}
	}
}

// Workbooks made to exhaust a reader are refused before they do.
func TestWorkbookBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("what it costs is the point, and it is one goroutine")
	}
	const head = listHeadXML
	wide := strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 20_000)
	for name, parts := range map[string]map[string]string{
		"shared strings": {
			"xl/worksheets/sheet1.xml": head,
			"xl/sharedStrings.xml":     "<sst>" + strings.Repeat("<si><t>a</t></si>", maxStrings/17+1),
		},
		"one text": {"xl/worksheets/sheet1.xml": head + `<row><c t="inlineStr"><is><t>` +
			strings.Repeat("a", 8<<20)},
		"many rows": {"xl/worksheets/sheet1.xml": head + strings.Repeat("<row/>", maxRows+1)},
	} {
		data := zipOf(t, parts)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := readCarrierXLSX(open(bytes.NewReader(data), int64(len(data))), func(Row) error { return nil })
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; !errors.Is(err, errWorkbookSize) || used > 900 {
			t.Errorf("%s: %v, %d MB were allocated", name, err, used)
		}
	}
	data := zipOf(t, map[string]string{"xl/worksheets/sheet1.xml": head + wide + "</sheetData></worksheet>"})
	if skipped, err := readCarrierXLSX(
		open(bytes.NewReader(data), int64(len(data))), func(Row) error { return nil },
	); err != nil ||
		len(skipped) > 0 {
		t.Errorf("cells in the last column: %d rows, %v", len(skipped), err)
	}
}

var sampleSheet = [][]string{
	{"客户姓名", "林*安"}, {},
	{"起始时间", "通信地点", "通信方式", "对方号码", "通信时长"},
	{"2026-09-05 22:47:14", "杭州", "被叫", "057100000101", "1分48秒"},
	{"#46270.94947916667", "", "主叫", "#13800138000", "#0.00125"},
	{"2026-09-07 09:00:00", "", "被叫", "#1.38E+10", "10秒"},
	{"合计"},
}

func TestCarrierWorkbook(t *testing.T) {
	data := workbookOf(t, sampleSheet)
	if f, ok := Recognise(bytes.NewReader(data), int64(len(data))); !ok || f.Kind != evidence.CallLog ||
		f.Extension != ".xlsx" {
		t.Errorf("recognised as %q", f.Name)
	}
	var rows []Row
	skipped, err := readCarrierXLSX(
		open(bytes.NewReader(data), int64(len(data))), func(r Row) error { rows = append(rows, r); return nil },
	)
	if err != nil || len(rows) != 2 || len(skipped) != 2 {
		t.Fatalf("%d rows, %+v, %v", len(rows), skipped, err)
	}
	for n, want := range []struct {
		line   int
		at     string
		number string
		secs   int
	}{{4, "2026-09-05 22:47:14", "057100000101", 108}, {5, "2026-09-05 22:47:15", "13800138000", 108}} {
		r := rows[n]
		if r.Line != want.line || r.Incident.Time.At.Format(time.DateTime) != want.at ||
			r.Incident.Number != want.number || r.Incident.Seconds != want.secs {
			t.Errorf("row %d: %+v, want %+v", n, r, want)
		}
	}
	if skipped[0].Line != 6 || skipped[1].Line != 7 {
		t.Errorf("skipped %+v", skipped)
	}
}

func FuzzReadXLSX(f *testing.F) {
	f.Add(workbookOf(f, sampleSheet))
	f.Fuzz(func(t *testing.T, data []byte) {
		readCarrierXLSX(open(bytes.NewReader(data), int64(len(data))), func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}
