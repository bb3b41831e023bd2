package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// disclosed asks whether the person reached was told of the debt, and once more
// where it was answered that they were not and the message itself tells it.
func (l *lister) disclosed() {
	var rows []evidence.Incident
	for _, i := range l.toOthers() {
		open := i.Disclosed == evidence.Unknown && spoke(i) && !asserted(i, "V01") && !silent(i)
		if open || l.toldAgainst(i).ZH != "" {
			rows = append(rows, i)
		}
	}
	groups := l.groups(Disclosed, "", rows, func(i evidence.Incident) string {
		if i.ToldBy != "" {
			return fmt.Sprint("told", saysDebt(i.Shown), l.whom(i))
		}
		return fmt.Sprint(l.whom(i), written(i) && phrase.TellsDebt(i.Shown) != "", i.Disclosed, l.toldAgainst(i).ZH)
	})
	var together [][]evidence.Incident
	for _, g := range groups {
		if l.neverAsked(g) {
			together = append(together, g)
		}
	}
	if len(together) > 1 {
		l.askPeople(together)
		groups = slices.DeleteFunc(groups, l.neverAsked)
	}
	for _, g := range groups {
		q := Question{Kind: Disclosed, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Why: disclosedWhy, Effect: disclosedEffect,
			Choices: yesNo("都说了", "yes, each time", "都没说", "no, not once")}
		if len(g) == 1 {
			q.Choices = yesNo("说了", "yes", "没说", "no")
		}
		l.wordDisclosed(&q, g)
		l.add(q, func(value string) ([]Edit, error) { return l.disclosedEdits(g, value), nil })
	}
}

// disclosedEdits say of contacts that the debt was told in each, or in none.
func (l *lister) disclosedEdits(g []evidence.Incident, value string) []Edit {
	out := cellsOf(g, "disclosed debt", value)
	for _, i := range g {
		insists := l.against(evidence.WordsSayNoDebt, i.ID).ZH != ""
		if insists && value == no && asserted(i, "V01") {
			out = append(out, withdrawn(i, "V01"))
		}
		if value == yes && i.Words == "" && (i.Shown == "" || insists) {
			out = append(out, Edit{Row: i.ID, Column: "my own words", Value: "这次联系里，对方向被联系的人说了本人欠款的事。"})
		}
	}
	return out
}

// neverAsked reports contacts about which nobody was asked whether the debt was told, and
// against which nothing speaks.
func (l *lister) neverAsked(g []evidence.Incident) bool {
	return !slices.ContainsFunc(g, func(i evidence.Incident) bool {
		_, asked, _ := l.unsure(Disclosed, "", i.ID)
		return asked || l.toldAgainst(i).ZH != ""
	})
}

// askPeople asks of what reached several people, one after the other in one question, whom
// of them was told of the debt: by calls they answered, by messages, as they tell it.
func (l *lister) askPeople(people [][]evidence.Incident) {
	var all []evidence.Incident
	var list []evidence.Text
	for _, g := range people {
		all = append(all, g...)
		list = append(list, l.contactsWith(g))
	}
	said := inOrder(list)
	l.add(Question{Kind: Disclosed, About: About{Incidents: idsOf(all), Exhibits: exhibitsOf(all), Column: "people"},
		Parts: len(people), List: list, Text: evidence.Text{
			ZH: "催收找了这些人，对谁每一次都说了您欠款的事？" + said.ZH,
			EN: "The collector went to these people. To whom did they speak of your debt each time? " + said.EN},
		Why: disclosedWhy, Effect: disclosedEffect,
		Choices: yesNo("对谁都说了", "yes, to each of them", "对谁都没说", "no, to none")},
		func(value string) ([]Edit, error) {
			var out []Edit
			for n, g := range people {
				is := no
				if isYes(value, n+1, len(people)) {
					is = yes
				}
				out = append(out, l.disclosedEdits(g, is)...)
			}
			return out, nil
		})
}

// contactsWith says with whom some contacts were, how many, and what was written.
func (l *lister) contactsWith(g []evidence.Incident) evidence.Text {
	calls := 0
	var quotes []string
	for _, i := range g {
		if i.Kind == evidence.Call && i.ToldBy == "" {
			calls++
		}
		if i.Shown != "" {
			quotes = append(quotes, "“"+short(i.Shown)+"”")
		}
	}
	who, said := l.whom(g[0]), strings.Join(quotes, " ")
	out := evidence.Text{ZH: fmt.Sprintf("“%s” 被找 %d 次（%s）%s", who, len(g), daysOf(g), said),
		EN: strings.TrimSpace(fmt.Sprintf("“%s” %d times (%s) %s", who, len(g), daysEN(g), said))}
	switch {
	case g[0].ToldBy != "":
		out.ZH, out.EN = fmt.Sprintf("“%s” 转告 %d 次（%s）%s", who, len(g), daysOf(g), said),
			fmt.Sprintf("“%s” told of it %d times (%s) %s", who, len(g), daysEN(g), said)
	case calls == len(g):
		out.ZH, out.EN = fmt.Sprintf("“%s” 接了 %d 次电话（%s）%s", who, len(g), daysOf(g), said),
			strings.TrimSpace(fmt.Sprintf("“%s” answered %d calls (%s) %s", who, len(g), daysEN(g), said))
	case calls == 0:
		out.ZH, out.EN = fmt.Sprintf("“%s” 收到 %d 条消息（%s）%s", who, len(g), daysOf(g), said),
			strings.TrimSpace(fmt.Sprintf("“%s” got %d messages (%s) %s", who, len(g), daysEN(g), said))
	}
	return out
}

