package evidence

// A LoanKind is what sort of loan it is. It decides which of the lender's rules
// speak of it, and what can be asked for.
type LoanKind string

// The kinds. LoanUnknown means that nobody has said.
const (
	LoanUnknown    LoanKind = ""
	NetworkLoan    LoanKind = "network"
	CreditCard     LoanKind = "card"
	ShopInstalment LoanKind = "instalment"
	CashByRenting  LoanKind = "rent"
	BusinessLoan   LoanKind = "business"
	CarLoan        LoanKind = "car"
	HouseLoan      LoanKind = "house"
)

// loanKinds has a row for each a person can choose, in the order they are shown.
var loanKinds = []struct {
	kind  LoanKind
	title Text
}{
	{NetworkLoan, Text{"网络消费贷款", "consumer loan over the network"}},
	{CreditCard, Text{"信用卡", "credit card"}},
	{ShopInstalment, Text{"分期购物", "instalments of a shop"}},
	{CashByRenting, Text{"租机变现（合同名义为租赁）", "cash by renting"}},
	{BusinessLoan, Text{"经营贷款", "business loan"}},
	{CarLoan, Text{"汽车贷款", "car loan"}},
	{HouseLoan, Text{"住房贷款", "house loan"}},
}

// LoanKinds lists the kinds a person can choose, in the order they are shown.
func LoanKinds() []LoanKind {
	out := make([]LoanKind, len(loanKinds))
	for n, row := range loanKinds {
		out[n] = row.kind
	}
	return out
}

// Title is what to call a kind of loan; empty where nobody has said.
func (k LoanKind) Title() Text {
	for _, row := range loanKinds {
		if row.kind == k {
			return row.title
		}
	}
	return Text{}
}

// LoanKind is the kind of a case's loan: what the person says, or what the
// lender's licence and an app leave no doubt of.
func (c Case) LoanKind() LoanKind {
	switch {
	case c.Loan.Kind != LoanUnknown:
		return c.Loan.Kind
	case c.Lender.Licence == AutoFinance:
		return CarLoan
	case c.Lender.Licence == ConsumerFinance,
		c.Through().Known() && (c.Lender.Licence == Bank || c.Lender.Licence == SmallLoan || c.Lender.Licence == Trust):
		return NetworkLoan
	}
	return LoanUnknown
}
