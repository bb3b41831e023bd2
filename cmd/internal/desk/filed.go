package desk

import (
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates"
)

// FiledKept tells that papers which were filed are kept as they were, from now
// on.
type FiledKept struct {
	Name, Day string
	Folder    string // below the case folder
}

// FiledUnder tells which papers that were filed print the code which a bundle
// is checked by.
type FiledUnder struct{ Name, Day, Folder string }

// FiledUncovered tells of papers that were kept as they were filed, and that were made
// before something was covered: they show it.
type FiledUncovered struct{ Folder string }

// Code names the notices.
func (FiledKept) Code() string      { return "filed-kept" }
func (FiledUncovered) Code() string { return "filed-uncovered" }
func (FiledUnder) Code() string     { return "filed-under" }

// A FiledPapers is what became of papers that were filed.
type FiledPapers struct {
	folder.FiledPacket
	Path    string   `json:"path"`
	Changed []string `json:"changed"` // files that are not what they were, or gone
	Added   []string `json:"added"`   // files that the person put there since
}

// keepFiled keeps the papers of each complaint of the case that was filed,
// before others take their place.
func keepFiled(d Desk, f *folder.Folder, x Dossier) error {
	var filings []folder.Filing
	for _, g := range x.Case.Filings {
		ours := g.Papers != evidence.OwnPapers && (!g.Follows() || g.Letter == evidence.Supplement)
		if name := folderOf(x, g.To); name != "" && g.Date != "" && ours {
			filings = append(filings, folder.Filing{To: g.To, Recipient: name, Day: g.Date})
		}
	}
	frozen, err := f.Freeze(filings, coversOf(x), d.Now)
	for _, p := range frozen {
		d.tell(FiledKept{filedName(x.Case, p.To), p.Day, p.Folder})
		if !p.Covered {
			d.tell(FiledUncovered{p.Folder})
		}
	}
	return err
}

// filedName is who is meant by a filing, in words.
func filedName(c evidence.Case, to string) string {
	if _, name := templates.FiledTo(c, to); name != "" {
		return name
	}
	return to
}

// folderOf is the folder of the papers for somebody whom a filing names, without
// its number; empty where it names nobody papers are made for.
func folderOf(x Dossier, to string) string {
	role, name := templates.FiledTo(x.Case, to)
	if role == "" {
		return ""
	}
	if role == evidence.ToRegulator && name != "" && to != string(role) {
		return name // the supervisor of another place, as the case had it then
	}
	all, err := recipients(x, []evidence.Role{role})
	if err != nil {
		return "" // whoever it was, the case no longer leads to them
	}
	return all[0].folder
}

// tellFiled tells which of the papers that were filed print a code.
func tellFiled(d Desk, f *folder.Folder, expect string) {
	typed, err := bag.ParseTyped(expect)
	if expect == "" || err != nil {
		return
	}
	filed, _ := f.Filed() // what cannot be read is told of by --history
	c, _ := f.ReadCase()  // a case with mistakes names nobody
	for _, p := range filed {
		if p.Code == typed.Digest {
			d.tell(FiledUnder{filedName(c, p.To), p.Day, p.Folder})
		}
	}
}

// filedPapers looks through the papers that were filed.
func filedPapers(f *folder.Folder) ([]FiledPapers, error) {
	filed, err := f.Filed()
	if err != nil {
		return nil, err
	}
	var out []FiledPapers
	for _, p := range filed {
		changed, added, err := f.FiledChanges(p)
		if err != nil {
			return nil, err
		}
		out = append(out, FiledPapers{p, f.Path(p.Folder), list(changed), list(added)})
	}
	return out, nil
}
