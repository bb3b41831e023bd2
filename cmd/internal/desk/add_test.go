package desk

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/intake"
)

// Whoever calls the program from a script learns by its exit code that something in a
// file was not read.
func TestAddedInPart(t *testing.T) {
	exhibit := func(code string) []evidence.Exhibit {
		return []evidence.Exhibit{{Number: "E001"}, {Number: "E002", Notes: []evidence.Note{{Code: code}}}}
	}
	for name, c := range map[string]struct {
		summary intake.Summary
		want    bool
	}{
		"all read":      {intake.Summary{Admitted: exhibit("similar")}, false},
		"a cut table":   {intake.Summary{Admitted: exhibit(intake.NoteBroken)}, true},
		"a list unread": {intake.Summary{Admitted: exhibit(evidence.NoteUnread)}, true},
		"rows unread":   {intake.Summary{Unread: []intake.UnreadLog{{Exhibit: "E001"}}}, true},
		"no use":        {intake.Summary{Unusable: []evidence.Unusable{{Code: "too-large"}}}, true},
		"of a system":   {intake.Summary{Unusable: []evidence.Unusable{{Code: intake.SystemFile}}}, false},
		"nothing given": {intake.Summary{}, false},
	} {
		if got := (Added{Summary: c.summary}).Partial(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
