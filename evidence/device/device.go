// Package device tells the phones of a dump apart: which files came from one
// phone, whose it may be, and how its clock stands to the others.
//
// [Gather] parts the exhibits of a case into devices (part.go). A phone that seems
// to be somebody else's is [Device.Doubtful] until the person says whose it is
// (suspect.go): what it received is then not asserted as having reached the
// complainant.
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
	"maps"
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
	// rival says that another phone of the same folder has about as much: which of
	// them is the person's own, no file says.
	rival bool
	// folder is where a phone without a name has its lists, beside another's
	folder string
	// replaced says that its list came into the folder of a phone that the person spoke
	// of, and cannot be of that one.
	replaced bool
}

// Said reports whether the person said whose it is.
func (d Device) Said() bool { return d.Own || d.Owner != evidence.ReachedUnknown }

// Label is what to call a device for a reader: by its name, or else by what it
// is. What lies in no phone's folder has no name of its own.
func (d Device) Label() evidence.Text {
	switch name := cmp.Or(d.Name, d.folder); {
	case d.Name != "" || d.Doubtful && name != "":
		return evidence.Text{ZH: "“" + name + "”", EN: "“" + name + "”"}
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
	g := gatherer{kase: c, rows: map[string][]evidence.Incident{}, sources: map[string]evidence.Exhibit{},
		homes: map[string]string{}, loose: map[string]bool{}, lists: map[string]listing{}}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int {
		return cmp.Or(evidence.CompareNumbers(a.Source, b.Source), a.Time.At.Compare(b.Time.At))
	})
	of := func(n int) string { x, _, _ := strings.Cut(rows[n].Source, ":"); return x }
	for from := 0; from < len(rows); {
		to := from + 1
		for x := of(from); to < len(rows) && of(to) == x; {
			to++
		}
		// Those of one exhibit lie together: a log of very many rows is not held twice.
		if x := of(from); g.rows[x] == nil {
			g.rows[x] = rows[from:to:to]
		} else {
			g.rows[x] = append(g.rows[x], rows[from:to]...)
		}
		from = to
	}
	exhibits = slices.Clone(exhibits)
	slices.SortFunc(exhibits, func(a, b evidence.Exhibit) int { return evidence.CompareNumbers(a.Number, b.Number) })
	for _, x := range exhibits {
		g.sources[x.Number] = x
	}
	// An extract comes from the phone of what it was taken from, wherever it was made.
	given, extracts := parted(exhibits)
	g.byFolder(given)
	g.byLists()
	g.byMaker()
	g.replaced()
	for n := range g.devices {
		g.describe(&g.devices[n])
	}
	g.copiedAgain()
	g.cameAgain()
	g.suspect()
	g.measure(inside)
	for _, x := range extracts {
		for n, d := range g.devices {
			if slices.Contains(d.Exhibits, x.Extract.Of) {
				g.devices[n].Exhibits = append(g.devices[n].Exhibits, x.Number)
			}
		}
	}
	slices.SortFunc(g.devices, func(a, b Device) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), evidence.CompareNumbers(a.Exhibits[0], b.Exhibits[0]))
	})
	return g.devices
}

// parted are exhibits as they were given, and those that the program took out of them.
func parted(all []evidence.Exhibit) (given, extracts []evidence.Exhibit) {
	for _, x := range all {
		if x.Extract != nil {
			extracts = append(extracts, x)
		} else {
			given = append(given, x)
		}
	}
	return given, extracts
}

type gatherer struct {
	kase    evidence.Case
	rows    map[string][]evidence.Incident // by exhibit
	sources map[string]evidence.Exhibit
	homes   map[string]string // by exhibit: the folder of its phone, or the one it lay in
	loose   map[string]bool   // exhibits in no phone's folder
	lists   map[string]listing
	devices []Device
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
		if n := ownNumber(x); d.OwnNumber == "" || n == g.number() && n != "" {
			d.OwnNumber = n
		}
	}
	slices.Sort(d.Paths)
	for _, who := range slices.Sorted(maps.Keys(owned)) {
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
