package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
	"juzheng/templates/document"
)

// facts says what files show, one item a kind of breach, each fact ending
// with its exhibit and page; then what only the person says; then the rules.
func (c *composer) facts() {
	c.heading("事实与理由")
	if s := c.in.ownWords(); s != "" {
		c.paragraph("本人陈述：" + s)
	}
	c.loan()
	if groups := byRule(c.in.asserted()); len(c.in.asserted()) > 0 {
		c.part("材料显示的事实")
		c.shared()
		for n, g := range groups {
			title := []document.Span{{Text: c.in.titleOfGroup(g), Bold: true}}
			if head, _ := c.in.saidOf(g); strings.HasPrefix(head, "依据") {
				title = append(title, document.Span{Text: "（" + head + "）。"})
			} else if head != "" {
				title = append(title, document.Span{Text: "：" + head + "。"})
			}
			if i, ok := alone(g); ok && len(c.in.receipts(g)) == 0 { // one act stands with its name
				if head, _ := c.in.saidOf(g); head == "" {
					title = append(title, document.Span{Text: "："})
				}
				title = append(title, c.telling(fmt.Sprintf("本节第%d项", n+1), g[0].Rule, i, "")...)
				c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: title})
				continue
			}
			if f, ok := oneDay(g); ok { // so does one day that was counted
				c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: append(title, c.dayCounted(f)...)})
				c.note("计算方法：" + sentence(f.Method.ZH))
				continue
			}
			c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: title, Heads: true})
			c.group(n+1, g)
		}
		c.owned()
		c.costFacts(len(groups))
		c.reachable()
		c.numbers()
		c.clock()
	}
	c.statements()
	c.asParty(0)
	c.grounds()
}

// reachable says of contacts with others on what it rests that the borrower could be
// reached: files show the contact, and this is the person's word.
func (c *composer) reachable() {
	var found []evidence.Finding
	for _, f := range c.in.asserted() {
		if f.Rule == "V02" && !c.in.contact() {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return
	}
	named := ""
	if slices.ContainsFunc(actsOf(found), c.in.emergency) {
		named = "紧急联系人是否属于规定所说的“与债务无关的第三人”，请依规定认定。"
	}
	c.note("（“" + c.in.titleOfGroup(found) + "”所列各次，当天能够联系上本人：这是本人陈述。" + named + "）")
}

// alone is the act of a group of one, which no table tells.
func alone(g []evidence.Finding) (evidence.Incident, bool) {
	if len(g) != 1 || len(g[0].Counts) > 0 || g[0].Rule == atNight || g[0].Rule == ignored {
		return evidence.Incident{}, false
	}
	all := actsOf(g)
	if len(all) != 1 {
		return evidence.Incident{}, false
	}
	return all[0], true
}

// oneDay is the finding of a group that counts the acts of one day and no others.
func oneDay(g []evidence.Finding) (evidence.Finding, bool) {
	f := g[0]
	return f, len(g) == 1 && len(f.Counts) == 1 && len(uncounted(f)) == 0 && f.Method.ZH != ""
}

// dayCounted tells what was counted on one day, and what number is advised.
func (c *composer) dayCounted(f evidence.Finding) []document.Span {
	k := f.Counts[0]
	s := fmt.Sprintf("%s，%s%d次", isoDay(k.Day), k.What.ZH, k.N)
	if k.Limit > 0 {
		s += fmt.Sprintf("，建议上限%d次", k.Limit)
	}
	return append(append(linked(plain(s), k.Incidents...), c.refs(exhibitsOf(f.Incidents))...),
		document.Span{Text: "。" + c.in.whoCalled(f)})
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
	slices.SortStableFunc(out, func(x, y []evidence.Finding) int { return cmp.Compare(gravityOf(y), gravityOf(x)) })
	return out
}

// gravityOf is how grave what a group of findings tells is: what touches
// somebody's safety first, then posing as the state, then all else, in the
// order of the kinds.
func gravityOf(g []evidence.Finding) int {
	for _, f := range g {
		if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return gravest(f.Rule, i) }) {
			return 2
		}
	}
	if g[0].Rule == asState {
		return 1
	}
	return 0
}

