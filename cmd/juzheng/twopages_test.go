package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/rule"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/typeset"
)

// twelveRows are twelve acts of eight kinds, most of them with words to quote.
const twelveRows = `编号,时间,方式,方向,号码,联系到谁,是否接通,秒数,材料显示的内容,证据,认为属于,是否采用,来源
T001,2026-03-02T09:30:06+08:00,电话,呼入,01058880000,本人,是,20,,E003,,是,E003:1
T002,2026-03-02T11:30:06+08:00,电话,呼入,01058880000,本人,是,35,,E003,,是,E003:2
T003,2026-03-02T14:30:06+08:00,电话,呼入,01058880000,本人,是,30,,E003,,是,E003:3
T004,2026-03-02T16:30:06+08:00,电话,呼入,01058880000,本人,是,40,,E003,,是,E003:4
T005,2026-03-02T22:36:06+08:00,电话,呼入,01058880000,本人,是,40,,E003,,是,E003:5
T006,2026-03-03T12:10:07+08:00,短信,呼入,01058880000,本人,,,今晚不还就带人去你家门口，打断你的腿,E004,V06a,是,E004:1
T007,2026-03-03T12:15:07+08:00,短信,呼入,01058880000,本人,,,不要脸的老赖，欠钱不还,E004,V06b,是,E004:2
T008,2026-03-04T10:10:00+08:00,短信,呼入,01058880000,本人,,,我是样例区公安局经侦支队的，今天不处理就立案抓人,E004,V07,是,E004:3
T009,2026-03-05T10:10:00+08:00,短信,呼入,01058880000,本人,,,你这个情况要坐牢的，已经列入全国黑名单,E004,V19,是,E004:4
T010,2026-03-06T23:10:00+08:00,短信,呼入,01058880000,本人,,,请尽快还款,E004,,是,E004:5
T011,2026-03-07T10:10:00+08:00,短信,呼入,01058880000,本人,,,加我私人微信说，另付催收服务费500元,E004,V22b V18a,是,E004:6
T012,2026-03-08T10:10:00+08:00,短信,呼入,01058880000,本人,,,你先去别的平台借一笔还上,E004,V17,是,E004:7
`

// No letter of up to twelve acts has more than two pages, its rules included,
// in the sizes of package typeset, where no letter is smaller than 小四.
func TestTwelveActsStandOnTwoPages(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := folder.ParseTimeline("timeline.csv", []byte(twelveRows))
	if err != nil {
		t.Fatal(err)
	}
	digest := strings.Repeat("0123456789abcdef", 4)
	filing := time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing)
	exhibits := []evidence.Exhibit{{Number: "E003", Kind: evidence.CallLog}, {Number: "E004", Kind: evidence.SMSLog}}
	for _, l := range []struct {
		licence evidence.Licence
		lender  string
	}{{evidence.Bank, "示例银行股份有限公司"}, {evidence.ConsumerFinance, "示例消费金融有限公司"},
		{evidence.SmallLoan, "杭州示例小额贷款有限公司"}} {
		for _, who := range []string{"borrower", "agent"} {
			c, _ := goldenCase(t, who, l.licence, l.lender)
			report := rule.Apply(c, rows, exhibits, rule.Options{Date: filing})
			for _, role := range evidence.Roles() {
				in := letter.Input{Matter: mask.Matter{Case: c, Findings: report.Findings, Exhibits: exhibits},
					Role: role, Date: filing, Seal: letter.Seal{Root: digest, SM3: digest, Files: 12, Bytes: 123456}}
				switch role {
				case evidence.ToAssociation:
					in.Recipient, _ = dir.Lookup("nifa")
				case evidence.ToRegulator, evidence.ToForward:
					in.Recipient, _ = dir.Supervisor(l.licence, "330000")
				case evidence.ToPlatform:
					in.Recipient = templates.Recipient{Slug: "platform", Code: "P", Name: "“示例借”平台客户服务部门"}
				default:
					in.Recipient = templates.Recipient{Slug: "lender", Code: "P", Name: l.lender}
				}
				at := letter.Counted{Pages: map[string]int{"E003": 7, "E004": 8}, Book: 12, List: 1, Mandate: 1}
				pages, err := typeset.Document(io.Discard, letter.Compose(in, at), at.Pages)
				if err != nil {
					t.Fatal(err)
				}
				if pages.Total > 2 {
					t.Errorf("%s against %s, to %s: %d pages", who, l.licence, role, pages.Total)
				}
			}
		}
	}
}
