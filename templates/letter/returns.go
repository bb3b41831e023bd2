package letter

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// A Return is a reason for which a recipient would send a letter back, as far
// as its record and the reports of its conditions tell, and what helps. It
// keeps nothing from being made: the person decides.
type Return struct {
	Code   string          `json:"code"`
	Where  string          `json:"path"` // key of case.toml; empty: nothing to fill in
	What   evidence.Advice `json:"detail"`
	Remedy evidence.Advice `json:"remedy"`
}

// byHandCodes are those of papers the person lays beside the letter: how to hand it
// in says so already.
var byHandCodes = []string{"signature", "kinship", "death", "agent-copies"}

// The codes of a [Return] by a body that is competent for nothing of a case: not for
// what the material shows, or not for a bank's own product.
const (
	remit     = "remit"
	remitBank = "remit-bank"
)

// OfRemit reports one of those.
func OfRemit(code string) bool { return code == remit || code == remitBank }

// Returns are the reasons for which this letter would be sent back.
func Returns(in Input) []Return {
	var out []Return
	for _, rule := range returnRules {
		if rule.lacks(in) {
			out = append(out, Return{rule.code, rule.where, rule.what, rule.remedy})
		}
	}
	return out
}

// A returnRule is one entry of the gate. Each has a case in the tests that
// lacks exactly it.
type returnRule struct {
	code, where  string
	lacks        func(Input) bool
	what, remedy evidence.Advice
}

