package ask

import (
	"slices"
	"testing"

	"juzheng/evidence"
)

// What was said of a number is kept as it was said: who answers that it is the bank
// has called it no collector, and its acts are looked at all the same.
func TestWhoANumberIsIsKeptAsSaid(t *testing.T) {
	for value, want := range map[string]evidence.Side{"collector": evidence.CollectorSide,
		"platform": evidence.PlatformSide, "lender": evidence.LenderSide, "service": evidence.OtherSide,
		"family": evidence.OtherSide} {
		rows := []evidence.Incident{sms("T001", "09-21 23:00", stranger, "您的贷款逾期，今天必须还款")}
		q := of(List(look(Record{Case: kase(), Incidents: rows})), Caller)[0]
		edits, err := q.Edits(value)
		if err != nil || len(edits) == 0 || edits[0].Value != string(want) {
			t.Errorf("%s: %+v, %v", value, edits, err)
			continue
		}
		c := kase()
		c.Numbers = append(c.Numbers, evidence.Number{Number: stranger, Side: want})
		if got := c.SideOfWriter(rows[0]) == evidence.CollectorSide; got != want.Collecting() ||
			c.SaidOf(rows[0]) != want {
			t.Errorf("%s: looked at: %v, said %s", value, got, c.SaidOf(rows[0]))
		}
	}
}

// A nameless number whose recorded call came within minutes of a collector's message
// is asked about; one that is not recorded, named or far from it is not.
func TestRecordedCallBesideACollectorsMessage(t *testing.T) {
	for name, c := range map[string]struct {
		at       string
		recorded bool
		contact  string
		want     int
	}{
		"beside it":    {"09-21 09:10", true, "", 1},
		"not recorded": {"09-21 09:10", false, "", 0},
		"a contact":    {"09-21 09:10", true, "王姐", 0},
		"hours before": {"09-21 14:10", true, "", 0},
	} {
		i := call("T001", c.at, stranger, evidence.ReachedSelf)
		i.Name, i.Exhibits = c.contact, []string{"E001", "E007"}
		r := Record{Case: kase(), Incidents: []evidence.Incident{i, sms("T002", "09-21 09:15", collector, "请尽快还款")}}
		if c.recorded {
			r.Exhibits = []evidence.Exhibit{{Number: "E007", Kind: evidence.Recording}}
		}
		if got := of(List(look(r)), Caller); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Landlines without a name that were answered in the days of the matter are asked about in
// one question: of which there is a recording, or with which a day has one call too many.
// No other is.
func TestLandlines(t *testing.T) {
	recording := evidence.Exhibit{Number: "E009", Kind: evidence.Recording}
	taped := func(i evidence.Incident) evidence.Incident {
		i.Exhibits = append(slices.Clone(i.Exhibits), recording.Number)
		return i
	}
	theirs := []evidence.Incident{call("T001", "09-03 10:00", collector, evidence.ReachedSelf),
		call("T002", "09-03 12:00", collector, evidence.ReachedSelf),
		call("T003", "09-08 12:00", collector, evidence.ReachedSelf)}
	unanswered := call("T010", "09-05 15:00", "02100000105", evidence.ReachedSelf)
	unanswered.Answered, unanswered.Seconds = evidence.No, 0
	named := taped(call("T011", "09-05 15:00", "02100000106", evidence.ReachedSelf))
	named.Name = "社区医院"
	rows := append(slices.Clone(theirs),
		taped(call("T004", "09-05 15:00", "057100000101", evidence.ReachedSelf)), // two days from their acts
		call("T005", "09-03 15:00", "02100000102", evidence.ReachedSelf),         // with the next the fourth
		call("T006", "09-03 16:00", "01000000103", evidence.ReachedSelf),
		call("T007", "09-08 16:00", "02100000104", evidence.ReachedSelf),        // the second of its day
		taped(call("T008", "09-20 16:00", "02100000107", evidence.ReachedSelf)), // long after
		taped(call("T009", "09-05 16:00", "4000000001", evidence.ReachedSelf)),
		unanswered, named, taped(call("T012", "09-05 18:00", stranger, evidence.ReachedSelf)))
	q := of(List(look(Record{Case: kase(), Incidents: rows, Exhibits: []evidence.Exhibit{recording}})), Caller)
	if len(q) != 1 || !slices.Equal(q[0].About.Numbers, []string{"01000000103", "02100000102", "057100000101"}) ||
		q[0].Parts != 3 {
		t.Fatalf("asks %+v", q)
	}
	edits, err := q[0].Edits("some:1,3")
	if want := "01000000103=collector; 02100000102=other; 057100000101=collector"; err != nil ||
		shown(edits) != want {
		t.Errorf("%s, %v", shown(edits), err)
	}
	alone := Record{Case: kase(), Incidents: rows[3:], Exhibits: []evidence.Exhibit{recording}}
	if q := of(List(look(alone)), Caller); len(q) > 0 {
		t.Errorf("asks without an act of the collector's: %+v", q)
	}
}
