package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/lazyregexp"
)

// fact is one act in one sentence without its full stop.
func (in paper) fact(rule string, i evidence.Incident) string {
	if f, ok := in.filing(i); ok {
		return in.complained(f)
	}
	if i.ToldBy != "" {
		return in.told(i)
	}
	when := in.when(i) + "，"
	if in.pictureTime(i) != "" { // of a picture it is known when it was made, and not when that was sent
		when = in.when(i) + "的画面显示，"
	}
	s := when + in.act(i)
	if refusal(rule, i) {
		s = when + in.refused(i) + in.unsure(i)
	}
	if i.Kind == evidence.Other && i.Shown != "" && evidence.KindOf(rule).OnPaper {
		s = in.when(i) // a page, a bill, a report: nobody was reached
	}
	return s + in.content(rule, i)
}

// wordless is what a log has in the place of a message without words.
var wordless = lazyregexp.New(`^\[(图片|语音|视频|名片|表情|位置|动画表情)\](?: \S+)?$`)

// content is what the file shows of an act, behind what was done; empty where it
// shows no words.
func (in paper) content(rule string, i evidence.Incident) string {
	if i.Shown == "" {
		return ""
	}
	if m := wordless.FindStringSubmatch(strings.TrimSpace(i.Shown)); m != nil {
		return "（" + m[1] + "）"
	}
	words, verbatim := in.words(rule, i)
	switch {
	case !verbatim:
		return "，材料显示：" + words
	case i.Kind != evidence.Call && i.Kind != evidence.Visit:
		return "：" + words
	}
	return "，原话为：" + words
}

// told is hearsay: who told the person, and their words, which are not the
// collector's. What stands behind the name is when, where the person says so;
// the time of the row, said again, is left out.
func (in Input) told(i evidence.Incident) string {
	_, rest := splitTold(i)
	s := in.when(i) + "，" + in.whoTold(i)
	at, timed := evidence.ParseTime(strings.TrimSuffix(strings.TrimSuffix(rest, "本人"), "告诉"))
	switch {
	case timed && sameTime(at, i.Time):
		s += "向本人转告"
	case timed:
		s += "向本人转告（转告时间：" + moment(at) + "）"
	case rest != "":
		s += "（" + in.mask(rest) + "）向本人转告"
	default:
		s += "向本人转告"
	}
	if i.Shown != "" {
		s += "：" + quoted(cutWords(in.mask(i.Shown), mostQuoted))
	}
	return s
}

// splitTold parts who told the person of an act and what stands behind that: when.
func splitTold(i evidence.Incident) (who, rest string) {
	who, rest, _ = strings.Cut(strings.NewReplacer(",", "，", "；", "，", ";", "，").Replace(i.ToldBy), "，")
	return strings.TrimSpace(who), strings.TrimSpace(rest)
}

// whoTold is who told the person of an act, as the recipient may read it.
func (in Input) whoTold(i evidence.Incident) string {
	who, _ := splitTold(i)
	if who = in.mask(who); who != "" && strings.Trim(who, "*") == "" { // called by a given name alone
		return "一人（姓名已隐去）"
	}
	return who
}

// sameTime reports whether a time is b, as exactly as it says.
func sameTime(a, b evidence.Time) bool {
	layout := map[evidence.Precision]string{evidence.ToMinute: "2006-01-02 15:04",
		evidence.ToDay: time.DateOnly}[a.Precision]
	if layout == "" {
		layout = time.DateTime
	}
	return a.At.In(evidence.Beijing).Format(layout) == b.At.In(evidence.Beijing).Format(layout)
}

// refuser is who refused further contact: the contact who complains, or the
// person reached.
func (in Input) refuser(i evidence.Incident) string {
	if in.contact() {
		return "本人"
	}
	if to := in.target(i.Reached); i.Reached.Third() && to != "" {
		return to
	}
	return "被联系人"
}

// refusal reports an act told as the refusal that what came after it went against: under
// another kind the same call is what the collector did in it.
func refusal(rule string, i evidence.Incident) bool {
	return rule == "V03" && slices.Contains(i.Asserted, "V03a")
}

// refused says who refused to be contacted, and to which number or account.
func (in Input) refused(i evidence.Incident) string {
	s := in.refuser(i)
	if to := cmp.Or(i.Number, i.Account()); to != "" && i.Direction == evidence.Out && s == "本人" {
		s += "向" + in.mask(to)
	}
	return s + "表示拒绝"
}

// byWord is what stands behind the exhibits of an act as the person's word:
// that nobody answered, what asking at the source gave, or what did not
// happen.
func (in Input) byWord(rule string, i evidence.Incident) string {
	if f, ok := in.filing(i); ok {
		return in.unanswered(f)
	}
	said := tellingOf(rule)
	if how := i.Checked(); how != "" && said.untrue != "" {
		return "；据本人核实（" + oneLine(in.mask(how)) + "），" + said.untrue + "不属实"
	}
	if rule == creditRecord && i.Untrue == evidence.Yes { // a record of one's own account
		return "；据本人陈述，该记载与事实不符"
	}
	for _, b := range i.Asserted {
		if s := said.unseen[b]; s != "" {
			return "；" + s
		}
	}
	return ""
}

