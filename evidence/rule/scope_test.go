package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// A loan for a business is no consumer's, and a home loan is perhaps not what the
// guide for consumer loans is about: such rules are not cited, and the person is
// told what the program has nothing of.
func TestKindsOfLoanKeepRulesInScope(t *testing.T) {
	threat := text("2026-09-01 12:10:00", "不要脸的老赖，再不还打断你的腿")
	threat.Asserted = []evidence.Breach{"V06a", "V06b"}
	for _, c := range []struct {
		kind     evidence.LoanKind
		licence  evidence.Licence
		cited    string // registries that are
		not      string // and those that are not
		told     string // what the remarks say
		answered bool   // whether terms of consumer complaints run
	}{
		{evidence.NetworkLoan, evidence.Bank, "CC CPL XBBH CBA26", "", "", true},
		{evidence.BusinessLoan, evidence.Bank, "CC", "CPL XBBH CBA26 XFTS GB45251", "经营贷款：保护消费者的规定", false},
		{evidence.HouseLoan, evidence.Bank, "CC CPL XBBH", "CBA26 GB45251", "住房贷款：程序里没有", true},
		{evidence.CarLoan, evidence.AutoFinance, "CC CPL XBBH", "GB45251", "汽车贷款：程序里没有", true},
		{evidence.CashByRenting, evidence.NoLicence, "CC CPL", "GB45251", "租机变现：程序里没有", true},
		{evidence.CreditCard, evidence.Bank, "CC CPL CARD CBA26", "GB45251", "", true},
	} {
		kase := testCase()
		kase.Loan.Kind, kase.Lender.Licence = c.kind, c.licence
		r := Apply(kase, []evidence.Incident{threat}, nil, Options{Date: filing})
		var cited []string
		for _, f := range r.Findings {
			for _, x := range f.Citations {
				registry, _, _ := strings.Cut(x.ID, "-")
				cited = append(cited, registry)
			}
		}
		for _, w := range strings.Fields(c.cited) {
			if !slices.Contains(cited, w) {
				t.Errorf("%s: %s is not cited, only %q", c.kind, w, cited)
			}
		}
		for _, w := range strings.Fields(c.not) {
			if slices.Contains(cited, w) {
				t.Errorf("%s: %s is cited", c.kind, w)
			}
		}
		told := ""
		for _, x := range r.Remarks {
			told += x.ZH
			if x.EN == "" {
				t.Errorf("only in Chinese: %s", x.ZH)
			}
		}
		if c.told != "" && !strings.Contains(told, c.told) || c.told == "" && strings.Contains(told, "程序里没有专门") {
			t.Errorf("%s: told %s", c.kind, told)
		}
		if got := kase.BindsInstitution(evidence.ToLender) == evidence.Yes; got != c.answered {
			t.Errorf("%s: terms of consumer complaints run: %t", c.kind, got)
		}
	}
}

// The national standard is about consumer credit over the network, by its own
// title: it is cited of no bank's own card or counter, and of nobody who lends
// without a licence; where the case leaves that open, with its condition.
func TestScopeOfTheStandard(t *testing.T) {
	const no, open, yes = "", "如适用，不符合推荐性国家标准", "不符合推荐性国家标准"
	for _, c := range []struct {
		name     string
		lender   evidence.Licence
		platform string
		kind     evidence.LoanKind
		want     string
	}{
		{"a bank through a platform", evidence.Bank, "样例借", "", yes},
		{"a bank by itself", evidence.Bank, "", "", no},
		{"a bank's own app, as the person says", evidence.Bank, "", evidence.NetworkLoan, yes},
		{"a bank's card, bought into through a platform", evidence.Bank, "样例借", evidence.CreditCard, no},
		{"a consumer-finance company by itself", evidence.ConsumerFinance, "", "", yes},
		{"a consumer-finance company's loan for a shop", evidence.ConsumerFinance, "", evidence.BusinessLoan, no},
		{"a small-loan company through a platform", evidence.SmallLoan, "样例借", "", yes},
		{"a small-loan company by itself: perhaps at its counter", evidence.SmallLoan, "", "", open},
		{"instalments of a shop online", evidence.Bank, "样例购", evidence.ShopInstalment, yes},
		{"instalments of a shop: perhaps at its counter", evidence.Bank, "", evidence.ShopInstalment, open},
		{"nobody knows yet who lent", evidence.LicenceUnknown, "样例借", "", open},
		{"over the network, and nobody knows yet who lent", evidence.LicenceUnknown, "样例借", evidence.NetworkLoan, open},
		{"a guarantor is all that is known", evidence.Guarantee, "样例借", "", open},
		{"no licence", evidence.NoLicence, "样例借", "", no},
		{"no licence, over the network", evidence.NoLicence, "样例借", evidence.NetworkLoan, no},
		{"motor finance by itself", evidence.AutoFinance, "", "", no},
		{"motor finance through a platform", evidence.AutoFinance, "样例借", "", no},
	} {
		kase := testCase()
		kase.Platform.Brand, kase.Loan.Kind, kase.Lender.Licence = c.platform, c.kind, c.lender
		r := Apply(kase, []evidence.Incident{row("2026-09-01 23:00:00")}, nil, Options{Date: filing})
		cited, said, asked := false, no, false
		for _, f := range r.Findings {
			for _, x := range f.Citations {
				cited = cited || strings.HasPrefix(x.ID, "GB45251")
			}
			for _, s := range []string{open, yes} {
				if said == no && strings.Contains(f.Wording.ZH, s) {
					said = s
				}
			}
		}
		for _, m := range r.Remarks {
			asked = asked || strings.Contains(m.ZH, "信里写的是“如适用”")
		}
		if cited != (c.want != no) || said != c.want || asked != (c.want == open) {
			t.Errorf("%s: cited %t, said %q, asked %t", c.name, cited, said, asked)
		}
	}
}

// A weak report calls nothing a breach by itself.
func TestWeakReportsAccuseNobody(t *testing.T) {
	weak := evidence.Citation{Rank: evidence.DepartmentalRule, Checked: evidence.Weak}
	if weak.Read() {
		t.Error("a weak report counts as read")
	}
	if w := wording([]evidence.Citation{weak}); w.ZH != "请对照所列规定核查" {
		t.Error(w.ZH)
	}
}
