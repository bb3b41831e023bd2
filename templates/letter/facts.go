package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// facts says what files show, one item a kind of breach, each fact ending
// with its exhibit and page; then what only the person says; then the rules.
func (c *composer) facts() {
	c.heading("事实与理由")
	if s := c.loan(); s != "" {
		c.part("借款情况（本人陈述）")
		c.paragraph(s)
	}
	if groups := byRule(c.in.asserted()); len(groups) > 0 {
		c.part("材料显示的事实")
		for n, g := range groups {
			c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: []Span{{Text: c.in.titleOf(g[0]), Bold: true}}})
			c.group(g)
		}
		c.clock()
	}
	c.statements()
	c.grounds()
}

// byRule puts findings of one kind together: acts before and after a change
// of law are findings of their own.
func byRule(all []evidence.Finding) [][]evidence.Finding {
	var out [][]evidence.Finding
	for _, f := range all {
		at := slices.IndexFunc(out, func(g []evidence.Finding) bool { return g[0].Rule == f.Rule })
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
	if in.contact() {
		switch f.Rule {
		case "V01":
			return "向借款人以外的人透露他人欠款"
		case "V02":
			return "就他人债务联系无关的人"
		case "V03":
			return "明确拒绝后仍继续联系"
		}
	}
	if t := f.Title.ZH; t != "" && t[0] >= '0' && t[0] <= '9' {
		return "在" + t // 3.22:00 would read as a number
	}
	return f.Title.ZH
}

func (c *composer) group(g []evidence.Finding) {
	var told []evidence.Incident
	for _, f := range g {
		switch {
		case len(f.Counts) > 0:
			c.counts(f)
		case f.Rule == "V05":
			c.nights(f)
		default:
			told = append(told, f.Incidents...)
		}
	}
	c.incidents(g[0].Rule, told)
}

// loan says what the case carries of the debt, as the person's own word. With
// nothing but the parties, which stand above, nothing is said.
func (c *composer) loan() string {
	l := c.in.Case.Loan
	if c.in.contact() || l == (evidence.Loan{}) {
		return ""
	}
	s := "本人"
	if l.Date != "" {
		s += "于" + isoDay(l.Date)
	}
	if p := c.in.Case.Platform.Label(); p != "" {
		s += "通过" + p
	}
	if p := c.in.Case.Lender.Label(); p != "" {
		s += "向" + p
	}
	s += "借款" + yuan("", l.Principal) + with("，合同编号", l.Contract) + yuan("，实际到账", l.Received)
	if l.AnnualRate != "" {
		s += "，合同载明年利率" + strings.TrimRight(l.AnnualRate, "%％ ") + "%"
	}
	if l.Due != "" {
		s += "，" + isoDay(l.Due) + "到期的款项未还"
	}
	return s + yuan("，对方主张逾期金额", l.Overdue) + "。本" + c.in.title() + "反映催收行为，不涉及债务本身的争议。"
}

func yuan(before, sum string) string {
	if sum == "" {
		return ""
	}
	return before + strings.TrimRight(sum, "元 ") + "元"
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
		c.add(Item{Label: fmt.Sprintf("（%d）", n+1), Spans: append(spans, Span{Text: "。"})})
	}
	if rest := all[len(shown):]; len(rest) > 0 {
		c.rest(rest)
	}
}

