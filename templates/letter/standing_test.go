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
	in.Case.Loan.Born, in.Case.Consent.Loan = "2010-03-01", evidence.No
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
	peace := cc("CC-1033-1-V20", "第一千零三十三条第一项", "不得以电话、短信等侵扰他人的生活安宁。")
	claim := cc("CC-1037", "第一千零三十七条", "发现个人信息有错误的，可以要求更正、删除。")
	peace.General, claim.Claim = true, true
	f := kind("V20", []evidence.Citation{peace, claim}, i)
	in.Findings = append(in.Findings, f)
	return in
}

func settled(licence evidence.Licence, lender string) Input {
	in := disputing("V20b", borrower(licence, lender))
	in.Case.Loan.Settled, in.Case.Loan.Exhibits = "2026-02-01", []string{"E005"}
	return in
}

// rowSettled names one message as about a paid loan, and says nothing of the loan
// of the letter.
func rowSettled(licence evidence.Licence, lender string) Input {
	return disputing("V20b", borrower(licence, lender))
}

// One row about a paid loan says nothing of the loan the letter is about, and is
// told with the number of the contract it speaks of.
func TestRowOfAnotherLoanSettlesNothing(t *testing.T) {
	each := map[evidence.Role][]string{
		evidence.ToLender:      {"立即停止下列催收行为", "不再就本人称已经结清的借款（合同JK2025110012）向本人催收", "就本人称已经结清的债务催收"},
		evidence.ToPlatform:    {"立即停止下列催收行为", "（合同JK2025110012）"},
		evidence.ToRegulator:   {"就本人称已经结清的债务催收"},
		evidence.ToAssociation: {"就本人称已经结清的债务催收"},
	}
	for role, wants := range each {
		in := to(t, rowSettled(evidence.Bank, "示例银行股份有限公司"), role)
		in.Findings[len(in.Findings)-1].Incidents[0].Shown = "王小雨，你的借款JK2025110012仍欠3400元，今日不还移交处理"
		text := document.Text(Compose(in, counted()))
		for _, not := range []string{"这笔借款已经结清", "就这笔借款向本人催收", "借款结清后的催收", "就这笔借款报送的征信"} {
			if strings.Contains(text, not) {
				t.Errorf("%v: %q is said of the letter's loan:\n%s", role, not, text)
			}
		}
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%v: no %q in\n%s", role, want, text)
			}
		}
	}
}

// unnotified is asked for a claim that was assigned without notice.
func unnotified(licence evidence.Licence, lender string) Input {
	in := borrower(licence, lender)
	in.Case.Assignee.Name = "示例资产管理有限公司"
	in.Findings = append(in.Findings, kind("V13", []evidence.Citation{cc("CC-546", "第五百四十六条",
		"债权转让没有通知债务人的，对债务人不发生效力。")}, sms(11, "请向示例资产还款", "V13a")))
	return in
}

var holes = regexp.MustCompile(`（）|“”|，。|：。|。。|；。|，，|、。|、、|（，|依据）|向就|向通过|：\n\n`)

// Every letter of every person against every lender reads whole: no sentence is
// empty, no list has a hole, and nothing is said that belongs to somebody else.
func TestEveryPersonAgainstEveryLender(t *testing.T) { each(t, readsWhole) }

// moreLenders are those of kinds of loans that are rarer, in two roles each.
var moreLenders = []struct {
	name    string
	licence evidence.Licence
	lender  string
	edit    func(*evidence.Case)
}{
	{"guarantee", evidence.Guarantee, "示例融资担保有限公司", func(*evidence.Case) {}},
	{"rent", evidence.NoLicence, "示例租赁有限公司", func(c *evidence.Case) { c.Loan.Kind = evidence.CashByRenting }},
	{"car", evidence.AutoFinance, "示例汽车金融有限公司", func(c *evidence.Case) { c.Loan.Kind = evidence.CarLoan }},
	{"house", evidence.Bank, "示例银行股份有限公司", func(c *evidence.Case) {
		c.Platform, c.Loan.Kind = evidence.Party{}, evidence.HouseLoan
	}},
	{"business", evidence.Trust, "示例信托有限责任公司", func(c *evidence.Case) {
		c.Platform, c.Loan.Kind = evidence.Party{}, evidence.BusinessLoan
	}},
	{"instalment", evidence.SmallLoan, "杭州示例小额贷款有限公司", func(c *evidence.Case) {
		c.Loan.Kind = evidence.ShopInstalment
	}},
}

