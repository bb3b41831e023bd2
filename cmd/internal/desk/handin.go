package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// A HandIn is what lies in a case for one recipient, to be handed in.
type HandIn struct {
	Dir     string   // folder of its papers
	Current bool     // they are of the case as it is
	Papers  []string // names of the files that are handed in
	Print   string   // the print file; empty: it was not made
	Mail    string   // the mail draft; empty: none is made for it
	Form    []letter.FormField
	Scan    []string // files of the signed letter's scan, as they were given
	Usual   bool     // the fields are those that most forms have: nobody has read this recipient's own
}

// HandInOf finds the papers for one recipient of a case; false: there are none. What a
// form is to be filled in with is what the letter that lies there says.
func HandInOf(x Dossier, role evidence.Role) (h HandIn, ok bool, err error) {
	found, err := recipients(x, []evidence.Role{role})
	if err != nil {
		return h, false, nil // the case leads to nobody there
	}
	a := found[0]
	dir, ok := packetOf(x.Folder, addressee{role: a.role, recipient: a.recipient, folder: "0-" + a.folder})
	if !ok {
		return h, false, nil
	}
	h.Dir = x.Folder.Path(folder.PacketDir, dir)
	if h.Current, _, err = x.Folder.PapersCurrent(a.folder, coversOf(x)); err != nil {
		return h, false, err
	}
	files, err := os.ReadDir(h.Dir)
	if err != nil {
		return h, false, err
	}
	for _, f := range files {
		at := filepath.Join(h.Dir, f.Name())
		switch {
		case f.IsDir():
		case f.Name() == printName:
			h.Print = at
		case f.Name() == packet.DraftName:
			h.Mail = at
		case filepath.Ext(at) == ".pdf" && !keptBack(f.Name()):
			h.Papers = append(h.Papers, f.Name())
		}
	}
	text, err := os.ReadFile(filepath.Join(h.Dir, packet.TextName))
	if errors.Is(err, os.ErrNotExist) {
		return h, true, nil
	}
	in := input(x, a, bag.Root{})
	words := strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n")
	if h.Form = letter.Form(in, words); h.Form == nil {
		h.Form, h.Usual = letter.UsualForm(in, words), true
	}
	return h, true, err
}

// keptBack reports a file among papers that is not handed in: of the person alone, or a
// paper that they changed, or a scan that gave way in an earlier release, with a newer one
// beside it.
func keptBack(name string) bool {
	return strings.Contains(name, "自己留存") || strings.Contains(name, folder.EditedMark) ||
		strings.Contains(name, "（换下的，")
}

// WrittenLetters are the folders of letters that follow a complaint or need none, below
// letters/.
func WrittenLetters(x Dossier) []string {
	var out []string
	all, _ := os.ReadDir(x.Folder.Path(folder.LettersDir)) // none: nothing was written
	for _, e := range all {
		if e.IsDir() {
			out = append(out, x.Folder.Path(folder.LettersDir, e.Name()))
		}
	}
	return out
}

// A CopyPreview is what a copy of the bundle for one recipient would hold, before any is
// made.
type CopyPreview struct {
	Name    string
	Here    []string // exhibits that go along
	Holds   Holds    // what of others is in them
	Covered []string // exhibits that stay away, for papers cover a part of them
	Rows    []string // of the timeline that say words which papers cover
}

// PreviewCopy says what [Export] for a recipient would give away. It writes nothing.
func PreviewCopy(ctx context.Context, d Desk, dir string, role evidence.Role) (p CopyPreview, err error) {
	d.Agree, d.Tell = nil, func(n Notice) {
		switch n := n.(type) {
		case Holds:
			p.Holds = n
		case LeftCovered:
			p.Covered = n.Exhibits
		case TimelineShows:
			p.Rows = n.Rows
		}
	}
	err = withBundle(ctx, d, dir, func(f *folder.Folder, bundle *folder.SealedBundle) error {
		name, numbers, err := attached(d, f, role, bundle)
		if err != nil {
			return err
		}
		p.Name = name
		if p.Here, err = withoutCovered(d, f, numbers, string(role)); err != nil {
			return err
		}
		slices.SortFunc(p.Here, evidence.CompareNumbers)
		return previewBundle(ctx, d, f, p.Here)
	})
	return p, err
}
