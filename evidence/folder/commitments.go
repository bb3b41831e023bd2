package folder

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// What stands behind the evidence code. Openings and records are written once,
// when an exhibit first enters the list, and kept as they are: a release that
// reads a time better must not move the code of letters that were sent.
const (
	KeyFile        = "case.key"    // the case key; never in a bundle
	CommitDir      = "commitments" // the list, openings, records, log, what vouches for lines
	listFile       = "commitments.txt"
	listSM3File    = "commitments-sm3.txt"
	logFile        = "log.jsonl"
	vouchingFolder = "seal"
)

// A LostOpeningError reports an exhibit whose opening is gone, from the case
// and from all of its bundles. Made anew it would be another one, and the code
// of letters that were sent would prove nothing.
type LostOpeningError struct{ Exhibit string }

func (e *LostOpeningError) Error() string { return "the opening of " + e.Exhibit + " is lost" }

// A LostListError reports that the list is gone or spoilt, and that no bundle
// of the case has it either.
type LostListError struct{ Err error }

func (e *LostListError) Error() string {
	return fmt.Sprintf("the list of commitments is lost: %v", e.Err)
}
func (e *LostListError) Unwrap() error { return e.Err }

// drawKey draws a case key.
func drawKey() (commit.Key, error) {
	var k commit.Key
	if _, err := rand.Read(k[:]); err != nil {
		return k, fmt.Errorf("draw the case key: %w", err)
	}
	return k, nil
}

// key reads the case key. Where there is none, as in cases of earlier
// releases, one is drawn; fresh says so, and it is stored when the list is.
// One that was lost is no harm: openings and log lines keep their salts.
func (f *Folder) key() (k commit.Key, fresh bool, err error) {
	text, err := readRegular(f.Path(KeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		k, err = drawKey()
		return k, true, err
	}
	if err == nil {
		k, err = commit.ParseKey(text)
	}
	if err != nil {
		return k, false, fmt.Errorf("read %s: %w", KeyFile, err)
	}
	return k, false, nil
}

// A growth is the list as the next seal will have it: what it holds, and what
// was not in it yet.
type growth struct {
	list     commit.List
	items    map[string]bag.Item // by number
	changed  bool                // the list is another one
	restored bool                // openings or lists came back from a bundle
	key      commit.Key
	freshKey bool
}

// listed is the list as the last seal had it, with the openings it has.
func (f *Folder) listed() (growth, error) {
	g := growth{items: map[string]bag.Item{}}
	var err error
	if g.key, g.freshKey, err = f.key(); err != nil {
		return g, err
	}
	register, err := f.Register()
	if err != nil {
		return g, err
	}
	if g.list, g.restored, err = f.readList(); err != nil {
		return g, err
	}
	for _, x := range register.Exhibits {
		if g.list.Line(x.Number) == 0 {
			continue
		}
		item, restored, err := f.item(g, x)
		if err != nil {
			return g, err
		}
		g.items[x.Number] = item
		g.restored = g.restored || restored
	}
	return g, nil
}

// grown is the list with what the register holds by now. Nothing is written.
func (f *Folder) grown() (growth, error) {
	g, err := f.listed()
	if err != nil {
		return g, err
	}
	register, err := f.Register()
	if err != nil {
		return g, err
	}
	if g.list.Len() == 0 {
		follows, err := f.lastRootOfFormat1()
		if err != nil {
			return g, err
		}
		g.list = commit.New(follows)
	}
	left, err := f.leftOut(g.list, register)
	if err != nil {
		return g, err
	}
	var add []commit.Addition
	for _, x := range register.Exhibits {
		if g.list.Line(x.Number) > 0 || left[x.Number] {
			continue
		}
		item, _, err := f.item(g, x)
		if err != nil {
			return g, err
		}
		g.items[x.Number] = item
		add = append(add, commit.Addition{Number: x.Number, Opening: item.Opening})
	}
	out, in := changedStates(g.list, left)
	if len(add)+len(out)+len(in) == 0 {
		return g, nil
	}
	g.changed = true
	if g.list, err = g.list.Append(add, out, in); err != nil {
		return g, fmt.Errorf("the list of commitments: %w", err)
	}
	return g, nil
}

// lastRootOfFormat1 is the root that letters of an earlier release print;
// empty where there were none.
func (f *Folder) lastRootOfFormat1() (string, error) {
	last, _, err := f.LastSeal()
	if err != nil || last.Lines > 0 {
		return "", err
	}
	root, err := bag.ReadRoot(f.Path(BundleDir))
	switch {
	case last.Root != "":
		return last.Root, nil
	case err == nil && root.Format == 0:
		return root.SHA256, nil
	}
	return last.Supersedes, nil
}

// readList reads the list of the case; the zero list where there never was one.
func (f *Folder) readList() (list commit.List, restored bool, err error) {
	sha, err := readRegular(f.Path(CommitDir, listFile))
	if err == nil {
		var sm3 []byte
		if sm3, err = readRegular(f.Path(CommitDir, listSM3File)); err == nil {
			if list, err = commit.ParseList(sha, sm3); err == nil {
				return list, false, nil
			}
		}
		// A run that was killed while it kept the lists left the one with SM3, which it writes
		// first, ahead of the one that counts.
		if ahead := firstLines(sm3, bytes.Count(sha, []byte("\n"))); err != nil && len(ahead) < len(sm3) {
			if cut, cerr := commit.ParseList(sha, ahead); cerr == nil {
				return cut, true, nil
			}
		}
	}
	last, _, serr := f.LastSeal()
	if serr != nil {
		return list, false, serr
	}
	if last.Lines == 0 && errors.Is(err, fs.ErrNotExist) {
		return commit.List{}, false, nil // before the first seal of format 2
	}
	// Of all bundles the one with most lines; the lists grow, so it has all.
	for _, dir := range f.bundles() {
		sha, err1 := os.ReadFile(filepath.Join(dir, listFile))
		sm3, err2 := os.ReadFile(filepath.Join(dir, listSM3File))
		if err1 != nil || err2 != nil {
			continue
		}
		if l, err := commit.ParseList(sha, sm3); err == nil && l.Len() > list.Len() {
			list = l
		}
	}
	if list.Len() == 0 || list.Len() < last.Lines {
		return commit.List{}, false, &LostListError{err}
	}
	return list, true, nil
}

// bundles are the bundles that stand in the case, also those of older seals.
func (f *Folder) bundles() []string {
	older, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(SupersededDir)), "*", BundleDir))
	if err != nil {
		older = nil
	}
	return append([]string{f.Path(BundleDir)}, older...)
}

