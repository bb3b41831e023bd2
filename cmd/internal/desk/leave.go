package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// LeaveOptions say which exhibits stay out of bundle and papers.
type LeaveOptions struct {
	Exhibits []string // numbers
	Back     bool     // take them back
	Reason   string   // why they are left out; empty: nothing is said of it
}

// A LeftExhibit is an exhibit that stays out of bundle and papers.
type LeftExhibit struct {
	Exhibit string   `json:"exhibit"`
	Said    bool     `json:"said"` // by the person; else it seems private, and they are asked
	Reason  string   `json:"reason,omitempty"`
	Rows    []string `json:"rows"` // of the timeline that stay out with it
}

// A Left is what [Leave] changed, and all that stays out by now.
type Left struct {
	Changed []string // numbers that were left out, or taken back
	Same    []string // numbers that were so already
	Out     []LeftExhibit
	Back    bool
	// Private are exhibits in the evidence that hold numbers of others, codes, or
	// calls with advisers or of the person's own life, and that no letter rests on.
	Private []string
}

// A LeaveSummary ends what is said of exhibits that stay out.
type LeaveSummary struct {
	Back    bool     `json:"back"`
	Changed []string `json:"changed"`
	Same    []string `json:"same"`
	Out     int      `json:"out"`
	Private []string `json:"private"`
}

// Lines are the objects of the result.
func (r Left) Lines() []Line {
	var out []Line
	for _, x := range r.Out {
		out = append(out, Line{"left", x})
	}
	return append(out, Line{"summary", LeaveSummary{r.Back, list(r.Changed), list(r.Same), len(r.Out),
		list(r.Private)}})
}

// A Use is what of a case rests on an exhibit.
type Use struct {
	Exhibit string
	Rows    []string // of the timeline, on which findings of a letter rest
	Letters []string // to whom these letters go; empty where nobody knows yet
	Keys    []string // of case.toml that name it
}

// An InUseError reports exhibits that cannot be left out, for letters rest on
// them. Nothing was changed.
type InUseError struct{ Uses []Use }

func (e *InUseError) Error() string {
	var numbers []string
	for _, u := range e.Uses {
		numbers = append(numbers, u.Exhibit)
	}
	return fmt.Sprintf("letters rest on %s", strings.Join(numbers, ", "))
}

// Leave leaves exhibits out of bundle and papers, or takes them back: all of
// those named, or none. Files and numbers stay as they are, and so does every
// code that was printed; the next [Build] makes a new one. Without an exhibit
// it changes nothing and says what stays out.
func Leave(ctx context.Context, d Desk, dir string, o LeaveOptions) (r Left, err error) {
	r.Back = o.Back
	if len(o.Exhibits) == 0 {
		x, err := Open(ctx, d, dir)
		if err != nil {
			return r, err
		}
		r.Out, r.Private = leftIn(x), privateIn(x)
		return r, nil
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return r, err
	}
	if err := r.sort(x, o); err != nil {
		return r, err
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	if err := f.Leave(r.Changed, !o.Back, o.Reason, d.Now); err != nil {
		return r, err
	}
	if x, err = read(d, f); err != nil {
		return r, err
	}
	r.Out, r.Private = leftIn(x), privateIn(x)
	return r, nil
}

// privateIn are the exhibits in the evidence of a case that hold something
// private and that nothing rests on. What is in use has a reason to be there.
func privateIn(x Dossier) (out []string) {
	h := holds(x.Case, x.Incidents, x.Exhibits, nil)
	for _, e := range x.sealed() {
		private := slices.ContainsFunc([]Held{h.Others, h.Codes, h.Advisers, h.Private, h.Unopened},
			func(held Held) bool { return slices.Contains(held.Exhibits, e.Number) })
		if !private {
			continue
		}
		if _, uses := useOf(x, e.Number); !uses {
			out = append(out, e.Number)
		}
	}
	return out
}

// sort parts the exhibits that are named into those that change and those that
// are so already. What a letter rests on is refused.
func (r *Left) sort(x Dossier, o LeaveOptions) error {
	var used []Use
	for _, typed := range o.Exhibits {
		n, ok := exhibitNumber(typed)
		if !ok {
			return &NoExhibitError{typed}
		}
		at := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return e.Number == n })
		switch {
		case at < 0:
			return &NoExhibitError{n}
		case slices.Contains(r.Changed, n) || slices.Contains(r.Same, n):
			continue
		}
		// Said once more it is the person's word, and no longer only how it was found.
		_, said := x.Exhibits[at].LeftSaid()
		if x.Out[n] == !o.Back && said || !x.Out[n] && o.Back {
			r.Same = append(r.Same, n)
			continue
		}
		r.Changed = append(r.Changed, n)
		if u, uses := useOf(x, n); uses && !o.Back {
			u.Letters = lettersWith(x, u)
			used = append(used, u)
		}
	}
	if len(used) > 0 {
		return &InUseError{used}
	}
	return nil
}

