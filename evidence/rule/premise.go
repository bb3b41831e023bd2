package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/phrase"
	"juzheng/evidence/road"
)

// unknownNumbers asks about numbers nobody has named that call as a collector
// would: often, or in the night, and whose messages do not say that they serve.
func (a *applier) unknownNumbers() {
	calls := map[string][]evidence.Incident{}
	// couriers, banks and others whose messages say what they are, and those whose press
	served, pressed := map[string]bool{}, map[string]bool{}
	for _, i := range a.others {
		if i.Kind == evidence.SMS && i.Direction == evidence.In && i.Number != "" {
			switch role := phrase.RoleOf(i, a.hits(i)); {
			case role == evidence.RoleCollecting:
				pressed[i.Number] = true
			case role == evidence.RoleService, i.Signature() != "" && !phrase.NamesInstitution(a.kase, i.Signature()):
				served[i.Number] = true
			}
		}
		// a hidden number is nobody's
		if i.Kind == evidence.Call && i.Direction == evidence.In && i.Number != "" && !strings.Contains(i.Number, "*") {
			calls[i.Number] = append(calls[i.Number], i)
		}
	}
	for _, n := range sortedKeys(calls) {
		if served[n] && !pressed[n] {
			continue
		}
		perDay, worst, nights := map[string]int{}, 0, 0
		for _, i := range calls[n] {
			day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
			perDay[day]++
			worst = max(worst, perDay[day])
			if a.night(i) == evidence.Yes {
				nights++
			}
		}
		if worst <= evidence.ConnectedLimit && nights == 0 {
			continue
		}
		a.report.Remarks = append(a.report.Remarks, evidence.Advise("号码 %s 打来 %d 次（一天最多 %d 次，夜间 %d 次），还没有说是谁的；认出来是催收方的，才算得上",
			"%s called %d times (%d on one day, %d at night) and nobody has said whose it is; "+
				"it counts once it is known to be a collector's").With(n, len(calls[n]), worst, nights))
	}
}

var contactAlternatives = evidence.Advise("借款人联系不上时请您转告一声、没有说出欠款，这样的联系不能投诉。可以做的是：明确告诉对方不要再联系您，留下这次拒绝的录音或短信，"+
	"之后再来联系就可以投诉；拨打 12348 免费咨询法律援助",
	"being asked to pass on a message while the borrower cannot be reached, without a word of the debt, cannot "+
		"be complained of; what helps: tell them not to contact you again and keep that refusal, for what comes "+
		"after it can be complained of; call 12348 for free legal advice")

var alternatives = evidence.Advise("合法的催款不能投诉，还款困难、不喜欢对方的方式也不是理由。可以做的是：书面向平台申请延期或分期还款，越早越好；索要账单明细；对征信记录有异议的，"+
	"向放款机构或征信机构提出异议；拨打 12348 免费咨询法律援助",
	"lawful reminders cannot be complained of, nor are hardship or dislike a ground; what helps: ask the "+
		"platform in writing for a deferral or instalments, the sooner the better, or for a statement of account; "+
		"object to a wrong credit record; call 12348 for free legal advice")

// obstacles lists what keeps the case from being filed.
func (a *applier) obstacles(exhibits []evidence.Exhibit) {
	add := func(code, where string, what, remedy evidence.Advice, whose ...evidence.Role) {
		a.report.Obstacles = append(a.report.Obstacles,
			evidence.Obstacle{Code: code, Where: where, What: what, Remedy: remedy, For: whose})
	}
	c := a.kase
	for _, x := range c.Impossible(a.date.In(evidence.Beijing).Format(time.DateOnly)) {
		a.report.Obstacles = append(a.report.Obstacles, x.Obstacle())
	}
	a.toCome()
	if c.Complainant.Name == "" {
		add("no-complainant", evidence.CaseFile+" complainant.name",
			evidence.Advise("没有投诉人姓名", "the complainant has no name"),
			evidence.Advise("填写身份证上的姓名；投诉须实名", "write the name as on the identity card"))
	}
	if !c.Platform.Known() && !c.Lender.Known() {
		add("no-respondent", evidence.CaseFile+" platform.name",
			evidence.Advise("没有被投诉方：平台和放款机构都没有写", "no respondent: neither platform nor lender is named"),
			evidence.Advise("照借款合同写放款机构全称，照 App 写平台名；程序不会替您猜",
				"write the lender as in the contract, and the app's name; nothing is guessed"))
	}
	if c.Lender.Name == "" {
		add("no-lender", evidence.CaseFile+" lender.name", evidence.Advise("没有放款机构名称", "the lender is not named"),
			evidence.Advise("看借款合同第一页的“贷款人”或“出借人”，照写全称；App 里一般在“我的借款—合同”",
				"see the first page of the loan contract; write the full name"), lenderNamed(c)...)
	}
	if c.Lender.Licence == evidence.LicenceUnknown {
		add("no-licence", evidence.CaseFile+" lender.licence",
			evidence.Advise("没有写放款机构的类型，无法确定由谁监管", "the lender's kind is missing, so the supervisor is not known"),
			evidence.Advise("看合同上的名称：××银行（bank）、××消费金融（consumer-finance）、××小额贷款（small-loan）、××融资担保（guarantee）",
				"by its name: bank, consumer-finance, small-loan, guarantee …"), evidence.ToForward,
			evidence.ToRegulator)
	}
	if c.Lender.Region == "" {
		add("no-region", evidence.CaseFile+" lender.region",
			evidence.Advise("没有写放款机构的注册地，无法确定向哪个监管部门反映",
				"the lender's place of registration is missing, so the local regulator is not known"),
			evidence.Advise("在“国家企业信用信息公示系统”查它的注册地（六位代码，例如浙江省是 330000）",
				"a six-digit code such as 330000; the company register shows it"), evidence.ToForward,
			evidence.ToRegulator)
	}
	a.premise(add)
}