// gravest reports whether an act was named as what touches somebody's safety.
func gravest(rule string, i evidence.Incident) bool {
	return slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return b.Rule() == rule && b.Danger() })
}

// asState is posing as police, court or another state organ.
const asState = "V07"

func (c *composer) group(item int, g []evidence.Finding) {
	for _, i := range c.in.receipts(g) { // first that it was paid, and then who asked for it still
		c.add(document.Paragraph{Spans: append(c.receipt(i), document.Span{Text: "。"}), Indent: true})
	}
	var told []evidence.Incident
	rests := map[string]string{} // an act -> what it rests on, where acts of the kind differ in that
	_, said := c.in.saidOf(g)
	for _, f := range g {
		switch {
		case len(f.Counts) > 0:
			c.counts(f, said(f))
			told = append(told, uncounted(f)...)
		case f.Rule == atNight:
			c.nights(item, f, said(f))
		default:
			told = append(told, f.Incidents...)
		}
		for _, i := range f.Incidents {
			rests[i.ID] = said(f)
		}
	}
	slices.SortStableFunc(told, func(x, y evidence.Incident) int { return x.Time.At.Compare(y.Time.At) })
	c.incidents(item, g[0].Rule, told, rests, c.in.titlesOfActs(g))
	if g[0].Rule == ignored && g[0].Method.ZH != "" {
		c.note("计算方法：" + sentence(g[0].Method.ZH))
	}
}

// uncounted are the acts of a finding no figure of it counts.
func uncounted(f evidence.Finding) []evidence.Incident {
	counts := inFigures(f)
	var out []evidence.Incident
	for _, i := range f.Incidents {
		if !counts[i.ID] {
			out = append(out, i)
		}
	}
	return out
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
		device = device || slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.Time.Device })
	}
	if strings.Contains(document.BlocksText(c.blocks), "手机显示") { // of what is told one by one
		c.note("（" + c.in.self() + "的手机当时时钟不准，或者不在北京时间：前面写的是按核实的时差换算出的北京时间，括号里是手机上显示的时间。）")
	}
	if device {
		c.note("（时间均为北京时间；其中从手机文件名或手机记录读出的，以手机时钟为准。）")
	}
}

// telling is one act with its exhibits and what it rests on. What was told in full
// before is referred to there.
func (c *composer) telling(at, rule string, i evidence.Incident, rests string) []document.Span {
	spans := plain(c.sharing(c.in.fact(rule, i)))
	first := c.toldAt[i.ID] == ""
	switch before, listed := c.toldAt[i.ID], c.listed[i.ID]; { // one act, and not another one
	case i.ID == "":
	case before != "" && refusal(rule, i):
		spans = plain(c.in.when(i) + "的" + actWord(i) + "（见" + before + "）中，" + c.in.refused(i))
	case before != "" && i.Shown == "":
		spans = plain(c.sharing(c.in.when(i)) + "的" + actWord(i) + "，即" + before + "所述")
	case before != "":
		spans = plain(c.sharing(c.in.when(i)) + "的" + actWord(i) + "，内容见" + before)
	case listed != "" && i.Shown == "": // whom it reached the list need not say
		spans = append(spans, document.Span{Text: "（即" + listed + "所列的同一次）"})
	case listed != "":
		s := listed + "所列" + c.in.when(i) + "的" + actWord(i)
		if i.Kind == evidence.Call && i.Seconds > 0 {
			s += "（" + duration(i.Seconds) + "）"
		}
		spans = plain(s + c.in.content(rule, i))
	}
	if c.toldAt[i.ID] == "" {
		c.toldAt[i.ID] = at
	}
	spans = append(linked(spans, i.ID), c.refs(i.Exhibits)...)
	end := c.in.byWord(rule, i)
	if first {
		end += c.in.ownAccount(i)
	}
	switch {
	case strings.HasPrefix(rests, "依据"):
		end += "（" + rests + "）。"
	default:
		end += "。" + sentence(rests)
	}
	return append(spans, document.Span{Text: end})
}

