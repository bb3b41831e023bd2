package device

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// suspect says which devices seem to be somebody else's. One device is taken
// for the person's own: the one that is said to be or named so, else the one
// that was taken for it when the first files came, else the one that no name
// speaks against and that holds most. Who was taken at first stays so: a folder
// that comes later says nothing of the phone that was there.
func (g *gatherer) suspect() {
	trusted := g.trusted(g.devices)
	for _, n := range g.trusted(g.unsaid()) { // that other files are theirs too says nothing against these
		for k, d := range g.devices {
			if n >= 0 && !d.Said() && (k == n || d.Name == "" && g.devices[n].Name == "") {
				trusted = append(trusted, k)
			}
		}
	}
	var theirs Device
	for _, n := range trusted {
		if n >= 0 {
			theirs.Exhibits = append(theirs.Exhibits, g.devices[n].Exhibits...)
			theirs.Maker = cmp.Or(theirs.Maker, g.devices[n].Maker)
		}
	}
	for n := range g.devices {
		d := &g.devices[n]
		d.Suggested = ownerIn(d.Name)
		if slices.Contains(trusted, n) || d.Said() || g.weight(*d) >= 3 {
			continue
		}
		g.reasons(d, theirs)
	}
	g.guessed(trusted)
}

// trusted are the devices that are taken for the person's own; -1: none is.
func (g *gatherer) trusted(devices []Device) []int {
	own, first := g.mostOwn(devices), g.mostOwn(g.ofFirstRound(devices))
	if first < 0 || first == own {
		return []int{own}
	}
	loose := devices[own].Name == "" // what lies in no phone's folder is the person's
	if g.weight(devices[own]) == g.weight(devices[first]) && !loose {
		return []int{first}
	}
	return []int{first, own}
}

// guessed doubts what was taken for the person's own where another phone has about
// as much: as long as nobody has said whose that is, or if it is theirs, either
// may be somebody else's.
func (g *gatherer) guessed(trusted []int) {
	for _, n := range trusted {
		if n < 0 || g.devices[n].Said() || g.devices[n].Doubtful || g.ofTheirNumber(g.devices[n]) {
			continue
		}
		d := &g.devices[n]
		if !slices.ContainsFunc(g.devices, func(o Device) bool {
			return d.rival && o.rival && o.dir != d.dir && !o.Owner.Third() ||
				d.Name == "" && o.Own && g.unlike(*d, o)
		}) {
			continue
		}
		d.Doubtful = true
		d.Why = append(d.Why, evidence.Text{ZH: "同一批材料里有两部手机的记录，同一天的通话互不相同，文件看不出哪一部是您的",
			EN: "the files hold the lists of two phones with different calls on the same days, and nothing says " +
				"which is yours"})
	}
}

// weight is how much speaks for a device being the person's own: 4 for their
// word, 0 for none.
func (g *gatherer) weight(d Device) int {
	switch {
	case d.Own:
		return 4
	case d.Owner != evidence.ReachedUnknown:
		return 0
	case ownName(d.Name, g.kase), g.ofTheirNumber(d):
		return 3
	case g.foreign(d), d.replaced, d.OwnNumber != "" && g.number() != "":
		return 0
	}
	return 2
}

// mostOwn is the device that is most likely the person's own; -1 if all seem
// to be somebody else's.
func (g *gatherer) mostOwn(devices []Device) int {
	own := -1
	for n, d := range devices {
		if len(d.Exhibits) > 0 && g.weight(d) > 0 && (own < 0 || g.before(d, devices[own])) {
			own = n
		}
	}
	return own
}

// ofFirstRound are the devices with what came of each with the first files
// that show calls or messages, and nothing of those that came later.
func (g *gatherer) ofFirstRound(devices []Device) []Device {
	first := -1
	for x := range g.rows {
		if r := g.sources[x].Round; first < 0 || r < first {
			first = r
		}
	}
	out := slices.Clone(devices)
	for n, d := range out {
		out[n].Exhibits = nil
		for _, x := range d.Exhibits {
			if g.sources[x].Round <= first {
				out[n].Exhibits = append(out[n].Exhibits, x)
			}
		}
		if !g.receives(out[n]) {
			out[n].Exhibits = nil
		}
	}
	return out
}

// unsaid are the devices as if the person had not said of any that it is their
// own.
func (g *gatherer) unsaid() []Device {
	out := slices.Clone(g.devices)
	for n := range out {
		out[n].Own = false
	}
	return out
}

// foreign reports that a device is named as somebody else's.
func (g *gatherer) foreign(d Device) bool { return d.bare || foreignName(d.Name, g.kase) }

// number is the complainant's own.
func (g *gatherer) number() string { return evidence.NormalNumber(g.kase.Complainant.Phone) }

// ofTheirNumber reports a list that a carrier gave of the complainant's own number.
func (g *gatherer) ofTheirNumber(d Device) bool {
	return d.OwnNumber != "" && d.OwnNumber == g.number()
}

