package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A recorded call with a colleague near a day of the collector's may tell of the collector:
// it is asked, and then for the words. One of another month is nobody's business.
func TestRecordedTellers(t *testing.T) {
	const boss = "18977665505"
	of1 := func(id, at, exhibit string) evidence.Incident {
		i := call(id, at, boss, evidence.ReachedSelf)
		i.Name, i.Direction, i.Exhibits, i.Source = "何姐", "", []string{exhibit}, exhibit
		return i
	}
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		of1("T001", "08-25 13:15", "E003"), of1("T002", "07-01 12:00", "E004"),
		sms("T003", "08-21 12:00", collector, "你好")},
		Exhibits: []evidence.Exhibit{{Number: "E003", Kind: evidence.Recording}, {Number: "E004",
			Kind: evidence.Recording}}}
	r.Case.Numbers = append(r.Case.Numbers, evidence.Number{Number: boss, Side: "workplace"},
		evidence.Number{Number: collector, Side: evidence.CollectorSide})
	list := of(List(look(r)), Told)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T001" {
		t.Fatalf("%+v", list)
	}
	r.Given = []Given{{Question: "q-1", Kind: Caller, Subject: []string{boss}, Value: "other"}}
	if q := of(List(look(r)), Told); len(q) != 0 {
		t.Errorf("asked of a number that was said to be unrelated: %+v", q)
	}
	r.Given = nil
	edits, err := list[0].Edits(yes)
	if want := "T001 reached=; T001 told by=何姐，2026年8月25日13:15告诉; T001 use=yes"; err != nil || shown(edits) != want {
		t.Fatalf("%s, %v", shown(edits), err)
	}
	i := &r.Incidents[0]
	i.ToldBy, i.Use, i.Reached = "何姐，2026年8月25日13:15告诉", evidence.Yes, evidence.ReachedUnknown
	r.Given = []Given{given(list[0], yes)}
	heard := of(List(look(r)), Heard)
	if len(heard) != 1 || len(of(List(look(r)), Told)) != 0 {
		t.Fatalf("%+v", List(look(r)))
	}
	edits, err = heard[0].Edits("催收打到前台，说你欠银行三万二")
	want := "T001 my own words=录音里何姐说：“催收打到前台，说你欠银行三万二”（本人听录）"
	if err != nil || shown(edits) != want {
		t.Errorf("%s, %v", shown(edits), err)
	}
	i.Words = strings.TrimPrefix(want, "T001 my own words=")
	if heardIn(*i) != "" {
		t.Error("a teller's words are the collector's")
	}
	if q := of(List(look(r)), Reached); len(q) != 1 {
		t.Errorf("whom they reached is not asked: %+v", List(look(r)))
	}
	i.Reached = evidence.ReachedWorkplace
	if q := of(List(look(r)), Disclosed); len(q) != 1 {
		t.Errorf("whether they told is not asked: %+v", List(look(r)))
	}
}

// A recording without a number and a time is asked about with the pictures that say neither.
func TestNamelessRecordingIsAskedAbout(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "08-25 12:00", collector, "你好")},
		Unplaced: []evidence.Exhibit{{Number: "E105", Kind: evidence.Recording, OriginalName: "录音 1.m4a"}}}
	q := of(List(look(r)), SourceRow)
	if len(q) != 1 || !strings.Contains(q[0].Text.ZH, "录音") {
		t.Fatalf("%+v", q)
	}
	if edits, err := q[0].Edits(yes); err != nil || shown(edits) != "E105=" {
		t.Errorf("%s, %v", shown(edits), err)
	}
}
