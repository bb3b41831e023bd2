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

// The roles beside that road: each has its own matter, waits for nobody, and gets
// papers only where the person asks for them. What each is for, package road says.
const (
	ToPolice      Role = "police"
	ToCentralBank Role = "pbc"
	To12345       Role = "12345"
	To12315       Role = "12315"
	To12321       Role = "12321"
	To12377       Role = "12377"
	ToJustice     Role = "justice"
	ToMediation   Role = "mediation"
	ToCourt       Role = "court"
	ToInjunction  Role = "injunction"
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
	// further: beside the road of a complaint; letter is what its paper is called then.
	further bool
	letter  string
}{
	{role: ToPlatform, title: Text{"平台", "platform"}, complaint: true, order: 1, usual: true},
	{role: ToLender, title: Text{"放款机构", "lender"}, complaint: true, order: 1, usual: true},
	{role: ToAssociation, title: Text{"协会", "association"}, order: 2, usual: true, realName: true},
	{role: ToForward, title: Text{"监管转办", "supervisor, to pass on"}, complaint: true, order: 3, usual: true,
		realName: true},
	{role: ToRegulator, title: Text{"监管部门", "supervisor"}, order: 3, usual: true, realName: true},
	{role: ToBureau, title: Text{"征信机构", "credit bureau"}, realName: true},
	{role: ToPolice, title: Text{"公安", "police"}, realName: true, further: true, letter: "报案材料"},
	{role: ToCentralBank, title: Text{"人民银行", "central bank"}, complaint: true, realName: true, further: true,
		letter: "投诉书"},
	{role: To12345, title: Text{"12345热线", "line 12345"}, complaint: true, further: true, letter: "诉求书"},
	{role: To12315, title: Text{"12315平台", "line 12315"}, complaint: true, further: true, letter: "投诉书"},
	{role: To12321, title: Text{"12321中心", "centre 12321"}, further: true, letter: "举报书"},
	{role: To12377, title: Text{"12377中心", "centre 12377"}, further: true, letter: "举报书"},
	{role: ToJustice, title: Text{"司法局", "justice bureau"}, further: true, letter: "举报书"},
	{role: ToMediation, title: Text{"调解组织", "mediation"}, complaint: true, further: true, letter: "调解申请书"},
	{role: ToCourt, title: Text{"法院起诉", "court"}, complaint: true, realName: true, further: true,
		letter: "民事起诉状（草稿）"},
	{role: ToInjunction, title: Text{"法院禁令", "injunction"}, complaint: true, realName: true, further: true,
		letter: "人格权侵害禁令申请书（草稿）"},
}

// Roles are those on the road of a complaint, in order.
func Roles() []Role {
	var out []Role
	for _, r := range roles {
		if r.order > 0 {
			out = append(out, r.role)
		}
	}
	return out
}

// FurtherRoles are those beside it: each gets papers only where it is named.
func FurtherRoles() []Role {
	var out []Role
	for _, r := range roles {
		if r.further {
			out = append(out, r.role)
		}
	}
	return out
}

// AllRoles are both: whom --to, a row of redactions.csv and numbers.print of
// case.toml can name.
func AllRoles() []Role { return append(Roles(), FurtherRoles()...) }

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

// ParseRole reads one of [AllRoles] by its id or its name.
func ParseRole(s string) (Role, bool) {
	for _, r := range roles {
		if (r.order > 0 || r.further) && (s == r.title.ZH || strings.EqualFold(s, string(r.role))) {
			return r.role, true
		}
	}
	return "", false
}

// RoleNames lists ids and names as a message does.
func RoleNames() Text {
	var ids, names []string
	for _, r := range AllRoles() {
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

// Further reports a role beside the road of a complaint.
func (r Role) Further() bool {
	for _, row := range roles {
		if row.role == r {
			return row.further
		}
	}
	return false
}

// Draft reports a paper for a court: a lawyer reads it before it goes anywhere.
func (r Role) Draft() bool { return r == ToCourt || r == ToInjunction }

// ToSupervisor reports whether the letter goes to whoever supervises the
// lender, by either road: who that is, the lender's kind and place say.
func (r Role) ToSupervisor() bool { return r == ToRegulator || r == ToForward }

// Letter is what its letter is called.
func (r Role) Letter() string {
	for _, row := range roles {
		if row.role == r && row.letter != "" {
			return row.letter
		}
	}
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
