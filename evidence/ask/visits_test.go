package ask

import (
	"testing"

	"juzheng/evidence"
)

// What was wrong with a visit only the person knows: it is asked once, and what they say
// names the row.
func TestVisitIsAskedAbout(t *testing.T) {
	i := sms("T001", "10-25 21:30", "", "")
	i.Kind, i.Use, i.Words = evidence.Visit, evidence.Yes, "带了两个人拍门要我还钱"
	for value, want := range map[string]string{
		"no":       "T001 asserted kinds=非V11",
		"some:4":   "T001 asserted kinds=V06 非V11",
		"some:2,4": "T001 asserted kinds=V11b V06",
	} {
		list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words)
		if len(list) != 1 || list[0].About.Breach != "V11" {
			t.Fatalf("asks %+v", list)
		}
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v), want %s", value, shown(edits), err, want)
		}
	}
	for name, change := range map[string]func(*evidence.Incident){
		"named":     func(i *evidence.Incident) { i.Asserted = []evidence.Breach{"V11a"} },
		"denied":    func(i *evidence.Incident) { i.Denied = []evidence.Breach{"V11"} },
		"left out":  func(i *evidence.Incident) { i.Use = evidence.No },
		"of a call": func(i *evidence.Incident) { i.Kind = evidence.Call },
	} {
		o := i
		change(&o)
		for _, q := range of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{o}})), Words) {
			if q.About.Breach == "V11" {
				t.Errorf("%s: asked %s", name, q.Text.ZH)
			}
		}
	}
}
