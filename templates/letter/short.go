package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A letter of many kinds of acts says with each the year, the number and how far
// the rules go. Where that takes a page more, [Counted.Short] has what they share
// said once, before the facts, and the loan and a few fees are told in a sentence
// and not in a table. No fact and no rule goes by that, and nothing is set smaller.

// A common is what the acts of a letter share; what is empty, they do not.
type common struct {
	year   string // 2026年: of every time that the facts name
	number string // as it is printed: of most of what came by telephone
}

// inCommon finds what the acts of a letter share. Where one came from no number at
// all, none is left out of the others.
func (in paper) inCommon() common {
	if !in.at.Short {
		return common{}
	}
	var k common
	years, numbers, bare := map[string]bool{}, map[string]int{}, false
	for _, i := range actsOf(in.asserted()) {
		y, _, _ := strings.Cut(in.when(i), "年")
		years[y], k.year = true, y+"年"
		telephone := i.Kind == evidence.Call || i.Kind == evidence.SMS
		bare = bare || telephone && i.Number == ""
		if telephone && i.Number != "" && i.ToldBy == "" {
			numbers[in.number(i)]++
		}
	}
	for n, often := range numbers {
		if most := numbers[k.number]; often > 1 && (often > most || often == most && n < k.number) {
			k.number = n
		}
	}
	if bare {
		k.number = ""
	}
	if len(years) > 1 || len(k.year) != len("2026年") {
		k.year = ""
	}
	return k
}

// shared says once, before the facts, what they share.
func (c *composer) shared() {
	var out []string
	if c.common.year != "" {
		out = append(out, "下列时间都在"+c.common.year)
	}
	if n := c.common.number; n != "" {
		s := "逐条写出的来电、短信没有写明号码的，显示号码都是" + n
		if whose := c.in.whoseCommon(n); whose != "" {
			s += "，" + whose
		}
		out = append(out, s)
	}
	s := strings.Join(out, "；")
	if s != "" {
		s += "。"
	}
	if s += c.in.ranks(); s != "" {
		c.note("（" + s + "）")
	}
}

// whoseCommon is by what the number that acts share is the collector's, where that
// is the same of all of them.
func (in paper) whoseCommon(number string) string {
	var acts []evidence.Incident
	for _, i := range actsOf(in.asserted()) {
		if i.Number != "" && in.number(i) == number {
			acts = append(acts, i)
		}
	}
	s := in.whose(acts, nil)
	if strings.Count(s, "。") != 1 {
		return ""
	}
	return strings.TrimPrefix(trimStop(s), "号码"+number)
}

// sharing is a fact without what all facts share.
func (c *composer) sharing(s string) string {
	s = strings.TrimPrefix(s, c.common.year)
	if n := c.common.number; n != "" {
		s = strings.Replace(s, "，显示号码"+n+"向本人发送", "发来", 1)
		s = strings.Replace(s, "，显示号码"+n, "，", 1)
	}
	return s
}

// once reports whether how far a finding goes is said before the facts: what its
// rules are says it, and nothing beside them.
func (in paper) once(f evidence.Finding) bool {
	if !in.at.Short || in.assigned() != "" || f.Doubtful && f.Rule == bombing {
		return false
	}
	cited := in.cites(f)
	return (f.Doubtful || wording(cited) != "") &&
		!slices.ContainsFunc(cited, func(x evidence.Citation) bool { return x.General })
}

// restsHere is what a finding rests on, and how far it goes where that is not said
// before the facts.
func (in paper) restsHere(f evidence.Finding) string {
	if !in.once(f) {
		return in.rests(f)
	}
	if f.Doubtful {
		return in.goesAs(f) + with("（", in.pointer(f)) + "）"
	}
	unread := func(x evidence.Citation) bool { return !x.Read() }
	cited := in.cites(f)
	firm := in.pointerTo(slices.DeleteFunc(slices.Clone(cited), unread))
	if weak := slices.DeleteFunc(slices.Clone(cited), evidence.Citation.Read); len(weak) > 0 {
		firm += "；另请对照" + in.pointerTo(weak)
	}
	return firm
}

// ranks says of all facts how far the rules go that they point to.
func (in paper) ranks() string {
	if !in.at.Short || in.Role.Draft() || !slices.ContainsFunc(in.grounded(), in.once) {
		return ""
	}
	const law, supervisor = "法律规定", "监管规定"
	of, doubtful := map[string][]int{}, false
	for n, l := range in.lines() {
		for _, x := range slices.Concat(l...) {
			how := strings.TrimPrefix(wording([]evidence.Citation{x}), "涉嫌违反")
			if how != "" && !x.General && !slices.Contains(of[how], n+1) {
				of[how] = append(of[how], n+1)
			}
		}
	}
	for _, f := range in.grounded() {
		doubtful = doubtful || f.Doubtful
	}
	var out []string
	for _, k := range []struct{ how, say string }{
		{law, "涉嫌违反第%s项（法律规定）"}, {supervisor, "涉嫌违反第%s项（监管规定）"},
		{breachOf(evidence.RecommendedStandard), "不符合第%s项（推荐性国家标准）"},
		{alsoIf("", "如适用", breachOf(evidence.RecommendedStandard)), "如适用，不符合第%s项（推荐性国家标准）"},
		{breachOf(evidence.SelfDiscipline), "违反第%s项（行业自律规范）"},
		{alsoIf("", "如属会员单位", breachOf(evidence.SelfDiscipline)), "如属会员单位，违反第%s项（行业自律规范）"},
	} {
		if at := of[k.how]; len(at) > 0 {
			out = append(out, fmt.Sprintf(k.say, runs(at)))
		}
	}
	if len(out) == 0 {
		return ""
	}
	s := "所列“依据”见后文：" + strings.Join(out, "；") + "。"
	if doubtful {
		s += "写“请核查”的，经查所称不实才适用。"
	}
	return s
}

// runs is 1、3至7.
func runs(all []int) string {
	var out []string
	for n := 0; n < len(all); n++ {
		last := n
		for last+1 < len(all) && all[last+1] == all[last]+1 {
			last++
		}
		if last-n < 2 {
			out = append(out, fmt.Sprint(all[n]))
			continue
		}
		out = append(out, fmt.Sprintf("%d至%d", all[n], all[last]))
		n = last
	}
	return strings.Join(out, "、")
}

// articles are those of one provision: 第十四、二十九条 where room is short.
func (c *composer) articles(s string) string {
	parts := strings.Split(s, "、")
	if !c.in.at.Short || slices.ContainsFunc(parts, func(p string) bool { return !oneArticle.MatchString(p) }) {
		return s
	}
	for n := range parts {
		if n > 0 {
			parts[n] = strings.TrimPrefix(parts[n], "第")
		}
		if n < len(parts)-1 {
			parts[n] = strings.TrimSuffix(parts[n], "条")
		}
	}
	return strings.Join(parts, "、")
}

var oneArticle = lazyregexp.New(`^第[〇零一二三四五六七八九十百千]+条$`)
