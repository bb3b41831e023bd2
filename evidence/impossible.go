package evidence

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// An Impossible is a value of case.toml that has the right form and cannot be
// true: a loan that fell due before it was taken, a principal below nothing, a
// complaint filed tomorrow. Letters would print it as the person's own word.
type Impossible struct {
	Key   string // loan.due
	Nth   int    // of several tables of the name, which one, from 0
	Found Advice
	Want  Advice
}

// What a day can be held against.
var (
	tooOld = Advise("个人借款不会这么早", "no personal loan is that old")
	filed  = Advise("提交的日期{（filings.date）|}", "the day it was filed{, filings.date|}")
)

// CannotBe is the code of the obstacle that an impossible value is.
const CannotBe = "impossible"

// Remedy says what to write instead.
func (x Impossible) Remedy() Advice { return Advise("应为%s", "wanted: %s").With(x.Want) }

// Obstacle is the value as what keeps the case from being filed.
func (x Impossible) Obstacle() Obstacle {
	return Obstacle{Code: CannotBe, Where: CaseFile + " " + x.Key, What: x.Found, Remedy: x.Remedy(), Nth: x.Nth}
}

// What a loan and a life can have been. Wider than anything that is usual: who
// meets with a contract out of the ordinary must not be turned away.
const (
	oldestLoan  = "1980-01-01" // consumer credit came after it; an earlier year is mistyped: 0206 for 2026
	oldestBirth = "1880-01-01"
	mostRate    = 366 // one per cent a day: beyond it the point is missing, 3600 for 36.00
	mostLPR     = 20  // it was never over six
	mostYuan    = 12  // digits: sums are whole numbers of fen
)

// Impossible lists what of the case cannot be true on the day today, as
// yyyy-mm-dd, in the order of the file. What is empty or malformed says nothing.
func (c Case) Impossible(today string) []Impossible {
	p := &impossible{today: today}
	born := p.birth("complainant.id_number", c.Complainant.IDNumber)
	p.birth("agent.id_number", c.Agent.IDNumber)
	l := c.Loan
	p.past("loan.date", l.Date)
	first, that := oldestLoan, tooOld
	switch c.Complainant.Kind {
	case Guardian:
		born = l.Born
	case Borrower, "":
	default: // an heir or contact may be younger than the loan
		born = ""
	}
	if born > first {
		first, that = born, Advise("借款人那时还没有出生", "the borrower was not born yet")
	}
	p.notBefore("loan.date", l.Date, first, that)
	p.past("loan.born", l.Born)
	p.notBefore("loan.born", l.Born, oldestBirth, Advise("没有这么早出生的人", "nobody alive was born by then"))
	taken := Advise("借款日期{（loan.date）|}", "the day of the loan{, loan.date|}")
	p.notBefore("loan.due", l.Due, cmp.Or(l.Date, oldestLoan), taken)
	if sum, ok := ParseFen(l.Overdue); ok && sum > 0 && l.Due > today {
		p.add("loan.due", Advise("%s，还没有到，{loan.overdue |}却已经有逾期金额 %s 元",
			"%s is still to come, and {loan.overdue has %s yuan|%s yuan are overdue}").With(l.Due, l.Overdue),
			Advise("逾期的，到期日不晚于今天（%s）；还没有逾期的，{loan.overdue |逾期金额}留空",
				"a day up to today (%s) if the loan is overdue; else leave {loan.overdue|the sum overdue} empty").
				With(today))
	}
	p.past("loan.settled", l.Settled)
	p.notBefore("loan.settled", l.Settled, cmp.Or(l.Date, oldestLoan), taken)
	p.sums(l)
	p.rate("loan.annual_rate", l.AnnualRate, mostRate)
	p.rate("loan.shown_cost", l.ShownCost, mostRate)
	p.rate("loan.lpr", l.LPR, mostLPR)
	p.payments("loan.schedule", l.Schedule)
	for _, s := range l.Schedule {
		p.notBefore("loan.schedule", dayOf(s), cmp.Or(l.Date, oldestLoan), taken)
	}
	p.payments("loan.fees", l.Fees)
	for _, s := range l.Fees { // a club or a report can be paid for before the loan
		p.notBefore("loan.fees", dayOf(s), oldestLoan, tooOld)
	}
	p.payments("loan.repaid", l.Repaid)
	for _, s := range l.Repaid {
		p.past("loan.repaid", dayOf(s))
		p.notBefore("loan.repaid", dayOf(s), cmp.Or(l.Date, oldestLoan), taken)
	}
	p.past("credit.report", c.Credit.Report)
	p.notBefore("credit.report", c.Credit.Report, oldestLoan, Advise("那时还没有信用报告", "there was no credit report by then"))
	p.payments("deferral.plan", c.Deferral.Plan)
	p.sides(c)
	for n, f := range c.Filings {
		p.nth = n
		p.past("filings.date", f.Date)
		p.notBefore("filings.date", f.Date, oldestLoan, Advise("不会这么早就投诉过", "nothing was filed by then"))
		p.past("filings.answered", f.Answered)
		p.notBefore("filings.answered", f.Answered, cmp.Or(f.Date, oldestLoan),
			filed)
		for _, later := range []struct{ key, day string }{{"filings.accepted", f.Accepted},
			{"filings.withdrawn", f.Withdrawn}, {"filings.closed", f.Closed}} {
			p.past(later.key, later.day)
			p.notBefore(later.key, later.day, cmp.Or(f.Date, oldestLoan),
				filed)
		}
	}
	return p.found
}

