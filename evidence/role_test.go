package evidence

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRoles(t *testing.T) {
	for _, r := range append(Roles(), ToBureau) {
		if title := r.Title(); title.ZH == "" || title.EN == "" || title.ZH == string(r) {
			t.Errorf("%s has no title: %+v", r, title)
		}
	}
	for _, r := range Roles() {
		for _, s := range []string{string(r), r.Title().ZH} {
			if got, ok := ParseRole(s); !ok || got != r {
				t.Errorf("%s is read as %q", s, got)
			}
		}
		if r.Order() < 1 || r.ToSupervisor() != (r.Order() == 3) { // the association before its supervisor
			t.Errorf("%s: order %d", r, r.Order())
		}
	}
	for _, r := range FurtherRoles() {
		if got, ok := ParseRole(r.Title().ZH); !ok || got != r || r.Order() != 0 || !r.Further() ||
			r.Title().EN == "" ||
			slices.Contains(UsualRoles(), r) {
			t.Errorf("%s: %q %v", r, got, r.Title())
		}
	}
	for _, s := range []string{"", "bureau", "征信机构", "sheriff", "全部"} {
		if r, ok := ParseRole(s); ok {
			t.Errorf("%q is read as %s", s, r)
		}
	}
	if got := fmt.Sprint(Roles(), UsualRoles()); got != "[platform lender nifa forward regulator] "+
		"[platform lender nifa forward regulator]" {
		t.Errorf("roles %s", got)
	}
	if got := RoleNames(); !strings.HasPrefix(got.ZH, "平台、放款机构、协会、监管转办、监管部门、公安、") ||
		!strings.HasPrefix(got.EN, "platform, lender, nifa, forward, regulator, police, ") {
		t.Errorf("names %+v", got)
	}
	if ToLender.Letter() != "投诉书" || ToRegulator.Letter() != "举报书" || ToBureau.Complaint() || Role("x").Order() != 0 {
		t.Error("a letter of the wrong road")
	}
}

// A new role is one row: it can be named wherever a role can, has its turn, and
// its letter is called by its road.
func TestATrialRole(t *testing.T) {
	old := roles
	t.Cleanup(func() { roles = old })
	trial := old[0]
	trial.role, trial.title, trial.complaint, trial.order, trial.usual = "trial", Text{"试行机构", "trial body"}, false, 4,
		false
	trial.realName = true
	roles = append(slices.Clone(old), trial)
	for _, s := range []string{"trial", "TRIAL", "试行机构"} {
		if r, ok := ParseRole(s); !ok || r != "trial" {
			t.Errorf("%s is read as %q", s, r)
		}
	}
	r, names := Role("trial"), RoleNames()
	if !slices.Contains(Roles(), r) || slices.Contains(UsualRoles(), r) || r.Title() != trial.title || r.Order() != 4 ||
		!r.RealName() || r.Complaint() || r.Letter() != "举报书" || r.ToSupervisor() {
		t.Errorf("a trial role: %v %v %v %d %s", Roles(), UsualRoles(), r.Title(), r.Order(), r.Letter())
	}
	if !strings.Contains(names.ZH, "、试行机构、") || !strings.Contains(names.EN, ", trial, ") {
		t.Errorf("names %+v", names)
	}
}

// A licence that nobody knows is neither supervised nor given another's name.
func TestLicences(t *testing.T) {
	if !slices.Equal(Licences, []Licence{Bank, ConsumerFinance, AutoFinance, Trust, SmallLoan, Guarantee, NoLicence}) {
		t.Errorf("licences %v", Licences) // the numbers of a question of init
	}
	for _, l := range Licences {
		if l.Title().ZH == Licence("?").Title().ZH || l.Title().EN == "" || l.Supervisor() == "" {
			t.Errorf("%s: title %+v, supervisor %q", l, l.Title(), l.Supervisor())
		}
	}
	for _, l := range []Licence{LicenceUnknown, "pawnshop"} {
		if l.Title() != (Text{"不清楚", "not known"}) || l.Supervisor() != "" {
			t.Errorf("%q: title %+v, supervisor %q", l, l.Title(), l.Supervisor())
		}
	}
}

// Who had a part in a case cannot be the second person, however the name is spaced.
func TestPreparedBy(t *testing.T) {
	c := Case{Complainant: Complainant{Name: "林晓安"}, Agent: Agent{Name: "Li Hua"},
		Organisation: Organisation{Name: "示例中心", Signatory: "王五、赵 六"}}
	for name, want := range map[string]bool{"林晓安": true, "li  hua": true, "王五": true, "赵六": true, "示例中心": true,
		"李四": false, "": false, "王五、赵 六": false} {
		if got := c.PreparedBy(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
