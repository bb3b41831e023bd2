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

// A gateRow is a case that has all, and what takes one thing of it away: of the
// reasons to send the letter back exactly one more then stands, for the
// recipients named, and for all others none.
type gateRow struct {
	code  string // empty: nothing is taken away that anybody asks for
	whole func(*Input)
	lack  func(*Input)
	of    []evidence.Role
}

// ofCase edits the case of an input.
func ofCase(edit func(*evidence.Case)) func(*Input) { return func(in *Input) { edit(&in.Case) } }

// asGuardian makes the complainant one of somebody born on a day.
func asGuardian(born string) func(*Input) {
	return ofCase(func(c *evidence.Case) {
		c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Guardian, "王小小", "母亲"
		c.Loan.Born = born
	})
}

var asHeir = ofCase(func(c *evidence.Case) {
	c.Complainant.Kind, c.Complainant.Of, c.Complainant.Relation = evidence.Heir, "王大山", "配偶"
})

// gateRoles are the recipients each row is tried for.
var gateRoles = []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward, evidence.ToAssociation,
	evidence.ToRegulator}

func gateRows() []gateRow {
	every := gateRoles
	offices := []evidence.Role{evidence.ToForward, evidence.ToRegulator}
	realName := []evidence.Role{evidence.ToForward, evidence.ToAssociation, evidence.ToRegulator}
	complaints := []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward}
	association, none := []evidence.Role{evidence.ToAssociation}, []evidence.Role(nil)
	card := ofCase(func(c *evidence.Case) { c.Loan.Kind = evidence.CreditCard })
	counter := ofCase(func(c *evidence.Case) { c.Lender.Licence = evidence.Bank }) // with a platform, so far
	nobody := ofCase(func(c *evidence.Case) { c.Lender.Name, c.Agency, c.Platform.Name = "", evidence.Party{}, "" })
	return []gateRow{
		{"name", nil, ofCase(func(c *evidence.Case) { c.Complainant.Name = "" }), every},
		{"identity", nil, ofCase(func(c *evidence.Case) { c.Complainant.IDNumber = "" }), realName},
		{"phone", nil, ofCase(func(c *evidence.Case) { c.Complainant.Phone = "" }), every},
		{"address", nil, ofCase(func(c *evidence.Case) { c.Complainant.Address = "" }), every},
		{"address", ofCase(func(c *evidence.Case) { c.Complainant.Email = "a@example.com" }),
			ofCase(func(c *evidence.Case) { c.Complainant.Address = "" }), realName},
		{"respondent-name", nil, ofCase(func(c *evidence.Case) { c.Platform.Name = "" }), association},
		{"respondent-address", nil, ofCase(func(c *evidence.Case) { c.Lender.Address = "" }), association},
		{"respondent-address", nil, ofCase(func(c *evidence.Case) { c.Platform.Address = "" }), association},
		{"credit-code", nil, ofCase(func(c *evidence.Case) { c.Lender.CreditCode = "" }), realName},
		{"contract", nil, ofCase(func(c *evidence.Case) { c.Loan.Contract = "" }), complaints},
		{"card", card, ofCase(func(c *evidence.Case) { c.Loan.Contract = "" }), complaints},
		{"standing", asGuardian("2010-03-01"), ofCase(func(c *evidence.Case) { c.Complainant.Relation = "" }), every},
		{"standing", asHeir, ofCase(func(c *evidence.Case) { c.Complainant.Of = "" }), every},
		{"born", asGuardian("2010-03-01"), ofCase(func(c *evidence.Case) { c.Loan.Born = "" }), every},
		{"of-age", asGuardian("2008-03-29"), asGuardian("2008-03-28"), every}, // eighteen on the day of filing
		{"kinship", nil, asGuardian("2010-03-01"), every},
		{"death", asGuardian("2010-03-01"), asHeir, every},
		{"earlier-order", nil, ofCase(func(c *evidence.Case) { c.Filings[0].Exhibit = "" }), offices},
		{"earlier-order", nil, ofCase(func(c *evidence.Case) { c.Filings[0].Receipt = "" }), offices},
		{"taken", nil, ofCase(func(c *evidence.Case) {
			c.Filings = append(c.Filings, evidence.Filing{To: "regulator", Date: "2026-03-11"})
		}), association},
		{"defendant", nil, nobody, []evidence.Role{evidence.ToCourt}},
		{"forward-consent", nil, ofCase(func(c *evidence.Case) { c.Consent.Forward = "" }),
			[]evidence.Role{evidence.ToForward}},
		{"agent-identity", nil, ofCase(func(c *evidence.Case) { c.Agent.IDNumber = "" }), every},
		{"agent-identity", nil, ofCase(func(c *evidence.Case) { c.Agent.Phone = "" }), every},
		{"agent-relation", nil, ofCase(func(c *evidence.Case) { c.Agent.Relation = "" }), every},
		{"agent-trade", nil, ofCase(func(c *evidence.Case) { c.Agent.Relation = "示例法务咨询公司" }), every},
		{"", nil, ofCase(func(c *evidence.Case) { c.Agent.Relation = "法律援助中心律师" }), none},
		{"agent-copies", ofCase(func(c *evidence.Case) { c.Agent = evidence.Agent{} }),
			ofCase(func(c *evidence.Case) { c.Agent = complete().Case.Agent }), every},
		{remit, nil, func(in *Input) { in.Findings = nil }, every},
		{"remit-association", counter, ofCase(func(c *evidence.Case) { c.Platform = evidence.Party{} }), association},
		{remitBank, func(in *Input) { counter(in); card(in) },
			ofCase(func(c *evidence.Case) { c.Platform = evidence.Party{} }), association},
		{"signature", func(in *Input) { in.Recipient.Requires = nil },
			func(in *Input) { in.Recipient.Requires = []string{"signature"} }, realName}, // the others want one anyway
	}
}

