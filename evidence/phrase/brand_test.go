package phrase

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// A number goes to the one name it signs with; a gateway goes to none, and names under
// which nobody speaks of a debt are not there.
func TestBrands(t *testing.T) {
	sms := func(number, text string) evidence.Incident {
		return evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Number: number, Shown: text}
	}
	call := func(number string) evidence.Incident {
		return evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Number: number}
	}
	c := evidence.Case{Numbers: []evidence.Number{{Number: "05710001", Side: evidence.CollectorSide},
		{Number: "13900000000", Side: evidence.EmergencySide}}}
	rows := []evidence.Incident{
		sms("10690001", "【甲借】您的借款已逾期，请尽快还款。"), call("10690001"),
		sms("10690002", "【乙借】您的贷款已逾期，请今日还款。"),
		sms("10690003", "【甲借】您的借款已逾期，请今日还款。"), sms("10690003", "【乙借】您的贷款已逾期，请今日还款。"),
		call("10690003"), // a gateway: nobody's
		sms("10690003", "您的包裹到了"),
		sms("17100000001", "【临江法院】您拖欠借款一案将强制执行，请今日还款。"), sms("17100000002", "【诉调中心】您的贷款已逾期，请今日还款。"),
		sms("95588", "【示例银行】您的验证码是123456。"),
		{Kind: evidence.SMS, Direction: evidence.In, Number: "10690077", Shown: "【某店】您的验证码是123456。",
			Asserted: []evidence.Breach{"V10"}}, // one of a bombing by codes
		sms("13900000000", "【甲借】您的借款已逾期，请尽快还款。"), // a friend's number, passed on
		call("05710001"),
		{Kind: evidence.Call, Direction: evidence.Out, Number: "10690002"},
	}
	b := BrandsIn(c, rows)
	if got, want := fmt.Sprint(b.All), "[{甲借 [10690001] 2 1} {乙借 [10690002] 2 0}]"; got != want {
		t.Errorf("brands %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(b.Shared, b.Unknown), "[10690003] [05710001]"; got != want {
		t.Errorf("shared, unknown %s, want %s", got, want)
	}
	for n, want := range []string{"甲借", "甲借", "乙借", "甲借", "乙借", "", "", "", "", "", "", ""} {
		if got := b.Of(rows[n]); got != want {
			t.Errorf("row %d is of %q, want %q", n, got, want)
		}
	}
}