// toCome refuses rows of a day that has not come: those of the matter, and those
// that the person wrote. Of others a phone's clock may say what it likes.
func (a *applier) toCome() {
	today := a.date.In(evidence.Beijing).Format(time.DateOnly)
	for _, i := range slices.Concat(a.own, a.tellings, a.others) {
		if i.Time.IsZero() || beijingDay(i) <= today || i.Made() && !a.kase.Concerns(i) {
			continue
		}
		found := i.Time.Text()
		remedy := evidence.Advise("应为今天（%s）或以前的时间；不是这件事的，{“是否采用”填“否”|在“一件件看”里不采用它}",
			"wanted: a time up to today (%s); if it is no part of the matter, {set use to no|leave it out under “Act by act”}").
			With(today)
		if i.Made() {
			remedy = evidence.Advise(
				"应为今天（%s）或以前的时间。文件里就是这样记的：手机时钟当时不准，弄清以前{“是否采用”填“否”|在“一件件看”里不采用它}",
				"wanted: a time up to today (%s). The file has it so, by a clock that was wrong: until it is "+
					"known when it was, {set use to no|leave it out under “Act by act”}").With(today)
		}
		a.report.Obstacles = append(a.report.Obstacles, evidence.Obstacle{Code: evidence.CannotBe,
			Where:  where(i) + " " + i.ID,
			What:   evidence.Advise("时间是 %s，还没有到", "the time, %s, is still to come").With(found),
			Remedy: remedy})
	}
}

// lenderNamed are those whose letter must name the lender: the lender, whoever
// supervises it, and the association, unless the case names the company that
// runs the platform. A platform is asked who lent.
func lenderNamed(c evidence.Case) []evidence.Role {
	out := []evidence.Role{evidence.ToLender, evidence.ToForward, evidence.ToRegulator}
	if c.Platform.Name == "" {
		out = append(out, evidence.ToAssociation)
	}
	return out
}