// useOf is what rests on an exhibit: findings that a letter asserts or quotes,
// and entries of case.toml. Whose letters those are is not looked for: see [lettersWith].
func useOf(x Dossier, exhibit string) (u Use, uses bool) {
	u.Exhibit = exhibit
	for _, e := range x.extracts() {
		if e.Number == exhibit { // an extract is what letters cite in the place of its log
			of, uses := useOf(x, e.Extract.Of)
			of.Exhibit = exhibit
			return of, uses
		}
	}
	for _, f := range x.Report.Findings {
		if f.Strength == evidence.Review {
			continue
		}
		for n := range f.Incidents {
			if slices.Contains(f.Incidents[n].Exhibits, exhibit) {
				u.Rows = append(u.Rows, f.Incidents[n].ID)
			}
		}
		if slices.Contains(f.Exhibits, exhibit) {
			uses = true
		}
	}
	slices.Sort(u.Rows)
	u.Rows = slices.Compact(u.Rows)
	u.Keys = x.Case.Naming(exhibit)
	return u, uses || len(u.Rows)+len(u.Keys) > 0
}

// lettersWith are those whose letters rest on an exhibit in use. Where it is not known
// yet who gets letters, nobody is. Each letter is composed for it.
func lettersWith(x Dossier, u Use) []string {
	if len(u.Rows) == 0 {
		return nil
	}
	exhibit := u.Exhibit
	for _, e := range x.extracts() {
		if e.Number == exhibit {
			exhibit = e.Extract.Of
		}
	}
	all, err := recipients(x, ready(x.Report))
	if err != nil {
		return nil
	}
	able, _ := competent(x, all)
	cited := []string{exhibit}
	for _, e := range x.extracts() {
		if e.Extract.Of == exhibit {
			cited = append(cited, e.Number)
		}
	}
	var out []string
	for _, a := range able {
		rests := slices.ContainsFunc(attachedTo(x, a), func(n string) bool { return slices.Contains(cited, n) })
		if rests && !slices.Contains(out, a.recipient.Name) {
			out = append(out, a.recipient.Name)
		}
	}
	return out
}

// leftIn are the exhibits of a case that stay out, with the rows that stay out
// with them.
func leftIn(x Dossier) []LeftExhibit {
	var out []LeftExhibit
	for _, e := range x.Exhibits {
		if !x.Out[e.Number] {
			continue
		}
		l := LeftExhibit{Exhibit: e.Number, Rows: []string{}}
		if n, ok := e.Note(evidence.NoteLeft); ok {
			l.Said, l.Reason = n.About != "", n.Detail
		}
		for _, i := range x.Incidents {
			if slices.Contains(i.From(), e.Number) {
				l.Rows = append(l.Rows, i.ID)
			}
		}
		out = append(out, l)
	}
	return out
}

// unsaid are the exhibits of a case that stay out as long as nothing is said of
// them.
func unsaid(x Dossier) []evidence.Exhibit {
	return slices.DeleteFunc(slices.Clone(x.Exhibits), func(e evidence.Exhibit) bool {
		_, said := e.LeftSaid()
		return said || !x.Out[e.Number]
	})
}

// sealed are the exhibits of a case that go into bundle and papers. A copy of a thousand
// takes more than a megabyte: it is made where some stay out, and once for many recipients.
// Nobody changes them in their place.
func (x Dossier) sealed() []evidence.Exhibit {
	if len(x.Out) == 0 {
		return slices.Clip(x.Exhibits)
	}
	return slices.DeleteFunc(slices.Clone(x.Exhibits), func(e evidence.Exhibit) bool { return x.Out[e.Number] })
}

// sealedRows are the rows of the timeline that go along: none of an exhibit that
// is left out.
func (x Dossier) sealedRows() []evidence.Incident {
	if len(x.Out) == 0 {
		return slices.Clip(x.Incidents)
	}
	return slices.DeleteFunc(slices.Clone(x.Incidents), func(i evidence.Incident) bool {
		return slices.ContainsFunc(i.From(), func(n string) bool { return x.Out[n] })
	})
}

// leftInUse is what keeps a case from being filed whose letters would rest on an
// exhibit that is left out: a row may have come to need it since.
func leftInUse(x Dossier) []evidence.Obstacle {
	var out []evidence.Obstacle
	for _, e := range x.Exhibits {
		if !x.Out[e.Number] {
			continue
		}
		u, uses := useOf(x, e.Number)
		if !uses {
			continue
		}
		on := strings.Join(append(slices.Clone(u.Rows), u.Keys...), "、")
		out = append(out, evidence.Obstacle{Code: "left-out", Where: e.Number,
			What: evidence.Advise("%[1]s 是您不放进证据包的，可是信要靠它证明{（%[2]s）|}",
				"%[1]s is left out of the bundle, and letters would rest on it{ (%[2]s)|}").With(e.Number, on),
			Remedy: evidence.Advise("要用它就{放回来：juzheng leave 案件夹 --back %[1]s|在“读到了什么”那一步放回来}；不用它，"+
				"{把这几行的“是否采用”写成否|在“一件件看”里不采用它证明的}",
				"take it back {with juzheng leave CASE --back %[1]s|under “What was found”}, or {write no under use in these "+
					"rows|leave out "+
					"under “Act by act” what rests on it}").With(e.Number)})
	}
	return out
}
