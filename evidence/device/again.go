package device

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
)

// An entry is a line of a log, as every copy of that log has it.
type entry struct {
	kind         evidence.IncidentKind
	number, text string
	direction    evidence.Direction
	second       int64
	seconds      int
}

// entries are the lines of the logs among some exhibits.
func (g *gatherer) entries(exhibits []string) map[entry]bool {
	out := map[entry]bool{}
	for _, x := range exhibits {
		for _, r := range g.rows[x] {
			if (r.Kind != evidence.Call && r.Kind != evidence.SMS) || r.Number == "" || masked(r.Number) ||
				r.Time.Precision != evidence.ToSecond || !strings.Contains(r.Source, ":") || r.Time.IsZero() {
				continue
			}
			e := entry{kind: r.Kind, number: r.Number, text: r.Shown, direction: r.Direction, second: r.Time.At.Unix(),
				seconds: r.Seconds}
			if r.Kind == evidence.Call {
				e.text = "" // a name that the phone learnt later is no part of the call
			}
			out[e] = true
		}
	}
	return out
}

// oneLog reports lists that are copies of one log: of the calls or of the messages from the
// time that both cover, the one has to the second most of what the other has, and of
// neither only the lesser part. A collector may ring two people at once, and who writes to
// many writes to all of them in one second.
func oneLog(a, b map[entry]bool) bool {
	found := false
	for _, kind := range []evidence.IncidentKind{evidence.Call, evidence.SMS} {
		first, last := spanOf(a, kind)
		from, to := spanOf(b, kind)
		first, last = max(first, from), min(last, to)
		within := func(of map[entry]bool) (n int) {
			for e := range of {
				if e.kind == kind && e.second >= first && e.second <= last {
					n++
				}
			}
			return n
		}
		shared, least := 0, min(within(a), within(b))
		for e := range a {
			if e.kind == kind && b[e] {
				shared++
			}
		}
		switch {
		case least < few:
		case 2*shared > least:
			found = found || shared >= few
		default:
			return false
		}
	}
	return found
}

// spanOf is the first and the last second of the lines of a kind.
func spanOf(of map[entry]bool, kind evidence.IncidentKind) (first, last int64) {
	for e := range of {
		if e.kind != kind {
			continue
		}
		if first == 0 || e.second < first {
			first = e.second
		}
		last = max(last, e.second)
	}
	return first, last
}

// A heap is what came together from one phone.
type heap struct {
	device   int // the place of its device
	exhibits []string
	round    int // in which the first of it came
	entries  map[entry]bool
}

// copiedAgain takes what is a later copy of a phone, by what both have in their lists,
// for that phone: who comes back after three weeks copies the phone once more, into a
// folder of another name. Folders named after two people stay two phones, and so does
// what the person said to be from two.
func (g *gatherer) copiedAgain() {
	if len(g.devices) < 2 {
		return
	}
	var heaps []heap
	for n, d := range g.devices {
		for _, exhibits := range g.heapsOf(d) {
			h := heap{device: n, exhibits: exhibits, entries: g.entries(exhibits)}
			for k, x := range exhibits {
				if r := g.sources[x].Round; k == 0 || r < h.round {
					h.round = r
				}
			}
			if len(h.entries) >= few {
				heaps = append(heaps, h)
			}
		}
	}
	slices.SortStableFunc(heaps, func(a, b heap) int {
		return cmp.Or(a.round-b.round, evidence.CompareNumbers(a.exhibits[0], b.exhibits[0]))
	})
	for n := range heaps {
		later := &heaps[n]
		for _, first := range heaps[:n] {
			to, from := &g.devices[first.device], &g.devices[later.device]
			if first.device == later.device || !g.mayBeOnePhone(*to, *from) || !oneLog(first.entries, later.entries) {
				continue
			}
			to.Exhibits = append(to.Exhibits, later.exhibits...)
			slices.SortFunc(to.Exhibits, evidence.CompareNumbers)
			from.Exhibits = slices.DeleteFunc(slices.Clone(from.Exhibits),
				func(x string) bool { return slices.Contains(later.exhibits, x) })
			to.replaced = to.replaced && from.replaced
			later.device = first.device
			g.describe(to)
			break
		}
	}
	g.devices = slices.DeleteFunc(g.devices, func(d Device) bool { return len(d.Exhibits) == 0 })
}

