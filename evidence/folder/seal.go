package folder

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// A Sealed is what the custody log says of the last seal.
type Sealed struct {
	Time       time.Time
	State      string // sum over case.toml, timeline.csv and the register at the time
	Supersedes string // SHA-256 of the root document of the bundle before; empty if there was none
	Tool       string // program and version that sealed
	Root       string // SHA-256 of the root document of the bundle made; empty until it stands
	Lines      int    // of the list, of format 2; 0: the seal is of format 1
}

// StateSum is a SHA-256 over what a seal of format 1 is made from: case.toml,
// timeline.csv and exhibits.jsonl. It changes when the case moves on.
func (f *Folder) StateSum() (string, error) { return f.stateSum(nil, nil) }

func (f *Folder) stateSum(about func(number string) bool, ofCase func([]byte) []byte) (string, error) {
	h := sha256.New()
	for _, name := range []string{CaseFile, TimelineFile, RegisterFile} {
		data, err := os.ReadFile(f.Path(name))
		if name == TimelineFile {
			data, err = f.readTimeline()
		}
		if err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
		if name == RegisterFile && about != nil {
			data = linesOf(data, about)
		}
		if name == CaseFile && ofCase != nil {
			data = ofCase(data)
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// stateOf is a SHA-256 over what a seal of format 2 is made from: the list and
// timeline.csv. What else the case holds is no evidence.
func (f *Folder) stateOf(list commit.List) (string, error) {
	timeline, err := f.readTimeline()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, text := range [][]byte{list.Text(), timeline} {
		fmt.Fprintf(h, "format 2 %d\n", len(text))
		h.Write(text)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// LastSeal reads the last seal from the custody log; the zero Sealed if there
// is none. Log is the log up to and with its record.
func (f *Folder) LastSeal() (s Sealed, log []byte, err error) {
	data, err := f.Custody()
	if err != nil {
		return Sealed{}, nil, err
	}
	end := 0
	for at, n := 0, 1; ; n++ {
		line, _, whole := bytes.Cut(data[at:], []byte("\n"))
		if !whole {
			break
		}
		at += len(line) + 1
		var r bag.Record
		if err := json.Unmarshal(line, &r); err != nil {
			return Sealed{}, nil, damagedLine(CustodyFile, n)
		}
		if r.Event == "note" && end > 0 {
			if made, ok := strings.CutPrefix(r.Detail, "root="); ok {
				s.Root = made
			}
		}
		if r.Event != "seal" {
			continue
		}
		t, err := time.Parse(time.RFC3339, r.Time)
		if err != nil {
			return Sealed{}, nil, damagedLine(CustodyFile, n)
		}
		s, end = Sealed{Time: t, Tool: strings.TrimSuffix(r.Tool, bag.GivenDate)}, at
		for _, part := range strings.Fields(r.Detail) {
			key, value, _ := strings.Cut(part, "=")
			switch key {
			case "state":
				s.State = value
			case "supersedes":
				s.Supersedes = value
			case "lines":
				s.Lines, _ = strconv.Atoi(value) // a seal of format 2 has a number here
			}
		}
	}
	return s, data[:end], nil
}

// Current reports whether a bundle stands there that was made from the
// evidence as it is now, and returns its root.
func (f *Folder) Current() (bag.Root, bool, error) {
	last, _, err := f.LastSeal()
	if err != nil {
		return bag.Root{}, false, err
	}
	state, err := f.StateSum()
	if last.Lines > 0 {
		var g growth
		if g, err = f.grown(); err == nil {
			state, err = f.stateOf(g.list)
		}
	}
	if bad := (LineErrors)(nil); errors.As(err, &bad) {
		return bag.Root{}, false, nil // mistakes were made in a file since
	}
	if err != nil || last.State != state {
		return bag.Root{}, false, err
	}
	root, err := bag.ReadRoot(f.Path(BundleDir))
	if err != nil {
		return bag.Root{}, false, nil // not finished, or taken away: the next seal makes it again
	}
	return root, !last.older(root), nil
}

// older reports a bundle that the last seal took the place of: that seal's run
// was stopped.
func (s Sealed) older(root bag.Root) bool {
	return root.Copy.SHA256 == s.Supersedes || s.Root != "" && root.Copy.SHA256 != s.Root
}

// Seal makes the bundle and its zip, of format 2, and lets the list of
// commitments grow by what was added. A case whose evidence has not changed
// since its last seal keeps that seal: the same bundle, made again byte for
// byte if it is gone or damaged. A changed one gets a new seal; the older
// bundle moves to superseded/. So does a case whose bundle is gone and was made
// by another version of the program, which would make other bytes, and a case
// whose last seal is of format 1.
//
// What could forbid a seal is checked before anything is written. Then come the
// openings, the list, and the custody record, which is part of what is sealed;
// so a crash at any point after it is mended by the next run: it finds the
// record, moves the bundle away that the record calls superseded, and makes the
// new one. When the bundle stands, a note behind the seal holds the digest of
// its root document, so that the next seal can name it even if somebody took
// the bundle away.
func (f *Folder) Seal(ctx context.Context, now time.Time) (root bag.Root, fresh bool, err error) {
	if err := f.heal(now); err != nil {
		return root, false, err
	}
	g, err := f.grown()
	if err != nil {
		return root, false, fmt.Errorf("seal the bundle: %w", err)
	}
	state, err := f.stateOf(g.list)
	if err != nil {
		return root, false, err
	}
	last, log, err := f.LastSeal()
	if err != nil {
		return root, false, err
	}
	standing, how, err := f.standing(ctx)
	if err != nil {
		return root, false, err
	}
	if last.State != state || how != whole && last.Tool != f.software() {
		if err := f.sealable(ctx); err != nil {
			return root, false, fmt.Errorf("seal the bundle: %w", err)
		}
		if err := f.store(g); err != nil {
			return root, false, fmt.Errorf("seal the bundle: %w", err)
		}
		detail := fmt.Sprintf("state=%s lines=%d", state, g.list.Len())
		if older := cmp.Or(standing.Copy.SHA256, last.Root, last.Supersedes); older != "" {
			detail += " supersedes=" + older
			detail += f.closing(standing)
		}
		if err := f.Note("seal", detail, now); err != nil {
			return root, false, err
		}
		if last, log, err = f.LastSeal(); err != nil {
			return root, false, err
		}
		fresh = true
	} else if err := errors.Join(f.store(g), f.CheckExhibits(ctx)); err != nil {
		// Papers are drawn from the stored files, and print what is sealed.
		return root, false, fmt.Errorf("seal the bundle: %w", err)
	}
	root = standing
	if how != whole || last.older(standing) {
		if err := f.setAside(standing.Copy.SHA256, how); err != nil {
			return root, false, err
		}
		if root, err = f.writeBundle(g, last, bytes.Count(log, []byte("\n"))); err != nil {
			return root, false, fmt.Errorf("seal the bundle: %w", err)
		}
	}
	if err := f.bringSeal(); err != nil {
		return root, false, err
	}
	if last.Root != root.Copy.SHA256 {
		if err := f.Note("note", "root="+root.Copy.SHA256, now); err != nil {
			return root, false, err
		}
	}
	return root, fresh, f.writeZip(ctx, root.Copy.SHA256, last.Time)
}

// closing says in a new seal's record where the log after the older seal
// ends: from then on its tail cannot be cut unseen either.
func (f *Folder) closing(older bag.Root) string {
	if older.Format == 2 {
		return "" // its log is that of the case
	}
	after, err := readRegular(f.Path(BundleDir, bag.SealDir, bag.SealAfter))
	if err != nil || len(after) == 0 || !soundAfter(after, older) {
		return ""
	}
	head, n := bag.CustodyHead(after)
	return fmt.Sprintf(" after=%s:%d", head, n)
}

// A condition is how the bundle that stands in the case folder is.
type condition int

const (
	absent condition = iota
	whole
	damaged
)

// standing looks at the bundle that is there. It is read to the end, for
// letters that print its root are worth what the bundle is worth.
func (f *Folder) standing(ctx context.Context) (bag.Root, condition, error) {
	if _, err := os.Lstat(f.Path(BundleDir)); errors.Is(err, fs.ErrNotExist) {
		return bag.Root{}, absent, nil
	}
	root, err := bag.ReadRoot(f.Path(BundleDir))
	if err != nil {
		return bag.Root{}, damaged, nil // without its root document it is no bundle any more
	}
	ok, err := intact(ctx, f.Path(BundleDir), root)
	if err != nil || ok {
		return root, whole, err
	}
	return root, damaged, nil
}

// intact reports whether the bundle at path is whole and has that root. What
// stands in seal/ is outside the root: it may be unsound, or beyond our
// readers, and the content whole.
func intact(ctx context.Context, path string, root bag.Root) (bool, error) {
	opt := bag.Options{Expect: root.SHA256}
	if root.Format == 2 {
		opt = bag.Options{ExpectCopy: root.Copy.SHA256}
	}
	r, err := bag.Verify(ctx, path, opt)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return err == nil && r.Root.Copy.SHA256 == root.Copy.SHA256 && r.Counts.Withheld == 0 && contentWhole(r), nil
}

func contentWhole(r *bag.Result) bool {
	return !slices.ContainsFunc(r.Problems, func(p bag.Problem) bool {
		bad := p.Severity == bag.Refused || p.Severity == bag.Altered || p.Severity == bag.Unchecked ||
			p.Severity == bag.Incomplete
		return bad && !strings.HasPrefix(p.Path, bag.SealDir+"/")
	})
}

// sealable checks what would make a seal fail half-way: a case with mistakes,
// a spoilt or missing exhibit.
func (f *Folder) sealable(ctx context.Context) error {
	if _, err := f.ReadCase(); err != nil {
		return err
	}
	return f.CheckExhibits(ctx)
}

// damagedMark is in the name under which a damaged bundle is kept.
const damagedMark = "-damaged"

// DamagedBundles are the folders, below the case folder, in which bundles are
// kept that were changed or had other files put into them.
func (f *Folder) DamagedBundles() ([]string, error) {
	kept, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(SupersededDir)), "*"+damagedMark+"*", BundleDir))
	for n, path := range kept {
		kept[n] = SupersededDir + "/" + filepath.Base(filepath.Dir(path)) + "/" + BundleDir
	}
	return kept, err
}

// setAside moves what stands in the place of the bundle out of the way and
// keeps it: an older seal under its root, a damaged one under a name that
// says so.
func (f *Folder) setAside(root string, how condition) error {
	if how == absent {
		return nil
	}
	name := "unreadable"
	if root != "" {
		name = root[:16]
	}
	if how == damaged {
		name += damagedMark
	}
	dir := f.Path(SupersededDir, name)
	for n := 2; ; n++ { // never onto one that is kept already
		if _, err := os.Lstat(filepath.Join(dir, BundleDir)); errors.Is(err, fs.ErrNotExist) {
			break
		}
		dir = f.Path(SupersededDir, fmt.Sprintf("%s-%d", name, n))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keep the older bundle: %w", err)
	}
	moving := []string{BundleZip, BundleDir}
	if how == damaged {
		moving = moving[1:] // the zip may be whole still
	}
	for _, name := range moving {
		err := disk.Rename(f.Path(name), filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keep the older bundle: %w", err)
		}
	}
	return disk.SyncDir(f.dir)
}

// writeBundle makes the bundle of a seal, which tells the records up to its
// own.
func (f *Folder) writeBundle(g growth, s Sealed, records int) (bag.Root, error) {
	c, err := f.wholeCopy(g, s.Time, records, 0)
	if err != nil {
		return bag.Root{}, err
	}
	root, err := bag.WriteEvidence(f.Path(BundleDir), c)
	if sum := (*bag.SumError)(nil); errors.As(err, &sum) { // it was changed since it was checked
		if exhibits, listed := f.inEvidence(); listed == nil {
			for _, x := range exhibits {
				if "data/"+x.File == sum.Path {
					err = &DigestError{Exhibit: x.Number, File: x.File, Want: x.SHA256, Got: sum.Got.SHA256}
				}
			}
		}
	}
	return root, err
}

// CheckExhibits compares the stored bytes with the register and reports the first
// exhibit whose file is not the one that was admitted, by both digests: a
// [DigestError]. So before anything is sealed a spoilt copy is named, and not sealed
// in. What is left out may be gone: no paper is drawn from it.
func (f *Folder) CheckExhibits(ctx context.Context) error {
	exhibits, err := f.inEvidence()
	if err != nil {
		return err
	}
	var files []bag.SumFile
	for _, x := range exhibits {
		files = append(files, bag.SumFile{Size: x.Size, Open: func() (io.ReadCloser, error) { return f.OpenExhibit(x) }})
	}
	sums, err := bag.SumFiles(ctx, files)
	if err != nil {
		return err
	}
	for n, x := range exhibits {
		switch got, bad := sums[n], (*DigestError)(nil); {
		case errors.As(got.Err, &bad):
			return bad
		case got.Err != nil:
			return fmt.Errorf("check exhibit %s: %w", x.Number, got.Err)
		case got.Sums != x.Sums:
			return &DigestError{Exhibit: x.Number, File: x.File, Want: x.SHA256, Got: got.SHA256}
		}
	}
	return nil
}

// entryOf is what evidence.json says of an exhibit: each time with its source.
func entryOf(x evidence.Exhibit) bag.Entry {
	e := bag.Entry{
		Path: "data/" + x.File, Number: x.Number, Kind: string(x.Kind), MediaType: x.MediaType,
		OriginalName: x.OriginalName, OriginalNameHex: x.NameHex, Size: x.Size, Sums: x.Sums,
	}
	if x.Captured.Time != "" {
		source := x.Captured.Source
		if x.Captured.Device {
			source += ", device clock without zone, taken as +08:00"
		}
		e.Times = append(e.Times, bag.EntryTime{What: "captured", Time: x.Captured.Time, Source: source})
	}
	added := "clock of this computer"
	if x.AddedGiven {
		added = "given to the program"
	}
	e.Times = append(e.Times,
		bag.EntryTime{What: "modified", Time: x.Modified.Format(time.RFC3339), Source: "file system of the source"},
		bag.EntryTime{What: "added", Time: x.Added.Format(time.RFC3339), Source: added})
	return e
}

// writeZip packs the bundle, unless a whole zip of that root stands there
// already. A whole zip of another root is an older seal's and is kept.
func (f *Folder) writeZip(ctx context.Context, root string, t time.Time) error {
	path := f.Path(BundleZip)
	if _, err := os.Lstat(path); err == nil {
		r, err := bag.Verify(ctx, path, bag.Options{})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || !contentWhole(r):
			// damaged, and made again from the bundle
		case r.Root.Copy.SHA256 == root:
			same, err := bag.SameSeal(path, f.Path(BundleDir))
			if err == nil && same {
				return nil // else a run was stopped between seal/ and zip
			}
		case r.Root.Copy.SHA256 != "":
			dir := f.Path(SupersededDir, r.Root.Copy.SHA256[:16])
			err := os.MkdirAll(dir, 0o700)
			if err == nil {
				err = disk.Rename(path, filepath.Join(dir, BundleZip))
			}
			if err != nil {
				return fmt.Errorf("keep the older bundle: %w", err)
			}
		}
	}
	return f.pack(t)
}

// pack makes bundle.zip of the bundle as it stands, in place of any other.
func (f *Folder) pack(t time.Time) error {
	err := disk.Set([]string{f.Path(BundleZip)}, func(w []io.Writer) error {
		return bag.WriteZip(w[0], f.Path(BundleDir), t)
	})
	if err != nil {
		return fmt.Errorf("pack the bundle: %w", err)
	}
	return nil
}
