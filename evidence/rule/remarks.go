package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
	"juzheng/evidence/road"
	"juzheng/templates"
)

// emergency says what to do at once where somebody's safety was touched: a
// letter is no help then.
func (a *applier) emergency() {
	var ids []string
	for _, i := range a.own {
		if slices.ContainsFunc(i.Asserted, evidence.Breach.Danger) || a.soundsDangerous(i) {
			ids = append(ids, i.ID)
		}
	}
	for _, w := range a.report.Worded {
		if w.Danger && !slices.Contains(ids, w.Incident) {
			ids = append(ids, w.Incident)
		}
	}
	if len(ids) == 0 {
		return
	}
	a.report.Endangered = ids
	a.report.Emergency = evidence.Text{
		ZH: fmt.Sprintf("涉及人身安全（%s）：有危险时立即拨打 110，先到安全的地方；已经发生的，尽快到派出所报案，索取受案回执。投诉材料不能代替报警", few(ids)),
		EN: fmt.Sprintf("somebody's safety is concerned (%s): in danger call 110 at once and get to a safe place; "+
			"report what has happened to the police and ask for a receipt; no complaint letter stands in for that",
			few(ids))}
}

// soundsDangerous reports a threat that the person named as one and nobody has
// said to be none to somebody's safety.
func (a *applier) soundsDangerous(i evidence.Incident) bool {
	return asserts(i, "V06") && slices.ContainsFunc(a.hits(i), func(h phrase.Hit) bool {
		return !h.Review && h.Imperils() && !slices.Contains(i.Denied, h.Breach())
	})
}

// remarks are context that is no rule.
func (a *applier) remarks() {
	a.overdue()
	a.once()
	a.beforeTheLoan()
	a.notified()
	a.nearlyOfAge()
	a.notSearched()
	if a.kase.Complainant.IDNumber == "" {
		a.remark(evidence.Advise("没有填身份证号：向协会和监管部门反映须实名，信上会留出空格，请签名前手写",
			"no identity number: the letters leave a blank to fill in by hand"))
	}
	a.police()
	a.elsewhere()
	a.road()
	a.oneCreditor()
	a.kindOfLoan()
	a.openStandard()
	if _, ok := a.kase.OneTimeRepair(); ok && !a.contact() {
		a.remark(evidence.Advise("您写的这条征信记载符合一次性信用修复的条件（2020年至2025年的逾期，单笔不超过一万元，2026年3月31日以前还清；见于报道，没有读到原文）：报告上仍然显示的，"+
			"可以提异议{：juzheng "+
			"build 案件夹 --letter credit-objection|}",
			"the credit entry you wrote down meets the conditions of the one-time credit repair (overdue 2020 to "+
				"2025, at most 10,000 yuan, repaid by 31 March 2026; as reported): if the report still shows it, "+
				"object "+
				"{with juzheng build CASE --letter credit-objection|to it}"))
	}
	if len(a.report.Findings) > 0 {
		a.remark(evidence.Advise("本程序不是法律意见：所列规定读的是转载文本或者报道，提交前请再核对，可以拨打 12348 请人看一遍",
			"this is no legal advice: the rules named were read in copies or reports; have them checked before "+
				"filing, on 12348 for one"))
	}
	a.stolen()
	if a.contact() {
		a.remark(evidence.Advise("信里只反映对方怎样联系您，不评价欠款本身；材料必须属实，不要写“不解决就举报”之类的话",
			"the letters tell how you were contacted and judge nothing of the debt; everything in them must be true"))
		return
	}
	if a.denies() {
		a.remark(evidence.Advise("材料必须属实，不要写“不解决就举报”之类的话。不是您的债、已经还清的债，不要为了息事宁人先付款",
			"everything in the letters must be true; do not pay what you do not owe to be left in peace"))
		return
	}
	if a.kase.Complainant.Kind == evidence.Heir {
		a.remark(evidence.Advise("继承人以所得遗产的实际价值为限还债，放弃继承的可以不还（民法典继承编的规定，见于转载，没有读到原文）；要不要继承，先拨打 12348 问清楚",
			"an heir pays up to the value of what was inherited, and who renounces need not pay (Civil Code, read "+
				"in a "+
				"report); ask 12348 before you decide"))
		return
	}
	if a.kase.Complainant.Kind == evidence.Guardian && a.kase.Consent.Loan == evidence.No {
		a.remark(evidence.Advise("材料必须属实，不要写“不解决就举报”之类的话。借款人未成年、法定代理人不追认的，这笔钱要不要还、还多少，先拨打 12348 问清楚",
			"everything in the letters must be true; whether and how much of a minor's loan that nobody agreed to "+
				"is to "+
				"be paid back, ask 12348 first"))
		return
	}
	a.remark(evidence.Advise("投诉不会免除债务：欠款仍应归还或与平台协商；材料必须属实，不要写“不解决就举报”之类的话",
		"a complaint does not cancel the debt; everything in it must be true"))
}

