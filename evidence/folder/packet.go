package folder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/disk"
)

// MadeFile, in the folder of packets, lists what the program put there, so
// that what the person put there or changed is told from it.
const MadeFile = ".made.json"

// made is what the program put into the folder of packets.
type made struct {
	Root  string            `json:"root"`  // SHA-256 of the code that the papers print
	State string            `json:"state"` // of the case they were made of: see [Folder.PaperSum]
	Files map[string]string `json:"files"` // path, with slashes, -> SHA-256
	// Printed are files among them that came after the build and go on as long
	// as the root does.
	Printed []string `json:"printed,omitempty"`
	// Scans are the person's: what they scanned of the letters they signed. They
	// belong to the letter, and so stay with its root.
	Scans []string `json:"scans,omitempty"`
	// Since is, of each recipient's folder, the first day on which papers of this
	// root and state were made: what was filed from then on is these.
	Since map[string]string `json:"since,omitempty"`
	// Supplements are the folders that hold a supplement and nothing else, with its
	// first exhibit.
	Supplements map[string]string `json:"supplements,omitempty"`
	// Beside are those that hold a supplement beside the letter, with its first exhibit.
	Beside map[string]string `json:"beside,omitempty"`
	// Told is, of each recipient's folder, what else its papers were made of.
	Told map[string]madeOf `json:"told,omitempty"`
	// Fonts drew characters in the papers that the program's own fonts lack.
	Fonts []Font `json:"fonts,omitempty"`
}

// Packets say what papers are that [Folder.PutPackets] puts in their place.
type Packets struct {
	Root        string            // SHA-256 of the code they print
	Scans       []string          // of signed letters, by their paths
	Supplements map[string]string // folders that hold a supplement and nothing else, with its first exhibit
	Beside      map[string]string // folders that hold one beside the letter, with its first exhibit
	Covers      Covers
	Fonts       []Font // that drew rare characters in them
}

// Kept is what new packets left standing.
type Kept struct {
	Files  []string // of the person, put there or changed, where they stand now
	Others []string // folders of recipients who were not built this time
	Older  string   // where the packets are that gave way; empty: there were none
	Gone   []string // folders among those of recipients who were not built this time
	Scans  []string // of signed letters that print an older root: they stay with them
	// Swapped are scans in whose place others came: where they are now.
	Swapped []string
}

// PutPackets puts the finished packets in the folder partial in their place.
// No file of the person is lost: what they put beside the papers or changed
// stays, under another name where a new paper has its own; papers of recipients
// who are not built anew stay while the case does; packets of another code, of
// the case as it was before, or that show what is covered now, are kept under
// superseded/, with the scans of the letters that were signed of them. There too
// goes a scan in whose place another is put: nobody is to hand in both.
func (f *Folder) PutPackets(partial string, p Packets, now time.Time) (Kept, error) {
	final := f.Path(PacketDir)
	if err := disk.RestoreDir(final); err != nil {
		return Kept{}, fmt.Errorf("put the packets: %w", err)
	}
	state, err := f.PaperSum()
	if err != nil {
		return Kept{}, fmt.Errorf("put the packets: %w", err)
	}
	fresh := made{Root: p.Root, State: state, Files: map[string]string{}, Scans: slices.Clone(p.Scans),
		Since: map[string]string{}, Supplements: map[string]string{}, Beside: map[string]string{},
		Told: map[string]madeOf{}, Fonts: p.Fonts}
	maps.Copy(fresh.Supplements, p.Supplements)
	maps.Copy(fresh.Beside, p.Beside)
	if err := files(partial, func(path string) (err error) {
		fresh.Files[filepath.ToSlash(path)], err = sha256Of(filepath.Join(partial, path))
		return err
	}); err != nil {
		return Kept{}, fmt.Errorf("put the packets: %w", err)
	}
	var kept Kept
	older, known := readMade(final)
	if same, err := f.saysNow(older); err == nil && same {
		older.State = state
	}
	filings, err := f.filingSums()
	if err != nil {
		return Kept{}, fmt.Errorf("put the packets: %w", err)
	}
	c := carrier{from: final, to: partial, older: older, known: known, fresh: &fresh, now: now, kept: &kept,
		built: map[string]string{}, covers: p.Covers, filings: filings,
		aside: f.Path(SupersededDir, codeName(older.Root), SwappedDir)}
	for path := range fresh.Files {
		if top, _, deep := strings.Cut(path, "/"); deep {
			c.built[Unnumbered(top)] = top
		}
	}
	if err := c.carry(); err != nil {
		return Kept{}, fmt.Errorf("keep what stands in %s: %w", PacketDir, err)
	}
	c.carrySince()
	if !older.stale(fresh) { // papers of others stay
		fresh.Fonts = withFonts(fresh.Fonts, older.Fonts)
	}
	for _, path := range fresh.Scans { // they are the person's
		delete(fresh.Files, path)
	}
	if err := writeMade(partial, fresh); err != nil {
		return Kept{}, err
	}
	slices.Sort(kept.Files)
	slices.Sort(kept.Others)
	slices.Sort(kept.Gone)
	slices.Sort(kept.Swapped)
	if _, err := os.Lstat(final); err == nil && (!known || c.displaced()) {
		dir, err := f.setAsidePackets(older.Root)
		if err != nil {
			return Kept{}, err
		}
		kept.Older = dir
	}
	return kept, disk.SwapDir(partial, final)
}

