package rule

import (
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
			slices.ContainsFunc(a.report.Remarks, func(t evidence.Advice) bool { return strings.HasPrefix(t.ZH, i.ID+"（") }) {
			continue
		}
		why := whyUntold(i)
		a.remark(evidence.Advise("%[1]s{（%[2]s）|}“%[3]s”没有写进信里：%[4]s", "%[1]s{ (%[2]s)|} “%[3]s” is in no letter: %[4]s").
			With(i.ID, where(i), beginningOf(words), why))
	}
}

// whyUntold is why an act with words is in no letter, and what would change that.
func whyUntold(i evidence.Incident) evidence.Advice {
	switch {
	case i.Kind == evidence.Other:
		return evidence.Advise("没有写明是哪一种事。是上门、张贴、发来的话或者打来的电话，{一件一行加进时间线|一件一件另加}",
			"it does not say what it was; {put a visit, a notice, a message or a call into a row of the timeline each|"+
				"add a visit, a notice, a message or a call each by itself}")
	case i.Reached.Third() && i.Disclosed == evidence.Unknown:
		return evidence.Advise("是对别人说的，还不知道说没说您欠款；知道了{填“是否透露欠款”|改这一件}",
			"it was said to somebody else, and nobody knows whether the debt was told; say so {under disclosed "+
				"debt|of this act}")
	case i.Reached.Third():
		return evidence.Advise("是对别人说的，没有说出您欠款，也没有算作别的违规",
			"it was said to somebody else without telling the debt, and was named as nothing else")
	case i.Time.IsZero():
		return evidence.Advise("里面的话没有算作哪一种违规，又不知道是哪天；算得上的，{在“认为属于”一栏写明|改这一件}",
			"its words are named as no violation, and nobody knows the day; name it {under asserted kinds|in this act} "+
				"if it is one")
	}
	return evidence.Advise("里面的话没有算作哪一种违规；算得上的，{在“认为属于”一栏写明|改这一件}",
		"its words are named as no violation; name it {under asserted kinds|in this act} if they are one")
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