// sides names every entry of [[numbers]] that says of a number or an account
// something else than another does: one of them is wrong, and what a letter accuses
// somebody of would hang on which comes first.
func (p *impossible) sides(c Case) {
	of := func(n Number) string { return cmp.Or(NormalNumber(n.Number), accountName(n.Account)) }
	own := NormalNumber(c.Complainant.Phone)
	for n, x := range c.Numbers {
		p.nth = n
		key := "numbers.number"
		if x.Number == "" {
			key = "numbers.account"
		}
		other := slices.IndexFunc(c.Numbers, func(o Number) bool {
			return of(o) == of(x) && o.Side.joined() != x.Side.joined() && (o.Number == "") == (x.Number == "")
		})
		switch {
		case of(x) == "" || strings.Contains(x.Number, "*"): // of a masked number it can be many
		case other >= 0:
			p.add(key, Advise("%[1]s {这里写 %[2]s，另一段写 %[3]s|认过两次，说的不一样}",
				"%[1]s is {%[2]s here and %[3]s in another entry|said twice, and to be of two sides}").
				With(of(x), x.Side, c.Numbers[other].Side),
				Advise("{一个号码、账号只留一段 [[numbers]]，写它真正是谁的：collector 催收方，other 其他人，self 本人……多的一段删去|"+
					"一个号码、账号只能是一个人的：在“谁打来的”那一步认一次}",
					"{one [[numbers]] for one number or account, with whose it is: collector, other, self …; delete "+
						"the rest|one number or account is of one person: say whose at “Who called”}"))
		case x.Number != "" && of(x) == own && x.Side.Collecting():
			p.add(key, Advise("%[1]s 是您自己的手机号{（complainant.phone），这里写成了 %[2]s|，却认成了催收方的}",
				"%[1]s is your own telephone{ (complainant.phone), and %[2]s here|, and was said to be the collector's}").
				With(of(x), x.Side),
				Advise("催收方的号码；是您自己的，{写 self 或者删去这一段|在“谁打来的”那一步改}",
					"a number of the collector's; of your own, {write self or delete the entry|say so at “Who called”}"))
		}
	}
	p.nth = 0
}

// PlanOver lists the days of an offer to pay that are over on the day today:
// nobody offers to pay last month. Only the letter that makes the offer minds.
func (c Case) PlanOver(today string) []Impossible {
	p := &impossible{today: today}
	for _, s := range c.Deferral.Plan {
		if day := dayOf(s); day != "" && day < today {
			p.add("deferral.plan", Advise("%s，已经过去了", "%s is over").With(day),
				Advise("今天（%s）或以后的日期", "a day from today (%s) on").With(today))
		}
	}
	return p.found
}

// dayOf is the day of a payment's line.
func dayOf(line string) string {
	if p, ok := ParsePayment(line); ok {
		return p.Day.Format(time.DateOnly)
	}
	return ""
}

// An impossible gathers what cannot be true.
type impossible struct {
	today string
	nth   int
	found []Impossible
}

func (p *impossible) add(key string, found, want Advice) {
	p.found = append(p.found, Impossible{Key: key, Nth: p.nth, Found: found, Want: want})
}

// past is a day that must have come by now.
func (p *impossible) past(key, day string) {
	if day > p.today {
		p.add(key, Advise("%s，还没有到", "%s is still to come").With(day),
			Advise("今天（%s）或以前的日期", "a day up to today (%s)").With(p.today))
	}
}