// once names rows that count once with another, which then stand in no list.
func (a *applier) once() {
	var all []evidence.Advice
	for _, i := range a.own {
		if len(i.Also) > 0 {
			all = append(all, evidence.Advise("{%[1]s（同 %[2]s）|%[3]s}", "{%[1]s (as %[2]s)|%[3]s}").
				With(evidence.Text{ZH: strings.Join(i.Also, "、"), EN: strings.Join(i.Also, ", ")}, i.ID, a.called(i.ID)))
		}
	}
	if n := min(len(all), 10); n > 0 {
		a.remark(evidence.Advise("{时间线里有的行和别的行记的|有的事记了不止一次，}是同一通电话、同一条消息，合在一起只算一次：%s",
			"{some rows of the timeline are calls or messages that another row has, and count once with it|some calls or "+
				"messages stand there more than once, and count once}: %s").
			With(evidence.List(all[:n], evidence.Advise("；", "; "))))
	}
}

// beforeTheLoan warns of acts that lie before the loan they are said to collect: a
// clerk holds the two dates of the letter against each other.
func (a *applier) beforeTheLoan() {
	date := a.kase.Loan.Date
	var all []evidence.Advice
	for _, i := range a.own {
		if a.kase.BeforeLoan(i) {
			all = append(all, evidence.Advise("{%[1]s（%[2]s，%[3]s）|%[4]s}", "{%[1]s (%[2]s, %[3]s)|%[4]s}").
				With(i.ID, where(i), beijingDay(i), a.called(i.ID)))
		}
	}
	if len(all) == 0 {
		return
	}
	rows := some(all)
	a.remark(evidence.Advise("%[1]s 早于借款日期 %[2]s{（case.toml loan.date）|}，借款以前不会为它催收，先不写进信里：时间错了{改时间线，借款日期错了改 "+
		"loan.date|在“一件件看”里改，借款日期错了在“您和借款”里改}；"+
		"是为另一笔借款催收的，另建一个案件，{这一行“是否采用”填“否”|这一件不采用}",
		"%[1]s lies before the day of the loan, %[2]s{ (case.toml loan.date)|}, and nobody collects a loan before "+
			"it is made; it stays out of the letters. Set right the time {in the timeline or loan.date|under “Act by act” or "+
			"the day under “You and the loan”}; if it was for "+
			"another loan, make a case of its own and {set use to no here|do not use it here}").With(rows, date))
}

// askBeforeLoan takes out of acts those that lie before the loan: one of the two
// days is wrong, or it was another loan, and until the person says which nothing is
// asserted of them. It gives the others.
func (a *applier) askBeforeLoan(id string, all []act, edit func(*evidence.Finding)) []act {
	var before, rest []act
	for _, x := range all {
		if a.kase.BeforeLoan(x.Incident) {
			before = append(before, x)
		} else {
			rest = append(rest, x)
		}
	}
	a.addGroups(id, evidence.Review, before, func(f *evidence.Finding) {
		if edit != nil {
			edit(f)
		}
		f.Doubts = append(f.Doubts, evidence.Advise(
			"早于借款日期%s：是时间写错了，借款日期写错了，还是为另一笔借款催收的？改好以前不写进信里",
			"before the day of the loan, %s: is the time wrong, the day of the loan, or was it another loan? Left out of "+
				"the letters until it is set right").With(a.kase.Loan.Date))
	})
	return rest
}

