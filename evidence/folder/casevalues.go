package folder

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
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
	consentWords = []term[evidence.Answer]{
		{evidence.Yes, []string{"是", "同意", "愿意", "同意过", "true", "y"}},
		{evidence.No, []string{"否", "不同意", "不愿意", "没同意过", "没有同意过", "false", "n"}},
	}
)

// called gives a value the word of the program, if it is another word for it.
func called[T ~string](terms []term[T], v *T) {
	for _, t := range terms {
		for _, w := range t.words {
			if strings.EqualFold(strings.TrimSpace(string(*v)), w) {
				*v = t.value
			}
		}
	}
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

// settle gives the values of a case the form the program works with, where
// what a person wrote can only mean one thing. What is left is for [checkCase].
func settle(c *evidence.Case) {
	eachValue(reflect.ValueOf(c).Elem(), withoutRadicals)
	called(complainantWords, &c.Complainant.Kind)
	called(loanWords, &c.Loan.Kind)
	called(bureauWords, &c.Credit.Bureau)
	for _, a := range []*evidence.Answer{&c.Consent.Forward, &c.Consent.Night, &c.Consent.Confidential,
		&c.Consent.Loan, &c.Deferral.Reduce, &c.Organisation.Review} {
		called(consentWords, a)
	}
	settleRegion(&c.Complainant.Region)
	for _, p := range []*evidence.Party{&c.Platform, &c.Lender, &c.Agency, &c.Assignee, &c.Payee} {
		if l, ok := evidence.ParseLicence(strings.TrimSpace(string(p.Licence))); ok {
			p.Licence = l
		}
		settleRegion(&p.Region)
	}
	for _, id := range []*string{&c.Complainant.IDNumber, &c.Agent.IDNumber} {
		if s := strings.ReplaceAll(norm.NFKC.String(*id), " ", ""); evidence.ValidID(s) {
			*id = strings.ToUpper(s)
		}
	}
	for _, day := range []*string{&c.Loan.Date, &c.Loan.Due, &c.Loan.Settled, &c.Loan.Born, &c.Credit.Report} {
		settleDay(day)
	}
	for _, sum := range []*string{&c.Loan.Principal, &c.Loan.Received, &c.Loan.Overdue} {
		if s := plainSum(*sum); evidence.SumForm.MatchString(s) {
			*sum = s
		}
	}
	for _, rate := range []*string{&c.Loan.AnnualRate, &c.Loan.ShownCost, &c.Loan.LPR} {
		s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(norm.NFKC.String(*rate)), "%"))
		if rateForm.MatchString(s) {
			*rate = s
		}
	}
	for n := range c.Numbers {
		called(sideWords, &c.Numbers[n].Side)
	}
	for n := range c.Filings {
		settleDay(&c.Filings[n].Date)
		settleDay(&c.Filings[n].Answered)
		settleDay(&c.Filings[n].Accepted)
		settleDay(&c.Filings[n].Withdrawn)
		settleDay(&c.Filings[n].Closed)
		called(outcomeWords, &c.Filings[n].Outcome)
	}
}

func settleRegion(region *string) {
	if code, ok := evidence.FindRegion(*region); ok {
		*region = code
	}
}

func settleDay(day *string) {
	if t, ok := evidence.ParseTime(norm.NFKC.String(strings.TrimSpace(*day))); ok && t.Precision == evidence.ToDay {
		*day = t.At.In(evidence.Beijing).Format(time.DateOnly)
	}
}

// thousands is a sum whose digits are parted in threes.
var thousands = lazyregexp.New(`^\d{1,3}(,\d{3})+(\.\d+)?$`)

// plainSum is a sum without the signs of the currency.
func plainSum(s string) string {
	s = norm.NFKC.String(strings.TrimSpace(s))
	for _, sign := range []string{"人民币", "¥", "￥", "RMB"} {
		s = strings.TrimPrefix(s, sign)
	}
	s = strings.TrimSpace(strings.TrimRight(s, "元圆"))
	if thousands.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	return s
}

// radicals are signs of the block CJK Radicals Supplement that copying from a
// PDF puts in the place of the character they look like, and that character.
// Those of the block Kangxi Radicals have it in the tables of Unicode.
const radicals = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"

// withoutRadicals writes characters for the radicals that look like them: a
// name never has a radical, and no font of ours draws one.
func withoutRadicals(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x2F00 && r <= 0x2FD5:
			return []rune(norm.NFKC.String(string(r)))[0]
		case r >= 0x2E80 && r <= 0x2EF3:
			pairs := []rune(radicals)
			for n := 0; n < len(pairs); n += 2 {
				if pairs[n] == r {
					return pairs[n+1]
				}
			}
		}
		return r
	}, s)
}

// eachValue changes every string below v.
func eachValue(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(change(v.String()))
	case reflect.Slice:
		for i := range v.Len() {
			eachValue(v.Index(i), change)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				eachValue(v.Field(i), change)
			}
		}
	}
}
