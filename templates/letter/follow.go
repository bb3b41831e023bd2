package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
	"juzheng/templates/document"
)

// A Follow is what a letter goes on from: a complaint that was handed in.
type Follow struct {
	Lane   track.Lane
	Filing evidence.Filing
	// Recheck is the application for a recheck that followed it, whose answer is the
	// one that counts; zero: there was none.
	Recheck  evidence.Filing
	Paper    string   // the letter that was filed, as its file calls it; empty: none is kept
	Code     string   // that it prints
	Exhibits []string // numbers of what is enclosed behind it: receipts, answers
	Excerpts []string // those of them of which a page is enclosed, for the whole holds what others wrote
	Whole    []string // whole logs that show it and stay behind, for no message of them is known to
	Shows    []string // what that letter shows, and papers for the recipient cover by now
}

// last is what the state of the lane follows from.
func (f Follow) last() evidence.Filing {
	if f.Recheck.Date != "" {
		return f.Recheck
	}
	return f.Filing
}

// The names of letters that follow a complaint, beside those of evidence: about one
// to the lender or platform that was not answered, or whose answer does not satisfy,
// to whoever supervises or to the association.
const (
	UnansweredName = "unanswered"
	EscalateName   = "escalate"
)

// A NextLetter is a letter that can follow a complaint.
type NextLetter struct {
	Name    string
	Title   func(evidence.Role) string
	To      []evidence.Role
	Compose func(Input, Follow) document.Document
	Warning evidence.Text // what the person must know before it goes; empty: nothing
	// Notes are what the note beside it says more; nil: nothing.
	Notes func(Input, Follow) []string
}

// Beyond reports a letter to somebody else than the body that was complained to.
func (l NextLetter) Beyond() bool { return l.Name == UnansweredName || l.Name == EscalateName }

// NextLetters are all there are.
func NextLetters() []NextLetter {
	always := func(s string) func(evidence.Role) string { return func(evidence.Role) string { return s } }
	all := evidence.AllRoles()
	above := []evidence.Role{evidence.ToForward, evidence.ToRegulator, evidence.ToAssociation}
	return []NextLetter{
		{Name: evidence.Reminder, Title: always("催办函"), To: all, Compose: reminder},
		{Name: evidence.Incomplete, Title: always("关于答复不完整的函"), To: all, Compose: incomplete},
		{Name: evidence.Disputed, Title: always("对答复的异议书"), To: all, Compose: disputed},
		{Name: evidence.Recheck, Title: always(recheckTitle),
			To: []evidence.Role{evidence.ToLender, evidence.ToPlatform}, Compose: recheck, Notes: recheckNotes},
		{Name: EscalateName, Title: beyondTitle("关于对投诉答复有异议的"), To: above, Compose: escalate, Notes: escalateNotes},
		{Name: UnansweredName, Title: beyondTitle("关于投诉逾期未获答复的"), To: above, Compose: unanswered,
			Notes: beyondNotes},
		{Name: evidence.Withdrawal, Title: always("撤回申请书"), To: all, Compose: withdrawal, Warning: evidence.Text{
			ZH: "撤回以后，同一件事一般不再受理；问题没有解决的，不用撤回。对方不能以撤回作为答复、停催的条件。",
			EN: "what is withdrawn is in general not taken again; withdraw nothing that is not settled"}},
		{Name: evidence.Thanks, Title: always("办结致谢函"), To: all, Compose: thanks},
	}
}

// reminder asks a body that has a complaint how it stands.
func reminder(in Input, f Follow) document.Document {
	c := in.follow("催办函")
	c.paragraph(in.wasFiled(f, "贵单位") + in.noAnswer(f))
	asks := []string{"书面告知上述事项是否受理；已经受理的，告知办理进度和办结时间。", "书面答复办理结果；不予受理、不属于贵单位职责的，说明理由。"}
	if in.complaint() && in.Role != evidence.ToForward {
		asks = []string{"告知处理进度和经办部门；依法延长处理期限的，告知延长的期限和理由。", "对" + in.enclosedPaper(f) + "所列请求逐项书面答复。"}
	}
	c.asks("请求事项", asks...)
	return c.followed(f)
}

