package letter

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
)

var (
	exhibitNamed = regexp.MustCompile(`证据(\d+)`)
	mobile       = regexp.MustCompile(`1[3-9]\d{9}`)
	article      = regexp.MustCompile(`第[一二三四五六七八九十百千零]+条`)
)

// What no letter may hold, whoever writes it to whomever.
func TestNoLetter(t *testing.T) {
	each(t, func(t *testing.T, name string, in Input) {
		d := Compose(in, counted())
		text := document.Text(d)
		if bad := document.Unresolved(d); len(bad) > 0 {
			t.Errorf("left over: %q", bad)
		}
		for _, s := range []string{"{", "[", "TODO", "%!", "否则", "和/或", "复核用语句", "司法存证", "欠钱不还，", "（）"} {
			if strings.Contains(strings.ReplaceAll(text, "“王小雨欠钱不还，让他赶紧还款”", ""), s) {
				t.Errorf("holds %q", s)
			}
		}
		own := []string{in.Case.Complainant.Phone, in.Case.Agent.Phone}
		digests := regexp.MustCompile(`[0-9A-Fa-f]{15,}X?|[0-9a-f]{4} `)
		for _, m := range mobile.FindAllString(digests.ReplaceAllString(text, ""), -1) {
			if !slices.Contains(own, m) {
				t.Errorf("holds the number %s", m)
			}
		}
		for _, m := range exhibitNamed.FindAllStringSubmatch(text, -1) {
			if !slices.ContainsFunc(in.Exhibits, func(x evidence.Exhibit) bool { return label(x.Number) == m[0] }) {
				t.Errorf("names %s, which the case has not", m[0])
			}
		}
		// A tier B rule stands without any article number, whatever the data says.
		for _, a := range article.FindAllString(text, -1) {
			if a == "第五条" {
				t.Error("prints an article of a tier B rule")
			}
		}
		if strings.Contains(text, "违法") {
			t.Error("says 违法")
		}
		requests, _, _ := strings.Cut(text, "事实与理由")
		if in.complaint() && (strings.Contains(requests, "处罚") || strings.Contains(requests, "吊销")) {
			t.Error("a 投诉 asks for a penalty")
		}
		if !in.complaint() && (strings.Contains(requests, "减免") || strings.Contains(requests, "赔偿")) {
			t.Error("a 举报 asks for money")
		}
		full := strings.Contains(text, in.Case.Complainant.IDNumber)
		if full != in.Role.RealName() {
			t.Errorf("identity number in full: %t", full)
		}
		if in.contact() {
			for _, s := range []string{"借款情况", "分期", "逾期金额", "一日内催收来电过多"} {
				if strings.Contains(text, s) {
					t.Errorf("a contact's letter holds %q", s)
				}
			}
		}
	})
}