var returnRules = []returnRule{
	{"name", "complainant.name", func(in Input) bool { return in.Case.Complainant.Name == "" },
		evidence.Advise("没有写您的姓名", "your name is missing"),
		evidence.Advise("填身份证上的姓名", "write it as on the identity card")},
	{"identity", "complainant.id_number", func(in Input) bool {
		return in.Role.RealName() && in.Case.Complainant.IDNumber == ""
	},
		evidence.Advise("没有写身份证号，这里要实名", "your identity number is missing, and a real name is wanted"),
		evidence.Advise("填上；不想存在电脑里的，打印后在信上留出的横线处手写",
			"fill it in, or write it by hand on the line the letter leaves")},
	{"phone", "complainant.phone", func(in Input) bool { return in.Case.Complainant.Phone == "" },
		evidence.Advise("没有写联系电话，对方没法回复，也不知道该停止打哪个号码",
			"your telephone number is missing: they cannot call back, nor know which number to stop calling"),
		evidence.Advise("填常用的手机号", "write the number you use")},
	{"address", "complainant.address", func(in Input) bool {
		p := in.Case.Complainant
		return p.Address == "" && (p.Email == "" || in.Role.RealName())
	},
		evidence.Advise("没有写接收书面答复的地址", "there is no address for a written answer"),
		evidence.Advise("填能收到信的地址；给平台、放款机构的，写邮箱也可以",
			"write where post reaches you; a platform or lender can also answer by mail")},
	{"respondent-name", "platform.name", func(in Input) bool {
		p := in.Case.Platform
		return in.Role == evidence.ToAssociation && p.Known() && p.Name == ""
	},
		evidence.Advise("只写了平台的牌子，没有写运营公司的全称", "the platform has a brand and no company name"),
		evidence.Advise("在 App 的“关于我们”“用户协议”或借款合同里找公司全称", "see the app's terms or the contract for the company")},
	{"respondent-address", "lender.address", func(in Input) bool {
		return in.Role == evidence.ToAssociation &&
			slices.ContainsFunc([]evidence.Party{in.Case.Platform, in.Case.Lender},
				func(p evidence.Party) bool { return p.Known() && p.Address == "" })
	},
		evidence.Advise("没有写被举报机构的地址，协会要求写",
			"the address of an institution is missing, and the association wants it"),
		evidence.Advise("在“国家企业信用信息公示系统”查住所，填在平台、放款机构的地址里",
			"the company register has it; write it as the address of the platform and of the lender")},
	{"credit-code", "lender.credit_code", func(in Input) bool {
		return in.Role.RealName() && in.Role != evidence.ToPolice && in.Case.Lender.Known() &&
			in.Case.Lender.CreditCode == ""
	},
		evidence.Advise("没有写放款机构的统一社会信用代码，同名的公司分不清",
			"the lender's credit code is missing, and companies of one name cannot be told apart"),
		evidence.Advise("在“国家企业信用信息公示系统”或借款合同末页查到，填进去", "the company register or the contract has it")},
	{"contract", "loan.contract", func(in Input) bool {
		return in.Role.Complaint() && !in.contact() && !in.stranger() && !in.tells(denies) &&
			in.Case.Loan.Contract == "" && !in.card()
	},
		evidence.Advise("没有写借款合同编号，对方可能查不到是哪一笔", "the contract's number is missing: they may not find the loan"),
		evidence.Advise("在 App 的“我的借款—合同”里找", "the app shows it under your loans")},
	{"card", "loan.contract", func(in Input) bool {
		return in.Role.Complaint() && !in.contact() && !in.stranger() && !in.tells(denies) &&
			in.Case.Loan.Contract == "" && in.card()
	},
		evidence.Advise("没有写是哪一张信用卡，发卡银行可能查不到", "which card it is, is not said: the bank may not find it"),
		evidence.Advise("填卡号末四位，或者领用合约、账单上的编号；不要填整个卡号",
			"write the last four digits, or the number on the agreement or bill; not the whole card number")},
	{"standing", "complainant.of", func(in Input) bool {
		p := in.Case.Complainant
		return p.Kind.ForAnother() && (strings.TrimSpace(p.Of) == "" || p.Relation == "")
	},
		evidence.Advise("没有写借款人是谁，或者您与借款人的关系", "whose loan it is, or how you stand to them, is not said"),
		evidence.Advise("填借款人的姓名、您与借款人的关系，另附能证明关系的材料（户口簿、死亡证明等的复印件）",
			"write the borrower's name and how you stand to them, and add copies that show it")},
	{"born", "loan.born", func(in Input) bool { return in.guardian() && in.Case.Loan.Born == "" },
		evidence.Advise("没有写借款人的出生日期，对方看不出借款时是不是未成年",
			"the borrower's day of birth is missing: nobody sees that they were under age"),
		evidence.Advise("照户口簿、身份证填借款人的出生日期；因为别的原因不能自己办的，另附法院的判决",
			"write the borrower's day of birth as on the household register; who cannot act for another "+
				"reason adds the court's "+
				"ruling")},
	{"of-age", "complainant.kind", func(in Input) bool {
		n, ok := in.Case.Age(in.Date.In(evidence.Beijing).Format(time.DateOnly))
		return in.guardian() && ok && n >= evidence.FullAge
	},
		evidence.Advise("借款人现在已满十八周岁，应当由借款人本人交，监护人交的会被退回",
			"the borrower is of age by now and has to file themselves"),
		evidence.Advise("用借款人本人的身份另建案件，借款时未成年的情况写进本人陈述；经法院认定不能自己办事的，附判决",
			"make a case of the borrower's own and tell in its statement that they were "+
				"under age; "+
				"who cannot act by a court's ruling adds the ruling")},
	{"kinship", "", func(in Input) bool { return in.guardian() || in.heir() },
		evidence.Advise("没有附亲属关系证明和身份证件复印件的会被退回",
			"without copies that show how you are related and who you are it would be sent back"),
		evidence.Advise("复印户口簿、出生医学证明或者公证书，连同身份证复印件一起交；监护人的还要借款人的身份证件复印件",
			"copy the household register, birth certificate or a notary's paper, and the identity card; a guardian "+
				"the borrower's too")},
	{"death", "", func(in Input) bool { return in.heir() },
		evidence.Advise("没有附借款人死亡证明复印件的会被退回", "without a copy of the death certificate it would be sent back"),
		evidence.Advise("复印死亡医学证明、户口注销证明或者法院的判决，一起交",
			"add a copy of the death certificate, the struck-off register entry or the court's ruling")},
	{"earlier-order", "filings.exhibit", earlierOrder,
		evidence.Advise("写了以前的投诉，没有工单号，或者没有附上工单、回执的截图",
			"an earlier complaint is told without its order number, or without the receipt as an exhibit"),
		evidence.Advise("把工单号和工单、回执的截图补进提交记录；交的时候放在证据最前面",
			"add the order's number and the screenshot to the record of that filing; hand it in on top of the "+
				"exhibits")},
	{"taken", "filings", func(in Input) bool {
		return in.Role == evidence.ToAssociation && slices.ContainsFunc(in.Case.Filings, func(f evidence.Filing) bool {
			role, _ := templates.FiledTo(in.Case, f.To)
			return role.ToSupervisor()
		})
	},
		evidence.Advise("这件事已经交给监管部门；协会一般不受理别处已经受理的",
			"the supervisor has the matter already, and the association takes nothing another body took"),
		evidence.Advise("等监管部门的结果；要交的，在信里写明监管部门已经收到", "wait for the supervisor, or say so in the letter")},
	{"defendant", "lender.name", func(in Input) bool {
		return in.Role.Draft() && !slices.ContainsFunc(in.respondents(),
			func(q respondent) bool { return q.party.Name != "" })
	},
		evidence.Advise("没有写哪一家公司的全称，法院不知道被告是谁",
			"no company is named in full: the court does not know whom it is against"),
		evidence.Advise("照合同、App 的用户协议填放款机构、平台公司的全称",
			"write the full names of lender and platform as in the contract or the app's terms")},
	{"forward-consent", "consent.forward", func(in Input) bool {
		return in.Role == evidence.ToForward && in.Case.Consent.Forward == evidence.Unknown
	},
		evidence.Advise("没有写是否同意把身份信息和材料转交放款机构", "whether identity and material may be passed on is not said"),
		evidence.Advise("请转办就要转交：同意的写明同意；不同意的用举报书", "passing on needs it: say yes, or report instead")},
	{"agent-identity", "agent.id_number", func(in Input) bool {
		a := in.Case.Agent
		return a.Name != "" && (a.IDNumber == "" || a.Phone == "")
	},
		evidence.Advise("代理人的身份证号、电话没有写全，授权委托书会被退回",
			"the agent's identity number or telephone is missing: the mandate would be sent back"),
		evidence.Advise("填上，或者打印后手写；委托书由您亲笔签名，交原件",
			"fill them in, or write them by hand; you sign the mandate yourself, and the original is handed in")},
	{"agent-relation", "agent.relation", func(in Input) bool {
		return in.Case.Agent.Name != "" && in.Case.Agent.Relation == ""
	},
		evidence.Advise("没有写代理人与您的关系", "how the agent stands to you is not said"),
		evidence.Advise("照实填，例如 父亲、律师、法律援助", "write it as it is: father, lawyer, legal aid")},
	{"agent-trade", "agent.relation", sellsAdvice,
		evidence.Advise("代理人像是收费的“代理维权”“债务优化”一类；这类代理的投诉，机构和监管部门会另外审查，常被退回",
			"the agent seems to sell debt advice; complaints by such agents are looked at twice and often sent "+
				"back"),
		evidence.Advise("本人可以自己交，不用花钱；要人帮忙的，找亲属、律师或法律援助（12348）。不要把身份证、银行卡、手机交给他们",
			"you can file yourself at no cost; for help turn to family, a lawyer or legal aid (12348), and give "+
				"nobody "+
				"your identity card, bank card or telephone")},
	{"agent-copies", "", func(in Input) bool { return in.Case.Agent.Name != "" },
		evidence.Advise("没有附授权委托书原件和代理人身份证复印件的会被退回",
			"without the original of the mandate and a copy of the agent's identity card it would be sent back"),
		evidence.Advise("做好的授权委托书打印出来，由您亲笔签名、捺印；连同代理人身份证复印件一起交",
			"print the mandate that is made, sign it yourself, and hand it in with a copy of the agent's card")},
	{remit, "", func(in Input) bool { return len(in.asserted()) == 0 && !in.outside() },
		evidence.Advise("材料能证明的情形都不归它管", "it is not competent for anything the material shows"),
		evidence.Advise("看“还可以向谁反映”，换一个地方交", "see whom else to turn to")},
	{"remit-association", "", func(in Input) bool {
		return in.Role == evidence.ToAssociation && in.ofBankAlone() && !in.outside()
	},
		evidence.Advise("协会收的是互联网金融方面的线索；银行自己的信用卡、柜台贷款可能不在其内",
			"the association takes matters of internet finance; a bank's own card or counter loan may be outside"),
		evidence.Advise("向银行投诉，或者向监管局举报", "complain to the bank, or report to the regulator's office")},
	{remitBank, "", Input.outside, evidence.Advise("%s", "%s").With(whyOutside),
		evidence.Advise("向银行投诉，请监管局转办，或者向监管局举报",
			"complain to the bank, have the regulator's office pass it on, or report to it")},
	{"signature", "", func(in Input) bool {
		return in.Role == evidence.ToLender || in.Role == evidence.ToPlatform ||
			slices.Contains(in.Recipient.Requires, "signature")
	},
		evidence.Advise("没有亲笔签名的会被退回", "without a signature by hand it would be sent back"),
		evidence.Advise("打印出来，在信和证据目录上签名、捺印、写日期，再扫描或者邮寄",
			"print letter and list of exhibits, sign and date both, then scan or post them")},
}

// earlierOrder reports an earlier complaint to the institution whose number or
// receipt the case lacks: a supervisor first looks for it.
func earlierOrder(in Input) bool {
	return in.Role.ToSupervisor() && slices.ContainsFunc(in.Case.Filings, func(f evidence.Filing) bool {
		role, _ := templates.FiledTo(in.Case, f.To)
		return !f.Applies() && (role == evidence.ToPlatform || role == evidence.ToLender) &&
			(f.Receipt == "" || !in.exists(f.Exhibit))
	})
}

// sellsAdvice reports an agent whose relation or name is that of a trade.
func sellsAdvice(in Input) bool {
	a := in.Case.Agent
	if a.Name == "" || strings.Contains(a.Relation, "律师") || strings.Contains(a.Relation, "法律援助") {
		return false
	}
	return hasAny(a.Relation+a.Name, "咨询", "法务", "维权", "反催收", "优化", "停息挂账", "债务重组", "征信修复", "公司", "中介")
}
