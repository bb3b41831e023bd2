package doubt

import (
	"strings"

	"juzheng/evidence"
)

// forWhom doubts an act of who collects, on a phone on which several lenders have their
// debts collected, where nothing tells for which of them.
func (f *finder) forWhom(i evidence.Incident) (evidence.Doubt, bool) {
	if !f.lenders.Doubtful(i) {
		return evidence.Doubt{}, false
	}
	who := evidence.Statement{Source: "number", Value: i.Number}
	if i.Number == "" {
		who = evidence.Statement{Source: "account", Value: i.Account()}
	}
	return evidence.Doubt{Code: evidence.LenderNotSaid, Incident: i.ID, About: evidence.AboutNumber,
		Says: []evidence.Statement{who, {Source: "lender", Value: strings.Join(f.lenders.Names(), " ")}}}, true
}

// Masked reports a number of which some digits are hidden.
func Masked(number string) bool { return strings.Contains(number, "*") }