// filing is the earlier complaint an incident stands for: the rules make F1
// of case.toml's first, and so on.
func (in Input) filing(i evidence.Incident) (evidence.Filing, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(i.ID, "F"))
	if i.Source != evidence.CaseFile || err != nil || n < 1 || n > len(in.Case.Filings) {
		return evidence.Filing{}, false
	}
	return in.Case.Filings[n-1], true
}

// complained tells of an earlier complaint: what its receipt shows.
func (in Input) complained(f evidence.Filing) string {
	s := isoDay(f.Date) + "向" + in.filedTo(f.To) + "投诉"
	if f.Receipt != "" {
		s += "，编号" + f.Receipt
	}
	return in.mask(s)
}

// unanswered tells how long it was left so, which no receipt shows.
func (in Input) unanswered(f evidence.Filing) string {
	filed, err := time.ParseInLocation(time.DateOnly, f.Date, evidence.Beijing)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("；据本人所知，至%s已%d日，没有得到处理结果", day(in.Date), int(in.Date.In(evidence.Beijing).Sub(filed).Hours()/24))
}

// words are what the file shows. A message, and words that are a breach by
// themselves, are quoted as they stand; a description is not put in quotation
// marks, because nobody said it.
func (in paper) words(rule string, i evidence.Incident) (s string, verbatim bool) {
	most := mostQuoted
	if in.at.Short {
		most = fewQuoted
	}
	s, cut := in.quotable(rule, i, most)
	more := ""
	if cut {
		more = excerpted
	}
	own := strings.ContainsAny(s, "“”\"「")
	message := i.Kind == evidence.SMS || i.Kind == evidence.Message
	speech := evidence.KindOf(rule).Spoken && (i.Kind == evidence.Call || i.Kind == evidence.Mail || message)
	if message && (i.Made() || !own) || speech && !own {
		return quoted(s) + more, true
	}
	return strings.TrimRight(oneLine(s), "。；， ") + more, false
}

// received is what somebody got where nothing names the sender.
var received = map[evidence.IncidentKind]string{evidence.SMS: "收到短信", evidence.Message: "收到消息", evidence.Mail: "收到信函"}

// undirected reports a call off a recording that does not tell who called whom.
func undirected(i evidence.Incident) bool {
	return i.Kind == evidence.Call && i.Made() && i.Direction == evidence.DirectionUnknown
}

// onMailbox reports what was spoken onto a mailbox: a message that a recording holds.
func (in Input) onMailbox(i evidence.Incident) bool {
	return i.Kind == evidence.Message && device.IsRecording(i) && slices.ContainsFunc(in.Exhibits,
		func(x evidence.Exhibit) bool { return x.Number == i.Exhibits[0] && x.Kind == evidence.Recording })
}

// act is who did what to whom, and what speaks against its time.
func (in Input) act(i evidence.Incident) string { return in.done(i) + in.unsure(i) }

// done is who did what to whom. A number can be spoofed, so it is the number
// shown; who sent a message is said only where something names them.
func (in Input) done(i evidence.Incident) string {
	who := "催收方（号码不详）"
	switch {
	case i.Number != "":
		who = "显示号码" + in.number(i)
	case (i.Kind == evidence.Message || i.Kind == evidence.SMS) && i.Name != "" && i.Direction != evidence.Out:
		who = "名为" + quoted(in.mask(i.Name)) + "的账号" // as the picture or the file shows
	case i.Kind == evidence.Visit:
		who = "催收人员"
	case i.Kind != evidence.Call:
		who = "催收方"
	}
	to := in.target(i.Reached)
	switch i.Kind {
	case evidence.Call:
		return in.call(i, who, to)
	case evidence.SMS, evidence.Message, evidence.Mail:
		verb := map[evidence.IncidentKind]string{evidence.SMS: "发送短信", evidence.Message: "发送消息",
			evidence.Mail: "寄送信函"}[i.Kind]
		if in.onMailbox(i) {
			verb = "留下语音留言"
		}
		nameless := i.Number == "" && (i.Name == "" || i.Kind == evidence.Mail)
		if dialogue(i.Shown) { // nobody sent it as it stands
			with := strings.TrimPrefix(who, "显示")
			if nameless || i.Number == "" && i.Reached.Third() {
				with = "对方"
			}
			return cmp.Or(to, "本人") + "与" + with + "的" + kindWord(i) + "往来"
		}
		switch {
		case i.Direction == evidence.Out && nameless:
			return "本人" + verb
		case i.Direction == evidence.Out:
			return "本人向" + strings.TrimPrefix(who, "显示") + verb
		}
		if i.Direction == evidence.DirectionUnknown && i.Reached == evidence.ReachedUnknown && i.Made() && i.Number != "" {
			return "与" + strings.TrimPrefix(who, "显示") + "往来的" + kindWord(i) + "（收发不明）"
		}
		if nameless || i.Number == "" && i.Reached.Third() && to != "" {
			// In somebody else's chat the name can be theirs as well as the
			// sender's: who sent it is what the exhibit shows.
			return to + received[i.Kind]
		}
		return who + with("向", to) + verb
	case evidence.Post:
		return who + in.posted(i)
	case evidence.Visit:
		if i.Reached.Third() && to != "" {
			return who + "上门，接触" + to
		}
		return who + "上门"
	}
	return who + with("联系", to)
}

