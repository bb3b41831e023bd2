package folder

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
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
	Bare []string // of these, those whose record stays here: original name, times (format 2)
	// Sign signs the root document of the copy, of format 2; nil: it is not signed.
	Sign func(document []byte) ([]byte, error)
}

// A Copied is a copy that was made.
type Copied struct {
	Left []bag.Entry // left out
	Root bag.Root    // of the copy
}

// An UnknownExhibitError reports an exhibit that the bundle does not hold.
type UnknownExhibitError struct{ Number string }

func (e *UnknownExhibitError) Error() string { return "the bundle holds no exhibit " + e.Number }

// ErrInsideCase reports a copy that was to be made inside the bundle itself.
var ErrInsideCase = errors.New("a copy cannot be made inside the bundle")

// ErrRecordsOld reports a copy of a bundle of format 1 without some records: there
// one file has those of all.
var ErrRecordsOld = errors.New("a bundle of format 1 has no records of its own")

// Files are the exhibits in the bundle, in their order.
func (b *SealedBundle) Files() ([]bag.Entry, error) {
	return bag.Entries(b.folder.Path(BundleDir))
}

// Export notes the export and then makes the copy, so that the copy holds the
// record of its own making; a copy that fails is noted as well. The errors are
// an [UnknownExhibitError], [ErrInsideCase], fs.ErrExist, or of the disk.
func (b *SealedBundle) Export(ctx context.Context, c Outgoing, now time.Time) (Copied, error) {
	left, err := b.LeftOut(c)
	if err != nil {
		return Copied{}, err
	}
	made := Copied{left, b.Root}
	if b.Root.Format == 2 {
		made.Root, err = b.exportListed(ctx, c, left, now)
	} else {
		err = b.exportWithheld(ctx, c, left, now)
	}
	return made, err
}

// exportWithheld copies a bundle of format 1: what is left out is declared
// beside the root. The copy holds the record that it is about to be made; that
// it was, the log of the case says once it is whole.
func (b *SealedBundle) exportWithheld(ctx context.Context, c Outgoing, left []bag.Entry, now time.Time) (err error) {
	withheld := make([]string, len(left))
	for i, e := range left {
		withheld[i] = e.Path
	}
	detail := "name=" + oneWord(filepath.Base(c.Dst)) + " " + bag.WithheldNote(withheld)
	if c.For != "" {
		detail = "to=" + oneWord(c.For) + " " + detail
	}
	if err := b.begin(bag.EventExportBegun, detail, now); err != nil {
		return err
	}
	if c.Zip {
		err = bag.WriteZipCopy(ctx, c.Dst, b.folder.Path(BundleDir), withheld, b.Root.SHA256, b.time)
	} else {
		err = bag.WriteCopy(ctx, c.Dst, b.folder.Path(BundleDir), withheld, b.Root.SHA256)
	}
	if err != nil {
		return errors.Join(err, b.giveUp(notCompleted, now))
	}
	return b.folder.Note(bag.EventExport, detail, now)
}

// begin notes what is about to be done with a bundle of format 1: in the bundle,
// for whoever gets it, and in the log of the case, which tells what came of it.
func (b *SealedBundle) begin(event, detail string, now time.Time) error {
	if err := b.folder.Note(event, detail, now); err != nil {
		return err
	}
	return b.Note(event, detail, now)
}

// giveUp notes in both logs that what was begun came to nothing.
func (b *SealedBundle) giveUp(detail string, now time.Time) error {
	err := b.folder.Note("note", detail, now)
	if b.Root.Format != 2 {
		err = errors.Join(err, b.Note("note", detail, now))
	}
	return err
}

// That is all that can be said of an export or handover whose run was stopped:
// it may have been stopped between the copy, or the slip, and its record.
const (
	notCompleted  = "the export above was not completed, or stopped before this could be recorded"
	notHandedOver = "the handover above was not completed, or stopped before this could be recorded"
)

// exportListed makes a copy of format 2: of the exhibits that go along it has
// all, and of the others their lines in the list. What is about to be made is
// noted first and stands in the copy; that it was made, and its digest, after
// it is whole.
func (b *SealedBundle) exportListed(
	ctx context.Context, c Outgoing, left []bag.Entry, now time.Time,
) (root bag.Root, err error) {
	f := b.folder
	if err := f.closeBegun(now); err != nil {
		return root, err
	}
	g, err := f.listed()
	if err != nil {
		return root, err
	}
	in, _ := g.list.State(g.list.Len())
	numbers := slices.DeleteFunc(slices.Clone(in), func(n string) bool {
		return slices.ContainsFunc(left, func(e bag.Entry) bool { return e.Number == n })
	})
	what := fmt.Sprintf("name=%s here=%d of=%d", oneWord(filepath.Base(c.Dst)), len(numbers), len(in))
	if c.For != "" {
		what = "to=" + oneWord(c.For) + " " + what
	}
	if err := f.Note(bag.EventExportBegun, what, now); err != nil {
		return root, err
	}
	log, err := f.Custody()
	if err == nil {
		root, err = f.makeCopy(ctx, g, c, numbers, bytes.Count(log, []byte("\n")), now)
	}
	if err != nil {
		return root, errors.Join(err, f.Note("note", notCompleted, now))
	}
	return root, f.Note(bag.EventExport, what+" copy="+root.Copy.SHA256, now)
}

