package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// told asks whether messages that read so tell of a call that somebody else
// had.
func (l *lister) told() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if i.Use != evidence.No && phrase.Tells(l.Case, i) && !l.speakerOpen(i) && !l.speakerSaid(i) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Told, "", rows, func(evidence.Incident) string { return "" }) {
		var zh []string
		var list []evidence.Text
		for _, i := range g {
			one := tellerOf(i) + "：“" + short(i.Shown) + "”"
			zh, list = append(zh, one), append(list, evidence.Text{ZH: one, EN: one})
		}
		q := Question{Kind: Told, Parts: len(g), List: list, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g),
			Quote: strings.Join(zh, " ")},
			Text: evidence.Text{
				ZH: fmt.Sprintf("这 %d 条，哪几条是别人把接到催收的事告诉您？%s", len(g), inOrder(list).ZH),
				EN: fmt.Sprintf("Which of these %d messages tell you that the writer was contacted by the collector? %s",
					len(g), inOrder(list).EN)},
			Why: evidence.Text{ZH: "读起来是别人在转告，不是催收发来的：这两样在信里写法不同",
				EN: "they read as passed on by somebody, not sent by the collector: letters word the two differently"},
			Effect: evidence.Text{
				ZH: "是的，信里写成“某某转告”；妈妈、哥哥这样的称呼，说打给了自己的，记为联系到亲友，别的接着问打给了谁",
				EN: "if so, letters say that that person told of it; who is called mum or brother and says that they " +
					"were called is noted as family, of others you are asked"},
			Choices: yesNo("都是", "all of them", "都不是", "none")}
		if len(g) == 1 {
			q.Text = evidence.Text{ZH: "这条是别人把接到催收的事告诉您吗？" + zh[0],
				EN: "Does this message tell you that the writer was contacted by the collector? " + zh[0]}
			q.Choices = yesNo("是", "yes", "不是", "no")
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				if !isYes(value, n+1, len(g)) {
					out = append(out, Edit{Row: i.ID, Column: "role", Value: string(evidence.RoleOther)})
					continue
				}
				out = append(out, Edit{Row: i.ID, Column: "told by", Value: tellerOf(i) + "，" + whenZH(i) + "告诉"},
					Edit{Row: i.ID, Column: "reached", Value: string(l.tellerReached(i))},
					Edit{Row: i.ID, Column: "use", Value: yes})
			}
			return out, nil
		})
	}
}

// ownerNamed is who somebody is whose phone is among the files, named after
// them, and whose it is was said: 妈妈 of 妈妈的vivo.
func (l *lister) ownerNamed(name string) evidence.Reached {
	for _, d := range l.Devices {
		if len([]rune(name)) > 1 && d.Owner.Third() && strings.Contains(d.Name, name) {
			return d.Owner
		}
	}
	return evidence.ReachedUnknown
}

// calledMe are words by which a teller says that it was they who were called.
var calledMe = lazyregexp.New(`(?:打|找|联系|骚扰|发|电话|短信)(?:到|给)?我|给我(?:打|发)|又打来|我这`)

// calledOthers are words by which it was somebody else of theirs.
var calledOthers = lazyregexp.New(`我们?(?:的|家)?(?:单位|公司|店|同事|领导|老板|朋友|邻居|同学)`)

// tellerReached is who was reached by what somebody tells of, as far as that is
// plain: the teller themselves, whose phone is among the files or whom the
// person's phone calls mum or brother.
func (l *lister) tellerReached(i evidence.Incident) evidence.Reached {
	if who := l.ownerNamed(i.Name); who != evidence.ReachedUnknown {
		return who
	}
	if evidence.IsFamily(i.Name) && calledMe.MatchString(i.Shown) && !calledOthers.MatchString(i.Shown) {
		return evidence.ReachedFamily
	}
	return evidence.ReachedUnknown
}

// tellerOf is who tells of something, by the name on the picture or in the log. 对方 is the
// party complained of, and never who tells of it.
func tellerOf(i evidence.Incident) string { return cmp.Or(i.Name, i.Number, nobodyNamed) }

const nobodyNamed = "有人"

func whenZH(i evidence.Incident) string {
	if i.Time.IsZero() {
		return ""
	}
	return i.Time.At.In(evidence.Beijing).Format("2006年1月2日15:04")
}

