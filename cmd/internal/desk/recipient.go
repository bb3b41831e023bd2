package desk

import (
	"errors"
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/road"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// An addressee is one recipient of this case, the part in which it gets
// papers, and the folder of them.
type addressee struct {
	role      evidence.Role // empty: no letter is made for it
	recipient templates.Recipient
	folder    string
}

// A RoleError reports a recipient nobody knows. To is empty where none was
// named at all.
type RoleError struct{ To string }

func (e *RoleError) Error() string { return fmt.Sprintf("no such recipient: %q", e.To) }

// A NoSupervisorError reports a lender whose supervisor the directory lacks.
type NoSupervisorError struct{ Region string }

func (e *NoSupervisorError) Error() string {
	return fmt.Sprintf("the directory has no supervisor for %s", e.Region)
}

// recipients finds who is meant by platform, lender, nifa and regulator in a
// case. Nobody is chosen whom the case does not name.
func recipients(x Dossier, to []evidence.Role) ([]addressee, error) {
	dir := x.Directory
	var out []addressee
	var err error
	for _, role := range evidence.AllRoles() {
		if !slices.Contains(to, role) {
			continue
		}
		a := addressee{role: role}
		switch role {
		case evidence.ToPlatform:
			a.recipient, a.folder = platformOf(x.Case), "平台客服"
			if a.recipient.Kind == "lender" {
				a.folder = "放款机构"
			}
		case evidence.ToLender:
			if len(out) > 0 && (out[0].recipient.Kind == "lender" || out[0].recipient.Name == x.Case.Lender.Name) ||
				!x.Case.Lender.Known() && len(to) > 1 {
				continue // the letter to the platform goes to it, or asks who it is
			}
			a.recipient, a.folder = lenderOf(x.Case), "放款机构"
		case evidence.ToAssociation:
			r, ok := dir.Lookup("nifa")
			if !ok {
				return nil, fmt.Errorf("the directory has no nifa")
			}
			a.recipient, a.folder = r, r.Name
		case evidence.ToForward:
			if err := forwardable(x.Case); err != nil && len(to) == 1 {
				return nil, err
			} else if err != nil {
				continue
			}
			if a.recipient, err = supervisor(dir, x.Case); err != nil {
				return nil, err
			}
			a.folder = roadName(role, a.recipient.Name)
		case evidence.ToRegulator:
			if a.recipient, err = supervisor(dir, x.Case); err != nil {
				return nil, err
			}
			a.folder = a.recipient.Name
		default:
			if a.recipient, err = further(dir, role); err != nil {
				return nil, err
			}
			a.folder = roadName(role, a.recipient.Name)
		}
		out = append(out, a)
	}
	for _, t := range to {
		if !slices.Contains(evidence.AllRoles(), t) {
			return nil, &RoleError{string(t)}
		}
	}
	if len(out) == 0 {
		return nil, &RoleError{}
	}
	return out, nil
}

// roadName is a body's name, with the road where more than one leads to it: a supervisor
// has complaints to pass on beside reports, a court has applications beside suits.
func roadName(role evidence.Role, recipient string) string {
	switch {
	case role == evidence.ToForward:
		return recipient + "（请转办）"
	case role.Draft():
		return recipient + "-" + role.Letter()
	}
	return recipient
}

// further is a body beside the road of a complaint: of the directory, or one that the
// person still has to find.
func further(dir *templates.Directory, role evidence.Role) (templates.Recipient, error) {
	x, _ := road.Of(role)
	if x.Slug == "" {
		name := templates.CourtName
		if role == evidence.ToMediation {
			name = templates.MediationName
		}
		return templates.Recipient{Slug: string(role), Kind: string(role), Name: name, Quality: "unchecked",
			CheckedOn: "2026-11-29", Notes: "名称是统称，交给哪一家由您填写。"}, nil
	}
	r, ok := dir.Lookup(x.Slug)
	if !ok {
		return r, fmt.Errorf("the directory has no %s", x.Slug)
	}
	return r, nil
}

// A NotForwardedError reports a complaint that no supervisor is known to pass
// on.
type NotForwardedError struct{ Why evidence.Text }

func (e *NotForwardedError) Error() string { return e.Why.EN }

// forwardable reports why a complaint of this case is not for a supervisor to
// pass on.
func forwardable(c evidence.Case) error {
	switch {
	case c.Complainant.Kind == evidence.Contact:
		return &NotForwardedError{evidence.Text{
			ZH: "转办的是借款人自己的消费投诉；您是被联系的人，向平台或放款机构投诉，或者向监管部门举报",
			EN: "what is passed on is a borrower's complaint; you were contacted about another's debt: complain to " +
				"the platform or lender, or report to the supervisor"}}
	case c.Consent.Forward == evidence.No:
		return &NotForwardedError{evidence.Text{
			ZH: "case.toml 里写着不同意转交身份信息和材料（consent.forward），请转办就办不成：改成同意，或者用举报书",
			EN: "case.toml does not allow identity and material to be passed on (consent.forward): allow it, or " +
				"report"}}
	case c.Lender.Licence.Supervisor() == evidence.LocalBureau:
		return &NotForwardedError{evidence.Text{
			ZH: "这类机构归地方金融管理局，没有查到它转办投诉的规定：打 12345 问，或者用举报书",
			EN: "lenders of this kind are the local bureau's, and no rule on passing complaints on was found: ask on " +
				"12345, or report"}}
	}
	return nil
}

// competent parts recipients into those some shown finding is for, their
// folders numbered by their turn, and those not competent for anything a file
// shows. Platform and lender have theirs together.
func competent(x Dossier, all []addressee) (out, left []addressee) {
	turn, of := 0, matterOf(x)
	for _, a := range all {
		if err := letter.Ready(of.order(a, bag.Root{}).Input); errors.Is(err, letter.ErrNothingShown) {
			left = append(left, a)
			continue
		}
		if a.role != evidence.ToLender || turn == 0 {
			turn++
		}
		a.folder = fmt.Sprintf("%d-%s", turn, a.folder)
		out = append(out, a)
	}
	return out, left
}

// platformOf is the recipient the case itself names: the platform, or the
// lender where there is none. It is the person's word and marked so.
func platformOf(c evidence.Case) templates.Recipient {
	p := c.Through()
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
	r := templates.Recipient{Slug: "lender", Kind: "lender", Code: "P", Name: c.Lender.Label(), Quality: "unchecked",
		CheckedOn: "未核对", Notes: "名称由您提供。"}
	if c.Lender.Phone != "" {
		r.Channels = []templates.Channel{{Type: "phone", Value: c.Lender.Phone}}
	}
	return r
}

// supervisor is the body that supervises this lender: the national
// regulator's local office, or the local bureau of its place of registration.
func supervisor(dir *templates.Directory, c evidence.Case) (templates.Recipient, error) {
	r, ok := dir.Supervisor(c.Lender.Licence, c.Lender.Region)
	if !ok {
		return r, &NoSupervisorError{c.Lender.Region}
	}
	return r, nil
}
