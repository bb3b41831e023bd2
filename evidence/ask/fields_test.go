package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// screenshot is a case with one screenshot of the collector's that nobody wrote down.
func screenshot() Record {
	i := sms("T001", "09-16 22:30", "", "")
	i.Kind, i.Use, i.Time.Source, i.Direction = evidence.Message, evidence.Yes, "name:miui", evidence.In
	i.Reached = evidence.ReachedUnknown
	x := evidence.Exhibit{Number: "E001", Kind: evidence.Screenshot,
		Captured: evidence.CaptureTime{Time: "2026-09-16T22:30:00+08:00", Source: "name:miui"}}
	return Record{Case: kase(), Incidents: []evidence.Incident{i}, Exhibits: []evidence.Exhibit{x}}
}

// What a picture shows is written down at once: words, time, sender, and who says it.
// What was left empty is not asked again.
func TestPictureOnOneCard(t *testing.T) {
	r := screenshot()
	list := of(List(look(r)), Picture)
	if len(list) != 1 || len(list[0].Fields) != 3 {
		t.Fatalf("asks %+v", list)
	}
	q := list[0]
	for _, c := range []struct {
		fields map[string]string
		want   string // empty: it is no answer
	}{
		{nil, "T001 use=; T001 what the file shows=明天上门"}, // who says it is asked next
		{map[string]string{"time": "晚上9:45", "sender": "极融-李经理"}, "T001 name=极融-李经理; T001 time source=picture; " +
			"T001 time=2026-09-16 21:45; T001 use=; T001 what the file shows=明天上门"},
		{map[string]string{"by": toMe, "sender": "极融-李经理"},
			"T001 name=极融-李经理; T001 reached=self; T001 what the file shows=明天上门; 极融-李经理=collector"},
		{map[string]string{"by": string(evidence.CollectorSide), "sender": "106900000088"},
			"106900000088=collector; T001 number=106900000088; T001 what the file shows=明天上门"},
		{map[string]string{"by": toMe}, "T001 reached=self; T001 what the file shows=明天上门"},
		{map[string]string{"by": string(evidence.CollectorSide)}, "T001 what the file shows=明天上门"},
		{map[string]string{"by": teller, "sender": "妈妈"},
			"T001 name=妈妈; T001 told by=妈妈，2026年9月16日22:30告诉; T001 what the file shows=明天上门"},
		{map[string]string{"time": "晚上11:45"}, ""},
		{map[string]string{"by": string(evidence.CollectorSide), "sender": "五金同行群(86)"}, ""}, // it has others in it
	} {
		edits, err := q.Edits(q.With("明天上门", c.fields))
		if (err != nil) != (c.want == "") || shown(edits) != c.want {
			t.Errorf("%v: %s (%v), want %s", c.fields, shown(edits), err, c.want)
		}
	}
	if _, err := q.Edits(q.With("", map[string]string{"time": "21:45"})); err == nil {
		t.Error("no words are taken for an answer")
	}
	r.Incidents[0].Shown = "明天上门"
	bare := r
	bare.Given = []Given{given(q, "明天上门")}
	if again := of(List(look(bare)), Picture); len(again) != 2 {
		t.Errorf("who was asked for words alone is asked for %d things more", len(again))
	}
	r.Given = []Given{given(q, q.With("明天上门", nil))}
	if again := of(List(look(r)), Picture); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
}

// Of a recording the words and what they do are said at once; one that does not tell of
// whom it is can hold a threat as well, and one of three seconds too.
func TestRecordingOnOneCard(t *testing.T) {
	r := recorded()
	r.Incidents[0].Seconds, r.Incidents[1].Number = 3, ""
	list := of(List(look(r)), Heard)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T002 T001" {
		t.Fatalf("asks %+v", list)
	}
	r.Given = []Given{given(list[0], yes)}
	for _, q := range of(List(look(r)), Heard) {
		fields, want := map[string]string{"kind": "V06a", "medium": "visit"},
			"T002 asserted kinds=V06a; T002 kind=visit; T002 my own words=录音里对方说：“砍死你”（本人听录）; T002 use=yes"
		if q.About.Incidents[0] == "T001" {
			want = "T001 asserted kinds=V06a; T001 my own words=录音里对方说：“砍死你”（本人听录）"
		}
		if edits, err := q.Edits(q.With("砍死你", fields)); err != nil || shown(edits) != want {
			t.Errorf("%s (%v), want %s", shown(edits), err, want)
		}
		if _, err := q.Edits(q.With("砍死你", map[string]string{"kind": "V99"})); err == nil {
			t.Error("a kind that is not offered is taken")
		}
	}
}

// A picture that the person put into the matter is asked about once: what it shows, and
// what it was. One that they left out with a pile of files is not proposed again.
func TestPlacedPicture(t *testing.T) {
	i := sms("T001", "09-16 10:00", "", "")
	i.Kind, i.Use, i.Direction, i.Exhibits, i.Source = evidence.Other, evidence.Yes, "", []string{"E001"}, "E001"
	r := Record{Case: kase(), Incidents: []evidence.Incident{i}}
	list := of(List(look(r)), Picture)
	if len(list) != 1 || len(list[0].Fields) != 1 {
		t.Fatalf("asks %+v", List(look(r)))
	}
	q := list[0]
	if edits, err := q.Edits(q.With("门上贴了纸", map[string]string{"kind": "post"})); err != nil ||
		shown(edits) != "T001 kind=post; T001 my own words=门上贴了纸" {
		t.Errorf("%s (%v)", shown(edits), err)
	}
	r.Incidents[0].Words = "门上贴了纸"
	if again := of(List(look(r)), Picture); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}

	photo := evidence.Exhibit{Number: "E002", Kind: evidence.Photo,
		Captured: evidence.CaptureTime{Time: "2026-09-16T11:00:00+08:00", Source: "exif"}}
	r.Incidents = append(r.Incidents, sms("T002", "09-16 12:00", collector, "还钱"))
	for _, c := range []struct {
		note string
		want int
	}{{"", 1}, {evidence.LeftOut, 0}, {evidence.TakenIn, 1}} {
		x := photo
		if c.note != "" {
			x.Notes = []evidence.Note{{Code: evidence.NoteLeft, About: c.note}}
		}
		r.Unplaced = []evidence.Exhibit{x}
		if list := of(List(look(r)), SourceRow); len(list) != c.want {
			t.Errorf("after %q: asks %d times, want %d", c.note, len(list), c.want)
		}
	}
}