// stale reports papers that say what the case no longer does.
func (m made) stale(fresh made) bool { return m.Root != fresh.Root || m.State != fresh.State }

// linesOf are the lines of a register that are about certain exhibits, and those
// that nobody can read.
func linesOf(register []byte, about func(number string) bool) []byte {
	var out []byte
	for line := range bytes.Lines(register) {
		var l struct{ Number, Of, Exhibit string }
		if json.Unmarshal(line, &l) == nil && !about(cmp.Or(l.Number, l.Of, l.Exhibit)) {
			continue
		}
		out = append(out, line...)
	}
	return out
}

// NoteMade lists a file under packet/ as the program's own: papers printed
// after the packets were put there.
func (f *Folder) NoteMade(path string, covers Covers) error {
	rel, err := filepath.Rel(f.Path(PacketDir), path)
	if err != nil || strings.HasPrefix(rel, "..") {
		return nil // it stands elsewhere
	}
	m, known := readMade(f.Path(PacketDir))
	if !known {
		return nil
	}
	rel = filepath.ToSlash(rel)
	if m.Files[rel], err = sha256Of(path); err != nil {
		return err
	}
	if !slices.Contains(m.Printed, rel) {
		m.Printed = append(m.Printed, rel)
	}
	top, _, deep := strings.Cut(rel, "/")
	if _, there := m.Told[top]; deep && !there && m.Since[top] == "" { // nothing was built for them
		filings, err := f.filingSums()
		if err != nil {
			return err
		}
		if m.Told == nil {
			m.Told = map[string]madeOf{}
		}
		m.Told[top] = madeOf{covers.of(top), filings}
	}
	return writeMade(f.Path(PacketDir), m)
}

// setAsidePackets moves the packets out of the way, under the root they print.
func (f *Folder) setAsidePackets(root string) (string, error) {
	under := f.Path(SupersededDir, codeName(root))
	if err := os.MkdirAll(under, 0o700); err != nil {
		return "", fmt.Errorf("keep the older packets: %w", err)
	}
	for n := 1; ; n++ { // never onto some that are kept already
		dir := filepath.Join(under, PacketDir)
		if n > 1 {
			dir = fmt.Sprintf("%s-%d", dir, n)
		}
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := disk.Rename(f.Path(PacketDir), dir); err != nil {
			return "", fmt.Errorf("keep the older packets: %w", err)
		}
		return dir, disk.SyncDir(under)
	}
}

