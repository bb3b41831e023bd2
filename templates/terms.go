package templates

import "time"

// The events a term runs from.
const (
	FromFiled    = "filed"    // complete material reached the body
	FromAccepted = "accepted" // the body accepted the matter
	FromDecided  = "decided"  // it decided or answered
)

// End is the last day of a term that runs from a day: that day itself does
// not count (民法典 Article 201). Working days are Monday to Friday, for the
// holiday table of the year is not at hand; about says that the day is
// therefore an estimate, and so it is where a term ends on a weekend and may
// move on (Article 203).
func (t Term) End(from time.Time) (day time.Time, about bool) {
	day = from
	if !t.Working {
		day = day.AddDate(0, 0, t.Days)
		return day, weekend(day)
	}
	for n := 0; n < t.Days; {
		day = day.AddDate(0, 0, 1)
		if !weekend(day) {
			n++
		}
	}
	return day, true
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
