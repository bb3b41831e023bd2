package ask

import (
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
		i := call("T001", c.at, "057100000188", evidence.ReachedSelf)
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
