package letter

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

// A heading names what the acts show of a kind that can be several things.
func TestTitlesNameWhatHappened(t *testing.T) {
	of := func(kind evidence.IncidentKind, shown ...string) (out []evidence.Incident) {
		for _, s := range shown {
			out = append(out, evidence.Incident{Kind: kind, Shown: s})
		}
		return out
	}
	said := func(shown string, kinds ...evidence.Breach) []evidence.Incident {
		return []evidence.Incident{{Kind: evidence.SMS, Shown: shown, Asserted: kinds}}
	}
	const both = "明天给你通讯录里的人一个一个打电话，让他们都知道你是老赖"
	for _, c := range []struct {
		breach evidence.Breach
		acts   []evidence.Incident
		want   string
	}{
		{"V06", said(both, "V06"), "威胁、恐吓"}, // whether it insults nobody answered
		{"V06", said(both, "V06", "V06b"), "威胁、恐吓；辱骂、侮辱"},
		{"V06", said("老赖，不还就把你挂网上", "V06"), "威胁、恐吓"},
		{"V06", said("不要脸的东西", "V06"), "辱骂、侮辱"},
		{"V06", of(evidence.SMS, "再不还就去你单位拉横幅"), "威胁、恐吓"},
		{"V06", of(evidence.SMS, "不要脸的东西"), "辱骂、侮辱"},
		{"V06", of(evidence.SMS, "不要脸", "再不还就去你单位拉横幅"), "辱骂、侮辱；威胁、恐吓"},
		{"V06", of(evidence.SMS, "周三再说", "不要脸"), "辱骂、侮辱；威胁、恐吓或者辱骂"},
		{"V06", of(evidence.SMS, "你们单位没一个好东西，都是老赖"), "辱骂、侮辱"},
		{"V06", of(evidence.SMS, "老赖，不还就把你挂网上"), "威胁、恐吓；辱骂、侮辱"},
		{"V06", of(evidence.Visit, "单位门口挂着写有本人姓名的横幅"), "悬挂、张贴标语施压"},
		{"V06", of(evidence.SMS, "周三再说"), "威胁、恐吓或者辱骂"},
		{"V06a", of(evidence.SMS, "今晚弄死你"), "威胁人身安全"},
		{"V06a", of(evidence.SMS, "再不还，找人去你家门口坐着"), "威胁、恐吓"},
		{"V06a", of(evidence.Call, ""), "威胁人身安全"}, // the person heard it
		{"V07", nil, "涉嫌冒充国家机关工作人员"},
		{"V08a", nil, "涉嫌冒充律师"},
		{"V08b", nil, "涉嫌冒充放款机构人员"},
		{"V09", of(evidence.Mail, "传票载明案号"), "涉嫌使用不实的法律文书"},
		{"V09", of(evidence.Mail, "传票盖有法院印章"), "涉嫌使用不实的法律文书、印章"},
		{"V10", of(evidence.SMS, "还钱"), "集中发送信息"},
		{"V10", of(evidence.Call, ""), "集中来电"},
		{"V10", append(of(evidence.Call, ""), of(evidence.SMS, "还钱")...), "集中来电、发送信息"},
		{"V10", of(evidence.Post, "某某欠钱"), "在群聊或者网络上发布催收内容"},
		{"V10", of(evidence.Post, "单元门上张贴催款公告"), "张贴催收内容"},
		{"V10a", of(evidence.Other, "单元门上贴有公告"), "在公共场所张贴催收内容"},
		{"V11a", of(evidence.Visit, "两人推门进入客厅"), "未经同意进入住宅"},
		{"V11a", of(evidence.Visit, "监控拍到两人闯进客厅"), "未经同意进入住宅"},
		{"V11a", of(evidence.Visit, "对方用手机拍摄屋内"), "在住宅内拍摄"},
		{"V11a", of(evidence.Visit, "推门进入，并用手机拍摄"), "未经同意进入住宅；在住宅内拍摄"},
		{"V11a", of(evidence.Visit, "门口"), "未经同意进入住宅，或者在住宅内拍摄"},
		{"V13a", nil, "未见转让通知的催收"},
		{"V14a", of(evidence.Other, "选择拒绝后退出，不能继续使用"), "不授权就不能使用"},
		{"V14a", of(evidence.Other, "不开通讯录权限就不能借款"), "不授权就不能借款"},
		{"V15a", of(evidence.Message, "客户资料一元一条，要买的私聊"), "涉嫌买卖个人信息"},
		{"V15a", of(evidence.SMS, "您的资料是某某平台给的"), "涉嫌泄露个人信息"},
		{"V18a", of(evidence.Message, "加我微信"), "未经同意用社交账号联系"},
		{"V18a", of(evidence.Call, "加我微信"), "未经同意用私人号码、账号联系"},
		{"V18b", of(evidence.Call, "我们打电话都不录音的"), "称催收没有录音"},
		{"V20a", nil, "就本人否认的债务催收"},
		{"V20c", nil, "就本人否认办理的借款催收"},
		{"V21b", of(evidence.Visit, "该人推搡本人"), "对人动手"},
		{"V24", of(evidence.Call, "我是调解中心的"), "涉嫌冒用调解机构名义"},
		{"V24", of(evidence.Call, "你的案子进了仲裁"), "涉嫌冒用仲裁机构名义"},
		{"V05", nil, "在22:00至次日8:00之间催收"},
	} {
		f := evidence.Finding{Rule: c.breach.Rule(), Incidents: c.acts}
		if c.breach.Part() != "" {
			f.Parts = []evidence.Text{c.breach.Title()}
		}
		if got := (Input{}).titleOf(f); got != c.want {
			t.Errorf("%s %v: got %s, want %s", c.breach, c.acts, got, c.want)
		}
	}
	for want, f := range map[string]evidence.Finding{ // named as the kind and as a part: both are told
		"威胁、恐吓；辱骂、侮辱":        {Rule: "V06", Incidents: said("不要脸的东西", "V06", "V06b")},
		"集中发送信息；在公共场所张贴催收内容": {Rule: "V10", Incidents: said("还钱", "V10", "V10a")},
	} {
		kind := evidence.Breach(f.Rule)
		f.Parts = []evidence.Text{kind.Title(), f.Incidents[0].Asserted[1].Title()}
		if got := (Input{}).titleOf(f); got != want {
			t.Errorf("named together: got %s, want %s", got, want)
		}
	}
	for _, x := range []struct {
		acts []evidence.Incident
		rule string
		want string
	}{
		{of(evidence.Call, "我是调解中心的"), "V24", "以调解机构名义联系，是否属实未经核实"},
		{said("我是某某律师事务所张律师", "V08a"), "V08", "自称律师，身份未经核实"},
		{said("我是银行的", "V08b"), "V08", "自称放款机构人员，身份未经核实"},
		{append(said("我是张律师", "V08a"), said("我是银行的", "V08b")...), "V08", "自称律师、放款机构人员，身份未经核实"},
	} {
		f := evidence.Finding{Rule: x.rule, Doubtful: true, Incidents: x.acts}
		if got := (Input{}).titleOf(f); got != x.want {
			t.Errorf("in doubt: %s, want %s", got, x.want)
		}
	}
}

