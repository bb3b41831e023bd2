package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// An act that no file has is written down on the page, put right and taken out; what is wrong
// in its form is said beside the field, and what was typed stays. What a file has is not
// changed by it: of that one says what one knows.
func TestActsAreWrittenAndMended(t *testing.T) {
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	c := serve(t, kase, nil).enter(t)
	base := strings.TrimSuffix(c.begin, "/found") + "/timeline"
	send := func(act string, form url.Values) (int, string) {
		return c.do("POST", base+"/"+act, strings.NewReader(form.Encode()), nil)
	}
	rows := func() map[string]evidence.Incident {
		d, _ := testDesk()
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]evidence.Incident{}
		for _, i := range x.Incidents {
			out[i.ID] = i
		}
		return out
	}
	wrong := url.Values{"kind": {"visit"}, "time": {"那天晚上"}, "words": {"两个人到门口"}}
	if status, body := send("add", wrong); status != http.StatusUnprocessableEntity ||
		!strings.Contains(body, `aria-invalid="true"`) || !strings.Contains(body, "两个人到门口") {
		t.Errorf("a time that is none: %d", status)
	}
	if status, _ := send("add", url.Values{"words": {"两个人到门口"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("an act of no kind: %d", status)
	}
	visit := url.Values{"kind": {"visit"}, "time": {"2026年9月15日20:31"}, "words": {"两个人到门口，说天天来"}, "kinds": {"V06"}}
	for range 2 { // a second press writes nothing
		if status, body := send("add", visit); status != http.StatusSeeOther {
			t.Fatalf("%d %s", status, body)
		}
	}
	i, own := rows()["T002"], len(rows())
	if own != 2 || i.Kind != evidence.Visit || i.Made() || i.Use != evidence.Yes || i.Words != "两个人到门口，说天天来" ||
		evidence.FormatTime(i.Time) != "2026-09-15 20:31" || fmt.Sprint(i.Asserted) != "[V06]" {
		t.Fatalf("%d rows, %+v", own, i)
	}
	say := func(row, column, value string) (int, string) {
		return send("row", url.Values{"row": {row}, "column": {column}, "value": {value}})
	}
	if status, body := say("T002", ask.TimeColumn, "前天"); status != http.StatusUnprocessableEntity ||
		!strings.Contains(body, "2026-09-08 19:30") {
		t.Errorf("a time that is none: %d", status)
	}
	for _, s := range [][3]string{{"T002", ask.TimeColumn, "2026-09-14 20:31"}, {"T002", ask.KindsColumn, "no"},
		{"T001", ask.UseColumn, "no"}, {"T001", ask.WordsColumn, "这是我的\n话"}} {
		if status, body := say(s[0], s[1], s[2]); status != http.StatusSeeOther {
			t.Fatalf("%v: %d %s", s, status, body)
		}
	}
	now := rows()
	if i := now["T002"]; evidence.FormatTime(i.Time) != "2026-09-14 20:31" || len(i.Asserted) != 0 {
		t.Errorf("%+v", i)
	}
	if i := now["T001"]; i.Use != evidence.No || i.Words != "这是我的 话" {
		t.Errorf("%+v", i)
	}
	if status, _ := say("T001", ask.TimeColumn, "2026-09-14 20:31"); status < 400 {
		t.Errorf("the time that a file has was changed: %d", status)
	}
	if status, _ := send("remove", url.Values{"row": {"T001"}}); status < 400 {
		t.Errorf("a row of a file was taken out: %d", status)
	}
	if status, body := send("remove", url.Values{"row": {"T002"}}); status != http.StatusSeeOther || len(rows()) != 1 {
		t.Errorf("%d %s", status, body)
	}
	d, _ := testDesk()
	if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil || len(rows()) != 2 {
		t.Errorf("taking it out cannot be taken back: %v", err)
	}
}

// What a file has is said to have been otherwise: the file and its row stay, the row counts
// no more, and in its place the person's own is written, without an exhibit, with their
// reason and with what the file has. It is taken back as one.
func TestActIsRestated(t *testing.T) {
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	c := serve(t, kase, nil).enter(t)
	base := strings.TrimSuffix(c.begin, "/found") + "/timeline"
	say := func(row, column, value, why string) (int, string) {
		form := url.Values{"row": {row}, "column": {column}, "r-value": {value}, "r-why": {why}}
		return c.do("POST", base+"/restate", strings.NewReader(form.Encode()), nil)
	}
	d, _ := testDesk()
	rows := func() map[string]evidence.Incident {
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]evidence.Incident{}
		for _, i := range x.Incidents {
			out[i.ID] = i
		}
		return out
	}
	was := rows()["T001"]
	for _, wrong := range [][3]string{{"time", "那天晚上", "我记得"}, {"time", "2026-09-08 23:10", ""},
		{"number", "", "我记得"}} {
		if status, body := say("T001", wrong[0], wrong[1], wrong[2]); status != http.StatusUnprocessableEntity ||
			!strings.Contains(body, `aria-invalid="true"`) || !strings.Contains(body, wrong[1]) {
			t.Errorf("%q: %d", wrong, status)
		}
	}
	if status, _ := say("T001", "exhibits", "E001", "我记得"); status < 400 {
		t.Errorf("exhibits were changed: %d", status)
	}
	if now := rows(); len(now) != 1 || now["T001"].Use != was.Use {
		t.Fatalf("a mistake changed something: %+v", now)
	}
	if status, body := say("T001", "time", "2026-09-08 23:10", "那天我的手机钟不准"); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, body)
	}
	now := rows()
	file, own := now["T001"], now["T002"]
	if file.Use != evidence.No || file.Shown != was.Shown || !file.Time.At.Equal(was.Time.At) ||
		file.Source != was.Source {
		t.Errorf("the row of the file: %+v", file)
	}
	want := "那天我的手机钟不准（材料里的时间是“" + evidence.FormatTime(was.Time) + "”）"
	if own.Made() || len(own.From()) > 0 || own.Shown != "" || own.Words != want || own.Number != was.Number ||
		evidence.FormatTime(own.Time) != "2026-09-08 23:10" || own.Use != evidence.Yes {
		t.Errorf("their own row: %+v", own)
	}
	// of their own the cell is changed, and no reason is asked
	if status, body := say("T002", "number", "19900000312", ""); status != http.StatusSeeOther {
		t.Errorf("%d %s", status, body)
	}
	if i := rows()["T002"]; i.Number != "19900000312" || i.Words != want {
		t.Errorf("%+v", i)
	}
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range x.Report.Findings {
		if f.Strength == evidence.Shown {
			t.Errorf("shown by a file: %+v", f)
		}
	}
	for range 2 {
		if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
			t.Fatal(err)
		}
	}
	if now := rows(); len(now) != 1 || now["T001"].Use != was.Use {
		t.Errorf("taken back: %+v", now)
	}
}

