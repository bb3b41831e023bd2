package letter

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/templates"
)

// patience is how many days to wait for an answer that no rule sets a term
// for.
const patience = 15

// order is in what order to file, how long an answer takes, and what is not to
// be waited for.
func (in Input) order(steps []GuideEntry) string {
	s := "先向平台或放款机构投诉，记下日期和工单号。"
	if in.Case.Lender.Licence.Supervisor() == evidence.NationalOffice && in.Case.LoanKind() != evidence.BusinessLoan {
		plain, complex, longest := templates.PlainTerm.Days, templates.ComplexTerm.Days, templates.LongestTerm.Days
		s += fmt.Sprintf("银行、消费金融公司等处理消费投诉一般为%d日，复杂的可以延长到%d日，特别复杂的再延长%d日；%s提交的，%d日到%s。",
			plain, complex, longest-complex, day(in.Date), plain, day(in.Date.AddDate(0, 0, plain)))
		toLender := slices.ContainsFunc(steps, func(s GuideEntry) bool { return s.Recipient.Kind == "lender" })
		if p := in.Case.Through(); !toLender && p.Known() && p.Name != in.Case.Lender.Name &&
			in.Case.Lender.Name != "" {
			s += "这个期限约束放款机构：平台与放款机构不是一家的，向" + in.Case.Lender.Name + "也投诉一次（build 时加 --to lender）。"
		}
	} else {
		s += fmt.Sprintf("没有查到对方必须在几日内答复的规定，可以等%d日左右；%s提交的，约到%s。",
			patience, day(in.Date), day(in.Date.AddDate(0, 0, patience)))
	}
	if slices.ContainsFunc(steps, func(s GuideEntry) bool { return !s.Role.Complaint() }) {
		s += "没有查到举报必须等投诉答复的规定：举报可以同时交"
		if in.Emergency.ZH != "" {
			s += "，有威胁的更不要等"
		}
		s += "。"
	}
	return s + "手上已经有工单号、答复的，写进 case.toml 的 filings，把回复截图加进证据，再运行一次 build，附上更有力。"
}

// purposes say what each letter is good for, and what it is not.
func (in Input) purposes(steps []GuideEntry) []string {
	has := func(r evidence.Role) bool {
		return slices.ContainsFunc(steps, func(s GuideEntry) bool { return s.Role == r })
	}
	var out []string
	if has(evidence.ToPlatform) || has(evidence.ToLender) {
		out = append(out, "要对方停止、说明、道歉、书面答复：投诉书，直接交给平台或放款机构。")
	}
	if has(evidence.ToForward) {
		out = append(out, "同样的要求，想请监管局登记后转给放款机构办：投诉书（请转办），也可以打 12378，照“"+CallSheetTitle+
			"”说。由放款机构答复您，监管局不替它作决定。")
	}
	if has(evidence.ToRegulator) {
		out = append(out, "请监管部门查处违规：举报书。它告诉您是否受理、是否查实，不替您要道歉、退款。与请转办的投诉书是两件事，分开交，不要合成一封。")
	}
	if has(evidence.ToAssociation) {
		out = append(out, "向协会反映线索：举报书。它转给主管部门，不裁决纠纷；一般不受理别处已经受理的事项，要交协会的，先交协会，再交监管部门。")
	}
	return out
}
