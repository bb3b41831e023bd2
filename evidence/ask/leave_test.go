package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// idleFiles are photos and documents that stay out and of which nothing is said.
func idleFiles() []evidence.Exhibit {
	return []evidence.Exhibit{
		{Number: "E007", Kind: evidence.Document, OriginalName: "日记.txt"},
		{Number: "E008", Kind: evidence.Photo, OriginalName: "IMG_1.jpg",
			Captured: evidence.CaptureTime{Time: "2026-09-03T10:00:00+08:00", Source: "exif"}},
		{Number: "E009", Kind: evidence.Document, OriginalName: "工资条.pdf"},
	}
}

// Files that seem private are asked about in one question, all of them named;
// the answer is a note about each, and so is taken back like any other.
func TestLeave(t *testing.T) {
	r := look(Record{Case: kase(), Idle: idleFiles()})
	list := of(List(r), Leave)
	if len(list) != 1 || list[0].Parts != 3 || list[0].Prefill != yes || !list[0].Kind.OfCase() {
		t.Fatalf("%+v", list)
	}
	q := list[0]
	for _, name := range []string{"1 E007（日记.txt）", "2 E008（IMG_1.jpg，2026年9月3日）", "3 E009（工资条.pdf）"} {
		if !strings.Contains(q.Text.ZH, name) {
			t.Errorf("%s is not named: %s", name, q.Text.ZH)
		}
	}
	for value, want := range map[string]string{
		yes:        "E007 left-out=out; E008 left-out=out; E009 left-out=out",
		no:         "E007 left-out=in; E008 left-out=in; E009 left-out=in",
		"some:1,3": "E007 left-out=out; E008 left-out=in; E009 left-out=out",
		Unknown:    "",
	} {
		edits, err := q.Edits(value)
		if err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v, want %s", value, shown(edits), err, want)
		}
	}

	// Who does not know is asked again only of what comes later.
	r.Given = []Given{{Question: q.ID, Kind: Leave, Subject: q.About.Subject(), Value: Unknown}}
	if list := of(List(r), Leave); len(list) != 0 {
		t.Errorf("asked again: %+v", list)
	}
	r.Idle = append(r.Idle, evidence.Exhibit{Number: "E010", Kind: evidence.Photo, OriginalName: "IMG_2.jpg"})
	if list := of(List(r), Leave); len(list) != 1 || list[0].About.File != "E010" {
		t.Errorf("of a new file: %+v", list)
	}
	if list := of(List(look(Record{Case: kase()})), Leave); len(list) != 0 {
		t.Errorf("asked of nothing: %+v", list)
	}
}

// A photo that is proposed as a row is asked about there, and not once more.
func TestLeaveWhatWasProposed(t *testing.T) {
	photo := idleFiles()[1]
	r := look(Record{Case: kase(), Idle: []evidence.Exhibit{photo}, Unplaced: []evidence.Exhibit{photo},
		Incidents: []evidence.Incident{sms("T001", "09-03 09:00", collector, "请还款")}})
	list := List(r)
	if len(of(list, Leave)) != 0 || len(of(list, SourceRow)) != 1 {
		t.Fatalf("%+v", list)
	}
	r.Given = []Given{{Question: "q", Kind: SourceRow, Subject: []string{photo.Number}, Value: no}}
	if list := List(r); len(of(list, Leave))+len(of(list, SourceRow)) != 0 {
		t.Errorf("asked again: %+v", list)
	}
	// However many there are.
	r.Given = nil
	for len(r.Unplaced) <= 2*fewUnplaced {
		r.Unplaced = append(r.Unplaced, photo)
	}
	if list := List(r); len(of(list, Leave)) != 0 || len(of(list, SourceRow)) != 1 {
		t.Errorf("%+v", list)
	}
}

// A recording of a call with family is asked about with them, and said to be one.
func TestLeaveRecordings(t *testing.T) {
	x := evidence.Exhibit{Number: "E011", Kind: evidence.Recording, OriginalName: "妈妈_20261106.mp3"}
	q := of(List(look(Record{Case: kase(), Idle: []evidence.Exhibit{x}})), Leave)[0]
	for _, part := range []string{"和家人、别人的通话录音", "1 E011（妈妈_20261106.mp3）"} {
		if !strings.Contains(q.Text.ZH, part) {
			t.Errorf("%s is missing: %s", part, q.Text.ZH)
		}
	}
}

// Of very many files the numbers alone are named, all of them.
func TestLeaveMany(t *testing.T) {
	r := Record{Case: kase()}
	for n := range mostNamed + 1 {
		x := idleFiles()[0]
		x.Number = "E10" + string(rune('0'+n/10)) + string(rune('0'+n%10))
		r.Idle = append(r.Idle, x)
	}
	q := of(List(look(r)), Leave)[0]
	if strings.Contains(q.Text.ZH, "日记") || !strings.Contains(q.Text.ZH, "41 E1040") {
		t.Error(q.Text.ZH)
	}
}
