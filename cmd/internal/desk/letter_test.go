package desk

import (
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
)

// Two roads to one body never share the folder of a letter: the one would take the place
// of the other. The platform that is the lender is no second road, but the same complaint.
func TestEachRoadHasItsLetters(t *testing.T) {
	directory, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	bank := evidence.Case{Lender: evidence.Party{Name: "某银行股份有限公司", Licence: "bank", Region: "310000"}}
	all, err := recipients(Dossier{Directory: directory, Case: bank}, evidence.AllRoles())
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]evidence.Role{}
	for _, a := range all {
		name := letterName("函", a.role, a.recipient.Name)
		if other, taken := at[name]; taken {
			t.Errorf("to %s and to %s: both are %s", a.role, other, name)
		}
		at[name] = a.role
	}
}
