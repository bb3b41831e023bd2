package device

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// few is how many calls or messages it takes to tell two phones apart by what
// each has and the other lacks: one or two are missing anywhere.
const few = 3

// A listing is a list of calls or messages that a phone or a carrier exported.
type listing struct {
	exhibit     string
	own         string // the number it is of, where its name says so
	folder      string // in which it was given
	rows        []*evidence.Incident
	by          map[string][]*evidence.Incident // by who called or wrote
	first, last time.Time
}

// A pile is the lists of one phone.
type pile []listing

// byLists parts what lies in folders that name nobody, where the lists in it
// cannot be of one phone: they are of the same days, and none has a call or a
// message of the other. Each takes the folder it was given in along. Then it
// parts the folders of recordings of which no list has a single one.
func (g *gatherer) byLists() {
	var out []Device
	for _, d := range g.devices {
		if d.bare || ownName(d.Name, g.kase) || foreignName(d.Name, g.kase) || strings.Contains(d.dir, "://") {
			out = append(out, d)
			continue
		}
		out = append(out, g.parted(d)...)
	}
	g.devices = out
}

// parted are the phones of one folder, its main one first.
func (g *gatherer) parted(d Device) []Device {
	shared := g.sharedBy(d)
	piles := g.piles(d, shared)
	if len(piles) == 0 {
		return []Device{d}
	}
	owns := map[string][]int{} // of a folder, whose lists were given in it
	of := map[string]int{}     // of a list, its pile
	for n, p := range piles {
		for _, l := range p {
			if of[l.exhibit] = n; !slices.Contains(owns[l.folder], n) {
				owns[l.folder] = append(owns[l.folder], n)
			}
		}
	}
	out := make([]Device, len(piles))
	out[0] = d
	out[0].Exhibits = nil
	if folder := path.Base(g.folderOf(piles[0])); len(piles) > 1 && folder != "." {
		out[0].folder = folder
	}
	for n, p := range piles[1:] {
		next := &out[n+1]
		*next = Device{Name: path.Base(p[0].folder), dir: "lists://" + p[0].folder, rival: g.rivals(piles[0], p)}
		if len(owns[p[0].folder]) > 1 || p[0].folder == "" { // of the list alone it is known
			next.Name, next.dir = g.sources[p[0].exhibit].OriginalName, "lists://"+p[0].exhibit
		}
		out[0].rival = out[0].rival || next.rival
	}
	apart := map[string]int{} // folders that no list is of, to their place in out: if strange, one of their own
	for _, x := range d.Exhibits {
		n, isList := of[x]
		if at := g.standsIn(x, piles); !isList && at >= 0 {
			n = at
		} else if !isList {
			n = g.byFolderOf(x, d, shared, piles, owns, apart, &out)
		}
		out[n].Exhibits = append(out[n].Exhibits, x)
	}
	return slices.DeleteFunc(out, func(d Device) bool { return len(d.Exhibits) == 0 })
}

// byFolderOf is the phone of a file that is no list and stands in none, by the
// folder it was given in.
func (g *gatherer) byFolderOf(x string, d Device, shared int, piles []pile, owns map[string][]int,
	apart map[string]int, out *[]Device) int {
	folder := g.below(x, shared)
	n, known := apart[folder]
	switch {
	case known:
	case folder == "":
		return 0
	case len(owns[folder]) == 1:
		return owns[folder][0]
	case len(owns[folder]) == 0:
		if g.strange(d, folder, shared, piles) {
			n = len(*out)
			*out = append(*out, Device{Name: path.Base(folder), dir: "lists://" + folder})
		}
		apart[folder] = n
	}
	return n
}

// folderOf is the folder that all lists of a phone were given in; empty: in none,
// or in several.
func (g *gatherer) folderOf(p pile) string {
	for _, l := range p {
		if l.folder != p[0].folder {
			return ""
		}
	}
	if len(p) == 0 {
		return ""
	}
	return p[0].folder
}

