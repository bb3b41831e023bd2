package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// The ceiling follows the licence and the contract's date: the day before a
// change and the day of it.
func TestCeilings(t *testing.T) {
	const bank, cf, small, none = evidence.Bank, evidence.ConsumerFinance, evidence.SmallLoan, evidence.NoLicence
	for _, c := range []struct {
		licence       evidence.Licence
		day           string
		through, paid bool
		want          rate
		fact          string
		breach        bool
	}{
		{bank, "2017-08-03", true, false, 0, "", false},
		{bank, "2017-08-04", true, false, 240000, "court-24", false},
		{bank, "2025-09-30", true, false, 240000, "court-24", false},
		{bank, "2025-10-01", true, false, 240000, "facilitation", true},
		{bank, "2025-10-01", false, false, 240000, "court-24", false}, // its own loan
		{cf, "2025-10-01", true, false, 240000, "court-24", false},    // that notice is to commercial banks
		{evidence.Guarantee, "2026-05-01", true, false, 0, "", false}, // it does not lend
		{small, "2025-12-31", false, false, 240000, "court-24", false},
		{small, "2026-01-01", false, false, 240000, "small-loan-24", false},
		{small, "2027-12-31", false, false, 240000, "small-loan-24", false},
		{small, "2028-01-01", false, false, 0, "", false}, // lowered by then, to what nobody has checked
		{none, "2015-08-31", false, false, 0, "", false},
		{none, "2020-08-19", false, false, 240000, "old-zones", false},
		{none, "2020-08-19", false, true, 360000, "old-zones", false},
		{none, "2020-08-20", false, true, 154000, "four-lpr", true}, // 4 × 3.85
		{none, "2021-12-19", false, false, 154000, "four-lpr", true},
		{none, "2021-12-20", false, false, 152000, "four-lpr", true},
		{none, "2023-08-21", false, false, 138000, "four-lpr", true},
		{none, "2025-05-19", false, false, 124000, "four-lpr", true},
		{none, "2025-05-20", false, false, 120000, "four-lpr", true},
		{none, "2026-08-19", false, false, 120000, "four-lpr", true},
		{none, "2026-08-20", false, false, 0, "", false}, // not on record
		{evidence.LicenceUnknown, "2026-01-01", false, false, 0, "", false},
	} {
		got, why := ceilingOf(evidence.Loan{}, c.licence, on(c.day), c.through, c.paid)
		if got.rate != c.want || got.fact != c.fact || got.breach != c.breach ||
			(why == evidence.Advice{}) != (c.want > 0) {
			t.Errorf("%s on %s: got %+v, %s", c.licence, c.day, got, why.EN)
		}
		// Whatever ceiling there is can be cited for a contract of that day.
		if c.fact != "" && len(cite("V12", on(c.day), c.licence, c.fact)) == 0 {
			t.Errorf("%s on %s: nothing to cite for %s", c.licence, c.day, c.fact)
		}
	}
	got, _ := ceilingOf(evidence.Loan{LPR: "2.95"}, none, on("2026-11-01"), false, false)
	if got.rate != 118000 || !strings.Contains(got.name.ZH, "由本人提供") {
		t.Errorf("the person's own LPR: %+v", got)
	}
}

// The LPR table rises in time, reads as rates, and says how far it reaches.
func TestLPRTable(t *testing.T) {
	d := lprTable()
	last := ""
	for _, r := range d.Rates {
		if v, ok := parseRate(r[1]); on(r[0]).IsZero() || r[0] <= last || !ok || v < onePercent || v > 10*onePercent {
			t.Errorf("row %v", r)
		}
		last = r[0]
	}
	if d.Until < last || d.Checked == "" || d.Source == "" || d.CheckedOn == "" {
		t.Errorf("not said how far it reaches and how it is known: %+v", d)
	}
}

func TestParseRate(t *testing.T) {
	for in, want := range map[string]rate{"24": 240000, "23.98": 239800, "3.65": 36500, "15.4000": 154000,
		"36%": 360000} {
		if got, ok := parseRate(in); !ok || got != want {
			t.Errorf("%s: %d, %t", in, got, ok)
		}
	}
	for _, in := range []string{"", ".5", "1.23456", "-3", "3.x", "99999999999999999999"} {
		if got, ok := parseRate(in); ok {
			t.Errorf("%q: %d", in, got)
		}
	}
	if s := rate(239_899).String() + " " + rate(240_000).String() + " " +
		rate(240_999).String(); s != "23.98 24 24.09" {
		t.Error(s)
	}
}

