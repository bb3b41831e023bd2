package desk

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

// Due is what somebody to whom the case was handed in has not got: its letter
// rests on exhibits that were added after that day.
type Due struct {
	Role evidence.Role
	Name string
	Day  string // on which it was handed in last
	From string // the first exhibit that was added since
}

// due is what can be handed in later, to each of some recipients. What shows that
// something was filed, or what came back, is nothing to hand in by itself.
func due(x Dossier, to []addressee) ([]Due, error) {
	var out []Due
	for _, a := range to {
		day := filedOn(x, a)
		if day == "" {
			continue
		}
		all, err := addedSince(x, filingsHere(x, a))
		if err != nil {
			return nil, err
		}
		since := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return slices.Contains(all, e.Number) })
		if since < 1 { // of a case that begins after the day none of it was filed
			continue
		}
		in, err := letter.Supplement(input(x, a, bag.Root{}), x.Exhibits[since].Number)
		if err == nil && slices.ContainsFunc(letter.Attached(in), func(n string) bool { return !receipt(x.Case, n) }) {
			out = append(out, Due{a.asked(), a.recipient.Name, day, x.Exhibits[since].Number})
		}
	}
	return out, nil
}

// addedSince are the exhibits that came after all that was filed. The code on the papers
// that are kept of a filing tells of which evidence they were; where none are kept, what
// was added up to its day is taken for filed.
func addedSince(x Dossier, filings []evidence.Filing) ([]string, error) {
	kept, err := x.Folder.Filed()
	if err != nil {
		return nil, err
	}
	filed, until := map[string]bool{}, ""
	for _, f := range filings {
		in, ok, err := filedWith(x, kept, f)
		if err != nil {
			return nil, err
		}
		if !ok {
			until = max(until, f.Date)
		}
		for _, number := range in {
			filed[number] = true
		}
	}
	old := func(e evidence.Exhibit) bool {
		return filed[e.Number] || e.Added.In(evidence.Beijing).Format(time.DateOnly) <= until
	}
	for _, e := range x.Exhibits {
		if e.Extract != nil && filed[e.Number] {
			filed[e.Extract.Of] = true // its rows were filed, and the rest stays with the person
		}
	}
	have := extractsOf(x.Exhibits, old)
	var out []string
	for _, e := range x.Exhibits { // what stays out is nothing new, whenever it came
		if !old(e) && !x.Out[e.Number] && !receipt(x.Case, e.Number) && !within(e, have) {
			out = append(out, e.Number)
		}
	}
	return out, nil
}

// filedWith are the exhibits that the code on the papers kept of a filing was of; not known:
// none are kept, or their code is not one of the list.
func filedWith(x Dossier, kept []folder.FiledPacket, f evidence.Filing) (in []string, known bool, err error) {
	p, ok := folder.KeptFor(kept, f.To, f.Date)
	if !ok {
		return nil, false, nil
	}
	return x.Folder.EvidenceOf(p.Code)
}

// handed are the extracts that the recipient of a letter has already. A list that cannot be
// read tells of none, and is told of where the case is read. A whole log is none of them:
// its code tells nothing of whether it went along.
func handed(x Dossier, in letter.Input) []evidence.Exhibit {
	filed := map[string]bool{}
	kept, err := x.Folder.Filed()
	if err != nil {
		return nil
	}
	for _, f := range x.Case.Filings {
		if !in.FiledHere(f) {
			continue
		}
		numbers, _, err := filedWith(x, kept, f)
		if err != nil {
			return nil
		}
		for _, n := range numbers {
			filed[n] = true
		}
	}
	return extractsOf(x.Exhibits, func(e evidence.Exhibit) bool { return filed[e.Number] })
}

// extractsOf are some of the extracts.
func extractsOf(all []evidence.Exhibit, some func(evidence.Exhibit) bool) (out []evidence.Exhibit) {
	for _, e := range all {
		if e.Extract != nil && some(e) {
			out = append(out, e)
		}
	}
	return out
}

// within reports an extract all of whose rows stand in what was filed.
func within(e evidence.Exhibit, have []evidence.Exhibit) bool {
	if e.Extract == nil {
		return false
	}
	rows := map[string]bool{}
	for _, h := range have {
		if h.Extract.Of == e.Extract.Of {
			for _, r := range strings.Split(h.Extract.Lines, ",") {
				rows[r] = true
			}
		}
	}
	return !slices.ContainsFunc(strings.Split(e.Extract.Lines, ","), func(r string) bool { return !rows[r] })
}

// receipt reports an exhibit that shows a filing, or what came back.
func receipt(c evidence.Case, exhibit string) bool {
	return slices.ContainsFunc(c.Filings, func(f evidence.Filing) bool { return f.Naming(exhibit) })
}

// filedOn is the day on which the case was handed in last to a recipient; empty:
// it never was, as far as case.toml says.
func filedOn(x Dossier, a addressee) string {
	last := ""
	for _, f := range filingsHere(x, a) {
		last = max(last, f.Date)
	}
	return last
}

// filingsHere is what was handed in to a recipient. To tell it nothing has to be covered.
func filingsHere(x Dossier, a addressee) []evidence.Filing {
	in := letter.Input{Matter: mask.Matter{Case: x.Case}, Recipient: a.recipient, Role: a.role}
	return slices.DeleteFunc(slices.Clone(x.Case.Filings), func(f evidence.Filing) bool { return !in.FiledHere(f) })
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
