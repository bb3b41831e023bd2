package folder

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// rateForm is how a rate is written, true or not: what cannot be true is for
// [evidence.Case.Impossible] to say.
var rateForm = lazyregexp.New(`^[-+]?\d{1,4}(\.\d{1,4})?$`)

// maxPayments bounds the lists of a loan: fifty years of months.
const maxPayments = 600

var phoneForm = lazyregexp.New(`^\+?\d{5,20}$`)

// ValidPhone reports whether s, in any spelling [evidence.NormalNumber] knows,
// can be a telephone number or a sender's port.
func ValidPhone(s string) bool { return phoneForm.MatchString(evidence.NormalNumber(s)) }

// checkCase checks every value that has a form of its own. Empty is always
// allowed here: what filing needs is for the rules to say.
func checkCase(name string, data []byte, c evidence.Case) LineErrors {
	k := caseChecker{name: name, data: data}
	k.people(c)
	k.parties(c)
	k.loan(c)
	k.numbers(c.Numbers)
	k.filings(c.Filings)
	k.wishes(c)
	sortLineErrors(k.out)
	return k.out
}

var money = evidence.Text{ZH: "金额，单位元，例如 8000 或 8000.50", EN: "yuan, such as 8000 or 8000.50"}

// A caseChecker gathers what is wrong in a case.toml.
type caseChecker struct {
	name string
	data []byte
	nth  int // of the tables of one name, the one looked at
	out  LineErrors
}

func (k *caseChecker) people(c evidence.Case) {
	oneOf(k, "complainant.kind", c.Complainant.Kind, evidence.ComplainantKinds())
	k.oneLine("complainant.name", c.Complainant.Name)
	k.oneLine("complainant.address", c.Complainant.Address)
	k.oneLine("complainant.email", c.Complainant.Email)
	k.id("complainant.id_number", c.Complainant.IDNumber)
	k.phone("complainant.phone", c.Complainant.Phone)
	k.form("complainant.income", c.Complainant.Income, evidence.SumForm, money)
	k.region("complainant.region", c.Complainant.Region)
	k.oneLine("agent.name", c.Agent.Name)
	k.oneLine("agent.address", c.Agent.Address)
	k.id("agent.id_number", c.Agent.IDNumber)
	k.phone("agent.phone", c.Agent.Phone)
	k.oneLine("organisation.name", c.Organisation.Name)
	k.oneLine("organisation.address", c.Organisation.Address)
	k.oneLine("organisation.signatory", c.Organisation.Signatory)
	k.phone("organisation.phone", c.Organisation.Phone)
}

func (k *caseChecker) parties(c evidence.Case) {
	for key, p := range map[string]evidence.Party{"platform": c.Platform, "lender": c.Lender, "agency": c.Agency,
		"assignee": c.Assignee, "payee": c.Payee} {
		oneOf(k, key+".licence", p.Licence, evidence.Licences)
		k.oneLine(key+".name", p.Name)
		k.oneLine(key+".brand", p.Brand)
		k.oneLine(key+".address", p.Address)
		k.region(key+".region", p.Region)
		k.phone(key+".phone", p.Phone)
		if p.CreditCode != "" && !evidence.ValidCreditCode(p.CreditCode) {
			k.bad(key+".credit_code", p.CreditCode,
				evidence.Text{ZH: "18位统一社会信用代码（校验位不符，请核对）",
					EN: "an 18-character credit code whose check character fits"})
		}
	}
}

func (k *caseChecker) loan(c evidence.Case) {
	oneOf(k, "loan.kind", c.Loan.Kind, evidence.LoanKinds())
	k.oneLine("loan.contract", c.Loan.Contract)
	k.form("loan.principal", c.Loan.Principal, evidence.SumForm, money)
	k.form("loan.received", c.Loan.Received, evidence.SumForm, money)
	k.form("loan.overdue", c.Loan.Overdue, evidence.SumForm, money)
	k.form("loan.monthly", c.Loan.Monthly, evidence.SumForm, money)
	k.form("loan.annual_rate", c.Loan.AnnualRate, rateForm,
		evidence.Text{ZH: "年利率的百分数，例如 23.9", EN: "per cent a year, such as 23.9"})
	percent := evidence.Text{ZH: "百分数，例如 23.9", EN: "per cent, such as 23.9"}
	k.form("loan.shown_cost", c.Loan.ShownCost, rateForm, percent)
	k.form("loan.lpr", c.Loan.LPR, rateForm, percent)
	k.date("loan.date", c.Loan.Date)
	k.date("loan.due", c.Loan.Due)
	k.date("loan.settled", c.Loan.Settled)
	k.date("loan.born", c.Loan.Born)
	k.payments("loan.schedule", c.Loan.Schedule)
	k.payments("loan.fees", c.Loan.Fees)
	k.payments("loan.repaid", c.Loan.Repaid)
	k.payments("deferral.plan", c.Deferral.Plan)
	for _, x := range c.Loan.Exhibits {
		k.form("loan.exhibits", x, exhibitForm, evidence.Text{ZH: "证据编号，例如 E003（juzheng list 可以看到）",
			EN: "an exhibit number such as E003 (juzheng list shows them)"})
	}
}