// A carrier takes over into new packets what has to stay of the ones before.
type carrier struct {
	from, to string
	older    made
	known    bool // older says what the program made
	fresh    *made
	now      time.Time
	kept     *Kept
	built    map[string]string // recipients built this time, to their folders
	covers   Covers
	filings  []string // what the complaints of the case are now
	aside    string   // where scans go in whose place others came
}

// toldNow is what papers for a folder are made of now.
func (c carrier) toldNow(top string) madeOf { return madeOf{c.covers.of(top), c.filings} }

// toldBefore is what the papers in a folder were made of.
func (c carrier) toldBefore(top string) madeOf { return c.older.toldOf(top, c.filings) }

// gone reports papers in a folder that must not stand any more: the case no longer says
// what they do, or what they show is covered now.
func (c carrier) gone(top string) bool {
	return c.older.stale(*c.fresh) || c.toldBefore(top).outdated(c.toldNow(top))
}

// displaced reports papers that give way to others which are not the same, or to none: a
// supplement is not made again with the whole papers.
func (c carrier) displaced() bool {
	all := slices.Concat(slices.Collect(maps.Keys(c.older.Files)), c.older.Scans)
	return c.older.stale(*c.fresh) || slices.ContainsFunc(all, func(path string) bool {
		top, _, deep := strings.Cut(path, "/")
		_, again := c.built[Unnumbered(top)]
		return deep && (c.gone(top) || again && (!c.toldBefore(top).same(c.toldNow(top)) || c.notAgain(path)))
	})
}

// notAgain reports a paper in a folder of its own below that of a recipient who was built
// anew, of which nothing was made this time.
func (c carrier) notAgain(path string) bool {
	top, below, _ := strings.Cut(path, "/")
	within, _, deep := strings.Cut(below, "/")
	if !deep || slices.Contains(c.older.Printed, path) || slices.Contains(c.older.Scans, path) {
		return false
	}
	dir := c.built[Unnumbered(top)] + "/" + within + "/"
	for made := range c.fresh.Files {
		if strings.HasPrefix(made, dir) {
			return false
		}
	}
	return true
}

func (c carrier) carry() error {
	err := files(c.from, func(path string) error {
		slashed := filepath.ToSlash(path)
		if slashed == MadeFile {
			return nil
		}
		top, below, deep := strings.Cut(slashed, "/")
		now, again := c.built[Unnumbered(top)]
		sum, err := sha256Of(filepath.Join(c.from, path))
		if err != nil {
			return err
		}
		ours := c.known && c.older.Files[slashed] == sum
		if slices.Contains(c.older.Scans, slashed) {
			return c.carryScan(path, slashed, sum, deep && again, now+"/"+below)
		}
		switch {
		case deep && again:
			printed := slices.Contains(c.older.Printed, slashed)
			slashed = now + "/" + below
			if ours && (!printed || c.gone(top) || !c.toldBefore(top).same(c.toldNow(top))) {
				return nil // made again, or kept with the packets of its root
			}
			if ours {
				c.fresh.Printed = append(c.fresh.Printed, slashed)
			}
		case deep && ours && c.gone(top):
			if !slices.Contains(c.kept.Gone, top) { // another recipient's, kept with the packets of its root
				c.kept.Gone = append(c.kept.Gone, top)
			}
			return nil
		case deep && ours:
			if !slices.Contains(c.kept.Others, top) {
				c.kept.Others = append(c.kept.Others, top)
			}
			if slices.Contains(c.older.Printed, slashed) {
				c.fresh.Printed = append(c.fresh.Printed, slashed)
			}
		case ours:
			return nil // the guide of the time before
		}
		return c.take(path, slashed, sum, ours)
	})
	return err
}

