package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A contact is asked for the core of their complaint, once each: who called, that
// another's debt was spoken of, and their own refusal, with what came after it.
func TestContactIsAsked(t *testing.T) {
	contact := kase()
	contact.Complainant.Kind = evidence.Contact
	unknown := call("T001", "09-03 10:00", collector, evidence.ReachedSelf)
	unknown.Direction = evidence.DirectionUnknown
	debt := sms("T002", "09-03 10:20", collector, "你同事林晓安欠款15800元，让她赶紧还")
	refusal := sms("T003", "09-03 10:25", collector, "请不要再给我打电话发短信！")
	refusal.Direction = evidence.Out
	after := call("T004", "09-03 15:05", collector, evidence.ReachedSelf)
	after.Disclosed = evidence.No
	other := sms("T005", "09-03 16:00", "13900000009", "林晓安欠款15800元")
	polite := sms("T006", "09-03 10:26", collector, "请给我打电话")
	polite.Direction = evidence.Out
	all := []evidence.Incident{unknown, debt, refusal, after, other, polite}
	for _, c := range []struct {
		kind    Kind
		value   string
		about   string
		changes string
	}{
		{Direction, "in", "T001", "T001 direction=in"},
		{Direction, "out", "T001", "T001 direction=out"},
		{Disclosed, "yes", "T002", "T002 disclosed debt=yes"},
		{Disclosed, "no", "T002", "T002 disclosed debt=no"},
		{Refused, "yes", "T003", "T003 asserted kinds=V03a; T004 refused contact before=yes"},
		{Refused, "no", "T003", "T003 asserted kinds=非V03a"},
	} {
		list := of(List(look(Record{Case: contact, Incidents: all})), c.kind)
		if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != c.about {
			t.Fatalf("%s: asks %v", c.kind, list)
		}
		edits, err := list[0].Edits(c.value)
		if err != nil || shown(edits) != c.changes {
			t.Errorf("%s %s: %s (%v), want %s", c.kind, c.value, shown(edits), err, c.changes)
		}
	}
	for _, q := range List(look(Record{Case: kase(), Incidents: all})) {
		if q.Kind == Refused || q.Kind == Direction || q.Kind == Disclosed {
			t.Errorf("a borrower is asked %s", q.Text.ZH)
		}
	}
}