// whenEN is the same for an English reader.
func whenEN(i evidence.Incident) string {
	if i.Time.IsZero() {
		return ""
	}
	return i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04")
}

// short is the beginning of a text.
func short(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

// third reports whether an act reached somebody who does not owe the debt.
func (l *lister) third(i evidence.Incident) bool {
	return i.Reached.Third() && i.Reached != evidence.ReachedGuarantor
}

// contact reports that a harassed contact complains.
func (l *lister) contact() bool { return l.Case.Complainant.Kind == evidence.Contact }

// whom names the person reached by a row: the phone it came to, or who told.
func (l *lister) whom(i evidence.Incident) string {
	if i.ToldBy != "" {
		teller, _, _ := strings.Cut(i.ToldBy, "，")
		return teller
	}
	if _, name, _ := l.owner(i); name != "" {
		return name
	}
	return i.Reached.Title().ZH
}

// reached asks who was reached, where that is open: of what somebody tells, of
// what came from the collecting side to a phone whose row says nothing, and once
// more where the row's own words or another answer speak against it.
func (l *lister) reached() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		talk := i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message
		_, _, other := l.owner(i)
		switch {
		case !l.Case.Concerns(i) || !talk || i.Direction == evidence.Out:
		case l.notReached(i).ZH != "":
			if !l.phoneOpen(i) { // else the phone is asked about
				rows = append(rows, i)
			}
		case i.Reached != evidence.ReachedUnknown, other && i.ToldBy == "": // the phone is asked about
		default:
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Reached, "", rows, func(i evidence.Incident) string {
		if i.ToldBy != "" {
			return "told by " + l.whom(i) + l.notReached(i).ZH // by whatever way they told it
		}
		return l.whom(i) + fmt.Sprint(i.Kind) + l.notReached(i).ZH
	}) {
		l.askReached(g)
	}
}

// notReached is what speaks against who a row says was reached; empty: nothing
// does.
func (l *lister) notReached(i evidence.Incident) evidence.Text {
	for _, code := range []evidence.DoubtCode{evidence.WordsToOther, evidence.WordsToSelf} {
		if t := l.against(code, i.ID); t.ZH != "" {
			return t
		}
	}
	for _, d := range l.doubts[i.ID] {
		if d.Code == evidence.ToldThemselves {
			return evidence.Text{ZH: "“是否透露欠款”填的是“是”", EN: "“disclosed debt” is yes"}
		}
	}
	return evidence.Text{}
}

// unrelated answers that words are of a debt of somebody else's, and none of
// this matter.
const unrelated = "unrelated"

func (l *lister) askReached(g []evidence.Incident) {
	i, against := g[0], l.notReached(g[0])
	q := Question{Kind: Reached, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Against: against.ZH},
		Why: evidence.Text{ZH: "打给您和打给别人，规定不一样", EN: "calls to you and to others are under different rules"},
		Effect: evidence.Text{ZH: "打给别人的，接着问对方说没说您欠款；没有回答以前，不写进信里",
			EN: "of others you are asked next whether they were told of the debt; until you answer it stays out"},
		Choices: people(evidence.Text{ZH: "我本人", EN: "me"})}
	switch {
	case against.ZH != "" && i.Reached.Third():
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("%s的这一次写着找到的是%s。可是 %s，像是对您本人说的。找到的到底是谁？", daysOf(g), i.Reached.Title().ZH,
				against.ZH),
			EN: fmt.Sprintf("It is written that %s was reached (%s). But %s seems to be said to yourself. Who was it?",
				i.Reached.Title().EN, daysEN(g), against.EN)}
	case against.ZH != "" && i.Disclosed == evidence.Yes && l.against(evidence.WordsToOther, i.ID).ZH == "":
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("%s的这一次写着找到的是您本人，%s：对您自己说起欠款，不是透露。找到的到底是谁？", daysOf(g), against.ZH),
			EN: fmt.Sprintf("It is written that you were reached (%s), and %s: to speak of it to yourself discloses "+
				"nothing. Who was it?", daysEN(g), against.EN)}
	case against.ZH != "":
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("%s的这一次写着找到的是您本人。可是 %s，像是对别人说的。找到的到底是谁？", daysOf(g), against.ZH),
			EN: fmt.Sprintf("It is written that you were reached (%s). But %s seems to be said to somebody else. Who "+
				"was it?", daysEN(g), against.EN)}
		q.Choices = append(q.Choices, Choice{unrelated, evidence.Text{ZH: "说的是别人的欠款，和这件事无关",
			EN: "it is about a debt of somebody else's, and not of this matter"}})
	case i.ToldBy != "":
		who := l.whom(i)
		q.Text = evidence.Text{ZH: fmt.Sprintf("%s转告的这 %d 次，催收找的是谁？", who, len(g)),
			EN: fmt.Sprintf("Whom did the collector contact, in the %d cases %s told you of?", len(g), who)}
		if q.Prefill = string(suggested(g)); q.Prefill != "" {
			q.Source = evidence.Text{ZH: "转告的话", EN: "the words of the message"}
		}
	default:
		which := whichOf(g)
		q.Text = evidence.Text{ZH: fmt.Sprintf("这 %d 次（%s），找到的是谁？%s", len(g), daysOf(g), which.ZH),
			EN: fmt.Sprintf("Who was reached in these %d cases (%s)? %s", len(g), daysEN(g), which.EN)}
	}
	l.add(q, func(value string) ([]Edit, error) { return l.reachedEdits(g, evidence.Reached(value)), nil })
}

