package desk

import (
	"context"
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/spelling"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// A Planned is what one recipient would get, and what stands in the way.
type Planned struct {
	Plan      RecipientPlan
	Emergency evidence.Text
	Obstacles []evidence.Obstacle
	Returns   []Return // for which its letter would be sent back
}

// A RecipientPlan is what of the findings goes to one recipient, what it is
// asked for, and its terms and conditions.
type RecipientPlan struct {
	Step
	CheckedOn string           `json:"checked_on"`
	Asserted  []PlannedFinding `json:"asserted"`
	Stated    []PlannedFinding `json:"stated"`
	Left      []PlannedFinding `json:"left"`
	Requests  []string         `json:"requests"` // as the letter has them
	Refused   []letter.Refusal `json:"refused"`
	Cut       []evidence.Text  `json:"cut"`      // long words of which the letter quotes the first alone
	Requires  []string         `json:"requires"` // as in the directory
	Refuses   []string         `json:"refuses"`
	Notes     string           `json:"notes,omitempty"`
	// Instead is the body of this case that does what the asked one does elsewhere.
	Instead string `json:"instead,omitempty"`
}

// A PlannedFinding finding is named, with its rows, and why it stays out if it does.
type PlannedFinding struct {
	Rule      string         `json:"rule"`
	Title     evidence.Text  `json:"title"`
	Incidents []string       `json:"incidents"`
	Exhibits  []string       `json:"exhibits"`
	Why       *evidence.Text `json:"why,omitempty"`
}

// A PlanSummary counts what a plan holds.
type PlanSummary struct {
	Asserted  int `json:"asserted"`
	Stated    int `json:"stated"`
	Left      int `json:"left"`
	Obstacles int `json:"obstacles"`
}

// Lines are the objects of the result, in order.
func (r Planned) Lines() []Line {
	out := append([]Line{{"plan", r.Plan}}, emergencyLines(r.Emergency)...)
	out = append(out, obstacleLines(r.Obstacles)...)
	for _, b := range r.Returns {
		out = append(out, Line{"return", b})
	}
	p := r.Plan
	return append(out, Line{"summary", PlanSummary{len(p.Asserted), len(p.Stated), len(p.Left), len(r.Obstacles)}})
}

// An UnknownRecipientError reports a word that is no role and no slug. Near
// are the records that come near it.
type UnknownRecipientError struct {
	To   string
	Near []templates.Recipient
}

func (e *UnknownRecipientError) Error() string { return fmt.Sprintf("no such recipient: %q", e.To) }

// An OtherPlatformError reports a platform of the directory that is not the
// one of the case.
type OtherPlatformError struct{ Slug, Name string }

func (e *OtherPlatformError) Error() string {
	return fmt.Sprintf("%s is not the platform of the case", e.Slug)
}

// Plan says what goes to one recipient: a role of this case, or the slug of a
// record of the directory. It writes nothing.
func Plan(ctx context.Context, d Desk, dir, to string) (Planned, error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return Planned{}, err
	}
	a, instead, err := recipientNamed(x, to)
	if err != nil {
		return Planned{}, err
	}
	p := planFor(x, a)
	p.Instead = instead
	obstacles := x.Report.Obstacles
	if a.role != "" {
		obstacles = x.Report.ObstaclesTo(a.role)
	}
	r := Planned{p, x.Report.Emergency, obstacles, nil}
	if a.role != "" {
		r.Returns = returns(x, []addressee{a})
	}
	return r, nil
}

