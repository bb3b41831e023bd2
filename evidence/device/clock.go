package device

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// Carrier is the source of times that are the network's: whatever clock a
// phone had, the network's is right.
const Carrier = "carrier"

// trust ranks times by whose clock they were read from, the best first: the
// network's, that of the message centre, a phone's whose zone is on record, a
// phone's of which only the hands are known. The format of a file ranks
// nothing.
func trust(t evidence.Time) int {
	switch {
	case t.Source == Carrier:
		return 0
	case t.Source == "sms-sent":
		return 1
	case t.Source == "sms-backup": // the log: its row says most
		return 2
	case t.Source == "container": // some write it at the end of a call, and to the minute
		return 5
	case !t.Device:
		return 3
	}
	return 4
}

// Better reports whether a time was read from a better clock than another.
func Better(a, b evidence.Time) bool { return trust(a) < trust(b) }

// A Clock is how a phone's clock stands to a better one, as measured from
// calls that both show.
type Clock struct {
	Ahead   time.Duration // of the phone's clock; zero: right, or not known
	Marks   []Mark        // the calls it was measured from and those that agree, by its time
	Pairs   int           // calls it was measured from
	Against string        // the source of the better times
	Said    bool          // the person said whether it is so
}

// A Zone is what zone a phone showed the time of, where that is not Beijing's.
type Zone struct {
	Offset  time.Duration // from UTC; zero with Pairs 0: nothing speaks of another
	Pairs   int           // files it was measured from
	Against string        // "sms-backup", "carrier", "container" or "exif"
	Said    bool          // the person said whether it is so
}

const beijing = 8 * time.Hour

// Known reports an offset that zones have: anything else is a clock set wrong.
func (z Zone) Known() bool { return z.Offset%(30*time.Minute) == 0 }

// Behind is how far the hands of the phone's clock stood from Beijing's.
func (z Zone) Behind() time.Duration {
	if z.Pairs == 0 {
		return 0
	}
	return z.Offset - beijing
}

// FormatZone writes an offset from UTC: +09:00.
func FormatZone(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	return fmt.Sprintf("%s%02d:%02d", sign, int(d.Hours()), int(d.Minutes())%60)
}

// ParseZone reads what [FormatZone] writes.
func ParseZone(s string) (time.Duration, bool) {
	t, err := time.Parse("-07:00", s)
	if err != nil {
		return 0, false
	}
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second, true
}

// A setting is how far one file's clock is known or measured to be off.
type setting struct {
	said  time.Duration // as the person confirmed: to be taken off
	still time.Duration // as measured, and nobody has confirmed it
	maybe time.Duration // nothing tells whether it was off by this at the time
}

// Clocks say of each exhibit how its clock stands.
type Clocks map[string]clocked

type clocked struct {
	moment, hands setting
	marks         []Mark // when it was off and when right; none: off all the time
	// zoneless: an export of somebody else's phone, by a computer of which
	// nothing tells the zone
	zoneless bool
}

// ClocksOf gathers the clocks of devices: what was measured, and what the
// person confirmed of it in the notes of exhibits.
func ClocksOf(devices []Device, exhibits []evidence.Exhibit) Clocks {
	out, of := Clocks{}, ByExhibit(devices)
	for _, x := range spoken(devices, exhibits) {
		s, d := out[x.Number], of[x.Number]
		s.moment.still, s.marks = d.Clock.Ahead, d.Clock.Marks
		if n, ok := x.Note(evidence.NoteClock); ok && n.About != "" {
			if seconds, err := strconv.Atoi(n.About); err == nil {
				s.moment = setting{said: time.Duration(seconds) * time.Second}
			}
		}
		s.hands = s.moment
		s.hands.still += d.Zone.Behind()
		if n, ok := x.Note(evidence.NoteZone); ok && n.About != "" {
			if zone, ok := ParseZone(n.About); ok {
				s.hands = setting{said: s.moment.said + zone - beijing, still: s.moment.still}
			}
		}
		_, said := x.Note(evidence.NoteZone)
		s.zoneless = (d.Owner.Third() || d.Doubtful) && d.Zone.Pairs == 0 && !said
		if s.moment != (setting{}) || s.hands != (setting{}) || s.zoneless {
			out[x.Number] = s
		}
	}
	return out
}

