package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/track"
)

// today is the day of this run in Beijing.
func (e *env) today() time.Time {
	now, err := e.clock()
	if err != nil {
		return e.now()
	}
	return now
}

// writeLanes prints lanes: each in a line, and what comes next below it. Commands
// stand in lines of their own, whole: they are copied.
func writeLanes(w io.Writer, all []desk.Lane, dir string, today time.Time, lang string) {
	for _, l := range all {
		io.WriteString(w, onScreen(laneHead(l, lang)+text{ZH: "：", EN: ": "}.In(lang)+laneState(l, today).In(lang)+
			"\n"))
		for _, s := range laneNext(l, dir) {
			io.WriteString(w, onScreen("   "+s.say.In(lang)+"\n"))
			for _, c := range s.run {
				fmt.Fprintf(w, "     %s\n", c.In(lang))
			}
		}
	}
}

// filedLanes are those in which something was handed in.
func filedLanes(all []desk.Lane) []desk.Lane {
	return slices.DeleteFunc(slices.Clone(all), func(l desk.Lane) bool { return l.Base < 0 })
}

// writeHandedIn prints the lanes in which something was handed in.
func writeHandedIn(w io.Writer, all []desk.Lane, dir string, today time.Time, lang string) {
	if all = filedLanes(all); len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "已经提交的", EN: "Handed in"}.In(lang))
	writeLanes(w, all, dir, today, lang)
	fmt.Fprintln(w)
}

// laneHead is whose lane it is, and by what word it is asked for.
func laneHead(l desk.Lane, lang string) string {
	name := visible(l.Recipient.Name)
	if l.Role == "" {
		return name
	}
	if l.Role == evidence.ToForward {
		name += text{ZH: "（请转办）", EN: " (to pass on)"}.In(lang)
	}
	return name + fmt.Sprintf(text{ZH: "（%s）", EN: " (%s)"}.In(lang), l.Asked)
}

// laneState says where a lane stands, in one line.
func laneState(l desk.Lane, today time.Time) text {
	f := l.Filing
	filed := text{ZH: f.Date + " 提交", EN: "filed on " + f.Date}
	if f.Receipt != "" {
		filed.ZH, filed.EN = filed.ZH+"，编号 "+visible(f.Receipt), filed.EN+", number "+visible(f.Receipt)
	}
	with := func(state text) text {
		return text{ZH: state.ZH + "（" + filed.ZH + "）", EN: state.EN + " (" + filed.EN + ")"}
	}
	until := l.Until.Format(time.DateOnly)
	switch l.State {
	case track.ToSign:
		if l.Next == track.Build {
			return text{ZH: "材料还没有做", EN: "no papers yet"}
		}
		return text{ZH: "待签名、提交", EN: "to sign and hand in"}
	case track.ToSend:
		return text{ZH: "待提交（签名扫描件已经放好）", EN: "to send (the signed scan lies with the papers)"}
	case track.Waiting:
		return with(waitWords(l, until))
	case track.Overdue:
		days := int(dayOnly(today).Sub(dayOnly(l.Until)).Hours() / 24)
		return with(fill(text{ZH: "已超期 %[1]d 天：等到 %[2]s 没有答复", EN: "overdue by %[3]s: no answer until %[2]s"},
			days, until, daysIn(days)))
	case track.Answered:
		on := f.Answered
		if on == "" {
			return with(text{ZH: "已答复，没有写日期", EN: "answered, the day is not on record"})
		}
		return with(text{ZH: on + " 已答复" + bracket(outcomeWords[f.Outcome].ZH), EN: "answered on " + on +
			bracketEN(outcomeWords[f.Outcome].EN)})
	}
	if f.Withdrawn != "" {
		return with(text{ZH: f.Withdrawn + " 已撤回", EN: "withdrawn on " + f.Withdrawn})
	}
	return with(text{ZH: f.Closed + " 已结束", EN: "closed on " + f.Closed})
}

// waitWords say until when an answer is waited for, and on what ground.
func waitWords(l desk.Lane, until string) text {
	t, ok := l.Running()
	if !ok {
		return fill(text{ZH: "等到 %[1]s 左右（没有查到对方必须在几日内答复的规定，这是给自己的提醒）",
			EN: "waiting until about %[1]s (no rule sets a term; a reminder for yourself)"}, until)
	}
	about := text{}
	unit := text{ZH: "日", EN: " days"}
	if t.Working {
		unit = text{ZH: "个工作日", EN: " working days"}
	}
	if t.About() {
		about = text{ZH: "约 ", EN: "about "}
	}
	checked := text{}
	if !t.Checked() {
		checked = text{ZH: "，未核对", EN: ", not checked"}
	}
	return text{
		ZH: fmt.Sprintf("等到 %s%s（%d%s，依据%s%s）", about.ZH, until, t.Days, unit.ZH, t.Basis, checked.ZH),
		EN: fmt.Sprintf("waiting until %s%s (%d%s, by %s%s)", about.EN, until, t.Days, unit.EN,
			inWords([]string{t.Basis}, "en", ""), checked.EN)}
}

