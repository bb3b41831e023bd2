package rule

import "juzheng/evidence"

// A kind is one kind of violation: its words, and who is competent.
type kind struct {
	id     string
	title  evidence.Text
	bodies []string // NFRA-L stands for whichever supervisor the lender's licence gives
	advice evidence.Text
}

// kinds are the violations this program knows, in the order of the table.
var kinds = []kind{
	{"V01", evidence.Text{ZH: "向第三人透露欠款", EN: "the debt was disclosed to a third person"},
		[]string{"P", "NFRA-L", "NIFA", "CAC", "PS"},
		evidence.Text{ZH: "请被联系的人保留原始消息或录音，并写明其身份、收到的时间和内容；最有力的是对方手机上的原件", EN: "the third person's own message or recording, who they are, and when it came"}},
	{"V02", evidence.Text{ZH: "向与债务无关的第三人催收", EN: "an unrelated third person was contacted"},
		[]string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请被联系的人提供其通话记录或消息截图", EN: "the third person's own call log or screenshot"}},
	{"V03", evidence.Text{ZH: "被联系人明确拒绝后仍继续联系", EN: "a contact was reached again after refusing"},
		[]string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请提供对方表示拒绝的那次通话或消息", EN: "the call or message in which they refused"}},
	{"V04", evidence.Text{ZH: "一日内催收来电过多", EN: "too many collection calls in a day"},
		[]string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "运营商通话详单可以与手机记录互相印证", EN: "the carrier's call list, to support the phone's own log"}},
	{"V05", evidence.Text{ZH: "22:00至次日8:00之间催收", EN: "collection between 22:00 and 08:00"},
		[]string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "运营商通话详单的时间不受手机时钟影响，可以印证", EN: "the carrier's call list, whose time does not depend on the phone's clock"}},
	{"V06", evidence.Text{ZH: "威胁、辱骂、恐吓", EN: "threats, insults, intimidation"},
		[]string{"P", "NFRA-L", "NIFA", "PS"},
		evidence.Text{ZH: "请把录音整理成文字稿，逐字照录，标明时间点", EN: "a transcript of the recording, word for word, with time codes"}},
	{"V07", evidence.Text{ZH: "冒充公安、法院等国家机关工作人员", EN: "impersonation of police, court or another state organ"},
		[]string{"PS", "P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请把对方自称身份的原话和录音时间点记下来", EN: "the words in which they gave their identity, with the time code"}},
	{"V12", evidence.Text{ZH: "息费超过上限或者多收", EN: "more is demanded than is owed"},
		[]string{"P", "NFRA-L"},
		evidence.Text{ZH: "请提供合同、到账流水和账单", EN: "the contract, the account statement and the bills"}},
	{"V19", evidence.Text{ZH: "编造或夸大不还款的法律后果", EN: "false statements of consequence"},
		[]string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请逐字记录对方的说法", EN: "their statement, word for word"}},
	{"V22", evidence.Text{ZH: "以催收名义另收费用", EN: "a fee in the name of collection"},
		[]string{"P", "NFRA-L"},
		evidence.Text{ZH: "请提供付款记录和对方要求付费的消息", EN: "the record of payment, and the message that asked for it"}},
}

func kindOf(id string) kind {
	for _, k := range kinds {
		if k.id == id {
			return k
		}
	}
	return kind{id: id}
}

// supervised reports whether a lender is under the national regulator's local
// office; small-loan and guarantee companies are under the local bureau of
// their place of registration.
func supervised(l evidence.Licence) bool {
	switch l {
	case evidence.Bank, evidence.ConsumerFinance, evidence.AutoFinance, evidence.Trust:
		return true
	}
	return false
}

// competent puts the competent supervisor in the place of NFRA-L.
func (k kind) competent(l evidence.Licence) []string {
	out := make([]string, 0, len(k.bodies))
	for _, b := range k.bodies {
		if b == "NFRA-L" && !supervised(l) {
			b = "LFB"
		}
		out = append(out, b)
	}
	return out
}
