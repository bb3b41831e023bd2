package device

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"juzheng/evidence"
)

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
	heaps := phoneHeaps(exhibits, all, named)
	own := make([]Device, len(exhibits)) // as the folder of each says
	for n, x := range exhibits {
		dir, name := phoneFolder(all[n], shared, x, named, heaps)
		own[n] = Device{Name: name, dir: dir, bare: named[dir] && name != g.kase.Complainant.Name}
	}
	for n, x := range exhibits {
		g.homes[x.Number], g.loose[x.Number] = cmp.Or(own[n].dir, folderOf(all[n])), own[n].dir == ""
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
// nothing of others. Where it was said of all that a folder held at first, the
// folder is that phone, with whatever comes later; of a later file they may say
// otherwise. What lies in no phone's folder is theirs by the folder it was given
// in: two people of one family have two phones.
func bySaying(exhibits []evidence.Exhibit, paths [][]string, shared int, own []Device) {
	phones, loose := wordOfFolders{}, wordOfFolders{}
	for n, x := range exhibits {
		if dir := own[n].dir; dir != "" {
			phones.take(dir, x)
			phones.takeBelow(dir, x, below(dir, paths[n]))
			continue
		}
		for k := range paths[n] {
			loose.take(folderOf(paths[n][:k+1]), x)
		}
	}
	for n, x := range exhibits {
		who, said := x.PhoneSaid()
		dir := own[n].dir
		if !said && dir != "" && phones[dir].elsewhere(x, below(dir, paths[n])) && ownerIn(own[n].Name) == "" {
			own[n] = Device{} // 手机/妈妈 was said to be hers, and this lies in 手机/我
			continue
		}
		if !said && dir == "" {
			who, said = loose.ofEarlier(paths[n], x)
		}
		switch {
		case !said || dir != "" && phones[dir].word == who:
		case dir == "" && who != evidence.ReachedSelf && shared < len(paths[n]):
			own[n].dir = saidOf(who, paths[n][shared])
		default:
			own[n].dir = saidOf(who, dir)
		}
	}
}

// wordOfFolders is what the person said of the files that each folder held at first.
type wordOfFolders map[string]folderWord

type folderWord struct {
	first int              // the round of those files
	seen  bool             // below is known
	word  evidence.Reached // what was said of all of them; empty: nothing, or of some alone
	below string           // the one folder below it that all of them lie in; empty: there is none such
}

// elsewhere reports a file that came later into another folder below than the one of which
// the person spoke.
func (f folderWord) elsewhere(x evidence.Exhibit, below string) bool {
	return f.word != evidence.ReachedUnknown && f.below != "" && below != "" && below != f.below && f.first < x.Round
}

// below is the folder below a phone's in which a file lies, if it is not one that phones and
// apps make.
func below(dir string, parts []string) string {
	if n := strings.Count(dir, "/") + 1; n < len(parts) && !inside.MatchString(parts[n]) {
		return parts[n]
	}
	return ""
}

// takeBelow notes in which folder below the files of the first round lie.
func (w wordOfFolders) takeBelow(dir string, x evidence.Exhibit, below string) {
	f := w[dir]
	if x.Round != f.first {
		return
	}
	if f.below == "" && !f.seen {
		f.below = below
	} else if f.below != below {
		f.below = ""
	}
	f.seen = true
	w[dir] = f
}

func (w wordOfFolders) take(dir string, x evidence.Exhibit) {
	who, _ := x.PhoneSaid()
	switch f, known := w[dir]; {
	case !known || x.Round < f.first:
		w[dir] = folderWord{first: x.Round, word: who}
	case x.Round == f.first && who != f.word:
		w[dir] = folderWord{first: x.Round}
	}
}

// ofEarlier is what was said of the files that lay before a file in its folder, or in the
// next one above it that held any.
func (w wordOfFolders) ofEarlier(parts []string, x evidence.Exhibit) (who evidence.Reached, said bool) {
	for k := len(parts); k > 0; k-- {
		if f := w[folderOf(parts[:k])]; f.first < x.Round {
			return f.word, f.word != evidence.ReachedUnknown
		}
	}
	return evidence.ReachedUnknown, false
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
		main := slices.MaxFunc(slices.Sorted(maps.Keys(perMaker)), func(a, b string) int {
			return cmp.Or(len(perMaker[a])-len(perMaker[b]), cmp.Compare(b, a))
		})
		rest := d
		rest.Exhibits = nil
		for _, number := range d.Exhibits {
			if m := recorderOf(g.sources[number]); m == "" || m == main {
				rest.Exhibits = append(rest.Exhibits, number)
			}
		}
		var others []Device
		for _, m := range slices.Sorted(maps.Keys(perMaker)) {
			if m != main {
				others = append(others, Device{Name: path.Join(d.Name, m), Exhibits: perMaker[m], Maker: m, dir: d.dir})
				g.withFolder(&rest, &others[len(others)-1])
			}
		}
		out = append(append(out, rest), others...)
	}
	g.devices = out
}
