package ask

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// reachable asks whether the borrower could be reached when others were
// contacted: where the log of the day shows it, all such days together.
func (l *lister) reachable() {
	talked := map[string]int{}
	for _, i := range l.Incidents {
		if i.Kind == evidence.Call && i.Direction == evidence.In && i.Answered == evidence.Yes &&
			i.Reached == evidence.ReachedSelf && l.Case.SideOf(i.Number) == evidence.CollectorSide {
			talked[dayOf(i)]++
		}
	}
	var rows []evidence.Incident
	for _, i := range slices.Concat(l.toOthers(), l.admissions()) {
		told := i.Disclosed == evidence.Yes || asserted(i, "V01")
		switch { // of what weighs more, only where the contact itself waits for it
		case l.against(evidence.ReachableInLog, i.ID).ZH != "":
			rows = append(rows, i)
		case i.Reachable != evidence.Unknown || asserted(i, "V03"):
		case phrase.Admission(i):
			rows = append(rows, i)
		case !told && !l.notTold(i):
		case (told || i.Refused == evidence.Yes) && !l.waits("V02", i):
		default:
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Reachable, "", rows, func(i evidence.Incident) string {
		return fmt.Sprint(phrase.Admission(i)) + l.against(evidence.ReachableInLog, i.ID).ZH
	}) {
		days, list := partsOf(g, talked)
		of := len(list)
		q := Question{Kind: Reachable, Parts: of, List: list, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{
				ZH: fmt.Sprintf("催收找别人的这 %d 次（%s），当天能联系上您本人吗？", len(g), days.ZH),
				EN: fmt.Sprintf("On the days of these %d contacts to others (%s), could you yourself be reached?",
					len(g), days.EN)},
			Why: evidence.Text{ZH: "能联系上您却去找别人，不符合规定；联系不上您时请人转告一声，不违规",
				EN: "contacting others while you can be reached is against the rules; asking them to pass on a " +
					"message while you cannot be reached is not"},
			Effect:  evidence.Text{ZH: "能，写进投诉；不能，这几次不写", EN: "if so, it goes into the letters; if not, it stays out"},
			Choices: yesNo("都能", "yes", "都不能", "no")}
		if against := l.against(evidence.ReachableInLog, g[0].ID); against.ZH != "" {
			q.About.Against = against.ZH
			q.Text = evidence.Text{
				ZH: fmt.Sprintf("催收找别人的这 %d 次（%s），写着当天联系不上您本人。可是 %s，那天您接了催收的来电。到底能不能联系上？",
					len(g), days.ZH, against.ZH),
				EN: fmt.Sprintf("Of these %d contacts to others (%s) it is written that you could not be reached. "+
					"But %s: "+
					"that day you answered the collector. Could you be reached?", len(g), days.EN, against.EN)}
		} else {
			q.Prefill, q.Source = prefilled(g, talked)
		}
		if of == 0 {
			q.Choices = yesNo("能", "yes", "不能", "no")
		}
		l.add(q, func(value string) ([]Edit, error) { return reachedOn(g, value, of), nil })
	}
}

// partsOf names the days of rows, with a number before each where there are several:
// what is so of a day is so of all its rows. Beside a day stands how often the
// borrower talked with the collector then.
func partsOf(rows []evidence.Incident, talked map[string]int) (days evidence.Text, list []evidence.Text) {
	first, times := firsts(rows)
	if len(first) < 2 {
		return evidence.Text{ZH: daysOf(first), EN: daysEN(first)}, nil
	}
	mixed := slices.ContainsFunc(first, func(i evidence.Incident) bool { return talked[dayOf(i)] == 0 })
	for _, i := range first {
		t := evidence.Text{ZH: daysOf([]evidence.Incident{i}), EN: daysEN([]evidence.Incident{i})}
		if n := times[dayOf(i)]; n > 1 {
			t.ZH, t.EN = t.ZH+fmt.Sprintf(" %d次", n), t.EN+fmt.Sprintf(" %d times", n)
		}
		if n := talked[dayOf(i)]; mixed && n > 0 {
			t.ZH, t.EN = t.ZH+"，您接过催收来电", t.EN+", you answered the collector"
		}
		list = append(list, t)
	}
	return inOrder(list), list
}

// prefilled is what the log says: yes of the days on which the borrower talked with
// the collector. Of the others it says nothing.
func prefilled(rows []evidence.Incident, talked map[string]int) (string, evidence.Text) {
	first, _ := firsts(rows)
	for _, i := range first {
		if talked[dayOf(i)] == 0 {
			return "", evidence.Text{}
		}
	}
	n := talked[dayOf(first[0])]
	return yes, evidence.Text{
		ZH: fmt.Sprintf("通话记录：这几天您都接过催收的来电（%s接过 %d 次）", daysOf(first[:1]), n),
		EN: fmt.Sprintf("the call log: on each of these days you answered the collector (%s: %d times)",
			daysEN(first[:1]), n)}
}

// firsts are the first rows of each day, and how many each day has.
func firsts(rows []evidence.Incident) (first []evidence.Incident, times map[string]int) {
	times = map[string]int{}
	for _, i := range rows {
		if times[dayOf(i)]++; times[dayOf(i)] == 1 {
			first = append(first, i)
		}
	}
	return first, times
}

// reachedOn are the edits by an answer of days, counted as [partsOf] does.
func reachedOn(rows []evidence.Incident, value string, parts int) []Edit {
	if parts == 0 {
		return cellsOf(rows, "reachable", value)
	}
	first, _ := firsts(rows)
	var out []Edit
	for n, day := range first {
		is := no
		if isYes(value, n+1, parts) {
			is = yes
		}
		for _, i := range rows {
			if dayOf(i) == dayOf(day) {
				out = append(out, cellsOf([]evidence.Incident{i}, "reachable", is)...)
			}
		}
	}
	return out
}

// waits reports that a finding of a kind waits for what is not known of a row.
func (l *lister) waits(rule string, i evidence.Incident) bool {
	return slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Rule == rule && f.Strength == evidence.Review &&
			slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID })
	})
}

