package rule

import (
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
