package desk

import (
	"testing"

	"juzheng/evidence"
)

// An extract is nothing new whose rows stand in the extracts that were filed.
func TestExtractWithinWhatWasFiled(t *testing.T) {
	extract := func(of, lines string) evidence.Exhibit {
		return evidence.Exhibit{Extract: &evidence.Extraction{Of: of, Lines: lines}}
	}
	have := []evidence.Exhibit{extract("E001", "3,12,4-6"), extract("E001", "20"), extract("E002", "1!7")}
	for _, c := range []struct {
		e    evidence.Exhibit
		want bool
	}{
		{extract("E001", "3"), true}, {extract("E001", "4-6,20"), true}, {extract("E001", "3,2"), false},
		{extract("E001", "1"), false}, {extract("E002", "3"), false}, {extract("E002", "1!7"), true},
		{extract("E003", "3"), false}, {evidence.Exhibit{Number: "E001", Kind: evidence.SMSLog}, false},
	} {
		if got := within(c.e, have); got != c.want {
			t.Errorf("%+v: %t", c.e.Extract, got)
		}
	}
}
