package rule

import (
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// judge says whether an act that was named is one of the kind, what must be
// known first, or that it is lawful. Of acts named so there are n that day.
func (a *applier) judge(k evidence.Kind, x act, n int) ruling {
	if a.contact() && k.DebtorOnly {
		return asking(evidence.Advise("这一类应由借款人自己反映；您可以反映的是对方怎样联系您",
			"this is for the borrower to complain of; what you can complain of is how you were contacted"))
	}
	if v, known := theirOwn(k.ID, x); known {
		return v
	}
	if v, known := announced(k.ID, x); known {
		return v
	}
	if v, known := reminding(k, x); known {
		return v
	}
	if judge := judged[k.ID].judge; judge != nil {
		return judge(a, x, n)
	}
	return ruling{}
}

// bare reports whether an act was named as the kind and as no part of it.
func (x act) bare() bool { return len(x.parts) == 0 }

// threat is V06. What presses on body or home is more than an insult, whatever
// the person named it; what they named a threat is one to life and body by any words
// for that, a collector's own among them.
func (a *applier) threat(x act, _ int) ruling {
	var v ruling
	if x.Kind == evidence.Post || x.Reached.Third() {
		v.facts = append(v.facts, "public") // others saw or heard it
	}
	insult := len(x.parts) == 1 && x.parts[0] == "V06b"
	if phrase.Presses(x.Shown) || !insult && slices.ContainsFunc(a.hits(x.Incident), a.bodily(x.Incident)) {
		v.facts = append(v.facts, "body")
	}
	return v
}

// bodily reports words of a threat to life or body that the person has not said to
// be none; what somebody would say to the family is no such threat.
func (a *applier) bodily(i evidence.Incident) func(phrase.Hit) bool {
	return func(h phrase.Hit) bool { return !h.Review && h.Bodily() && !slices.Contains(i.Denied, h.Breach()) }
}

// posing is V07 and V24: an organ or a body can be what it says it is until
// somebody asked there.
func (*applier) posing(x act, _ int) ruling {
	if x.Untrue == evidence.No {
		return lawfully(evidence.Advise("经核实身份属实的人员联系", "contact by somebody whose identity was found true"))
	}
	return ruling{doubtful: x.Checked() == ""}
}

// papers is V09.
func (*applier) papers(x act, _ int) ruling {
	if x.Untrue == evidence.No {
		return lawfully(lawfulPapers)
	}
	return ruling{doubtful: x.Checked() == ""}
}

// visit is V11.
func (*applier) visit(x act, _ int) ruling {
	if x.bare() {
		return asking(evidence.Advise("没有写明上门哪里不对；上门本身不违规。请写明是哪一种：{未经同意进入住宅或在内拍摄填 V11a，"+
			"未经同意进入办公等场所催收填 V11b，只有一人上门填 V11c；夜间的程序按时间计算，透露欠款的填“是否透露欠款”|"+
			"未经同意进入住宅或在内拍摄，未经同意进入办公等场所催收，只有一人上门；夜间的程序按时间计算，透露欠款的另外写明}",
			"what was wrong with the visit is not said, and to come is lawful; say which it was: {V11a|they} entered or "+
				"filmed a home, "+
				"{V11b|they} collected inside a workplace, {V11c|or} one person alone; nights are computed, and disclosure {has "+
				"its own column|is said apart}"))
	}
	return ruling{}
}

// identity is V13.
func (a *applier) identity(x act, _ int) ruling {
	if a.contact() && !x.bare() {
		return asking(evidence.Advise("转让通知、欠款明细应由借款人自己要；对方联系您时不表明身份的，改填%s",
			"notice of an assignment and a statement are for the borrower to ask for; if they did not say who they "+
				"are, name it %s").With(named("V13")))
	}
	return ruling{}
}

// handedOn is V15.
func (*applier) handedOn(x act, _ int) ruling {
	if x.bare() {
		return lawfully(evidence.Advise("委托第三方催收（泄露、买卖、另给他人用或挪作他用的，请改填%s）",
			"entrusting a third party with collection (name a leak, sale or other use as %s)").
			With(named("V15a", "V15b", "V15c")))
	}
	return ruling{}
}

// recordings is V18.
func (*applier) recordings(x act, _ int) ruling {
	if x.bare() {
		return asking(evidence.Advise("单是不提供录音，没有可以引用的规定。可以依个人信息查阅、复制的权利书面索要；"+
			"{用私人手机、社交账号联系的填 V18a，对方说没有录音、没有记录的填 V18b|用私人手机、社交账号联系的，对方说没有录音、没有记录的，在“一件件看”里写明}",
			"withholding a recording breaks no rule by itself; ask for it in writing as one's own personal data; "+
				"{V18a is a private phone or account, V18b that they said no record was kept|a private phone or account, or that "+
				"they said no record was kept, is said under “Act by act”}"))
	}
	return ruling{}
}

// consequence is V19.
func (*applier) consequence(x act, _ int) ruling {
	if x.Untrue == evidence.No {
		return lawfully(lawfulWarning)
	}
	v := ruling{doubtful: x.Checked() == ""}
	if x.Kind == evidence.Post {
		v.facts = []string{"public"}
	}
	return v
}

// wrongDebt is V20.
func (a *applier) wrongDebt(x act, _ int) ruling {
	settled := slices.Contains(x.parts, "V20b")
	switch {
	case x.bare():
		return asking(evidence.Advise("请写明是哪一种：被催收的人不是债务人{填 V20a|}，债务已经结清{填 V20b|}，{|还是}别人冒用您的身份借的{填 V20c|}",
			"say which: {V20a |}the person does not owe it, {V20b |}the debt is settled, {V20c|or} somebody else took it in "+
				"your name"))
	case settled && x.Kind == evidence.Other:
		return asking(evidence.Advise("结清证明本身不是催收：请在结清之后的来电、短信那一{行填%[1]s，并把结清证明的证据编号也填进那一行|件选%[1]s，并把结清证明也算作它的证据}",
			"a certificate of settlement is no collection: name the call or message after it %[1]s, "+
				"and give {that row the certificate's exhibit too|it the certificate too}").With(named("V20b")))
	case settled && a.contact():
		return asking(evidence.Advise("债务是否结清，应由借款人自己主张",
			"whether the debt is settled is for the borrower to claim"))
	}
	return ruling{}
}

// violence is V21. A call or a message can threaten with it, and is none.
func (a *applier) violence(x act, _ int) ruling {
	if (x.Kind == evidence.Call || x.Kind == evidence.Mail || written(x.Incident)) && x.ToldBy == "" {
		return asking(evidence.Advise("电话、短信、消息里打不了人，也关不住人，不当作暴力写进信里：扬言要动手的，改填%[1]s；真的发生过的，另加一{行，"+
			"“方式”填“上门”或者“其他”，|件，}写明时间、地点和经过",
			"nobody is beaten or held by a call or a message, and no letter calls it violence: a threat of it is %[1]s; "+
				"what did happen wants {a row of its own, its kind visit or other,|an entry of its own} with the time, the place "+
				"and the course").With(named("V06a")))
	}
	if x.bare() || !slices.Equal(x.parts, []evidence.Breach{"V21c"}) {
		return fulfils("violence")
	}
	if a.kase.Lender.Licence != evidence.SmallLoan {
		return asking(evidence.Advise("拿走财物是民事、刑事上的事，没有可以写进投诉的监管规定：尽快报警，索取受案回执，财物可以请求返还或者起诉；"+
			"同时有殴打、限制自由的，另填%s",
			"taking property is a matter for the police and the courts, and no supervisory rule on record speaks "+
				"of it: "+
				"report it and ask for a receipt; beating or detention is %s").With(named("V21b", "V21a")))
	}
	return ruling{}
}

// account is V22.
func (a *applier) account(x act, _ int) ruling {
	if x.bare() {
		return asking(evidence.Advise("没有单独禁止私人账户收款的规定可以引用，不写进信里。先不要付款，向放款机构的官方客服核实收款账户；"+
			"像是诈骗的，向公安机关报案（96110 是反诈专线，不受理催收投诉）。另行收费的填%s",
			"no rule speaks of private accounts alone; do not pay, ask the lender's official service about the "+
				"account, "+
				"and go to the police if it looks like fraud; a further fee is %s").With(named("V22b")))
	}
	if a.kase.Loan.Date >= "2026-08-01" { // the rule on shown costs is for loans from that day
		return fulfils("new-loan-fee")
	}
	return ruling{}
}

// impersonation is V08: the caller can be the lawyer or the lender's own until a
// register or the lender was asked, and letters ask for that check.
func (*applier) impersonation(x act, _ int) ruling {
	switch {
	case x.Untrue == evidence.No:
		return lawfully(lawfulPapers)
	case x.bare():
		return asking(evidence.Advise("请写明冒充的是谁：律师{填 V08a|}，{|还是}放款机构的人{填 V08b|}",
			"say who was impersonated: {V08a |}a lawyer, {V08b|or} the lender's staff"))
	}
	return ruling{doubtful: x.Checked() == ""}
}

// posedAlone takes back that somebody said to be a lawyer, or the lender's own, where nothing
// else is asserted: lawyers do write of debts, and that nobody looked one up is no ground.
func (a *applier) posedAlone() {
	posed := func(f evidence.Finding) bool { return f.Rule == "V08" && f.Doubtful }
	if slices.ContainsFunc(a.report.Findings,
		func(f evidence.Finding) bool { return f.Strength != evidence.Review && !posed(f) }) {
		return
	}
	for n, f := range a.report.Findings {
		if !posed(f) {
			continue
		}
		f.Strength, f.Doubtful, f.Wording = evidence.Review, false, wording(f.Citations)
		if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.Untrue == evidence.Yes }) {
			f.Doubts = append(f.Doubts, evidence.Advise("您填了核实后不属实：请在{“本人陈述”一栏|“一件件看”里}写明哪一天、怎样核实、对方单位怎么答复，例如“3月5日查律师公开名录，"+
				"没有此人”，信里才写是冒充",
				"you found it untrue: say {in “my own words”|under “Act by act”} on which day you asked, how, and what the "+
					"answer was; letters "+
					"then speak of impersonation"))
			a.report.Findings[n] = f
			continue
		}
		f.Doubts = append(f.Doubts, evidence.Advise("先在律师公开名录里查对姓名、执业证号和律所，或者向放款机构的官方客服核实该人员、号码是不是它的，"+
			"把结果{填进“核实后是否不属实”一栏|写在“听和看”里}；"+
			"真的律师函、真的客服不能投诉，单凭这一项不写信",
			"look the lawyer up in the public register, or ask the lender's official service whether the person and "+
				"number are theirs, and write the result under {checked and untrue|“Listen and look”}; a genuine one is no "+
				"ground, and "+
				"this alone makes no letter"))
		a.report.Findings[n] = f
	}
}

