package ask

import (
	"testing"

	"juzheng/evidence"
)

// A recording whose name has a number and no time is asked about with the one call it can be
// of; where there are two, or another recording shows it, or the day or the length differ, it
// is asked what it is, as others are.
func TestRecordingOfTheOneCall(t *testing.T) {
	logged := func(id, when string, seconds int, exhibits ...string) evidence.Incident {
		i := call(id, when, collector, evidence.ReachedSelf)
		i.Seconds, i.Exhibits, i.Source = seconds, append([]string{"E001"}, exhibits...), "E001:3"
		return i
	}
	day := logged("T001", "09-12 10:00", 95)
	for _, c := range []struct {
		what    string
		name    string
		seconds float64
		rows    []evidence.Incident
		want    bool
	}{
		{"the one call", "通话录音.m4a", 94, []evidence.Incident{day}, true},
		{"of the day in its name", "通话录音_0912.m4a", 94,
			[]evidence.Incident{day, logged("T002", "09-13 10:00", 95)}, true},
		{"another day in its name", "通话录音_0911.m4a", 94, []evidence.Incident{day}, false},
		{"two calls", "通话录音.m4a", 94, []evidence.Incident{day, logged("T002", "09-13 10:00", 95)}, false},
		{"another length", "通话录音.m4a", 60, []evidence.Incident{day}, false},
		{"longer than the call", "通话录音.m4a", 99, []evidence.Incident{day}, false},
		{"another recording", "通话录音.m4a", 94, []evidence.Incident{logged("T001", "09-12 10:00", 95, "E002")}, false},
	} {
		x := evidence.Exhibit{Number: "E003", Kind: evidence.Recording, OriginalName: c.name,
			Media: evidence.Media{Seconds: c.seconds, Number: collector}}
		r := Record{Case: kase(), Incidents: c.rows, Unplaced: []evidence.Exhibit{x},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog},
				{Number: "E002", Kind: evidence.Recording}, x}}
		same := of(List(look(r)), Same)
		if (len(same) == 1) != c.want || len(of(List(look(r)), SourceRow)) == 1 == c.want {
			t.Errorf("%s: %+v", c.what, List(look(r)))
			continue
		}
		if !c.want {
			continue
		}
		if edits, err := same[0].Edits(yes); err != nil || shown(edits) != "T001 exhibits=E001 E003" {
			t.Errorf("%s: %s, %v", c.what, shown(edits), err)
		}
		r.Given = []Given{given(same[0], no)}
		if list := List(look(r)); len(of(list, Same)) != 0 || len(of(list, SourceRow)) != 1 {
			t.Errorf("%s, and no: %+v", c.what, list)
		}
	}
}
