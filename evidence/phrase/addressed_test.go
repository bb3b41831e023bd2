package phrase

import "testing"

func TestToAnother(t *testing.T) {
	// who is named, or - for nobody by name; empty: it speaks to whoever owes
	for text, want := range map[string]string{
		"你是王小燕的表妹吧，她欠我们五千多，你让她赶紧还": "王小燕",
		"您好，请问您是不是林某的同事？有急事找她":     "林某",
		"【极融】请转告林晓安女士尽快处理，谢谢":      "林晓",
		"麻烦您通知他一下，回个电话":            "-",
		"您的朋友赵磊在我司的账单已逾期12天":       "赵磊",
		"您好，您的女儿在平台逾期了，请协助联系":      "-",
		"林*安借款时把您留作紧急联系人，请您配合":     "林安", // marks are taken out
		"您作为借款人的担保人，请督促还款":         "-",
		"你赶紧叫她接电话":                 "-",
		"你 是 她 的 老 公 吧，管管她":        "-",
		"【极融】您的借款已逾期3天，请登录APP还款":   "",
		"再不还就联系你的朋友和同事，让他们都知道":     "",
		"我们会通知你家人逾期的事":             "",
		"你爸妈知道你欠钱吗":                "",
		"找你朋友借钱还上":                 "",
		"您是我们的老客户，可以申请分期":          "",
		"你妈都没你这么赖":                 "",
		"您的紧急联系人信息需要更新":            "",
		"我们已经把您的情况告知您预留的联系人":       "",
		"你儿子在实验小学三年级，放学路上小心":       "",
		"请通知其他平台":                  "",
		"你让我们很难做，请今天还款":            "",
		"【示例银行】您尾号7731的储蓄卡入账100元":  "",
	} {
		a, ok := ToAnother(text)
		got := a.Name
		if ok && got == "" {
			got = "-"
		}
		if ok != (want != "") || got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
		if ok && a.Quote == "" {
			t.Errorf("%s: no quote", text)
		}
	}
}

// Who is named by some characters of a name can be its bearer.
func TestAddressedOf(t *testing.T) {
	for said, want := range map[string]bool{"": true, "王小燕": true, "王小": true, "王某": true, "王燕": true,
		"王大燕": false, "赵磊": false, "王小燕儿": false} {
		if got := (Addressed{Name: said}).Of("王小燕"); got != want {
			t.Errorf("%s: %v", said, got)
		}
	}
	if !(Addressed{Name: "赵磊"}).Of("") {
		t.Error("of a case without a name nothing is known")
	}
}

func TestTellsDebt(t *testing.T) {
	for text, want := range map[string]string{
		"她欠我们五千多，你让她赶紧还":       "她欠我们五千多，你让她赶紧还",
		"您好。请提醒林晓安及时还款。谢谢":     "请提醒林晓安及时还款",
		"您女儿在我司的贷款已到期":         "您女儿在我司的贷款已到期",
		"你表姐借了八千块钱":            "你表姐借了八千块钱",
		"他这个老赖躲到哪去了":           "他这个老赖躲到哪去了",
		"他 欠 钱 不 还":            "他 欠 钱 不 还",
		"请转告林晓安女士给我们回电话":       "",
		"【示例贷款公司】请林晓安联系我们":     "",
		"这里是示例消费金融有限公司，找一下林晓安": "",
		"您好，她在吗？有个文件要她签收":      "",
		"道歉的话就不必说了，抱歉打扰":       "",
	} {
		if got := TellsDebt(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
