package ask

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// For which lender numbers collect that do not tell is one question for all of them, once
// each is named; what the person does not know of is not asked again, and stays in doubt.
func TestForWhomIsAsked(t *testing.T) {
	c := kase()
	c.Platform.Brand, c.Lender.Name = "飞羽借", "沧澜小额贷款有限公司"
	c.Numbers = []evidence.Number{{Number: "17100000001", Side: evidence.CollectorSide},
		{Number: "17100000002", Side: evidence.CollectorSide}, {Account: "催收小李", Side: evidence.CollectorSide},
		{Number: "95599", Side: evidence.OtherSide}}
	bank := call("T004", "09-03 10:00", "95599", evidence.ReachedSelf)
	bank.Kind, bank.Shown = evidence.SMS, "【恒嵘银行】您的信用卡已逾期，请尽快还款。"
	chat := call("T003", "09-03 11:00", "", evidence.ReachedSelf)
	chat.Kind, chat.Name, chat.Shown = evidence.Message, "催收小李", "今天必须还"
	r := Record{Case: c, Incidents: []evidence.Incident{call("T001", "09-03 09:00", "17100000001", evidence.ReachedSelf),
		call("T002", "09-04 09:00", "17100000002", evidence.ReachedSelf), chat, bank}}
	for _, id := range []string{"T001", "T002", "T003"} {
		r.Report.Doubts = append(r.Report.Doubts, evidence.Doubt{Code: evidence.LenderNotSaid, Incident: id,
			About: evidence.AboutNumber})
	}
	r = look(r)
	list := of(List(r), Lending)
	if len(list) != 1 || fmt.Sprint(list[0].About.Numbers) != "[17100000001 17100000002 催收小李]" || list[0].Parts != 3 {
		t.Fatalf("asked: %+v", list)
	}
	q := list[0]
	if got, err := q.Edits("some:1,3"); err != nil || fmt.Sprint(got[0].Column, got[0].Value, got[1].Value, got[2].Account,
		got[2].Value) != "forthisother催收小李this" {
		t.Errorf("edits of some: %v, %v", got, err)
	}
	given := func(value string, whose ...string) Given {
		return Given{Question: q.ID, Kind: Lending, Subject: whose, Value: value}
	}
	for _, x := range []struct {
		name  string
		given Given
		want  string
	}{
		{"who does not know", given(Unknown, q.About.Numbers...), "[]"},
		{"of one", given(Unknown, "17100000001"), "[[17100000002 催收小李]]"},
		{"one by one", given(apart, q.About.Numbers...), "[[17100000001] [17100000002] [催收小李]]"},
	} {
		r.Given = []Given{x.given}
		var got [][]string
		for _, q := range of(List(r), Lending) {
			got = append(got, q.About.Numbers)
		}
		if fmt.Sprint(got) != x.want {
			t.Errorf("%s: %v, want %s", x.name, got, x.want)
		}
	}
	// who the lender of the case is comes first, for it may be the other name
	r.Given, r.Case.Lender.Name = nil, ""
	if list := List(r); len(of(list, Lending)) != 0 || len(of(list, Lender)) != 1 {
		t.Errorf("while the lender is not known: %+v", of(list, Lending))
	}
}
