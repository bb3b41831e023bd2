package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
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

var updateGolden = flag.Bool("update-letters", false, "write the golden letters again")

// The rows of a borrower, made up: acts of either side of every change of law
// since 2024 that a letter can turn on. Only what a file shows is asserted.
const borrowerRows = `编号,时间,方式,方向,号码,联系到谁,是否接通,秒数,是否透露欠款,对方此前是否拒绝联系,本人当时能否联系上,材料显示的内容,本人陈述,证据,认为属于,是否采用,来源,核实后是否不属实
T001,2025-01-10T10:15:00+08:00,短信,呼入,01058880000,本人,,,,,,再不还，找人去你家门口坐着,,E004,V06a,是,本人,
T002,2025-12-31T15:20:00+08:00,电话,呼入,01058880000,本人,是,80,,,,我是派出所的，今天不还就来拘你,2026-01-04到派出所窗口问过，没有这个人,E001,V07,是,本人,是
T003,2026-01-02T10:30:00+08:00,电话,呼入,01058880000,本人,是,62,,,,我是派出所的，今天不还就来拘你,,E001,V07,是,本人,是
T004,2026-03-02T10:15:00+08:00,电话,呼入,01058880000,单位同事,是,95,是,,是,同事李明的聊天截图写明，对方说“王小雨欠钱不还，让他赶紧还款”,,E002,,是,本人,
T005,2026-03-03T09:20:11+08:00,电话,呼入,01058880000,本人,是,31,,,,,,E003,,,E003:4,
T006,2026-03-03T11:20:11+08:00,电话,呼入,01058880000,本人,是,32,,,,,,E003,,,E003:5,
T007,2026-03-03T13:20:11+08:00,电话,呼入,01058880000,本人,是,33,,,,,,E003,,,E003:6,
T008,2026-03-03T15:20:11+08:00,电话,呼入,01058880000,本人,是,34,,,,,,E003,,,E003:7,
T009,2026-03-04T23:14:05+08:00,电话,呼入,01058880000,本人,是,45,,,,,,E003,,,E003:8,
T010,2026-03-05T16:00:00+08:00,短信,呼入,01058880000,本人,,,,,,再不处理就要坐牢,,E004,V19,是,本人,
T011,2026-03-06,上门,,,亲友,,,是,,,,两名自称催收的人到父母家说了欠款的事,,,是,本人,
T012,2026-03-07T22:00:00+08:00,电话,呼入,01058880000,本人,是,20,,,,,,E003,,,E003:9,
`

// The rows of a workmate who was called about somebody else's debt.
const contactRows = `编号,时间,方式,方向,号码,联系到谁,是否接通,秒数,是否透露欠款,对方此前是否拒绝联系,材料显示的内容,本人陈述,证据,认为属于,是否采用,来源
T001,2026-03-02T10:15:00+08:00,短信,呼入,106900001111,本人,,,是,,【示例借】李明您好，您的朋友王小雨借款已逾期，请转告其还款,,E004,,是,E004:3
T002,2026-03-02T10:40:00+08:00,短信,呼出,106900001111,本人,,,,,请不要再联系我,,E004,V03a,是,本人
T003,2026-03-03T10:15:00+08:00,短信,呼入,106900001111,本人,,,是,是,再不转告我们就去单位找你,,E004,,是,E004:5
T004,2026-03-04T23:05:00+08:00,电话,呼入,01058880000,本人,是,40,是,是,,对方又问王小雨在哪里,E003,,是,E003:7
T005,2026-03-05T09:00:00+08:00,电话,呼入,01058880000,本人,是,15,,,,,E003,,,E003:8
`

func goldenCase(t *testing.T, who string, licence evidence.Licence, lender string) (evidence.Case,
	[]evidence.Incident) {
	t.Helper()
	c := evidence.Case{
		ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde",
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "王小雨", IDNumber: "11010519900307233X",
			Phone: "13800138000", Address: "浙江省杭州市虚构区示例路1号", Region: "330000"},
		Platform: evidence.Party{Brand: "示例借"},
		Lender:   evidence.Party{Name: lender, Licence: licence, Region: "330000"},
		Loan: evidence.Loan{Date: "2024-06-01", Principal: "10000", Contract: "JK20240601001", Due: "2025-01-05",
			Overdue: "11254.30"},
		Numbers: []evidence.Number{{Number: "01058880000", Side: evidence.CollectorSide},
			{Number: "106900001111", Side: evidence.CollectorSide}},
		Filings:  []evidence.Filing{{To: "platform", Date: "2026-03-10", Receipt: "GD2026031001", Exhibit: "E005"}},
		Consent:  evidence.Consent{Forward: evidence.Yes, Night: evidence.No},
		Requests: []string{"今后只在工作日白天与本人联系"},
	}
	rows := borrowerRows
	switch who {
	case "contact":
		c.Complainant = evidence.Complainant{Kind: evidence.Contact, Name: "李明", IDNumber: "110105199003072346",
			Phone: "13900001234", Region: "330000"}
		c.Loan, c.Filings, c.Requests = evidence.Loan{}, nil, nil
		c.Consent.Forward = evidence.No
		rows = contactRows
	case "agent":
		c.Agent = evidence.Agent{Name: "王大海", IDNumber: "110105196503072336", Phone: "13700137000", Relation: "委托人之父",
			Address: "浙江省杭州市虚构区示例路1号"}
	}
	incidents, err := folder.ParseTimeline("timeline.csv", []byte(rows))
	if err != nil {
		t.Fatal(err)
	}
	return c, incidents
}