// That a debt is paid is said of the material only where an exhibit is named for
// it; else it is the person's word.
func TestSettledAsFarAsShown(t *testing.T) {
	in := to(t, settled(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	const shown, said = "债务结清后仍然催收", "就本人称已经结清的债务催收"
	if text := document.Text(Compose(in, counted())); !strings.Contains(text, shown) {
		t.Errorf("no %s in\n%s", shown, text)
	}
	in.Case.Loan.Exhibits = nil
	if text := document.Text(Compose(in, counted())); strings.Contains(text, shown) || !strings.Contains(text, said) {
		t.Errorf("without an exhibit:\n%s", text)
	}
}

// Acts that are called differently are counted apart in the summary.
func TestEachTitleIsCountedAlone(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	law := []evidence.Citation{guide("不得在公共场所张贴催收公告。")}
	notice := sms(5, "单元门上贴有催款公告", "V10a")
	notice.Kind = evidence.Other
	in.Findings = []evidence.Finding{kind("V10", law, sms(1, "还钱", "V10"), sms(2, "还钱", "V10")),
		kind("V10", law, notice)}
	if s := in.inShort(); !strings.HasSuffix(s, "，集中发送信息（2次）；在公共场所张贴催收内容（1次）") {
		t.Error(s)
	}
	// an act that was two things stands under both, and a title stands once
	in.Findings = []evidence.Finding{kind("V06", law, sms(3, "今晚弄死你，不要脸", "V06a", "V06b")),
		kind("V06", law, sms(4, "不要脸", "V06b"))}
	if s := in.inShort(); !strings.HasSuffix(s, "，威胁人身安全（1次）；辱骂、侮辱（2次）") {
		t.Error(s)
	}
}

// Whoever asks for every contact to end does not say in the same letter at which
// hours to call; where calls may go on, they can.
func TestHoursOfContact(t *testing.T) {
	denying := func(part evidence.Breach) func() Input {
		return func() Input { return disputing(part, borrower(evidence.Bank, "示例银行股份有限公司")) }
	}
	for _, c := range []struct {
		name string
		in   func() Input
		kept bool
	}{
		{"borrower", func() Input { return borrower(evidence.Bank, "示例银行股份有限公司") }, true},
		{"heir", func() Input { return heir(evidence.Bank, "示例银行股份有限公司") }, true},
		{"wrong person", denying("V20a"), false}, {"theft", denying("V20c"), false},
		{"settled", func() Input { return settled(evidence.Bank, "示例银行股份有限公司") }, false},
		{"guardian", func() Input { return guardian(evidence.Bank, "示例银行股份有限公司") }, false},
		{"contact", func() Input { return harassed(evidence.Bank, "示例银行股份有限公司") }, false},
	} {
		in := to(t, c.in(), evidence.ToLender)
		in.Case.Requests = []string{"今后只在工作日白天与本人联系", "书面说明处理结果"}
		asks, left := in.ownRequests()
		if c.kept != (len(asks) == 2) || !c.kept && (len(left) != 1 || left[0].Why != whyHours) {
			t.Errorf("%s: %v, left out %v", c.name, asks, left)
		}
		if all := strings.Join(in.requests(), ""); strings.Contains(all, "停止催收") ||
			strings.Count(all, "立即停止") != 1 {
			t.Errorf("%s asks twice for an end: %s", c.name, all)
		}
	}
}

// Codes that came from anybody's senders are nobody's acts: the letter says that
// their sender is unknown, asks who it was, and calls nothing a breach.
func TestBombingByNobodyKnowsWhom(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	f := kind("V10", provisions(t, "CC-1033-1"), sms(1, ""))
	f.Incidents, f.Doubtful = nil, true
	f.Counts = []evidence.Count{{Day: "2026-03-06", N: 3, What: evidence.Text{ZH: "短信"}}}
	f.Method = evidence.Text{ZH: "按北京时间的自然日，逐条计数"}
	for n, id := range []string{"T201", "T202", "T203"} {
		i := act(id, "2026-03-06 10:00:00", evidence.SMS, "【示例外卖】验证码123456", "E004")
		i.Number, i.Use, i.Asserted = fmt.Sprintf("106900300%d", n), evidence.Unknown, []evidence.Breach{"V10"}
		f.Incidents, f.Counts[0].Incidents = append(f.Incidents, i), append(f.Counts[0].Incidents, id)
	}
	in.Findings = []evidence.Finding{f}
	s := document.Text(Compose(in, counted()))
	for _, want := range []string{"集中发送信息，发送人不明：请核查", "号码1069003000、1069003001、1069003002，发送人不明。",
		"核查所列短信、来电是否由催收人员发起或者授意"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in\n%s", want, s)
		}
	}
	for _, wrong := range []string{"认定为催收方", "涉嫌违反", "经查所称不实"} {
		if strings.Contains(s, wrong) {
			t.Errorf("%s in\n%s", wrong, s)
		}
	}
}

// Counted calls name the numbers they came from, and by what those are the
// collector's.
func TestWhoCalled(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	const named = "号码01058880000由本人指认为催收方。"
	text := func() string { return document.Text(Compose(in, counted())) }
	if s := text(); !strings.Contains(s, named) {
		t.Errorf("no %s in\n%s", named, s)
	}
	for side, said := range map[evidence.Side]string{evidence.LenderSide: "放款机构", evidence.PlatformSide: "平台"} {
		in.Case.Numbers = []evidence.Number{{Number: collector, Side: side}}
		if s := text(); !strings.Contains(s, "号码01058880000由本人指认为"+said+"的号码。") || strings.Contains(s, "指认为催收方") {
			t.Errorf("they said %s:\n%s", said, s)
		}
	}
	in.Case.Numbers = []evidence.Number{{Number: collector, Side: evidence.CollectorSide}}
	numbers := in.Case.Numbers
	in.Case.Numbers = nil
	if s := text(); strings.Contains(s, named) || !strings.Contains(s, "号码01058880000由本人逐次认定为催收方。") {
		t.Errorf("nobody named it:\n%s", s)
	}
	in.Case.Lender.Phone = collector
	if s := text(); !strings.Contains(s, "号码01058880000是被反映机构的电话。") {
		t.Errorf("the lender's own:\n%s", s)
	}
	in.Case.Numbers = numbers
	for _, f := range in.Findings {
		for n := range f.Incidents {
			f.Incidents[n].Number = ""
		}
	}
	if s := text(); strings.Contains(s, named) {
		t.Errorf("no number is shown:\n%s", s)
	}
}

// Of an account that nobody but the person calls the collector's a letter says so, once, as of
// a number; of one that told of an act, or that the case does not name, it says nothing.
func TestWhoseAccount(t *testing.T) {
	in := Input{Matter: mask.Matter{Case: evidence.Case{Numbers: []evidence.Number{
		{Account: "飞羽法务-陈", Side: evidence.CollectorSide}}}}}
	message := func(name, told string) evidence.Incident {
		return evidence.Incident{Kind: evidence.Message, Direction: evidence.In, Name: name, ToldBy: told, Shown: "今天还钱"}
	}
	mine := message("飞羽法务-陈", "")
	got := in.whoseAccounts([]evidence.Incident{mine, mine, message("阿彬", ""), message("飞羽法务-陈", "同事")})
	if want := "账号“飞羽法务-陈”由本人指认为催收方。"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A fact that nothing counts names a number too: whose it is is said once, and of a
// contact's own that it is no borrower's.
func TestWhoseNumber(t *testing.T) {
	in := to(t, harassed(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Case.Numbers = []evidence.Number{{Number: collector, Side: evidence.CollectorSide}}
	call := evidence.Incident{ID: "T1", Kind: evidence.Call, Number: collector, Direction: evidence.In, Seconds: -1,
		Reached: evidence.ReachedSelf, Shown: "你朋友欠钱", Exhibits: []string{"E001"}}
	in.Findings = []evidence.Finding{kind("V02", []evidence.Citation{cc("CC-1033-1", "第一千零三十三条", "不得侵扰。")}, call)}
	want := "（号码" + collector + "由本人指认为催收方。号码" + in.Case.Complainant.Phone + "是本人的，不是借款人的。）"
	if s := document.Text(Compose(in, counted())); strings.Count(s, want) != 1 {
		t.Errorf("not once %s in\n%s", want, s)
	}
	in.Case.Complainant.Kind = evidence.Borrower
	if s := document.Text(Compose(in, counted())); strings.Contains(s, "不是借款人的") {
		t.Errorf("a borrower's number is theirs:\n%s", s)
	}
}

// What the rules of an association say is for members, and whether the
// institution is one nobody has said: in the heading and at the rule.
func TestRulesForMembers(t *testing.T) {
	x := guide("（适用于中国银行业协会会员单位）不得恐吓。")
	law := cc("CC-991", "第九百九十一条", "人格权受保护。")
	for _, c := range []struct {
		cited []evidence.Citation
		want  string
	}{
		{[]evidence.Citation{x}, "如属会员单位，违反行业自律规范"},
		{[]evidence.Citation{law, x}, "涉嫌违反法律规定；如属会员单位，还违反行业自律规范"},
	} {
		if got := wording(c.cited); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Findings = []evidence.Finding{kind("V06", []evidence.Citation{x}, sms(1, "今晚弄死你", "V06a"))}
	if s := document.Text(Compose(in, counted())); !strings.Contains(s,
		"指引（试行）》（如属中国银行业协会会员单位）：不得恐吓。") {
		t.Error(s)
	}
}

// Where the case leaves open whether a loan is of the kind that the national standard
// is about, the standard is named with that condition: beside the act, at the rule,
// and in the line over the facts of a short letter.
func TestTheStandardWithItsCondition(t *testing.T) {
	standard := provisions(t, "GB45251-V05")[0]
	firm := standard
	standard.Substance.ZH = evidence.OpenScope.ZH + standard.Substance.ZH
	peace := provisions(t, "CC-1033-1-peace")[0]
	law := provisions(t, "CC-1032")[0]
	for _, c := range []struct {
		cited []evidence.Citation
		want  string
	}{
		{[]evidence.Citation{firm}, "不符合推荐性国家标准"},
		{[]evidence.Citation{standard}, "如适用，不符合推荐性国家标准"},
		{[]evidence.Citation{peace, standard}, "涉嫌侵扰私人生活安宁；如适用，还不符合推荐性国家标准"},
		{[]evidence.Citation{law, standard, guide("（适用于中国互联网金融协会会员单位）应当在恰当的时间进行。")},
			"涉嫌违反法律规定；如适用，还不符合推荐性国家标准；如属会员单位，还违反行业自律规范"},
	} {
		if got := wording(c.cited); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	in := to(t, borrower(evidence.LicenceUnknown, ""), evidence.ToPlatform)
	in.Findings = []evidence.Finding{kind("V05", []evidence.Citation{standard}, sms(1, "请尽快还款"))}
	const at = "（GB/T 45251—2025）（如属金融机构的个人网络消费贷款）：没有另行约定的"
	if s := document.Text(Compose(in, counted())); !strings.Contains(s, at) || strings.Contains(s, "适用于") ||
		!strings.Contains(s, "如适用，不符合推荐性国家标准（依据1）") {
		t.Error(s)
	}
	short := counted()
	short.Short = true
	if s := document.Text(Compose(in, short)); !strings.Contains(s, at) ||
		!strings.Contains(s, "如适用，不符合第1项（推荐性国家标准）") {
		t.Error(s)
	}
}

// A rule that is not known well enough to be called broken is pointed to apart from
// those that are: the word before them is not of its rank.
func TestWeakRulesStandApart(t *testing.T) {
	weak := evidence.Citation{ID: "XBBH-V06", Name: "银行保险机构消费者权益保护管理办法", Rank: evidence.DepartmentalRule,
		Tier: evidence.TierB, Substance: both("催收不得采用暴力、威胁、欺诈的方式。", ""), Checked: evidence.Weak}
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	law := cc("CC-991", "第九百九十一条", "人格权受保护。")
	in.Findings = []evidence.Finding{kind("V06", []evidence.Citation{weak, law}, sms(1, "今晚弄死你", "V06a"))}
	if s := in.rests(in.Findings[0]); s != "涉嫌违反法律规定（依据2；另请对照依据1）" {
		t.Error(s)
	}
	ours := evidence.Citation{ID: "XJGS", Name: "消费金融公司管理办法", Rank: evidence.DepartmentalRule, Tier: evidence.TierB,
		Substance: both("不得采用威胁手段催收。", ""), Checked: "VR"}
	in.Findings[0].Citations = []evidence.Citation{ours, weak, law} // one of its rank was read
	if s := in.rests(in.Findings[0]); s != "涉嫌违反监管规定、法律规定（依据1、2、3）" {
		t.Error(s)
	}
	in.Findings[0].Citations = []evidence.Citation{weak}
	if s := in.rests(in.Findings[0]); s != "请对照有关规定核查（依据1）" {
		t.Error(s)
	}
}

// An exhibit is put forward for what the acts it shows were, whatever others of the
// same finding were.
func TestExhibitsProveTheirOwnActs(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	threat, insult := sms(1, "再不还就去你单位拉横幅", "V06"), sms(2, "不要脸", "V06")
	threat.Exhibits, insult.Exhibits = []string{"E001"}, []string{"E002"}
	f := kind("V06", []evidence.Citation{guide("不得恐吓、辱骂。")}, threat, insult)
	f.Exhibits = []string{"E001", "E002", "E004"}
	in.Findings = []evidence.Finding{f}
	for exhibit, want := range map[string]string{"E001": "威胁、恐吓", "E002": "辱骂、侮辱",
		"E004": "威胁、恐吓；辱骂、侮辱"} { // the last shows figures, and no act
		if got := in.proves(exhibit); got != want {
			t.Errorf("%s: got %s, want %s", exhibit, got, want)
		}
	}
}

// Where somebody says that the claim is theirs now, what binds lenders is broken
// only if the lender's side did it, and the letter says so.
func TestLendersRules(t *testing.T) {
	in := to(t, borrower(evidence.ConsumerFinance, "示例消费金融有限公司"), evidence.ToRegulator)
	rules := cc("XJGS-V06", "", "消费金融公司不得采用威胁手段催收。")
	rules.Name, rules.Rank, rules.Tier = "消费金融公司管理办法", evidence.DepartmentalRule, evidence.TierB
	law := cc("CC-991", "第九百九十一条", "人格权受保护。")
	in.Findings = []evidence.Finding{kind("V06", []evidence.Citation{rules, law}, sms(1, "今晚弄死你", "V06a"))}
	const head, foot = "涉嫌违反法律规定；由放款机构或其委托的一方所为的，还涉嫌违反监管规定", "项约束放款机构及其委托的催收方，对示例资产管理有限公司自行催收是否适用，请核查"
	if s := document.Text(Compose(in, counted())); strings.Contains(s, head) || strings.Contains(s, foot) {
		t.Errorf("nobody took the claim over:\n%s", s)
	}
	in.Case.Assignee.Name = "示例资产管理有限公司"
	if s := document.Text(Compose(in, counted())); !strings.Contains(s, head) || !strings.Contains(s, "第1"+foot) {
		t.Errorf("the lender's rules are cited flatly:\n%s", s)
	}
	rules.General = true
	in.Findings[0].Citations = []evidence.Citation{rules, law}
	if s := document.Text(Compose(in, counted())); strings.Contains(s, "由放款机构或其委托的一方所为") {
		t.Errorf("what a rule says in general is not what was broken:\n%s", s)
	}
	in.Findings[0].Citations = []evidence.Citation{law}
	if s := document.Text(Compose(in, counted())); strings.Contains(s, "由放款机构或其委托的一方所为") || strings.Contains(s, foot) {
		t.Errorf("no such rule is cited:\n%s", s)
	}
}

// Whether somebody the borrower named for the loan is unrelated to the debt is disputed: the
// heading says what was done, the request does not ask where their number comes from, and
// that the borrower could be reached stands as their own word.
func TestEmergencyContactIsNotCalledUnrelated(t *testing.T) {
	called := func(n int, r evidence.Reached) evidence.Incident {
		i := sms(n, "")
		i.Kind, i.Reached, i.Reachable, i.Disclosed = evidence.Call, r, evidence.Yes, evidence.No
		return i
	}
	law := []evidence.Citation{guide("只有在无法联系债务人等特定情形下，才可以联系其联系人。")}
	const unrelated, named = "向与债务无关的第三人催收", "在能联系上本人时联系紧急联系人"
	for _, c := range []struct {
		rows    []evidence.Incident
		has, no []string
	}{
		{[]evidence.Incident{called(1, evidence.ReachedEmergency)},
			[]string{named, "能联系上本人的，不再联系紧急联系人，也不向其透露欠款。", "当天能够联系上本人：这是本人陈述",
				"紧急联系人是否属于规定所说的“与债务无关的第三人”，请依规定认定"},
			[]string{unrelated, "说明取得、使用其联系方式的依据"}},
		{[]evidence.Incident{called(1, evidence.ReachedWorkplace)},
			[]string{unrelated, "停止联系与债务无关的第三人；说明取得、使用其联系方式的依据", "当天能够联系上本人：这是本人陈述"},
			[]string{"紧急联系人"}},
		{[]evidence.Incident{called(1, evidence.ReachedEmergency), called(2, evidence.ReachedFamily)},
			[]string{unrelated + "（1次）", named + "（1次）", "没有依据的停止使用。能联系上本人的"}, nil},
	} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
		in.Findings = []evidence.Finding{kind("V02", law, c.rows...)}
		got := document.Text(Compose(in, counted()))
		for _, s := range c.has {
			if !strings.Contains(got, s) {
				t.Errorf("no %q in\n%s", s, got)
			}
		}
		for _, s := range c.no {
			if strings.Contains(got, s) {
				t.Errorf("%q in\n%s", s, got)
			}
		}
	}
}
