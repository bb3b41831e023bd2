package intake

import (
	"testing"

	"juzheng/evidence"
)

func TestOwnWordsAreNotSearched(t *testing.T) {
	rows := []evidence.Incident{
		{ID: "T1", Kind: evidence.SMS, Direction: evidence.In, Shown: "老赖"},
		{ID: "T2", Kind: evidence.SMS, Direction: evidence.Out, Shown: "不要骂我老赖"},
	}
	if hits := Phrases(evidence.Case{}, rows); len(hits) != 1 || hits[0].Incident != "T1" {
		t.Errorf("%+v", hits)
	}
}
