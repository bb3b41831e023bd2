package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
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
	// To have what is wrong set right is the matter itself, where a complaint asks for
	// it or a credit report has it.
	record := f.Rule == wrongDebt && (in.complaint() || (in.stolen() || in.paid()) && in.recorded() != "")
	if breach := slices.DeleteFunc(slices.Clone(all),
		func(x evidence.Citation) bool { return x.Claim }); len(breach) > 0 && !record {
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
			bound = bound || binding(x.Rank) && x.Read() && !x.General && !x.Claim
		}
	}
	if bound {
		all = out
	}
	slices.SortStableFunc(all, func(x, y evidence.Citation) int { return cmp.Compare(in.lead(x), in.lead(y)) })
	return all
}

// A line is one rule of the part 依据 with what of it the facts of the letter rest
// on, in their order: each an article, or where none is printed its substance.
type line [][]evidence.Citation

func (l line) rule() evidence.Citation { return l[0][0] }

// lines are the rules of a letter, in the order in which they are numbered:
// those of the supervisor first, for they are what it acts on.
func (in Input) lines() []line {
	var out []line
	for _, f := range in.grounded() {
		for _, x := range in.cites(f) {
			at := slices.IndexFunc(out,
				func(l line) bool { return l.rule().Name == x.Name && l.rule().Origin == x.Origin })
			if at < 0 {
				out = append(out, line{{x}})
			} else if n := out[at].place(x); n < 0 {
				out[at] = append(out[at], []evidence.Citation{x})
			} else {
				out[at][n] = append(out[at][n], x)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y line) int { return cmp.Compare(in.lead(x.rule()), in.lead(y.rule())) })
	return out
}

// place is where a provision stands in its line, from 0; -1: it does not.
func (l line) place(x evidence.Citation) int {
	return slices.IndexFunc(l, func(all []evidence.Citation) bool { return samePlace(x, all[0]) })
}

// samePlace reports whether two citations are of one article of one rule, or print
// alike.
func samePlace(x, y evidence.Citation) bool {
	return x.Name == y.Name && x.Tier == y.Tier && x.Article == y.Article &&
		(x.Substance.ZH == y.Substance.ZH || x.Tier == evidence.TierA && x.Article != "")
}

// grounded are the findings of the part 材料显示的事实, acts first.
func (in Input) grounded() []evidence.Finding {
	return append(slices.Concat(byRule(in.asserted())...), costs(in.asserted())...)
}

// lead is where a rule stands: before all others what the lender's supervisor
// made, where there is one; a law for the police last among laws.
func (in Input) lead(x evidence.Citation) int {
	at := slices.Index([]evidence.Rank{evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret,
		evidence.DepartmentalRule, evidence.NormativeDocument, evidence.JudicialPolicy, evidence.RecommendedStandard,
		evidence.SelfDiscipline}, x.Rank)
	l := in.Case.Lender.Licence
	regulatory := x.Rank == evidence.DepartmentalRule || x.Rank == evidence.NormativeDocument
	switch {
	case regulatory && l.Supervisor() != "" && l != evidence.NoLicence:
		return at - 10
	case policeLaw(x):
		return 0
	case x.Rank == evidence.Law:
		return -1
	}
	return at + 1
}

// pointer is where the rules of a finding stand: 依据1、3①④.
func (in Input) pointer(f evidence.Finding) string { return in.pointerTo(in.cites(f)) }

// pointed is [pointer] with what the word for the breach does not take in apart: a
// rule that is not known well enough to be called broken, where none of its rank
// was.
func (in Input) pointed(f evidence.Finding) string {
	var firm, weak []evidence.Citation
	cited := in.cites(f)
	said := wording(cited)
	for _, x := range cited {
		if !x.Read() && !strings.Contains(said, strings.TrimPrefix(breachOf(x.Rank), "涉嫌违反")) {
			weak = append(weak, x)
		} else {
			firm = append(firm, x)
		}
	}
	if len(firm) == 0 || len(weak) == 0 {
		return in.pointer(f)
	}
	return in.pointerTo(firm) + "；另请对照" + in.pointerTo(weak)
}

func (in Input) pointerTo(cited []evidence.Citation) string {
	var out []string
	lines := in.ruled
	if lines == nil {
		lines = in.lines()
	}
	for n, l := range lines {
		var places []int
		for _, x := range cited {
			if at := l.place(x); at >= 0 {
				places = append(places, at)
			}
		}
		if len(places) == 0 {
			continue
		}
		slices.Sort(places)
		s := fmt.Sprint(n + 1)
		for _, at := range places {
			s += l.mark(at)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return ""
	}
	return "依据" + strings.Join(out, "、")
}

// mark is the number of a provision of a rule of several; after ⑳ there is none
// of its own.
func (l line) mark(at int) string {
	if len(l) < 2 {
		return ""
	}
	return string('①' + rune(min(at, 19)))
}

// goesAs says how far a finding goes: what nobody has checked is asked about. What a rule
// makes of the acts a court is not told beforehand: it is told which rules there are.
func (in Input) goesAs(f evidence.Finding) string {
	switch w := in.wording(f); {
	case f.Doubtful:
		return "请核查"
	case in.Role.Draft():
		return ""
	case w == "":
		return "请对照有关规定核查"
	default:
		return w
	}
}

// wording is how far the rules of a finding go. Where somebody says that the claim
// is theirs now, the rules made for lenders are broken only if the lender's side
// did it.
func (in Input) wording(f evidence.Finding) string {
	cited := in.cites(f)
	all := wording(cited)
	if in.assigned() == "" || !evidence.KindOf(f.Rule).Collecting {
		return all
	}
	rest := slices.DeleteFunc(slices.Clone(cited), forLenders)
	lenders := wording(slices.DeleteFunc(slices.Clone(cited),
		func(x evidence.Citation) bool { return !forLenders(x) || x.General })) // what was broken, and no more
	switch w := wording(rest); {
	case lenders == "":
		return all
	case w == "":
		return "由放款机构或其委托的一方所为的，" + lenders
	default:
		return w + "；由放款机构或其委托的一方所为的，还" + lenders
	}
}

// forLenders reports a rule that supervisors made for those they license: who took
// the claim over is not one of them by that.
func forLenders(x evidence.Citation) bool {
	return x.Rank == evidence.DepartmentalRule || x.Rank == evidence.NormativeDocument
}

// named reports whether a finding that is asserted is of this part of a kind.
func (in Input) named(part evidence.Breach) bool {
	return slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool {
		return f.Rule == part.Rule() && slices.Contains(f.Parts, part.Title())
	})
}

// rests is how far a finding goes and which rules it rests on.
func (in Input) rests(f evidence.Finding) string {
	how, p := in.goesAs(f), in.pointed(f)
	if f.Doubtful {
		p = in.pointer(f)
	}
	switch {
	case p == "":
		return how
	case f.Doubtful && f.Rule == bombing:
		return how + "；经查由催收方发起的，适用" + p
	case f.Doubtful:
		return how + "；经查所称不实的，适用" + p
	case how == "":
		return p
	}
	return how + "（" + p + "）"
}

// Where findings of one kind go equally far, that is said once, at their head;
// so is what they rest on, if that is the same. The rest stands with each fact.
func (in paper) saidOf(g []evidence.Finding) (head string, each func(evidence.Finding) string) {
	same := func(of func(evidence.Finding) string) bool {
		first := of(g[0])
		return !slices.ContainsFunc(g[1:], func(f evidence.Finding) bool { return of(f) != first })
	}
	switch {
	case same(in.restsHere):
		return in.restsHere(g[0]), func(evidence.Finding) string { return "" }
	case slices.ContainsFunc(g, in.once):
		return "", in.restsHere
	case same(in.goesAs) && !g[0].Doubtful:
		return in.goesAs(g[0]), in.pointed
	}
	return "", in.rests
}

// grounds prints the rules the facts point to, one a line.
func (c *composer) grounds() {
	lines := c.in.ruled
	if len(lines) == 0 {
		return
	}
	c.part("依据")
	soft := false
	var lenders []string
	for n, l := range lines {
		x := l.rule()
		if forLenders(x) {
			lenders = append(lenders, fmt.Sprint(n+1))
		}
		soft = soft || x.Rank == evidence.RecommendedStandard || x.Rank == evidence.SelfDiscipline
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(c.provisions(l) + "。"), Small: true})
	}
	s := "（各项是行为当日有效规定的要点，不是原文"
	if soft {
		s += "；推荐性国家标准、行业自律规范不等同于法律"
	}
	if a := c.in.assigned(); a != "" && len(lenders) > 0 {
		s += "；第" + strings.Join(lenders, "、") + "项约束放款机构及其委托的催收方，对" + c.in.Case.Assignee.Label() +
			"自行催收是否适用，请核查"
	}
	c.note(s + "。）")
}

