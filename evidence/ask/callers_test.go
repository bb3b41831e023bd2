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
