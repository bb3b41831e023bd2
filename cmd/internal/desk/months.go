package desk

import (
	"cmp"
	"slices"

	"juzheng/evidence"
)

// A MonthLine is a month with calls of the matter that no carrier's list of the
// case covers.
type MonthLine struct {
	Month     string   `json:"month"` // 2026-11
	Incidents []string `json:"incidents"`
}

// uncovered are those months. A case without a list has none: nobody asked a
// carrier yet, and what the phone shows is enough to begin with.
func uncovered(x Dossier) []MonthLine {
	var out []MonthLine
	for _, i := range x.Incidents {
		// what nobody answered stands in no carrier's list, and another person's calls in
		// none that the person can get
		if i.Carrier.Says != evidence.CarrierNotThatDay || i.Answered == evidence.No || i.Reached.Third() ||
			!x.Case.Concerns(i) {
			continue
		}
		month := i.Time.At.In(evidence.Beijing).Format("2006-01")
		n := slices.IndexFunc(out, func(m MonthLine) bool { return m.Month == month })
		if n < 0 {
			n = len(out)
			out = append(out, MonthLine{Month: month})
		}
		out[n].Incidents = append(out[n].Incidents, i.ID)
	}
	slices.SortFunc(out, func(a, b MonthLine) int { return cmp.Compare(a.Month, b.Month) })
	return out
}
