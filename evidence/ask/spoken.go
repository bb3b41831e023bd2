package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// saidSo answers that words were said as they stand, and are not what they sound like.
const saidSo = "said"

// A heard is what a row of a recording or picture may say: passages that sound like a
// violation, all of one kind, in their order.
type heard struct {
	wording  // of the gravest
	passages []Spoken
	more     bool // the row has passages of other kinds to be asked about
}

// spoken asks about words in recordings, by their transcripts, of one kind together, and
// in pictures whose text a program read, one by one: there they are put right as well. The
// answer is given by somebody who listened or looked: what they confirm is then what the
// file shows. Of a recording the gravest kind is asked about first, with all passages that
// sound so, and then the others.
func (l *lister) spoken() {
	all := map[string][]heard{} // by row, each of one passage
	var rows []evidence.Incident
	for _, s := range l.Spoken {
		if s.Refuses || l.passageAnswered(s) {
			continue
		}
		n := slices.IndexFunc(l.Incidents, func(i evidence.Incident) bool {
			return slices.Contains(i.Exhibits, s.Exhibit) && i.Use != evidence.No && (i.Shown == "" || l.addsTo(i, s))
		})
		if n < 0 {
			continue
		}
		i := l.Incidents[n]
		if _, logged := l.inALog(s.Passage, s.Exhibit); logged && l.screenshots(i) {
			continue // it is asked about where the log has it
		}
		if l.readInOne[i.ID] {
			continue // its words are asked about with those of others
		}
		said := i
		said.Kind, said.Shown = evidence.Message, s.Passage
		if heardIn(i) != "" || i.Shown != "" {
			said.Asserted = nil // by ear until now, or of other passages
		}
		from := phrase.Anybody
		// What the person described as something else, a receipt of the police or a list of
		// calls, is not the collector's speech because it belongs to the matter.
		if l.Case.Concerns(i) && (i.Kind != evidence.Other || i.Words == "") {
			from = phrase.Collector
		}
		if w, ok := l.sounding(said, phrase.Find(s.Passage, from)); ok && (w.danger || !l.mayBeInOne[i.ID]) {
			if all[i.ID] == nil {
				rows = append(rows, i)
			}
			w.row = i
			all[i.ID] = append(all[i.ID], heard{wording: w, passages: []Spoken{s}})
		}
	}
	of := map[string]heard{}
	var pictures, heardRows []evidence.Incident
	for _, i := range rows {
		h := l.gravestHeard(all[i.ID], l.screenshots(i))
		of[i.ID] = h
		switch _, _, dont := l.unsure(Words, h.breach, i.ID); {
		case dont:
		case l.screenshots(i):
			pictures = append(pictures, i)
		default:
			heardRows = append(heardRows, i)
		}
	}
	for _, i := range pictures[:min(len(pictures), mostWritten)] {
		l.askRead(i, of[i.ID])
	}
	for _, b := range evidence.Breaches() {
		same := slices.DeleteFunc(slices.Clone(heardRows), func(i evidence.Incident) bool { return of[i.ID].breach != b })
		for _, g := range l.groups(Words, b, same, func(i evidence.Incident) string {
			return fmt.Sprint(l.Case.Concerns(i), b == "V06" && of[i.ID].announces)
		}) {
			l.askSpoken(b, g, of)
		}
	}
}

// gravestHeard are the passages of the kind that is asked about first; of a picture one,
// for it is copied out with all that stands beside it.
func (l *lister) gravestHeard(all []heard, alone bool) heard {
	first := 0
	for n, h := range all {
		if h.danger && !all[first].danger {
			first = n
		}
	}
	out := all[first]
	if alone {
		out.more = len(all) > 1
		return out
	}
	out.passages = nil
	for _, h := range all {
		if h.breach == out.breach && (h.breach != "V06" || h.announces == out.announces) {
			out.passages = append(out.passages, h.passages...)
		} else {
			out.more = true
		}
	}
	return out
}

// left stands between passages of a recording for what was said between them.
const left = "……"

// addsTo reports a passage of a recording of which others were confirmed already: it is
// quoted beside them.
func (l *lister) addsTo(i evidence.Incident, s Spoken) bool {
	parts := strings.Split(i.Shown, left)
	return !l.screenshots(i) && !slices.Contains(parts, s.Passage) &&
		!slices.ContainsFunc(parts, func(p string) bool {
			return !slices.ContainsFunc(l.Spoken, func(o Spoken) bool { return o.Exhibit == s.Exhibit && o.Passage == p })
		})
}

