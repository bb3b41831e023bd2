package letter

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

func guardian(licence evidence.Licence, lender string) Input {
	in := borrower(licence, lender)
	p := &in.Case.Complainant
	p.Kind, p.Of, p.Relation = evidence.Guardian, "王小满", "母亲"
	in.Case.Loan.Born, in.Case.Consent.Loan = "2008-03-01", evidence.No
	return in
}

func heir(licence evidence.Licence, lender string) Input {
	in := borrower(licence, lender)
	p := &in.Case.Complainant
	p.Kind, p.Of, p.Relation = evidence.Heir, "王大山", "女儿"
	return in
}

// disputing adds a message about a loan that is not the person's, or is paid.
func disputing(part evidence.Breach, in Input) Input {
	i := sms(10, "王小雨，你的借款已逾期，请尽快还款", part)
	f := kind("V20", []evidence.Citation{cc("CC-1037", "第一千零三十七条", "发现个人信息有错误的，可以要求更正、删除。")}, i)
	in.Findings = append(in.Findings, f)
	return in
}

func settled(licence evidence.Licence, lender string) Input {
	in := disputing("V20b", borrower(licence, lender))
	in.Case.Loan.Settled, in.Case.Loan.Exhibits = "2026-02-01", []string{"E005"}
	return in
}

// Every letter of every person against every lender reads whole: no sentence is
// empty, no list has a hole, and nothing is said that belongs to somebody else.
func TestEveryPersonAgainstEveryLender(t *testing.T) {
	holes := regexp.MustCompile(`（）|“”|，。|：。|。。|；。|，，|、。|、、|（，|依据）|向就|向通过|：\n\n`)
	each(t, func(t *testing.T, name string, in Input) {
		text := document.Text(Compose(in, counted()))
		if at := holes.FindStringIndex(text); at != nil {
			t.Errorf("a hole: …%s…", text[max(0, at[0]-60):min(len(text), at[1]+30)])
		}
		asks, _, _ := strings.Cut(text, "事实与理由")
		switch who, _, _ := strings.Cut(name, "-"); who {
		case "theft", "wrong", "settled":
			for _, s := range []string{"延期", "分期", "减少", "未还款项到期日"} {
				if strings.Contains(asks, s) || strings.Contains(text, "未还款项到期日") {
					t.Errorf("who owes nothing says %q", s)
				}
			}
		case "heir", "guardian":
			if !strings.Contains(text, "与本案关系：借款人") {
				t.Error("does not say whose loan it is")
			}
		}
		if in.settled() && !in.contact() && strings.Contains(text, "对方主张逾期金额") {
			t.Error("a debt that is paid has a sum overdue")
		}
		if in.contact() && strings.Contains(text, "受让债权") {
			t.Error("a contact argues the assignment")
		}
	})
}

