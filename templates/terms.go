package templates

import "time"

// The events a term runs from.
const (
	FromFiled    = "filed"    // complete material reached the body
	FromAccepted = "accepted" // the body accepted the matter
	FromDecided  = "decided"  // it decided or answered
)

// A TermEnd is the last day of a term and how sure it is.
type TermEnd struct {
	Day time.Time
	// Rest says that the day is no working day. Whether the term then moves on
	// is for the rule that sets it to say; none on record does, so the day
	// stands as counted.
	Rest bool
	// Years the term runs through without a holiday schedule on record. A term
	// in working days is then an estimate, holidays being counted as worked.
	Years []int
}

// End is the last day of a term that runs from a day, which itself does not
// count.
func (t Term) End(from time.Time) TermEnd {
	end := TermEnd{Day: from}
	step := func() bool {
		end.Day = end.Day.AddDate(0, 0, 1)
		work, known := Workday(end.Day)
		end.Rest = !work
		if y := end.Day.Year(); !known && (len(end.Years) == 0 || end.Years[len(end.Years)-1] != y) {
			end.Years = append(end.Years, y)
		}
		return work
	}
	for n := 0; n < t.Days; {
		if work := step(); work || !t.Working {
			n++
		}
	}
	return end
}
