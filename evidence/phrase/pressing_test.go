package phrase

import (
	"slices"
	"testing"
)

// Whether words press on body or home decides whether a letter names the articles
// on life, body and health beside that on personality: never of an insult, and not
// of a visit that is only announced.
func TestPresses(t *testing.T) {
	tests := []struct {
		words string
		want  bool
	}{
		{"再不还，找人去你家门口坐着", true},
		{"明天让你出不了门", true},
		{"让你下不了楼，你试试", true},
		{"我们几个今晚就堵在你家楼下", true},
		{"叫人到你家里坐坐，坐到你还为止", true},
		{"派人守在你门口不走", true},
		{"往你家门上泼油漆", true},
		{"把你家锁眼灌胶水", true},
		{"你别想出门", true},
		{"打断你的腿", true},
		{"小心点你女儿", true},
		{"找几个人把你腿打折", true},
		{"你再躲，我叫两个兄弟到你家吃住", true},
		{"晚上走路最好多回头看两眼", true},
		{"别让我看到你，见一次打一次", true},

		{"你就是个骗子，不要脸", false},
		{"老赖，没出息的东西", false},
		{"明天安排人员上门，请在家等候", false},
		{"我们会上门催收", false},
		{"我们不会派人堵你家门，请放心", false},
		{"如有人堵您家门，请立即投诉", false},
		{"再不处理就把你的事告诉你单位", false},
		{"天天给你打电话", false},
		{"你妈不还，就让你在学校抬不起头", false}, // it shames, and hurts nobody
		{"今天还清，利息打折", false},
		{"回头再给您打电话", false},
		{"", false},
	}
	for _, test := range tests {
		if got := Presses(test.words); got != test.want {
			t.Errorf("%s: %v, want %v", test.words, got, test.want)
		}
	}
}

// Somebody's mother is named without an insult, and with one.
func TestAMotherIsNoInsult(t *testing.T) {
	for words, want := range map[string]bool{"你妈林晓安不还，就让你在学校抬不起头": false, "去找你妈要钱": false, "你妈身体不好吧": false,
		"你妈的，还钱": true, "你他妈不还": true, "操你妈": true, "还不还，你妈！": true} {
		got := slices.ContainsFunc(Find(words, Collector), func(h Hit) bool { return h.Category == "insult" })
		if got != want {
			t.Errorf("%s: an insult: %v, want %v", words, got, want)
		}
	}
}