// codesOf are the reasons to send a letter back, each explained.
func codesOf(t *testing.T, in Input) []string {
	t.Helper()
	var out []string
	for _, r := range Returns(in) {
		if r.What.ZH == "" || r.What.EN == "" || r.Remedy.ZH == "" || r.Remedy.EN == "" {
			t.Errorf("%s is not explained", r.Code)
		}
		out = append(out, r.Code)
	}
	return out
}

// Each entry of the gate has a case that lacks exactly that, for each recipient who
// asks for it; what a recipient does not ask for keeps nothing.
func TestReturns(t *testing.T) {
	tried := map[string]bool{}
	for n, row := range gateRows() {
		tried[row.code] = len(row.of) > 0
		roles := gateRoles
		if slices.Contains(row.of, evidence.ToCourt) { // a draft has needs of its own
			roles = row.of
		}
		for _, role := range roles {
			made := func(edits ...func(*Input)) []string {
				in := complete()
				in.Case.Filings = slices.Clone(in.Case.Filings)
				if role == evidence.ToCourt {
					in = further(t, in, role)
				} else {
					in = to(t, in, role)
				}
				for _, edit := range edits {
					if edit != nil {
						edit(&in)
					}
				}
				return codesOf(t, in)
			}
			want := made(row.whole)
			if slices.Contains(row.of, role) {
				if slices.Contains(want, row.code) {
					t.Errorf("row %d, %s to %s: the whole case lacks it too", n, row.code, role)
				}
				want = append(want, row.code)
				slices.SortFunc(want, func(x, y string) int { return ruleAt(x) - ruleAt(y) })
			}
			if got := made(row.whole, row.lack); !slices.Equal(got, want) {
				t.Errorf("row %d, %s to %s: got %v, want %v", n, row.code, role, got, want)
			}
		}
	}
	for _, rule := range returnRules {
		if !tried[rule.code] {
			t.Errorf("no case lacks exactly %q", rule.code)
		}
	}
}

// The offices beside the road of a complaint ask for less: each thing that is taken away is
// a reason of its own to send a paper back, or none, and who needs a real name says so.
func TestReturnsOfFurtherRoads(t *testing.T) {
	for _, role := range []evidence.Role{evidence.ToPolice, evidence.To12345, evidence.To12315, evidence.To12321,
		evidence.To12377, evidence.ToCentralBank, evidence.ToJustice, evidence.ToMediation, evidence.ToInjunction,
		evidence.ToCourt} {
		made := func(edits ...func(*Input)) []string {
			in := complete()
			in.Case.Filings = slices.Clone(in.Case.Filings)
			in = further(t, in, role)
			for _, edit := range edits {
				if edit != nil {
					edit(&in)
				}
			}
			return codesOf(t, in)
		}
		for n, row := range gateRows() {
			before, got := made(row.whole), made(row.whole, row.lack)
			more := slices.DeleteFunc(slices.Clone(got), func(c string) bool { return slices.Contains(before, c) })
			gone := slices.DeleteFunc(slices.Clone(before), func(c string) bool { return slices.Contains(got, c) })
			if len(gone) > 0 || len(more) > 1 || len(more) == 1 && more[0] != row.code {
				t.Errorf("row %d, %s to %s: more are %v, gone %v", n, row.code, role, more, gone)
			}
			if row.code == "name" && len(more) == 0 || row.code == "phone" && len(more) == 0 ||
				row.code == "identity" && role.RealName() != (len(more) == 1) {
				t.Errorf("%s to %s: %v", row.code, role, more)
			}
		}
	}
}

// What is whole is sent back for nothing but what the person lays beside it by hand.
func TestReturnsOfWhatIsWhole(t *testing.T) {
	in := complete()
	in.Case.Agent = evidence.Agent{}
	for role, want := range map[evidence.Role][]string{evidence.ToPlatform: {"signature"},
		evidence.ToLender: {"signature"}, evidence.ToForward: {"signature"}, evidence.ToAssociation: nil,
		evidence.ToRegulator: {"signature"}} {
		if got := codesOf(t, to(t, in, role)); !slices.Equal(got, want) {
			t.Errorf("to %s: %v", role, got)
		}
	}
}

// ruleAt is where an entry of the gate stands.
func ruleAt(code string) int {
	return slices.IndexFunc(returnRules, func(r returnRule) bool { return r.code == code })
}
