package ask

import (
	"fmt"
	"slices"

	"juzheng/evidence"
)

// hotlines asks what the calls of a service number of the platform or lender were for,
// which say nothing themselves, of a number together: where nothing hangs on it, because
// none was at night and no day had many, nobody is asked.
func (l *lister) hotlines() {
	var rows []evidence.Incident
	perDay := map[string]int{}
	for _, i := range l.Incidents {
		if slices.ContainsFunc(l.doubts[i.ID], func(d evidence.Doubt) bool { return d.Code == evidence.ServiceCall }) {
			rows = append(rows, i)
			perDay[i.Number+dayOf(i)]++
		}
	}
	matters := func(i evidence.Incident) bool {
		return i.Time.AtNight() || perDay[i.Number+dayOf(i)] > evidence.ConnectedLimit
	}
	for _, g := range l.groups(Role, "", rows, func(i evidence.Incident) string { return "hotline " + i.Number }) {
		if !slices.ContainsFunc(g, matters) {
			continue
		}
		nights := 0
		for _, i := range g {
			if i.Time.AtNight() {
				nights++
			}
		}
		zh, en := "", ""
		if nights > 0 {
			zh, en = fmt.Sprintf("，其中 %d 个在夜里", nights), fmt.Sprintf(", %d of them at night", nights)
		}
		l.add(Question{Kind: Role, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Column: "hotline"},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s 是客服号码，它打来的这 %d 个电话（%s%s）没有写下说了什么。打来是催您还款吗？",
					g[0].Number, len(g), daysOf(g), zh),
				EN: fmt.Sprintf("%s is a service number, and what its %d calls (%s%s) said is written nowhere. Did they "+
					"call to make you pay?", g[0].Number, len(g), daysEN(g), en)},
			Why: evidence.Text{ZH: "客服号码也打回访、通知；只有催收才算夜间催收、算次数",
				EN: "service numbers call for other things too, and only collecting counts as collecting at night, or often"},
			Effect: evidence.Text{ZH: "是催收的，照算；不是的、说不清的，信里一个也不写",
				EN: "if they collected they count; if not, or if you do not know, no letter has them"},
			Choices: yesNo("都是催我还款的", "yes, all of them", "都不是", "no, none of them")},
			func(value string) ([]Edit, error) {
				role := evidence.RoleOther
				if value == yes {
					role = evidence.RoleCollecting
				}
				return cellsOf(g, "role", string(role)), nil
			})
	}
}