// provisions prints those of one rule: each article with its substance.
func (c *composer) provisions(all line) string {
	x := all.rule()
	s := "《" + x.Name + "》"
	if x.Document != "" {
		s += "（" + x.Document + "）"
	}
	for _, of := range all { // of the whole rule, said once
		if of[0].Conditional() {
			s += "（如属金融机构的个人网络消费贷款）"
		}
		if m := members.FindStringSubmatch(of[0].Substance.ZH); m != nil {
			s += "（如属" + m[1] + "会员单位）"
		}
		if of[0].Conditional() || members.MatchString(of[0].Substance.ZH) {
			break
		}
	}
	if x.Origin != "" {
		s += "（" + evidence.UserWords.ZH + "）"
	}
	var out []string
	said := ""
	for n, of := range all {
		x, substance := of[0], strings.Join(substances(of), "；")
		if who := bound(substance); who != "" && who == said {
			substance = strings.TrimPrefix(substance, who)
		} else {
			said = who
		}
		if x.Tier == evidence.TierA && x.Article != "" {
			substance = c.articles(x.Article) + "：" + substance
		}
		out = append(out, all.mark(n)+substance)
	}
	sep := "："
	if len(all) == 1 && x.Tier == evidence.TierA && x.Article != "" {
		sep = ""
	}
	s += sep + strings.Join(out, "；")
	if policeLaw(x) {
		s += "（是否构成，由公安机关认定）"
	}
	return s
}