// costCase is a case with a loan and nothing else to complain of.
func costCase(licence evidence.Licence, l evidence.Loan) evidence.Case {
	return evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "甲"},
		Platform: evidence.Party{Brand: "示例借"},
		Lender:   evidence.Party{Name: "示例公司", Licence: licence, Region: "330000"}, Loan: l}
}

func costOf(c evidence.Case, more ...string) evidence.Report {
	all := []evidence.Exhibit{{Number: "E001"}}
	for _, n := range more {
		all = append(all, evidence.Exhibit{Number: n})
	}
	return Apply(c, nil, all, Options{Date: on("2026-11-20")})
}

// One row a promise: what is found, how strongly, on what ground; or why
// nothing is.
func TestCostFindings(t *testing.T) {
	dear := []string{"2026-04-01 550", "2026-05-01 550"} // 1000 over two months: some 79 % a year
	fair := []string{"2026-04-01 507", "2026-05-01 507"} // 11 %
	proof := []string{"E001"}
	for _, c := range []struct {
		name    string
		licence evidence.Licence
		loan    evidence.Loan
		found   string // kind:strength:citations, blanks between findings
		remark  string // part of a remark
	}{
		{"bank through a platform", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear, Exhibits: proof}, "rate:shown:JR9-24",
			""},
		{"consumer finance: a court's line, no breach", evidence.ConsumerFinance,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear, Exhibits: proof}, "rate:shown:SPC-22",
			""},
		{"small loan", evidence.SmallLoan, evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear,
			Exhibits: proof}, "rate:shown:XDCOST-24,SPC-22", ""},
		{"unlicensed", evidence.NoLicence, evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear,
			Exhibits: proof}, "rate:shown:CC-680,SPC-LEND-25,SPC-LEND-29", ""},
		{"no exhibit named", evidence.NoLicence, evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear},
			"rate:stated:CC-680,SPC-LEND-25,SPC-LEND-29", ""},
		{"an exhibit that is not there", evidence.NoLicence,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear, Exhibits: []string{"E009"}},
			"rate:stated:CC-680,SPC-LEND-25,SPC-LEND-29", ""},
		{"licence unknown", evidence.LicenceUnknown,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: dear}, "", "没有填放款机构的类型"},
		{"no date", evidence.Bank, evidence.Loan{Principal: "1000", Schedule: dear}, "", "没有填借款日期"},
		{"no principal", evidence.Bank, evidence.Loan{Date: "2026-03-01", Schedule: dear}, "", "没有填合同本金或实际到账"},
		{"fair", evidence.Bank, evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: fair}, "", "没有超过"},
		{"fair is not so below four LPR", evidence.NoLicence,
			evidence.Loan{Date: "2026-03-01", Principal: "1000",
				Schedule: []string{"2026-04-01 509", "2026-05-01 509"}}, "rate:stated:CC-680,SPC-LEND-25,SPC-LEND-29",
			""},
		{"a fee makes it dear", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: fair, Fees: []string{"2026-03-01 50 服务费"}},
			"rate:stated:JR9-24", ""},
		{"repaid less than received", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Repaid: []string{"2026-04-01 300"}}, "", "没有还款计划"},
		{"repaid alone is dear", evidence.Bank, evidence.Loan{Date: "2026-03-01", Principal: "1000", Repaid: dear},
			"rate:stated:JR9-24", ""},
		{"repaid alone is fair so far", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Repaid: fair}, "", "只按已还的款项"},
		{"the contract names it", evidence.Bank, evidence.Loan{Date: "2026-03-01", Principal: "1000", AnnualRate: "36"},
			"rate:stated:JR9-24", ""},
		{"the contract names the line", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", AnnualRate: "24"}, "", "没有填还款计划"},
		{"before the loan", evidence.Bank, evidence.Loan{Date: "2026-03-01", Principal: "1000",
			Schedule: []string{"2026-02-28 2000"}}, "", "早于借款日期"},
		{"deducted", evidence.ConsumerFinance,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "850", Exhibits: proof},
			"deducted:shown:CC-670", "没有填还款计划"},
		{"deducted, unlicensed", evidence.NoLicence,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "850", Exhibits: proof},
			"deducted:shown:CC-670,SPC-LEND-26", ""},
		{"deducted before the Code", evidence.ConsumerFinance,
			evidence.Loan{Date: "2020-12-31", Principal: "1000", Received: "850", Exhibits: proof}, "deducted:review:",
			""},
		{"a fee that was withheld is no interest, and counts once", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "950", Schedule: fair,
				Fees: []string{"2026-03-01 50 担保费"}, Exhibits: proof},
			"rate:shown:JR9-24 named:shown:CPL-8-fees deducted:review:CC-670", ""},
		{"a fee besides what was withheld", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "950", Fees: []string{"2026-03-01 20 担保费"},
				Exhibits: proof}, "deducted:shown:CC-670 named:shown:CPL-8-fees", ""},
		{"fees beside the loan", evidence.SmallLoan, evidence.Loan{Date: "2025-03-01", Principal: "1000",
			Fees: []string{"2025-03-01 100 担保费", "2025-03-02 199 会员费", "2025-03-03 20 服务费"}, Exhibits: proof},
			"named:shown:CPL-8-fees", "没有填还款计划"},
		{"for being late and for collection makes the plan no dearer", evidence.Bank,
			evidence.Loan{Date: "2026-01-01", Principal: "1000", Schedule: []string{"2026-02-01 507", "2026-03-01 507"},
				Fees: []string{"2026-03-10 300 逾期违约金", "2026-03-15 300 催收费"}, Exhibits: proof}, "fee:shown:CBA26-FEE",
			"没有超过"},
		{"received all", evidence.ConsumerFinance,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "1000"}, "", ""},
		{"dearer than shown", evidence.Bank, evidence.Loan{Date: "2026-08-01", Principal: "1000",
			Schedule: []string{"2026-09-01 507", "2026-10-01 507"}, ShownCost: "9.8"}, "shown:stated:COST26-SHOWN", ""},
		{"the day before the table was due", evidence.Bank,
			evidence.Loan{Date: "2026-07-31", Principal: "1000", Schedule: []string{"2026-09-01 507", "2026-10-01 507"},
				ShownCost: "9.8"}, "", "没有超过"},
		{"as shown", evidence.Bank, evidence.Loan{Date: "2026-08-01", Principal: "1000",
			Schedule: []string{"2026-09-01 507", "2026-10-01 507"}, ShownCost: "11.18"}, "", "没有超过"},
		{"collection fee", evidence.Bank, evidence.Loan{Date: "2026-02-01", Principal: "1000",
			Fees: []string{"2026-03-01 80 催收费"}}, "fee:stated:CBA26-FEE", ""},
		{"collection fee of a new loan", evidence.Bank,
			evidence.Loan{Date: "2026-08-01", Principal: "1000", Fees: []string{"2026-09-01 80 催收费"}},
			"fee:stated:COST26-FEE,CBA26-FEE", ""},
		{"collection fee before the guide", evidence.Bank,
			evidence.Loan{Date: "2025-02-01", Principal: "1000", Fees: []string{"2026-01-29 80 催收费"}}, "fee:review:",
			""},
		{"a private loan of 2019 at 30 %", evidence.NoLicence,
			evidence.Loan{Date: "2019-01-01", Principal: "1000", AnnualRate: "30", Exhibits: proof},
			"zone:shown:SPC-LEND15,SPC-LEND-31", ""},
		{"nothing said of the money", evidence.Bank,
			evidence.Loan{Date: "2026-03-01", Principal: "1000", Overdue: "500"}, "", ""},
	} {
		r := costOf(costCase(c.licence, c.loan))
		var found []string
		for _, f := range r.Findings {
			var ids []string
			for _, x := range f.Citations {
				ids = append(ids, x.ID)
			}
			found = append(found, string(f.Cost.Kind)+":"+string(f.Strength)+":"+strings.Join(ids, ","))
			if f.Cost.Fact.ZH == "" || f.Cost.Fact.EN == "" || len(f.Cost.Figures) == 0 || f.Wording.ZH == "" &&
				f.Strength != evidence.Review {
				t.Errorf("%s: an empty finding: %+v", c.name, f)
			}
			// A court's line is no breach: nobody is asked to punish it.
			if c.found == "rate:shown:SPC-22" &&
				(strings.Contains(f.Wording.ZH, "违") || !slices.Equal(f.Bodies, []string{"P"})) {
				t.Errorf("%s: %s to %v", c.name, f.Wording.ZH, f.Bodies)
			}
		}
		if got := strings.Join(found, " "); got != c.found {
			t.Errorf("%s: got %q, want %q", c.name, got, c.found)
		}
		if c.remark != "" && !slices.ContainsFunc(r.Remarks,
			func(x evidence.Advice) bool { return strings.Contains(x.ZH, c.remark) }) {
			t.Errorf("%s: remarks %v", c.name, r.Remarks)
		}
		if c.remark == "" && slices.ContainsFunc(r.Remarks,
			func(x evidence.Advice) bool { return strings.Contains(x.ZH, "没有核算") }) &&
			strings.HasPrefix(c.name, "nothing") {
			t.Errorf("%s: remarks %v", c.name, r.Remarks)
		}
	}
}

