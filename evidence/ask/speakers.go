package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// speakerOpen reports words off pictures of which nobody has said whose they are: a chat
// can show the collector, and family who tell of the collector. Until it is said, no
// letter has them as the collector's.
func (l *lister) speakerOpen(i evidence.Incident) bool {
	chat := i.Kind == evidence.SMS || i.Kind == evidence.Message
	return chat && i.Made() && i.Shown != "" && i.ToldBy == "" && i.Direction == evidence.In &&
		i.Use == evidence.Unknown && l.screenshots(i) && l.Case.SideOfWriter(i) == "" && l.copied(i) && !l.speakerSaid(i)
}

// speakerSaid reports words of which the person said whose they are, or that they cannot.
func (l *lister) speakerSaid(i evidence.Incident) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		return g.Kind == Speaker && g.Value != Skip && g.Value != apart && slices.Contains(g.Incidents, i.ID)
	})
}

// speakerUnknown reports words of which the person cannot say whose they are: they are
// no words of the collector's.
func (l *lister) speakerUnknown(i evidence.Incident) bool {
	return i.Use == evidence.Unknown && slices.ContainsFunc(l.Given, func(g Given) bool {
		return g.Kind == Speaker && g.Value == Unknown && slices.Contains(g.Incidents, i.ID)
	})
}

// copied reports words that were written down as the answer of a question.
func (l *lister) copied(i evidence.Incident) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		written := g.Kind == Picture && g.Value != yes && !strings.HasPrefix(g.Value, somePrefix) ||
			g.Kind == Words && g.Value != no
		return written && g.Value != Unknown && g.Value != Skip && slices.Contains(g.Incidents, i.ID)
	})
}

// speakers asks of what was copied off pictures who says it: what family tells of the
// collector is no word of the collector's.
func (l *lister) speakers() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if l.speakerOpen(i) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Speaker, "", rows, func(evidence.Incident) string { return "" }) {
		if len(g) == 1 {
			l.askSpeaker(g[0])
		} else {
			l.askSpeakers(g)
		}
	}
}

var whySpeaker = evidence.Text{ZH: "催收自己说的话和别人转告的话，在信里写法不同，不能写反",
	EN: "letters word what the collector says and what others tell of it differently, and must not mix them up"}

func (l *lister) askSpeaker(i evidence.Incident) {
	q := Question{Kind: Speaker, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits}, Why: whySpeaker,
		Text: evidence.Text{ZH: fmt.Sprintf("截图 %s 上“%s”这句话，是谁说的？", strings.Join(i.Exhibits, " "), short(i.Shown)),
			EN: fmt.Sprintf("Who says “%s” on the screenshot %s?", short(i.Shown), strings.Join(i.Exhibits, " "))},
		Effect: evidence.Text{ZH: "催收说的，算催收的话；家人、同事告诉您的，写成转告，不算催收的原话；不知道的，信里不写",
			EN: "the collector's counts as such; what family or colleagues tell you is told as theirs; what nobody " +
				"knows is in no letter"},
		Choices: byField.Choices}
	l.add(q, func(value string) ([]Edit, error) { return l.speakerEdits(i, value), nil })
}

func (l *lister) askSpeakers(g []evidence.Incident) {
	q := Question{Kind: Speaker, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g)}, Parts: len(g),
		Why: whySpeaker}
	for _, i := range g {
		x := strings.Join(i.Exhibits, " ")
		q.List = append(q.List, evidence.Text{ZH: x + "“" + short(i.Shown) + "”", EN: x + " “" + short(i.Shown) + "”"})
	}
	list := inOrder(q.List)
	q.Text = evidence.Text{
		ZH: "这些话是您照图写下来的。哪几条不是催收自己说的，是家人、同事、朋友在告诉您催收找了他们？" + list.ZH,
		EN: "You copied these words off pictures. Which are not the collector's own, but family, colleagues or friends " +
			"who tell you that they were contacted? " + list.EN}
	q.Effect = evidence.Text{ZH: "勾上的，写成转告，不算催收的原话；没有勾的，算催收说的；说不清的，信里不写",
		EN: "those are told as theirs; all others count as the collector's; what nobody knows is in no letter"}
	q.Choices = yesNo("都是别人在告诉我", "all are told by others", "没有，都是催收自己说的", "none: all are the collector's")
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, i := range g {
			by := "" // the collector's, to whomever
			if isYes(value, n+1, len(g)) {
				by = teller
			}
			out = append(out, l.speakerEdits(i, by)...)
		}
		return out, nil
	})
}

// speakerEdits let words count as what they are said to be.
func (l *lister) speakerEdits(i evidence.Incident, by string) []Edit {
	out := []Edit{{Row: i.ID, Column: "use", Value: yes}}
	switch {
	case by == teller:
		// who tells does not threaten
		if asserted(i, "V06") {
			out = append(out, withdrawn(i, "V06"))
		}
		out = append(out, l.toldEdits(i)...)
	default:
		for _, g := range l.Given { // what the words are was said when they were put right
			if g.Kind != Words || !slices.Contains(g.Incidents, i.ID) || !l.copied(i) {
				continue
			}
			_, fields := Question{Fields: []Field{kindField}}.split(g.Value)
			switch as := fields[kindField.Name]; as {
			case "":
			case no:
				out = append(out, noneOf(i, g.Breach, i.Shown))
			default:
				out = append(out, named(i, evidence.Breach(as), true))
			}
		}
		out = append(out, l.reachedBy(i, by)...)
		if i.Number != "" {
			out = append(out, Edit{Number: i.Number, Value: string(evidence.CollectorSide)})
		} else if i.Account() != "" {
			out = append(out, Edit{Account: i.Account(), Value: string(evidence.CollectorSide)})
		}
	}
	return out
}

// reachedBy is who was reached by what the collector says on a picture: the person, where
// it was said to them, and on somebody else's phone its owner. What was said to somebody
// else, on the person's own phone, did not reach the person: whom it did they say with it,
// or are asked next.
func (l *lister) reachedBy(i evidence.Incident, by string) []Edit {
	who, _, other := l.owner(i)
	to := evidence.Reached(by)
	switch {
	case slices.Contains([]evidence.Reached{evidence.ReachedFamily, evidence.ReachedWorkplace, evidence.ReachedStranger},
		to) && !other && !i.Reached.Third():
		return []Edit{{Row: i.ID, Column: "reached", Value: by}}
	case by == string(evidence.CollectorSide) && !other && i.Reached == evidence.ReachedSelf:
		return []Edit{{Row: i.ID, Column: "reached", Value: ""}}
	case i.Reached != evidence.ReachedUnknown:
		return nil
	case by == toMe && !other:
		return []Edit{{Row: i.ID, Column: "reached", Value: string(evidence.ReachedSelf)}}
	case other && who.Third():
		return []Edit{{Row: i.ID, Column: "reached", Value: string(who)}}
	}
	return nil
}

// toldEdits make a row something that its writer tells of.
func (l *lister) toldEdits(i evidence.Incident) []Edit {
	told := tellerOf(i)
	if when := whenZH(i); when != "" { // a picture need not say when
		told += "，" + when + "告诉"
	}
	out := []Edit{{Row: i.ID, Column: "told by", Value: told}}
	if who := l.tellerReached(i); who != evidence.ReachedUnknown {
		out = append(out, Edit{Row: i.ID, Column: "reached", Value: string(who)})
	}
	return out
}
