package evidence

import "strings"

// A Role is what a recipient is in a case. It decides what its letter can ask
// for: a 投诉 claims the person's own rights from the respondent, a 举报 asks a
// body to look into a breach. One letter, one road.
type Role string

// The roles.
const (
	ToPlatform    Role = "platform"
	ToLender      Role = "lender" // a 投诉 to the lender of the contract
	ToAssociation Role = "nifa"
	ToRegulator   Role = "regulator"
	// ToForward is a 投诉 to the supervisor, who passes it on to the lender:
	// the same claims, by another road.
	ToForward Role = "forward"
	ToBureau  Role = "bureau" // an objection to a credit bureau
)

// roles has a row for each.
var roles = []struct {
	role      Role
	title     Text
	complaint bool
	// order in which they have their turn: whom the complaint is about first,
	// then the association, which takes nothing another body took, then the
	// supervisor. Nobody need wait for another's answer. 0: no part of the road
	// of a complaint.
	order    int
	usual    bool // papers are made for it unless the person says otherwise
	realName bool // it wants the identity number in full
}{
	{ToPlatform, Text{"平台", "platform"}, true, 1, true, false},
	{ToLender, Text{"放款机构", "lender"}, true, 1, true, false},
	{ToAssociation, Text{"协会", "association"}, false, 2, true, true},
	{ToForward, Text{"监管转办", "supervisor, to pass on"}, true, 3, true, true},
	{ToRegulator, Text{"监管部门", "supervisor"}, false, 3, true, true},
	{ToBureau, Text{"征信机构", "credit bureau"}, false, 0, false, true},
}

// Roles are those on the road of a complaint, in order: whom --to, a row of
// redactions.csv and numbers.print of case.toml can name.
func Roles() []Role {
	var out []Role
	for _, r := range roles {
		if r.order > 0 {
			out = append(out, r.role)
		}
	}
	return out
}

// UsualRoles are those that papers are made for unless the person chose.
func UsualRoles() []Role {
	var out []Role
	for _, r := range roles {
		if r.usual {
			out = append(out, r.role)
		}
	}
	return out
}

// ParseRole reads a role on the road of a complaint by its id or its name.
func ParseRole(s string) (Role, bool) {
	for _, r := range roles {
		if r.order > 0 && (s == r.title.ZH || strings.EqualFold(s, string(r.role))) {
			return r.role, true
		}
	}
	return "", false
}

// RoleNames lists ids and names as a message does.
func RoleNames() Text {
	var ids, names []string
	for _, r := range Roles() {
		ids, names = append(ids, string(r)), append(names, r.Title().ZH)
	}
	return Text{strings.Join(names, "、"), strings.Join(ids, ", ")}
}

// Title is what to call a role where its recipient has no name yet.
func (r Role) Title() Text {
	for _, row := range roles {
		if row.role == r {
			return row.title
		}
	}
	return Text{string(r), string(r)}
}

// Complaint reports whether the letter is a 投诉; else it is a 举报.
func (r Role) Complaint() bool {
	for _, row := range roles {
		if row.role == r {
			return row.complaint
		}
	}
	return false
}

// RealName reports whether the recipient wants the identity number in full; a
// respondent gets its last four digits.
func (r Role) RealName() bool {
	for _, row := range roles {
		if row.role == r {
			return row.realName
		}
	}
	return false
}

// ToSupervisor reports whether the letter goes to whoever supervises the
// lender, by either road: who that is, the lender's kind and place say.
func (r Role) ToSupervisor() bool { return r == ToRegulator || r == ToForward }

// Letter is what its letter is called.
func (r Role) Letter() string {
	switch {
	case r == ToForward:
		return "投诉书（请转办）"
	case r.Complaint():
		return "投诉书"
	}
	return "举报书"
}

// Order is when a role has its turn, from 1; 0: it has none on the road of a
// complaint.
func (r Role) Order() int {
	for _, row := range roles {
		if row.role == r {
			return row.order
		}
	}
	return 0
}

// BindsInstitution says whether a complaint in this role reaches the lender
// itself, whom the measures for consumer complaints bind: what binds a
// platform that only brings borrower and lender together nobody has checked.
// Of a brand whose operator the case does not name it is not known. Who borrows
// for a business is no consumer.
func (c Case) BindsInstitution(r Role) Answer {
	p := c.Through()
	switch {
	case c.LoanKind() == BusinessLoan:
		return No
	case r == ToLender, r == ToPlatform && !p.Known(): // then the letter to the platform goes to the lender
		return Yes
	case r != ToPlatform:
		return No
	case p.Name == "":
		return Unknown
	case p.Name == c.Lender.Name:
		return Yes
	}
	return No
}