// bombingFloor is how many calls and messages of a day there must be for a
// bombing to be asserted. It is no rule, for none sets a number, but what the
// word for repeated (多次) is commonly taken to mean.
const bombingFloor = 3

// bombing is V10: posts, notices, or several calls and messages. Those of which
// nobody knows who sent them are asked to be looked into.
func (a *applier) bombing(x act, n int) ruling {
	switch {
	case slices.Contains(x.parts, "V10a"):
		return ruling{}
	case x.Kind == evidence.Post:
		v := fulfils("public")
		if x.Disclosed == evidence.Yes || asserts(x.Incident, "V01") {
			v.facts = append(v.facts, "disclosed")
		}
		if slices.Contains(x.Incident.Asserted, "V06b") {
			v.facts = append(v.facts, evidence.PartOf("V06b").Fact)
		}
		return v
	case n < bombingFloor:
		return asking(evidence.Advise("轰炸要看得出次数：请把同一天的各条短信、各次来电分别{列成行，都标上 V10|记成一件，都选“短信、电话轰炸或者群发”}（至少三条，各有证据）；"+
			"只有催收来电、接通不超过三次、未接通不超过六次的一天，不算",
			"bombing shows by its number: give each message and call of the day {a row, all named V10|an entry, all named "+
				"as bombing} (three at "+
				"least, each with its exhibit); a day of nothing but the collector's calls, three connected and six "+
				"unanswered at most, is none"))
	}
	return ruling{doubtful: a.kase.FromUnknown(x.Incident)}
}

