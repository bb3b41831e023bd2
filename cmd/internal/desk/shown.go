package desk

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/casepage"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
)

// What is covered is covered in what is made from then on. What was made before stays as
// it was: a letter that was filed must, for it is what was filed; a page or a copy of the
// bundle may be given on by somebody who no longer thinks of it.

// EnclosedShows tells, before a letter is written, that the complaint it encloses as it
// was filed shows what papers for the letter's recipient cover by now.
type EnclosedShows struct {
	Folder string // of the papers that were filed, below the case folder
	Words  []string
	To     evidence.Role // whole papers for it cover them
}

// GivenShows tells of something that can be given to others and was made before what is
// covered now was: it shows it.
type GivenShows struct {
	Path  string // below the case folder
	Words []string
	Again evidence.Role // for whom the page is made anew; empty: it is no page
	Exact bool          // what it shows was read; else nobody can look into it
}

// Code names the notices.
func (EnclosedShows) Code() string { return "enclosed-shows" }
func (GivenShows) Code() string    { return "given-shows" }

// keptShows are the names and words that a letter, as it was filed, has, and that papers
// for a recipient cover by now. Of papers of a release that kept no text of them nothing
// is known.
func keptShows(x Dossier, a addressee, p folder.FiledPacket) ([]string, error) {
	text, err := os.ReadFile(x.Folder.Path(p.Folder, packet.TextName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return letter.Shown(input(x, a, bag.Root{}), string(text)), nil
}

// agreeEnclosed tells what the enclosed complaint shows, and asks whether to go on.
func agreeEnclosed(ctx context.Context, d Desk, x Dossier, to addressee, filing evidence.Filing) ([]string, error) {
	filed, err := x.Folder.Filed()
	if err != nil {
		return nil, err
	}
	p, ok := folder.KeptFor(filed, filing.To, filing.Date)
	if !ok {
		return nil, nil
	}
	words, err := keptShows(x, to, p)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	d.tell(EnclosedShows{p.Folder, words, to.asked()})
	if d.Agree == nil {
		return words, nil
	}
	yes, err := d.Agree(ctx)
	if err == nil && !yes {
		err = ErrDeclined
	}
	return words, err
}

// laneShows are what the complaint of a lane shows to those whom a letter that follows
// it would go to.
func laneShows(x Dossier, able []addressee, p folder.FiledPacket) ([]string, error) {
	var out []string
	for _, a := range able {
		follows := slices.ContainsFunc(letter.NextLetters(),
			func(n letter.NextLetter) bool { return slices.Contains(n.To, a.role) })
		if !follows {
			continue
		}
		words, err := keptShows(x, a, p)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out, nil
}

// tellPage tells of a page of the case that was made for somebody and shows what is
// covered for them by now.
func tellPage(d Desk, x Dossier) error {
	html, err := os.ReadFile(x.Folder.Path(ReportName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	role, ours := casepage.MadeFor(html)
	if !ours || role == "" { // the person's own covers nothing, and says so
		return nil
	}
	a, _, err := recipientNamed(x, role)
	if err != nil {
		return nil // the case leads to nobody there by now
	}
	if words := letter.Shown(input(x, a, bag.Root{}), string(html)); len(words) > 0 {
		d.tell(GivenShows{ReportName, words, evidence.Role(role), true})
	}
	return nil
}

// tellCopies tells of copies of the bundle in the case folder, and of papers that were
// filed, that show what is covered.
func tellCopies(d Desk, x Dossier) error {
	copies, err := filepath.Glob(filepath.Join(disk.QuoteGlob(x.Folder.Path(handoverDir)), "*"))
	if err != nil {
		return err
	}
	for _, file := range copies {
		name := handoverDir + "/" + filepath.Base(file)
		switch {
		case strings.HasSuffix(name, ".age"):
			d.tell(GivenShows{Path: name})
		case strings.HasSuffix(name, ".zip"):
			if words := zipShows(file, x); len(words) > 0 {
				d.tell(GivenShows{name, words, "", true})
			}
		}
	}
	filed, err := x.Folder.Filed()
	if err != nil {
		return err
	}
	for _, p := range filed {
		found, err := recipients(x, evidence.AllRoles())
		if err != nil {
			return nil // the case leads to nobody: no papers are made
		}
		words, err := laneShows(x, found, p)
		if err != nil {
			return err
		}
		if len(words) > 0 {
			d.tell(GivenShows{p.Folder, words, "", true})
		}
	}
	return nil
}

// handoverDir is where copies of the bundle and their slips are.
const handoverDir = "handover"

// mostListed is how much of a copy's list of acts is read.
const mostListed = 64 << 20

// zipShows are the exhibits of a copy of which a part is covered, and the covered words
// that its list of acts or one of its exhibits holds: a copy holds originals. One that
// cannot be read shows nothing.
func zipShows(file string, x Dossier) []string {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil
	}
	defer z.Close()
	holds := map[string]bool{}
	acts := ""
	for _, e := range z.File {
		base := path.Base(e.Name)
		if path.Base(path.Dir(e.Name)) == "data" {
			number, _, _ := strings.Cut(base, ".")
			holds[number] = true
		}
		if base == folder.TimelineFile {
			acts = textOf(e)
		}
	}
	var out []string
	for _, r := range x.Redactions {
		words := "“" + r.Text + "”"
		told := func(i evidence.Incident) bool {
			return mask.Holds(r, i.Shown+"\n"+i.Name) &&
				slices.ContainsFunc(i.Exhibits, func(n string) bool { return holds[n] })
		}
		switch {
		case r.Exhibit != "" && holds[r.Exhibit]:
			words = r.Exhibit
		case r.Text != "" && (mask.Holds(r, acts) || slices.ContainsFunc(x.Incidents, told)):
		default:
			continue
		}
		if !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

// textOf is a file of an archive as far as it can be read.
func textOf(e *zip.File) string {
	in, err := e.Open()
	if err != nil {
		return ""
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, mostListed))
	if err != nil {
		return ""
	}
	return string(text)
}