// notBefore is a day that cannot lie before another; that is what the other is.
func (p *impossible) notBefore(key, day, first string, that Advice) {
	if day == "" || first == "" || day >= first {
		return
	}
	p.add(key, Advise("%s，早于 %s：%s", "%s is before %s: %s").With(day, first, that),
		Advise("%s 或以后的日期；两个日期都照合同、账单核对", "a day from %s on; compare both with the contract").With(first))
}

// birth is the day of birth in an identity number, yyyy-mm-dd; empty where
// there is none.
func (p *impossible) birth(key, id string) string {
	if !ValidID(id) {
		return ""
	}
	born := id[6:10] + "-" + id[10:12] + "-" + id[12:14]
	if born > p.today {
		p.add(key, Advise("出生日期是 %s，还没有到", "the day of birth in it, %s, is still to come").With(born),
			Advise("照身份证核对这18位", "the 18 characters as on the card"))
	}
	return born
}

// SumForm is how a number is written that could be meant for a sum, true or
// not: -8000, 8000.005. What is no number at all is malformed.
var SumForm = lazyregexp.New(`^[-+]?\d{1,20}(\.\d{1,20})?$`)

// sum is one amount in yuan.
func (p *impossible) sum(key, value string) {
	want := Advise("合同、账单上的金额，单位元，例如 8000 或 8000.50；不知道的留空",
		"yuan as on the contract or bill, such as 8000 or 8000.50; leave it empty if unknown")
	whole, part, _ := strings.Cut(strings.TrimLeft(value, "+-"), ".")
	switch {
	case !SumForm.MatchString(value):
	case value[0] == '-':
		p.add(key, Advise("%s 元，是负数", "%s yuan, less than nothing").With(value), want)
	case len(whole) > mostYuan:
		p.add(key, Advise("%s 元，没有这么大的借款", "%s yuan is no loan of anybody's").With(value), want)
	case len(part) > 2:
		p.add(key, Advise("%s 元，比一分钱还细", "%s yuan, finer than a fen").With(value), want)
	}
}

// payments are lines of day and sum; a payment of nothing is none.
func (p *impossible) payments(key string, list []string) {
	for _, line := range list {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		sum := strings.TrimSuffix(words[1], "元")
		before := len(p.found)
		if p.sum(key, sum); len(p.found) > before {
			last := &p.found[len(p.found)-1]
			last.Found = Advise("%s（%s）", "%s (%s)").With(last.Found, line)
		} else if fen, ok := ParseFen(sum); ok && fen == 0 {
			p.add(key, Advise("%s：金额是 0", "%s: a sum of 0").With(line), Advise("大于 0 的金额；没有这一笔的，删去这一条",
				"a sum above 0; delete the line if there was no such payment"))
		}
	}
}

// sums of a loan: each by itself, and what contradicts another.
func (p *impossible) sums(l Loan) {
	p.sum("loan.principal", l.Principal)
	p.sum("loan.received", l.Received)
	p.sum("loan.overdue", l.Overdue)
	principal, known := ParseFen(l.Principal)
	if known && principal == 0 {
		p.add("loan.principal", Advise("本金是 0", "a principal of 0"), Advise("合同上的本金；不知道的留空",
			"the principal of the contract; leave it empty if unknown"))
		return
	}
	if received, ok := ParseFen(l.Received); ok && known && received > principal {
		p.add("loan.received", Advise("到账 %s 元，比本金{（loan.principal）|} %s 元还多",
			"%s yuan received, more than the principal{, loan.principal,|} of %s").With(received, principal),
			Advise("不超过本金的数额；到账不少于本金的留空", "no more than the principal; leave it empty unless less came in"))
	}
}

// rate is a yearly rate in per cent.
func (p *impossible) rate(key, value string, most int) {
	if strings.HasPrefix(value, "-") {
		p.add(key, Advise("%s%%，是负数", "%s %%, less than nothing").With(value), Advise("年利率的百分数，例如 23.9",
			"per cent a year, such as 23.9"))
		return
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(value, "+"), ".")
	n := 0
	for _, d := range whole {
		if d < '0' || d > '9' {
			return
		}
		n = min(n*10+int(d-'0'), 1_000_000)
	}
	if n >= most {
		p.add(key, Advise("%s%%，一年的利率不会这么高", "%s %% is no rate of a year").With(value),
			Advise("年利率的百分数，小于 %d：23.9%% 写成 23.9；是不是漏了小数点",
				"per cent a year, below %d: 23.9 for 23.9 %%; a point may be missing").With(most))
	}
}
