package desk

import (
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/track"
	"juzheng/templates/letter"
)

// Due is what somebody to whom the case was handed in has not got: its letter
// rests on exhibits that were added after that day.
type Due struct {
	Role evidence.Role
	Name string
	Day  string // on which it was handed in last
	From string // the first exhibit that was added since
}

// due is what can be handed in later, to each of some recipients. What was added
// on the very day of the filing is taken for filed; what shows that something was
// filed, or what came back, is nothing to hand in by itself.
func due(x Dossier, to []addressee) []Due {
	var out []Due
	for _, a := range to {
		day := filedOn(x, a)
		if day == "" {
			continue
		}
		since := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool {
			return !receipt(x.Case, e.Number) && e.Added.In(evidence.Beijing).Format(time.DateOnly) > day
		})
		if since < 1 { // of a case that begins after the day none of it was filed
			continue
		}
		in, err := letter.Supplement(input(x, a, bag.Root{}), x.Exhibits[since].Number)
		if err == nil && slices.ContainsFunc(letter.Attached(in), func(n string) bool { return !receipt(x.Case, n) }) {
			out = append(out, Due{a.asked(), a.recipient.Name, day, x.Exhibits[since].Number})
		}
	}
	return out
}

// receipt reports an exhibit that shows a filing, or what came back.
func receipt(c evidence.Case, exhibit string) bool {
	return slices.ContainsFunc(c.Filings, func(f evidence.Filing) bool { return f.Naming(exhibit) })
}

// filedOn is the day on which the case was handed in last to a recipient; empty:
// it never was, as far as case.toml says.
func filedOn(x Dossier, a addressee) string {
	in, last := input(x, a, bag.Root{}), ""
	for _, f := range x.Case.Filings {
		if in.FiledHere(f) {
			last = max(last, f.Date)
		}
	}
	return last
}

// waits reports a recipient that has the complaint or report of the case, which was
// neither taken back nor closed.
func waits(in letter.Input) bool {
	f := in.LastFiled()
	return f.Date != "" && f.Withdrawn == "" && f.Closed == ""
}

// supplemented reports whether a supplement is for a recipient: one that got
// nothing has nothing to be supplemented. As long as case.toml names nobody who
// did, it may be any of them.
func supplemented(x Dossier, to []addressee, a addressee) bool {
	return filedOn(x, a) != "" ||
		!slices.ContainsFunc(to, func(o addressee) bool { return filedOn(x, o) != "" })
}

// asked is the role by which a recipient is asked for: the person whose platform
// is the lender itself knows it as the lender.
func (a addressee) asked() evidence.Role { return track.RoadTo(a.role, a.recipient).Asked }
