package phrase

import (
	"slices"
	"strconv"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// An Overdue is since when the creditor's messages say that a debt is overdue.
type Overdue struct {
	Day   string // the last day for paying, as counted back from the message
	Row   string // the message
	Days  int    // that it gives
	Quote string
}

var overdueDays = lazyregexp.New(`逾期(?:已|了|达|已达|已经)?\s*(\d{1,4})\s*[天日]`)

// OverdueBy finds since when messages of whoever collects say that the debt is overdue.
// Known is false where none gives a number of days, or where they do not agree: there are
// several instalments, or several debts.
func OverdueBy(c evidence.Case, rows []evidence.Incident) (o Overdue, known bool) {
	var since []time.Time
	for _, i := range rows {
		if i.Kind != evidence.SMS && i.Kind != evidence.Message || i.Direction == evidence.Out || i.Use == evidence.No ||
			i.Time.IsZero() || !c.Concerns(i) && (c.SideOfWriter(i) != "" || !Chases(c, i)) {
			continue
		}
		for _, m := range overdueDays.FindAllStringSubmatch(evidence.Narrow(i.Shown), -1) {
			days, err := strconv.Atoi(m[1])
			if err != nil || days == 0 {
				continue
			}
			since = append(since, i.Time.At.In(evidence.Beijing).AddDate(0, 0, -days))
			if o.Row == "" {
				o = Overdue{Day: since[0].Format(time.DateOnly), Row: i.ID, Days: days, Quote: m[0]}
			}
		}
	}
	if len(since) == 0 {
		return Overdue{}, false
	}
	const apart = 48 * time.Hour // whether the first day counts, and when in the day it was sent
	return o, slices.MaxFunc(since, time.Time.Compare).Sub(slices.MinFunc(since, time.Time.Compare)) <= apart
}
