package folder

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/bag"
	"juzheng/evidence/bag/timestamp"
	"juzheng/evidence/disk"
)

// ErrNotSealed reports a case that has no bundle yet.
var ErrNotSealed = errors.New("the case has no sealed bundle")

// A SealedBundle is the bundle that stands in a case, found intact: what is
// put beside its root, to vouch for it, goes under seal/ and changes no root.
type SealedBundle struct {
	Root     bag.Root
	Document []byte // the root document, over which signatures and time-stamps are made
	Current  bool   // it was made from the case as it is now

	folder *Folder
	time   time.Time // of the seal
}

// Sealed opens the bundle of a case and reads all of it, for what is put
// beside a root is worth what the bundle is worth. The errors are
// [ErrNotSealed] and [ErrBundleAltered].
func (f *Folder) Sealed(ctx context.Context) (*SealedBundle, error) {
	root, how, err := f.standing(ctx)
	switch {
	case err != nil:
		return nil, err
	case how == absent:
		return nil, ErrNotSealed
	case how == damaged:
		return nil, ErrBundleAltered
	}
	document, err := os.ReadFile(f.Path(BundleDir, bag.RootName))
	if err != nil {
		return nil, fmt.Errorf("read the root document: %w", err)
	}
	last, _, err := f.LastSeal()
	if err != nil {
		return nil, err
	}
	_, current, err := f.Current()
	if err != nil {
		return nil, err
	}
	return &SealedBundle{Root: root, Document: document, Current: current, folder: f, time: last.Time}, nil
}

// ErrBundleAltered reports a bundle that is not what was sealed.
var ErrBundleAltered = errors.New("the bundle is not what was sealed")