// Each sentence goes with the data it rests on.
func TestSwitchedOnByData(t *testing.T) {
	for _, c := range []struct {
		name  string
		words string
		take  func(*Input, *Counted)
	}{
		{"loan", "借款情况", func(in *Input, _ *Counted) { in.Case.Loan = evidence.Loan{} }},
		{"deferral", "协商延期", func(in *Input, _ *Counted) { in.Case.Deferral = evidence.Deferral{} }},
		{"why it is asked", "本人的情况：停工", func(in *Input, _ *Counted) { in.Case.Deferral.Reason = "" }},
		{"why it is asked, as a bargain", "本人的情况", func(in *Input, _ *Counted) { in.Case.Deferral.Reason = "不延期就曝光" }},
		{"plan of a deferral", "分2期", func(in *Input, _ *Counted) { in.Case.Deferral.Plan = nil }},
		{"own words", "夜里不敢开机", func(in *Input, _ *Counted) { in.Case.Statement = "" }},
		{"own words that bargain", "夜里不敢开机", func(in *Input, _ *Counted) { in.Case.Statement += "，不解决就曝光" }},
		{"summary", "反映事项", func(in *Input, _ *Counted) { in.Findings = nil }},
		{"published list", "公示的催收机构名单", func(in *Input, _ *Counted) { in.Case.Lender.Licence = evidence.SmallLoan }},
		{"published list, before the guide", "公示的催收机构名单", func(in *Input, _ *Counted) {
			in.Date = at("2026-01-29 09:00:00").At
		}},
		{"published list, of a business", "公示的催收机构名单", func(in *Input, _ *Counted) {
			in.Case.Loan.Kind = evidence.BusinessLoan
		}},
		{"contract", "合同编号", func(in *Input, _ *Counted) { in.Case.Loan.Contract = "" }},
		{"agency", "示例信息咨询", func(in *Input, _ *Counted) { in.Case.Agency = evidence.Party{} }},
		{"earlier complaint", "此前的反映", func(in *Input, _ *Counted) { in.Case.Filings = nil }},
		{"consent", "本人同意将", func(in *Input, _ *Counted) { in.Case.Consent.Forward = evidence.Unknown }},
		{"book", "证据册（共", func(_ *Input, at *Counted) { at.Book = 0 }},
		{"pages", "，第6页", func(_ *Input, at *Counted) { at.Pages = nil }},
		{"seal", "证据码", func(in *Input, _ *Counted) { in.Seal.Root = "" }},
		{"SM3", "SM3", func(in *Input, _ *Counted) { in.Seal.SM3 = "" }},
		{"address", "通信地址", func(in *Input, _ *Counted) { in.Case.Complainant.Address = "" }},
		{"statement", "本人陈述（没有", func(in *Input, _ *Counted) {
			in.Findings = slices.DeleteFunc(in.Findings,
				func(f evidence.Finding) bool { return f.Strength == evidence.Stated })
		}},
		{"request", "工作日白天", func(in *Input, _ *Counted) { in.Case.Requests = nil }},
		{"exhibit", "证据2", func(in *Input, _ *Counted) { in.Exhibits = slices.Delete(in.Exhibits, 1, 2) }},
		{"disclosure", "使用其联系方式的依据", func(in *Input, _ *Counted) { in.Findings = in.Findings[1:] }},
		{"threat", "原话为", func(in *Input, _ *Counted) { in.Findings[3].Incidents[0].Shown = "" }},
	} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
		in.Case.Deferral = evidence.Deferral{Reason: "停工", Plan: []string{"2026-04-10 500", "2026-05-10 500"}}
		in.Case.Statement = "每天都有陌生号码打来，夜里不敢开机"
		at := counted()
		if !strings.Contains(document.Text(Compose(in, at)), c.words) {
			t.Errorf("%s: %q is not in the letter to begin with", c.name, c.words)
		}
		c.take(&in, &at)
		d := Compose(in, at)
		if strings.Contains(document.Text(d), c.words) {
			t.Errorf("%s: %q stands without its data", c.name, c.words)
		}
		if bad := document.Unresolved(d); len(bad) > 0 {
			t.Errorf("%s: left over %q", c.name, bad)
		}
	}
}

// A report asks that the person's identity be kept from those it is about, where
// they wish it; a complaint, which goes to those, does not.
func TestConfidential(t *testing.T) {
	for _, role := range roles {
		for _, said := range []evidence.Answer{evidence.Yes, evidence.No, evidence.Unknown} {
			in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
			in.Case.Consent.Confidential = said
			text := document.Text(Compose(in, counted()))
			if want := said == evidence.Yes && !in.complaint(); strings.Contains(text, "身份信息保密") != want {
				t.Errorf("to %s, said %q: want %t", role, said, want)
			}
		}
	}
}

// Whether papers may be passed on is printed as the person said it, and not at
// all where they did not.
func TestConsentIsThePersons(t *testing.T) {
	const agreed, refused = "本人同意将身份信息和材料转交", "本人不同意将身份信息提供给"
	for _, c := range []struct {
		said            evidence.Answer
		agrees, refuses bool
	}{
		{evidence.Yes, true, false},
		{evidence.No, false, true},
		{evidence.Unknown, false, false},
	} {
		for _, role := range []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToAssociation,
			evidence.ToRegulator} {
			in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
			in.Case.Consent.Forward = c.said
			text := document.Text(Compose(in, counted()))
			if strings.Contains(text, agreed) != c.agrees || strings.Contains(text, refused) != c.refuses {
				t.Errorf("to %s, said %q:\n%s", role, c.said, text)
			}
		}
	}
}

