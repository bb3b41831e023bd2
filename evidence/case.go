package evidence

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// A Case is one complainant and one creditor side: what case.toml holds.
type Case struct {
	ID      string    `toml:"id"`      // UUIDv7, drawn once at init
	Created time.Time `toml:"created"` // when init ran

	Complainant Complainant `toml:"complainant"`
	Agent       Agent       `toml:"agent"` // zero: the complainant acts for themselves
	// who helps to prepare the case, such as a legal clinic; zero: nobody
	Organisation Organisation `toml:"organisation"`
	Platform     Party        `toml:"platform"` // the app or brand the loan was taken through
	Lender       Party        `toml:"lender"`   // the lender named in the contract
	Agency       Party        `toml:"agency"`   // the outside collector, if known
	Assignee     Party        `toml:"assignee"` // who says that the claim was assigned to them
	Payee        Party        `toml:"payee"`    // who took fees beside the loan: a guarantor, a shop, a club
	Loan         Loan         `toml:"loan"`
	Deferral     Deferral     `toml:"deferral"`
	Credit       Credit       `toml:"credit"`
	Statement    string       `toml:"statement"` // what happened, in the person's own words: letters begin with it
	Requests     []string     `toml:"requests"`  // further requests in the person's own words
	Numbers      []Number     `toml:"numbers"`   // whose telephone number is whose
	Filings      []Filing     `toml:"filings"`   // earlier complaints in the same matter
	Consent      Consent      `toml:"consent"`
}

// A ComplainantKind says in what capacity somebody complains.
type ComplainantKind string

// The capacities. A contact claims their own privacy and peace and never
// argues the debt. A guardian speaks for a borrower who cannot; an heir is asked
// for the debt of somebody who died.
const (
	Borrower ComplainantKind = "borrower"
	Contact  ComplainantKind = "contact"
	Guardian ComplainantKind = "guardian"
	Heir     ComplainantKind = "heir"
)

// ComplainantKinds are all capacities.
func ComplainantKinds() []ComplainantKind {
	return []ComplainantKind{Borrower, Contact, Guardian, Heir}
}

// ForAnother reports whether the loan is somebody else's, for whom the
// complainant stands.
func (k ComplainantKind) ForAnother() bool { return k == Guardian || k == Heir }

// A Complainant 投诉人 is the person whose letter it is.
type Complainant struct {
	Kind     ComplainantKind `toml:"kind"`
	Name     string          `toml:"name"`
	IDNumber string          `toml:"id_number"` // GB 11643
	Phone    string          `toml:"phone"`
	Address  string          `toml:"address"`
	Email    string          `toml:"email"`
	Region   string          `toml:"region"` // where they live, GB/T 2260, six digits
	// of a guardian or heir: the borrower, and how the two are related
	Of       string `toml:"of"`
	Relation string `toml:"relation"` // 母亲、配偶、子女 …
	// Income is yuan a month, for [BurdenOf] alone: no paper that is handed in has it
	Income string `toml:"income"`
}

// An Agent 代理人 acts on a hand-signed mandate 授权委托书.
type Agent struct {
	Name     string `toml:"name"`
	IDNumber string `toml:"id_number"`
	Phone    string `toml:"phone"`
	Address  string `toml:"address"`
	Relation string `toml:"relation"` // 亲属、律师、法律援助机构 …
}

// An Organisation 协助机构 prepares papers for somebody, who signs them all the same.
type Organisation struct {
	Name      string `toml:"name"`
	Address   string `toml:"address"`
	Phone     string `toml:"phone"`
	Signatory string `toml:"signatory"` // 经办人: who prepared the case, and signs for the organisation
	// a second person looks at every letter before it goes
	Review Answer `toml:"review"`
}

// PreparedBy reports whether a person had a part in the case, by name: such a one
// cannot be the second to look at it. Several signatories are parted by commas.
func (c Case) PreparedBy(name string) bool {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	own := append([]string{c.Complainant.Name, c.Complainant.Of, c.Agent.Name, c.Organisation.Name},
		strings.FieldsFunc(c.Organisation.Signatory, func(r rune) bool { return strings.ContainsRune(",，、;；/", r) })...)
	return slices.ContainsFunc(own, func(s string) bool { return plain(s) != "" && plain(s) == plain(name) })
}