// Vouching returns a file under seal/; nil if there is none.
func (b *SealedBundle) Vouching(name string) ([]byte, error) {
	data, err := readRegular(b.folder.Path(BundleDir, bag.SealDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// Vouch puts a file under seal/, notes the event after the seal, and packs the
// zip anew. A file it takes the place of is kept under superseded/. The same
// file again is no new event; a run that was stopped in between is caught up
// with.
func (b *SealedBundle) Vouch(ctx context.Context, name string, data []byte, event, detail string, now time.Time) error {
	old, err := b.Vouching(name)
	if err != nil {
		return fmt.Errorf("read seal/%s: %w", name, err)
	}
	if old == nil || !bytes.Equal(old, data) {
		if old != nil {
			if err := b.keepAside(name, old); err != nil {
				return err
			}
		}
		if err := b.put(name, data); err != nil {
			return err
		}
	}
	sum := sha256.Sum256(data)
	detail = fmt.Sprintf("%s file=%s sha256=%x", detail, name, sum)
	noted, err := b.noted(event, " file="+name+" ", detail)
	if err != nil {
		return err
	}
	if !noted {
		if err := b.note(event, detail, now); err != nil {
			return err
		}
	}
	return b.folder.pack(b.time)
}

// noted reports whether the last record of an event about a file says detail.
func (b *SealedBundle) noted(event, about, detail string) (bool, error) {
	after, err := b.Vouching(bag.SealAfter)
	if err != nil {
		return false, fmt.Errorf("custody after the seal: %w", err)
	}
	last := ""
	records, _ := bag.CheckAfter(after, b.Root)
	for _, r := range records {
		if r.Event == event && strings.Contains(r.Detail+" ", about) {
			last = r.Detail
		}
	}
	return last == detail, nil
}

func (b *SealedBundle) put(name string, data []byte) error {
	if err := os.MkdirAll(b.folder.Path(BundleDir, bag.SealDir), 0o700); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	if err := disk.Replace(b.folder.Path(BundleDir, bag.SealDir, name), data, 0o600); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	return nil
}

// keepAside keeps what gives way under seal/: superseded/ROOT16-seal/.
func (b *SealedBundle) keepAside(name string, data []byte) error {
	dir := b.folder.Path(SupersededDir, b.Root.SHA256[:16]+"-seal")
	err := os.MkdirAll(dir, 0o700)
	for n := 1; err == nil; n++ {
		to := filepath.Join(dir, name)
		if n > 1 {
			to = filepath.Join(dir, fmt.Sprintf("%d-%s", n, name))
		}
		if there, rerr := os.ReadFile(to); rerr == nil && bytes.Equal(there, data) {
			return nil // kept by a run that was stopped
		}
		if err = disk.WriteNew(to, data, 0o600); err == nil {
			return disk.SyncDir(dir)
		}
		if errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	return fmt.Errorf("keep the older seal/%s: %w", name, err)
}

// Note appends an event to seal/after.jsonl, the custody after the seal, and
// packs the zip anew. The first record is tied to the root; who holds the
// folder can cut the tail unseen, so its head belongs on the slip of each
// handover.
func (b *SealedBundle) Note(event, detail string, now time.Time) error {
	if err := b.note(event, detail, now); err != nil {
		return err
	}
	return b.folder.pack(b.time)
}

func (b *SealedBundle) note(event, detail string, now time.Time) error {
	after, err := b.Vouching(bag.SealAfter)
	if err != nil {
		return fmt.Errorf("custody after the seal: %w", err)
	}
	if !soundAfter(after, b.Root) {
		// A log that somebody changed proves nothing; it is kept as it is, and
		// the next one begins with the root again and says so.
		if err := b.keepAside(bag.SealAfter, after); err != nil {
			return err
		}
		line, err := bag.NextAfter(nil, b.Root, "note",
			fmt.Sprintf("an earlier log after the seal did not hold and was kept aside sha256=%x",
				sha256.Sum256(after)), actor, b.folder.tool, now)
		if err != nil {
			return fmt.Errorf("custody after the seal: %w", err)
		}
		after = line
	}
	line, err := bag.NextAfter(after, b.Root, event, detail, actor, b.folder.tool, now)
	if err != nil {
		return fmt.Errorf("custody after the seal: %w", err)
	}
	return b.put(bag.SealAfter, append(after, line...))
}

// soundAfter reports whether a log after the seal can be continued.
func soundAfter(after []byte, root bag.Root) bool {
	_, problems := bag.CheckAfter(after, root)
	return !slices.ContainsFunc(problems, func(p bag.Problem) bool { return p.Severity == bag.Altered })
}

// AfterHead is the SHA-256 of the last record after the seal and the number
// of records; empty and 0 if there is none.
func (b *SealedBundle) AfterHead() (string, int, error) {
	after, err := b.Vouching(bag.SealAfter)
	if err != nil || len(after) == 0 {
		return "", 0, err
	}
	head, n := bag.CustodyHead(after)
	return head, n, nil
}

// Stamp is what the time-stamp beside the root says, if there is one that is
// sound: over this root, with a good signature. Without trust roots nobody
// judges its authority here.
func (f *Folder) Stamp(now time.Time) (timestamp.Result, bool) {
	read := func(name ...string) []byte {
		data, err := readRegular(f.Path(append([]string{BundleDir}, name...)...))
		if err != nil {
			return nil
		}
		return data
	}
	reply := read(bag.SealDir, bag.SealReply)
	if reply == nil {
		return timestamp.Result{}, false
	}
	r, err := timestamp.Check(reply, read(bag.SealDir, bag.SealQuery), read(bag.RootName), timestamp.Trust{}, now)
	return r, err == nil && (r.State.Proven() || r.State == timestamp.Untrusted)
}

// sealFiles are what is carried along with a root.
var sealFiles = []string{bag.SealQuery, bag.SealReply, bag.SealChain, bag.SealSignature, bag.SealMinisign,
	bag.SealSigners, bag.SealAfter}

// carrySeal gives a bundle that was made again, and so has no seal/ yet, what
// vouches for its root: from the damaged one with the same root that was set
// aside last. All of it comes in one rename, so a run that is stopped leaves
// it to the next.
func (f *Folder) carrySeal(root bag.Root) error {
	to := f.Path(BundleDir, bag.SealDir)
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	from := ""
	for n := 1; ; n++ {
		dir := f.Path(SupersededDir, root.SHA256[:16]+"-damaged")
		if n > 1 {
			dir += fmt.Sprintf("-%d", n)
		}
		if _, err := os.Lstat(dir); err != nil {
			break
		}
		if _, err := os.Lstat(filepath.Join(dir, BundleDir, bag.SealDir)); err == nil {
			from = filepath.Join(dir, BundleDir, bag.SealDir)
		}
	}
	if from == "" {
		return nil
	}
	aside, err := os.MkdirTemp(f.dir, ".seal-*.partial")
	if err != nil {
		return fmt.Errorf("keep what vouches for the root: %w", err)
	}
	defer os.RemoveAll(aside) // does nothing after the rename
	for _, name := range sealFiles {
		data, err := readRegular(filepath.Join(from, name))
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && name == bag.SealAfter && !soundAfter(data, root):
			continue // a broken log stays where it is
		case err == nil:
			err = disk.WriteNew(filepath.Join(aside, name), data, 0o600)
		}
		if err != nil {
			return fmt.Errorf("keep seal/%s: %w", name, err)
		}
	}
	if err := os.Rename(aside, to); err != nil {
		return fmt.Errorf("keep what vouches for the root: %w", err)
	}
	return disk.SyncDir(f.Path(BundleDir))
}

// readRegular reads a file that is no link and no pipe.
func readRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
