package letter

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// printable are the citations a letter may print: tiers A and B.
func printable(all []evidence.Citation) []evidence.Citation {
	var out []evidence.Citation
	for _, x := range all {
		if (x.Tier == evidence.TierA || x.Tier == evidence.TierB) && x.Name != "" {
			out = append(out, x)
		}
	}
	return out
}

// policeLaw is for the police to apply; other recipients are told of it only
// where no other law or regulatory rule speaks of the act.
func policeLaw(c evidence.Citation) bool { return strings.HasPrefix(c.ID, "PSA") }

// binding reports whether a rule binds everybody it addresses, so that
// breaking it may be called a breach of law or of regulatory rules.
func binding(r evidence.Rank) bool {
	return r != evidence.RecommendedStandard && r != evidence.SelfDiscipline
}

// fromMemory reports a provision nobody has read or seen reported.
func fromMemory(c evidence.Citation) bool { return strings.HasPrefix(c.Checked, "FM") }

// cites are the citations of a finding in this letter, highest rank first as
// given. What rests on memory is left out where something else carries the
// act.
func (in Input) cites(f evidence.Finding) []evidence.Citation {
	all := printable(f.Citations)
	if f.Doubtful { // what only the police apply is no word for what nobody has checked
		all = slices.DeleteFunc(all, policeLaw)
	}
	if breach := slices.DeleteFunc(slices.Clone(all),
		func(x evidence.Citation) bool { return x.Claim }); !in.complaint() && len(breach) > 0 {
		all = breach
	}
	if sure := slices.DeleteFunc(slices.Clone(all), fromMemory); len(sure) > 0 {
		all = sure
	}
	var out []evidence.Citation
	bound := false
	for _, x := range all {
		if !policeLaw(x) {
			out = append(out, x)
			bound = bound || binding(x.Rank) && !x.General && !x.Claim
		}
	}
	if !bound {
		return all
	}
	return out
}

// grounds cites, for each kind of breach, what was in force on the day of the
// act.
func (c *composer) grounds() {
	groups := byRule(c.in.asserted())
	if len(groups) == 0 {
		return
	}
	c.part("依据")
	var ranks []evidence.Rank
	for n, g := range groups {
		g = c.in.sameGrounds(g)
		var parts []ground
		head := c.in.titleOfGroup(g) + "："
		if !sameParts(g) { // each part is named with its own rules; what has none comes last
			g = slices.Clone(g)
			slices.SortStableFunc(g, func(a, b evidence.Finding) int {
				return cmp.Compare(min(len(b.Parts), 1),
					min(len(a.Parts), 1))
			})
			head = ""
		}
		for _, f := range g {
			cited := c.in.cites(f)
			s := wording(cited) + "。"
			if f.Doubtful {
				s = "未经核实，请核查；经核查不属实的，有关规定为："
			}
			if len(cited) == 0 {
				s = "未经核实，请核查。"
			} else {
				s += c.citations(cited)
			}
			of := ""
			switch {
			case len(g) == 1:
			case f.Rule == tooMany && len(f.Counts) > 0: // what was counted tells them apart
				of = f.Counts[0].What.ZH
			case len(f.Parts) > 0 && !sameParts(g):
				of = "就" + when(g, f) + "“" + f.Name().ZH + "”"
			case !sameParts(g) && evidence.KindOf(f.Rule).NamesParts: // its name says the parts as well
				of = "就其余" + when(g, f) + "“" + c.in.titleOf(f) + "”的行为"
			case !sameParts(g):
				of = "就" + when(g, f) + "“" + c.in.titleOf(f) + "”"
			default:
				of = spanOfDays(f.Incidents) + "的行为"
			}
			parts = withGround(parts, of, s)
			for _, x := range cited {
				ranks = append(ranks, x.Rank)
			}
		}
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(head + printGrounds(parts)), Small: true})
	}
	s := "（以上是行为当日有效规定的要点转述，不是原文。"
	if slices.Contains(ranks, evidence.RecommendedStandard) || slices.Contains(ranks, evidence.SelfDiscipline) {
		s += "推荐性国家标准、行业自律规范不等同于法律。"
	}
	c.note(s + "）")
}

// A ground is the provisions of some acts of a kind, and which acts they are;
// none where they are all.
type ground struct {
	of   []string
	text string
}

// withGround adds the provisions of some acts. Acts with the same are named
// together: none is left without its ground.
func withGround(all []ground, of, text string) []ground {
	for n := range all {
		if all[n].text == text {
			all[n].of = append(all[n].of, of)
			return all
		}
	}
	return append(all, ground{[]string{of}, text})
}

func printGrounds(all []ground) string {
	var b strings.Builder
	for _, g := range all {
		if of := strings.Join(g.of, "、"); of != "" {
			b.WriteString(strings.ReplaceAll(of, "、就", "、") + "，")
		}
		b.WriteString(g.text)
	}
	return b.String()
}

