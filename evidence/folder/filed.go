package folder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// filedFile, in the folder of papers that were filed, says what they are.
const filedFile = ".filed.json"

// A Filing says that somebody handed in the papers of one recipient.
type Filing struct {
	To        string // as case.toml names it
	Recipient string // the recipient's folder below packet/, whatever its number
	Day       string // yyyy-mm-dd
}

// A FiledPacket is the papers of one recipient as they were filed: what stood
// in their folder then, with the scans and receipts the person had put there.
type FiledPacket struct {
	To     string            `json:"to"`
	Day    string            `json:"date"`
	Code   string            `json:"code"`  // SHA-256 of the code that the papers print
	Since  string            `json:"since"` // the day from which papers that say the same were made
	Files  map[string]string `json:"files"` // path, with slashes, -> SHA-256
	Folder string            `json:"-"`     // below the case folder
	// Covered says, of papers that were just kept, that they cover what is covered now.
	Covered bool `json:"-"`
	// TakenBack says that the filing they were kept for is none: it was entered by
	// mistake, and they belong to no other.
	TakenBack bool `json:"taken_back,omitempty"`
}

// KeptFor are the papers that were kept for what was handed in to somebody on a
// day.
func KeptFor(all []FiledPacket, to, day string) (FiledPacket, bool) {
	n := slices.IndexFunc(all, func(p FiledPacket) bool { return p.To == to && p.Day == day && !p.TakenBack })
	if n < 0 {
		return FiledPacket{}, false
	}
	return all[n], true
}

// EvidenceOf are the exhibits that a code was of: those of the evidence when papers that
// print it were made. It is not known of a code of format 1.
func (f *Folder) EvidenceOf(code string) (in []string, known bool, err error) {
	list, _, err := f.readList()
	if err != nil {
		return nil, false, err
	}
	k, known := list.Find(code)
	if !known {
		return nil, false, nil
	}
	in, _ = list.State(k)
	return in, true, nil
}

// Freeze keeps the papers that were filed, once for each filing: the newest of
// the recipient that were there on the day, among the packets that stand and
// those that were put aside. They are copied to filed/, read-only, and noted in
// the custody log. A filing that no papers of this case can be of, such as one
// from before the case, is passed over. The caller holds the lock, and calls
// this before it puts new packets in the place of the old.
func (f *Folder) Freeze(filings []Filing, covers Covers, now time.Time) ([]FiledPacket, error) {
	var frozen []FiledPacket
	for _, g := range filings {
		there, err := f.Filed()
		if err != nil {
			return frozen, err
		}
		p, kept := KeptFor(there, g.To, g.Day)
		if !kept {
			var ok bool
			if p, ok, err = f.freeze(g, covers); err != nil {
				return frozen, fmt.Errorf("keep what was filed: %w", err)
			}
			if !ok {
				continue
			}
			frozen = append(frozen, p)
		}
		if err := f.noteFiled(p, now); err != nil {
			return frozen, err
		}
	}
	return frozen, nil
}

// noteFiled notes papers that were filed in the custody log, unless it has them
// already: a run may have been stopped in between.
func (f *Folder) noteFiled(p FiledPacket, now time.Time) error {
	list, err := json.Marshal(p.Files)
	if err != nil {
		return err
	}
	detail := fmt.Sprintf("filed date=%s code=%s files=%x", p.Day, p.Code, sha256.Sum256(list))
	log, err := f.Custody()
	if err != nil || bytes.Contains(log, []byte(detail)) {
		return err
	}
	return f.Note("note", detail, now)
}

// freeze copies the papers of a filing. The copy is whole, with what it says of
// itself, before it has its name.
func (f *Folder) freeze(g Filing, covers Covers) (FiledPacket, bool, error) {
	source, ok, err := f.papersOf(g)
	if err != nil || !ok {
		return FiledPacket{}, false, err
	}
	p := FiledPacket{To: g.To, Day: g.Day, Code: source.code, Since: source.since, Files: map[string]string{},
		Covered: source.covers == covers.of(g.Recipient)}
	if err := os.MkdirAll(f.Path(FiledDir), 0o700); err != nil {
		return p, false, err
	}
	partial, err := os.MkdirTemp(f.dir, ".filed-*"+disk.Partial)
	if err != nil {
		return p, false, err
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	err = files(source.dir, func(path string) error {
		to := filepath.Join(partial, path)
		err := os.MkdirAll(filepath.Dir(to), 0o700)
		if err == nil {
			err = copyFile(filepath.Join(source.dir, path), to)
		}
		if err == nil {
			p.Files[filepath.ToSlash(path)], err = sha256Of(to)
		}
		return cmp.Or(err, os.Chmod(to, 0o400))
	})
	if err != nil {
		return p, false, err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return p, false, err
	}
	if err := disk.WriteNew(filepath.Join(partial, filedFile), append(data, '\n'), 0o400); err != nil {
		return p, false, err
	}
	if err := disk.SyncDir(partial); err != nil {
		return p, false, err
	}
	name := g.Day + "-" + codeName(p.Code) + "-" + g.Recipient
	for n := 1; ; n++ { // never onto one that is kept already
		p.Folder = FiledDir + "/" + name
		if n > 1 {
			p.Folder = fmt.Sprintf("%s-%d", p.Folder, n)
		}
		if _, err := os.Lstat(f.Path(p.Folder)); errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err := disk.Rename(partial, f.Path(p.Folder)); err != nil {
		return p, false, err
	}
	return p, true, disk.SyncDir(f.Path(FiledDir))
}

// papers are those of one recipient, in packets that stand or were put aside.
type papers struct {
	dir, code, since string
	covers           string
	weight           int // of two of one day the heavier are meant
}

// What gives papers weight.
const (
	ofStanding = 1 // they are where the person looks for them
	ofSigned   = 2 // with them lies the scan of the signed letter
)

// papersOf finds the papers that were filed: the newest that were there on the
// day. Of two of one day those are meant that were signed, then those that stand.
func (f *Folder) papersOf(g Filing) (papers, bool, error) {
	packets, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(SupersededDir)), "*", PacketDir+"*"))
	if err != nil {
		return papers{}, false, err
	}
	var best papers
	for _, dir := range append(packets, f.Path(PacketDir)) {
		p, ok, err := papersIn(dir, g.Recipient)
		if err != nil {
			return papers{}, false, err
		}
		if !ok || p.since > g.Day {
			continue
		}
		if dir == f.Path(PacketDir) {
			p.weight += ofStanding
		}
		later := cmp.Or(cmp.Compare(p.since, best.since), cmp.Compare(p.weight, best.weight))
		if best.dir == "" || later > 0 {
			best = p
		}
	}
	return best, best.dir != "", nil
}

