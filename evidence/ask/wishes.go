package ask

import "juzheng/evidence"

var wantedAddress = evidence.Text{ZH: "能收到信的地址，写到门牌号，例如 浙江省杭州市某某区某某路1号",
	EN: "where post reaches you, with the number of the house"}

// filing reports that there is something to complain of, so that what only the
// papers need is worth asking.
func (l *lister) filing() bool {
	for _, f := range l.Report.Findings {
		if f.Strength == evidence.Shown {
			return true
		}
	}
	return false
}

// ofPapers are facts that the body a letter goes to wants to read on it: what
// lacks them would be sent back. The identity number is not asked: papers have a
// line for it, written by hand with the signature, so that no file need hold it.
var ofPapers = []fact{
	{kind: Address, key: "complainant.address",
		asked: func(l *lister) bool {
			return l.Case.Complainant.Address == "" && l.filing()
		},
		text: evidence.Text{ZH: "您的通信地址？（收书面答复用）", EN: "Your address, for a written answer?"},
		why: evidence.Text{ZH: "书面答复要有地方寄；没有地址的投诉可能被退回",
			EN: "a written answer needs an address; a complaint without one may be sent back"},
		effect: evidence.Text{ZH: "印在信上；不写的，信上留出空格", EN: "it is printed on the letters; else they leave a blank"},
		check:  lettered(4, wantedAddress)},
}

// consents asks in one question whether the matter may be handed on to the company
// complained of, and whether a report is to keep the name back from it. Whether the
// person had agreed to be called at night is asked where such calls are told.
func (l *lister) consents() {
	if c := l.Case.Consent; c.Forward == evidence.Unknown && c.Confidential == evidence.Unknown && l.filing() {
		l.add(Question{Kind: Consent, About: About{Column: "forward"},
			Text: evidence.Text{ZH: "信交给监管部门的时候，您的姓名和材料可以转给被投诉的公司吗？",
				EN: "When a letter goes to a regulator, may your name and material be handed on to the company?"},
			Why: evidence.Text{ZH: "请监管部门转办投诉，就要把您的身份和材料转给对方；举报可以请求保密。两条路不一样，要您自己定",
				EN: "a complaint that is passed on goes to the company with your name; a report can ask to keep it " +
					"back. Which road to take only you can say"},
			Effect: evidence.Text{ZH: "可以的，做转办的投诉；不可以的，不做转办的，只做举报。请求保密的，举报书里写上这一条",
				EN: "if so, the complaint to be passed on is made; if not, only the report. What you want kept back, " +
					"the report asks to keep back"},
			Choices: []Choice{
				{"forward", evidence.Text{ZH: "可以转给对方处理，不用保密", EN: "yes, and nothing needs to be kept back"}},
				{"forward-confidential", evidence.Text{ZH: "投诉可以转给对方；举报请对我的身份保密",
					EN: "a complaint yes; a report is to keep my name back"}},
				{"confidential", evidence.Text{ZH: "不可以转；只举报，并请对我的身份保密",
					EN: "no; only report, and keep my name back"}}}},
			func(value string) ([]Edit, error) {
				forward, confidential := yes, no
				if value != "forward" {
					confidential = yes
				}
				if value == "confidential" {
					forward = no
				}
				return []Edit{{Key: "consent.forward", Value: forward},
					{Key: "consent.confidential", Value: confidential}}, nil
			})
	}
	if l.Case.Consent.Night != evidence.Unknown || l.contact() {
		return
	}
	for _, f := range l.Report.Findings {
		if f.Rule != "V05" || f.Strength != evidence.Shown {
			continue
		}
		l.add(Question{Kind: Consent, About: About{Column: "night"},
			Text: evidence.Text{ZH: "您同意过对方在22:00至次日8:00之间联系您吗？（合同、App 的协议里，或者您自己约的）",
				EN: "Did you ever agree to be contacted between 22:00 and 08:00, in the contract, the app, or by " +
					"appointment?"},
			Why: evidence.Text{ZH: "同意过的，夜里联系就不违规", EN: "what was agreed to is no breach"},
			Effect: evidence.Text{ZH: "没有同意过的，信里写明；同意过的，夜里的来电和消息不写进投诉；不知道的，照写，不提同意不同意",
				EN: "if not, the letters say so; if you did, what came at night stays out; if you do not know, it is " +
					"told with no word of consent"},
			Choices: yesNo("同意过", "yes", "没有同意过", "no")},
			func(value string) ([]Edit, error) { return []Edit{{Key: "consent.night", Value: value}}, nil })
		return
	}
}