// recipientNamed finds whom a role or slug means. A record that is none of
// this case's recipients has no role; instead names the supervisor of this
// lender where another place's was asked for.
func recipientNamed(x Dossier, to string) (a addressee, instead string, err error) {
	if role := evidence.Role(to); slices.Contains(evidence.AllRoles(), role) {
		all, err := recipients(x, []evidence.Role{role})
		if err != nil {
			return a, "", err
		}
		return all[0], "", nil
	}
	dir := x.Directory
	r, ok := dir.Lookup(to)
	if !ok {
		return a, "", &UnknownRecipientError{to, near(dir, to)}
	}
	own, ownErr := supervisor(dir, x.Case)
	switch {
	case ownErr == nil && r.Slug == own.Slug:
		return addressee{role: evidence.ToRegulator, recipient: r}, "", nil
	case slices.ContainsFunc(r.Brands, func(b string) bool { return b == x.Case.Platform.Brand }):
		return addressee{role: evidence.ToPlatform, recipient: platformOf(x.Case)}, "", nil
	case r.Kind == "platform":
		return a, "", &OtherPlatformError{r.Slug, r.Name}
	case ownErr == nil && localSupervisor(r):
		instead = own.Name
	}
	return addressee{recipient: r}, instead, nil
}

// localSupervisor reports whether a body supervises the lenders of one place.
func localSupervisor(r templates.Recipient) bool {
	return r.Code == evidence.NationalOffice || r.Code == evidence.LocalBureau
}

// near are the first few records that come near a word; none where it is a
// mistyped role.
func near(dir *templates.Directory, word string) []templates.Recipient {
	const most = 5
	found := dir.Search(word)
	if code, ok := evidence.FindRegion(word); ok && len(found) == 0 {
		found = dir.Search(code)
	}
	if len(found) == 0 {
		if len(spelling.Near(word, roleWords())) > 0 {
			return nil
		}
		found = dir.Alike(word)
	}
	return found[:min(len(found), most)]
}

func roleWords() []string {
	var out []string
	for _, r := range evidence.AllRoles() {
		out = append(out, string(r))
	}
	return out
}

// planFor works out what goes to a recipient.
func planFor(x Dossier, a addressee) RecipientPlan {
	p := RecipientPlan{Step: stepOf(a, input(x, a, bag.Root{})), CheckedOn: a.recipient.CheckedOn,
		Asserted: []PlannedFinding{}, Stated: []PlannedFinding{}, Left: []PlannedFinding{},
		Requests: []string{}, Refused: []letter.Refusal{}, Cut: []evidence.Text{},
		Requires: list(a.recipient.Requires), Refuses: list(a.recipient.Refuses), Notes: a.recipient.Notes}
	if a.role == "" {
		p.remit(a, x.Report.Findings)
		return p
	}
	of := letter.OutlineOf(input(x, a, bag.Root{}))
	for _, f := range of.Asserted {
		p.Asserted = append(p.Asserted, planned(f, nil))
	}
	for _, f := range of.Stated {
		p.Stated = append(p.Stated, planned(f, nil))
	}
	for _, o := range of.Left {
		p.Left = append(p.Left, planned(o.Finding, &o.Why))
	}
	p.Requests, p.Refused = of.Requests, append(p.Refused, of.Refused...)
	p.Cut = append(p.Cut, of.Cut...)
	return p
}

// remit lists what a body no letter is made for is competent for, by its code
// and nothing else.
func (p *RecipientPlan) remit(a addressee, findings []evidence.Finding) {
	p.Letter, p.Order, p.Competent = "", 0, false
	code := a.recipient.Code
	for _, f := range findings {
		if code == "" || localSupervisor(a.recipient) || !slices.Contains(f.Bodies, code) {
			continue
		}
		switch f.Strength {
		case evidence.Shown:
			p.Asserted, p.Competent = append(p.Asserted, planned(f, nil)), true
		case evidence.Stated:
			p.Stated = append(p.Stated, planned(f, nil))
		}
	}
}

func planned(f evidence.Finding, why *evidence.Text) PlannedFinding {
	ids := make([]string, 0, len(f.Incidents))
	for _, i := range f.Incidents {
		ids = append(ids, i.ID)
	}
	return PlannedFinding{f.Rule, f.Name(), ids, list(f.Exhibits), why}
}