// together are the confirmed passages of a recording, in the order in which they were said.
func (l *lister) together(i evidence.Incident, more []Spoken) string {
	parts := strings.Split(i.Shown, left)
	var out []string
	for _, s := range l.Spoken {
		said := slices.Contains(parts, s.Passage) || slices.ContainsFunc(more, func(m Spoken) bool { return m == s })
		if slices.Contains(i.Exhibits, s.Exhibit) && said && !slices.Contains(out, s.Passage) {
			out = append(out, s.Passage)
		}
	}
	return strings.Join(out, left)
}

// passageAnswered reports a passage of which the person has said what it is. One that is no threat
// says nothing of another of the same recording.
func (l *lister) passageAnswered(s Spoken) bool {
	at := strings.Fields(passageAt(s))
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		if g.Kind != Words || g.Value == Skip || g.Value == apart || len(at) < 2 {
			return false
		}
		for n := range g.Subject {
			if n+len(at) <= len(g.Subject) && slices.Equal(g.Subject[n:n+len(at)], at) {
				return true
			}
		}
		return false
	})
}

// passageAt tells a passage from others of its file: by its place, or by its words where the
// file has none, as a photo of a notice.
func passageAt(s Spoken) string {
	if len(strings.Fields(s.Where)) > 1 {
		return s.Where
	}
	return s.Where + " “" + strings.Join(strings.Fields(s.Passage), "") + "”"
}

// askSpoken asks of each passage whether it was said and whether it is of a kind. What was
// said and is not goes into the row, so that it can be asked about as something else.
func (l *lister) askSpoken(b evidence.Breach, g []evidence.Incident, of map[string]heard) {
	kind := kindWords(b)
	if b == "V06" && of[g[0].ID].announces {
		kind = announcement
	}
	var said, where, places []string
	q := Question{Kind: Words, About: About{Incidents: idsOf(g), Breach: b}}
	for _, i := range g {
		h := of[i.ID]
		q.Danger = q.Danger || h.danger
		for _, s := range h.passages {
			if !slices.Contains(q.About.Exhibits, s.Exhibit) {
				q.About.Exhibits = append(q.About.Exhibits, s.Exhibit)
			}
			where, places = append(where, s.Where), append(places, passageAt(s))
			one := fmt.Sprintf("%s“%s”", s.Exhibit, s.Passage)
			q.List = append(q.List, evidence.Text{ZH: one, EN: one})
			said = append(said, fmt.Sprintf("%d %s", len(q.List), one))
		}
	}
	q.About.File = strings.Join(places, " ")
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("这 %d 份里，对方是不是说了这些话，而且每一句都在%s？请先听一听、看一看原件：%s", len(q.About.Exhibits), kind.ZH,
			inOrder(q.List).ZH),
		EN: fmt.Sprintf(
			"Does somebody in these %d files say so, and do these words %s? Please listen or look first: %s",
			len(q.About.Exhibits), kind.EN, inOrder(q.List).EN)}
	q.About.Quote, q.Parts = strings.Join(said, " "), len(q.List)
	q.Choices = append(yesNo("每一句都是，原话就是这样", "yes, each of them", "没有一句是", "none of them"),
		Choice{saidSo, evidence.Text{ZH: "都这样说了，但没有一句是这个意思", EN: "all was said, and none of it means that"}})
	if len(q.List) == 1 {
		s := of[g[0].ID].passages[0]
		q.About.Quote = s.Passage
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("%s 里对方是不是说了“%s”，而且是在%s？请先听一听、看一看原件", s.Exhibit, s.Passage, kind.ZH),
			EN: fmt.Sprintf("Does somebody in %s say “%s”, and do these words %s? Please listen or look first",
				s.Exhibit, s.Passage, kind.EN)}
		q.Choices = append(yesNo("说了，也是这个意思", "yes, these are the words, and they do", "没有这样说", "nobody says so"),
			Choice{saidSo, evidence.Text{ZH: "说了，但不是这个意思", EN: "they were said, and do not"}})
	}
	q.Why = evidence.Text{ZH: "这些字是从 " + strings.Join(where, "、") + " 读来的，没有人核对过",
		EN: "the words were read from " + strings.Join(where, ", ") + ", and nobody has compared them"}
	q.Effect = evidence.Text{ZH: "是这个意思的，作为原话写进投诉；没有说、不是这个意思的，不写",
		EN: "if so, the words go into the letters as they were said; if not, they stay out"}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		part := 0
		for _, i := range g {
			h := of[i.ID]
			var are []Spoken
			for _, s := range h.passages {
				if part++; isYes(value, part, len(q.List)) {
					are = append(are, s)
				}
			}
			if len(are) == 0 && h.more {
				continue // the others are asked about: they may be what these are not
			}
			if len(are) == 0 && value == saidSo && i.Shown == "" {
				are = h.passages
			}
			if is := value != saidSo && len(are) > 0; is || !slices.ContainsFunc(i.Asserted, func(a evidence.Breach) bool {
				return a.Rule() == b.Rule() // by other passages
			}) {
				out = append(out, named(i, b, is))
			}
			if len(are) > 0 {
				out = append(out, Edit{Row: i.ID, Column: "what the file shows", Value: l.together(i, are)})
			}
		}
		return out, nil
	})
}