// bound is whom a rule speaks to, where that is how its substance begins; of
// several in a row it is said once.
func bound(substance string) string {
	who, _, ok := strings.Cut(substance, "不得")
	if !ok || strings.ContainsAny(who, "，；：、") {
		return ""
	}
	return who
}

// substances are what citations of one article say, once each.
func substances(of []evidence.Citation) []string {
	var out []string
	for _, x := range of {
		if s := unconditional(trimStop(x.Substance.ZH)); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// wording speaks no stronger than the rules that are printed allow: a
// recommended standard is only encouraged (标准化法 Article 2), and the rules of an
// association are for its members.
func wording(cited []evidence.Citation) string {
	var out []string
	member, scoped := false, false
	for _, x := range cited {
		if x.General || x.Claim || !x.Read() {
			continue // not what was broken, or not known well enough to say so
		}
		w := breachOf(x.Rank)
		switch {
		case x.Rank == evidence.JudicialPolicy: // speaks to courts; nobody else breaks it
			continue
		case members.MatchString(x.Substance.ZH):
			member = true
			continue
		case x.Conditional():
			scoped = true
			continue
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	// A law that sets neither hours nor numbers is not what was broken.
	if slices.ContainsFunc(cited, func(x evidence.Citation) bool { return x.General }) {
		out = append(out, "涉嫌侵扰私人生活安宁")
	}
	s := strings.NewReplacer("涉嫌违反法律规定，涉嫌违反监管规定", "涉嫌违反法律规定、监管规定",
		"涉嫌违反监管规定，涉嫌违反法律规定", "涉嫌违反监管规定、法律规定").Replace(strings.Join(out, "，"))
	if scoped {
		s = alsoIf(s, "如适用", breachOf(evidence.RecommendedStandard))
	}
	if member {
		s = alsoIf(s, "如属会员单位", breachOf(evidence.SelfDiscipline))
	}
	return s
}

// alsoIf adds what holds on a condition to what holds without one.
func alsoIf(s, condition, breach string) string {
	if s == "" {
		return condition + "，" + breach
	}
	return s + "；" + condition + "，还" + breach
}

// breachOf is what breaking a rule of a rank is called.
func breachOf(r evidence.Rank) string {
	switch r {
	case evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret:
		return "涉嫌违反法律规定"
	case evidence.RecommendedStandard:
		return "不符合推荐性国家标准"
	case evidence.SelfDiscipline:
		return "违反行业自律规范"
	}
	return "涉嫌违反监管规定"
}

// members is how the rules mark what binds members of an association. Whether the
// institution is one no case says.
var members = lazyregexp.New(`（适用于([^（）]*)会员单位）`)

// unconditional is the substance of a rule without the marks of whom it binds, which
// stand with the rule's name.
func unconditional(substance string) string {
	return members.ReplaceAllString(strings.Replace(substance, evidence.OpenScope.ZH, "", 1), "")
}
