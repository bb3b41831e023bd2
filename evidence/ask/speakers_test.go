package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// copiedOff is a case with screenshots of which the person wrote down these words, and
// said no more.
func copiedOff(words ...string) Record {
	r := Record{Case: kase()}
	for n, w := range words {
		number := string(rune('1' + n))
		i := sms("T00"+number, "09-16 12:2"+number, "", w)
		i.Kind, i.Use, i.Direction, i.Reached = evidence.Message, evidence.Unknown, evidence.In, evidence.ReachedUnknown
		i.Exhibits, i.Source = []string{"E00" + number}, "E00"+number
		r.Incidents = append(r.Incidents, i)
		r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: "E00" + number, Kind: evidence.Screenshot})
		r.Given = append(r.Given, Given{Question: "q-" + number, Kind: Picture, Incidents: []string{i.ID}, Value: w})
	}
	return r
}

// Who says what was copied off pictures is asked before anything is made of it: what a
// colleague tells is no threat and no message of the collector's.
func TestSpeakerIsAskedFirst(t *testing.T) {
	const told, threat = "小郭，有个自称鹿角分期的打到办公室", "不还钱就打断你的腿"
	r := copiedOff(told, threat)
	list := List(look(r))
	asked := of(list, Speaker)
	if len(asked) != 1 || asked[0].Parts != 2 || len(of(list, Words))+len(of(list, Reached))+len(of(list, Told)) > 0 {
		t.Fatalf("%+v", list)
	}
	for _, c := range []struct{ value, want string }{
		{"some:1", "T001 told by=有人，2026年9月16日12:21告诉; T001 use=yes; T002 use=yes"},
		{no, "T001 use=yes; T002 use=yes"},
		{Unknown, ""},
	} {
		edits, err := asked[0].Edits(c.value)
		if err != nil || shown(edits) != c.want {
			t.Errorf("%s: %s, %v", c.value, shown(edits), err)
		}
	}
	// one picture alone is asked of whom it reached as well
	one := of(List(look(copiedOff(threat))), Speaker)
	if len(one) != 1 {
		t.Fatalf("%+v", one)
	}
	if edits, err := one[0].Edits(toMe); err != nil || shown(edits) != "T001 reached=self; T001 use=yes" {
		t.Errorf("%s, %v", shown(edits), err)
	}
	// what is said once is not asked again, and neither is what nobody can say
	for _, value := range []string{no, Unknown} {
		r.Given = append(r.Given[:2:2], given(asked[0], value))
		if again := of(List(look(r)), Speaker); len(again) != 0 {
			t.Errorf("%s: asked again: %+v", value, again)
		}
	}
	// in parts: of two, each by itself
	r.Given = append(r.Given[:2:2], given(asked[0], apart))
	if parts := of(List(look(r)), Speaker); len(parts) != 2 || parts[0].Parts != 0 {
		t.Errorf("%+v", parts)
	}
}

// Of what somebody tells without a name on the picture it is asked who they are; 对方 is
// the party complained of, and never who tells of it.
func TestTellerIsAskedFor(t *testing.T) {
	r := copiedOff("又有人打我电话了，说你是诈骗犯")
	i := &r.Incidents[0]
	i.Use, i.ToldBy = evidence.Yes, tellerOf(*i)+"，"+whenZH(*i)+"告诉"
	if strings.Contains(i.ToldBy, "对方") {
		t.Error(i.ToldBy)
	}
	list := of(List(look(r)), Picture)
	if len(list) != 1 || list[0].About.Column != "told by" {
		t.Fatalf("%+v", list)
	}
	edits, err := list[0].Edits("妈妈")
	if want := "T001 name=妈妈; T001 reached=family; T001 told by=妈妈，2026年9月16日12:21告诉"; err != nil || shown(edits) != want {
		t.Errorf("%s, %v; want %s", shown(edits), err, want)
	}
	i.Name, i.ToldBy = "妈妈", "妈妈，2026年9月16日12:21告诉"
	if again := of(List(look(r)), Picture); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
}

// Rows of a few are asked about one by one, where not all of them are alike: halves of
// them would ask more often.
func TestAFewAreAskedOneByOne(t *testing.T) {
	for _, n := range []int{4, 8} {
		r := Record{Case: kase()}
		for k := range n {
			i := sms("T00"+string(rune('1'+k)), "09-16 12:00", collector, "明天上门")
			i.Reached = evidence.ReachedUnknown
			r.Incidents = append(r.Incidents, i)
		}
		q := of(List(look(r)), Reached)
		if len(q) != 1 {
			t.Fatalf("%+v", q)
		}
		r.Given = []Given{given(q[0], apart)}
		want := n
		if n > fewEnough {
			want = 2
		}
		if parts := of(List(look(r)), Reached); len(parts) != want {
			t.Errorf("of %d rows %d questions, want %d", n, len(parts), want)
		}
	}
}
