package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// A cardMaker makes cards of a case.
type cardMaker struct {
	desk.Dossier
	asked desk.Asked
	lang  string
}

func (m cardMaker) card(q ask.Question) (*cardView, error) {
	q = q.OnPage()
	c := &cardView{ID: q.ID, Text: q.Text.In(m.lang), Why: q.Why.In(m.lang), Effect: q.Effect.In(m.lang), Free: q.Free}
	var err error
	if c.Exhibits, err = m.exhibits(q.About.Incidents, q.About.Exhibits); err != nil {
		return nil, err
	}
	c.Sound = slices.ContainsFunc(c.Exhibits, func(x exhibitView) bool { return x.Sound || x.Video })
	c.Long = q.Free && (q.About.Column == ask.WordsColumn || q.Kind == ask.Wish ||
		q.About.Column == "" && slices.Contains([]ask.Kind{ask.Heard, ask.Picture, ask.Words}, q.Kind))
	c.Head = m.head(q)
	if len(q.About.Incidents) == 1 {
		if c.Known, err = m.known(q.About.Incidents[0], rowFacts); err != nil {
			return nil, err
		}
	}
	if len(c.Exhibits) == 1 && c.Exhibits[0].When == c.Head {
		c.Exhibits[0].When = "" // it stands above
	}
	if len(c.Exhibits) > mostShown {
		c.Exhibits, c.More = c.Exhibits[:mostShown], c.Exhibits[mostShown:]
	}
	for _, f := range q.Fields {
		view := fieldView{Name: f.Name, Label: f.Label.In(m.lang), Hint: f.Hint.In(m.lang)}
		for _, choice := range f.Choices {
			view.Choices = append(view.Choices, choiceView{choice.Value, choice.Text.In(m.lang), false})
		}
		if len(c.Exhibits) == 1 && c.Exhibits[0].Machine && c.Exhibits[0].Picture {
			var lines []string
			for _, l := range c.Exhibits[0].Lines {
				lines = append(lines, l.Text)
			}
			view.Offers = offersFor(f.Name, lines, sendersOf(m.Dossier))
		}
		c.Fields = append(c.Fields, view)
	}
	key := 0
	next := func() int {
		if key++; key > 9 {
			return 0
		}
		return key
	}
	if q.Parts > 1 {
		files := m.filesOf(q, slices.Concat(c.Exhibits, c.More))
		for n, text := range m.parts(q) {
			part := keyView{Value: strconv.Itoa(n + 1), Text: text, Key: next()}
			if files != nil {
				part.File = files[n]
			}
			c.Parts = append(c.Parts, part)
		}
		if files != nil {
			c.Exhibits, c.More = nil, nil // each stands beside its tick
		}
		c.Text = ask.WithoutList(q.Asks().In(m.lang))
	}
	for _, choice := range q.Choices {
		if c.Long && q.Kind == ask.Words && choice.Value == "yes" {
			continue // the words stand in the field, to be kept as they are or put right
		}
		c.Choices = append(c.Choices, keyView{Value: choice.Value, Text: choice.Text.In(m.lang), Key: next()})
	}
	if q.Prefill != "" && !q.Free {
		c.Guess, c.GuessSays = q.Source.In(m.lang), q.Said(q.Prefill).In(m.lang)
	}
	return c, nil
}

// had is a card that was answered, with what it was about.
func (m cardMaker) had(g folder.Answer) (*hadView, error) {
	out := &hadView{N: g.N, Text: ask.WithoutList(g.Text.In(m.lang)), Said: saidIn(g, m.lang)}
	var err error
	out.Exhibits, err = m.exhibits(g.Incidents, nil)
	out.Exhibits = out.Exhibits[:min(len(out.Exhibits), mostShown)]
	return out, err
}

// head is what a card is about: one act, or how many.
func (m cardMaker) head(q ask.Question) string {
	switch {
	case len(q.About.Incidents) == 1:
		return m.title(m.asked.Incidents[q.About.Incidents[0]])
	case len(q.About.Incidents) > 1:
		return fmt.Sprintf(m.many(q.About.Incidents).In(m.lang), len(q.About.Incidents))
	case len(q.About.Exhibits) == 1:
		return m.asked.Exhibits[q.About.Exhibits[0]].Kind.Title().In(m.lang)
	case len(q.About.Exhibits) > 1:
		return fmt.Sprintf(evidence.Text{ZH: "%d份材料", EN: "%d files"}.In(m.lang), len(q.About.Exhibits))
	}
	return evidence.Text{ZH: "关于整件事", EN: "About the whole matter"}.In(m.lang)
}

