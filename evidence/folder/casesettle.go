package folder

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
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
		if l, ok := evidence.ParseLicence(narrow(string(p.Licence))); ok {
			p.Licence = l
		}
		if code := strings.ToUpper(strings.ReplaceAll(narrow(p.CreditCode), " ", "")); evidence.ValidCreditCode(code) {
			p.CreditCode = code
		}
		settleRegion(&p.Region)
	}
	for _, id := range []*string{&c.Complainant.IDNumber, &c.Agent.IDNumber} {
		if s := strings.ReplaceAll(narrow(*id), " ", ""); evidence.ValidID(s) {
			*id = strings.ToUpper(s)
		}
	}
	for _, phone := range []*string{&c.Complainant.Phone, &c.Agent.Phone, &c.Organisation.Phone} {
		settlePhone(phone)
	}
	c.Complainant.Email = narrow(c.Complainant.Email)
	settleLoan(c)
	for n := range c.Numbers {
		called(sideWords, &c.Numbers[n].Side)
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
		if s := plainSum(*sum); evidence.SumForm.MatchString(s) {
			*sum = s
		}
	}
	for _, rate := range []*string{&c.Loan.AnnualRate, &c.Loan.ShownCost, &c.Loan.LPR} {
		s := strings.TrimPrefix(strings.TrimPrefix(narrow(*rate), "年化"), "百分之")
		if s = narrow(strings.TrimSuffix(s, "%")); rateForm.MatchString(s) {
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
		if m := exhibitForm.FindStringSubmatch(strings.ToUpper(narrow(x))); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil {
				x = fmt.Sprintf("E%03d", n)
			}
		}
		out = append(out, x)
	}
	return out
}

// narrow is a value with the marks and digits of full width as ordinary ones.
func narrow(s string) string { return strings.Trim(norm.NFKC.String(strings.Trim(s, blanks)), blanks) }

func settleRegion(region *string) {
	if code, ok := evidence.FindRegion(narrow(*region)); ok {
		*region = code
	}
}

// settlePhone takes what is no digit or mark of a number out of one.
func settlePhone(phone *string) {
	s := narrow(*phone)
	for _, dash := range []string{"—", "–", "―", "‐", "‑", "−"} {
		s = strings.ReplaceAll(s, dash, "-")
	}
	if s != *phone && strings.Trim(s, "0123456789+-() *#") == "" && ValidPhone(s) {
		*phone = s
	}
}

var (
	// 2026年3月1日, 2026.3.1, 2026/03/01, 2026-3-1
	yearFirst = lazyregexp.New(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	eightsome = lazyregexp.New(`^(\d{4})(\d{2})(\d{2})$`)
	// 03/04/2026: the third of April or the fourth of March
	yearLast = lazyregexp.New(`^(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})$`)
	// 26/3/1, 26年3月1日
	shortYear = lazyregexp.New(`^(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	noYear    = lazyregexp.New(`^(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	noDay     = lazyregexp.New(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$`)
)

// daysOf are the days that a value can mean, as the program writes them, the likelier
// first; certain where there is no doubt about it.
func daysOf(s string) (days []string, certain bool) {
	s = narrow(s)
	real := func(y, m, d string) {
		n := make([]int, 3)
		for k, part := range []string{y, m, d} {
			n[k], _ = strconv.Atoi(part)
		}
		t := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
		day := t.Format(time.DateOnly)
		if t.Day() == n[2] && int(t.Month()) == n[1] && n[0] >= 1900 && n[0] <= 2100 && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	for _, form := range []*lazyregexp.Regexp{yearFirst, eightsome} {
		if m := form.FindStringSubmatch(s); m != nil {
			real(m[1], m[2], m[3])
			return days, len(days) == 1
		}
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		real(m[3], m[1], m[2])
		real(m[3], m[2], m[1])
		return days, len(days) == 1
	}
	if m := shortYear.FindStringSubmatch(s); m != nil {
		real("20"+m[1], m[2], m[3])
	}
	return days, false
}

func settleDay(day *string) {
	if days, certain := daysOf(*day); certain {
		*day = days[0]
	}
}

// wantedDay is what to write for a day that cannot be read without doubt.
func wantedDay(s string) evidence.Text {
	days, _ := daysOf(s)
	switch {
	case len(days) > 1:
		return evidence.Text{ZH: "由您写明是哪一天：" + strings.Join(days, " 还是 "),
			EN: "which day it is: " + strings.Join(days, " or ")}
	case len(days) == 1:
		return evidence.Text{ZH: "四位的年份；如果是这一天，写 " + days[0], EN: "the year in four digits: " + days[0] +
			", if it is that day"}
	case noYear.MatchString(narrow(s)):
		return evidence.Text{ZH: "带年份的日期，例如 2026-03-02", EN: "a date with its year, such as 2026-03-02"}
	case noDay.MatchString(narrow(s)):
		return evidence.Text{ZH: "具体到哪一天，例如 2026-03-02；不知道的留空",
			EN: "a day of that month, such as 2026-03-02, or nothing"}
	}
	return evidence.Text{ZH: "真实的日期，例如 2026-03-02", EN: "a real date such as 2026-03-02"}
}

var (
	// thousands is a sum whose digits are parted in threes.
	thousands = lazyregexp.New(`^[-+]?\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?$`)
	// inWan is a sum in ten thousands.
	inWan = lazyregexp.New(`^(\d{1,8})(?:\.(\d{1,4}))?\s*[万萬]$`)
)

// plainSum is a sum in yuan without the signs of the currency.
func plainSum(s string) string {
	s = narrow(s)
	for _, sign := range []string{"人民币", "¥", "RMB", "CNY", "rmb"} {
		s = narrow(strings.TrimPrefix(s, sign))
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "RMB"), "人民币")
	s = narrow(strings.TrimRight(strings.TrimRight(narrow(s), "整正"), "元圆块钱"))
	if thousands.MatchString(s) {
		s = strings.NewReplacer(",", "", "'", "", "’", "", " ", "").Replace(s)
	}
	if m := inWan.FindStringSubmatch(s); m != nil {
		whole := strings.TrimLeft(m[1]+(m[2] + "0000")[:4], "0")
		s = "0"
		if whole != "" {
			s = whole
		}
	}
	return s
}

// plainPayment is a line of a list of payments with its day and sum in the program's
// form.
func plainPayment(s string) string {
	words := strings.Fields(strings.NewReplacer("　", " ", "\u00a0", " ", "：", " ", "；", " ").Replace(s))
	if len(words) < 2 {
		return s
	}
	days, certain := daysOf(words[0])
	sum := plainSum(strings.TrimPrefix(words[1], "还"))
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
