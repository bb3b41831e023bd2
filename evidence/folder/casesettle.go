package folder

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// settle gives the values of a case the form the program works with, where
// what a person wrote can only mean one thing. What is left is for [checkCase].
func settle(c *evidence.Case) {
	accounts := make([]string, len(c.Numbers))
	for n, x := range c.Numbers {
		accounts[n] = x.Account
	}
	eachValue(reflect.ValueOf(c).Elem(), evidence.PlainCharacters)
	for n := range c.Numbers { // as the chat shows it
		c.Numbers[n].Account = accounts[n]
	}
	settleNames(c)
	called(complainantWords, &c.Complainant.Kind)
	called(loanWords, &c.Loan.Kind)
	called(bureauWords, &c.Credit.Bureau)
	for _, a := range []*evidence.Answer{&c.Consent.Forward, &c.Consent.Night, &c.Consent.Confidential,
		&c.Consent.Loan, &c.Deferral.Reduce, &c.Organisation.Review} {
		called(consentWords, a)
	}
	settleRegion(&c.Complainant.Region)
	for _, p := range parties(c) {
		called(nil, &p.Licence)
		if l, ok := evidence.ParseLicence(evidence.Narrow(string(p.Licence))); ok {
			p.Licence = l
		}
		if code := strings.ToUpper(strings.ReplaceAll(evidence.Narrow(p.CreditCode), " ",
			"")); evidence.ValidCreditCode(code) {
			p.CreditCode = code
		}
		settleRegion(&p.Region)
	}
	for _, id := range []*string{&c.Complainant.IDNumber, &c.Agent.IDNumber} {
		if s := strings.ReplaceAll(evidence.Narrow(*id), " ", ""); evidence.ValidID(s) {
			*id = strings.ToUpper(s)
		}
	}
	for _, phone := range []*string{&c.Complainant.Phone, &c.Agent.Phone, &c.Organisation.Phone} {
		settlePhone(phone)
	}
	c.Complainant.Email = evidence.Narrow(c.Complainant.Email)
	settleLoan(c)
	for n := range c.Numbers {
		called(sideWords, &c.Numbers[n].Side)
		called(lendingWords, &c.Numbers[n].For)
		settlePhone(&c.Numbers[n].Number)
		settlePrint(&c.Numbers[n].Print)
	}
	for n := range c.Filings {
		settleFiling(&c.Filings[n])
	}
}

// parties are all firms of a case.
func parties(c *evidence.Case) []*evidence.Party {
	return []*evidence.Party{&c.Platform, &c.Lender, &c.Agency, &c.Assignee, &c.Payee}
}

// settleNames mends the names of a case: see [evidence.MendName].
func settleNames(c *evidence.Case) {
	for _, name := range []*string{&c.Complainant.Name, &c.Complainant.Of, &c.Agent.Name, &c.Organisation.Signatory} {
		*name = evidence.MendPersonName(*name)
	}
	for n := range c.Numbers {
		c.Numbers[n].Name = evidence.MendPersonName(c.Numbers[n].Name)
	}
	c.Organisation.Name = evidence.MendName(c.Organisation.Name)
	for _, p := range parties(c) {
		p.Name, p.Brand, p.Address = evidence.MendName(p.Name), evidence.MendName(p.Brand), strings.Trim(p.Address,
			blanks)
		settlePhone(&p.Phone)
	}
	for _, address := range []*string{&c.Complainant.Address, &c.Agent.Address, &c.Organisation.Address} {
		*address = strings.Trim(*address, blanks)
	}
}

