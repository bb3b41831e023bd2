package rule

import (
	"slices"

	"juzheng/evidence"
)

// Rules that are about consumers or their loans by their own names. A loan for a
// business is outside all of them; whether what a bank association calls 个人消费类贷款
// takes in a loan for a home nobody has read.
var (
	consumerRules = []string{"CPL", "XFTS", "XBBH", "CBA26"}
	consumerLoans = []string{"CBA26"}
)

// inScope is the table without the rules that are not about a loan of the case's
// kind. What is not known keeps them: it is asked.
func (t table) inScope(c evidence.Case) table {
	var out []string
	switch c.LoanKind() {
	case evidence.BusinessLoan:
		out = consumerRules
	case evidence.HouseLoan:
		out = consumerLoans
	}
	return slices.DeleteFunc(slices.Clone(t), func(p Provision) bool { return slices.Contains(out, p.Registry) })
}

// openScope is the fact that a standard on consumer credit over the network is
// cited with its condition: nobody has said yet whether the loan is of that kind.
const openScope = "open-scope"

// overNetwork says whether a loan is of the kind that GB/T 45251 is about, by its own
// title: consumer credit over the network, of a lender who is licensed. A bank's own
// counter and card are outside, and so is who lends without a licence. Unknown is
// where the case leaves it open.
func overNetwork(c evidence.Case) evidence.Answer {
	kind, through := c.LoanKind(), c.Through().Known()
	switch kind {
	case evidence.CreditCard, evidence.CashByRenting, evidence.BusinessLoan, evidence.CarLoan, evidence.HouseLoan:
		return evidence.No
	}
	switch licence := c.Lender.Licence; {
	case licence == evidence.NoLicence:
		return evidence.No
	case licence == evidence.LicenceUnknown:
		return evidence.Unknown
	case kind == evidence.NetworkLoan, kind == evidence.ShopInstalment && through:
		return evidence.Yes
	case kind == evidence.ShopInstalment, licence == evidence.SmallLoan, through:
		return evidence.Unknown // a shop's or a small-loan company's own counter; a guarantor's name alone
	}
	if !c.Lender.Known() { // nobody is named: it may be
		return evidence.Unknown
	}
	return evidence.No
}

// openStandard says that the standard was cited with its condition, and what would
// close the question.
func (a *applier) openStandard() {
	if overNetwork(a.kase) != evidence.Unknown ||
		!slices.ContainsFunc(a.report.Findings, func(f evidence.Finding) bool {
			return slices.ContainsFunc(f.Citations, evidence.Citation.Conditional)
		}) {
		return
	}
	a.remark(evidence.Advise("国家标准（GB/T 45251—2025）只管金融机构的个人网络消费贷款；放款的是不是金融机构、借款是不是网上办的消费贷款，还看不出来，所以信里写的是“如适用”："+
		"查清以后{填 case.toml 的 lender.licence 和 loan.kind，或者用 juzheng ask 回答|在“您和借款”里填}",
		"the standard GB/T 45251 is about consumer credit of financial institutions over the network alone; whether "+
			"this is one cannot be seen yet, so the letters cite it with that condition: fill in {lender.licence and "+
			"loan.kind in case.toml once you know, or answer juzheng ask|both under “You and the loan” once you know}"))
}

// kindOfLoan says where the table has nothing of its own for a kind of loan: the
// letters then rest on what holds for everybody.
func (a *applier) kindOfLoan() {
	if a.contact() || len(a.report.Findings) == 0 {
		return
	}
	switch a.kase.LoanKind() {
	case evidence.CashByRenting:
		a.remark(evidence.Advise("您写的是租机变现：程序里没有专门管这类合同的规定，信里用的是一般规定，另外请对方说明设备交付、实际到账和租金的算法。合同算租赁还是借款，由有关部门和法院认定",
			"cash by renting: the program has no rule of its own for such contracts; the letters rest on what "+
				"holds for "+
				"everybody, and ask how the rent was reckoned. Whether it is a lease or a loan is for authorities "+
				"and courts"))
	case evidence.BusinessLoan:
		a.remark(evidence.Advise("您写的是经营贷款：保护消费者的规定和个人消费贷款的催收指引管不到它，没有引用；程序里也没有专门管经营贷款催收的规定，信里用的是民法典等一般规定",
			"a business loan: rules for consumers and the guide for consumer loans do not reach it and are not "+
				"cited; the "+
				"program has no rule of its own for it, and the letters rest on the Civil Code and the like"))
	case evidence.CarLoan:
		a.remark(evidence.Advise("您写的是汽车贷款：程序里没有专门管汽车贷款催收、收车的规定，信里用的是一般规定；遇到收车、扣车，先拨打 12348 问清楚",
			"a car loan: the program has no rule of its own for collecting it or taking the car; the letters rest "+
				"on what "+
				"holds for everybody. Ask 12348 before you hand over a car"))
	case evidence.HouseLoan:
		a.remark(evidence.Advise("您写的是住房贷款：程序里没有专门管住房贷款催收的规定，个人消费类贷款的催收指引管不管它没有读到，没有引用；信里用的是一般规定",
			"a home loan: the program has no rule of its own for collecting it, and does not cite the guide for "+
				"consumer "+
				"loans, whose reach nobody has read; the letters rest on what holds for everybody"))
	}
}