// A fee beside the loan is asked about and called no breach; the sum is that of
// the fees so called, and of no other.
func TestNamedFees(t *testing.T) {
	r := costOf(costCase(evidence.Bank, evidence.Loan{Date: "2025-03-01", Principal: "1000",
		Fees: []string{"2025-03-01 100 担保费", "2025-03-02 199.50 会员费", "2025-03-03 20 服务费"}}))
	f := r.Findings[len(r.Findings)-1]
	if f.Cost.Kind != evidence.CostNamed || f.Cost.Excess != 29950 || f.Cost.Name != "担保费、会员费" ||
		strings.Contains(f.Wording.ZH, "违") || len(f.Cost.Figures) != 3 {
		t.Errorf("got %+v, %s", f.Cost, f.Wording.ZH)
	}
}

// Fees are shown by the statement whose rows the case names, if each of them is and
// the statement is an exhibit; what rests on other figures too is not shown by it.
func TestFeesOfStatements(t *testing.T) {
	for _, row := range []struct {
		name  string
		loan  evidence.Loan
		kind  evidence.CostKind
		want  evidence.Strength
		shown string
	}{
		{"each has its row", evidence.Loan{Fees: []string{"2025-03-01 100 担保费 E005:3", "2025-03-02 9 会员费 E005:4"}},
			evidence.CostNamed, evidence.Shown, "E005"},
		{"one has none", evidence.Loan{Fees: []string{"2025-03-01 100 担保费 E005:3", "2025-03-02 9 会员费"}},
			evidence.CostNamed, evidence.Stated, ""},
		{"a row of no exhibit", evidence.Loan{Fees: []string{"2025-03-01 100 担保费 E009:3"}},
			evidence.CostNamed, evidence.Stated, ""},
		{"beside the bill", evidence.Loan{Fees: []string{"2025-03-01 100 担保费 E005:3", "2025-03-02 9 会员费"},
			Exhibits: []string{"E002"}}, evidence.CostNamed, evidence.Shown, "E002 E005"},
		{"a fee of the collection", evidence.Loan{Fees: []string{"2026-09-01 100 催收费 E005:3"}},
			evidence.CostFee, evidence.Shown, "E005"},
		{"what was lent stands in no statement", evidence.Loan{Received: "900", Repaid: []string{"2025-04-01 100 E005:7"}},
			evidence.CostDeducted, evidence.Stated, ""},
	} {
		row.loan.Date, row.loan.Principal = "2025-03-01", "1000"
		found := false
		for _, f := range costOf(costCase(evidence.Bank, row.loan), "E002", "E005").Findings {
			if f.Cost == nil || f.Cost.Kind != row.kind {
				continue
			}
			found = true
			if f.Strength != row.want || strings.Join(f.Exhibits, " ") != row.shown {
				t.Errorf("%s: %s by %v, want %s by %q", row.name, f.Strength, f.Exhibits, row.want, row.shown)
			}
		}
		if !found {
			t.Errorf("%s: no finding", row.name)
		}
	}
}