// notified asks whether notice of an assignment came: without it the debtor need
// not mind it.
func (a *applier) notified() {
	if !a.kase.Assignee.Known() || a.contact() || slices.ContainsFunc(a.own,
		func(i evidence.Incident) bool { return slices.Contains(i.Asserted, "V13a") }) {
		return
	}
	who := a.kase.Assignee.Label()
	a.remark(evidence.Advise("%[1]s 说债权转给了它：您收到过转让通知吗？收到的，把通知加进证据{（juzheng add）|}；"+
		"没有收到的，{在它来催的那一行“认为属于”填%[2]s|在“一件件看”里给它来催的那一件选%[2]s}，信里就写明据您所知没有收到",
		"%[1]s says the claim was assigned to it: did you get a notice? If so, add it{ (juzheng add)|}; if not, name the "+
			"{row|act} in which it collects %[2]s{|, under “Act by act”}, and the letters say that, as far as you know, none "+
			"came").
		With(who, named("V13a")))
}

// nearlyOfAge tells a guardian of the borrowers under age whom the law takes for
// grown up.
func (a *applier) nearlyOfAge() {
	n, ok := a.kase.Age(a.kase.Loan.Date)
	if a.kase.Complainant.Kind != evidence.Guardian || !ok || n < 16 || n >= evidence.FullAge {
		return
	}
	a.remark(evidence.Advise("借款人借款时已满十六周岁：主要靠自己的劳动收入生活的，法律把他当成年人看（民法典总则编的规定，见于转载，没有读到原文），“法定代理人不追认”就不成立；先拨打 12348 问清楚",
		"the borrower was sixteen or older: one who lives mainly on their own earnings counts as of age (Civil Code, "+
			"read in a report), and then no guardian's consent is wanted; ask 12348 first"))
}

// denies reports whether the person says that nothing is owed by them.
func (a *applier) denies() bool {
	return slices.ContainsFunc(a.own, func(i evidence.Incident) bool {
		return slices.ContainsFunc(i.Asserted,
			func(b evidence.Breach) bool { return evidence.KindOf(string(b)).Denies })
	})
}

// stolen tells what to do about a loan that somebody else took in the person's
// name.
func (a *applier) stolen() {
	var ids []string
	for _, i := range a.own {
		if slices.Contains(i.Asserted, "V20c") {
			ids = append(ids, i.ID)
		}
	}
	if len(ids) > 0 {
		a.otherBody(evidence.Advise("身份被冒用办理借款的{（%[1]s）|}，先到派出所报案，索取受案回执；凭回执请放款机构提供申请记录和收款账户，并向征信机构提出异议",
			"of a loan taken in your name{ (%[1]s)|}: report it to the police first and ask for a receipt; "+
				"with it "+
				"ask the lender for the application record and the account, and object at the credit bureau").With(few(ids)))
	}
}

// notSearched names messages of which no more than the beginning was looked through.
func (a *applier) notSearched() {
	var long []string
	for _, i := range slices.Concat(a.own, a.others) {
		if utf8.RuneCountInString(i.Shown) > phrase.MostSearched {
			long = append(long, i.ID)
		}
	}
	if len(long) > 0 {
		a.remark(evidence.Advise("%s 很长，程序只在前 %d 个字里找过像违规的话；后面的请自己看",
			"%s: of such a long message only the first %d characters were looked through for words that sound "+
				"like a violation; please read the rest yourself").With(a.rows(long), phrase.MostSearched))
	}
}