// papersIn are the papers of a recipient in one folder of packets. Those that
// do not say when they were made are as old as the folder.
func papersIn(dir, recipient string) (p papers, ok bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	m, _ := readMade(dir)
	for _, e := range entries {
		if !e.IsDir() || Unnumbered(e.Name()) != recipient {
			continue
		}
		p = papers{dir: filepath.Join(dir, e.Name()), code: m.Root, since: m.Since[e.Name()],
			covers: m.Told[e.Name()].Covers}
		if p.since == "" {
			info, err := e.Info()
			if err != nil {
				return p, false, err
			}
			p.since = info.ModTime().In(evidence.Beijing).Format(time.DateOnly)
		}
		if slices.ContainsFunc(m.Scans, func(s string) bool { return strings.HasPrefix(s, e.Name()+"/") }) {
			p.weight = ofSigned
		}
		return p, true, nil
	}
	return p, false, nil
}

// Filed are the papers that were filed, oldest first.
func (f *Folder) Filed() ([]FiledPacket, error) {
	records, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(FiledDir)), "*", filedFile))
	if err != nil {
		return nil, err
	}
	slices.Sort(records) // by day, for their folders begin with it
	_, _, left, err := f.tracked()
	if err != nil {
		return nil, err
	}
	var out []FiledPacket
	for _, path := range records {
		data, err := readRegular(path)
		if err != nil {
			return nil, fmt.Errorf("read what was filed: %w", err)
		}
		p := FiledPacket{Folder: FiledDir + "/" + filepath.Base(filepath.Dir(path))}
		if err := json.Unmarshal(data, &p); err != nil {
			return nil, fmt.Errorf("read %s/%s: %w", p.Folder, filedFile, err)
		}
		p.TakenBack = slices.Contains(left, p.Folder)
		out = append(out, p)
	}
	return out, nil
}

// FiledChanges are the files of papers that were filed which are not there any
// more or are others now, and apart from them those that the person put there
// since. What a system puts into every folder is none of them.
func (f *Folder) FiledChanges(p FiledPacket) (changed, added []string, err error) {
	left := maps.Clone(p.Files)
	err = files(f.Path(p.Folder), func(path string) error {
		slashed := filepath.ToSlash(path)
		sum, err := sha256Of(f.Path(p.Folder, path))
		want, known := left[slashed]
		delete(left, slashed)
		beside := strings.HasPrefix(filepath.Base(path), ".") || strings.HasPrefix(filepath.Base(path), "~$")
		switch {
		case known && want != sum:
			changed = append(changed, slashed)
		case !known && !beside:
			added = append(added, slashed)
		}
		return err
	})
	changed = append(changed, slices.Collect(maps.Keys(left))...)
	slices.Sort(changed)
	slices.Sort(added)
	return changed, added, err
}

// codeName is how folders are named after a code.
func codeName(code string) string {
	if _, err := hex.DecodeString(code); err != nil || len(code) < 16 {
		return "unknown"
	}
	return code[:16]
}

// A Stock is what papers of one recipient there are.
type Stock struct {
	First    string // the day from which the oldest are there, yyyy-mm-dd
	Standing bool   // some lie where the person looks for them
	Signed   bool   // and with those the scan of the signed letter
}

// StockOf looks for papers of a recipient, in packets that stand or were put
// aside; there may be none.
func (f *Folder) StockOf(recipient string) (s Stock, any bool, err error) {
	packets, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(SupersededDir)), "*", PacketDir+"*"))
	if err != nil {
		return s, false, err
	}
	for _, dir := range append(packets, f.Path(PacketDir)) {
		p, ok, err := papersIn(dir, recipient)
		if err != nil {
			return s, false, err
		}
		if !ok {
			continue
		}
		if s.First == "" || p.since < s.First {
			s.First = p.since
		}
		if dir == f.Path(PacketDir) {
			s.Standing, s.Signed = true, p.weight == ofSigned
		}
		any = true
	}
	return s, any, nil
}
