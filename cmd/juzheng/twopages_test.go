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
	"juzheng/templates/packet"
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

// twelveOthers are twelve acts, each of a kind of its own, none of which is above.
const twelveOthers = `编号,时间,方式,方向,号码,联系到谁,是否接通,秒数,是否透露欠款,材料显示的内容,证据,认为属于,是否采用,来源
T001,2026-03-02T09:30:06+08:00,短信,呼入,01058880000,同事,,,是,同事，王小雨欠我们平台一万元不还，请你转告她,E004,V01,是,E004:1
T002,2026-03-02T11:30:06+08:00,短信,呼入,01058880000,本人,,,,我是天衡律师事务所的律师，今天起诉你,E004,V08a,是,E004:2
T003,2026-03-03T12:10:07+08:00,短信,呼入,01058880000,本人,,,,法院传票已经寄出，盖了公章，明天上午开庭,E004,V09,是,E004:3
T004,2026-03-03T12:15:07+08:00,上门,呼入,,本人,,,,一人上门，不肯出示证件,E005,V11c,是,E005:1
T005,2026-03-04T10:10:00+08:00,短信,呼入,01058880000,本人,,,,债权已经转给我们，转账到这个账户就行,E004,V13a,是,E004:4
T006,2026-03-05T10:10:00+08:00,短信,呼入,01058880000,本人,,,,你的通讯录和通话记录我们都有,E004,V14,是,E004:5
T007,2026-03-05T11:10:00+08:00,短信,呼入,01058880000,本人,,,,你的资料已经移交第三方催收公司,E004,V15b,是,E004:6
T008,2026-03-06T13:10:00+08:00,短信,呼入,01058880000,本人,,,,已经把你的逾期报送征信,E004,V16a,是,E004:7
T009,2026-03-07T10:10:00+08:00,短信,呼入,01058880000,本人,,,,加我私人微信处理,E004,V18a,是,E004:8
T010,2026-03-08T10:10:00+08:00,短信,呼入,01058880000,本人,,,,样例区人民调解委员会通知你今天调解,E004,V24,是,E004:9
T011,2026-03-09T10:10:00+08:00,短信,呼入,01058880000,本人,,,,再不还就带人打断你的腿,E004,V06a,是,E004:10
T012,2026-03-10T10:10:00+08:00,短信,呼入,01058880000,本人,,,,我是样例区公安局的，马上抓人,E004,V07,是,E004:11
`

// twelveAlike are twelve acts of one kind, each with words of its own.
const twelveAlike = `编号,时间,方式,方向,号码,联系到谁,材料显示的内容,证据,认为属于,是否采用,来源
T001,2026-03-02T09:30:06+08:00,短信,呼入,01058880000,本人,今晚不还就带人去你家门口坐着，让你全家出不了门,E004,V06a,是,E004:1
T002,2026-03-03T09:30:06+08:00,短信,呼入,01058880000,本人,再拖一天就打断你的腿，你自己想清楚后果,E004,V06a,是,E004:2
T003,2026-03-04T09:30:06+08:00,短信,呼入,01058880000,本人,你儿子几点放学我们清楚得很，看好你的孩子,E004,V06a,是,E004:3
T004,2026-03-05T09:30:06+08:00,短信,呼入,01058880000,本人,明天到你单位拉横幅，让所有同事都知道你是老赖,E004,V06,是,E004:4
T005,2026-03-06T09:30:06+08:00,短信,呼入,01058880000,本人,把你的照片发到朋友圈和业主群，看你以后怎么做人,E004,V06,是,E004:5
T006,2026-03-07T09:30:06+08:00,短信,呼入,01058880000,本人,再不接电话就一直打到你关机为止，换号也没有用,E004,V06,是,E004:6
T007,2026-03-08T09:30:06+08:00,短信,呼入,01058880000,本人,不要脸的东西，欠钱不还，你全家都是骗子,E004,V06b,是,E004:7
T008,2026-03-09T09:30:06+08:00,短信,呼入,01058880000,本人,叫几个兄弟守在你家楼下，看你敢不敢出门,E004,V06a,是,E004:8
T009,2026-03-10T09:30:06+08:00,短信,呼入,01058880000,本人,往你家门上泼红油漆，让邻居都来看看,E004,V06a,是,E004:9
T010,2026-03-11T09:30:06+08:00,短信,呼入,01058880000,本人,下班路上小心点车，出了事别怪我们没有提醒,E004,V06a,是,E004:10
T011,2026-03-12T09:30:06+08:00,短信,呼入,01058880000,本人,再不还就等着收尸，最后给你一次机会,E004,V06a,是,E004:11
T012,2026-03-13T09:30:06+08:00,短信,呼入,01058880000,本人,让你在这个城市待不下去，工作也别想要了,E004,V06,是,E004:12
`

