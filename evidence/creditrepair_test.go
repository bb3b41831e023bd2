package evidence

import "testing"

// Every condition of the one-time repair has a case that lacks it alone.
func TestOneTimeRepair(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*Case)
		want bool
	}{
		{"all of it", func(*Case) {}, true},
		{"in the person's words", func(c *Case) { c.Loan.Repaid, c.Credit.Wrong = nil, "2026年2月10日已还清" }, true},
		{"as the case has it", func(c *Case) { c.Loan.Settled, c.Loan.Repaid = "2026-02-10", nil }, true},
		{"the last day", func(c *Case) { c.Loan.Repaid = []string{"2026-03-31 8600 结清"} }, true},
		{"a day too late", func(c *Case) { c.Loan.Repaid = []string{"2026-04-01 8600 结清"} }, false},
		{"overdue before", func(c *Case) { c.Loan.Due = "2019-12-31" }, false},
		{"overdue after", func(c *Case) { c.Loan.Due = "2026-01-01" }, false},
		{"ten thousand", func(c *Case) { c.Credit.Entry = "逾期金额 10,000 元" }, true},
		{"more than that", func(c *Case) { c.Credit.Entry = "逾期金额 10,000.01 元" }, false},
		{"no sum", func(c *Case) { c.Credit.Entry = "账户状态：逾期" }, false},
		{"the sum of the case", func(c *Case) { c.Credit.Entry, c.Loan.Overdue = "账户状态：逾期", "2716" }, true},
		{"not repaid", func(c *Case) { c.Loan.Repaid, c.Credit.Wrong = nil, "金额不对" }, false},
		{"not settled", func(c *Case) { c.Loan.Repaid, c.Credit.Wrong = nil, "2026-02-10 还款，尚未结清" }, false},
		{"no report", func(c *Case) { c.Credit.Report = "" }, false},
		{"a report of before", func(c *Case) { c.Credit.Report = "2025-12-31" }, false},
		{"a report before it was repaid", func(c *Case) { c.Credit.Report = "2026-02-09" }, false},
	} {
		kase := Case{Loan: Loan{Due: "2025-06-01", Repaid: []string{"2026-02-10 8600 结清"}},
			Credit: Credit{Report: "2026-10-08", Entry: "账户状态：逾期，逾期金额 2716 元", Wrong: "已结清，仍显示逾期"}}
		c.edit(&kase)
		if _, ok := kase.OneTimeRepair(); ok != c.want {
			t.Errorf("%s: %t", c.name, ok)
		}
	}
}