// What is said of who the writer is to the debt goes with its fact.
func TestStanding(t *testing.T) {
	with := func(make func(evidence.Licence, string) Input, edit ...func(*evidence.Case)) Input {
		in := make(evidence.Bank, "示例银行股份有限公司")
		for _, e := range edit {
			e(&in.Case)
		}
		return in
	}
	without := func(part evidence.Breach) func(*Input) {
		return func(in *Input) {
			in.Findings = slices.DeleteFunc(in.Findings,
				func(f evidence.Finding) bool { return slices.Contains(f.Parts, part.Title()) })
		}
	}
	theft := func(l evidence.Licence, n string) Input { return disputing("V20c", borrower(l, n)) }
	wrong := func(l evidence.Licence, n string) Input { return disputing("V20a", borrower(l, n)) }
	card := func(c *evidence.Case) { c.Loan.Kind, c.Deferral.Reason = evidence.CreditCard, "停工" }
	for _, c := range []struct {
		name, words string
		in          Input
		role        Role
		take        func(*Input)
	}{
		{"theft", "本人没有申请、签署过这笔借款", with(theft), ToLender, without("V20c")},
		{"application record", "人脸核验照片、电子合同签署记录和收款账户", with(theft), ToLender, without("V20c")},
		{"told of, not owed", "对方所称的借款（本人陈述）", with(theft), ToRegulator, without("V20c")},
		{"wrong person", "本人不是这笔借款的债务人", with(wrong), ToLender, without("V20a")},
		{"settled on a day", "这笔借款已于2026年2月1日结清（证据5，第9页）。", with(settled), ToLender,
			func(in *Input) { in.Case.Loan.Settled = "" }},
		{"its proof", "结清（证据5", with(settled), ToLender, func(in *Input) { in.Case.Loan.Exhibits = nil }},
		{"settled", "这笔借款已经结清。", with(settled, func(c *evidence.Case) {
			c.Loan.Settled, c.Loan.Exhibits = "", nil
		}), ToLender, without("V20b")},
		{"guardian", "借款人王小满的监护人（法定代理人），母亲", with(guardian), ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"age", "借款时17周岁", with(guardian), ToLender, func(in *Input) { in.Case.Loan.Born = "" }},
		{"of age", "借款时的年龄和身份审核", with(guardian), ToLender,
			func(in *Input) { in.Case.Loan.Born = "2007-06-01" }},
		{"not agreed to", "监护人没有同意、追认过", with(guardian), ToLender,
			func(in *Input) { in.Case.Consent.Loan = evidence.Unknown }},
		{"agreed to", "监护人不追认这笔借款", with(guardian), ToLender,
			func(in *Input) { in.Case.Consent.Loan = evidence.Yes }},
		{"minors, to the supervisor", "向未成年人放款", with(guardian), ToRegulator,
			func(in *Input) { in.Case.Loan.Born = "" }},
		{"heir", "借款人王大山已去世", with(heir), ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"heir's own money", "不要求本人以个人财产偿还", with(heir), ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"cash by renting", "说明设备交付、实际到账金额和租金", with(borrower, func(c *evidence.Case) {
			c.Loan.Kind = evidence.CashByRenting
		}), ToLender, func(in *Input) { in.Case.Loan.Kind = "" }},
		{"cash by renting, to the supervisor", "合同名义为租赁、实际是否为借款", with(borrower, func(c *evidence.Case) {
			c.Loan.Kind = evidence.CashByRenting
		}), ToRegulator, func(in *Input) { in.Case.Loan.Kind = evidence.NetworkLoan }},
		{"assignee", "债权是否已经转让给示例资产管理有限公司", with(borrower, func(c *evidence.Case) {
			c.Assignee.Name = "示例资产管理有限公司"
		}), ToLender, func(in *Input) { in.Case.Assignee = evidence.Party{} }},
		{"card", "个性化分期还款协议，最长可以到六十个月", with(borrower, card), ToLender,
			func(in *Input) { in.Case.Loan.Kind = evidence.NetworkLoan }},
		{"no wish", "个性化分期还款", with(borrower, card), ToLender,
			func(in *Input) { in.Case.Deferral = evidence.Deferral{} }},
		{"less interest of a card", "银行卡民事纠纷案件若干问题的规定》第二条", with(borrower, card, func(c *evidence.Case) {
			c.Deferral.Reduce = evidence.Yes
		}), ToLender, func(in *Input) { in.Case.Deferral.Reduce = evidence.No }},
		{"less interest", "请求减少利息、罚息和违约金。", with(borrower, func(c *evidence.Case) {
			c.Deferral.Reduce = evidence.Yes
		}), ToLender, func(in *Input) { in.Case.Deferral.Reduce = evidence.Unknown }},
		{"kind of loan", "信用卡欠款的催收", with(borrower, card), ToLender,
			func(in *Input) { in.Case.Loan.Kind = "" }},
	} {
		in := to(t, c.in, c.role)
		if text := document.Text(Compose(in, counted())); !strings.Contains(text, c.words) {
			t.Errorf("%s: %q is not in the letter to begin with:\n%s", c.name, c.words, text)
		}
		c.take(&in)
		if text := document.Text(Compose(in, counted())); strings.Contains(text, c.words) {
			t.Errorf("%s: %q stands without its fact", c.name, c.words)
		}
	}
}

// Fees beside the loan are asked for by name, and who took them is a respondent.
func TestNamedFeesInLetters(t *testing.T) {
	in := borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司")
	in.Case.Payee.Name = "示例融资担保有限公司"
	in.Findings = append(in.Findings, evidence.Finding{Rule: "V12", Title: both("借款之外另收的费用", ""),
		Strength: evidence.Shown, Bodies: []string{"P", "LFB"}, Exhibits: []string{"E005"},
		Citations: []evidence.Citation{{ID: "CPL-8-fees", Name: "中华人民共和国消费者权益保护法", Article: "第八条、第九条",
			Rank: evidence.Law, Tier: evidence.TierA, Substance: both("消费者有权知悉服务的真实情况和费用。", ""), Checked: "VT"}},
		Cost: &evidence.Cost{Kind: evidence.CostNamed, Name: "担保费", Excess: 30000,
			Fact:    both("借款之外另收担保费，共1笔，合计300元", ""),
			Figures: []evidence.Figure{{Label: both("2025年6月1日，担保费", ""), Value: both("300元", "")}}}})
	text := document.Text(Compose(to(t, in, ToLender), counted()))
	for _, want := range []string{"：示例融资担保有限公司（收费机构）",
		"说明担保费的收取方、收取依据和本人同意的记录；没有依据或者没有经本人同意的，退还300元。",
		"借款之外另收的费用：请核查收取的依据（依据", "2025年6月1日，担保费｜300元"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	in.Findings = in.Findings[:len(in.Findings)-1]
	if text := document.Text(Compose(to(t, in, ToLender), counted())); strings.Contains(text, "收费机构") {
		t.Error("who took fees is a respondent where nothing is asked of fees")
	}
}
