package evidence

import (
	"strings"
	"testing"
	"time"
)

// How a debt stands goes by the day in Beijing: on its day it is due, on the next it is
// overdue by one.
func TestDebtStage(t *testing.T) {
	at := time.Date(2026, 11, 30, 0, 30, 0, 0, Beijing) // the 29th in UTC
	for _, c := range []struct {
		due     string
		settled bool
		want    DebtStage
		days    int
		words   string
	}{
		{"2026-11-29", false, DebtOverdue, 1, "已逾期 1 天"}, {"2026-11-30", false, DebtSoon, 0, "今天到期"},
		{"2026-12-03", false, DebtSoon, 3, "还有 3 天到期"}, {"2026-12-04", false, DebtLater, 4, "还有 4 天"},
		{"2025-11-30", false, DebtOverdue, 365, "已逾期 365 天"}, {"", false, DebtOpen, 0, "没有写到期日"},
		{"2026-11-01", true, DebtSettled, 0, "已还清"},
	} {
		stage, days := Debt{Due: c.due, Settled: c.settled}.Stage(at)
		if words := stageText(stage, days).ZH; stage != c.want || days != c.days || words != c.words {
			t.Errorf("%s: %s %d %s", c.due, stage, days, words)
		}
	}
}

// The month's sum stands beside 30 % of the income, at and on both sides of it; nothing
// is said that is not known.
func TestBurden(t *testing.T) {
	own := Debt{Own: true, Lender: "甲", Contract: "JR-1", Monthly: "1200"}
	for _, c := range []struct {
		name   string
		debts  []Debt
		income string
		want   string
	}{
		{"below", []Debt{own}, "8000", "每月应还共 1200 元，还给 1 家，是每月收入 8000 元的 15.0%，不高于收入的 30%（2400 元）。"},
		{"at the limit", []Debt{own, {Lender: "乙", Monthly: "1200"}}, "8000",
			"每月应还共 2400 元，还给 2 家，是每月收入 8000 元的 30.0%，不高于收入的 30%（2400 元）。"},
		{"a fen above", []Debt{own, {Lender: "乙", Monthly: "1200.01"}}, "8000",
			"每月应还共 2400.01 元，还给 2 家，是每月收入 8000 元的 30.0%，高于收入的 30%（2400 元）。"},
		{"no income", []Debt{own}, "", "每月应还共 1200 元，还给 1 家；没有写每月收入，算不出占多少。"},
		{"an income of nothing", []Debt{own}, "0", "每月应还共 1200 元，还给 1 家；没有写每月收入，算不出占多少。"},
		{"nothing said", []Debt{{Lender: "乙"}}, "8000", "没有写每月应还多少，算不出每月要还的数。"},
		{"one not said", []Debt{own, {Lender: "乙"}}, "8000", "（2400 元）；另有 1 笔没有写每月应还，没有算进去。"},
		{"paid off", []Debt{own, {Lender: "乙", Monthly: "900", Settled: true}}, "8000", "每月应还共 1200 元，还给 1 家"},
		{"the case's own once more", []Debt{own, {Lender: "别名", Contract: "JR-1", Monthly: "1200"}}, "8000",
			"每月应还共 1200 元，还给 1 家"},
		{"two contracts with one lender", []Debt{own, {Lender: "甲", Contract: "JR-2", Monthly: "100"}}, "8000",
			"每月应还共 1300 元，还给 1 家"},
	} {
		if got := BurdenOf(c.debts, c.income).Text(); !strings.Contains(got.ZH, c.want) || got.EN == "" {
			t.Errorf("%s: %s, want %s", c.name, got.ZH, c.want)
		}
	}
}

// The loan of the case is a debt of its own: by what is said, or by the instalment that
// comes next.
func TestDebtOfCase(t *testing.T) {
	today := time.Date(2026, 11, 30, 12, 0, 0, 0, Beijing)
	c := Case{Lender: Party{Name: "甲"}, Loan: Loan{Contract: "JR-1",
		Schedule: []string{"2026-12-01 720.50", "2026-11-01 720.50", "2027-01-01 700"}}}
	if d, ok := c.Debt(today); !ok || d.Due != "2026-12-01" || d.Monthly != "720.50" || !d.Own || d.Lender != "甲" {
		t.Errorf("%+v, %v", d, ok)
	}
	c.Loan.Due, c.Loan.Monthly = "2026-09-01", "800"
	if d, _ := c.Debt(today); d.Due != "2026-09-01" || d.Monthly != "800" {
		t.Errorf("%+v", d)
	}
	if _, ok := (Case{}).Debt(today); ok {
		t.Error("a case without a loan has a debt")
	}
}
