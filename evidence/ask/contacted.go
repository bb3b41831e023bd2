package ask

import (
	"fmt"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// contacted asks somebody who is contacted over a debt of another's for what their
// complaint rests on: who called whom, that the debt was spoken of, and that they
// told the collector to leave them alone.
func (l *lister) contacted() {
	if !l.contact() {
		return
	}
	l.contactedWay()
	l.contactedOver()
}

// theirs reports a row between the person's own phone and the collector's side.
func (l *lister) theirs(i evidence.Incident) bool {
	return i.Use != evidence.No && i.ToldBy == "" && !i.Reached.Third() &&
		l.Case.SideOfWriter(i) == evidence.CollectorSide
}

// contactedWay asks of recordings of which nobody knows who called whom.
func (l *lister) contactedWay() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if l.theirs(i) && i.Kind == evidence.Call && i.Direction == evidence.DirectionUnknown {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Direction, "", rows, func(evidence.Incident) string { return "" }) {
		which := whichOf(g)
		q := Question{Kind: Direction, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("您和催收之间的这 %d 次通话（%s），材料没有记是谁打给谁。是对方打过来的吗？%s", len(g), daysOf(g),
					which.ZH),
				EN: fmt.Sprintf(
					"No file tells who called whom in your %d calls with the collector (%s). Did they call? %s",
					len(g), daysEN(g), which.EN)},
			Why: evidence.Text{ZH: "对方打过来的，才是催收来找您；您自己打过去的，不能投诉",
				EN: "only where they called did the collector contact you; a call of your own is no ground"},
			Effect: evidence.Text{ZH: "对方打来的，接着问说没说别人的欠款；打过去的，不写",
				EN: "where they called, you are asked next whether they spoke of the debt; else it stays out"},
			Choices: []Choice{{string(evidence.In), evidence.Text{ZH: "对方打来的", EN: "they called"}},
				{string(evidence.Out), evidence.Text{ZH: "我打过去的", EN: "I called them"}}}}
		if len(g) > 1 {
			q.Choices = append(q.Choices, waysApart)
		}
		l.add(q, func(value string) ([]Edit, error) { return cellsOf(g, "direction", value), nil })
	}
}

// contactedOver asks whether the debt of the other was spoken of: of messages whose
// words tell of one, and of calls that were answered.
func (l *lister) contactedOver() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if !l.theirs(i) || i.Direction != evidence.In || i.Disclosed != evidence.Unknown || asserted(i, "V01") ||
			asserted(i, "V02") {
			continue
		}
		if i.Kind == evidence.Call && i.Answered == evidence.Yes || written(i) && phrase.TellsDebt(i.Shown) != "" {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Disclosed, "", rows,
		func(i evidence.Incident) string { return fmt.Sprint(written(i)) }) {
		q := Question{Kind: Disclosed, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("您接了的这 %d 次来电（%s），对方每一次都说了别人欠款的事吗？", len(g), daysOf(g)),
				EN: fmt.Sprintf("In each of the %d calls you answered (%s), did they speak of the debt of "+
					"somebody else?",
					len(g), daysEN(g))},
			Why: evidence.Text{ZH: "您不欠这笔钱；对方拿别人的欠款来找您，是您能投诉的核心",
				EN: "you do not owe it: that they came to you over another's debt is what you can complain of"},
			Effect:  evidence.Text{ZH: "说了的，写进投诉；没说的，不写", EN: "if so, letters say it; if not, they do not"},
			Choices: yesNo("每一次都说了", "yes, each time", "都没说", "no, not once"), Parts: len(g)}
		if len(g) == 1 {
			q.Choices = yesNo("说了", "yes", "没说", "no")
			q.Text = evidence.Text{ZH: fmt.Sprintf("%s 您接的这次来电，对方说了别人欠款的事吗？", whenZH(g[0])),
				EN: fmt.Sprintf("In the call of %s that you answered, did they speak of the debt of somebody else?",
					whenEN(g[0]))}
		}
		if written(g[0]) {
			var quotes []string
			for n, i := range g {
				quotes = append(quotes, fmt.Sprintf("%d“%s”", n+1, short(i.Shown)))
			}
			q.About.Quote = strings.Join(quotes, " ")
			q.Text = evidence.Text{
				ZH: fmt.Sprintf("对方发给您的这 %d 条，说的是别人欠款的事吗？%s", len(g), q.About.Quote),
				EN: fmt.Sprintf("Do these %d messages to you speak of the debt of somebody else? %s", len(g),
					q.About.Quote)}
		} else if len(g) > 1 {
			days := listOf(g, func(i evidence.Incident) evidence.Text {
				return evidence.Text{ZH: whenZH(i), EN: whenEN(i)}
			})
			q.Text.ZH, q.Text.EN = q.Text.ZH+days.ZH, q.Text.EN+" "+days.EN
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				is := no
				if isYes(value, n+1, len(g)) {
					is = yes
				}
				out = append(out, Edit{Row: i.ID, Column: "disclosed debt", Value: is})
			}
			return out, nil
		})
	}
}
