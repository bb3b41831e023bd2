package phrase

import (
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Names of lenders in running words: a company by its full name, or by its short one
// where the words say whose the debt is.
var (
	lenderInFull = lazyregexp.New(
		`[\p{Han}（）()]{2,20}(?:消费金融|小额贷款|融资担保|汽车金融|信托|银行)[\p{Han}（）()]{0,6}公司`)
	lenderInShort = lazyregexp.New(`(?:您在|你在|您欠|你欠|您的|你的|在|向|拖欠|欠|您|你)(\p{Han}{2,8}?(?:消费金融|小额贷款|小贷|银行))的?` +
		`(?:信用卡|借款|贷款|欠款|借贷|逾期|账单)`)
	lenderLead = lazyregexp.New(`^.*(?:在|向|欠|受|由|与|您的|你的|您|你)`)
	// words for a bank that are the name of none
	anyLender = lazyregexp.New(`各大|其他|其它|开户|收款|名下|发卡|多家|所有|任何|我行|本行|贵行|该行|合作|商业银行$|某某`)
	// what many firms are called
	anyLoanFirm = lazyregexp.New(`消费金融|汽车金融|小额贷款|融资担保|小贷|信托|银行|金融|科技|网络|信息|技术|股份|有限|责任|公司`)
	// what is left out when names are compared
	lenderForm = lazyregexp.New(`股份|有限|责任|公司|（[^）]*）|\([^)]*\)`)
)

// LendersIn are the lenders that words name, each once.
func LendersIn(s string) []string {
	var out []string
	take := func(name string) {
		if !anyLender.MatchString(name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, name := range lenderInFull.FindAllString(s, -1) {
		if short := lenderLead.ReplaceAllString(name, ""); len([]rune(short)) > len([]rune("消费金融公司")) {
			name = short
		}
		take(name)
	}
	for _, m := range lenderInShort.FindAllStringSubmatch(s, -1) {
		if !slices.ContainsFunc(out, func(o string) bool { return sameLender(o, m[1]) }) {
			take(m[1])
		}
	}
	return out
}

// FullLendersIn are those that words name by a company's full name.
func FullLendersIn(s string) []string {
	return slices.DeleteFunc(LendersIn(s), func(name string) bool { return !strings.HasSuffix(name, "公司") })
}

// OtherLender is the lender that words of a row speak of, where the case knows its
// own and none of its companies is the one; empty: they speak of no other.
func OtherLender(c evidence.Case, s string) string {
	if c.Lender.Name == "" {
		return ""
	}
	named := LendersIn(s)
	var own []string
	for _, p := range []evidence.Party{c.Lender, c.Platform, c.Agency, c.Assignee, c.Payee} {
		own = append(own, p.Name, p.Brand)
	}
	other := ""
	for _, name := range named {
		if slices.ContainsFunc(own, func(o string) bool { return o != "" && sameLender(o, name) }) {
			return ""
		}
		if other == "" {
			other = name
		}
	}
	return other
}

// NamesInstitution reports that what a number or an account is called, or how it signs,
// names the lender or the platform of a case: its own service, and no firm that collects
// for it.
func NamesInstitution(c evidence.Case, name string) bool { return InstitutionOf(c, name) != "" }

// InstitutionOf is which of the two that is. A short name is a part of the one that is
// registered: 锦诚消费金融 of 成都锦诚消费金融有限公司.
func InstitutionOf(c evidence.Case, name string) evidence.Side {
	if name == "" {
		return ""
	}
	name = inFull.Replace(name)
	short, agency := len([]rune(anyLoanFirm.ReplaceAllString(name, ""))) > 1, collecting.MatchString(name)
	is := func(own string) bool {
		own = inFull.Replace(own)
		if name == own {
			return true
		}
		own = lenderForm.ReplaceAllString(own, "")
		return !agency && len([]rune(own)) > 1 &&
			(strings.Contains(name, own) || short && strings.Contains(own, name))
	}
	switch {
	case is(c.Platform.Brand), is(c.Platform.Name):
		return evidence.PlatformSide
	case is(c.Lender.Brand), is(c.Lender.Name):
		return evidence.LenderSide
	}
	return ""
}

// inFull are kinds of lenders that messages give in short.
var inFull = strings.NewReplacer("小贷", "小额贷款", "消金", "消费金融")

// collecting are words by which a contact is called a collector's.
var collecting = lazyregexp.New(`催收|催款|法务|外访|委外|资产|贷后|清收`)

// sameLender reports two names of one company, one of them in short.
func sameLender(a, b string) bool {
	a, b = lenderForm.ReplaceAllString(a, ""), lenderForm.ReplaceAllString(b, "")
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// contractNumber finds the number of a contract as messages write it.
var contractNumber = lazyregexp.New(`[A-Z]{1,8}[-_]?[0-9]{6,}|合同(?:编号|号)?[:：]?\s*([A-Za-z0-9-]{6,})`)

// ContractsIn are the numbers of contracts that words name, each once.
func ContractsIn(s string) []string {
	var out []string
	for _, m := range contractNumber.FindAllStringSubmatch(s, -1) {
		n := m[0]
		if m[1] != "" {
			n = m[1]
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