// incomplete says what an answer leaves open; what that is the person says.
func incomplete(in Input, f Follow) document.Document {
	c := in.follow("关于答复不完整的函")
	c.paragraph(in.wasFiled(f, "贵单位") + in.wasAnswered(f))
	if f.last().Outcome == evidence.WantsMore {
		c.paragraph("贵单位要求补充材料。已经随" + in.enclosedPaper(f) + "提交过的，请直接核对，不再重复提交；确需另行补充的，请列明材料的名称、用途和依据。")
	} else {
		c.points("答复没有回应的事项（本人陈述）", f)
	}
	c.asks("请求事项", "对"+in.enclosedPaper(f)+"所列请求逐项作出书面答复，不同意的说明理由和依据。")
	return c.followed(f)
}

// disputed says with what of an answer the person does not agree.
func disputed(in Input, f Follow) document.Document {
	c := in.follow("对答复的异议书")
	c.paragraph(in.wasFiled(f, "贵单位") + in.wasAnswered(f))
	c.points("对答复有异议的地方（本人陈述）", f)
	asks := []string{"对上列异议逐项核查。", "书面答复核查结果；维持原答复的，说明理由和依据。"}
	if in.complaint() && in.Role != evidence.ToForward {
		asks = slices.Insert(asks, 1, "提供答复所依据的材料（通话录音、通话记录、委托催收的材料等）。")
	}
	c.asks("请求事项", asks...)
	return c.followed(f)
}

// withdrawal takes a complaint back.
func withdrawal(in Input, f Follow) document.Document {
	c := in.follow("撤回申请书")
	c.paragraph(in.wasFiled(f, "贵单位") + "现申请撤回。")
	c.paragraph("本申请由本人自愿提出，不表示认可对方主张的金额，也不放弃本人依法享有的其他权利。")
	return c.followed(f)
}

// thanks closes a matter that is settled.
func thanks(in Input, f Follow) document.Document {
	c := in.follow("办结致谢函")
	c.paragraph(in.wasFiled(f, "贵单位") + in.wasAnswered(f) + "所反映的事项已经得到解决，不再请求处理，特此致谢。")
	return c.followed(f)
}

// follow opens such a letter: who writes.
func (in Input) follow(title string) *composer {
	c := newComposer(paper{Input: in})
	p := in.Case.Complainant
	who := []document.Field{field(in.self(), p.Name), field("身份证号", in.identity(p.IDNumber)), field("联系电话", p.Phone)}
	if in.guardian() {
		who = in.ward(in.self(), p.Name+with("　　联系电话：", p.Phone))
	}
	c.add(document.Title{Text: title}, document.Fields{Rows: filled(append(who, field("通信地址", p.Address),
		field("电子邮箱", p.Email)))})
	if s := Reference(in.Case.ID); s != "" {
		c.add(document.Paragraph{Spans: plain(OwnNumber + "：" + s), Small: true})
	}
	return c
}

// enclosedPaper is how a letter calls the complaint that it follows.
func (in Input) enclosedPaper(f Follow) string {
	if f.Paper == "" {
		return "本人此前的投诉"
	}
	return "附件1"
}

// wasFiled tells of the complaint, with the paper that is enclosed.
func (in Input) wasFiled(f Follow, to string) string {
	g := f.Filing
	if f.Paper == "" {
		return in.mask("本人于"+isoDay(g.Date)+"向"+to+"反映"+in.matter()+"一事"+with("，编号", g.Receipt)) + "。" +
			wasAccepted(g) + in.wasRechecked(f)
	}
	return in.mask("本人于"+isoDay(g.Date)+"就"+in.matter()+"一事向"+to+"提交"+f.Paper+with("，编号", g.Receipt)) + "（附件1）。" +
		wasAccepted(g) + in.wasRechecked(f)
}

// wasRechecked tells of the answer to the complaint and of the application for a
// recheck that followed it, where there was one.
func (in Input) wasRechecked(f Follow) string {
	if f.Recheck.Date == "" {
		return ""
	}
	return in.answerOf(f, f.Filing) + in.mask(isoDay(f.Recheck.Date)+"申请上级机构核查"+with("，编号", f.Recheck.Receipt)) +
		"。" + wasAccepted(f.Recheck)
}

