package filing

import (
	"bytes"
	"slices"
	"strconv"
	"testing"
	"time"

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