var (
	disclosedWhy = evidence.Text{ZH: "把欠款的事告诉无关的人，是最常见、也最容易查实的违规",
		EN: "telling others of a debt is the most common breach, and the easiest to show"}
	disclosedEffect = evidence.Text{
		ZH: "说了的，写进投诉：消息照原文写，电话作为您的陈述：“这次联系里，对方向被联系的人说了本人欠款的事。”没说的，不写",
		EN: "if so, letters say it: of messages by their words, of calls as your own statement: “in this contact " +
			"the other side told the person reached of my debt”; if not, they do not"}
)

// toldAgainst are the words of a message that speak against whether, by its row,
// the debt was told; empty: none do.
func (l *lister) toldAgainst(i evidence.Incident) evidence.Text {
	if t := l.against(evidence.WordsSayDebt, i.ID); t.ZH != "" {
		return t
	}
	return l.against(evidence.WordsSayNoDebt, i.ID)
}

// withdrawn is a row that is no longer named as a kind.
func withdrawn(i evidence.Incident, rule string) Edit {
	i.Asserted = slices.DeleteFunc(slices.Clone(i.Asserted),
		func(b evidence.Breach) bool { return b.Rule() == rule })
	return named(i, evidence.Breach(rule), false)
}

// wordDisclosed words the question whether the debt was told in some contacts:
// what was written is quoted, and only a call can have been answered.
func (l *lister) wordDisclosed(q *Question, g []evidence.Incident) {
	i, who := g[0], l.whom(g[0])
	var quotes []string
	calls := 0
	for _, i := range g {
		switch {
		case i.ToldBy != "":
			quotes = append(quotes, l.whom(i)+"：“"+short(i.Shown)+"”")
		case written(i):
			quotes = append(quotes, "“"+short(i.Shown)+"”")
		case i.Kind == evidence.Call:
			calls++
		}
	}
	q.About.Quote = strings.Join(quotes, " ")
	against := l.toldAgainst(i)
	switch {
	case i.ToldBy != "":
		q.Text = evidence.Text{ZH: fmt.Sprintf("转告您的这 %d 次，催收对他们说了您欠款的事吗？%s", len(g), q.About.Quote),
			EN: fmt.Sprintf("In the %d cases you were told of, did the collector tell them of your debt? %s", len(g),
				q.About.Quote)}
		if saysDebt(i.Shown) {
			q.Prefill, q.Source = yes, evidence.Text{ZH: "转告的话", EN: "the words of the message"}
		}
	case against.ZH != "" && i.Disclosed != evidence.No:
		q.About.Against = against.ZH
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("发给“%s”的这 %d 条，写着说出了您欠款的事。可是 %s，没有说到欠款。到底说了没有？", who, len(g), against.ZH),
			EN: fmt.Sprintf(
				"Of %d messages to “%s” it is written that they spoke of your debt. But %s says nothing of "+
					"one. Did they?", len(g), who, against.EN)}
	case against.ZH != "":
		q.About.Against = against.ZH
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("发给“%s”的这 %d 条，写着没有说出您欠款的事。可是 %s。到底说了没有？", who, len(g), against.ZH),
			EN: fmt.Sprintf("Of %d messages to “%s” it is written that they did not speak of your debt. But there "+
				"is %s "+
				"Did they?", len(g), who, against.EN)}
	case calls == len(g):
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("催收打到“%s”、有人接了的这 %d 次（%s），说了您欠款的事吗？", who, len(g), daysOf(g)),
			EN: fmt.Sprintf("In the %d answered calls to “%s” (%s), did they speak of your debt?", len(g), who,
				daysEN(g))}
	case calls == 0:
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("催收发给“%s”的这 %d 条消息（%s），说了您欠款的事吗？%s", who, len(g), daysOf(g), q.About.Quote),
			EN: fmt.Sprintf("Do these %d messages to “%s” (%s) speak of your debt? %s", len(g), who, daysEN(g),
				q.About.Quote)}
	default:
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("催收打到“%s”、有人接了的 %d 次来电，和发去的 %d 条消息（%s），说了您欠款的事吗？%s", who, calls,
				len(g)-calls, daysOf(g), q.About.Quote),
			EN: fmt.Sprintf("In the %d answered calls and %d messages to “%s” (%s), did they speak of your debt? %s",
				calls,
				len(g)-calls, who, daysEN(g), q.About.Quote)}
	}
	if i.ToldBy == "" && written(i) && phrase.TellsDebt(i.Shown) != "" {
		q.Prefill, q.Source = yes, evidence.Text{ZH: "消息里的话", EN: "the words of the messages"}
	}
}
