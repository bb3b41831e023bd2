package ask

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// Two rows that may be one call are asked about wherever that changes what can be told:
// too many a day, a call at night, one that a finding has. Else it is not asked.
func TestSameIsAskedWhereItDecides(t *testing.T) {
	pair := func(a, b string, rules ...string) int {
		r := Record{Case: kase(), Incidents: []evidence.Incident{call("T001", a, collector, evidence.ReachedSelf),
			call("T002", b, collector, evidence.ReachedSelf)},
			Offers: []device.Offer{{Kind: device.OfferSame, Number: collector, Incidents: []string{"T001", "T002"}}}}
		for _, rule := range rules {
			r.Report.Findings = append(r.Report.Findings, evidence.Finding{Rule: rule, Strength: evidence.Shown,
				Incidents: r.Incidents[1:]})
		}
		return len(of(List(r), Same))
	}
	for _, c := range []struct {
		name, a, b string
		rules      []string
		want       int
	}{
		{"by day, of no finding", "09-03 10:00", "09-03 10:02", nil, 0},
		{"the one at night", "09-03 21:59", "09-03 22:01", nil, 1},
		{"one of a finding", "09-03 10:00", "09-03 10:02", []string{"V06"}, 1},
	} {
		if got := pair(c.a, c.b, c.rules...); got != c.want {
			t.Errorf("%s: asked %d, want %d", c.name, got, c.want)
		}
	}
}