// of is the setting of the clock that a time in an exhibit was read from.
func (c Clocks) of(exhibit string, t evidence.Time) setting {
	s, ok := c[exhibit]
	switch {
	case !ok || t.IsZero() || t.Source == Carrier || t.Source == "sms-sent" || t.Source == "person" ||
		t.Precision == evidence.ToDay:
		return setting{}
	case t.Device:
		return s.hands.at(s, t)
	}
	return s.moment.at(s, t)
}

// at is a setting as it was at one time: the clock may have been off for some weeks alone.
func (set setting) at(s clocked, t evidence.Time) setting {
	by := s.moment.said + s.moment.still
	if by == 0 {
		return set
	}
	read := t.At
	if !t.Showed.IsZero() {
		read = t.Showed
	}
	if stood := standAt(s.marks, read.Add(by-set.said-set.still)); stood != off {
		set.said, set.still = set.said-s.moment.said, set.still-s.moment.still
		if stood == unsure {
			set.maybe = by.Abs()
		}
	}
	return set
}

// Exported is the source of times that a program on a computer wrote, in that
// computer's zone, which it leaves out.
const Exported = "imazing"

// Corrected is a time with what the person confirmed of its clock taken off;
// what the clock showed stays beside it. Of an hour in a zone nobody knows only
// the day is left.
func (c Clocks) Corrected(exhibit string, t evidence.Time) evidence.Time {
	if c[exhibit].zoneless && t.Source == Exported && t.Device {
		t.Precision = evidence.ToDay
	}
	if off := c.of(exhibit, t).said; off != 0 && t.Showed.IsZero() {
		t.Showed, t.At = t.At, t.At.Add(-off)
	}
	return t
}

// Open is by how much a time may be wrong: as measured and confirmed by nobody, or
// where nothing tells whether the clock was off yet, or still.
func (c Clocks) Open(exhibit string, t evidence.Time) time.Duration {
	s := c.of(exhibit, t)
	return s.still.Abs() + s.maybe
}

// Between reports a time between a call at which the clock was right and one at which
// it was off.
func (c Clocks) Between(exhibit string, t evidence.Time) bool { return c.of(exhibit, t).maybe != 0 }

// OpenOf is by how much the times of rows may be wrong, by id.
func (c Clocks) OpenOf(rows []evidence.Incident) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, r := range rows {
		for _, place := range strings.Fields(r.Source) {
			exhibit, _, _ := strings.Cut(place, ":")
			if off := c.Open(exhibit, r.Time); off > out[r.ID] {
				out[r.ID] = off
			}
		}
	}
	return out
}

// aligned is align for rows that are only looked at: where the times of all stand it gives
// back the rows themselves.
func (c Clocks) aligned(rows []evidence.Incident) []evidence.Incident {
	var moved func(evidence.Incident) bool
	moved = func(r evidence.Incident) bool {
		s := c.of(firstExhibit(r), r.Time)
		return !r.Time.Showed.IsZero() || s.said+s.still != 0 || slices.ContainsFunc(r.Read, moved)
	}
	if !slices.ContainsFunc(rows, moved) {
		return rows
	}
	return c.align(rows)
}

// firstExhibit is the exhibit that the first place of a row is in.
func firstExhibit(r evidence.Incident) string {
	exhibit, _, _ := strings.Cut(r.Source, ":")
	exhibit, _, _ = strings.Cut(exhibit, " ")
	return exhibit
}

// align sets rows to the best clock that is known, for comparing them.
func (c Clocks) align(rows []evidence.Incident) []evidence.Incident {
	out := slices.Clone(rows)
	for n, r := range out {
		s := c.of(firstExhibit(r), r.Time)
		if !r.Time.Showed.IsZero() {
			out[n].Time.At = r.Time.At.Add(-s.still) // what was confirmed is taken off already
		} else if off := s.said + s.still; off != 0 {
			out[n].Time.Showed, out[n].Time.At = r.Time.At, r.Time.At.Add(-off)
		}
		if len(r.Read) > 0 {
			out[n].Read = c.align(r.Read)
		}
	}
	return out
}

