package disk_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence/disk"
)

// names lists what stands in a folder.
func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		out = append(out, e.Name())
	}
	return out
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), want %q", filepath.Base(path), got, err, want)
	}
}

var errBroke = errors.New("broke off")

// A writer that fails half-way leaves what stood there, and nothing beside it.
func TestFailedWritesLeaveNothing(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	if err := disk.Replace(old, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	half := func(w io.Writer) error { io.WriteString(w, "half"); return errBroke }
	if err := disk.SetNew(filepath.Join(dir, "new"), 0o600, half); !errors.Is(err, errBroke) {
		t.Errorf("SetNew: %v", err)
	}
	err := disk.Set([]string{old, filepath.Join(dir, "second")}, func(w []io.Writer) error {
		io.WriteString(w[0], "whole")
		return half(w[1])
	})
	if !errors.Is(err, errBroke) {
		t.Errorf("Set: %v", err)
	}
	holds(t, old, "before")
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// What must be new never replaces what stands there.
func TestNewFilesReplaceNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report")
	if err := disk.WriteNew(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := disk.WriteNew(path, []byte("other"), 0o600); !errors.Is(err, fs.ErrExist) {
		t.Errorf("WriteNew over a file: %v", err)
	}
	err := disk.SetNew(path, 0o600, func(w io.Writer) error { _, err := io.WriteString(w, "other"); return err })
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("SetNew over a file: %v", err)
	}
	var at *fs.PathError
	if !errors.As(err, &at) || at.Path != path {
		t.Errorf("SetNew names %v, not the file that was asked for", err)
	}
	holds(t, path, "mine")
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// A name as long as file systems allow can be written too.
func TestLongNames(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, strings.Repeat("证", 83)+".pdf") // 253 bytes
	if err := disk.Replace(path, []byte("whole"), 0o600); err != nil {
		t.Error(err)
	}
	holds(t, path, "whole")
	if err := disk.SetNew(path+".a", 0o600, func(io.Writer) error { return nil }); err != nil {
		t.Error(err)
	}
	if got := names(t, dir); len(got) != 2 {
		t.Errorf("left behind: %v", got)
	}
}

// Where nothing can be made, the error names the file that was asked for and
// not the hidden one beside it.
func TestErrorsNameTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nowhere", "report")
	for name, err := range map[string]error{
		"Replace": disk.Replace(path, nil, 0o600),
		"SetNew":  disk.SetNew(path, 0o600, func(io.Writer) error { return nil }),
		"Set":     disk.Set([]string{path}, func([]io.Writer) error { return nil }),
	} {
		var at *fs.PathError
		if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &at) || at.Path != path {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The folder that was there before is gone only once the new one has its name.
func TestSwapDir(t *testing.T) {
	dir := t.TempDir()
	final, partial := filepath.Join(dir, "packet"), filepath.Join(dir, ".packet.partial")
	for _, content := range []string{"first", "second"} {
		if err := os.Mkdir(partial, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := disk.WriteNew(filepath.Join(partial, "letter"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := disk.SwapDir(partial, final); err != nil {
			t.Fatal(err)
		}
		holds(t, filepath.Join(final, "letter"), content)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// One holder at a time; the lock ends with the file.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".lock")
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	first, second := open(), open()
	if err := disk.TryLock(first); err != nil {
		t.Fatal(err)
	}
	if err := disk.TryLock(second); !errors.Is(err, disk.ErrHeld) {
		t.Errorf("a held lock: %v", err)
	}
	first.Close()
	if err := disk.TryLock(second); err != nil {
		t.Errorf("a lock given back: %v", err)
	}
}

// A folder named like a pattern is found as itself and nothing else.
func TestQuoteGlob(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"案[1]", "案1", "案-a"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, ".x.partial"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := filepath.Glob(filepath.Join(disk.QuoteGlob(filepath.Join(dir, "案[1]")), ".*"+disk.Partial))
	if err != nil || len(got) != 1 || filepath.Base(filepath.Dir(got[0])) != "案[1]" {
		t.Errorf("got %v, %v", got, err)
	}
}

func ExampleReplace() {
	dir, err := os.MkdirTemp("", "case")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "case.toml")
	for _, content := range []string{"first", "second"} {
		if err := disk.Replace(path, []byte(content), 0o600); err != nil {
			panic(err)
		}
	}
	data, _ := os.ReadFile(path)
	left, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), ".*"+disk.Partial))
	fmt.Printf("%s, %d left aside\n", data, len(left))
	// Output: second, 0 left aside
}

// Leftovers are what stands for a path while it is made, by any of the ways
// here, and nothing of its neighbours.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "副本 [1].zip")
	file, err := disk.Aside(path)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	folder, err := disk.AsideDir(path)
	if err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(dir, ".副本 [1].zip"+disk.Partial)
	for _, other := range []string{plain, filepath.Join(dir, ".副本 [2].zip.1"+disk.Partial), path,
		filepath.Join(dir, "副本 [1].zip.1"+disk.Partial)} {
		if err := os.WriteFile(other, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{plain, file.Name(), folder}
	slices.Sort(want[1:])
	if got := disk.Leftovers(path); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
