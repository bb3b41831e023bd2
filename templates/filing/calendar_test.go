package filing

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"juzheng/evidence"
)

// Another program's reader finds in a calendar what was put in: whole days, alarms,
// and under one id in a later calendar the day that takes the earlier one's place,
// or takes it out.
func TestCalendarAsAnotherReadsIt(t *testing.T) {
	on := func(s string) time.Time {
		d, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	first := []Event{
		{Day: on("2026-11-17"), Title: "样例银行：处理消费投诉并告知结果；一,二", Text: "15日\n从提交的次日算"},
		{Day: on("2026-12-31"), Title: "协会：初步审核并转送"},
	}
	later := slices.Clone(first)
	later[0].Day, later[0].Text = on("2026-11-20"), "补交了材料"
	later[1].Cancelled = true
	made := on("2026-11-02").Add(9 * time.Hour)
	a := readCalendar(t, ICS("case", first, made))
	b := readCalendar(t, ICS("case", later, made.Add(time.Minute)))
	if len(a) != 2 || len(b) != 2 {
		t.Fatalf("%d and %d events are read", len(a), len(b))
	}
	for n := range first {
		was, is := a[n], b[n]
		if value(was, ics.ComponentPropertyUniqueId) != value(is, ics.ComponentPropertyUniqueId) ||
			value(was, ics.ComponentPropertyUniqueId) == value(a[1-n], ics.ComponentPropertyUniqueId) {
			t.Errorf("event %d: ids %s and %s", n, was.Id(), is.Id())
		}
		if number(t, is) <= number(t, was) {
			t.Errorf("event %d: the sequence goes from %d to %d", n, number(t, was), number(t, is))
		}
		if got := value(was, ics.ComponentPropertySummary); got != first[n].Title {
			t.Errorf("event %d: %q, want %q", n, got, first[n].Title)
		}
		if got := value(was, ics.ComponentPropertyDescription); got != first[n].Text {
			t.Errorf("event %d: %q, want %q", n, got, first[n].Text)
		}
		from, err1 := was.GetAllDayStartAt()
		to, err2 := was.GetAllDayEndAt()
		if err1 != nil || err2 != nil || from.Format(time.DateOnly) != first[n].Day.Format(time.DateOnly) ||
			to.Format(time.DateOnly) != first[n].Day.AddDate(0, 0, 1).Format(time.DateOnly) {
			t.Errorf("event %d: from %v to %v (%v, %v)", n, from, to, err1, err2)
		}
		alarms := was.Alarms()
		if len(alarms) != 1 || alarms[0].GetProperty(ics.ComponentPropertyTrigger).Value != "-PT15H" {
			t.Errorf("event %d: alarms %v", n, alarms)
		}
	}
	if from, err := b[0].GetAllDayStartAt(); err != nil || from.Format(time.DateOnly) != "2026-11-20" {
		t.Errorf("the later day: %v (%v)", from, err)
	}
	if got := value(b[1], ics.ComponentPropertyStatus); got != "CANCELLED" || len(b[1].Alarms()) != 0 {
		t.Errorf("what is over: %q with %d alarms", got, len(b[1].Alarms()))
	}
}

// A due day has its reminders at nine, each some days before, and its id follows from its
// key: a lender's new name or another day moves it and makes no second one. The lines are
// those that RFC 5545, 3.1, allows.
func TestCalendarOfDueDays(t *testing.T) {
	day := time.Date(2026, 12, 5, 0, 0, 0, 0, evidence.Beijing)
	made := time.Date(2026, 11, 30, 9, 0, 0, 0, evidence.Beijing)
	e := Event{Day: day, Key: "debt D01", Remind: []int{7, 3, 1},
		Title: "还款日：" + strings.Repeat("一个名称很长的消费金融有限公司", 4), Text: "应还 1600 元; 逗号, 反斜线\\"}
	moved := e
	moved.Day, moved.Title = day.AddDate(0, 1, 0), "还款日：改了名的公司"
	first := ICS("case", []Event{e, {Day: day, Title: e.Title, Key: "debt D02"}}, made)
	a, b := readCalendar(t, first), readCalendar(t, ICS("case", []Event{moved}, made.Add(time.Hour)))
	if a[0].Id() != b[0].Id() || a[0].Id() == a[1].Id() || number(t, b[0]) <= number(t, a[0]) {
		t.Errorf("ids %s, %s and %s", a[0].Id(), a[1].Id(), b[0].Id())
	}
	if got := value(a[0], ics.ComponentPropertyDescription); got != e.Text {
		t.Errorf("%q, want %q", got, e.Text)
	}
	var before []time.Duration
	for _, alarm := range a[0].Alarms() {
		trigger := alarm.GetProperty(ics.ComponentPropertyTrigger).Value
		at, ok := map[string]time.Duration{"-P6DT15H": 159 * time.Hour, "-P2DT15H": 63 * time.Hour,
			"-PT15H": 15 * time.Hour}[trigger]
		if !ok || day.Add(-at).Hour() != 9 || alarm.GetProperty(ics.ComponentPropertyAction).Value != "DISPLAY" {
			t.Errorf("trigger %s", trigger)
		}
		before = append(before, at)
	}
	if len(before) != 3 {
		t.Errorf("%d reminders", len(before))
	}
	for n, line := range strings.Split(strings.TrimSuffix(string(first), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("line %d has %d octets: %q", n+1, len(line), line)
		}
	}
	if stamp := value(a[0], ics.ComponentPropertyDtstamp); stamp != "20261130T010000Z" {
		t.Errorf("stamp %s", stamp)
	}
}

func readCalendar(t *testing.T, data []byte) []*ics.VEvent {
	t.Helper()
	c, err := ics.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return c.Events()
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if got := e.GetProperty(p); got != nil {
		return got.Value
	}
	return ""
}

func number(t *testing.T, e *ics.VEvent) int {
	t.Helper()
	n, err := strconv.ParseInt(value(e, ics.ComponentPropertySequence), 10, 32) // calendars keep it in 32 bits
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}
