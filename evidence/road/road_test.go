package road

import (
	"slices"
	"testing"

	"juzheng/evidence"
)

// Every role beside the road of a complaint has a row, and none stands twice.
func TestEveryFurtherRoleHasARoad(t *testing.T) {
	var have []evidence.Role
	for _, x := range roads {
		have = append(have, x.Role)
		for _, s := range []evidence.Text{x.Does, x.DoesNot, x.Order, x.Cost} {
			if s.ZH == "" || s.EN == "" {
				t.Errorf("%s: nothing said: %+v", x.Role, x)
			}
		}
	}
	for _, r := range evidence.FurtherRoles() {
		if n := slices.Index(have, r); n < 0 || slices.Contains(have[n+1:], r) {
			t.Errorf("%s: rows %v", r, have)
		}
	}
	if len(have) != len(evidence.FurtherRoles()) {
		t.Errorf("rows %v", have)
	}
	if _, ok := Of(evidence.ToPlatform); ok ||
		Takes(evidence.Case{}, evidence.ToPlatform, evidence.Finding{Bodies: []string{"P"}}) {
		t.Error("the road of a complaint is no row of this table")
	}
}

// Which act may go where.
func TestTakes(t *testing.T) {
	finding := func(rule string, bodies ...string) evidence.Finding {
		return evidence.Finding{Rule: rule, Strength: evidence.Shown, Bodies: bodies}
	}
	law := evidence.Citation{ID: "PSA25-50-1"}
	with := func(f evidence.Finding, change func(*evidence.Finding)) evidence.Finding { change(&f); return f }
	private := func(f *evidence.Finding) { f.Citations = []evidence.Citation{{ID: "CC-1033-1-peace"}} }
	named := func(f *evidence.Finding) { f.Cost = &evidence.Cost{Kind: evidence.CostNamed} }
	borrower, contact := evidence.Case{}, evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Contact}}
	club := evidence.Case{Payee: evidence.Party{Name: "示例会员服务有限公司"}}
	guarantor := evidence.Case{Payee: evidence.Party{Name: "示例融资担保有限公司", Licence: evidence.Guarantee}}
	for _, row := range []struct {
		name string
		c    evidence.Case
		r    evidence.Role
		f    evidence.Finding
		want bool
	}{
		{"a threat the police have a law for", borrower, evidence.ToPolice,
			with(finding("V06", "PS", "P"), func(f *evidence.Finding) { f.Police = []evidence.Citation{law} }), true},
		{"no law of theirs", borrower, evidence.ToPolice, finding("V02", "PS", "P"), false},
		{"a loan in the person's name", borrower, evidence.ToPolice, finding("V20", "PS", "P"), true},
		{"calls at night", borrower, evidence.ToPolice, finding("V05", "P"), false},
		{"too many calls", borrower, evidence.To12321, finding("V04", "P", "12321"), true},
		{"too many calls, of data", borrower, evidence.To12377, finding("V04", "P", "12321"), false},
		{"credit reporting", borrower, evidence.ToCentralBank, finding("V16", "PBC", "P"), true},
		{"collecting, to the central bank", borrower, evidence.ToCentralBank, finding("V06", "P"), false},
		{"a membership fee", club, evidence.To12315, with(finding("V12", "P"), named), true},
		{"a guarantor's fee", guarantor, evidence.To12315, with(finding("V12", "P"), named), false},
		{"a rate", club, evidence.To12315, with(finding("V12", "P"), func(f *evidence.Finding) {
			f.Cost = &evidence.Cost{Kind: evidence.CostRate}
		}), false},
		{"privacy", borrower, evidence.ToCourt, with(finding("V05", "P"), private), true},
		{"privacy, and nobody checked", borrower, evidence.ToCourt,
			with(finding("V05", "P"), func(f *evidence.Finding) {
				private(f)
				f.Doubtful = true
			}), false},
		{"no right of the person's", borrower, evidence.ToInjunction, finding("V17", "P"), false},
		{"a contact has nothing to settle", contact, evidence.ToMediation, finding("V05", "P"), false},
		{"a lawyer", borrower, evidence.ToJustice, finding("V08", "JUD", "P"), true},
	} {
		if got := Takes(row.c, row.r, row.f); got != row.want {
			t.Errorf("%s: %v", row.name, got)
		}
	}
}

// A road opens for what a file shows; to the police also for the person's own word;
// for what waits for a person's eye none does.
func TestOpen(t *testing.T) {
	threat := evidence.Finding{Rule: "V06", Strength: evidence.Stated, Bodies: []string{"PS", "P"},
		Police: []evidence.Citation{{ID: "PSA25-50-1"}}, Incidents: []evidence.Incident{{ID: "T002"}, {ID: "T001"}}}
	got := Open(evidence.Case{}, []evidence.Finding{threat})
	if len(got) != 1 || got[0].Role != evidence.ToPolice || !slices.Equal(got[0].Incidents, []string{"T001", "T002"}) {
		t.Errorf("stated: %+v", got)
	}
	threat.Strength = evidence.Review
	if got := Open(evidence.Case{}, []evidence.Finding{threat}); len(got) > 0 {
		t.Errorf("review: %+v", got)
	}
	threat.Strength = evidence.Shown
	var roles []evidence.Role
	for _, w := range Open(evidence.Case{}, []evidence.Finding{threat}) {
		roles = append(roles, w.Role)
	}
	if !slices.Equal(roles, []evidence.Role{evidence.ToPolice, evidence.To12345, evidence.ToMediation}) {
		t.Errorf("shown: %v", roles)
	}
}
