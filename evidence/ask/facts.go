package ask

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// A fact of the case that letters need or print, and where it may be read.
type fact struct {
	kind   Kind
	key    string
	asked  func(*lister) bool
	text   evidence.Text
	why    evidence.Text
	effect evidence.Text
	read   func(*lister) (value string, from evidence.Text)
	check  func(value string) (string, evidence.Text) // what is written, or what was wanted
}

var (
	lenderLine = lazyregexp.New(
		`(?m)(?:贷款人|出借人|放款机构|放款人|资金方)[）)]?(?:（[^）]*）)?\s*[:：]\s*(\S{4,40}?)(?:（|\(|，|,|；|。|\s|$)`)
	contractLine = lazyregexp.New(`(?m)合同(?:编号|号)\s*[:：]\s*([A-Za-z0-9][A-Za-z0-9_\-/]{3,40})`)
)

// endings are what the name of a licensed company says of its licence: no other
// company may bear them.
var endings = []struct {
	words   string
	licence evidence.Licence
}{
	{"消费金融有限公司", evidence.ConsumerFinance}, {"消费金融股份有限公司", evidence.ConsumerFinance},
	{"汽车金融有限公司", evidence.AutoFinance}, {"小额贷款有限公司", evidence.SmallLoan},
	{"小额贷款有限责任公司", evidence.SmallLoan}, {"小额贷款股份有限公司", evidence.SmallLoan},
	{"融资担保有限公司", evidence.Guarantee}, {"银行股份有限公司", evidence.Bank}, {"信托有限公司", evidence.Trust},
	{"信托有限责任公司", evidence.Trust},
}

// licenceOf is the licence that a full name says; empty if it says none.
func licenceOf(name string) evidence.Licence {
	for _, e := range endings {
		if strings.HasSuffix(name, e.words) {
			return e.licence
		}
	}
	return evidence.LicenceUnknown
}

// LicenceHint is the licence that a lender's name speaks of, for somebody to
// confirm: a branch of a bank, a name in short; empty if it speaks of none.
func LicenceHint(name string) evidence.Licence {
	if l := licenceOf(name); l != evidence.LicenceUnknown {
		return l
	}
	for _, h := range []struct {
		words   string
		licence evidence.Licence
	}{
		{"消费金融", evidence.ConsumerFinance}, {"汽车金融", evidence.AutoFinance}, {"小额贷款", evidence.SmallLoan},
		{"小贷", evidence.SmallLoan}, {"融资担保", evidence.Guarantee}, {"信托", evidence.Trust}, {"银行", evidence.Bank},
	} {
		if strings.Contains(name, h.words) {
			return h.licence
		}
	}
	return evidence.LicenceUnknown
}

// RegionHint is the code of the region a lender's name begins with, for somebody
// to confirm; empty if it begins with none.
func RegionHint(name string) string {
	for _, r := range evidence.Regions {
		if strings.HasPrefix(name, strings.TrimRight(r.Name, "省市")) {
			return r.Code
		}
	}
	return ""
}

// maxTyped is how long a typed answer may be, in characters.
const maxTyped = 80

// A digit typed where a choice was expected must not become somebody's name.
var (
	wantedName     = evidence.Text{ZH: "您身份证上的姓名，不是数字", EN: "your name as on the identity card, and no number"}
	wantedBrand    = evidence.Text{ZH: "App 或者平台的名字，例如 极融，不是数字", EN: "the name of the app or platform, and no number"}
	wantedLender   = evidence.Text{ZH: "公司全称，例如 某某消费金融有限公司", EN: "the full name of a company"}
	wantedContract = evidence.Text{ZH: "合同上印的编号，4 到 80 个字",
		EN: "the number as printed on the contract, 4 to 80 characters"}
	wantedNumber = evidence.Text{ZH: "电话号码，例如 13900000001", EN: "a telephone number such as 13900000001"}
)

