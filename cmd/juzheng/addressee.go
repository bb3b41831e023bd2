package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// An addressee is one recipient of this build and the folder of its papers.
type addressee struct {
	role      letter.Role
	recipient templates.Recipient
	folder    string
}

// allRoles are whom --to knows.
var allRoles = idsOf(evidence.Roles())

func idsOf(roles []evidence.Role) []string {
	out := make([]string, len(roles))
	for n, r := range roles {
		out[n] = string(r)
	}
	return out
}

// checkRole reports a recipient that --to does not know.
func checkRole(to string) error {
	if slices.Contains(allRoles, to) {
		return nil
	}
	return fail(exitUsage, nil, fill(text{"--to 里没有 %[1]s 这个对象（可用 %[2]s）", "--to knows no %[1]s (there are %[3]s)"},
		to, strings.Join(allRoles, "、"), strings.Join(allRoles, ", ")), meant(to, allRoles, "")...)
}

// usualRoles are whom papers are made for unless --to says otherwise.
var usualRoles = idsOf(evidence.UsualRoles())

// addressees finds who is meant by platform, lender, nifa and regulator in
// this case. Nobody is chosen whom the case does not name.
func (d *dossier) addressees(to []string) ([]addressee, error) {
	dir, err := templates.Load()
	if err != nil {
		return nil, err
	}
	var out []addressee
	for _, role := range evidence.Roles() {
		if !slices.Contains(to, string(role)) {
			continue
		}
		a := addressee{role: role}
		switch role {
		case letter.ToPlatform:
			a.recipient, a.folder = platformOf(d.kase), "平台客服"
			if a.recipient.Kind == "lender" {
				a.folder = "放款机构"
			}
		case letter.ToLender:
			if len(out) > 0 && (out[0].recipient.Kind == "lender" || out[0].recipient.Name == d.kase.Lender.Name) {
				continue // the letter to the platform goes to it
			}
			a.recipient, a.folder = lenderOf(d.kase), "放款机构"
		case letter.ToAssociation:
			r, ok := dir.Lookup("nifa")
			if !ok {
				return nil, fmt.Errorf("the directory has no nifa")
			}
			a.recipient, a.folder = r, r.Name
		case letter.ToRegulator:
			if a.recipient, err = d.regulator(dir); err != nil {
				return nil, err
			}
			a.folder = a.recipient.Name
		}
		out = append(out, a)
	}
	for _, t := range to {
		if err := checkRole(t); err != nil {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, usage(text{"--to 是空的（可用 %[1]s）", "--to is empty (there are %[2]s)"}, strings.Join(allRoles, "、"), strings.Join(allRoles, ", "))
	}
	return out, nil
}

// competent parts recipients into those some shown finding is for, their
// folders numbered, and those not competent for anything a file shows.
func (d *dossier) competent(all []addressee) (out, left []addressee) {
	for _, a := range all {
		if err := letter.Ready(d.input(a, bag.Root{})); errors.Is(err, letter.ErrNothingShown) {
			left = append(left, a)
			continue
		}
		a.folder = fmt.Sprintf("%d-%s", len(out)+1, a.folder)
		out = append(out, a)
	}
	return out, left
}

var notCompetent = text{"%s：有材料证明的情形都不归它处理，不给它做材料", "%s: not competent for anything your material shows; no papers are made for it"}

// platformOf is the recipient the case itself names: the platform, or the
// lender where there is none. It is the person's word and marked so.
func platformOf(c evidence.Case) templates.Recipient {
	p := c.Platform
	if !p.Known() { // a brand is reached in its app, even if nobody knows who runs it
		return lenderOf(c)
	}
	r := templates.Recipient{Slug: "platform", Kind: "platform", Code: "P", Name: p.Name, Quality: "unchecked",
		CheckedOn: "未核对", Notes: "名称由您提供。"}
	if r.Name == "" {
		r.Name = "“" + p.Brand + "”平台客户服务部门"
	}
	if p.Phone != "" {
		r.Channels = []templates.Channel{{Type: "phone", Value: p.Phone}}
	}
	return r
}

// lenderOf is the lender of the contract, as the case names it.
func lenderOf(c evidence.Case) templates.Recipient {
	r := templates.Recipient{Slug: "lender", Kind: "lender", Code: "P", Name: c.Lender.Label(), Quality: "unchecked", CheckedOn: "未核对", Notes: "名称由您提供。"}
	if c.Lender.Phone != "" {
		r.Channels = []templates.Channel{{Type: "phone", Value: c.Lender.Phone}}
	}
	return r
}

// regulator is the body that supervises this lender: the national regulator's
// local office, or the local bureau of its place of registration.
func (d *dossier) regulator(dir *templates.Directory) (templates.Recipient, error) {
	r, ok := dir.Supervisor(d.kase.Lender.Licence, d.kase.Lender.Region)
	if !ok {
		return r, fail(exitFailed, nil, fill(text{"名录里没有 %s（%s）的监管部门", "the directory has no supervisor for %s (%s)"},
			d.kase.Lender.Region, evidence.RegionName(d.kase.Lender.Region)),
			text{"核对 case.toml 的 lender.region", "check lender.region in case.toml"})
	}
	return r, nil
}
