// Package device tells the phones of a dump apart: which files came from one
// phone, whose it may be, and how its clock stands to the others.
//
// [Gather] parts the exhibits of a case into devices. A phone that seems to be
// somebody else's is [Device.Doubtful] until the person says whose it is: what
// it received is then not asserted as having reached the complainant.
//
// [Fold], [Join] and [Tie] see to it that a call which several sources hold is
// one row, with the clock that counts; [Callers] are those behind numbers, as
// far as files name them.
//
// The package is pure. It knows names of folders and files, and rows as they
// were read; what follows for letters is decided above.
package device

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A Device 设备 is one phone, as far as the files tell.
type Device struct {
	Name      string   // of its folder, or of its maker; empty: files that lie in no phone's folder
	Paths     []string // the folders its files lie in
	Exhibits  []string
	Maker     string // 小米; empty: not known
	OwnNumber string // its own number, where a file's name has it
	Own       bool   // the person said that it is their own
	// Owner is whose it is, as the person said; empty with Own false: not said.
	Owner evidence.Reached
	// Suggested is what its name says of its owner; empty: nothing.
	Suggested evidence.Reached
	// Doubtful says that it seems to be somebody else's and nobody has said
	// whose; Why says what speaks for it.
	Doubtful bool
	Why      []evidence.Text
	Clock    Clock
	Zone     Zone

	dir  string // outermost folder named like a phone
	bare bool   // it bears somebody's name alone
}

// Said reports whether the person said whose it is.
func (d Device) Said() bool { return d.Own || d.Owner != evidence.ReachedUnknown }

// Label is what to call a device for a reader: by its name, or else by what it
// is. What lies in no phone's folder has no name of its own.
func (d Device) Label() evidence.Text {
	switch {
	case d.Name != "":
		return evidence.Text{ZH: "“" + d.Name + "”", EN: "“" + d.Name + "”"}
	case d.Doubtful:
		return evidence.Text{ZH: "没有放进手机文件夹的材料", EN: "the files in no phone's folder"}
	case d.Owner.Third():
		who := d.Owner.Title()
		return evidence.Text{ZH: who.ZH + "的手机", EN: "the phone of " + who.EN}
	}
	return evidence.Text{ZH: "您的手机", EN: "your phone"}
}

// ByExhibit finds the device that each exhibit is from.
func ByExhibit(devices []Device) map[string]Device {
	out := map[string]Device{}
	for _, d := range devices {
		for _, x := range d.Exhibits {
			out[x] = d
		}
	}
	return out
}

// Gather parts exhibits into devices, in the order of their names. Rows are
// those that the exhibits give, with their places; inside is when the headers
// of recordings say they were made, as far as that was read. The result does
// not depend on any order.
func Gather(c evidence.Case, exhibits []evidence.Exhibit, rows []evidence.Incident,
	inside map[string]time.Time) []Device {
	g := gatherer{kase: c, rows: map[string][]evidence.Incident{}, sources: map[string]evidence.Exhibit{}}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int {
		return cmp.Or(evidence.CompareNumbers(a.Source, b.Source), a.Time.At.Compare(b.Time.At))
	})
	for _, r := range rows {
		x, _, _ := strings.Cut(r.Source, ":")
		g.rows[x] = append(g.rows[x], r)
	}
	exhibits = slices.Clone(exhibits)
	slices.SortFunc(exhibits, func(a, b evidence.Exhibit) int { return evidence.CompareNumbers(a.Number, b.Number) })
	for _, x := range exhibits {
		g.sources[x.Number] = x
	}
	g.byFolder(exhibits)
	g.byMaker()
	for n := range g.devices {
		g.describe(&g.devices[n])
	}
	g.suspect()
	g.measure(inside)
	slices.SortFunc(g.devices, func(a, b Device) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), evidence.CompareNumbers(a.Exhibits[0], b.Exhibits[0]))
	})
	return g.devices
}

type gatherer struct {
	kase    evidence.Case
	rows    map[string][]evidence.Incident // by exhibit
	sources map[string]evidence.Exhibit
	devices []Device
}

