package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// A taken says how a folder or file came that the person gives.
type taken struct {
	key    string // of the case it is for; empty: a new one
	copied string // the folder it was received in, which is taken away afterwards; empty: it is read in its place
}

// A giveError reports something that is no folder of files, no case and no
// bundle.
type giveError struct{ thing desk.Thing }

func (e *giveError) Error() string { return "cannot begin with: " + string(e.thing.Kind) }

// first opens what the program was started with.
func (s *server) first() (next string, err error) {
	d, err := s.Desk()
	if err != nil {
		return "", err
	}
	v := &visit{s: s, ctx: s.ctx, desk: d, screen: startScreen}
	path, err := filepath.Abs(s.Path)
	if err != nil {
		return "", err
	}
	return v.take(path, taken{})
}

// take begins with a path: a case is gone on with, a bundle is checked, and of
// anything else a case is made.
func (v *visit) take(given string, how taken) (next string, err error) {
	thing, err := desk.Recognise(given)
	if err != nil {
		return "", err
	}
	switch thing.Kind {
	case desk.ThingCase:
		if how.copied != "" {
			return "", &giveError{thing} // a copy of a case would go on as a second one
		}
		key, err := v.s.put(given)
		if err != nil {
			return "", err
		}
		if err := v.enter(key); err != nil {
			return "", err
		}
		return v.base() + "/" + v.placeIn(v.dir), v.resume()
	case desk.ThingBundle:
		key, err := v.s.put(given)
		return query(v.s.guard.root+"/"+verifyPath, "of", key), err
	case desk.ThingLocked:
		if how.copied != "" && isLockedCase(given) {
			return "", &giveError{thing} // what is opened is put beside it
		}
		key, err := v.s.put(given)
		return query(v.s.guard.root+"/"+unlockPath, "of", key), err
	case desk.ThingFolder, desk.ThingFile, desk.ThingPacked:
	default:
		return "", &giveError{thing}
	}
	if how.key == "" {
		if how.key, err = v.begin(given, how); err != nil {
			return "", err
		}
	}
	if err := v.enter(how.key); err != nil {
		return "", err
	}
	return v.base() + "/" + foundPath, v.add(given, how)
}

// begin makes the case for files: beside them, or where the person's own
// folders are, if they were copied or nothing can be written there.
func (v *visit) begin(given string, how taken) (key string, err error) {
	beside := desk.CaseBeside(given)
	if how.copied == "" {
		if thing, err := desk.Recognise(beside); err == nil && thing.Kind == desk.ThingCase {
			return v.s.put(beside) // the same folder once more
		}
		err := v.makeCase(beside)
		if err == nil {
			return v.s.put(beside)
		}
		if !errors.Is(err, fs.ErrPermission) && !readOnly(err) {
			return "", err
		}
	}
	if err := os.MkdirAll(v.s.Home, 0o700); err != nil {
		return "", err
	}
	const most = 1000
	for n := 1; n < most; n++ {
		dir := filepath.Join(v.s.Home, filepath.Base(beside))
		if n > 1 {
			dir = fmt.Sprintf("%s-%d", dir, n)
		}
		if _, err := os.Lstat(dir); err == nil {
			continue
		}
		if err := v.makeCase(dir); err != nil {
			return "", err
		}
		return v.s.put(dir)
	}
	return "", fmt.Errorf("make a case in %s: %w", v.s.Home, fs.ErrExist)
}

func (v *visit) makeCase(dir string) error {
	c := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	_, err := desk.Init(v.ctx, v.desk, dir, c)
	return err
}

// resume reads on what was begun to be read into the case and did not come to its
// end, if it is still there; what was dropped came as a copy that is gone.
func (v *visit) resume() error {
	a, there, ok := desk.Unfinished(v.desk, v.dir)
	if w, any := v.working(); !ok || !there || any && !w.ended {
		return nil
	}
	dir := v.dir
	return v.work(addWork, func(ctx context.Context, d desk.Desk) (any, error) {
		return desk.Add(ctx, d, dir, desk.AddOptions{Paths: a.Paths, Base: a.Base, PhoneOf: a.PhoneOf})
	})
}

// addWork is the name of reading files.
const addWork = "add"

// add reads files into the case of the visit, while the person looks on.
func (v *visit) add(given string, how taken) error {
	dir := v.dir
	return v.work(addWork, func(ctx context.Context, d desk.Desk) (any, error) {
		added, err := desk.Add(ctx, d, dir, desk.AddOptions{Paths: []string{given}, Base: how.copied})
		if err == nil && how.copied != "" {
			os.RemoveAll(how.copied) // the case has its own copy of each
		}
		return added, err
	})
}

// nameOf is what to call a file in a list; of one that was not read and looks like a list
// of calls or messages, that it does.
func nameOf(e evidence.Exhibit) string {
	if s := evidence.LooksLikeList(e); s != "" {
		return e.Name() + "（" + s + "）"
	}
	return e.Name()
}
