package disk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// A file that a program has open as Excel does is not replaced, its name is told, and
// it is as it was; closed within the time that is waited, nobody notices.
func TestHeldOnWindows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "时间线.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	open := func() windows.Handle {
		name, err := windows.UTF16PtrFromString(path)
		if err != nil {
			t.Fatal(err)
		}
		h, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	h := open()
	err := Replace(path, []byte("new"), 0o600)
	if at, held := Held(err); !held || at != path {
		t.Errorf("%v: %s, %t", err, at, held)
	}
	windows.CloseHandle(h)
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("it holds %q", got)
	}
	h = open()
	time.AfterFunc(100*time.Millisecond, func() { windows.CloseHandle(h) })
	if err := Replace(path, []byte("new"), 0o600); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "new" {
		t.Errorf("it holds %q", got)
	}
}