func (a *applier) remark(t evidence.Advice) {
	a.report.Remarks = append(a.report.Remarks, t)
}

func (a *applier) otherBody(t evidence.Advice) {
	a.report.Elsewhere = append(a.report.Elsewhere, t)
}

// road warns of leaving out the lender and of filing with two bodies at once,
// as far as the earlier complaints of the case tell.
func (a *applier) road() {
	if len(a.report.Findings) == 0 {
		return
	}
	var first, association, supervisor string
	for _, f := range a.kase.Filings {
		open := f.Open() && f.Date < a.date.Format(time.DateOnly)
		var replies []string
		for _, i := range a.kase.RepliesTo(f, a.all) {
			replies = append(replies, i.ID)
		}
		if open && len(replies) > 0 {
			a.remark(evidence.Advise("%s 像是对 %s 那次投诉的答复，所以信里不写“未得到答复”：是的，{在 [[filings]] 填 answered 和 answer|在“交出去”那一步记下答复}",
				"%s may be the answer to the complaint of %s, so letters do not say that there was "+
					"none: if "+
					"it is, {fill in answered and answer under [[filings]]|write the answer down at “Hand in”}").
				With(a.rows(replies), f.Date))
		} else if open {
			a.remark(evidence.Advise("%s 的投诉没有写答复，信里会写“未得到答复”：已经答复的，先在{ [[filings]] 填 answered 和 answer|“交出去”那一步记下答复}",
				"no answer to the complaint of %s is on record, and letters say so: if there was one, "+
					"{fill in "+
					"answered and answer under [[filings]]|write it down at “Hand in”}").With(f.Date))
		}
		switch role, _ := templates.FiledTo(a.kase, f.To); role {
		case evidence.ToAssociation:
			association = f.Date
		case evidence.ToRegulator:
			supervisor = f.Date
		case evidence.ToPlatform, evidence.ToLender:
			first = f.Date
		}
	}
	if first == "" {
		a.remark(evidence.Advise("{case.toml 里|}没有向平台或放款机构投诉的记录：投诉过的，把日期、工单号和回执{写进 [[filings]]|在“交出去”那一步记下}；没有的，现在就可以投诉，"+
			"举报不用等它的答复",
			"no complaint to the platform or lender is on record: write yours {into [[filings]]|down at “Hand in”}, or "+
				"complain now; a "+
				"report need not wait for the answer"))
	}
	switch {
	case association != "" && supervisor != "":
		a.remark(evidence.Advise("协会（%s）和监管部门（%s）都已提交：协会一般不受理别处已经受理的事项；有一方受理的，如实告诉另一方，不要再重复提交",
			"both the association (%s) and the supervisor (%s) were turned to: tell each of the other, "+
				"and do not file again").With(association, supervisor))
	case association != "":
		a.remark(evidence.Advise("已向协会提交（%s）：等它答复，不要同时再交给监管部门；要交的，写明协会已经收到",
			"the association was turned to (%s): wait for its answer before turning to the supervisor, "+
				"or say so there").With(association))
	case supervisor != "":
		a.remark(evidence.Advise("已向监管部门提交（%s）：协会一般不受理别处已经受理的事项，不要再交给协会",
			"the supervisor was turned to (%s): the association takes nothing another body already took").With(supervisor))
	}
}

// oneCreditor asks whether numbers of two lenders were put into one case:
// calls of different lenders are not to be added together. Messages signed by
// several names are what tells of it, and can be of one creditor all the same:
// a platform, its lender, an agency.
func (a *applier) oneCreditor() {
	var names []string
	for _, i := range a.own {
		if i.Kind != evidence.SMS || i.Direction != evidence.In || a.kase.SideOfWriter(i) != evidence.CollectorSide {
			continue
		}
		if s := i.Signature(); s != "" && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	if len(names) > 1 {
		slices.Sort(names)
		a.remark(evidence.Advise("催收短信的签名不止一个（%[1]s）：如果是不同的放款机构，次数不能合在一起算{，用 juzheng split 给另一家分出一个案件|，给另一家另建一个案件}；"+
			"是同一笔借款的平台、放款机构和催收公司的，不用改",
			"messages of the collector carry several names (%[1]s): of different lenders, their calls are not "+
				"added together, and {juzheng split makes a case for another|another wants a case of its own}; of one loan's "+
				"platform, lender and "+
				"agency, leave it").With(evidence.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}))
	}
}

