package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/rule"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

// deniedRows are of somebody who is asked for what they do not owe.
const deniedRows = `编号,时间,方式,方向,号码,联系到谁,材料显示的内容,证据,认为属于,是否采用,来源
T001,2026-03-02T10:15:00+08:00,短信,呼入,01058880000,本人,王小雨，您的借款10000元已逾期，请今天还清,E004,%s,是,E004:3
T002,2026-03-03T22:40:00+08:00,短信,呼入,01058880000,本人,再不还就去你单位拉横幅,E004,V06,是,E004:4
`

// People and lenders besides those of TestGoldenLetters, each in a letter or two
// as it comes of the rules: every person with two lenders, every lender with two
// people. That all pairs compose is tested in package letter.
func TestGoldenPairs(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	filing := time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing)
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording},
		{Number: "E002", Kind: evidence.Screenshot}, {Number: "E003", Kind: evidence.CallLog},
		{Number: "E004", Kind: evidence.SMSLog}, {Number: "E005", Kind: evidence.Document}}
	lenders := map[string]func(*evidence.Case){
		"bank": func(c *evidence.Case) {
			c.Platform = evidence.Party{}
			c.Lender = evidence.Party{Name: "示例银行股份有限公司", Licence: evidence.Bank, Region: "330000"}
		},
		"card": func(c *evidence.Case) {
			c.Platform, c.Loan.Kind = evidence.Party{}, evidence.CreditCard
			c.Lender = evidence.Party{Name: "示例银行股份有限公司", Licence: evidence.Bank, Region: "330000"}
		},
		"consumer-finance": func(*evidence.Case) {},
		"small-loan": func(c *evidence.Case) {
			c.Lender = evidence.Party{Name: "杭州示例小额贷款有限公司", Licence: evidence.SmallLoan, Region: "330000"}
		},
		"guarantor": func(c *evidence.Case) {
			c.Lender = evidence.Party{Name: "杭州示例小额贷款有限公司", Licence: evidence.SmallLoan, Region: "330000"}
			c.Payee = evidence.Party{Name: "示例融资担保有限公司"}
			c.Loan.Fees, c.Loan.Exhibits = []string{"2024-06-01 300 担保费", "2024-06-01 199 会员费"}, []string{"E005"}
		},
		"assignee": func(c *evidence.Case) { c.Assignee = evidence.Party{Name: "示例资产管理有限公司"} },
		"unknown":  func(c *evidence.Case) { c.Lender = evidence.Party{} },
		"car": func(c *evidence.Case) {
			c.Platform = evidence.Party{}
			c.Lender = evidence.Party{Name: "示例汽车金融有限公司", Licence: evidence.AutoFinance, Region: "330000"}
		},
		"guarantee": func(c *evidence.Case) { // nobody but who guarantees the loan is known
			c.Lender = evidence.Party{Name: "示例融资担保有限公司", Licence: evidence.Guarantee, Region: "330000"}
		},
		"house": func(c *evidence.Case) {
			c.Platform, c.Loan.Kind = evidence.Party{}, evidence.HouseLoan
			c.Lender = evidence.Party{Name: "示例银行股份有限公司", Licence: evidence.Bank, Region: "330000"}
		},
		"rent": func(c *evidence.Case) {
			c.Loan.Kind = evidence.CashByRenting
			c.Lender = evidence.Party{Name: "示例租赁有限公司", Licence: evidence.NoLicence, Region: "330000"}
		},
		"business": func(c *evidence.Case) {
			c.Platform, c.Loan.Kind = evidence.Party{}, evidence.BusinessLoan
			c.Lender = evidence.Party{Name: "示例银行股份有限公司", Licence: evidence.Bank, Region: "330000"}
		},
		// a private loan of before 20 August 2020, between the two lines of that time
		"old-private": func(c *evidence.Case) {
			c.Platform = evidence.Party{}
			c.Lender = evidence.Party{Name: "示例商务信息咨询有限公司", Licence: evidence.NoLicence, Region: "330000"}
			c.Loan = evidence.Loan{Date: "2020-03-01", Principal: "10000", Contract: "JK20200301001",
				AnnualRate: "30", Overdue: "13000", Exhibits: []string{"E005"}}
		},
		"fee-of-guarantor": func(c *evidence.Case) {
			c.Payee = evidence.Party{Name: "示例融资担保有限公司"}
			c.Loan.Fees, c.Loan.Exhibits = []string{"2024-06-01 300 担保费"}, []string{"E005"}
		},
	}
	people := map[string]func(*evidence.Case) string{ // the kind their first row is named as
		"borrower": func(c *evidence.Case) string {
			c.Statement = "对方每天发短信，我不敢开机，已经影响上班"
			c.Deferral = evidence.Deferral{Reason: "停工", Plan: []string{"2026-04-10 500", "2026-05-10 500"},
				Reduce: evidence.Yes}
			return ""
		},
		"guardian": func(c *evidence.Case) string {
			c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Guardian, "王小满", "母亲"
			c.Loan.Born, c.Consent.Loan = "2010-06-02", evidence.No
			return ""
		},
		"heir": func(c *evidence.Case) string {
			c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Heir, "王大山", "女儿"
			return ""
		},
		"theft": func(c *evidence.Case) string {
			if c.Lender.Known() { // what a report says, in one of two
				c.Credit = evidence.Credit{Report: "2026-03-20", Entry: "该账户当前逾期期数3，逾期总额3000元"}
			}
			return "V20c"
		},
		"wrong": func(*evidence.Case) string { return "V20a" },
		"confiding": func(c *evidence.Case) string {
			c.Consent.Forward, c.Consent.Confidential = evidence.No, evidence.Yes
			return ""
		},
		"settled": func(c *evidence.Case) string {
			c.Loan.Settled, c.Loan.Exhibits = "2026-02-01", []string{"E005"}
			return "V20b"
		},
	}
	seen := 0
	for _, pair := range []struct {
		who, lender string
		role        evidence.Role
	}{
		{"borrower", "card", evidence.ToLender}, {"borrower", "guarantor", evidence.ToLender},
		{"borrower", "assignee", evidence.ToRegulator}, {"borrower", "unknown", evidence.ToPlatform},
		{"guardian", "card", evidence.ToRegulator}, {"guardian", "consumer-finance", evidence.ToLender},
		{"heir", "small-loan", evidence.ToLender}, {"heir", "assignee", evidence.ToRegulator},
		{"theft", "consumer-finance", evidence.ToLender}, {"theft", "unknown", evidence.ToPlatform},
		{"settled", "bank", evidence.ToLender}, {"settled", "guarantor", evidence.ToRegulator},
		{"confiding", "consumer-finance", evidence.ToRegulator}, {"borrower", "car", evidence.ToRegulator},
		{"borrower", "rent", evidence.ToLender}, {"borrower", "business", evidence.ToRegulator},
		{"borrower", "guarantee", evidence.ToLender}, {"settled", "guarantee", evidence.ToRegulator},
		{"heir", "house", evidence.ToLender}, {"guardian", "house", evidence.ToRegulator},
		{"wrong", "bank", evidence.ToRegulator}, {"wrong", "unknown", evidence.ToPlatform},
		{"borrower", "old-private", evidence.ToLender}, {"confiding", "fee-of-guarantor", evidence.ToLender},
	} {
		c, _ := goldenCase(t, "borrower", evidence.ConsumerFinance, "示例消费金融有限公司")
		c.Filings = nil
		lenders[pair.lender](&c)
		named := people[pair.who](&c)
		rows, err := folder.ParseTimeline("timeline.csv", fmt.Appendf(nil, deniedRows, named))
		if err != nil {
			t.Fatal(err)
		}
		report := rule.Apply(c, rows, exhibits, rule.Options{Date: filing})
		afterTheLoan(t, c, rows)
		in := letter.Input{Matter: mask.Matter{Case: c, Findings: report.Findings, Exhibits: exhibits},
			Role: pair.role, Date: filing}
		switch pair.role {
		case evidence.ToRegulator:
			in.Recipient, _ = dir.Supervisor(c.Lender.Licence, "330000")
		case evidence.ToPlatform:
			in.Recipient = templates.Recipient{Slug: "platform", Kind: "platform", Code: "P",
				Name: "“示例借”平台客户服务部门"}
		default:
			in.Recipient = templates.Recipient{Slug: "lender", Kind: "lender", Code: "P", Name: c.Lender.Name}
		}
		name := "pair-" + pair.who + "-" + pair.lender
		if err := letter.Ready(in); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		at := letter.Counted{Pages: map[string]int{"E004": 8, "E005": 9}, Book: 12, List: 1}
		goldenLetter(t, name, document.Text(letter.Compose(in, at)))
		seen++
	}
	kept, err := filepath.Glob(filepath.Join("testdata", "letters", "pair-*.txt"))
	if err != nil || len(kept) != seen {
		t.Errorf("%d letters of pairs are kept, %d were written: %v", len(kept), seen, err)
	}
}
