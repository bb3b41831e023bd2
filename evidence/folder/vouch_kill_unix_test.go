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
	"strings"
	"testing"
	"time"

	"juzheng/evidence/bag"
)

// TestVouchChild is no test: it is what the next one runs and kills. It signs,
// notes and exports over and over.
func TestVouchChild(t *testing.T) {
	dir := os.Getenv("EVIDENCE_VOUCH_DIR")
	if dir == "" {
		t.Skip("runs only as a child of the kill test")
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
	b := opened(t, f)
	ctx := context.Background()
	for i := range 3 {
		if err := b.Vouch(ctx, b.Signature, fmt.Appendf(nil, "signature %d %d", os.Getpid(), i), "sign", "key=x",
			testNow); err != nil {
			t.Fatal(err)
		}
		if err := b.Note(bag.EventPrint, "to=x", testNow); err != nil {
			t.Fatal(err)
		}
		dst := filepath.Join(dir, "copies", fmt.Sprintf("%d-%d", os.Getpid(), i))
		some := Outgoing{Dst: dst + ".zip", Zip: true, Keep: []string{"E001"}}
		if _, err := b.Export(ctx, some, testNow); err != nil {
			t.Fatal(err)
		}
	}
}

// Killed at any moment, a run that signs, notes and exports leaves a bundle
// with its content whole and its log unbroken, and no half copy under a name.
func TestKilledVouchingIsMended(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 5
	}
	f, b := sealedCase(t)
	dir := t.TempDir()
	if err := os.Rename(f.Dir(), filepath.Join(dir, "case")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "copies"), 0o700); err != nil {
		t.Fatal(err)
	}
	seed := time.Now().UnixNano()
	rng := rand.New(rand.NewSource(seed))
	run := func(kill time.Duration) {
		t.Helper()
		c := exec.Command(os.Args[0], "-test.run=^TestVouchChild$")
		c.Env = append(os.Environ(), "EVIDENCE_VOUCH_DIR="+dir)
		var out bytes.Buffer
		c.Stdout = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if kill > 0 {
			time.Sleep(kill)
			c.Process.Kill()
		}
		if err := c.Wait(); err != nil && (kill == 0 || strings.Contains(out.String(), "FAIL")) {
			t.Fatalf("seed %d: %v\n%s", seed, err, out.String())
		}
	}
	f, err := Open(filepath.Join(dir, "case"), "test")
	if err != nil {
		t.Fatal(err)
	}
	check := func() string {
		t.Helper()
		opened(t, f) // content whole
		events := since(t, f)
		for _, name := range []string{BundleDir, BundleZip} {
			if r, err := bag.Verify(context.Background(), f.Path(name),
				bag.Options{Expect: b.Root.SHA256}); err != nil || !contentWhole(r) {
				t.Errorf("seed %d: %s: %v", seed, name, err)
			}
		}
		return events
	}
	for range rounds {
		run(time.Duration(1+rng.Intn(60)) * time.Millisecond)
		check()
	}
	run(0)
	events := check()
	inStep(t, f)
	copies, err := filepath.Glob(filepath.Join(dir, "copies", "[0-9]*"))
	if err != nil || len(copies) < 3 || strings.Count(events, "export-begun") < len(copies) {
		t.Errorf("%d copies, %v, events %s", len(copies), err, events)
	}
	for _, path := range copies {
		r, err := bag.Verify(context.Background(), path, bag.Options{Expect: b.Root.SHA256, PartialOK: true})
		if err != nil || !contentWhole(r) || r.Evidence.Withheld != 1 { // the signature is none
			t.Errorf("seed %d: %s: %v", seed, path, err)
		}
	}
	if left, _ := filepath.Glob(f.Path(".*.partial")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
