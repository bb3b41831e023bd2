package phrase

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// On a phone of two lenders whoever collects and does not tell for which is in doubt;
// whoever names the case's own, its contract or its sum, or is given as its telephone, is
// not. Where no other lender has a debt collected, nobody is.
func TestLendersOf(t *testing.T) {
	sms := func(number, text string) evidence.Incident {
		return evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Number: number, Shown: text}
	}
	call := func(number string) evidence.Incident {
		return evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: number}
	}
	const silent, bank, own, friend = "17100000001", "95599", "106900001", "13900000009"
	chat := func(name, text string) evidence.Incident {
		return evidence.Incident{Kind: evidence.Message, Direction: evidence.In, Name: name, Shown: text}
	}
	stranger := func(c *evidence.Case) {
		c.Numbers = append(c.Numbers, evidence.Number{Number: "10694", Side: evidence.CollectorSide})
	}
	mine := sms(own, "【飞羽借】您的借款已逾期，应还8642.50元，请致电17100000002处理。")
	others := sms(bank, "【恒嵘银行】您尾号2207的信用卡已逾期，应还12306.77元，请尽快还款。")
	for _, x := range []struct {
		name string
		rows []evidence.Incident
		edit func(*evidence.Case)
		want bool // the first row is in doubt
	}{
		{"signs nothing, and no other lender collects", []evidence.Incident{call(silent), mine}, nil, false},
		{"signs nothing", []evidence.Incident{call(silent), mine, others}, nil, true},
		{"an account that names nobody", []evidence.Incident{chat("催收小李", "今天必须还"), mine, others}, nil, true},
		{"an account whose words name the brand in short",
			[]evidence.Incident{chat("催收小李", "我是飞羽法务部的"), mine, others}, nil, false},
		{"whose other message names the lender", []evidence.Incident{call(silent), mine, others,
			sms(silent, "沧澜小额贷款委托我们找你")}, nil, false},
		{"quotes the contract", []evidence.Incident{sms(silent, "FY20260001这一笔今天还"), mine, others}, nil, false},
		{"quotes the sum", []evidence.Incident{sms(silent, "8,642.5元今天还清"), mine, others}, nil, false},
		{"quotes the other's sum", []evidence.Incident{sms(silent, "12306.77元今天还清"), mine, others}, nil, true},
		{"a round sum is anybody's", []evidence.Incident{sms(silent, "5000元今天还清"), mine, others,
			sms(own, "【飞羽借】您的借款已逾期，应还5000元")}, nil, true},
		{"given by the lender's own message", []evidence.Incident{call("17100000002"), mine, others}, nil, false},
		{"called after the lender", []evidence.Incident{call(silent), mine, others},
			func(c *evidence.Case) { c.Numbers[0].Name = "飞羽外包" }, false},
		{"said to be this lender's", []evidence.Incident{call(silent), mine, others},
			func(c *evidence.Case) { c.Numbers[0].For = evidence.ForThis }, false},
		{"said to be another's: no act of the case", []evidence.Incident{call(silent), mine, others},
			func(c *evidence.Case) { c.Numbers[0].For = evidence.ForOther }, false},
		{"the other lender's own number, said to be the lender's", []evidence.Incident{others, mine},
			func(c *evidence.Case) {
				c.Numbers = append(c.Numbers, evidence.Number{Number: bank, Side: evidence.LenderSide})
			}, true},
		{"the platform's service line", []evidence.Incident{call(silent), mine, others},
			func(c *evidence.Case) { c.Numbers[0].Side = evidence.PlatformSide }, false},
		{"somebody else's number", []evidence.Incident{call(friend), mine, others}, nil, false},
		{"a bill that nobody collects", []evidence.Incident{call(silent), mine,
			sms(bank, "【恒嵘银行】您尾号2207的信用卡本期账单300元，到期还款日请见APP。")}, nil, false},
		{"an account, once another lender's number was parted", []evidence.Incident{chat("催收小李", "今天必须还"), mine,
			sms("10692", "【借满满】您的借款本期应还512.40元，还款日11月8日")}, func(c *evidence.Case) {
			c.Numbers = append(c.Numbers, evidence.Number{Number: "10692", Side: evidence.OtherSide,
				Name: evidence.OfOtherCase + "催收"})
		}, true},
		{"an account called after who is no known lender", []evidence.Incident{chat("好享王经理", "今晚不还就抓人"),
			mine, sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。")}, func(c *evidence.Case) {
			stranger(c)
			c.Numbers = append(c.Numbers, evidence.Number{Account: "好享王经理", Side: evidence.CollectorSide})
		}, true},
		{"marketing", []evidence.Incident{call(silent), mine,
			sms("10691", "【随心贷】您有5万元额度待领取，退订回T")}, nil, false},
		{"a name that tells no lender, and asks for a loan behind time", []evidence.Incident{
			sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。"), mine}, stranger, true},
		{"and whose other message names the case's own", []evidence.Incident{
			sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。"), mine,
			sms("10694", "【好享】受飞羽借委托，请尽快还款，已逾期")}, stranger, false},
		{"and is said to be for this lender", []evidence.Incident{
			sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。"), mine},
			func(c *evidence.Case) { stranger(c); c.Numbers[len(c.Numbers)-1].For = evidence.ForThis }, false},
		{"a silent one beside it", []evidence.Incident{call(silent), mine,
			sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。")}, stranger, false},
		{"a silent one, once it is said to be another's", []evidence.Incident{call(silent), mine,
			sms("10694", "【好享】您的借款已逾期12天，应还3311元，请尽快还款。")},
			func(c *evidence.Case) { stranger(c); c.Numbers[len(c.Numbers)-1].For = evidence.ForOther }, true},
		{"a shop's parcel", []evidence.Incident{sms("10694", "【好享】您的包裹已到驿站，逾期未取将退回。"), mine}, stranger, false},
		{"a firm that collects signs", []evidence.Incident{call(silent), mine,
			sms("10692", "【恒茂资产】您的借款已逾期，请今日还款。")}, nil, false},
		{"a court", []evidence.Incident{call(silent), mine,
			sms("12368", "【临江法院】您拖欠恒嵘银行借款一案已立案")}, nil, false},
		{"the lender of the case itself", []evidence.Incident{call(silent), mine,
			sms("10693", "【沧澜小贷】您的借款已逾期，请今日还款。")}, nil, false},
		{"nobody knows whose case it is", []evidence.Incident{call(silent), mine, others},
			func(c *evidence.Case) { c.Platform, c.Lender = evidence.Party{}, evidence.Party{} }, false},
		{"a gateway that signs both", []evidence.Incident{call(silent), mine, others,
			sms(silent, "【飞羽借】您的借款已逾期"), sms(silent, "【恒嵘银行】您的信用卡已逾期，请尽快还款")}, nil, true},
		{"a message of the gateway that is signed with the case's own", []evidence.Incident{
			sms(silent, "【飞羽借】您的借款已逾期"), mine, others, sms(silent, "【恒嵘银行】您的信用卡已逾期，请尽快还款")}, nil, false},
		{"and one that is signed with the other's: another doubt", []evidence.Incident{
			sms(silent, "【恒嵘银行】您的信用卡已逾期，请尽快还款"), sms(silent, "【飞羽借】您的借款已逾期"), mine, others}, nil, false},
	} {
		c := evidence.Case{Platform: evidence.Party{Brand: "飞羽借"}, Lender: evidence.Party{Name: "沧澜小额贷款有限公司"},
			Loan: evidence.Loan{Contract: "FY20260001"}, Numbers: []evidence.Number{
				{Number: silent, Side: evidence.CollectorSide}, {Number: "17100000002", Side: evidence.CollectorSide},
				{Account: "催收小李", Side: evidence.CollectorSide},
				{Number: own, Side: evidence.PlatformSide}, {Number: friend, Side: evidence.OtherSide}}}
		if x.edit != nil {
			x.edit(&c)
		}
		l := LendersOf(c, x.rows)
		if got := l.Doubtful(x.rows[0]); got != x.want {
			t.Errorf("%s: %v; others %v", x.name, got, l.Others)
		}
	}
	l := LendersOf(evidence.Case{Platform: evidence.Party{Brand: "飞羽借"},
		Numbers: []evidence.Number{{Number: silent, Side: evidence.CollectorSide}}}, []evidence.Incident{mine, others})
	if got := fmt.Sprint(l.Others); got != "[恒嵘银行]" {
		t.Errorf("others: %s", got)
	}
}

// Who took over the claim is named by two characters in what its collectors write.
func TestFirmCore(t *testing.T) {
	for name, want := range map[string]string{"广西盛保融资担保有限公司": "盛保", "盛保担保": "盛保", "长沙恒信法务咨询有限公司": "恒信",
		"恒诚资产管理有限公司": "恒诚", "云岭银行股份有限公司": "", "担保": "", "": ""} {
		if got := firmCore(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
