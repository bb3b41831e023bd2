package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// A wording is words of a row that sound like violations: of one kind or of
// several, the one to ask about first.
type wording struct {
	row    evidence.Incident
	breach evidence.Breach
	quote  string
	danger bool
	sort   string // the groups of words in it
	// it is asked next as a threat of another sort, if it is none to somebody's safety
	otherwise bool
	// it announces to contact or tell others, and threatens with nothing else
	announces bool
}

// firm are the groups of words that speak of one kind alone; threats of any
// sort may stand beside them, and beside an insult that others are named in it.
var firm = map[evidence.Breach][]string{
	"V06a": {"threat_violence", "family_threat", "threat"},
	"V06b": {"insult", "threat", "third_party_disclosure"},
}

// claimed are the kinds that are asked about before threats and insults: who
// poses as the police announces prison too.
var claimed = []evidence.Breach{"V07", "V24", "V08a", "V09", "V19"}

// toAsk is the kind to ask about first, of all that words sound like: one that
// the person did not rule out and has not been asked for. The same words are
// asked about as one kind alone, and that is all a letter needs.
func (l *lister) toAsk(i evidence.Incident, hits []phrase.Hit) evidence.Breach {
	var kinds []evidence.Breach
	groups := map[string]bool{}
	for _, h := range hits {
		if b := h.Breach(); !slices.Contains(kinds, b) {
			kinds = append(kinds, b)
		}
		groups[h.Category] = true
	}
	open := func(b evidence.Breach) bool {
		_, _, dont := l.unsure(Words, b, i.ID)
		return !dont && !slices.Contains(i.Denied, b)
	}
	for _, b := range claimed {
		if slices.Contains(kinds, b) && open(b) {
			return b
		}
	}
	threat := false
	for _, b := range kinds {
		threat = threat || b.Rule() == "V06"
	}
	for _, b := range []evidence.Breach{"V06a", "V06b"} {
		only := slices.Contains(kinds, b)
		for g := range groups {
			only = only && (slices.Contains(firm[b], g) ||
				!strings.HasPrefix(string(phrase.Hit{Category: g}.Breach()), "V06"))
		}
		if only && open(b) {
			return b
		}
	}
	if threat && open("V06") {
		return "V06"
	}
	if slices.Contains(kinds, "V06b") && slices.Contains(i.Denied, "V06") && open("V06b") {
		return "V06b" // no threat, they say, and maybe an insult still
	}
	for _, b := range kinds {
		if b.Rule() != "V06" && open(b) {
			return b
		}
	}
	return ""
}

// sounding are the words of a row worth asking about, where nobody has named it.
func (l *lister) sounding(i evidence.Incident, hits []phrase.Hit) (wording, bool) {
	if w, ok := l.graver(i, hits); ok {
		return w, true
	}
	if slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return evidence.KindOf(string(b)).Spoken }) {
		return wording{}, false
	}
	plain := i
	plain.Denied, plain.Asserted = nil, nil
	all := phrase.WordedOf(plain, hits)
	if len(all) == 0 {
		return wording{}, false
	}
	w := wording{row: i, quote: all[0].Quote}
	for _, h := range hits {
		if !h.Review && !strings.Contains(w.sort, h.Category) {
			w.sort += h.Category + " "
		}
	}
	w.breach = l.toAsk(i, slices.DeleteFunc(slices.Clone(hits), func(h phrase.Hit) bool { return h.Review }))
	w.announces = announces(hits)
	for _, x := range all {
		if w.danger = w.danger || x.Danger; x.Breach.Rule() == w.breach.Rule() {
			w.quote = x.Quote
		}
	}
	return w, w.breach != ""
}

