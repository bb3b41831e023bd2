package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/lazyregexp"
)

// An Admission says what became of a file that was given.
type Admission string

// The admissions.
const (
	Admitted     Admission = "admitted"  // a new exhibit
	Duplicate    Admission = "duplicate" // the bytes of an exhibit under another path: kept on record, stored once
	AlreadyKnown Admission = "known"     // this path with these bytes was given before: nothing changed
)

// A Source is a file about to be admitted, as its walker saw it.
type Source struct {
	Path string // as given
	// Below is the path below what the person gave, with slashes: all that the
	// custody log says of where a file lay, since it goes out with the bundle.
	Below string
	Info  fs.FileInfo
	Open  func() (io.ReadCloser, error) // read from the start; the source is never written
}

var extensionForm = lazyregexp.New(`^\.[a-z0-9]{1,8}$`)

// Admit copies src into the case as the next exhibit. Digests are computed
// while reading; the copy is synced, read again and compared. Of x the caller
// fills what it recognised ([Exhibit.Kind], MediaType, names, Captured,
// Media, Notes), and extension is that of the stored file (".m4a").
//
// Order makes a crash harmless: the copy is whole before it has its name, has
// its name before it is in the register, and is in the register before the
// custody log says so. The next run mends what a killed one left.
//
// The error is an [UnusableError] if the file changed while being read or
// could not be read; then nothing was admitted.
func (f *Folder) Admit(ctx context.Context, src Source, x evidence.Exhibit, extension string,
	now time.Time) (evidence.Exhibit, Admission, error) {
	if err := f.heal(now); err != nil {
		return x, "", err
	}
	register, err := f.loadRegister()
	if err != nil {
		return x, "", err
	}
	if !extensionForm.MatchString(extension) {
		extension = ".bin"
	}
	if old, ok := f.alreadyKnown(ctx, register, src); ok {
		return old, AlreadyKnown, nil
	}
	x.Number = fmt.Sprintf("E%03d", len(register.Exhibits)+1)
	x.File = x.Number + extension
	x.AddedGiven = strings.HasSuffix(f.tool, bag.GivenDate)
	x.Added, x.Modified = now, src.Info.ModTime().In(evidence.Beijing)
	x.OriginalPath = src.Path

	partial, err := f.copyIn(ctx, src, &x)
	if err != nil {
		return x, "", err
	}
	defer os.Remove(partial) // does nothing after the rename

	if n, ok := register.at.sum[x.SHA256]; ok {
		old := register.Exhibits[n]
		for _, k := range register.at.path[src.Path] {
			if register.Known[k].Exhibit == old.Number {
				f.sawAgain(src, old)
				return old, AlreadyKnown, nil
			}
		}
		told := toldBy(old, x)
		err := f.appendRegister(registerLine{Type: "duplicate",
			Duplicate: &Known{Path: src.Path, Exhibit: old.Number, SHA256: x.SHA256, Noted: now, Told: told}})
		if err == nil {
			err = f.Note("duplicate", duplicateDetail(old, src.Below), now)
		}
		if told != nil {
			told.apply(&old)
		}
		f.sawAgain(src, old)
		return old, Duplicate, err
	}
	final := f.Path(ExhibitsDir, x.File)
	if err := disk.Rename(partial, final); err != nil {
		return x, "", fmt.Errorf("store %s: %w", x.Number, err)
	}
	if err := disk.SyncDir(f.Path(ExhibitsDir)); err != nil {
		return x, "", fmt.Errorf("store %s: %w", x.Number, err)
	}
	if err := f.appendRegister(registerLine{Type: "exhibit", Exhibit: &x}); err != nil {
		os.Remove(final)
		return x, "", err
	}
	f.sawAgain(src, x)
	return x, Admitted, f.Note("import", importDetail(x), now)
}

// Knows reports whether a path was given before with the bytes it has now, and
// which exhibit they are.
func (f *Folder) Knows(ctx context.Context, src Source, now time.Time) (evidence.Exhibit, bool, error) {
	if err := f.heal(now); err != nil {
		return evidence.Exhibit{}, false, err
	}
	register, err := f.loadRegister()
	if err != nil {
		return evidence.Exhibit{}, false, err
	}
	x, known := f.alreadyKnown(ctx, register, src)
	return x, known, ctx.Err()
}

