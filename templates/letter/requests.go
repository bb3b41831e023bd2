package letter

import (
	"fmt"
	"slices"
	"strings"
)

// requests asks only for what the recipient can grant.
func (c *composer) requests() {
	asks := c.in.reportRequests
	if c.in.complaint() {
		c.heading("投诉请求")
		asks = c.in.complaintRequests
	} else {
		c.heading("举报请求")
	}
	own, _ := c.in.ownRequests()
	for n, a := range append(asks(), own...) {
		c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(a)})
	}
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
		asks = append(asks, "立即停止本投诉书所列的催收行为，并通知"+agency+"停止。")
		if in.has("V01", "V02", "V03") {
			asks = append(asks, "停止联系与债务无关的第三人，书面说明其联系方式的来源，删除不应持有的第三人信息。")
		}
	}
	if in.has("V01", "V06", "V07", "V10") {
		asks = append(asks, "就所列行为向本人书面道歉。")
	}
	switch {
	case in.contact():
		asks = append(asks, "书面告知联系本人的机构名称。")
	case in.Case.Lender.Name == "":
		asks = append(asks, "书面告知放款机构、受托催收机构的名称和委托关系。")
	default:
		asks = append(asks, "书面告知受托催收机构的名称和委托关系。")
	}
	asks = append(asks, "保存并核查所列时间的通话录音和催收记录，书面答复核查结果。")
	asks = append(asks, in.costRequests()...)
	if l := in.Case.Loan; !in.contact() && (l.Due != "" || l.Overdue != "") {
		asks = append(asks, "就未还款项与本人协商延期或分期还款方案。")
	}
	return asks
}

// reportRequests are what an association or a supervisor can do.
func (in Input) reportRequests() []string {
	if in.Role == ToAssociation {
		return []string{"核实本举报书所列线索，依行业自律规范处理。", "属于监管部门或其他机关职责的，转送有权处理的机关。", "告知处理情况或查询方式。"}
	}
	asks := []string{"对本举报书所列行为调查核实。"}
	if in.has("V01", "V02", "V03") {
		asks = append(asks, "核查被举报人取得、使用第三人联系方式的情况。")
	}
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

// ownRequests parts the person's own requests into those this recipient can
// grant and those left out. A 举报 to a supervisor takes those that ask for an
// inquiry and claim nothing for the person; the association takes clues and
// grants nothing.
func (in Input) ownRequests() (asks, left []string) {
	for _, r := range in.Case.Requests {
		r = sentence(in.mask(strings.TrimSpace(r)))
		holds := func(w string) bool { return strings.Contains(r, w) }
		switch {
		case r == "":
		case slices.ContainsFunc(bargain, holds), in.Role == ToAssociation,
			in.complaint() && slices.ContainsFunc(notInComplaint, holds),
			in.Role == ToRegulator && (slices.ContainsFunc(notInReport, holds) || !slices.ContainsFunc(inReport, holds)):
			left = append(left, r)
		default:
			asks = append(asks, r)
		}
	}
	return asks, left
}
