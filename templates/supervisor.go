package templates

import (
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/road"
)

// Supervisor is the body that supervises a lender of a licence kind
// registered in a region (GB/T 2260, six digits). Nothing is guessed: without
// both there is none.
func (d *Directory) Supervisor(licence evidence.Licence, region string) (Recipient, bool) {
	code := licence.Supervisor()
	if code == "" || len(region) != 6 {
		return Recipient{}, false
	}
	return d.Competent(code, region)
}

// Supervises reports whether a body supervises lenders: one of the two local
// ones, or the national regulator itself.
func (r Recipient) Supervises() bool {
	return r.Code == evidence.NationalOffice || r.Code == evidence.LocalBureau || r.Slug == "nfra"
}

// FiledTo is to whom an earlier complaint of a case was made, whose case.toml
// has a role, a slug of the directory, or a name as the person wrote it. The
// role is empty for any other body.
func FiledTo(c evidence.Case, to string) (role evidence.Role, name string) {
	or := func(label, name string) string {
		if label != "" {
			return label
		}
		return name
	}
	switch to {
	case "":
		return "", ""
	case string(evidence.ToPlatform):
		if !c.Through().Known() && c.Lender.Known() { // the lender's own app, or a card of it
			return evidence.ToPlatform, c.Lender.Label()
		}
		return evidence.ToPlatform, or(c.Platform.Label(), "平台客服")
	case string(evidence.ToLender):
		return evidence.ToLender, or(c.Lender.Label(), "放款机构")
	case string(evidence.ToRegulator):
		return evidence.ToRegulator, "监管部门"
	case string(evidence.ToForward):
		return evidence.ToForward, "监管部门（请转办）"
	}
	if role, ok := evidence.ParseRole(to); ok && role.Further() {
		return role, furtherName(role)
	}
	switch to {
	case c.Lender.Name: // before the platform: where one company is both, the lender is bound
		return evidence.ToLender, to
	case c.Platform.Name, c.Platform.Brand:
		return evidence.ToPlatform, to
	}
	if d, err := Load(); err == nil { // faults of the data are found by the tests
		if r, ok := d.Lookup(to); ok {
			return r.role(), r.Name
		}
		if i := slices.IndexFunc(d.all, func(r Recipient) bool { return r.Name == to }); i >= 0 {
			return d.all[i].role(), to
		}
	}
	switch {
	case strings.Contains(to, "互联网金融协会"):
		role = evidence.ToAssociation
	case strings.Contains(to, "监管局"), strings.Contains(to, "金融管理局"):
		role = evidence.ToRegulator
	}
	return role, to
}

// role is what a body of the directory is in any case.
func (r Recipient) role() evidence.Role {
	switch {
	case r.Code == "NIFA":
		return evidence.ToAssociation
	case r.Supervises():
		return evidence.ToRegulator
	case r.Kind == "credit-bureau":
		return evidence.ToBureau
	}
	for _, role := range evidence.FurtherRoles() {
		if x, ok := road.Of(role); ok && x.Slug == r.Slug && r.Slug != "" {
			return role
		}
	}
	return ""
}

// furtherName is what to call a body beside the road of a complaint.
func furtherName(role evidence.Role) string {
	if x, ok := road.Of(role); ok && x.Slug != "" {
		if d, err := Load(); err == nil {
			if r, ok := d.Lookup(x.Slug); ok {
				return r.Name
			}
		}
	}
	if role == evidence.ToMediation {
		return MediationName
	}
	return CourtName
}

// The names of bodies that no record is of: which of them it is, the person fills in.
const (
	CourtName     = "人民法院"
	MediationName = "当地金融消费纠纷调解组织"
)
