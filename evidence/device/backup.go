package device

import (
	"maps"
	"slices"
	"strings"

	"juzheng/evidence"
)

// A tally counts the files that were given from one folder so far.
type tally struct {
	files    int
	held     map[string]int             // by phone: those whose bytes it had before
	made     map[string]int             // by phone: those of them that a phone makes itself
	children map[string]map[string]bool // by phone: in which folders below they lie
}

type tallies map[string]*tally // by folder

// each does something with the folders of a file from the given depth on.
func (all tallies) each(parts []string, from int, do func(t *tally, depth int)) {
	for k := from; k < len(parts); k++ {
		folder := folderOf(parts[:k+1])
		t := all[folder]
		if t == nil {
			t = &tally{held: map[string]int{}, made: map[string]int{}, children: map[string]map[string]bool{}}
			all[folder] = t
		}
		do(t, k+1)
	}
}

// copies does something with the folders of an exhibit's later copies that it
// did not lie in itself.
func (all tallies) copies(x evidence.Exhibit, own []string, do func(t *tally, below []string)) {
	for _, name := range x.Duplicates {
		parts := folders(name)
		all.each(parts, sharedFolders([][]string{own, parts}), func(t *tally, depth int) { do(t, parts[depth:]) })
	}
}

// backups finds later copies of a phone that lie in a folder of another name:
// most of what was given from there is, byte for byte, what the phone had
// before, and some of it recordings or lists. Whatever else lies there is from
// that phone then, and so is what is put there later. A folder that is named as
// somebody's, or that the person spoke of as somebody's, is left as it is.
func (g *gatherer) backups(exhibits []evidence.Exhibit, paths [][]string, own []Device) {
	if !slices.ContainsFunc(exhibits, func(x evidence.Exhibit) bool { return len(x.Duplicates) > 0 }) {
		return
	}
	all := tallies{}
	for n, x := range exhibits {
		all.copies(x, paths[n], func(t *tally, _ []string) { t.files++ })
	}
	phones, others := map[string]Device{}, map[string]bool{} // others: phones said to be somebody else's
	for from := 0; from < len(exhibits); {
		to := from
		for ; to < len(exhibits) && exhibits[to].Round == exhibits[from].Round; to++ {
			all.each(paths[to], 0, func(t *tally, _ int) { t.files++ })
		}
		var found []int
		for n := from; n < to; n++ {
			x := exhibits[n]
			if d, copied := g.backupOf(x, paths[n], own[n], all, phones, others); copied {
				own[n] = d
				found = append(found, n)
			}
			dir := own[n].dir
			phones[dir] = own[n]
			if who, said := x.PhoneSaid(); said && who != evidence.ReachedSelf {
				others[dir] = true
			}
			all.copies(x, paths[n], func(t *tally, below []string) { t.take(dir, x, below) })
		}
		for _, n := range found {
			all.each(paths[n], 0, func(t *tally, _ int) { t.held[own[n].dir]++ })
		}
		from = to
	}
}

// take counts a copy of what a phone had before; below are the folders between.
func (t *tally) take(phone string, x evidence.Exhibit, below []string) {
	t.held[phone]++
	if x.Kind == evidence.Recording || x.Kind == evidence.CallLog || x.Kind == evidence.SMSLog {
		t.made[phone]++
	}
	if t.children[phone] == nil {
		t.children[phone] = map[string]bool{}
	}
	child := ""
	if len(below) > 0 {
		child = below[0]
	}
	t.children[phone][child] = true
}

// root reports that a folder is the outermost of what was copied from a phone,
// and not one in which a copy of a phone lies beside other things.
func (t *tally) root(phone string) bool {
	if len(t.children[phone]) != 1 {
		return true
	}
	for child := range t.children[phone] {
		return child == "" || inside.MatchString(child)
	}
	return false
}

// backupOf is the phone of which an exhibit's folder, or one above it, is a
// later copy.
func (g *gatherer) backupOf(x evidence.Exhibit, parts []string, own Device, all tallies,
	phones map[string]Device, others map[string]bool) (Device, bool) {
	who, said := x.PhoneSaid()
	if own.bare || foreignName(own.Name, g.kase) || said && who != evidence.ReachedSelf {
		return Device{}, false
	}
	for k := len(parts); k > 0; k-- {
		folder := folderOf(parts[:k])
		t := all[folder]
		for _, dir := range slices.Sorted(maps.Keys(t.held)) {
			d := phones[dir]
			somebodys := others[dir] || d.bare || foreignName(d.Name, g.kase)
			if dir != own.dir && 2*t.held[dir] > t.files && t.held[dir] > 1 && t.made[dir] > 0 && t.root(dir) &&
				!(said && somebodys) {
				return d, true
			}
		}
		if folder == own.dir || strings.HasSuffix(own.dir, saidOf("", folder)) {
			break // what lies above a phone's folder is not that phone
		}
	}
	return Device{}, false
}

func folderOf(parts []string) string { return strings.Join(parts, "/") }

// messagesIn reports that the person's own lists have most of the messages of a
// device from the days they cover: to the second, with the same words, from or
// to the same number. A few may be alike on any two phones: senders write to
// many at once.
func (g *gatherer) messagesIn(d, own Device) bool {
	type message struct {
		number, text string
		direction    evidence.Direction
		second       int64
	}
	messages := func(of Device) (out []message) {
		for _, x := range of.Exhibits {
			for _, r := range g.rows[x] {
				if r.Kind == evidence.SMS && strings.Contains(r.Source, ":") && !r.Time.IsZero() {
					out = append(out, message{r.Number, r.Shown, r.Direction, r.Time.At.Unix()})
				}
			}
		}
		return out
	}
	known := map[message]bool{}
	first, last := int64(0), int64(0)
	for _, m := range messages(own) {
		if len(known) == 0 {
			first, last = m.second, m.second
		}
		first, last = min(first, m.second), max(last, m.second)
		known[m] = true
	}
	found := map[message]bool{}
	asked := 0
	for _, m := range messages(d) {
		if m.second < first || m.second > last {
			continue
		}
		asked++
		if known[m] {
			found[m] = true
		}
	}
	return len(found) >= few && 2*len(found) > asked
}
