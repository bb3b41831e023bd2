package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"juzheng/evidence/disk"
)

// A TakenError reports a name that something has already. Nothing there is
// touched.
type TakenError struct{ Path string }

func (e *TakenError) Error() string { return e.Path + " is there already" }
func (e *TakenError) Unwrap() error { return fs.ErrExist }

// A ChangedError reports a file that changed while it was read.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " changed while it was read" }

// An UnreadableError reports a file that was named for the job and cannot be
// read.
type UnreadableError struct {
	Path string
	Err  error
}

func (e *UnreadableError) Error() string { return fmt.Sprintf("read %s: %v", e.Path, e.Err) }
func (e *UnreadableError) Unwrap() error { return e.Err }

// free reports a name that is taken.
func free(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &TakenError{path}
	}
	return nil
}

// setNew writes a file that must not exist, whole or not at all.
func setNew(path string, mode fs.FileMode, set func(io.Writer) error) error {
	err := disk.SetNew(path, mode, set)
	if errors.Is(err, fs.ErrExist) { // somebody made it meanwhile
		return &TakenError{path}
	}
	return err
}

// inside reports whether a path that need not exist lies in a folder.
func inside(folder, path string) bool {
	f, err1 := filepath.Abs(folder)
	p, err2 := filepath.Abs(filepath.Dir(path))
	if err1 != nil || err2 != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(f); err == nil {
		f = real
	}
	if real, err := filepath.EvalSymlinks(p); err == nil {
		p = real
	}
	rel, err := filepath.Rel(f, p)
	return err == nil && filepath.IsLocal(rel)
}

// copyFile reads a regular file to its end, which must be where it was.
func copyFile(ctx context.Context, w io.Writer, path string, info fs.FileInfo) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.Copy(stopWriter{ctx, w}, f)
	if err != nil {
		return err
	}
	if now, err := f.Stat(); err != nil || n != info.Size() || !now.ModTime().Equal(info.ModTime()) {
		return &ChangedError{path}
	}
	return nil
}

// A stopWriter ends when the run is interrupted.
type stopWriter struct {
	ctx context.Context
	w   io.Writer
}

func (s stopWriter) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
