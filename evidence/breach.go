package evidence

import (
	"slices"
	"strings"
)

// A Breach is an assertion by the person that an incident was of a certain
// kind: the id of one of [Kinds] (V01), or of a part of one (V06a), where
// different provisions speak of the parts.
type Breach string

// Rule is the kind a part belongs to: V06 of V06a, and of V06 itself.
func (b Breach) Rule() string { return strings.TrimRight(string(b), "abcdefgh") }

// Part is the letter of a part, or nothing.
func (b Breach) Part() string { return strings.TrimPrefix(string(b), b.Rule()) }

// Breaches are all ids a person can assert, each kind followed by its parts.
func Breaches() []Breach {
	var out []Breach
	for _, k := range Kinds {
		out = append(out, k.ID)
		for _, p := range k.Parts {
			out = append(out, p.ID)
		}
	}
	return out
}

// KindOf is the kind of an id, or of the id of a part; the zero value if
// there is none.
func KindOf(rule string) Kind {
	rule = Breach(rule).Rule()
	for _, k := range Kinds {
		if string(k.ID) == rule {
			return k
		}
	}
	return Kind{}
}

// PartOf is the part of an id; the zero value if it is of no part.
func PartOf(b Breach) Part {
	for _, p := range KindOf(b.Rule()).Parts {
		if p.ID == b {
			return p
		}
	}
	return Part{}
}

// Title is the name of the kind or part, and empty for neither.
func (b Breach) Title() Text {
	if b.Part() != "" {
		return PartOf(b).Title
	}
	return KindOf(string(b)).Title
}

// Words are what a person may write for the kind or part besides its id and
// its Chinese title.
func (b Breach) Words() []string {
	if b.Part() != "" {
		return PartOf(b).Words
	}
	return KindOf(string(b)).Words
}

// Danger reports whether somebody's safety is touched.
func (b Breach) Danger() bool { return KindOf(string(b)).Danger || PartOf(b).Danger }

// ParseBreach reads one word of the column of asserted kinds: an id in either
// case, a title, or another word of the kind.
func ParseBreach(s string) (Breach, bool) {
	if s == "" { // of nearly every row
		return "", false
	}
	lower := strings.ToLower(s)
	is := func(id Breach, title Text, words []string) bool {
		return lower == strings.ToLower(string(id)) || s == title.ZH || slices.Contains(words, lower)
	}
	for _, k := range Kinds {
		if is(k.ID, k.Title, k.Words) {
			return k.ID, true
		}
		for _, p := range k.Parts {
			if is(p.ID, p.Title, p.Words) {
				return p.ID, true
			}
		}
	}
	return "", false
}