// many is what several acts are called, with a place for their number.
func (m cardMaker) many(ids []string) evidence.Text {
	calls, messages := 0, 0
	for _, id := range ids {
		switch m.asked.Incidents[id].Kind {
		case evidence.Call:
			calls++
		case evidence.SMS, evidence.Message:
			messages++
		}
	}
	switch len(ids) {
	case calls:
		return evidence.Text{ZH: "%d次通话", EN: "%d calls"}
	case messages:
		return evidence.Text{ZH: "%d条消息", EN: "%d messages"}
	case calls + messages:
		return evidence.Text{ZH: "%d次通话和消息", EN: "%d calls and messages"}
	}
	return evidence.Text{ZH: "%d件事", EN: "%d acts"}
}

// title is an act in a few words.
func (m cardMaker) title(i evidence.Incident) string {
	var of evidence.ExhibitKind
	if len(i.Exhibits) == 1 {
		of = m.asked.Exhibits[i.Exhibits[0]].Kind
	}
	return i.Called(of).In(m.lang)
}

// parts are the things that a question lists.
func (m cardMaker) parts(q ask.Question) []string {
	out := make([]string, q.Parts)
	for n := range out {
		switch {
		case len(q.About.Incidents) == q.Parts:
			i := m.asked.Incidents[q.About.Incidents[n]]
			out[n] = m.title(i)
			switch {
			case len(q.List) == q.Parts: // what it asks about the act
				out[n] += " " + q.List[n].In(m.lang)
			case cmp.Or(i.Shown, i.Words) != "":
				out[n] += " “" + beginning(cmp.Or(i.Shown, i.Words)) + "”"
			}
		case len(q.List) == q.Parts:
			out[n] = q.List[n].In(m.lang)
		case len(q.About.Exhibits) == q.Parts:
			e := m.asked.Exhibits[q.About.Exhibits[n]]
			out[n] = e.Number + " " + e.Name()
		default:
			out[n] = fmt.Sprintf(evidence.Text{ZH: "第%d个", EN: "no. %d"}.In(m.lang), n+1)
		}
	}
	return out
}

// filesOf are the files that a question lets the person pick from, one for each part;
// none: it is about something else.
func (m cardMaker) filesOf(q ask.Question, shown []exhibitView) []*exhibitView {
	var out []*exhibitView
	for n := range q.Parts {
		number := ""
		switch {
		case len(q.About.Incidents) == q.Parts:
			if of := m.asked.Incidents[q.About.Incidents[n]].Exhibits; len(of) == 1 {
				number = of[0]
			}
		case len(q.About.Exhibits) == q.Parts && len(q.List) == 0:
			number = q.About.Exhibits[n]
		}
		at := slices.IndexFunc(shown, func(x exhibitView) bool { return number != "" && x.Number == number })
		playable := at >= 0 && (shown[at].Sound || shown[at].Video) && q.Parts > mostShown // a few have room beside it
		if at < 0 || !shown[at].Picture && !playable {
			return nil
		}
		x := shown[at]
		x.When = ""
		out = append(out, &x)
	}
	return out
}

// known is what is on record of an act, with what of facts can be changed.
func (m cardMaker) known(id string, facts []rowFact) ([]knownView, error) {
	i, ok := m.asked.Incidents[id]
	if !ok {
		return nil, nil
	}
	var out []knownView
	put := func(label evidence.Text, value string) {
		if value != "" {
			out = append(out, knownView{Label: label.In(m.lang), Value: value})
		}
	}
	who := strings.TrimSpace(i.Number + " " + i.Name)
	side := m.Case.SideOfWriter(i)
	if said := m.Case.SaidOf(i); said != "" {
		side = said
	}
	parted := desk.PartedAs(m.Case, i)
	if parted != "" {
		who += evidence.Text{ZH: "，", EN: ", "}.In(m.lang) + parted
	}
	for _, k := range callerChips {
		if k.value == string(side) && who != "" && parted == "" {
			who += evidence.Text{ZH: "，您认作“" + k.text.ZH + "”", EN: ", named by you: " + k.text.EN}.In(m.lang)
		}
	}
	label := evidence.Text{ZH: "号码", EN: "Number"}
	if i.Number == "" {
		label = evidence.Text{ZH: "对方", EN: "Other side"}
	}
	put(label, who)
	if i.Kind == evidence.Call && i.Seconds > 0 {
		put(evidence.Text{ZH: "长度", EN: "Length"}, fmt.Sprintf(evidence.Text{ZH: "通话%d秒", EN: "%d s"}.In(m.lang),
			i.Seconds))
	}
	for _, f := range facts {
		q, ok, err := desk.OfRow(m.Dossier, id, f.column)
		value := f.value(i)
		switch {
		case err != nil:
			return nil, err
		case !ok || value == "" && !f.wanted(i):
			continue
		}
		k := knownView{Label: f.label.In(m.lang), Row: id, Column: f.column, Free: q.Free, Value: value}
		for _, c := range q.Choices {
			if c.Value == value {
				k.Value = c.Text.In(m.lang)
			}
			k.Choices = append(k.Choices, choiceView{c.Value, c.Text.In(m.lang), c.Value == value})
		}
		out = append(out, k)
	}
	if !slices.ContainsFunc(out, func(k knownView) bool { return k.Column == ask.WordsColumn }) {
		put(evidence.Text{ZH: "您的话", EN: "Your words"}, i.Words)
	}
	return out, nil
}

