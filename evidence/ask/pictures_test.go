package ask

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Screenshots of chats that nobody has written down are asked about in one question,
// and then for the words of each that the collector sent.
func TestPictures(t *testing.T) {
	picture := func(id, exhibit string) evidence.Incident {
		return evidence.Incident{ID: id, Time: on("09-06 07:01"), Kind: evidence.Message, Seconds: -1,
			Exhibits: []string{exhibit}, Source: exhibit}
	}
	written, mine, log := picture("T003", "E003"), picture("T004", "E004"), picture("T005", "E005")
	written.Shown, mine.Words = "再不还钱", "他说要上门"
	r := Record{Case: kase(), Incidents: []evidence.Incident{picture("T001", "E001"), picture("T002", "E002"), written,
		mine, log}}
	for _, x := range []string{"E001", "E002", "E003", "E004"} {
		r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: x, Kind: evidence.Screenshot})
	}
	r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: "E005", Kind: evidence.SMSLog})
	r = look(r)
	list := of(List(r), Picture)
	if len(list) != 1 || list[0].Parts != 2 ||
		!strings.Contains(list[0].Text.ZH, "1 E001（2026年9月6日07:01）；2 E002（2026年9月6日07:01）") {
		t.Fatalf("%+v", list)
	}
	for value, want := range map[string]string{
		yes:      "T001 direction=in; T001 use=yes; T002 direction=in; T002 use=yes",
		no:       "T001 use=no; T002 use=no",
		"some:2": "T001 use=no; T002 direction=in; T002 use=yes",
		Unknown:  "",
	} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v, want %s", value, shown(edits), err, want)
		}
	}

	// Who does not know is asked again only of what comes later.
	asked := r
	asked.Given = []Given{given(list[0], Unknown)}
	if again := of(List(asked), Picture); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}

	r.Incidents[0].Use, r.Incidents[0].Direction, r.Incidents[1].Use = evidence.Yes, evidence.In, evidence.No
	list = of(List(look(r)), Picture)
	if len(list) != 1 || !list[0].Free || !strings.Contains(list[0].Text.ZH, "E001") {
		t.Fatalf("the words: %+v", list)
	}
	if edits, err := list[0].Edits("明天上门"); err != nil || shown(edits) != "T001 use=; T001 what the file shows=明天上门" {
		t.Errorf("%s %v", shown(edits), err)
	}
}

// Of a recording of somebody else's phone that does not tell it is asked who called
// whom, and nothing that takes that for known before.
func TestDirection(t *testing.T) {
	i := call("T001", "09-07 14:25", "19900000311", evidence.ReachedFamily)
	i.Direction, i.Source, i.Exhibits = "", "E013", []string{"E013"}
	r := Record{Case: kase(), Incidents: []evidence.Incident{i}}
	r.Case.Numbers = append(r.Case.Numbers, evidence.Number{Number: "19900000311", Side: evidence.CollectorSide})
	r.Report.Doubts = []evidence.Doubt{{Code: evidence.WayNotSaid, Incident: "T001", About: evidence.AboutDirection}}
	list := of(List(r), Direction)
	if len(list) != 1 || !strings.Contains(list[0].Text.ZH, "是谁打给谁") {
		t.Fatalf("%+v", List(r))
	}
	if edits, err := list[0].Edits("in"); err != nil || shown(edits) != "T001 direction=in" {
		t.Errorf("%s %v", shown(edits), err)
	}
	for _, k := range []Kind{Disclosed, Reachable, Refused} {
		if early := of(List(r), k); len(early) != 0 {
			t.Errorf("%s before it is known: %s", k, early[0].Text.ZH)
		}
	}
	r.Report.Doubts, r.Incidents[0].Direction = nil, evidence.In
	if list := of(List(r), Disclosed); len(list) != 1 {
		t.Errorf("then: %+v", List(r))
	}
}

// Who does not know who called is not asked again; who says that it differs is
// asked about each half.
func TestDirectionsApart(t *testing.T) {
	r := Record{Case: kase()}
	r.Case.Numbers = append(r.Case.Numbers, evidence.Number{Number: "19900000311", Side: evidence.CollectorSide})
	for n, id := range []string{"T001", "T002"} {
		i := call(id, fmt.Sprintf("09-0%d 14:25", n+7), "19900000311", evidence.ReachedFamily)
		i.Direction, i.Source, i.Exhibits = "", "E01"+id[3:], []string{"E01" + id[3:]}
		r.Incidents = append(r.Incidents, i)
		r.Report.Doubts = append(r.Report.Doubts,
			evidence.Doubt{Code: evidence.WayNotSaid, Incident: id, About: evidence.AboutDirection})
	}
	both := of(List(r), Direction)
	if len(both) != 1 || len(both[0].About.Incidents) != 2 {
		t.Fatalf("%+v", both)
	}
	for value, want := range map[string]int{apart: 2, Unknown: 0} {
		if edits, err := both[0].Edits(value); len(edits) != 0 || err != nil {
			t.Errorf("%s: %s %v", value, shown(edits), err)
		}
		given := r
		given.Given = []Given{{Question: both[0].ID, Kind: Direction, Incidents: both[0].About.Incidents, Value: value}}
		if left := of(List(given), Direction); len(left) != want {
			t.Errorf("after %s %d questions are left, want %d: %+v", value, len(left), want, left)
		}
	}
}

// Whom the collector speaks to on a picture is said with its words, and not asked next.
func TestWhomAPictureSpeaksTo(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "")
	i.Kind, i.Use, i.Shown = evidence.Message, evidence.Yes, ""
	for by, want := range map[string]string{"family": "T001 reached=family", "workplace": "T001 reached=workplace",
		"stranger": "T001 reached=stranger", "to-me": "T001 reached=self", "collector": ""} {
		l := newLister(Record{Case: kase(), Incidents: []evidence.Incident{i}})
		row := i
		row.Reached = evidence.ReachedUnknown
		if got := shown(l.reachedBy(row, by)); got != want {
			t.Errorf("%s: %q, want %q", by, got, want)
		}
		row.Reached = evidence.ReachedEmergency
		if got := shown(l.reachedBy(row, by)); got != "" {
			t.Errorf("%s of a row that says whom: %q", by, got)
		}
	}
}