// linked are words with the incidents that they tell of.
func linked(spans []document.Span, ids ...string) []document.Span {
	for n := range spans {
		spans[n].Rows = strings.Join(ids, " ")
	}
	return spans
}

// actWord is what to call an act that was told before.
func actWord(i evidence.Incident) string {
	switch i.Kind {
	case evidence.Call:
		return "通话"
	case evidence.SMS:
		return "短信"
	case evidence.Message:
		return "消息"
	case evidence.Post:
		return "发布"
	case evidence.Visit:
		return "上门"
	case evidence.Mail:
		return "信函"
	}
	return "情形"
}

// rest sums up the acts a letter has no room for.
func (c *composer) rest(all []evidence.Incident, gravest string) {
	s := fmt.Sprintf("此外，%s另有%d次同类情形", spanOfDays(all), len(all))
	if gravest != "" {
		s += "（其中" + gravest + "）"
	}
	spans := plain(s)
	if c.in.at.Book > 0 {
		spans = append(append(spans, document.Span{Text: "，"}), c.whereListed(all)...)
	}
	spans = append(spans, c.refs(exhibitsOf(all))...)
	c.add(document.Paragraph{Spans: append(spans, document.Span{Text: "。"}), Indent: true})
}

// whereListed says where the book has acts that a letter leaves to it: one by one in its
// 时间线, or counted there by day, where they stand in logs.
func (c *composer) whereListed(all []evidence.Incident) []document.Span {
	book := plain("证据册的时间线")
	if c.in.at.Pages[Timeline] > 0 {
		volume := "证据册第"
		if c.in.volumes() > 1 {
			volume = "证据册第1册第"
		}
		book = append(plain(volume), c.in.page(Timeline), document.Span{Text: "页的时间线"})
	}
	if events := c.in.chronicle(); len(without(all, c.in.oneByOne(events))) == 0 {
		return append(plain("逐次列于"), book...)
	}
	return append(append(plain("按日合计列于"), book...), document.Span{Text: "，逐次见证据"})
}

func exhibitsOf(all []evidence.Incident) []string {
	var out []string
	for _, i := range all {
		out = append(out, i.Exhibits...)
	}
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
	if year := fmt.Sprintf("%d年", first.In(evidence.Beijing).Year()); strings.HasPrefix(b, year) {
		b = strings.TrimPrefix(b, year)
	}
	return a + "至" + b
}

// statements quotes what only the person says, and says so: what is about money first,
// then by time, whatever the kind. What touches somebody's safety is left out last.
func (c *composer) statements() {
	var lines []statement
	for _, s := range c.in.costStatements() {
		lines = append(lines, statement{spans: plain(s), grave: true})
	}
	lines = append(lines, c.statedActs()...)
	if len(lines) == 0 {
		return
	}
	what := "本人陈述（没有材料佐证，供核查参考）"
	if c.in.Role.Draft() {
		what = "本人陈述（没有材料佐证）"
	}
	if slices.ContainsFunc(lines, func(l statement) bool { return l.cited }) {
		const cited = "引证据的，证据显示有这次联系，说了什么以录音为准；未引的没有材料佐证）"
		what = "本人陈述（供核查参考：" + cited
		if c.in.Role.Draft() {
			what = "本人陈述（" + cited
		}
	}
	c.part(what)
	n, room := 0, most-grave(lines)
	for _, l := range lines {
		if !l.grave {
			room--
		}
		if l.grave || room >= 0 {
			n++
			c.add(document.Item{Label: fmt.Sprintf("%d.", n), Spans: append(l.spans, document.Span{Text: "。"})})
		}
	}
	if n := len(lines) - n; n > 0 {
		c.paragraph(fmt.Sprintf("本人陈述的同类情形另有%d项，%s不再列出。", n, c.in.thisPaper()))
	}
}

// A statement is one thing that only the person says.
type statement struct {
	at    time.Time
	spans []document.Span
	grave bool
	cited bool // exhibits show the contact, and not what is said of it
}

// grave counts those of statements that are always told.
func grave(all []statement) (n int) {
	for _, l := range all {
		if l.grave {
			n++
		}
	}
	return n
}

