package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence/bag"
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
	data, err := os.ReadFile(b.folder.Path(BundleDir, bag.SealDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// Vouch puts a file under seal/, notes the event after the seal, and packs the
// zip anew. The same file again is no new event.
func (b *SealedBundle) Vouch(ctx context.Context, name string, data []byte, event, detail string, now time.Time) error {
	old, err := b.Vouching(name)
	if err != nil {
		return fmt.Errorf("read seal/%s: %w", name, err)
	}
	if old == nil || !bytes.Equal(old, data) {
		if err := b.put(name, data); err != nil {
			return err
		}
		if err := b.Note(event, detail, now); err != nil {
			return err
		}
	}
	return b.folder.pack(b.time) // also where a run that was stopped had not come to it
}

func (b *SealedBundle) put(name string, data []byte) error {
	if err := os.MkdirAll(b.folder.Path(BundleDir, bag.SealDir), 0o755); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	if err := replaceFile(b.folder.Path(BundleDir, bag.SealDir, name), data, 0o644); err != nil {
		return fmt.Errorf("write seal/%s: %w", name, err)
	}
	return nil
}

// Note appends an event to seal/after.jsonl, the custody after the seal. Its
// first record is tied to the root; who holds the folder can cut its tail
// unseen, so its head belongs on the slip of each handover.
func (b *SealedBundle) Note(event, detail string, now time.Time) error {
	after, err := b.Vouching(bag.SealAfter)
	if err != nil {
		return fmt.Errorf("custody after the seal: %w", err)
	}
	if n := bytes.LastIndexByte(after, '\n'); n+1 < len(after) {
		after = after[:n+1] // a crash cut the last record short; it was never whole
	}
	line, err := bag.NextAfter(after, b.Root, event, detail, actor, b.folder.tool, now)
	if err != nil {
		return fmt.Errorf("custody after the seal: %w", err)
	}
	return b.put(bag.SealAfter, append(after, line...))
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

// carrySeal copies what vouches for a root into a bundle that was made again
// with that root.
func (f *Folder) carrySeal(from string) error {
	for _, name := range []string{bag.SealQuery, bag.SealReply, bag.SealChain, bag.SealSignature, bag.SealMinisign, bag.SealSigners, bag.SealAfter} {
		data, err := os.ReadFile(filepath.Join(from, BundleDir, bag.SealDir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = (&SealedBundle{folder: f}).put(name, data)
		}
		if err != nil {
			return fmt.Errorf("keep seal/%s: %w", name, err)
		}
	}
	return nil
}
