package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Rename is [os.Rename] that waits a little where another program has a file open, as
// scanners of viruses have every new one on Windows for a moment. What is still held
// after that, [Held] knows.
func Rename(from, to string) error {
	return again(time.Sleep, func() error { return os.Rename(from, to) })
}

// patience is how long [again] tries, and first its first wait; each is twice the one
// before.
const (
	patience = 2 * time.Second
	first    = 5 * time.Millisecond
)

func again(wait func(time.Duration), do func() error) error {
	err := do()
	for pause, waited := first, time.Duration(0); err != nil && waited < patience; pause *= 2 {
		if _, held := Held(err); !held {
			return err
		}
		wait(pause)
		waited += pause
		err = do()
	}
	return err
}

// Held reports an error that comes of another program that has a file or a folder
// open, as Excel has a table and a viewer a PDF on Windows, and which that is.
func Held(err error) (path string, held bool) { return heldBy(err, heldCode) }

// heldBy is Held; code says whether a number of the system means that. A file that is
// to take another's place is told by the name it was to get.
func heldBy(err error, code func(n syscall.Errno, renamed bool) bool) (string, bool) {
	var n syscall.Errno
	var link *os.LinkError
	var at *fs.PathError
	switch {
	case !errors.As(err, &n):
		return "", false
	case errors.As(err, &link):
		path := link.New
		if strings.HasSuffix(filepath.Base(path), Partial) { // made room, and not taken
			path = link.Old
		}
		return path, code(n, true)
	case errors.As(err, &at):
		return at.Path, code(n, false)
	}
	return "", false
}
