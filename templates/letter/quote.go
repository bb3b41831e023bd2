package letter

import (
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
	keep := tellingWords(rule, s)
	if len(keep) == 0 && rule != tooMany && rule != atNight && rule != bombing {
		most = mostUnsifted // what was said makes these, and nothing tells which words
	}
	return shorten(s, most, keep)
}

// tellingWords are where in a text the words stand that make the breach, in characters.
func tellingWords(rule string, s string) [][2]int {
	var out [][2]int
	add := func(from, to int) {
		out = append(out, [2]int{len([]rune(s[:from])), len([]rune(s[:to]))})
	}
	for _, h := range phrase.Find(s, phrase.Collector) {
		add(h.Start, h.End)
	}
	if evidence.KindOf(rule).Third {
		for _, m := range debtTold.FindAllStringIndex(s, -1) {
			add(m[0], m[1])
		}
	}
	return out
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
