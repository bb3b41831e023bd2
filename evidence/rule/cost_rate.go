package rule

import (
	"math/big"
	"time"

	"juzheng/evidence"
)

// A rate is per cent a year in units of 0.0001 %: 24 % is 240000.
type rate int64

const (
	onePercent rate = 10_000
	whole      rate = 100 * onePercent // 100 %
	maxRate    rate = 1000 * whole     // what is dearer is not told apart
)

// A loanPlan is a loan as a series of payments, its time in whole steps.
type loanPlan struct {
	day      time.Time    // of step 0
	received evidence.Fen // reached the borrower then
	pays     []pay        // in order of step
	steps    int64        // a year has: 12 months or 360 days
}

type pay struct {
	step int64
	sum  evidence.Fen
}

// plan puts payments on a line of time from the day of the loan. Where all
// fall on whole months it counts in months, as repayment plans do; else in
// days, a year having 360: the count that makes the rate lowest, so that the
// lender's own way of counting can never explain a rate that we find too high.
// Ok is false if a payment lies before the loan.
func plan(loan time.Time, received evidence.Fen, payments []evidence.Payment) (p loanPlan, ok bool) {
	p = loanPlan{day: loan, received: received, steps: 12}
	for _, x := range payments {
		if x.Day.Before(loan) {
			return loanPlan{}, false
		}
		m := monthsBetween(loan, x.Day)
		if !addMonths(loan, m).Equal(x.Day) {
			p.steps = 360
		}
	}
	for _, x := range payments {
		at := int64(monthsBetween(loan, x.Day))
		if p.steps != 12 {
			at = int64(x.Day.Sub(loan).Hours() / 24)
		}
		if n := len(p.pays); n > 0 && p.pays[n-1].step == at {
			p.pays[n-1].sum += x.Sum
			continue
		}
		p.pays = append(p.pays, pay{at, x.Sum})
	}
	return p, true
}

func monthsBetween(a, b time.Time) int {
	return (b.Year()-a.Year())*12 + int(b.Month()-a.Month())
}

// addMonths is the same day n months later, or the last day of a month that
// has no such day.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// owed is what is left owed after the last payment if the loan bears r, as a
// fraction over scale, in fen. Interest runs from payment to payment: by the
// month with months as steps, simple between payments with days. Each payment
// is taken less fen lower than it is. Whole numbers throughout: nothing is
// rounded.
func (p loanPlan) owed(r rate, less evidence.Fen) (left, scale *big.Int) {
	left, scale = big.NewInt(int64(p.received)), big.NewInt(1)
	unit := big.NewInt(int64(whole) * p.steps)
	grow := func(k int64) {
		factor := new(big.Int).Mul(big.NewInt(int64(r)), big.NewInt(k))
		left.Mul(left, factor.Add(factor, unit))
		scale.Mul(scale, unit)
	}
	var at int64
	for _, x := range p.pays {
		switch k := x.step - at; {
		case p.steps == 12:
			for range k {
				grow(1)
			}
		case k > 0:
			grow(k)
		}
		at = x.step
		paid := big.NewInt(int64(max(x.sum-less, 0)))
		left.Sub(left, paid.Mul(paid, scale))
	}
	return left, scale
}

// annual is the yearly rate at which the payments just pay off what was
// received, the internal rate of return, rounded down to 0.0001 %. Ok is false
// where there is none: no more is paid than was received, or as much is paid
// at once.
func (p loanPlan) annual() (r rate, ok bool) {
	at0, total := p.received, p.received
	for _, x := range p.pays {
		total -= x.sum
		if x.step == 0 {
			at0 -= x.sum
		}
	}
	if total >= 0 || at0 <= 0 {
		return 0, false
	}
	// Money is received once and then only paid, so the more the loan bears
	// the more is left owed: halving finds the one rate there is.
	low, high := rate(0), maxRate+1 // nothing left owed at low
	for high-low > 1 {
		mid := (low + high) / 2
		if left, _ := p.owed(mid, 0); left.Sign() <= 0 {
			low = mid
		} else {
			high = mid
		}
	}
	return low, true
}

// exceeds reports whether the loan bears more than r even if every payment
// had been rounded up by a fen.
func (p loanPlan) exceeds(r rate) bool {
	if _, ok := p.annual(); !ok {
		return false
	}
	left, _ := p.owed(r, 1)
	return left.Sign() < 0
}

// excess is how much more is paid than a loan bearing r would want, in whole
// fen, rounded down, as of the last payment; 0 if nothing is.
func (p loanPlan) excess(r rate) evidence.Fen {
	left, scale := p.owed(r, 0)
	if left.Sign() >= 0 {
		return 0
	}
	over := new(big.Int).Quo(left.Neg(left), scale)
	if !over.IsInt64() {
		return 0
	}
	return evidence.Fen(over.Int64())
}
