package folder

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// ErrNoCase reports a directory that is no case folder.
var ErrNoCase = errors.New("no case here")

// A WithinError reports a case folder that was to be made in another: who looks for cases
// does not look into cases, and bundle and cache of the outer one would have it in them.
type WithinError struct{ Dir, Case string }

func (e *WithinError) Error() string { return e.Dir + " is inside the case folder " + e.Case }

// apart reports a place inside another case.
func apart(dir string) error {
	at, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("make case folder: %w", err)
	}
	for up := filepath.Dir(at); up != at; at, up = up, filepath.Dir(up) {
		if info, err := os.Lstat(filepath.Join(up, CaseFile)); err == nil && info.Mode().IsRegular() {
			return &WithinError{dir, up}
		}
	}
	return nil
}

// A LineError is a mistake in a file people edit: where it stands, what was
// found, what is wanted.
type LineError struct {
	File   string // case.toml, timeline.csv
	Line   int    // from 1; 0: the whole file
	Column string // name of the column or key; may be empty
	Found  evidence.Text
	Wanted evidence.Text
}

// Where is file:line and the column.
func (e *LineError) Where() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(":%d", e.Line)
	}
	if e.Column != "" {
		s += " " + e.Column
	}
	return s
}

func (e *LineError) Error() string {
	return fmt.Sprintf("%s: found %s, wanted %s", e.Where(), e.Found.EN, e.Wanted.EN)
}

// LineErrors are all mistakes of one file.
type LineErrors []*LineError

func (e LineErrors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// orNil makes no mistakes no error.
func (e LineErrors) orNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// A LockedError reports that another run holds the case.
type LockedError struct {
	PID   int
	Host  string
	Since time.Time
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("case is locked by process %d on %s since %s", e.PID, e.Host, e.Since.Format(time.RFC3339))
}

// A DigestError reports an exhibit whose bytes are no longer those admitted.
type DigestError struct {
	Exhibit   string
	File      string
	Want, Got string // SHA-256; Got is empty if the file is gone
	Elsewhere bool   // in its place is a link, or the register names a file of another folder
}

func (e *DigestError) Error() string {
	if e.Elsewhere {
		return fmt.Sprintf("exhibit %s: %s is no file of its folder", e.Exhibit, e.File)
	}
	if e.Got == "" {
		return fmt.Sprintf("exhibit %s: %s is missing", e.Exhibit, e.File)
	}
	return fmt.Sprintf("exhibit %s: %s has SHA-256 %s, admitted with %s", e.Exhibit, e.File, e.Got, e.Want)
}

// An UnusableError reports an input that cannot become an exhibit; Code is
// that of [Unusable].
type UnusableError struct {
	Code   string
	Detail evidence.Text
}

func (e *UnusableError) Error() string { return e.Detail.EN }

func sortLineErrors(e LineErrors) {
	slices.SortStableFunc(e, func(a, b *LineError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
