package evidence

import (
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// The one-time credit repair of the central bank (一次性信用修复, published on
// 2025-12-22): what it covers, as reports of it agree. See the record REPAIR25
// of the statute table.
const (
	repairStart  = "2026-01-01" // an earlier report need not show it
	repairFrom   = "2020-01-01" // overdue from
	repairUntil  = "2025-12-31" // … to
	repairRepaid = "2026-03-31" // fully repaid by
	repairMost   = 10_000_00    // fen an entry
)

// A Repair is an entry of a credit report that, by what the case says, need
// not be shown any more.
type Repair struct {
	Due     time.Time // first unpaid due date
	Settled time.Time // the day all was repaid
	Overdue Fen       // as the report, or else the case, has it
}

var (
	overdueSum = lazyregexp.New(`逾期[^\d。；;]{0,12}([\d,，]+(?:\.\d{1,2})?)\s*元`)
	dayWritten = lazyregexp.New(`(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?`)
)

// OneTimeRepair reports whether the wrong entry of a case is one that the
// one-time credit repair covers: every condition by the case's own words, and
// none guessed.
func (c Case) OneTimeRepair() (r Repair, ok bool) {
	in := func(day time.Time, from, until string) bool {
		s := day.Format(time.DateOnly)
		return !day.IsZero() && s >= from && s <= until
	}
	r.Due, _ = time.ParseInLocation(time.DateOnly, c.Loan.Due, Beijing)
	r.Settled = c.settledOn()
	sum, known := ParseFen(c.Loan.Overdue)
	if m := overdueSum.FindStringSubmatch(c.Credit.Entry); m != nil {
		sum, known = ParseFen(strings.NewReplacer(",", "", "，", "").Replace(m[1]))
	}
	r.Overdue = sum
	report, err := time.ParseInLocation(time.DateOnly, c.Credit.Report, Beijing)
	seen := err == nil && !report.Before(r.Settled) && in(report, repairStart, "9999-12-31")
	return r, known && sum > 0 && sum <= repairMost && seen && in(r.Due, repairFrom, repairUntil) &&
		in(r.Settled, r.Due.Format(time.DateOnly), repairRepaid)
}

// settledOn is the day on which all was repaid, as the list of payments or the
// person's own words say it; zero if neither does.
func (c Case) settledOn() time.Time {
	if day, err := time.ParseInLocation(time.DateOnly, c.Loan.Settled, Beijing); err == nil {
		return day
	}
	says := func(s string) bool { return strings.Contains(s, "结清") || strings.Contains(s, "还清") }
	paid := Payments(c.Loan.Repaid)
	for n := len(paid) - 1; n >= 0; n-- {
		if says(paid[n].Note) && !strings.Contains(paid[n].Note, "未") {
			return paid[n].Day
		}
	}
	m := dayWritten.FindStringSubmatch(c.Credit.Wrong)
	if m == nil || !says(c.Credit.Wrong) || strings.Contains(c.Credit.Wrong, "未") {
		return time.Time{}
	}
	day, err := time.ParseInLocation("2006-1-2", m[1]+"-"+m[2]+"-"+m[3], Beijing)
	if err != nil {
		return time.Time{}
	}
	return day
}
