package device

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// PhonesOf says whose phone each exhibit is from.
func PhonesOf(devices []Device, exhibits []evidence.Exhibit) Phones {
	from := Phones{}
	for _, x := range spoken(devices, exhibits) {
		if who := x.PhoneOf(); who != evidence.ReachedUnknown {
			from[x.Number] = string(who)
		}
	}
	for _, d := range devices {
		person := whoseWord(d.Name)
		for _, x := range d.Exhibits {
			switch who, said := from[x]; {
			case d.Doubtful:
				from[x] = "?" + d.Name
			case said && person != "":
				from[x] = who + "/" + person // a mother and a father are both family
			}
		}
	}
	return from
}

// Owner is whose phone an exhibit is from: somebody else's that the person
// named, or with doubtful nobody knows whose. Of their own phone neither.
func (p Phones) Owner(exhibit string) (who evidence.Reached, doubtful bool) {
	said, _, _ := strings.Cut(p[exhibit], "/")
	if strings.HasPrefix(said, "?") {
		return evidence.ReachedUnknown, true
	}
	return evidence.Reached(said), false
}

// Fold makes one row of rows of a timeline that are one call or one message:
// files may have come in an order in which nothing told so yet, an answer set
// the time of one right, or said that two phones are one person's. The first of
// them keeps its id, the others are named in
// [evidence.Incident.Also]; nothing in the table changes. Rows in which the
// person said different things stay apart, and are given as a clash. Where nothing is
// folded the rows are given back as they are.
func Fold(rows []evidence.Incident, from Phones, clocks Clocks) (out []evidence.Incident, clash [][2]string) {
	aligned := clocks.aligned(rows)
	var order []int
	for n, r := range rows {
		written := (r.Kind == evidence.SMS || r.Kind == evidence.Message) && !IsRecording(r)
		called := r.Kind == evidence.Call && r.Number != "" && !masked(r.Number)
		if (called || written) && r.Made() && r.Use != evidence.No && !r.Time.IsZero() {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(trust(rows[a].Time)-trust(rows[b].Time), aligned[a].Time.At.Compare(aligned[b].Time.At),
			cmp.Compare(rows[a].ID, rows[b].ID))
	})
	j := newJoiner(nil)
	var groups [][]int
	for _, n := range order {
		r := aligned[n]
		k := j.nearest(r, func(k int) bool {
			o := j.rows[k]
			return from.same(*o, r) && sameByAny(*o, r) == same &&
				!slices.ContainsFunc(r.Exhibits, func(x string) bool { return slices.Contains(o.Exhibits, x) })
		})
		if k >= 0 {
			if m := slices.IndexFunc(groups[k], func(m int) bool { return disagree(rows[m], rows[n]) }); m >= 0 {
				clash = append(clash, [2]string{rows[groups[k][m]].ID, r.ID})
				k = -1
			}
		}
		if k < 0 {
			j.add(&aligned[n])
			groups = append(groups, []int{n})
			continue
		}
		j.merge(k, r)
		groups[k] = append(groups[k], n)
	}
	if !slices.ContainsFunc(groups, func(g []int) bool { return len(g) > 1 }) {
		return rows, clash
	}
	gone := map[int]bool{}
	out = slices.Clone(rows)
	for _, g := range groups {
		if len(g) < 2 {
			continue
		}
		first := slices.MinFunc(g, func(a, b int) int {
			return cmp.Or(len(rows[a].ID)-len(rows[b].ID), cmp.Compare(rows[a].ID, rows[b].ID))
		})
		i := out[first]
		i.Exhibits = slices.Clone(i.Exhibits)
		i.Time = rows[g[0]].Time // of the best clock
		for _, n := range g {
			if n == first {
				continue
			}
			merge(&i, rows[n])
			takeAnswers(&i, rows[n])
			i.Also = append(i.Also, rows[n].ID)
			gone[n] = true
		}
		slices.Sort(i.Also)
		out[first] = i
	}
	kept := out[:0]
	for n, i := range out {
		if !gone[n] {
			kept = append(kept, i)
		}
	}
	return kept, clash
}

// answers are what only the person says of a row.
var answers = []struct {
	get  func(evidence.Incident) string
	take func(to *evidence.Incident, from evidence.Incident)
}{
	{func(i evidence.Incident) string { return string(i.Disclosed) },
		func(to *evidence.Incident, from evidence.Incident) { to.Disclosed = from.Disclosed }},
	{func(i evidence.Incident) string { return string(i.Refused) },
		func(to *evidence.Incident, from evidence.Incident) { to.Refused = from.Refused }},
	{func(i evidence.Incident) string { return string(i.Reachable) },
		func(to *evidence.Incident, from evidence.Incident) { to.Reachable = from.Reachable }},
	{func(i evidence.Incident) string { return string(i.Reached) },
		func(to *evidence.Incident, from evidence.Incident) { to.Reached = from.Reached }},
	{func(i evidence.Incident) string { return string(i.Announced) },
		func(to *evidence.Incident, from evidence.Incident) { to.Announced = from.Announced }},
	{func(i evidence.Incident) string { return string(i.Untrue) },
		func(to *evidence.Incident, from evidence.Incident) { to.Untrue = from.Untrue }},
	{func(i evidence.Incident) string { return string(i.Use) },
		func(to *evidence.Incident, from evidence.Incident) { to.Use = from.Use }},
	{func(i evidence.Incident) string { return i.ToldBy },
		func(to *evidence.Incident, from evidence.Incident) { to.ToldBy = from.ToldBy }},
	{func(i evidence.Incident) string { return i.Shown },
		func(to *evidence.Incident, from evidence.Incident) { to.Shown = from.Shown }},
}

