package rule

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// Who says that a suit, enforcement, a report to a credit bureau or a lawyer
// will follow says what a creditor may do. It is no threat, and nobody poses as
// a court who names it; untrue it is only once somebody asked.
var (
	askThreat = asking("宣布将起诉、申请强制执行、报送征信、委托律师，是对方可以做的事，不当作威胁写进信里。另有威胁、辱骂的，请把原话逐字补进“材料显示的内容”；"+
		"核实过并没有这回事的，改填 V19，“核实后是否不属实”填“是”",
		"to announce a suit, enforcement, a report to a credit bureau or a lawyer is what a creditor may do, and no "+
			"letter calls it a threat; if there were threats or insults besides, add their words to “what the file "+
			"shows”; if a check showed that nothing of it is so, name it V19 with yes under checked and untrue")
	askName = asking("只是说将要向法院起诉、委托律师，没有自称是法院或者律师的人，不写进信里。对方自称身份的，请把那句原话逐字补进“材料显示的内容”",
		"it says that a court or a lawyer will be turned to, and not that the caller is one; if they said who they "+
			"are, add those words to “what the file shows”")
	askConsequence = asking("起诉、申请强制执行、报送征信、委托律师，如实告知的不违规。请核实有没有这回事（法院打12368，征信看信用报告，律师查公开名录），"+
		"不属实的在“核实后是否不属实”填“是”",
		"a suit, enforcement, a report to a credit bureau and a lawyer may be announced truthfully; check it (court "+
			"12368, credit report, register of lawyers) and write yes under checked and untrue if it is not so")
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
	a.remark(fmt.Sprintf("%s（%s）您标注为“%s”，按“%s”处理：调解、仲裁、公证机构不是国家机关", i.ID, where(i), was.ZH, is.ZH),
		fmt.Sprintf("%s (%s) you named as “%s” and is taken as “%s”: bodies of mediation, of arbitration and notaries "+
			"are no organs of the state", i.ID, where(i), was.EN, is.EN))
	return i
}
