package device_test

import (
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// Two lists of a carrier may give one call some seconds apart: nobody is in two calls
// with one number at a time. What ended before the other began is another call.
func TestOneCallInTwoLists(t *testing.T) {
	for _, c := range []struct {
		name       string
		late       time.Duration
		first, two int // seconds
		number     string
		exhibit    string
		want       int
	}{
		{"two seconds later", 2 * time.Second, 40, 40, "16500000311", "E002", 1},
		{"a second longer too", 3 * time.Second, 40, 41, "16500000311", "E002", 1},
		{"shorter than they differ by", 3 * time.Second, 2, 2, "16500000311", "E002", 1},
		{"begun in the first one's last second", 39 * time.Second, 40, 40, "16500000311", "E002", 1},
		{"begun when the first had ended", 40 * time.Second, 40, 40, "16500000311", "E002", 2},
		{"of another length", 2 * time.Second, 40, 90, "16500000311", "E002", 2},
		{"another number", 2 * time.Second, 40, 40, "16500000312", "E002", 2},
		{"two lines of one list", 2 * time.Second, 40, 40, "16500000311", "E001", 2},
		{"not connected", 2 * time.Second, 0, 0, "16500000311", "E002", 2},
	} {
		at := time.Date(2026, 9, 5, 14, 0, 0, 0, evidence.Beijing)
		one := evidence.Incident{ID: "T001", Kind: evidence.Call, Number: "16500000311", Direction: evidence.In,
			Seconds: c.first, Time: evidence.Time{At: at, Precision: evidence.ToSecond, Source: "carrier"},
			Exhibits: []string{"E001"}, Source: "E001:2"}
		two := one
		two.ID, two.Exhibits, two.Source = "T002", []string{c.exhibit}, c.exhibit+":3"
		two.Number, two.Seconds, two.Time.At = c.number, c.two, at.Add(c.late)
		if got, _ := device.Fold([]evidence.Incident{one, two}, nil, nil); len(got) != c.want {
			t.Errorf("%s: %d calls when read, not %d", c.name, len(got), c.want)
		}
		if got, _ := device.Join([]evidence.Incident{one, two}, nil, nil); len(got) != c.want {
			t.Errorf("%s: %d calls when added, not %d", c.name, len(got), c.want)
		}
	}
}