// longWords stand before what is said in each of twelve acts: messages longer than a
// letter has room for.
const longWords = "您好，您在我平台办理的借款现在已经严重逾期，我们多次联系您本人都没有得到明确的答复，" +
	"请您认真对待这件事情并且在收到本条信息以后第一时间与我们的工作人员取得联系，商量一个双方都能接受的处理办法。"

// long are twelve acts whose messages are long.
func long(rows string) string {
	for _, said := range []string{"今晚不还", "再拖一天", "你儿子几点", "明天到你单位", "把你的照片", "再不接电话", "不要脸的东西", "叫几个兄弟", "往你家门上",
		"下班路上", "再不还就等着", "让你在这个"} {
		rows = strings.Replace(rows, said, longWords+said, 1)
	}
	return rows
}

// No letter of up to twelve acts has more than two pages, its rules included,
// in the sizes of package typeset, where no fact is set smaller than 小四. Twelve acts
// of as many kinds rest on some thirty provisions: what they share is said once.
func TestTwelveActsStandOnTwoPages(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	digest := strings.Repeat("0123456789abcdef", 4)
	filing := time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing)
	exhibits := []evidence.Exhibit{{Number: "E003", Kind: evidence.CallLog}, {Number: "E004", Kind: evidence.SMSLog},
		{Number: "E005", Kind: evidence.Screenshot}}
	set := 0
	for _, l := range []struct {
		licence evidence.Licence
		lender  string
	}{{evidence.Bank, "示例银行股份有限公司"}, {evidence.ConsumerFinance, "示例消费金融有限公司"},
		{evidence.SmallLoan, "杭州示例小额贷款有限公司"}} {
		for _, letters := range []struct {
			who, acts, rows string
		}{
			{"borrower", "of eight kinds", twelveRows}, {"agent", "of eight kinds", twelveRows},
			{"borrower", "of one kind", twelveAlike}, {"agent", "of one kind", twelveAlike},
			{"borrower", "of long words", long(twelveAlike)}, {"agent", "of long words", long(twelveAlike)},
			{"contact", "of twelve kinds", twelveOthers},
			{"borrower", "of twelve kinds", twelveOthers}, {"agent", "of twelve kinds", twelveOthers},
		} {
			rows, err := folder.ParseTimeline("timeline.csv", []byte(letters.rows))
			if err != nil {
				t.Fatal(err)
			}
			c, _ := goldenCase(t, letters.who, l.licence, l.lender)
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
				at := letter.Counted{Pages: map[string]int{"E003": 7, "E004": 8, "E005": 11}, Book: 12, List: 1,
					Mandate: 1}
				doc, err := packet.Letter(in, at, nil)
				if err != nil {
					t.Fatal(err)
				}
				pages, err := typeset.Fonts(nil).Document(io.Discard, doc, at.Pages)
				if err != nil {
					t.Fatal(err)
				}
				if pages.Total > 2 {
					t.Errorf("%s against %s, to %s, acts %s: %d pages", letters.who, l.licence, role, letters.acts,
						pages.Total)
				}
				set++
			}
		}
	}
	if want := 3 * 9 * len(evidence.Roles()); set != want {
		t.Errorf("%d letters were set, want %d", set, want)
	}
}
