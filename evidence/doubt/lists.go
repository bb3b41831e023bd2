package doubt

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// carrier is the source of times that are the network's.
const carrier = device.Carrier

// apart is how far two sources may date one call: ringing, and a clock that is
// a little off.
const apart = 3 * time.Minute

// A list is a log of calls as read again, with the days it covers.
type list struct {
	exhibit     string
	phone       string // whose, as [device.PhonesOf] has it
	carrier     bool
	first, last string              // days
	calls       []evidence.Incident // in the order of their times
	longest     time.Duration       // of them
	sims        map[string]bool     // cards of the phone whose calls were found in it
	folder      string              // the phone in whose folder it lies; empty: in none
	folders     map[string]bool     // phones by their folders whose calls were found in it
}

func day(i evidence.Incident) string { return i.Time.At.In(evidence.Beijing).Format(time.DateOnly) }

// gatherLists takes the logs that can contradict a call.
func (f *finder) gatherLists() {
	at := map[string]int{}
	rows := slices.Clone(f.Read.Rows)
	for _, i := range f.Incidents { // a list that is gone contradicts as it did before
		for _, place := range strings.Fields(i.Source) {
			exhibit, _, _ := strings.Cut(place, ":")
			if _, lost := f.Read.Unread[exhibit]; lost {
				i.Source = place
				rows = append(rows, i)
			}
		}
	}
	for _, r := range rows {
		exhibit, _, ok := strings.Cut(r.Source, ":")
		// a recorder's note is of its own recording
		if !ok || r.Kind != evidence.Call || r.Time.IsZero() || r.Time.Source == "bcr" {
			continue
		}
		n, known := at[exhibit]
		if !known {
			n = len(f.lists)
			at[exhibit] = n
			f.lists = append(f.lists, list{exhibit: exhibit, phone: f.phones[exhibit],
				carrier: r.Time.Source == carrier, first: day(r), last: day(r), sims: map[string]bool{},
				folder: f.device[exhibit].Name, folders: map[string]bool{}})
		}
		l := &f.lists[n]
		l.first, l.last = min(l.first, day(r)), max(l.last, day(r))
		l.calls = append(l.calls, r)
		l.longest = max(l.longest, lasting(r))
	}
	for n := range f.lists {
		slices.SortStableFunc(f.lists[n].calls, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
		for _, i := range f.Incidents {
			l, folders := &f.lists[n], f.foldersOf(i)
			card := i.SIM != "" && !l.sims[i.SIM]
			phone := slices.ContainsFunc(folders, func(p string) bool { return p != l.folder && !l.folders[p] })
			if (card || phone) && l.holds(i) {
				for _, p := range folders {
					l.folders[p] = true
				}
				if i.SIM != "" {
					l.sims[i.SIM] = true
				}
			}
		}
	}
}

// from reports whether one of a row's places lies in the list.
func (l list) from(i evidence.Incident) bool {
	return slices.ContainsFunc(strings.Fields(i.Source),
		func(place string) bool { return strings.HasPrefix(place, l.exhibit+":") })
}

// holds reports that the list has the call where the row has it.
func (l list) holds(i evidence.Incident) bool {
	if l.from(i) {
		return true
	}
	earliest := i.Time.At.Add(-apart - l.longest)
	from, _ := slices.BinarySearchFunc(l.calls, earliest,
		func(c evidence.Incident, at time.Time) int { return c.Time.At.Compare(at) })
	for n := from; n < len(l.calls); n++ {
		c := &l.calls[n]
		d := i.Time.At.Sub(c.Time.At)
		if d < -apart {
			return false // it and all that follow are later
		}
		if recorded := !strings.Contains(i.Source, ":"); recorded && i.Answered == evidence.Yes &&
			c.Answered == evidence.No {
			continue // nobody recorded one that was not answered
		}
		// A recording may begin anywhere in a call.
		if d <= apart+lasting(*c) && device.Facing(c.Direction, i.Direction) && device.Compatible(c.Number, i.Number) {
			return true
		}
	}
	return false
}

// lasting is how long a call was.
func lasting(call evidence.Incident) time.Duration {
	return time.Duration(max(call.Seconds, 0)) * time.Second
}

// covers reports that the list would have the call, if there was one: of that
// phone and card, and of a day between its first and its last. A list that lies with one
// phone of a person who has two is of that one's line, unless it has calls of the other:
// folders are the phones the call was found on.
func (l list) covers(i evidence.Incident, phone string, folders []string) bool {
	line := l.folder == "" || slices.ContainsFunc(folders, func(p string) bool {
		return p == "" || p == l.folder || l.folders[p]
	})
	return line && l.phone == phone && l.first <= day(i) && day(i) <= l.last &&
		(i.SIM == "" || len(l.sims) == 0 || l.sims[i.SIM])
}

// foldersOf are the phones in whose folders the exhibits of a row lie; empty: in none. One
// that stands in a carrier's list as well lies with each of them.
func (f *finder) foldersOf(i evidence.Incident) (names []string) {
	for _, x := range i.Exhibits {
		names = append(names, f.device[x].Name)
	}
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

// otherList finds a list that covers the day of a connected call and has it at
// another hour, or not at all. Unanswered calls stand in no carrier's list.
func (f *finder) otherList(i evidence.Incident) (evidence.Doubt, bool) {
	if i.Kind != evidence.Call || i.Answered != evidence.Yes || i.Seconds <= 0 || i.Number == "" || Masked(i.Number) {
		return evidence.Doubt{}, false
	}
	recorded := !strings.Contains(i.Source, ":")
	if !i.Made() || slices.ContainsFunc(f.places(i),
		func(r evidence.Incident) bool { return r.Time.Source == carrier }) {
		return evidence.Doubt{}, false
	}
	phone := ""
	if len(i.Exhibits) > 0 {
		phone = f.phones[i.Exhibits[0]]
	}
	var missing string
	for _, l := range f.lists {
		if !l.carrier && !recorded || !l.covers(i, phone, f.foldersOf(i)) || l.holds(i) {
			continue
		}
		if c, ok := f.sameLength(l, i); ok {
			return evidence.Doubt{Code: evidence.TimeInOtherSource, Incident: i.ID, About: evidence.AboutTime,
					Says: []evidence.Statement{
						{Source: shownBy(i), Value: stamp(i.Time.At)}, {Source: c.Source, Value: stamp(c.Time.At)}}},
				true
		}
		missing = l.exhibit
	}
	if missing == "" {
		return evidence.Doubt{}, false
	}
	// One that was answered stands in the list of its day: so it was another day or another
	// line, or it was not answered, and which of them nobody knows.
	return evidence.Doubt{Code: evidence.AbsentFromList, Incident: i.ID, About: evidence.AboutTime,
		Says: []evidence.Statement{{Source: shownBy(i), Value: stamp(i.Time.At)}, {Source: missing}}}, true
}

// shownBy is the exhibit that shows a row, or the place that a row names as its source: a
// row that somebody wrote can have the one without the other.
func shownBy(i evidence.Incident) string {
	if len(i.Exhibits) > 0 {
		return i.Exhibits[0]
	}
	return firstPlace(i)
}

// otherWay finds the same call in a carrier's list, made the other way: of one number at one
// second, as long, there was one call, and who made it the network knows.
func (f *finder) otherWay(i evidence.Incident) (evidence.Doubt, bool) {
	if i.Kind != evidence.Call || !i.Made() || i.Time.IsZero() || i.Seconds <= 0 || i.Number == "" || Masked(i.Number) ||
		i.Direction == evidence.DirectionUnknown || f.byCarrier(i) {
		return evidence.Doubt{}, false
	}
	const second, length = 3 * time.Second, 2 // clocks, and rounding
	for _, l := range f.lists {
		if !l.carrier {
			continue
		}
		for _, c := range l.calls {
			if c.Time.At.Sub(i.Time.At).Abs() <= second && max(c.Seconds-i.Seconds, i.Seconds-c.Seconds) <= length &&
				c.Number == i.Number && !device.Facing(c.Direction, i.Direction) {
				return evidence.Doubt{Code: evidence.WayInOtherSource, Incident: i.ID, About: evidence.AboutRow,
					Says: []evidence.Statement{{Source: shownBy(i), Value: string(i.Direction)},
						{Source: c.Source, Value: string(c.Direction)}}}, true
			}
		}
	}
	return evidence.Doubt{}, false
}

// withoutIt names a carrier's list that covers the day of a call and does not have it.
func (f *finder) withoutIt(i evidence.Incident) []evidence.Statement {
	phone, known := f.phoneFor(i)
	for _, l := range f.lists {
		if known && l.carrier && l.covers(i, phone, f.foldersOf(i)) && !l.holds(i) {
			return []evidence.Statement{{Source: l.exhibit}}
		}
	}
	return nil
}

// recorded reports a row with a recording among its exhibits.
func (f *finder) recorded(i evidence.Incident) bool {
	return slices.ContainsFunc(i.Exhibits, func(x string) bool { return f.exhibits[x].Kind == evidence.Recording })
}

// sameLength finds the call of a list that a row can be at another hour: one
// that no other row was joined to, for a recording one that has none yet. A clock is off
// by a day at most.
func (f *finder) sameLength(l list, i evidence.Incident) (evidence.Incident, bool) {
	for _, c := range l.calls {
		d := c.Seconds - i.Seconds
		if c.Number != i.Number || !device.Facing(c.Direction, i.Direction) || d < -2 || d > 5 ||
			c.Time.At.Sub(i.Time.At).Abs() > 26*time.Hour {
			continue
		}
		joined := slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool {
			places := strings.Fields(o.Source)
			if !slices.Contains(places, c.Source) {
				return false
			}
			if f.recorded(i) {
				return f.recorded(o)
			}
			return len(places) > 1
		})
		if !joined {
			return c, true
		}
	}
	return evidence.Incident{}, false
}