// alreadyKnown reports whether a path that was given before still holds the
// same bytes; it is read, unless it looks as it did, and not copied. Any doubt is
// left to the copy.
func (f *Folder) alreadyKnown(ctx context.Context, register *Register, src Source) (evidence.Exhibit, bool) {
	for _, n := range register.at.path[src.Path] {
		x, ok := register.Lookup(register.Known[n].Exhibit)
		if !ok || x.Size != src.Info.Size() {
			continue
		}
		in, err := src.Open()
		if err != nil {
			return evidence.Exhibit{}, false
		}
		if f.looksTheSame(in, src, x) {
			in.Close()
			return x, true
		}
		h := bag.NewHasher()
		_, err = io.Copy(h, &sourceReader{ctx: ctx, r: in})
		same := err == nil && h.Sums() == x.Sums
		if same {
			f.saw(in, src, x)
		}
		in.Close()
		if same {
			return x, true
		}
	}
	return evidence.Exhibit{}, false
}

// copyIn copies the source beside its place and fills in size and digests.
func (f *Folder) copyIn(ctx context.Context, src Source, x *evidence.Exhibit) (partial string, err error) {
	in, err := src.Open()
	if err != nil {
		return "", unreadable(err)
	}
	defer in.Close()
	out, err := os.CreateTemp(f.Path(ExhibitsDir), "."+x.Number+"-*.partial")
	if err != nil {
		return "", fmt.Errorf("store %s: %w", x.Number, err)
	}
	defer func() {
		if err != nil {
			out.Close()
			os.Remove(out.Name())
		}
	}()
	hasher := bag.NewHasher()
	reader := &sourceReader{ctx: ctx, r: in}
	n, err := io.Copy(io.MultiWriter(out, hasher), io.LimitReader(reader, src.Info.Size()+1))
	if reader.err != nil {
		return "", unreadable(reader.err)
	}
	if err == nil {
		err = out.Chmod(0o400)
	}
	if err == nil {
		err = out.Sync()
	}
	if err != nil {
		return "", fmt.Errorf("store %s: %w", x.Number, err)
	}
	if n != src.Info.Size() || changed(in, src.Info) {
		return "", &UnusableError{"changed-while-reading", evidence.Text{
			ZH: "读取时文件正在变化（可能还在录音或传输中）；等它结束后再加一次",
			EN: "the file changed while it was read; add it again once it is at rest"}}
	}
	x.Size, x.Sums = n, hasher.Sums()
	if err := out.Close(); err != nil {
		return "", fmt.Errorf("store %s: %w", x.Number, err)
	}
	again, err := sha256Of(out.Name()) // enough to tell it from all other bytes; SM3 takes four times as long
	if err != nil {
		return "", fmt.Errorf("read the copy of %s again: %w", x.Number, err)
	}
	if again != x.SHA256 {
		return "", fmt.Errorf("the copy of %s differs from what was read: %w", x.Number, errBadDisk)
	}
	return out.Name(), nil
}

var errBadDisk = errors.New("the disk did not keep what was written")

// A sourceReader tells the source's errors from the copy's, and stops when
// the run is interrupted.
type sourceReader struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

func unreadable(err error) error {
	return &UnusableError{"unreadable", evidence.Text{ZH: "读不出：" + err.Error(), EN: "cannot be read: " + err.Error()}}
}

// changed reports whether an open file no longer is as it was seen.
func changed(in io.Reader, before fs.FileInfo) bool {
	s, ok := in.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return false
	}
	after, err := s.Stat()
	return err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())
}

// SumsOf reads a file and returns its digests.
func SumsOf(path string) (bag.Sums, error) {
	in, err := os.Open(path)
	if err != nil {
		return bag.Sums{}, err
	}
	defer in.Close()
	h := bag.NewHasher()
	if _, err := io.Copy(h, in); err != nil {
		return bag.Sums{}, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return h.Sums(), nil
}

// OpenExhibit opens the stored bytes of an exhibit.
func (f *Folder) OpenExhibit(x evidence.Exhibit) (*os.File, error) {
	path, err := f.ExhibitPath(x)
	if err != nil {
		return nil, err
	}
	return disk.OpenRegular(path)
}

// ExhibitPath is where an exhibit's file lies, if a file lies there: a case that came from
// somebody else may have a link in its place, or a register that names a file elsewhere,
// and what is shown, heard and sealed as evidence would be any file of this computer. The
// error is a [DigestError].
func (f *Folder) ExhibitPath(x evidence.Exhibit) (string, error) {
	bad := &DigestError{Exhibit: x.Number, File: x.File, Want: x.SHA256}
	dir, path := f.Path(ExhibitsDir), f.Path(ExhibitsDir, x.File)
	if info, err := os.Lstat(dir); err == nil && disk.IsLink(dir, info.Mode().Type()) {
		bad.Elsewhere = true // set there since the case was opened
		return "", bad
	}
	info, err := os.Lstat(path)
	switch {
	case x.File == "" || strings.ContainsAny(x.File, `/\:`):
		bad.Elsewhere = true
		return "", bad
	case errors.Is(err, fs.ErrNotExist):
		return "", bad
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		bad.Elsewhere = true
		return "", bad
	}
	return path, nil
}
