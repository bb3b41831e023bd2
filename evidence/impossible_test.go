package evidence

import (
	"strings"
	"testing"
)

// What cannot be true is named by its key, with what was found and what is
// wanted; what is only unusual is left alone.
func TestImpossible(t *testing.T) {
	loan := Loan{Date: "2025-06-01", Principal: "10000", Received: "9000", AnnualRate: "23.9", Due: "2026-02-10",
		Overdue: "3200", Schedule: []string{"2025-07-01 900"}, Fees: []string{"2025-05-20 199 会员费"},
		Repaid: []string{"2025-07-01 900"}, ShownCost: "24", LPR: "3.45"}
	rows := []struct {
		name string
		edit func(*Case)
		want string // keys
	}{
		{"nothing wrong", func(*Case) {}, ""},
		{"one number with two sides", func(c *Case) {
			c.Numbers = []Number{{Number: "+86 17000000311", Side: OtherSide},
				{Number: "0571-00000101", Side: CollectorSide},
				{Number: "17000000311", Side: CollectorSide}}
		}, "numbers.number numbers.number"},
		{"one number twice, with one side", func(c *Case) {
			c.Numbers = []Number{{Number: "+86 17000000311", Side: OtherSide}, {Number: "17000000311", Side: OtherSide}}
		}, ""},
		{"one account with two sides", func(c *Case) {
			c.Numbers = []Number{{Account: "小王", Side: OtherSide}, {Account: " 小王", Side: CollectorSide},
				{Account: "小李", Side: SelfSide}}
		}, "numbers.account numbers.account"},
		{"masked numbers can be many", func(c *Case) {
			c.Numbers = []Number{{Number: "170****0311", Side: OtherSide}, {Number: "170****0311", Side: CollectorSide}}
		}, ""},
		{"one's own number as the collector's", func(c *Case) {
			c.Complainant.Phone, c.Numbers = "17000000001", []Number{{Number: "+8617000000001", Side: CollectorSide}}
		}, "numbers.number"},
		{"one's own number as one's own", func(c *Case) {
			c.Complainant.Phone, c.Numbers = "17000000001", []Number{{Number: "+8617000000001", Side: SelfSide}}
		}, ""},
		{"entries that say nothing", func(c *Case) { c.Numbers = []Number{{Side: OtherSide}, {Side: SelfSide}} }, ""},
		{"nothing said", func(c *Case) { *c = Case{} }, ""},
		{"due the day before it was taken", func(c *Case) { c.Loan.Due = "2025-05-31" }, "loan.due"},
		{"due the day it was taken", func(c *Case) { c.Loan.Due = "2025-06-01" }, ""},
		{"taken tomorrow", func(c *Case) { c.Loan = Loan{Date: "2026-11-29"} }, "loan.date"},
		{"taken today", func(c *Case) { c.Loan = Loan{Date: "2026-11-28"} }, ""},
		{"a year mistyped", func(c *Case) { c.Loan.Date = "0205-06-01" }, "loan.date"},
		{"a due date mistyped, of a loan without a date", func(c *Case) { c.Loan = Loan{Due: "0206-02-10"} },
			"loan.due"},
		{"before the borrower was born", func(c *Case) { c.Loan = Loan{Date: "1990-03-06"} }, "loan.date"},
		{"an heir may be younger than the loan", func(c *Case) {
			c.Complainant.Kind, c.Loan = Heir, Loan{Date: "1989-03-06"}
		}, ""},
		{"before the ward was born", func(c *Case) {
			c.Complainant.Kind, c.Loan.Born = Guardian, "2025-06-02"
		}, "loan.date"},
		{"a ward born tomorrow", func(c *Case) { c.Loan = Loan{Born: "2026-11-29"} }, "loan.born"},
		{"overdue, and due next month", func(c *Case) { c.Loan.Due = "2026-12-10" }, "loan.due"},
		{"due next month, and nothing overdue", func(c *Case) { c.Loan.Due, c.Loan.Overdue = "2026-12-10", "" }, ""},
		{"settled tomorrow", func(c *Case) { c.Loan.Settled = "2026-11-29" }, "loan.settled"},
		{"settled before it was taken", func(c *Case) { c.Loan.Settled = "2025-05-31" }, "loan.settled"},
		{"a principal of nothing", func(c *Case) { c.Loan.Principal = "0.00" }, "loan.principal"},
		{"a principal below nothing", func(c *Case) { c.Loan.Principal, c.Loan.Received = "-8000", "" },
			"loan.principal"},
		{"less than nothing received", func(c *Case) { c.Loan.Received = "-1" }, "loan.received"},
		{"less than nothing overdue", func(c *Case) { c.Loan.Overdue = "-3200.50" }, "loan.overdue"},
		{"finer than a fen", func(c *Case) { c.Loan.Overdue = "3200.505" }, "loan.overdue"},
		{"more than anybody lends", func(c *Case) { c.Loan.Principal = "9999999999999" }, "loan.principal"},
		{"a sign that changes nothing", func(c *Case) { c.Loan.AnnualRate = "+23.9" }, ""},
		{"a rate below nothing", func(c *Case) { c.Loan.AnnualRate = "-23.9" }, "loan.annual_rate"},
		{"an instalment below nothing", func(c *Case) { c.Loan.Schedule = []string{"2025-07-01 -900"} },
			"loan.schedule"},
		{"a fee of nothing", func(c *Case) { c.Loan.Fees = []string{"2025-07-01 0 服务费"} }, "loan.fees"},
		{"less than nothing repaid", func(c *Case) { c.Loan.Repaid = []string{"2025-07-01 -900元"} }, "loan.repaid"},
		{"an offer of less than nothing", func(c *Case) { c.Deferral.Plan = []string{"2026-12-01 -1"} },
			"deferral.plan"},
		{"more received than lent", func(c *Case) { c.Loan.Received = "10000.01" }, "loan.received"},
		{"as much received as lent", func(c *Case) { c.Loan.Received = "10000" }, ""},
		{"a point missing in the rate", func(c *Case) { c.Loan.AnnualRate = "3600" }, "loan.annual_rate"},
		{"a private loan at ten per cent a month", func(c *Case) { c.Loan.AnnualRate = "120" }, ""},
		{"a point missing in the cost", func(c *Case) { c.Loan.ShownCost = "2390" }, "loan.shown_cost"},
		{"a point missing in the LPR", func(c *Case) { c.Loan.LPR = "345" }, "loan.lpr"},
		{"an instalment before the loan", func(c *Case) { c.Loan.Schedule = []string{"2025-05-01 900"} },
			"loan.schedule"},
		{"a fee of another century", func(c *Case) { c.Loan.Fees = []string{"0205-05-20 199 会员费"} }, "loan.fees"},
		{"repaid tomorrow", func(c *Case) { c.Loan.Repaid = []string{"2026-11-29 900"} }, "loan.repaid"},
		{"repaid before the loan", func(c *Case) { c.Loan.Repaid = []string{"2025-05-31 900"} }, "loan.repaid"},
		{"a report of tomorrow", func(c *Case) { c.Credit.Report = "2026-11-29" }, "credit.report"},
		{"filed tomorrow", func(c *Case) { c.Filings = []Filing{{Date: "2026-11-29"}} }, "filings.date"},
		{"answered before it was filed", func(c *Case) {
			c.Filings = []Filing{{Date: "2026-11-02", Answered: "2026-11-01"}}
		}, "filings.answered"},
		{"answered tomorrow", func(c *Case) {
			c.Filings = []Filing{{Date: "2026-11-02", Answered: "2026-11-29"}}
		}, "filings.answered"},
		{"born tomorrow", func(c *Case) { c.Complainant.IDNumber, c.Loan = "11010520261129123X", Loan{} },
			"complainant.id_number"},
		{"two at once, in the order of the file", func(c *Case) {
			c.Loan.Due, c.Loan.AnnualRate = "2025-05-31", "9999"
		}, "loan.due loan.annual_rate"},
	}
	for _, row := range rows {
		c := Case{Complainant: Complainant{Kind: Borrower, IDNumber: "110105199003072338"}, Loan: loan}
		row.edit(&c)
		var got []string
		for _, x := range c.Impossible("2026-11-28") {
			got = append(got, x.Key)
			if x.Found.ZH == "" || x.Found.EN == "" || x.Want.ZH == "" || x.Want.EN == "" {
				t.Errorf("%s: %s lacks words: %+v", row.name, x.Key, x)
			}
		}
		if s := strings.Join(got, " "); s != row.want {
			t.Errorf("%s: got %q, want %q", row.name, s, row.want)
		}
	}
}

// An offer to pay names days to come; today is one of them.
func TestPlanOver(t *testing.T) {
	c := Case{Deferral: Deferral{Plan: []string{"2026-11-27 500", "2026-11-28 500", "2026-12-28 500"}}}
	got := c.PlanOver("2026-11-28")
	if len(got) != 1 || got[0].Key != "deferral.plan" || !strings.Contains(got[0].Found.ZH, "2026-11-27") {
		t.Errorf("got %+v", got)
	}
}
