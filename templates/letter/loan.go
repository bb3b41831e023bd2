package letter

import (
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// loanTitle is what the part about the loan is called: who does not owe it tells
// what they are told of it.
func (in Input) loanTitle() string {
	switch {
	case in.stranger():
		return "对方所称的" + in.debtWords().debt + "（本人陈述）"
	}
	return in.debtWords().debt + "情况（本人陈述）"
}

// leased is the kind of a loan that was dressed as a lease.
const leased = "合同名义为租赁"

// inSentence is how many figures of a loan are told in a sentence; more are a table.
const inSentence = 5

// loan says what the case carries of the debt, as the person's own word: whose it
// is, where that is in question, and its figures. With nothing but the parties,
// which stand above, nothing is said.
func (c *composer) loan() {
	l := c.in.Case.Loan
	standing := c.in.standing()
	if c.in.contact() || l.IsZero() && standing+c.in.besides() == "" {
		return
	}
	facts := filled(c.loanFacts(l))
	tabled := len(facts) > inSentence && !c.in.at.Short
	s := standing
	switch {
	case len(facts) <= 2:
		s += c.in.loanSentence(facts)
	case !tabled: // between whom it was the parties above say
		if c.in.stranger() { // who denies the loan does not state when it was made
			s += "对方称"
		}
		s += figures(facts) + "。"
	}
	s += c.in.besides()
	spans := plain(s)
	if c.in.citesLoan() {
		spans = plain(trimStop(standing))
		spans = append(append(spans, c.refs(l.Exhibits)...), document.Span{Text: "。" + strings.TrimPrefix(s, standing)})
	}
	remark := ""
	// Whoever asks for less, or what they signed, disputes something of the debt.
	if c.in.collecting() && !c.in.tells(disputes) && standing == "" && len(c.in.wishes()) == 0 && !c.in.rented() {
		remark = c.in.thisLetter() + "反映催收行为，不涉及债务本身的争议。"
		if c.in.Role.Draft() {
			remark = "本案只就催收行为提出，不涉及债务本身的争议。"
		}
	}
	if !tabled {
		c.lead(c.in.loanTitle(), append(spans, document.Span{Text: remark}))
		return
	}
	c.part(c.in.loanTitle())
	if s != "" {
		c.add(document.Paragraph{Spans: spans, Indent: true})
	}
	c.add(loanTable(facts))
	if remark != "" {
		c.paragraph(remark)
	}
}

// figures strings figures together: 借款日期2026年6月1日，借款本金8000元.
func figures(facts []document.Field) string {
	out := make([]string, len(facts))
	for n, f := range facts {
		out[n] = f.Label + f.Value
		if f.Value == leased { // says itself what it is
			out[n] = f.Value
		}
	}
	return strings.Join(out, "，")
}

// loanSentence tells of a loan whose figures make no table.
func (in Input) loanSentence(facts []document.Field) string {
	s := "本人"
	switch {
	case in.guardian() || in.heir():
		s = in.debtWords().debtor
	case in.stranger():
		s = "对方称本人"
	}
	if p := in.Case.Through().Label(); p != "" {
		s += "通过" + p
	}
	if p := in.Case.Lender.Label(); p != "" {
		s += "向" + p
	}
	return s + in.debtWords().made + with("，", figures(facts)) + "。"
}

func (c *composer) loanFacts(l evidence.Loan) []document.Field {
	due, overdue := isoDay(l.Due), yuan("", l.Overdue)
	if c.in.tells(denies) || c.in.settled() { // who says the debt is paid does not say that it is not
		due = ""
	}
	if c.in.settled() && !c.in.stranger() {
		overdue = ""
	}
	if c.in.Role == evidence.To12315 { // a company beside the lender: what is owed is nothing to it
		due, overdue = "", ""
	}
	rate := ""
	if l.AnnualRate != "" {
		rate = strings.TrimRight(l.AnnualRate, "%％ ") + "%"
	}
	words := c.in.debtWords()
	kind, day, dueOf, claim := l.Kind.Title().ZH, words.day, words.due, "对方主张逾期金额"
	if c.in.rented() { // what it was for is not to be held against them
		kind, day, dueOf, claim = leased, "合同日期", "未付租金到期日", "对方主张逾期租金"
	}
	return []document.Field{field("业务种类", kind), field(day, isoDay(l.Date)), field(words.number, c.in.contractNumber()),
		field(words.sum, yuan("", l.Principal)), field("实际到账", yuan("", l.Received)),
		field("合同年利率", rate), field(dueOf, due), field(claim, overdue)}
}

// contractNumber is the number by which the other side finds the debt: of a card mostly
// its last four digits, which are said to be that.
func (in Input) contractNumber() string {
	n := strings.TrimSpace(in.Case.Loan.Contract)
	if in.card() && len(n) == 4 && strings.Trim(n, "0123456789") == "" {
		return "末四位" + n
	}
	return n
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