// lettered is a check of a name of at least so many letters.
func lettered(least int, wanted evidence.Text) func(string) (string, evidence.Text) {
	return func(value string) (string, evidence.Text) {
		value = evidence.MendName(value)
		letters := 0
		for _, r := range value {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		if letters < least || len([]rune(value)) > maxTyped || strings.ContainsAny(value, "\n\r") {
			return "", wanted
		}
		return value, evidence.Text{}
	}
}

// ofPerson is a check of the name of a natural person.
func ofPerson(check func(string) (string, evidence.Text)) func(string) (string, evidence.Text) {
	return func(value string) (string, evidence.Text) { return check(evidence.MendPersonName(value)) }
}

// coded is a check of a number of letters and digits.
func coded(value string) (string, evidence.Text) {
	value = strings.TrimSpace(value)
	if n := len([]rune(value)); n < 4 || n > maxTyped || strings.ContainsAny(value, "\n\r") {
		return "", wantedContract
	}
	return value, evidence.Text{}
}

var numberForm = lazyregexp.New(`^\+?\d{7,20}$`)

func numbered(value string) (string, evidence.Text) {
	n := evidence.NormalNumber(value)
	if !numberForm.MatchString(n) {
		return "", wantedNumber
	}
	return n, evidence.Text{}
}

var (
	reachForm   = lazyregexp.New(`^(1[3-9]\d{9}|0\d{9,11}|\+\d{8,15})$`)
	wantedReach = evidence.Text{ZH: "11位手机号；固定电话连区号一起写；境外的号码以 + 和国家号开头",
		EN: "a mobile number of 11 digits; a landline with its area code; one abroad with + and its country code"}
)

// reachable takes a number that can be called as it stands: whoever handles the
// complaint has nothing but it.
func reachable(value string) (string, evidence.Text) {
	n := evidence.NormalNumber(value)
	if !reachForm.MatchString(n) {
		return "", wantedReach
	}
	return n, evidence.Text{}
}

// allFacts are those of the case and those of its papers.
func allFacts() []fact { return slices.Concat(facts, []fact{assignee}, ofPapers) }

// CheckFact says what is wanted in the place of a value that is typed for a
// fact of the case; empty: the value will do. Kinds that take no typed value
// take none here either.
func CheckFact(k Kind, value string) (wanted evidence.Text) {
	for _, f := range allFacts() {
		if f.kind == k && f.check != nil {
			_, wanted = f.check(value)
		}
	}
	return wanted
}

var facts = []fact{
	{kind: Name, key: "complainant.name",
		asked:  func(l *lister) bool { return l.Case.Complainant.Name == "" },
		text:   evidence.Text{ZH: "您的姓名？（和身份证一致）", EN: "Your name, as on the identity card?"},
		why:    evidence.Text{ZH: "投诉须实名", EN: "complaints are made under one's real name"},
		effect: evidence.Text{ZH: "印在信上", EN: "it is printed on the letters"},
		check:  ofPerson(lettered(1, wantedName))},
	{kind: OwnNumber, key: "complainant.phone",
		asked: func(l *lister) bool { return l.Case.Complainant.Phone == "" },
		text:  evidence.Text{ZH: "您的手机号？", EN: "Your telephone number?"},
		why: evidence.Text{ZH: "受理的人要打电话找您，没有联系方式的投诉多半会被退回",
			EN: "whoever handles it calls you; a complaint without a number is likely to be sent back"},
		effect: evidence.Text{ZH: "印在信上", EN: "it is printed on the letters"}, check: reachable},
	{kind: Brand, key: "platform.brand",
		asked:  func(l *lister) bool { return !l.Case.Platform.Known() && !l.Case.Lender.Known() },
		text:   evidence.Text{ZH: "是哪个贷款 App 或者平台？", EN: "Which loan app or platform is it?"},
		why:    evidence.Text{ZH: "不知道投诉谁，信就没法写", EN: "without a respondent no letter can be written"},
		effect: evidence.Text{ZH: "写成被投诉的平台", EN: "it becomes the respondent"},
		check:  lettered(1, wantedBrand)},
	{kind: Lender, key: "lender.name",
		asked: func(l *lister) bool { return l.Case.Lender.Name == "" },
		text: evidence.Text{ZH: "借款合同上的放款机构（贷款人）全称是什么？",
			EN: "What is the full name of the lender in the loan contract?"},
		why: evidence.Text{ZH: "由它的类型和注册地决定谁来监管", EN: "its kind and place decide who supervises it"},
		effect: evidence.Text{ZH: "印在信上；名称里写着消费金融、小额贷款、银行的，类型也一并记下",
			EN: "it is printed on the letters, and a kind that its name says is noted too"},
		read: (*lister).lenderIn, check: lettered(4, wantedLender)},
	{kind: Licence, key: "lender.licence",
		asked:  func(l *lister) bool { return l.Case.Lender.Licence == "" && l.Case.Lender.Name != "" },
		text:   evidence.Text{ZH: "放款机构是哪一类？", EN: "What kind of lender is it?"},
		why:    evidence.Text{ZH: "类型决定由谁监管、适用哪些规定", EN: "its kind decides who supervises it and which rules apply"},
		effect: evidence.Text{ZH: "信寄给管它的部门", EN: "the letters go to its supervisor"},
		read: func(l *lister) (string, evidence.Text) {
			return string(LicenceHint(l.Case.Lender.Name)), evidence.Text{ZH: "放款机构的名称", EN: "the lender's name"}
		}},
	{kind: Region, key: "lender.region",
		asked: func(l *lister) bool { return l.Case.Lender.Region == "" && l.Case.Lender.Name != "" },
		text: evidence.Text{ZH: "放款机构注册在哪个省？（写省名或者六位代码；国家企业信用信息公示系统能查到）",
			EN: "In which province is the lender registered? (a name or a six-digit code)"},
		why:    evidence.Text{ZH: "注册地决定由哪里的部门管", EN: "the place decides which office is competent"},
		effect: evidence.Text{ZH: "信寄给那里的监管部门", EN: "the letters go to the office there"},
		read: func(l *lister) (string, evidence.Text) {
			return RegionHint(l.Case.Lender.Name), evidence.Text{ZH: "放款机构的名称", EN: "the lender's name"}
		},
		check: func(value string) (string, evidence.Text) {
			code, ok := evidence.FindRegion(value)
			if !ok {
				return "", evidence.Text{ZH: "省、直辖市、自治区的名称，例如 浙江，或者六位代码，例如 330000",
					EN: "a province such as 浙江, or a six-digit code such as 330000"}
			}
			return code, evidence.Text{}
		}},
	{kind: Agency, key: "agency.name",
		asked: func(l *lister) bool {
			v, _ := l.agencyIn()
			return !l.Case.Agency.Known() && v != ""
		},
		text: evidence.Text{ZH: "替对方催收的，是这家公司吗？", EN: "Is this the firm that collects for the other side?"},
		why: evidence.Text{ZH: "受委托的催收公司要由放款机构、平台管；写明了，才能请他们停止委托",
			EN: "the lender and the platform answer for whom they entrust; named, they can be asked to call it off"},
		effect: evidence.Text{ZH: "写成受委托的催收机构；短信里自称的名字没有核对过，拿不准的选不知道",
			EN: "it becomes the collecting firm of the letters; nobody has checked the name, so unknown is an answer"},
		read: (*lister).agencyIn, check: lettered(2, wantedLender)},
	{kind: Loan, key: "loan.kind",
		// what the lender's licence and the app leave no doubt of is not asked
		asked: func(l *lister) bool {
			return l.Case.LoanKind() == evidence.LoanUnknown && l.Case.Lender.Licence != "" && !l.contact()
		},
		text: evidence.Text{ZH: "借的是哪一种？", EN: "What sort of loan is it?"},
		why: evidence.Text{ZH: "信用卡、网络贷款、车贷，催收的规定和能提的请求都不一样",
			EN: "for a credit card, a loan over the network, a car loan, rules and requests differ"},
		effect: evidence.Text{ZH: "只引用管这一种借款的规定；不知道的，只引用对哪一种都适用的",
			EN: "letters cite the rules for that sort; if you do not know, only those for every sort"},
		read: (*lister).loanIn},
	{kind: Contract, key: "loan.contract",
		asked: func(l *lister) bool {
			v, _ := l.contractIn()
			// with the lender, where both are read
			return l.Case.Loan.Contract == "" && (v != "" || len(l.loans()) > 1) && l.Case.Lender.Name != ""
		},
		text:   evidence.Text{ZH: "借款合同的编号是这个吗？", EN: "Is this the number of the loan contract?"},
		why:    evidence.Text{ZH: "对方按编号查您的借款", EN: "the other side finds your loan by it"},
		effect: evidence.Text{ZH: "印在信上", EN: "it is printed on the letters"},
		read:   (*lister).contractIn, check: coded},
	ofContract(Principal, "loan.principal", func(c evidence.Loan) string { return c.Principal },
		evidence.Text{ZH: "合同上的借款本金是这个数（元）吗？", EN: "Is this the sum lent by the contract, in yuan?"}),
	ofContract(Rate, "loan.annual_rate", func(c evidence.Loan) string { return c.AnnualRate },
		evidence.Text{ZH: "合同上的年利率（百分之几）是这个吗？", EN: "Is this the contract's rate, per cent a year?"}),
	ofContract(LoanDate, "loan.date", func(c evidence.Loan) string { return c.Date },
		evidence.Text{ZH: "借款（签合同、放款）的日期是这一天吗？", EN: "Is this the day of the contract or of the payout?"}),
}

func (l *lister) lenderIn() (string, evidence.Text) {
	if all := l.lenders(); len(all) > 0 {
		return all[0].name, all[0].from
	}
	return "", evidence.Text{}
}

// contractIn is the number of the contract that a paper names, where the case speaks
// of no other loan.
func (l *lister) contractIn() (string, evidence.Text) {
	all := l.loans()
	if len(all) != 1 || !slices.ContainsFunc(l.loanPapers,
		func(p Paper) bool { return strings.Contains(p.Text, all[0].name) }) {
		return "", evidence.Text{}
	}
	return all[0].name, all[0].from
}

// agencyIn is who by a message of the collecting side collects for another, unless it
// is one of the companies of the case, or a body whose name may be borrowed.
func (l *lister) agencyIn() (string, evidence.Text) {
	for _, i := range l.Incidents {
		if !written(i) || i.Direction == evidence.Out || l.Case.SideOfWriter(i) != evidence.CollectorSide {
			continue
		}
		name := phrase.AgencyIn(i)
		if name == "" || phrase.NoOrgan(evidence.Incident{Shown: name}) || slices.ContainsFunc(
			[]evidence.Party{l.Case.Platform, l.Case.Lender, l.Case.Assignee, l.Case.Payee},
			func(p evidence.Party) bool {
				return p.Name != "" && strings.Contains(p.Name, name) || p.Brand != "" &&
					strings.Contains(name, p.Brand)
			}) || slices.ContainsFunc(l.assignees(), func(m mention) bool { return strings.Contains(m.name, name) }) {
			continue
		}
		return name, evidence.Text{ZH: i.ID + "：“" + short(i.Shown) + "”", EN: i.ID + ": “" + short(i.Shown) + "”"}
	}
	return "", evidence.Text{}
}

// loanWords say what sort of loan a paper or a message is about.
var loanWords = []struct {
	kind  evidence.LoanKind
	words *lazyregexp.Regexp
}{
	{evidence.CreditCard, lazyregexp.New(`信用卡(?:账单|欠款|透支|逾期|领用|还款|中心)`)},
	{evidence.CarLoan, lazyregexp.New(`(?:汽车|购车|车辆)(?:贷款|抵押借款|消费贷)|车贷`)},
	{evidence.HouseLoan, lazyregexp.New(`(?:住房|购房|个人房屋)(?:按揭|贷款|抵押贷款)|房贷`)},
	{evidence.CashByRenting, lazyregexp.New(`(?:手机|设备|租机)(?:租赁|租用)(?:合同|协议|服务)|租机`)},
	{evidence.BusinessLoan, lazyregexp.New(`(?:个人)?经营(?:性|类)?贷款?|小微企业贷款`)},
	{evidence.ShopInstalment, lazyregexp.New(`(?:购物|商品|商户|消费)分期(?:合同|协议|服务|付款)`)},
}

// loanIn is the sort of loan that papers and messages of the matter name, if it
// is one alone.
func (l *lister) loanIn() (string, evidence.Text) {
	found, from := evidence.LoanUnknown, evidence.Text{}
	look := func(text, place string) bool {
		for _, w := range loanWords {
			m := w.words.FindString(text)
			if m == "" || w.kind == found {
				continue
			}
			if found != evidence.LoanUnknown {
				return false
			}
			found, from = w.kind, evidence.Text{ZH: place + " 里写着“" + m + "”", EN: place + " says “" + m + "”"}
		}
		return true
	}
	for _, p := range l.loanPapers {
		if !look(p.Text, p.Exhibit) {
			return "", evidence.Text{}
		}
	}
	for _, i := range l.Incidents {
		if l.Case.SideOfWriter(i) == evidence.CollectorSide && !look(i.Shown, i.ID) {
			return "", evidence.Text{}
		}
	}
	return string(found), from
}

// nameAlone is the answer that the lender was read right, and its contract was not.
const nameAlone = "name-alone"

// facts asks for what the letters need of the case.
func (l *lister) facts() {
	for _, f := range allFacts() {
		if !f.asked(l) {
			continue
		}
		q := Question{Kind: f.kind, Text: f.text, Why: f.why, Effect: f.effect, Free: f.check != nil}
		if f.read != nil {
			if q.Prefill, q.Source = f.read(l); q.Prefill == "" {
				q.Source = evidence.Text{}
			}
		}
		if f.kind == Agency {
			q.Text.ZH += "“" + q.Prefill + "”（" + q.Source.ZH + "）"
			q.Text.EN += " “" + q.Prefill + "” (" + q.Source.EN + ")"
		}
		several, number := l.several(f.kind), ""
		if f.kind == Lender && q.Prefill != "" && l.Case.Loan.Contract == "" && len(several) == 1 {
			number, _ = l.contractIn()
		}
		figures := l.termsRead()
		if number != "" {
			q.Text.ZH += fmt.Sprintf("材料里写着：1 “%s”；2 合同编号 %s", q.Prefill, number)
			q.Text.EN += fmt.Sprintf(" A file has: 1 “%s”; 2 the contract's number %s", q.Prefill, number)
			q.Parts = 2 + len(figures)
			q.Effect.ZH += "；对的，合同编号也一并记下"
			q.Effect.EN += "; if right, so is the contract's number"
			for n, t := range figures {
				q.Text.ZH += fmt.Sprintf("；%d %s", n+3, t.say.ZH)
				q.Text.EN += fmt.Sprintf("; %d %s", n+3, t.say.EN)
			}
			if len(figures) > 0 {
				q.Effect.ZH, q.Effect.EN = q.Effect.ZH+"，还有上面的数", q.Effect.EN+" and the figures above"
			}
			q.Choices = []Choice{{q.Prefill, evidence.Text{ZH: "都对：" + q.Prefill, EN: "all of it: " + q.Prefill}},
				{nameAlone, evidence.Text{ZH: "只有公司对，编号或者数不对", EN: "the company alone is right"}}}
		} else if len(several) > 1 {
			l.whichLoan(&q, several)
		} else if f.kind == Assignee {
			l.namedAssignees(&q)
		} else if f.kind == Licence {
			for _, x := range evidence.Licences {
				q.Choices = append(q.Choices, Choice{string(x), x.Title()})
			}
		} else if f.kind == Loan {
			for _, x := range evidence.LoanKinds() {
				q.Choices = append(q.Choices, Choice{string(x), x.Title()})
			}
		} else if q.Prefill != "" {
			say := q.Prefill
			if f.kind == Region {
				say = evidence.RegionName(say)
			}
			q.Choices = []Choice{{q.Prefill, evidence.Text{ZH: say, EN: say}}}
		}
		l.add(q, func(value string) ([]Edit, error) {
			if strings.HasPrefix(value, somePrefix) {
				return l.contractEdits(value, q.Prefill, number, figures), nil
			}
			all := number != "" && value == q.Prefill
			if number != "" && value == nameAlone {
				value = q.Prefill
			}
			if f.check != nil {
				written, wanted := f.check(value)
				if wanted.ZH != "" {
					return nil, &ValueError{Question: q, Value: value, Wanted: wanted}
				}
				value = written
			}
			if all {
				return l.contractEdits(yes, value, number, figures), nil
			}
			out := []Edit{{Key: f.key, Value: value}}
			if f.kind == Lender {
				out = l.lenderEdits(value)
			}
			return out, nil
		})
	}
}

// lenderEdits note a lender, and what kind it is where its name says so.
func (l *lister) lenderEdits(name string) []Edit {
	out := []Edit{{Key: "lender.name", Value: name}}
	if x := licenceOf(name); x != "" && l.Case.Lender.Licence == "" {
		out = append(out, Edit{Key: "lender.licence", Value: string(x)})
	}
	return out
}

// contractEdits note what was read of a contract and is right: the lender, the number,
// then the figures, counted from 1 as the question lists them. What was read wrong is
// asked by itself.
func (l *lister) contractEdits(value, lender, number string, figures []termRead) []Edit {
	parts := 2 + len(figures)
	var out []Edit
	if isYes(value, 1, parts) {
		out = l.lenderEdits(lender)
	}
	if isYes(value, 2, parts) {
		out = append(out, Edit{Key: "loan.contract", Value: number})
	}
	for n, t := range figures {
		if isYes(value, n+3, parts) {
			out = append(out, Edit{Key: t.key, Value: t.value})
		}
	}
	return out
}