// further are other words of a row than those it was named by: one message can
// threaten with prison and to tell the employer. Who poses as a court announces what
// it would do: that is part of the pose, but for what threatens somebody's safety.
func (l *lister) further(i evidence.Incident, hits []phrase.Hit) (wording, bool) {
	named := func(h phrase.Hit) bool { return asserted(i, h.Breach().Rule()) }
	posed := slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool {
		return slices.Contains([]string{"V07", "V08", "V24"}, b.Rule())
	})
	others := slices.DeleteFunc(slices.Clone(hits), func(h phrase.Hit) bool {
		return named(h) || posed && !h.Danger() || slices.ContainsFunc(hits, func(o phrase.Hit) bool {
			return named(o) && (o.Start < h.End && h.Start < o.End || !h.Danger() && oneClause(i.Shown, o, h))
		})
	})
	if len(i.Asserted) == 0 || len(others) == 0 {
		return wording{}, false
	}
	bare := i
	bare.Asserted = nil
	w, ok := l.sounding(bare, others)
	w.row = i
	return w, ok
}

// oneClause reports words of which nothing parts the one from the other: 否则上门抓捕 is one
// thing said.
func oneClause(s string, a, b phrase.Hit) bool {
	if b.Start < a.Start {
		a, b = b, a
	}
	return !strings.ContainsAny(s[min(a.End, b.Start):b.Start], "，,、。！!？?；;\n ")
}

// announces reports words of threats that are all announcements to contact or
// tell others.
func announces(hits []phrase.Hit) bool {
	found := false
	for _, h := range hits {
		if h.Review || h.Breach().Rule() != "V06" {
			continue
		}
		if !h.Announces() {
			return false
		}
		found = true
	}
	return found
}

// graver asks of a threat whether it was one to somebody's safety, where its
// words sound so: the police look into that, and the letters say it first.
func (l *lister) graver(i evidence.Incident, hits []phrase.Hit) (wording, bool) {
	const b = "V06a"
	if !slices.Contains(i.Asserted, "V06") || slices.Contains(i.Asserted, evidence.Breach(b)) ||
		slices.Contains(i.Denied, evidence.Breach(b)) {
		return wording{}, false
	}
	if _, asked, _ := l.unsure(Words, b, i.ID); asked || l.saidWith(kindField, i.ID) {
		return wording{}, false // it was before them when they named it
	}
	plain := i
	plain.Denied, plain.Asserted = nil, nil
	for _, w := range phrase.WordedOf(plain, hits) {
		if w.Breach == b {
			return wording{row: i, breach: b, quote: w.Quote, danger: w.Danger}, true
		}
	}
	return wording{}, false
}

// words asks whether what somebody wrote is of a kind: of one kind together, with all
// words quoted; where words sound like several kinds, one message or all of them, which of
// those they are is asked at once.
func (l *lister) words() {
	kinds := map[string][]wording{}
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if _, _, dont := l.unsure(Words, "", i.ID); dont {
			continue
		}
		if all := l.kindsOf(i); len(all) > 0 {
			kinds[i.ID], rows = all, append(rows, i)
		}
	}
	for _, ours := range []bool{true, false} {
		l.wordsOf(slices.DeleteFunc(slices.Clone(rows), func(i evidence.Incident) bool {
			return l.Case.Concerns(i) != ours
		}), kinds)
	}
}

// wordsOf asks about the words of rows that are all of the matter, or all of senders nobody
// knows.
func (l *lister) wordsOf(rows []evidence.Incident, kinds map[string][]wording) {
	// What threatens somebody's safety stands first, and words of one sort together, so that
	// what is none of it does too.
	slices.SortStableFunc(rows, func(x, y evidence.Incident) int {
		a, b := kinds[x.ID][0], kinds[y.ID][0]
		return cmp.Or(boolOrder(!a.danger, !b.danger), cmp.Compare(breachPlace(a), breachPlace(b)),
			strings.Compare(a.sort, b.sort))
	})
	together := evidence.Breach("")
	if len(rows) > 0 && ofOneKind(rows, kinds) {
		together = kinds[rows[0].ID][0].breach
	}
	for _, g := range l.groups(Words, together, rows, func(evidence.Incident) string { return "" }) {
		if !ofOneKind(g, kinds) {
			l.askKinds(g, kinds)
			continue
		}
		of := map[string]wording{}
		for _, i := range g {
			of[i.ID] = kinds[i.ID][0]
		}
		l.askWords(kinds[g[0].ID][0].breach, g, of)
	}
}

