package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// A Stage is a place aside on which a job is done for trial: on copies, with outputs
// that lead to it as well. What the job has written there is what it would write. So
// each job can be rehearsed, and none knows of it.
//
//	s, err := desk.NewStage(scratch)
//	defer s.Close()
//	kase, err := s.Copy(ctx, d, "my-case")
//	err = s.Begin()
//	... the job, on kase
//	changes, err := s.Changes()
//
// A job on a stage can end otherwise than the job itself where it is about the place:
// a disk that is full, a folder that nobody may write to.
type Stage struct {
	root   string
	places []staging // the longer paths first
	before map[string]fs.FileInfo
}

// A staging is a place of a stage, and the path that it stands for, as given.
type staging struct{ staged, given string }

// A Change is a file that a job would make, change or take away.
type Change struct {
	Path   string `json:"path"`
	Change string `json:"change"` // new, changed, gone
	Bytes  int64  `json:"bytes"`  // afterwards
	Was    int64  `json:"was"`    // before
}

// A RoomError reports that there is no room for the copies of a stage.
type RoomError struct {
	Where        string
	Wanted, Free int64 // bytes
}

func (e *RoomError) Error() string {
	return fmt.Sprintf("%s has room for %d bytes, wanted %d", e.Where, e.Free, e.Wanted)
}

// stagePrefix is how folders of stages begin: one that a killed run left is taken away
// by the next.
const stagePrefix = "rehearsal-"

// NewStage makes a stage in a folder of the user's own.
func NewStage(scratch string) (*Stage, error) {
	if err := os.MkdirAll(scratch, 0o700); err != nil {
		return nil, err
	}
	old, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(scratch), stagePrefix+"*"))
	for _, dir := range old {
		if lock, err := os.Open(filepath.Join(dir, "lock")); err == nil {
			if disk.TryLock(lock) == nil { // nobody is on it
				removeAll(dir)
			}
			lock.Close()
		}
	}
	root, err := os.MkdirTemp(scratch, stagePrefix+"*")
	if err != nil {
		return nil, err
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	s := &Stage{root: root}
	lock, err := os.Create(filepath.Join(root, "lock"))
	if err == nil {
		err = disk.TryLock(lock) // until the process ends
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close takes the stage away.
func (s *Stage) Close() { removeAll(s.root) }

// removeAll takes folders away that were made read-only too.
func removeAll(dir string) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(path, 0o700)
		}
		return nil
	})
	os.RemoveAll(dir)
}

