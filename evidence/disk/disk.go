// Package disk writes files so that a crash, a full disk or a pulled plug
// leaves either the old content or the new, never a part of it.
//
// [Replace] writes a small file whole; [WriteNew] refuses to touch one that is
// there; [SetNew] gives the writer several files that appear together at the
// end. The pattern behind all of them is the same: write beside the place,
// under a hidden name that ends in .partial, sync, rename, sync the folder.
//
// The package knows nothing of cases or bundles and imports no other package
// of this module. It does not promise more than the file system does: a
// network drive that ignores syncs can still lose the last write.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Partial ends the name of everything half made. A sweep after a killed run
// may remove what matches "." + anything + Partial.
const Partial = ".partial"

// Aside makes an empty file beside path, for the caller to fill, to [Finish]
// or to remove. Its errors name path.
func Aside(path string) (*os.File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), hidden(path)+".*"+Partial)
	return f, named(err, path)
}

// AsideDir makes an empty folder beside path, as [Aside] makes a file.
func AsideDir(path string) (string, error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), hidden(path)+".*"+Partial)
	return dir, named(err, path)
}

// hidden is how the names begin that stand for path while it is being made.
func hidden(path string) string {
	name := filepath.Base(path)
	for len(name) > 200 { // the hidden name is longer, and file systems end at 255 bytes
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return "." + name
}

// named is err of the path that is meant.
func named(err error, path string) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return &os.PathError{Op: at.Op, Path: path, Err: at.Err}
	}
	return err
}

// Leftovers are what a run that was killed may have left half made of path.
func Leftovers(path string) []string {
	var out []string
	for _, pattern := range []string{Partial, ".*" + Partial} {
		stem := filepath.Join(filepath.Dir(path), hidden(path))
		left, _ := filepath.Glob(QuoteGlob(stem) + pattern) // the pattern is well formed
		out = append(out, left...)
	}
	return out
}

// WriteNew writes a file that must not exist yet (fs.ErrExist) and syncs it.
// The name is there before the content: use it where nobody looks yet, such
// as in a folder that is still aside; elsewhere use [SetNew].
func WriteNew(path string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return closeSynced(f, err)
}

// Replace puts data in the place of a file, there or not: at every moment
// either the old content or the new stands under path.
func Replace(path string, data []byte, mode os.FileMode) error {
	f, err := Aside(path)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	return Finish(f, path, err)
}

// Finish ends a file begun with [Aside]: unless err says that its content is
// not whole, it is synced and takes its name. On any error the name is as it
// was, and the file aside is still there for the caller to remove.
func Finish(f *os.File, path string, err error) error {
	if err := closeSynced(f, err); err != nil {
		return err
	}
	if err := Rename(f.Name(), path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// Set writes files that belong together: set fills one writer a path, and
// only when all are whole do they take their names, in order.
func Set(paths []string, set func([]io.Writer) error) error {
	var files []*os.File
	defer func() {
		for _, f := range files {
			f.Close()
			os.Remove(f.Name()) // does nothing after the rename
		}
	}()
	writers := make([]io.Writer, len(paths))
	for n, path := range paths {
		f, err := Aside(path)
		if err != nil {
			return err
		}
		files, writers[n] = append(files, f), f
	}
	if err := set(writers); err != nil {
		return err
	}
	for _, f := range files {
		if err := closeSynced(f, nil); err != nil {
			return err
		}
	}
	for n, f := range files {
		if err := Rename(f.Name(), paths[n]); err != nil {
			return err
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return SyncDir(filepath.Dir(paths[0]))
}

// SetNew writes a file that must not exist yet (fs.ErrExist), and lets it
// appear whole or not at all.
func SetNew(path string, mode os.FileMode, set func(io.Writer) error) error {
	f, err := Aside(path)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = set(f)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err := closeSynced(f, err); err != nil {
		return err
	}
	// A link fails where a name is taken; a rename would replace it.
	err = os.Link(f.Name(), path)
	if err != nil && !os.IsExist(err) {
		err = renameNew(f.Name(), path) // some file systems know no links
	}
	if os.IsExist(err) {
		return &os.PathError{Op: "create", Path: path, Err: os.ErrExist}
	}
	if err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// renameNew renames unless the new name is taken. Another process could take
// it in between; SetNew comes here only where links are not to be had.
func renameNew(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return os.ErrExist
	}
	return Rename(from, to)
}

// closeSynced closes a file; if err is nil its content is synced first.
func closeSynced(f *os.File, err error) error {
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// RestoreDir takes back the folder that a stopped [SwapDir] had moved away.
func RestoreDir(final string) error {
	if _, err := os.Lstat(final); !os.IsNotExist(err) {
		return err
	}
	if err := Rename(final+".old"+Partial, final); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// SwapDir puts the finished folder partial in the place of final. Between the
// two renames neither stands there; the old one then has the name final +
// ".old.partial", from where the next run takes it back.
func SwapDir(partial, final string) error {
	old := final + ".old" + Partial
	if err := RestoreDir(final); err != nil {
		return err
	}
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := Rename(final, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := Rename(partial, final); err != nil {
		return err
	}
	if err := SyncDir(filepath.Dir(final)); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

// OpenRegular opens a file for reading if it is a regular one. A named pipe
// in its place is an error and does not hang the program.
func OpenRegular(path string) (*os.File, error) {
	in, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	info, err := in.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file", filepath.Base(path))
	}
	if err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// An Opened is an open file, or one that is watched while it is read.
type Opened interface {
	Stat() (fs.FileInfo, error)
	Fd() uintptr
}

// ErrHeld reports a lock file that another process holds.
var ErrHeld = errors.New("held by another process")

// QuoteGlob makes a path that holds * ? or [ stand for itself in a pattern of
// [filepath.Glob].
func QuoteGlob(path string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(path)
}