// breachPlace is where the kind of words stands among all kinds.
func breachPlace(w wording) int { return slices.Index(evidence.Breaches(), w.breach) }

// safety is the answer that words threaten, and somebody's safety.
const safety = "safety"

// readable reports a row whose words are worth asking about: it belongs to the
// matter, or its sender is nobody who could be asked about.
func (l *lister) readable(i evidence.Incident) bool {
	if i.Use == evidence.No || i.Direction == evidence.Out || i.ToldBy != "" ||
		phrase.Tells(l.Case, i) && !l.speakerSaid(i) || asserted(i, "V10") || l.speakerOpen(i) || l.speakerUnknown(i) {
		return false
	}
	if l.Case.Concerns(i) {
		return true
	}
	if l.Case.SideOfWriter(i) != "" {
		return false
	}
	_, dont := l.unsureOf(Caller, cmp.Or(i.Number, i.Account()))
	return l.named(i) || dont
}

// kindWords says what a kind is, in a question.
func kindWords(b evidence.Breach) evidence.Text {
	switch b {
	case "V06":
		return evidence.Text{ZH: "威胁、恐吓您", EN: "threaten or intimidate you"}
	case "V06a":
		return evidence.Text{ZH: "威胁您或者家人的人身安全", EN: "threaten your safety or that of your family"}
	case "V06b":
		return evidence.Text{ZH: "辱骂您", EN: "insult you"}
	case "V02":
		return evidence.Text{ZH: "承认已经联系过您的家人、单位或者别的人",
			EN: "say that your family, your workplace or others were contacted already"}
	case "V07":
		return evidence.Text{ZH: "冒充公安、法院这些机关的人", EN: "pose as the police, a court or the like"}
	case "V24":
		return evidence.Text{ZH: "冒充调解、仲裁、公证这些组织的人", EN: "pose as a body of mediation, arbitration or a notary"}
	case "V08a":
		return evidence.Text{ZH: "冒充律师", EN: "pose as a lawyer"}
	case "V09":
		return evidence.Text{ZH: "拿立案、拘留之类的文书吓您", EN: "threaten you with official papers"}
	case "V17":
		return evidence.Text{ZH: "逼您另外借钱来还", EN: "press you to borrow elsewhere"}
	case "V19":
		return evidence.Text{ZH: "用坐牢、抓人之类的后果吓您", EN: "threaten you with prison or other consequences"}
	case "V22":
		return evidence.Text{ZH: "要您把钱转到私人账户", EN: "ask you to pay into a private account"}
	}
	t := b.Title()
	return evidence.Text{ZH: "属于“" + t.ZH + "”", EN: "amount to: " + t.EN}
}

// announcement says what words are that announce to contact or tell others.
var announcement = evidence.Text{ZH: "扬言去找您的家人、单位这些无关的人，逼您还款",
	EN: "announce to contact or tell others, to make you pay"}

// threatWords says what some words are asked for together: threats and insults,
// announcements to contact others, or both.
func threatWords(rows []evidence.Incident, of map[string]wording) evidence.Text {
	announcing := 0
	for _, i := range rows {
		if of[i.ID].announces {
			announcing++
		}
	}
	switch threat, others := kindWords("V06"), announcement; announcing {
	case 0:
		return threat
	case len(rows):
		return others
	default:
		return evidence.Text{ZH: threat.ZH + "，或者" + others.ZH, EN: threat.EN + ", or " + others.EN}
	}
}