// item is the opening and record of an exhibit: as kept, or, for one that was
// never listed, made of what is known of it by now.
func (f *Folder) item(g growth, x evidence.Exhibit) (item bag.Item, restored bool, err error) {
	listed := g.list.Line(x.Number) > 0
	for n, dir := range append([]string{f.Path(CommitDir)}, f.bundles()...) {
		opening, err1 := readRegular(filepath.Join(dir, filepath.FromSlash(commit.OpeningPath(x.Number))))
		record, err2 := readRegular(filepath.Join(dir, filepath.FromSlash(commit.RecordPath(x.Number))))
		if err1 != nil || err2 != nil || !opens(x, opening, record) {
			continue
		}
		if sha, sm3 := g.list.Commits(x.Number, opening); listed && (!sha || !sm3) {
			continue
		}
		return bag.Item{Opening: opening, Record: record}, n > 0, nil
	}
	if listed {
		return item, false, &LostOpeningError{x.Number}
	}
	record, err := recordOf(g.key, x).Format()
	if err != nil {
		return item, false, err
	}
	o := commit.Opening{Number: x.Number, Size: x.Size, SHA256: x.SHA256, SM3: x.SM3, Data: "data/" + x.File,
		Salt: g.key.Salt(commit.ForExhibit, x.Number, x.SHA256), Record: commit.LineDigest(record)}
	return bag.Item{Opening: o.Format(), Record: record}, false, nil
}

// opens reports whether an opening and a record are those of an exhibit.
func opens(x evidence.Exhibit, opening, record []byte) bool {
	o, err := commit.ParseOpening(opening)
	return err == nil && o.Number == x.Number && o.SHA256 == x.SHA256 && o.SM3 == x.SM3 && o.Size == x.Size &&
		o.Data == "data/"+x.File && o.Record == commit.LineDigest(record)
}

// recordOf is the provenance of an exhibit, without a path, the time of adding
// and words of the person.
func recordOf(key commit.Key, x evidence.Exhibit) commit.Record {
	r := commit.Record{Exhibit: x.Number, Salt: key.Salt(commit.ForRecord, x.Number, x.SHA256), Name: x.OriginalName,
		NameHex: x.NameHex, Kind: string(x.Kind), MediaType: x.MediaType}
	for _, t := range entryOf(x).Times {
		if t.What != "added" && x.Extract == nil { // an extract was made, and not found
			r.Times = append(r.Times, commit.Time{What: t.What, Time: t.Time, Source: t.Source})
		}
	}
	if x.Extract != nil {
		r.Made, r.Of, r.Lines = "extract", x.Extract.Of, x.Extract.Lines
	}
	if who, said := x.PhoneSaid(); said {
		r.Phone = string(who)
	}
	return r
}

// store keeps what a growth added: openings and records first, then the lists,
// so that a line never stands without its opening.
func (f *Folder) store(g growth) error {
	if !g.changed && !g.restored && !g.freshKey {
		return nil
	}
	for _, dir := range []string{path.Dir(commit.OpeningPath("E001")), path.Dir(commit.RecordPath("E001"))} {
		if err := os.MkdirAll(f.Path(CommitDir, dir), 0o700); err != nil {
			return fmt.Errorf("keep the list of commitments: %w", err)
		}
	}
	if g.freshKey {
		if err := disk.Replace(f.Path(KeyFile), g.key.Format(), 0o600); err != nil {
			return fmt.Errorf("keep the case key: %w", err)
		}
	}
	for number, item := range g.items {
		for name, text := range map[string][]byte{commit.OpeningPath(number): item.Opening,
			commit.RecordPath(number): item.Record} {
			to := f.Path(CommitDir, filepath.FromSlash(name))
			if there, err := readRegular(to); err == nil && bytes.Equal(there, text) {
				continue
			}
			if err := disk.Replace(to, text, 0o600); err != nil {
				return fmt.Errorf("keep the opening of %s: %w", number, err)
			}
		}
	}
	// The list with SHA-256 is the one that counts; it comes last.
	for _, l := range []struct {
		name string
		text []byte
	}{{listSM3File, g.list.SM3Text()}, {listFile, g.list.Text()}} {
		if err := disk.Replace(f.Path(CommitDir, l.name), l.text, 0o600); err != nil {
			return fmt.Errorf("keep the list of commitments: %w", err)
		}
	}
	return nil
}

// kept are the files that vouch for lines of the list: the same in every copy.
func (f *Folder) kept() ([]bag.TagFile, error) {
	dir := f.Path(CommitDir, vouchingFolder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []bag.TagFile
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, bag.TagFile{Name: e.Name(), Content: text})
	}
	return out, nil
}