// byFolder parts exhibits by the folder that is named like a phone or person.
func (g *gatherer) byFolder(exhibits []evidence.Exhibit) {
	if len(exhibits) == 0 {
		return
	}
	var all [][]string
	for _, x := range exhibits {
		all = append(all, folders(x.OriginalPath))
	}
	shared := sharedFolders(all)
	named := bareNames(exhibits, all, shared)
	own := make([]Device, len(exhibits)) // as the folder of each says
	for n, x := range exhibits {
		dir, name := phoneFolder(all[n], shared, x, named)
		own[n] = Device{Name: name, dir: dir, bare: named[dir] && name != g.kase.Complainant.Name}
	}
	bySaying(exhibits, all, shared, own)
	byListName(exhibits, own)
	g.backups(exhibits, all, own)
	at := map[string]int{}
	for n, x := range exhibits {
		k, known := at[own[n].dir]
		if !known {
			k = len(g.devices)
			at[own[n].dir] = k
			g.devices = append(g.devices, own[n])
		}
		g.devices[k].Exhibits = append(g.devices[k].Exhibits, x.Number)
	}
}

// bySaying parts what the person said is from somebody's phone from the other
// files of its folder: their word is of the files it was given with, and says
// nothing of others. Where it was said of all that a phone's folder held at
// first, the folder is that phone, with whatever comes later. What lies in no
// phone's folder is theirs by the folder it was given in: two people of one
// family have two phones.
func bySaying(exhibits []evidence.Exhibit, paths [][]string, shared int, own []Device) {
	first := map[string]int{} // by phone's folder: the round of what came first
	for n, x := range exhibits {
		if r, known := first[own[n].dir]; !known || x.Round < r {
			first[own[n].dir] = x.Round
		}
	}
	silent := map[string]bool{} // folders of whose first files some were not spoken of
	for n, x := range exhibits {
		if _, said := x.PhoneSaid(); !said && x.Round == first[own[n].dir] {
			silent[own[n].dir] = true
		}
	}
	for n, x := range exhibits {
		who, said := x.PhoneSaid()
		switch dir := own[n].dir; {
		case !said || dir != "" && !silent[dir]:
		case dir == "" && who != evidence.ReachedSelf && shared < len(paths[n]):
			own[n].dir = saidOf(who, paths[n][shared])
		default:
			own[n].dir = saidOf(who, dir)
		}
	}
}

// byListName parts lists of calls that bear in no phone's folder the name of
// somebody close (妈妈通话记录.csv): the list is of their phone. What was given with
// one alone, after the first files, came from that phone as well.
func byListName(exhibits []evidence.Exhibit, own []Device) {
	perRound := map[int][]string{}
	for n, x := range exhibits {
		who := listOwner(x)
		if own[n].dir != "" || who == "" {
			continue
		}
		own[n] = Device{Name: who + "的通话记录", dir: listsOf(who)}
		if !slices.Contains(perRound[x.Round], who) {
			perRound[x.Round] = append(perRound[x.Round], who)
		}
	}
	first := slices.MinFunc(exhibits, func(a, b evidence.Exhibit) int { return a.Round - b.Round }).Round
	for n, x := range exhibits {
		if who := perRound[x.Round]; own[n].dir == "" && x.Round > first && len(who) == 1 {
			own[n] = Device{Name: who[0] + "的通话记录", dir: listsOf(who[0])}
		}
	}
}

// listsOf stands for the folder of lists that are named after somebody; no
// folder is called so.
func listsOf(who string) string { return "list://" + who }

// saidOf stands for the folder of what the person said is from somebody's
// phone; no folder is called so.
func saidOf(who evidence.Reached, folder string) string { return string(who) + "://" + folder }