// piles are the lists of a device, those of one phone together: first those that
// may be the person's, the fullest first. A list that names another number than
// theirs, and has no call of their other lists, is not.
func (g *gatherer) piles(d Device, shared int) []pile {
	var lists []listing
	for _, x := range d.Exhibits {
		if l := g.listing(x, shared); len(l.rows) > 0 {
			lists = append(lists, l)
		}
	}
	slices.SortStableFunc(lists, func(a, b listing) int {
		return cmp.Or(boolOrder(g.another(a), g.another(b)), len(b.rows)-len(a.rows))
	})
	var piles []pile
	if len(lists) > 0 && g.another(lists[0]) {
		piles = append(piles, nil) // none of them is the person's
	}
	for _, l := range lists {
		best := -1
		for n, p := range piles {
			if slices.ContainsFunc(p, l.meets) {
				best = n
				break
			}
			near := slices.ContainsFunc(p, func(o listing) bool { return o.folder == l.folder })
			if !slices.ContainsFunc(p, l.strangeTo) && (near || best < 0 && !(n == 0 && g.another(l))) {
				best = n
			}
		}
		if best < 0 {
			best = len(piles)
			piles = append(piles, nil)
		}
		piles[best] = append(piles[best], l)
	}
	return piles
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// another reports a list that names another number than the person's.
func (g *gatherer) another(l listing) bool {
	return l.own != "" && g.number() != "" && l.own != g.number()
}

func (g *gatherer) listing(x string, shared int) listing {
	source := g.sources[x]
	l := listing{exhibit: x, own: ownNumber(source), folder: g.below(x, shared),
		by: map[string][]*evidence.Incident{}}
	if source.Kind != evidence.CallLog && source.Kind != evidence.SMSLog {
		return l
	}
	for n := range g.rows[x] {
		r := &g.rows[x][n]
		if r.Kind != evidence.Call && r.Kind != evidence.SMS || r.Time.IsZero() || !strings.Contains(r.Source, ":") {
			continue
		}
		if l.first.IsZero() || r.Time.At.Before(l.first) {
			l.first = r.Time.At
		}
		if r.Time.At.After(l.last) {
			l.last = r.Time.At
		}
		who := cmp.Or(r.Number, r.Name)
		l.rows, l.by[who] = append(l.rows, r), append(l.by[who], r)
	}
	return l
}

// meets reports that two lists have a call or a message in common, whatever their
// clocks say.
func (l listing) meets(o listing) bool { return slices.ContainsFunc(o.rows, l.has) }

func (l listing) has(r *evidence.Incident) bool {
	return slices.ContainsFunc(l.by[cmp.Or(r.Number, r.Name)],
		func(own *evidence.Incident) bool { return canBeOne(own, r) })
}

// canBeOne reports that two lines of one caller can be one act on a phone whose
// clock nobody has measured: a connected call by its length, a message by its
// words, what was missed by its time.
func canBeOne(a, b *evidence.Incident) bool {
	const clock = 26 * time.Hour
	apart := a.Time.At.Sub(b.Time.At).Abs()
	switch {
	case a.Kind != b.Kind:
		return false
	case a.Kind != evidence.Call:
		return a.Shown == b.Shown && apart <= clock
	case a.Seconds < 1 && b.Seconds < 1:
		return apart <= 2*time.Minute
	}
	diff := a.Seconds - b.Seconds
	return diff >= -5 && diff <= 5 && apart <= clock
}

// strangeTo reports two lists that cannot be of one phone: each names its own
// number, and not the same; or one has several callers and covers days of which
// the other has calls, and they share none. Lists that were sorted by whether a
// call was answered, or by who called whom, share none either.
func (l listing) strangeTo(o listing) bool {
	switch {
	case l.own != "" && o.own != "":
		return l.own != o.own
	case l.meets(o), sorted(l.rows, o.rows):
		return false
	}
	return l.lacks(o) || o.lacks(l)
}

// lacks reports that a list with several callers covers at least a few rows of
// another that are of a kind with its own.
func (l listing) lacks(o listing) bool {
	kinds, covered := map[evidence.IncidentKind]bool{}, 0
	for _, r := range l.rows {
		kinds[r.Kind] = true
	}
	for _, r := range o.rows {
		if kinds[r.Kind] && l.covers(r.Time.At) {
			covered++
		}
	}
	return covered >= few
}

// covers reports a list of several callers that goes over a time.
func (l listing) covers(at time.Time) bool {
	return len(l.by) > 1 && !at.Before(l.first) && !at.After(l.last)
}

// sorted reports that one list has the answered calls and the other the missed
// ones, or one what came and the other what was sent.
func sorted(a, b []*evidence.Incident) bool {
	all := func(rows []*evidence.Incident, is func(*evidence.Incident) bool) bool {
		return !slices.ContainsFunc(rows, func(r *evidence.Incident) bool { return !is(r) })
	}
	return slices.ContainsFunc([]func(*evidence.Incident) bool{
		func(r *evidence.Incident) bool { return r.Answered == evidence.Yes },
		func(r *evidence.Incident) bool { return r.Direction == evidence.In },
	}, func(is func(*evidence.Incident) bool) bool {
		not := func(r *evidence.Incident) bool { return !is(r) }
		return all(a, is) && all(b, not) || all(a, not) && all(b, is)
	})
}

// rivals reports two phones that came together and of which neither has much more
// than the other: that the one is the person's own is then no more than a guess.
func (g *gatherer) rivals(a, b pile) bool {
	count := func(p pile) (n, round int) {
		for k, l := range p {
			r := g.sources[l.exhibit].Round
			if n += len(l.rows); k == 0 || r < round {
				round = r
			}
		}
		return n, round
	}
	all, first := count(a)
	some, then := count(b)
	return all > 0 && then == first && 2*some >= all
}

// unlike reports two devices that may be the phones of two people: neither has
// much more than the other, and their lists have nothing in common.
func (g *gatherer) unlike(a, b Device) bool {
	lists := func(d Device) (p pile) {
		for _, x := range d.Exhibits {
			if l := g.listing(x, 0); len(l.rows) > 0 {
				p = append(p, l)
			}
		}
		return p
	}
	of, other := lists(a), lists(b)
	strange := false
	for _, l := range of {
		if slices.ContainsFunc(other, l.meets) {
			return false
		}
		strange = strange || slices.ContainsFunc(other, l.strangeTo)
	}
	return strange && g.rivals(of, other)
}

// standsIn is the phone in whose lists a recording's call stands; -1: in none, or
// the file shows no call.
func (g *gatherer) standsIn(x string, piles []pile) int {
	for _, r := range g.rows[x] {
		if !recordedCall(r) {
			continue
		}
		if n := slices.IndexFunc(piles, func(p pile) bool {
			return slices.ContainsFunc(p, func(l listing) bool { return l.has(&r) })
		}); n >= 0 {
			return n
		}
	}
	return -1
}

// recordedCall reports a row of a recording that names who called, when and for
// how long.
func recordedCall(r evidence.Incident) bool {
	return r.Kind == evidence.Call && IsRecording(r) && r.Seconds > 0 && r.Number != "" && !r.Time.IsZero()
}

// strange reports a folder without a list whose recordings are of days that the
// main phone's lists cover, and of which not one stands in any.
func (g *gatherer) strange(d Device, folder string, shared int, piles []pile) bool {
	missing := 0
	for _, x := range d.Exhibits {
		if g.below(x, shared) != folder {
			continue
		}
		if g.standsIn(x, piles) >= 0 {
			return false
		}
		for _, r := range g.rows[x] {
			if recordedCall(r) && slices.ContainsFunc(piles[0], func(l listing) bool { return l.covers(r.Time.At) }) {
				missing++
			}
		}
	}
	return missing >= few
}

// sharedBy is how many of their outermost folders all files of a device lie in.
func (g *gatherer) sharedBy(d Device) int {
	var all [][]string
	for _, x := range d.Exhibits {
		all = append(all, folders(g.sources[x].OriginalPath))
	}
	return sharedFolders(all)
}

// below is the folder in which a file was given, below those that all share;
// empty if there is none, or if it is one that a phone or an app makes.
func (g *gatherer) below(x string, shared int) string {
	parts := folders(g.sources[x].OriginalPath)
	if len(parts) <= shared || inside.MatchString(parts[shared]) {
		return ""
	}
	return strings.Join(parts[:shared+1], "/")
}

// withFolder gives recordings that another maker's phone named what else lies in
// their folder, where neither a recording of the main maker nor a list does.
func (g *gatherer) withFolder(main, other *Device) {
	shared := g.sharedBy(Device{Exhibits: slices.Concat(main.Exhibits, other.Exhibits)})
	theirs := map[string]bool{}
	for _, x := range other.Exhibits {
		theirs[g.below(x, shared)] = true
	}
	for _, x := range main.Exhibits {
		if s := g.sources[x]; recorderOf(s) != "" || s.Kind == evidence.CallLog {
			delete(theirs, g.below(x, shared))
		}
	}
	delete(theirs, "")
	stays := func(x string) bool { return !theirs[g.below(x, shared)] }
	other.Exhibits = append(other.Exhibits, slices.DeleteFunc(slices.Clone(main.Exhibits), stays)...)
	slices.SortFunc(other.Exhibits, evidence.CompareNumbers)
	main.Exhibits = slices.DeleteFunc(main.Exhibits, func(x string) bool { return !stays(x) })
}
