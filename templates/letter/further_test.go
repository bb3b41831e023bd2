package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/road"
	"juzheng/templates"
	"juzheng/templates/document"
)

// further gives an input the recipient of a role beside the road of a complaint.
func further(t *testing.T, in Input, role evidence.Role) Input {
	t.Helper()
	d, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	in.Role, in.Recipient = role, templates.Recipient{Slug: string(role), Kind: string(role), Name: "人民法院",
		Quality: "unchecked", CheckedOn: "2026-11-29", Notes: "名称是统称，交给哪一家由您填写。"}
	if x, ok := road.Of(role); ok && x.Slug != "" {
		if in.Recipient, ok = d.Lookup(x.Slug); !ok {
			t.Fatalf("no record %s", x.Slug)
		}
	}
	return in
}

func TestFurtherPapers(t *testing.T) {
	stolen := disputing("V20c", borrower(evidence.Bank, "示例银行股份有限公司"))
	for n := range stolen.Findings {
		if stolen.Findings[n].Rule == wrongDebt {
			stolen.Findings[n].Bodies = []string{"P", "NFRA-L", "PS"}
		}
	}
	for _, row := range []struct {
		file string
		in   Input
		role evidence.Role
	}{
		{"road-police", borrower(evidence.ConsumerFinance, "示例消费金融有限公司"), evidence.ToPolice},
		{"road-police-theft", stolen, evidence.ToPolice},
		{"road-court", borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToCourt},
		{"road-injunction-contact", harassed(evidence.Bank, "示例银行股份有限公司"), evidence.ToInjunction},
		{"road-mediation", borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToMediation},
		{"road-pbc", recorded(t), evidence.ToCentralBank},
		{"road-12315", withFee(t, borrower(evidence.Bank, "示例银行股份有限公司")), evidence.To12315},
		{"road-12345", borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司"), evidence.To12345},
	} {
		in := further(t, row.in, row.role)
		if err := Ready(in); err != nil {
			t.Fatalf("%s: %v", row.file, err)
		}
		in, missing := Redact(in, nil)
		if len(missing) > 0 {
			t.Fatal(missing)
		}
		doc := Compose(in, Counted{})
		text := document.Text(doc)
		note := document.Text(CoverNote(in, nil))
		golden(t, row.file, text+"\n----\n"+note)
		if left := document.Unresolved(doc); len(left) > 0 {
			t.Errorf("%s: left %q", row.file, left)
		}
		if (doc.Mark == DraftMark) != row.role.Draft() {
			t.Errorf("%s: mark %q", row.file, doc.Mark)
		}
		// complaints to a body that answers them
		own := row.role == evidence.ToCentralBank || row.role == evidence.To12315
		for _, other := range []string{"投诉人", "被投诉人", "本投诉书", "举报人"} {
			if strings.Contains(text, other) && !own {
				t.Errorf("%s calls itself or its writer %s", row.file, other)
			}
		}
	}
}

// recorded is a case of bad data that was reported without telling and an objection
// that nobody answered, with what the report says.
func recorded(t *testing.T) Input {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Case.Credit = evidence.Credit{Bureau: "credit-pbccrc", Report: "2026-03-20", Entry: "当前逾期期数3，逾期总额3000元",
		Wrong: "2026年3月15日已经还清，见还款凭证"}
	in.Findings = nil
	for _, x := range []told{
		{"V16a", "PBC P", "CREDIT-15", nil, []evidence.Incident{act("T701", "2026-03-20 10:00:00", evidence.Other,
			"信用报告载明当前逾期期数3", "E005")}},
		{"V16d", "PBC P", "CREDIT-25 CREDIT-40", nil, []evidence.Incident{act("T702", "2026-03-27 10:00:00",
			evidence.Other, "异议回执载明2026年3月2日收到征信异议申请", "E002")}},
	} {
		in.Findings = append(in.Findings, x.finding(t))
	}
	return in
}

// A desk that has no say in interest is told of the fees, on the telephone too, and a
// company beside the lender is not told what is owed; the central bank is told what
// the report says and why that is wrong.
func TestFeesAndRecordsAreTold(t *testing.T) {
	fees, _ := Redact(further(t, withFee(t, borrower(evidence.Bank, "示例银行股份有限公司")), evidence.To12315), nil)
	text := document.Text(Compose(fees, counted()))
	for _, want := range []string{"借款以外另收的会员费", "材料显示：借款之外另收会员费，共2笔，合计598元", "（合计598元）组织调解"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, not := range []string{"利息", "逾期金额", "到期日"} {
		if strings.Contains(text, not) {
			t.Errorf("%s in\n%s", not, text)
		}
	}
	for _, f := range Form(fees, text) {
		if f.Short && !strings.Contains(f.Text, "1.借款之外另收会员费，共2笔，合计598元，材料：证据5。") {
			t.Errorf("%s: %s", f.Label, f.Text)
		}
	}
	record := recorded(t)
	want := "2026年3月20日的信用报告记载：“当前逾期期数3，逾期总额3000元”。本人认为有误：2026年3月15日已经还清，见还款凭证。"
	if s := document.Text(Compose(further(t, record, evidence.ToCentralBank), counted())); !strings.Contains(s, want) ||
		!strings.Contains(s, "借款的征信信息报送") || !strings.Contains(s, "未见事先告知的不良信息报送") {
		t.Error(s)
	}
	record.Case.Credit = evidence.Credit{}
	if s := document.Text(Compose(further(t, record, evidence.ToCentralBank), counted())); strings.Contains(s, "认为有误") {
		t.Error(s)
	}
}

// What a hotline is told is there in full and in two lengths, each within its own.
func TestHotlineForm(t *testing.T) {
	in := further(t, borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司"), evidence.To12345)
	in, _ = Redact(in, nil)
	fields := Form(in, document.Text(Compose(in, Counted{})))
	for label, most := range map[string]int{"内容（500字以内）": 500, "内容（200字以内，打电话时照着念）": 200} {
		found := false
		for _, f := range fields {
			if f.Label == label {
				found = true
				if n := len([]rune(f.Text)); n == 0 || n > most || !f.Short {
					t.Errorf("%s: %d characters, short %v", label, n, f.Short)
				}
			}
		}
		if !found {
			t.Errorf("no %s in %+v", label, fields)
		}
	}
	aloud := fields[len(fields)-1].Text // who listens has no paper: who calls, about whom, what, what for
	for _, want := range []string{"您好，我叫" + in.Case.Complainant.Name, "我要反映", "有这些情况：", "请登记，转给能处理的部门"} {
		if !strings.Contains(aloud, want) {
			t.Errorf("no %q in %s", want, aloud)
		}
	}
	if strings.Contains(aloud, "证据1") || strings.Contains(aloud, "附件") {
		t.Errorf("an exhibit is read aloud: %s", aloud)
	}
	if got := Form(further(t, in, evidence.ToPolice), "一、"); got != nil {
		t.Errorf("the police have no form: %+v", got)
	}
}

// The number of who told of an act, and that of whom it reached, is no caller's.
func TestCallersAreOfTheOtherSide(t *testing.T) {
	in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	for _, row := range []struct {
		i    evidence.Incident
		want string
	}{
		{evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: collector}, collector},
		{evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: "13712345678"}, "13712345678"},
		{evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: "13900001234"}, ""},
		{evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: "13712345678", ToldBy: "表姐"}, ""},
		{evidence.Incident{Kind: evidence.Call, Direction: evidence.Out, Number: collector}, ""},
		{evidence.Incident{Kind: evidence.Message, Direction: evidence.In, Name: "周敏"}, ""},
	} {
		if got := in.callerOf(row.i); got != row.want {
			t.Errorf("%+v: got %q, want %q", row.i, got, row.want)
		}
	}
}