// byMaker parts what lies in one folder where recorders of several makers named
// the recordings: no phone does that.
func (g *gatherer) byMaker() {
	var out []Device
	for _, d := range g.devices {
		perMaker := map[string][]string{}
		for _, number := range d.Exhibits {
			if m := recorderOf(g.sources[number]); m != "" {
				perMaker[m] = append(perMaker[m], number)
			}
		}
		if len(perMaker) < 2 {
			out = append(out, d)
			continue
		}
		main := slices.MaxFunc(sortedKeys(perMaker), func(a, b string) int {
			return cmp.Or(len(perMaker[a])-len(perMaker[b]), cmp.Compare(b, a))
		})
		rest := d
		rest.Exhibits = nil
		for _, number := range d.Exhibits {
			if m := recorderOf(g.sources[number]); m == "" || m == main {
				rest.Exhibits = append(rest.Exhibits, number)
			}
		}
		out = append(out, rest)
		for _, m := range sortedKeys(perMaker) {
			if m != main {
				out = append(out, Device{Name: path.Join(d.Name, m), Exhibits: perMaker[m], Maker: m, dir: d.dir})
			}
		}
	}
	g.devices = out
}

// describe fills in what the files of a device say of it.
func (g *gatherer) describe(d *Device) {
	owned := map[evidence.Reached]int{}
	for _, number := range d.Exhibits {
		x := g.sources[number]
		if dir := path.Dir(strings.ReplaceAll(x.OriginalPath, `\`, "/")); !slices.Contains(d.Paths, dir) {
			d.Paths = append(d.Paths, dir)
		}
		if who, said := x.PhoneSaid(); said {
			owned[who]++
		}
		d.Maker = cmp.Or(d.Maker, recorderOf(x), makerIn(d.Name), g.exporterOf(x))
		d.OwnNumber = cmp.Or(d.OwnNumber, ownNumber(x))
	}
	slices.Sort(d.Paths)
	for _, who := range sortedKeys(owned) {
		if owned[who] == len(d.Exhibits) || d.Owner == evidence.ReachedUnknown && !d.Own {
			d.Owner, d.Own = who, who == evidence.ReachedSelf
		}
	}
	if d.Own {
		d.Owner = evidence.ReachedUnknown
	}
}

// exporterOf is the maker of phone whose data one program alone exports.
func (g *gatherer) exporterOf(x evidence.Exhibit) string {
	if slices.ContainsFunc(g.rows[x.Number], func(r evidence.Incident) bool { return r.Time.Source == "imazing" }) {
		return "iPhone"
	}
	return ""
}

// suspect says which devices seem to be somebody else's. One device is taken
// for the person's own: the one that is said to be or named so, else the one
// that was taken for it when the first files came, else the one that no name
// speaks against and that holds most. Who was taken at first stays so: a folder
// that comes later says nothing of the phone that was there.
func (g *gatherer) suspect() {
	own, first := g.mostOwn(g.devices), g.mostOwn(g.ofFirstRound())
	trusted := []int{own}
	if first >= 0 && first != own {
		loose := g.devices[own].Name == "" // what lies in no phone's folder is the person's
		if trusted = []int{first, own}; g.weight(g.devices[own]) == g.weight(g.devices[first]) && !loose {
			trusted = trusted[:1]
		}
	}
	if n := g.mostOwn(g.unsaid()); n >= 0 && g.devices[n].Name == "" {
		for k, d := range g.devices { // that other files are theirs too says nothing against these
			if d.Name == "" && !d.Said() {
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
}

// weight is how much speaks for a device being the person's own: 4 for their
// word, 0 for none.
func (g *gatherer) weight(d Device) int {
	switch {
	case d.Own:
		return 4
	case d.Owner != evidence.ReachedUnknown:
		return 0
	case ownName(d.Name, g.kase), d.OwnNumber != "" && d.OwnNumber == g.number():
		return 3
	case g.foreign(d), d.OwnNumber != "" && g.number() != "":
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
func (g *gatherer) ofFirstRound() []Device {
	first := -1
	for x := range g.rows {
		if r := g.sources[x].Round; first < 0 || r < first {
			first = r
		}
	}
	out := slices.Clone(g.devices)
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
	if len(d.Why) == 0 && g.listed(*d) {
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
	const few = 3
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

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
