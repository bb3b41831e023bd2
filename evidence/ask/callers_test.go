package ask

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A courier rings the person and their father, as the collector does: one answer for the
// collector's numbers must not take the courier along.
func TestWhoDeliversIsAskedAlone(t *testing.T) {
	const courier, second = "95338", "19900000313"
	at := func(id, when, number, exhibit string) evidence.Incident {
		i := call(id, when, number, "")
		i.Exhibits, i.Source = []string{exhibit}, exhibit+":"+id
		return i
	}
	parcel := at("T009", "09-03 22:40", courier, "E001")
	parcel.Kind, parcel.Shown = evidence.SMS, "【示例速运】您的快件已到驿站，取件码6-2-3018。"
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		at("T001", "09-03 10:00", stranger, "E001"), at("T002", "09-03 11:00", second, "E001"),
		at("T003", "09-03 22:50", courier, "E001"), at("T004", "09-03 12:00", stranger, "E002"),
		at("T005", "09-03 13:00", second, "E002"), at("T006", "09-03 22:33", courier, "E002"), parcel},
		Devices: []device.Device{{Name: "手机", Exhibits: []string{"E001"}},
			{Name: "爸爸", Exhibits: []string{"E002"}, Owner: evidence.ReachedFamily}}}
	var together, alone []Question
	for _, q := range of(List(look(r)), Caller) {
		if slices.Contains(q.About.Numbers, courier) {
			alone = append(alone, q)
		} else {
			together = append(together, q)
		}
	}
	if len(together) != 1 || len(together[0].About.Numbers) != 2 {
		t.Errorf("the collector's numbers: %+v", together)
	}
	if len(alone) != 1 || len(alone[0].About.Numbers) != 1 || !strings.Contains(alone[0].Text.ZH, "取件码") ||
		strings.Contains(alone[0].Why.ZH, "催收") {
		t.Errorf("the courier's: %+v", alone)
	}
	// without a word of its own it is asked alone all the same; where it demands, it is one of them
	for words, numbers := range map[string]int{"": 2, "您已逾期，今天不还款就联系您的家人": 3} {
		r := r
		r.Incidents = slices.Clone(r.Incidents)
		if r.Incidents[6].Shown = words; words == "" {
			r.Incidents = r.Incidents[:6]
		}
		q := of(List(look(r)), Caller)
		if n := slices.IndexFunc(q, func(q Question) bool { return slices.Contains(q.About.Numbers, stranger) }); n < 0 ||
			len(q[n].About.Numbers) != numbers {
			t.Errorf("%q: %+v", words, q)
		}
	}
}

// Whoever writes in a court's name and says to call the collector is likely no court.
func TestMessageThatGivesACollectorsNumber(t *testing.T) {
	i := call("T001", "09-03 11:02", "10657120011", "")
	i.Kind, i.Shown = evidence.SMS, "【法院送达】您名下案件已强制执行，请立即联系承办人"+collector+"处理"
	q := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Caller)
	if len(q) != 1 || q[0].Prefill != "collector" || !strings.Contains(q[0].Why.ZH, collector) {
		t.Errorf("%+v", q)
	}
	i.Shown = strings.ReplaceAll(i.Shown, collector, stranger)
	for _, q := range of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Caller) {
		if q.Prefill != "" {
			t.Errorf("another's number: %+v", q)
		}
	}
}

// Of a chat whose export does not say what the person wrote, a name in it may be theirs: that
// is a choice, and offered where it is their own name. Of what is known to have come in it is
// none.
func TestOwnNameInAChat(t *testing.T) {
	said := func(id, name string, way evidence.Direction) evidence.Incident {
		i := sms(id, "09-03 10:00", "", "您的欠款已逾期，再不还就爆你通讯录")
		i.Kind, i.Name, i.Direction = evidence.Message, name, way
		return i
	}
	k := kase()
	k.Complainant.Name = "林晓安"
	for _, c := range []struct {
		name            string
		way             evidence.Direction
		choice, prefill bool
	}{
		{"林晓安", evidence.DirectionUnknown, true, true},
		{"阿宁", evidence.DirectionUnknown, true, false},
		{"阿宁", evidence.In, false, false},
	} {
		r := look(Record{Case: k, Incidents: []evidence.Incident{said("T001", c.name, c.way)}})
		q := of(List(r), Caller)
		if len(q) != 1 {
			t.Fatalf("%s: %d questions", c.name, len(q))
		}
		own := slices.ContainsFunc(q[0].Choices, func(o Choice) bool { return o.Value == string(evidence.SelfSide) })
		if own != c.choice || (q[0].Prefill == string(evidence.SelfSide)) != c.prefill {
			t.Errorf("%s %q: choices %v, prefilled %q", c.name, c.way, q[0].Choices, q[0].Prefill)
		}
		if !own {
			continue
		}
		edits, err := q[0].Edits(string(evidence.SelfSide))
		if err != nil || len(edits) != 1 || edits[0].Account != c.name || edits[0].Value != string(evidence.SelfSide) {
			t.Errorf("%s: %+v, %v", c.name, edits, err)
		}
	}
}
