package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// The guide names nobody as the next step who has the matter already, says until when
// an answer is due, and what to do with one.
func TestStartKnowsWhatWasFiled(t *testing.T) {
	const next, had = "按这个顺序提交", "已经交过的，不用再交一遍"
	guide := func(filings ...evidence.Filing) (open, done, after string) {
		in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
		in.Case.Filings = filings // the letter is of 28 March
		in.Case.Platform = evidence.Party{}
		steps := []GuideEntry{{Recipient: to(t, in, evidence.ToLender).Recipient, Role: evidence.ToLender, Folder: "1"},
			{Recipient: to(t, in, evidence.ToForward).Recipient, Role: evidence.ToForward, Folder: "2"},
			{Recipient: to(t, in, evidence.ToRegulator).Recipient, Role: evidence.ToRegulator, Folder: "3"}}
		text := document.Text(Start(to(t, in, evidence.ToLender), steps))
		open, after, _ = strings.Cut(text, "一直要保留的")
		_, open, _ = strings.Cut(open, next)
		open, done, _ = strings.Cut(open, had)
		return open, done, after
	}
	open, done, _ := guide()
	if !strings.Contains(open, "1.示例消费金融有限公司：投诉书") || done != "" || !strings.Contains(open, "先向放款机构投诉") ||
		!strings.Contains(open, "手上已经有工单号") {
		t.Errorf("nothing was filed: %s then %s", open, done)
	}
	for _, x := range []struct {
		name   string
		filing evidence.Filing
		want   []string // of what was handed in
		not    []string
	}{
		{"three weeks ago", evidence.Filing{To: "lender", Date: "2026-03-07", Receipt: "GD1"},
			[]string{"2026年3月7日已经交过，编号GD1", "一般应当答复的日子是2026年3月22日；已经过了", "做补充材料"}, []string{"还没有到"}},
		{"on the last day", evidence.Filing{To: "lender", Date: "2026-03-13"}, []string{"2026年3月28日；还没有到"},
			[]string{"已经过了", "编号GD"}},
		{"a day later", evidence.Filing{To: "lender", Date: "2026-03-12"}, []string{"2026年3月27日；已经过了"}, nil},
		{"answered", evidence.Filing{To: "lender", Date: "2026-03-07", Answered: "2026-03-20", Answer: "已道歉"},
			[]string{"2026年3月20日已经答复；不满意的，接着交"}, []string{"已经过了", "还没有到"}},
		{"answered to their satisfaction", evidence.Filing{To: "lender", Date: "2026-03-07", Answered: "2026-03-20",
			Outcome: evidence.Satisfied}, []string{"2026年3月20日已经答复，您记的是满意", "结束这一处"}, []string{"不满意的"}},
	} {
		open, done, _ := guide(x.filing)
		if strings.Contains(open, "示例消费金融有限公司：投诉书") || strings.Contains(open+done, "先向放款机构投诉") {
			t.Errorf("%s: the lender is the next step again: %s", x.name, open)
		}
		if !strings.Contains(open, "1.国家金融监督管理总局浙江监管局：投诉书（请转办）") {
			t.Errorf("%s: what is next: %s", x.name, open)
		}
		for _, w := range x.want {
			if !strings.Contains(done, w) {
				t.Errorf("%s: no %q in %s", x.name, w, done)
			}
		}
		for _, w := range x.not {
			if strings.Contains(done, w) {
				t.Errorf("%s: %q in %s", x.name, w, done)
			}
		}
	}
	// The report to an office is one road, the complaint it passes on another.
	for to, left := range map[string]string{"forward": "举报书", "regulator": "投诉书（请转办）"} {
		open, done, _ := guide(evidence.Filing{To: to, Date: "2026-03-07"})
		if !strings.Contains(open, "国家金融监督管理总局浙江监管局："+left) || strings.Count(done, "已经交过") != 1 {
			t.Errorf("filed as %s: %s then %s", to, open, done)
		}
	}
}