func dayOnly(t time.Time) time.Time {
	y, m, d := t.In(evidence.Beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return "，" + s
}

func bracketEN(s string) string {
	if s == "" {
		return ""
	}
	return ", " + s
}

// outcomeWords say what an answer comes to.
var outcomeWords = map[evidence.Outcome]text{
	evidence.Satisfied:   {ZH: "满意", EN: "satisfied"},
	evidence.Unsatisfied: {ZH: "不满意", EN: "not satisfied"},
	evidence.WantsMore:   {ZH: "要求补材料", EN: "asks for papers"},
	evidence.WantsBack:   {ZH: "要求撤回", EN: "asks for it to be withdrawn"},
	evidence.NoAnswer:    {ZH: "没有答复", EN: "no answer"},
}

// A laneStep is what a person does in a lane, and the commands for it.
type laneStep struct {
	say text
	run []text
}

// laneNext says what comes next, and what else a person must know of a lane.
func laneNext(l desk.Lane, dir string) []laneStep {
	var out []laneStep
	if s := nextStep(l, dir); s.say.ZH != "" {
		out = append(out, s)
	}
	if l.New != "" && l.State != track.Closed {
		out = append(out, laneStep{fill(text{ZH: "提交以后又有了新证据（从 %[1]s 起）；交出去的那份不会变，只补交新的：",
			EN: "exhibits came after the filing (from %[1]s on); what was filed stays as it is, hand in only the new:"},
			l.New),
			[]text{alike("juzheng build " + quote(dir) + " --to " + string(l.Asked) + " --supplement " + l.New)}})
	}
	if l.New == "" && len(l.Added) > 0 && l.State != track.Closed {
		list := fewNumbers(l.Added)
		out = append(out, laneStep{say: fill(text{
			ZH: "提交以后证据多了 %[1]d 份（%[2]s），交出去的那份里没有，也不会变；现在还没有要补交给它的：有关的，先写进时间线、答完问题，再看要不要补交",
			EN: "%[1]d exhibits came after the filing (%[3]s); what was filed is without them and stays as it is. None of " +
				"them has to go there as things stand; see again when the timeline and the questions have what they show"},
			len(l.Added), list.ZH, list.EN)})
	}
	if len(l.Shows) > 0 {
		out = append(out, laneStep{say: fill(text{
			ZH: "注意：交出去的那份（%[1]s）里还看得见后来遮盖的%[2]s。接着写的信会把它附上（附件1）：不想让对方看到的，改做完整的材料（build --to），不要用接着写的信",
			EN: "note: what was filed (%[1]s) shows %[2]s, which is covered since. A letter that follows encloses it (附件1): " +
				"if its recipient is not to see that, make whole papers (build --to) instead of such a letter"},
			quote(visible(l.Kept)), visible(strings.Join(l.Shows, "、")))})
	}
	if len(l.Changed) > 0 {
		out = append(out, laneStep{fill(text{ZH: "注意：%[1]s 里和提交时不一样了：%[2]s。从备份放回来；哪里不同：",
			EN: "note: in %[1]s this is no longer as it was filed: %[2]s. Restore it from a backup; what differs:"},
			quote(visible(l.Kept)), visible(strings.Join(l.Changed, "、"))),
			[]text{alike("juzheng verify " + quote(dir) + " --history")}})
	}
	return out
}

// fewNumbers lists exhibits, the first of many.
func fewNumbers(all []string) text {
	const most = 6
	list, more := all, text{}
	if len(all) > most {
		list, more = all[:most], text{ZH: "……", EN: " ..."}
	}
	return text{ZH: strings.Join(list, "、") + more.ZH, EN: strings.Join(list, ", ") + more.EN}
}

// hotline reports a body that takes a matter by telephone or on its page.
func hotline(r evidence.Role) bool {
	return slices.Contains([]evidence.Role{evidence.To12345, evidence.To12315, evidence.To12321, evidence.To12377}, r)
}

// alike is what is typed alike in both languages.
func alike(s string) text { return text{ZH: s, EN: s} }

// nextStep says what a person does next in a lane.
func nextStep(l desk.Lane, dir string) laneStep {
	to := laneTo(l)
	do := "juzheng track " + quote(dir) + " "
	filed := text{ZH: do + "filed --to " + to + " --on 日期 --receipt 单号", EN: do + "filed --to " + to +
		" --on DATE --receipt NO"}
	answered := text{ZH: do + "answered --to " + to + " --on 日期 --how 结果", EN: do + "answered --to " + to +
		" --on DATE --how WHAT"}
	next := func(zh, en string, run ...text) laneStep {
		return laneStep{text{ZH: "下一步：" + zh, EN: "next: " + en}, run}
	}
	switch l.Next {
	case track.Build:
		return next("做材料", "make the papers", alike("juzheng build "+quote(dir)+" --to "+to))
	case track.Sign:
		switch {
		case l.Role.Draft():
			return next("这是草稿：先请律师看过、改好，再签名提交；交了记下来：",
				"a draft: let a lawyer read and mend it, then sign and hand in; then write it down:", filed)
		case hotline(l.Role):
			return next("打电话说，或者在网上填（文字在“网页表单.txt”里）；交了记下来：",
				"say it on the telephone, or fill in the page (网页表单.txt has the text); then write it down:", filed)
		}
		return next("打印、签名、捺印，提交；交了记下来：", "print, sign, hand in; then write it down:", filed)
	case track.Send:
		return next("提交；交了记下来：", "hand it in; then write it down:", filed)
	case track.Wait:
		return next("等。有答复、受理通知就记下来：", "wait; write down what comes:", answered)
	case track.Remind:
		if l.Role == "" { // no letter is made for it
			return next("打电话问进度；一直没有答复的，记下来：", "ask on the telephone; if nothing comes, write that down:",
				alike(do+"answered --to "+to+" --how none"))
		}
		return next("书面催一次（也可以先打电话问是不是延长了期限）。一直没有答复的，记下来：",
			"ask again in writing, or on the telephone whether the term was extended; if nothing comes, write "+
				"that down:",
			alike("juzheng build "+quote(dir)+" --letter reminder --to "+to),
			alike(do+"answered --to "+to+" --how none"))
	case track.Unanswered:
		return unansweredStep(l, dir)
	case track.Say:
		run := answered
		if on := l.Filing.Answered; on != "" {
			run = text{ZH: do + "answered --to " + to + " --on " + on + " --how 结果", EN: do + "answered --to " + to +
				" --on " + on + " --how WHAT"}
		}
		return next("答复满意不满意，记下来：", "is the answer satisfying? write it down:", run)
	case track.Supply:
		return next("补交要求的材料，交了记下来；已经交过又来要的，书面说明：",
			"hand in what is asked for, then write it down; where they have it already, say so in writing:",
			text{ZH: do + "filed --to " + to + " --letter supplement --on 日期", EN: do + "filed --to " + to +
				" --letter supplement --on DATE"})
	case track.Consider:
		return next("撤不撤回由您决定，撤回以后同一件事一般不再受理；问题没有解决的不用撤。真的撤了再记：",
			"it is yours to decide; what was withdrawn is in general not taken again. If you did:",
			text{ZH: do + "withdraw --to " + to + " --on 日期", EN: do + "withdraw --to " + to + " --on DATE"})
	case track.Contest:
		return contestStep(l, dir)
	case track.Close:
		return next("办完了，结束这一处：", "done; close it:", alike(do+"close --to "+to))
	}
	return laneStep{}
}

// laneTo is by what word a lane is asked for: a body that no letter is made for by
// its name.
func laneTo(l desk.Lane) string {
	if l.Role == "" {
		return quote(visible(l.Recipient.Name))
	}
	return string(l.Asked)
}

// respondent reports whether a lane is that of whom the complaint is about.
func respondent(l desk.Lane) bool {
	return l.Role == evidence.ToPlatform || l.Role == evidence.ToLender
}

// toSupervisor are the letters to the supervisor that are made in this case.
func toSupervisor(l desk.Lane) string {
	if l.Forward {
		return "regulator,forward"
	}
	return "regulator"
}

// unansweredStep is for a term that went by without an answer.
func unansweredStep(l desk.Lane, dir string) laneStep {
	if respondent(l) {
		return laneStep{text{ZH: "下一步：没有答复会写进给监管部门的信，再做一次材料；举报书已经交过的，另做逾期未获答复的那一封：",
			EN: "next: that nothing came goes into the letters to the supervisor; where it has those, write the one " +
				"about no answer:"},
			[]text{alike("juzheng build " + quote(dir) + " --to " + toSupervisor(l)),
				alike("juzheng build " + quote(dir) + " --letter unanswered --to regulator")}}
	}
	out := laneStep{say: text{ZH: "下一步：书面催一次，要一个书面答复；仍然没有的，向它的上级机关反映，或者拨打 12348 问能不能申请行政复议",
		EN: "next: ask for an answer in writing; else turn to the body above it, or ask 12348 about administrative " +
			"review"}}
	if l.Role.ToSupervisor() {
		out.say.ZH += "。" + reviewTerm.ZH
		out.say.EN += ". " + reviewTerm.EN
	}
	if l.Role == evidence.ToAssociation { // it regulates itself and is no organ of the state
		out.say = text{ZH: "下一步：书面催一次，要一个书面答复。它是行业自律组织，不是行政机关，不能对它申请行政复议；仍然没有的，放款机构的事另向监管部门举报",
			EN: "next: ask for an answer in writing. It is an association of the trade and no organ of the state: no " +
				"administrative review lies against it; if nothing comes, report the lender to its supervisor"}
	}
	if l.Role != "" {
		out.run = []text{alike("juzheng build " + quote(dir) + " --letter reminder --to " + string(l.Asked))}
	}
	return out
}

// reviewTerm is within what time administrative review can be asked for, and what it
// wants (行政复议法, 2023, Articles 11 and 20).
var reviewTerm = text{ZH: "不服处理决定，或者它不履行职责的，自知道之日起六十日内可以申请行政复议（《行政复议法》第十一条、第二十条），要能说明自己的权益受了影响",
	EN: "of its decision, or of its doing nothing, administrative review can be asked for in sixty days from when you " +
		"knew (Administrative Reconsideration Law, Art. 11 and 20), where your own rights are touched"}

// reviewUntil is the last day of it, where the day of the answer is on record.
func reviewUntil(l desk.Lane) text {
	answered, err := time.ParseInLocation(time.DateOnly, l.Filing.Answered, evidence.Beijing)
	if err != nil {
		return text{}
	}
	const days = 60
	until := answered.AddDate(0, 0, days).Format(time.DateOnly)
	return text{ZH: "；从答复的次日算，到 " + until, EN: "; from the day after the answer until " + until}
}

// contestStep is for an answer that does not satisfy.
func contestStep(l desk.Lane, dir string) laneStep {
	build := "juzheng build " + quote(dir)
	if respondent(l) {
		out := laneStep{text{ZH: "下一步：答复有错的，写异议书；不再和它说的，答复会写进给监管部门的信，再做一次材料；给监管部门的已经交过的，另写一封，只说这次的答复：",
			EN: "next: object to the answer point by point; or make the letters to the supervisor anew, which tell of " +
				"it, and where it has those, write the one about this answer alone:"},
			[]text{alike(build + " --letter disputed --to " + string(l.Asked)),
				alike(build + " --to " + toSupervisor(l)), alike(build + " --letter escalate --to regulator")}}
		if l.Recheck {
			out.say.ZH = strings.Replace(out.say.ZH, "写异议书；", "写异议书，或者请它的上级核查；", 1)
			out.say.EN = strings.Replace(out.say.EN, "point by point;", "point by point, or ask the body above it to "+
				"look again;", 1)
			out.run = slices.Insert(out.run, 1, alike(build+" --letter recheck --to "+string(l.Asked)))
		}
		return out
	}
	out := laneStep{text{ZH: "下一步：看答复里写的救济办法和期限（例如行政复议、复查），拿不准的拨打 12348 问。可以写异议书；不再办的，结束这一处：",
		EN: "next: see what the answer says of review and its term, or ask 12348; you can object to it, or leave it " +
			"and close:"},
		[]text{alike("juzheng track " + quote(dir) + " close --to " + laneTo(l))}}
	if l.Role.ToSupervisor() {
		out.say.ZH = strings.TrimSuffix(out.say.ZH, "：") + "。" + reviewTerm.ZH + reviewUntil(l).ZH + "："
		out.say.EN = strings.TrimSuffix(out.say.EN, ":") + ". " + reviewTerm.EN + reviewUntil(l).EN + ":"
	}
	if l.Role == evidence.ToAssociation {
		out.say = text{ZH: "下一步：可以写异议书。它是行业自律组织，不是行政机关，不能对它申请行政复议；放款机构的事可以另向监管部门举报。不再办的，结束这一处：",
			EN: "next: you can object to it. It is an association of the trade and no organ of the state: no " +
				"administrative review lies against it; the lender can be reported to its supervisor. Or close:"}
	}
	if l.Role == "" { // no letter is made for it
		out.say = text{ZH: "下一步：看答复里写的救济办法和期限（例如行政复议、复查），拿不准的拨打 12348 问；不再办的，结束这一处：",
			EN: "next: see what the answer says of review and its term, or ask 12348; or leave it and close:"}
	} else {
		out.run = slices.Insert(out.run, 0, alike(build+" --letter disputed --to "+string(l.Asked)))
	}
	return out
}

// daysIn counts days in English.
func daysIn(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
