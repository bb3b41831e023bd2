package folder

import (
	"crypto/sha256"
	"fmt"
	"os"
	"testing"
	"time"
)

// A shelf never holds more than it may. What was used longest ago gives way; what was used
// by this run stays, so that more than fits does not push itself out.
func TestShelf(t *testing.T) {
	f := &Folder{dir: t.TempDir()}
	there := func() (out string) {
		entries, _ := os.ReadDir(f.Path(CacheDir, "x"))
		for _, e := range entries {
			out += e.Name()
		}
		return out
	}
	const room = 3 * (10 + sha256.Size) // for three of ten bytes
	first := f.Shelf("x", room)
	for n, name := range []string{"a", "b", "c", "d"} {
		first.Save(name, make([]byte, 10))
		at := time.Now().Add(time.Duration(n-10) * time.Hour)
		os.Chtimes(f.Path(CacheDir, "x", name), at, at)
	}
	if got := there(); got != "abc" {
		t.Errorf("of four that do not fit there are %s", got)
	}
	second := f.Shelf("x", room)
	if len(second.Load("a")) != 10 || second.Load("d") != nil {
		t.Error("what was saved is not there, or what was not is")
	}
	second.Save("e", make([]byte, 10))
	if got := there(); got != "ace" {
		t.Errorf("after e there are %s, want ace: b was not used for the longest time", got)
	}
	second.Save("big", make([]byte, room))
	if got := there(); got != "ace" {
		t.Errorf("after one that never fits there are %s", got)
	}
	for n := range 100 {
		f.Shelf("x", room).Save(fmt.Sprint(n), make([]byte, n%20))
	}
	bytes := int64(0)
	entries, _ := os.ReadDir(f.Path(CacheDir, "x"))
	for _, e := range entries {
		info, _ := e.Info()
		bytes += info.Size()
	}
	if bytes > room {
		t.Errorf("%d bytes on a shelf of %d", bytes, room)
	}
}