// Many acts of one kind are summed up, and the letter does not grow with them.
func TestManyActs(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	f := &in.Findings[3]
	one := f.Incidents[0]
	f.Incidents = nil
	for n := range 40 {
		i := one
		i.ID = "T9" + string(rune('a'+n))
		i.Time.At = one.Time.At.AddDate(0, 0, n)
		f.Incidents = append(f.Incidents, i)
	}
	text := document.Text(Compose(in, counted()))
	if n := strings.Count(text, "原话为"); n != most {
		t.Errorf("%d of 40 acts are told, want %d", n, most)
	}
	if want := "另有34次同类情形，逐次列于证据册的时间线（证据1，第5页）。"; !strings.Contains(text, want) {
		t.Errorf("the letter does not say %q", want)
	}
}

func TestWording(t *testing.T) {
	law, std, self := evidence.Citation{Rank: evidence.Law}, evidence.Citation{Rank: evidence.RecommendedStandard},
		evidence.Citation{Rank: evidence.SelfDiscipline}
	for _, c := range []struct {
		cited []evidence.Citation
		want  string
	}{
		{[]evidence.Citation{std}, "不符合推荐性国家标准"},
		{[]evidence.Citation{self}, "违反行业自律规范"},
		{[]evidence.Citation{law, law, std}, "涉嫌违反法律规定，不符合推荐性国家标准"},
		{[]evidence.Citation{{Rank: evidence.NormativeDocument}}, "涉嫌违反监管规定"},
	} {
		if got := wording(c.cited); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// A description is told, words are quoted.
func TestWords(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	for _, c := range []struct {
		name, rule string
		i          evidence.Incident
		want       string
		verbatim   bool
	}{
		{"threat", "V06", evidence.Incident{Kind: evidence.Call, Shown: "等着瞧"}, "“等着瞧”", true},
		{"threat with its own marks", "V06", evidence.Incident{Kind: evidence.Call, Shown: "对方说“等着瞧”。"}, "对方说“等着瞧”",
			false},
		{"message from a log", "V01", evidence.Incident{Kind: evidence.SMS, Source: "E004:3", Shown: "您在“示例借”的借款\n已逾期"},
			"“您在‘示例借’的借款 已逾期”", true},
		{"description", "V01", evidence.Incident{Kind: evidence.Call, Shown: "截图显示对方说出借款金额。"}, "截图显示对方说出借款金额", false},
		{"a third person's number", "V01", evidence.Incident{Kind: evidence.Call, Shown: "对方给13900001234打电话"},
			"对方给139****1234打电话", false},
		{"two in a row", "V01", evidence.Incident{Kind: evidence.Call, Shown: "13900001234 13900005678-13900001234"},
			"139****1234 139****5678-139****1234", false},
		{"country code", "V01", evidence.Incident{Kind: evidence.Call, Shown: "+8613900001234、+86 139-0000-1234"},
			"+86139****1234、+86 139****1234", false},
		{"part of a longer number", "V01", evidence.Incident{Kind: evidence.Call, Shown: "订单20137000012345678"},
			"订单20137000012345678", false},
		{"a listed number in a longer one", "V01", evidence.Incident{Kind: evidence.Call, Shown: "订单20139000012345678"},
			"订单20139****12345678", false},
		{"the collector's", "V01", evidence.Incident{Kind: evidence.Call, Shown: "请致电13800138000或01058880000"},
			"请致电13800138000或01058880000", false},
		{"with blanks", "V01", evidence.Incident{Kind: evidence.Call, Shown: "139 0000 1234来电"}, "139****1234来电",
			false},
	} {
		if got, verbatim := (paper{Input: in}).words(c.rule, c.i); got != c.want || verbatim != c.verbatim {
			t.Errorf("%s: got %s, verbatim %t", c.name, got, verbatim)
		}
	}
}

func TestReady(t *testing.T) {
	good := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	for _, c := range []struct {
		name string
		edit func(*Input)
	}{
		{"no name", func(in *Input) { in.Case.Complainant.Name = " " }},
		{"no recipient", func(in *Input) { in.Recipient.Name = "" }},
		{"no respondent", func(in *Input) { in.Case.Platform, in.Case.Lender = evidence.Party{}, evidence.Party{} }},
		{"nothing shown", func(in *Input) { in.Findings = in.Findings[4:] }},
		{"not competent", func(in *Input) {
			in.Findings = slices.Clone(in.Findings)
			for i := range in.Findings {
				in.Findings[i].Bodies = []string{"PBC"}
			}
		}},
	} {
		in := good
		c.edit(&in)
		err := Ready(in)
		if err == nil {
			t.Errorf("%s: ready", c.name)
		}
		if shown := c.name == "nothing shown" || c.name == "not competent"; errors.Is(err, ErrNothingShown) != shown {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// The papers beside the letter, as prose.
func TestOtherPapers(t *testing.T) {
	in := to(t, withAgent(borrower(evidence.ConsumerFinance, "示例消费金融有限公司")), evidence.ToRegulator)
	mandate, err := Mandate(in)
	if err != nil {
		t.Fatal(err)
	}
	deferral, err := Deferral(to(t, in, evidence.ToLender))
	if err != nil {
		t.Fatal(err)
	}
	in.Case.Deferral = evidence.Deferral{Reason: "今年六月起停工，收入只够基本生活",
		Plan: []string{"2026-05-01 300", "2026-06-01 300.50"}}
	in.Case.Credit = evidence.Credit{Bureau: "credit-pbccrc", Report: "2026-03-20", Entry: "该账户当前逾期期数3，逾期总额3000元",
		Wrong: "2026年3月15日已经还清，见还款凭证"}
	in.Case.Loan.Schedule = []string{"2026-02-10 800", "2026-03-10 800", "2026-04-10 800"}
	in.Case.Loan.Repaid = []string{"2026-02-20 400"}
	letters := map[string]document.Document{}
	for name, l := range map[string]struct {
		compose func(Input) (document.Document, error)
		role    evidence.Role
	}{"deferral-plan": {Deferral, evidence.ToPlatform}, "statement-request": {StatementRequest, evidence.ToPlatform},
		"credit-lender": {CreditObjection, evidence.ToLender}, "credit-bureau": {CreditObjection, evidence.ToBureau}} {
		given := to(t, in, l.role)
		if l.role == evidence.ToBureau {
			given.Recipient = templates.Recipient{Slug: "credit-pbccrc", Name: "中国人民银行征信中心"}
		}
		if letters[name], err = l.compose(given); err != nil {
			t.Fatal(name, err)
		}
		text := document.Text(letters[name])
		golden(t, name, text)
		if bad := document.Unresolved(letters[name]); len(bad) > 0 || strings.Contains(text, "违") ||
			strings.Contains(text, "投诉") {
			t.Errorf("%s asserts a breach, or has left over %q", name, bad)
		}
		if strings.Contains(text, in.Case.Complainant.IDNumber) != (l.role == evidence.ToBureau) {
			t.Errorf("%s: the identity number is not as this recipient gets it", name)
		}
		if _, err := l.compose(harassed(evidence.Bank, "示例银行股份有限公司")); err == nil {
			t.Errorf("%s for a contact", name)
		}
	}
	in.Case.Credit.Wrong = " "
	if _, err := CreditObjection(in); !errors.Is(err, ErrNothingRecorded) {
		t.Errorf("an objection without a reason: %v", err)
	}
	in.Case.Credit = evidence.Credit{}
	for name, d := range map[string]document.Document{
		"note-objection":   ApplicationNote(to(t, in, evidence.ToLender), objectionTitle),
		"note-application": ApplicationNote(to(t, in, evidence.ToLender), "协商还款申请书"),
		"mandate":          mandate, "deferral": deferral, "list": List(in, counted()),
		"note-regulator": CoverNote(in, nil), "note-platform": CoverNote(to(t, in, evidence.ToPlatform), nil),
		"start": Start(in, []GuideEntry{
			{Recipient: to(t, in, evidence.ToPlatform).Recipient, Role: evidence.ToPlatform, Folder: "1-平台客服"},
			{Recipient: to(t, in, evidence.ToForward).Recipient, Role: evidence.ToForward, Folder: "2-监管部门（请转办）"},
			{Recipient: in.Recipient, Role: evidence.ToRegulator, Folder: "3-监管部门"}}),
		"book":         bookText(ComposeBook(in, counted())),
		"forward":      Compose(to(t, in, evidence.ToForward), counted()),
		"note-forward": CoverNote(to(t, in, evidence.ToForward), nil),
		"call-sheet":   CallSheet(to(t, in, evidence.ToForward)),
	} {
		text := document.Text(d)
		golden(t, name, text)
		if bad := document.Unresolved(d); len(bad) > 0 {
			t.Errorf("%s: left over %q", name, bad)
		}
		if name != "start" && strings.Contains(text, "13900001234") {
			t.Errorf("%s holds a third person's number", name)
		}
	}
	if _, err := Mandate(borrower(evidence.Bank, "示例银行股份有限公司")); !errors.Is(err, ErrNoAgent) {
		t.Errorf("a mandate without an agent: %v", err)
	}
	if _, err := Deferral(harassed(evidence.Bank, "示例银行股份有限公司")); !errors.Is(err, ErrNotBorrower) {
		t.Errorf("a deferral for a contact: %v", err)
	}
}

// bookText strings a book together for reading.
func bookText(b document.Book) document.Document {
	d := b.Document
	d.Blocks = slices.Clone(b.Blocks)
	for _, x := range b.Exhibits {
		d.Blocks = append(d.Blocks, document.NewPage{}, document.Paragraph{Spans: plain("书签：" + x.Title)})
		d.Blocks = append(d.Blocks, x.Cover...)
		if x.Image != nil {
			d.Blocks = append(d.Blocks, document.Paragraph{Spans: plain("图片：" + x.Image.Caption)})
		}
		d.Blocks = append(d.Blocks, x.Body...)
	}
	d.Blocks = append(d.Blocks, b.Tail...)
	return d
}

// An exhibit no finding rests on stays out of the book, and its digest too: from
// the digest of a short text the text can be guessed.
func TestBookHoldsWhatIsUsed(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	b := ComposeBook(in, counted())
	var got []string
	for _, x := range b.Exhibits {
		got = append(got, x.Number)
	}
	if want := []string{"E001", "E002", "E003", "E005"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	tail := document.BlocksText(b.Tail)
	if !strings.Contains(tail, "证据5") || strings.Contains(tail, "证据6") {
		t.Errorf("the digests are not those of the book's exhibits:\n%s", tail)
	}
}

// A bundle that an earlier release sealed has a root, and papers printed of it
// say so.
func TestLetterOfFormat1(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	in.Seal.Format, in.Seal.Lines, in.Seal.Items = 0, 0, 0
	text := document.Text(Compose(in, counted()))
	for _, want := range []string{"证据包总校验码（SHA-256）：0123", "证据包共12个文件，123456字节", "总校验码只证明文件"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q", want)
		}
	}
	if strings.Contains(text, "证据码") || !strings.Contains(document.BlocksText(ComposeBook(in, counted()).Tail),
		"custody.jsonl") {
		t.Error("the papers speak of another format")
	}
}

// The acts, each in a sentence.
func TestAct(t *testing.T) {
	mine, theirs := borrower(evidence.Bank, "示例银行股份有限公司"), harassed(evidence.Bank, "示例银行股份有限公司")
	spoken := mine
	spoken.Exhibits = []evidence.Exhibit{{Number: "E038", Kind: evidence.Recording}}
	spoken.Doubts = []evidence.Doubt{{Code: evidence.AbsentFromList, Incident: "T208", About: evidence.AboutTime}}
	for _, c := range []struct {
		in   Input
		i    evidence.Incident
		want string
	}{
		{mine, evidence.Incident{Kind: evidence.Call, Number: collector, Reached: evidence.ReachedSelf, Seconds: 61,
			Answered: evidence.Yes}, "显示号码01058880000来电，通话1分1秒"},
		{mine, evidence.Incident{Kind: evidence.Call, Number: collector, Answered: evidence.No, Seconds: -1},
			"显示号码01058880000来电，未接通"},
		{mine, evidence.Incident{Kind: evidence.Call, Reached: evidence.ReachedFamily}, "催收方（号码不详）致电本人的亲友"},
		{mine, evidence.Incident{Kind: evidence.Call, Number: collector, Reached: evidence.ReachedStranger},
			"显示号码01058880000致电与债务无关的其他人"},
		{mine, evidence.Incident{Kind: evidence.Call, Number: collector, Direction: evidence.Out,
			Reached: evidence.ReachedSelf}, "本人拨打01058880000"},
		{mine, evidence.Incident{Kind: evidence.SMS, Number: collector, Reached: evidence.ReachedWorkplace},
			"显示号码01058880000向本人的单位同事发送短信"},
		{mine, evidence.Incident{Kind: evidence.SMS, Number: "13900001234", Direction: evidence.Out,
			Reached: evidence.ReachedSelf}, "本人向号码139****1234发送短信"},
		{mine, evidence.Incident{Kind: evidence.Message, Name: "客服小张", Reached: evidence.ReachedSelf},
			"名为“客服小张”的账号向本人发送消息"},
		{mine, evidence.Incident{Kind: evidence.Message, Reached: evidence.ReachedSelf}, "本人收到消息"},
		{spoken, evidence.Incident{Kind: evidence.Message, Number: collector, Direction: evidence.In, Source: "E038",
			Exhibits: []string{"E038"}, Reached: evidence.ReachedSelf}, "显示号码01058880000向本人留下语音留言"},
		{spoken, evidence.Incident{ID: "T208", Kind: evidence.Call, Number: collector, Answered: evidence.Yes,
			Seconds: 20}, "显示号码01058880000来电，通话20秒（另一份通话记录包含那一天，里面没有这一通，时间待核）"},
		{mine, evidence.Incident{Kind: evidence.Message, Direction: evidence.Out}, "本人发送消息"},
		{mine, evidence.Incident{Kind: evidence.Message, Name: "张经理", Reached: evidence.ReachedSelf},
			"名为“张经理”的账号向本人发送消息"},
		{mine, evidence.Incident{Kind: evidence.Call, Source: "E001", Number: collector,
			Reached: evidence.ReachedFamily, Seconds: 12}, "本人的亲友与号码01058880000通话12秒"},
		{mine, evidence.Incident{Kind: evidence.Call, Source: "E001", Number: collector,
			Reached: evidence.ReachedSelf, Seconds: 12}, "本人与号码01058880000通话12秒"},
		{mine, evidence.Incident{Kind: evidence.Call, Source: "E001", Number: collector, Direction: evidence.Out,
			Reached: evidence.ReachedFamily}, "本人的亲友拨打01058880000"},
		{mine, evidence.Incident{Kind: evidence.Visit, Reached: evidence.ReachedFamily}, "催收人员上门，接触本人的亲友"},
		{mine, evidence.Incident{Kind: evidence.Post}, "催收方张贴或者发布内容"},
		{mine, evidence.Incident{Kind: evidence.Post, Words: "恒信的人把通知书贴在我店门上"}, "催收方张贴内容"},
		{mine, evidence.Incident{Kind: evidence.Post, Words: "发在本地贴吧"}, "催收方张贴或者发布内容"},
		{mine, evidence.Incident{Kind: evidence.Post, Exhibits: []string{"E001"}}, "催收方在群聊或网络上发布内容"},
		{mine, evidence.Incident{Kind: evidence.Mail, Reached: evidence.ReachedWorkplace}, "本人的单位同事收到信函"},
		{mine, evidence.Incident{Kind: evidence.Message, Name: "周敏", Reached: evidence.ReachedWorkplace},
			"本人的单位同事收到消息"}, // the name can be the colleague's
		{mine, evidence.Incident{Kind: evidence.Other, Reached: evidence.ReachedSelf}, "催收方联系本人"},
		// who speaks in turn sent no message as it stands
		{mine, evidence.Incident{Kind: evidence.Message, Name: "周宁", Reached: evidence.ReachedWorkplace,
			Shown: "周宁：我不认识你，请不要再联系我。对方：你是她留的联系人"}, "本人的单位同事与对方的消息往来"},
		{mine, evidence.Incident{Kind: evidence.SMS, Number: collector, Reached: evidence.ReachedSelf,
			Shown: "对方：今天还不还\n我：没有钱"}, "本人与号码01058880000的短信往来"},
		{mine, evidence.Incident{Kind: evidence.SMS, Number: collector, Reached: evidence.ReachedSelf,
			Shown: "姓名：王小雨。金额：800元"}, "显示号码01058880000向本人发送短信"},
		{theirs, evidence.Incident{Kind: evidence.Call, Number: collector, Reached: evidence.ReachedEmergency,
			Seconds: 20}, "显示号码01058880000来电，通话20秒"},
		{theirs, evidence.Incident{Kind: evidence.SMS, Number: collector, Reached: evidence.ReachedFamily},
			"显示号码01058880000发送短信"},
	} {
		if got := c.in.act(c.i); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
