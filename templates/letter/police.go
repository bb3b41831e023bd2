package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// policeReport is 报案材料: what happened by time in the words that were used, the
// numbers and accounts it came from, what the police are asked, and what they might
// apply. Whether anything falls under that is theirs to say, and stands so.
func policeReport(in paper) document.Document {
	c := newComposer(in)
	c.add(document.Title{Text: in.title()})
	if s := Reference(in.Case.ID); s != "" {
		c.add(document.Paragraph{Spans: plain(OwnNumber + "：" + s), Align: document.Center, Small: true})
	}
	c.parties()
	c.heading("反映的情况")
	c.paragraph(in.inMatter())
	if s := in.standing(); s != "" { // the police know of the loan by this alone
		facts := filled(c.loanFacts(in.Case.Loan))
		if in.stranger() && len(facts) > 0 {
			s += "对方称" + figures(facts) + "。"
		}
		c.paragraph("本人陈述：" + s)
	}
	acts := in.events()
	c.heading("经过（按时间）")
	c.add(c.policeActs(acts))
	if len(acts) > mostActs {
		said := fmt.Sprintf("（一共%d次，以上是最早的%d次；其余", len(acts), mostActs)
		c.add(document.Paragraph{Spans: append(append(plain(said), c.whereListed(acts[mostActs:])...), plain("。）")...),
			Small: true})
	}
	if t := in.callers(acts); len(t.Rows) > 0 {
		c.heading("对方用过的号码和账号")
		c.add(t)
		if in.alsoCame(acts) {
			c.add(document.Paragraph{Spans: plain("（次数只计上面列出的；其中有的号码、账号还有别的来电和消息。）"), Small: true})
		}
	}
	if pay := c.in.payments(); len(pay) > 0 {
		c.heading("对方要求付款的账户")
		c.paragraph("下列各次要求付款到个人账户；户名、账号照原文，没有核实。")
		for n, i := range pay {
			c.add(document.Item{Label: fmt.Sprintf("%d.", n+1),
				// the account is what the police are to find: nothing of it is hidden
				Spans: append(append(linked(plain(c.in.when(i)+"，"+c.in.act(i)+"："+quoted(cutWords(oneLine(i.Shown), mostQuoted))),
					i.ID), c.refs(i.Exhibits)...), plain("。")...)})
		}
	}
	c.heading("请求")
	for n, s := range in.requests() {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
	}
	if law := in.policeLaws(); len(law) > 0 {
		c.heading("可能涉及的规定")
		for n, s := range law {
			c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
		}
		c.paragraph("以上供参考；是否构成违法、犯罪，由公安机关认定。")
	}
	closing := []document.Block{document.Paragraph{Indent: true, Spans: []document.Span{{Text: "声明：", Bold: true},
		{Text: "以上内容属实，所附材料由本人提供，" + in.unaltered() + "原始手机和文件还在的，可以当面核对。如有不实，本人愿承担相应责任。"}}}}
	if a := in.attachments(); len(a) > 0 {
		closing = append(closing, document.Paragraph{Spans: plain("附件：" + strings.Join(a, "；") + "。" + in.byHand()),
			Indent: true})
	}
	closing = append(closing, document.Addressee{Name: in.Addressee()},
		document.Signature{Label: in.signer() + "（签名、捺印）", Agent: agentLabel(in.Case.Agent)})
	c.add(document.Keep{Blocks: closing})
	if in.Seal.Root != "" {
		c.add(keep(in.root()))
	}
	d := in.document(in.title())
	d.Subject = in.title() + "（致" + in.Recipient.Name + "）"
	d.Blocks = c.blocks
	return d
}

// inMatter says in short what is reported: what files show, and what is the person's
// word alone.
func (in Input) inMatter() string {
	s := "事由：" + in.matter() + "中的下列情形。"
	if shown := in.inShort(); shown != "" {
		s += "材料显示：" + shown + "。"
	}
	var told []string
	for _, x := range in.byTitle(byRule(in.stated())) {
		told = append(told, x.title+howOften(x.findings))
	}
	if len(told) > 0 {
		s += "本人陈述、还没有材料证明的：" + strings.Join(told, "；") + "。"
	}
	return s
}

// mostActs is how many acts the table of a paper has; the book has all.
const mostActs = 40

