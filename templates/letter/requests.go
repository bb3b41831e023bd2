package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates/document"
)

// requestList prints what the recipient is asked for.
func (c *composer) requestList() {
	switch {
	case c.in.Role == evidence.To12345:
		c.heading("诉求")
	case c.in.complaint():
		c.heading("投诉请求")
	default:
		c.heading("举报请求")
	}
	for n, a := range c.in.requests() {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(a), Small: c.in.at.Short})
	}
}

// requests are what the letter asks of its recipient and only what it can
// grant: what goes with the findings, then those of the person's own.
func (in Input) requests() []string {
	if in.Role.Further() {
		return in.furtherRequests()
	}
	asks := in.reportRequests
	if in.complaint() {
		asks = in.complaintRequests
	}
	own, _ := in.ownRequests()
	all := append(asks(), own...)
	switch {
	case in.Role == evidence.ToForward:
		all = in.passedOn(all)
	case in.complaint():
		all = append(all, inWriting)
	}
	return all
}

// thirdAsked asks for an end of what reached others. Of whom the borrower named for the
// loan nobody need say where their number comes from.
func (in Input) thirdAsked() string {
	const stop, why = "停止联系与债务无关的第三人", "说明取得、使用其联系方式的依据，没有依据的停止使用。"
	const emergency = "能联系上本人的，不再联系紧急联系人，也不向其透露欠款。"
	named, others := false, false
	for _, f := range in.asserted() {
		for _, i := range f.Incidents {
			is, third := i.Reached == evidence.ReachedEmergency, reachesThird(evidence.KindOf(f.Rule))
			named, others = named || third && is, others || third && !is
		}
	}
	switch {
	case !named:
		return stop + "；" + why
	case !others:
		return emergency
	}
	return stop + "，" + why + emergency
}

// inWriting is said once, and not of each request.
const inWriting = "以上各项请书面答复。"

// passedOn are the requests of a complaint that a supervisor passes on: first
// what the supervisor is asked, then what the respondent is, who alone can
// grant it.
func (in Input) passedOn(all []string) []string {
	first := "请登记本投诉，转交被投诉人" + in.Case.Lender.Label() + "处理，督促其依规定期限处理并书面答复本人。"
	if len(all) > 0 {
		first += "以下各项是对被投诉人的请求。"
	}
	out := []string{first}
	for _, a := range all {
		out = append(out, strings.ReplaceAll(a, "贵方", "被投诉人"))
	}
	return out
}

// complaintRequests are what a platform or lender can do: stop, call off the
// agency, apologise, delete, name, look into, agree a plan.
func (in Input) complaintRequests() []string {
	var asks []string
	w := in.debtWords()
	agency := "；委托他人催收的，一并通知其停止。" // nobody knows whether one was
	if l := in.Case.Agency.Label(); l != "" {
		agency = "，并通知受托的" + l + "停止。"
	}
	if in.contact() {
		asks = append(asks, "立即停止就他人债务联系本人"+in.ownNumber()+agency,
			"说明取得、使用本人联系方式的依据；没有依据的，删除本人的个人信息。")
		if in.reachUnknown() {
			asks = append(asks, "说明当时是否联系不上"+w.debtor+"、联系本人的原因。")
		}
	} else {
		stop := "立即停止下列催收行为" + agency
		if in.onlyAsks() {
			stop = "核查下列情况；查实的，立即停止" + agency
		}
		switch {
		case in.disowned():
			stop = "立即停止就" + w.this + "向" + w.debtor + "和本人催收" + agency
		case in.endsContact():
			stop = "立即停止就" + w.this + "向本人催收" + agency
		case in.paid():
			stop = trimStop(stop) + "；不再就" + in.paidLoan() + "向本人催收。"
		}
		if in.collecting() {
			asks = append(asks, stop)
		}
		if in.has(reachesThird) {
			asks = append(asks, in.thirdAsked())
		}
	}
	if in.breaks(apology) {
		if sorry := "就此书面道歉。"; len(asks) > 0 && in.collecting() && !in.contact() {
			asks[0] = trimStop(asks[0]) + "；" + sorry
		} else {
			asks = append(asks, "就下列行为书面道歉。")
		}
	}
	asks = append(asks, in.asked(func(t telling) []ask { return t.asks })...)
	switch {
	case in.contact():
		asks = append(asks, "告知联系本人的机构名称。")
	default:
		asks = append(asks, in.namesAsked()...)
	}
	switch keep := in.keepAsked(); {
	case keep != "":
		asks = append(asks, keep)
	case in.collecting():
		asks = append(asks, "保存并核查下列各次的通话录音和催收记录。")
	default:
		asks = append(asks, "核查下列情况。")
	}
	asks = append(asks, in.costRequests()...)
	return slices.Concat(asks, in.standingAsks(), in.wishes())
}

