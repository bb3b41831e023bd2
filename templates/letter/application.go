package letter

import (
	"juzheng/evidence"
	"juzheng/templates/document"
)

// An Application is a letter a borrower can write where nothing can be
// complained of: it needs no violation and asserts none.
type Application struct {
	Name    string // deferral
	Title   evidence.Text
	To      []evidence.Role // who may get it; the first is who usually does
	Compose func(Input) (document.Document, error)
}

// The names of applications.
const (
	DeferralName  = "deferral"
	StatementName = "statement-request"
	ObjectionName = "credit-objection"
)

// Applications are all there are.
func Applications() []Application {
	respondents := []evidence.Role{evidence.ToPlatform, evidence.ToLender}
	return []Application{
		{DeferralName, evidence.Text{ZH: "协商还款申请书", EN: "request for a deferral or instalments"}, respondents,
			Deferral},
		{StatementName, evidence.Text{ZH: "账单和催收委托材料申请书", EN: "request for statement and collection mandate"},
			respondents, StatementRequest},
		{ObjectionName, evidence.Text{ZH: "征信异议申请书", EN: "objection to a credit record"},
			[]evidence.Role{evidence.ToLender, evidence.ToBureau}, CreditObjection},
	}
}