// Copy puts a copy of a case or a file on the stage, with what counts beside it: the
// user's own records, and which names are taken there.
func (s *Stage) Copy(ctx context.Context, d Desk, given string) (string, error) {
	whole, err := filepath.Abs(given)
	if err != nil {
		return "", err
	}
	missing := filepath.Join(s.root, "missing", filepath.Base(whole))
	switch err := checkRoom(s, whole); {
	case errors.Is(err, fs.ErrNotExist): // the job says so
		standFor(s, missing, given)
		return missing, nil
	case err != nil:
		return "", err
	}
	parent := filepath.Join(s.root, fmt.Sprint(len(s.places)), "beside")
	staged := filepath.Join(parent, filepath.Base(whole))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", err
	}
	if err := copyAll(ctx, whole, staged); err != nil {
		return "", err
	}
	if slices.Contains(recordFolders(d, given), filepath.Dir(whole)) {
		for _, name := range []string{StatutesDir, DirectoryDir, OrganisationFile} {
			err := copyAll(ctx, filepath.Join(filepath.Dir(whole), name), filepath.Join(parent, name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
	}
	entries, _ := os.ReadDir(filepath.Dir(whole))
	for _, e := range entries {
		if e.Name() != filepath.Base(whole) && strings.HasPrefix(e.Name(), filepath.Base(whole)) {
			if err := occupy(filepath.Join(parent, e.Name()), e.IsDir()); err != nil {
				return "", err
			}
		}
	}
	standFor(s, parent, filepath.Dir(given))
	standFor(s, staged, given)
	return staged, nil
}

// Output is where on the stage a file or a folder goes that the job is to make.
func (s *Stage) Output(ctx context.Context, given string) (string, error) {
	whole, err := filepath.Abs(given)
	if err != nil {
		return "", err
	}
	for _, p := range s.places { // into what was copied
		of, err := filepath.Abs(p.given)
		if err != nil {
			return "", err
		}
		if rel, err := filepath.Rel(of, whole); err == nil && filepath.IsLocal(rel) && filepath.Base(p.staged) != "beside" {
			return filepath.Join(p.staged, rel), nil
		}
	}
	parent := filepath.Join(s.root, fmt.Sprint(len(s.places)), "out")
	staged := filepath.Join(parent, filepath.Base(whole))
	if _, err := os.Stat(filepath.Dir(whole)); err == nil { // else it is not there on the stage either
		if err := os.MkdirAll(parent, 0o700); err != nil {
			return "", err
		}
	}
	switch info, err := os.Stat(whole); {
	case err != nil:
	case info.IsDir():
		entries, _ := os.ReadDir(whole)
		if err := os.Mkdir(staged, 0o700); err != nil {
			return "", err
		}
		for _, e := range entries {
			if err := occupy(filepath.Join(staged, e.Name()), e.IsDir()); err != nil {
				return "", err
			}
		}
	default:
		if err := copyAll(ctx, whole, staged); err != nil {
			return "", err
		}
	}
	standFor(s, staged, given)
	return staged, nil
}

// standFor notes what a place stands for.
func standFor(s *Stage, staged, given string) {
	s.places = append(s.places, staging{staged, given})
	slices.SortFunc(s.places, func(a, b staging) int { return len(b.staged) - len(a.staged) })
}

// GivenFor sets the paths of the stage among words as they were given.
func GivenFor(s *Stage, words string) string {
	var pairs []string
	for _, p := range s.places {
		pairs = append(pairs, p.staged, p.given)
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// Begin notes what is on the stage before the job.
func (s *Stage) Begin() (err error) {
	s.before, err = staged(s)
	return err
}

// staged are the files on the stage, but the lock and what may be deleted at any time.
func staged(s *Stage) (map[string]fs.FileInfo, error) {
	files := map[string]fs.FileInfo{}
	err := filepath.WalkDir(s.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == folder.CacheDir && filepath.Dir(path) != s.root {
				return fs.SkipDir
			}
			return nil
		}
		if path == filepath.Join(s.root, "lock") || d.Name() == folder.LockFile {
			return nil
		}
		info, err := d.Info()
		files[path] = info
		return err
	})
	return files, err
}

// Changes are what the job did since Begin, by path.
func (s *Stage) Changes() ([]Change, error) {
	after, err := staged(s)
	if err != nil {
		return nil, err
	}
	var out []Change
	for path, now := range after {
		was, ok := s.before[path]
		switch {
		case !ok:
			out = append(out, Change{Path: GivenFor(s, path), Change: "new", Bytes: now.Size()})
		case was.Size() == now.Size() && was.ModTime().Equal(now.ModTime()), sameContent(s, path, now):
		default:
			out = append(out, Change{Path: GivenFor(s, path), Change: "changed", Bytes: now.Size(), Was: was.Size()})
		}
	}
	for path, was := range s.before {
		if _, ok := after[path]; !ok {
			out = append(out, Change{Path: GivenFor(s, path), Change: "gone", Was: was.Size()})
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// sameContent reports that a file was written again as it was: what it stands for holds the
// same.
func sameContent(s *Stage, path string, now fs.FileInfo) bool {
	given := GivenFor(s, path)
	if info, err := os.Stat(given); err != nil || info.Size() != now.Size() {
		return false
	}
	a, errA := os.ReadFile(path)
	b, errB := os.ReadFile(given)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// checkRoom looks whether there is room for a copy, and for as much again.
func checkRoom(s *Stage, path string) error {
	wanted := int64(0)
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			wanted += 2 * info.Size()
		}
		return err
	})
	if err != nil {
		return err
	}
	if free, err := disk.Free(s.root); err == nil && free < wanted {
		return &RoomError{s.root, wanted, free}
	}
	return nil
}

// occupy makes a name taken.
func occupy(path string, dir bool) error {
	if dir {
		return os.Mkdir(path, 0o700)
	}
	return os.WriteFile(path, nil, 0o600)
}

// copyAll copies a file or a folder with times and modes. What is neither file, folder
// nor link is left out: a case holds none.
func copyAll(ctx context.Context, from, to string) error {
	type mode struct {
		path string
		mode fs.FileMode
	}
	var dirs []mode // which may be read-only, once they are filled
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		at := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			dirs = append(dirs, mode{at, info.Mode().Perm()})
			return os.MkdirAll(at, 0o700)
		case d.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(target, at)
		case d.Type().IsRegular():
			return stageFile(path, at, info)
		}
		return nil
	})
	for _, d := range slices.Backward(dirs) {
		if err == nil {
			err = os.Chmod(d.path, d.mode)
		}
	}
	return err
}

func stageFile(from, to string, info fs.FileInfo) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Close()
	} else {
		out.Close()
	}
	if err == nil {
		err = os.Chtimes(to, info.ModTime(), info.ModTime())
	}
	if err == nil {
		err = os.Chmod(to, info.Mode().Perm())
	}
	return err
}
