package rule

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// untold says of each act of the matter with words why no letter has them, where nothing
// else says so: what is neither told, nor lawful, nor in doubt, nor asked about.
func (a *applier) untold() {
	said := map[string]bool{}
	for _, f := range a.report.Findings {
		for _, i := range f.Incidents {
			said[i.ID] = true
		}
	}
	for _, l := range a.report.Lawful {
		for _, id := range l.Incidents {
			said[id] = true
		}
	}
	for _, i := range slices.Concat(a.tellings, a.others) {
		said[i.ID] = true // it is asked about
	}
	for _, i := range a.own {
		words := i.Shown + i.Words
		if words == "" || i.Direction == evidence.Out || said[i.ID] || a.unnamed[i.ID] || len(a.doubts[i.ID]) > 0 ||
			slices.ContainsFunc(a.report.Remarks, func(t evidence.Text) bool { return strings.HasPrefix(t.ZH, i.ID+"（") }) {
			continue
		}
		why := whyUntold(i)
		a.remark(fmt.Sprintf("%s（%s）“%s”没有写进信里：%s", i.ID, where(i), beginningOf(words), why.ZH),
			fmt.Sprintf("%s (%s) “%s” is in no letter: %s", i.ID, where(i), beginningOf(words), why.EN))
	}
}

// whyUntold is why an act with words is in no letter, and what would change that.
func whyUntold(i evidence.Incident) evidence.Text {
	switch {
	case i.Kind == evidence.Other:
		return evidence.Text{ZH: "没有写明是哪一种事。是上门、张贴、发来的话或者打来的电话，一件一行加进时间线",
			EN: "it does not say what it was; put a visit, a notice, a message or a call into a row of the timeline each"}
	case i.Reached.Third() && i.Disclosed == evidence.Unknown:
		return evidence.Text{ZH: "是对别人说的，还不知道说没说您欠款；知道了填“是否透露欠款”",
			EN: "it was said to somebody else, and nobody knows whether the debt was told; say so under disclosed debt"}
	case i.Reached.Third():
		return evidence.Text{ZH: "是对别人说的，没有说出您欠款，也没有算作别的违规",
			EN: "it was said to somebody else without telling the debt, and was named as nothing else"}
	case i.Time.IsZero():
		return evidence.Text{ZH: "里面的话没有算作哪一种违规，又不知道是哪天；算得上的，在“认为属于”一栏写明",
			EN: "its words are named as no violation, and nobody knows the day; name it under asserted kinds if it is one"}
	}
	return evidence.Text{ZH: "里面的话没有算作哪一种违规；算得上的，在“认为属于”一栏写明",
		EN: "its words are named as no violation; name it under asserted kinds if they are one"}
}

// beginningOf is the beginning of words, on one line.
func beginningOf(s string) string {
	const most = 24
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
