package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// cost is the part of V12 and V22 that is computed: what the loan costs by the
// case's loan table, against the ceiling for the lender's licence kind and the
// contract's date. What cannot be computed is said with the reason, and never
// asserted. A contact does not argue the debt.
func (a *applier) cost() {
	l := a.kase.Loan
	if a.contact() || len(l.Schedule)+len(l.Fees)+len(l.Repaid) == 0 && l.Received+l.AnnualRate+l.ShownCost == "" {
		return
	}
	day, err := time.ParseInLocation(time.DateOnly, l.Date, evidence.Beijing)
	if err != nil {
		a.uncounted(evidence.Advise("没有填借款日期{（loan.date）|}", "{loan.date|the day of the loan} is missing"))
		return
	}
	a.deducted(day)
	a.totalCost(day)
	a.collectionFees(day)
	a.namedFees(day)
}

// uncounted says why nothing is said of the money.
func (a *applier) uncounted(why evidence.Advice) {
	a.remark(evidence.Advise("利息和费用没有核算：%s", "interest and fees were not worked out: %s").With(why))
}

// deducted is 砍头息: less reached the borrower than is claimed as principal.
func (a *applier) deducted(day time.Time) {
	principal, _ := evidence.ParseFen(a.kase.Loan.Principal)
	received, _ := evidence.ParseFen(a.kase.Loan.Received)
	less := a.withheld()
	if less == 0 {
		return
	}
	a.addCost("V12", evidence.Text{ZH: "借款时预先扣除，实际到账少于合同本金", EN: "money was deducted before it was paid out"},
		evidence.Cost{Kind: evidence.CostDeducted, Excess: less,
			Fact: evidence.Text{
				ZH: fmt.Sprintf("合同本金%s元，实际到账%s元，少%s元", principal, received, less),
				EN: fmt.Sprintf("principal %s yuan, received %s, %s less", principal, received, less)},
			Figures: []evidence.Figure{
				figure("合同本金", "principal", yuan(principal)), figure("实际到账", "received", yuan(received)),
				figure("预先扣除", "deducted", yuan(less)),
			}},
		a.costCitations("V12", day, "deducted"))
	// The law speaks of interest. What has the name of a fee is for a person to
	// look at: it can be interest by another name.
	for _, f := range evidence.Payments(a.kase.Loan.Fees) {
		if f.Day.Equal(day) && f.Sum >= less {
			last := &a.report.Findings[len(a.report.Findings)-1]
			last.Strength = evidence.Review
			last.Doubts = append(last.Doubts, evidence.Advise("少到账的%s元与借款当日收取的“%s”%s元是不是同一笔？是费用的，规定说的是预先扣除利息，先不写进信里；它已计入成本。"+
				"不是同一笔的，请{在 case.toml |}"+
				"核对日期和金额", "are the %s yuan not received the %q of %s taken that day? The law speaks of "+
				"interest deducted, so a fee is left out, and is part of the cost already; if they are two sums, "+
				"look at dates and sums{ in case.toml|}").With(less, f.Note, f.Sum))
			return
		}
	}
}