// overdue says how long the debt is overdue, and that no rule makes anything
// of it: the stages are the habit of the trade.
func (a *applier) overdue() {
	due, err := time.ParseInLocation(time.DateOnly, a.kase.Loan.Due, evidence.Beijing)
	if err != nil || a.date.Before(due) || a.contact() {
		return
	}
	if o, known := phrase.OverdueBy(a.kase, a.all); known {
		// It can count to another instalment; a day later than that of all messages is none.
		if since, err := time.ParseInLocation(time.DateOnly, o.Day, evidence.Beijing); err == nil &&
			due.Sub(since) > 3*24*time.Hour {
			a.remark(evidence.Advise("您写的到期日是 %s，可是 %s 的消息那天说“%s”，往回数是 %s 到期：照合同、账单核对，写错的改到期日，信里会照着印",
				"you gave %s as the day on which it was due, and the message %s of its day says “%s”, which counts "+
					"back to %s: look into the contract or the bill, and mend the day if it is wrong: letters print it").
				With(a.kase.Loan.Due, o.Row, o.Quote, o.Day))
			return
		}
	}
	days := int(a.date.Sub(due).Hours() / 24)
	zh, en := fmt.Sprintf("已逾期 %d 天", days), fmt.Sprintf("%d days overdue", days)
	if days == 1 {
		en = "1 day overdue"
	}
	for _, s := range []struct{ from, to int }{{1, 3}, {4, 7}, {8, 15}} {
		if days >= s.from && days <= s.to {
			zh += fmt.Sprintf("（业内习惯称第%d至%d天阶段）", s.from, s.to)
			en += fmt.Sprintf(" (the trade speaks of days %d to %d)", s.from, s.to)
		}
	}
	a.remark(evidence.Advise("%s。逾期天数不影响催收是否合法：没有规定按天数划分阶段",
		"%s. The number of days makes nothing lawful or unlawful: no rule sets stages").
		With(evidence.Text{ZH: zh, EN: en}))
}

// policeMonths is how many months the police punish an act after it, if
// they do not learn of it before.
const policeMonths = 6

// police says what can be reported to the police, by which provisions, and
// until when: what they did not learn of within six months they no longer
// punish (治安管理处罚法, 2025 Article 25; before 2026, Article 22).
func (a *applier) police() {
	var late, by []string
	acts := map[string][]string{} // name of the finding -> ids
	laws := map[string][]evidence.Citation{}
	var names []evidence.Text
	for _, f := range a.report.Findings {
		if f.Strength == evidence.Review || !slices.Contains(f.Bodies, "PS") || len(f.Police) == 0 {
			continue
		}
		n := f.Name()
		if acts[n.ZH] == nil {
			names = append(names, n)
		}
		acts[n.ZH] = append(acts[n.ZH], idsOf(f)...)
		for _, c := range f.Police {
			if !slices.Contains(laws[n.ZH], c) {
				laws[n.ZH] = append(laws[n.ZH], c)
			}
		}
		for _, i := range f.Incidents {
			if !i.Time.IsZero() && a.date.After(evidence.MonthsAfter(i.Time.At, policeMonths)) &&
				!slices.Contains(late, i.ID) {
				late = append(late, i.ID)
				if p := a.table.sixMonths(i.Time.At); p != "" && !slices.Contains(by, p) {
					by = append(by, p)
				}
			}
		}
	}
	for _, n := range names {
		law := provisions(laws[n.ZH])
		a.otherBody(evidence.Advise("%[1]s{（%[2]s）|}可以向派出所报案，对应%[3]s；是否构成由公安机关认定",
			"%[1]s{ (%[2]s)|} can be reported to the police under %[3]s; whether it falls under it is theirs to say").
			With(n, few(acts[n.ZH]), law))
	}
	if len(late) > 0 {
		a.remark(evidence.Advise("%[1]s 距今已超过六个月：治安违法行为六个月内没有被公安机关发现的，一般不再处罚；连续、继续的行为从结束之日起算（%[2]s）。伤害、拘禁等是否构成犯罪另由公安机关判断，"+
			"仍可以报案",
			"%[1]s: more than six months ago; the police no longer punish what they did not learn of within "+
				"six months; of continuing acts, from their end (%[2]s). Whether injury or detention is a crime is "+
				"another matter, and theirs to say: it can still be reported").
			With(a.rows(late), evidence.Text{ZH: strings.Join(by, "；"), EN: strings.Join(by, "; ")}))
	}
	if len(names) > 0 {
		a.remark(evidence.Advise("有人身危险时请立即拨打 110；可以向派出所报案的行为与投诉可以同时进行，报案要索取受案回执",
			"call 110 at once if anybody is in danger; what can be reported to the police can be reported while "+
				"complaining; ask for a receipt"))
	}
}

