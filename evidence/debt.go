package evidence

import (
	"fmt"
	"slices"
	"time"
)

// A Debt 债务 is one debt of the person: that of the case, or one to another
// lender. Each lender is a case of its own: what is owed to one is never added to
// what is owed to another, and no letter speaks of the others. Money is yuan and
// dates are yyyy-mm-dd, as in [Loan]; empty means not said.
type Debt struct {
	ID         string // D01; of the case's own loan empty
	Own        bool   // it is the loan of the case
	Lender     string
	Contract   string
	Principal  string
	AnnualRate string // per cent
	Monthly    string // what is to be paid each month
	Due        string // the first day that is not paid yet
	Note       string // the person's own
	Settled    bool
	Line       int // of debts.csv; 0: it stands in case.toml
}

// A DebtStage is how a debt stands on a day.
type DebtStage string

// The stages.
const (
	DebtOpen    DebtStage = "open" // nothing is known to be due
	DebtLater   DebtStage = "later"
	DebtSoon    DebtStage = "soon" // due in [SoonDays] days or less, today among them
	DebtOverdue DebtStage = "overdue"
	DebtSettled DebtStage = "settled"
)

// SoonDays is how many days before its day a debt is shown as due.
const SoonDays = 3

// Stage is how a debt stands on a day, and by how many days it is overdue, or still
// to come.
func (d Debt) Stage(today time.Time) (s DebtStage, days int) {
	due, err := time.Parse(time.DateOnly, d.Due)
	now, _ := time.Parse(time.DateOnly, today.In(Beijing).Format(time.DateOnly))
	days = int(due.Sub(now) / (24 * time.Hour))
	switch {
	case d.Settled:
		return DebtSettled, 0
	case err != nil:
		return DebtOpen, 0
	case days < 0:
		return DebtOverdue, -days
	case days <= SoonDays:
		return DebtSoon, days
	}
	return DebtLater, days
}

// StageText is how a debt of a list stands today in words; twice: it is the loan of the
// case once more.
func (d Debt) StageText(today time.Time, twice bool) Text {
	if twice {
		return Text{"和本案的借款是同一笔，没有再算一遍", "the loan of this case once more, not counted again"}
	}
	return stageText(d.Stage(today))
}

func stageText(s DebtStage, days int) Text {
	switch {
	case s == DebtSettled:
		return Text{"已还清", "paid off"}
	case s == DebtOverdue:
		return Text{fmt.Sprintf("已逾期 %d 天", days), "overdue by " + counted(days)}
	case s == DebtSoon && days == 0:
		return Text{"今天到期", "due today"}
	case s == DebtSoon:
		return Text{fmt.Sprintf("还有 %d 天到期", days), "due in " + counted(days)}
	case s == DebtLater:
		return Text{fmt.Sprintf("还有 %d 天", days), counted(days) + " to go"}
	}
	return Text{"没有写到期日", "no due day given"}
}

func counted(days int) string {
	if days == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
}

// Debt is the loan of the case as a debt; not ok where the case says nothing of it.
// Of a schedule the instalment that comes next on a day counts, where nothing is
// said to be unpaid before.
func (c Case) Debt(today time.Time) (d Debt, ok bool) {
	l := c.Loan
	d = Debt{Own: true, Lender: c.Lender.Name, Contract: l.Contract, Principal: l.Principal, AnnualRate: l.AnnualRate,
		Monthly: l.Monthly, Due: l.Due, Settled: l.Settled != ""}
	if d.Lender == "" {
		d.Lender = c.Platform.Label()
	}
	if next := c.NextInstalments(today); len(next) > 0 {
		if d.Due == "" {
			d.Due = next[0].Day.In(Beijing).Format(time.DateOnly)
		}
		if d.Monthly == "" {
			d.Monthly = next[0].Sum.String()
		}
	}
	return d, d.Lender+d.Contract+d.Principal+d.Due+d.Monthly != ""
}

// NextInstalments are those of the case's schedule that are due on a day or after it.
func (c Case) NextInstalments(today time.Time) []Payment {
	from := today.In(Beijing).Format(time.DateOnly)
	return slices.DeleteFunc(Payments(c.Loan.Schedule), func(p Payment) bool {
		return p.Day.In(Beijing).Format(time.DateOnly) < from
	})
}

// Same reports a debt of the list that is the loan of the case, by its contract.
func (d Debt) Same(own Debt) bool {
	return !d.Own && own.Own && d.Contract != "" && d.Contract == own.Contract
}

// A Burden is what all debts cost in a month beside what comes in. It is the
// household's sum, and nobody's claim.
type Burden struct {
	Monthly Fen
	Lenders int // to whom it goes
	Unsaid  int // debts of which nobody said what is to be paid a month
	Income  Fen
	Known   bool // the income is
}

// BurdenShare is the part of the income, in per cent, that the burden is held against.
const BurdenShare = 30

// BurdenOf adds up what is to be paid each month. What is paid off, and a row that is
// the case's own loan once more, is left out.
func BurdenOf(debts []Debt, income string) Burden {
	var b Burden
	b.Income, b.Known = ParseFen(income)
	b.Known = b.Known && b.Income > 0
	lenders := map[string]bool{}
	for n, d := range debts {
		if d.Settled || slices.ContainsFunc(debts, d.Same) {
			continue
		}
		sum, ok := ParseFen(d.Monthly)
		if !ok || sum == 0 {
			b.Unsaid++
			continue
		}
		who := d.Lender
		if who == "" {
			who = fmt.Sprint(n)
		}
		b.Monthly += sum
		lenders[who] = true
	}
	b.Lenders = len(lenders)
	return b
}

// Text is the burden in a sentence: a fact of sums, and no word on what follows.
func (b Burden) Text() Text {
	if b.Monthly == 0 {
		return Text{"没有写每月应还多少，算不出每月要还的数。", "Nothing says what is to be paid a month."}
	}
	t := Text{fmt.Sprintf("每月应还共 %s 元，还给 %d 家", b.Monthly, b.Lenders),
		fmt.Sprintf("%s yuan a month are to be paid, to %d lenders", b.Monthly, b.Lenders)}
	if b.Lenders == 1 {
		t.EN = fmt.Sprintf("%s yuan a month are to be paid, to one lender", b.Monthly)
	}
	if !b.Known {
		t.ZH += "；没有写每月收入，算不出占多少"
		t.EN += "; the monthly income is not given, so the share is not known"
	} else {
		share := float64(b.Monthly) * 100 / float64(b.Income)
		limit := b.Income * BurdenShare / 100
		than, en := "不高于", "not more than"
		if b.Monthly > limit {
			than, en = "高于", "more than"
		}
		t.ZH += fmt.Sprintf("，是每月收入 %s 元的 %.1f%%，%s收入的 %d%%（%s 元）", b.Income, share, than, BurdenShare, limit)
		t.EN += fmt.Sprintf(", which is %.1f%% of a monthly income of %s yuan, %s %d%% of it (%s yuan)", share, b.Income,
			en, BurdenShare, limit)
	}
	if b.Unsaid > 0 {
		t.ZH += fmt.Sprintf("；另有 %d 笔没有写每月应还，没有算进去", b.Unsaid)
		t.EN += fmt.Sprintf("; of %d more debts the monthly payment is not given", b.Unsaid)
	}
	return Text{t.ZH + "。", t.EN + "."}
}
