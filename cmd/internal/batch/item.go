package batch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// A Job is one of the jobs that a case is given to.
type Job string

// The jobs, in the order in which they are done.
const (
	Add    Job = "add"
	Check  Job = "check"
	Build  Job = "build"
	Verify Job = "verify"
	Status Job = "status"
)

// Jobs are all of them, in their order.
var Jobs = []Job{Add, Check, Build, Verify, Status}

// waits says which jobs have to be done before one, where they are asked for too: what
// could not be added or is blocked is not built, what was not built is not checked.
var waits = map[Job][]Job{Check: {Add}, Build: {Add, Check}, Verify: {Build}}

// An Item is one case that is to be worked on.
type Item struct {
	Folder string // of the case
	Name   string // as people are told of it: below the root, or as the roster has it

	// Of a roster; empty: not said.
	Place   string // its row: roster.csv:2, 名册.xlsx Sheet1!2
	Person  string // whose case it is
	Answers string // file of the answers that a new case is made of
	Phone   string // folder that is added

	N   int   // which one it is of all
	Err error // why nothing can be done with it
}

// Find lists the cases below a folder, at any depth, in the order of their paths. A
// folder that cannot be read, and a case that is locked, are items with their error.
// A [desk.NoCasesError] says that there are none.
func Find(ctx context.Context, root string) ([]Item, error) {
	if _, err := os.Lstat(filepath.Join(root, folder.CaseFile)); err == nil {
		return nil, &desk.NoCasesError{Root: root, Case: true}
	}
	var out []Item
	err := filepath.WalkDir(root, func(at string, e fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name, relErr := filepath.Rel(root, at)
		switch {
		case err != nil && at == root, relErr != nil:
			return errors.Join(err, relErr)
		case err != nil:
			out = append(out, Item{Folder: at, Name: name, Err: err})
			return fs.SkipDir
		case !e.IsDir():
			if strings.HasSuffix(name, desk.LockedCaseEnd) {
				out = append(out, Item{Folder: at, Name: name, Err: &desk.LockedCaseError{Path: at}})
			}
			return nil
		case at != root && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		}
		if was := moved(at); was != "" {
			if err := restoreCase(ctx, was); err != nil {
				out = append(out, Item{Folder: was, Name: name, Err: err})
			} else if _, err := os.Lstat(at); err != nil { // it is in its place again, where the walk has been
				out = append(out, Item{Folder: was, Name: strings.TrimSuffix(name,
					filepath.Base(at)) + filepath.Base(was)})
			}
			return fs.SkipDir
		}
		if info, err := os.Lstat(filepath.Join(at, folder.CaseFile)); err == nil && info.Mode().IsRegular() {
			out = append(out, Item{Folder: at, Name: name})
			return fs.SkipDir
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = &desk.NoCasesError{Root: root}
	}
	return out, err
}