// Four times the LPR is never held against a lender with a licence, and the
// 24 % line of financial loans never against one without.
func TestCeilingsAreNotMixed(t *testing.T) {
	for _, l := range append(slices.Clone(evidence.Licences), evidence.LicenceUnknown) {
		for _, p := range Statutes() {
			if !slices.Contains(p.Rules, "V12") || p.Condition == "" {
				continue
			}
			for _, x := range cite("V12", on("2026-10-01"), l, strings.Fields(p.Condition)...) {
				private := x.ID == "CC-680" || strings.HasPrefix(x.ID, "SPC-LEND")
				if private && l != evidence.NoLicence || x.ID == "SPC-22" &&
					(l == evidence.NoLicence || l == evidence.LicenceUnknown) {
					t.Errorf("%s is cited against %q", x.ID, l)
				}
			}
		}
	}
}

// Between 24 and 36 % a private loan before 20 August 2020 is not upheld, and
// beyond 36 % it is void: neither is called a breach, and no supervisor is asked
// to look into it.
func TestOldPrivateLoans(t *testing.T) {
	for rate, void := range map[string]string{"30": "", "36": "", "48": "36"} {
		r := costOf(costCase(evidence.NoLicence,
			evidence.Loan{Date: "2019-01-01", Principal: "1000", AnnualRate: rate}))
		f := r.Findings[0]
		if f.Cost.Kind != evidence.CostZone || f.Cost.Void != void || strings.Contains(f.Wording.ZH, "违") ||
			!slices.Equal(f.Bodies, []string{"P"}) {
			t.Errorf("%s %%: %+v, %s, to %v", rate, f.Cost, f.Wording.ZH, f.Bodies)
		}
	}
}

