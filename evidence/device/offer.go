package device

import "juzheng/evidence"

// An OfferKind is what is offered.
type OfferKind string

// The kinds.
const (
	OfferCaller OfferKind = "caller" // whose a number or an account of a chat is
	OfferSame   OfferKind = "same"   // two rows may be one call
)

// An Offer is what a file suggests and only the person can say. It is shown
// and never taken unasked.
type Offer struct {
	Kind      OfferKind
	Number    string // of a caller
	Account   string // of a caller in a chat
	Value     evidence.Side
	Name      string   // what the files call them
	Incidents []string // that the answer is about; of two rows that may be one call, both
	Source    string   // where it was read: a place (E003:2) or an exhibit
	Quote     string   // what stands there
}