// The hotline is told who supervises the lender as the licence has it: one of whom none is
// known is not called a body that a local bureau supervises.
func TestTheHotlineHearsWhoSupervises(t *testing.T) {
	for licence, want := range map[evidence.Licence]string{
		evidence.SmallLoan:      "事项：放款机构属于地方金融组织",
		evidence.Guarantee:      "事项：融资担保公司属于地方金融组织",
		evidence.NoLicence:      "事项；放款机构未见放贷牌照，是否可以放贷请地方金融管理部门核查。",
		evidence.Bank:           "办理下列事项。",
		evidence.LicenceUnknown: "办理下列事项。",
	} {
		in := further(t, borrower(licence, "示例公司"), evidence.To12345)
		text := document.Text(Compose(in, counted()))
		if !strings.Contains(text, want) ||
			strings.Contains(text, "属于地方金融组织") != strings.Contains(want, "属于地方金融组织") {
			t.Errorf("%s: no %s in\n%s", licence, want, text)
		}
	}
}

// In the police's table who told is named with what they said, and their message is none
// of a number that is not shown; a paper whose name is long calls itself by its last word.
func TestToldToThePolice(t *testing.T) {
	in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	told := evidence.Incident{ID: "T900", Kind: evidence.SMS, Direction: evidence.In, Number: "13712345678",
		ToldBy: "表姐，2026年3月9日告诉", Reached: evidence.ReachedFamily, Shown: "有人打电话说你欠钱"}
	in.Findings = in.asserted()[:1]
	in.Findings[0].Incidents = []evidence.Incident{told}
	if got := in.source(told); got != "（转告）" {
		t.Errorf("a number of who told: %s", got)
	}
	if got := (paper{Input: in}).saidIn(told); !strings.HasSuffix(got, "：表姐转告：“有人打电话说你欠钱”") {
		t.Errorf("who told is not named: %s", got)
	}
	for role, want := range map[evidence.Role]string{evidence.ToInjunction: "本申请书", evidence.ToCourt: "本起诉状",
		evidence.To12345: "本诉求书", evidence.ToRegulator: "本举报书"} {
		in.Role = role
		if got := in.thisLetter(); got != want {
			t.Errorf("%s calls itself %s", role, got)
		}
	}
}

