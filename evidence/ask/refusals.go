package ask

import (
	"cmp"
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// refusals asks whether messages of somebody whom the collector had no business to
// contact told them to stop, and then which later contacts came in spite of it. Who
// complains as a contact is that person; else it is whoever has the phone.
func (l *lister) refusals() {
	for _, i := range l.Incidents {
		if i.Direction != evidence.Out || !written(i) || asserted(i, "V03") || i.Time.IsZero() ||
			slices.Contains(i.Denied, evidence.Breach("V03a")) || !phrase.Refuses(i.Shown) ||
			l.Case.SideOfWriter(i) != evidence.CollectorSide || l.contact() && !l.theirs(i) {
			continue
		}
		if _, _, dont := l.unsure(Refused, "V03a", i.ID); dont {
			continue
		}
		if after := l.inSpiteOf(i); len(after) > 0 {
			l.askRefusal(i, after)
		}
	}
	l.spokenRefusals()
	l.afterRefusals()
}

// spokenRefusals asks whether what a transcript of a call has is a refusal: of a
// person whom the collector had no business to call, and called again later.
func (l *lister) spokenRefusals() {
	asked := map[string]bool{}
	for _, s := range l.Spoken {
		if !s.Refuses {
			continue
		}
		n := slices.IndexFunc(l.Incidents, func(i evidence.Incident) bool {
			return i.Kind == evidence.Call && slices.Contains(i.Exhibits, s.Exhibit) && l.refusable(i)
		})
		if n < 0 || asked[l.Incidents[n].ID] || slices.Contains(l.Incidents[n].Denied, evidence.Breach("V03a")) {
			continue
		}
		i := l.Incidents[n]
		if _, _, dont := l.unsure(Refused, "V03a", i.ID); dont {
			continue
		}
		if after := l.inSpiteOf(i); len(after) > 0 {
			asked[i.ID] = true
			l.askSpokenRefusal(i, s, after)
		}
	}
}

func (l *lister) askSpokenRefusal(i evidence.Incident, s Spoken, after []evidence.Incident) {
	who, whoEN := "您", "you"
	if !l.contact() {
		who, whoEN = "“"+l.whom(i)+"”", "“"+l.whom(i)+"”"
	}
	l.add(Question{Kind: Refused, About: About{Incidents: []string{i.ID}, Exhibits: []string{s.Exhibit}, Breach: "V03a",
		Quote: s.Passage, File: s.Where},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s 的通话，文字稿里有“%s”。这句是不是%s在明确拒绝，叫对方不要再联系？请先听一听 %s", whenZH(i),
				short(s.Passage), who, s.Exhibit),
			EN: fmt.Sprintf("The transcript of the call of %s has “%s”. Is that %s telling them not to make contact "+
				"again? Please listen to %s first", whenEN(i), short(s.Passage), whoEN, s.Exhibit)},
		Why: evidence.Text{ZH: "明确拒绝以后还来找，不符合规定；文字稿没有人核对过，是谁说的也看不出来",
			EN: "to make contact again after a refusal is against the rules; nobody has compared the transcript, " +
				"and it " +
				"does not say who spoke"},
		Effect: evidence.Text{ZH: fmt.Sprintf("是的，这句话和在它之后的 %d 次来电、消息写进投诉；不是的，不写", len(after)),
			EN: fmt.Sprintf("if so, letters tell of it and of the %d calls and messages that came after; if not, "+
				"they do not", len(after))},
		Choices: yesNo("是，原话就是这样", "yes, these are the words", "不是", "no")},
		func(value string) ([]Edit, error) {
			out := []Edit{named(i, "V03a", value == yes)}
			if value != yes {
				return out, nil
			}
			if i.Shown == "" {
				out = append(out, Edit{Row: i.ID, Column: "what the file shows", Value: s.Passage})
			}
			return append(out, cellsOf(after, "refused contact before", yes)...), nil
		})
}

func (l *lister) askRefusal(i evidence.Incident, after []evidence.Incident) {
	who, whoEN, them := "您", "you", "您"
	if !l.contact() {
		who, whoEN, them = "“"+l.whom(i)+"”", "“"+l.whom(i)+"”", "TA"
	}
	l.add(Question{Kind: Refused, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, Breach: "V03a",
		Quote: i.Shown},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s %s发给对方：“%s”。这是叫对方不要再联系%s吗？", whenZH(i), who, short(i.Shown), them),
			EN: fmt.Sprintf("On %s %s wrote: “%s”. Did that tell them not to make contact again?", whenEN(i), whoEN,
				short(i.Shown))},
		Why: evidence.Text{ZH: "明确拒绝以后还来找，不符合规定；拒绝的话要看得见",
			EN: "to make contact again after a refusal is against the rules, and the refusal must be seen"},
		Effect: evidence.Text{ZH: fmt.Sprintf("是的，这句话和在它之后的 %d 次来电、消息写进投诉；不是的，不写", len(after)),
			EN: fmt.Sprintf("if so, letters tell of it and of the %d calls and messages that came after; if not, "+
				"they do not", len(after))},
		Choices: yesNo("是", "yes", "不是", "no")},
		func(value string) ([]Edit, error) {
			out := []Edit{named(i, "V03a", value == yes)}
			if value == yes {
				out = append(out, cellsOf(after, "refused contact before", yes)...)
			}
			return out, nil
		})
}

