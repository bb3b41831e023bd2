package folder

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A counted is an open file whose bytes are counted as they are read in order;
// looking at places of it is not.
type counted struct {
	*os.File
	read *int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	*c.read += int64(n)
	return n, err
}

// A file that was added is not read whole again while all that can be told
// without that is as it was; whatever is otherwise, it is.
func TestSeenFilesAreNotReadAgain(t *testing.T) {
	const size = 1 << 20
	day := time.Date(2026, 10, 1, 9, 14, 0, 123456789, time.UTC)
	for _, c := range []struct {
		name  string
		do    func(t *testing.T, f *Folder, path string)
		read  bool // it is read to its end
		known bool
	}{
		{"as it was", func(*testing.T, *Folder, string) {}, false, true},
		{"asked for", func(_ *testing.T, f *Folder, _ string) { f.Rehash() }, true, true},
		{"the cache is gone", func(t *testing.T, f *Folder, _ string) {
			if err := os.RemoveAll(f.Path(CacheDir)); err != nil {
				t.Fatal(err)
			}
		}, true, true},
		{"the cache is cut", func(t *testing.T, f *Folder, _ string) {
			if err := os.Truncate(f.Path(CacheDir, seenFile), 40); err != nil {
				t.Fatal(err)
			}
		}, true, true},
		{"a nanosecond later", func(t *testing.T, _ *Folder, path string) {
			if err := os.Chtimes(path, day, day.Add(time.Nanosecond)); err != nil {
				t.Fatal(err)
			}
		}, true, true},
		{"another file, the same in all else", func(t *testing.T, _ *Folder, path string) {
			put(t, path+"2", bytes.Repeat([]byte{7}, size), day)
			if err := os.Rename(path+"2", path); err != nil {
				t.Fatal(err)
			}
		}, true, true},
		{"its first byte", func(t *testing.T, _ *Folder, path string) { change(t, path, 0, day) }, true, false},
		{"its last byte", func(t *testing.T, _ *Folder, path string) { change(t, path, size-1, day) }, true, false},
		{"a byte in the middle, and its time put back", func(t *testing.T, f *Folder, path string) {
			change(t, path, size/2, day)
			f.Rehash() // what nothing else tells
		}, true, false},
		{"one byte longer", func(t *testing.T, _ *Folder, path string) {
			put(t, path, bytes.Repeat([]byte{7}, size+1), day)
		}, false, false}, // of another size it is not the exhibit: it is copied
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFolder(t)
			path := filepath.Join(t.TempDir(), "r.m4a")
			put(t, path, bytes.Repeat([]byte{7}, size), day)
			admit(t, f, sourceAt(t, path))
			f, err := Open(f.Dir(), "test") // a later run
			if err != nil {
				t.Fatal(err)
			}
			c.do(t, f, path)
			var read int64
			src := sourceAt(t, path)
			src.Open = func() (io.ReadCloser, error) {
				in, err := os.Open(path)
				return counted{in, &read}, err
			}
			_, known, err := f.Knows(context.Background(), src, testNow)
			if err != nil || known != c.known || (read > 0) != c.read {
				t.Errorf("known %v, %d bytes read, %v", known, read, err)
			}
			if !c.known || !c.read {
				return
			}
			if again, err := Open(f.Dir(), "test"); err != nil {
				t.Fatal(err)
			} else if _, _, err := again.Knows(context.Background(), src, testNow); err != nil {
				t.Fatal(err)
			} else if read != size {
				t.Errorf("the run after it read %d bytes", read-size)
			}
		})
	}
}

func put(t *testing.T, path string, data []byte, modified time.Time) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
}

// change makes another byte of one, and puts the time back.
func change(t *testing.T, path string, at int64, modified time.Time) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt([]byte{8}, at); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
}
