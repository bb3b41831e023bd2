package device_test

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// TestCallers offers whose numbers may be, and nothing that no file says.
func TestCallers(t *testing.T) {
	var c evidence.Case
	c.Platform.Brand = "极融"
	c.Numbers = []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide},
		{Account: "妈妈", Side: evidence.OtherSide}}
	call := func(number, name string) evidence.Incident {
		return evidence.Incident{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Number: number, Name: name,
			Source: "E001:2"}
	}
	sms := func(number, words string) evidence.Incident {
		return evidence.Incident{ID: "T002", Kind: evidence.SMS, Direction: evidence.In, Number: number, Shown: words,
			Source: "E002:3"}
	}
	for _, x := range []struct {
		name   string
		rows   []evidence.Incident
		listed []device.Listed
		want   string // who, side and quote
	}{
		{"a contact called so", []evidence.Incident{call("19900000666", "催收李经理")}, nil,
			"19900000666 collector 催收李经理"},
		{"a courier", []evidence.Incident{call("19900000555", "快递")}, nil, ""},
		{"the own lawyer", []evidence.Incident{call("19900000555", "反催收互助")}, nil, ""},
		{"a number that was named", []evidence.Incident{call("19900000311", "催收")}, nil, ""},
		{"a masked number", []evidence.Incident{call("199****0666", "催收")}, nil, ""},
		{"a message that names an agency",
			[]evidence.Incident{sms("10690000", "您好，我是示例信息咨询公司外包催收专员，请回电")}, nil,
			"10690000 collector 我是示例信息咨询公司外包催收专员"},
		{"by mandate", []evidence.Incident{sms("10690000", "我方受示例消费金融委托向您催收欠款")}, nil,
			"10690000 collector 受示例消费金融委托向您催收"},
		{"signed by the platform", []evidence.Incident{sms("10690001", "【极融】您的账单已逾期")}, nil,
			"10690001 collector 【极融】"},
		{"a warning of the police", []evidence.Incident{sms("96110", "反诈中心提醒：自称催收公司要求转账的是骗局")}, nil, ""},
		{"one's own message", []evidence.Incident{{ID: "T003", Kind: evidence.SMS, Direction: evidence.Out,
			Number: "10690000", Shown: "我是被催收公司骚扰的"}}, nil, ""},
		{"an account of a chat", []evidence.Incident{{ID: "T004", Kind: evidence.Message, Name: "催收小李",
			Direction: evidence.In, Shown: "在吗", Source: "E003:2"}}, nil, "催收小李 collector 催收小李"},
		{"an account that was named", []evidence.Incident{{ID: "T004", Kind: evidence.Message, Name: "妈妈",
			Direction: evidence.In, Shown: "我公司说有催收公司来电话"}}, nil, ""},
		{"the own table", nil, []device.Listed{{Number: "19900000777", Name: "极融", Note: "每天打", Place: "E004:2"},
			{Number: "19900000778", Name: "快递", Place: "E004:3"}, {Number: "19900000779", Place: "E004:4"},
			{Number: "19900000780", Table: "催收号码登记.csv", Place: "E004:5"}},
			"19900000777 collector 极融 每天打; 19900000778 other 快递; 19900000779  ; 19900000780 collector "},
		{"two files say so", []evidence.Incident{call("19900000779", "催收"), call("19900000779", "")},
			[]device.Listed{{Number: "19900000779", Name: "李", Place: "E004:2"}}, "19900000779 collector 催收"},
	} {
		var got []string
		for _, o := range device.Callers(c, x.rows, x.listed) {
			got = append(got, o.Number+o.Account+" "+string(o.Value)+" "+o.Quote)
		}
		if s := strings.Join(got, "; "); s != x.want {
			t.Errorf("%s: got %q, want %q", x.name, s, x.want)
		}
	}
}
