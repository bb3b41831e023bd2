package phrase_test

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// Who says that others were called already admits it; who reminds, announces or
// denies it does not.
func TestAdmits(t *testing.T) {
	for text, want := range map[string]bool{
		"你妈电话我已经打过了，她说不知道你在哪":  true,
		"刚才打给了你爸，他说不管你":        true,
		"你单位那边我们联系过了，领导说你今天没来": true,
		"昨天通知了你的紧急联系人，你自己看着办":  true,
		"您的借款已逾期3天，请尽快还款":      false,
		"您的账单已到期，如已还款请忽略":      false,
		"再不还就给你妈打电话":           false,
		"客服电话已更新，有问题请拨打":       false,
	} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: text}
		if got := phrase.Admits(i); got != want {
			t.Errorf("%s: %v", text, got)
		}
		i.Direction = evidence.Out
		if phrase.Admits(i) {
			t.Errorf("%s: of the person's own", text)
		}
	}
}

// What was done already is not announced, once the person says so; what is announced
// beside it is.
func TestAdmittedIsNotAnnounced(t *testing.T) {
	for text, want := range map[string]bool{ // words are left that announce
		"你妈电话我已经打过了，今天还款":         false,
		"刚才打给了你爸，他说不管你":           false,
		"你妈电话我已经打过了，明天给你单位打电话":    true,
		"已经联系过你的单位，再不还款继续联系你的家人":  true,
		"再不还就给你妈打电话，刚才已经跟你单位联系过了": true,
	} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: text,
			Asserted: []evidence.Breach{"V02"}}
		got := slices.ContainsFunc(phrase.WordedOf(i, phrase.Find(text, phrase.Collector)),
			func(w evidence.Worded) bool { return w.Breach == "V06" })
		if got != want {
			t.Errorf("%s: announces %v", text, got)
		}
	}
}

// Who apologises for collectors, or says that they were called off, owns it; an apology
// for something else, advice of what to do and a threat do not.
func TestOwns(t *testing.T) {
	for text, want := range map[string]bool{
		"【鹿角分期】对于此前催收人员的不当言行向您致歉，我司已停止该团队作业。":   true,
		"就外包机构作业不规范给您造成的困扰深表歉意，我们已更换合作方":        true,
		"经核实，涉事坐席存在违规催收，已对相关人员处罚":               true,
		"我司已终止该机构委托，后续由本公司直接与您联系":               true,
		"【云岭银行】苏女士，您反映的第三方催收行为，我行已要求恒诚公司停止并致歉。": true,
		"第三方催收已要求您停止拖欠":                         false,
		"系统升级给您带来不便深表歉意":                        false,
		"如您遇到催收人员不当言行，请拨打4001234123投诉，我司已设专线":   false,
		"您的借款已逾期，再不处理我们将上门":                     false,
		"您的借款已停止计息":                             false,
		"您反映的问题已受理，工单编号20260901":                false,
	} {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: text}
		if got := phrase.Owns(i); got != want {
			t.Errorf("%s: %v", text, got)
		}
		i.Direction = evidence.Out
		if phrase.Owns(i) {
			t.Errorf("%s: of the person's own", text)
		}
	}
}