// askRead asks about what a program read off a picture: programs misread, so that the
// words are put right as they are confirmed, with who says them and when. That they are
// there says nothing of what they do: that is said beside it, or asked next of all words
// that were copied.
func (l *lister) askRead(i evidence.Incident, h heard) {
	s := h.passages[0]
	kind := kindWords(h.breach)
	if h.breach == "V06" && h.announces {
		kind = announcement
	}
	q := Question{Kind: Words, Free: true, Danger: h.danger, Prefill: s.Passage,
		Fields: append([]Field{readKind(h.breach)}, fieldsOf(i, l.Exhibits)...),
		About: About{Incidents: []string{i.ID}, Breach: h.breach, Exhibits: []string{s.Exhibit}, File: s.Where,
			Quote: s.Passage},
		Source: evidence.Text{ZH: "程序从图上读来的，可能有错字", EN: "read off the picture by a program, which gets characters wrong"},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s 上读到“%s”，像是在%s。图上是怎么写的？对着图把错字改过来、漏掉的补上；是不是这个意思，另外选", s.Exhibit,
				s.Passage, kind.ZH),
			EN: fmt.Sprintf("“%s” was read off %s and sounds as if it would %s. What does the picture say? Put wrong "+
				"characters right and add what is missing; whether they mean that is chosen apart", s.Passage, s.Exhibit,
				kind.EN)},
		Why: evidence.Text{ZH: "这些字是程序从 " + s.Where + " 读来的，没有人核对过；信里只能写图上的原话",
			EN: "a program read the words from " + s.Where + " and nobody has compared them; letters quote pictures " +
				"word for word"},
		Effect: evidence.Text{ZH: "写下的是图上的原话；算不算违规，只看您选的那一种，没有选的接着问。图上没有的，不写",
			EN: "what you write down is what the picture says; what it amounts to is what you choose, and is asked next " +
				"if you choose nothing. What is not there is not told"},
		Choices: yesNo("有，一个字也不差", "yes, word for word", "没有这句，或者和催收无关", "no such words, or nothing to do with it")}
	l.add(q, func(value string) ([]Edit, error) {
		words, fields := q.split(value)
		if words == no {
			return []Edit{noneOf(i, h.breach, s.Passage)}, nil
		}
		if words == yes {
			words = s.Passage
		}
		as, err := q.kindIn(fields)
		if err != nil {
			return nil, err
		}
		out, err := l.writtenEdits(q, i, q.With(words, fields))
		by := fields[byField.Name]
		if err != nil || as == "" || by == teller || by == "" && l.Case.SideOfWriter(i) == "" {
			return out, err // who tells does not threaten; who speaks is asked next, and then it counts
		}
		if as == no {
			return append(out, noneOf(i, h.breach, words)), nil
		}
		return append(out, named(i, evidence.Breach(as), true)), nil
	})
}

// readKind is what words off a picture may amount to, what they sound like among it.
func readKind(b evidence.Breach) Field {
	f := kindField
	f.Hint = evidence.Text{ZH: "写下原话不等于算违规；拿不准的不选，接着再问",
		EN: "to write words down does not name them; choose none if you are not sure, and you are asked next"}
	if !slices.Contains(heardAs, b) {
		f.Choices = slices.Insert(slices.Clone(f.Choices), 0, Choice{string(b), kindWords(b)})
	}
	return f
}

// noneOf says of a row that it is of no kind that words sound like: the same words are
// not asked about as another.
func noneOf(i evidence.Incident, b evidence.Breach, words string) Edit {
	kinds := []evidence.Breach{b}
	for _, h := range phrase.Find(words, phrase.Collector) {
		kinds = append(kinds, h.Breach())
	}
	if slices.ContainsFunc(kinds, func(b evidence.Breach) bool { return b.Rule() == "V06" }) {
		kinds = append(kinds, "V06")
	}
	i.Denied = slices.DeleteFunc(slices.Clone(i.Denied), func(k evidence.Breach) bool { return k == b })
	for _, k := range kinds {
		if k != b && !slices.Contains(i.Denied, k) {
			i.Denied = append(i.Denied, k)
		}
	}
	return named(i, b, false)
}
