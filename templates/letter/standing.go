package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
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

// settled reports that the loan of the letter is paid: that the case says of the
// loan. A row that was named so tells of the loan it was about, which may be
// another one.
func (in Input) settled() bool { return in.Case.Loan.Settled != "" }

// paid reports that some debt the letter tells of is paid: its own, or that of a
// row.
func (in Input) paid() bool { return in.settled() || in.says("V20b") }

// disowned reports that the guardian of a minor does not agree to the loan.
func (in Input) disowned() bool { return in.minor() && in.Case.Consent.Loan == evidence.No }

// endsContact reports that the writer asks for every contact about the loan to
// stop: who asks that cannot in the same letter say at which hours to call.
func (in Input) endsContact() bool {
	return in.contact() || in.stranger() || in.settled() || in.disowned()
}

func (in Input) guardian() bool { return in.Case.Complainant.Kind == evidence.Guardian }
func (in Input) heir() bool     { return in.Case.Complainant.Kind == evidence.Heir }

// relation is who the writer is to the borrower, where that is somebody else.
func (in Input) relation() string {
	p := in.Case.Complainant
	debtor, of := in.debtWords().debtor, strings.TrimSpace(p.Of)
	switch p.Kind {
	case evidence.Contact:
		return "不是" + debtor + "，因催收他人债务被联系"
	case evidence.Guardian:
		return debtor + of + "的监护人（法定代理人）" + with("，", p.Relation)
	case evidence.Heir:
		return debtor + of + "的继承人" + with("，", p.Relation)
	}
	return ""
}

// standing is what the person says of the debt before its figures: that it is not
// theirs, that it is paid, whose it is.
func (in Input) standing() string {
	l, w := in.Case.Loan, in.debtWords()
	of := w.debtor + strings.TrimSpace(in.Case.Complainant.Of)
	var out []string
	switch {
	case in.contact():
		return ""
	case in.stolen():
		out = append(out, "本人没有办理过"+in.product()+"，认为是他人冒用本人身份办理的。")
	case in.stranger():
		s := "本人不是这笔借款的债务人，没有借过这笔款。"
		if in.card() {
			s = "本人不是这张信用卡的持卡人，没有用过这张卡。"
		}
		out = append(out, s)
	case in.settled():
		out = append(out, w.this+"已于"+isoDay(l.Settled)+"结清。")
	}
	if in.heir() {
		out = append(out, of+"已去世，本人是继承人。")
	}
	if in.guardian() {
		if n, ok := in.age(); ok {
			out = append(out, fmt.Sprintf("%s%s%d周岁。", of, w.taken, n))
		}
		if in.Case.Consent.Loan == evidence.No {
			out = append(out, "法定代理人没有同意、追认过"+in.product()+"。")
		}
	}
	return strings.Join(out, "")
}

// assigned is what the case carries of a transfer of the claim: who says that it
// has it. That no notice came is told with the act that was named so.
func (in Input) assigned() string {
	a := in.Case.Assignee.Label()
	if a == "" || in.contact() || in.stranger() {
		return ""
	}
	return a + "称已受让这笔债权。"
}

// recorded is what a credit report says of the loan, copied by the person.
func (in Input) recorded() string {
	k := in.Case.Credit
	if strings.TrimSpace(k.Entry) == "" {
		return ""
	}
	of := ""
	if k.Report != "" {
		of = isoDay(k.Report) + "的"
	}
	return of + "信用报告记载：" + quoted(in.mask(k.Entry)) + "。"
}

// besides is what is said of the loan after its figures: who says the claim is
// theirs, and what a credit report says of a debt that is not owed.
func (in Input) besides() string {
	s := in.assigned()
	if !in.contact() && (in.stolen() || in.paid()) {
		return s + in.recorded()
	}
	if in.Role == evidence.ToCentralBank && in.recorded() != "" { // what that complaint is about
		s += in.recorded() + with("本人认为有误：", trimStop(strings.TrimSpace(in.mask(in.Case.Credit.Wrong)))) + "。"
	}
	return s
}

// noticeLaw is Article 546 of the Civil Code, where the loan itself is not older
// than the Code, so that the transfer is not either.
func (in Input) noticeLaw() string {
	if in.Case.Loan.Date < "2021-01-01" {
		return ""
	}
	return "（《中华人民共和国民法典》第五百四十六条：债权转让没有通知债务人的，对债务人不发生效力）"
}

// age is how old the borrower of a guardian's case was on the day of the loan.
func (in Input) age() (years int, ok bool) { return in.Case.Age(in.Case.Loan.Date) }

