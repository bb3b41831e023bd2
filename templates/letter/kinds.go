package letter

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// A telling is what letters say of a kind in words of its own. What is fact
// about the kind stands in [evidence.Kinds]; a kind whose row is empty is told
// by its title and its acts, and asked for with the general requests.
type telling struct {
	contact   string                           // its title, seen by a contact of whom it was done
	doubtful  func([]evidence.Incident) string // the same, where nobody has checked at its source
	untrue    string                           // what a person found untrue by asking at its source
	unseen    map[evidence.Breach]string       // what did not happen, beside an act of a part
	asks      []ask                            // of the creditor side
	keep      string                           // in place of the general request to keep recordings
	inquiries []ask                            // of a supervisor
}

// An ask is a request that goes with a kind, or with one part of it.
type ask struct {
	part     evidence.Breach       // empty: with every part
	bare     bool                  // with a finding of the kind and of no part
	act      evidence.IncidentKind // with an act of this form; empty: with any
	doubtful bool                  // with a finding nobody has checked at its source
	text     string
}

// of reports whether it goes with a finding of its kind.
func (a ask) of(f evidence.Finding) bool {
	return f.Cost == nil && f.Doubtful == a.doubtful && (!a.bare || f.Is(evidence.Breach(f.Rule))) &&
		(a.part == "" || f.Is(a.part)) &&
		(a.act == "" || slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.Kind == a.act }))
}

func always(text string) ask                       { return ask{text: text} }
func inDoubt(text string) ask                      { return ask{doubtful: true, text: text} }
func ofPart(part evidence.Breach, text string) ask { return ask{part: part, text: text} }
func ofNoPart(text string) ask                     { return ask{bare: true, text: text} }

func ofKind(act evidence.IncidentKind, text string) ask { return ask{act: act, text: text} }