// notTold reports that nothing was said of the debt, or that nobody knows.
func (l *lister) notTold(i evidence.Incident) bool {
	if i.Disclosed == evidence.Yes || asserted(i, "V01") {
		return false
	}
	_, _, dont := l.unsure(Disclosed, "", i.ID)
	return i.Disclosed == evidence.No || !spoke(i) || silent(i) || dont
}

// refused asks whether somebody had refused contact before: only where nothing
// else makes the contact unlawful.
func (l *lister) refused() {
	for _, f := range l.Report.Findings {
		if evidence.KindOf(f.Rule).Third && f.Strength != evidence.Review {
			return // others were reached unlawfully as it is
		}
	}
	var rows []evidence.Incident
	for _, i := range l.toOthers() {
		if i.Refused == evidence.Unknown && i.Reachable == evidence.No && l.notTold(i) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Refused, "", rows, l.whom) {
		who, which := l.whom(g[0]), whichOf(g)
		l.add(Question{Kind: Refused, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)},
			Text: evidence.Text{ZH: fmt.Sprintf("“%s”在这 %d 次（%s）之前，跟催收说过不要再打来吗？%s", who, len(g), daysOf(g),
				which.ZH),
				EN: fmt.Sprintf("Before these %d contacts (%s), had “%s” told the collector not to call again? %s",
					len(g), daysEN(g), who, which.EN)},
			Why: evidence.Text{ZH: "别人拒绝以后还去找，不符合规定",
				EN: "contacting somebody again after they refused is against the rules"},
			Effect: evidence.Text{ZH: "说过，就作为您的陈述写进投诉；没说过，这几次不写",
				EN: "if so, letters say it as your own statement; if not, it stays out"},
			Choices: yesNo("说过", "yes", "没说过", "no")},
			func(value string) ([]Edit, error) {
				out := cellsOf(g, "refused contact before", value)
				for _, i := range g {
					if value == yes && i.Words == "" {
						out = append(out, Edit{Row: i.ID, Column: "my own words", Value: "被联系的人此前已经明确告诉对方不要再联系。"})
					}
				}
				return out, nil
			})
	}
}