// totalCost compares the loan's yearly cost with its ceiling, and with the
// lender's own table of total cost.
func (a *applier) totalCost(day time.Time) {
	l := a.kase.Loan
	c, why := ceilingOf(l, a.kase.Lender.Licence, day, a.kase.Through().Known() && a.kase.Lender.Known(),
		len(l.Schedule) == 0 && len(l.Repaid) > 0)
	if why != (evidence.Advice{}) {
		a.uncounted(why)
		return
	}
	p, list, kind, why := a.costPlan(day)
	annual, ok := p.annual()
	contract, stated := parseRate(l.AnnualRate)
	switch {
	case why == (evidence.Advice{}) && ok:
		a.shownCost(day, p, annual, list)
		if p.exceeds(c.rate) {
			a.overCeiling(day, c, p, annual, list, kind)
			return
		}
		if kind == paidSoFar {
			a.uncounted(evidence.Advise("只按已还的款项，年化成本为%[1]s%%，没有超过%[2]s%%（%[3]s）；填上还款计划{（loan.schedule）|}才能算全",
				"what was paid so far comes to %[1]s %% a year, not over %[2]s %%; {loan.schedule|the plan of instalments} would "+
					"tell the whole").With(annual, c.rate, c.name))
			return
		}
		a.report.Remarks = append(a.report.Remarks, evidence.Advise("按还款计划和费用算出的年化成本为%[1]s%%，没有超过%[2]s%%（%[3]s），不能就此投诉",
			"the plan comes to %[1]s %% a year, not over %[2]s %%: nothing to complain of").With(annual, c.rate, c.name))
	case stated && contract > c.rate:
		// The cost is at least the rate the contract itself names.
		a.contractRate(day, c, contract)
	case why != (evidence.Advice{}):
		a.uncounted(why)
	case kind == paidSoFar:
		a.uncounted(evidence.Advise("没有还款计划{（loan.schedule）|}，已还的款项还没有超过到账金额，算不出年化成本",
			"without {loan.schedule|the plan of instalments}, and with less repaid than received, no yearly cost can be told"))
	default:
		a.uncounted(evidence.Advise("还款计划合计没有超过到账金额，可能没有填全",
			"the instalments come to no more than was received; the plan may be incomplete"))
	}
}

// A costBasis is which payments a yearly cost was computed from.
type costBasis int

const (
	byPlan    costBasis = iota // the contract's instalments
	paidSoFar                  // what was already paid: a lower bound
)

// costPlan is the loan as a series of payments: by the contract's plan, or by
// what was paid so far, which can only make the cost look lower.
func (a *applier) costPlan(day time.Time) (p loanPlan, list []evidence.Payment, kind costBasis, why evidence.Advice) {
	l := a.kase.Loan
	received, ok := l.Reached()
	if !ok || received == 0 {
		return p, nil, kind, evidence.Advise("没有填合同本金或实际到账金额", "neither principal nor received is filled in")
	}
	list = evidence.Payments(l.Schedule)
	if len(list) == 0 {
		kind, list = paidSoFar, evidence.Payments(l.Repaid)
	}
	if len(list) == 0 {
		return p, nil, kind, evidence.Advise("没有填还款计划{（loan.schedule）|}，也没有已还的款项{（loan.repaid）|}",
			"neither {loan.schedule nor loan.repaid|the plan of instalments nor what was repaid} is filled in")
	}
	list = append(list, a.countedFees(day, kind)...)
	slices.SortStableFunc(list, func(x, y evidence.Payment) int { return x.Day.Compare(y.Day) })
	p, ok = plan(day, received, list)
	if !ok {
		return p, nil, kind, evidence.Advise("有一笔还款或费用早于借款日期，请核对",
			"a payment lies before the day of the loan; please check")
	}
	return p, list, kind, why
}

// countedFees are the fees that make the loan dearer. Not among them is a fee
// for the collection, which is asked back by itself; one for being late, where
// payments are those of the plan, in which nobody is late; and one of the
// loan's day that explains why less was received: it is in that figure already.
func (a *applier) countedFees(day time.Time, kind costBasis) []evidence.Payment {
	var out []evidence.Payment
	withheld := a.withheld()
	for _, f := range evidence.Payments(a.kase.Loan.Fees) {
		has := func(w string) bool { return strings.Contains(f.Note, w) }
		if has("催收") || kind == byPlan && slices.ContainsFunc([]string{"罚息", "违约金", "滞纳金", "逾期"}, has) {
			continue
		}
		if f.Day.Equal(day) {
			in := min(f.Sum, withheld)
			f.Sum, withheld = f.Sum-in, withheld-in
		}
		if f.Sum > 0 {
			out = append(out, f)
		}
	}
	return out
}

