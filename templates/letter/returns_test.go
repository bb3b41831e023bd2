package letter

import (
	"slices"
	"testing"

	"juzheng/evidence"
)

// complete is a case that lacks nothing a recipient would ask for.
func complete() Input {
	in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
	in.Case.Platform = evidence.Party{Name: "示例网络科技有限公司", Brand: "示例借", Address: "样例路3号"}
	in.Case.Lender.Address, in.Case.Lender.CreditCode = "样例路4号", "91330100MA00000000"
	in.Case.Agent = evidence.Agent{Name: "王大海", IDNumber: "110105194912310021", Phone: "13700137000", Relation: "父亲"}
	return in
}

// Each entry of the gate has a case that lacks exactly that, for each
// recipient; what no recipient of the kind asks for keeps nothing.
func TestReturns(t *testing.T) {
	every := []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward, evidence.ToAssociation,
		evidence.ToRegulator}
	offices := []evidence.Role{evidence.ToForward, evidence.ToRegulator}
	realName := []evidence.Role{evidence.ToForward, evidence.ToAssociation, evidence.ToRegulator}
	for _, c := range []struct {
		code string
		edit func(*evidence.Case)
		of   []evidence.Role
	}{
		{"", func(*evidence.Case) {}, nil},
		{"name", func(c *evidence.Case) { c.Complainant.Name = "" }, every},
		{"identity", func(c *evidence.Case) { c.Complainant.IDNumber = "" }, realName},
		{"phone", func(c *evidence.Case) { c.Complainant.Phone = "" }, every},
		{"address", func(c *evidence.Case) { c.Complainant.Address = "" }, every},
		{"address", func(c *evidence.Case) { c.Complainant.Address, c.Complainant.Email = "", "a@example.com" },
			realName},
		{"respondent-name", func(c *evidence.Case) { c.Platform.Name = "" }, []evidence.Role{evidence.ToAssociation}},
		{"respondent-address", func(c *evidence.Case) { c.Lender.Address = "" },
			[]evidence.Role{evidence.ToAssociation}},
		{"respondent-address", func(c *evidence.Case) { c.Platform.Address = "" },
			[]evidence.Role{evidence.ToAssociation}},
		{"credit-code", func(c *evidence.Case) { c.Lender.CreditCode = "" }, realName},
		{"contract", func(c *evidence.Case) { c.Loan.Contract = "" },
			[]evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward}},
		{"card", func(c *evidence.Case) { c.Loan.Contract, c.Loan.Kind = "", evidence.CreditCard },
			[]evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward}},
		{"standing", func(c *evidence.Case) {
			c.Complainant.Kind, c.Complainant.Of, c.Loan.Born = evidence.Guardian, "王小小", "2010-03-01"
		}, every},
		{"born", func(c *evidence.Case) {
			c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Guardian, "王小小", "母亲"
		}, every},
		{"of-age", func(c *evidence.Case) { // eighteen on the day of filing
			c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Guardian, "王小小", "母亲"
			c.Loan.Born = "2008-03-28"
		}, every},
		{"", func(c *evidence.Case) {
			c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Guardian, "王小小", "母亲"
			c.Loan.Born = "2008-03-29"
		}, nil},
		{"standing", func(c *evidence.Case) { c.Complainant.Kind, c.Complainant.Relation = evidence.Heir, "配偶" },
			every},
		{"earlier-order", func(c *evidence.Case) { c.Filings[0].Exhibit = "" }, offices},
		{"earlier-order", func(c *evidence.Case) { c.Filings[0].Receipt = "" }, offices},
		{"taken", func(c *evidence.Case) {
			c.Filings = append(slices.Clone(c.Filings), evidence.Filing{To: "regulator", Date: "2026-03-11"})
		}, []evidence.Role{evidence.ToAssociation}},
		{"forward-consent", func(c *evidence.Case) { c.Consent.Forward = "" }, []evidence.Role{evidence.ToForward}},
		{"agent-identity", func(c *evidence.Case) { c.Agent.IDNumber = "" }, every},
		{"agent-identity", func(c *evidence.Case) { c.Agent.Phone = "" }, every},
		{"agent-relation", func(c *evidence.Case) { c.Agent.Relation = "" }, every},
		{"agent-trade", func(c *evidence.Case) { c.Agent.Relation = "示例法务咨询公司" }, every},
		{"", func(c *evidence.Case) { c.Agent.Relation = "法律援助中心律师" }, nil},
		{"remit-association", func(c *evidence.Case) { c.Platform, c.Lender.Licence = evidence.Party{}, evidence.Bank },
			[]evidence.Role{evidence.ToAssociation}},
		{"remit-bank", func(c *evidence.Case) {
			c.Platform, c.Lender.Licence, c.Loan.Kind = evidence.Party{}, evidence.Bank, evidence.CreditCard
		}, []evidence.Role{evidence.ToAssociation}},
		{"", func(c *evidence.Case) { c.Lender.Licence, c.Loan.Kind = evidence.Bank, evidence.CreditCard }, nil},
	} {
		for _, role := range every {
			in := complete()
			in.Case.Filings = slices.Clone(in.Case.Filings)
			c.edit(&in.Case)
			in = to(t, in, role)
			want := []string{"agent-copies"}
			if slices.Contains(c.of, role) {
				want = append(want, c.code)
			}
			if role != evidence.ToAssociation { // its page takes no signature
				want = append(want, "signature")
			}
			if in.Case.Complainant.Kind.ForAnother() {
				want = append(want, "kinship")
			}
			if in.heir() {
				want = append(want, "death")
			}
			slices.SortFunc(want, func(x, y string) int { return ruleAt(x) - ruleAt(y) })
			var got []string
			for _, r := range Returns(in) {
				got = append(got, r.Code)
				if r.What.ZH == "" || r.What.EN == "" || r.Remedy.ZH == "" || r.Remedy.EN == "" {
					t.Errorf("%s is not explained", r.Code)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s to %s: got %v, want %v", c.code, role, got, want)
			}
		}
	}
	nobody := further(t, complete(), evidence.ToCourt)
	nobody.Case.Platform.Name, nobody.Case.Lender.Name, nobody.Case.Agency = "", "", evidence.Party{}
	for _, r := range []evidence.Role{evidence.ToCourt, evidence.ToPlatform} {
		nobody.Role = r
		if slices.ContainsFunc(Returns(nobody), func(r Return) bool { return r.Code == "defendant" }) != r.Draft() {
			t.Errorf("%s: nobody is named", r)
		}
	}
	in := to(t, complete(), evidence.ToRegulator)
	in.Findings = nil
	if got := Returns(in); !slices.ContainsFunc(got, func(r Return) bool { return r.Code == remit }) {
		t.Errorf("nothing it is competent for: %v", got)
	}
	in.Case.Agent = evidence.Agent{}
	if got := Returns(in); got[0].Code != "remit" {
		t.Errorf("nobody acts for them: %v", got)
	}
}

// ruleAt is where an entry of the gate stands.
func ruleAt(code string) int {
	return slices.IndexFunc(returnRules, func(r returnRule) bool { return r.code == code })
}

// Every entry of the gate is tried above.
func TestEveryReturnIsTried(t *testing.T) {
	tried := []string{"name", "identity", "phone", "address", "respondent-name", "respondent-address", "credit-code",
		"contract", "card", "standing", "born", "of-age", "kinship", "death", "earlier-order", "taken",
		"defendant", "forward-consent",
		"agent-identity", "agent-relation",
		"agent-trade", "agent-copies", "remit",
		"remit-association", "remit-bank", "signature"}
	var have []string
	for _, r := range returnRules {
		have = append(have, r.code)
	}
	if !slices.Equal(have, tried) {
		t.Errorf("rules %v", have)
	}
}