func TestEveryPersonAgainstRarerLenders(t *testing.T) {
	for _, p := range people {
		for _, l := range moreLenders {
			for _, r := range []evidence.Role{evidence.ToLender, evidence.ToRegulator} {
				in := p.make(l.licence, l.lender)
				l.edit(&in.Case)
				readsWhole(t, p.name+"-"+l.name+"-"+string(r), to(t, in, r))
			}
		}
	}
}

// readsWhole is what holds of each letter, whoever writes it to whomever.
func readsWhole(t *testing.T, name string, in Input) {
	t.Helper()
	text := document.Text(Compose(in, counted()))
	if at := holes.FindStringIndex(text); at != nil {
		t.Errorf("%s: a hole: …%s…", name, text[max(0, at[0]-60):min(len(text), at[1]+30)])
	}
	asks, _, _ := strings.Cut(strings.ReplaceAll(text, "分期购物款", "购物款"), "事实与理由")
	switch who, _, _ := strings.Cut(name, "-"); who {
	case "theft", "wrong", "settled":
		for _, s := range []string{"延期", "分期", "减少", "未还款项到期日"} {
			if strings.Contains(asks, s) || strings.Contains(text, "未还款项到期日") {
				t.Errorf("%s: who owes nothing says %q", name, s)
			}
		}
	case "heir":
		if !strings.Contains(text, "与本案关系："+in.debtWords().debtor) {
			t.Errorf("%s does not say whose loan it is", name)
		}
	case "guardian":
		if s := in.self() + "：王小满（" + in.debtWords().debtor + "，2010年3月1日出生）\n"; !strings.Contains(text, s) ||
			!strings.Contains(text, "法定代理人：王小雨，母亲　　联系电话：") ||
			!strings.Contains(text, in.self()+"的法定代理人（签名、捺印）") {
			t.Errorf("%s: the borrower does not complain, by their guardian: no %q", name, s)
		}
	}
	if in.settled() && !in.contact() && strings.Contains(text, "对方主张逾期金额") {
		t.Errorf("%s: a debt that is paid has a sum overdue", name)
	}
	named := strings.ReplaceAll(text, "称已受让债权的机构", "") // as what it is a respondent
	if in.contact() && strings.Contains(named, "受让债权") {
		t.Errorf("%s: a contact argues the assignment", name)
	}
}