// premise refuses a case without a violation that a file shows.
func (a *applier) premise(add func(code, where string, what, remedy evidence.Advice, whose ...evidence.Role)) {
	var shown, stated bool
	var statedRow evidence.Incident
	for _, f := range a.report.Findings {
		switch f.Strength {
		case evidence.Shown:
			shown = true
		case evidence.Stated:
			if !stated && len(f.Incidents) > 0 { // of a finding about money there are none
				statedRow = f.Incidents[0]
			}
			stated = true
		}
	}
	switch {
	case shown:
	case stated && statedRow.ID == "": // only figures of the loan
		add("no-proof", evidence.CaseFile+" loan.exhibits", evidence.Advise("息费的数字只有您填写的，没有写明哪份证据能证明",
			"the loan's figures are your own; no exhibit is named that shows them"),
			evidence.Advise("把合同、到账流水、账单加进来{（juzheng add），在 case.toml 的 loan.exhibits 写上编号|}",
				"add the contract, the account statement and the bills{, and name them in loan.exhibits|}"),
			wantProof()...)
	case stated:
		add("no-proof", where(statedRow), evidence.Advise("只有您的陈述（%s 等），没有一项有材料证明",
			"only your own statement (%s …), nothing is shown by a file").With(statedRow.ID),
			evidence.Advise("把能证明的录音、截图或详单加进来{（juzheng add），在“证据”一栏填编号，在“材料显示的内容”一栏写原话|，在“听和看”里写上原话}",
				"add the recording, screenshot or call list, {put its number under exhibits and the words under "+
					"what the file shows|and write the words down under “Listen and look”}"), wantProof()...)
	case len(a.report.Worded) > 0:
		w, n := a.report.Worded[0], len(a.report.Worded)
		add("unanswered", where(a.row(w.Incident)), evidence.Advise("有 %d 处话听起来像违规，还没有人看过：%s“%s”",
			"words in %d places sound like a violation and nobody has looked: %s “%s”").With(n, w.Incident, w.Quote),
			evidence.Advise("看原文：确属的，{在这一行“认为属于”一栏填上面写的种类；不是的，填“非”加种类，例如 非V06|在“听和看”里这样答；不是的，也在那里答}",
				"read the original: {where it is one, write the kind named above under asserted kinds; "+
					"where not, 非 and the kind, as 非V06|answer under “Listen and look” whether it is one}"))
	case len(a.unnamedCollectors()) > 0:
		who := a.unnamedCollectors()
		add("unanswered", evidence.CaseFile+" numbers", evidence.Advise("材料里像是催收方的，还没有写明是谁：%s",
			"nobody has said who these are, and the files say collector: %s").
			With(evidence.Text{ZH: strings.Join(who, "、"), EN: strings.Join(who, ", ")}),
			evidence.Advise("{是催收方的，写进 case.toml 的 [[numbers]]（side = \"collector\"）；不是的写 side = \"other\"|在“谁打来的”那一步认：是催收方的，"+
				"还是别人的}",
				"{add each to [[numbers]] in case.toml: side = \"collector\", or \"other\"|say at “Who called” whether each is "+
					"a collector or not}"))
	case len(a.wordedOfNobody()) > 0:
		all := a.wordedOfNobody()
		add("unanswered", where(a.rowOfAll(all[0].Incident)), evidence.Advise("有 %d 处话听起来像违规，发来的号码是谁的还没有写明，所以没有算进来：%s“%s”",
			"words in %d places sound like a violation, and of whose number they are nothing is said, so that "+
				"they do not count: %s “%s”").With(len(all), all[0].Incident, all[0].Quote),
			evidence.Advise("想一想、问一问是谁发的：是催收的，在{ case.toml 的 [[numbers]] 写明（side = \"collector\"），再检查一次|“谁打来的”那一步认}；涉及人身安全的，"+
				"拨打 110",
				"find out who wrote them: {a collector's number goes to [[numbers]] in case.toml (side = \"collector\")|say so "+
					"at “Who called” if it is a collector}; "+
					"where somebody's safety is threatened, call the police on 110"))
	default:
		add("no-violation", a.lookedAt(), evidence.Advise("没有发现可以据以投诉的违规事实：%s",
			"no violation was found: %s").With(a.seen()), a.instead())
	}
}

// wantProof are whose letters assert only what a file shows.
func wantProof() []evidence.Role {
	return slices.DeleteFunc(evidence.AllRoles(), road.StatedToo)
}

// unnamedCollectors are the numbers and accounts that files call a collector's,
// as they call them.
func (a *applier) unnamedCollectors() []string {
	var out []string
	for _, o := range a.offers {
		if o.Kind == device.OfferCaller && o.Value == evidence.CollectorSide && len(o.Incidents) > 0 {
			out = append(out, cmp.Or(o.Number, o.Account)+"（"+o.Quote+"）")
		}
	}
	return out
}

// wordedOfNobody are words that sound like a violation, of writers of whom nothing is said:
// who has only such is not to be told that all of it was lawful.
func (a *applier) wordedOfNobody() (out []evidence.Worded) {
	for _, i := range a.all {
		if i.Direction == evidence.Out || i.Use == evidence.No || a.kase.Concerns(i) || a.kase.SideOfWriter(i) != "" {
			continue
		}
		out = append(out, phrase.WordedOf(i, a.hits(i))...)
	}
	return out
}

// rowOfAll is one of all rows.
func (a *applier) rowOfAll(id string) evidence.Incident {
	return a.all[slices.IndexFunc(a.all, func(i evidence.Incident) bool { return i.ID == id })]
}

// row is one of the rows of the matter.
func (a *applier) row(id string) evidence.Incident {
	n := slices.IndexFunc(a.own, func(i evidence.Incident) bool { return i.ID == id })
	return a.own[n]
}

