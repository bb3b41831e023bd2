// Package phrase reads the words of a message: which of them a person should
// look at, and what the message is for.
//
// [Find] points at words that sound like a threat, an insult, a disclosure …;
// [RoleOf] says whether a message collects, answers, advertises. Both are
// guesses by lists of words (phrases.json), and neither is a finding of law:
// the program asks with the words quoted. The package is pure and knows
// neither files nor rules.
package phrase

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Hit is words worth reading.
type Hit struct {
	Category   string // threat_violence, insult …: a group of phrases.json
	Text       string // as it stands in the original
	Start, End int    // bytes of the original
	Review     bool   // the text reads like a warning, a lawful notice or a joke
}

// A Sender is what the case knows of who wrote a text.
type Sender int

// The senders.
const (
	Anybody      Sender = iota // not looked at: what was read off a picture, a transcript
	Collector                  // a number or account that the case names as the collector's
	Stranger                   // in no list: may be a friend, a bank, a school
	Acquaintance               // named in the case as somebody else than the collector
	Handset                    // a stranger with a mobile number, from which no court or police sends notices
)

//go:embed phrases.json
var phrasesJSON []byte

type phraseTable struct {
	categories []string
	rules      map[string][]pattern // whoever wrote it
	collector  map[string][]pattern // besides, of a collector
	cautious   map[string]pattern
	neutral    []pattern
	denied     []pattern
	lawful     []pattern
	official   []pattern
	summons    []pattern
	jokes      []pattern
	pursuing   []pattern // a debt whose creditor is named
	delay      []pattern // of a debtor
	otherDues  []pattern // rent, homework: what else can be put off
	debt       []pattern
	steps      []pattern
	plain      []pattern
	pressing   []pattern // on body or home
	bodily     []pattern // on the family's body
	harming    []pattern // other harm to the family
	reminder   []pattern // taken out in this order
	roles      map[string][]pattern
	homophones map[rune][]homophone // by their first character, the longest first
}

type homophone struct {
	from, to []rune
	word     bool // Latin: counts only as a whole word
}

// phrases compiles phrases.json on first use.
var phrases = sync.OnceValue(func() phraseTable {
	var file struct {
		Words      map[string]string   `json:"words"`
		Rules      map[string][]string `json:"rules"`
		Collector  map[string][]string `json:"collector"`
		Neutral    []string            `json:"neutral"`
		Denied     []string            `json:"denied"`
		Lawful     []string            `json:"lawful_context"`
		Cautious   map[string]string   `json:"cautious"`
		Official   []string            `json:"official"`
		Summons    []string            `json:"summons"`
		Jokes      []string            `json:"jokes"`
		Pursuing   []string            `json:"pursuing"`
		Delay      []string            `json:"delay"`
		OtherDues  []string            `json:"other_dues"`
		Debt       []string            `json:"debt"`
		Steps      []string            `json:"steps"`
		Plain      []string            `json:"plain"`
		Pressing   []string            `json:"pressing"`
		Bodily     []string            `json:"bodily"`
		Harming    []string            `json:"harming"`
		Reminder   []string            `json:"reminder"`
		Roles      map[string][]string `json:"roles"`
		Homophones map[string]string   `json:"homophones"`
	}
	if err := json.Unmarshal(phrasesJSON, &file); err != nil {
		panic("phrases.json: " + err.Error()) // embedded, and read by a test
	}
	list := func(exprs []string) (out []pattern) {
		for _, re := range exprs {
			for _, w := range slices.Sorted(maps.Keys(file.Words)) {
				re = strings.ReplaceAll(re, "{"+w+"}", "(?:"+file.Words[w]+")")
			}
			out = append(out, compile(re))
		}
		return out
	}
	all := func(lists map[string][]string) map[string][]pattern {
		out := map[string][]pattern{}
		for name, exprs := range lists {
			out[name] = list(exprs)
		}
		return out
	}
	t := phraseTable{rules: all(file.Rules), collector: all(file.Collector), cautious: map[string]pattern{},
		neutral: list(file.Neutral), denied: list(file.Denied), lawful: list(file.Lawful),
		official: list(file.Official), summons: list(file.Summons), jokes: list(file.Jokes), debt: list(file.Debt),
		pursuing: list(file.Pursuing), delay: list(file.Delay), otherDues: list(file.OtherDues),
		steps: list(file.Steps), plain: list(file.Plain), pressing: list(file.Pressing), bodily: list(file.Bodily),
		harming: list(file.Harming), reminder: list(file.Reminder),
		roles: all(file.Roles), homophones: map[rune][]homophone{}}
	groups := map[string]bool{}
	for _, lists := range []map[string][]string{file.Rules, file.Collector} {
		for c := range lists {
			groups[c] = true
		}
	}
	t.categories = slices.Sorted(maps.Keys(groups))
	for c, re := range file.Cautious {
		t.cautious[c] = compile(re)
	}
	for _, from := range slices.Sorted(maps.Keys(file.Homophones)) {
		h := homophone{from: []rune(strings.ToLower(from)), to: []rune(file.Homophones[from])}
		h.word = h.from[0] < unicode.MaxASCII
		t.homophones[h.from[0]] = append(t.homophones[h.from[0]], h)
	}
	for _, alike := range t.homophones {
		slices.SortStableFunc(alike, func(a, b homophone) int { return len(b.from) - len(a.from) })
	}
	return t
})