// provisions names articles under the short name of their law, once each.
func provisions(all []evidence.Citation) string {
	var out []string
	for n, c := range all {
		if n > 0 && all[n-1].Name == c.Name {
			out[len(out)-1] += "、" + c.Article
			continue
		}
		out = append(out, "《"+strings.TrimPrefix(c.Name, "中华人民共和国")+"》"+c.Article)
	}
	return strings.Join(out, "，")
}

// A way leads to a body beside the road of a complaint, in a sentence.
type way struct {
	code string
	text evidence.Text
}

var ways = []way{
	{"PBC", evidence.Text{ZH: fmt.Sprintf("征信问题可以先向征信机构或放款机构提出异议（%s日内书面答复），"+
		"再向中国人民银行当地分支机构投诉（%s日内书面答复），也可以直接向法院起诉",
		evidence.Numeral(road.ObjectionDays), evidence.Numeral(road.BranchDays)),
		EN: fmt.Sprintf("credit records: object to the bureau or lender (answer in %d days), then complain to the local "+
			"branch of the People's Bank (%d days), or go to court", road.ObjectionDays, road.BranchDays)}},
	{"CAC", evidence.Text{ZH: "个人信息被过度收集、公开、泄露的，可以向网信部门（12377）举报",
		EN: "personal data collected to excess, published or leaked can be reported to the internet information " +
			"office on 12377"}},
	{"12321", evidence.Text{ZH: "机器拨打的骚扰电话、垃圾短信可以向12321举报，也可以请运营商拦截",
		EN: "harassing calls by machines and spam SMS can be reported to 12321, and blocked by the carrier"}},
	{"JUD", evidence.Text{ZH: "冒充律师、冒用调解组织名义的，可以向当地司法局反映",
		EN: "somebody posing as a lawyer or as a mediation body can be reported to the local justice bureau"}},
}

// elsewhere names competent bodies besides those letters are made for.
func (a *applier) elsewhere() {
	for _, r := range ways {
		var ids []string
		for _, f := range a.report.Findings {
			if f.Strength != evidence.Review && slices.Contains(f.Bodies, r.code) {
				ids = append(ids, idsOf(f)...)
			}
		}
		if len(ids) > 0 {
			slices.Sort(ids)
			ids = slices.Compact(ids)
			a.otherBody(evidence.Advise("%[1]s{（%[2]s）|}", "%[1]s{ (%[2]s)|}").With(r.text, few(ids)))
		}
	}
}

func idsOf(f evidence.Finding) []string {
	out := make([]string, len(f.Incidents))
	for n, i := range f.Incidents {
		out[n] = i.ID
	}
	return out
}
