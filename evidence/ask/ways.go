package ask

import (
	"cmp"
	"fmt"
	"slices"

	"juzheng/evidence"
)

// ways asks who called whom, of the person's own calls that no file tells it of, where a
// finding waits for it or a day would have too many: some phones name recordings by number
// and time alone.
func (l *lister) ways() {
	if l.contact() {
		return // asked with what a contact was called for
	}
	perDay := map[string]int{}
	for _, i := range l.Incidents {
		if i.Kind == evidence.Call && l.Case.Concerns(i) && !i.Reached.Third() && i.Direction != evidence.Out &&
			i.Answered != evidence.No {
			perDay[dayOf(i)]++
		}
	}
	waited := map[string]bool{}
	for _, f := range l.Report.Findings {
		for _, i := range f.Incidents {
			waited[i.ID] = true
		}
	}
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if i.Kind == evidence.Call && i.Direction == evidence.DirectionUnknown && i.Answered != evidence.No && i.Made() &&
			i.Use != evidence.No && i.ToldBy == "" && !i.Reached.Third() && l.Case.Concerns(i) &&
			(waited[i.ID] || perDay[dayOf(i)] > evidence.ConnectedLimit) {
			rows = append(rows, i)
		}
	}
	writer := func(i evidence.Incident) string { return cmp.Or(evidence.NormalNumber(i.Number), i.Account()) }
	for _, g := range l.groups(Direction, "", rows, writer) {
		who, which := cmp.Or(g[0].Number, g[0].Name), whichOf(g)
		q := Question{Kind: Direction, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("您和 %s 的这 %d 次通话（%s），材料里没有记是谁打给谁。是对方打过来的吗？%s", who, len(g), daysOf(g), which.ZH),
				EN: fmt.Sprintf("No file tells who called whom in your %d calls with %s (%s). Did they call? %s",
					len(g), who, daysEN(g), which.EN)},
			Why: evidence.Text{ZH: "对方打过来的，才算进次数和夜里的来电；有的手机给录音起名，只写号码和时间",
				EN: "only calls of theirs count by the day and at night; some phones name recordings by number and time alone"},
			Effect: evidence.Text{ZH: "对方打来的，写进信里；您打过去的，不算；没有回答以前，不写",
				EN: "their calls go into the letters, yours do not, and none does until you answer"},
			Choices: []Choice{{string(evidence.In), evidence.Text{ZH: "对方打来的", EN: "they called"}},
				{string(evidence.Out), evidence.Text{ZH: "我打过去的", EN: "I called"}}}}
		if len(g) > 1 {
			q.Choices = append(slices.Clone(q.Choices), waysApart)
		}
		l.add(q, func(value string) ([]Edit, error) { return cellsOf(g, "direction", value), nil })
	}
}