// withheld is by how much less was received than is claimed as principal.
func (a *applier) withheld() evidence.Fen {
	principal, ok1 := evidence.ParseFen(a.kase.Loan.Principal)
	received, ok2 := evidence.ParseFen(a.kase.Loan.Received)
	if !ok1 || !ok2 {
		return 0
	}
	return max(principal-received, 0)
}

func (a *applier) overCeiling(day time.Time, c ceiling, p loanPlan, annual rate, list []evidence.Payment,
	kind costBasis) {
	excess := p.excess(c.rate)
	from := evidence.Text{ZH: "按合同还款计划", EN: "by the contract's plan"}
	if kind == paidSoFar {
		from = evidence.Text{ZH: "仅按已经还的款项", EN: "by what was already paid alone"}
	}
	f := evidence.Cost{Kind: evidence.CostRate, Annual: annual.String(), Ceiling: c.rate.String(), Excess: excess,
		Fact: evidence.Text{
			ZH: fmt.Sprintf("%s和另收的费用计算，年化综合成本为%s%%，超过%s%%，即%s", from.ZH, annual, c.rate, c.name.ZH),
			EN: fmt.Sprintf("%s with the fees, the cost is %s %% a year, over %s %%, %s", from.EN, annual, c.rate,
				c.name.EN)},
		Figures: append(a.planFigures(p, list, kind),
			figure("年化综合成本（内部收益率）", "yearly cost (IRR)", same(annual.String()+"%")),
			figure("上限", "ceiling", evidence.Text{ZH: c.rate.String() + "%，" + c.name.ZH, EN: c.rate.String() + " %, " +
				c.name.EN}))}
	if excess > 0 {
		zh, en := "超出上限的部分，折算到最后一期", "beyond the ceiling, as of the last instalment"
		if kind == paidSoFar {
			zh, en = "超出上限多付的部分，折算到最后一笔", "paid beyond the ceiling, as of the last payment"
		}
		f.Figures = append(f.Figures, figure(zh, en, yuan(excess)))
	}
	a.ceilingFinding(day, c, f, method(p))
}

// contractRate is a contract that itself names a rate over the ceiling.
func (a *applier) contractRate(day time.Time, c ceiling, contract rate) {
	a.ceilingFinding(day, c, evidence.Cost{Kind: evidence.CostRate, Annual: contract.String(), Ceiling: c.rate.String(),
		Fact: evidence.Text{
			ZH: fmt.Sprintf("合同载明年利率%s%%，超过%s%%，即%s", contract, c.rate, c.name.ZH),
			EN: fmt.Sprintf("the contract names %s %% a year, over %s %%, %s", contract, c.rate, c.name.EN)},
		Figures: []evidence.Figure{figure("合同年利率", "rate in the contract", same(contract.String()+"%")),
			figure("上限", "ceiling", evidence.Text{ZH: c.rate.String() + "%，" + c.name.ZH, EN: c.rate.String() + " %, " +
				c.name.EN})},
	}, evidence.Text{ZH: "直接取合同载明的年利率，没有另外计算", EN: "the rate as the contract names it"})
}