// before reports whether a is rather the person's own than b.
func (g *gatherer) before(a, b Device) bool {
	lists := func(d Device) (n int) {
		for _, x := range d.Exhibits {
			n += len(g.rows[x])
		}
		return n
	}
	if d := g.weight(a) - g.weight(b); d != 0 {
		return d > 0
	}
	if a.Name != b.Name && (a.Name == "" && lists(a) > 0 || b.Name == "" && lists(b) > 0) {
		return a.Name == "" // what lies in no phone's folder is the person's
	}
	if d := cmp.Or(lists(a)-lists(b), len(a.Exhibits)-len(b.Exhibits)); d != 0 {
		return d > 0
	}
	return a.Name < b.Name
}

// reasons finds what speaks for a device being somebody else's, beside what is
// taken for the person's own.
func (g *gatherer) reasons(d *Device, own Device) {
	why := func(zh, en string) { d.Why = append(d.Why, evidence.Text{ZH: zh, EN: en}) }
	named := g.foreign(*d)
	if named {
		why("文件夹名是“"+d.Name+"”", "its folder is named “"+d.Name+"”")
	}
	if d.OwnNumber != "" && g.number() != "" && d.OwnNumber != g.number() {
		why("文件名里的本机号码是 "+d.OwnNumber+"，不是您的号码", "its own number is "+d.OwnNumber+", and not yours")
	}
	if len(d.Why) == 0 && (g.ofTheirNumber(*d) || g.listed(*d)) {
		return
	}
	if len(own.Exhibits) > 0 {
		found, asked := g.foundIn(*d, own)
		switch {
		case len(d.Why) == 0 && (2*found > asked || g.messagesIn(*d, own)):
			return // the person's own lists have what it has
		case asked > 0 && found == 0:
			why("它的来电不在您自己的通话记录里", "its calls are not in your own call log")
		}
		if d.Maker != "" && own.Maker != "" && d.Maker != own.Maker {
			why("这是 "+d.Maker+" 手机，您的是 "+own.Maker, "it is a phone of "+d.Maker+", yours of "+own.Maker)
		}
	}
	if d.replaced {
		why("它所在的文件夹，您说过是谁的手机，可是里面的通话和那部手机的对不上",
			"you said whose phone its folder is, and its calls are not those of that phone")
	}
	if len(d.Why) == 0 && !g.receives(*d) {
		return // pictures and papers tell of no calls
	}
	if len(d.Why) == 0 {
		why("它和您的手机不在同一个文件夹", "it lies in another folder than your phone's files")
	}
	d.Doubtful = true
}

// listed reports that a carrier's list has most of the calls of a device. The
// list is of the complainant's own number, unless it lies with the files of
// somebody else: whose calls stand there is no matter of names of folders.
func (g *gatherer) listed(d Device) bool {
	var list Device
	for _, o := range g.devices {
		if g.foreign(o) || o.Owner != evidence.ReachedUnknown {
			continue
		}
		for _, x := range o.Exhibits {
			if slices.ContainsFunc(g.rows[x], func(r evidence.Incident) bool { return r.Time.Source == Carrier }) &&
				!slices.Contains(d.Exhibits, x) {
				list.Exhibits = append(list.Exhibits, x)
			}
		}
	}
	found, asked := g.foundIn(d, list)
	return found >= few && 2*found > asked
}

// receives reports whether a device shows calls or messages.
func (g *gatherer) receives(d Device) bool {
	return slices.ContainsFunc(d.Exhibits, func(x string) bool { return len(g.rows[x]) > 0 })
}

// foundIn counts the calls of a device of days that the log of another covers,
// and those that stand there: with the same number and length, whatever its
// clock says.
func (g *gatherer) foundIn(d, own Device) (found, asked int) {
	log := map[string][]evidence.Incident{} // by number
	first, last := time.Time{}, time.Time{}
	for _, x := range own.Exhibits {
		for _, r := range g.rows[x] {
			if r.Kind != evidence.Call || !strings.Contains(r.Source, ":") || r.Time.IsZero() {
				continue
			}
			if first.IsZero() || r.Time.At.Before(first) {
				first = r.Time.At
			}
			if r.Time.At.After(last) {
				last = r.Time.At
			}
			log[r.Number] = append(log[r.Number], r)
		}
	}
	const clock = 26 * time.Hour
	for _, x := range d.Exhibits {
		for _, r := range g.rows[x] {
			if r.Kind != evidence.Call || r.Seconds < 1 || r.Time.IsZero() || r.Time.At.Before(first) ||
				r.Time.At.After(last) || first.IsZero() {
				continue
			}
			asked++
			if slices.ContainsFunc(log[r.Number], func(o evidence.Incident) bool {
				diff := o.Seconds - r.Seconds
				return diff >= -5 && diff <= 5 && o.Time.At.Sub(r.Time.At).Abs() <= clock
			}) {
				found++
			}
		}
	}
	return found, asked
}
