package desk

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// changes runs do and returns the names in dir whose content was written to
// in the meantime, as the system saw it.
func changes(t *testing.T, dir string, do func()) []string {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if _, err := syscall.InotifyAddWatch(fd, dir, syscall.IN_MODIFY); err != nil {
		t.Fatal(err)
	}
	do()
	buf := make([]byte, 1<<16)
	n, err := syscall.Read(fd, buf)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for buf = buf[:n]; len(buf) >= syscall.SizeofInotifyEvent; {
		size := syscall.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(buf[12:]))
		names = append(names, strings.TrimRight(string(buf[syscall.SizeofInotifyEvent:size]), "\x00"))
		buf = buf[size:]
	}
	return names
}

// A request that is half written has another name than the one asked for: a
// run that is killed at any moment leaves a whole request or none.
func TestRequestAppearsWhole(t *testing.T) {
	dir := t.TempDir()
	file, query := filepath.Join(dir, "root.tsq"), bytes.Repeat([]byte("q"), 64)
	names := changes(t, dir, func() {
		if err := writeRequest(file, query); err != nil {
			t.Fatal(err)
		}
	})
	if len(names) == 0 {
		t.Fatal("nothing was seen to be written")
	}
	for _, name := range names {
		if name == "root.tsq" {
			t.Errorf("the request was written under its own name: %q", names)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, query) {
		t.Errorf("%q, %v", got, err)
	}
}
