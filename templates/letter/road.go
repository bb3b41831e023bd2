package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
)

// patience is how many days to wait for an answer that no rule sets a term
// for.
const patience = track.Patience

// A handed step is one whose recipient has the matter already, by that filing.
type handed struct {
	GuideEntry
	filing evidence.Filing
}

// handedIn parts steps into those still to be taken, those the person has taken, as
// far as case.toml says, and those of them that a supplement was made for.
func (in Input) handedIn(steps []GuideEntry) (open []GuideEntry, done, extra []handed) {
	for _, s := range steps {
		to := in
		to.Role, to.Recipient = s.Role, s.Recipient
		last := to.LastFiled()
		switch {
		case last.Date == "":
			open = append(open, s)
		case s.Supplement:
			extra = append(extra, handed{s, last})
		default:
			done = append(done, handed{s, last})
		}
	}
	return open, done, extra
}

// LastFiled is the last complaint, report or request that the recipient got of the
// case, as far as case.toml says; without a date it got none.
func (in Input) LastFiled() (last evidence.Filing) {
	for _, f := range in.Case.Filings {
		role, _ := templates.FiledTo(in.Case, f.To)
		if in.FiledHere(f) && !f.Follows() && (in.Role == evidence.ToForward) == (role == evidence.ToForward) &&
			f.Date >= last.Date {
			last = f
		}
	}
	return last
}

// supplementing says where the lane stands that a supplement is for, and what to do
// with it.
func (in Input) supplementing(s handed) string {
	road := track.RoadTo(s.Role, s.Recipient)
	out := in.state(s) + "这次做的是补充材料（文件夹“" + s.Folder + "/补充材料”）：“" + SupplementTitle +
		"”和补充证据册，" + s.Role.Letter() + "不用再交一遍。" + channels(s.Recipient) +
		"交了，在网页“交出去”那一步记下来（“又交了别的”，补充材料）。"
	if track.Lanes(in.Case, []track.Road{road}, in.Date)[0].State == track.Overdue {
		out += "期限已经过了，可以另外催办：在那一步写催办函。"
	}
	return out
}

// waiting says what was handed in, what is known of the answer, and what to do next.
func (in Input) waiting(s handed) string {
	out := in.state(s)
	if s.filing.Withdrawn != "" || s.filing.Closed != "" {
		return out
	}
	return out + "有新的情形，只补交新的：加了新证据以后，在网页“交出去”那一步做补充材料。"
}

// state says what was handed in, and what is known of the answer.
func (in Input) state(s handed) string {
	f := s.filing
	out := s.Recipient.Name + "：" + isoDay(f.Date) + "已经交过" + with("，编号", f.Receipt) + "。"
	const do = "在网页“交出去”那一步"
	switch {
	case f.Withdrawn != "":
		return out + isoDay(f.Withdrawn) + "撤回了，不用再等。"
	case f.Closed != "":
		return out + isoDay(f.Closed) + "办完了，不用再等。"
	case f.Answered != "" && f.Outcome == evidence.WantsMore:
		out += isoDay(f.Answered) + "要求补材料：补交以后，" + do + "记下来。"
	case f.Answered != "" && f.Outcome == evidence.Satisfied:
		out += isoDay(f.Answered) + "已经答复，您记的是满意；办完了，" + do + "结束这一处。"
	case f.Answered != "":
		out += isoDay(f.Answered) + "已经答复；不满意的，接着交还没有交过的那几封。"
	case strings.TrimSpace(f.Answer) != "":
		out += "已经有答复；不满意的，接着交还没有交过的那几封。"
	case !in.waitedFor(f):
		out += "有没有答复，先" + do + "记明。"
	default:
		out += in.until(s) + "答复来了，" + do + "记下来，再重新做材料。"
	}
	return out
}

// until is by when an answer to what was handed in is due, and whether that is over.
func (in Input) until(s handed) string {
	filed, err := time.ParseInLocation(time.DateOnly, s.filing.Date, evidence.Beijing)
	if err != nil {
		return ""
	}
	days, words := patience, "没有查到必须在几日内答复的规定，可以等到"
	end := filed.AddDate(0, 0, days)
	if lane := track.Lanes(in.Case, []track.Road{track.RoadTo(s.Role, s.Recipient)}, in.Date)[0]; lane.ByRule {
		words, end = "一般应当答复的日子是", lane.Until
	}
	out := words + day(end) + "；"
	if in.Date.In(evidence.Beijing).Format(time.DateOnly) > end.Format(time.DateOnly) {
		return out + fmt.Sprintf("已经过了%d天，还没有写答复，不用再等。", int(in.Date.Sub(end).Hours()/24))
	}
	return out + "还没有到。"
}

// promptly reports a lender whose answer to a complaint has a term.
func (in Input) promptly() bool {
	return in.Case.Lender.Licence.Supervisor() == evidence.NationalOffice && in.Case.LoanKind() != evidence.BusinessLoan
}