// A refusal that the person sent says to which number, and is not told as a contact that
// came after it.
func TestRefusalNamesWhomItWentTo(t *testing.T) {
	in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	in.Case.Complainant.Kind = evidence.Contact
	row := evidence.Incident{ID: "T900", Kind: evidence.SMS, Direction: evidence.Out, Number: collector,
		Asserted: []evidence.Breach{"V03a"}, Shown: "不要再联系我"}
	if got, want := in.source(row), collector; got != want {
		t.Errorf("whom it went to: %q, want %q", got, want)
	}
	if got, want := in.refused(row), "本人向"+collector+"表示拒绝"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	told := in.asserted()[:1]
	told[0].Rule, told[0].Incidents = "V03", []evidence.Incident{row}
	in.Findings = told
	if got, want := (paper{Input: in}).saidIn(row), "本人向"+collector+"表示拒绝：“不要再联系我”"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	row.Direction = evidence.In // in a call that came in: no number is written to
	if got, want := in.refused(row), "本人表示拒绝"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	row.Number, row.Direction = "", evidence.Out
	if got, want := in.source(row), "未显示"; got != want {
		t.Errorf("without a number: %q, want %q", got, want)
	}
	row.Kind, row.Number, row.Name, row.Direction = evidence.SMS, "", "collect@example.com", evidence.In
	if got, want := in.source(row), "collect@example.com"; got != want {
		t.Errorf("of an address: %s, want %s", got, want)
	}
}

// The police read the gravest provision first, a column of nothing is not drawn, and what
// stays out for one reason is named in one line, each kind once.
func TestPoliceReadTheGravestFirst(t *testing.T) {
	in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	of := func(article string) []evidence.Citation {
		return []evidence.Citation{{ID: article, Name: "治安管理处罚法", Article: article, Tier: evidence.TierA,
			Substance: evidence.Text{ZH: "可受治安处罚"}}}
	}
	told, threat := kind("V01", law, sms(2, "已告诉你单位", "V01")), kind("V06", law, sms(5, "今晚弄死你", "V06a"))
	told.Police, threat.Police = of("第二条"), of("第一条")
	told.Bodies, threat.Bodies = everybody, everybody
	in.Findings = []evidence.Finding{told, threat}
	if s := strings.Join(in.policeLaws(), ""); strings.Index(s, "第一条") > strings.Index(s, "第二条") ||
		!strings.Contains(s, "第二条") {
		t.Error(s)
	}
	near, far := sms(3, "让她还钱", "V02"), sms(4, "让她还钱", "V02")
	near.Reached, near.Reachable, far.Reached = evidence.ReachedEmergency, evidence.Yes, evidence.ReachedStranger
	both, one := kind("V02", law, far, near), kind("V02", law, near)
	both.Bodies, one.Bodies = []string{"P"}, []string{"P"}
	in.Findings = append(in.Findings, both, one)
	if s := strings.Join(in.unsaid(), ""); strings.Count(s, "在能联系上本人时联系紧急联系人") != 1 ||
		strings.Count(s, "向与债务无关的第三人催收") != 1 {
		t.Errorf("a kind stays out twice: %s", s)
	}
	for name, columns := range map[string]int{"": 4, "极融催收": 5} {
		i := sms(2, "今晚弄死你", "V06a")
		i.Name = name
		if table := in.callers([]evidence.Incident{i}); len(table.Columns) != columns || len(table.Rows[0]) != columns {
			t.Errorf("%q: %d columns, %d cells", name, len(table.Columns), len(table.Rows[0]))
		}
	}
	listed, other := sms(2, "今晚弄死你", "V06a"), sms(6, "还钱")
	if other.ID = "T999"; listed.ID == "" {
		listed.ID = "T998"
	}
	for _, use := range []evidence.Answer{evidence.Unknown, evidence.No} {
		other.Use = use
		in.Incidents = []evidence.Incident{listed, other}
		if also := in.alsoCame([]evidence.Incident{listed}); also != (use != evidence.No) {
			t.Errorf("that the number came at other times as well: %v", also)
		}
	}
}