// reachedEdits say who was reached. Who insists on somebody else, whatever the
// words, says whose the file is; what was said to oneself discloses nothing.
func (l *lister) reachedEdits(g []evidence.Incident, who evidence.Reached) []Edit {
	if who == unrelated {
		return cellsOf(g, "use", no)
	}
	out := cellsOf(g, "reached", string(who))
	for _, i := range g {
		switch {
		case who == evidence.ReachedSelf && i.Reached == who && i.Disclosed == evidence.Yes:
			out = append(out, Edit{Row: i.ID, Column: "disclosed debt", Value: ""})
		case who.Third() && l.against(evidence.WordsToSelf, i.ID).ZH != "":
			for _, x := range i.Exhibits {
				for _, note := range []string{evidence.NotePhoneOf, evidence.NotePhoneSure} {
					out = append(out, Edit{Exhibit: x, Note: note, Value: string(who),
						Detail: "看过材料里的话以后，仍然这样回答"})
				}
			}
		}
	}
	return out
}

// suggested is who was reached, as far as the words of hearsay say.
func suggested(rows []evidence.Incident) evidence.Reached {
	for _, i := range rows {
		switch {
		case evidence.IsFamily(i.Name):
			return evidence.ReachedFamily
		case strings.Contains(i.Shown, "单位") || strings.Contains(i.Shown, "公司") || strings.Contains(i.Shown, "座机"):
			return evidence.ReachedWorkplace
		}
	}
	return evidence.ReachedUnknown
}

// daysOf names the days of rows, the first few of many.
func daysOf(rows []evidence.Incident) string {
	days, more := daysIn(rows, "1月2日", "时间不详")
	if more > 0 {
		return strings.Join(days, "、") + fmt.Sprintf("等%d天", len(days)+more)
	}
	return strings.Join(days, "、")
}

// daysEN is the same for an English reader.
func daysEN(rows []evidence.Incident) string {
	days, more := daysIn(rows, "2 January", "no date")
	if more > 0 {
		return strings.Join(days, ", ") + fmt.Sprintf(" and %d more days", more)
	}
	return strings.Join(days, ", ")
}

