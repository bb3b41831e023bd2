package device_test

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// TestOpposed makes one call of two files that contradict each other about it, and leaves
// alone what can be two calls, or agrees.
func TestOpposed(t *testing.T) {
	start := time.Date(2026, 9, 12, 12, 30, 0, 0, evidence.Beijing)
	row := func(id, place string, late, seconds int, answered evidence.Answer) evidence.Incident {
		x, _, line := strings.Cut(place, ":")
		source := "name:huawei"
		if line {
			source = "sms-backup"
		}
		return evidence.Incident{ID: id, Kind: evidence.Call, Number: "17090001133", Answered: answered,
			Seconds: seconds, Exhibits: []string{x}, Source: place,
			Time: evidence.Time{At: start.Add(time.Duration(late) * time.Second), Precision: evidence.ToSecond, Source: source}}
	}
	recorded := row("T002", "E039", 0, 2, evidence.Yes)
	missed := row("T001", "E034:38", 0, 0, evidence.No)
	change := func(i evidence.Incident, f func(*evidence.Incident)) evidence.Incident { f(&i); return i }
	carrier := change(row("T002", "E040:7", 4, 31, evidence.Yes), func(i *evidence.Incident) { i.Time.Source = "carrier" })
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string // the row of each, and the file that speaks against it
	}{
		{"recorded, and missed in the log", []evidence.Incident{missed, recorded}, "T001 E034:38"},
		{"recorded while it rang", []evidence.Incident{missed, row("T002", "E039", 40, 2, evidence.Yes)}, "T001 E034:38"},
		{"recorded later", []evidence.Incident{missed, row("T002", "E039", 90, 2, evidence.Yes)}, ""},
		{"of another number", []evidence.Incident{missed,
			change(recorded, func(i *evidence.Incident) { i.Number = "17090001122" })}, ""},
		{"the other way", []evidence.Incident{change(missed, func(i *evidence.Incident) { i.Direction = evidence.Out }),
			change(recorded, func(i *evidence.Incident) { i.Direction = evidence.In })}, ""},
		{"of a relative's phone", []evidence.Incident{missed,
			change(recorded, func(i *evidence.Incident) { i.Exhibits = []string{"E050"} })}, ""},
		{"missed, and tried again", []evidence.Incident{missed, row("T002", "E034:39", 20, 0, evidence.No),
			change(recorded, func(i *evidence.Incident) { i.ID = "T003" })},
			"T001 E034:38"}, // the nearest alone
		{"longer than the call", []evidence.Incident{row("T001", "E034:38", 0, 20, evidence.Yes),
			row("T002", "E039", 0, 140, evidence.Yes)}, "T001 E034:38"},
		{"answered for no second, and recorded", []evidence.Incident{row("T001", "E034:38", 0, 0, evidence.Yes),
			row("T002", "E039", 1, 35, evidence.Yes)}, "T001 E034:38"},
		{"missed by the phone, answered by the carrier", []evidence.Incident{missed, carrier}, "T001 E034:38"},
		{"two missed", []evidence.Incident{missed, row("T002", "E041:3", 1, 0, evidence.No)}, ""},
		{"out of use", []evidence.Incident{change(missed, func(i *evidence.Incident) { i.Use = evidence.No }), recorded}, ""},
	} {
		got, found := device.Opposed(c.rows, device.Phones{"E050": "family"}, nil)
		var said []string
		for _, o := range found {
			said = append(said, o.Row+" "+o.Against.Source)
		}
		if s := strings.Join(said, ";"); s != c.want || len(got) != len(c.rows)-len(found) {
			t.Errorf("%s: %q, %d rows; want %q", c.name, s, len(got), c.want)
		} else if len(found) == 1 && (got[0].ID != "T001" || got[0].Answered != evidence.Yes ||
			len(got[0].Exhibits) != 2 || got[0].Also[0] != found[0].Held.ID) {
			t.Errorf("%s: %+v", c.name, got[0])
		}
	}
}
