package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// facts says what files show, one item a kind of breach, each fact ending
// with its exhibit and page; then what only the person says; then the rules.
func (c *composer) facts() {
	c.heading("事实与理由")
	if loan := c.loan(); len(loan) > 0 {
		c.part("借款情况（本人陈述）")
		c.add(loan...)
	}
	if groups := byRule(c.in.asserted()); len(c.in.asserted()) > 0 {
		c.part("材料显示的事实")
		for n, g := range groups {
			title := []document.Span{{Text: c.in.titleOfGroup(g), Bold: true}}
			c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: title})
			c.group(g)
		}
		c.costFacts(len(groups))
		c.clock()
	}
	c.statements()
	c.grounds()
}

// byRule puts acts of one kind together: those before and after a change of
// law, and those of its parts, are findings of their own.
func byRule(all []evidence.Finding) [][]evidence.Finding {
	var out [][]evidence.Finding
	for _, f := range all {
		if f.Cost != nil {
			continue // told with their figures
		}
		at := slices.IndexFunc(out, func(g []evidence.Finding) bool {
			return g[0].Rule == f.Rule && g[0].Doubtful == f.Doubtful
		})
		if at < 0 {
			out = append(out, nil)
			at = len(out) - 1
		}
		out[at] = append(out[at], f)
	}
	return out
}

// titleOf is the name of a kind of breach, seen by the complainant.
func (in Input) titleOf(f evidence.Finding) string {
	switch said := tellingOf(f.Rule); {
	case in.contact() && said.contact != "":
		return said.contact
	case said.title != "" && len(f.Parts) == 0:
		return said.title
	case f.Doubtful && said.doubtful != "":
		return said.doubtful
	}
	t := f.Name().ZH
	if t != "" && t[0] >= '0' && t[0] <= '9' {
		t = "在" + t // 3.22:00 would read as a number
	}
	return t
}

// titleOfGroup names acts of one kind: by their parts, and by the kind where
// one of them has none.
func (in Input) titleOfGroup(g []evidence.Finding) string {
	var parts []string
	for _, f := range g {
		if len(f.Parts) == 0 || f.Doubtful {
			whole := in.titleOf(evidence.Finding{Rule: f.Rule, Title: f.Title, Doubtful: f.Doubtful})
			if f.Doubtful || evidence.KindOf(f.Rule).NamesParts {
				return whole
			}
			if !slices.Contains(parts, whole) {
				parts = append(parts, whole)
			}
		}
		for _, p := range f.Parts {
			if !slices.Contains(parts, p.ZH) {
				parts = append(parts, p.ZH)
			}
		}
	}
	return strings.Join(parts, "；")
}

func (c *composer) group(g []evidence.Finding) {
	var told []evidence.Incident
	for _, f := range g {
		switch {
		case len(f.Counts) > 0:
			c.counts(f)
			told = append(told, uncounted(f)...)
		case f.Rule == atNight:
			c.nights(f)
			if c.in.Case.Consent.Night == evidence.No {
				c.note("本人陈述：没有同意过对方在这一时段联系。")
			}
		default:
			told = append(told, f.Incidents...)
		}
	}
	slices.SortStableFunc(told, func(x, y evidence.Incident) int { return x.Time.At.Compare(y.Time.At) })
	c.incidents(g[0].Rule, told)
	if g[0].Rule == ignored && g[0].Method.ZH != "" {
		c.note("计算方法：" + sentence(g[0].Method.ZH))
	}
}

// uncounted are the acts of a finding no figure of it counts.
func uncounted(f evidence.Finding) []evidence.Incident {
	return slices.DeleteFunc(slices.Clone(f.Incidents), func(i evidence.Incident) bool {
		return slices.ContainsFunc(f.Counts, func(k evidence.Count) bool { return slices.Contains(k.Incidents, i.ID) })
	})
}

