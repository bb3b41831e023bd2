//go:build unix

package folder

import (
	"bytes"
	"context"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"juzheng/evidence/bag"
)

// TestChild is no test: it is what the tests below run, kill and starve. It
// admits every file of DIR/src and seals in between.
func TestChild(t *testing.T) {
	dir := os.Getenv("EVIDENCE_CHILD_DIR")
	if dir == "" {
		t.Skip("runs only as a child of the kill and disk tests")
	}
	var limit uint64
	if _, err := fmt.Sscan(os.Getenv("EVIDENCE_CHILD_FSIZE"), &limit); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(filepath.Join(dir, "case"), "test")
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := f.Lock(testNow)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	names, _ := filepath.Glob(filepath.Join(dir, "src", "*"))
	for i, path := range names {
		admit(t, f, sourceAt(t, path))
		if i%4 == 3 {
			if _, _, err := f.Seal(context.Background(), testNow); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func child(dir, limit string) *exec.Cmd {
	c := exec.Command(os.Args[0], "-test.run=^TestChild$")
	c.Env = append(os.Environ(), "EVIDENCE_CHILD_DIR="+dir, "EVIDENCE_CHILD_FSIZE="+limit)
	return c
}

func caseWithSources(t *testing.T, files, size int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "src"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range files {
		path := filepath.Join(dir, "src", fmt.Sprintf("r%02d.wav", i))
		if err := os.WriteFile(path, bytes.Repeat([]byte{byte(i)}, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, testNow, testNow); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Init(filepath.Join(dir, "case"), sampleCase(), testNow, "test"); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wholeCase checks what must hold after everything was run to its end.
func wholeCase(t *testing.T, dir string, files int) {
	t.Helper()
	f, err := Open(filepath.Join(dir, "case"), "test")
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Register()
	log, _ := f.Custody()
	_, problems := bag.CheckCustody(log)
	imports := bytes.Count(log, []byte(`"event":"import"`))
	if err != nil || len(r.Exhibits) != files || imports != files || len(problems) > 0 {
		t.Errorf("%d exhibits, %d imports, want %d; %v, custody %v", len(r.Exhibits), imports, files, err, problems)
	}
	if left, _ := os.ReadDir(f.Path(ExhibitsDir)); len(left) != files {
		t.Errorf("exhibits/ holds %v", left)
	}
	for _, made := range []string{BundleDir, BundleZip} {
		v, err := bag.Verify(context.Background(), f.Path(made), bag.Options{})
		if err != nil || v.Verdict != bag.WithinItself {
			t.Errorf("%s: %v %+v", made, err, v)
		}
	}
	older, _ := os.ReadDir(f.Path(SupersededDir))
	for _, d := range older {
		if d.Name() != "unregistered" && !bytes.Contains(log, []byte("supersedes="+d.Name())) {
			t.Errorf("no seal names the older bundle %s", d.Name())
		}
	}
}

// Runs killed at random moments leave a case that the next run completes.
// JUZHENG_KILLS says how many to kill, if not 60.
func TestKilledRunsAreMended(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 2
	}
	if n, err := strconv.Atoi(os.Getenv("JUZHENG_KILLS")); err == nil {
		rounds = (n + 5) / 6
	}
	seed := time.Now().UnixNano()
	rng := rand.New(rand.NewSource(seed))
	for range rounds {
		dir := caseWithSources(t, 8, 50_000)
		for range 6 {
			c := child(dir, "")
			var out strings.Builder
			c.Stdout = &out
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(2+rng.Intn(50)) * time.Millisecond)
			c.Process.Kill()
			if err := c.Wait(); err != nil && strings.Contains(out.String(), "FAIL") {
				t.Fatalf("seed %d: a run after a kill failed: %s", seed, out.String())
			}
		}
		if out, err := child(dir, "").CombinedOutput(); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, out)
		}
		wholeCase(t, dir, 8)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A disk that fills up at any size makes the run fail, and nothing is lost.
func TestFullDiskIsMended(t *testing.T) {
	dir := caseWithSources(t, 4, 700)
	refused := 0
	for limit := 200; limit < 9000; limit += 409 {
		if _, err := child(dir, fmt.Sprint(limit)).CombinedOutput(); err != nil {
			refused++
		}
		f, err := Open(filepath.Join(dir, "case"), "test")
		if err != nil {
			t.Fatal(err)
		}
		log, _ := f.Custody()
		_, problems := bag.CheckCustody(log)
		if _, err := f.Register(); err != nil || len(problems) > 0 {
			t.Errorf("limit %d: register %v, custody %v", limit, err, problems)
		}
	}
	if refused == 0 {
		t.Error("no limit was met: the test shows nothing")
	}
	if out, err := child(dir, "").CombinedOutput(); err != nil {
		t.Fatalf("with room again: %v\n%s", err, out)
	}
	wholeCase(t, dir, 4)
}

// Of runs started together, one has the case; the others are told who.
func TestRunsTogether(t *testing.T) {
	dir := caseWithSources(t, 8, 50_000)
	var running []*exec.Cmd
	var outs []*bytes.Buffer
	for range 4 {
		c, out := child(dir, ""), &bytes.Buffer{}
		c.Stdout = out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		running, outs = append(running, c), append(outs, out)
	}
	done := 0
	for i, c := range running {
		if err := c.Wait(); err == nil {
			done++
		} else if !strings.Contains(outs[i].String(), "case is locked") {
			t.Errorf("refused otherwise: %s", outs[i])
		}
	}
	if done == 0 {
		t.Error("no run had the case")
	}
	wholeCase(t, dir, 8)
}
