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
