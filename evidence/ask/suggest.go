package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// Facts that are looked up by no question: the person writes them where they
// see all facts of a case together.
const (
	Due     Kind = "due"     // the first day on which an instalment was not paid
	Overdue Kind = "overdue" // the sum that is claimed as overdue

	Company         Kind = "company"          // the full name of who runs the platform
	PlatformAddress Kind = "platform-address" // of that company
	LenderAddress   Kind = "lender-address"   // of the lender
	CreditCode      Kind = "credit-code"      // of the lender
)

// Contact is whether somebody was named in the loan: see [InLoan].
const Contact Kind = "contact"

// A Suggestion is a fact of the case as files say it, for the person to confirm.
// Of several values none is suggested: the person chooses.
type Suggestion struct {
	Kind   Kind          `json:"kind"`
	Key    string        `json:"key"` // of case.toml
	Value  string        `json:"value,omitempty"`
	Source evidence.Text `json:"source,omitzero"` // where the value was read
	Among  []string      `json:"among,omitempty"` // files name these
}

// Suggest says what files have for each fact of a case that people write down
// together: who complains, of whom, about which loan. Facts that the case has
// already have neither value nor choice.
func Suggest(r Record) []Suggestion {
	l := newLister(r)
	var out []Suggestion
	lender, named := r.Case.Lender.Name, r.Case
	for _, f := range sheet() {
		s := Suggestion{Kind: f.kind, Key: f.key}
		if f.have(l.Case) != "" {
			out = append(out, s)
			continue
		}
		switch f.kind {
		case Name:
			if s.Value, s.Source = l.borrowerIn(); s.Value == "" {
				s.Value, s.Source = l.holderIn(lineHolder, evidence.MendPersonName)
			}
		case OwnNumber:
			if s.Value, s.Source = l.ownNumberIn(); s.Value == "" {
				s.Value, s.Source = l.borrowersNumberIn()
			}
			if s.Value == "" {
				s.Value, s.Source = l.holderIn(lineNumber, func(n string) string {
					n, wanted := reachable(strings.TrimSpace(n))
					if wanted.ZH != "" {
						return ""
					}
					return n
				})
			}
		case Brand:
			s.Value, s.Source, s.Among = l.brandIn()
			named.Platform.Brand = s.Value
		case Lender:
			if all := l.lenders(); len(all) > 1 {
				for _, m := range all {
					s.Among = append(s.Among, m.name)
				}
			}
			if len(s.Among) == 0 {
				s.Value, s.Source = l.lenderIn()
			}
			lender = s.Value
		case Licence:
			s.Value, s.Source = string(LicenceHint(lender)), byName
		case Region:
			s.Value, s.Source = RegionHint(lender), byName
		case Agency:
			s.Value, s.Source = l.agencyIn()
		case Assignee:
			if s.Value, s.Source = l.assigneeIn(); s.Value == "" {
				for _, m := range l.assignees() {
					s.Among = append(s.Among, m.name)
				}
			}
		case Company:
			s.Value, s.Source = l.companyIn()
		case Loan:
			s.Value, s.Source = l.loanIn()
		case Contract:
			s.Value, s.Source = l.contractIn()
		case Principal, Rate, LoanDate:
			if !l.contact() && len(l.loans()) <= 1 {
				s.Value, s.Source = terms[f.kind].in(l.loanPapers)
			}
		case Due:
			if !l.contact() && len(l.loans()) <= 1 {
				if s.Value, s.Source = dueIn(l.loanPapers); s.Value == "" {
					s.Value, s.Source = l.dueByMessages(named)
				}
			}
		}
		switch f.kind {
		case Brand, Lender, Agency, Assignee:
			s.Value = evidence.MendName(s.Value)
			for n, among := range s.Among {
				s.Among[n] = evidence.MendName(among)
			}
		}
		if s.Value == "" {
			s.Source = evidence.Text{}
		}
		out = append(out, s)
	}
	return out
}

var byName = evidence.Text{ZH: "放款机构的名称", EN: "the lender's name"}

// A sheetFact is a fact that people write down with the others.
type sheetFact struct {
	kind  Kind
	key   string
	title evidence.Text
	have  func(evidence.Case) string
}

