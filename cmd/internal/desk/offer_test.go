package desk

import (
	"testing"

	"juzheng/evidence"
)

// Who says that the loan is paid, not theirs or not agreed to is made no letter that asks to
// pay it later; whoever owes it is.
func TestNothingOwed(t *testing.T) {
	named := func(part evidence.Breach, use evidence.Answer, words string) []evidence.Incident {
		return []evidence.Incident{{ID: "T001", Shown: words, Use: use, Asserted: []evidence.Breach{part}}}
	}
	guardian := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Guardian},
		Consent: evidence.Consent{Loan: evidence.No}}
	agreed := guardian
	agreed.Consent.Loan = evidence.Yes
	for _, c := range []struct {
		name string
		in   evidence.Case
		rows []evidence.Incident
		want string // the cell, empty: a letter is made
	}{
		{"owed", evidence.Case{}, named("V06", "", "今晚不还弄死你"), ""},
		{"paid", evidence.Case{Loan: evidence.Loan{Settled: "2026-08-01"}}, nil, "case.toml loan.settled"},
		{"theirs by nobody's word", evidence.Case{}, named("V20c", "", "请还款"), "timeline.csv"},
		{"of a row that is not used", evidence.Case{}, named("V20c", evidence.No, "请还款"), ""},
		{"of another contract", evidence.Case{Loan: evidence.Loan{Contract: "JK20250601001"}},
			named("V20b", "", "您的借款JK2025110012已逾期"), ""},
		{"a guardian who does not agree", guardian, nil, "case.toml consent.loan"},
		{"a guardian who agrees", agreed, nil, ""},
	} {
		o, nothing := nothingOwed(c.in, c.rows)
		if nothing != (c.want != "") || o.Where != c.want {
			t.Errorf("%s: %v, at %q", c.name, nothing, o.Where)
		}
	}
}
