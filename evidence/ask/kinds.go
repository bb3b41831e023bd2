package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// mostKinds is how many kinds one message is looked at for: beyond that nobody reads on.
const mostKinds = 5

// soundsAs are words of a row and the kind to ask about first, as the row is named so far.
func (l *lister) soundsAs(i evidence.Incident) (wording, bool) {
	if w, ok := l.heardWording(i); ok {
		return w, true
	}
	if !l.readable(i) || phrase.Owns(i) { // that its collectors did wrong threatens nobody
		return wording{}, false
	}
	hits := l.announcing(i, l.hitsOf(i))
	if w, ok := l.sounding(i, hits); ok {
		return w, true
	}
	return l.further(i, hits)
}

// kindsOf are all kinds that the words of a row could be asked about as, whichever answers
// were yes and which no; the first is the one to ask about first.
func (l *lister) kindsOf(i evidence.Incident) []wording {
	var out []wording
	var look func(now evidence.Incident, depth int)
	look = func(now evidence.Incident, depth int) {
		w, ok := l.soundsAs(now)
		if !ok || depth == mostKinds || slices.Contains(now.Asserted, w.breach) {
			return
		}
		w.row = i
		w.otherwise = w.breach == "V06" && len(out) > 0 && out[0].breach == "V06a"
		if !slices.ContainsFunc(out, func(o wording) bool { return o.breach == w.breach }) &&
			(w.breach != "V06b" || len(out) == 0 || l.insultApart(i)) &&
			(w.breach != "V06" || len(out) == 0 || out[0].breach != "V06b" || l.threatens(i)) {
			out = append(out, w)
		}
		is, isNot := now, now
		is.Asserted = append(slices.Clone(now.Asserted), w.breach)
		isNot.Denied = append(slices.Clone(now.Denied), w.breach)
		look(isNot, depth+1)
		look(is, depth+1)
	}
	look(i, 0)
	// What the police look into stands first of the threats.
	grave := slices.IndexFunc(out, func(w wording) bool { return w.breach == "V06a" })
	threat := slices.IndexFunc(out, func(w wording) bool { return w.breach == "V06" })
	if threat >= 0 && grave > threat {
		w := out[grave]
		out = slices.Insert(slices.Delete(out, grave, grave+1), threat, w)
	}
	return out
}

// insultApart reports insults in a row that are not the words of its threats: 砍死你全家 is a
// threat and no insult beside it.
func (l *lister) insultApart(i evidence.Incident) bool {
	hits := l.wordsIn(i)
	return slices.ContainsFunc(hits, func(h phrase.Hit) bool {
		return h.Breach() == "V06b" && !h.Review && !slices.ContainsFunc(hits, func(o phrase.Hit) bool {
			return o.Breach() != "V06b" && o.Breach().Rule() == "V06" && o.Start < h.End && h.Start < o.End
		})
	})
}

// threatens reports words in a row that threaten, beside those that insult.
func (l *lister) threatens(i evidence.Incident) bool {
	return slices.ContainsFunc(l.wordsIn(i), func(h phrase.Hit) bool {
		return !h.Review && h.Breach().Rule() == "V06" && h.Breach() != "V06b"
	})
}

// wordsIn are the words of a row worth reading, of a recording as somebody heard them.
func (l *lister) wordsIn(i evidence.Incident) []phrase.Hit {
	if words := heardIn(i); words != "" {
		return phrase.Find(words, phrase.Collector)
	}
	return l.hitsOf(i)
}

// ofOneKind reports rows that are all asked about as one kind, and nothing else.
func ofOneKind(rows []evidence.Incident, kinds map[string][]wording) bool {
	return !slices.ContainsFunc(rows, func(i evidence.Incident) bool {
		return slices.ContainsFunc(kinds[i.ID], func(w wording) bool {
			return !w.otherwise && w.breach != kinds[rows[0].ID][0].breach
		})
	})
}