// A paper to a court is no complaint: who sues has one name throughout, what they say is
// quoted untouched, and nothing is asked to be checked.
func TestCourtDraftsSpeakAsAParty(t *testing.T) {
	for role, self := range map[evidence.Role]string{evidence.ToCourt: "原告", evidence.ToInjunction: "申请人"} {
		in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
		in.Findings[0].Incidents[0].Shown = "对方说：“本人欠款自负，涉嫌诈骗，去投诉吧”，让本人难堪"
		text := document.Text(Compose(in, Counted{}))
		own, law, ok := strings.Cut(text, "）依据\n")
		if !ok || !strings.Contains(own, "本人欠款自负，涉嫌诈骗，去投诉吧") || !strings.Contains(own, self+"陈述") ||
			!strings.Contains(law, self+"认为，上述行为侵害了"+self+"的") {
			t.Errorf("%s:\n%s", role, text)
		}
		own = strings.Replace(own, "“本人欠款自负，涉嫌诈骗，去投诉吧”", "", 1)
		for _, s := range []string{"本人", "涉嫌", "投诉", "核查", "被反映", "反映催收"} {
			if strings.Contains(own, s) {
				t.Errorf("%s says %s:\n%s", role, s, own)
			}
		}
		in.Case.Complainant.Kind = evidence.Guardian
		if text := document.Text(Compose(in, Counted{})); !strings.Contains(text, "由本人指认") {
			t.Errorf("of a guardian:\n%s", text)
		}
	}
}

// An account that payment was demanded to is a lead for the police, who read it as it was
// written, and stands in no other letter: no rule on record forbids it alone.
func TestPaymentsAreForThePoliceAlone(t *testing.T) {
	in := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	pay := kind("V22", nil, sms(6, "先转2000到我个人支付宝13700000000", "V22"))
	pay.Strength, pay.Bodies = evidence.Review, []string{"P", "PS", "NFRA-L"}
	fee := kind("V22", []evidence.Citation{guide("不得收取未约定的费用。")}, sms(7, "交500元撤案费", "V22b"))
	fee.Parts = []evidence.Text{evidence.PartOf("V22b").Title}
	typed := kind("V22", nil, sms(8, "", "V22")) // no file has the words
	in.Findings = append(in.Findings, pay, fee, typed)
	for role, want := range map[evidence.Role]bool{evidence.ToPolice: true, evidence.ToPlatform: false,
		evidence.ToCourt: false} {
		in.Role = role
		s := document.BlocksText(policeReport(paper{Input: in}).Blocks)
		if role != evidence.ToPolice {
			if len(in.payments()) > 0 {
				t.Errorf("%s is told %v", role, in.payments())
			}
			continue
		}
		if strings.Contains(s, "要求付款到个人账户") != want || !strings.Contains(s, "先转2000到我个人支付宝13700000000") ||
			!strings.Contains(s, "查明上列收款账户的持有人") || strings.Count(s, "撤案费") > 1 {
			t.Errorf("%s:\n%s", role, s)
		}
	}
	if got := (paper{Input: in}).saidIn(evidence.Incident{ID: "none",
		Reached: evidence.ReachedFamily}); !strings.Contains(got, "联系到本人的亲友") {
		t.Errorf("whom it reached is not told: %s", got)
	}
}