// Of the capacity of minors and of what heirs owe the table has no record: their
// requests name no provision.
func TestNoRecordNoProvision(t *testing.T) {
	for name, make := range map[string]func(evidence.Licence, string) Input{"guardian": guardian, "heir": heir} {
		for _, r := range []evidence.Role{evidence.ToLender, evidence.ToRegulator, evidence.ToForward} {
			in := to(t, make(evidence.Bank, "示例银行股份有限公司"), r)
			in.Case.Consent.Loan = evidence.No
			for _, a := range in.requests() {
				if strings.Contains(a, "《") || strings.Contains(a, "条：") {
					t.Errorf("%s to %s: %s", name, r, a)
				}
			}
		}
	}
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
	confiding := func(c *evidence.Case) { c.Consent.Confidential, c.Consent.Forward = evidence.Yes, evidence.Yes }
	called := func(l evidence.Licence, lender string) Input {
		in := harassed(l, lender)
		in.Findings[0].Rule = "V02"
		return in
	}
	reachable := func(in *Input) {
		for _, f := range in.Findings {
			for n := range f.Incidents {
				f.Incidents[n].Reachable = evidence.Yes
			}
		}
	}
	entered := func(c *evidence.Case) { c.Credit = evidence.Credit{Report: "2026-03-20", Entry: "逾期3期"} }
	theft := func(l evidence.Licence, n string) Input { return disputing("V20c", borrower(l, n)) }
	wrong := func(l evidence.Licence, n string) Input { return disputing("V20a", borrower(l, n)) }
	card := func(c *evidence.Case) { c.Loan.Kind, c.Deferral.Reason = evidence.CreditCard, "停工" }
	for _, c := range []struct {
		name, words string
		in          Input
		role        evidence.Role
		take        func(*Input)
	}{
		{"theft", "本人没有办理过这笔借款，认为是他人冒用本人身份办理的。", with(theft), evidence.ToLender, without("V20c")},
		{"application record", "人脸核验照片、电子合同签署记录和收款账户", with(theft), evidence.ToLender, without("V20c")},
		{"told of, not owed", "对方所称的借款（本人陈述）", with(theft), evidence.ToRegulator, without("V20c")},
		{"wrong person", "本人不是这笔借款的债务人", with(wrong), evidence.ToLender, without("V20a")},
		{"settled on a day", "这笔借款已于2026年2月1日结清（证据5，第9页）。", with(settled), evidence.ToLender,
			func(in *Input) { in.Case.Loan.Settled = "" }},
		{"its proof", "结清（证据5", with(settled), evidence.ToLender, func(in *Input) { in.Case.Loan.Exhibits = nil }},
		{"a row about a paid loan", "不再就本人称已经结清的借款向本人催收", with(rowSettled), evidence.ToLender, without("V20b")},
		{"its record", "就本人称已经结清的借款报送的征信记录有误的", with(rowSettled), evidence.ToLender, without("V20b")},
		{"guardian", "投诉人：王小满（借款人", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"guardian's relation", "法定代理人：王小雨，母亲", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Relation = "" }},
		{"guardian's papers", "亲属关系证明复印件、法定代理人和借款人的身份证件复印件", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"whose 本人", "信中的“本人”指法定代理人", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"day of birth", "（借款人，2010年3月1日出生）", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Loan.Born = "" }},
		{"heir's papers", "死亡证明、亲属关系证明和本人身份证的复印件", with(heir), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"agent's papers", "另附（自备）：代理人身份证复印件。", withAgent(with(borrower)), evidence.ToLender,
			func(in *Input) { in.Case.Agent = evidence.Agent{} }},
		{"age", "借款时15周岁", with(guardian), evidence.ToLender, func(in *Input) { in.Case.Loan.Born = "" }},
		{"of age", "借款时的年龄和身份审核", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Loan.Born = "2007-06-01" }},
		{"not agreed to", "法定代理人没有同意、追认过", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Consent.Loan = evidence.Unknown }},
		{"agreed to", "法定代理人不同意、不追认这笔借款", with(guardian), evidence.ToLender,
			func(in *Input) { in.Case.Consent.Loan = evidence.Yes }},
		{"minors, to the supervisor", "向未成年人放款", with(guardian), evidence.ToRegulator,
			func(in *Input) { in.Case.Loan.Born = "" }},
		{"heir", "借款人王大山已去世", with(heir), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"heir's own money", "不要求本人以个人财产偿还", with(heir), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"cash by renting", "说明设备交付、实际到账金额和租金", with(borrower, func(c *evidence.Case) {
			c.Loan.Kind = evidence.CashByRenting
		}), evidence.ToLender, func(in *Input) { in.Case.Loan.Kind = "" }},
		{"cash by renting, to the supervisor", "合同名义为租赁、实际是否为借款", with(borrower, func(c *evidence.Case) {
			c.Loan.Kind = evidence.CashByRenting
		}), evidence.ToRegulator, func(in *Input) { in.Case.Loan.Kind = evidence.NetworkLoan }},
		{"assignee", "债权是否已经转让给示例资产管理有限公司", with(borrower, func(c *evidence.Case) {
			c.Assignee.Name = "示例资产管理有限公司"
		}), evidence.ToLender, func(in *Input) { in.Case.Assignee = evidence.Party{} }},
		{"who says it has the claim", "示例资产管理有限公司称已受让这笔债权。", with(borrower, func(c *evidence.Case) {
			c.Assignee.Name = "示例资产管理有限公司"
		}), evidence.ToRegulator, func(in *Input) { in.Case.Assignee = evidence.Party{} }},
		{"no notice came", "；据本人所知，没有收到转让通知。", with(unnotified), evidence.ToRegulator, without("V13a")},
		{"law of notices", "第五百四十六条：债权转让没有通知", with(borrower, func(c *evidence.Case) {
			c.Assignee.Name = "示例资产管理有限公司"
		}), evidence.ToLender, func(in *Input) { in.Case.Loan.Date = "2020-12-31" }},
		{"the number of a contact", "立即停止就他人债务联系本人（本人号码13900001234）", with(harassed), evidence.ToLender,
			func(in *Input) { in.Case.Complainant.Phone = "" }},
		{"the number of a contact, to the supervisor", "使用本人联系方式（本人号码13900001234）的情况", with(harassed),
			evidence.ToRegulator, func(in *Input) { in.Case.Complainant.Phone = "" }},
		{"the number of a contact, to the association", "不应再联系的本人号码是13900001234", with(harassed),
			evidence.ToAssociation,
			func(in *Input) { in.Case.Complainant.Phone = "" }},
		{"no borrower's number", "不应再联系的本人号码是", with(harassed), evidence.ToAssociation,
			func(in *Input) { in.Case.Complainant.Kind = evidence.Borrower }},
		{"identity is not passed on", "转送时请隐去本人身份信息", with(harassed), evidence.ToAssociation,
			func(in *Input) { in.Case.Consent.Forward = evidence.Yes }},
		{"all but the number is kept from the respondent", "请对举报人的身份信息保密；只有号码13900001234可以告知被举报人，仅用于停止联系。",
			with(harassed, confiding), evidence.ToRegulator, func(in *Input) { in.Case.Complainant.Phone = "" }},
		{"the number is told of once", "转送时请隐去本人身份信息。", with(harassed, func(c *evidence.Case) {
			c.Consent.Confidential = evidence.Yes
		}), evidence.ToAssociation, func(in *Input) { in.Case.Consent.Confidential = evidence.Unknown }},
		{"a borrower has no number to be stopped", "请对举报人的身份信息保密。", with(borrower, confiding), evidence.ToRegulator,
			func(in *Input) { in.Case.Consent.Confidential = evidence.No }},
		{"papers go on, the name does not", "本人同意将材料转交被反映的机构，仅用于核查处理本事项；身份信息请保密。",
			with(borrower, confiding), evidence.ToRegulator,
			func(in *Input) { in.Case.Consent.Confidential = evidence.No }},
		{"whether the borrower could be reached is asked", "说明当时是否联系不上借款人、联系本人的原因。", with(called), evidence.ToLender,
			reachable},
		{"the same of the supervisor", "核查被举报人联系本人时是否联系不上借款人", with(called), evidence.ToRegulator, reachable},
		{"what a report says of a stolen loan", "2026年3月20日的信用报告记载：“逾期3期”。", with(theft, entered), evidence.ToRegulator,
			func(in *Input) { in.Case.Credit = evidence.Credit{} }},
		{"what a report says, settled", "信用报告记载：“逾期3期”。", with(settled, entered), evidence.ToLender,
			func(in *Input) { in.Case.Credit.Entry = "" }},
		{"its day", "2026年3月20日的信用报告", with(settled, entered), evidence.ToLender,
			func(in *Input) { in.Case.Credit.Report = "" }},
		{"not of a debt that is owed", "信用报告记载", with(settled, entered), evidence.ToLender, func(in *Input) {
			in.Case.Loan.Settled = ""
			without("V20b")(in)
		}},
		{"entry to be set right", "信用报告中的下列记载有误的，予以更正、删除。", with(theft, entered), evidence.ToLender,
			func(in *Input) { in.Case.Credit.Entry = "" }},
		{"what may have been reported", "就这笔借款报送的征信记录有误的，予以更正、删除。", with(theft), evidence.ToLender,
			func(in *Input) { entered(&in.Case) }},
		{"law of entries", "第一千零三十七条", with(theft, entered), evidence.ToRegulator,
			func(in *Input) { in.Case.Credit.Entry = "" }},
		{"law of what a complaint asks to set right", "第一千零三十七条", with(theft), evidence.ToLender, without("V20c")},
		{"figures of a loan that is denied", "对方称借款日期2025年6月1日", with(theft, func(c *evidence.Case) {
			c.Loan.Received, c.Loan.AnnualRate, c.Loan.Overdue = "", "", ""
		}), evidence.ToLender, without("V20c")},
		{"how identity was checked", "核查办理这笔借款时核验身份的情况。", with(theft), evidence.ToRegulator, without("V20c")},
		{"the licence, of one of whom none is known", "说明贵方从事放贷业务的许可或者备案。",
			to(t, borrower(evidence.LicenceUnknown, "某某商务咨询有限公司"), evidence.ToLender), evidence.ToLender,
			func(in *Input) { in.Case.Lender.Licence = evidence.SmallLoan }},
		{"the lender's licence, asked of the platform", "说明某某商务咨询有限公司从事放贷业务的许可或者备案。",
			to(t, borrower(evidence.NoLicence, "某某商务咨询有限公司"), evidence.ToPlatform), evidence.ToPlatform,
			func(in *Input) { in.Case.Lender.Licence = evidence.SmallLoan }},
		{"card", "个性化分期还款协议，最长可以到六十个月", with(borrower, card), evidence.ToLender,
			func(in *Input) { in.Case.Loan.Kind = evidence.NetworkLoan }},
		{"no wish", "个性化分期还款", with(borrower, card), evidence.ToLender,
			func(in *Input) { in.Case.Deferral = evidence.Deferral{} }},
		{"less interest of a card", "银行卡民事纠纷案件若干问题的规定》第二条", with(borrower, card, func(c *evidence.Case) {
			c.Deferral.Reduce = evidence.Yes
		}), evidence.ToLender, func(in *Input) { in.Case.Deferral.Reduce = evidence.No }},
		{"less interest", "请求减少利息、罚息和违约金。", with(borrower, func(c *evidence.Case) {
			c.Deferral.Reduce = evidence.Yes
		}), evidence.ToLender, func(in *Input) { in.Case.Deferral.Reduce = evidence.Unknown }},
		{"kind of loan", "信用卡欠款的催收", with(borrower, card), evidence.ToLender,
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
	text := document.Text(Compose(to(t, in, evidence.ToLender), counted()))
	for _, want := range []string{"：示例融资担保有限公司（担保公司，收费方）", "收款方（本人所知）｜示例融资担保有限公司",
		"说明担保费由谁收取（据本人所知是示例融资担保有限公司）、收取依据和本人同意的记录；没有依据或者没有经本人同意的，退还相应部分（合计300元）。",
		"借款之外另收的费用：请核查收取的依据（依据", "2025年6月1日，担保费｜300元"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	market := to(t, in, evidence.ToLender) // a desk for goods and services, which no lender answers to
	market.Role = evidence.To12315
	if all := market.respondents(); len(all) != 1 || all[0].party.Name != "示例融资担保有限公司" {
		t.Errorf("12315: %v", all)
	}
	market.Role = evidence.ToCentralBank
	if all := market.respondents(); len(all) != 1 || all[0].party.Name != "杭州示例小额贷款有限公司" {
		t.Errorf("the central bank: %v", all)
	}
	long := counted()
	long.Short = true // told in a line, where a table takes a page more
	if text := document.Text(Compose(to(t, in, evidence.ToLender), long)); strings.Contains(text, "担保费｜") ||
		!strings.Contains(text, "收款方（本人所知）：示例融资担保有限公司；2025年6月1日，担保费：300元。") {
		t.Errorf("in short:\n%s", text)
	}
	in.Case.Payee.Name = ""
	if text := document.Text(Compose(to(t, in, evidence.ToLender), counted())); strings.Contains(text, "收款方") ||
		!strings.Contains(text, "说明担保费的收取方、收取依据和") {
		t.Errorf("nobody is known to have taken it:\n%s", text)
	}
	in.Case.Payee.Name = "示例权益服务有限公司"
	if text := document.Text(Compose(to(t, in, evidence.ToLender), counted())); !strings.Contains(text,
		"：示例权益服务有限公司（收费机构）") {
		t.Errorf("no guarantor by its name:\n%s", text)
	}
	in.Findings = in.Findings[:len(in.Findings)-1]
	if text := document.Text(Compose(to(t, in, evidence.ToLender), counted())); strings.Contains(text, "收费机构") {
		t.Error("who took fees is a respondent where nothing is asked of fees")
	}
}

// What was dressed as a lease is called rent by those who claim it: who let, what is
// claimed and what is asked, and nothing of interest.
func TestRentLabels(t *testing.T) {
	in := to(t, borrower(evidence.NoLicence, "示例租赁有限公司"), evidence.ToLender)
	in.Case.Deferral = evidence.Deferral{Reason: "失业", Reduce: evidence.Yes}
	loan := []string{"（放款机构，", "对方主张逾期金额", "利息、罚息", "就未还款项"}
	rent := []string{"：示例租赁有限公司（出租方，未见放贷牌照）", "合同日期", "未付租金到期日", "对方主张逾期租金", "请求减少租金、费用和违约金。",
		"就未付款项与本人协商延期或分期支付方案"}
	for kind, words := range map[evidence.LoanKind][2][]string{
		evidence.CashByRenting: {rent, loan}, evidence.NetworkLoan: {loan, rent}} {
		in.Case.Loan.Kind = kind
		text := document.Text(Compose(in, counted()))
		for _, w := range words[0] {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %s in\n%s", kind, w, text)
			}
		}
		for _, w := range words[1] {
			if strings.Contains(text, w) {
				t.Errorf("%s: %s in\n%s", kind, w, text)
			}
		}
	}
}

