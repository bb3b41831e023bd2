package track

import (
	"slices"

	"juzheng/evidence"
	"juzheng/templates"
)

// Terms are those that bind a recipient of a case: its own, and of a lender whom
// the measures for consumer complaints bind theirs.
func Terms(c evidence.Case, role evidence.Role, own []templates.Term) []templates.Term {
	business := c.LoanKind() == evidence.BusinessLoan // no consumer's complaint
	switch {
	case role == evidence.ToForward && business:
		own = nil
	case role == evidence.ToForward: // its own terms are those of a report
		own = []templates.Term{templates.PassedOnTerm}
	}
	if c.BindsInstitution(role) == evidence.Yes && c.Lender.Licence.Supervisor() == evidence.NationalOffice {
		own = append(slices.Clone(own), templates.PlainTerm, templates.ComplexTerm, templates.LongestTerm)
	}
	return own
}

// Ends are the last days of terms, by the days on which a complaint was filed
// and accepted, yyyy-mm-dd; empty: not yet, or nobody said. They stand in the
// order of their last days, and behind them those that run from no known day.
func Ends(terms []templates.Term, filed, accepted string) []End {
	var out, open []End
	for _, t := range terms {
		day := ""
		switch t.From {
		case templates.FromFiled:
			day = filed
		case templates.FromAccepted:
			day = accepted
		}
		from, err := dayOf(day)
		if err != nil {
			open = append(open, End{Term: t})
			continue
		}
		out = append(out, End{t, t.End(from)})
	}
	slices.SortStableFunc(out, func(a, b End) int { return a.Day.Compare(b.Day) })
	return append(out, open...)
}
