package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// What the person is told beside the findings goes with its fact.
func TestRemarksGoWithTheirFacts(t *testing.T) {
	guardian := func(born string) func(*evidence.Case) {
		return func(c *evidence.Case) {
			c.Complainant.Kind, c.Loan.Born, c.Loan.Date = evidence.Guardian, born, "2026-06-01"
		}
	}
	assigned := func(c *evidence.Case) { c.Assignee.Name = "样例资产管理有限公司" }
	for _, c := range []struct {
		name    string
		kase    func(*evidence.Case)
		claim   evidence.Breach
		edit    func(*evidence.Incident)
		says    string
		has     bool
		english string
	}{
		{"an act before the loan", lent("2026-09-02"), "V06", nil, "早于借款日期 2026-09-02", true, "lies before the day"},
		{"an act on its day", lent("2026-09-01"), "V06", nil, "早于借款日期", false, ""},
		{"no day of the loan", lent(""), "V06", nil, "早于借款日期", false, ""},
		{"the person's own call", lent("2026-09-02"), "V06", func(i *evidence.Incident) { i.Direction = evidence.Out },
			"早于借款日期", false, ""},
		{"a contact knows no loan", func(c *evidence.Case) { asContact(c); c.Loan.Date = "2026-09-02" }, "V06", nil,
			"早于借款日期", false, ""},
		{"an earlier debit of a card", func(c *evidence.Case) {
			lent("2026-09-02")(c)
			c.Loan.Kind = evidence.CreditCard
		}, "V06", nil, "早于借款日期", false, ""},
		{"an assignee", assigned, "V06", nil, "您收到过转让通知吗", true, "did you get a notice"},
		{"an assignee, and no notice", assigned, "V13a", nil, "您收到过转让通知吗", false, ""},
		{"no assignee", func(*evidence.Case) {}, "V06", nil, "您收到过转让通知吗", false, ""},
		{"sixteen", guardian("2010-06-01"), "V06", nil, "已满十六周岁", true, "sixteen or older"},
		{"not sixteen yet", guardian("2010-06-02"), "V06", nil, "已满十六周岁", false, ""},
		{"of age", guardian("2008-06-01"), "V06", nil, "已满十六周岁", false, ""},
		{"no day of birth", guardian(""), "V06", nil, "已满十六周岁", false, ""},
	} {
		kase := testCase()
		c.kase(&kase)
		i := row(day, shown, claims(c.claim))
		if c.edit != nil {
			c.edit(&i)
		}
		var zh, en string
		for _, m := range Apply(kase, []evidence.Incident{i}, nil, Options{Date: filing}).Remarks {
			zh, en = zh+m.ZH+"\n", en+m.EN+"\n"
		}
		if strings.Contains(zh, c.says) != c.has || !strings.Contains(en, c.english) {
			t.Errorf("%s: %q is told: %t\n%s%s", c.name, c.says, !c.has, zh, en)
		}
		if c.has && c.says == "早于借款日期 2026-09-02" && !strings.Contains(zh, i.ID+"（timeline.csv:") {
			t.Errorf("%s: the row is not named:\n%s", c.name, zh)
		}
	}
}

// A message too long to be looked through to its end is named: nobody shall think that
// the program read all of it.
func TestLongMessageIsNamed(t *testing.T) {
	for n, want := range map[int]bool{phrase.MostSearched: false, phrase.MostSearched + 1: true} {
		i := evidence.Incident{ID: "T001", Kind: evidence.SMS, Direction: evidence.In, Use: evidence.Yes,
			Reached: evidence.ReachedSelf, Shown: strings.Repeat("好", n)}
		r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
		got := slices.ContainsFunc(r.Remarks, func(m evidence.Advice) bool { return strings.Contains(m.ZH, "T001 很长") })
		if got != want {
			t.Errorf("of %d characters named: %v", n, got)
		}
	}
}

// A number that nobody has named is told of where it calls as a collector would: more
// often a day than is usual, or in the night. A hidden number, an own call and a message
// are not counted.
func TestUnknownNumbersAreTold(t *testing.T) {
	from := func(number string) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Number = number }
	}
	const number = "057100000177"
	wrote := func(number, words string) evidence.Incident {
		return row("2026-09-01 12:00:00", from(number), func(i *evidence.Incident) {
			i.Kind, i.Answered, i.Seconds, i.Shown = evidence.SMS, evidence.Unknown, -1, words
		})
	}
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		says string // nothing: it is not told
	}{
		{"four a day", calls("2026-09-01", 4, from(number)), "号码 " + number + " 打来 4 次（一天最多 4 次，夜间 0 次）"},
		{"three a day", calls("2026-09-01", 3, from(number)), ""},
		{"one in the night", []evidence.Incident{row("2026-09-01 23:10:00", from(number))},
			"号码 " + number + " 打来 1 次（一天最多 1 次，夜间 1 次）"},
		{"no number", calls("2026-09-01", 4, from("")), ""},
		{"a number part of which is hidden", calls("2026-09-01", 4, from("0571****0177")), ""},
		{"own calls", calls("2026-09-01", 4, from(number), outgoing), ""},
		{"messages", calls("2026-09-01", 4, from(number), kindIs(evidence.SMS)), ""},
		{"the collector's", calls("2026-09-01", 4), ""},
		{"a courier's", append(calls("2026-09-01", 4, from("95338")), wrote("95338", "【顺丰速运】您的快件已到菜鸟驿站")), ""},
		{"a bank's that presses", append(calls("2026-09-01", 4, from("95338")), wrote("95338", "您已逾期，请今日还款")),
			"号码 95338 打来 4 次"},
	} {
		told := ""
		for _, m := range Apply(testCase(), c.rows, nil, Options{Date: filing}).Remarks {
			if strings.Contains(m.ZH, "还没有说是谁的") {
				told += m.ZH
			}
		}
		if !strings.HasPrefix(told, c.says) || (told == "") != (c.says == "") {
			t.Errorf("%s: told %q, want %q", c.name, told, c.says)
		}
	}
}
