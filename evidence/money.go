package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// MoneyForm is how a sum in yuan is written: digits, and at most two places
// behind the point.
var MoneyForm = lazyregexp.New(`^\d{1,12}(\.\d{1,2})?$`)

// A Fen is a sum of money in fen, a hundredth of a yuan. Sums are whole
// numbers: a binary fraction cannot hold 0.10.
type Fen int64

// String is the sum in yuan: 720.50, or 8000 where no fen are left.
func (f Fen) String() string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	if f%100 == 0 {
		return fmt.Sprintf("%s%d", sign, f/100)
	}
	return fmt.Sprintf("%s%d.%02d", sign, f/100, f%100)
}

// ParseFen reads yuan as case.toml has them: up to twelve digits, at most two
// after the point. Ok is false for anything else.
func ParseFen(s string) (f Fen, ok bool) {
	if !MoneyForm.MatchString(s) {
		return 0, false
	}
	whole, part, _ := strings.Cut(s, ".")
	for _, d := range whole + (part + "00")[:2] {
		f = f*10 + Fen(d-'0')
	}
	return f, true
}

// A Payment is one line of a loan's lists: a day, a sum, and what it was for.
type Payment struct {
	Day  time.Time // midnight, Beijing
	Sum  Fen
	Note string
}

// ParsePayment reads "2026-07-01 720.50" or "2026-06-01 300 服务费". Ok is
// false for anything else; a sum of nothing is no payment.
func ParsePayment(s string) (p Payment, ok bool) {
	words := strings.Fields(strings.ReplaceAll(s, "　", " "))
	if len(words) < 2 {
		return Payment{}, false
	}
	day, err := time.ParseInLocation(time.DateOnly, words[0], Beijing)
	if err != nil {
		return Payment{}, false
	}
	sum, ok := ParseFen(strings.TrimSuffix(words[1], "元"))
	return Payment{Day: day, Sum: sum, Note: strings.Join(words[2:], " ")}, ok && sum > 0
}

// IsPayment reports a line that has the form of a payment, whether or not it can
// be true: a real day, and a number.
func IsPayment(s string) bool {
	words := strings.Fields(strings.ReplaceAll(s, "　", " "))
	if len(words) < 2 {
		return false
	}
	_, err := time.Parse(time.DateOnly, words[0])
	return err == nil && SumForm.MatchString(strings.TrimSuffix(words[1], "元"))
}

// Payments reads a list, in order of day. Lines that are none are left out:
// a case that has one is refused before.
func Payments(list []string) []Payment {
	var out []Payment
	for _, s := range list {
		if p, ok := ParsePayment(s); ok {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Payment) int { return a.Day.Compare(b.Day) })
	return out
}

// Total is the sum of payments.
func Total(list []Payment) (sum Fen) {
	for _, p := range list {
		sum += p.Sum
	}
	return sum
}

// Reached is the money that reached the borrower: what is said to have come
// in, or else the principal.
func (l Loan) Reached() (Fen, bool) { return ParseFen(cmp.Or(l.Received, l.Principal)) }

// IsZero reports whether the case says nothing of the debt.
func (l Loan) IsZero() bool {
	return l.Contract+l.Date+l.Settled+l.Principal+l.Received+l.AnnualRate+l.Due+l.Overdue+l.ShownCost+l.LPR == "" &&
		len(l.Schedule)+len(l.Fees)+len(l.Repaid)+len(l.Exhibits) == 0
}
