package main

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/rule"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

func provisionsByName() map[string][]rule.Provision {
	byName := map[string][]rule.Provision{}
	for _, p := range rule.Statutes() {
		byName[p.Name] = append(byName[p.Name], p)
		if short := strings.TrimPrefix(p.Name, "中华人民共和国"); short != p.Name {
			byName[short] = append(byName[short], p)
		}
	}
	return byName
}

// What is cited outside of findings is of the table too: the letters that
// need no violation, the terms of recipients, what is printed on deadlines.
func TestEveryOtherCitation(t *testing.T) {
	byName := provisionsByName()
	inForce := func(where, text string) {
		t.Helper()
		found := printed.FindAllStringSubmatch(text, -1)
		for _, m := range found {
			citedRight(t, where, byName[m[1]], m[1], m[2])
			for _, p := range byName[m[1]] {
				if p.Until != "" {
					t.Errorf("%s: 《%s》 ended on %s", where, m[1], p.Until)
				}
			}
		}
	}
	c, _ := goldenCase(t, "borrower", evidence.Bank, "示例银行股份有限公司")
	c.Credit = evidence.Credit{Bureau: "credit-pbccrc", Report: "2026-03-01", Entry: "2026年1月逾期一次", Wrong: "当月已按期还款。"}
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	in := letter.Input{Matter: mask.Matter{Case: c}, Role: evidence.ToLender,
		Date:      time.Date(2026, 11, 24, 9, 0, 0, 0, evidence.Beijing),
		Recipient: templates.Recipient{Slug: "lender", Kind: "lender", Code: "P", Name: c.Lender.Name}}
	letters := 0
	for name, compose := range map[string]func(letter.Input) (document.Document, error){
		"deferral": letter.Deferral, "statement": letter.StatementRequest, "objection": letter.CreditObjection,
	} {
		d, err := compose(in)
		if err != nil {
			t.Fatal(err)
		}
		text := document.Text(d)
		letters += strings.Count(text, "《")
		inForce(name, text)
		for _, word := range []string{"违法", "违规", "违反"} {
			if strings.Contains(text, word) {
				t.Errorf("%s, which needs no violation, says %s", name, word)
			}
		}
	}
	if letters < 5 {
		t.Errorf("only %d rules were named", letters)
	}
	for _, term := range letter.Deadlines(in) {
		inForce("deadline", term.String())
	}
	for _, r := range dir.All() {
		for _, term := range r.Terms {
			inForce(r.Slug, term.Basis)
		}
		for _, s := range append(r.Sources, r.Notes) {
			inForce(r.Slug, s)
		}
	}
}

// The objection says of the one-time repair what the table says, and says it
// of no entry that the case does not show to be one.
func TestRepairIsTheTables(t *testing.T) {
	c, _ := goldenCase(t, "borrower", evidence.Bank, "示例银行股份有限公司")
	c.Loan.Due, c.Loan.Repaid = "2025-06-01", []string{"2026-02-10 8600 结清"}
	c.Credit = evidence.Credit{Bureau: "credit-pbccrc", Report: "2026-10-08", Entry: "逾期金额 2716 元",
		Wrong: "已结清，报告仍显示逾期"}
	in := letter.Input{Matter: mask.Matter{Case: c}, Role: evidence.ToBureau,
		Date:      time.Date(2026, 11, 24, 9, 0, 0, 0, evidence.Beijing),
		Recipient: templates.Recipient{Slug: "credit-pbccrc", Name: "中国人民银行征信中心"}}
	p := provisionsByName()["一次性信用修复政策"][0]
	for report, want := range map[string]bool{"2026-10-08": true, "2025-12-31": false} {
		in.Case.Credit.Report = report
		d, err := letter.CreditObjection(in)
		if err != nil {
			t.Fatal(err)
		}
		text := document.Text(d)
		if strings.Contains(text, p.Substance.ZH) != want || strings.Contains(text, "不再展示这一笔") != want {
			t.Errorf("report of %s:\n%s", report, text)
		}
	}
}
