package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Which of several loans a complaint is about is asked, once each for lender and
// contract, with all that the files name; one alone is offered as before.
func TestWhichLoanIsAsked(t *testing.T) {
	settled := sms("T001", "08-20 09:12", collector, "您的借款HYJ2025110012已结清")
	overdue := sms("T002", "08-25 10:00", collector, "您的借款HYJ2026030077已逾期，请登录APP还款")
	no := kase()
	no.Lender = evidence.Party{}
	paper := func(words string) []Paper { return []Paper{{Exhibit: "E009", Text: words}} }
	for _, c := range []struct {
		name    string
		record  Record
		kind    Kind
		choices string
		prefill string
		changes string // of the first choice
	}{
		{"two contracts in messages", Record{Case: kase(), Incidents: []evidence.Incident{settled, overdue}}, Contract,
			"HYJ2025110012 HYJ2026030077", "", "loan.contract=HYJ2025110012"},
		{"one in a paper, another in a message", Record{Case: kase(), Incidents: []evidence.Incident{overdue},
			Papers: paper("合同编号：HYJ2025110012")}, Contract, "HYJ2025110012 HYJ2026030077", "",
			"loan.contract=HYJ2025110012"},
		{"one in both", Record{Case: kase(), Incidents: []evidence.Incident{overdue},
			Papers: paper("合同编号：HYJ2026030077")}, Contract, "HYJ2026030077", "HYJ2026030077",
			"loan.contract=HYJ2026030077"},
		{"two lenders in papers", Record{Case: no, Papers: paper("贷款人：盛和消费金融有限公司\n贷款人：海川小额贷款有限公司\n")}, Lender,
			"盛和消费金融有限公司 海川小额贷款有限公司", "",
			"lender.licence=consumer-finance; lender.name=盛和消费金融有限公司"},
		{"a name that the edge of a picture cuts", Record{Case: no, Papers: append(paper("贷款人：盛和消费金融有限公司\n"),
			Paper{Exhibit: "E010", Machine: true, Text: "贷款人：盛和消费金融有限\n"})}, Lender,
			"盛和消费金融有限公司", "盛和消费金融有限公司", "lender.licence=consumer-finance; lender.name=盛和消费金融有限公司"},
		{"a lender, and who guaranteed", Record{Case: no, Papers: paper("贷款人：盛和消费金融有限公司\n担保人：海川融资担保有限公司\n")},
			Lender, "盛和消费金融有限公司", "盛和消费金融有限公司",
			"lender.licence=consumer-finance; lender.name=盛和消费金融有限公司"},
	} {
		list := of(List(look(c.record)), c.kind)
		if len(list) != 1 {
			t.Errorf("%s: %d questions", c.name, len(list))
			continue
		}
		var choices []string
		for _, x := range list[0].Choices {
			choices = append(choices, x.Value)
		}
		edits, err := list[0].Edits(choices[0])
		if got := strings.Join(choices, " "); got != c.choices || list[0].Prefill != c.prefill || err != nil ||
			shown(edits) != c.changes {
			t.Errorf("%s: %s, prefill %s, %s (%v)", c.name, got, list[0].Prefill, shown(edits), err)
		}
	}
	if list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{overdue}})), Contract); len(list) != 0 {
		t.Errorf("one loan alone is asked about: %+v", list)
	}
}