func (a *applier) ceilingFinding(day time.Time, c ceiling, f evidence.Cost, how evidence.Text) {
	title := evidence.Text{ZH: fmt.Sprintf("年化综合成本超过%s%%", c.rate),
		EN: fmt.Sprintf("the loan costs more than %s %% a year", c.rate)}
	cites := a.costCitations("V12", day, c.fact)
	if a.kase.LoanKind() == evidence.CreditCard {
		cites = append(cites, a.costCitations("V12", a.date, "card")...)
	}
	if c.fact == "small-loan-24" { // what courts do stands in a paper that is public
		cites = append(cites, a.costCitations("V12", day, "court-24")...)
	}
	if c.zone {
		f.Kind = evidence.CostZone
		if annual, ok := parseRate(f.Annual); ok && annual > voidAbove {
			f.Void = voidAbove.String()
		}
		// the interpretation of today says until when the old one applies
		cites = append(cites, a.costCitations("V12", a.date, "transition")...)
	}
	a.addCost("V12", title, f, cites)
	last := &a.report.Findings[len(a.report.Findings)-1]
	if !c.breach && c.fact != "small-loan-24" { // to look into it a supervisor has no ground
		last.Bodies = []string{"P"}
	}
	if c.zone {
		last.Wording = evidence.Text{ZH: "超过部分可以请求不再主张", EN: "what exceeds it can be asked not to be claimed"}
	}
	last.Method = how
	if c.checked == "FM-H" {
		last.Advice = append(last.Advice, evidence.Advise("借款日的一年期 LPR 请在全国银行间同业拆借中心的公布里核对",
			"compare the LPR of the contract's day with the official publication"))
	}
}

// shownCost is a loan dearer than the lender's own table of total cost, which
// personal loans have from August 2026.
func (a *applier) shownCost(day time.Time, p loanPlan, annual rate, list []evidence.Payment) {
	shown, ok := parseRate(a.kase.Loan.ShownCost)
	cites := a.costCitations("V12", day, "shown-cost")
	if !ok || len(cites) == 0 || !p.exceeds(shown+onePercent/100) { // the table is printed to 0.01 %
		return
	}
	a.addCost("V12", evidence.Text{ZH: "实际成本高于明示的综合融资成本", EN: "the loan costs more than its table of total cost says"},
		evidence.Cost{Kind: evidence.CostShown, Annual: annual.String(), Ceiling: shown.String(),
			Fact: evidence.Text{
				ZH: fmt.Sprintf("放款前出示的明示表写明年化综合融资成本%s%%，按还款计划和费用算出的是%s%%", shown, annual),
				EN: fmt.Sprintf("the table shown before the loan says %s %% a year; by plan and fees it is %s %%",
					shown, annual)},
			Figures: append(a.planFigures(p, list, byPlan),
				figure("明示的年化综合融资成本", "yearly cost shown", same(shown.String()+"%")),
				figure("算出的年化综合成本（内部收益率）", "yearly cost computed (IRR)", same(annual.String()+"%")))},
		cites)
	a.report.Findings[len(a.report.Findings)-1].Method = method(p)
}

// collectionFees is V22: fees whose name says they are for the collection.
func (a *applier) collectionFees(day time.Time) {
	for _, f := range evidence.Payments(a.kase.Loan.Fees) {
		if !strings.Contains(f.Note, "催收") {
			continue
		}
		facts := []string{"fee"}
		cites := a.costCitations("V22", f.Day, facts...)
		if day.Format(time.DateOnly) >= "2026-08-01" {
			cites = append(a.costCitations("V22", day, "new-loan-fee"), cites...)
		}
		a.addCost("V22", evidence.Text{ZH: "以催收名义另收费用", EN: "a fee in the name of collection"},
			evidence.Cost{Kind: evidence.CostFee, Excess: f.Sum, Payments: []evidence.Payment{f},
				Fact: evidence.Text{ZH: fmt.Sprintf("%s收取“%s”%s元", dayZH(f.Day), f.Note, f.Sum),
					EN: fmt.Sprintf("on %s %s yuan were taken as %q", f.Day.Format(time.DateOnly), f.Sum, f.Note)},
				Figures: []evidence.Figure{figure("收取日期", "day",
					evidence.Text{ZH: dayZH(f.Day), EN: f.Day.Format(time.DateOnly)}),
					figure("名目", "name", same(f.Note)), figure("金额", "sum", yuan(f.Sum))}},
			cites, facts...)
	}
}

// feeNames are names of fees that are taken beside a loan, by whoever takes them.
var feeNames = []string{"担保", "会员", "权益", "保险", "保费", "购物卡", "提前还款", "提前结清"}

