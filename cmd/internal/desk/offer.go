package desk

import (
	"slices"
	"time"

	"juzheng/evidence"
)

// An Offer is what helps where nothing can be complained of: a letter that
// needs no violation, or advice from somebody else.
type Offer struct {
	Code    OfferCode
	Overdue Overdue       // of a deferral
	Days    int           // since the debt was due
	To      evidence.Role // of a deferral: whom to ask
}

// An OfferCode names an offer; all but OfferAdvice are letters of [BuildLetter].
type OfferCode string

// The offers.
const (
	OfferDeferral  OfferCode = "deferral"
	OfferStatement OfferCode = "statement-request"
	OfferObjection OfferCode = "credit-objection"
	OfferAdvice    OfferCode = "legal-advice"
)

// offers are what the person can do instead of complaining, if nothing a file
// shows can be complained of.
func offers(x Dossier) []Offer {
	nothing := func(o evidence.Obstacle) bool { return o.Code == "no-violation" || o.Code == "no-proof" }
	if !slices.ContainsFunc(x.Report.Obstacles, nothing) {
		return nil
	}
	var out []Offer
	if x.Case.Complainant.Kind != evidence.Contact {
		out = append(out, deferral(x.Case, x.Date), Offer{Code: OfferStatement}, Offer{Code: OfferObjection})
	}
	return append(out, Offer{Code: OfferAdvice})
}

// Overdue is how long a debt is due.
type Overdue string

// How long.
const (
	OverdueUnknown Overdue = "" // the day it was due is not in the case, or is long past and no lender is named
	NotDue         Overdue = "not-due"
	OverdueShort   Overdue = "short"
	OverdueLong    Overdue = "long"
)

// deferral says whom to ask for a deferral: the platform in the first thirty
// days overdue, the lender after that. The days are a habit of the trade, no
// rule, and decide nothing but the address.
func deferral(c evidence.Case, now time.Time) Offer {
	const short = 30
	o := Offer{Code: OfferDeferral, To: evidence.ToPlatform}
	due, err := time.ParseInLocation(time.DateOnly, c.Loan.Due, evidence.Beijing)
	if err != nil {
		return o
	}
	switch days := int(now.Sub(due).Hours() / 24); {
	case now.Before(due):
		o.Overdue = NotDue
	case days <= short:
		o.Overdue, o.Days = OverdueShort, days
	case c.Lender.Name != "":
		o.Overdue, o.Days, o.To = OverdueLong, days, evidence.ToLender
	}
	return o
}
