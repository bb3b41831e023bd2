package doubt_test

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// Earlier releases gave all entries on one line of a log one place.
func TestRowsOfOneLineAreToldApart(t *testing.T) {
	entry := func(place, when, words string) evidence.Incident {
		i := call(place, when, -1, "sms-backup")
		i.Kind, i.Answered, i.Shown = evidence.SMS, evidence.Unknown, words
		return i
	}
	said := entry("E1:1", "2026-09-02 10:00:00", "去你单位闹")
	death := entry("E1:1", "2026-09-03 10:00:00", "弄死你")
	pay := entry("E1:1", "2026-09-04 10:00:00", "还钱")
	at := func(i evidence.Incident, place string) evidence.Incident { i.Source = place; return i }
	// the newest first, as some programs write them
	read := []evidence.Incident{at(pay, "E1:1#1"), at(death, "E1:1#2"), at(said, "E1:1#4"),
		entry("E1:7", "2026-09-05 10:00:00", "另一行")}
	same := append([]evidence.Incident{at(pay, "E1:1#5")}, read...)
	edited := death
	edited.Shown = "改过的话"
	own := said
	own.Source = "person"
	for _, row := range []struct {
		name       string
		rows, read []evidence.Incident
		want       []string
	}{
		{"by what they say", []evidence.Incident{said, death, pay}, read, []string{"E1:1#4", "E1:1#2", "E1:1#1"}},
		{"a cell changed by hand", []evidence.Incident{said, edited, pay}, read, []string{"E1:1#4", "E1:1#2", "E1:1#1"}},
		{"mixed up by a restoration", []evidence.Incident{pay, pay, pay}, read, []string{"E1:1#1", "E1:1#4", "E1:1#2"}},
		{"a copy of a row", []evidence.Incident{said, death, pay, said}, read,
			[]string{"E1:1#4", "E1:1#2", "E1:1#1", "E1:1#4"}},
		{"two that say the same are one row", []evidence.Incident{said, death, pay}, same,
			[]string{"E1:1#4", "E1:1#2", "E1:1#5 E1:1#1"}},
		{"beside one of this release", []evidence.Incident{said, at(death, "E1:1#2"), pay}, read,
			[]string{"E1:1#4", "E1:1#2", "E1:1#1"}},
		{"a recording that was joined", []evidence.Incident{at(said, "E1:1 E2")}, read, []string{"E1:1#4 E2"}},
		{"one of its place", []evidence.Incident{read[3], own}, read, []string{"E1:7", "person"}},
		{"a log with lines of its own", []evidence.Incident{said}, read[3:], []string{"E1:1"}},
	} {
		before := row.rows[0].Source
		for n, i := range doubt.Placed(row.rows, row.read) {
			if i.Source != row.want[n] {
				t.Errorf("%s: row %d is at %q, want %q", row.name, n+1, i.Source, row.want[n])
			}
		}
		if row.rows[0].Source != before {
			t.Errorf("%s: the rows given were changed", row.name)
		}
	}
}