func settleLoan(c *evidence.Case) {
	for _, day := range []*string{&c.Loan.Date, &c.Loan.Due, &c.Loan.Settled, &c.Loan.Born, &c.Credit.Report} {
		settleDay(day)
	}
	for _, sum := range []*string{&c.Loan.Principal, &c.Loan.Received, &c.Loan.Overdue, &c.Loan.Monthly,
		&c.Complainant.Income} {
		if s := evidence.PlainSum(*sum); evidence.SumForm.MatchString(s) {
			*sum = s
		}
	}
	for _, rate := range []*string{&c.Loan.AnnualRate, &c.Loan.ShownCost, &c.Loan.LPR} {
		if s := evidence.PlainRate(*rate); rateForm.MatchString(s) {
			*rate = s
		}
	}
	c.Loan.Contract = strings.Trim(c.Loan.Contract, blanks)
	for _, list := range [][]string{c.Loan.Schedule, c.Loan.Fees, c.Loan.Repaid, c.Deferral.Plan} {
		for n, line := range list {
			list[n] = plainPayment(line)
		}
	}
	var exhibits []string
	for _, x := range c.Loan.Exhibits {
		exhibits = append(exhibits, exhibitNumbers(x)...)
	}
	if exhibits != nil {
		c.Loan.Exhibits = exhibits
	}
}

func settleFiling(f *evidence.Filing) {
	for _, day := range []*string{&f.Date, &f.Answered, &f.Accepted, &f.Withdrawn, &f.Closed} {
		settleDay(day)
	}
	called(outcomeWords, &f.Outcome)
	called(papersWords, &f.Papers)
	called(letterWords, &f.Letter)
	f.To = strings.Trim(f.To, blanks)
	if r, ok := evidence.ParseRole(f.To); ok {
		f.To = string(r)
	}
	for _, of := range []*string{&f.Exhibit, &f.Reply} {
		if strings.TrimSpace(*of) != "" {
			*of = strings.Join(exhibitNumbers(*of), " ")
		}
	}
}

// settlePrint writes the ids of those for whom a number is printed whole.
func settlePrint(print *string) {
	if slices.Contains([]string{"写全", "全部", "都写全", "完整", "是"}, strings.Trim(*print, blanks)) {
		*print = evidence.PrintFull
	}
	changed, words := false, evidence.SplitList(*print)
	for n, w := range words {
		if r, ok := evidence.ParseRole(w); ok && string(r) != w {
			words[n], changed = string(r), true
		}
	}
	if changed {
		*print = strings.Join(words, " ")
	}
}

// exhibitNumbers are the exhibits that a value names, in their own form where they have
// one: E3、证据4 are E003 and E004.
func exhibitNumbers(s string) (out []string) {
	for _, x := range evidence.SplitList(s) {
		if m := exhibitForm.FindStringSubmatch(strings.ToUpper(evidence.Narrow(x))); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil {
				x = fmt.Sprintf("E%03d", n)
			}
		}
		out = append(out, x)
	}
	return out
}

func settleRegion(region *string) {
	if code, ok := evidence.FindRegion(evidence.Narrow(*region)); ok {
		*region = code
	}
}

// settlePhone takes what is no digit or mark of a number out of one.
func settlePhone(phone *string) {
	s := evidence.Narrow(*phone)
	for _, dash := range []string{"—", "–", "―", "‐", "‑", "−"} {
		s = strings.ReplaceAll(s, dash, "-")
	}
	if s != *phone && strings.Trim(s, "0123456789+-() *#") == "" && ValidPhone(s) {
		*phone = s
	}
}

func settleDay(day *string) {
	if days, certain := evidence.DaysOf(*day); certain {
		*day = days[0]
	}
}

// plainPayment is a line of a list of payments with its day and sum in the program's
// form.
func plainPayment(s string) string {
	words := strings.Fields(strings.NewReplacer("　", " ", "\u00a0", " ", "：", " ", "；", " ").Replace(s))
	if len(words) < 2 {
		return s
	}
	days, certain := evidence.DaysOf(words[0])
	sum := evidence.PlainSum(strings.TrimPrefix(words[1], "还"))
	if !certain || !evidence.SumForm.MatchString(sum) || days[0] == words[0] && sum == strings.TrimSuffix(words[1],
		"元") {
		return s
	}
	return strings.Join(append([]string{days[0], sum}, words[2:]...), " ")
}

// eachValue changes every string below v.
func eachValue(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(change(v.String()))
	case reflect.Slice:
		for i := range v.Len() {
			eachValue(v.Index(i), change)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				eachValue(v.Field(i), change)
			}
		}
	}
}
