package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Findings about the money claimed have no incidents but figures: they are
// told apart from acts, each with its table, method and ground in one place.

// costs are the findings about money among some.
func costs(all []evidence.Finding) []evidence.Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f evidence.Finding) bool { return f.Cost == nil })
}

// costFacts tells what the loan's figures show, numbered on from the acts, and
// what they are held against.
func (c *composer) costFacts(from int) {
	for n, f := range costs(c.in.asserted()) {
		title := []document.Span{{Text: f.Title.ZH, Bold: true}, {Text: "：" + c.in.costRests(f) + "。"}}
		c.add(document.Item{Label: fmt.Sprintf("%d.", from+n+1), Spans: title, Heads: true})
		spans := append(plain(f.Cost.Fact.ZH), c.refs(f.Exhibits)...)
		s := "。"
		if f.Cost.Kind == evidence.CostZone {
			s += c.in.zoneAsk(*f.Cost)
			if c.in.zoneEnd() == lastOfZones {
				s += "2020年8月20日以后的利息，按起诉时的标准计算，" + c.in.thisLetter() + "不作计算。"
			}
		}
		k, figures := f.Cost.Kind, c.in.costFigures(f)
		inWords := c.in.at.Short && k == evidence.CostNamed && len(figures) <= inSentence
		if inWords {
			s += costLine(figures)
		}
		c.add(document.Paragraph{Spans: append(spans, document.Span{Text: s}), Indent: true})
		if !inWords && k != evidence.CostDeducted && k != evidence.CostFee { // of these the sentence has all
			c.costTable(f, figures)
		}
	}
}

// costRests says what figures are held against. Where a court lowers what it is
// asked to lower and no rule is broken, it says just that.
func (in Input) costRests(f evidence.Finding) string {
	p := in.pointer(f)
	switch w := costWording(in.cites(f)); {
	case f.Cost.Kind == evidence.CostZone:
		return p
	case f.Cost.Kind == evidence.CostNamed:
		return "请核查收取的依据（" + p + "）"
	case w != "":
		return w + "（" + p + "）"
	}
	return "超过的部分，请求调减（" + p + "）"
}

// costFigures are the figures of a finding, and who took what is charged beside the
// loan.
func (in Input) costFigures(f evidence.Finding) []document.Field {
	var out []document.Field
	if p := in.Case.Payee.Label(); p != "" && f.Cost.Kind == evidence.CostNamed {
		out = append(out, field("收款方（本人所知）", p))
	}
	for _, x := range f.Cost.Figures {
		out = append(out, field(x.Label.ZH, isoDay(x.Value.ZH)))
	}
	return out
}

// costLine has the figures in a line, where a table takes a page more.
func costLine(figures []document.Field) string {
	var out []string
	for _, f := range figures {
		out = append(out, f.Label+"："+f.Value)
	}
	return strings.Join(out, "；") + "。"
}

// costTable prints the figures and how they were computed.
func (c *composer) costTable(f evidence.Finding, figures []document.Field) {
	t := document.Table{Columns: []document.Column{{Title: "项目", Width: 62}, {Title: "数额", Width: 92}}, Small: true}
	for _, x := range figures {
		t.Rows = append(t.Rows, []document.Cell{plain(x.Label), plain(x.Value)})
	}
	c.add(t)
	if m := f.Method.ZH; m != "" {
		c.note("计算方法：" + sentence(m))
	}
}

// lastOfZones is the last day by the rules of which private loans of before 20
// August 2020 had their two lines (法释〔2020〕17号 Article 31).
const lastOfZones = "2020-08-19"

// zoneEnd is the day to which the two lines are asked for: that one, or the day the
// loan was settled before.
func (in Input) zoneEnd() string {
	if s := in.Case.Loan.Settled; s != "" && s < lastOfZones {
		return s
	}
	return lastOfZones
}

// zoneAsk is what can be asked of a private loan before 20 August 2020, and for
// which days: between the two lines what is unpaid is not owed, beyond the second
// nothing is.
func (in Input) zoneAsk(c evidence.Cost) string {
	span := isoDay(in.Case.Loan.Date) + "至" + isoDay(in.zoneEnd()) + "的利息，"
	switch {
	case c.Void == "":
		return span + "超过年" + c.Ceiling + "%的未付部分，请求不再主张。"
	case c.Void == c.Ceiling: // by what was paid alone
		return span + "超过年" + c.Void + "%的部分约定无效，已付的请求返还。"
	}
	return span + "超过年" + c.Ceiling + "%的未付部分，请求不再主张；超过年" + c.Void + "%的部分约定无效，已付的请求返还。"
}

// costWording is [wording], of rules only: how courts decide breaks nothing.
func costWording(cited []evidence.Citation) string {
	return wording(slices.DeleteFunc(slices.Clone(cited),
		func(x evidence.Citation) bool { return x.Rank == evidence.JudicialPolicy }))
}

