package ask

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// What files say of a case is suggested with its place; where they say two
// things nothing is, and what the case has is left alone.
func TestSuggest(t *testing.T) {
	contract := Paper{Exhibit: "E001", Page: 1, Text: "借款合同\n贷款人：示例消费金融有限公司\n借款人：林晓安\n合同编号：JR-2026-1\n" +
		"借款本金人民币8,000.00元"}
	own := device.Device{Name: "我的手机", OwnNumber: "19900000001"}
	mothers := device.Device{Name: "妈妈手机", OwnNumber: "19900000002", Doubtful: true}
	message := func(id, name string) evidence.Incident {
		return evidence.Incident{ID: id, Kind: evidence.SMS, Direction: evidence.In, Number: "1069000000" + id[1:],
			Shown: "【" + name + "】您的借款已逾期，请立即还款", Source: "sms:1"}
	}
	overdue := func(at, days string) evidence.Incident {
		i := message("T1", "极融")
		i.Shown = "【极融】您的借款已逾期" + days + "天，请尽快还款"
		i.Time.At, _ = time.ParseInLocation(time.DateTime, at, evidence.Beijing)
		return i
	}
	// as forms are printed: sides with what they are called, and sums in capitals
	printed := Paper{Exhibit: "E152", Page: 1, Text: "个人消费借款合同\n甲方（出借人）：示例消费金融有限公司\n客服电话：4008001234\n" +
		"乙方（借款人）：林晓安\n证件号码：99010219910815003X\n联系电话：158 1234 0066\n借款平台：鹿角分期\n" +
		"借款本金：人民币陆仟元整（¥6,000.00）\n借款期限：2026年5月31日至2026年8月31日\n" +
		"紧急联系人：陈静怡 18655550002\n联系电话：13655550001\n"}
	calls := Paper{Exhibit: "E160", Page: 1, Text: "中国移动通信客户语音详单\n客户姓名：孟小禾 手机号码：19900000005 起止日期：2026-11-01 " +
		"至 2026-11-21\n起始时间 通信方式 对方号码 通信时长\n2026-11-03 22:41:12 被叫 19900000311 1分34秒\n"}
	fathers := calls
	fathers.Exhibit, fathers.Text = "E161", strings.NewReplacer("孟小禾", "孟广顺", "0005", "0006").Replace(calls.Text)
	fathersPhone := device.Device{Name: "爸爸", Exhibits: []string{"E161"}, Owner: evidence.ReachedFamily}
	flat := []Paper{{Exhibit: "E170", Page: 1, Text: "房屋租赁合同\n合同编号：ZL-2026-0815\n甲方（出租人）：王小明\n签订日期：2026年2月20日\n"},
		{Exhibit: "E170", Page: 2, Text: "押金：借款金额：3000元\n"}}
	paid := []Paper{{Exhibit: "E171", Text: "贷款结清证明\n贷款人：海川消费金融有限公司\n贷款本金：5000元\n合同编号：OLD-1\n"}}
	mortgage := []Paper{{Exhibit: "E172", Text: "个人住房（房屋）抵押借款合同\n贷款人：示例银行股份有限公司\n借款金额：500000元\n"}}
	instalments := printed
	instalments.Text += "乙方按月还款，共3期。\n"
	// as a photograph of a form is read
	scanned := Paper{Exhibit: "E173", Page: 1, Text: "借款合同\n贷款人:示例消费金融有限公司\n借款人:林晓安身份证号: 9901021991\n" +
		"助贷平台:杭州示例科技有限公司(极融App)\n借款金额:人民币8000元\n"}
	wifes := device.Device{Name: "老婆", Exhibits: []string{"E180"}, Owner: evidence.ReachedFamily}
	hers := message("T1", "别家")
	hers.Source, hers.Exhibits = "E180:1", []string{"E180"}
	for _, c := range []struct {
		name   string
		record Record
		kind   Kind
		value  string
		among  int
	}{
		{"borrower", Record{Papers: []Paper{contract}}, Name, "林晓安", 0},
		{"two fields on a line", Record{Papers: []Paper{scanned}}, Name, "林晓安", 0},
		{"the app behind its company", Record{Papers: []Paper{scanned}}, Brand, "极融", 0},
		{"the company of the app", Record{Papers: []Paper{scanned}}, Company, "杭州示例科技有限公司", 0},
		{"no company", Record{Papers: []Paper{printed}}, Company, "", 0},
		{"an app and another's message", Record{Papers: []Paper{scanned},
			Incidents: []evidence.Incident{message("T1", "别家")}}, Brand, "", 2},
		{"a message on the wife's phone", Record{Papers: []Paper{scanned}, Devices: []device.Device{wifes},
			Incidents: []evidence.Incident{hers}}, Brand, "极融", 0},
		{"two borrowers", Record{Papers: []Paper{contract, {Exhibit: "E002", Text: "借款人：王小明\n"}}}, Name, "", 0},
		{"a form with a blank", Record{Papers: []Paper{{Exhibit: "E002", Text: "借款人：________（签名）\n"}}}, Name, "", 0},
		{"somebody else complains", Record{Papers: []Paper{contract},
			Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Contact}}}, Name, "", 0},
		{"known", Record{Papers: []Paper{contract},
			Case: evidence.Case{Complainant: evidence.Complainant{Name: "王小明"}}}, Name, "", 0},
		{"own number", Record{Devices: []device.Device{own, mothers}}, OwnNumber, "19900000001", 0},
		{"a phone of nobody knows whom", Record{Devices: []device.Device{mothers}}, OwnNumber, "", 0},
		{"two numbers", Record{Devices: []device.Device{own, {Name: "b", OwnNumber: "19900000003"}}}, OwnNumber, "", 0},
		{"brand", Record{Incidents: []evidence.Incident{message("T1", "极融")}}, Brand, "极融", 0},
		{"two brands", Record{Incidents: []evidence.Incident{message("T1", "极融"), message("T2", "快米")}}, Brand, "", 2},
		{"lender", Record{Papers: []Paper{contract}}, Lender, "示例消费金融有限公司", 0},
		{"licence by a lender that is only suggested", Record{Papers: []Paper{contract}}, Licence,
			string(evidence.ConsumerFinance), 0},
		{"number of the contract", Record{Papers: []Paper{contract}}, Contract, "JR-2026-1", 0},
		{"sum", Record{Papers: []Paper{contract}}, Principal, "8000", 0},
		{"a side called the borrower", Record{Papers: []Paper{printed}}, Name, "林晓安", 0},
		{"the lender of such a form", Record{Papers: []Paper{printed}}, Lender, "示例消费金融有限公司", 0},
		{"the borrower's number", Record{Papers: []Paper{printed}}, OwnNumber, "15812340066", 0},
		{"the phone's own number goes before", Record{Papers: []Paper{printed}, Devices: []device.Device{own}}, OwnNumber,
			"19900000001", 0},
		{"the lender's number alone", Record{Papers: []Paper{{Exhibit: "E1", Text: "借款人：林晓安\n贷款人：某某公司\n" +
			"联系电话：15812340066\n"}}}, OwnNumber, "", 0},
		{"the platform by the contract", Record{Papers: []Paper{printed}}, Brand, "鹿角分期", 0},
		{"another platform by messages", Record{Papers: []Paper{printed},
			Incidents: []evidence.Incident{message("T1", "极融")}}, Brand, "", 2},
		{"sum in capitals", Record{Papers: []Paper{printed}}, Principal, "6000", 0},
		{"capitals and figures differ", Record{Papers: []Paper{{Exhibit: "E1",
			Text: "借款本金：人民币陆仟元整\n借款金额：8000元\n"}}}, Principal, "", 0},
		{"the sign of the yuan alone", Record{Papers: []Paper{{Exhibit: "E1", Text: "借款金额：￥12,500.50\n"}}}, Principal,
			"12500.50", 0},
		{"the day on which all is due", Record{Papers: []Paper{printed}}, Due, "2026-08-31", 0},
		{"by instalments no day says which was not paid", Record{Papers: []Paper{instalments}}, Due, "", 0},
		{"the contract of a flat", Record{Papers: flat}, Contract, "", 0},
		{"the day of that contract", Record{Papers: flat}, LoanDate, "", 0},
		{"its second page", Record{Papers: flat}, Principal, "", 0},
		{"a loan that was paid off", Record{Papers: paid}, Lender, "", 0},
		{"what was lent then", Record{Papers: paid}, Principal, "", 0},
		{"the contract beside them", Record{Papers: append(append(flat, paid...), contract)}, Contract, "JR-2026-1", 0},
		{"a loan for a house", Record{Papers: mortgage}, Lender, "示例银行股份有限公司", 0},
		{"counted back by a message", Record{Incidents: []evidence.Incident{overdue("2026-11-02 09:10:00", "41")}}, Due,
			"2026-09-22", 0},
		{"messages that agree", Record{Incidents: []evidence.Incident{overdue("2026-11-02 09:10:00", "41"),
			overdue("2026-11-12 20:10:00", "51")}}, Due, "2026-09-22", 0},
		{"messages of two instalments", Record{Incidents: []evidence.Incident{overdue("2026-11-02 09:10:00", "41"),
			overdue("2026-11-12 09:10:00", "20")}}, Due, "", 0},
		{"the contract goes before", Record{Papers: []Paper{printed},
			Incidents: []evidence.Incident{overdue("2026-11-02 09:10:00", "41")}}, Due, "2026-08-31", 0},
		{"the days of a carrier's list are no loan's", Record{Papers: []Paper{calls}}, Due, "", 0},
		{"the days of any other paper", Record{Papers: []Paper{{Exhibit: "E1",
			Text: "统计期：2026-11-01 至 2026-11-21\n"}}}, Due, "", 0},
		{"whose line it is", Record{Papers: []Paper{calls}}, Name, "孟小禾", 0},
		{"the number of the line", Record{Papers: []Paper{calls}}, OwnNumber, "19900000005", 0},
		{"two lines", Record{Papers: []Paper{calls, fathers}}, Name, "", 0},
		{"the father's line is not read", Record{Papers: []Paper{calls, fathers},
			Devices: []device.Device{fathersPhone}}, OwnNumber, "19900000005", 0},
		{"who is contacted has no line of the borrower's", Record{Papers: []Paper{calls},
			Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Contact}}}, Name, "", 0},
		{"nothing is read of it", Record{Papers: []Paper{contract}}, Overdue, "", 0},
	} {
		found := false
		for _, s := range Suggest(c.record) {
			if s.Kind != c.kind {
				continue
			}
			found = true
			if s.Value != c.value || len(s.Among) != c.among || (s.Value == "") != (s.Source.ZH == "") ||
				(s.Source.ZH == "") != (s.Source.EN == "") {
				t.Errorf("%s: %+v", c.name, s)
			}
			if p := c.record.Papers; s.Value != "" && len(p) == 1 && p[0].Page == 1 && !strings.Contains(s.Source.ZH, " 第1页：") &&
				s.Kind != Licence && len(c.record.Devices) == 0 {
				t.Errorf("%s: read %q", c.name, s.Source.ZH)
			}
		}
		if !found {
			t.Errorf("%s: %s is not on the sheet", c.name, c.kind)
		}
	}
}

