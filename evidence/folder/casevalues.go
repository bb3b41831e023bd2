package folder

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// The Chinese words for values of case.toml that are English words, beside
// those of their own lists: what the notes in the file say, and how people
// shorten it.
var (
	complainantWords = []term[evidence.ComplainantKind]{
		{evidence.Borrower, []string{"借款人", "借款人本人", "本人", "债务人"}},
		{evidence.Contact, []string{"联系人", "被骚扰的联系人", "被骚扰人", "紧急联系人"}},
		{evidence.Guardian, []string{"监护人", "借款人的监护人"}},
		{evidence.Heir, []string{"继承人", "借款人的继承人"}},
	}
	loanWords = []term[evidence.LoanKind]{
		{evidence.NetworkLoan, []string{"网络消费贷款", "网贷", "网络贷款", "消费贷", "消费贷款"}},
		{evidence.CreditCard, []string{"信用卡"}}, {evidence.ShopInstalment, []string{"分期购物", "购物分期"}},
		{evidence.CashByRenting, []string{"租机变现", "租机"}}, {evidence.BusinessLoan, []string{"经营贷款", "经营贷"}},
		{evidence.CarLoan, []string{"汽车贷款", "车贷"}}, {evidence.HouseLoan, []string{"住房贷款", "房贷"}},
	}
	sideWords = []term[evidence.Side]{
		{evidence.CollectorSide, []string{"催收方", "催收", "催收公司", "催收员", "催收方、平台或放款机构"}},
		{evidence.PlatformSide, []string{"平台", "贷款平台"}}, {evidence.LenderSide, []string{"放款机构", "银行"}},
		{evidence.SelfSide, []string{"本人", "我", "自己"}}, {evidence.EmergencySide, []string{"紧急联系人"}},
		{evidence.GuarantorSide, []string{"担保人", "共同借款人", "担保人或共同借款人"}},
		{evidence.OtherSide, []string{"其他", "其他人", "无关", "其他无关的人", "无关的人"}},
	}
	lendingWords = []term[evidence.Lending]{
		{evidence.ForThis, []string{"本案", "这一家", "本案这一家"}}, {evidence.ForOther, []string{"另一家", "别家"}},
	}
	bureauWords = []term[string]{
		{"credit-pbccrc", []string{"人民银行征信中心", "征信中心", "人行征信", "央行征信"}},
		{"credit-baihang", []string{"百行", "百行征信"}}, {"credit-pudao", []string{"朴道", "朴道征信"}},
	}
	outcomeWords = []term[evidence.Outcome]{
		{evidence.Satisfied, []string{"满意", "已解决", "解决了"}},
		{evidence.Unsatisfied, []string{"不满意", "没有解决", "没解决"}},
		{evidence.WantsMore, []string{"要求补材料", "补材料", "要求补充材料", "补充材料"}},
		{evidence.WantsBack, []string{"要求撤回", "要求撤诉", "撤回", "撤诉"}},
		{evidence.NoAnswer, []string{"没有答复", "未答复", "没答复"}},
	}
	papersWords = []term[string]{{evidence.OwnPapers, []string{"自己", "自己交的", "自己投诉的", "自己写的", "打电话"}}}
	letterWords = []term[string]{
		{evidence.Supplement, []string{"补充材料", "补充证据"}}, {evidence.Reminder, []string{"催办", "催办函"}},
		{evidence.Incomplete, []string{"答复不全", "答复不完整"}}, {evidence.Disputed, []string{"不认可答复", "对答复有异议", "异议"}},
		{evidence.Withdrawal, []string{"撤回", "撤诉", "撤回投诉"}}, {evidence.Thanks, []string{"感谢", "感谢信"}},
		{evidence.Recheck, []string{"核查申请", "申请核查"}},
		{evidence.DeferralRequest, []string{"延期申请", "延期或分期还款申请"}},
		{evidence.StatementRequest, []string{"账单申请", "索要账单"}}, {evidence.CreditObjection, []string{"征信异议", "征信异议申请"}},
	}
	consentWords = []term[evidence.Answer]{
		{evidence.Yes, []string{"是", "是的", "对", "同意", "愿意", "同意过", "需要", "要", "true", "y"}},
		{evidence.No, []string{"否", "不是", "不", "不同意", "不愿意", "没同意过", "没有同意过", "没有", "不需要", "不要", "false", "n"}},
	}
)

// unknownWords say that somebody does not know: the value is empty.
var unknownWords = []string{"不知道", "不清楚", "不详", "未知", "暂无"}

// called gives a value the word of the program, if it is another word for it.
func called[T ~string](terms []term[T], v *T) {
	if slices.Contains(unknownWords, strings.Trim(string(*v), blanks)) {
		*v = ""
	}
	for _, t := range terms {
		if strings.EqualFold(strings.Trim(string(*v), blanks), string(t.value)) {
			*v = t.value
		}
		for _, w := range t.words {
			if strings.EqualFold(strings.Trim(string(*v), blanks), w) {
				*v = t.value
			}
		}
	}
}

// wordOf is the Chinese word for a value of a key that takes only some; empty: there is
// none.
func wordOf(key, value string) string {
	_, leaf := keyParts(key)
	switch {
	case key == "complainant.kind":
		return firstWord(complainantWords, value)
	case key == "loan.kind":
		return firstWord(loanWords, value)
	case leaf == "licence":
		return evidence.Licence(value).Title().ZH
	case leaf == "side":
		return firstWord(sideWords, value)
	case leaf == "for":
		return firstWord(lendingWords, value)
	case leaf == "outcome":
		return firstWord(outcomeWords, value)
	case leaf == "papers":
		return firstWord(papersWords, value)
	case leaf == "letter":
		return firstWord(letterWords, value)
	case leaf == "bureau":
		return firstWord(bureauWords, value)
	}
	return firstWord(consentWords, value)
}

func firstWord[T ~string](terms []term[T], value string) string {
	for _, t := range terms {
		if string(t.value) == value {
			return t.words[0]
		}
	}
	return ""
}

// ParseComplainantKind reads who complains: the program's word, or a Chinese one.
func ParseComplainantKind(s string) (evidence.ComplainantKind, bool) {
	k := evidence.ComplainantKind(s)
	called(complainantWords, &k)
	return k, slices.Contains(evidence.ComplainantKinds(), k)
}

// ParseLoanKind reads a kind of loan, as [ParseComplainantKind] does.
func ParseLoanKind(s string) (evidence.LoanKind, bool) {
	k := evidence.LoanKind(s)
	called(loanWords, &k)
	return k, slices.Contains(evidence.LoanKinds(), k)
}

// ParseOutcome reads what an answer comes to, as [ParseComplainantKind] does.
func ParseOutcome(s string) (evidence.Outcome, bool) {
	o := evidence.Outcome(s)
	called(outcomeWords, &o)
	return o, slices.Contains(evidence.Outcomes(), o)
}