// A Party 当事人 on the creditor side, as far as the case names it.
type Party struct {
	Name       string  `toml:"name"`        // full name, as in the contract or on the licence
	Brand      string  `toml:"brand"`       // the app or service name, such as 极融
	Licence    Licence `toml:"licence"`     // used of the lender
	Region     string  `toml:"region"`      // place of registration, GB/T 2260, six digits
	CreditCode string  `toml:"credit_code"` // GB 32100 统一社会信用代码
	Address    string  `toml:"address"`
	Phone      string  `toml:"phone"`
}

// Known reports whether the case says anything of the party.
func (p Party) Known() bool { return p.Name != "" || p.Brand != "" }

// Through is the platform the loan was taken through, where that is not the
// lender's own app: a bank's brand of its own is no platform.
func (c Case) Through() Party {
	p, l := c.Platform, c.Lender
	if l.Name == "" || p.Name != "" && p.Name != l.Name {
		return p
	}
	stem := legalForm.ReplaceAllString(l.Name, "")
	own := p.Name == l.Name || p.Brand == l.Brand || stem != "" && strings.HasPrefix(p.Brand, stem) ||
		l.Licence == Bank && strings.HasSuffix(p.Brand, "银行") && strings.HasPrefix(stem, p.Brand)
	if own {
		return Party{}
	}
	return p
}

// legalForm is how the name of a company ends, with the part of it that is meant: 信用卡中心.
var legalForm = lazyregexp.New(`(股份)?有限(责任)?公司.*$`)

// Label is the name to print: the full name, and the brand in brackets where
// both are known.
func (p Party) Label() string {
	switch {
	case p.Name != "" && p.Brand != "" && p.Name != p.Brand:
		return p.Name + "（“" + p.Brand + "”平台）"
	case p.Name != "":
		return p.Name
	case p.Brand != "":
		return "“" + p.Brand + "”平台"
	}
	return ""
}

// A Loan is what the case says of the debt. Money is yuan as a decimal
// string, so that 100.10 stays 100.10; dates are yyyy-mm-dd. Empty means not
// said, and then nothing is printed.
type Loan struct {
	Kind       LoanKind `toml:"kind"`
	Contract   string   `toml:"contract"`
	Date       string   `toml:"date"`
	Principal  string   `toml:"principal"`
	Received   string   `toml:"received"`    // money that reached the account, if less than the principal
	AnnualRate string   `toml:"annual_rate"` // per cent a year, as in the contract
	Due        string   `toml:"due"`         // first unpaid due date
	Overdue    string   `toml:"overdue"`     // the sum claimed as overdue
	Monthly    string   `toml:"monthly"`     // to be paid each month, for [BurdenOf] alone
	Settled    string   `toml:"settled"`     // the day it was paid off, as the person says or an exhibit shows
	Born       string   `toml:"born"`        // of a guardian's case: the day the borrower was born

	// Lists of payments, one a line: see [ParsePayment].
	Schedule []string `toml:"schedule"` // instalments by the contract
	Fees     []string `toml:"fees"`     // charged beside them
	Repaid   []string `toml:"repaid"`   // paid so far

	// per cent a year on the lender's table of total cost, for loans from
	// August 2026
	ShownCost string   `toml:"shown_cost"`
	LPR       string   `toml:"lpr"`      // one-year LPR at the contract's date, where ours has none
	Exhibits  []string `toml:"exhibits"` // that show the loan: contract, bills, account statement
}

// FullAge is when somebody can contract alone (民法典 Articles 17 and 18).
const FullAge = 18

// Age is how old the borrower of a guardian's case was on a day, yyyy-mm-dd.
func (c Case) Age(day string) (years int, ok bool) {
	born, err1 := time.Parse(time.DateOnly, c.Loan.Born)
	then, err2 := time.Parse(time.DateOnly, day)
	if err1 != nil || err2 != nil || then.Before(born) {
		return 0, false
	}
	years = then.Year() - born.Year()
	if then.Format("01-02") < born.Format("01-02") {
		years--
	}
	return years, true
}

// A Deferral is what the borrower offers who asks to pay later. Nothing of it
// is made up for them.
type Deferral struct {
	Reason string   `toml:"reason"` // why they cannot pay now, in their own words
	Plan   []string `toml:"plan"`   // what they can pay and when: see [ParsePayment]
	Reduce Answer   `toml:"reduce"` // they ask for less interest and penalty
}

// A Credit is an entry of a credit report the person holds to be wrong.
type Credit struct {
	Bureau string `toml:"bureau"` // slug of the bureau whose report it is
	Report string `toml:"report"` // date of the report, yyyy-mm-dd
	Entry  string `toml:"entry"`  // what it says, copied
	Wrong  string `toml:"wrong"`  // what is wrong with it, in the person's own words
}