func matches(list []pattern, s string) bool {
	return slices.ContainsFunc(list, func(re pattern) bool { return re.MatchString(s) })
}

// Find looks for words worth reading in a message that was received. Spelling
// tricks are undone for the search only: full-width letters, invisible
// characters, one or two marks between Han characters, a few homophones. What
// is said not to be done, and what a firm calls itself, is not searched. Hits
// stand in the order of their categories, then places.
func Find(s string, from Sender) []Hit { return slices.Clone(found.of(s, from, find)) }

func find(s string, from Sender) []Hit {
	t := phrases()
	flat := flatten(s)
	whole, _ := flat.text()
	review := matches(t.lawful, whole)
	posing := from == Handset && !review && !matches(t.jokes, whole) && matches(t.summons, whole)
	switch from {
	case Acquaintance:
		review = true
	case Stranger, Handset: // a friend's joke, a bank, a courier
		review = review || matches(t.official, whole) || matches(t.jokes, whole) || !matches(t.debt, whole)
	}
	flat = without(flat, append(slices.Clone(t.neutral), t.denied...))
	plain, at := flat.text()
	sentence := sentences(whole)
	var out []Hit
	for _, c := range t.categories {
		first := len(out)
		rules := t.rules[c]
		holdsBack, cautious := t.cautious[c]
		if from == Collector {
			rules = append(slices.Clone(rules), t.collector[c]...)
		}
		for _, re := range rules {
			for _, m := range re.FindAllStringIndex(plain, -1) {
				if m[0] == m[1] || cautious && holdsBack.MatchString(sentence(at[m[0]], at[m[1]-1]+1)) {
					continue
				}
				h := Hit{Category: c, Start: flat[at[m[0]]].start, End: flat[at[m[1]-1]].end,
					Review: review && !(posing && groups[c].breach == "V07")}
				h.Text = s[h.Start:h.End]
				if !covered(out[first:], h) {
					out = append(out, h)
				}
			}
		}
		slices.SortStableFunc(out[first:], func(a, b Hit) int { return a.Start - b.Start })
	}
	return out
}

// covered reports whether words of the same group were found already, there or
// around there.
func covered(have []Hit, h Hit) bool {
	return slices.ContainsFunc(have, func(o Hit) bool { return o.Start <= h.Start && h.End <= o.End })
}

// mostSentence is how many characters of a sentence are looked at before a match, and
// behind it: of words without a stop the rest tells nothing of them.
const mostSentence = 500

// sentences gives the sentence that characters of a text stand in, by the places of the
// first and of what follows the last.
func sentences(whole string) func(begin, end int) string {
	w := []rune(whole)
	stop := func(r rune) bool { return strings.ContainsRune("。！!？?；;", r) }
	return func(begin, end int) string {
		from, to := max(0, begin-mostSentence), min(len(w), end+mostSentence)
		for begin > from && !stop(w[begin-1]) {
			begin--
		}
		for end < to && !stop(w[end]) {
			end++
		}
		return string(w[begin:end])
	}
}

// without blanks what matches: a line break, which no pattern crosses.
func without(f flatRunes, cut []pattern) flatRunes {
	f = slices.Clone(f)
	for _, re := range cut {
		s, at := f.text()
		for _, m := range re.FindAllStringIndex(s, -1) {
			for n := at[m[0]]; m[0] < m[1] && n <= at[m[1]-1]; n++ {
				f[n].r = '\n'
			}
		}
	}
	return f
}

// SenderOf says what the case knows of who wrote a message.
func SenderOf(c evidence.Case, i evidence.Incident) Sender {
	named := func(b evidence.Breach) bool { return b.Rule() != "V10" } // anybody's codes can be part of a bombing
	switch side := c.SideOfWriter(i); {
	case side == evidence.CollectorSide, i.Use == evidence.Yes, slices.ContainsFunc(i.Asserted, named):
		return Collector
	case side != "":
		return Acquaintance
	case i.Reached.Third(): // only of a collector would a person say so
		return Collector
	case handset.MatchString(i.Number):
		return Handset
	}
	return Stranger
}

// handset is a mobile number of China as the case writes numbers.
var handset = lazyregexp.New(`^1[3-9]\d{9}$`)