// inSpiteOf are the calls and messages of the collector's side that came after a
// refusal, to who refused, and of which nobody has said so.
func (l *lister) inSpiteOf(refusal evidence.Incident) []evidence.Incident {
	var out []evidence.Incident
	for _, i := range l.Incidents {
		if l.refusable(i) && i.Refused == evidence.Unknown && i.Time.At.After(refusal.Time.At) &&
			l.samePerson(refusal, i) {
			out = append(out, i)
		}
	}
	return out
}

// refusable reports a contact of the collector's side, at a time that is known, with
// somebody who may refuse it.
func (l *lister) refusable(i evidence.Incident) bool {
	talk := i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message
	return talk && i.Use != evidence.No && i.ToldBy == "" && i.Direction == evidence.In && !i.Time.IsZero() &&
		i.Time.Precision != evidence.ToDay && !asserted(i, "V03") &&
		l.Case.SideOfWriter(i) == evidence.CollectorSide && (l.third(i) || l.contact())
}

// samePerson reports that a row reached who refused: a contact who complains, or
// whoever has the phone of both.
func (l *lister) samePerson(refusal, i evidence.Incident) bool {
	if l.contact() {
		return !i.Reached.Third() && !refusal.Reached.Third()
	}
	_, a, _ := l.owner(refusal)
	_, b, other := l.owner(i)
	if a != "" || b != "" {
		return other && a == b
	}
	return refusal.Reached.Third() && refusal.Reached == i.Reached
}

// afterRefusals asks which contacts came in spite of a refusal that is held by the
// case, where the rule does not know it: those from another number, and those after
// a refusal that was only spoken. All of one person are asked about together.
func (l *lister) afterRefusals() {
	var held []evidence.Incident
	for _, i := range l.Incidents {
		refused := slices.Contains(i.Asserted, "V03a") || i.Refused == evidence.Yes && l.refusable(i)
		if refused && i.Use != evidence.No && !i.Time.IsZero() {
			held = append(held, i)
		}
	}
	first := map[string]evidence.Incident{} // the refusal of a row
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if !l.refusable(i) || i.Refused != evidence.Unknown || l.found("V03", i) {
			continue
		}
		for _, r := range held {
			if was, known := first[i.ID]; i.Time.At.After(r.Time.At) && l.samePerson(r, i) &&
				(!known || r.Time.At.Before(was.Time.At)) {
				first[i.ID] = r
			}
		}
		if _, known := first[i.ID]; known {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Refused, "", rows, func(i evidence.Incident) string { return first[i.ID].ID }) {
		l.askAfter(first[g[0].ID], g)
	}
}

// found reports that a finding of a kind, other than for review, has a row.
func (l *lister) found(rule string, i evidence.Incident) bool {
	return slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Rule == rule && f.Strength != evidence.Review &&
			slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID })
	})
}

// mostQuoted is how many rows of such a question are named one by one.
const mostQuoted = 12

func (l *lister) askAfter(refusal evidence.Incident, g []evidence.Incident) {
	who, whoEN := "您", "you"
	if !l.contact() {
		who, whoEN = "“"+l.whom(g[0])+"”", "“"+l.whom(g[0])+"”"
	}
	rows := listOf(g[:min(len(g), mostQuoted)], func(i evidence.Incident) evidence.Text {
		from := cmp.Or(i.Number, i.Name)
		return evidence.Text{ZH: whenZH(i) + " " + from, EN: whenEN(i) + " " + from}
	})
	if len(g) > mostQuoted {
		rows.ZH, rows.EN = rows.ZH+"；……", rows.EN+"; …"
	}
	q := Question{Kind: Refused, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), File: refusal.ID},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s，%s已经叫催收不要再联系（%s）。这以后又来的这 %d 次，也都是对方明知被拒绝还来找的吗？%s",
				whenZH(refusal), who, refusal.ID, len(g), rows.ZH),
			EN: fmt.Sprintf("On %s %s had told the collector not to make contact (%s). Did these %d contacts come "+
				"in spite of it? %s", whenEN(refusal), whoEN, refusal.ID, len(g), rows.EN)},
		Why: evidence.Text{ZH: "换了号码打来的，或者拒绝的话没有材料看得见，程序不替您认定",
			EN: "what came from another number, or after a refusal that no file shows, the program does not decide"},
		Effect: evidence.Text{ZH: "是的，写成“明确拒绝后仍继续联系”；不是的，不这样写",
			EN: "if so, letters tell of them as contact after a refusal; if not, they do not"},
		Choices: yesNo("都是", "each of them", "都不是", "none of them"), Parts: len(g)}
	if len(g) == 1 {
		q.Choices = yesNo("是", "yes", "不是", "no")
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, i := range g {
			if !isYes(value, n+1, len(g)) {
				out = append(out, Edit{Row: i.ID, Column: "refused contact before", Value: no})
				continue
			}
			out = append(out, Edit{Row: i.ID, Column: "refused contact before", Value: yes})
			if i.Words == "" && refusal.Shown == "" {
				words := "在这之前，我已经明确告诉对方不要再联系。"
				if !l.contact() {
					words = "被联系的人此前已经明确告诉对方不要再联系。"
				}
				out = append(out, Edit{Row: i.ID, Column: "my own words", Value: words})
			}
		}
		return out, nil
	})
}
