package ask

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// What a service number's wordless calls were for is asked of all together, where one was
// at night or a day has many, and they collect only by the person's word.
func TestHotlineIsAsked(t *testing.T) {
	const hotline = "95399"
	c := kase()
	c.Numbers = append(c.Numbers, evidence.Number{Number: hotline, Side: evidence.LenderSide})
	at := func(id, when string) evidence.Incident { return call(id, when, hotline, evidence.ReachedSelf) }
	asked := func(rows ...evidence.Incident) Record {
		r := Record{Case: c, Incidents: rows}
		for _, i := range rows {
			r.Report.Doubts = append(r.Report.Doubts, evidence.Doubt{Code: evidence.ServiceCall, Incident: i.ID,
				About: evidence.AboutRow})
		}
		return look(r)
	}
	many := func(n int) (rows []evidence.Incident) {
		for k := range n {
			rows = append(rows, at(fmt.Sprintf("T%03d", k+1), fmt.Sprintf("09-03 %d:00", 9+k)))
		}
		return rows
	}
	for _, x := range []struct {
		name string
		rows []evidence.Incident
		want int
	}{
		{"by day, few", many(3), 0},
		{"one at night", []evidence.Incident{at("T001", "09-03 10:00"), at("T002", "09-04 23:10")}, 1},
		{"many on a day", many(4), 1},
	} {
		list := of(List(asked(x.rows...)), Role)
		if len(list) != x.want || x.want > 0 && len(list[0].About.Incidents) != len(x.rows) {
			t.Fatalf("%s: %v", x.name, list)
		}
	}
	r := asked(at("T001", "09-04 23:10"))
	for _, f := range r.Report.Findings {
		if f.Strength != evidence.Review {
			t.Errorf("asserted before it is answered: %s %s", f.Rule, f.Strength)
		}
	}
	q := of(List(r), Role)[0]
	for value, want := range map[string]string{yes: "T001 role=collecting", no: "T001 role=other"} {
		if edits, err := q.Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s %v", value, shown(edits), err)
		}
	}
}
