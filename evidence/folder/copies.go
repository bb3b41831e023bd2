package folder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/bag"
)

// An Outgoing says what is copied out of a bundle, and for whom.
type Outgoing struct {
	Dst  string // folder, or zip if Zip; must not exist
	Zip  bool
	For  string   // for the record of the export; empty: not said
	Keep []string // numbers of the exhibits that go along; nil: all
}

// An UnknownExhibitError reports an exhibit that the bundle does not hold.
type UnknownExhibitError struct{ Number string }

func (e *UnknownExhibitError) Error() string { return "the bundle holds no exhibit " + e.Number }

// ErrInsideCase reports a copy that was to be made inside the bundle itself.
var ErrInsideCase = errors.New("a copy cannot be made inside the bundle")

// Files are the exhibits in the bundle, in their order.
func (b *SealedBundle) Files() ([]bag.Entry, error) {
	return bag.Entries(b.folder.Path(BundleDir))
}

// Export notes the export and then makes the copy, so that the copy holds the
// record of its own making; a copy that fails is noted as well. It returns
// the entries that were left out. The errors are an [UnknownExhibitError],
// [ErrInsideCase], fs.ErrExist, or of the disk.
func (b *SealedBundle) Export(ctx context.Context, c Outgoing, now time.Time) (left []bag.Entry, err error) {
	if left, err = b.LeftOut(c); err != nil {
		return nil, err
	}
	withheld := make([]string, len(left))
	for i, e := range left {
		withheld[i] = e.Path
	}
	detail := "name=" + oneWord(filepath.Base(c.Dst)) + " " + bag.WithheldNote(withheld)
	if c.For != "" {
		detail = "to=" + oneWord(c.For) + " " + detail
	}
	if err := b.Note(bag.EventExport, detail, now); err != nil {
		return nil, err
	}
	if c.Zip {
		err = bag.WriteZipCopy(ctx, c.Dst, b.folder.Path(BundleDir), withheld, b.Root.SHA256, b.time)
	} else {
		err = bag.WriteCopy(ctx, c.Dst, b.folder.Path(BundleDir), withheld, b.Root.SHA256)
	}
	if err != nil {
		return nil, errors.Join(err, b.Note("note", "the export above was not completed", now))
	}
	return left, nil
}

// LeftOut are the entries that a copy will lack; the errors are what would
// keep [SealedBundle.Export] from making it.
func (b *SealedBundle) LeftOut(c Outgoing) ([]bag.Entry, error) {
	if _, err := os.Lstat(c.Dst); !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", c.Dst, cmp.Or(err, os.ErrExist))
	}
	if _, err := os.Stat(filepath.Dir(c.Dst)); err != nil {
		return nil, err
	}
	if err := b.outside(c.Dst); err != nil {
		return nil, err
	}
	return b.leftOut(c.Keep)
}

func (b *SealedBundle) leftOut(keep []string) ([]bag.Entry, error) {
	if keep == nil {
		return nil, nil
	}
	files, err := b.Files()
	if err != nil {
		return nil, err
	}
	for _, number := range keep {
		if !slices.ContainsFunc(files, func(e bag.Entry) bool { return e.Number == number }) {
			return nil, &UnknownExhibitError{number}
		}
	}
	return slices.DeleteFunc(files, func(e bag.Entry) bool { return slices.Contains(keep, e.Number) }), nil
}

// outside refuses a place inside the bundle: an added file would be a change.
func (b *SealedBundle) outside(dst string) error {
	bundle, err := filepath.Abs(b.folder.Path(BundleDir))
	if err != nil {
		return err
	}
	if bundle, err = filepath.EvalSymlinks(bundle); err != nil {
		return err
	}
	parent, err := filepath.Abs(filepath.Dir(dst))
	if err != nil {
		return err
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return err
	}
	if rel, err := filepath.Rel(bundle, parent); err == nil && filepath.IsLocal(rel) {
		return ErrInsideCase
	}
	return nil
}

// Handover notes that a copy is handed to somebody, and returns head and
// count of the log after the seal, for the slip.
func (b *SealedBundle) Handover(receiver, what string, now time.Time) (head string, count int, err error) {
	detail := "to=" + oneWord(receiver)
	if what != "" {
		detail += " copy=" + oneWord(what)
	}
	if err := b.Note(bag.EventHandover, detail, now); err != nil {
		return "", 0, err
	}
	return b.AfterHead()
}

// oneWord makes one word of a name, for the parts of a record's detail are
// divided by blanks.
func oneWord(s string) string { return strings.Join(strings.Fields(s), "_") }
