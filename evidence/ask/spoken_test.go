package ask

import (
	"slices"
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
		// there is another passage in E001: that this is none says nothing of it
		"some:2": "T002 asserted kinds=" + b + "; T002 what the file shows=" + plot,
		"said":   "T002 asserted kinds=非" + b + "; T002 what the file shows=" + plot,
	} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}

// Passages of one recording that sound alike are one question, and each that is said so is
// quoted, in the order in which they were said; passages of another kind are asked about
// after them. That one is none says nothing of the others.
func TestPassagesOfOneRecording(t *testing.T) {
	one := call("T001", "09-03 10:00", collector, "self")
	one.Exhibits = []string{"E001"}
	const visit, legs, plot = "明天去你单位找你领导", "再不还钱就打断你的腿", "给你买好棺材了"
	r := Record{Case: kase(), Incidents: []evidence.Incident{one}, Spoken: []Spoken{
		{Exhibit: "E001", Where: "E003 0:03", Passage: legs}, {Exhibit: "E001", Where: "E003 0:05", Passage: visit},
		{Exhibit: "E001", Where: "E003 0:09", Passage: plot}}}
	first := of(List(look(r)), Words)
	if len(first) != 1 || first[0].Parts != 2 || first[0].About.Breach != "V06a" || !first[0].Danger {
		t.Fatalf("%+v", first)
	}
	for value, want := range map[string]string{
		yes:      "T001 asserted kinds=V06a; T001 what the file shows=" + legs + "……" + plot,
		"some:2": "T001 asserted kinds=V06a; T001 what the file shows=" + plot,
		no:       "", // the other is asked about
		saidSo:   "",
	} {
		if edits, err := first[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v", value, shown(edits), err)
		}
	}
	for _, c := range []struct{ value, shown, yes, no string }{
		{yes, legs + "……" + plot, legs + "……" + visit + "……" + plot, ""},
		{"some:2", plot, visit + "……" + plot, ""},
		{no, "", visit, "T001 asserted kinds=非V06"},
	} {
		r.Given = []Given{given(first[0], c.value)}
		r.Incidents[0].Shown, r.Incidents[0].Asserted = c.shown, nil
		kinds := "V06"
		if c.shown != "" {
			r.Incidents[0].Asserted, kinds = []evidence.Breach{"V06a"}, "V06a V06"
		}
		next := of(List(look(r)), Words)
		next = slices.DeleteFunc(next, func(q Question) bool { return q.About.File == "" })
		if len(next) != 1 || next[0].About.Quote != visit || next[0].Parts != 1 {
			t.Fatalf("after %s: %+v", c.value, next)
		}
		for value, want := range map[string]string{no: c.no,
			yes: "T001 asserted kinds=" + kinds + "; T001 what the file shows=" + c.yes} {
			if edits, err := next[0].Edits(value); err != nil || shown(edits) != want {
				t.Errorf("after %s, %s: %s, %v; want %s", c.value, value, shown(edits), err, want)
			}
		}
		r.Given = append(r.Given, given(next[0], no))
		if list := slices.DeleteFunc(of(List(look(r)), Words),
			func(q Question) bool { return q.About.File == "" }); len(list) != 0 {
			t.Errorf("asked again: %+v", list)
		}
	}
	// words that were written down otherwise are added to by nobody
	r.Given, r.Incidents[0].Shown = nil, "全文：再不还钱就打断你的腿，明天见"
	if list := slices.DeleteFunc(of(List(look(r)), Words),
		func(q Question) bool { return q.About.File == "" }); len(list) != 0 {
		t.Errorf("of a whole transcript: %+v", list)
	}
}

