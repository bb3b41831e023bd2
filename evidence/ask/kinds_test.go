package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A threat whose words may mean more than one thing is asked about as both, in one question;
// one that was named a threat before is asked whether it was one to somebody's safety.
func TestThreatOfWhatSort(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "我们砍死你全家，再给你单位打电话")
	r := Record{Case: kase(), Incidents: []evidence.Incident{i}}
	first := of(List(look(r)), Words)
	if len(first) != 1 || strings.Join(first[0].About.Kinds, " ") != "T001=V06a T001=V06" || !first[0].Danger {
		t.Fatalf("%+v", first)
	}
	for value, want := range map[string]string{"yes": "V06a", "some:1": "V06a", "some:2": "V06 非V06a",
		"no": "非V06a 非V06"} {
		if edits, err := first[0].Edits(value); err != nil || shown(edits) != "T001 asserted kinds="+want {
			t.Errorf("%s: %s, %v", value, shown(edits), err)
		}
	}
	r.Incidents[0].Asserted = []evidence.Breach{"V06"}
	q := of(List(look(r)), Words)
	if len(q) != 1 || q[0].About.Breach != "V06a" {
		t.Fatalf("%+v", q)
	}
	if edits, err := q[0].Edits("yes"); err != nil || shown(edits) != "T001 asserted kinds=V06 V06a" {
		t.Errorf("%s, %v", shown(edits), err)
	}
	r.Given = []Given{given(q[0], Unknown)}
	if q := of(List(look(r)), Words); len(q) != 0 {
		t.Errorf("asked again: %+v", q)
	}
}

// Messages that sound like several kinds are one question, each with the kinds it may be of;
// what is not ticked is not asked again, and an unticked message comes back as no question.
func TestKindsAreOneQuestion(t *testing.T) {
	rows := []evidence.Incident{
		sms("T001", "09-03 10:00", collector, "你再不还就要坐牢三年。并且通知你单位领导"),
		sms("T002", "09-04 10:00", collector, "老赖，不要脸"),
		sms("T003", "09-05 10:00", collector, "再不还钱就打断你的腿")}
	r := Record{Case: kase(), Incidents: rows}
	q := of(List(look(r)), Words)
	want := []string{"T003=V06a", "T003=V06", "T002=V06b", "T001=V19", "T001=V06"}
	if len(q) != 1 || strings.Join(sorted(strings.Join(q[0].About.Kinds, "; ")), " ") !=
		strings.Join(sorted(strings.Join(want, "; ")), " ") || !strings.HasPrefix(q[0].About.Kinds[0], "T003") {
		t.Fatalf("%+v", q)
	}
	if !q[0].About.Asks("T001", "V19") || q[0].About.Asks("T002", "V19") || q[0].About.Asks("T009", "V06") {
		t.Error("does not know of which row it asks what")
	}
	var part string
	for n, k := range q[0].About.Kinds {
		if k == "T001=V19" {
			part = "some:" + string(rune('1'+n))
		}
	}
	edits, err := q[0].Edits(part)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		for n := range rows {
			if rows[n].ID != e.Row {
				continue
			}
			for _, w := range strings.Fields(e.Value) {
				if not, denied := strings.CutPrefix(w, "非"); denied {
					rows[n].Denied = append(rows[n].Denied, evidence.Breach(not))
				} else {
					rows[n].Asserted = append(rows[n].Asserted, evidence.Breach(w))
				}
			}
		}
	}
	if len(rows[0].Asserted) != 1 || rows[0].Asserted[0] != "V19" || len(rows[1].Asserted)+len(rows[2].Asserted) != 0 {
		t.Errorf("named %+v", edits)
	}
	r.Given = []Given{given(q[0], part)}
	if left := of(List(look(r)), Words); len(left) != 0 {
		t.Errorf("asked again: %s", left[0].Text.ZH)
	}
}

// What a row was named as is not asked of it again, be it of a kind that one message may have
// beside others.
func TestNamedKindIsNotAskedAgain(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "拘留通知书已经开好")
	first := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words)
	if len(first) != 1 {
		t.Fatalf("%+v", first)
	}
	i.Asserted, i.Denied = []evidence.Breach{"V09"}, []evidence.Breach{"V19", "V07"}
	if left := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words); len(left) != 0 {
		t.Errorf("asked again: %s", left[0].Text.ZH)
	}
}

// Who does not know it of any is not asked about the kinds one by one.
func TestKindsNotKnown(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "09-03 10:00", collector, "你再不还就要坐牢三年。并且通知你单位领导"),
		sms("T002", "09-04 10:00", collector, "老赖，不要脸")}}
	q := of(List(look(r)), Words)
	r.Given = []Given{given(q[0], Unknown)}
	if left := of(List(look(r)), Words); len(left) != 0 {
		t.Errorf("asked again: %+v", left)
	}
	r.Given = []Given{given(q[0], apart)}
	if left := of(List(look(r)), Words); len(left) != 2 {
		t.Errorf("in parts: %+v", left)
	}
}

// A photo has no places in it: which of its sentences were said to be none is known by their
// words, and an unticked one comes back as no question of its own.
func TestUntickedSentenceOfAPhoto(t *testing.T) {
	i := evidence.Incident{ID: "T001", Kind: evidence.Post, Direction: evidence.In, Use: evidence.Yes, Seconds: -1,
		Number: collector, Exhibits: []string{"E002"}, Source: "E002"}
	const street, shop = "请街坊邻居互相转告，不要与此人做生意", "不还就通知你所有的亲戚朋友"
	r := Record{Case: kase(), Incidents: []evidence.Incident{i},
		Exhibits: []evidence.Exhibit{{Number: "E002", Kind: evidence.Photo}},
		Spoken: []Spoken{{Exhibit: "E002", Where: "E002", Passage: street},
			{Exhibit: "E002", Where: "E002", Passage: shop}}}
	q := of(List(look(r)), Words)
	if len(q) != 1 || q[0].Parts != 2 {
		t.Fatalf("%+v", q)
	}
	r.Given = []Given{given(q[0], "some:1")}
	r.Incidents[0].Shown, r.Incidents[0].Asserted = street, []evidence.Breach{"V06"}
	if left := of(List(look(r)), Words); len(left) != 0 {
		t.Errorf("asked again: %s", left[0].Text.ZH)
	}
}
