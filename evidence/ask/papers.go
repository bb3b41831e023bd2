package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// What contracts say of a loan. It is offered with the place it was read at, and
// taken only where the person says that it is so. Where papers say two things,
// neither is offered.

// A Paper is the text of a document, or of a page of it, as far as it was read.
type Paper struct {
	Exhibit string
	Page    int  // of a file that has pages, from 1
	Machine bool // a program read it off a picture
	Text    string
}

// place is where something was read, in front of what stands there.
func (p Paper) place(quote string) evidence.Text {
	zh, en := p.Exhibit, p.Exhibit
	if p.Page > 0 {
		zh, en = fmt.Sprintf("%s 第%d页", p.Exhibit, p.Page), fmt.Sprintf("%s, page %d", p.Exhibit, p.Page)
	}
	if p.Machine {
		zh, en = zh+"（机器识别）", en+" (machine-read)"
	}
	quote = strings.TrimSpace(quote)
	return evidence.Text{ZH: zh + "：" + quote, EN: en + ": " + quote}
}

// lineOf is the line in which words stand, no longer than a person reads at a glance.
func (p Paper) lineOf(words string) string {
	const longest = 40
	for line := range strings.Lines(p.Text) {
		if line = strings.TrimSpace(line); strings.Contains(line, words) {
			if len([]rune(line)) <= longest {
				return line
			}
			break
		}
	}
	return words
}

// A term of a loan is read by the first group of its form, unless the words before
// say that it is another.
type term struct {
	form  *lazyregexp.Regexp
	other *lazyregexp.Regexp // another form, with the same groups
	not   *lazyregexp.Regexp
	value func([]string) string // of the groups; empty: none
}

const between = `(?:[（(][^）)\n]{0,12}[）)])?\s*[:：为是]?\s*`

var terms = map[Kind]term{
	Principal: {
		form: lazyregexp.New(`([^。；\n]{0,6})(?:借款|贷款|本金)(?:本金|金额|数额)?` + between +
			`(?:人民币)?\s*[￥¥]?\s*(\d[\d,，]*(?:\.\d{1,2})?)\s*(万)?元`),
		// in capitals, or behind the sign of the yuan alone
		other: lazyregexp.New(`([^。；\n]{0,6})(?:借款|贷款|本金)(?:本金|金额|数额)?` + between + `(?:人民币)?\s*` +
			`(?:[（(]大写[）)]?[:：]?)?\s*((?:[￥¥]\s*\d[\d,，]*(?:\.\d{1,2})?)|` +
			`[零〇壹贰叁肆伍陆柒捌玖貳參陸一二三四五六七八九拾十佰百仟千万萬]{2,}[元圆圓][零壹贰叁肆伍陆柒捌玖角分]*[整正]?)()`),
		not: lazyregexp.New(`授信|剩余|应还|每期|逾期|未还|已还|提前|归还|偿还`),
		value: func(m []string) string {
			if fen, ok := evidence.FenInCapitals(m[2]); ok {
				m[2] = fen.String()
			}
			n := strings.NewReplacer(",", "", "，", "", "￥", "", "¥", "", " ", "").Replace(m[2])
			if m[3] != "" {
				if strings.Contains(n, ".") {
					return "" // 1.5万元 is worked out by nobody
				}
				n += "0000"
			}
			if n = strings.TrimSuffix(strings.TrimSuffix(n, ".00"), ".0"); len(n) < 3 {
				return ""
			}
			return n
		},
	},
	Rate: {
		form: lazyregexp.New(`([^。；\n]{0,8})(?:年利率|年化利率|贷款利率|借款利率)` + between +
			`(?:年化)?\s*(\d{1,2}(?:\.\d{1,4})?)\s*[%％]`),
		not:   lazyregexp.New(`罚息|逾期|复利|不超过|最高|上限|法定|市场报价`),
		value: func(m []string) string { return m[2] },
	},
	LoanDate: {
		form: lazyregexp.New(`([^。；\n]{0,4})(?:借款日期?|放款日期?|签订日期|签署日期|合同签订日期?|起息日|借款起始日)` + between +
			`(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})日?`),
		not:   lazyregexp.New(`到期|截止`),
		value: dayOfTerm,
	},
	// The day on which all is due: the day of a loan by instalments says nothing of which
	// of them was not paid.
	Due: {
		form: lazyregexp.New(`([^。；\n]{0,4})(?:借款|贷款|合同|还款)?(?:到期日期?|届满日|还款日期?|最后还款日)` + between +
			`(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})日?`),
		other: lazyregexp.New(`([^。；\n]{0,4})(?:(?:借款|贷款)期限?|期限)` + between +
			`(?:自|从)?\s*20\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?起?\s*(?:至|到|—+|-|~|～)\s*` +
			`(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})日?`),
		not:   lazyregexp.New(`每[月期]|首|第[一1]期|宽限|委托|授权`),
		value: dayOfTerm,
	},
}

