package rule

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// A kind is one kind of violation: who is competent, and what would make it
// stronger. Its title is that of [evidence.Breaches].
type kind struct {
	id string
	// bodies in the order in which to go to them. NFRA-L stands for whichever
	// supervisor the lender's licence gives; what follows a colon is a fact of
	// the acts without which the body is not competent.
	bodies []string
	advice evidence.Text
}

// kinds are the violations this program knows, in the order of the table.
var kinds = []kind{
	{"V01", []string{"P", "NFRA-L", "NIFA", "CAC", "PS"},
		evidence.Text{ZH: "请被联系的人保留原始消息或录音，并写明其身份、收到的时间和内容；最有力的是对方手机上的原件", EN: "the third person's own message or recording, who they are, and when it came"}},
	{"V02", []string{"P", "NFRA-L", "NIFA", "CAC", "PS:repeated"},
		evidence.Text{ZH: "请被联系的人提供其通话记录或消息截图", EN: "the third person's own call log or screenshot"}},
	{"V03", []string{"P", "NFRA-L", "NIFA", "PS:repeated"},
		evidence.Text{ZH: "请提供对方表示拒绝的那次通话或消息，以及之后的联系", EN: "the call or message in which they refused, and the contact after it"}},
	{"V04", []string{"P", "NFRA-L", "NIFA", "12321"},
		evidence.Text{ZH: "运营商通话详单可以与手机记录互相印证", EN: "the carrier's call list, to support the phone's own log"}},
	{"V05", []string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "运营商通话详单的时间不受手机时钟影响，可以印证", EN: "the carrier's call list, whose time does not depend on the phone's clock"}},
	{"V06", []string{"PS:safety", "P", "NFRA-L", "NIFA", "PS"},
		evidence.Text{ZH: "请把录音整理成文字稿，逐字照录，标明时间点", EN: "a transcript of the recording, word for word, with time codes"}},
	{"V07", []string{"PS", "P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请把对方自称身份的原话和录音时间点记下来", EN: "the words in which they gave their identity, with the time code"}},
	{"V08", []string{"JUD:lawyer", "PS", "P", "NFRA-L"},
		evidence.Text{ZH: "请附上核实的结果：律师公开名录的查询截图，或者放款机构客服的答复", EN: "what the check gave: a screenshot of the lawyers' register, or the lender's answer"}},
	{"V09", []string{"PS", "P", "NFRA-L"},
		evidence.Text{ZH: "请拨打12368或者到文书所写的法院核实案号，在“核实后是否不属实”一栏填写结果；原件、信封、快递单都要保留", EN: "ask the court (12368) whether the case number exists and write the result under checked and untrue; keep the original and its envelope"}},
	{"V10", []string{"12321:!public !posted", "PS", "CAC:public", "P", "NFRA-L"},
		evidence.Text{ZH: "请导出当天全部短信、通话记录，群聊要截到群名和发布人", EN: "the whole log of that day; of a group, its name and who posted"}},
	{"V11", []string{"PS:entry", "P", "NFRA-L"},
		evidence.Text{ZH: "门口监控、手机录像、物业或邻居的说明可以印证上门的时间、人数和经过", EN: "a door camera, a video, or what the caretaker or a neighbour says of time, number and course"}},
	{"V12", []string{"P", "NFRA-L"},
		evidence.Text{ZH: "借款合同、放款到账记录和每期还款记录可以算出实际息费", EN: "the contract, the record of the sum received and of each payment"}},
	{"V13", []string{"P", "NFRA-L"},
		evidence.Text{ZH: "先书面向平台索要放款机构名称、委托或者转让材料和欠款明细，保留对方的答复", EN: "first ask the platform in writing for the lender's name, the mandate or assignment and the account, and keep the answer"}},
	{"V14", []string{"CAC", "P", "NFRA-L", "PS"},
		evidence.Text{ZH: "请保留权限申请页面、当时的隐私政策版本和日期，以及不授权就无法使用的录屏", EN: "the permission screen, the privacy policy with its date, and a screen recording of the refusal"}},
	{"V15", []string{"P", "NFRA-L", "CAC", "PBC:credit", "PS:leak"},
		evidence.Text{ZH: "请保留能看出谁拿到了哪些信息的消息、录音，并向平台书面查询提供给了哪些机构", EN: "what shows who got which data; ask the platform in writing to whom it gave them"}},
	{"V16", []string{"PBC", "P"},
		evidence.Text{ZH: "请附上信用报告中有关的一页和提出异议的回执；异议可向征信机构或者放款机构提出", EN: "the page of the credit report and the receipt of the objection, which goes to the bureau or the lender"}},
	{"V17", []string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请逐字记录对方要您从哪里借、怎么借的原话", EN: "their words on where and how to borrow"}},
	{"V18", []string{"P", "NFRA-L"},
		evidence.Text{ZH: "请保留对方账号、号码的资料页，以及没有同意过的说明", EN: "the profile of the account or number, and that you did not agree"}},
	{"V19", []string{"P", "NFRA-L", "NIFA"},
		evidence.Text{ZH: "请逐字记录对方的说法；说法可以核实的，把核实结果填进“核实后是否不属实”一栏", EN: "their statement, word for word, and what a check of it gave"}},
	{"V20", []string{"P", "NFRA-L", "CAC"},
		evidence.Text{ZH: "已结清的，附结清证明或者还款记录；不是债务人的，附能说明身份的材料", EN: "proof of settlement, or of who you are"}},
	{"V21", []string{"PS", "P", "NFRA-L"},
		evidence.Text{ZH: "请保留报警回执、伤情照片、就诊记录、监控录像", EN: "the police receipt, photographs of injuries, medical records, camera footage"}},
	{"V22", []string{"P", "PS:!fee", "NFRA-L"}, // a private account may be a fraud
		evidence.Text{ZH: "请保留要求付款的原话、收款账户的页面和转账记录", EN: "their words, the page of the account, and the transfer"}},
	{"V23", []string{"P", "NFRA-L"},
		evidence.Text{ZH: "请保留提交投诉的回执、工单号，写进 case.toml 的 [[filings]] 并填上证据编号", EN: "the receipt of the complaint, written into [[filings]] with its exhibit"}},
}