// posted is what was done with words for everybody to see. A screenshot shows what is online;
// a camera a notice on a door, or the screen of somebody else's telephone.
func (in Input) posted(i evidence.Incident) string {
	online := len(i.Exhibits) > 0
	for _, x := range in.Exhibits {
		if slices.Contains(i.Exhibits, x.Number) && (x.Kind == evidence.Photo || x.Kind == evidence.Video) {
			online = false
		}
	}
	switch {
	case online:
		return "在群聊或网络上发布内容"
	case pastedUp.MatchString(i.Words):
		return "张贴内容"
	}
	return "张贴或者发布内容"
}

// pastedUp are words for paper that was put up; 贴吧 is a forum.
var pastedUp = lazyregexp.New(`张贴|粘贴|贴(?:在|到|了|满)`)

// ownAccount is what the person says themselves of an act at a door, of a notice or a
// letter, beside what the file shows of it; empty: nothing but its words.
func (in Input) ownAccount(i evidence.Incident) string {
	const longest = 120
	words := strings.TrimRight(oneLine(in.mask(i.Words)), "。；， ")
	switch i.Kind {
	case evidence.Post, evidence.Visit, evidence.Mail, evidence.Other:
		if words == "" || i.Shown == "" || i.Checked() != "" || strings.Contains(oneLine(in.mask(i.Shown)), words) {
			return ""
		}
		return "；据本人陈述：" + cutWords(words, longest)
	}
	return ""
}

// speakers are who speaks in words that were copied with them: 周宁：不认识。对方：你是她留的联系人.
var speakers = lazyregexp.New(`(?:^|[。！？!?；;\n]\s*)([\p{Han}*]{1,4}|[A-Za-z]{2,12})\s*[：:]`)

// dialogue reports words of two who speak in turn, one of whom has no name of their own.
func dialogue(s string) bool {
	said := map[string]bool{}
	for _, m := range speakers.FindAllStringSubmatch(s, -1) {
		said[m[1]] = true
	}
	for _, who := range []string{"对方", "我", "本人", "催收", "催收员"} {
		if said[who] && len(said) > 1 {
			return true
		}
	}
	return false
}

func (in Input) call(i evidence.Incident, who, to string) string {
	s := who + "来电"
	switch {
	case undirected(i):
		if to == "" {
			to = "本人"
		}
		s = to + "与" + strings.TrimPrefix(who, "显示") + "通话"
	case i.Direction == evidence.Out && i.Reached.Third() && to != "":
		s = to + "拨打" + strings.TrimPrefix(who, "显示号码")
	case i.Direction == evidence.Out:
		s = "本人拨打" + strings.TrimPrefix(who, "显示号码")
	case i.Reached.Third() && to != "":
		s = who + "致电" + to
	}
	switch {
	case i.Answered == evidence.No:
		s += "，未接通"
	case i.Seconds > 0 && undirected(i):
		s += duration(i.Seconds)
	case i.Seconds > 0:
		s += "，通话" + duration(i.Seconds)
	}
	return s
}

// unsure says of an act what speaks against its time, or that there was none: words of a
// recording are told all the same, and nobody is to take the time for settled. Of an act
// without an exhibit all is the person's word, its time as well.
func (in Input) unsure(i evidence.Incident) string {
	for _, d := range in.Doubts {
		if d.Incident != i.ID {
			continue
		}
		switch d.Code {
		case evidence.AbsentFromList, evidence.TimeInOtherSource, evidence.NameAgainstContainer,
			evidence.RecordedNotAnswered, evidence.ClockOff, evidence.ClockBetween, evidence.ZoneBeside:
			return "（" + notCounted[d.Code] + "，时间待核）"
		case evidence.TypedTime:
			if len(i.Exhibits) > 0 {
				return "（时间是" + in.self() + "填写的，材料没有显示）"
			}
		}
	}
	return ""
}

// target is the person reached, seen by the complainant. In a contact's case
// 紧急联系人 or 亲友 may be the contact: the borrower's view of them. Whose
// phone it was is then left to the exhibit.
func (in Input) target(r evidence.Reached) string {
	switch {
	case r == evidence.ReachedUnknown:
		return ""
	case r == evidence.ReachedSelf:
		return "本人"
	case r == evidence.ReachedStranger:
		return "与债务无关的其他人"
	case in.contact():
		return ""
	}
	return "本人的" + reachedWord(r)
}