// order is in what order to file, how long an answer takes, and what is not to
// be waited for.
func (in Input) order(steps []GuideEntry) string {
	open, done, extra := in.handedIn(steps)
	first := func(s GuideEntry) bool { return s.Role == evidence.ToPlatform || s.Role == evidence.ToLender }
	s := ""
	if slices.ContainsFunc(open, first) {
		s = in.answerTerm()
	}
	s += in.alsoLender(steps)
	if slices.ContainsFunc(open, func(s GuideEntry) bool { return !s.Role.Complaint() }) {
		s += "没有查到举报必须等投诉答复的规定：举报可以同时交"
		if in.Emergency.ZH != "" {
			s += "，有威胁的更不要等"
		}
		s += "。"
	}
	if len(done)+len(extra) > 0 {
		return s
	}
	return s + "每交一处，在网页“交出去”那一步记一笔；期限、答复、下一步都从那里看。手上已经有工单号、答复的也照样记，" +
		"回执、回复的截图一起放进去，再重新做材料，附上更有力。"
}

// answerTerm says to complain to the platform or lender first, and how long their
// answer takes.
func (in Input) answerTerm() string {
	who := "平台或放款机构"
	if !in.Case.Through().Known() {
		who = in.lenderPart()
	}
	s := "先向" + who + "投诉，记下日期和工单号。"
	if in.promptly() {
		plain, complex, longest := templates.PlainTerm.Days, templates.ComplexTerm.Days, templates.LongestTerm.Days
		s += fmt.Sprintf("银行、消费金融公司等处理消费投诉一般为%d日，复杂的可以延长到%d日，特别复杂的再延长%d日；%s提交的，%d日到%s。",
			plain, complex, longest-complex, day(in.Date), plain, day(in.Date.AddDate(0, 0, plain)))
	} else {
		s += fmt.Sprintf("没有查到对方必须在几日内答复的规定，可以等%d日左右；%s提交的，约到%s。",
			patience, day(in.Date), day(in.Date.AddDate(0, 0, patience)))
	}
	return s
}

// alsoLender says to complain to the lender too, where only the platform was.
func (in Input) alsoLender(steps []GuideEntry) string {
	toLender := slices.ContainsFunc(steps, func(s GuideEntry) bool { return s.Recipient.Kind == "lender" }) ||
		slices.ContainsFunc(in.Case.Filings, func(f evidence.Filing) bool {
			role, _ := templates.FiledTo(in.Case, f.To)
			return role == evidence.ToLender && !f.Applies()
		})
	p := in.Case.Through()
	if toLender || !in.promptly() || !p.Known() || p.Name == in.Case.Lender.Name || in.Case.Lender.Name == "" {
		return ""
	}
	return "答复的期限约束放款机构：平台与放款机构不是一家的，向" + in.Case.Lender.Name + "也投诉一次。"
}

// purposes say what each letter is good for, and what it is not.
func (in Input) purposes(steps []GuideEntry) []string {
	has := func(r evidence.Role) bool {
		return slices.ContainsFunc(steps, func(s GuideEntry) bool { return s.Role == r && !s.Supplement })
	}
	var out []string
	if has(evidence.ToPlatform) || has(evidence.ToLender) {
		out = append(out, "要对方"+in.wanted()+"：投诉书，直接交给平台或放款机构。")
	}
	if has(evidence.ToForward) {
		out = append(out, "同样的要求，想请监管局登记后转给放款机构办：投诉书（请转办），也可以打 12378，照“"+CallSheetTitle+
			"”说。由放款机构答复您，监管局不替它作决定。")
	}
	if has(evidence.ToRegulator) {
		out = append(out, "请监管部门"+in.lookedInto()+"：举报书。它告诉您是否受理、是否查实，不替您要道歉、退款。与请转办的投诉书是两件事，分开交，不要合成一封。")
	}
	if has(evidence.ToAssociation) {
		out = append(out, "向协会反映线索：举报书。它转给主管部门，不裁决纠纷；一般不受理别处已经受理的事项，要交协会的，先交协会，再交监管部门。")
	}
	return out
}

// wanted is what a complaint asks for in short: where all stands that was only asked
// about, there is nothing to apologise for, and without collecting nothing to stop.
func (in Input) wanted() string {
	var out []string
	only := in.onlyAsks()
	if in.collecting() && !only {
		out = append(out, "停止")
	}
	if only {
		out = append(out, "核查")
	}
	out = append(out, "说明")
	if in.breaks(apology) {
		out = append(out, "道歉")
	}
	return strings.Join(append(out, "书面答复"), "、")
}

func (in Input) lookedInto() string {
	if in.onlyAsks() {
		return "核查情况"
	}
	return "查处违规"
}

// onlyAsks reports a letter whose every fact is put as a question.
func (in Input) onlyAsks() bool {
	return !slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool { return !f.Doubtful })
}
