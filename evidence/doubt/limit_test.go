package doubt_test

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// Two readings of one call on either side of a limit are a doubt, until the person
// said which is right; then that one stays.
func TestReadingsOnBothSidesOfALimit(t *testing.T) {
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}}
	for _, c := range []struct {
		carrier, phone string
		want           bool
	}{
		{"2026-09-10 08:00:01", "2026-09-10 07:59:59", true},
		{"2026-09-10 21:59:59", "2026-09-10 22:00:00", true},
		{"2026-09-11 00:00:01", "2026-09-10 23:59:59", true},
		{"2026-09-10 22:00:02", "2026-09-10 22:00:00", false},
		{"2026-09-10 08:00:03", "2026-09-10 08:00:00", false},
		{"2026-09-10 07:59:59", "2026-09-10 07:59:57", false},
	} {
		list := call("E200", c.carrier, 33, "carrier")
		list.Source = "E200:1"
		log := call("E100", c.phone, 33, "sms-backup")
		log.Source = "E100:1"
		row := list
		row.ID, row.Number, row.Source, row.Exhibits = "T001", "19900000311", "E200:1 E100:1", []string{"E100", "E200"}
		list.Number, log.Number = row.Number, row.Number
		find := func(row evidence.Incident) (evidence.Incident, bool) {
			held, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: []evidence.Incident{row},
				Read: doubt.Sources{Rows: []evidence.Incident{list, log}}})
			for _, d := range doubts {
				if d.Code == evidence.TimeInOtherSource {
					return held[0], true
				}
			}
			return held[0], false
		}
		if _, got := find(row); got != c.want {
			t.Errorf("%s and %s: doubtful: %v", c.carrier, c.phone, got)
		}
		if !c.want {
			continue
		}
		for _, chosen := range []evidence.Time{list.Time, log.Time} {
			row.Time, row.Use = chosen, evidence.Yes
			held, got := find(row)
			if got || !held.Time.At.Equal(chosen.At) {
				t.Errorf("%s chosen: doubtful: %v, taken as %s", chosen.At, got, held.Time.At)
			}
		}
	}
}
