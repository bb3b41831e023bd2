package web

import (
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

// firstOf says whether the files are as the lists in the bundle say.
func firstOf(r *bag.Result, say func(string, ...any) string) verdictView {
	has := func(s bag.Severity) bool {
		return slices.ContainsFunc(r.Problems, func(p bag.Problem) bool { return p.Severity == s })
	}
	switch {
	case has(bag.Refused):
		return verdictView{say("refused"), "", true}
	case r.Verdict == bag.IsAltered && !onlyTheCode(r):
		return verdictView{say("altered"), say("altered-s"), true}
	case r.Verdict == bag.NotChecked && !onlyTheCode(r) && has(bag.Unchecked):
		return verdictView{say("unread"), "", true}
	case r.Verdict == bag.Anchored && r.Evidence != nil && !r.Evidence.CopyMet:
		return verdictView{say("alike"), say("alike-b", r.Counts.OK), false}
	case r.Verdict == bag.Anchored:
		return verdictView{say("alike"), say("alike-a", r.Counts.OK), false}
	}
	return verdictView{say("alike"), say("alike-s", r.Counts.OK), false}
}

// onlyTheCode reports that nothing in a bundle is wrong but that the code which
// was typed is another.
func onlyTheCode(r *bag.Result) bool {
	return !slices.ContainsFunc(r.Problems, func(p bag.Problem) bool {
		return (p.Severity == bag.Altered || p.Severity == bag.Unchecked) && !ofCode(p)
	})
}

// ofCode reports a problem that is about the code on the paper.
func ofCode(p bag.Problem) bool {
	return strings.HasPrefix(p.Code, "E-CODE") || strings.HasPrefix(p.Code, "E-ROOT-DIFFERS") ||
		strings.HasPrefix(p.Code, "E-ROOT-TYPO")
}

// secondOf says whether all exhibits are here.
func secondOf(r *bag.Result, say func(string, ...any) string) verdictView {
	p := r.Presence()
	v := verdictView{Word: say("unknown")}
	switch {
	case p.Items == 0:
		return v
	case p.Here == p.Items:
		v.Word = say("all-here", p.Items)
	default:
		v.Word = say("some-here", p.Items, p.Here)
	}
	names := func(of bag.Some) string {
		v.Bad = true
		shown := make([]string, 0, 13)
		for _, n := range of.Numbers[:min(len(of.Numbers), 12)] {
			shown = append(shown, bag.Marked(n))
		}
		if of.Count > len(shown) {
			shown = append(shown, "…")
		}
		return strings.Join(shown, " ")
	}
	if p.Missing.Count > 0 {
		v.Note += say("gone-s", names(p.Missing))
	}
	if p.Altered.Count > 0 {
		v.Note += say("changed-s", names(p.Altered))
	}
	if p.Unread.Count > 0 {
		v.Note += say("unread-s", names(p.Unread))
	}
	if p.Withheld > 0 {
		v.Note += say("some-s", p.Withheld)
	}
	if e := r.Evidence; e != nil && e.Out > 0 {
		v.Note += say("out-s", e.Out)
	}
	return v
}

// thirdOf says whether it is what the paper names.
func thirdOf(r *bag.Result, say func(string, ...any) string, lang string) *verdictView {
	code := slices.IndexFunc(r.Problems, ofCode)
	switch {
	case r.Verdict == bag.Anchored && code < 0:
		v := &verdictView{Word: say("match"), Note: say("match-s")}
		if e := r.Evidence; e != nil && len(e.NotCovered) > 0 {
			v.Note = say("later", strings.Join(e.NotCovered[:min(len(e.NotCovered), 12)], " "))
		}
		if e := r.Evidence; e != nil && !e.CopyMet && len(e.Others) > 0 {
			v.Note += say("others", strings.Join(e.Others[:min(len(e.Others), 12)], " "))
		}
		return v
	case code >= 0 && strings.HasSuffix(r.Problems[code].Code, "TYPO"):
		return &verdictView{say("typo"), say("differs-s", groupsText(r.Differs)), true}
	case code >= 0 && r.Problems[code].Code == "E-CODE-LINES":
		return &verdictView{say("typo"), evidence.Text(r.Problems[code].Detail).In(lang), true}
	case code >= 0 && len(r.Differs) > 0:
		if n := len(r.Differs); n > 8 {
			return &verdictView{say("differs"), say("differs-a", n), true}
		}
		return &verdictView{say("differs"), say("differs-s", groupsText(r.Differs)), true}
	case code >= 0: // a code of another kind, or of another state
		return &verdictView{say("differs"), evidence.Text(r.Problems[code].Detail).In(lang), true}
	}
	return &verdictView{Word: say("unknown")}
}

// groupsText lists groups of a code.
func groupsText(groups []int) string {
	var b strings.Builder
	for n, g := range groups {
		if n > 0 {
			b.WriteString("、")
		}
		b.WriteString(strconv.Itoa(g))
	}
	return b.String()
}
