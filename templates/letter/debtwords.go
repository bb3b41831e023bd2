package letter

import (
	"strings"

	"juzheng/evidence"
)

// debtWords are what papers call a debt, who owes it, and its papers. A card has a
// bill and an agreement of its own; nobody at a card centre looks for a contract of
// a loan or the day it was lent.
type debtWords struct {
	debtor   string // 借款人
	this     string // 这笔借款
	own      string // 本笔借款
	debt     string // 借款: what is paid off, collected or recorded
	taken    string // 借款时: when it was made; of a card, on the day of the debit that the case has
	applied  string // 借款时: when somebody was found fit for it
	made     string // 借款 as what was done: 通过平台向银行…
	contract string // 借款合同
	number   string // 合同编号
	bill     string // 借款账单明细
	day      string // 借款日期
	sum      string // 借款本金
	due      string // 未还款项到期日
}

var (
	loanWords = debtWords{debtor: "借款人", this: "这笔借款", own: "本笔借款", debt: "借款", taken: "借款时", applied: "借款时", made: "借款",
		contract: "借款合同", number: "合同编号", bill: "借款账单明细", day: "借款日期", sum: "借款本金", due: "未还款项到期日"}
	cardWords = debtWords{debtor: "持卡人", this: "这张信用卡的欠款", own: "该笔信用卡欠款", debt: "信用卡欠款", taken: "透支时", applied: "办卡时",
		made: "办理信用卡", contract: "信用卡领用合约", number: "卡号或合约编号", bill: "信用卡账单明细", day: "透支日期", sum: "透支本金",
		due: "账单到期日"}
)

// debtWords are those of the case's debt.
func (in Input) debtWords() debtWords {
	if in.card() {
		return cardWords
	}
	return loanWords
}

func (in Input) card() bool { return in.Case.LoanKind() == evidence.CreditCard }

// ofCard are sentences of the tables of kinds in the words of a card.
var ofCard = strings.NewReplacer("借款账单明细", cardWords.bill, "借款合同", "领用合约", "本笔借款", "信用卡欠款", "这笔借款", "这张信用卡", "否认办理的借款",
	"否认办理的信用卡",
	"借款人", cardWords.debtor)

// inWords is a sentence of our own as it is said of the case's debt.
func (in Input) inWords(s string) string {
	if in.card() {
		return ofCard.Replace(s)
	}
	return s
}

// product is what was applied for, and what nobody agreed to.
func (in Input) product() string {
	if in.card() {
		return "这张信用卡"
	}
	return "这笔借款"
}

// granted is what the other side did.
func (in Input) granted() string {
	if in.card() {
		return "发卡"
	}
	return "放款"
}