// sheet are those facts, in the order in which they are read.
func sheet() []sheetFact {
	return []sheetFact{
		{Name, "complainant.name", evidence.Text{ZH: "姓名", EN: "name"},
			func(c evidence.Case) string { return c.Complainant.Name }},
		{OwnNumber, "complainant.phone", evidence.Text{ZH: "手机号", EN: "telephone"},
			func(c evidence.Case) string { return c.Complainant.Phone }},
		{Address, "complainant.address", evidence.Text{ZH: "收答复的地址", EN: "address"},
			func(c evidence.Case) string { return c.Complainant.Address }},
		{Brand, "platform.brand", evidence.Text{ZH: "App 或平台", EN: "app or platform"},
			func(c evidence.Case) string { return c.Platform.Brand }},
		{Lender, "lender.name", evidence.Text{ZH: "贷款人", EN: "lender"},
			func(c evidence.Case) string { return c.Lender.Name }},
		{Licence, "lender.licence", evidence.Text{ZH: "它是哪一类", EN: "kind of lender"},
			func(c evidence.Case) string { return string(c.Lender.Licence) }},
		{Region, "lender.region", evidence.Text{ZH: "它注册在", EN: "registered in"},
			func(c evidence.Case) string { return c.Lender.Region }},
		{Agency, "agency.name", evidence.Text{ZH: "催收公司", EN: "collecting firm"},
			func(c evidence.Case) string { return c.Agency.Name }},
		{Assignee, "assignee.name", evidence.Text{ZH: "受让债权的公司", EN: "firm that says it has the claim"},
			func(c evidence.Case) string { return c.Assignee.Name }},
		{Loan, "loan.kind", evidence.Text{ZH: "借的是哪一种", EN: "sort of loan"},
			func(c evidence.Case) string { return string(c.Loan.Kind) }},
		{Contract, "loan.contract", evidence.Text{ZH: "合同编号", EN: "contract number"},
			func(c evidence.Case) string { return c.Loan.Contract }},
		{LoanDate, "loan.date", evidence.Text{ZH: "借款日期", EN: "date of the loan"},
			func(c evidence.Case) string { return c.Loan.Date }},
		{Principal, "loan.principal", evidence.Text{ZH: "本金", EN: "sum lent"},
			func(c evidence.Case) string { return c.Loan.Principal }},
		{Rate, "loan.annual_rate", evidence.Text{ZH: "年利率", EN: "rate, a year"},
			func(c evidence.Case) string { return c.Loan.AnnualRate }},
		{Due, "loan.due", evidence.Text{ZH: "没还上的那期", EN: "first unpaid day"},
			func(c evidence.Case) string { return c.Loan.Due }},
		{Overdue, "loan.overdue", evidence.Text{ZH: "对方要的数", EN: "sum claimed"},
			func(c evidence.Case) string { return c.Loan.Overdue }},
		{Company, "platform.name", evidence.Text{ZH: "平台公司的全称", EN: "company that runs the platform"},
			func(c evidence.Case) string { return c.Platform.Name }},
		{PlatformAddress, "platform.address", evidence.Text{ZH: "平台公司的地址", EN: "address of the platform's company"},
			func(c evidence.Case) string { return c.Platform.Address }},
		{LenderAddress, "lender.address", evidence.Text{ZH: "放款机构的地址", EN: "address of the lender"},
			func(c evidence.Case) string { return c.Lender.Address }},
		{CreditCode, "lender.credit_code", evidence.Text{ZH: "放款机构的统一社会信用代码", EN: "credit code of the lender"},
			func(c evidence.Case) string { return c.Lender.CreditCode }},
	}
}

// FactKind is the fact of the sheet that a key of case.toml holds, if one does.
func FactKind(key string) (Kind, bool) {
	for _, f := range sheet() {
		if f.key == key {
			return f.kind, true
		}
	}
	return "", false
}

// FactTitle is what to call a fact of the sheet.
func FactTitle(k Kind) evidence.Text {
	for _, f := range sheet() {
		if f.kind == k {
			return f.title
		}
	}
	return evidence.Text{}
}