// when is the time of acts, where others of the same name have other law.
func when(g []evidence.Finding, f evidence.Finding) string {
	same := 0
	for _, o := range g {
		if slices.Equal(o.Parts, f.Parts) {
			same++
		}
	}
	if same < 2 {
		return ""
	}
	return spanOfDays(f.Incidents) + "的"
}

// sameGrounds puts findings of one kind together that this letter cites the
// same provisions for: the rules part acts before and after a change of law
// that only the police apply.
func (in Input) sameGrounds(g []evidence.Finding) []evidence.Finding {
	var out []evidence.Finding
	for _, f := range g {
		at := slices.IndexFunc(out, func(o evidence.Finding) bool {
			return o.Doubtful == f.Doubtful && len(o.Counts) == 0 && len(f.Counts) == 0 &&
				slices.Equal(o.Parts, f.Parts) && slices.Equal(in.cites(o), in.cites(f))
		})
		if at < 0 {
			out = append(out, f)
			continue
		}
		out[at].Incidents = slices.Concat(out[at].Incidents, f.Incidents)
	}
	return out
}

// sameParts reports whether findings of one kind differ in their law alone.
func sameParts(g []evidence.Finding) bool {
	return !slices.ContainsFunc(g, func(f evidence.Finding) bool { return !slices.Equal(f.Parts, g[0].Parts) })
}

// nameOf is a rule's full name and document number where it comes first, and
// shorter after that: 《民法典》, GB/T 45251—2025.
func (c *composer) nameOf(x evidence.Citation) string {
	again := slices.Contains(c.cited, x.Name)
	if !again {
		c.cited = append(c.cited, x.Name)
	}
	switch {
	case !again && x.Document != "":
		return "《" + x.Name + "》（" + x.Document + "）"
	case again && x.Rank == evidence.RecommendedStandard && x.Document != "":
		return x.Document
	case again:
		return "《" + strings.TrimPrefix(x.Name, "中华人民共和国") + "》"
	}
	return "《" + x.Name + "》"
}

// wording speaks no stronger than the rules that are printed allow: a
// recommended standard is only encouraged (标准化法 Article 2).
func wording(cited []evidence.Citation) string {
	var out []string
	for _, x := range cited {
		if x.General || x.Claim || fromMemory(x) {
			continue // not what was broken, or not known well enough to say so
		}
		w := "涉嫌违反监管规定"
		switch x.Rank {
		case evidence.JudicialPolicy: // speaks to courts; nobody else breaks it
			continue
		case evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret:
			w = "涉嫌违反法律规定"
		case evidence.RecommendedStandard:
			w = "不符合推荐性国家标准"
		case evidence.SelfDiscipline:
			w = "违反行业自律规范"
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	// A law that sets neither hours nor numbers is not what was broken.
	if slices.ContainsFunc(cited, func(x evidence.Citation) bool { return x.General }) {
		out = append(out, "涉嫌侵扰私人生活安宁")
	}
	return strings.ReplaceAll(strings.Join(out, "，"), "涉嫌违反法律规定，涉嫌违反监管规定", "涉嫌违反法律规定、监管规定")
}

// members is how the rules mark what binds members of an association; once
// said of a rule, it is known.
var members = regexp.MustCompile(`^（适用于[^（）]*会员单位）`)

// citations prints provisions, those of one law under one name. Where all of
// their substance was told before, that is said once, at the end.
func (c *composer) citations(all []evidence.Citation) string {
	known := len(all) > 0
	for _, x := range all {
		known = known && slices.Contains(c.told, trimStop(x.Substance.ZH))
	}
	var out []string
	closed := false // the last one says so itself
	for n := 0; n < len(all); {
		x, first := all[n], n
		var articles, substance []string
		police, again := policeLaw(x), slices.Contains(c.cited, x.Name)
		// What stands under an article is what was read there: substance without
		// one (tier B) is told apart.
		for ; n < len(all) && all[n].Name == x.Name && all[n].Tier == x.Tier; n++ {
			if y := all[n]; y.Tier == evidence.TierA && y.Article != "" {
				articles = append(articles, y.Article)
			}
			s := trimStop(all[n].Substance.ZH)
			if slices.Contains(c.told, s) {
				continue
			}
			c.told = append(c.told, s)
			if again {
				s = members.ReplaceAllString(s, "")
			}
			substance = append(substance, s)
		}
		s := c.nameOf(x) + strings.Join(articles, "、")
		if first > 0 && all[first-1].Name == x.Name && len(articles) == 0 {
			s = "《" + x.Name + "》还规定"
		}
		switch {
		case len(substance) > 0:
			s += "：" + strings.Join(substance, "；")
		case !known:
			s += "（要点同前）"
		}
		if police && known {
			s, closed = s+"（要点同前；是否构成，由公安机关认定）", true
		} else if police {
			s += "（是否构成，由公安机关认定）"
		}
		out = append(out, s)
	}
	if known && !closed {
		return strings.Join(out, "，") + "（要点同前）。"
	}
	return strings.Join(out, "。") + "。"
}