// What speaks of another lender is asked once for all, and taken or left as they say.
func TestRowsOfAnotherLenderAreAsked(t *testing.T) {
	words := "您在盛和消费金融的借款已逾期，再不还就上门"
	first, second := sms("T001", "09-03 10:00", collector, words), sms("T002", "09-04 10:00", collector, words)
	says := []evidence.Statement{{Source: "E001:3", Value: "盛和消费金融"}}
	r := look(Record{Case: kase(), Incidents: []evidence.Incident{first, second}, Report: evidence.Report{
		Doubts: []evidence.Doubt{{Code: evidence.OtherLender, Incident: "T001", About: evidence.AboutRow, Says: says},
			{Code: evidence.OtherLender, Incident: "T002", About: evidence.AboutRow, Says: says}}}})
	var list []Question
	for _, q := range List(r) {
		if q.About.Column == "lender" {
			list = append(list, q)
		}
	}
	if len(list) != 1 || !strings.Contains(list[0].Text.ZH, "盛和消费金融") {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"yes": "T001 use=yes; T002 use=yes", "no": "T001 use=no; T002 use=no",
		"some:2": "T001 use=no; T002 use=yes"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}

// A firm that messages name as collecting for another is offered as the agency; a
// company of the case, and a body whose name may be borrowed, is not.
func TestAgencyIsOffered(t *testing.T) {
	named := kase()
	named.Agency.Name = "信诚资产管理有限公司"
	entrusted := sms("T001", "09-03 10:00", collector, "【信诚资产】我司受示例消费金融有限公司委托，请您尽快还款")
	for _, c := range []struct {
		name   string
		record Record
		want   string
	}{
		{"by its signature", Record{Case: kase(), Incidents: []evidence.Incident{entrusted}}, "agency.name=信诚资产"},
		{"named already", Record{Case: named, Incidents: []evidence.Incident{entrusted}}, ""},
		{"of a number nobody named", Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00",
			stranger, entrusted.Shown)}}, ""},
		{"the platform itself", Record{Case: kase(),
			Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector,
				"【极融】我司受示例消费金融有限公司委托，请您尽快还款")}}, ""},
		{"a mediation body", Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector,
			"【城南调解中心】受示例消费金融有限公司委托，请您尽快还款")}}, ""},
	} {
		list, got := of(List(look(c.record)), Agency), ""
		if len(list) == 1 {
			edits, err := list[0].Edits(list[0].Prefill)
			if err != nil {
				t.Fatal(err)
			}
			got = shown(edits)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A demand for a loan that a message said was paid is asked about once, and is not
// called lawful meanwhile.
func TestDemandForAPaidLoanIsAsked(t *testing.T) {
	r := look(Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "08-20 10:00", collector, "您的借款HYJ2025110012已结清"),
		sms("T002", "09-01 10:00", collector, "借款HYJ2025110012仍欠3400元，请今日还款")}})
	list := of(List(r), Words)
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T002" {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"yes": "T002 asserted kinds=V20b", "no": "T002 asserted kinds=非V20b"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	for _, x := range r.Report.Lawful {
		if strings.Contains(strings.Join(x.Incidents, " "), "T002") {
			t.Errorf("called lawful: %s", x.Act.ZH)
		}
	}
}

// Once the loan was paid, the answered calls of who collects it and what they write
// are asked about together with the demands that name it; what a call was for is the
// person's word.
func TestCallsAfterALoanWasPaidAreAsked(t *testing.T) {
	r := look(Record{Case: kase(), Incidents: []evidence.Incident{
		call("T001", "08-10 10:00", collector, "self"),
		sms("T002", "08-20 10:00", collector, "您的借款已全部结清，感谢您的配合"),
		call("T003", "09-01 10:00", collector, "self"),
		sms("T004", "09-02 10:00", collector, "最后通知，明天上门到你家"),
		call("T005", "09-03 10:00", stranger, "self")}})
	ofPaid := func() (out []Question) {
		for _, q := range of(List(r), Words) {
			if q.About.Breach == "V20b" {
				out = append(out, q)
			}
		}
		return out
	}
	list := ofPaid()
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T003 T004" ||
		!strings.Contains(list[0].Text.ZH, "1 2026年9月1日10:00的来电") {
		t.Fatalf("asks %+v", list)
	}
	const said = "T003 my own words=这通电话催的是已经还清的这笔借款。; "
	for value, want := range map[string]string{
		"yes":    "T003 asserted kinds=V20b; " + said + "T004 asserted kinds=V20b",
		"no":     "T003 asserted kinds=非V20b; T004 asserted kinds=非V20b",
		"some:2": "T003 asserted kinds=非V20b; T004 asserted kinds=V20b"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	for _, x := range r.Report.Lawful {
		if strings.Contains(strings.Join(x.Incidents, " "), "T003") {
			t.Errorf("called lawful: %s", x.Act.ZH)
		}
	}
}
