package device

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// replaced parts from the phone that the person spoke of what came into its folder later
// and cannot be of it: a folder was emptied, and another phone's files were put in. Their
// word was of the files that lay there then. A later list that is like none of the earlier
// ones is a phone of its own, with what came into the folder with it.
func (g *gatherer) replaced() {
	var out []Device
	for n := range g.devices {
		d := &g.devices[n]
		for _, x := range slices.Clone(d.Exhibits) {
			if !slices.Contains(d.Exhibits, x) {
				continue // it went with another
			}
			l := g.list(x)
			if _, said := g.sources[x].PhoneSaid(); said || len(l.rows) == 0 {
				continue
			}
			before := g.saidBefore(x)
			if len(before) == 0 || !g.strangeToAll(l, before) {
				continue
			}
			home := g.homes[x]
			next := Device{Name: g.sources[x].OriginalName, dir: listsOf(x), replaced: true}
			for _, o := range d.Exhibits {
				if g.homes[o] == home && g.cameWith(o, l, before) {
					next.Exhibits = append(next.Exhibits, o)
				}
			}
			d.Exhibits = slices.DeleteFunc(slices.Clone(d.Exhibits),
				func(o string) bool { return slices.Contains(next.Exhibits, o) })
			out = append(out, next)
		}
	}
	g.devices = slices.DeleteFunc(append(g.devices, out...), func(d Device) bool { return len(d.Exhibits) == 0 })
}

// list is the list of an exhibit, read once.
func (g *gatherer) list(x string) listing {
	l, known := g.lists[x]
	if !known {
		l = g.listing(x, 0)
		g.lists[x] = l
	}
	return l
}

// saidBefore are the lists that the person spoke of and that lay before an exhibit in the
// folder of its phone, of whosever phone that was at first; of what lies in no phone's
// folder those of their own phone alone: what was said of somebody else's was of that.
func (g *gatherer) saidBefore(x string) (out []listing) {
	later := g.sources[x]
	var here []evidence.Exhibit
	for number, o := range g.sources {
		who, said := o.PhoneSaid()
		own := who == evidence.ReachedSelf && g.loose[number]
		if said && o.Round < later.Round && (g.loose[x] && own || !g.loose[x] && g.homes[number] == g.homes[x]) {
			here = append(here, o)
		}
	}
	elsewhere := func(o evidence.Exhibit) bool { return g.homes[o.Number] != g.homes[x] }
	slices.SortFunc(here, func(a, b evidence.Exhibit) int {
		return cmp.Or(boolOrder(elsewhere(a), elsewhere(b)), a.Round-b.Round, evidence.CompareNumbers(a.Number, b.Number))
	})
	for _, o := range here {
		who, _ := o.PhoneSaid()
		first, _ := here[0].PhoneSaid()
		if l := g.list(o.Number); who == first && elsewhere(o) == elsewhere(here[0]) && len(l.rows) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// cameWith reports what came into a folder together with a list and says nothing of the
// phone that was there before: it is that list, no word was said of it, and its calls
// stand in none of the earlier lists.
func (g *gatherer) cameWith(x string, l listing, before []listing) bool {
	o := g.sources[x]
	if _, said := o.PhoneSaid(); said || o.Round != g.sources[l.exhibit].Round {
		return false
	}
	if other := g.list(x); len(other.rows) > 0 {
		return x == l.exhibit || g.strangeToAll(other, before)
	}
	return g.standsIn(x, []pile{before}) < 0
}

// strangeToAll reports a list that is of another phone than some earlier ones: it names
// another number as its own; the complainant's number calls in it; of the days that both
// cover they share next to nothing; or, where they cover no days together, the people
// behind it are others.
func (g *gatherer) strangeToAll(l listing, before []listing) bool {
	for _, o := range before {
		switch {
		case l.own == "" || o.own == "":
		case l.own == o.own:
			return false
		default:
			return true
		}
	}
	who, _ := g.sources[before[0].exhibit].PhoneSaid()
	if n := g.number(); n != "" && who == evidence.ReachedSelf && len(l.by[n]) > 1 {
		return true // nobody rings themselves
	}
	asked, alike := 0, false
	for _, o := range before {
		if sorted(l.rows, o.rows) {
			return false
		}
		for _, pair := range [][2]listing{{l, o}, {o, l}} {
			n, near, found := pair[0].heldAgainst(pair[1])
			asked = max(asked, n)
			alike = alike || n > 0 && (4*near >= n || 2*found >= n)
		}
	}
	if asked >= few {
		return !alike
	}
	return g.otherPeople(l, before)
}

// ofAnother reports that a list of a device cannot be of the phone that another device is.
func (g *gatherer) ofAnother(d, phone Device) bool {
	lists := func(of Device) (out []listing) {
		for _, x := range of.Exhibits {
			if l := g.list(x); len(l.rows) > 0 {
				out = append(out, l)
			}
		}
		return out
	}
	known := lists(phone)
	return len(known) > 0 && slices.ContainsFunc(lists(d), func(l listing) bool { return g.strangeToAll(l, known) })
}

// heldAgainst counts the connected calls and the messages of a list from the time that
// another covers: all, those that stand there within some minutes, and those that do if
// one of the clocks was wrong.
func (l listing) heldAgainst(o listing) (asked, near, found int) {
	kinds := map[evidence.IncidentKind]bool{}
	for _, r := range o.rows {
		kinds[r.Kind] = true
	}
	for _, r := range l.rows {
		if !kinds[r.Kind] || !o.covers(r.Time.At) || r.Kind == evidence.Call && r.Seconds < 1 {
			continue
		}
		asked++
		by, at := false, false
		for _, own := range o.by[cmp.Or(r.Number, r.Name)] {
			if canBeOne(own, r) {
				by = true
				at = at || own.Time.At.Sub(r.Time.At).Abs() <= 2*time.Minute
			}
		}
		if by {
			found++
		}
		if at {
			near++
		}
	}
	return asked, near, found
}

// mobile is the number of somebody's phone, and of no office.
var mobile = lazyregexp.New(`^1[3-9]\d{9}$`)

// otherPeople reports that hardly any of those who stand in a list again and again, the
// collectors of the case left out, stands in the earlier ones, which have such people too.
func (g *gatherer) otherPeople(l listing, before []listing) bool {
	known, theirs := map[string]bool{}, 0
	for _, o := range before {
		for number := range o.by {
			known[number] = true
		}
		theirs = max(theirs, len(g.people(o)))
	}
	people := g.people(l)
	shared := 0
	for _, number := range people {
		if known[number] {
			shared++
		}
	}
	return len(people) >= few && theirs >= few && 4*shared < len(people)
}

// people are the numbers of phones that stand in a list several times, without those of
// collectors.
func (g *gatherer) people(l listing) (out []string) {
	for number, rows := range l.by {
		if len(rows) > 1 && mobile.MatchString(number) && !strings.Contains(number, "*") &&
			g.kase.SideOf(number) != evidence.CollectorSide {
			out = append(out, number)
		}
	}
	return out
}