func yuan(before, sum string) string {
	if sum == "" {
		return ""
	}
	sum = strings.TrimRight(sum, "元 ")
	if v, ok := evidence.ParseFen(sum); ok {
		sum = v.String() // 6230.5 as 6230.50
	}
	return before + sum + "元"
}

// clock says whose clock the times were read from.
func (c *composer) clock() {
	device := false
	for _, f := range c.in.asserted() {
		for _, i := range f.Incidents {
			device = device || i.Time.Device
		}
	}
	if device {
		c.note("（时间均为北京时间；其中从手机文件名或手机记录读出的，以手机时钟为准。）")
	}
}

// most is how many facts of one kind a letter tells; more are summed up and
// left to the chronology of the book, so that a letter stays at two pages.
const most = 6

func (c *composer) incidents(rule string, all []evidence.Incident) {
	shown := all
	if len(all) > most+2 { // two more are sooner told than summed up
		shown = all[:most]
	}
	for n, i := range shown {
		spans := plain(c.in.fact(rule, i))
		spans = append(spans, c.refs(i.Exhibits)...)
		spans = append(spans, document.Span{Text: c.in.byWord(rule, i) + "。"})
		c.add(document.Item{Label: fmt.Sprintf("（%d）", n+1), Spans: spans})
	}
	if rest := all[len(shown):]; len(rest) > 0 {
		c.rest(rest)
	}
}

// rest sums up the acts a letter has no room for.
func (c *composer) rest(all []evidence.Incident) {
	s := fmt.Sprintf("此外，%s另有%d次同类情形", spanOfDays(all), len(all))
	if c.in.at.Book > 0 {
		s += "，逐次列于证据册的时间线"
	}
	spans := plain(s)
	spans = append(spans, c.refs(exhibitsOf(all, 6))...)
	c.add(document.Paragraph{Spans: append(spans, document.Span{Text: "。"}), Indent: true})
}

func exhibitsOf(all []evidence.Incident, limit int) []string {
	var out []string
	for _, i := range all {
		for _, x := range i.Exhibits {
			if !slices.Contains(out, x) && len(out) < limit {
				out = append(out, x)
			}
		}
	}
	slices.Sort(out)
	return out
}

// spanOfDays is 2026年3月2日至3月9日.
func spanOfDays(all []evidence.Incident) string {
	first, last := all[0].Time.At, all[0].Time.At
	for _, i := range all {
		if i.Time.At.Before(first) {
			first = i.Time.At
		}
		if i.Time.At.After(last) {
			last = i.Time.At
		}
	}
	a, b := day(first), day(last)
	if a == b {
		return a
	}
	return a + "至" + b
}

// statements quotes what only the person says, and says so.
func (c *composer) statements() {
	var lines [][]document.Span
	for _, s := range c.in.costStatements() {
		lines = append(lines, plain(s))
	}
	for _, f := range c.in.stated() {
		if len(f.Counts) > 0 {
			for _, k := range f.Counts {
				lines = append(lines, plain(fmt.Sprintf("%s，%s%d次", isoDay(k.Day), k.What.ZH, k.N)))
			}
			continue
		}
		for _, i := range f.Incidents {
			if f, ok := c.in.filing(i); ok {
				lines = append(lines, plain(c.in.complained(f)+c.in.unanswered(f)))
				continue
			}
			words := strings.TrimRight(oneLine(c.in.mask(i.Words)), "。；， ")
			if words == "" {
				words = c.in.act(i)
			}
			lines = append(lines, append(plain(c.in.when(i)+"，"+words), c.refs(i.Exhibits)...))
		}
	}
	if len(lines) == 0 {
		return
	}
	c.part("本人陈述（没有材料佐证，供核查参考）")
	for n, spans := range lines[:min(len(lines), most)] {
		spans = append(plain("本人陈述："), spans...)
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: append(spans, document.Span{Text: "。"})})
	}
	if n := len(lines) - most; n > 0 {
		c.paragraph(fmt.Sprintf("本人陈述的同类情形另有%d项，本信不再列出。", n))
	}
}