func (k *caseChecker) numbers(all []evidence.Number) {
	defer func() { k.nth = 0 }()
	for n, number := range all {
		k.nth = n
		k.phone("numbers.number", number.Number)
		if number.Number != "" && number.Account != "" {
			k.bad("numbers.account", number.Account, evidence.Text{ZH: "号码和聊天账号各写一段 [[numbers]]",
				EN: "a [[numbers]] of its own beside that of the telephone number"})
		}
		oneOf(k, "numbers.side", number.Side, evidence.Sides())
		oneOf(k, "numbers.for", number.For, evidence.Lendings())
		for _, r := range evidence.SplitList(number.Print) {
			if role, ok := evidence.ParseRole(r); r != evidence.PrintFull && (!ok || string(role) != r) {
				ids := evidence.RoleNames().EN
				k.bad("numbers.print", r, evidence.Text{
					ZH: "full（对谁都写全），或 " + strings.ReplaceAll(ids, ", ", "、") + " 中的几个",
					EN: "full (whole for everybody), or some of " + ids})
			}
		}
	}
}

func (k *caseChecker) filings(all []evidence.Filing) {
	defer func() { k.nth = 0 }()
	for n, f := range all {
		k.nth = n
		oneOf(k, "filings.papers", f.Papers, []string{evidence.OwnPapers})
		oneOf(k, "filings.letter", f.Letter, slices.Concat(evidence.FollowUps(), evidence.Applications()))
		k.date("filings.date", f.Date)
		k.date("filings.answered", f.Answered)
		k.date("filings.accepted", f.Accepted)
		k.date("filings.withdrawn", f.Withdrawn)
		k.date("filings.closed", f.Closed)
		oneOf(k, "filings.outcome", f.Outcome, evidence.Outcomes())
	}
}

// wishes are what the person agreed to and asks for, and the credit report.
func (k *caseChecker) wishes(c evidence.Case) {
	answers := []evidence.Answer{evidence.Yes, evidence.No}
	oneOf(k, "consent.forward", c.Consent.Forward, answers)
	oneOf(k, "consent.night", c.Consent.Night, answers)
	oneOf(k, "consent.confidential", c.Consent.Confidential, answers)
	oneOf(k, "consent.loan", c.Consent.Loan, answers)
	oneOf(k, "deferral.reduce", c.Deferral.Reduce, answers)
	oneOf(k, "organisation.review", c.Organisation.Review, answers)
	oneOf(k, "credit.bureau", c.Credit.Bureau, evidence.Bureaus())
	k.date("credit.report", c.Credit.Report)
}

func (k *caseChecker) bad(key, value string, wanted evidence.Text) {
	k.out = append(k.out, &LineError{File: k.name, Line: lineOfKey(k.data, key, k.nth), Column: key,
		Found: evidence.Text{ZH: "“" + value + "”", EN: `"` + value + `"`}, Wanted: wanted})
}

// oneOf checks a value against all there are.
func oneOf[T ~string](k *caseChecker, key string, value T, allowed []T) {
	if value == "" || slices.Contains(allowed, value) {
		return
	}
	words, names := make([]string, len(allowed)), make([]string, len(allowed))
	for n, a := range allowed {
		names[n] = string(a)
		words[n] = strings.TrimSpace(wordOf(key, string(a)) + " " + string(a))
	}
	k.bad(key, string(value), evidence.Text{ZH: "下列之一（写中文或者英文都行）：" + strings.Join(words, "、"),
		EN: "one of " + strings.Join(names, ", ")})
}

func (k *caseChecker) form(key, value string, form *lazyregexp.Regexp, wanted evidence.Text) {
	if value != "" && !form.MatchString(value) {
		k.bad(key, value, wanted)
	}
}

// oneLine: a line break in a name would end a heading, or a line of a message's
// head.
func (k *caseChecker) oneLine(key, value string) {
	if strings.ContainsAny(value, "\r\n") {
		k.bad(key, strings.Join(strings.Fields(value), " "), evidence.Text{ZH: "一行字，中间不换行", EN: "one line"})
	}
}

func (k *caseChecker) id(key, value string) {
	if value != "" && !evidence.ValidID(value) {
		k.bad(key, value, evidence.Text{ZH: "18位身份证号码（出生日期或校验位不符，请核对）",
			EN: "an 18-character identity number whose birth date exists and whose check character fits"})
	}
}

func (k *caseChecker) phone(key, value string) {
	if value != "" && !ValidPhone(value) {
		k.bad(key, value, evidence.Text{ZH: "电话号码", EN: "a telephone number"})
	}
}

func (k *caseChecker) region(key, value string) {
	if value != "" && (len(value) != 6 || evidence.RegionName(value) == "") {
		k.bad(key, value, evidence.Text{ZH: "六位行政区划代码，例如 330000（浙江省）",
			EN: "a six-digit code of GB/T 2260, such as 330000"})
	}
}

func (k *caseChecker) date(key, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		k.bad(key, value, evidence.WantedDay(value))
	}
}

func (k *caseChecker) payments(key string, lines []string) {
	if len(lines) > maxPayments {
		k.bad(key, fmt.Sprint(len(lines)), evidence.Text{ZH: fmt.Sprintf("不超过 %d 条", maxPayments),
			EN: fmt.Sprintf("at most %d lines", maxPayments)})
	}
	for _, line := range lines {
		if !evidence.IsPayment(line) {
			k.bad(key, line, evidence.Text{ZH: "“日期 金额”，例如 2026-07-01 720.50；名目写在最后",
				EN: `"date sum", such as 2026-07-01 720.50; what it was for comes last`})
		}
	}
}
