package doubt_test

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// What a file says of a row, and nothing else, is what Hold would hold against another
// value.
func TestSaid(t *testing.T) {
	file := call("E001:4", "2026-09-18 10:30:06", 20, "sms-backup")
	file.Number = "057100000101"
	name := call("E002", "2026-09-18 10:30:06", 20, "name:miui") // a recording, by its name
	row := file
	row.ID = "T006"
	other := name
	other.ID = "T007"
	own := evidence.Incident{ID: "T008", Source: "person", Kind: evidence.Call, Number: "1"}
	read := doubt.Sources{Rows: []evidence.Incident{file, name}}
	said := doubt.Said([]evidence.Incident{row, other, own}, read)
	for column, change := range map[string]func(*evidence.Incident){
		"time":      func(i *evidence.Incident) { i.Time.At = i.Time.At.AddDate(0, 0, 1) },
		"kind":      func(i *evidence.Incident) { i.Kind = evidence.SMS },
		"direction": func(i *evidence.Incident) { i.Direction = evidence.Out },
		"number":    func(i *evidence.Incident) { i.Number = "110" },
		"answered":  func(i *evidence.Incident) { i.Answered = evidence.No },
		"seconds":   func(i *evidence.Incident) { i.Seconds = 99 },
		"reached":   func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily },
		"name":      func(i *evidence.Incident) { i.Name = "别的称呼" },
	} {
		for _, i := range []evidence.Incident{row, other} {
			changed := i
			change(&changed)
			_, doubts := doubt.Hold([]evidence.Incident{changed}, read)
			held := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.RowDiffers })
			if got := slices.Contains(said[i.ID], column); got != held {
				t.Errorf("%s of %s: said %v, held against it %v", column, i.ID, got, held)
			}
		}
	}
	if len(said["T008"]) > 0 || !slices.Contains(said["T006"], "number") {
		t.Errorf("%v", said)
	}
}