// policeActs is a row an act: when, how, from which number, what was said.
func (c *composer) policeActs(acts []evidence.Incident) document.Table {
	t := document.Table{Small: true, Columns: []document.Column{{Title: "时间", Width: 34}, {Title: "方式", Width: 24},
		{Title: "号码或账号", Width: 35}, {Title: "情形和原话", Width: 65}, {Title: "证据（页）", Width: 22}}}
	for _, i := range acts[:min(len(acts), mostActs)] {
		when := c.in.bothInTable(i)
		t.Rows = append(t.Rows, []document.Cell{linked(plain(when), i.ID), plain(wayWord(i)),
			plain(c.in.source(i)),
			plain(c.in.saidIn(i)), c.fewRefs(i.Exhibits)})
	}
	return t
}

// source is the number or account of an act: of what the person sent, whom it went to.
func (in Input) source(i evidence.Incident) string {
	s := in.callerOf(i)
	if i.Direction == evidence.Out && i.ToldBy == "" {
		s = cmp.Or(i.Number, i.Account())
	}
	if i.ToldBy != "" { // who sent it is no collector, and stands with the words
		return "（转告）"
	}
	if s == "" && i.Direction != evidence.Out && i.Number == "" && i.Account() == "" {
		s = i.Name // an SMS can come from an address instead of a number
	}
	if s == "" {
		return "未显示"
	}
	return in.mask(s)
}

// callerOf is the other side's number or account in an act; empty where none is shown,
// or where it is that of somebody who told of the act or whom it reached.
func (in Input) callerOf(i evidence.Incident) string {
	switch side := in.Case.SideOfWriter(i); {
	case i.Direction == evidence.Out, i.ToldBy != "":
		return ""
	case side == evidence.CollectorSide, side == "" && i.Number != "":
		return cmp.Or(i.Number, i.Account())
	}
	return ""
}

// saidIn is what an act was, and the words of it.
func (in paper) saidIn(i evidence.Incident) string {
	var what []string
	stated, rule := true, ""
	for _, f := range append(in.asserted(), in.stated()...) {
		if !slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID }) {
			continue
		}
		rule = cmp.Or(rule, f.Rule)
		stated = stated && f.Strength == evidence.Stated
		f.Incidents = []evidence.Incident{i}
		titles := in.titlesOf(f)
		if refusal(f.Rule, i) { // not after the refusal: the refusal itself
			titles = []string{in.refused(i)}
		}
		for _, s := range titles {
			if !slices.Contains(what, s) {
				what = append(what, s)
			}
		}
	}
	s := strings.Join(what, "；")
	if to := in.target(i.Reached); i.Reached.Third() && i.ToldBy == "" && to != "" {
		s += "（联系到" + to + "）"
	}
	switch {
	case stated && i.Words != "":
		return s + "。本人陈述：" + cutWords(oneLine(i.Words), 160)
	case stated:
		return s + "（本人陈述）"
	case i.Shown != "":
		_, words, ok := strings.Cut(in.content(rule, i), "：")
		if !ok {
			words, _ = in.quotable(rule, i, mostQuoted)
			words = quoted(words)
		}
		return s + "：" + in.teller(i) + words
	}
	return s
}

// teller is who told the person of an act, before their words; nobody is.
func (in Input) teller(i evidence.Incident) string {
	if i.ToldBy == "" {
		return ""
	}
	return in.whoTold(i) + "转告："
}

// alsoCame reports a number or account of acts that came at other times as well: who reads
// how often it stands in a paper is not to take that for all there was.
func (in Input) alsoCame(acts []evidence.Incident) bool {
	told, from := map[string]bool{}, map[string]bool{}
	for _, i := range acts {
		told[i.ID] = true
		if key := in.callerOf(i); key != "" {
			from[key] = true
		}
	}
	return slices.ContainsFunc(in.Incidents, func(i evidence.Incident) bool {
		return !told[i.ID] && i.Use != evidence.No && from[in.callerOf(i)]
	})
}

