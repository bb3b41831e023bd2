package ask

import (
	"errors"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A picture that the person put into the matter is asked for what it shows besides: the
// words of a message stand as the picture's, with who wrote them and when; of a photo or a
// recording without a day the person says when it was, as their own word.
func TestPlacedPictureSaysWhenAndWho(t *testing.T) {
	placed := func(k evidence.ExhibitKind, dated bool) Record {
		i := evidence.Incident{ID: "T001", Kind: evidence.Other, Use: evidence.Yes, Exhibits: []string{"E001"},
			Source: "E001"}
		x := evidence.Exhibit{Number: "E001", Kind: k}
		if dated {
			i.Time = sms("T001", "09-16 22:30", "", "").Time
			i.Time.Source, x.Captured = "name", evidence.CaptureTime{Time: "2026-09-16T22:30:00+08:00", Source: "name"}
		}
		return Record{Case: kase(), Incidents: []evidence.Incident{i}, Exhibits: []evidence.Exhibit{x}}
	}
	const words = "再不还钱去你单位"
	for _, c := range []struct {
		kind   evidence.ExhibitKind
		dated  bool
		fields string            // that are asked for
		say    map[string]string // answered
		want   string            // edits; !field: refused for it
	}{
		{evidence.Screenshot, false, "kind by sender time",
			map[string]string{"kind": "message", "by": toMe, "sender": "王主管", "time": "2026-09-15 21:45"},
			"T001 direction=in; T001 kind=message; T001 name=王主管; T001 reached=self; T001 time source=picture; " +
				"T001 time=2026-09-15 21:45; T001 what the file shows=" + words + "; 王主管=collector"},
		{evidence.Screenshot, false, "kind by sender time",
			map[string]string{"kind": "message", "by": toMe, "time": "昨天 21:45"}, "!time"},
		{evidence.Screenshot, true, "kind by sender time",
			map[string]string{"kind": "message", "by": teller, "sender": "妈妈", "time": "昨天 21:45"},
			"T001 direction=in; T001 kind=message; T001 name=妈妈; T001 time source=picture; T001 time=2026-09-15 21:45; " +
				"T001 told by=妈妈，2026年9月16日22:30告诉; T001 what the file shows=" + words},
		{evidence.Screenshot, false, "kind by sender time", map[string]string{"kind": "visit", "time": "2026-09-15 21:45"},
			"T001 kind=visit; T001 my own words=" + words + "; T001 time source=picture; T001 time=2026-09-15 21:45"},
		{evidence.Photo, false, "kind when", map[string]string{"kind": "visit", "when": "2026-09-15"},
			"T001 kind=visit; T001 my own words=" + words + "; T001 time source=person; T001 time=2026-09-15"},
		{evidence.Photo, false, "kind when", map[string]string{"when": "上个月"}, "!when"},
		{evidence.Photo, true, "kind", map[string]string{"kind": "visit"}, "T001 kind=visit; T001 my own words=" + words},
	} {
		list := of(List(look(placed(c.kind, c.dated))), Picture)
		if len(list) != 1 {
			t.Fatalf("%s: %+v", c.kind, list)
		}
		var names []string
		for _, f := range list[0].Fields {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != c.fields {
			t.Errorf("%s dated %t: asks %s, want %s", c.kind, c.dated, got, c.fields)
		}
		edits, err := list[0].Edits(list[0].With(words, c.say))
		if field, refused := strings.CutPrefix(c.want, "!"); refused {
			if bad := (*ValueError)(nil); !errors.As(err, &bad) || bad.Field != field {
				t.Errorf("%v: %s, %v", c.say, shown(edits), err)
			}
			continue
		}
		if err != nil || shown(edits) != c.want {
			t.Errorf("%s %v:\ngot  %s (%v)\nwant %s", c.kind, c.say, shown(edits), err, c.want)
		}
	}
}

// What somebody recorded at the door has no name of a call and a time that the file alone
// says: it is asked about where it lies near the matter, one answer puts it aside, and whoever
// says that it was a visit says when and what was said.
func TestMemoIsAskedAbout(t *testing.T) {
	memo := func(number, at string) evidence.Exhibit {
		return evidence.Exhibit{Number: number, Kind: evidence.Recording, OriginalName: "新录音 7.m4a",
			Captured: evidence.CaptureTime{Time: at, Source: "container"}}
	}
	r := Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-16 22:30", collector, "再不还钱去你单位")},
		Unplaced: []evidence.Exhibit{memo("E002", "2026-09-18T20:31:00+08:00"), memo("E003", "2026-03-01T09:00:00+08:00")}}
	list := of(List(look(r)), SourceRow)
	if len(list) != 1 || strings.Join(list[0].About.Exhibits, " ") != "E002" {
		t.Fatalf("asked: %+v", list)
	}
	edits, err := list[0].Edits(no)
	if err != nil || len(edits) != 0 {
		t.Errorf("put aside: %v, %v", edits, err)
	}
	if edits, err = list[0].Edits(yes); err != nil || len(edits) != 1 || edits[0].Place != "E002" {
		t.Errorf("taken in: %v, %v", edits, err)
	}
	i := evidence.Incident{ID: "T002", Kind: evidence.Other, Use: evidence.Yes, Exhibits: []string{"E002"}, Source: "E002",
		Time: sms("T002", "09-18 20:31", "", "").Time}
	i.Time.Source = "container"
	r.Incidents, r.Exhibits, r.Unplaced = append(r.Incidents, i), r.Unplaced[:1], nil
	asked := of(List(look(r)), Picture)
	if len(asked) != 1 || !strings.Contains(asked[0].Text.ZH, "先听一听") {
		t.Fatalf("what it is: %+v", asked)
	}
	const said = "两个人敲门，说不还钱就天天来"
	for _, c := range []struct {
		say  map[string]string
		want string
	}{
		{map[string]string{"kind": "visit"}, "T002 kind=visit; T002 my own words=" + said},
		{map[string]string{"kind": "call"}, "T002 direction=in; T002 kind=call; T002 my own words=" + said},
		{map[string]string{"kind": "message", "sounds": "V06"},
			"T002 asserted kinds=V06; T002 direction=in; T002 kind=message; T002 my own words=" + said},
		{map[string]string{"kind": "visit", "sounds": "no"},
			"T002 asserted kinds=非V06; T002 kind=visit; T002 my own words=" + said},
		{map[string]string{"kind": "visit", "when": "2026-09-18 20:25"},
			"T002 kind=visit; T002 my own words=" + said + "; T002 time source=person; T002 time=2026-09-18 20:25"},
	} {
		edits, err := asked[0].Edits(asked[0].With(said, c.say))
		if err != nil || shown(edits) != c.want {
			t.Errorf("%v: %s, %v; want %s", c.say, shown(edits), err, c.want)
		}
	}
}

// A picture of somebody's list of calls is no call and stands in a row of which nothing is
// said: it is asked about, unless the log of that phone is among the files. What it is said
// to be is then asked once.
func TestPicturedListIsAskedAbout(t *testing.T) {
	list := evidence.Incident{ID: "T002", Kind: evidence.Other, Exhibits: []string{"E002"}, Source: "E002", Seconds: -1,
		Time: sms("T002", "09-03 20:41", "", "").Time}
	x := evidence.Exhibit{Number: "E002", Kind: evidence.Screenshot,
		OriginalName: "Screenshot_2026-09-03-20-41-05_contacts.jpg",
		Captured:     evidence.CaptureTime{Time: "2026-09-03T20:41:05+08:00", Source: "name:xiaomi"}}
	r := Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector, "请还款"), list},
		Exhibits: []evidence.Exhibit{x}, Unplaced: []evidence.Exhibit{x}}
	q := of(List(look(r)), SourceRow)
	if len(q) != 1 || strings.Join(q[0].About.Exhibits, " ") != "E002" {
		t.Fatalf("%+v", q)
	}
	for value, want := range map[string]string{yes: "T002 use=yes", no: "T002 use=no"} {
		if edits, err := q[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v", value, shown(edits), err)
		}
	}
	logged := call("T003", "09-03 10:00", collector, evidence.ReachedSelf)
	logged.Source = "E003:4"
	r.Incidents = append(r.Incidents, logged)
	r.Devices = []device.Device{{Name: "手机", Exhibits: []string{"E002", "E003"}}}
	if q = of(List(look(r)), SourceRow); len(q) != 0 {
		t.Errorf("asked of what the log has: %+v", q)
	}
}

// What somebody wrote of a voice message and did not call a kind is asked about, once.
func TestDescribedRecordingIsAsked(t *testing.T) {
	i := evidence.Incident{ID: "T001", Kind: evidence.Message, Direction: evidence.In, Use: evidence.Yes, Seconds: -1,
		Exhibits: []string{"E001"}, Source: "E001", Words: "他说：你等着，我们到你店门口"}
	r := Record{Case: kase(), Incidents: []evidence.Incident{i},
		Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}}}
	q := of(List(look(r)), Heard)
	if len(q) != 1 || !strings.Contains(q[0].Text.ZH, "我们到你店门口") {
		t.Fatalf("%+v", q)
	}
	if edits, err := q[0].Edits("V06"); err != nil || shown(edits) != "T001 asserted kinds=V06" {
		t.Errorf("%s, %v", shown(edits), err)
	}
	r.Incidents[0].Asserted = []evidence.Breach{"V06"}
	if q = of(List(look(r)), Heard); len(q) != 0 {
		t.Errorf("asked again: %+v", q)
	}
}