// What nobody has read or seen reported accuses nobody.
func TestMemoryAccusesNobody(t *testing.T) {
	law := evidence.Citation{Rank: evidence.Law, Checked: "VT"}
	memory := evidence.Citation{Rank: evidence.DepartmentalRule, Checked: "FM-H"}
	for _, c := range []struct {
		cited []evidence.Citation
		want  string
	}{
		{[]evidence.Citation{memory}, "请对照所列规定核查"},
		{[]evidence.Citation{law, memory}, "涉嫌违反法律规定"},
		{[]evidence.Citation{{Rank: evidence.SelfDiscipline, Checked: "FM-M"}}, "请对照所列规定核查"},
		{[]evidence.Citation{{Rank: evidence.JudicialPolicy, Checked: "FM-H"}}, ""},
	} {
		if got := wording(c.cited); got.ZH != c.want {
			t.Errorf("%v: got %s, want %s", c.cited, got.ZH, c.want)
		}
	}
}

// A contact does not argue the debt.
func TestContactIsNotCounted(t *testing.T) {
	c := costCase(evidence.NoLicence, evidence.Loan{Date: "2026-03-01", Principal: "1000", Received: "500",
		Schedule: []string{"2026-04-01 2000"}})
	c.Complainant.Kind = evidence.Contact
	if r := costOf(c); len(r.Findings) > 0 {
		t.Errorf("got %v", r.Findings)
	}
}

// The figures of one loan, checked on paper: 1000 received, 980 after the fee;
// 999.60 a month later is 2 % a month.
func TestCostFigures(t *testing.T) {
	r := costOf(costCase(evidence.NoLicence,
		evidence.Loan{Date: "2026-03-01", Principal: "1000", Schedule: []string{"2026-04-01 999.60"},
			Fees: []string{"2026-03-01 20 服务费"}, Exhibits: []string{"E001"}}))
	if len(r.Findings) != 1 {
		t.Fatalf("got %v", r.Findings)
	}
	c := r.Findings[0].Cost
	// At 12 % a year 980 would be 989.80 a month later.
	if c.Annual != "24" || c.Ceiling != "12" || c.Excess != 980 {
		t.Errorf("got %+v", c)
	}
	var lines []string
	for _, f := range c.Figures {
		lines = append(lines, f.Label.ZH+" "+f.Value.ZH)
	}
	want := "借款日期 2026-03-01；实际到账 1000元；合同还款计划合计 999.60元，共1期；另收费用合计 20元；年化综合成本（内部收益率） 24%；上限 12%，借款日一年期LPR 3%的四倍；" +
		"超出上限的部分，折算到最后一期 9.80元"
	if got := strings.Join(lines, "；"); got != want {
		t.Errorf("got %s", got)
	}
}