// reachUnknown reports that a contact complains of being called at all, and nobody
// says whether the borrower could be reached: some rules hang on that.
func (in Input) reachUnknown() bool {
	return in.contact() && slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool {
		return f.Rule == "V02" && slices.ContainsFunc(f.Incidents,
			func(i evidence.Incident) bool { return i.Reachable == evidence.Unknown })
	})
}

// calledNumber is the number that is to be called no more, where a contact
// complains: it is in nobody's file as a borrower's.
func (in Input) calledNumber() string {
	if !in.contact() {
		return ""
	}
	return strings.TrimSpace(in.Case.Complainant.Phone)
}

// ownNumber is that number within a request.
func (in Input) ownNumber() string {
	if n := in.calledNumber(); n != "" {
		return "（本人号码" + n + "）"
	}
	return ""
}

// namesAsked asks who lent and who collects, as far as the case does not say:
// of an agency it names, only on whose behalf and by what papers.
func (in Input) namesAsked() []string {
	var asks []string
	agency := in.Case.Agency.Label()
	switch {
	case in.Case.Lender.Name == "" && agency == "" && in.collecting():
		return []string{"告知" + in.lenderPart() + "的名称；委托他人催收的，告知受托机构的名称和委托关系。"}
	case in.Case.Lender.Name == "" || in.guaranteed():
		asks = append(asks, "告知"+in.lenderPart()+"的名称。")
	}
	if s := in.licenceAsked(); s != "" {
		asks = append(asks, s)
	}
	if !in.collecting() {
		return asks
	}
	if agency == "" {
		return append(asks, "委托他人催收的，告知受托机构的名称和委托关系"+in.listed("该机构")+"。")
	}
	return append(asks, "说明"+agency+"的受托情况，提供委托材料"+in.listed("该机构")+"；另有其他催收机构的，一并列明。")
}

// licenceAsked asks by what licence money is lent, of a lender of whom nobody found
// one: it decides whose rules bind them.
func (in Input) licenceAsked() string {
	l := in.Case.Lender
	if l.Name == "" || in.rented() || l.Licence != evidence.LicenceUnknown && l.Licence != evidence.NoLicence {
		return ""
	}
	if in.askedAs() == evidence.ToPlatform {
		return "说明" + l.Label() + "从事放贷业务的许可或者备案。"
	}
	return "说明贵方从事放贷业务的许可或者备案。"
}

// listed asks whether an agency is on the list that members of the bank
// association publish since its guide of 2026.
func (in Input) listed(agency string) string {
	l := in.Case.Lender.Licence
	if l != evidence.Bank && l != evidence.ConsumerFinance || in.Date.Before(guideSince) ||
		in.Case.LoanKind() == evidence.BusinessLoan { // the guide is about consumer loans
		return ""
	}
	who := "贵方"
	if in.askedAs() == evidence.ToPlatform { // the list is the lender's
		who = "放款机构"
	}
	return "，以及" + agency + "是否在" + who + "公示的催收机构名单内"
}

var guideSince = time.Date(2026, 1, 30, 0, 0, 0, 0, evidence.Beijing)

// reportRequests are what an association or a supervisor can do.
func (in Input) reportRequests() []string {
	if in.Role == evidence.ToAssociation {
		pass := "属于监管部门或其他机关职责的，转送有权处理的机关。"
		if in.Case.Consent.Forward == evidence.No {
			pass = "属于监管部门或其他机关职责的，转送有权处理的机关；转送时请隐去本人身份信息"
			if !in.confidential() { // else that says it
				pass += in.numberAlone()
			}
			pass += "。"
		}
		clues := "核实下列线索，" + in.byOwnRules() + "处理" + with("；不应再联系的本人号码是", in.calledNumber()) + "。"
		asks := []string{clues, pass, "告知处理情况或查询方式。"}
		return append(asks, in.confidentiality()...)
	}
	asks := []string{"对下列行为调查核实。"}
	if in.has(reachesThird) {
		whose := "第三人"
		if in.contact() {
			whose = "本人"
		}
		asks = append(asks, "核查被举报人取得、使用"+whose+"联系方式"+in.ownNumber()+"的情况。")
		if in.reachUnknown() {
			asks = append(asks, "核查被举报人联系本人时是否联系不上"+in.debtWords().debtor+"；能够联系上的，请对照有关标准、规范认定。")
		}
	}
	asks = append(asks, in.asked(func(t telling) []ask { return t.inquiries })...)
	if in.Case.Agency.Known() && in.collecting() {
		asks = append(asks, "核查放款机构、平台对受托催收机构的管理情况。")
	}
	asks = slices.Concat(asks, in.costInquiry(), in.standingInquiries())
	asks = append(asks, "查证属实的，依法责令改正并作出处理。", "书面告知是否受理、是否查实。")
	return append(asks, in.confidentiality()...)
}

