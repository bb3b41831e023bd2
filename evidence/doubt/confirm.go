package doubt

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// confirm says of each call what the carriers' lists of the case say of it. A
// phone's own log can be written by anybody who has the phone, a carrier's list
// can be asked for again. Only connected calls stand in one. Where the case has
// none, nothing is said.
func (f *finder) confirm(held []evidence.Incident) {
	lists := slices.DeleteFunc(slices.Clone(f.lists), func(l list) bool { return !l.carrier })
	if len(lists) == 0 {
		return
	}
	taken := map[string]bool{} // calls of lists that are another row's
	for _, i := range held {
		for _, place := range strings.Fields(i.Source) {
			taken[place] = true
		}
	}
	found := f.retyped(lists, held, taken)
	for n, i := range held {
		if i.Kind != evidence.Call || i.Answered == evidence.No || i.Time.IsZero() {
			continue
		}
		held[n].Carrier = f.said(lists, i, found[i.ID])
	}
}

// said is what the lists say of one call; found is the call of a list that it
// was matched with.
func (f *finder) said(lists []list, i evidence.Incident, found evidence.Incident) evidence.Confirmation {
	for _, r := range append(f.places(i), found) {
		if r.Time.Source == carrier && r.Number == i.Number && i.Number != "" && !Masked(i.Number) &&
			r.Time.At.Sub(i.Time.At).Abs() <= apart {
			exhibit, _, _ := strings.Cut(r.Source, ":")
			return evidence.Confirmation{Says: evidence.CarrierHas, List: exhibit}
		}
	}
	phone, known := f.phoneFor(i)
	if !known {
		return evidence.Confirmation{}
	}
	says := evidence.Confirmation{Says: evidence.CarrierNotThatDay}
	for _, l := range lists {
		switch {
		case l.phone == phone && l.holds(i):
			return evidence.Confirmation{Says: evidence.CarrierUnclear, List: l.exhibit}
		case i.Time.Precision != evidence.ToDay && l.covers(i, phone, f.foldersOf(i)):
			says = evidence.Confirmation{Says: evidence.CarrierHasNot, List: l.exhibit}
		}
	}
	return says
}

// phoneFor is the phone a call came to. Of one that reached somebody else and
// that no file of a phone of theirs shows, nobody knows it: a list of the person's own
// line says nothing of it.
func (f *finder) phoneFor(i evidence.Incident) (phone string, known bool) {
	if len(i.Exhibits) > 0 && f.phones[i.Exhibits[0]] != "" {
		return f.phones[i.Exhibits[0]], true
	}
	return "", !i.Reached.Third() && i.ToldBy == ""
}

// retyped finds the calls of lists for rows that were not joined with one: those
// a person wrote down. A call of a list is one row's alone, the nearest.
func (f *finder) retyped(lists []list, held []evidence.Incident, taken map[string]bool) map[string]evidence.Incident {
	type pair struct {
		row, call evidence.Incident
		off       time.Duration
	}
	var pairs []pair
	for _, i := range held {
		phone, known := f.phoneFor(i)
		if i.Kind != evidence.Call || i.Number == "" || Masked(i.Number) || i.Time.IsZero() || !known ||
			i.Time.Precision == evidence.ToDay {
			continue
		}
		for _, l := range lists {
			if l.phone != phone || l.from(i) {
				continue
			}
			for _, c := range l.calls {
				off := c.Time.At.Sub(i.Time.At).Abs()
				if c.Number == i.Number && device.Facing(c.Direction, i.Direction) && off <= apart && !taken[c.Source] {
					pairs = append(pairs, pair{i, c, off})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.off, b.off) })
	out := map[string]evidence.Incident{}
	for _, p := range pairs {
		if _, done := out[p.row.ID]; !done && !taken[p.call.Source] {
			out[p.row.ID], taken[p.call.Source] = p.call, true
		}
	}
	return out
}
