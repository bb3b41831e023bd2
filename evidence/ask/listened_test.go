package ask

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// recorded is a case with recordings of the collector's calls, and one of a friend's.
func recorded() Record {
	r := Record{Case: kase()}
	for n, at := range []string{"09-03 10:00", "09-04 10:00", "09-05 10:00", "09-06 10:00", "09-07 10:00"} {
		i := call("T00"+string(rune('1'+n)), at, collector, evidence.ReachedSelf)
		x := "E00" + string(rune('1'+n))
		i.Exhibits, i.Source, i.Seconds, i.Answered = []string{x}, x, 20+n, evidence.Yes
		r.Incidents = append(r.Incidents, i)
		r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: x, Kind: evidence.Recording})
	}
	r.Incidents[3].Seconds = 0 // nothing is said in no time
	r.Incidents[4].Number = stranger
	r.Case.Numbers = append(r.Case.Numbers, evidence.Number{Number: stranger, Side: evidence.OtherSide})
	r.Transcribed = []string{"E003"}
	return r
}

// Recordings that nobody wrote down are asked about together; of those that hold
// words that matter, the words, and then what they amount to. No file shows them: they
// are the person's own.
func TestWordsOfRecordingsAreAsked(t *testing.T) {
	r := recorded()
	list := of(List(look(r)), Heard)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T002 T001" || list[0].Parts != 2 {
		t.Fatalf("asks %+v", list)
	}
	for _, value := range []string{no, yes, "some:1"} {
		if edits, err := list[0].Edits(value); err != nil || len(edits) != 0 {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	for value, want := range map[string]string{no: "", Unknown: "", "some:2": "E001", yes: "E001 E002"} {
		again := r
		again.Given = []Given{given(list[0], value)}
		var asked []string
		for _, q := range of(List(look(again)), Heard) {
			asked = append(asked, q.About.Exhibits...)
		}
		if strings.Join(asked, " ") != want {
			t.Errorf("after %s asks of %v, want %s", value, asked, want)
		}
	}
	r.Given = []Given{given(list[0], "some:2")}
	words := of(List(look(r)), Heard)[0]
	if _, err := words.Edits("嗯"); err == nil {
		t.Error("one character is taken for words")
	}
	const written = "录音里对方说：“再不还钱就打断你的腿”（本人听录）"
	edits, err := words.Edits("“再不还钱就打断你的腿”")
	if err != nil || shown(edits) != "T001 my own words="+written {
		t.Fatalf("%s (%v)", shown(edits), err)
	}
	r.Incidents[0].Words = written
	kind := of(List(look(r)), Words)
	if len(kind) != 1 || kind[0].About.Breach != "V06a" || len(of(List(look(r)), Heard)) != 0 {
		t.Fatalf("asks %+v", List(look(r)))
	}
	if edits, _ := kind[0].Edits(yes); shown(edits) != "T001 asserted kinds=V06a" {
		t.Error(shown(edits))
	}
	// a transcript comes: its words are compared, and take the place of what was heard
	r.Incidents[0].Asserted = []evidence.Breach{"V06a"}
	r.Spoken = []Spoken{{Exhibit: "E001", Where: "E009 0:03", Passage: "再不还钱就打断你的腿"}}
	later := of(List(look(r)), Words)
	if len(later) != 1 {
		t.Fatalf("asks %+v", later)
	}
	if edits, _ := later[0].Edits(yes); shown(edits) !=
		"T001 asserted kinds=V06a; T001 what the file shows=再不还钱就打断你的腿" {
		t.Error(shown(edits))
	}
}

// A recording without a number is asked about with the others where the collector did
// something that day, whatever it is called; of family, of somebody the phone knows, and
// of a quiet day none is.
func TestRecordingsWithoutNumberAreAsked(t *testing.T) {
	for _, c := range []struct {
		name, at string
		asked    bool
	}{
		{"门口", "09-03 11:02", true}, {"门口", "09-03 23:50", true}, {"门口", "08-20 11:02", false}, {"", "08-20 11:02", true},
		{"妈妈", "09-03 11:02", false}, {"老周", "09-03 11:02", false}, {"小陈", "09-03 11:02", false},
	} {
		r := Record{Case: kase(), Exhibits: []evidence.Exhibit{{Number: "E009", Kind: evidence.Recording}}}
		r.Case.Numbers = append(r.Case.Numbers,
			evidence.Number{Number: stranger, Name: "老周", Side: evidence.OtherSide})
		known := call("T002", "09-03 09:00", "13700000009", evidence.ReachedSelf)
		known.Name = "小陈"
		i := call("T003", c.at, "", evidence.ReachedSelf)
		i.Name, i.Exhibits, i.Source, i.Seconds, i.Answered = c.name, []string{"E009"}, "E009", 2, evidence.Yes
		r.Incidents = []evidence.Incident{sms("T001", "09-03 11:00", collector, "我们到了，开门"), known, i}
		asked := slices.ContainsFunc(of(List(look(r)), Heard), func(q Question) bool {
			return slices.Contains(q.About.Exhibits, "E009")
		})
		if asked != c.asked {
			t.Errorf("%s %s: asked %v", c.name, c.at, asked)
		}
	}
}

// What words amount to that no pattern knows, the person chooses.
func TestHeardWordsOfNoPattern(t *testing.T) {
	r := recorded()
	r.Incidents[0].Words = "录音里对方说：“咱们慢慢玩”（本人听录）"
	r.Incidents[1].Words = "这一次他说话很难听" // in the person's own words, and no passage
	list := List(look(r))
	q := of(list, Heard)
	if len(q) != 1 || q[0].About.Column != "asserted kinds" || len(of(list, Words)) != 0 {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"V06": "T001 asserted kinds=V06", no: "T001 asserted kinds=非V06"} {
		if edits, err := q[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	r.Incidents[0].Denied = []evidence.Breach{"V06"}
	if again := of(List(look(r)), Heard); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
}

// A refusal that stands in a transcript alone is asked of whom the collector had no
// business to call, where they called again; the borrower's own is none by the rule.
func TestSpokenRefusalIsAsked(t *testing.T) {
	r := recorded()
	r.Spoken = []Spoken{{Exhibit: "E001", Where: "E009 0:07", Passage: "你们不要再打电话来了", Refuses: true}}
	if list := of(List(look(r)), Refused); len(list) != 0 {
		t.Errorf("a borrower is asked: %+v", list)
	}
	r.Case.Complainant.Kind = evidence.Contact
	list := of(List(look(r)), Refused)
	if len(list) != 1 || !strings.Contains(list[0].Text.ZH, "这句是不是您在明确拒绝") {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{
		yes: "T001 asserted kinds=V03a; T001 what the file shows=你们不要再打电话来了; T002 refused contact before=yes; " +
			"T003 refused contact before=yes; T004 refused contact before=yes",
		no: "T001 asserted kinds=非V03a"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	r.Spoken[0].Exhibit = "E004" // nothing came after it from them
	r.Incidents = r.Incidents[3:]
	if list := of(List(look(r)), Refused); len(list) != 0 {
		t.Errorf("a refusal that nothing followed: %+v", list)
	}
}

// What a film shows and says the person writes in their own words; what those amount to is asked
// of it as of a voice message, and of no film whose words a program knows or that is left out.
func TestWordsOfAFilmAreAsked(t *testing.T) {
	film := sms("T001", "09-03 10:00", collector, "")
	film.Kind = evidence.Message
	film.Words, film.Use, film.Exhibits, film.Source = "他们说要把我通讯录的人打一遍", evidence.Yes, []string{"E001"}, "E001"
	for name, c := range map[string]struct {
		change func(*evidence.Incident)
		asked  bool
	}{
		"described":       {func(*evidence.Incident) {}, true},
		"named already":   {func(i *evidence.Incident) { i.Asserted = []evidence.Breach{"V06"} }, false},
		"left out":        {func(i *evidence.Incident) { i.Use = evidence.No }, false},
		"nothing written": {func(i *evidence.Incident) { i.Words = "" }, false},
		"with a picture":  {func(i *evidence.Incident) { i.Exhibits = []string{"E001", "E002"} }, false},
	} {
		i := film
		c.change(&i)
		r := Record{Case: kase(), Incidents: []evidence.Incident{i}, Exhibits: []evidence.Exhibit{
			{Number: "E001", Kind: evidence.Video}, {Number: "E002", Kind: evidence.Screenshot}}}
		q := of(List(r), Heard)
		if asked := len(q) == 1; asked != c.asked {
			t.Errorf("%s: asked %v", name, asked)
		} else if asked && !strings.HasPrefix(q[0].Text.ZH, "视频里的“他们说要把我通讯录的人打一遍”") {
			t.Errorf("%s: %s", name, q[0].Text.ZH)
		}
	}
}