// asRead gives rows the times their files have again.
func asRead(rows []evidence.Incident) []evidence.Incident {
	for n, r := range rows {
		if !r.Time.Showed.IsZero() {
			rows[n].Time.At, rows[n].Time.Showed = r.Time.Showed, time.Time{}
		}
	}
	return rows
}

// Measuring clocks: fewer pairs than leastPairs prove nothing, and no clock
// or zone is further off than furthest.
const (
	leastPairs = 3
	furthest   = 26 * time.Hour
)

// measure fits one offset for each device from all pairs of calls, and its
// zone.
func (g *gatherer) measure(inside map[string]time.Time) {
	var network []evidence.Incident
	for _, d := range g.devices {
		if !d.Doubtful && !d.Owner.Third() {
			network = append(network, g.calls(d, func(t evidence.Time) bool { return t.Source == Carrier })...)
		}
	}
	network = once(network)
	for n := range g.devices {
		d := &g.devices[n]
		moments := g.calls(*d, func(t evidence.Time) bool { return t.Source != Carrier && !t.Device })
		hands := g.calls(*d, func(t evidence.Time) bool { return t.Device })
		list := network
		if d.Doubtful || d.Owner.Third() {
			list = once(g.calls(*d, func(t evidence.Time) bool { return t.Source == Carrier }))
		}
		d.Zone = zoneOf(moments, hands)
		if d.Zone.Pairs == 0 {
			d.Zone = g.zoneInFiles(*d, inside)
		}
		shift := d.Zone.Behind()
		all := slices.Clone(moments)
		for _, r := range hands {
			r.Time.At = r.Time.At.Add(-shift)
			all = append(all, r)
		}
		all = once(all)
		switch p := pairUp(list, all); {
		case p.off == 0:
		case len(moments) == 0 && d.Zone.Pairs == 0 && isZone(p.off) && len(p.right) == 0:
			d.Zone = Zone{Offset: beijing + round(p.off), Pairs: len(p.pairs), Against: Carrier}
		default:
			d.Clock = Clock{Ahead: p.off, Pairs: len(p.pairs), Against: Carrier, Marks: p.marks(all)}
		}
		d.Clock.Said, d.Zone.Said = g.saidOf(*d, evidence.NoteClock), g.saidOf(*d, evidence.NoteZone)
	}
}

// saidOf reports that the person settled the clock or zone of a device.
func (g *gatherer) saidOf(d Device, code string) bool {
	return slices.ContainsFunc(d.Exhibits, func(number string) bool {
		n, ok := g.sources[number].Note(code)
		return ok && n.About != ""
	})
}

// calls are the connected calls of a device whose time was read from a clock,
// some hundred of a number at most: more prove no more.
func (g *gatherer) calls(d Device, is func(evidence.Time) bool) []evidence.Incident {
	perNumber := map[string]int{}
	var out []evidence.Incident
	for _, x := range d.Exhibits {
		for _, r := range g.rows[x] {
			if r.Kind != evidence.Call || r.Number == "" || masked(r.Number) || r.Seconds < 5 || r.Time.IsZero() ||
				r.Time.Precision == evidence.ToDay || !is(r.Time) {
				continue
			}
			if perNumber[r.Number]++; perNumber[r.Number] <= 300 {
				out = append(out, r)
			}
		}
	}
	return out
}

// zoneOf measures the hands of a phone's clock against its own log, which
// counts from a fixed moment.
func zoneOf(moments, hands []evidence.Incident) Zone {
	off, pairs := constantOffset(moments, hands)
	switch {
	case len(pairs) < leastPairs || off.Abs() <= ringing:
		return Zone{}
	case isZone(off):
		off = round(off)
	}
	return Zone{Offset: beijing + off, Pairs: len(pairs), Against: "sms-backup"}
}