func wasAccepted(g evidence.Filing) string {
	if g.Accepted == "" {
		return ""
	}
	return isoDay(g.Accepted) + "被告知受理。"
}

// wasAnswered tells of the answer as the person wrote it down.
func (in Input) wasAnswered(f Follow) string { return in.answerOf(f, f.last()) }

func (in Input) answerOf(f Follow, g evidence.Filing) string {
	answer := strings.TrimRight(strings.TrimSpace(g.Answer), "。；，")
	s := isoDay(g.Answered) + "得到答复" + with("：", in.mask(answer))
	if n := slices.Index(f.Exhibits, lastOf(evidence.SplitList(g.Reply))); n >= 0 {
		s += fmt.Sprintf("（附件%d）", n+f.first())
	}
	return s + "。"
}

func lastOf(all []string) string {
	if len(all) == 0 {
		return "-"
	}
	return all[len(all)-1]
}

// first is the number of the first exhibit that is enclosed.
func (f Follow) first() int {
	if f.Paper == "" {
		return 1
	}
	return 2
}

// noAnswer says for how long nothing came, and which term went by. The caller made
// sure that nothing of the case may be an answer.
func (in Input) noAnswer(f Follow) string {
	filed, err := time.ParseInLocation(time.DateOnly, f.last().Date, evidence.Beijing)
	if err != nil {
		return ""
	}
	what := "答复"
	if f.last().Accepted != "" {
		what = "处理结果"
	}
	y, m, d := in.Date.In(evidence.Beijing).Date()
	days := int(time.Date(y, m, d, 0, 0, 0, 0, evidence.Beijing).Sub(filed).Hours() / 24)
	s := fmt.Sprintf("截至%s已%d日，本人没有收到%s。", day(in.Date), days, what)
	for _, t := range f.Lane.Terms {
		if t.Day.IsZero() || !t.Day.Equal(f.Lane.Until) || !f.Lane.ByRule || t.About() {
			continue
		}
		unit, from := "日", "提交"
		if t.Working {
			unit = "个工作日"
		}
		if t.From == templates.FromAccepted {
			from = "受理"
		}
		s += fmt.Sprintf("依据%s，%s的期限为%d%s，从%s的次日起算，到%s届满。",
			strings.TrimSuffix(t.Basis, "（转载）"), t.Event, t.Days, unit, from, day(t.Day))
	}
	return s
}

// points are what the person holds against an answer, or room to write it.
func (c *composer) points(title string, f Follow) {
	c.heading(title)
	all := f.last().Contests()
	if len(all) == 0 {
		all = f.Filing.Contests()
	}
	for n, s := range all {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(sentence(c.in.mask(s)))})
	}
	for n := len(all); n < 3 && len(all) == 0; n++ {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(blank(28) + "（请手写）")})
	}
}

// followed closes such a letter with what is enclosed.
func (c *composer) followed(f Follow) document.Document {
	in := c.in
	var enclosed []string
	if f.Paper != "" {
		s := "1." + isoDay(f.Filing.Date) + "提交的" + f.Paper
		if len(f.Code) >= 16 {
			s += "（所印校验码开头：" + strings.Join([]string{f.Code[:4], f.Code[4:8], f.Code[8:12], f.Code[12:16]}, " ") + "）"
		}
		enclosed = append(enclosed, s)
	}
	for n, x := range f.Exhibits {
		what := "答复、告知"
		if x == f.Filing.Exhibit || x == f.Recheck.Exhibit {
			what = "提交的凭据"
		}
		of := label(x)
		if slices.Contains(f.Excerpts, x) {
			of += "的摘录"
		}
		enclosed = append(enclosed, fmt.Sprintf("%d.%s（%s）", n+f.first(), what, of))
	}
	closing := []document.Block{document.Paragraph{Spans: plain("以上情况属实。"), Indent: true}}
	if len(enclosed) > 0 {
		closing = append(closing, document.Paragraph{Spans: plain("附件：" + strings.Join(enclosed, "；") + "。"),
			Indent: true})
	}
	closing = append(closing, document.Addressee{Name: in.Addressee()},
		document.Signature{Label: in.signer() + "（签名、捺印）", Agent: agentLabel(in.Case.Agent)})
	c.add(document.Keep{Blocks: closing})
	title := c.blocks[0].(document.Title).Text
	d := in.document(title)
	d.Subject = title + "（致" + in.Recipient.Name + "）"
	d.Blocks = c.blocks
	return in.headed(d)
}

