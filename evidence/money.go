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
	Day    time.Time // midnight, Beijing
	Sum    Fen
	Note   string
	Source string // the row of a statement that shows it, as [RowOf] writes it; empty: none is named
}

// String is the line as [ParsePayment] reads it.
func (p Payment) String() string {
	return strings.Join(strings.Fields(strings.Join(
		[]string{p.Day.In(Beijing).Format(time.DateOnly), p.Sum.String(), p.Note, p.Source}, " ")), " ")
}

// From is the exhibit of a payment's source; empty: none is named.
func (p Payment) From() string {
	number, _, _ := strings.Cut(p.Source, ":")
	return number
}

// A Move 收支 is a row of a statement: money that came in or went out.
type Move struct {
	Source    string // as [RowOf] writes it
	Day       time.Time
	Sum       Fen
	Direction Direction // unknown where the statement does not tell
	Party     string    // the other side, as it stands there
	Words     string    // what it was for, as it stands there
}

// Payment is a row of a statement as a line of a list, for something or, where
// that is empty, what the list is of.
func (m Move) Payment(what string) Payment {
	return Payment{Day: m.Day, Sum: m.Sum, Note: strings.Join(strings.Fields(what), " "), Source: m.Source}
}

// sourceForm is a row of an exhibit: E005:12, of a table in sheets E005:2!12.
var sourceForm = lazyregexp.New(`^E\d{3,}:(?:\d+!)?\d+$`)

// ParsePayment reads "2026-07-01 720.50" or "2026-06-01 300 服务费", with a row
// of an exhibit at its end or none. Ok is false for anything else; a sum of
// nothing is no payment.
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
	p = Payment{Day: day, Sum: sum}
	words = words[2:]
	if last := len(words) - 1; last >= 0 && sourceForm.MatchString(words[last]) {
		p.Source, words = words[last], words[:last]
	}
	p.Note = strings.Join(words, " ")
	return p, ok && sum > 0
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

// Paid are the payments of the lists of what was repaid and charged.
func (l Loan) Paid() []Payment { return Payments(slices.Concat(l.Repaid, l.Fees)) }

// RestsOn reports a row of a statement that a list of the loan names, or that
// shows what reached the borrower.
func (l Loan) RestsOn(m Move) bool {
	for _, p := range l.Paid() {
		if p.Source == m.Source {
			return true
		}
	}
	return l.IsPayout(m)
}

// payoutDays are how many days after the loan its money may come.
const payoutDays = 3

// IsPayout reports a row of a statement by which the sum that reached the borrower
// came in: of that sum, within days of the loan.
func (l Loan) IsPayout(m Move) bool {
	received, ok := ParseFen(l.Received)
	return ok && received == m.Sum && l.NearPayout(m)
}

// NearPayout reports money that came in within days of the loan.
func (l Loan) NearPayout(m Move) bool {
	day, err := time.ParseInLocation(time.DateOnly, l.Date, Beijing)
	return err == nil && m.Direction == In && !m.Day.Before(day) && m.Day.Before(day.AddDate(0, 0, payoutDays+1))
}

// Reached is the money that reached the borrower: what is said to have come
// in, or else the principal.
func (l Loan) Reached() (Fen, bool) { return ParseFen(cmp.Or(l.Received, l.Principal)) }

// IsZero reports whether the case says nothing of the debt.
func (l Loan) IsZero() bool {
	return l.Contract+l.Date+l.Settled+l.Principal+l.Received+l.AnnualRate+l.Due+l.Overdue+l.ShownCost+l.LPR == "" &&
		len(l.Schedule)+len(l.Fees)+len(l.Repaid)+len(l.Exhibits) == 0
}
