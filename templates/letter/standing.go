package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// Who the writer is to the debt: one who owes nothing, one who paid, a guardian,
// an heir. Each has facts and requests of their own, and only those the case
// carries.

// says reports whether the letter tells of a part of a kind, asserted or as the
// person's word.
func (in Input) says(part evidence.Breach) bool {
	return slices.ContainsFunc(append(in.asserted(), in.stated()...), func(f evidence.Finding) bool {
		return slices.Contains(f.Parts, part.Title())
	})
}

func (in Input) stranger() bool { return in.says("V20a") || in.stolen() }
func (in Input) stolen() bool   { return in.says("V20c") }
func (in Input) settled() bool  { return in.Case.Loan.Settled != "" || in.says("V20b") }
func (in Input) guardian() bool { return in.Case.Complainant.Kind == evidence.Guardian }
func (in Input) heir() bool     { return in.Case.Complainant.Kind == evidence.Heir }

// relation is who the writer is to the borrower, where that is somebody else.
func (in Input) relation() string {
	p := in.Case.Complainant
	of := strings.TrimSpace(p.Of)
	switch p.Kind {
	case evidence.Contact:
		return "不是借款人，因催收他人债务被联系"
	case evidence.Guardian:
		return "借款人" + of + "的监护人（法定代理人）" + with("，", p.Relation)
	case evidence.Heir:
		return "借款人" + of + "的继承人" + with("，", p.Relation)
	}
	return ""
}

// standing is what the person says of the debt before its figures: that it is not
// theirs, that it is paid, whose it is.
func (in Input) standing() string {
	l, of := in.Case.Loan, "借款人"+strings.TrimSpace(in.Case.Complainant.Of)
	var out []string
	switch {
	case in.contact():
		return ""
	case in.stolen():
		out = append(out, "本人没有申请、签署过这笔借款，是他人冒用本人身份办理的。")
	case in.stranger():
		out = append(out, "本人不是这笔借款的债务人，没有借过这笔款。")
	case in.settled() && l.Settled != "":
		out = append(out, "这笔借款已于"+isoDay(l.Settled)+"结清。")
	case in.settled():
		out = append(out, "这笔借款已经结清。")
	}
	if in.heir() {
		out = append(out, of+"已去世，本人是继承人。")
	}
	if in.guardian() {
		if n, ok := in.age(); ok {
			out = append(out, fmt.Sprintf("%s借款时%d周岁。", of, n))
		}
		if in.Case.Consent.Loan == evidence.No {
			out = append(out, "监护人没有同意、追认过这笔借款。")
		}
	}
	return strings.Join(out, "")
}

// age is how old the borrower of a guardian's case was on the day of the loan.
func (in Input) age() (years int, ok bool) {
	born, err1 := time.Parse(time.DateOnly, in.Case.Loan.Born)
	lent, err2 := time.Parse(time.DateOnly, in.Case.Loan.Date)
	if err1 != nil || err2 != nil || lent.Before(born) {
		return 0, false
	}
	years = lent.Year() - born.Year()
	if lent.YearDay() < time.Date(lent.Year(), born.Month(), born.Day(), 0, 0, 0, 0, time.UTC).YearDay() {
		years--
	}
	return years, true
}

// fullAge is when somebody can contract alone (民法典 Articles 17 and 18).
const fullAge = 18

// minor reports that the borrower was not of full age on the day of the loan.
func (in Input) minor() bool {
	n, ok := in.age()
	return in.guardian() && ok && n < fullAge
}

// rented reports that the person says the loan was dressed as a lease; what it is
// the letters do not say.
func (in Input) rented() bool {
	return in.Case.LoanKind() == evidence.CashByRenting && !in.contact() && !in.stranger()
}

// standingAsks are the requests of a complaint that go with who the writer is.
func (in Input) standingAsks() []string {
	var asks []string
	if in.minor() {
		asks = append(asks, "核查借款人借款时的年龄和身份审核记录，说明放款的依据。")
		if in.Case.Consent.Loan == evidence.No {
			asks = append(asks, "监护人不追认这笔借款：停止向借款人催收，答复处理办法（《中华人民共和国民法典》：限制民事行为能力人实施的、"+
				"与其年龄、智力不相适应的法律行为，经法定代理人同意或者追认后有效）。")
		}
	}
	if in.rented() {
		asks = append(asks, "提供合同和付款明细，说明设备交付、实际到账金额和租金、费用的计算方法。")
	}
	if in.heir() {
		asks = append(asks, "提供借款合同、账单明细和对方主张金额的计算方法；超出所得遗产实际价值的部分，不要求本人以个人财产偿还"+
			"（《中华人民共和国民法典》：继承人以所得遗产的实际价值为限清偿被继承人的债务）。")
	}
	if a := in.Case.Assignee.Label(); a != "" && !in.stranger() && !in.contact() {
		asks = append(asks, "说明债权是否已经转让给"+a+"，提供债权转让的材料和通知本人的凭证。")
	}
	return asks
}

// standingInquiries are those of a report.
func (in Input) standingInquiries() []string {
	var asks []string
	if in.minor() {
		asks = append(asks, "核查被举报人向未成年人放款的审核情况。")
	}
	if in.rented() {
		asks = append(asks, "核查合同名义为租赁、实际是否为借款，以及收取的费用。")
	}
	if in.heir() {
		asks = append(asks, "核查被举报人向继承人催收的情况。")
	}
	if a := in.Case.Assignee.Label(); a != "" && !in.contact() {
		asks = append(asks, "核查债权转让给"+a+"的情况和通知情况。")
	}
	return asks
}

// wishes are what a borrower asks of the debt itself, and only where they wished
// it: whoever does not owe it, or has paid it, has nothing to put off.
func (in Input) wishes() []string {
	d := in.Case.Deferral
	if in.contact() || in.stranger() || in.settled() || in.tells(denies) {
		return nil
	}
	card := in.Case.LoanKind() == evidence.CreditCard
	var asks []string
	if strings.TrimSpace(d.Reason) != "" || len(d.Plan) > 0 {
		s := "就未还款项与本人协商延期或分期还款方案"
		if card {
			s = "就信用卡欠款与本人协商个性化分期还款协议，最长可以到六十个月"
		}
		if plan := evidence.Payments(d.Plan); len(plan) > 0 {
			s += fmt.Sprintf("；本人能够做到的是自%s起分%d期，合计%s元", day(plan[0].Day), len(plan), evidence.Total(plan))
		}
		asks = append(asks, s+"。")
	}
	switch {
	case d.Reduce != evidence.Yes:
	case card:
		asks = append(asks, "信用卡的利息、复利、费用和违约金合计过高的部分，请求适当减少（《最高人民法院关于审理银行卡民事纠纷案件若干问题的规定》第二条）。")
	default:
		asks = append(asks, "请求减少利息、罚息和违约金。")
	}
	return asks
}
