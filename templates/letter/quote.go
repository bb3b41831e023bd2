package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// How many characters of a message a letter has room for: of one that is longer than it
// should be, fewer; of words in which nothing was found that makes the breach, which
// nobody can shorten without reading them, more.
const (
	mostQuoted   = 160
	fewQuoted    = 60
	mostUnsifted = 400
	// fewestRepeated is how long some words of the person have to be that are looked for
	// in what a file shows.
	fewestRepeated = 4
)

// excerpted stands behind a quotation that was shortened.
const excerpted = "（节录，全文见该证据）"

// debtTold are the words by which somebody else was told of a debt.
var debtTold = lazyregexp.New(`欠|逾期|借款|贷款|还款|还钱|债|催收|老赖`)

// quotable is what a letter quotes of an act: all of it, or what makes the breach and
// what else there is room for. Names are hidden before anything is cut, so that no half
// of one is left.
func (in Input) quotable(rule string, i evidence.Incident, most int) (s string, cut bool) {
	s = strings.TrimSpace(in.mask(i.Shown))
	if len([]rune(s)) <= most {
		return s, false
	}
	keep, sifted := in.tellingWords(rule, i, s)
	if !sifted {
		most = max(most, mostUnsifted) // what was said makes these, and nothing tells which words
	}
	return shorten(s, most, keep)
}

// tellingWords are where in a text words stand that make a breach, in characters: those
// of the lists, and those the person repeats in their own words of the act. Sifted says
// that some of them make this one, or that it is none of words.
func (in Input) tellingWords(rule string, i evidence.Incident, s string) (out [][2]int, sifted bool) {
	sifted = rule == tooMany || rule == atNight || rule == bombing
	add := func(from, to int) {
		out = append(out, [2]int{len([]rune(s[:from])), len([]rune(s[:to]))})
	}
	for _, h := range phrase.Find(s, phrase.Collector) {
		add(h.Start, h.End)
		sifted = sifted || h.Breach().Rule() == rule
	}
	if evidence.KindOf(rule).Third {
		for _, m := range debtTold.FindAllStringIndex(s, -1) {
			add(m[0], m[1])
			sifted = true
		}
	}
	for _, w := range strings.FieldsFunc(in.mask(i.Words), func(r rune) bool {
		return strings.ContainsRune(stops+"“”‘’\"'「」：:（）()", r)
	}) {
		if at := strings.Index(s, w); at >= 0 && len([]rune(w)) >= fewestRepeated {
			add(at, at+len(w))
			sifted = true
		}
	}
	return out, sifted
}

// unsifted are the acts of which a letter quotes some words and not others, though
// nothing tells which of them make the breach.
func (in Input) unsifted() []evidence.Incident {
	var out []evidence.Incident
	for _, f := range in.asserted() {
		for _, i := range f.Incidents {
			s := strings.TrimSpace(in.mask(i.Shown))
			if len([]rune(s)) <= mostUnsifted {
				continue
			}
			_, sifted := in.tellingWords(f.Rule, i, s)
			known := slices.ContainsFunc(out, func(o evidence.Incident) bool { return o.ID == i.ID })
			if !sifted && !known {
				out = append(out, i)
			}
		}
	}
	return out
}

// blindCut says of such an act how it is quoted, and how to have other words quoted.
func (in Input) blindCut(i evidence.Incident) evidence.Text {
	n := len([]rune(strings.TrimSpace(i.Shown)))
	return evidence.Text{
		ZH: fmt.Sprintf("%s（%s）的原话有%d字，程序认不出哪几句要紧，信里节录的是开头：要引别的，把那几句照抄进 timeline.csv 这一行的“本人陈述”", i.ID,
			in.when(i), n),
		EN: fmt.Sprintf("of the %d characters of %s no list knows which matter, and the letter quotes the first: to have "+
			"others quoted, copy them into the words of that row of timeline.csv", n, i.ID)}
}

// shorten keeps the clauses that hold some words of a text, and of its beginning what
// there is room for: most characters, or more where those clauses are longer. What is in
// 〔…〕 stands whole or not at all.
func shorten(s string, most int, keep [][2]int) (string, bool) {
	r := []rune(s)
	if len(r) <= most {
		return s, false
	}
	var spans [][2]int
	total := 0
	for _, k := range keep {
		k = clauseOf(r, k)
		spans, total = append(spans, k), total+k[1]-k[0]
	}
	if room := most - total; room > 10 || len(spans) == 0 {
		spans = append(spans, whole(r, [2]int{0, endOfClause(r, max(room, 10))}))
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	const gap = 6 // characters that … would save too little of
	merged := spans[:1]
	for _, x := range spans[1:] {
		if last := &merged[len(merged)-1]; x[0] <= last[1]+gap {
			last[1] = max(last[1], x[1])
		} else {
			merged = append(merged, x)
		}
	}
	if merged[0][0] <= gap {
		merged[0][0] = 0
	}
	if last := &merged[len(merged)-1]; last[1]+gap >= len(r) {
		last[1] = len(r)
	}
	var out strings.Builder
	at := 0
	for _, x := range merged {
		if x[0] > at {
			out.WriteString("……")
		}
		out.WriteString(string(r[x[0]:x[1]]))
		at = x[1]
	}
	if at < len(r) {
		out.WriteString("……")
	}
	return out.String(), out.Len() < len(s)
}

const (
	stops      = "。！？!?；;，,、\n 　"
	mostClause = 24 // characters before or behind some words that may be of their clause
)

// clauseOf widens some words to the clause they stand in.
func clauseOf(r []rune, k [2]int) [2]int {
	from, to := k[0], k[1]
	for from > 0 && k[0]-from < mostClause && !strings.ContainsRune(stops, r[from-1]) {
		from--
	}
	for to < len(r) && to-k[1] < mostClause && !strings.ContainsRune(stops, r[to]) {
		to++
	}
	return whole(r, [2]int{from, to})
}

// endOfClause is the end of the last clause before a place; the place itself, where
// none ends near it.
func endOfClause(r []rune, at int) int {
	at = min(at, len(r))
	for n := at; n > max(0, at-mostClause); n-- {
		if strings.ContainsRune(stops, r[n-1]) {
			return n
		}
	}
	return at
}

// whole moves the edges of a span out of 〔…〕.
func whole(r []rune, k [2]int) [2]int {
	inside := func(at int) (from, to int, ok bool) {
		for n := at - 1; n >= 0 && r[n] != '〕'; n-- {
			if r[n] != '〔' {
				continue
			}
			if end := slices.Index(r[at:], '〕'); end >= 0 {
				return n, at + end + 1, true
			}
			return 0, 0, false
		}
		return 0, 0, false
	}
	if from, _, ok := inside(k[0]); ok {
		k[0] = from
	}
	if _, to, ok := inside(k[1]); ok {
		k[1] = to
	}
	return k
}
