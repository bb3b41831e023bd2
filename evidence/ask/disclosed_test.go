package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Whoever cannot say it of all calls to others is asked of each alone, and of no bundle once
// more, be they of several people.
func TestCallsToOthersFallApartAtOnce(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		call("T001", "11-05 12:10", collector, evidence.ReachedFamily),
		call("T002", "11-06 12:31", collector, evidence.ReachedFamily),
		call("T003", "11-07 12:31", collector, evidence.ReachedFamily),
		call("T004", "11-07 18:02", collector, evidence.ReachedWorkplace)}}
	list := of(List(look(r)), Disclosed)
	if len(list) != 1 || len(list[0].About.Incidents) != 4 {
		t.Fatalf("%+v", list)
	}
	r.Given = append(r.Given, given(list[0], apart))
	var got []string
	for _, q := range of(List(look(r)), Disclosed) {
		got = append(got, strings.Join(q.About.Incidents, " "))
	}
	if strings.Join(got, "; ") != "T001; T002; T003; T004" {
		t.Errorf("asked in parts: %q", got)
	}
}

// Words of a call to somebody else that the person wrote down by ear, and that tell the debt,
// say that it was told: nobody is asked whether it was.
func TestHeardWordsTellTheDebt(t *testing.T) {
	for _, c := range []struct {
		reached evidence.Reached
		words   string
		told    bool
	}{
		{evidence.ReachedFamily, "你女儿欠飞羽借八千六百四十二块钱，你让她赶紧还", true},
		{evidence.ReachedFamily, "叫你女儿给我回个电话", false},
		{evidence.ReachedSelf, "你欠飞羽借八千六百四十二块钱", false},
	} {
		i := call("T001", "11-05 12:10", collector, c.reached)
		r := Record{Case: kase(), Incidents: []evidence.Incident{i},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}}}
		first := of(List(look(r)), Heard)
		if len(first) != 1 {
			t.Fatalf("%+v", first)
		}
		r.Given = append(r.Given, given(first[0], yes))
		words := of(List(look(r)), Heard)
		if len(words) != 1 || !words[0].Free {
			t.Fatalf("%+v", words)
		}
		edits, err := words[0].Edits(words[0].With(c.words, nil))
		if got := strings.Contains(shown(edits), "disclosed debt=yes"); err != nil || got != c.told {
			t.Errorf("%s to %s: %s, %v", c.words, c.reached, shown(edits), err)
		}
	}
}
