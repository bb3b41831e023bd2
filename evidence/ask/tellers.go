package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// tellers asks, of recorded calls with family, colleagues and friends around days on which
// the collector was at it, in which they tell that the collector came to them, and then for
// their words. The program hears neither, and the calls of others stay out.
func (l *lister) tellers() {
	var open, sameDay []evidence.Incident
	for _, i := range l.Incidents {
		switch near := l.toCollector(i); {
		case near > tellingDays || !l.mayTell(i):
		case near == 0:
			open, sameDay = append(open, i), append(sameDay, i)
		default:
			open = append(open, i)
		}
		if tellsByEar(i) {
			l.askTold(i)
		}
	}
	if len(open) > mostTellers { // of a phone that records all
		open = sameDay
	}
	if len(open) == 0 || l.callersOpen() {
		return
	}
	q := Question{Kind: Told, About: About{Incidents: idsOf(open), Exhibits: exhibitsOf(open), Column: "recording"},
		Parts: len(open),
		Why: evidence.Text{ZH: "那几天催收正在找您；别人在电话里告诉您的，是向别人透露的线索，程序听不见",
			EN: "the collector was at it on those days; what others tell you of it shows whom they told, and the program " +
				"does not hear it"},
		Effect: evidence.Text{ZH: "挑出来的，接着请您写下他们的话，信里写成转告；没挑的，和这件事无关，录音不放进去",
			EN: "of those you choose you are asked next for their words, which letters tell as theirs; the others have " +
				"nothing to do with it and stay out"},
		Choices: yesNo("都在说", "all of them", "都没说", "none of them")}
	for _, i := range open {
		one := tellerOf(i) + " " + l.recordingOf(i) + "（" + whenZH(i) + "）"
		q.List = append(q.List, evidence.Text{ZH: one, EN: tellerOf(i) + " " + l.recordingOf(i) + " (" + whenEN(i) + ")"})
	}
	list := inOrder(q.List)
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("有 %d 段您和认识的人的通话录音，那几天催收也在找您。哪几段里，他们在告诉您催收找了他们？%s", len(open), list.ZH),
		EN: fmt.Sprintf("%d recordings are of calls with people you know, around days on which the collector was at it. In "+
			"which do they tell you that the collector came to them? %s", len(open), list.EN)}
	if len(open) == 1 {
		q.Choices = yesNo("是", "yes", "没说", "no")
		q.Text = evidence.Text{ZH: "这段通话录音里，对方是不是在告诉您催收找了他们？那几天催收也在找您。" + q.List[0].ZH,
			EN: "Do they tell you in this recorded call that the collector came to them? It is of a day near one of the " +
				"collector's. " + q.List[0].EN}
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, i := range open {
			if isYes(value, n+1, len(open)) {
				out = append(out, Edit{Row: i.ID, Column: "told by", Value: tellerOf(i) + "，" + whenZH(i) + "告诉"},
					Edit{Row: i.ID, Column: "reached", Value: ""}, Edit{Row: i.ID, Column: "use", Value: yes})
			}
		}
		return out, nil
	})
}

// mayTell reports a recorded call with somebody whom the person knows, of which nothing is
// said.
func (l *lister) mayTell(i evidence.Incident) bool {
	side := l.Case.SaidOf(i)
	if i.Kind != evidence.Call || !i.Made() || i.Use != evidence.Unknown || i.Answered == evidence.No || i.Shown != "" ||
		i.Words != "" || i.ToldBy != "" || side == "" || side.Collecting() || l.third(i) || l.recordingOf(i) == "" {
		return false
	}
	left := slices.ContainsFunc(l.Exhibits, func(x evidence.Exhibit) bool {
		out, said := x.LeftSaid()
		return slices.Contains(i.Exhibits, x.Number) && out && said
	})
	asked := slices.ContainsFunc(l.Given, func(g Given) bool {
		return g.Kind == Told && g.Value != Skip && g.Value != apart && slices.Contains(g.Incidents, i.ID)
	})
	unrelated := slices.ContainsFunc(l.Given, func(g Given) bool { // a hospital, a courier
		return g.Kind == Caller && (g.Value == "other" || g.Value == "service") &&
			slices.Contains(g.Subject, cmp.Or(i.Number, i.Account()))
	})
	return !left && !asked && !unrelated
}

const (
	tellingDays = 7  // for so long people speak of a call they had
	mostTellers = 12 // are looked through in one go
)

// toCollector is how many days a row lies from the nearest act of the collector's.
func (l *lister) toCollector(i evidence.Incident) int {
	near := tellingDays + 1
	if i.Kind != evidence.Call || i.Time.IsZero() || l.recordingOf(i) == "" {
		return near
	}
	for _, o := range l.Incidents {
		if l.Case.SaidOf(o) != evidence.CollectorSide || o.Time.IsZero() {
			continue
		}
		if dayOf(o) == dayOf(i) {
			return 0
		}
		near = min(near, 1+int(o.Time.At.Sub(i.Time.At).Abs().Hours())/24)
	}
	return near
}

// tellsByEar reports a recorded call in which, as the person says, somebody tells of the
// collector, and of which no words are written down.
func tellsByEar(i evidence.Incident) bool {
	return i.Kind == evidence.Call && i.ToldBy != "" && i.Shown == "" && i.Words == "" && i.Use == evidence.Yes
}

// askTold asks for the words of a teller in a recording.
func (l *lister) askTold(i evidence.Incident) {
	x := l.recordingOf(i)
	if x == "" {
		return
	}
	who := l.whom(i)
	q := Question{Kind: Heard, About: About{Incidents: []string{i.ID}, Exhibits: []string{x}, File: x, Column: "told by"},
		Free: true,
		Text: evidence.Text{ZH: fmt.Sprintf("录音 %s（%s）里，“%s”是怎么说催收的？听着逐字写下最要紧的一句", x, whenZH(i), who),
			EN: fmt.Sprintf("What does “%s” say of the collector in the recording %s? Write the gravest of it down word for "+
				"word", who, x)},
		Why: evidence.Text{ZH: "信里只写您听到的原话，一个字也不替您编", EN: "letters quote what you heard, and make nothing up"},
		Effect: evidence.Text{ZH: "写成他转告您的话，写明在哪份录音里；接着问催收找的是谁、说没说您欠款",
			EN: "letters tell it as what they told you, with the recording; then you are asked whom the collector " +
				"contacted and whether they told of the debt"}}
	l.add(q, func(value string) ([]Edit, error) {
		words := strings.Trim(strings.Join(strings.Fields(value), " "), "“”\"")
		if n := len([]rune(words)); n < 2 || n > mostHeard {
			return nil, &ValueError{Question: q, Value: value, Wanted: wantedHeard}
		}
		return []Edit{{Row: i.ID, Column: "my own words", Value: "录音里" + who + "说：“" + words + "”" + heardBy}}, nil
	})
}
