package logs

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"juzheng/evidence"
	"os"
	"strings"
	"testing"
	"time"
)

const backup = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4">
  <sms address="19900000311" date="1789698606000" type="1" body="还钱&#10;不还找你家人" />
  <sms address="19900000777" date="1789785006000" type="1" body="周末打球吗" />
  <mms address="19900000311" date="1789871406000" msg_box="1">
    <parts><part ct="text/plain" text="彩信" /></parts>
  </mms>
  <sms address="19900000778" date="1789957806000" type="3" body="草稿" />
  <sms address="19900000311" date="1789957806000" type="1" body="今天还" />
</smses>
`

// The lines of the wanted rows are taken byte for byte, and no other: sed shows
// the same of the whole.
func TestExtract(t *testing.T) {
	list := "通话详单\n对方号码,起始时间,通信时长,呼叫类型,备注\n" +
		"19900000311,2026-09-05 22:47:05,22秒,被叫,\"两\n行\"\n13800138000,2026-09-06 22:47:05,22秒,被叫,\n" +
		"19900000311,2026-09-07 22:47:05,22秒,被叫,"
	for _, row := range []struct {
		name, log, lines, number string
		rows                     int
		more                     bool
		err                      error
	}{
		{name: "messages", log: backup, lines: "3,5-7,9", number: "19900000311", rows: 3, more: true},
		{name: "the last alone", log: strings.ReplaceAll(backup, `"19900000777"`, `"x"`), lines: "",
			number: "19900000777",
			more:   true},
		{name: "lines end as in Windows", log: strings.ReplaceAll(backup, "\n", "\r\n"), lines: "4",
			number: "19900000777",
			rows:   1, more: true},
		{name: "a list", log: list, lines: "3-4,6", number: "19900000311", rows: 2, more: true},
		{name: "all on one line", log: strings.ReplaceAll(backup, "\n", ""), number: "19900000311", rows: 3, more: true,
			err: ErrNoLines},
	} {
		t.Run(row.name, func(t *testing.T) {
			x, err := Extract(strings.NewReader(row.log), int64(len(row.log)), "log",
				func(r Row) bool { return r.Incident.Number == row.number })
			if !errors.Is(err, row.err) || x.Rows != row.rows || x.More != row.more {
				t.Fatalf("%d rows, more %v, %v", x.Rows, x.More, err)
			}
			if err != nil {
				return
			}
			if x.Lines != row.lines || string(x.Data) != linesOf(row.log, row.lines) {
				t.Errorf("lines %s, want %s:\n%s", x.Lines, row.lines, x.Data)
			}
		})
	}
}

// linesOf is what sed -n prints of lines.
func linesOf(s, lines string) string {
	var out strings.Builder
	all := strings.SplitAfter(s, "\n")
	for _, span := range strings.Split(lines, ",") {
		if span == "" {
			continue
		}
		first, last, more := strings.Cut(span, "-")
		if !more {
			last = first
		}
		for n := int(first[0] - '0'); n <= int(last[0]-'0'); n++ {
			out.WriteString(all[n-1])
		}
	}
	return out.String()
}

// Of a table in sheets, whatever kind of file holds it, the wanted rows are
// taken as text that opens anywhere, each with its sheet and row before it.
func TestExtractOfSheets(t *testing.T) {
	page := `<html><body><table><tr><th>对方号码</th><th>起始时间</th><th>通信时长</th><th>呼叫类型</th></tr>` +
		`<tr><td>19900000311</td><td>2026-09-05 22:47:05</td><td>22秒</td><td>被叫</td></tr>` +
		`<tr><td>13800138000</td><td>2026-09-06 22:47:05</td><td>22秒</td><td>被叫</td></tr></table></body></html>`
	for _, name := range []string{"list.xls", "few.ods", "few.xml", "page.html"} {
		t.Run(name, func(t *testing.T) {
			data := []byte(page)
			if name != "page.html" {
				var err error
				if data, err = os.ReadFile("testdata/" + name); err != nil {
					t.Fatal(err)
				}
			}
			var rows []Row
			if _, err := Read(bytes.NewReader(data), int64(len(data)), name, func(r Row) error {
				rows = append(rows, r)
				return nil
			}); err != nil || len(rows) < 2 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			first := rows[0]
			x, err := Extract(bytes.NewReader(data), int64(len(data)), name,
				func(r Row) bool { return r.Sheet == first.Sheet && r.Line == first.Line })
			place := fmt.Sprintf("%d!%d", first.Sheet, first.Line)
			if err != nil || x.Rows != 1 || !x.More || x.Lines != place || x.MediaType != "text/csv" ||
				x.Extension != ".csv" {
				t.Fatalf("%d rows of %s, more %v, %s %s, %v", x.Rows, x.Lines, x.More, x.MediaType, x.Extension, err)
			}
			cells, err := csv.NewReader(bytes.NewReader(x.Data)).ReadAll()
			if err != nil || len(cells) != 1 || cells[0][0] != place ||
				cells[0][1] != first.Incident.Time.At.In(evidence.Beijing).Format(time.DateTime) ||
				!strings.Contains(string(x.Data), first.Incident.Number) {
				t.Errorf("%v, %v: want the row %s of %s", cells, err, place, first.Incident.Number)
			}
		})
	}
}