// zoneInFiles finds the zone by what files say of themselves: a photo that
// names its zone, the name of a recording against its header.
func (g *gatherer) zoneInFiles(d Device, inside map[string]time.Time) Zone {
	zones := map[time.Duration]int{}
	against := ""
	for _, number := range d.Exhibits {
		x := g.sources[number]
		if n, ok := x.Note(evidence.NoteZoneShown); ok {
			if zone, ok := ParseZone(n.About); ok {
				zones[zone]++
				against = "exif"
			}
		}
	}
	for _, number := range d.Exhibits {
		x := g.sources[number]
		at, err := time.Parse(time.RFC3339, x.Captured.Time)
		made := inside[number]
		if against == "exif" || err != nil || made.IsZero() || !strings.HasPrefix(x.Captured.Source, "name:") ||
			!x.Captured.Device {
			continue
		}
		against = "container"
		off := at.Sub(made)
		// Some headers are written at the end of the recording.
		if long := time.Duration(x.Media.Seconds * float64(time.Second)); !isZone(off) && isZone(off+long) {
			off += long
		}
		if !isZone(off) && off.Abs() > 10*time.Minute+time.Duration(x.Media.Seconds*float64(time.Second)) {
			return Zone{} // a header that agrees with no zone proves none
		}
		zones[beijing+round(off)]++
	}
	if len(zones) != 1 {
		return Zone{}
	}
	zone := slices.Sorted(maps.Keys(zones))[0]
	// Headers that are exactly eight hours late hold local time and tell nothing.
	if zone == beijing || against == "container" && zone == 0 {
		return Zone{}
	}
	return Zone{Offset: zone, Pairs: zones[zone], Against: against}
}

// isZone reports a difference of whole or half hours, as zones differ by.
func isZone(d time.Duration) bool {
	return round(d) != 0 && (d-round(d)).Abs() <= 2*time.Minute && d.Abs() <= 20*time.Hour
}

func round(d time.Duration) time.Duration { return d.Round(30 * time.Minute) }

// constantOffset finds the difference most pairs of calls of two lists agree
// on, within a minute: the same numbers, the same lengths, always so much
// later. Each call belongs to one pair at most.
func constantOffset(a, b []evidence.Incident) (time.Duration, [][2]int) {
	type pair struct {
		a, b int
		off  time.Duration
	}
	byNumber := map[string][]int{}
	for i, x := range a {
		byNumber[x.Number] = append(byNumber[x.Number], i)
	}
	var all []pair
	for j, y := range b {
		for _, i := range byNumber[y.Number] {
			x := a[i]
			off := y.Time.At.Sub(x.Time.At)
			opposed := x.Direction != "" && y.Direction != "" && x.Direction != y.Direction
			// A machine that calls every day at one hour with one message
			// looks like a clock that is a day off: that is not taken for one.
			daily := (off.Abs() - 24*time.Hour).Abs() < 15*time.Minute
			if off.Abs() <= furthest && !daily && !opposed && lengthsAgree(x, y) {
				all = append(all, pair{i, j, off})
			}
		}
	}
	slices.SortFunc(all, func(p, q pair) int { return cmp.Or(cmp.Compare(p.off, q.off), p.b-q.b, p.a-q.a) })
	var best []pair
	for lo, hi := 0, 0; lo < len(all); lo++ {
		for hi < len(all) && all[hi].off-all[lo].off <= time.Minute {
			hi++
		}
		seenA, seenB, set := map[int]bool{}, map[int]bool{}, []pair(nil)
		if hi-lo <= len(best) {
			continue
		}
		for _, p := range all[lo:hi] {
			if !seenA[p.a] && !seenB[p.b] {
				seenA[p.a], seenB[p.b] = true, true
				set = append(set, p)
			}
		}
		if len(set) > len(best) {
			best = set
		}
	}
	// Half of the calls must agree, or it is chance.
	if len(best) < leastPairs || 2*len(best) < min(len(a), len(b)) {
		return 0, nil
	}
	out := make([][2]int, len(best))
	for n, p := range best {
		out[n] = [2]int{p.a, p.b}
	}
	return best[len(best)/2].off, out
}