// tellings has a row for each kind.
var tellings = map[evidence.Breach]telling{
	"V01": {contact: "向借款人以外的人透露他人欠款", asks: []ask{ofKind(evidence.Post, "删除所发布的内容。")}},
	"V02": {contact: "就他人债务联系与债务无关的人"},
	"V03": {contact: "明确拒绝后仍继续联系"},
	"V04": {},
	"V05": {},
	"V06": {},
	"V07": {
		doubtful: func([]evidence.Incident) string { return "自称国家机关人员，身份未经核实" },
		untrue:   "所称身份",
		asks: []ask{
			inDoubt("核查所列来电、来信的号码使用人、所属机构和坐席，是否以国家机关名义催收。"),
			always("核查冒用国家机关名义的号码使用人、所属机构和坐席。"),
		},
		inquiries: []ask{
			inDoubt("核查所列人员的真实身份和所属机构，是否以国家机关名义催收。"),
			always("核查冒用国家机关名义催收的情况。"),
		},
	},
	"V08": {
		doubtful: func(acts []evidence.Incident) string { return "自称" + posedIn(acts) + "，身份未经核实" },
		untrue:   "所称身份",
		asks: []ask{
			inDoubt("核查所列来电、来信的号码使用人、所属机构和坐席，是否受贵方委托；自称律师的，一并告知律所名称和执业证号。"),
			always("核查冒用所称身份的号码使用人、所属机构和坐席。"),
		},
		inquiries: []ask{
			inDoubt("核查所列人员的真实身份、所属机构和授权。"),
			always("核查催收人员的身份和授权。"),
		},
	},
	"V09": {
		doubtful: func(acts []evidence.Incident) string { return "来源和真伪未经核实的" + papersIn(acts) },
		untrue:   "该文书",
		asks: []ask{
			inDoubt("说明所列文书的来源和真伪，提供案号、出具机构等依据；不属实的，书面更正。"),
			always("收回所列不属实的文书，说明其来源。"),
		},
		inquiries: []ask{inDoubt("核查所列文书、印章的真伪和来源。"), always("核查所列文书、印章的来源。")},
	},
	"V10": {
		doubtful: func(acts []evidence.Incident) string {
			return strings.Join(bombingTitles(acts), "；") + "，发送人不明"
		},
		asks: []ask{
			inDoubt("核查所列短信、来电是否由催收人员发起或者授意；查实的，立即停止。"),
			ofPart("V10a", "撤下所张贴的催收内容。"), ofKind(evidence.Post, "删除所发布的内容。"),
		},
		inquiries: []ask{inDoubt("核查所列短信、来电是否由催收人员发起或者授意。")},
	},
	"V11": {},
	"V12": {
		asks:      []ask{always("提供借款账单明细，列明本金、利息、罚息和各项费用；多收的予以退还，多算的予以更正。")},
		inquiries: []ask{always("核查本笔借款的利息、费用收取情况。")},
	},
	"V13": {
		unseen: map[evidence.Breach]string{"V13a": "据本人所知，没有收到转让通知"},
		asks: []ask{
			ofPart("V13a", "提供债权转让的材料。"),
			ofPart("V13b", "提供欠款明细，列明本金、利息、罚息和各项费用。"),
		},
		inquiries: []ask{always("核查催收人员的身份、委托关系和信息告知情况。")},
	},
	"V14": {
		asks: []ask{
			ofNoPart("停止超出必要范围收集个人信息，告知已收集的种类和目的；没有依据的予以删除。"),
			ofPart("V14a", "停止以不授权为由限制使用，说明收集所列信息的必要性。"), // refused, nothing was collected
		},
		inquiries: []ask{always("核查被举报人收集个人信息的情况。")},
	},
	"V15": {
		unseen:    map[evidence.Breach]string{"V15b": "据本人所知，没有同意过提供"},
		asks:      []ask{always("告知向哪些机构提供了本人哪些个人信息、依据是什么；没有依据的，停止提供并通知对方删除。")},
		inquiries: []ask{always("核查被举报人对外提供个人信息的情况。")},
	},
	"V16": {
		untrue: "该记载",
		unseen: map[evidence.Breach]string{
			"V16a": "据本人所知，报送前没有告知过本人",
			"V16b": "据本人所知，没有同意过采集、报送",
			"V16d": "据本人所知，至今没有得到书面答复",
		},
		asks: []ask{always("核查所列征信信息，有误或者不应报送的予以更正、删除。")},
	},
	"V17": {asks: []ask{always("停止要求本人以新增借款还款。")}},
	"V18": {
		unseen:    map[evidence.Breach]string{"V18a": "本人没有同意过"},
		asks:      []ask{ofPart("V18a", "停止以所列号码、账号联系本人，今后以可以核实的号码联系。")},
		keep:      "保存并核查下列各次的通话录音和催收记录，供本人查阅、复制。",
		inquiries: []ask{always("核查催收录音、记录的留存和联系方式的使用情况。")},
	},
	"V19": {
		doubtful: func([]evidence.Incident) string { return "关于不还款后果的说法，是否属实未经核实" },
		untrue:   "上述说法",
		asks: []ask{
			inDoubt("说明下列关于法律后果的说法有何依据；不属实的，书面更正。"),
			always("就所列不属实的说法书面更正。"),
		},
	},
	"V20": {
		asks: []ask{
			ofPart("V20a", "核实债务人身份，更正错误信息，删除与本人无关的债务信息。"),
			ofPart("V20b", "核实结清情况，出具结清证明，更正相关信息。"),
			ofPart("V20c", "提供这笔借款的申请记录、人脸核验照片、电子合同签署记录和收款账户信息。"),
			ofPart("V20c", "核实不是本人办理的，书面确认与本人无关，更正错误信息。"),
		},
		inquiries: []ask{
			always("核查催收对象和债务信息是否有误。"), ofPart("V20c", "核查办理这笔借款时核验身份的情况。"),
		},
	},
	"V21": {asks: []ask{ofPart("V21c", "返还所取走的财物。")}},
	"V22": {
		asks:      []ask{always("告知还款的官方渠道和收款账户；以催收名义另行收费的，停止收取，已收取的退还。")},
		inquiries: []ask{always("核查以催收名义收费和收款账户的情况。")},
	},
	"V23": {
		unseen: map[evidence.Breach]string{"V23b": "据本人所知，至今没有得到答复"},
		asks: []ask{
			ofPart("V23a", "按已提交的材料处理投诉，不再重复索要。"),
			ofPart("V23b", "对本人提出的个人信息请求作出答复，拒绝的说明理由。"),
			always("对此前的投诉作出处理。"),
		},
		inquiries: []ask{always("核查被举报人处理投诉的情况。")},
	},
	"V24": {
		doubtful: func(acts []evidence.Incident) string {
			return "以" + bodiesIn(acts) + "名义联系，是否属实未经核实"
		},
		untrue: "所称名义",
		asks: []ask{
			inDoubt("说明所列联系是否由所称机构作出、依据是什么；不属实的，停止使用该名义并书面更正。"),
			always("停止使用所列机构的名义，核查号码使用人、所属机构和坐席。"),
		},
		inquiries: []ask{
			inDoubt("核查所列联系是否由所称机构作出。"),
			always("核查冒用所列机构名义催收的情况。"),
		},
	},
}