// A Side says whose a telephone number is.
type Side string

// The sides.
const (
	CollectorSide Side = "collector" // the collector; from case files of earlier releases, any of these three
	PlatformSide  Side = "platform"
	LenderSide    Side = "lender"
	SelfSide      Side = "self"      // the complainant
	EmergencySide Side = "emergency" // emergency contact
	GuarantorSide Side = "guarantor"
	OtherSide     Side = "other" // anybody who has nothing to do with the matter
)

// Sides are all there are.
func Sides() []Side {
	return []Side{CollectorSide, PlatformSide, LenderSide, SelfSide, EmergencySide, GuarantorSide, OtherSide}
}

// Collecting reports whose acts are looked at: a collector's, the platform's, the
// lender's.
func (s Side) Collecting() bool { return s == CollectorSide || s == PlatformSide || s == LenderSide }

// joined is a side as acts are judged by, for which the three that collect are one.
func (s Side) joined() Side {
	if s.Collecting() {
		return CollectorSide
	}
	return s
}

// Bureaus are the credit bureaus that have a licence, by their entries in the
// directory: the central bank's, Baihang's and Pudao's.
func Bureaus() []string { return []string{"credit-pbccrc", "credit-baihang", "credit-pudao"} }

// OfOtherCase begins what numbers are called that were parted into another lender's case.
const OfOtherCase = "另案的"

// A Number says whose a telephone number or an account of a chat is, by the
// person's own word.
type Number struct {
	Number  string `toml:"number"`  // any spelling; compared in normal form
	Account string `toml:"account"` // the name a chat shows: WeChat, QQ, the nickname in a group
	Side    Side   `toml:"side"`
	Name    string `toml:"name"`
	// of one that collects on a phone of several lenders: for which of them
	For Lending `toml:"for"`
	// [PrintFull], or roles: papers show it whole, whoever's it is; empty: by
	// the rule of letters
	Print string `toml:"print"`
}

// A Lending says for which lender a number or an account collects; empty: nobody said.
type Lending string

// The lenders, as seen from a case: its own, or any other.
const (
	ForThis  Lending = "this"
	ForOther Lending = "other"
)

// Lendings are both.
func Lendings() []Lending { return []Lending{ForThis, ForOther} }

// acting is the side that acts from a number are judged by: who collects for another
// lender is nobody in this case's matter.
func (n Number) acting() Side {
	if n.For == ForOther && n.Side.Collecting() {
		return OtherSide
	}
	return n.Side.joined()
}

// PrintFull is the person's choice that somebody's number and name are printed
// whole for every recipient; names of roles, such as "regulator nifa", choose
// them alone.
const PrintFull = "full"

// PrintedFor reports whether the person chose that papers for a role print the
// number and its name whole.
func (n Number) PrintedFor(role string) bool {
	return n.Print == PrintFull || slices.Contains(SplitList(n.Print), role)
}

// Naming are the keys of case.toml under which an exhibit is named.
func (c Case) Naming(exhibit string) []string {
	var out []string
	if slices.Contains(c.Loan.Exhibits, exhibit) {
		out = append(out, "loan.exhibits")
	}
	for key, list := range map[string][]string{"loan.repaid": c.Loan.Repaid, "loan.fees": c.Loan.Fees} {
		if slices.ContainsFunc(Payments(list), func(p Payment) bool { return p.From() == exhibit }) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	for n, f := range c.Filings {
		switch {
		case f.Exhibit == exhibit:
			out = append(out, fmt.Sprintf("filings[%d].exhibit", n+1))
		case f.Naming(exhibit):
			out = append(out, fmt.Sprintf("filings[%d].reply", n+1))
		}
	}
	return out
}

// Consent is what the person allows to be done with the letter.
type Consent struct {
	Forward Answer `toml:"forward"` // pass identity and material on to the respondent for handling
	Night   Answer `toml:"night"`   // the person agreed to be contacted between 22:00 and 08:00
	Loan    Answer `toml:"loan"`    // of a guardian's case: the guardian agreed to the loan
	// a report asks that the person's identity be kept from those it is about
	Confidential Answer `toml:"confidential"`
}

// SplitList parts a cell or value that people fill in by hand: at blanks and at
// any comma or semicolon, Chinese or Western.
func SplitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,，、;；\t\n　", r) })
}