func (l *lister) askWords(b evidence.Breach, rows []evidence.Incident, of map[string]wording) {
	first := of[rows[0].ID]
	kind := kindWords(b)
	switch {
	case b == "V06":
		kind = threatWords(rows, of)
	case b == "V19" && !slices.ContainsFunc(rows, func(i evidence.Incident) bool {
		return prison.MatchString(of[i.ID].quote)
	}):
		kind = consequence
	}
	q := Question{Kind: Words, Danger: first.danger, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows),
		Breach: b, Quote: first.quote},
		Why: evidence.Text{ZH: "程序只会按词找，读不懂前后的意思；算不算，要您看了才作数",
			EN: "the program finds words and does not understand them; only you can say"},
		Effect: evidence.Text{ZH: "算的，原话写进投诉；不算的，不写",
			EN: "if they do, the words go into the letters; if not, they stay out"}}
	if b == "V02" {
		q.Effect = evidence.Text{
			ZH: "是的，只照抄原话，写明是对方自己说的；当天能联系上您本人的才写。最好问一问被联系的人，有了对方手机上的记录再加进来。不是的，不写",
			EN: "if so, letters quote the words as what the other side said of itself, where you could be reached " +
				"that day; best ask whoever was contacted, and add what their phone has. If not, they stay out"}
	}
	if len(rows) == 1 {
		q.Text = evidence.Text{ZH: "“" + first.quote + "”：这话是在" + kind.ZH + "吗？",
			EN: "“" + first.quote + "”: do these words " + kind.EN + "?"}
		q.Choices = yesNo("是", "yes", "不是", "no")
	} else {
		var zh []string
		for n, i := range rows {
			quote := "“" + of[i.ID].quote + "”"
			zh, q.List = append(zh, fmt.Sprintf("%d%s", n+1, quote)), append(q.List, evidence.Text{ZH: quote, EN: quote})
		}
		q.About.Quote = strings.Join(zh, " ")
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("这 %d 条，是不是每一条都在%s？%s", len(rows), kind.ZH, inOrder(q.List).ZH),
			EN: fmt.Sprintf("Does each of these %d %s? %s", len(rows), kind.EN, inOrder(q.List).EN)}
		q.Choices = yesNo("每一条都是", "each of them", "没有一条是", "none of them")
		q.Parts = len(rows)
	}
	ruledOut := func(i evidence.Incident) bool { return slices.Contains(i.Denied, "V06a") }
	// What the police look into is said with it, and not asked once more.
	if b == "V06" && kind != announcement && !slices.ContainsFunc(rows, ruledOut) {
		q.Choices = slices.Insert(q.Choices, 1, Choice{safety, evidence.Text{
			ZH: "是，而且威胁到我或者家人的人身安全（派出所管这个）",
			EN: "yes, and to the safety of me or my family (the police look into that)"}})
		if len(rows) > 1 {
			q.Choices[1].Text = evidence.Text{ZH: "每一条都是，而且每一条都威胁到我或者家人的人身安全（派出所管这个）",
				EN: "each of them, and each to the safety of me or my family (the police look into that)"}
		}
	}
	if slices.ContainsFunc(rows, func(i evidence.Incident) bool { return !l.Case.Concerns(i) }) {
		q.Text.ZH = "发来的号码不知道是谁的。是为您这笔欠款发来的才选是：" + q.Text.ZH
		q.Text.EN = "Nobody knows whose number it came from. Say yes only if it was sent over this debt of yours. " +
			q.Text.EN
	}
	if strings.HasPrefix(kind.ZH, "属于") {
		q.Text.ZH = strings.NewReplacer("是在"+kind.ZH, kind.ZH, "都在"+kind.ZH, "都"+kind.ZH).Replace(q.Text.ZH)
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, i := range rows {
			is, as := isYes(value, n+1, len(rows)) || value == safety, b
			if value == safety {
				as = "V06a"
			}
			out = append(out, named(i, as, is))
			if is && !l.Case.Concerns(i) { // by their word, not by its number
				out = append(out, Edit{Row: i.ID, Column: "use", Value: yes})
			}
		}
		return out, nil
	})
}

// named names a row as a kind, or says that it is not.
func named(i evidence.Incident, b evidence.Breach, is bool) Edit {
	var words []string
	for _, o := range i.Asserted {
		words = append(words, string(o))
	}
	if is && !slices.Contains(words, string(b)) {
		words = append(words, string(b))
	}
	for _, o := range i.Denied {
		if o != b || !is {
			words = append(words, "非"+string(o))
		}
	}
	if !is {
		words = append(words, "非"+string(b))
	}
	return Edit{Row: i.ID, Column: "asserted kinds", Value: strings.Join(words, " ")}
}