// What a complaint is good for is said as far as it asks for it.
func TestGuideWantsWhatTheLettersAsk(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	steps := []GuideEntry{{Recipient: in.Recipient, Role: evidence.ToPlatform, Folder: "1"},
		{Recipient: to(t, in, evidence.ToRegulator).Recipient, Role: evidence.ToRegulator, Folder: "2"}}
	if s := strings.Join(in.purposes(steps), ""); !strings.Contains(s, "要对方停止、说明、道歉、书面答复") ||
		!strings.Contains(s, "查处违规") {
		t.Error(s)
	}
	asked := in
	asked.Findings = []evidence.Finding{{Rule: "V07", Strength: evidence.Shown, Doubtful: true,
		Citations: in.Findings[0].Citations, Incidents: in.Findings[0].Incidents}}
	if s := strings.Join(asked.purposes(steps), ""); !strings.Contains(s, "要对方核查、说明、书面答复") ||
		!strings.Contains(s, "核查情况：举报书") || strings.Contains(s, "道歉、书面") {
		t.Error(s)
	}
	paid := in
	paid.Findings = []evidence.Finding{{Rule: "V20", Parts: []evidence.Text{evidence.Breach("V20b").Title()},
		Strength: evidence.Shown, Citations: in.Findings[0].Citations, Incidents: in.Findings[0].Incidents}}
	text := document.Text(Start(paid, steps))
	if strings.Contains(text, "该还的仍要还") || !strings.Contains(text, "已经还清的债，不要为了息事宁人先付款") {
		t.Errorf("a paid debt is owed: %s", text)
	}
}

// A company that guarantees a loan is not called the one who lent, and is asked who did.
// Who says that the claim is theirs is a respondent of whom they call besides, too.
func TestGuarantorsAndAssigneesAreNamedAsWhatTheyAre(t *testing.T) {
	in := to(t, borrower(evidence.Guarantee, "示例融资担保有限公司"), evidence.ToPlatform)
	if s := document.Text(Compose(in, counted())); !strings.Contains(s, "示例融资担保有限公司（融资担保公司）") ||
		!strings.Contains(s, "告知放款机构的名称。") || strings.Contains(s, "（放款机构") {
		t.Error(s)
	}
	for _, in := range []Input{borrower(evidence.ConsumerFinance, "示例消费金融有限公司"),
		harassed(evidence.ConsumerFinance, "示例消费金融有限公司")} {
		in.Case.Assignee.Name = "示例资产管理有限公司"
		if s := document.Text(Compose(to(t, in, evidence.ToPlatform), counted())); !strings.Contains(s,
			"示例资产管理有限公司（称已受让债权的机构）") || strings.Contains(s, "告知放款机构的名称") {
			t.Error(s)
		}
	}
}

// A mediator is asked to bring the two together about what is owed where the person
// wished it, and not by who says that nothing is; the paper then does not say that it
// leaves the debt alone.
func TestMediatorIsAskedForAPlanWhereItWasWished(t *testing.T) {
	const lender, plan, alone = "示例消费金融有限公司", "协商延期或分期还款", "不涉及债务本身的争议"
	nobody := further(t, borrower(evidence.ConsumerFinance, lender), evidence.ToMediation)
	if s := document.Text(Compose(nobody, counted())); strings.Contains(s, plan) || !strings.Contains(s, alone) {
		t.Errorf("nobody asked for a plan:\n%s", s)
	}
	for _, x := range []struct {
		name string
		in   Input
		asks bool
	}{
		{"who owes it", borrower(evidence.ConsumerFinance, lender), true},
		{"the case says when it was paid", settled(evidence.ConsumerFinance, lender), false},
		{"a message was named a demand for a paid loan", rowSettled(evidence.ConsumerFinance, lender), false},
		{"it is not theirs", disputing("V20a", borrower(evidence.ConsumerFinance, lender)), false},
	} {
		x.in.Case.Deferral.Reason = "今年六月起停工"
		s := document.Text(Compose(further(t, x.in, evidence.ToMediation), counted()))
		if strings.Contains(s, plan) != x.asks || x.asks && strings.Contains(s, alone) {
			t.Errorf("%s:\n%s", x.name, s)
		}
	}
}