// byOwnRules is by what an association is asked to act: its own rules of those that
// the letter cites, and without one as its remit goes.
func (in Input) byOwnRules() string {
	var names []string
	for _, l := range in.lines() {
		x := l.rule()
		if own, _, _ := strings.Cut(x.ID, "-"); strings.HasPrefix(own, in.Recipient.Code) && in.Recipient.Code != "" &&
			x.Rank == evidence.SelfDiscipline && x.Read() {
			names = append(names, "《"+x.Name+"》")
		}
	}
	if len(names) == 0 {
		return "依职责"
	}
	return "依" + strings.Join(names, "、")
}

// confidential reports that a report asks for the writer's identity to be kept.
func (in Input) confidential() bool {
	return !in.complaint() && in.Case.Consent.Confidential == evidence.Yes
}

// confidentiality asks for it, where the person wished so.
func (in Input) confidentiality() []string {
	if !in.confidential() {
		return nil
	}
	return []string{"请对举报人的身份信息保密" + in.numberAlone() + "。"}
}

// numberAlone is the one thing the respondent has to be told of a contact who
// wants to be called no more: which number. All else can be kept.
func (in Input) numberAlone() string {
	n := in.calledNumber()
	if n == "" {
		return ""
	}
	return "；只有号码" + n + "可以告知" + in.other() + "，仅用于停止联系"
}

// Words that belong to the other road, or make a bargain of a complaint.
var (
	notInComplaint = []string{"处罚", "吊销", "罚款", "查处", "取缔", "追究刑事", "拘留"}
	inReport       = []string{"调查", "核查", "查处", "处罚", "责令", "检查", "处理"}
	notInReport    = []string{"减免", "免除", "赔偿", "退还", "退款", "道歉", "分期", "延期", "协商", "删除", "停止"}
	bargain        = []string{"否则", "不然", "如不", "若不", "不解决", "曝光"}
)

// hoursOfContact are words that say when to call, and so that calls may go on.
var hoursOfContact = lazyregexp.New(`(只|仅|限于|工作日|白天|上班时间|时段).*(联系|来电|致电|打电话|沟通|催收)`)

// A Refusal is a request of the person's own that is left out of a letter,
// and why: the words of each are for the complainant.
type Refusal struct {
	Request string        `json:"request"`
	Why     evidence.Text `json:"why"`
}

// ownWords is what the person wrote of the matter. Words that make a bargain of a
// complaint keep it out, as they do a request.
func (in Input) ownWords() string {
	s := strings.TrimSpace(in.Case.Statement)
	if s == "" || bargains(s) {
		return ""
	}
	return sentence(oneLine(in.mask(s)))
}

// bargains reports words of the person's own that make a bargain of a complaint.
func bargains(words string) bool {
	return slices.ContainsFunc(bargain, func(w string) bool { return strings.Contains(words, w) })
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
	whyHours = evidence.Text{ZH: "信里已经请对方停止联系，再写在什么时间联系，前后矛盾",
		EN: "the letter asks for all contact to stop; hours for contact would contradict it"}
	whyRemit = evidence.Text{ZH: "这一处只办它职责以内的事，请求是程序照它能办的写的",
		EN: "this body does only what is its own; its requests are those it can grant"}
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
		case in.Role.Further():
			why = whyRemit
		case in.Role == evidence.ToAssociation:
			why = whyClue
		case in.endsContact() && hoursOfContact.MatchString(r):
			why = whyHours
		case in.complaint() && slices.ContainsFunc(notInComplaint, holds):
			why = whyReport
		case in.Role == evidence.ToRegulator && slices.ContainsFunc(notInReport, holds):
			why = whyComplaint
		case in.Role == evidence.ToRegulator && !slices.ContainsFunc(inReport, holds):
			why = whyInquiry
		default:
			asks = append(asks, r)
			continue
		}
		left = append(left, Refusal{r, why})
	}
	return asks, left
}
