package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// addingFile says what is being added while it is: whatever ends the run, the
// next one knows that the case has not all of it.
const addingFile = ".adding.json"

// An Adding is what was begun to be added and did not come to its end.
type Adding struct {
	Paths   []string         `json:"paths"` // files and folders, absolute
	Base    string           `json:"base,omitempty"`
	PhoneOf evidence.Reached `json:"phone_of,omitempty"`
}

// Adding is what was begun to be added and not ended; false: nothing was.
func (f *Folder) Adding() (a Adding, ok bool) {
	data, err := readRegular(f.Path(addingFile))
	if err != nil || json.Unmarshal(data, &a) != nil || len(a.Paths) == 0 {
		return Adding{}, false
	}
	return a, true
}

// BeginAdding notes what is being added, beside what was not ended before. The
// caller holds the lock, and calls done when all of it was read.
func (f *Folder) BeginAdding(a Adding) (done func() error, err error) {
	note := a
	if before, ok := f.Adding(); ok {
		for _, p := range before.Paths {
			if !slices.Contains(note.Paths, p) {
				note.Paths = append(slices.Clip(note.Paths), p)
			}
		}
	}
	if err := f.noteAdding(note); err != nil {
		return nil, err
	}
	return func() error {
		note.Paths = slices.DeleteFunc(slices.Clone(note.Paths), func(p string) bool { return slices.Contains(a.Paths, p) })
		return f.noteAdding(note)
	}, nil
}

// GiveUpAdding forgets what was not added to its end: the person says that it is
// not wanted, or cannot be had again.
func (f *Folder) GiveUpAdding() error { return f.noteAdding(Adding{}) }

func (f *Folder) noteAdding(a Adding) error {
	if len(a.Paths) == 0 {
		err := os.Remove(f.Path(addingFile))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	data, err := json.Marshal(a)
	if err == nil {
		err = disk.Replace(f.Path(addingFile), append(data, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("note what is being added: %w", err)
	}
	return nil
}
