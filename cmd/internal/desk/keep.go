package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

// A Keeping is what a person wants to know before a case is copied, locked or
// deleted.
type Keeping struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
	// Own are files of the person in the case folder: nothing can make them again.
	Own []string `json:"own"`
	// Left are links and the like, which are in no copy.
	Left []string `json:"left"`
	// Filed is how many packets were kept as they were filed.
	Filed int `json:"filed"`
}

// Lines are the objects of the result.
func (k Keeping) Lines() []Line { return []Line{{"summary", k}} }

// KeepingOf looks at a case folder.
func KeepingOf(d Desk, dir string) (k Keeping, err error) {
	f, err := d.open(dir)
	if err != nil {
		return k, err
	}
	w, err := f.Whole()
	if err != nil {
		return k, err
	}
	filed, err := f.Filed()
	if err != nil {
		return k, err
	}
	k = Keeping{Files: len(w.Files), Bytes: w.Bytes(), Own: list(f.Own(w)), Left: list(w.Left),
		Filed: len(filed)}
	return k, nil
}

// A KeptCopy is what [CopyCase], [LockCase] and [UnlockCase] made.
type KeptCopy struct {
	Bytes int64    `json:"bytes"`
	Files int      `json:"files"`
	Left  []string `json:"left"` // what is no file and in no copy
	Path  string   `json:"path"`
}

// Lines are the objects of the result.
func (r KeptCopy) Lines() []Line { return []Line{{"summary", r}} }

// CopyCase copies the whole case into a folder that is there, such as that of a
// stick, under its own name or one with the date, and compares each file.
func CopyCase(ctx context.Context, d Desk, dir, to string) (KeptCopy, error) {
	f, err := d.open(dir)
	if err != nil {
		return KeptCopy{}, err
	}
	info, err := os.Stat(to)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "copy the case to", Path: to, Err: fs.ErrInvalid}
	}
	if err != nil {
		return KeptCopy{}, err
	}
	at := datedName(to, folderName(dir), "", d.Now)
	if inside(dir, at) {
		return KeptCopy{}, &OutputInsideError{at}
	}
	unlock, err := f.Lock(d.Now)
	if err != nil {
		return KeptCopy{}, err
	}
	defer unlock()
	w, err := f.Whole()
	if err != nil {
		return KeptCopy{}, err
	}
	done, err := f.Outside(at)
	if err != nil {
		return KeptCopy{}, err
	}
	defer done()
	told, end := copying(d, 2*w.Bytes()) // it is read again
	defer end()
	w, err = f.CopyWhole(ctx, at, told)
	return KeptCopy{w.Bytes(), len(w.Files), list(w.Left), at}, err
}

// folderName is the name of a folder, also of the one that the program was
// started in.
func folderName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return filepath.Base(dir)
}

// datedName is a free name in a folder: the one that is wanted, or the same
// with the date.
func datedName(in, name, extension string, now time.Time) string {
	at := filepath.Join(in, name+extension)
	for n := 1; ; n++ {
		if _, err := os.Lstat(at); errors.Is(err, fs.ErrNotExist) {
			return at
		}
		dated := name + "-" + now.Format("20060102")
		if n > 1 {
			dated += fmt.Sprintf("-%d", n)
		}
		at = filepath.Join(in, dated+extension)
	}
}

// copying tells how far work is that handles so many bytes.
func copying(d Desk, all int64) (told func(done int64), end func()) {
	step, end := d.work(Copying)
	return func(done int64) { step(done, all) }, end
}

// LockedCaseEnd ends the names of locked cases.
const LockedCaseEnd = ".case.age"