// overcharge is the part of V12 a person asserts; what can be computed from
// the loan is computed elsewhere. Interest goes by the law of the contract.
func (a *applier) overcharge(x act, _ int) ruling {
	if x.bare() {
		return asking(evidence.Advise("利息、费用按借款合同的日期和放款机构的类型计算，请在{ case.toml 的 [loan] |“您和借款”里}填写借款日期、本金、实际到账和还款情况；"+
			"预先扣息填%[1]s，多算欠款填%[2]s",
			"interest and fees are computed from {[loan] in case.toml|what stands under “You and the loan”}; for interest "+
				"deducted in "+
				"advance take %[1]s, for an inflated sum %[2]s").With(named("V12a"), named("V12b")))
	}
	if !slices.Contains(x.parts, "V12a") {
		return ruling{}
	}
	date, err := time.ParseInLocation(time.DateOnly, a.kase.Loan.Date, evidence.Beijing)
	if err != nil {
		return asking(evidence.Advise("预先扣息适用订立合同时的规定，请在{ case.toml 填写 loan.date|“您和借款”里填写借款日期}",
			"interest deducted in advance goes by the law of the contract: give {loan.date in case.toml|its day under “You "+
				"and the loan”}"))
	}
	if a.withheld() > 0 { // the loan's own figures show it, and it is told with them
		return asking(evidence.Advise("预先扣息已经按{ case.toml 的|案件里的}借款数字核算，不重复写{；请把这份证据的编号写进 loan.exhibits|}",
			"interest deducted in advance was worked out from {case.toml; name this exhibit in loan.exhibits|the figures of "+
				"the loan}"))
	}
	return ruling{on: date}
}