// minor reports that the borrower was not of full age on the day of the loan.
func (in Input) minor() bool {
	n, ok := in.age()
	return in.guardian() && ok && n < evidence.FullAge
}

// rented reports that the person says the loan was dressed as a lease; what it is
// the letters do not say.
func (in Input) rented() bool {
	return in.Case.LoanKind() == evidence.CashByRenting && !in.contact() && !in.stranger()
}

// standingAsks are the requests of a complaint that go with who the writer is. On
// the capacity of minors and what heirs owe the table has no record, so that no
// provision is named beside them.
func (in Input) standingAsks() []string {
	var asks []string
	w := in.debtWords()
	if in.minor() {
		asks = append(asks, "核查"+w.debtor+w.applied+"的年龄和身份审核记录，说明"+in.granted()+"的依据。")
		if in.disowned() {
			asks = append(asks, "法定代理人不同意、不追认"+in.product()+"，请答复处理办法。")
		}
	}
	if s := in.recordAsk(); s != "" {
		asks = append(asks, s)
	}
	if in.rented() {
		asks = append(asks, "提供合同和付款明细，说明设备交付、实际到账金额和租金、费用的计算方法。")
	}
	if in.heir() {
		asks = append(asks, "提供"+w.contract+"、账单明细和对方主张金额的计算方法；超出所得遗产实际价值的部分，不要求本人以个人财产偿还。")
	}
	if a := in.Case.Assignee.Label(); a != "" && !in.stranger() && !in.contact() {
		asks = append(asks, "说明债权是否已经转让给"+a+"，提供债权转让的材料和通知本人的凭证"+in.noticeLaw()+"。")
	}
	return asks
}

// recordAsk asks for the credit record of a debt that is not owed to be set right:
// the entry the case holds, or what may have been reported.
func (in Input) recordAsk() string {
	if !in.says("V20b") && !in.says("V20c") || in.contact() ||
		in.has(func(k evidence.Kind) bool { return k.ID == creditRecord }) {
		return ""
	}
	if in.recorded() != "" {
		return "信用报告中的下列记载有误的，予以更正、删除。"
	}
	if !in.settled() && !in.stolen() {
		return "就" + in.paidLoan() + "报送的征信记录有误的，予以更正、删除。"
	}
	return "就" + in.debtWords().this + "报送的征信记录有误的，予以更正、删除。"
}

// paidLoan names the loan of the rows that were named as about a paid one, by the
// contract number where their words hold one.
func (in Input) paidLoan() string {
	var numbers []string
	for _, f := range append(in.asserted(), in.stated()...) {
		for _, i := range f.Incidents {
			if !slices.Contains(i.Asserted, "V20b") {
				continue
			}
			named := phrase.ContractsIn(i.Shown)
			if len(named) == 0 {
				continue
			}
			if n := in.mask(named[0]); !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	s := "本人称已经结清的" + in.debtWords().debt
	if len(numbers) > 0 {
		s += "（合同" + strings.Join(numbers, "、") + "）"
	}
	return s
}

// standingInquiries are those of a report.
func (in Input) standingInquiries() []string {
	var asks []string
	if in.minor() {
		asks = append(asks, "核查被举报人向未成年人"+in.granted()+"的审核情况。")
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
	card := in.card()
	var asks []string
	if strings.TrimSpace(d.Reason) != "" || len(d.Plan) > 0 {
		s := "就未还款项与本人协商延期或分期还款方案"
		if in.rented() {
			s = "就未付款项与本人协商延期或分期支付方案"
		}
		if card {
			s = "就信用卡欠款与本人协商个性化分期还款协议，最长可以到六十个月"
		}
		if why := strings.TrimRight(oneLine(in.mask(d.Reason)), "。；;. "); why != "" && !bargains(why) {
			s += "。本人的情况：" + why
		}
		if plan := evidence.Payments(d.Plan); len(plan) > 0 {
			s += fmt.Sprintf("；本人能够做到的是自%s起分%d期，合计%s元，仅为协商，不表示认可对方主张的金额", day(plan[0].Day), len(plan),
				evidence.Total(plan))
		}
		asks = append(asks, s+"。")
	}
	switch {
	case d.Reduce != evidence.Yes:
	case card:
		asks = append(asks, "信用卡的利息、复利、费用和违约金合计过高的部分，请求适当减少（《最高人民法院关于审理银行卡民事纠纷案件若干问题的规定》第二条）。")
	case in.rented():
		asks = append(asks, "请求减少租金、费用和违约金。")
	default:
		asks = append(asks, "请求减少利息、罚息和违约金。")
	}
	return asks
}
