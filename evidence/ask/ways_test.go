package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A recording named by number and time alone does not tell who called: that is asked where a
// finding waits for it or its day would have too many, and of nobody else's phone here.
func TestWhoCalledIsAsked(t *testing.T) {
	open := call("T001", "09-03 23:10", collector, evidence.ReachedSelf)
	open.Direction, open.Source = evidence.DirectionUnknown, "E001"
	for name, c := range map[string]struct {
		change func(*Record)
		asked  bool
	}{
		"at night, and a finding waits": {func(*Record) {}, true},
		"nothing waits for it":          {func(r *Record) { r.Report.Findings = nil }, false},
		"one too many that day": {func(r *Record) {
			r.Report.Findings = nil
			for _, id := range []string{"T002", "T003", "T004"} {
				r.Incidents = append(r.Incidents, call(id, "09-03 10:0"+id[3:], collector, evidence.ReachedSelf))
			}
		}, true},
		"it is told":                      {func(r *Record) { r.Incidents[0].Direction = evidence.In }, false},
		"nobody answered":                 {func(r *Record) { r.Incidents[0].Answered = evidence.No }, false},
		"it is left out":                  {func(r *Record) { r.Incidents[0].Use = evidence.No }, false},
		"the person wrote the row":        {func(r *Record) { r.Incidents[0].Source = "person" }, false},
		"of somebody who is no collector": {func(r *Record) { r.Incidents[0].Number = "13800000009" }, false},
		"a contact complains":             {func(r *Record) { r.Case.Complainant.Kind = evidence.Contact }, false},
	} {
		r := Record{Case: kase(), Incidents: []evidence.Incident{open},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}}}
		r.Report.Findings = []evidence.Finding{{Rule: "V05", Strength: evidence.Review, Incidents: r.Incidents}}
		c.change(&r)
		asked := false
		for _, q := range of(List(r), Direction) {
			edits, err := q.Edits("in")
			asked = asked || err == nil && shown(edits) == "T001 direction=in" && strings.Contains(q.Effect.ZH, "您打过去的，不算")
		}
		if asked != c.asked {
			t.Errorf("%s: asked %v", name, asked)
		}
	}
}