// callers are the numbers and accounts acts came from, each with how often and when.
func (in Input) callers(acts []evidence.Incident) document.Table {
	t := document.Table{Small: true, Columns: []document.Column{{Title: "号码或账号", Width: 46},
		{Title: "对方自称、手机上的名称", Width: 62},
		{Title: "次数", Width: 16, Align: document.Center}, {Title: "最早", Width: 28}, {Title: "最近", Width: 28}}}
	type caller struct {
		n           int
		names       []string
		first, last time.Time
	}
	var order []string
	all := map[string]*caller{}
	for _, i := range acts {
		key := in.callerOf(i)
		if key == "" {
			continue
		}
		x := all[key]
		if x == nil {
			x = &caller{}
			all[key], order = x, append(order, key)
		}
		x.n++
		if i.Name != "" && i.Name != key && !slices.Contains(x.names, i.Name) {
			x.names = append(x.names, i.Name)
		}
		if !i.Time.IsZero() {
			if x.first.IsZero() {
				x.first = i.Time.At
			}
			x.last = i.Time.At
		}
	}
	date := func(at time.Time) string {
		if at.IsZero() {
			return "时间不详"
		}
		return at.In(evidence.Beijing).Format(time.DateOnly)
	}
	named := false
	for _, key := range order {
		x := all[key]
		named = named || len(x.names) > 0
		t.Rows = append(t.Rows, []document.Cell{plain(in.mask(key)), plain(in.mask(strings.Join(x.names, "、"))),
			plain(fmt.Sprint(x.n)), plain(date(x.first)), plain(date(x.last))})
	}
	if !named { // a column of nothing
		t.Columns = slices.Delete(t.Columns, 1, 2)
		for n := range t.Rows {
			t.Rows[n] = slices.Delete(t.Rows[n], 1, 2)
		}
	}
	return t
}

// payments are the acts that demand payment to somebody's own account. No rule on record
// forbids that alone, so that no other letter tells of it; to the police it is a lead.
func (in Input) payments() []evidence.Incident {
	if in.Role != evidence.ToPolice {
		return nil
	}
	var out []evidence.Incident
	for _, f := range in.Findings {
		if f.Rule != "V22" || len(f.Parts) > 0 {
			continue
		}
		for _, i := range f.Incidents {
			if i.Shown != "" && len(i.Exhibits) > 0 && in.isNew(i) {
				out = append(out, i)
			}
		}
	}
	return out
}

// policeRequests are what the police can do, as far as the acts call for it.
func (in Input) policeRequests() []string {
	asks := []string{"依法受理，出具受案回执。"}
	if len(in.callers(in.events()).Rows) > 0 {
		asks = append(asks, "查明上列号码、账号的使用人。")
	}
	if len(in.payments()) > 0 {
		asks = append(asks, "查明上列收款账户的持有人。")
	}
	all := append(in.asserted(), in.stated()...)
	if slices.ContainsFunc(all, func(f evidence.Finding) bool { return f.Rule == wrongDebt }) && in.stolen() {
		asks = append(asks, "本人认为身份被冒用办理借款，请就此出具报案证明，用于向放款机构、征信机构提出异议。")
	}
	asks = append(asks, "依法调查处理，告知处理结果。")
	if slices.ContainsFunc(all, func(f evidence.Finding) bool {
		return slices.ContainsFunc(f.Police, func(x evidence.Citation) bool {
			return strings.HasPrefix(x.ID,
				"PSA25-50")
		})
	}) {
		asks = append(asks, "依法可以责令对方不得接触本人的，请一并责令。")
	}
	return asks
}

// policeLaws are what the police might apply to the acts, one law an item.
func (in Input) policeLaws() []string {
	var laws []string
	said := map[string][]string{}
	ordered := append(in.asserted(), in.stated()...)
	slices.SortStableFunc(ordered, func(x, y evidence.Finding) int {
		return cmp.Compare(gravityOf([]evidence.Finding{y}), gravityOf([]evidence.Finding{x}))
	})
	for _, f := range ordered {
		for _, x := range printable(f.Police) {
			name := "《" + strings.TrimPrefix(x.Name, "中华人民共和国") + "》"
			if said[name] == nil {
				laws = append(laws, name)
			}
			if s := x.Article + "（" + trimStop(x.Substance.ZH) + "）"; !slices.Contains(said[name], s) {
				said[name] = append(said[name], s)
			}
		}
	}
	var out []string
	for _, l := range laws {
		out = append(out, l+strings.Join(said[l], "；")+"。")
	}
	return out
}