// namedFees are fees beside the loan whose ground nobody has told: it is asked
// for, and what has none is asked back.
func (a *applier) namedFees(day time.Time) {
	var fees []evidence.Payment
	var names []string
	for _, f := range evidence.Payments(a.kase.Loan.Fees) {
		if slices.ContainsFunc(feeNames, func(w string) bool { return strings.Contains(f.Note, w) }) {
			fees = append(fees, f)
			if !slices.Contains(names, f.Note) {
				names = append(names, f.Note)
			}
		}
	}
	if len(fees) == 0 {
		return
	}
	sum := evidence.Total(fees)
	c := evidence.Cost{Kind: evidence.CostNamed, Excess: sum, Payments: fees, Name: strings.Join(names, "、"),
		Fact: evidence.Text{
			ZH: fmt.Sprintf("借款之外另收%s，共%d笔，合计%s元", strings.Join(names, "、"), len(fees), sum),
			EN: fmt.Sprintf("beside the loan %s were taken, %d in all, %s yuan", strings.Join(names, ", "), len(fees),
				sum)}}
	for _, f := range fees {
		label := dayZH(f.Day) + "，" + f.Note
		c.Figures = append(c.Figures, evidence.Figure{
			Label: evidence.Text{ZH: label, EN: f.Day.Format(time.DateOnly) + " " + f.Note}, Value: yuan(f.Sum)})
	}
	c.Figures = append(c.Figures, figure("合计", "total", yuan(sum)))
	a.addCost("V12", evidence.Text{ZH: "借款之外另收的费用", EN: "fees beside the loan"}, c,
		a.costCitations("V12", day, "borrower", "named-fee"))
	last := &a.report.Findings[len(a.report.Findings)-1]
	last.Wording = evidence.Text{ZH: "请核查收取的依据", EN: "their ground is to be looked into"}
}

// addCost adds a finding about money. It is shown where the case names the
// exhibits its figures stand in, and the person's statement otherwise; without
// a rule in force it is for a person's eye. Of fees alone the rows of statements
// that the case names show it too.
func (a *applier) addCost(id string, title evidence.Text, c evidence.Cost, cites []evidence.Citation, facts ...string) {
	f := evidence.Finding{Rule: id, Title: title, Strength: evidence.Stated, Citations: cites, Wording: wording(cites),
		Cost:   &c,
		Bodies: competent(evidence.KindOf(id).Bodies, a.kase.Lender.Licence, facts)}
	if f.Wording == (evidence.Text{}) {
		f.Wording = evidence.Text{ZH: "超过的部分可以请求调减", EN: "what exceeds it can be asked to be reduced"}
	}
	for _, x := range a.kase.Loan.Exhibits {
		if a.has(x) && !slices.Contains(f.Exhibits, x) {
			f.Exhibits = append(f.Exhibits, x)
		}
	}
	for _, x := range a.sources(c, len(f.Exhibits) > 0) {
		if !slices.Contains(f.Exhibits, x) {
			f.Exhibits = append(f.Exhibits, x)
		}
	}
	slices.SortFunc(f.Exhibits, evidence.CompareNumbers)
	switch {
	case len(cites) == 0:
		f.Strength = evidence.Review
		f.Doubts = append(f.Doubts, evidence.Advise("借款或收费当日，名录里没有可以引用的规定，不写进信里",
			"no provision in force on that day is on record; left out of the letters"))
	case len(f.Exhibits) > 0:
		f.Strength = evidence.Shown
	default:
		f.Advice = append(f.Advice, evidence.Advise("把合同、到账流水、账单加进来{（juzheng add），在 case.toml 的 loan.exhibits 写上编号|}",
			"add the contract, the account statement and the bills{, and name them in loan.exhibits|}"))
	}
	a.report.Findings = append(a.report.Findings, f)
}