// instead is what to do where nothing can be complained of: first what only
// wants completing, then what helps that is no complaint.
func (a *applier) instead() evidence.Advice {
	t := alternatives
	if a.contact() {
		t = contactAlternatives
	}
	if len(a.report.Findings) > 0 {
		t = evidence.Advise("先看“需要您自己看一看的地方”，能补的补上再检查一次。%s",
			"first look at what needs your eye and complete what you can; %s").With(t)
	}
	return t
}

// lookedAt names a row the person believes in, or else the file.
func (a *applier) lookedAt() string {
	for _, i := range a.own {
		if len(i.Asserted) > 0 {
			return where(i)
		}
	}
	if len(a.own) > 0 {
		return where(a.own[0])
	}
	return evidence.TimelineFile
}

// manyMessages is how many messages a day make the program ask whether they
// were a bombing. It is no rule: no rule sets a number.
const manyMessages = 10

// manyADay asks about days of many messages that nobody named.
func (a *applier) manyADay() {
	days := map[string]int{}
	for _, i := range a.own {
		if (i.Kind == evidence.SMS || i.Kind == evidence.Message) && i.Direction == evidence.In && i.ToldBy == "" &&
			!i.Time.IsZero() && !asserts(i, "V10") {
			days[beijingDay(i)]++
		}
	}
	for _, day := range sortedKeys(days) {
		if n := days[day]; n >= manyMessages {
			a.remark(evidence.Advise("%[1]s 催收方发来 %[2]d 条短信、消息。没有规定具体的条数；如果属于轰炸，请在{这些行的“认为属于”一栏填 V10|“一件件看”里给它们选“短信、电话轰炸或者群发”}",
				"%[2]d messages from the collector on %[1]s. No rule sets a number; if it was a bombing, name "+
					"{these rows V10|them so under “Act by act”}").With(day, n))
		}
	}
}

// seen says what the rows are in which no violation was found.
func (a *applier) seen() evidence.Advice {
	if len(a.own) == 0 {
		return evidence.Advise("时间线里没有属于催收方的记录。请在{ case.toml 的 [[numbers]] 写明催收号码，或在时间线“是否采用”一栏填“是”|"+
			"“谁打来的”那一步认出催收号码，或在“一件件看”里采用它}",
			"no row is the collector's; name their numbers {in case.toml or set use to yes|at “Who called”, or take the act in}")
	}
	if len(a.report.Lawful) == 0 {
		return evidence.Advise("看过的 %d 条记录都不构成违规，或还需要您补充", "none of %d rows is a breach, or they want completing").
			With(len(a.own))
	}
	var acts []evidence.Advice
	for _, l := range a.report.Lawful {
		acts = append(acts, evidence.Advise("%[1]s{（%[2]s）|}", "%[1]s{ (%[2]s)|}").With(l.Act, few(l.Incidents)))
	}
	return evidence.Advise("看到的是%s", "what was seen is %s").
		With(evidence.List(acts, evidence.Advise("、", "; ")))
}

// mostNamed is how many rows a sentence names.
const mostNamed = 4

// rows are acts as a sentence names them: by their codes in the table, which the page has
// not, and there by what they are.
func (a *applier) rows(ids []string) evidence.Advice {
	all := make([]evidence.Advice, len(ids))
	for n, id := range ids {
		all[n] = a.called(id)
	}
	return some(all)
}

// some are the first few of what a sentence names.
func some(all []evidence.Advice) evidence.Advice {
	first := evidence.List(all[:min(len(all), mostNamed)], evidence.Advise("{ |、}", "{ |; }"))
	if len(all) > mostNamed {
		return evidence.Advise("%s{ …|等}", "%s{ …| and more}").With(first)
	}
	return first
}

// called is one act of [applier.rows].
func (a *applier) called(id string) evidence.Advice {
	i := a.row(id)
	var of evidence.ExhibitKind
	for _, x := range a.exhibits {
		if len(i.Exhibits) == 1 && x.Number == i.Exhibits[0] {
			of = x.Kind
		}
	}
	return evidence.Advise("{%[1]s|%[2]s}", "{%[1]s|%[2]s}").With(id, i.Called(of))
}

func few(ids []string) string {
	if len(ids) > mostNamed {
		return strings.Join(ids[:mostNamed], " ") + " …"
	}
	return strings.Join(ids, " ")
}

func where(i evidence.Incident) string {
	switch {
	case i.Source == evidence.CaseFile:
		return evidence.CaseFile + " [[filings]]"
	case i.Line > 0:
		return fmt.Sprintf("%s:%d", evidence.TimelineFile, i.Line)
	}
	return evidence.TimelineFile
}
