package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Passages of several recordings that sound alike are one question; of one recording
// the gravest is asked first, and what is confirmed stands in its row.
func TestPassagesAreAskedTogether(t *testing.T) {
	one, two := call("T001", "09-03 10:00", collector, "self"), call("T002", "09-04 10:00", collector, "self")
	one.Exhibits, two.Exhibits = []string{"E001"}, []string{"E002"}
	const visit, legs, plot = "明天去你单位找你领导", "再不还钱就打断你的腿", "给你买好棺材了"
	list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{one, two}, Spoken: []Spoken{
		{Exhibit: "E001", Where: "E003 0:03", Passage: visit}, {Exhibit: "E001", Where: "E003 0:09", Passage: legs},
		{Exhibit: "E002", Where: "E004 0:01", Passage: plot}}})), Words)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T001 T002" || !list[0].Danger {
		t.Fatalf("asks %+v", list)
	}
	b := string(list[0].About.Breach)
	for value, want := range map[string]string{
		"yes": "T001 asserted kinds=" + b + "; T001 what the file shows=" + legs + "; T002 asserted kinds=" + b +
			"; T002 what the file shows=" + plot,
		"some:2": "T001 asserted kinds=非" + b + "; T002 asserted kinds=" + b + "; T002 what the file shows=" + plot,
	} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}