// askKinds asks of messages that sound like several kinds which of them they are, all in
// one: each message stands there with each kind it may be of, to be ticked.
func (l *lister) askKinds(rows []evidence.Incident, kinds map[string][]wording) {
	q := Question{Kind: Words, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows)},
		Why: evidence.Text{ZH: "程序只会按词找，读不懂前后的意思；算不算，要您看了才作数",
			EN: "the program finds words and does not understand them; only you can say"},
		Effect: evidence.Text{ZH: "勾上的，原话按这一种写进投诉；没有勾的就是不算，不再另问",
			EN: "the words go into the letters as what you tick; what you do not tick is none, and is not asked again"}}
	var quotes []string
	for _, i := range rows {
		for _, w := range kinds[i.ID] {
			kind := kindWords(w.breach)
			if w.breach == "V19" && !prison.MatchString(w.quote) {
				kind = consequence
			}
			if w.breach == "V06" && w.announces {
				kind = announcement
			}
			if w.breach == "V06" && slices.ContainsFunc(kinds[i.ID], func(o wording) bool { return o.breach == "V06a" }) {
				kind = evidence.Text{ZH: "属于别的威胁、恐吓", EN: "threaten or intimidate you otherwise"}
			}
			q.List = append(q.List, evidence.Text{ZH: "“" + w.quote + "”是在" + kind.ZH, EN: "“" + w.quote + "”: they " + kind.EN})
			if strings.HasPrefix(kind.ZH, "属于") {
				q.List[len(q.List)-1].ZH = "“" + w.quote + "”" + kind.ZH
			}
			q.About.Kinds = append(q.About.Kinds, i.ID+"="+string(w.breach))
			q.Danger = q.Danger || w.danger
			if !slices.Contains(quotes, w.quote) {
				quotes = append(quotes, w.quote)
			}
			if w.breach == "V02" && !strings.Contains(q.Effect.ZH, "当天") {
				q.Effect.ZH += "。承认联系过别人的，写明是对方自己说的，当天能联系上您本人的才写"
				q.Effect.EN += "; what the other side says of others it contacted is told as its own words, where you could " +
					"be reached that day"
			}
		}
	}
	q.Parts, q.About.Quote = len(q.List), "“"+strings.Join(quotes, "” “")+"”"
	list := inOrder(q.List)
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("这 %d 条是什么话？一条可以算几样，是的都勾上：%s", len(rows), list.ZH),
		EN: fmt.Sprintf("What are the words of these %d? One may be several things; tick all that it is: %s", len(rows),
			list.EN)}
	if len(rows) == 1 {
		q.Text = evidence.Text{ZH: "这一条是什么话？可以算几样，是的都勾上：" + list.ZH,
			EN: "What are these words? They may be several things; tick all that they are: " + list.EN}
	}
	if !l.Case.Concerns(rows[0]) {
		q.Text.ZH = "发来的号码不知道是谁的。只勾为您这笔欠款发来的：" + q.Text.ZH
		q.Text.EN = "Nobody knows whose number it came from. Tick only what was sent over this debt of yours. " + q.Text.EN
	}
	q.Choices = yesNo("每一样都是", "all of it", "没有一样是", "none of it")
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		part := 0
		for _, i := range rows {
			now := i
			for _, w := range kinds[i.ID] {
				if part++; isYes(value, part, len(q.List)) {
					now.Asserted = append(slices.Clone(now.Asserted), w.breach)
				} else if !slices.Contains(now.Denied, w.breach) {
					now.Denied = append(slices.Clone(now.Denied), w.breach)
				}
			}
			if slices.Contains(now.Denied, "V06b") && !asserted(now, "V06") && !slices.Contains(now.Denied, "V06") {
				now.Denied = append(now.Denied, "V06") // an insult that is none is no threat
			}
			if slices.Contains(now.Asserted, "V06a") { // it is a threat as well, and more than that
				threat := func(b evidence.Breach) bool { return b == "V06" }
				now.Asserted, now.Denied = slices.DeleteFunc(now.Asserted, threat), slices.DeleteFunc(now.Denied, threat)
			}
			out = append(out, Edit{Row: i.ID, Column: "asserted kinds", Value: kindsCell(now)})
			if len(now.Asserted) > len(i.Asserted) && !l.Case.Concerns(i) { // by their word, not by its number
				out = append(out, Edit{Row: i.ID, Column: "use", Value: yes})
			}
		}
		return out, nil
	})
}

// prison are words of prison or arrest; other consequences are called otherwise.
var prison = lazyregexp.New(`牢|抓|捕|拘|刑|监狱|通缉|追逃|法办|判|诈骗|犯罪`)

var consequence = evidence.Text{ZH: "拿编造、夸大的后果吓您", EN: "threaten you with invented or overstated consequences"}

// kindsCell is the cell of a row of what it was named as and what it is not.
func kindsCell(i evidence.Incident) string {
	var words []string
	for _, b := range i.Asserted {
		if !slices.Contains(words, string(b)) {
			words = append(words, string(b))
		}
	}
	for _, b := range i.Denied {
		if !slices.Contains(i.Asserted, b) {
			words = append(words, "非"+string(b))
		}
	}
	return strings.Join(words, " ")
}

// Asks reports a question whether a row is of a rule.
func (a About) Asks(row, rule string) bool {
	if len(a.Kinds) == 0 {
		return a.Breach.Rule() == rule && slices.Contains(a.Incidents, row)
	}
	return slices.ContainsFunc(a.Kinds, func(k string) bool {
		id, b, _ := strings.Cut(k, "=")
		return id == row && evidence.Breach(b).Rule() == rule
	})
}
