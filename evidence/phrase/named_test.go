package phrase

import (
	"testing"

	"juzheng/evidence"
)

// A body of mediation is no organ of the state, unless the words name one too.
func TestNoOrgan(t *testing.T) {
	for _, c := range []struct {
		name, words string
		want        bool
	}{
		{"signed by a committee", "【样例区人民调解委员会】您的案件今天调解，请回电", true},
		{"signed by a centre, with a court to come", "【样例诉调中心】今日未还将移交法院立案", true},
		{"says so in a call", "我是样例街道调解中心的调解员", true},
		{"arbitration", "这里是样例仲裁委员会，你的案子已受理", true},
		{"a notary", "样例公证处通知你领取执行证书", true},
		{"the dispute goes to a court", "调解不成我们向人民法院起诉", true},
		{"a court's own centre", "我是样例区人民法院诉前调解中心的", false},
		{"signed by a court", "【样例法院】今天组织调解", false},
		{"the police", "我是派出所的，今天不来调解就上门", false},
		{"no body at all", "今天必须还款", false},
		{"signed by a centre, a judge has acted", "【诉调中心】法官已签发拘留决定书，法警三点到你住处执行。", false},
		{"a judge at the court it may go to", "【虚构区人民调解委员会】调解不成的，将移交法院法官处理", true},
	} {
		if got := NoOrgan(evidence.Incident{Kind: evidence.SMS, Shown: c.words}); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// What only announces what a creditor may do is told from what threatens.
func TestOnlyAnnounces(t *testing.T) {
	for _, c := range []struct {
		words string
		named evidence.Breach
		want  bool
	}{
		{"您的借款已逾期，再不还款我们将依法起诉并申请强制执行", "V06", true},
		{"【样例消金】林女士，截至今日您尚欠1200元，如未处理，逾期记录将报送征信系统", "V06", true},
		{"今天18点前不还款，我司将委托律师提起诉讼", "V06", true},
		{"您的债权已转让给样例资产管理有限公司，请与受让方协商还款", "V06", true},
		{"我们将向人民法院提起诉讼，请尽快还款", "V07", true},
		{"逾期将上报征信，影响您今后贷款", "V19", true},
		{"请尽快还款", "V06", false}, // no step is announced
		{"再不还款我们就起诉，顺便去你单位坐坐", "V06", false},
		{"起诉你，让你全家不得安宁", "V06", false},
		{"我是法院的，今天不还款就强制执行", "V07", false},
		{"你这是诈骗，起诉以后要坐牢", "V19", false},
		{"依法起诉，打断你的腿", "V19", false},
		{"不还款就委托律师，走着瞧", "V06", false},
	} {
		if got := OnlyAnnounces(c.words, c.named); got != c.want {
			t.Errorf("%s %s: %t", c.named, c.words, got)
		}
	}
}

func TestOnlyReminds(t *testing.T) {
	for words, want := range map[string]bool{
		"【样例借】尊敬的林女士，您的借款已逾期12天，请尽快还款3200元。":  true,
		"【样例借】林女士您好，为避免影响征信，请于今日内还款，如已还款请忽略。": true,
		"您在样例平台的借款已经到期，请及时还款":                 true,
		"您本期应还1280.50元，最后还款日10月15日，请确保账户余额充足": true,
		"我们多次联系您未果，贷款仍未结清，请尽快回电":              true,
		"请还款，不要再拖了。【样例借】":                     true,
		"王先生，您欠我司的3000元什么时候能还？":               true,
		"在吗": false, // of no debt: the person knows what it was
		"您的快递今天到，请及时处理": false,
		"请尽快还款，我知道你住哪":  false, // in no list of threats, and no reminder
		"还款还是还命":        false,
		"今天不还，就把你处理了":   false,
		"砍死你先生，请还款":     false,
		"请今天还钱，后果自负":    false,
		"你不还我就联系你单位":    false,
		"还钱，狗东西":        false,
		"再不还款我们将依法起诉":   false, // an announcement, and ruled on as one
		"":              false,
	} {
		if got := OnlyReminds(words, "V06"); got != want {
			t.Errorf("%s: %t", words, got)
		}
	}
}
