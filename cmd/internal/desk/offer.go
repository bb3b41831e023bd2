package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
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
		if _, nothing := nothingOwed(x.Case, x.Incidents); !nothing {
			out = append(out, deferral(x.Case, x.Date))
		}
		out = append(out, Offer{Code: OfferStatement}, Offer{Code: OfferObjection})
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

// nothingOwed reports that by the person's own word nothing is owed on the loan of the
// case, or that a guardian does not agree to it: who asks to pay it later admits a debt
// that they say there is none of. A row whose words name another contract speaks of that
// one.
func nothingOwed(c evidence.Case, rows []evidence.Incident) (evidence.Obstacle, bool) {
	remedy := evidence.Advise("不用申请。其实没有还清的，先改这一格；说的是另一笔借款的，另建一个案件；要账单、结清证明的，{用 --letter statement-request|另写一封要账单的信}",
		"there is nothing to ask for; if it is not paid, change that cell first; another loan wants a case of its "+
			"own; for a statement {use --letter statement-request|write the letter that asks for one}")
	if day := strings.TrimSpace(c.Loan.Settled); day != "" {
		return lack("nothing-owed", "loan.settled", evidence.Advise("您写明这笔借款 %s 已经还清，没有可以延期、分期的",
			"you say that the loan was paid on %s: nothing is left to put off").With(day), remedy), true
	}
	if c.Complainant.Kind == evidence.Guardian && c.Consent.Loan == evidence.No {
		return lack("disowned", "consent.loan", evidence.Advise("您写明不同意这笔借款：再申请延期、分期，可能被看成同意了它",
			"you say that you do not agree to this loan: to ask for a deferral could be read as agreeing"),
			evidence.Advise("先用投诉书请对方答复处理办法；同意这笔借款的，先改这一格；要合同、账单的，{用 --letter statement-request|另写一封要账单的信}",
				"have the other side answer the complaint first; if you do agree, change that cell; for contract and "+
					"statement {use --letter statement-request|write the letter that asks for them}")), true
	}
	for _, i := range rows {
		named := phrase.ContractsIn(i.Shown)
		if i.Use == evidence.No || len(named) > 0 && !slices.Contains(named, strings.TrimSpace(c.Loan.Contract)) {
			continue
		}
		for _, b := range i.Asserted {
			if b.Rule() == "V20" && b.Part() != "" {
				what := evidence.Advise("您把 %s 标成了“%s”：没有可以延期、分期的",
					"you named %s: %s; nothing is left to put off").With(i.ID, b.Title())
				o := evidence.Obstacle{Code: "nothing-owed", Where: evidence.TimelineFile, What: what, Remedy: remedy}
				if i.Line > 0 {
					o.Where += fmt.Sprintf(":%d", i.Line)
				}
				return o, true
			}
		}
	}
	return evidence.Obstacle{}, false
}
