//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"juzheng/evidence/bag"
)

// The whole program killed at random moments of add and build: what stands is
// whole, no original is touched, and the next run goes on. JUZHENG_KILLS says
// how many runs to kill, if not 12.
func TestKilledBuilds(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 4
	}
	if n, err := strconv.Atoi(os.Getenv("JUZHENG_KILLS")); err == nil {
		kills = n
	}
	seed := time.Now().UnixNano()
	rng := rand.New(rand.NewSource(seed))
	dir := t.TempDir()
	program := func(args ...string) *exec.Cmd {
		c := exec.Command("juzheng", append(args, "--no-input", "--date", "2026-10-08")...)
		c.Dir = dir
		return c
	}
	must := func(args ...string) {
		t.Helper()
		if out, err := program(args...).CombinedOutput(); err != nil {
			t.Fatalf("seed %d: %v: %v\n%s", seed, args, err, out)
		}
	}
	if err := copyDemo(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	before := contentOf(t, filepath.Join(dir, "out", "手机文件"))
	added := map[string]bool{}
	died := 0
	for i := range kills {
		name := fmt.Sprintf("note%03d.txt", i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte("催收 2026-10-01 09:14 "+name+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		added[name] = true
		args := []string{"add", "out/案件", name}
		if i%2 == 1 {
			args = []string{"build", "out/案件"}
		}
		c := program(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(1+rng.Intn(400)) * time.Millisecond)
		c.Process.Kill()
		if err := c.Wait(); err != nil && strings.Contains(err.Error(), "killed") {
			died++
		}
		wholeOutputs(t, filepath.Join(dir, "out", "案件"))
		if t.Failed() {
			t.Fatalf("seed %d, kill %d of %v", seed, i, args)
		}
	}
	for name := range added {
		must("add", "out/案件", name)
	}
	must("build", "out/案件")
	must("verify", "out/案件")
	must("verify", "out/案件/bundle.zip")
	wholeOutputs(t, filepath.Join(dir, "out", "案件"))
	for name, content := range contentOf(t, filepath.Join(dir, "out", "手机文件")) {
		if !bytes.Equal(content, before[name]) {
			t.Errorf("the original %s was changed", name)
		}
	}
	filepath.WalkDir(filepath.Join(dir, "out", "案件"), func(path string, d fs.DirEntry, err error) error {
		if strings.Contains(d.Name(), ".partial") || strings.HasSuffix(d.Name(), ".tmp") {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	out, err := program("list", "out/案件", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range added {
		if !bytes.Contains(out, []byte(name)) {
			t.Errorf("%s was lost", name)
		}
	}
	t.Logf("%d of %d runs died", died, kills)
}

func contentOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		out[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(dir, err)
	}
	return out
}

// wholeOutputs checks that a bundle, a zip or a PDF that stands under its own
// name is whole, whatever was killed.
func wholeOutputs(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"bundle", "bundle.zip"} {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err != nil {
			continue
		}
		res, err := bag.Verify(context.Background(), path, bag.Options{})
		if err != nil || res.ExitCode() != 0 {
			t.Errorf("%s is not whole: %v %+v", name, err, res.Problems)
		}
	}
	filepath.WalkDir(filepath.Join(dir, "packet"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".pdf" || strings.Contains(path, ".partial") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) ||
			!bytes.HasSuffix(bytes.TrimSpace(data), []byte("%%EOF")) {
			t.Errorf("%s is not whole: %v", path, err)
		}
		return nil
	})
}