var contactAdvice = evidence.Text{ZH: "请保留您手机上的原始短信、录音、通话记录，连同您表示拒绝的那一次；运营商详单可以印证", EN: "the messages, recordings and call log on your own phone, with that of your refusal; a carrier's list supports them"}

func kindOf(id string) kind {
	for _, k := range kinds {
		if k.id == id {
			return k
		}
	}
	return kind{id: id}
}

func (k kind) title() evidence.Text { return evidence.Breach(k.id).Title() }

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

// competent are the bodies for acts of some facts, in order, the competent
// supervisor in the place of NFRA-L.
func (k kind) competent(l evidence.Licence, facts []string) []string {
	var out []string
	for _, b := range k.bodies {
		code, condition, _ := strings.Cut(b, ":")
		if !holds(condition, facts) {
			continue
		}
		if code == "NFRA-L" && !supervised(l) {
			code = "LFB"
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// holds evaluates a condition over the facts of an act: all words of it, each
// a fact, several of which one is enough (a|b), or one that must not be (!a).
// The words member, general and claim are no facts: they mark a record.
func holds(condition string, facts []string) bool {
	for _, word := range strings.Fields(condition) {
		if word == "member" || word == "general" || word == "claim" {
			continue
		}
		if no, ok := strings.CutPrefix(word, "!"); ok {
			if slices.Contains(facts, no) {
				return false
			}
			continue
		}
		if !slices.ContainsFunc(strings.Split(word, "|"), func(w string) bool { return slices.Contains(facts, w) }) {
			return false
		}
	}
	return true
}
