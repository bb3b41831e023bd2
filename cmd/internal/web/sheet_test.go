package web

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// The workbook is written on the page, and what was changed in it is looked at before it is
// written into the case: that, and nothing that changed meanwhile.
func TestWorkbookOnThePage(t *testing.T) {
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	c := serve(t, kase, nil).enter(t)
	at := strings.TrimSuffix(c.begin, "/found") + "/sheet"
	send := func(act, stamp string) int {
		status, _ := c.do("POST", at+"/"+act, strings.NewReader(url.Values{"stamp": {stamp}}.Encode()), nil)
		return status
	}
	shows := func(want string) string {
		t.Helper()
		_, body := c.do("GET", at, nil, nil)
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
		return body
	}
	shows("/sheet/make")
	if status := send("make", ""); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	shows("没有要写进案件的改动")
	write := func(from, to string) {
		t.Helper()
		book, err := excelize.OpenFile(filepath.Join(kase, desk.SheetName))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		n := 0
		for _, sheet := range book.GetSheetList() {
			rows, err := book.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				for x, cell := range row {
					if cell == from {
						name, _ := excelize.CoordinatesToCellName(x+1, y+1)
						book.SetCellStr(sheet, name, to)
						n++
					}
				}
			}
		}
		if err := book.Save(); err != nil || n != 1 {
			t.Fatalf("%d cells say %s: %v", n, from, err)
		}
	}
	write("极融", "极融借")
	stamp := func(body string) string {
		_, after, _ := strings.Cut(body, `name="stamp" value="`)
		before, _, _ := strings.Cut(after, `"`)
		return before
	}
	looked := stamp(shows("→ 极融借"))
	write("极融借", "极融贷")
	if status := send("apply", looked); status != http.StatusUnprocessableEntity {
		t.Errorf("what nobody looked at was written: %d", status)
	}
	if status := send("apply", stamp(shows("→ 极融贷"))); status != http.StatusSeeOther {
		t.Error(status)
	}
	d, _ := testDesk()
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil || x.Case.Platform.Brand != "极融贷" {
		t.Errorf("%+v %v", x.Case.Platform, err)
	}
	shows("没有要写进案件的改动")
}

// A day that has too many calls is drawn: those that count, and others of the same number.
func TestDayOfCallsIsDrawn(t *testing.T) {
	call := func(id, at, number string) evidence.Incident {
		when, ok := evidence.ParseTime("2026-10-25 " + at)
		if !ok {
			t.Fatal(at)
		}
		return evidence.Incident{ID: id, Kind: evidence.Call, Direction: evidence.In, Number: number, Time: when}
	}
	rows := []evidence.Incident{call("T1", "09:15", "1"), call("T2", "23:30", "1"), call("T3", "10:00", "1"),
		call("T4", "11:00", "2"), call("T5", "12:00", "1")}
	counted := []evidence.Incident{rows[1], rows[0]}
	counted[0].Also = []string{"T5"} // one call with it
	f := evidence.Finding{Incidents: counted, Counts: []evidence.Count{
		{Day: "2026-10-24", N: 1, Incidents: []string{"T9"}},
		{Day: "2026-10-25", N: 2, Incidents: []string{"T1", "T2"}}, {Day: "整个10月", N: 9}}}
	got := stripsOf(f, rows, "zh")
	if len(got) != 1 || got[0].On != "M370 4V36M940 4V36" || got[0].Off != "M400 24V36" ||
		got[0].Times != "2026年10月25日，计入的：09:15、23:30。不计的：10:00。" {
		t.Errorf("%+v", got)
	}
}