// carrySince says since when papers of each recipient say what they say: those
// that are made again of the same case, and those that stay, since before.
func (c carrier) carrySince() {
	for _, top := range c.built {
		c.fresh.Since[top] = c.now.Format(time.DateOnly)
		c.fresh.Told[top] = c.toldNow(top)
	}
	if !c.known || c.older.stale(*c.fresh) {
		return
	}
	keep := func(older, fresh map[string]string) {
		for top, first := range older {
			if _, again := c.built[Unnumbered(top)]; !again && !c.gone(top) {
				fresh[top] = first
			}
		}
	}
	keep(c.older.Supplements, c.fresh.Supplements)
	keep(c.older.Beside, c.fresh.Beside)
	for top, day := range c.older.Since {
		now, again := c.built[Unnumbered(top)]
		switch {
		case c.gone(top):
		case !again:
			c.fresh.Since[top], c.fresh.Told[top] = day, c.toldBefore(top)
		case c.toldBefore(top).same(c.toldNow(top)):
			c.fresh.Since[now] = day
		}
	}
}

// EditedMark begins what stands behind the name of a paper that the person changed, once
// the program has made it anew: it lies beside the new one, and is not handed in.
const EditedMark = "（您改过的，"

// take copies one file to its new place, unless the same stands there. A new
// paper of that name stays as it is, and the old one gets a name that says so.
func (c carrier) take(path, slashed, sum string, ours bool) error {
	fresh, taken := c.fresh.Files[slashed]
	if taken && (fresh == sum || ours || !c.known) {
		return nil // of an unknown packet every paper looks changed; all of it is kept aside
	}
	if taken {
		ext := filepath.Ext(slashed)
		base := strings.TrimSuffix(slashed, ext) + EditedMark + c.now.Format(time.DateOnly)
		for n := 1; taken; n++ {
			slashed = base + "）" + ext
			if n > 1 {
				slashed = fmt.Sprintf("%s-%d）%s", base, n, ext)
			}
			// One that was put aside before, and is taken over later, has its name.
			_, err := os.Lstat(filepath.Join(c.to, filepath.FromSlash(slashed)))
			_, before := os.Lstat(filepath.Join(c.from, filepath.Dir(path), filepath.Base(slashed)))
			taken = err == nil || before == nil
		}
	}
	to := filepath.Join(c.to, filepath.FromSlash(slashed))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := copyFile(filepath.Join(c.from, path), to); err != nil {
		return err
	}
	if ours {
		c.fresh.Files[slashed] = sum
		return nil
	}
	if !strings.HasPrefix(filepath.Base(slashed), ".") { // .DS_Store and the like are nobody's
		c.kept.Files = append(c.kept.Files, slashed)
	}
	return nil
}

// Unnumbered is a recipient's folder without their number, which may be another
// next time; ten and more have one of two digits.
func Unnumbered(folder string) string {
	n, rest, ok := strings.Cut(folder, "-")
	if _, err := strconv.ParseUint(n, 10, 8); !ok || err != nil {
		return folder
	}
	return rest
}

// files goes through the regular files below a folder, by their path in it;
// none where there is no folder. Links and the like are passed over: they stay
// where the folder is kept.
func files(dir string, do func(path string) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		return cmp.Or(err, do(rel))
	})
}

// SumOf is the SHA-256 of a file, in hex.
func SumOf(path string) (string, error) { return sha256Of(path) }

func sha256Of(path string) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// copyFile copies with the time of the file, and synced: the one it is from
// may be deleted.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = cmp.Or(err, out.Sync()); err != nil {
		out.Close()
		return err
	}
	return cmp.Or(out.Close(), os.Chtimes(to, info.ModTime(), info.ModTime()))
}

// readMade reads the list of what the program made; not ok where there is
// none, as in packets of an earlier release, or where it cannot be read: then
// nothing is taken for the program's own.
func readMade(dir string) (made, bool) {
	data, err := readRegular(filepath.Join(dir, MadeFile))
	if err != nil {
		return made{}, false
	}
	var m made
	if json.Unmarshal(data, &m) != nil || m.Files == nil {
		return made{}, false
	}
	return m, true
}

func writeMade(dir string, m made) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return disk.Replace(filepath.Join(dir, MadeFile), append(data, '\n'), 0o600)
}