// What a program read off a picture is put right as it is confirmed, with who says it; a
// teller's words are no threat of the collector's, and what is not there is not told.
func TestReadPictureIsPutRight(t *testing.T) {
	r := screenshot()
	r.Incidents[0].Use, r.Incidents[0].Source, r.Incidents[0].Exhibits = evidence.Unknown, "E001", []string{"E001"}
	const misread, right = "你信和不信我找人打断你的腿", "你信不信我找人打断你的腿"
	r.Spoken = []Spoken{{Exhibit: "E001", Where: "E001", Passage: misread}}
	list := of(List(look(r)), Words)
	if len(list) != 1 || !list[0].Free || list[0].Prefill != misread || len(list[0].Fields) != 4 || !list[0].Danger {
		t.Fatalf("%+v", list)
	}
	q := list[0]
	for _, c := range []struct {
		value string
		want  string
	}{
		{q.With(right, map[string]string{"by": toMe, "kind": "V06a"}),
			"T001 asserted kinds=V06a; T001 reached=self; T001 use=yes; T001 what the file shows=" + right},
		{q.With(right, map[string]string{"by": toMe}), // the words are there: what they amount to is not said
			"T001 reached=self; T001 use=yes; T001 what the file shows=" + right},
		{q.With(right, map[string]string{"by": toMe, "kind": no}),
			"T001 asserted kinds=非V06 非V06a; T001 reached=self; T001 use=yes; T001 what the file shows=" + right},
		{yes, "T001 what the file shows=" + misread}, // who says it is asked next, and then it counts
		{no, "T001 asserted kinds=非V06 非V06a"},
		{q.With(right, map[string]string{"by": teller, "sender": "妈妈"}), "T001 name=妈妈; T001 told by=妈妈，2026年9月16日22:30告诉; " +
			"T001 use=yes; T001 what the file shows=" + right},
	} {
		if edits, err := q.Edits(c.value); err != nil || shown(edits) != c.want {
			t.Errorf("%s: %s (%v), want %s", c.value, shown(edits), err, c.want)
		}
	}
	r.Incidents[0].Shown = misread
	var next []Question
	for value, want := range map[string]string{yes: "T001 use=yes",
		q.With(right, map[string]string{"kind": "V06a"}): "T001 asserted kinds=V06a; T001 use=yes",
		q.With(right, map[string]string{"kind": no}):     "T001 asserted kinds=非V06 非V06a; T001 use=yes"} {
		r.Given = []Given{given(q, value)}
		if next = of(List(look(r)), Speaker); len(next) != 1 {
			t.Fatalf("%+v", List(look(r)))
		}
		edits, err := next[0].Edits(string(evidence.CollectorSide))
		if err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v; want %s", value, shown(edits), err, want)
		}
	}
	// whose words they are nobody knows: nothing is made of them
	r.Given = append(r.Given, given(next[0], Unknown))
	if list := List(look(r)); len(of(list, Words)) > 0 {
		t.Errorf("%+v", list)
	}
}

// What the collector says to others, on a picture of the person's own phone, did not reach
// the person: whom is asked, and then whether it told of the debt. It is no threat by having
// been written down.
func TestSaidToOthersOnMyPhone(t *testing.T) {
	r := screenshot()
	i := &r.Incidents[0]
	i.Use, i.Source, i.Exhibits, i.Reached = evidence.Yes, "E001", []string{"E001"}, evidence.ReachedSelf
	r.Spoken = []Spoken{{Exhibit: "E001", Where: "E001", Passage: "她欠银行三万二躲着不还"}}
	list := of(List(look(r)), Words)
	if len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	const words = "她欠银行三万二躲着不还，请各位同事转告她"
	edits, err := list[0].Edits(list[0].With(words, map[string]string{"by": string(evidence.CollectorSide),
		"sender": "李主管"}))
	if want := "T001 name=李主管; T001 reached=; T001 what the file shows=" + words +
		"; 李主管=collector"; err != nil || shown(edits) != want {
		t.Fatalf("%s, %v", shown(edits), err)
	}
	i.Shown, i.Reached, i.Name, i.Direction = words, evidence.ReachedUnknown, "李主管", evidence.In
	if q := of(List(look(r)), Reached); len(q) != 1 {
		t.Fatalf("nobody is asked whom it reached: %+v", List(look(r)))
	}
	i.Reached = evidence.ReachedWorkplace
	if q := of(List(look(r)), Disclosed); len(q) != 1 || q[0].Prefill != yes {
		t.Errorf("%+v", q)
	}
}

// A picture of a message that the phone's own log has is not asked about once more; what it
// shows besides is.
func TestPictureOfALoggedMessage(t *testing.T) {
	const words = "苏敏，明天去你单位拉横幅"
	logged := sms("T009", "08-14 20:25", collector, words)
	logged.Source, logged.Exhibits = "E009:2", []string{"E009"}
	for _, c := range []struct {
		spoken string
		want   int
	}{{"苏敏明天去你单位拉横福", 0}, {"再不还钱打断你的腿", 1}} {
		r := screenshot()
		r.Incidents[0].Use, r.Incidents[0].Source, r.Incidents[0].Exhibits = evidence.Unknown, "E001", []string{"E001"}
		r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: "E009", Kind: evidence.SMSLog})
		r.Incidents = append(r.Incidents, logged)
		r.Spoken = []Spoken{{Exhibit: "E001", Where: "E001", Passage: c.spoken}}
		list := List(look(r))
		read := slices.DeleteFunc(of(list, Words), func(q Question) bool { return !q.Free })
		if len(read) != c.want || len(of(list, Picture)) != c.want {
			t.Errorf("%s: %+v", c.spoken, list)
		}
	}
}

// Words on a picture that the person described as what it is, a list of calls or a receipt of
// the police, are nobody's threat; on one that nobody has described they may be.
func TestDescribedPictureIsNoSpeech(t *testing.T) {
	row := evidence.Incident{ID: "T001", Kind: evidence.Other, Use: evidence.Yes, Source: "E001",
		Exhibits: []string{"E001"}}
	for words, want := range map[string]int{"": 1, "派出所的接处警回执": 0} {
		row.Words = words
		list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{row},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.Photo}},
			Spoken:   []Spoken{{Exhibit: "E001", Where: "E001", Passage: "处理意见：已出警，双方各自离开"}}})), Words)
		if len(list) != want {
			t.Errorf("%q: asks %+v", words, list)
		}
	}
}
