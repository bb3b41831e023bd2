package doubt

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// Placed gives rows of a table of an earlier release the places that it did not tell apart:
// it named of several entries on one line of a log that line alone, E001:1 for each, where
// the files as read now say E001:1#1 and E001:1#2. Each row gets the place of the entry it
// agrees with, by its words and its time; of those that agree with none, as after a
// restoration that mixed them up, the first in the table gets the earliest that is left.
// What was one of its place stays as it is.
func Placed(incidents, read []evidence.Incident) []evidence.Incident {
	shared := map[string][]evidence.Incident{} // by the place without the number
	for _, r := range read {
		if place, _, several := strings.Cut(r.Source, "#"); several {
			shared[place] = append(shared[place], r)
		}
	}
	if len(shared) == 0 {
		return incidents
	}
	of := map[string][]int{} // rows that name such a place
	for n, i := range incidents {
		for _, place := range strings.Fields(i.Source) {
			if i.Made() && shared[place] != nil {
				of[place] = append(of[place], n)
			}
		}
	}
	if len(of) == 0 {
		return incidents
	}
	out := slices.Clone(incidents)
	named := map[string]bool{} // places that a row of this release names
	for _, i := range incidents {
		for _, place := range strings.Fields(i.Source) {
			named[place] = true
		}
	}
	for place, rows := range of {
		left := slices.DeleteFunc(shared[place], func(r evidence.Incident) bool { return named[r.Source] })
		slices.SortStableFunc(left, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
		mark := func(n int, exact string) {
			places := strings.Fields(out[n].Source)
			places[slices.Index(places, place)] = exact
			out[n].Source = strings.Join(places, " ")
		}
		copies := map[string]int{} // by what it says: the row of an entry
		rows = slices.DeleteFunc(slices.Clone(rows), func(n int) bool {
			k := slices.IndexFunc(left, func(r evidence.Incident) bool { return saying(r) == saying(out[n]) })
			if k < 0 {
				return false
			}
			copies[saying(out[n])] = n
			mark(n, left[k].Source)
			left = slices.Delete(left, k, k+1)
			return true
		})
		for _, n := range rows {
			switch first, is := copies[saying(out[n])]; {
			case len(left) > 0:
				mark(n, left[0].Source)
				left = left[1:]
			case is: // somebody copied the row
				out[n].Source = out[first].Source
			}
		}
		for _, r := range left { // two entries that say the same were made one row
			if n, is := copies[saying(r)]; is {
				out[n].Source += " " + r.Source
			}
		}
	}
	return out
}

// saying is what tells an entry of a log from the others beside it.
func saying(i evidence.Incident) string {
	return timeCell.get(i) + "\x00" + i.Number + "\x00" + secondsCell.get(i) + "\x00" + shownCell.get(i)
}