// byInstalments is what contracts say of repayment in parts.
var byInstalments = lazyregexp.New(`按月|每月|每期|分期(?:偿还|还款|归还|付款)|等额|共\s*\d+\s*期|还款计划表`)

// dueIn is the day on which papers say that the whole loan is due.
func dueIn(papers []Paper) (string, evidence.Text) {
	for _, p := range papers {
		if byInstalments.MatchString(p.Text) {
			return "", evidence.Text{}
		}
	}
	return terms[Due].in(papers)
}

// dayOfTerm is the day in the groups of a term.
func dayOfTerm(m []string) string {
	day, err := time.Parse("2006-1-2", m[2]+"-"+m[3]+"-"+m[4])
	if err != nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

// callList is what only a carrier's list of calls says, whose days and sums are no loan's.
var callList = lazyregexp.New(`(?:语音|通话|通信|话费)[^\n]{0,4}[详清]单|[主被]叫|呼叫类型|通话时长|通信时长`)

// otherTitle heads papers of other matters, which have parties, numbers, days and sums of
// their own: a flat, a job, a policy, and a loan that was paid off.
var (
	otherTitle = lazyregexp.New(`房屋|租房|住房租赁|劳动|劳务|聘用|买卖合同|购销|保险单|保险合同|物业|装修|离婚|发票|收据|体检`)
	loanTitle  = lazyregexp.New(`借款|贷款|信用卡|授信|分期`)
	paidTitle  = lazyregexp.New(`(?:结清|还清|清偿)证明`)
)

// longestTitle is how many characters at the beginning of a paper may be its title.
const longestTitle = 40

// appNamed is the app that a contract says the loan was asked for in.
var appNamed = lazyregexp.New(`(?:平台|通过|使用|登录|下载|注册)\s*(?:名称)?\s*[:：]?\s*[“"「]?([\p{Han}A-Za-z0-9]{2,8}?)[”"」]?\s*` +
	`(?:App|APP|app|客户端)`)

// anyApp are words before App that name none.
var anyApp = lazyregexp.New(`^(?:手机|官方|银行|我行|本行|贷款人|放款方|平台|移动|指定|上述|该|本|其|第三方)+$`)

// ofOtherApp reports a paper that names apps, and not that of the case.
func ofOtherApp(text, brand string) bool {
	brand, other := strings.ToLower(brand), false
	for _, m := range appNamed.FindAllStringSubmatch(text, -1) {
		name := strings.ToLower(m[1])
		switch {
		case brand == "" || strings.Contains(name, brand) || strings.Contains(brand, name):
			return false
		case !anyApp.MatchString(name):
			other = true
		}
	}
	return other
}

// papersOfLoan leaves out papers of other matters, with all their pages: what was bought or
// rented, and the loan of another app than the case's.
func papersOfLoan(c evidence.Case, all []Paper) []Paper {
	other, seen := map[string]bool{}, map[string]bool{}
	for _, p := range all {
		title := []rune(strings.Join(strings.Fields(p.Text), ""))
		title = title[:min(len(title), longestTitle)]
		about := string(title)
		if callList.MatchString(p.Text) || !seen[p.Exhibit] && (paidTitle.MatchString(about) ||
			otherTitle.MatchString(about) && !loanTitle.MatchString(about)) || ofOtherApp(p.Text, c.Platform.Brand) {
			other[p.Exhibit] = true
		}
		seen[p.Exhibit] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(p Paper) bool { return other[p.Exhibit] })
}

// in finds the one value that papers give a term.
func (t term) in(papers []Paper) (value string, from evidence.Text) {
	for _, p := range papers {
		found := t.form.FindAllStringSubmatch(p.Text, -1)
		if t.other != nil {
			found = append(found, t.other.FindAllStringSubmatch(p.Text, -1)...)
		}
		for _, m := range found {
			v := t.value(m)
			switch {
			case v == "" || t.not.MatchString(m[0]):
			case value == "":
				value, from = v, p.place(strings.TrimPrefix(m[0], m[1]))
			case v != value:
				return "", evidence.Text{}
			}
		}
	}
	return value, from
}

// ofContract is a question about a term of the contract, which is asked only where
// a paper says it and the case does not.
func ofContract(k Kind, key string, have func(evidence.Loan) string, text evidence.Text) fact {
	read := func(l *lister) (string, evidence.Text) {
		if l.ofCard(k) {
			return "", evidence.Text{}
		}
		return terms[k].in(l.loanPapers)
	}
	return fact{kind: k, key: key, text: text, read: read,
		asked: func(l *lister) bool {
			v, _ := read(l)
			return v != "" && have(l.Case.Loan) == "" && l.Case.Lender.Name != "" && !l.contact() &&
				len(l.loans()) <= 1
		},
		why:    evidence.Text{ZH: "是从材料里读到的，没有您的话不会写进案件", EN: "a file says so; without your word it is not taken"},
		effect: evidence.Text{ZH: "写进案件的“债务”，印在信上", EN: "it stands under the loan, and on the letters"},
		check:  checkTerm(k),
	}
}

// ofCard reports a term that the agreement of a credit card has not: what was drawn, and
// when, stands on its bills, and the day of the agreement is neither.
func (l *lister) ofCard(k Kind) bool {
	return l.Case.LoanKind() == evidence.CreditCard && (k == LoanDate || k == Principal)
}

// A termRead is a term of the loan as papers say it.
type termRead struct {
	key, value string
	say        evidence.Text
}

// termsRead are the terms of the contract that papers say and the case does not, for
// the question in which its lender and number are confirmed: one answer for all.
func (l *lister) termsRead() []termRead {
	if l.contact() || len(l.loans()) > 1 {
		return nil
	}
	var out []termRead
	for _, t := range []struct {
		kind      Kind
		key, have string
		zh, en    string
	}{{Principal, "loan.principal", l.Case.Loan.Principal, "本金 %s 元", "%s yuan lent"},
		{Rate, "loan.annual_rate", l.Case.Loan.AnnualRate, "年利率 %s%%", "%s %% a year"},
		{LoanDate, "loan.date", l.Case.Loan.Date, "借款日期 %s", "lent on %s"}} {
		if v, _ := terms[t.kind].in(l.loanPapers); v != "" && t.have == "" && !l.ofCard(t.kind) {
			out = append(out, termRead{t.key, v, evidence.Text{ZH: fmt.Sprintf(t.zh, v), EN: fmt.Sprintf(t.en, v)}})
		}
	}
	return out
}

// checkTerm says what a typed value must look like.
func checkTerm(k Kind) func(string) (string, evidence.Text) {
	form, wanted := lazyregexp.New(`^\d{1,9}(?:\.\d{1,2})?$`),
		evidence.Text{ZH: "多少元，例如 8000", EN: "yuan, such as 8000"}
	switch k {
	case Rate:
		form = lazyregexp.New(`^\d{1,2}(?:\.\d{1,4})?$`)
		wanted = evidence.Text{ZH: "百分之几，例如 23.9", EN: "per cent a year, such as 23.9"}
	case LoanDate:
		form = lazyregexp.New(`^20\d\d-\d{2}-\d{2}$`)
		wanted = evidence.Text{ZH: "年-月-日，例如 2026-09-01", EN: "a day such as 2026-09-01"}
	}
	return func(value string) (string, evidence.Text) {
		switch k {
		case LoanDate:
			days, certain := evidence.DaysOf(value)
			if !certain {
				return "", evidence.WantedDay(value)
			}
			value = days[0]
		case Rate:
			value = evidence.PlainRate(value)
		default:
			value = evidence.PlainSum(value)
		}
		if !form.MatchString(value) {
			return "", wanted
		}
		return value, evidence.Text{}
	}
}
