package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// requestList prints what the recipient is asked for.
func (c *composer) requestList() {
	if c.in.complaint() {
		c.heading("投诉请求")
	} else {
		c.heading("举报请求")
	}
	for n, a := range c.in.requests() {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(a)})
	}
}

// requests are what the letter asks of its recipient and only what it can
// grant: what goes with the findings, then those of the person's own.
func (in Input) requests() []string {
	asks := in.reportRequests
	if in.complaint() {
		asks = in.complaintRequests
	}
	own, _ := in.ownRequests()
	return append(asks(), own...)
}

// complaintRequests are what a platform or lender can do: stop, call off the
// agency, apologise, delete, name, look into, agree a plan.
func (in Input) complaintRequests() []string {
	var asks []string
	agency := "受托催收机构"
	if l := in.Case.Agency.Label(); l != "" {
		agency = "受托的" + l
	}
	if in.contact() {
		asks = append(asks, "立即停止就他人债务联系本人，并通知"+agency+"停止。",
			"书面说明本人联系方式的来源，删除不应持有的本人个人信息。")
	} else {
		stop := "立即停止本投诉书所列的催收行为，并通知" + agency + "停止。"
		if !slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool { return !f.Doubtful }) {
			stop = "核查本投诉书所列情况；查实的，立即停止，并通知" + agency + "停止。"
		}
		if in.collecting() {
			asks = append(asks, stop)
		}
		if in.has("V01", "V02", "V03") {
			asks = append(asks, "停止联系与债务无关的第三人，书面说明其联系方式的来源，删除不应持有的第三人信息。")
		}
	}
	if in.breaks("V01", "V06", "V07", "V08", "V10", "V11", "V21") {
		asks = append(asks, "就所列行为向本人书面道歉。")
	}
	asks = append(asks, in.asked(complaintAsks)...)
	switch {
	case in.contact():
		asks = append(asks, "书面告知联系本人的机构名称。")
	default:
		asks = append(asks, in.namesAsked()...)
	}
	switch {
	case in.has("V18"):
		asks = append(asks, "保存所列时间的通话录音和催收记录，供本人查阅、复制，书面答复核查结果。")
	case in.collecting():
		asks = append(asks, "保存并核查所列时间的通话录音和催收记录，书面答复核查结果。")
	default:
		asks = append(asks, "核查以上情况，书面答复结果。")
	}
	asks = append(asks, in.costRequests()...)
	// Whoever does not owe the debt, or has paid it, has nothing to put off.
	if l := in.Case.Loan; !in.contact() && !in.tells("V20") && (l.Due != "" || l.Overdue != "") {
		asks = append(asks, "就未还款项与本人协商延期或分期还款方案。")
	}
	return asks
}

// namesAsked asks who lent and who collects, as far as the case does not say:
// of an agency it names, only on whose behalf and by what papers.
func (in Input) namesAsked() []string {
	var asks []string
	agency := in.Case.Agency.Label()
	switch {
	case in.Case.Lender.Name == "" && agency == "":
		return []string{"书面告知放款机构、受托催收机构的名称和委托关系。"}
	case in.Case.Lender.Name == "":
		asks = append(asks, "书面告知放款机构的名称。")
	case agency == "":
		return []string{"书面告知受托催收机构的名称和委托关系。"}
	}
	return append(asks, "书面说明"+agency+"的受托情况，提供委托材料；另有其他催收机构的，一并列明。")
}

// collecting reports whether the letter tells of collection itself, and not
// only of sums, records of credit, data taken by an app or complaints left
// lying.
func (in Input) collecting() bool {
	return slices.ContainsFunc(append(in.asserted(), in.stated()...), func(f evidence.Finding) bool {
		return f.Cost == nil && !slices.Contains([]string{"V12", "V14", "V16", "V23"}, f.Rule)
	})
}

// An ask is a request that goes with a kind, or with one part of it.
type ask struct {
	rule, part string // part empty: with every part
	doubtful   bool   // with a finding nobody has checked at its source
	text       string
}

// complaintAsks are what the creditor side can grant besides.
var complaintAsks = []ask{
	{"V09", "", true, "说明所列文书的来源和真伪，提供案号、出具机构等依据；不属实的，书面更正。"},
	{"V09", "", false, "收回所列不属实的文书，书面说明其来源。"},
	{"V12", "", false, "提供借款账单明细，列明本金、利息、罚息和各项费用；多收的予以退还，多算的予以更正。"},
	{"V13", "V13a", false, "提供债权转让的材料。"},
	{"V13", "V13b", false, "提供欠款明细，列明本金、利息、罚息和各项费用。"},
	{"V14", "", false, "停止超出必要范围收集个人信息，删除已收集的通讯录、通话记录等信息，书面告知处理的种类和目的。"},
	{"V15", "", false, "书面告知向哪些机构提供了本人哪些个人信息、依据是什么；没有依据的，停止提供并通知对方删除。"},
	{"V16", "", false, "核查所列征信信息，有误或者不应报送的予以更正、删除，书面答复。"},
	{"V17", "", false, "停止要求本人以新增借款还款。"},
	{"V18", "V18a", false, "停止以私人手机、社交账号联系本人，今后以可以核实的号码联系。"},
	{"V19", "", true, "说明所称法律后果的依据；不属实的，书面更正。"},
	{"V19", "", false, "就所列不属实的说法书面更正。"},
	{"V20", "V20a", false, "核实债务人身份，更正错误信息，删除与本人无关的债务信息。"},
	{"V20", "V20b", false, "核实结清情况，出具结清证明，更正、删除相关信息。"},
	{"V21", "V21c", false, "返还所取走的财物。"},
	{"V22", "", false, "书面告知还款的官方渠道和收款账户，退还以催收名义另行收取的费用。"},
	{"V23", "V23a", false, "按已提交的材料处理投诉，不再重复索要。"},
	{"V23", "V23b", false, "对本人提出的个人信息请求作出答复，拒绝的说明理由。"},
	{"V23", "", false, "对此前的投诉作出处理，书面答复结果。"},
}

