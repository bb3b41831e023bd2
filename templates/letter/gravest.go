package letter

import (
	"cmp"
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
	"juzheng/templates/document"
)

// most is how many facts of one kind a letter tells; more are summed up and
// left to the chronology of the book, so that a letter stays at two pages.
const most = 6

// incidents tells the facts of a kind, the gravest first: who is threatened in life
// or body is never summed up, and of each part that the heading names one is told. One
// that was told in full under another kind is referred to.
func (c *composer) incidents(item int, rule string, all []evidence.Incident, rests map[string]string,
	titles map[string][]string) {
	all, grave := byGravity(rule, all)
	alike := map[string][]evidence.Incident{}
	if len(all) > most+2 { // two more are sooner told than summed up
		var acts []actOf
		acts, grave = c.sameWords(rule, all, grave, rests, titles)
		all = nil
		for _, a := range acts {
			all, alike[a.ID] = append(all, a.Incident), a.alike
		}
	}
	shown, rest := all, []evidence.Incident(nil)
	if len(all) > most+2 {
		shown, rest = ofEachPart(all, max(most, grave), grave, titles)
	}
	for n, i := range shown {
		at := fmt.Sprintf("本节第%d项（%d）", item, n+1)
		spans := c.telling(at, rule, i, rests[i.ID])
		if len(alike[i.ID]) > 0 {
			spans = append(spans, c.again(i, alike[i.ID])...)
		}
		for _, o := range alike[i.ID] {
			c.toldAt[o.ID] = at
		}
		c.add(document.Item{Label: fmt.Sprintf("（%d）", n+1), Spans: spans})
	}
	var left []evidence.Incident
	for _, i := range rest {
		left = append(append(left, i), alike[i.ID]...)
	}
	rest = left
	if len(rest) > 0 {
		c.rest(rest, c.gravestOf(rule, rest, shown))
	}
}

// titlesOfActs are the titles of the heading of a group that name each act, by its id.
func (in Input) titlesOfActs(g []evidence.Finding) map[string][]string {
	out := map[string][]string{}
	for _, x := range in.byTitle([][]evidence.Finding{g}) {
		for _, i := range actsOf(x.findings) {
			out[i.ID] = append(out[i.ID], x.title)
		}
	}
	return out
}

// ofEachPart are as many acts as there is room for, of those put in order by gravity, and
// the rest. A part of which none of the first is one has its gravest act told in place of
// the mildest of a part that has another; where there is none, it is one more.
func ofEachPart(all []evidence.Incident, room, grave int, titles map[string][]string) (told, rest []evidence.Incident) {
	room = min(room, len(all))
	in := make([]bool, len(all))
	toldOf := map[string]int{}
	put := func(n, count int) {
		in[n] = count > 0
		for _, t := range titles[all[n].ID] {
			toldOf[t] += count
		}
	}
	for n := range room {
		put(n, 1)
	}
	for n := room; n < len(all); n++ {
		if !slices.ContainsFunc(titles[all[n].ID], func(t string) bool { return toldOf[t] == 0 }) {
			continue
		}
		for k := room - 1; k >= grave; k-- {
			alone := func(t string) bool { return toldOf[t] == 1 }
			if in[k] && !slices.ContainsFunc(titles[all[k].ID], alone) {
				put(k, -1)
				break
			}
		}
		put(n, 1)
	}
	for n, i := range all {
		if in[n] {
			told = append(told, i)
		} else {
			rest = append(rest, i)
		}
	}
	return told, rest
}

// byGravity puts acts of a kind in order, and says how many of the first are too
// grave to be summed up. The words of each are read once: of hundreds that takes
// its time.
func byGravity(rule string, all []evidence.Incident) (ordered []evidence.Incident, grave int) {
	type weighed struct {
		evidence.Incident
		weight phrase.Gravity
	}
	var of []weighed
	for _, i := range all {
		of = append(of, weighed{i, weight(rule, i)})
	}
	slices.SortStableFunc(of, func(x, y weighed) int { return cmp.Compare(y.weight, x.weight) })
	for n, i := range of {
		if i.weight >= phrase.Body || gravest(rule, i.Incident) {
			grave = n + 1
		}
		ordered = append(ordered, i.Incident)
	}
	return ordered, grave
}

// weight is how grave an act is among those of its kind: by what its words threaten,
// where it is one of words, and by what the person named it as.
func weight(rule string, i evidence.Incident) phrase.Gravity {
	if rule != "V06" && !gravest(rule, i) {
		return phrase.Nothing
	}
	w := phrase.GravityOf(cmp.Or(i.Shown, i.Words))
	if gravest(rule, i) && w < phrase.Home { // no list knows the words, and the person does
		w = phrase.Body
	}
	return w
}

// gravestOf quotes the gravest of the acts summed up, unless its words were
// told already.
func (c *composer) gravestOf(rule string, rest, told []evidence.Incident) string {
	worst, weight := rest[0], phrase.Nothing
	for _, i := range rest {
		if w := phrase.GravityOf(i.Shown); w > weight {
			worst, weight = i, w
		}
	}
	words, verbatim := c.in.words(rule, worst)
	if !verbatim || !evidence.KindOf(rule).Spoken || worst.ToldBy != "" || weight == phrase.Nothing ||
		slices.ContainsFunc(told, func(i evidence.Incident) bool { return i.Shown == worst.Shown }) {
		return ""
	}
	return c.in.when(worst) + "：" + words
}