// rest sums up the acts a letter has no room for.
func (c *composer) rest(all []evidence.Incident) {
	s := fmt.Sprintf("此外，%s另有%d次同类情形", spanOfDays(all), len(all))
	if c.in.BookPages > 0 {
		s += "，逐次列于证据册的时间线"
	}
	spans := plain(s)
	spans = append(spans, c.refs(exhibitsOf(all, 6))...)
	c.add(Paragraph{Spans: append(spans, Span{Text: "。"}), Indent: true})
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

// fact is one act in one sentence without its full stop.
func (in Input) fact(rule string, i evidence.Incident) string {
	s := moment(i.Time) + "，" + in.act(i)
	if i.Shown == "" {
		return s
	}
	if words, verbatim := in.words(rule, i); verbatim {
		how := "，原话为："
		if i.Kind != evidence.Call && i.Kind != evidence.Visit {
			how = "，内容为："
		}
		s += how + words
	} else {
		s += "，材料显示：" + words
	}
	return s
}

// words are what the file shows. A message, and words that are a breach by
// themselves, are quoted as they stand; a description is not put in quotation
// marks, for nobody said it.
func (in Input) words(rule string, i evidence.Incident) (s string, verbatim bool) {
	s = in.mask(cutWords(i.Shown, 160))
	own := strings.ContainsAny(s, "“”\"「")
	message := i.Kind == evidence.SMS || i.Kind == evidence.Message || i.Kind == evidence.Mail
	speech := slices.Contains([]string{"V06", "V07", "V19"}, rule)
	if message && (i.Made() || !own) || speech && !own {
		return quoted(s), true
	}
	return strings.TrimRight(oneLine(s), "。；， "), false
}

// act is who did what to whom. A number can be spoofed, so it is the number
// shown.
func (in Input) act(i evidence.Incident) string {
	who := "催收方（号码不详）"
	switch {
	case i.Number != "":
		who = "显示号码" + in.number(i)
	case i.Kind == evidence.Message && i.Name != "" && !i.Reached.Third():
		who = "名为" + quoted(in.mask(i.Name)) + "的账号"
	case i.Kind == evidence.Visit:
		who = "催收人员"
	case i.Kind != evidence.Call:
		who = "催收方"
	}
	to := in.target(i.Reached)
	switch i.Kind {
	case evidence.Call:
		return in.call(i, who, to)
	case evidence.SMS, evidence.Message, evidence.Mail:
		verb := map[evidence.IncidentKind]string{evidence.SMS: "发送短信", evidence.Message: "发送消息", evidence.Mail: "寄送信函"}[i.Kind]
		if i.Direction == evidence.Out {
			return "本人向" + strings.TrimPrefix(who, "显示") + verb
		}
		return who + with("向", to) + verb
	case evidence.Post:
		return who + "在群聊或网络上发布内容"
	case evidence.Visit:
		if i.Reached.Third() && to != "" {
			return who + "上门，接触" + to
		}
		return who + "上门"
	}
	return who + with("联系", to)
}

func (in Input) call(i evidence.Incident, who, to string) string {
	s := who + "来电"
	switch {
	case i.Direction == evidence.Out:
		s = "本人拨打" + strings.TrimPrefix(who, "显示号码")
	case i.Reached.Third() && to != "":
		s = who + "致电" + to
	}
	switch {
	case i.Answered == evidence.No:
		s += "，未接通"
	case i.Seconds > 0:
		s += "，通话" + duration(i.Seconds)
	}
	return s
}

// target is the person reached, seen by the complainant. In a contact's case
// 紧急联系人 or 亲友 may be the contact: the borrower's view of them. Whose
// phone it was is then left to the exhibit.
func (in Input) target(r evidence.Reached) string {
	switch {
	case r == evidence.ReachedUnknown:
		return ""
	case r == evidence.ReachedSelf:
		return "本人"
	case r == evidence.ReachedStranger:
		return "与债务无关的其他人"
	case in.contact():
		return ""
	}
	return "本人的" + reachedWord(r)
}

// cutWords shortens a long quotation between characters and says so.
func cutWords(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "……（节录）"
}

// refs is （证据3，第12页；证据4，第13页） with the pages of the book.
func (c *composer) refs(exhibits []string) []Span {
	var out []Span
	for _, x := range exhibits {
		if !c.in.exists(x) {
			continue
		}
		before := "；"
		if len(out) == 0 {
			before = "（"
		}
		out = append(out, Span{Text: before + label(x)})
		if p := c.in.Pages[x]; p > 0 {
			out = append(out, Span{Text: "，第"}, Span{Text: fmt.Sprint(p), Exhibit: x}, Span{Text: "页"})
		}
	}
	if len(out) > 0 {
		out = append(out, Span{Text: "）"})
	}
	return out
}

// cellRefs is 证据3（12）、证据4（13） for a narrow column.
func (c *composer) cellRefs(exhibits []string) Cell {
	var cell Cell
	for _, x := range exhibits {
		if !c.in.exists(x) {
			continue
		}
		if len(cell) > 0 {
			cell = append(cell, Span{Text: "、"})
		}
		cell = append(cell, Span{Text: label(x) + "（"}, c.in.page(x), Span{Text: "）"})
	}
	return cell
}

// page is a reference to the page on which an exhibit begins.
func (in Input) page(exhibit string) Span {
	s := Span{Exhibit: exhibit}
	if p := in.Pages[exhibit]; p > 0 {
		s.Text = fmt.Sprint(p)
	}
	return s
}

// counts is one row a day, with how it was counted.
func (c *composer) counts(f evidence.Finding) {
	t := Table{Columns: []Column{
		{Title: "日期", Width: 26}, {Title: "情形", Width: 30}, {Title: "次数", Width: 12, Align: Center}, {Title: "建议上限", Width: 16, Align: Center}, {Title: "证据（页）", Width: 60},
	}, Small: true}
	rows := f.Counts
	if len(rows) > most+2 {
		rows = rows[:most]
	}
	for _, k := range rows {
		var used []evidence.Incident
		for _, i := range f.Incidents {
			if slices.Contains(k.Incidents, i.ID) {
				used = append(used, i)
			}
		}
		t.Rows = append(t.Rows, []Cell{plain(isoDay(k.Day)), plain(k.What.ZH), plain(fmt.Sprint(k.N)), plain(fmt.Sprint(k.Limit)),
			c.cellRefs(exhibitsOf(used, 8))})
	}
	c.add(t)
	if n := len(f.Counts) - len(rows); n > 0 {
		last := f.Counts[len(f.Counts)-1].Day
		c.paragraph(fmt.Sprintf("此外，至%s另有%d天超出上述次数。", isoDay(last), n))
	}
	if m := f.Method.ZH; m != "" {
		c.note("计算方法：" + sentence(m))
	}
}

// nights lists contacts by the hour: when, how, from which number.
func (c *composer) nights(f evidence.Finding) {
	t := Table{Columns: []Column{
		{Title: "时间", Width: 44}, {Title: "方式", Width: 22}, {Title: "显示号码", Width: 30}, {Title: "联系到", Width: 20}, {Title: "证据（页）", Width: 36},
	}, Small: true}
	rows := f.Incidents
	if len(rows) > most+2 {
		rows = rows[:most]
	}
	for _, i := range rows {
		t.Rows = append(t.Rows, []Cell{plain(moment(i.Time)), plain(kindWord(i)), plain(c.in.number(i)), plain(reachedWord(i.Reached)), c.cellRefs(i.Exhibits)})
	}
	c.add(t)
	if rest := f.Incidents[len(rows):]; len(rest) > 0 {
		c.rest(rest)
	}
	if m := f.Method.ZH; m != "" {
		c.note("计算方法：" + sentence(m))
	}
}

// statements quotes what only the person says, and says so.
func (c *composer) statements() {
	var lines [][]Span
	for _, f := range c.in.stated() {
		if len(f.Counts) > 0 {
			for _, k := range f.Counts {
				lines = append(lines, plain(fmt.Sprintf("%s，%s%d次", isoDay(k.Day), k.What.ZH, k.N)))
			}
			continue
		}
		for _, i := range f.Incidents {
			words := strings.TrimRight(oneLine(c.in.mask(i.Words)), "。；， ")
			if words == "" {
				words = c.in.act(i)
			}
			lines = append(lines, append(plain(moment(i.Time)+"，"+words), c.refs(i.Exhibits)...))
		}
	}
	if len(lines) == 0 {
		return
	}
	c.part("本人陈述（没有材料佐证，供核查参考）")
	for n, spans := range lines[:min(len(lines), most)] {
		spans = append(plain("本人陈述："), spans...)
		c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: append(spans, Span{Text: "。"})})
	}
	if n := len(lines) - most; n > 0 {
		c.paragraph(fmt.Sprintf("本人陈述的同类情形另有%d项，本信不再列出。", n))
	}
}
