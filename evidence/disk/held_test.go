package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"
	"time"
)

// Which file is open elsewhere is told by its name, whatever step failed.
func TestHeldBy(t *testing.T) {
	const sharing, denied = syscall.Errno(32), syscall.Errno(5)
	code := func(n syscall.Errno, renamed bool) bool { return n == sharing || renamed && n == denied }
	for _, c := range []struct {
		name string
		err  error
		want string
		held bool
	}{
		{"nothing", nil, "", false},
		{"some other error", errors.New("x"), "", false},
		{"a table is replaced", fmt.Errorf("save: %w",
			&os.LinkError{Op: "rename", Old: ".t.partial", New: "timeline.csv", Err: denied}),
			"timeline.csv", true},
		{"a folder makes room",
			&os.LinkError{Op: "rename", Old: "packet", New: "packet.old" + Partial, Err: sharing}, "packet", true},
		{"a file is read", &fs.PathError{Op: "open", Path: "a.xlsx", Err: sharing}, "a.xlsx", true},
		{"a file that nobody may read", &fs.PathError{Op: "open", Path: "a.xlsx", Err: denied}, "a.xlsx", false},
		{"a full disk", &fs.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}, "a", false},
	} {
		if path, held := heldBy(c.err, code); path != c.want || held != c.held {
			t.Errorf("%s: got %s, %t", c.name, path, held)
		}
	}
}

// What fails for another reason is not tried again, and nothing for ever.
func TestAgain(t *testing.T) {
	tries := 0
	err := again(func(time.Duration) { t.Error("waited") }, func() error { tries++; return syscall.ENOSPC })
	if tries != 1 || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%d tries, %v", tries, err)
	}
	if err := again(func(time.Duration) { t.Error("waited") }, func() error { return nil }); err != nil {
		t.Error(err)
	}
}