// The letters as they come of the rules, read as prose: a borrower, a
// harassed contact and an agent, against each kind of lender, to each
// recipient. A change of one of these texts is to be read as the clerk who
// receives it would, before it is committed.
func TestGoldenLetters(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	filing := time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing)
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording},
		{Number: "E002", Kind: evidence.Screenshot}, {Number: "E003", Kind: evidence.CallLog},
		{Number: "E004", Kind: evidence.SMSLog}, {Number: "E005", Kind: evidence.Screenshot},
		{Number: "E006", Kind: evidence.Document}}
	seen := map[string]bool{}
	for _, who := range []string{"borrower", "contact", "agent"} {
		for _, l := range []struct {
			name    string
			licence evidence.Licence
			lender  string
		}{
			{"bank", evidence.Bank, "示例银行股份有限公司"}, {"consumer-finance", evidence.ConsumerFinance, "示例消费金融有限公司"},
			{"small-loan", evidence.SmallLoan, "杭州示例小额贷款有限公司"}, {"facilitation", evidence.Bank, "示例银行股份有限公司"},
		} {
			c, rows := goldenCase(t, who, l.licence, l.lender)
			switch l.name {
			case "bank": // its own loan, in its own app
				c.Platform = evidence.Party{}
				for n := range c.Filings {
					c.Filings[n].To = "lender"
				}
			case "facilitation": // a platform that only brings bank and borrower together
				c.Platform = evidence.Party{Name: "示例网络科技有限公司", Brand: "示例借", CreditCode: "91330100MA00000000",
					Phone: "4000000000"}
				if who != "contact" {
					// a loan of the new rule on such platforms, and no act before it
					rows[0].Time.At = time.Date(2025, 12, 10, 10, 15, 0, 0, evidence.Beijing)
					c.Agency = evidence.Party{Name: "示例信息咨询有限公司"}
					c.Loan = evidence.Loan{Date: "2025-11-01", Principal: "10000", Contract: "JK20251101001",
						Due: "2026-02-01", Overdue: "5500", Exhibits: []string{"E006"},
						Schedule: []string{"2025-12-01 2800", "2026-01-01 2800", "2026-02-01 2800", "2026-03-01 2800"},
						Fees:     []string{"2025-11-01 300 担保费"}}
				}
			}
			report := rule.Apply(c, rows, exhibits, rule.Options{Date: filing})
			afterTheLoan(t, c, rows)
			for _, role := range []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToAssociation,
				evidence.ToRegulator} {
				if who == "agent" && role != evidence.ToRegulator && role != evidence.ToLender || l.name == "bank" &&
					role == evidence.ToPlatform {
					continue // an agent's differ in two lines; a bank's own loan has no platform
				}
				in := letter.Input{Matter: mask.Matter{Case: c, Findings: report.Findings, Exhibits: exhibits},
					Role: role, Date: filing}
				at := letter.Counted{Pages: map[string]int{"E001": 5, "E002": 6, "E003": 7, "E004": 8, "E005": 9,
					"E006": 10},
					Book: 12, List: 1, Mandate: 1}
				switch role {
				case evidence.ToAssociation:
					in.Recipient, _ = dir.Lookup("nifa")
				case evidence.ToRegulator:
					in.Recipient, _ = dir.Supervisor(l.licence, "330000")
				case evidence.ToPlatform:
					in.Recipient = templates.Recipient{Slug: "platform", Kind: "platform", Code: "P",
						Name: "“示例借”平台客户服务部门"}
				default:
					in.Recipient = templates.Recipient{Slug: "lender", Kind: "lender", Code: "P", Name: l.lender}
				}
				name := strings.Join([]string{who, l.name, string(role)}, "-")
				if err := letter.Ready(in); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				seen[name+".txt"] = true
				goldenLetter(t, name, document.Text(letter.Compose(in, at)))
			}
		}
	}
	kept, err := os.ReadDir(filepath.Join("testdata", "letters"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range kept {
		if !seen[f.Name()] && !strings.HasPrefix(f.Name(), "pair-") { // those are of TestGoldenPairs
			t.Errorf("testdata/letters/%s is no letter of these cases", f.Name())
		}
	}
}

// afterTheLoan holds a case to what a clerk looks at first: that nobody collected a
// loan before it was made.
func afterTheLoan(t *testing.T, c evidence.Case, rows []evidence.Incident) {
	t.Helper()
	for _, i := range rows {
		if day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly); day < c.Loan.Date {
			t.Errorf("%s of %s lies before the loan of %s", i.ID, day, c.Loan.Date)
		}
	}
}

func goldenLetter(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "letters", name+".txt")
	if *updateGolden {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; -update-letters writes it again, and the difference is to be read\ngot:\n%s", path, got)
	}
}
