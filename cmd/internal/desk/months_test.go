package desk

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// A month wants a carrier's list for calls that such a list has: not for what nobody
// answered, not for other matters, not for days that a list covers.
func TestMonthsWithoutAList(t *testing.T) {
	call := func(id string, month time.Month, says evidence.CarrierSays, answered evidence.Answer) evidence.Incident {
		return evidence.Incident{ID: id, Kind: evidence.Call, Use: evidence.Yes, Answered: answered,
			Time:    evidence.Time{At: time.Date(2026, month, 5, 9, 0, 0, 0, evidence.Beijing)},
			Carrier: evidence.Confirmation{Says: says}}
	}
	other := call("T006", 8, evidence.CarrierNotThatDay, evidence.Yes)
	other.Use = evidence.No
	fathers := call("T007", 6, evidence.CarrierNotThatDay, evidence.Yes) // his carrier lists it
	fathers.Reached = evidence.ReachedFamily
	got := ""
	for _, m := range uncovered(Dossier{Incidents: []evidence.Incident{
		call("T001", 10, evidence.CarrierNotThatDay, evidence.Yes), call("T002", 9, evidence.CarrierNotThatDay, evidence.Yes),
		call("T003", 10, evidence.CarrierNotThatDay, evidence.Unknown),
		call("T004", 11, evidence.CarrierNotThatDay, evidence.No),
		call("T005", 7, evidence.CarrierHasNot, evidence.Yes), other, fathers,
	}}) {
		got += m.Month + " " + strings.Join(m.Incidents, ",") + "; "
	}
	if want := "2026-09 T002; 2026-10 T001,T003; "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