// daysIn are the days of rows in a form, each once, and how many more there are.
func daysIn(rows []evidence.Incident, form, unknown string) (days []string, more int) {
	for _, i := range rows {
		d := unknown
		if !i.Time.IsZero() {
			d = i.Time.At.In(evidence.Beijing).Format(form)
		}
		if !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	const most = 8
	return days[:min(len(days), most)], max(0, len(days)-most)
}

// listOf lists rows with a number before each, for a reader of either language.
func listOf(rows []evidence.Incident, say func(evidence.Incident) evidence.Text) evidence.Text {
	var out []evidence.Text
	for _, i := range rows {
		out = append(out, say(i))
	}
	return inOrder(out)
}

// inOrder puts a number before each thing of a list.
func inOrder(list []evidence.Text) evidence.Text {
	var zh, en []string
	for n, t := range list {
		zh, en = append(zh, fmt.Sprintf("%d %s", n+1, t.ZH)), append(en, fmt.Sprintf("%d %s", n+1, t.EN))
	}
	return evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// quoted are the words of a row with when they came.
func quoted(i evidence.Incident) evidence.Text {
	words := "“" + short(i.Shown) + "”"
	return evidence.Text{ZH: whenZH(i) + words, EN: strings.TrimSpace(whenEN(i) + " " + words)}
}

// directions asks who called whom, of recordings of somebody else's phone that do
// not tell: who called the collector themselves was not contacted by them.
func (l *lister) directions() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if l.Case.Concerns(i) && l.third(i) && l.wayOpen(i) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Direction, "", rows, l.whom) {
		who, which := l.whom(g[0]), whichOf(g)
		q := Question{Kind: Direction, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("“%s”和催收之间的这 %d 次通话（%s），录音没有记是谁打给谁。是对方打过来的吗？%s", who, len(g), daysOf(g),
					which.ZH),
				EN: fmt.Sprintf(
					"The recordings of %d calls between “%s” and the collector (%s) do not tell who called "+
						"whom. Did the collector call? %s", len(g), who, daysEN(g), which.EN)},
			Why: evidence.Text{ZH: "对方打过来的，才是催收去找了别人；文件里看不出来，请问一问接电话的人",
				EN: "only where they called was somebody else contacted; no file tells, so ask whoever spoke"},
			Effect: evidence.Text{ZH: "对方打来的，作为您的陈述写进信里，接着问说没说您欠款；打过去的，不写；没有回答以前，不写进信里",
				EN: "where they called, letters give it as your own statement, and you are asked next whether they " +
					"told of the debt; else it stays out, as it does until you answer"},
			Choices: []Choice{{string(evidence.In), evidence.Text{ZH: "都是对方打来的", EN: "they called, each time"}},
				{string(evidence.Out), evidence.Text{ZH: "都是“" + who + "”打过去的", EN: "“" + who + "” called them"}}}}
		if len(g) == 1 {
			q.Choices[0].Text, q.Choices[1].Text.ZH = evidence.Text{ZH: "对方打来的", EN: "they called"}, "“"+who+"”打过去的"
		} else {
			q.Choices = append(q.Choices, waysApart)
		}
		l.add(q, func(value string) ([]Edit, error) { return cellsOf(g, "direction", value), nil })
	}
}

// waysApart is the answer that who called whom differs within a group.
var waysApart = Choice{apart, evidence.Text{ZH: "有的打来、有的打过去，分开再问", EN: "some were, some were not: ask me in parts"}}

// wayOpen reports a call of which nobody has said who called whom.
func (l *lister) wayOpen(i evidence.Incident) bool {
	return slices.ContainsFunc(l.doubts[i.ID], func(d evidence.Doubt) bool { return d.Code == evidence.WayNotSaid })
}

// toOthers are the acts of the collecting side that reached somebody who does
// not owe the debt.
func (l *lister) toOthers() []evidence.Incident {
	var out []evidence.Incident
	for _, i := range l.Incidents {
		if l.Case.Concerns(i) && l.third(i) && i.Direction != evidence.Out && !l.contact() && !l.wayOpen(i) {
			out = append(out, i)
		}
	}
	return out
}

// spoke reports that something can have been said: a call that was answered, a
// message without words that were read.
func spoke(i evidence.Incident) bool {
	switch i.Kind {
	case evidence.Call:
		return i.Answered != evidence.No
	case evidence.SMS, evidence.Message:
		return true
	}
	return false
}

// written reports a message whose words are there to be read.
func written(i evidence.Incident) bool {
	return (i.Kind == evidence.SMS || i.Kind == evidence.Message) && i.Shown != ""
}

// silent reports hearsay that says nothing of a debt.
func silent(i evidence.Incident) bool { return i.ToldBy != "" && i.Shown != "" && !saysDebt(i.Shown) }

// saysDebt reports whether hearsay speaks of a debt.
func saysDebt(s string) bool {
	return slices.ContainsFunc([]string{"欠", "贷款", "借款", "逾期", "还钱", "还款", "不还", "债"},
		func(w string) bool { return strings.Contains(s, w) })
}

func asserted(i evidence.Incident, rule string) bool {
	return slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return b.Rule() == rule })
}
