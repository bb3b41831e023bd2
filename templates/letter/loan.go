package letter

import (
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// loan says what the case carries of the debt, as the person's own word: as a
// table where there is enough of it. With nothing but the parties, which
// stand above, nothing is said.
func (c *composer) loan() []document.Block {
	l := c.in.Case.Loan
	if c.in.contact() || l.IsZero() {
		return nil
	}
	s := "本人"
	if p := c.in.Case.Platform.Label(); p != "" {
		s += "通过" + p
	}
	if p := c.in.Case.Lender.Label(); p != "" {
		s += "向" + p
	}
	facts := filled(c.loanFacts(l))
	var out []document.Block
	if len(facts) > 2 { // between whom it was the parties above say
		out, s = append(out, loanTable(facts)), ""
	} else {
		s += "借款"
		for _, f := range facts {
			s += "，" + f.Label + f.Value
		}
		s += "。"
	}
	if c.in.collecting() && !c.in.tells(disputes) {
		s += c.in.thisLetter() + "反映催收行为，不涉及债务本身的争议。"
	}
	if s != "" {
		out = append(out, document.Paragraph{Spans: plain(s), Indent: true})
	}
	return out
}

func (c *composer) loanFacts(l evidence.Loan) []document.Field {
	due := isoDay(l.Due)
	if c.in.tells(denies) { // who says the debt is paid does not say that it is not
		due = ""
	}
	rate := ""
	if l.AnnualRate != "" {
		rate = strings.TrimRight(l.AnnualRate, "%％ ") + "%"
	}
	return []document.Field{field("借款日期", isoDay(l.Date)), field("合同编号", l.Contract),
		field("借款本金", yuan("", l.Principal)), field("实际到账", yuan("", l.Received)),
		field("合同年利率", rate), field("未还款项到期日", due), field("对方主张逾期金额", yuan("", l.Overdue))}
}

// loanTable is one row, each column as wide as what it holds asks for.
func loanTable(facts []document.Field) document.Table {
	t := document.Table{Small: true, Rows: [][]document.Cell{nil}}
	for _, f := range facts {
		t.Columns = append(t.Columns, document.Column{Title: f.Label,
			Width: 4 + float64(max(displayWidth(f.Label), displayWidth(f.Value))), Align: document.Center})
		t.Rows[0] = append(t.Rows[0], plain(f.Value))
	}
	return t
}

// displayWidth counts a Han character as two.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2e7f {
			n++
		}
	}
	return n
}