// reportAsks are what a supervisor can look into besides.
var reportAsks = []ask{
	{"V07", "", false, "核查冒用国家机关名义催收的情况。"},
	{"V08", "", false, "核查催收人员的身份和授权。"},
	{"V09", "", true, "核查所列文书、印章的真伪和来源。"},
	{"V09", "", false, "核查所列文书、印章的来源。"},
	{"V12", "", false, "核查本笔借款的利息、费用收取情况。"},
	{"V13", "", false, "核查催收人员的身份、委托关系和信息告知情况。"},
	{"V14", "", false, "核查被举报人收集个人信息的情况。"},
	{"V15", "", false, "核查被举报人对外提供个人信息的情况。"},
	{"V18", "", false, "核查催收录音、记录的留存和联系方式的使用情况。"},
	{"V20", "", false, "核查催收对象和债务信息是否有误。"},
	{"V22", "", false, "核查以催收名义收费和收款账户的情况。"},
	{"V23", "", false, "核查被举报人处理投诉的情况。"},
}

// asked are the requests of a table that acts call for, once each; figures of
// the loan have their own.
func (in Input) asked(table []ask) []string {
	var out []string
	for _, a := range table {
		for _, f := range in.asserted() {
			part := a.part == "" || slices.Contains(f.Parts, evidence.Breach(a.part).Title())
			if f.Cost == nil && f.Rule == a.rule && f.Doubtful == a.doubtful && part && !slices.Contains(out, a.text) {
				out = append(out, a.text)
			}
		}
	}
	return out
}

// breaks reports whether the letter asserts one of the kinds as a breach.
func (in Input) breaks(rules ...string) bool {
	return slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool { return slices.Contains(rules, f.Rule) && !f.Doubtful })
}

// reportRequests are what an association or a supervisor can do.
func (in Input) reportRequests() []string {
	if in.Role == ToAssociation {
		return []string{"核实本举报书所列线索，依行业自律规范处理。", "属于监管部门或其他机关职责的，转送有权处理的机关。", "告知处理情况或查询方式。"}
	}
	asks := []string{"对本举报书所列行为调查核实。"}
	if in.has("V01", "V02", "V03") {
		whose := "第三人"
		if in.contact() {
			whose = "本人"
		}
		asks = append(asks, "核查被举报人取得、使用"+whose+"联系方式的情况。")
	}
	asks = append(asks, in.asked(reportAsks)...)
	if in.Case.Agency.Known() {
		asks = append(asks, "核查放款机构、平台对受托催收机构的管理情况。")
	}
	asks = append(asks, in.costInquiry()...)
	return append(asks, "查证属实的，依法责令改正并作出处理。", "书面告知是否受理、是否查实。")
}

// Words that belong to the other road, or make a bargain of a complaint.
var (
	notInComplaint = []string{"处罚", "吊销", "罚款", "查处", "取缔", "追究刑事", "拘留"}
	inReport       = []string{"调查", "核查", "查处", "处罚", "责令", "检查", "处理"}
	notInReport    = []string{"减免", "免除", "赔偿", "退还", "退款", "道歉", "分期", "延期", "协商", "删除", "停止"}
	bargain        = []string{"否则", "不然", "如不", "若不", "不解决", "曝光"}
)

// A Refusal is a request of the person's own that is left out of a letter,
// and why: the words of each are for the complainant.
type Refusal struct {
	Request string        `json:"request"`
	Why     evidence.Text `json:"why"`
}

// Why a request of the person's own stays out.
var (
	whyBargain = evidence.Text{ZH: "写着“否则”或者“曝光”一类的话，容易被当成要挟",
		EN: "worded as a bargain or a threat"}
	whyReport = evidence.Text{ZH: "处罚、查处一类的请求属于举报，投诉的对象没有这个权力",
		EN: "penalties are for a report to a supervisor; whom one complains to cannot impose them"}
	whyComplaint = evidence.Text{ZH: "减免、赔偿、道歉、停止联系一类的请求属于投诉，监管部门在举报里不处理",
		EN: "claims of one's own belong in a complaint; a supervisor does not grant them on a report"}
	whyInquiry = evidence.Text{ZH: "举报只请求核查和处理",
		EN: "a report asks for an inquiry and nothing else"}
	whyClue = evidence.Text{ZH: "协会只接收线索并转送，不办理个人的请求",
		EN: "the association takes clues and passes them on; it grants nobody's request"}
)

// ownRequests parts the person's own requests into those this recipient can
// grant and those left out. A 举报 to a supervisor takes those that ask for an
// inquiry and claim nothing for the person; the association takes clues and
// grants nothing.
func (in Input) ownRequests() (asks []string, left []Refusal) {
	for _, r := range in.Case.Requests {
		r = sentence(in.mask(strings.TrimSpace(r)))
		holds := func(w string) bool { return strings.Contains(r, w) }
		var why evidence.Text
		switch {
		case r == "":
			continue
		case slices.ContainsFunc(bargain, holds):
			why = whyBargain
		case in.Role == ToAssociation:
			why = whyClue
		case in.complaint() && slices.ContainsFunc(notInComplaint, holds):
			why = whyReport
		case in.Role == ToRegulator && slices.ContainsFunc(notInReport, holds):
			why = whyComplaint
		case in.Role == ToRegulator && !slices.ContainsFunc(inReport, holds):
			why = whyInquiry
		default:
			asks = append(asks, r)
			continue
		}
		left = append(left, Refusal{r, why})
	}
	return asks, left
}