// LockCase packs the whole case into one file beside it that only the
// passphrase opens, reads that file again with the passphrase, compares each
// file, and only then deletes the folder. Whatever ends it earlier leaves the
// folder as it is.
func LockCase(ctx context.Context, d Desk, dir string, phrase []byte) (r KeptCopy, err error) {
	f, err := d.open(dir)
	if err != nil {
		return r, err
	}
	to, err := encrypt.Passphrase(phrase)
	if err != nil {
		return r, ErrNoPassphrase
	}
	release, err := f.Lock(d.Now)
	if err != nil {
		return r, err
	}
	unlock := sync.OnceFunc(release)
	defer unlock()
	whole, err := f.Whole()
	if err != nil {
		return r, err
	}
	if len(whole.Left) > 0 { // the folder goes, and with it what is in no copy
		return r, &UnpackableError{whole.Left}
	}
	dir = f.Dir()
	at := datedName(filepath.Dir(dir), folderName(dir), LockedCaseEnd, d.Now)
	done, err := f.Outside(at) // as large as the case, and of no use half made
	if err != nil {
		return r, err
	}
	defer done()
	err = setNew(at, 0o600, func(out io.Writer) error {
		locked, err := encrypt.NewWriter(out, to)
		if err != nil {
			return err
		}
		told, end := copying(d, whole.Bytes()) // from here: a passphrase takes a second by itself
		defer end()
		if whole, err = f.PackWhole(ctx, locked, told); err != nil {
			return err
		}
		return locked.Close()
	})
	if err != nil {
		return r, err
	}
	err = withLockedCase(ctx, d, at, phrase, func(z *zip.Reader) error { return folder.CheckPacked(ctx, z, whole) })
	if err != nil {
		return r, errors.Join(err, os.Remove(at))
	}
	return KeptCopy{whole.Bytes(), len(whole.Files), list[string](nil), at}, f.RemoveWhole(unlock)
}

// An UnpackableError reports links and the like in a case folder that is to be
// packed and deleted.
type UnpackableError struct{ Paths []string }

func (e *UnpackableError) Error() string {
	return fmt.Sprintf("%d things in the case folder are no files, such as %s", len(e.Paths), e.Paths[0])
}

// UnlockCase makes the case folder of a locked case beside it. The locked file
// stays.
func UnlockCase(ctx context.Context, d Desk, file string, phrase []byte) (r KeptCopy, err error) {
	err = withLockedCase(ctx, d, file, phrase, func(z *zip.Reader) error {
		r = KeptCopy{Files: len(z.File), Left: []string{}}
		for _, x := range z.File {
			r.Bytes += int64(x.UncompressedSize64)
		}
		told, end := copying(d, r.Bytes)
		defer end()
		r.Path, err = folder.UnpackWhole(ctx, z, filepath.Dir(file), told)
		return err
	})
	return r, err
}

// withLockedCase opens a locked case with its passphrase for as long as do runs.
func withLockedCase(ctx context.Context, d Desk, file string, phrase []byte, do func(*zip.Reader) error) error {
	d.Passphrase = func(context.Context, Secret) ([]byte, error) { return bytes.Clone(phrase), nil }
	locked, err := openLocked(ctx, d, file, Keys{Passphrase: true})
	if err != nil {
		return err
	}
	defer locked.Close()
	z, err := zip.NewReader(locked, locked.size)
	if err == nil {
		err = do(z)
	}
	if fault := locked.fault(); fault != nil {
		err = fault
	}
	if errors.Is(err, zip.ErrFormat) {
		err = folder.ErrNotPacked
	}
	if err != nil {
		return &LockedError{file, err}
	}
	return nil
}

// DeleteCase deletes a case folder with all that is in it, also what the person
// put there: only if the person said that it may go. Files outside, such as
// the phone's, stay.
func DeleteCase(ctx context.Context, d Desk, dir string) (Keeping, error) {
	k, err := KeepingOf(d, dir)
	if err != nil {
		return k, err
	}
	f, err := d.open(dir)
	if err != nil {
		return k, err
	}
	release, err := f.Lock(d.Now)
	if err != nil {
		return k, err
	}
	return k, f.RemoveWhole(sync.OnceFunc(release))
}
