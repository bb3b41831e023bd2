package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// cutWords shortens a long quotation between characters and says so. What is in 〔…〕
// stands whole.
func cutWords(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	end := whole(r, [2]int{0, n})[1]
	if end == len(r) {
		return string(r)
	}
	return string(r[:end]) + "……（节录）"
}

// mostRefs is how many exhibits a list names; of more it says how many there are.
const mostRefs = 8

// ordered are the exhibits of a list that the case has, each once and by its number,
// as a reader looks them up.
func (in Input) ordered(exhibits []string) []string {
	out := slices.DeleteFunc(slices.Clone(exhibits), func(x string) bool { return !in.exists(x) })
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

// fewer are the first of a list, and what a letter says behind them where there are
// more.
func fewer(exhibits []string) (list []string, more string) {
	if n := len(exhibits); n > mostRefs {
		return exhibits[:mostRefs], fmt.Sprintf("等%d份", n)
	}
	return exhibits, ""
}

// refs is （证据3、4，第12、13页） with the pages of the book; where there are
// volumes, or not all of it stands in the book, each with its own.
func (c *composer) refs(exhibits []string) []document.Span {
	var out []document.Span
	exhibits, more := fewer(c.in.ordered(exhibits))
	if len(exhibits) > 1 && c.in.volumes() < 2 &&
		!slices.ContainsFunc(exhibits, func(x string) bool { return c.in.at.Pages[x] == 0 }) {
		out = append(plain("（"+labels(exhibits)+more+"，第"), c.pages(exhibits)...)
		return append(out, document.Span{Text: "页）"})
	}
	for _, x := range exhibits {
		before := "；"
		if len(out) == 0 {
			before = "（"
		}
		out = append(out, document.Span{Text: before + label(x)})
		if p := c.in.at.Pages[x]; p > 0 {
			volume := "，第"
			if v := c.in.at.Volumes[x]; c.in.volumes() > 1 && v > 0 {
				volume = fmt.Sprintf("，第%d册第", v)
			}
			out = append(out, document.Span{Text: volume}, document.Span{Text: fmt.Sprint(p), Exhibit: x},
				document.Span{Text: "页"})
		}
	}
	if len(out) > 0 {
		out = append(out, document.Span{Text: more + "）"})
	}
	return out
}

// pages are the pages of exhibits in their order: 12、13; a page on which several begin stands
// once.
func (c *composer) pages(exhibits []string) []document.Span {
	var out []document.Span
	for n, x := range exhibits {
		if n > 0 && c.in.at.Pages[x] == c.in.at.Pages[exhibits[n-1]] {
			continue
		}
		if n > 0 {
			out = append(out, document.Span{Text: "、"})
		}
		out = append(out, c.in.page(x))
	}
	return out
}

// labels is 证据3、4.
func labels(exhibits []string) string {
	s := ""
	for n, x := range exhibits {
		if n > 0 {
			x = "、" + strings.TrimPrefix(label(x), "证据")
		} else {
			x = label(x)
		}
		s += x
	}
	return s
}

// cellRefs is 证据3、4（12、13） for a narrow column, all of them.
func (c *composer) cellRefs(exhibits []string) document.Cell {
	return c.cell(c.in.ordered(exhibits), "")
}

// fewRefs is the same of the first of many: the book has all.
func (c *composer) fewRefs(exhibits []string) document.Cell {
	return c.cell(fewer(c.in.ordered(exhibits)))
}

func (c *composer) cell(exhibits []string, more string) document.Cell {
	var cell document.Cell
	if len(exhibits) > 1 && c.in.volumes() < 2 && !slices.ContainsFunc(exhibits, c.in.earlier) {
		cell = append(document.Cell{{Text: labels(exhibits) + more + "（"}}, c.pages(exhibits)...)
		return append(cell, document.Span{Text: "）"})
	}
	for _, x := range exhibits {
		if len(cell) > 0 {
			cell = append(cell, document.Span{Text: "、"})
		}
		cell = append(append(append(cell, document.Span{Text: label(x) + "（"}), c.in.place(x)...),
			document.Span{Text: "）"})
	}
	if more != "" {
		cell = append(cell, document.Span{Text: more})
	}
	return cell
}

// place is where an exhibit begins: its page, or 2册12页 where the book has
// volumes; 原册 in a supplement to which it does not belong.
func (in paper) place(exhibit string) document.Cell {
	if in.earlier(exhibit) {
		return document.Cell{{Text: "原册"}}
	}
	if v := in.at.Volumes[exhibit]; in.volumes() > 1 && v > 0 {
		return document.Cell{{Text: fmt.Sprintf("%d册", v)}, in.page(exhibit), {Text: "页"}}
	}
	return document.Cell{in.page(exhibit)}
}

// page is a reference to the page on which an exhibit begins.
func (in paper) page(exhibit string) document.Span {
	s := document.Span{Exhibit: exhibit}
	if p := in.at.Pages[exhibit]; p > 0 {
		s.Text = fmt.Sprint(p)
	}
	return s
}

// counts is one row a day, with how it was counted.
func (c *composer) counts(f evidence.Finding, rests string) {
	limited := slices.ContainsFunc(f.Counts, func(k evidence.Count) bool { return k.Limit > 0 })
	t := document.Table{Columns: []document.Column{
		{Title: "日期", Width: 26}, {Title: "情形", Width: 30}, {Title: "次数", Width: 12, Align: document.Center},
		{Title: "建议上限", Width: 18, Align: document.Center}, {Title: "证据（页）", Width: 58},
	}}
	if !limited { // no rule sets a number
		t.Columns = slices.Delete(t.Columns, 3, 4)
	}
	rows := f.Counts
	if len(rows) > most+2 {
		rows = rows[:most]
	}
	for _, k := range rows {
		day := f
		day.Counts = []evidence.Count{k}
		cells := []document.Cell{linked(plain(k.Day), k.Incidents...), plain(k.What.ZH), plain(fmt.Sprint(k.N)),
			plain(fmt.Sprint(k.Limit)), c.fewRefs(exhibitsOf(countedOf(day)))}
		if !limited {
			cells = slices.Delete(cells, 3, 4)
		}
		t.Rows = append(t.Rows, cells)
	}
	c.add(t)
	if n := len(f.Counts) - len(rows); n > 0 {
		last := f.Counts[len(f.Counts)-1].Day
		if limited {
			c.paragraph(fmt.Sprintf("此外，至%s另有%d天超出上述次数。", isoDay(last), n))
		} else {
			c.paragraph(fmt.Sprintf("此外，至%s另有%d天有同类情形。", isoDay(last), n))
		}
	}
	if m := f.Method.ZH; m != "" {
		c.note("计算方法：" + sentence(m) + c.in.whoCalled(f) + c.in.confirmed(countedOf(f)) + sentence(rests))
	}
}

// mostNumbers is how many numbers of counted calls a letter names.
const mostNumbers = 4

// whoCalled says from which numbers counted acts came, and by what those are the
// collector's.
func (in Input) whoCalled(f evidence.Finding) string { return in.whose(countedOf(f), nil) }

// countedOf are the acts of a finding that a figure of it counts.
func countedOf(f evidence.Finding) []evidence.Incident {
	counts := inFigures(f)
	out := make([]evidence.Incident, 0, len(counts))
	for _, i := range f.Incidents {
		if counts[i.ID] {
			out = append(out, i)
		}
	}
	return out
}

// inFigures are the acts, by their ids, that figures of a finding count.
func inFigures(f evidence.Finding) map[string]bool {
	out := map[string]bool{}
	for _, k := range f.Counts {
		for _, id := range k.Incidents {
			out[id] = true
		}
	}
	return out
}

// whose says of the numbers of acts whose they are and who says so, but for those
// that were told already.
func (in Input) whose(all []evidence.Incident, told []string) string {
	byHow := map[string][]string{}
	const named, published, row = "由本人指认为催收方", "是被反映机构的电话", "由本人逐次认定为催收方"
	const platform, lender, nobody = "由本人指认为平台的号码", "由本人指认为放款机构的号码", "，发送人不明"
	for _, i := range all {
		if i.Number == "" || i.ToldBy != "" || slices.Contains(told, in.number(i)) {
			continue
		}
		side, how := in.Case.SideOf(i.Number), row
		switch {
		case side != "" && side != evidence.CollectorSide:
			continue // of somebody else, whom the act itself names
		case in.Case.SaidOf(i) == evidence.PlatformSide:
			how = platform
		case in.Case.SaidOf(i) == evidence.LenderSide:
			how = lender
		case in.Case.SaidOf(i) != "":
			how = named
		case side == evidence.CollectorSide:
			how = published
		case in.Case.FromUnknown(i):
			how = nobody
		}
		if n := in.number(i); !slices.Contains(byHow[how], n) {
			byHow[how] = append(byHow[how], n)
		}
	}
	s := ""
	for _, how := range []string{named, platform, lender, published, row, nobody} {
		numbers, more := byHow[how], ""
		if len(numbers) == 0 {
			continue
		}
		if n := len(numbers); n > mostNumbers {
			numbers, more = numbers[:mostNumbers], fmt.Sprintf("等%d个号码", n)
		}
		s += "号码" + strings.Join(numbers, "、") + more + how + "。"
	}
	return s + in.whoseAccounts(all)
}

// whoseAccounts says of the accounts that messages came from, and that the person named as the
// collecting side's, that it is they who say so.
func (in Input) whoseAccounts(all []evidence.Incident) string {
	var names []string
	for _, i := range all {
		if i.Number != "" || i.ToldBy != "" || i.Direction == evidence.Out || i.Account() == "" || in.Case.SaidOf(i) == "" ||
			!in.Case.SideOfWriter(i).Collecting() {
			continue
		}
		if name := quoted(in.mask(i.Name)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	more := ""
	if n := len(names); n > mostNumbers {
		names, more = names[:mostNumbers], fmt.Sprintf("等%d个账号", n)
	}
	return "账号" + strings.Join(names, "、") + more + "由本人指认为催收方。"
}

// numbers says once whose the numbers of the facts are, as far as no count said
// so: a contact's own among them, which the reader could take for the borrower's.
func (c *composer) numbers() {
	var acts []evidence.Incident
	var told []string
	if n := c.common.number; n != "" && c.in.whoseCommon(n) != "" {
		told = append(told, n)
	}
	for _, f := range c.in.asserted() {
		acts = append(acts, f.Incidents...)
		for _, i := range countedOf(f) {
			if n := c.in.number(i); !slices.Contains(told, n) {
				told = append(told, n)
			}
		}
	}
	s := c.in.whose(acts, told)
	if n := c.in.calledNumber(); n != "" {
		s += "号码" + n + "是本人的，不是" + c.in.debtWords().debtor + "的。"
	}
	if s != "" {
		c.note("（" + trimStop(s) + "。）")
	}
}

// mostTold is how many of the rows of a table are named as told before.
const mostTold = 3

// nights lists contacts by the hour: when, how, from which number. What one of them
// said is told elsewhere, and said to be the same.
func (c *composer) nights(item int, f evidence.Finding, rests string) {
	t := document.Table{Columns: []document.Column{
		{Title: "时间", Width: 46}, {Title: "方式", Width: 22}, {Title: "显示号码", Width: 30}, {Title: "联系到", Width: 20},
		{Title: "证据（页）", Width: 44}, // a day and its hour stand in one line
	}}
	rows := f.Incidents
	if len(rows) > most+2 {
		rows = rows[:most]
	}
	var told []string
	self := !slices.ContainsFunc(f.Incidents,
		func(i evidence.Incident) bool { return i.Reached != evidence.ReachedSelf })
	if self { // said once, below
		t.Columns = slices.Delete(t.Columns, 3, 4)
	}
	for _, i := range rows {
		cells := []document.Cell{linked(plain(c.in.bothInTable(i)), i.ID), plain(kindWord(i)), plain(c.in.from(i)),
			plain(reachedWord(i.Reached)), c.fewRefs(i.Exhibits)}
		if self {
			cells = slices.Delete(cells, 3, 4)
		}
		t.Rows = append(t.Rows, cells)
		if at := c.toldAt[i.ID]; at != "" && i.ID != "" {
			told = append(told, c.in.inTable(i)+"的"+actWord(i)+"即"+at+"所述")
		}
		c.listed[i.ID] = fmt.Sprintf("本节第%d项", item)
	}
	c.add(t)
	if rest := f.Incidents[len(rows):]; len(rest) > 0 {
		c.rest(rest, "")
	}
	s := with("计算方法：", sentence(f.Method.ZH)) + c.in.confirmed(f.Incidents) + sentence(rests)
	if n := len(told) - mostTold; n > 0 {
		told = append(told[:mostTold:mostTold], fmt.Sprintf("另有%d次也已在前面各项写明", n))
	}
	if len(told) > 0 {
		s = strings.Join(told, "；") + "。" + s
	}
	if self {
		s = "以上均为联系本人。" + s
	}
	if c.in.Case.Consent.Night == evidence.No {
		s += "本人陈述：没有同意过对方在这一时段联系。"
	}
	if s != "" {
		c.note(s)
	}
}

// inTable is the time of an act for a narrow column.
func (in Input) inTable(i evidence.Incident) string {
	if i.Time.IsZero() || i.Time.Precision == evidence.ToDay || evidence.PictureTime(i, in.Exhibits) {
		return in.when(i)
	}
	form := "2006-01-02 15:04:05"
	if i.Time.Precision == evidence.ToMinute {
		form = "2006-01-02 15:04"
	}
	return i.Time.At.In(evidence.Beijing).Format(form)
}

// bothInTable is [Input.inTable] with what the phone showed, where its clock was set right.
func (in Input) bothInTable(i evidence.Incident) string {
	when := in.inTable(i)
	if showed := showed(i.Time); showed != "" && when != in.when(i) {
		when += "（手机显示" + showed + "）"
	}
	return when
}