// creditRecord is V16. Saying that a default will be reported is lawful, and
// so is reporting what is true, with consent and notice.
func (*applier) creditRecord(x act, _ int) ruling {
	switch {
	case !x.bare():
		return ruling{}
	case x.Untrue == evidence.Yes:
		return fulfils("wrong")
	case x.Untrue == evidence.No:
		return lawfully(evidence.Advise("如实报送逾期信息（没有事先告知、没有同意的，请改填%s）",
			"reporting true overdue data (name want of notice or consent as %s)").With(named("V16a", "V16b")))
	case x.Kind != evidence.Mail && x.Kind != evidence.Other:
		return lawfully(lawfulWarning)
	}
	return asking(evidence.Advise("信用报告里的记录是否有误？请查询信用报告，把结果{填进“核实后是否不属实”一栏|写在“听和看”里}；{没有事先告知填 V16a，未经同意填 V16b，超过五年填 "+
		"V16c，异议没有处理填 V16d|"+
		"没有事先告知、未经同意、超过五年、异议没有处理的，也写明是哪一样}",
		"is the record wrong? Check the credit report and write the result under {checked and untrue; V16a no notice, "+
			"V16b no consent, V16c beyond five years, V16d objection ignored|“Listen and look”; if there was no notice, no "+
			"consent, it "+
			"is beyond five years or an objection was ignored, say which}"))
}