// costStatements are findings about money that only the person's own figures
// carry.
func (in Input) costStatements() []string {
	var out []string
	for _, f := range costs(in.stated()) {
		out = append(out, f.Cost.Fact.ZH)
	}
	return out
}

// costRequests ask a platform or lender for what follows from the figures.
func (in Input) costRequests() []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, f := range costs(in.asserted()) {
		switch f.Cost.Kind {
		case evidence.CostRate:
			add(fmt.Sprintf("按年化综合成本不超过%s%%重新核算"+in.debtWords().own+"，列明本金、利息、罚息和各项费用；多收的退还或者冲抵未还款项。", f.Cost.Ceiling))
		case evidence.CostZone:
			add(in.zoneAsk(*f.Cost))
		case evidence.CostShown:
			add("按放款前明示的综合融资成本重新核算" + in.debtWords().own + "；明示之外收取的，退还或者冲抵未还款项。")
		case evidence.CostDeducted:
			if received, ok := in.Case.Loan.Reached(); ok {
				add(fmt.Sprintf("以实际到账的%s元为本金，重新核算应还的本息。", received))
			}
		case evidence.CostNamed:
			who := "的收取方、"
			if p := in.Case.Payee.Label(); p != "" {
				who = "由谁收取（据本人所知是" + p + "）、"
			}
			s := fmt.Sprintf("说明%s%s收取依据和本人同意的记录；没有依据或者没有经本人同意的，退还相应部分（合计%s元）。",
				f.Cost.Name, who, f.Cost.Excess)
			if in.recalculated() { // the cost of the loan counts these fees too
				s += "与重新核算重复的部分，只退一次。"
			}
			add(s)
		case evidence.CostFee:
			add(fmt.Sprintf("退还以催收名义收取的费用%s元，不再收取。", f.Cost.Excess))
		}
	}
	return out
}

// recalculated reports that the letter asks for the loan to be reckoned anew.
func (in Input) recalculated() bool {
	return slices.ContainsFunc(costs(in.asserted()), func(f evidence.Finding) bool {
		return f.Cost.Kind == evidence.CostRate || f.Cost.Kind == evidence.CostShown
	})
}

// costInquiry asks a supervisor to look into the charges, if there is
// anything to look into.
func (in Input) costInquiry() []string {
	if len(costs(in.asserted())) == 0 || in.rented() { // what was taken for a lease is asked with what it was
		return nil
	}
	return []string{"核查被举报人就" + in.debtWords().own + "收取利息和费用的情况。"}
}

// claimed compares what is claimed as overdue with what the contract's plan
// left open on the day of filing; empty without both.
func (in Input) claimed() string {
	l := in.Case.Loan
	overdue, ok := evidence.ParseFen(strings.TrimRight(l.Overdue, "元 "))
	plan := evidence.Payments(l.Schedule)
	if !ok || len(plan) == 0 {
		return ""
	}
	var due evidence.Fen
	for _, p := range plan {
		if !p.Day.After(in.Date) {
			due += p.Sum
		}
	}
	open := due - evidence.Total(evidence.Payments(l.Repaid))
	if open < 0 || overdue <= open {
		return ""
	}
	return fmt.Sprintf("贵方主张的逾期金额为%s元；按合同还款计划，截至%s到期未还的为%s元，相差%s元，请列明差额的构成", overdue, day(in.Date), open, overdue-open)
}

// moneyRows shows the payments that an extract of a statement holds, each with its
// row in the whole; nil where the exhibit is none.
func (in Input) moneyRows(x evidence.Exhibit) []document.Block {
	if x.Extract == nil {
		return nil
	}
	t := document.Table{Columns: []document.Column{{Title: "日期", Width: 34}, {Title: "金额（元）", Width: 28},
		{Title: "用途", Width: 70}, {Title: "出处", Width: 30}}, Small: true}
	l := in.Case.Loan
	for _, list := range []struct {
		what string
		all  []string
	}{{"还款", l.Repaid}, {"另收费用", l.Fees}} {
		for _, p := range evidence.Payments(list.all) {
			if p.From() != x.Extract.Of {
				continue
			}
			what := list.what
			if p.Note != "" {
				what += "：" + in.mask(p.Note)
			}
			row := in.rowIn(evidence.Incident{Source: p.Source}, x.Extract.Of)
			t.Rows = append(t.Rows, []document.Cell{plain(day(p.Day)), plain(p.Sum.String()), plain(what), plain(row)})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []document.Block{document.Paragraph{Spans: plain("本证据是从整份收支流水（" + label(x.Extract.Of) +
		"）中按行取出的；“出处”是该行在整份流水中的位置，“用途”是提交人指明的。整份流水里有与本案无关的收支，不随本册提供；" +
		"需要核对时，可以要求提交人出示。摘录的文件见证据包 data/" + x.File + "。"), Small: true}, t}
}