// FactWords is a value of a fact as a reader is told it.
func FactWords(k Kind, value string) evidence.Text {
	t := evidence.Text{ZH: value, EN: value}
	switch k {
	case Licence:
		t = evidence.Licence(value).Title()
	case Loan:
		t = evidence.LoanKind(value).Title()
	case Region:
		if name := evidence.RegionName(value); name != "" {
			t = evidence.Text{ZH: name, EN: name}
		}
	case LoanDate, Due:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			t.ZH = day.Format("2006年1月2日")
		}
	case Principal, Overdue:
		value = strings.TrimSuffix(value, "元") // as typed
		t = evidence.Text{ZH: value + "元", EN: value + " yuan"}
	case Rate:
		value = strings.TrimSuffix(value, "%")
		t = evidence.Text{ZH: value + "%", EN: value + "%"}
	}
	return t
}

// FactOf is what a case has for a fact of the sheet.
func FactOf(c evidence.Case, k Kind) string {
	for _, f := range sheet() {
		if f.kind == k {
			return f.have(c)
		}
	}
	return ""
}

// Correct gives the edit by which a fact of the sheet is written down, or
// changed: an empty value takes it out. Wanted says what a value must be that
// cannot be taken.
func Correct(k Kind, value string) (edits []Edit, wanted evidence.Text) {
	n := slices.IndexFunc(sheet(), func(f sheetFact) bool { return f.kind == k })
	if n < 0 {
		return nil, evidence.Text{ZH: "“您和借款”里的一项", EN: "a fact of you and the loan"}
	}
	value = strings.TrimSpace(value)
	if value != "" {
		if value, wanted = checkSheet(k, value); wanted.ZH != "" {
			return nil, wanted
		}
	}
	return []Edit{{Key: sheet()[n].key, Value: value}}, evidence.Text{}
}

func checkSheet(k Kind, value string) (string, evidence.Text) {
	switch k {
	case Licence:
		if l, ok := evidence.ParseLicence(evidence.Narrow(value)); ok {
			return string(l), evidence.Text{}
		}
		return "", evidence.Text{ZH: "列出的机构类型之一", EN: "one of the kinds of lender that are listed"}
	case Loan:
		if slices.Contains(evidence.LoanKinds(), evidence.LoanKind(value)) {
			return value, evidence.Text{}
		}
		return "", evidence.Text{ZH: "列出的借款种类之一", EN: "one of the kinds of loan that are listed"}
	case Due:
		return checkTerm(LoanDate)(value)
	case Overdue:
		return checkTerm(Principal)(value)
	case Company:
		k = Lender // the full name of a company is written alike
	case PlatformAddress, LenderAddress:
		k = Address
	case CreditCode:
		if value = strings.ToUpper(strings.ReplaceAll(evidence.Narrow(value), " ",
			"")); !evidence.ValidCreditCode(value) {
			return "", evidence.Text{ZH: "18 位的统一社会信用代码，照合同或者公示系统写，最后一位是校验码",
				EN: "18 characters as in the contract or the register; the last one checks the others"}
		}
		return value, evidence.Text{}
	}
	for _, f := range allFacts() {
		if f.kind == k && f.check != nil {
			return f.check(value)
		}
	}
	return value, evidence.Text{}
}

// party is how a contract names one side, with what it is called beside it: 乙方（借款人）.
const party = `(?:[甲乙丙]方\s*)?[（(]?(?:借款人|借款方|借款申请人)[）)]?(?:[（(][甲乙丙]方[）)])?`

