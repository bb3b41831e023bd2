package rule

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// Who says that a suit, enforcement, a report to a credit bureau or a lawyer
// will follow says what a creditor may do. It is no threat, and nobody poses as
// a court who names it; untrue it is only once somebody asked.
var (
	askThreat = asking(evidence.Advise("宣布将起诉、申请强制执行、报送征信、委托律师，是对方可以做的事，不当作威胁写进信里。另有威胁、辱骂的，请把原话逐字{补进“材料显示的内容”|写在“听和看”里}；"+
		"核实过并没有这回事的，改填%[1]s{，“核实后是否不属实”填“是”|}",
		"to announce a suit, enforcement, a report to a credit bureau or a lawyer is what a creditor may do, and no "+
			"letter calls it a threat; if there were threats or insults besides, add their words {to “what the file "+
			"shows”|under “Listen and look”}; if a check showed that nothing of it is so, name it %[1]s{ with yes under "+
			"checked and untrue|}").
		With(named("V19")))
	askName = asking(evidence.Advise("只是说将要向法院起诉、委托律师，没有自称是法院或者律师的人，不写进信里。对方自称身份的，请把那句原话逐字{补进“材料显示的内容”|写在“听和看”里}",
		"it says that a court or a lawyer will be turned to, and not that the caller is one; if they said who they "+
			"are, add those words {to “what the file shows”|under “Listen and look”}"))
	askConsequence = asking(evidence.Advise("起诉、申请强制执行、报送征信、委托律师，如实告知的不违规。请核实有没有这回事（法院打12368，征信看信用报告，律师查公开名录），"+
		"不属实的在{“核实后是否不属实”填“是”|“听和看”里写明}",
		"a suit, enforcement, a report to a credit bureau and a lawyer may be announced truthfully; check it (court "+
			"12368, credit report, register of lawyers) and {write yes under checked and untrue|say so under “Listen and "+
			"look”} if it is not so"))
)

// announced rules on words that do no more than announce such steps. Known is
// false of all others.
func announced(kind evidence.Breach, x act) (v ruling, known bool) {
	switch {
	case x.Kind == evidence.Visit || x.Kind == evidence.Other || x.Kind == evidence.Post:
		return ruling{}, false
	case kind == "V06":
		v = askThreat
	case kind == "V07" || kind == "V08" || kind == "V24":
		v = askName
	case kind == "V19":
		v = askConsequence
	default:
		return ruling{}, false
	}
	if x.Untrue != evidence.Unknown && kind != "V06" {
		return ruling{}, false
	}
	return v, phrase.OnlyAnnounces(x.Shown, kind)
}

// written reports what was sent in writing to a phone.
func written(i evidence.Incident) bool { return i.Kind == evidence.SMS || i.Kind == evidence.Message }

// unanswered are the kinds of which one's own message can be the proof: it asked
// for what never came.
var unanswered = []evidence.Breach{"V13", "V16", "V18", "V23"}

// own reports what did not come from the other side: a message that the person
// wrote, or who was contacted. Of a call both sides speak, whoever dialled; but
// whoever dialled was not bombed by it.
func own(kind evidence.Breach, i evidence.Incident) bool {
	sent := written(i) || i.Kind == evidence.Mail || i.Kind == evidence.Post || i.Kind == evidence.Call && kind == "V10"
	return sent && i.Direction == evidence.Out && !slices.Contains(unanswered, kind)
}

// theirOwn rules on what did not come from the other side.
func theirOwn(kind evidence.Breach, x act) (v ruling, known bool) {
	if !own(kind, x.Incident) {
		return ruling{}, false
	}
	who := evidence.Text{ZH: "您", EN: "you"}
	if x.Reached.Third() {
		who = evidence.Text{ZH: "被联系的人", EN: "who was contacted"}
	}
	did := evidence.Text{ZH: "发出的", EN: "sent"}
	if x.Kind == evidence.Call {
		did = evidence.Text{ZH: "打出的", EN: "dialled"}
	}
	t := evidence.Advise("%[1]s 是%[2]s%[3]s，不能算对方的违规；要说的是对方另一条的，标在那一条",
		"%[1]s was %[3]s by %[2]s and is no violation of the other side; if you mean a message of theirs, "+
			"name that {row|one}").With(x.ID, who, did)
	if !x.Made() {
		t = evidence.Advise("%s；其实是对方发来的，{把“方向”改成“呼入”|在“一件件看”里删掉，重新记}",
			"%s; if it did come from them, {write in under direction|take it out under “Act by act” and write it anew}").With(t)
	}
	return asking(t), true
}

// Who does no more than remind of a debt and ask to pay does what a creditor may
// do, whatever the person who got it calls it.
var askReminder = asking(evidence.Advise("只是提醒、催促还款的话，对方可以说，不当作违规写进信里。原话没有写全的，逐字{补进“材料显示的内容”|写在“听和看”里}；指的是另一条的，标在那一条",
	"to remind of a debt and ask to pay is what a creditor may do, and no letter calls it a violation; if more was "+
		"said, add the words {to “what the file shows”|under “Listen and look”}; if you mean another message, name that "+
		"{row|one}"))

// reminding rules on words that do no more than remind of a debt, of kinds that
// are words.
func reminding(k evidence.Kind, x act) (v ruling, known bool) {
	if x.Kind == evidence.Visit || x.Kind == evidence.Other || x.Kind == evidence.Post || !k.Spoken && k.ID != "V09" {
		return ruling{}, false
	}
	return askReminder, phrase.OnlyReminds(x.Shown, k.ID)
}

// renamed names what was named as posing as a state organ for what it is,
// where the words name a body of mediation, of arbitration or a notary: none of
// them is an organ.
func (a *applier) renamed(i evidence.Incident) evidence.Incident {
	n := slices.Index(i.Asserted, "V07")
	if n < 0 || !phrase.NoOrgan(i) {
		return i
	}
	i.Asserted = slices.Clone(i.Asserted)
	i.Asserted[n] = "V24"
	was, is := evidence.Breach("V07").Title(), evidence.Breach("V24").Title()
	a.remark(evidence.Advise("%s（%s）您标注为“%s”，按“%s”处理：调解、仲裁、公证机构不是国家机关",
		"%s (%s) you named as “%s” and is taken as “%s”: bodies of mediation, of arbitration and notaries "+
			"are no organs of the state").With(i.ID, where(i), was, is))
	return i
}