// Acts stand on pages; those of the matter are shown first, and all on demand.
func TestPagesOfActs(t *testing.T) {
	x := desk.Dossier{Case: evidence.Case{Numbers: []evidence.Number{{Number: "19900000311",
		Side: evidence.CollectorSide}}}}
	for n := range 120 {
		i := evidence.Incident{ID: fmt.Sprintf("T%03d", n+1), Kind: evidence.Call, Source: "E001:1", Number: "19900000311"}
		if n%2 > 0 {
			i.Number = "19900000999"
		}
		x.Incidents = append(x.Incidents, i)
	}
	for _, c := range []struct {
		every         bool
		from          int
		first, to, of int
		before, after bool
	}{{false, 0, 1, 50, 60, false, true}, {false, 50, 51, 60, 60, true, false}, {true, 51, 51, 100, 120, true, true},
		{true, 9999, 101, 120, 120, true, false}, {false, -3, 1, 50, 60, false, true}} {
		v := timelineOf(x, c.every, c.from, "/timeline", "zh")
		if v.From != c.first || v.To != c.to || v.All != c.of || (v.Before != "") != c.before || (v.After != "") != c.after ||
			len(v.Rows) != c.to-c.first+1 {
			t.Errorf("%+v: %d to %d of %d, %q %q", c, v.From, v.To, v.All, v.Before, v.After)
		}
	}
	if v := timelineOf(desk.Dossier{}, false, 0, "/timeline", "zh"); v.From != 0 || len(v.Rows) != 0 {
		t.Errorf("%+v", v)
	}
}
