package phrase

import "testing"

// What a bank writes of its own card and products presses nobody to borrow elsewhere;
// a collector who does so is found.
func TestBanksOwnMessages(t *testing.T) {
	for text, want := range map[string]bool{
		"【云岭银行】您尾号2231的信用卡本期账单3120.50元，可分6期偿还，点击App办理": false,
		"【云岭银行】您的信用卡（尾号2231）已逾期，请尽快筹措资金还款，以免影响征信":      false,
		"【云岭银行】尊敬的客户，本行装修贷利率低至3.2%，可还清其他平台的借款，详询955xx": false,
		"【云岭银行】请理性借贷，切勿以贷养贷、借新还旧":                      false,
		"去别的平台借一点先还上，微粒贷也行":                            true,
		"你把信用卡刷出来还我们，今天就处理":                            true,
		"找你朋友凑一凑，花呗先套出来周转":                             true,
	} {
		found := false
		for _, h := range Find(text, Collector) {
			found = found || h.Category == "new_borrowing" && !h.Review
		}
		if found != want {
			t.Errorf("%q: found %v, want %v", text, found, want)
		}
	}
}

// A lawyer's notice is told from a reminder and from who only threatens with one; the
// number of a licence is nobody's account.
func TestLawyersNotice(t *testing.T) {
	for text, want := range map[string]bool{
		"【南桥律师事务所】受云岭银行委托，就您的借款合同纠纷致函：请于7日内还清，否则将依法提起诉讼。": true,
		"律师函：委托人郑重函告，您应于9月30日前清偿借款本息。承办人 陈律师":             true,
		"我是南桥律师事务所的陈律师，执业证号13301201610000000，受云岭银行委托与您协商": true,
		"您的借款已逾期，请按时还款，否则我司将委托律师起诉":                       false,
		"我们公司有律师团，你等着": false,
	} {
		if got := LawyersNotice(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		for _, h := range Find(text, Collector) {
			if want && !h.Review {
				t.Errorf("%q: found %+v", text, h)
			}
		}
	}
}
