package phrase

import (
	"slices"
	"testing"
)

// Whoever is told to borrow elsewhere is pressed to; a card or an account that is
// itself what is owed, or by which one can pay, is no such place.
func TestPressedToBorrowElsewhere(t *testing.T) {
	for s, want := range map[string]bool{
		"刷信用卡先垫上，今天必须还进来":           true,
		"你花呗还有额度，先借出来还上":            true,
		"用白条周转一下，晚上还给我":             true,
		"借呗打开，下款了马上转过来":             true,
		"美团上借一点就够了":                 true,
		"去几个平台再贷一笔":                 true,
		"信用卡套点出来，别跟我说没钱":            true,
		"你的信用卡逾期了，今天必须还":            false,
		"您尾号4321的信用卡本期应还6800.00元":   false,
		"你信用卡欠款的案件今天下午开庭，立即还款":      false,
		"信用卡今天不还，明天我们上门":            false,
		"您可以通过微信、支付宝还款":             false,
		"您在本平台的借款已经逾期三天，请尽快还款":      false,
		"您的花呗本月账单300元，请按时还款":        false,
		"您的信用卡可以办理分期，请到网点领取材料":      false,
		"您在其他银行的贷款与本行无关，本行的借款请尽快归还": false,
	} {
		got := slices.ContainsFunc(Find(s, Collector),
			func(h Hit) bool { return h.Category == "new_borrowing" && !h.Review })
		if got != want {
			t.Errorf("%s: pressed to borrow: %v", s, got)
		}
	}
}
