package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A paper about the debt says whose it is as the case does, asks nobody who denies it or has
// paid it for a statement of what is unpaid, and tells them in no word to pay; nor does the
// note beside it.
func TestPapersAboutADebtNobodyOwes(t *testing.T) {
	const unpaid, pay, account, due = "未还本金", "应还的", "还款账户的户名", "首期未还到期日"
	for _, c := range []struct {
		name string
		in   Input
		has  []string
		not  []string
	}{
		{"borrower", borrower(evidence.Bank, "示例银行股份有限公司"),
			[]string{"借款情况", "本人签署的借款合同", unpaid, account, due, "贵方主张金额", "也不影响本人归还应还的款项", "应还的仍要还"}, nil},
		{"theft", disputing("V20c", borrower(evidence.Bank, "示例银行股份有限公司")),
			[]string{"对方所称的借款", "本人陈述：本人没有办理过这笔借款", "1.这笔借款的申请记录、人脸核验照片", "贵方主张金额", "不表示认可这笔借款。"},
			[]string{unpaid, pay, account, due, "本人签署", "借款情况"}},
		{"wrong person", disputing("V20a", borrower(evidence.Bank, "示例银行股份有限公司")),
			[]string{"对方所称的借款", "本人陈述：本人不是这笔借款的债务人"}, []string{unpaid, pay, account, due, "本人签署"}},
		{"settled", settled(evidence.Bank, "示例银行股份有限公司"),
			[]string{"本人陈述：这笔借款已于2026年2月1日结清。", "全部还款的记录和结清的证明", "本人签署的借款合同"},
			[]string{unpaid, pay, account, due, "贵方主张金额"}},
		{"guardian", guardian(evidence.Bank, "示例银行股份有限公司"),
			[]string{"借款人签署的借款合同", "借款人个人信息", "法定代理人没有同意、追认过这笔借款", unpaid}, []string{pay, "本人签署"}},
		{"heir", heir(evidence.Bank, "示例银行股份有限公司"),
			[]string{"借款人签署的借款合同", "借款人王大山已去世", unpaid}, []string{pay, "本人签署"}},
		{"theft, of nobody known", disputing("V20c", borrower(evidence.LicenceUnknown, "")),
			[]string{"1.放款机构（债权人）的全称", "以及这笔借款的申请记录"}, []string{"本人签署"}},
	} {
		in := to(t, c.in, evidence.ToPlatform)
		d, err := StatementRequest(in)
		if err != nil {
			t.Fatal(err)
		}
		text := document.Text(d) + document.Text(ApplicationNote(in, "关于提供账单和催收委托材料的申请书"))
		for _, w := range c.has {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %s in\n%s", c.name, w, text)
			}
		}
		for _, w := range c.not {
			if strings.Contains(text, w) {
				t.Errorf("%s: %s in\n%s", c.name, w, text)
			}
		}
		note := document.Text(ApplicationNote(in, objectionTitle))
		if got := strings.Contains(note, pay); got != (c.name == "borrower") {
			t.Errorf("%s: an objection's note tells to pay: %v", c.name, got)
		}
	}
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
	if s := document.Text(ApplicationNote(in, deferralTitle)); !strings.Contains(s, "是否同意延期、分期，由对方决定") {
		t.Error(s)
	}
}

// To the police, who know of the loan by this paper alone, it is said what the person says
// of it, and what the other side does.
func TestThePoliceHearOfTheLoan(t *testing.T) {
	theft := further(t, disputing("V20c", borrower(evidence.Bank, "示例银行股份有限公司")), evidence.ToPolice)
	theft.Findings[len(theft.Findings)-1].Bodies = everybody
	text := document.Text(Compose(theft, counted()))
	for _, w := range []string{"本人陈述：本人没有办理过这笔借款，认为是他人冒用本人身份办理的。对方称借款日期2025年6月1日",
		"本人认为身份被冒用办理借款，请就此出具报案证明"} {
		if !strings.Contains(text, w) {
			t.Errorf("no %s in\n%s", w, text)
		}
	}
	mine := further(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPolice)
	if text := document.Text(Compose(mine, counted())); strings.Contains(text, "对方称") ||
		strings.Contains(text, "本人认为身份被冒用") {
		t.Errorf("a borrower's loan is told as another's:\n%s", text)
	}
}

// What was let in name is told so within a sentence too, and is asked about once.
func TestALeaseInASentence(t *testing.T) {
	in := withFee(t, borrower(evidence.NoLicence, "示例租赁有限公司"))
	in.Case.Loan.Kind = evidence.CashByRenting
	for role, want := range map[evidence.Role]string{evidence.To12315: "：合同名义为租赁，合同日期",
		evidence.ToRegulator: "核查合同名义为租赁、实际是否为借款，以及收取的费用。"} {
		var given Input
		if role == evidence.To12315 {
			given = further(t, in, role)
		} else {
			given = to(t, in, role)
		}
		text := document.Text(Compose(given, counted()))
		if !strings.Contains(text, want) || strings.Contains(text, "业务种类合同名义") || strings.Contains(text, "收取利息") {
			t.Errorf("to %s:\n%s", role, text)
		}
	}
}
