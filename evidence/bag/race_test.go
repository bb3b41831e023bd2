package bag

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// What happens to a file while it is read gives no result for it, never a
// good one: verify says so and ends with 3, or with 5 where it also saw other
// bytes. The file is longer than one read, and is changed after the first.
func TestChangedWhileRead(t *testing.T) {
	const size = 4 << 20
	payload := map[string]string{"data/E001.bin": strings.Repeat("sound ", size/6), "data/E002.txt": "small"}
	target := func(dir string) string { return filepath.Join(dir, "data", "E001.bin") }
	swapIn := func(t *testing.T, dir string, make func(name string) error) {
		t.Helper()
		name := filepath.Join(filepath.Dir(dir), "other")
		if err := make(name); err != nil {
			t.Skip(err)
		}
		if err := os.Rename(name, target(dir)); err != nil {
			t.Error(err)
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, dir string)
	}{
		{"grows", func(t *testing.T, dir string) {
			f, err := os.OpenFile(target(dir), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.WriteString("more")
			f.Close()
		}},
		{"shrinks", func(t *testing.T, dir string) { os.Truncate(target(dir), size/2) }},
		{"is emptied", func(t *testing.T, dir string) { os.Truncate(target(dir), 0) }},
		{"is rewritten in place", func(t *testing.T, dir string) {
			f, err := os.OpenFile(target(dir), os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.WriteAt([]byte("SOUND"), 0) // what was read already
			f.Close()
		}},
		{"is replaced by the same bytes", func(t *testing.T, dir string) {
			swapIn(t, dir,
				func(name string) error { return os.WriteFile(name, []byte(payload["data/E001.bin"]), 0o600) })
		}},
		{"is replaced by a link", func(t *testing.T, dir string) {
			swapIn(t, dir, func(name string) error { return os.Symlink("E002.txt", name) })
		}},
		{"is deleted", func(t *testing.T, dir string) { os.Remove(target(dir)) }},
		{"its folder is replaced by a link to a copy", func(t *testing.T, dir string) {
			if err := os.Rename(filepath.Join(dir, "data"), filepath.Join(filepath.Dir(dir), "moved")); err != nil {
				t.Error(err)
			}
			if err := os.Symlink(filepath.Join("..", "moved"), filepath.Join(dir, "data")); err != nil {
				t.Skip(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
			root, err := Write(dir, testContents(t, payload))
			if err != nil {
				t.Fatal(err)
			}
			// So that the time of a change made at once differs.
			long := time.Now().Add(-time.Hour)
			os.Chmod(target(dir), 0o600)
			if err := os.Chtimes(target(dir), long, long); err != nil {
				t.Fatal(err)
			}
			var once sync.Once
			opt := Options{Expect: root.SHA256, Workers: 1, Progress: func(done, _ int64) {
				once.Do(func() { c.change(t, dir) })
			}}
			res, err := Verify(context.Background(), dir, opt)
			if err != nil {
				t.Fatal(err)
			}
			if code := res.ExitCode(); code != 3 || res.Verdict != NotChecked || !hasCode(res, "E-FILE-CHANGING") {
				t.Errorf("exit %d, %s\n%s", code, res.Verdict, problems(res))
			}
		})
	}
}

// Between the walk and the opening a file can become anything.
func TestSwappedBeforeOpen(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"pipe":        makePipe,
		"link inside": func(path string) error { return os.Symlink("E002.jpg", path) },
		"link out":    func(path string) error { return os.Symlink("/etc/hostname", path) },
		"folder":      func(path string) error { return os.Mkdir(path, 0o755) },
		"file, same size": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("SOUND ", 300)),
				0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := newBundle(t)
			tree, err := openFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer tree.close()
			nodes, _, err := tree.list(1000)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, recording)
			// The old file stays, so that its number is not given to the new.
			if err := os.Rename(path, filepath.Join(filepath.Dir(dir), "old")); err != nil {
				t.Fatal(err)
			}
			if err := make(path); err != nil {
				t.Skip(err)
			}
			for _, n := range nodes {
				if n.path != recording {
					continue
				}
				if f, err := tree.open(n); err == nil {
					f.Close()
					t.Error("it was opened as if it were the file that was seen")
				}
				if tree.still(n) {
					t.Error("it counts as the file that was seen")
				}
			}
		})
	}
}

// A zip that changes while it is read gives no result either.
func TestZipChangedWhileRead(t *testing.T) {
	payload := map[string]string{"data/E001.bin": strings.Repeat("sound ", 1<<19)}
	dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
	if _, err := Write(dir, testContents(t, payload)); err != nil {
		t.Fatal(err)
	}
	name := zipOf(t, dir)
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(name, long, long); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	res, err := Verify(context.Background(), name, Options{Workers: 1, Progress: func(done, _ int64) {
		once.Do(func() {
			f, err := os.OpenFile(name, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.WriteAt([]byte("X"), 0)
			f.Close()
		})
	}})
	if err != nil {
		t.Fatal(err)
	}
	if res.ExitCode() != 3 || !hasCode(res, "E-FILE-CHANGING") {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
}
