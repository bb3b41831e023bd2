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
	Root    bag.Root
	Current bool // it was made from the evidence as it is now

	// What signatures and time-stamps are made over: the list of commitments,
	// of format 1 the root document; and what they are called in seal/.
	Document                []byte
	Over                    string // the name of the file that Document is
	Namespace               string
	Signature, Query, Reply string

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
	b := &SealedBundle{Root: root, Namespace: bag.RootNamespace, Signature: bag.SealSignature, Query: bag.SealQuery,
		Reply: bag.SealReply, folder: f}
	name := bag.RootName
	if root.Format == 2 {
		name, b.Namespace = listFile, bag.CodeNamespace
		b.Signature = bag.SealName(root.Lines, "sshsig")
		b.Query, b.Reply = bag.SealName(root.Lines, "tsq"), bag.SealName(root.Lines, "tsr")
	}
	b.Over = name
	if b.Document, err = os.ReadFile(f.Path(BundleDir, name)); err != nil {
		return nil, fmt.Errorf("read what is signed: %w", err)
	}
	last, _, err := f.LastSeal()
	if err != nil {
		return nil, err
	}
	b.time = last.Time
	_, b.Current, err = f.Current()
	return b, err
}

// ErrBundleAltered reports a bundle that is not what was sealed.
var ErrBundleAltered = errors.New("the bundle is not what was sealed")

// OverSignature is the bundle as it is time-stamped with its signature: what is
// stamped is the signature, which is over the list. False: it has none, or is of
// format 1.
func (b *SealedBundle) OverSignature() (*SealedBundle, bool, error) {
	signature, err := b.Vouching(b.Signature)
	if err != nil || signature == nil || b.Root.Format != 2 {
		return nil, false, err
	}
	s := *b
	s.Document, s.Over = signature, bag.SealDir+"/"+b.Signature
	s.Query, s.Reply = bag.SealName(b.Root.Lines, "sshsig.tsq"), bag.SealName(b.Root.Lines, "sshsig.tsr")
	return &s, true, nil
}

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
	var records []bag.Record
	if b.Root.Format == 2 {
		log, err := b.folder.Custody()
		if err != nil {
			return false, err
		}
		records, _ = bag.CheckCustody(log)
	} else {
		after, err := b.Vouching(bag.SealAfter)
		if err != nil {
			return false, fmt.Errorf("custody after the seal: %w", err)
		}
		records, _ = bag.CheckAfter(after, b.Root)
	}
	last := ""
	for _, r := range records {
		if r.Event == event && strings.Contains(r.Detail+" ", about) {
			last = r.Detail
		}
	}
	return last == detail, nil
}

func (b *SealedBundle) put(name string, data []byte) error {
	if b.Root.Format == 2 { // it is to be in every copy that is made from now on
		keep := b.folder.Path(CommitDir, vouchingFolder)
		err := os.MkdirAll(keep, 0o700)
		if err == nil {
			err = disk.Replace(filepath.Join(keep, name), data, 0o600)
		}
		if err != nil {
			return fmt.Errorf("keep seal/%s: %w", name, err)
		}
	}
	if err := os.MkdirAll(b.folder.Path(BundleDir, bag.SealDir), 0o700); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	// Beside the bundle, not in it: what a killed run left there would be a
	// stranger in seal/ until the next.
	f, err := disk.Aside(b.folder.Path(name))
	if err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	if _, err = f.Write(data); err == nil {
		err = f.Chmod(0o600)
	}
	if err := disk.Finish(f, b.folder.Path(BundleDir, bag.SealDir, name), err); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	return nil
}

// keepAside keeps what gives way under seal/: superseded/ROOT16-seal/.
func (b *SealedBundle) keepAside(name string, data []byte) error {
	dir := b.folder.Path(SupersededDir, b.Root.Copy.SHA256[:16]+"-seal")
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

// Note appends an event to the custody log. Of a bundle of format 1 it goes to
// seal/after.jsonl, the custody after the seal, and the zip is packed anew. The
// first record is tied to the root; who holds the
// folder can cut the tail unseen, so its head belongs on the slip of each
// handover.
func (b *SealedBundle) Note(event, detail string, now time.Time) error {
	if b.Root.Format == 2 {
		return b.folder.Note(event, detail, now)
	}
	if err := b.note(event, detail, now); err != nil {
		return err
	}
	return b.folder.pack(b.time)
}

func (b *SealedBundle) note(event, detail string, now time.Time) error {
	if b.Root.Format == 2 {
		return b.folder.Note(event, detail, now)
	}
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

// AfterHead is the head of the log in the bundle and the number of its records.
// Of format 1 it is that of the log after the seal; empty and 0 if there is none.
func (b *SealedBundle) AfterHead() (string, int, error) {
	if b.Root.Format == 2 {
		return b.Root.CustodyHead, b.Root.CustodyEntries, nil
	}
	after, err := b.Vouching(bag.SealAfter)
	if err != nil || len(after) == 0 {
		return "", 0, err
	}
	head, n := bag.CustodyHead(after)
	return head, n, nil
}

// Stamp is what the time-stamp beside the root says, if there is one that is
// sound: over this root, with a good signature. Without trust roots nobody
// judges its authority here. Name is where it lies in the bundle.
func (f *Folder) Stamp(now time.Time) (result timestamp.Result, name string, ok bool) {
	document, query, name := bag.RootName, bag.SealQuery, bag.SealReply
	if root, err := bag.ReadRoot(f.Path(BundleDir)); err == nil && root.Format == 2 {
		document, query, name = listFile, bag.SealName(root.Lines, "tsq"), bag.SealName(root.Lines, "tsr")
	}
	read := func(name ...string) []byte {
		data, err := readRegular(f.Path(append([]string{BundleDir}, name...)...))
		if err != nil {
			return nil
		}
		return data
	}
	reply := read(bag.SealDir, name)
	if reply == nil {
		return timestamp.Result{}, "", false
	}
	r, err := timestamp.Check(reply, read(bag.SealDir, query), read(document), timestamp.Trust{}, now)
	return r, name, err == nil && (r.State.Proven() || r.State == timestamp.Untrusted)
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