// sources are the statements in which the payments of a finding stand. What is
// computed with other figures too, which they do not show, rests on them only
// beside exhibits that do; and fees rest on them only where each has its row.
func (a *applier) sources(c evidence.Cost, shown bool) []string {
	list := a.kase.Loan.Paid()
	switch c.Kind {
	case evidence.CostFee, evidence.CostNamed:
		list = c.Payments
		shown = shown || !slices.ContainsFunc(list, func(p evidence.Payment) bool { return !a.has(p.From()) })
	case evidence.CostDeducted:
		return nil // by the contract and the payout
	}
	var out []string
	for _, p := range list {
		if shown && a.has(p.From()) {
			out = append(out, p.From())
		}
	}
	return out
}

// has reports an exhibit of the case.
func (a *applier) has(number string) bool {
	return slices.ContainsFunc(a.exhibits, func(e evidence.Exhibit) bool { return e.Number == number })
}

// costCitations are the provisions of a rule that a fact brings in, for a
// contract or a fee of a day.
func (a *applier) costCitations(id string, day time.Time, facts ...string) []evidence.Citation {
	return slices.DeleteFunc(a.table.cite(id, day, a.kase.Lender.Licence, facts...), func(c evidence.Citation) bool {
		return !slices.ContainsFunc(a.table, func(p Provision) bool {
			return p.ID == c.ID && slices.ContainsFunc(facts, p.has)
		})
	})
}

// planFigures are the sums a yearly cost was computed from.
func (a *applier) planFigures(p loanPlan, list []evidence.Payment, kind costBasis) []evidence.Figure {
	counted := a.countedFees(p.day, kind)
	fees := evidence.Total(counted)
	rest := evidence.Total(list) - fees
	n := len(list) - len(counted)
	what := figure("合同还款计划合计", "instalments",
		evidence.Text{ZH: fmt.Sprintf("%s元，共%d期", rest, n), EN: fmt.Sprintf("%s yuan in %d", rest, n)})
	if kind == paidSoFar {
		what = figure("已还合计", "repaid", evidence.Text{ZH: fmt.Sprintf("%s元，共%d笔", rest, n),
			EN: fmt.Sprintf("%s yuan in %d", rest, n)})
	}
	out := []evidence.Figure{figure("借款日期", "day of the loan", same(cmp.Or(a.kase.Loan.Date, "—"))),
		figure("实际到账", "received", yuan(p.received)), what}
	if fees > 0 {
		out = append(out, figure("另收费用合计", "fees", yuan(fees)))
	}
	if left := evidence.Total(evidence.Payments(a.kase.Loan.Fees)) - fees; left > 0 {
		out = append(out, figure("没有计入的费用（已从到账中扣除的，逾期、催收的）",
			"fees not counted (withheld already, for being late, for collection)", yuan(left)))
	}
	return out
}

func method(p loanPlan) evidence.Text {
	if p.steps == 12 {
		return evidence.Text{
			ZH: "以实际到账为流出、各期还款和费用为流入，求使两者相抵的月利率，乘以12；向下取两位小数",
			EN: "the monthly rate at which all payments pay off the money received, times 12; rounded down to two " +
				"places"}
	}
	return evidence.Text{
		ZH: "以实际到账为流出、各笔还款和费用为流入，按实际天数求使两者相抵的年利率；两次付款之间按单利计，一年按360日计（对放款机构有利的算法）；向下取两位小数",
		EN: "the yearly rate at which all payments pay off the money received, by days, simple between payments, a " +
			"year having 360 (the count that favours the lender); rounded down to two places"}
}

func figure(zh, en string, v evidence.Text) evidence.Figure {
	return evidence.Figure{Label: evidence.Text{ZH: zh, EN: en}, Value: v}
}

func same(s string) evidence.Text { return evidence.Text{ZH: s, EN: s} }

func yuan(f evidence.Fen) evidence.Text {
	return evidence.Text{ZH: f.String() + "元", EN: f.String() + " yuan"}
}

func dayZH(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}