// makeCopy writes a copy and reads it again. Records are those it may tell, the
// last of them its own.
func (f *Folder) makeCopy(
	ctx context.Context, g growth, c Outgoing, numbers []string, records int, now time.Time,
) (root bag.Root, err error) {
	with, err := f.copyWith(g, numbers, now, records, records)
	if err != nil {
		return root, err
	}
	for n, number := range numbers {
		if slices.Contains(c.Bare, number) {
			with.Items[n].Record = nil
		}
	}
	with.Sign = c.Sign
	if err := ctx.Err(); err != nil {
		return root, err
	}
	if c.Zip {
		root, err = bag.WriteEvidenceZip(ctx, c.Dst, with)
	} else {
		root, err = bag.WriteEvidence(c.Dst, with)
	}
	if err != nil {
		return root, err
	}
	r, err := bag.Verify(ctx, c.Dst, bag.Options{Expect: root.SHA256, ExpectCopy: root.Copy.SHA256, PartialOK: true})
	if err == nil && !contentWhole(r) {
		err = errors.New("the copy is not what was to be copied")
	}
	if err != nil { // what cannot be vouched for is not given away
		return root, errors.Join(err, os.RemoveAll(c.Dst))
	}
	return root, nil
}

// closeBegun notes what was begun, an export or a handover, and has no end: its
// run was stopped.
func (f *Folder) closeBegun(now time.Time) error {
	log, err := f.Custody()
	if err != nil {
		return err
	}
	open := map[string]bool{}
	for line := range bytes.Lines(log) {
		var r bag.Record
		if !bytes.Contains(line, []byte(bag.EventExport)) && !bytes.Contains(line, []byte(bag.EventHandover)) ||
			json.Unmarshal(line, &r) != nil {
			continue
		}
		switch {
		case r.Event == bag.EventExportBegun, r.Event == bag.EventHandoverBegun:
			open[r.Event] = true
		case r.Event == bag.EventExport, r.Event == "note" && r.Detail == notCompleted:
			open[bag.EventExportBegun] = false
		case r.Event == bag.EventHandover, r.Event == "note" && r.Detail == notHandedOver:
			open[bag.EventHandoverBegun] = false
		}
	}
	for _, o := range []struct{ begun, detail string }{{bag.EventExportBegun, notCompleted},
		{bag.EventHandoverBegun, notHandedOver}} {
		if open[o.begun] {
			if err := f.Note("note", o.detail, now); err != nil {
				return err
			}
		}
	}
	return nil
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
	if len(c.Bare) > 0 && b.Root.Format != 2 {
		return nil, ErrRecordsOld
	}
	left, err := b.leftOut(c.Keep)
	if err != nil {
		return nil, err
	}
	_, err = b.leftOut(c.Bare) // are they all here
	for _, e := range left {
		if slices.Contains(c.Bare, e.Number) {
			return nil, &UnknownExhibitError{e.Number}
		}
	}
	return left, err
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

// BeginHandover notes that a slip is about to be made. What comes of it is noted
// after it: [SealedBundle.HandOver] once the slip is whole,
// [SealedBundle.GiveUpHandover] where it could not be made. A run that is killed
// in between leaves no record of a handover, and the next says so. Of format 1
// the slip prints the head of the log in the bundle, which is this record.
func (b *SealedBundle) BeginHandover(receiver, name string, now time.Time) error {
	detail := "to=" + oneWord(receiver) + " name=" + oneWord(name)
	if err := b.folder.closeBegun(now); err != nil {
		return err
	}
	if b.Root.Format != 2 {
		return b.begin(bag.EventHandoverBegun, detail, now)
	}
	return b.Note(bag.EventHandoverBegun, detail, now)
}

// GiveUpHandover notes that what was begun came to nothing.
func (b *SealedBundle) GiveUpHandover(now time.Time) error { return b.giveUp(notHandedOver, now) }

// HandOver notes that a copy is handed to somebody: which it is, its digest
// says, which the slip prints. It is noted in the log of the case alone: of
// format 1 the bundle is with the receiver by now.
func (b *SealedBundle) HandOver(receiver, name, digest string, now time.Time) error {
	return b.folder.Note(bag.EventHandover, "to="+oneWord(receiver)+" name="+oneWord(name)+" copy="+digest, now)
}

// oneWord makes one word of a name, for the parts of a record's detail are
// divided by blanks.
func oneWord(s string) string { return strings.Join(strings.Fields(s), "_") }
