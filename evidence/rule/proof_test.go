package rule

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// What a row has already is not asked for again.
func TestAskForProof(t *testing.T) {
	when := evidence.Incident{ID: "T001", Exhibits: []string{"E001"}}
	when.Time.At = time.Date(2026, 9, 10, 12, 0, 0, 0, evidence.Beijing)
	words := evidence.Incident{ID: "T001", Words: "对方说要上门"}
	for name, c := range map[string]struct {
		row          evidence.Incident
		time, spoken bool
	}{
		"a time and no words": {when, false, true},
		"words and no time":   {words, true, false},
		"neither":             {evidence.Incident{ID: "T001"}, true, true},
	} {
		var f evidence.Finding
		f.Incidents = []evidence.Incident{c.row}
		new(applier).askForProof(&f)
		var all strings.Builder
		for _, d := range f.Doubts {
			all.WriteString(d.ZH)
		}
		if got := strings.Contains(all.String(), "补上时间"); got != c.time {
			t.Errorf("%s: asks for the time: %v", name, got)
		}
		if got := strings.Contains(all.String(), "逐字写出原话"); got != c.spoken {
			t.Errorf("%s: asks for the words: %v", name, got)
		}
	}
}

// A call that is listed as answered for no second is told in no letter, of whatever kind:
// as long as nobody knows what it was, it counts for nothing.
func TestCallOfNoSecondCountsForNothing(t *testing.T) {
	relative := func(i *evidence.Incident) {
		i.Reached, i.Refused, i.Reachable = evidence.ReachedFamily, evidence.Yes, evidence.Yes
		i.Asserted = []evidence.Breach{"V03"}
	}
	once := func(i *evidence.Incident) {
		i.Reached, i.Reachable = evidence.ReachedFamily, evidence.Yes
	}
	for _, x := range []struct {
		name string
		rows []evidence.Incident
		rule string
	}{
		{"after a refusal", []evidence.Incident{row("2026-09-01 10:00:00", relative)}, "V03"},
		{"a relative", []evidence.Incident{row("2026-09-01 10:00:00", once)}, "V02"},
		{"at night", []evidence.Incident{row("2026-09-01 23:00:00")}, "V05"},
		{"the fourth of a day", calls("2026-09-01", 4), "V04"},
	} {
		told := func() string {
			var doubts []evidence.Doubt
			for _, i := range x.rows {
				if i.Seconds == 0 {
					doubts = append(doubts, evidence.Doubt{Code: evidence.ZeroSeconds, Incident: i.ID,
						About: evidence.AboutLength})
				}
			}
			for _, f := range Apply(testCase(), x.rows, nil, Options{Date: filing, Doubts: doubts}).Findings {
				if f.Rule == x.rule {
					return string(f.Strength)
				}
			}
			return ""
		}
		for n := range x.rows {
			x.rows[n].ID = fmt.Sprintf("T%03d", n+1)
		}
		if got := told(); got != "shown" {
			t.Errorf("%s: a call of some length is %q", x.name, got)
		}
		x.rows[len(x.rows)-1].Seconds = 0
		if got := told(); got != "review" {
			t.Errorf("%s: a call of no second is %q", x.name, got)
		}
	}
}