// LogExcerpt is the page that goes behind a letter in the place of a whole log: the
// messages that the letter speaks of, word for word, and where they stand.
func LogExcerpt(in Input, log evidence.Exhibit, rows []evidence.Incident) document.Document {
	title := label(log.Number) + "的摘录"
	t := document.Table{Columns: []document.Column{{Title: "时间", Width: 38}, {Title: "对方号码或者账号", Width: 36},
		{Title: "原话", Width: 82}}}
	for _, i := range rows {
		t.Rows = append(t.Rows, []document.Cell{plain(i.Time.At.In(evidence.Beijing).Format(time.DateTime)),
			plain(cmp.Or(i.Number, i.Name)), plain(in.mask(i.Shown))})
	}
	d := in.document(title)
	d.Subject = title + "（致" + in.Recipient.Name + "）"
	d.Blocks = []document.Block{document.Title{Text: title}, document.Paragraph{Spans: plain(fmt.Sprintf(
		"%s是%s，里面还有与本事项无关的通话和消息，没有随信提交。下面是其中与本信有关的%d条，由本人摘出，时间为北京时间；需要核对时，可以出示原件。",
		label(log.Number), log.Kind.Title().ZH, len(rows))), Indent: true}, t}
	return d
}

// NextNote is the note for the complainant beside such a letter.
func NextNote(in Input, l NextLetter, f Follow) document.Document {
	title := l.Title(in.Role)
	d := in.ownPaper("提交说明")
	d.Blocks = append(d.Blocks, document.Title{Text: "提交说明"},
		document.Paragraph{Spans: plain("给您自己看，不用提交。" + title + "，交给：" + in.Recipient.Name + "。"), Indent: true})
	items := []string{"先逐字读一遍；与事实不符的，在网页“交出去”那一步改了记录，再写一次。有空白横线的，打印后手写。签名、捺印、写日期。",
		"附件按编号排在信的后面，都在这个文件夹里；交复印件或者打印件，原件自己留着。", channels(in.Recipient)}
	if len(f.Shows) > 0 && f.Paper != "" {
		items = append(items, "附件1 是交出去时的原样，里面还看得见后来遮盖的"+strings.Join(f.Shows, "、")+"：不想让对方看到的，不要交这一套，重新做完整的材料，"+
			"那一份是遮盖好的。")
	}
	if len(f.Whole) > 0 {
		items = append(items, labels(f.Whole)+"是整份的记录，里面还有别人的通话和消息，没有放进附件。要附上答复的，把那一条截图加进来，再写一次。")
	}
	const at = "在网页“交出去”那一步"
	to, do := " --to "+string(in.askedAs()), "用命令记的：juzheng track 案件夹 "
	if l.Notes != nil {
		items = append(items, l.Notes(in, f)...)
	}
	switch l.Name {
	case UnansweredName, EscalateName:
		items = append(items, "交了以后，"+at+"记一笔，勾上“交的不是这份材料”。", do+"filed"+to+" --own --on 日期 --receipt 单号。")
	case evidence.Withdrawal:
		items = append(items, "交了以后，"+at+"记一笔：“我撤回了”。", do+"withdraw"+to+" --on 日期。")
	case evidence.Thanks:
		items = append(items, "交了以后，"+at+"结束这一处。", do+"close"+to+"。")
	default:
		items = append(items, "交了以后，"+at+"记一笔（“又交了别的”）。",
			do+"filed"+to+" --letter "+l.Name+" --on 日期 --receipt 单号。")
	}
	if l.Warning.ZH != "" {
		items = slices.Insert(items, 0, l.Warning.ZH)
	}
	for n, s := range items {
		d.Blocks = append(d.Blocks, document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Hang: true})
	}
	return d
}

// askedAs is the role by which the person asks for these papers: of a lender whose own app
// it is, lender.
func (in Input) askedAs() evidence.Role { return track.RoadTo(in.Role, in.Recipient).Asked }