// heapsOf parts a device into what came together: all of it, where it is named like a
// phone or the person spoke of it; else each folder with a list of its own.
func (g *gatherer) heapsOf(d Device) [][]string {
	if d.Name != "" || d.Said() {
		return [][]string{d.Exhibits}
	}
	var order []string
	byHome := map[string][]string{}
	for _, x := range d.Exhibits {
		home := g.homes[x]
		if byHome[home] == nil {
			order = append(order, home)
		}
		byHome[home] = append(byHome[home], x)
	}
	var out [][]string
	for _, home := range order {
		out = append(out, byHome[home])
	}
	return out
}

// mayBeOnePhone reports two devices of which neither name nor word makes phones of two
// people. A name that is nobody's says nothing against a copy of somebody's phone.
func (g *gatherer) mayBeOnePhone(first, later Device) bool {
	said := func(d Device) string {
		if d.Own {
			return string(evidence.ReachedSelf)
		}
		return string(d.Owner)
	}
	named := func(d Device) string {
		if d.bare {
			return d.Name
		}
		return whoseWord(d.Name)
	}
	if differ(said(first), said(later)) || differ(first.OwnNumber, later.OwnNumber) ||
		differ(first.Maker, later.Maker) {
		return false
	}
	switch mine, theirs := named(first), named(later); {
	case theirs == "":
		return true
	case mine != "":
		return mine == theirs
	}
	return !g.foreign(later) // a copy of a phone in a folder that bears another person's name
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// cameAgain takes files that came later in a folder of the same name for those of the same
// phone, where the person said whose that is and nothing tells the two apart: who comes back
// after three weeks copies the phone once more, and is not asked again.
func (g *gatherer) cameAgain() {
	for n := range g.devices {
		d := &g.devices[n]
		if d.Name == "" || d.Said() || makerIn(d.Name) == "" && ownerIn(d.Name) == evidence.ReachedUnknown {
			continue // anybody's phone can lie in a folder called 手机
		}
		for _, o := range g.devices {
			if o.Said() && o.Name == d.Name && !differ(o.Maker, d.Maker) && !differ(o.OwnNumber, d.OwnNumber) &&
				!g.unlike(o, *d) && !g.ofAnother(*d, o) {
				d.Own, d.Owner = o.Own, o.Owner
				break
			}
		}
	}
}

// spoken are exhibits with what the person said of the phone they are from, where they
// said it of other files of it: whose it is, and how its clock stands.
func spoken(devices []Device, exhibits []evidence.Exhibit) []evidence.Exhibit {
	out := slices.Clone(exhibits)
	at := map[string]int{}
	for n, x := range out {
		at[x.Number] = n
	}
	for _, d := range devices {
		of := slices.DeleteFunc(slices.Clone(d.Exhibits), func(x string) bool { _, known := at[x]; return !known })
		for _, code := range []string{evidence.NotePhoneOf, evidence.NoteClock, evidence.NoteZone} {
			note := evidence.Note{}
			for _, x := range of {
				n, _ := out[at[x]].Note(code)
				if differ(note.About, n.About) {
					note = evidence.Note{}
					break // different things of different files
				}
				if n.About != "" {
					note = n
				}
			}
			if code == evidence.NotePhoneOf && note.About == "" && d.Owner.Third() {
				note = evidence.Note{Code: code, About: string(d.Owner)} // said of a phone of the same name
			}
			for _, x := range of {
				if n, _ := out[at[x]].Note(code); n.About == "" && note.About != "" {
					out[at[x]], _ = out[at[x]].WithNote(note)
				}
			}
		}
	}
	return out
}
