package phrase

import (
	"cmp"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A pattern is a regular expression that knows words without which it matches
// nothing: most messages lack them, and are told so much faster. Most patterns meet
// no such message at all, and their expression is never compiled.
type pattern struct {
	compiled func() *regexp.Regexp
	branches [][]oneOf // of one branch, each
}

// oneOf are words of which a match has one at least.
type oneOf []string

func compile(expr string) pattern {
	p := pattern{compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic("phrases: " + err.Error()) // embedded, and read by a test
	}
	for tree.Op == syntax.OpCapture {
		tree = tree.Sub[0]
	}
	branches := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpAlternate {
		branches = tree.Sub
	}
	for _, b := range branches {
		p.branches = append(p.branches, needs(b))
	}
	return p
}

// MatchString is that of the regular expression.
func (p pattern) MatchString(s string) bool { return p.may(s) && p.compiled().MatchString(s) }

// FindAllStringIndex is that of the regular expression.
func (p pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.compiled().FindAllStringIndex(s, n)
}

// may reports whether the text has what a branch of the pattern needs.
func (p pattern) may(s string) bool {
	has := func(word string) bool { return strings.Contains(s, word) }
	return slices.ContainsFunc(p.branches, func(lists []oneOf) bool {
		return !slices.ContainsFunc(lists, func(words oneOf) bool { return !slices.ContainsFunc(words, has) })
	})
}

// manyWords is from where on looking for each of them is not worth it.
const manyWords = 60

// needs are the lists of words of which every match has one each, the shortest
// list first. No list means that nothing is known.
func needs(t *syntax.Regexp) []oneOf {
	var out []oneOf
	switch t.Op {
	case syntax.OpLiteral:
		if t.Flags&syntax.FoldCase == 0 && !slices.Contains(t.Rune, utf8.RuneError) {
			out = []oneOf{{string(t.Rune)}}
		}
	case syntax.OpCharClass:
		var words oneOf
		for n := 0; n < len(t.Rune); n += 2 {
			if len(words)+int(t.Rune[n+1]-t.Rune[n]) >= manyWords {
				return nil
			}
			for r := t.Rune[n]; r <= t.Rune[n+1]; r++ {
				if r == utf8.RuneError { // it matches any byte that is no character
					return nil
				}
				words = append(words, string(r))
			}
		}
		out = []oneOf{words}
	case syntax.OpCapture, syntax.OpPlus:
		out = needs(t.Sub[0])
	case syntax.OpRepeat:
		if t.Min > 0 {
			out = needs(t.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range t.Sub {
			out = append(out, needs(sub)...)
		}
	case syntax.OpAlternate: // one list of each branch
		var words oneOf
		for _, sub := range t.Sub {
			lists := needs(sub)
			if len(lists) == 0 {
				return nil
			}
			words = append(words, lists[0]...)
		}
		if len(words) <= manyWords {
			out = []oneOf{words}
		}
	}
	slices.SortStableFunc(out, func(a, b oneOf) int { return cmp.Compare(len(a), len(b)) })
	return out
}