// The debt of a credit card is called so, and who lent it is the bank that issued it.
func TestCardLabels(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	loan := []string{"示例银行股份有限公司（放款机构，银行）", "借款本金", "借款情况（本人陈述）"}
	card := []string{"示例银行股份有限公司（发卡银行）", "透支本金", "信用卡欠款情况（本人陈述）"}
	for kind, words := range map[evidence.LoanKind][2][]string{
		evidence.CreditCard: {card, loan[:2]}, evidence.NetworkLoan: {loan, card}} {
		in.Case.Loan.Kind = kind
		text := document.Text(Compose(in, counted()))
		for n, want := range []bool{true, false} {
			for _, w := range words[n] {
				if strings.Contains(text, w) != want {
					t.Errorf("%s: %s stands: %v in\n%s", kind, w, !want, text)
				}
			}
		}
	}
}

// Four digits are the last of a card, and of no contract.
func TestTheLastDigitsOfACard(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	for _, c := range []struct {
		kind           evidence.LoanKind
		contract, want string
	}{
		{evidence.CreditCard, "6789", "末四位6789"}, {evidence.CreditCard, "KJ2026", "KJ2026"}, {evidence.CreditCard, "", ""},
		{evidence.NetworkLoan, "6789", "6789"},
	} {
		in.Case.Loan.Kind, in.Case.Loan.Contract = c.kind, c.contract
		if got := in.contractNumber(); got != c.want {
			t.Errorf("%s %s: %s", c.kind, c.contract, got)
		}
	}
	in.Case.Loan.Kind, in.Case.Loan.Contract = evidence.CreditCard, "6789"
	for name, text := range map[string]string{"letter": document.Text(Compose(to(t, in, evidence.ToLender), counted())),
		"call sheet": document.Text(CallSheet(to(t, in, evidence.ToForward)))} {
		if !strings.Contains(text, "末四位6789") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// How old somebody was is said of the day that the case has: of a card, that of a debit,
// and not of the day it was issued.
func TestTheAgeIsOfTheDayTheCaseHas(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
	asGuardian("2010-03-01")(&in)
	for kind, want := range map[evidence.LoanKind]string{evidence.CreditCard: "持卡人王小小透支时15周岁", "": "借款人王小小借款时15周岁"} {
		in.Case.Loan.Kind = kind
		text := document.Text(Compose(in, counted()))
		if !strings.Contains(text, want) || strings.Contains(text, "办卡时15") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

// The proof that a loan is paid goes with the letter that names it: into the list of
// exhibits and the book, with what it shows.
func TestTheProofOfPaymentGoesAlong(t *testing.T) {
	in := to(t, settled(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
	proof := in.Case.Loan.Exhibits[0]
	if !slices.Contains(Attached(in), proof) || !strings.Contains(in.proves(proof), "借款结清") {
		t.Errorf("%s is not attached (%v), or shows %q", proof, Attached(in), in.proves(proof))
	}
	in.Case.Loan.Settled, in.Case.Filings = "", nil
	if strings.Contains(in.proves(proof), "结清") {
		t.Errorf("of a loan that is not paid it shows %q", in.proves(proof))
	}
}