// disagree reports that the person said different things of two rows.
func disagree(a, b evidence.Incident) bool {
	for _, x := range answers {
		if s, t := x.get(a), x.get(b); s != "" && t != "" && s != t {
			return true
		}
	}
	denies := func(a, b evidence.Incident) bool {
		return slices.ContainsFunc(a.Asserted, func(x evidence.Breach) bool { return slices.Contains(b.Denied, x) })
	}
	return denies(a, b) || denies(b, a)
}

// takeAnswers adds to a row what the person said of another of the same call.
func takeAnswers(to *evidence.Incident, from evidence.Incident) {
	for _, x := range answers {
		if x.get(*to) == "" {
			x.take(to, from)
		}
	}
	if from.Words != "" && !strings.Contains(to.Words, from.Words) {
		to.Words = strings.TrimSpace(to.Words + " " + from.Words)
	}
	for _, b := range from.Asserted {
		if !slices.Contains(to.Asserted, b) {
			to.Asserted = append(slices.Clip(to.Asserted), b)
		}
	}
	for _, b := range from.Denied {
		if !slices.Contains(to.Denied, b) {
			to.Denied = append(slices.Clip(to.Denied), b)
		}
	}
}

// nearStart is how far two rows may start from each other and still be asked
// about: more than ringing, less than a clock that nobody noticed.
const nearStart = 30 * time.Minute

// nearRecording is how far the recording of a part of a call may start from it and
// be asked about: what it lasted says little then.
const nearRecording = 5 * time.Minute

// mayBeOne reports that two rows start near each other, by any of the ways each can be
// met (see [eachRead]), and that their lengths agree: that of a recording, which can have begun late
// or broken off, is no longer than the call.
func mayBeOne(a, b []evidence.Incident) bool {
	for i := range a {
		for j := range b {
			x, y := &a[i], &b[j]
			d, apart := x.Seconds-y.Seconds, x.Time.At.Sub(y.Time.At).Abs()
			if d >= -5 && d <= 5 && apart <= nearStart {
				return true
			}
			if apart > nearRecording {
				continue
			}
			if d < 0 && IsRecording(*x) && !IsRecording(*y) || d > 0 && IsRecording(*y) && !IsRecording(*x) {
				return true
			}
		}
	}
	return false
}

// HalfJoined are pairs of rows that may be one call and were not made one: from
// two files of one phone, the same number and length, near in time, and no
// other row in question. The row of the better clock comes second.
func HalfJoined(rows []evidence.Incident, from Phones, clocks Clocks) [][2]evidence.Incident {
	aligned := clocks.aligned(rows)
	byNumber, met := map[string][]int{}, map[int][]evidence.Incident{}
	for n, r := range rows {
		if r.Kind == evidence.Call && r.Made() && r.Use != evidence.No && !r.Time.IsZero() && r.Number != "" &&
			!masked(r.Number) && r.Seconds >= 5 && r.Time.Precision != evidence.ToDay {
			byNumber[r.Number] = append(byNumber[r.Number], n)
			met[n] = eachRead(aligned[n])
		}
	}
	fits := func(a, b int) bool {
		x, y := &aligned[a], &aligned[b]
		opposed := x.Direction != "" && y.Direction != "" && x.Direction != y.Direction
		return a != b && !opposed &&
			!slices.ContainsFunc(x.Exhibits, func(e string) bool { return slices.Contains(y.Exhibits, e) }) &&
			mayBeOne(met[a], met[b]) && from.same(*x, *y)
	}
	only := func(a int) int {
		found := -1
		for _, b := range byNumber[rows[a].Number] {
			if fits(a, b) {
				if found >= 0 {
					return -1
				}
				found = b
			}
		}
		return found
	}
	var out [][2]evidence.Incident
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		if len(byNumber[number]) > mostNearby {
			continue // whoever calls so often is counted anyway
		}
		for _, a := range byNumber[number] {
			if b := only(a); b >= 0 && only(b) == a && (Better(rows[b].Time, rows[a].Time) ||
				!Better(rows[a].Time, rows[b].Time) && rows[a].ID < rows[b].ID) {
				out = append(out, [2]evidence.Incident{rows[a], rows[b]})
			}
		}
	}
	return out
}

// Same offers half-joined pairs to the person: only they know whether there
// was one call or two.
func Same(rows []evidence.Incident, from Phones, clocks Clocks) []Offer {
	var out []Offer
	for _, p := range HalfJoined(rows, from, clocks) {
		out = append(out, Offer{Kind: OfferSame, Number: p[0].Number, Incidents: []string{p[0].ID, p[1].ID},
			Source: placeOf(p[1]), Quote: clockOf(p[0]) + " / " + clockOf(p[1])})
	}
	return out
}

func clockOf(i evidence.Incident) string {
	return fmt.Sprintf("%s %d″", i.Time.At.In(evidence.Beijing).Format(time.DateTime), i.Seconds)
}