// statedActs tell the acts only the person states, each once, by time.
func (c *composer) statedActs() []statement {
	var all []statement
	add := func(at time.Time, spans []document.Span) { all = append(all, statement{at: at, spans: spans}) }
	shown := c.in.receipts(c.in.asserted())
	for _, i := range c.in.receipts(c.in.stated()) { // told above, where a file shows a demand after it
		if !slices.ContainsFunc(shown, func(o evidence.Incident) bool { return o.ID == i.ID }) {
			add(i.Time.At, append(plain("材料显示："), c.receipt(i)...))
		}
	}
	said := map[string]bool{} // by row: one that is of two kinds is told once
	for _, f := range c.in.stated() {
		for _, k := range f.Counts {
			day, _ := time.ParseInLocation(time.DateOnly, k.Day, evidence.Beijing)
			add(day, linked(plain(fmt.Sprintf("%s，%s%d次", isoDay(k.Day), k.What.ZH, k.N)), k.Incidents...))
		}
		if len(f.Counts) > 0 {
			continue
		}
		for _, i := range f.Incidents {
			switch filed, ok := c.in.filing(i); {
			case ok:
				add(i.Time.At, plain(c.in.complained(filed)+c.in.unanswered(filed)))
			case !said[i.ID] || i.ID == "":
				add(i.Time.At, append(linked(plain(c.stated(i)), i.ID), c.refs(i.Exhibits)...))
				all[len(all)-1].grave, all[len(all)-1].cited = gravest(f.Rule, i), len(i.Exhibits) > 0
				said[i.ID] = true
			}
		}
	}
	slices.SortStableFunc(all, func(a, b statement) int {
		if a.at.IsZero() != b.at.IsZero() { // of no day that is known: last
			return b.at.Compare(a.at)
		}
		return a.at.Compare(b.at)
	})
	return all
}

// namesCall reports a call that files show: whose it was and whom it reached stands before
// what the person says of it.
func namesCall(i evidence.Incident) bool {
	return i.Kind == evidence.Call && i.Number != "" && len(i.Exhibits) > 0
}

// asTold is an act as the person tells it.
func (in Input) asTold(i evidence.Incident, words string) string {
	if namesCall(i) {
		words = in.act(i) + "；" + words
	}
	return in.when(i) + "，" + words
}

// stated is what the person says of one act: their own words, or else what was
// done and what of it they call a breach. That somebody called or wrote is none. Where
// files show a call, whose it was and whom it reached stands before the words.
func (c *composer) stated(i evidence.Incident) string {
	if !c.in.contact() && phrase.Admission(i) {
		return c.in.fact("V02", i) + "（发送者自称已联系他人，请核查）"
	}
	if words := strings.TrimRight(oneLine(c.in.mask(i.Words)), "。；， "); words != "" {
		if !namesCall(i) {
			return c.in.asTold(i, words)
		}
		kinds := strings.Join(c.statedKinds(i), "；")
		if heard, ok := strings.CutSuffix(words, asHeard); ok {
			words = heard + strings.TrimSuffix(asHeard, "）") + "；" + kinds + "）"
		} else {
			words += "（" + kinds + "）"
		}
		return c.in.asTold(i, words)
	}
	s := c.in.when(i) + "，" + c.in.act(i)
	switch before := c.toldAt[i.ID]; {
	case i.ToldBy != "":
		s = c.in.told(i)
	case before != "" && i.ID != "":
		s = c.in.when(i) + "的" + actWord(i) + "，见" + before
	}
	return s + "（" + strings.Join(c.statedKinds(i), "；") + "）"
}

// asHeard ends the words that the person wrote down off a recording.
const asHeard = "（本人听录）"

// statedKinds are what the person calls one act.
func (c *composer) statedKinds(i evidence.Incident) (kinds []string) {
	for _, f := range c.in.stated() {
		if slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID }) {
			f.Incidents = []evidence.Incident{i}
			kinds = append(kinds, c.in.titlesOf(f)...)
		}
	}
	return kinds
}