var (
	borrowerLine = lazyregexp.New(`(?m)` + party +
		`(?:姓名|名称)?\s*[:：]\s*(\p{Han}[\p{Han}·•・‧∙.．]{1,14}?)` +
		`(?:公民身份|身份证|证件|性别|联系|电话|手机|住址|住所|地址|（|\(|，|,|；|。|\s|$)`) // forms put two fields on a line
	// otherParty begins what a contract says of somebody else than the borrower
	otherParty = lazyregexp.New(
		`出借人|贷款人|放款|资金方|担保|保证人|共同借款|配偶|联系人|客服|平台方?|丙方|法定代表|催收|通讯地址及联系人`)
	// A carrier's list names whose line it is, with the number beside it.
	lineHolder = lazyregexp.New(`(?:客户|机主|用户|户主)(?:姓名|名称)\s*[:：]\s*(\p{Han}[\p{Han}·•・‧∙.．]{1,14})(?:[\s，,；;。|]|$)`)
	lineNumber = lazyregexp.New(`(?:手机|业务|用户|本机|服务|计费|电话)号码?\s*[:：]\s*(1[3-9]\d[\d -]{8,12})`)
	numberLine = lazyregexp.New(`(?:联系电话|移动电话|联系方式|手机号码?|手机|电话号码|电话)\s*[:：]\s*(1[3-9]\d[\d -]{8,12})`)
	brandLine  = lazyregexp.New(`(?m)(?:借款平台|贷款平台|借贷平台|助贷平台|合作平台|平台名称|平台方|服务平台|(?:借款|贷款)?(?:APP|App|app)(?:名称)?)` +
		`(?:[（(][甲乙丙丁]方[）)])?\s*[:：]\s*[“「《]?([^\s：:，,；。（）()“”「」《》]{2,20})`)
)

// platformLine is a platform that a contract names by the company that runs it, with the
// name of the app behind it: 助贷平台：某某科技有限公司（极融App）.
var platformLine = lazyregexp.New(`(?:借款|贷款|借贷|助贷|合作|服务)平台(?:方)?(?:[（(][甲乙丙丁]方[）)])?\s*[:：]\s*` +
	`(\S{2,30}?公司)\s*(?:[（(]\s*[“「《]?([^\s：:，,；。（）()“”「」《》]{2,20}?)\s*(?:APP|App|app|平台)?[”」》]?\s*[）)])?`)

// companyIn is the company that runs the platform, as papers name it.
func (l *lister) companyIn() (string, evidence.Text) { return l.platformIn(1) }

// platformIn is a part of the one platform that papers name by its company: 1 the company,
// 2 the app.
func (l *lister) platformIn(part int) (name string, from evidence.Text) {
	for _, p := range l.loanPapers {
		for _, m := range platformLine.FindAllStringSubmatch(p.Text, -1) {
			switch mended := evidence.MendName(m[part]); {
			case mended == "" || len(phrase.FullLendersIn(m[1])) > 0:
			case name == "":
				name, from = mended, p.place(m[0])
			case name != mended:
				return "", evidence.Text{}
			}
		}
	}
	return name, from
}

// borrowerIn is the borrower that papers name, if they name one: whoever
// complains as somebody else is not taken for them.
func (l *lister) borrowerIn() (name string, from evidence.Text) {
	if l.Case.Complainant.Kind != "" && l.Case.Complainant.Kind != evidence.Borrower {
		return "", evidence.Text{}
	}
	for _, p := range l.loanPapers {
		for _, m := range borrowerLine.FindAllStringSubmatch(p.Text, -1) {
			switch mended := evidence.MendPersonName(m[1]); {
			case name == "":
				name, from = mended, p.place(m[0])
			case name != mended:
				return "", evidence.Text{}
			}
		}
	}
	return name, from
}

// dueByMessages is the day to which messages count back that say how long it is overdue, of
// the case with the platform as it is named or suggested.
func (l *lister) dueByMessages(c evidence.Case) (string, evidence.Text) {
	o, known := phrase.OverdueBy(c, l.Incidents)
	if !known {
		return "", evidence.Text{}
	}
	at := l.rows[o.Row].Time.At.In(evidence.Beijing)
	return o.Day, evidence.Text{
		ZH: fmt.Sprintf("%d月%d日的消息：“%s”，往回数的，请核对", at.Month(), at.Day(), o.Quote),
		EN: fmt.Sprintf("counted back from the message of %s: “%s”; please check", at.Format(time.DateOnly), o.Quote)}
}