// Every fact of the sheet has a name, can be written and taken out, and refuses
// what it cannot be.
func TestCorrect(t *testing.T) {
	good := map[Kind]string{Name: "林晓安", OwnNumber: "199 0000 0001", Address: "浙江省杭州市某某路1号", Brand: "极融",
		Lender: "示例消费金融有限公司", Licence: "bank", Region: "浙江", Agency: "示例催收有限公司",
		Assignee: "示例资产有限公司", Loan: "card",
		Contract: "JR-2026-1", LoanDate: "2026-06-01", Principal: "8,000元", Rate: "23.9%", Due: "2026-09-01",
		Overdue: "2716", Company: "示例极融信息技术有限公司", PlatformAddress: "浙江省杭州市某某路2号",
		LenderAddress: "浙江省杭州市某某路3号", CreditCode: "91350100M000100Y43"}
	bad := map[Kind]string{Name: "7", OwnNumber: "12", Address: "1", Brand: "1", Lender: "甲", Licence: "pawnshop",
		Region: "某省", Agency: "1", Assignee: "1", Loan: "x", Contract: "1", LoanDate: "2026年6月", Principal: "很多", Rate: "高",
		Due: "2026-02-30", Overdue: "-1", Company: "甲", PlatformAddress: "1", LenderAddress: "1",
		CreditCode: "91350100M000100Y44"}
	for _, f := range sheet() {
		if FactTitle(f.kind).ZH == "" || FactTitle(f.kind).EN == "" {
			t.Errorf("%s has no name", f.kind)
		}
		edits, wanted := Correct(f.kind, good[f.kind])
		if len(edits) != 1 || edits[0].Key != f.key || edits[0].Value == "" || wanted.ZH != "" {
			t.Errorf("%s=%q: %v, wanted %v", f.kind, good[f.kind], edits, wanted)
		}
		if edits, wanted = Correct(f.kind, ""); len(edits) != 1 || edits[0].Value != "" || wanted.ZH != "" {
			t.Errorf("%s is not taken out: %v %v", f.kind, edits, wanted)
		}
		if edits, wanted = Correct(f.kind, bad[f.kind]); edits != nil || wanted.ZH == "" || wanted.EN == "" {
			t.Errorf("%s=%q: %v, wanted %v", f.kind, bad[f.kind], edits, wanted)
		}
		if words := FactWords(f.kind, edits0(f.kind, good[f.kind])); words.ZH == "" || words.EN == "" {
			t.Errorf("%s has no words", f.kind)
		}
	}
	if _, wanted := Correct(Words, "x"); wanted.ZH == "" {
		t.Error("what is no fact is taken")
	}
}

func edits0(k Kind, value string) string {
	edits, _ := Correct(k, value)
	return edits[0].Value
}

// A sum that was typed with its unit is said with it once.
func TestFactWordsSayUnitsOnce(t *testing.T) {
	for value, want := range map[string]string{"6,000元": "6,000元", "6000": "6000元"} {
		if got := FactWords(Principal, value).ZH; got != want {
			t.Errorf("%s: %s", value, got)
		}
	}
}