// A rowFact is what the person can change of a row; wanted are rows of which it is
// asked for though nothing is said.
type rowFact struct {
	column string
	label  evidence.Text
	value  func(evidence.Incident) string
	wanted func(evidence.Incident) bool
}

// rowFacts are those beside a card.
var rowFacts = []rowFact{
	{ask.ReachedColumn, evidence.Text{ZH: "找到的是", EN: "Reached"},
		func(i evidence.Incident) string { return string(i.Reached) }, func(evidence.Incident) bool { return true }},
	{ask.DisclosedColumn, evidence.Text{ZH: "说了欠款吗", EN: "Debt told"},
		func(i evidence.Incident) string { return string(i.Disclosed) },
		func(i evidence.Incident) bool { return i.Reached.Third() }},
	{ask.ReachableColumn, evidence.Text{ZH: "当天能联系上您", EN: "You in reach"},
		func(i evidence.Incident) string { return string(i.Reachable) },
		func(i evidence.Incident) bool { return i.Reached.Third() }},
	{ask.AnnouncedColumn, evidence.Text{ZH: "说了在录音吗", EN: "Recording told"},
		func(i evidence.Incident) string { return string(i.Announced) },
		func(i evidence.Incident) bool { return len(i.Exhibits) > 0 && i.Answered == evidence.Yes }},
	{ask.ToldByColumn, evidence.Text{ZH: "谁转告的", EN: "Told by"},
		func(i evidence.Incident) string { return i.ToldBy }, func(evidence.Incident) bool { return true }},
}

// exhibits are what a card shows: for each act its recording or picture, or the
// words of its message; then files that belong to no act.
func (m cardMaker) exhibits(incidents, numbers []string) ([]exhibitView, error) {
	var out []exhibitView
	shown := map[string]bool{}
	for _, id := range incidents {
		i, ok := m.asked.Incidents[id]
		if !ok {
			continue
		}
		media := false
		for _, n := range i.Exhibits {
			e, ok := m.asked.Exhibits[n]
			if !ok || e.Kind.IsLog() || e.Kind == evidence.Transcript || e.Extract != nil {
				continue
			}
			media = true
			if shown[n] {
				continue
			}
			shown[n] = true
			x, err := m.exhibit(e)
			if err != nil {
				return nil, err
			}
			x.When = m.title(i)
			if i.Shown != "" && len(x.Lines) == 0 {
				x.Words = i.Shown
			}
			out = append(out, x)
		}
		if !media {
			out = append(out, exhibitView{When: m.title(i), Words: cmp.Or(i.Shown, i.Words),
				Facts: strings.TrimSpace(i.Number + " " + i.Name)})
		}
	}
	for _, n := range numbers {
		e, ok := m.asked.Exhibits[n]
		if !ok || shown[n] || e.Kind.IsLog() || e.Kind == evidence.Transcript && len(out) > 0 {
			continue
		}
		shown[n] = true
		x, err := m.exhibit(e)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func (m cardMaker) exhibit(e evidence.Exhibit) (exhibitView, error) {
	out := exhibitView{Number: e.Number, Name: e.Name()}
	kind, _, _ := strings.Cut(e.MediaType, "/")
	out.Picture, out.Sound = showable(e) && kind == "image", showable(e) && kind == "audio"
	out.Video = showable(e) && kind == "video"
	out.Other = !out.Picture && !out.Sound && !out.Video
	passages, machine, err := desk.PassagesIn(m.Dossier, e.Number)
	if err != nil {
		return out, err
	}
	out.Machine = machine
	for _, p := range passages {
		l := lineView{Text: strings.TrimLeft(p.Text, "|｜ ")} // what a bubble's edge is read as
		if p.Begin >= 0 && !out.Picture {
			s := int(p.Begin.Seconds())
			l.At, l.Seconds = fmt.Sprintf("%d:%02d", s/60, s%60), fmt.Sprintf("%.1f", p.Begin.Seconds())
		}
		out.Lines = append(out.Lines, l)
	}
	if out.Picture && machine {
		m.mark(&out, e)
	}
	return out, nil
}

// mark puts onto a picture where each line that was read stands.
func (m cardMaker) mark(x *exhibitView, e evidence.Exhibit) {
	var lines []string
	for _, l := range x.Lines {
		lines = append(lines, l.Text)
	}
	marked, ok := desk.MarkedOn(m.Dossier, e, lines)
	if !ok {
		return
	}
	x.Wide, x.High = marked.Width, marked.Height
	for n, places := range marked.Lines {
		for _, r := range places[:min(1, len(places))] { // the same words elsewhere are another line
			x.Marks = append(x.Marks, markView{n, r.Min.X, r.Min.Y, r.Dx(), r.Dy()})
		}
	}
}
