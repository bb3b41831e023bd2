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

// kindOfLoan says where the table has nothing of its own for a kind of loan: the
// letters then rest on what holds for everybody.
func (a *applier) kindOfLoan() {
	if a.contact() || len(a.report.Findings) == 0 {
		return
	}
	switch a.kase.LoanKind() {
	case evidence.CashByRenting:
		a.remark("您写的是租机变现：程序里没有专门管这类合同的规定，信里用的是一般规定，另外请对方说明设备交付、实际到账和租金的算法。合同算租赁还是借款，由有关部门和法院认定",
			"cash by renting: the program has no rule of its own for such contracts; the letters rest on what "+
				"holds for "+
				"everybody, and ask how the rent was reckoned. Whether it is a lease or a loan is for authorities "+
				"and courts")
	case evidence.BusinessLoan:
		a.remark("您写的是经营贷款：保护消费者的规定和个人消费贷款的催收指引管不到它，没有引用；程序里也没有专门管经营贷款催收的规定，信里用的是民法典等一般规定",
			"a business loan: rules for consumers and the guide for consumer loans do not reach it and are not "+
				"cited; the "+
				"program has no rule of its own for it, and the letters rest on the Civil Code and the like")
	case evidence.CarLoan:
		a.remark("您写的是汽车贷款：程序里没有专门管汽车贷款催收、收车的规定，信里用的是一般规定；遇到收车、扣车，先拨打 12348 问清楚",
			"a car loan: the program has no rule of its own for collecting it or taking the car; the letters rest "+
				"on what "+
				"holds for everybody. Ask 12348 before you hand over a car")
	case evidence.HouseLoan:
		a.remark("您写的是住房贷款：程序里没有专门管住房贷款催收的规定，个人消费类贷款的催收指引管不管它没有读到，没有引用；信里用的是一般规定",
			"a home loan: the program has no rule of its own for collecting it, and does not cite the guide for "+
				"consumer "+
				"loans, whose reach nobody has read; the letters rest on what holds for everybody")
	}
}
