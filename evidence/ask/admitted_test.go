package ask

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Messages that say that others were called already are asked about together, once;
// what is said to be so waits for whether the person could be reached that day.
func TestAdmissionsAreAsked(t *testing.T) {
	one := sms("T001", "09-03 10:00", collector, "你妈电话我已经打过了，今天还款")
	two := sms("T002", "09-04 10:00", collector, "你单位那边我们联系过了，今天还款")
	threat := sms("T003", "09-05 10:00", collector, "再不还就给你妈打电话")
	ofV02 := func(r Record) []Question {
		return slices.DeleteFunc(of(List(look(r)), Words), func(q Question) bool { return q.About.Breach != "V02" })
	}
	r := Record{Case: kase(), Incidents: []evidence.Incident{one, two, threat}}
	list := ofV02(r)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T001 T002" ||
		!strings.HasPrefix(list[0].Text.ZH, "这 2 条，是不是每一条都在承认已经联系过您的家人") {
		t.Fatalf("asks %+v", list)
	}
	if others := of(List(look(r)), Words); len(others) != 2 || strings.Join(others[0].About.Incidents, " ") != "T003" {
		t.Errorf("what was done already is asked about as announced: %+v", others)
	}
	for value, want := range map[string]string{
		"yes":    "T001 asserted kinds=V02; T002 asserted kinds=V02",
		"some:2": "T001 asserted kinds=非V02; T002 asserted kinds=V02",
	} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	r.Incidents[0].Asserted, r.Incidents[1].Denied = []evidence.Breach{"V02"}, []evidence.Breach{"V02"}
	if again := ofV02(r); len(again) != 0 {
		t.Errorf("asks again: %+v", again)
	}
	if others := of(List(look(r)), Words); len(others) != 1 ||
		strings.Join(others[0].About.Incidents, " ") != "T002 T003" {
		t.Errorf("what is no admission may announce: %+v", others)
	}
	waits := of(List(look(r)), Reachable)
	if len(waits) != 1 || strings.Join(waits[0].About.Incidents, " ") != "T001" {
		t.Errorf("whether the person could be reached: %+v", waits)
	}
}

// What sounds as if the other side owned what its collectors did is asked about one by
// one; of somebody who is not theirs it is not.
func TestWhatTheyOwnIsAsked(t *testing.T) {
	const words = "对于此前催收人员的不当言行向您致歉，我司已停止该团队作业"
	one := sms("T001", "09-25 14:00", collector, words)
	other := sms("T002", "09-26 14:00", "4000000009", words)
	done := sms("T003", "09-27 14:00", collector, words)
	done.Role = evidence.RoleAdmission
	for n, i := range []*evidence.Incident{&one, &other, &done} {
		i.Source = fmt.Sprintf("E001:%d", n+1)
	}
	list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{one, other, done}})), Role)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T001" ||
		!strings.Contains(list[0].Text.ZH, words) {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"yes": "T001 role=admission", "no": "T001 role=service"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}
