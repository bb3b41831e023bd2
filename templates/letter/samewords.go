package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// fewestAlike is how many messages of the same words are told in one item at least.
const fewestAlike = 3

// An actOf is an act told in full, with those that say the same.
type actOf struct {
	evidence.Incident
	alike []evidence.Incident
}

// sameWords puts messages of one sender that differ in nothing but figures behind the
// first of them, in the order they have: each is told by its day, and the words once. Grave
// is how many of the first are too grave to be summed up, and then how many of those that
// are left: none of them is told by a milder one.
func (c *composer) sameWords(rule string, all []evidence.Incident, grave int, rests map[string]string,
	titles map[string][]string) (out []actOf, graveLeft int) {
	at := map[string]int{}
	of := map[string]int{}
	key := func(n int) string {
		i := all[n]
		if !c.repeats(rule, i) {
			return ""
		}
		return strings.Join([]string{string(i.Kind), i.Number, i.Account(), string(i.Direction), string(i.Reached),
			rests[i.ID], strings.Join(titles[i.ID], " "), c.in.byWord(rule, i), fmt.Sprint(n < grave),
			withoutFigures(i.Shown)}, "\x1f")
	}
	for n := range all {
		of[key(n)]++
	}
	for n, i := range all {
		k := key(n)
		if first, known := at[k]; known && k != "" && of[k] >= fewestAlike {
			out[first].alike = append(out[first].alike, i)
			continue
		}
		at[k] = len(out)
		out = append(out, actOf{Incident: i})
		if n < grave {
			graveLeft++
		}
	}
	return out, graveLeft
}

// repeats reports a message that can be told by the words of another one.
func (c *composer) repeats(rule string, i evidence.Incident) bool {
	_, verbatim := c.in.words(rule, i)
	return i.ID != "" && (i.Kind == evidence.SMS || i.Kind == evidence.Message) && i.ToldBy == "" && verbatim &&
		!i.Time.IsZero() && withoutFigures(i.Shown) != "" && !refusal(rule, i) && c.toldAt[i.ID] == "" &&
		c.listed[i.ID] == "" && c.in.pictureTime(i) == ""
}

// withoutFigures are the words of a message alone: no digits, blanks and marks.
func withoutFigures(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return r
	}, s)
}

// again tells of messages that say what was told of the first, by their days.
func (c *composer) again(first evidence.Incident, alike []evidence.Incident) []document.Span {
	who, differ := "内容相同的", false
	for _, i := range alike {
		differ = differ || strings.TrimSpace(i.Shown) != strings.TrimSpace(first.Shown)
	}
	if differ {
		who = "内容只有数字或标点不同的"
	}
	switch {
	case first.Number != "":
		who = "同一号码发来、" + who
	case first.Account() != "":
		who = "同一账号发来、" + who
	}
	spans := plain(fmt.Sprintf("%s%s另有%d次：%s", who, actWord(first), len(alike), daysOf(alike)))
	if c.in.at.Book > 0 {
		spans = append(append(spans, document.Span{Text: "；"}), c.whereListed(alike)...)
	}
	var ids []string
	for _, i := range alike {
		ids = append(ids, i.ID)
	}
	return append(append(linked(spans, ids...), c.refs(exhibitsOf(alike))...), document.Span{Text: "。"})
}

// daysOf are the days of acts, by time: 2026年7月2日至5日（每日1次）、9日（2次）；8月1日.
func daysOf(all []evidence.Incident) string {
	type date struct {
		at    time.Time
		times int
	}
	var days []date
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	for _, i := range all {
		at := i.Time.At.In(evidence.Beijing)
		if n := len(days) - 1; n >= 0 && day(days[n].at) == day(at) {
			days[n].times++
			continue
		}
		days = append(days, date{at, 1})
	}
	var b strings.Builder
	last := time.Time{}
	for n := 0; n < len(days); {
		d := days[n]
		end := n // of a run of days in a month, once each
		for end+1 < len(days) && days[end].times == 1 && days[end+1].times == 1 &&
			days[end+1].at.Month() == d.at.Month() && day(days[end].at.AddDate(0, 0, 1)) == day(days[end+1].at) {
			end++
		}
		if end < n+2 {
			end = n
		}
		switch {
		case d.at.Year() != last.Year():
			fmt.Fprintf(&b, "%s%d年%d月", map[bool]string{true: "；"}[n > 0], d.at.Year(), d.at.Month())
		case d.at.Month() != last.Month():
			fmt.Fprintf(&b, "；%d月", d.at.Month())
		default:
			b.WriteString("、")
		}
		switch {
		case end > n:
			fmt.Fprintf(&b, "%d日至%d日（每日1次）", d.at.Day(), days[end].at.Day())
		case d.times > 1:
			fmt.Fprintf(&b, "%d日（%d次）", d.at.Day(), d.times)
		default:
			fmt.Fprintf(&b, "%d日", d.at.Day())
		}
		last, n = d.at, end+1
	}
	return b.String()
}