// holderIn is what carriers' lists say of whose line they are of, where all say the same:
// lists of a phone that is or may be somebody else's are not read.
func (l *lister) holderIn(form *lazyregexp.Regexp, value func(string) string) (found string, from evidence.Text) {
	if l.contact() {
		return "", evidence.Text{}
	}
	for _, p := range l.Papers {
		if n, ok := l.device[p.Exhibit]; !callList.MatchString(p.Text) ||
			ok && (l.Devices[n].Doubtful || l.Devices[n].Owner.Third()) {
			continue
		}
		for _, m := range form.FindAllStringSubmatch(p.Text, -1) {
			switch v := value(m[1]); {
			case v == "":
			case found == "":
				found, from = v, p.place(strings.TrimRight(m[0], " ,，;；。|\n"))
			case found != v:
				return "", evidence.Text{}
			}
		}
	}
	return found, from
}

// ownNumberIn is the number of the one phone that is the person's, as the name
// of a file from it has it.
func (l *lister) ownNumberIn() (number string, from evidence.Text) {
	for _, d := range l.Devices {
		if d.OwnNumber == "" || d.Doubtful || d.Owner != "" {
			continue
		}
		if number != "" && number != d.OwnNumber {
			return "", evidence.Text{}
		}
		number = d.OwnNumber
		from = evidence.Text{ZH: d.Label().ZH + "，本机号码", EN: d.Label().EN + ", its own number"}
	}
	return number, from
}

// borrowersNumberIn is the telephone number that papers give the borrower: the first
// behind their name, before the contract comes to somebody else.
func (l *lister) borrowersNumberIn() (number string, from evidence.Text) {
	if l.Case.Complainant.Kind != "" && l.Case.Complainant.Kind != evidence.Borrower {
		return "", evidence.Text{}
	}
	for _, p := range l.loanPapers {
		for _, at := range borrowerLine.FindAllStringIndex(p.Text, -1) {
			rest := p.Text[at[1]:]
			if end := otherParty.FindStringIndex(rest); end != nil {
				rest = rest[:end[0]]
			}
			m := numberLine.FindStringSubmatch(rest)
			if m == nil {
				continue
			}
			n, wanted := reachable(strings.TrimSpace(m[1]))
			switch {
			case wanted.ZH != "":
			case number == "":
				number, from = n, p.place(m[0])
			case number != n:
				return "", evidence.Text{}
			}
		}
	}
	return number, from
}

// paperBrand is the platform that papers name as such, if they name one.
func (l *lister) paperBrand() (name string, from evidence.Text) {
	for _, p := range l.loanPapers {
		for _, m := range brandLine.FindAllStringSubmatch(p.Text, -1) {
			switch mended := evidence.MendName(m[1]); {
			case len(phrase.FullLendersIn(mended)) > 0 || strings.HasSuffix(mended, "公司"): // who runs it
			case name == "":
				name, from = mended, p.place(m[0])
			case name != mended:
				return "", evidence.Text{}
			}
		}
	}
	if name == "" {
		return l.platformIn(2)
	}
	return name, from
}

// ownRows are the rows of no phone that is somebody else's: what is collected there may be
// another debt.
func (l *lister) ownRows() []evidence.Incident {
	return slices.DeleteFunc(slices.Clone(l.Incidents), func(i evidence.Incident) bool {
		from := i.From()
		return len(from) > 0 && !slices.ContainsFunc(from, func(x string) bool {
			n, ok := l.device[x]
			return !ok || !l.Devices[n].Owner.Third()
		})
	})
}

// brandIn is the name under which messages speak of a debt or a contract names the
// platform, or those names.
func (l *lister) brandIn() (name string, from evidence.Text, among []string) {
	if l.Case.Platform.Known() {
		return "", evidence.Text{}, nil // a bank's own app is no platform
	}
	all := phrase.BrandsIn(l.Case, l.ownRows()).All
	for _, b := range all {
		among = append(among, b.Name)
	}
	if named, where := l.paperBrand(); named != "" {
		if len(among) == 0 || slices.Contains(among, named) {
			return named, where, nil
		}
		return "", evidence.Text{}, append([]string{named}, among...)
	}
	if len(all) != 1 {
		return "", evidence.Text{}, among
	}
	return all[0].Name, evidence.Text{
		ZH: fmt.Sprintf("短信签名【%s】，%d条", all[0].Name, all[0].Messages),
		EN: fmt.Sprintf("messages signed 【%s】, %d of them", all[0].Name, all[0].Messages)}, nil
}