// Kinds that are told in a form of their own.
const (
	tooMany = "V04" // by what was counted, with a chart
	atNight = "V05" // in a table of times
	ignored = "V23" // with how its days were counted
	bombing = "V10" // by how many came; whose they were can be unknown
	// in the name of a mediation body or the like
	bodysName = "V24"
)

// Kinds about the debt itself: its credit record, and that nothing is owed.
const (
	creditRecord = "V16"
	wrongDebt    = "V20"
)

// tellingOf is the telling of a finding's kind.
func tellingOf(rule string) telling { return tellings[evidence.Breach(rule)] }

// asked are the requests that acts call for, once each, in the order of the
// kinds; figures of the loan have their own.
func (in Input) asked(of func(telling) []ask) []string {
	var out []string
	for _, k := range evidence.Kinds {
		for _, a := range of(tellings[k.ID]) {
			for _, f := range in.asserted() {
				if text := in.inWords(a.text); f.Rule == string(k.ID) && a.of(f) && !slices.Contains(out, text) {
					out = append(out, text)
				}
			}
		}
	}
	return out
}

// keepAsked is what a kind asks for in place of the general request to keep
// recordings.
func (in Input) keepAsked() string {
	for _, f := range in.asserted() {
		if s := tellingOf(f.Rule).keep; s != "" {
			return s
		}
	}
	return ""
}

// has reports whether the letter asserts one of some kinds.
func (in Input) has(of func(evidence.Kind) bool) bool {
	return slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool { return of(evidence.KindOf(f.Rule)) })
}

// breaks reports whether the letter asserts one of some kinds as a breach.
func (in Input) breaks(of func(evidence.Kind) bool) bool {
	return slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool {
		return !f.Doubtful && of(evidence.KindOf(f.Rule))
	})
}

// tells reports whether the letter tells of one of some kinds, asserted or as
// the person's own word.
func (in Input) tells(of func(evidence.Kind) bool) bool {
	return in.has(of) || slices.ContainsFunc(in.stated(),
		func(f evidence.Finding) bool { return of(evidence.KindOf(f.Rule)) })
}

// What letters ask of a kind.
func reachesThird(k evidence.Kind) bool { return k.Third }
func disputes(k evidence.Kind) bool     { return k.Disputes }
func denies(k evidence.Kind) bool       { return k.Denies }
func apology(k evidence.Kind) bool      { return k.Apology }

// collecting reports whether the letter tells of collection itself, and not
// only of sums, records of credit, data taken by an app or complaints left
// lying.
func (in Input) collecting() bool {
	return slices.ContainsFunc(append(in.asserted(), in.stated()...), func(f evidence.Finding) bool {
		return f.Cost == nil && evidence.KindOf(f.Rule).Collecting
	})
}

// ofDebtor reports whether a finding is not a contact's to claim. A contact
// claims their own privacy and peace and nothing else.
func (in Input) ofDebtor(f evidence.Finding) bool {
	return in.contact() && evidence.KindOf(f.Rule).DebtorOnly
}
