package folder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

// sealedCase makes a case of two exhibits, sealed.
func sealedCase(t *testing.T) (*Folder, *SealedBundle) {
	t.Helper()
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	admit(t, f, source(t, "b.wav", "more"))
	if _, _, err := f.Seal(context.Background(), testNow); err != nil {
		t.Fatal(err)
	}
	return f, opened(t, f)
}

// sealedCase1 makes the same case as a release before format 2 left it.
func sealedCase1(t *testing.T) (*Folder, *SealedBundle) {
	t.Helper()
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	admit(t, f, source(t, "b.wav", "more"))
	sealAsBefore(t, f)
	return f, opened(t, f)
}

// sealAsBefore seals a case in format 1, as releases before format 2 did.
func sealAsBefore(t *testing.T, f *Folder) bag.Root {
	t.Helper()
	os.Remove(f.Path(KeyFile)) // they drew none
	state, err := f.StateSum()
	if err == nil {
		err = f.Note("seal", "state="+state, testNow)
	}
	if err != nil {
		t.Fatal(err)
	}
	last, log, err := f.LastSeal()
	if err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	timeline, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil {
		t.Fatal(err)
	}
	c := bag.Contents{Case: "x", Time: last.Time, Software: "test", Timeline: timeline, Custody: log}
	files := map[string]evidence.Exhibit{}
	for _, x := range register.Exhibits {
		e := entryOf(x)
		files[e.Path] = x
		c.Entries = append(c.Entries, e)
	}
	c.Open = func(e bag.Entry) (io.ReadCloser, error) { return f.OpenExhibit(files[e.Path]) }
	root, err := bag.Write(f.Path(BundleDir), c)
	if err == nil {
		err = f.Note("note", "root="+root.SHA256, testNow)
	}
	if err == nil {
		err = f.pack(last.Time)
	}
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// since lists the events of the custody log behind the last seal and its root.
func since(t *testing.T, f *Folder) string {
	t.Helper()
	log, err := f.Custody()
	if err != nil {
		t.Fatal(err)
	}
	records, problems := bag.CheckCustody(log)
	if len(problems) > 0 {
		t.Fatalf("the custody log does not hold: %v", problems)
	}
	var events []string
	for _, r := range records {
		switch {
		case r.Event == "seal":
			events = nil
		case !strings.HasPrefix(r.Detail, "root="):
			events = append(events, r.Event)
		}
	}
	return strings.Join(events, " ")
}

func opened(t *testing.T, f *Folder) *SealedBundle {
	t.Helper()
	b, err := f.Sealed(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func reseal(t *testing.T, f *Folder) {
	t.Helper()
	again, err := Open(f.Dir(), f.tool)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := again.Seal(context.Background(), testNow); err != nil {
		t.Fatal(err)
	}
}

// after lists the events after the seal.
func after(t *testing.T, f *Folder) string {
	t.Helper()
	log, _ := os.ReadFile(f.Path(BundleDir, bag.SealDir, bag.SealAfter))
	root, err := bag.ReadRoot(f.Path(BundleDir))
	if err != nil {
		t.Fatal(err)
	}
	records, problems := bag.CheckAfter(log, root)
	if len(problems) > 0 {
		t.Fatalf("the log after the seal does not hold: %v", problems)
	}
	var events []string
	for _, r := range records {
		events = append(events, r.Event)
	}
	return strings.Join(events, " ")
}

func inStep(t *testing.T, f *Folder) {
	t.Helper()
	if same, err := bag.SameSeal(f.Path(BundleZip), f.Path(BundleDir)); err != nil || !same {
		t.Errorf("bundle.zip has not what the folder has: %v", err)
	}
}

// A run that was stopped between seal/, its record and the zip is caught up
// with, by the same command or by the next seal.
func TestVouchAfterCrash(t *testing.T) {
	f, b := sealedCase(t)
	if err := b.put(b.Signature, []byte("signature")); err != nil { // and killed
		t.Fatal(err)
	}
	for range 2 {
		if err := opened(t, f).Vouch(context.Background(), b.Signature, []byte("signature"), "sign", "key=x",
			testNow); err != nil {
			t.Fatal(err)
		}
		if got := since(t, f); got != "sign" {
			t.Errorf("events %q, want one", got)
		}
	}
	inStep(t, f)
	os.RemoveAll(f.Path(BundleDir, bag.SealDir)) // killed before it came there
	reseal(t, f)
	inStep(t, f)
	if data, err := opened(t, f).Vouching(b.Signature); string(data) != "signature" {
		t.Errorf("signature %q, %v", data, err)
	}
}

// What gives way is kept.
func TestVouchKeepsTheOlder(t *testing.T) {
	for format, make := range []func(*testing.T) (*Folder, *SealedBundle){sealedCase1, sealedCase} {
		f, b := make(t)
		for _, s := range []string{"one", "two", "one", "three"} {
			if err := b.Vouch(context.Background(), b.Signature, []byte(s), "sign", "key=x", testNow); err != nil {
				t.Fatal(err)
			}
		}
		var kept []string
		files, _ := filepath.Glob(f.Path(SupersededDir, b.Root.Copy.SHA256[:16]+"-seal", "*"))
		for _, name := range files {
			data, _ := os.ReadFile(name)
			kept = append(kept, string(data))
		}
		events := since(t, f)
		if b.Root.Format != 2 {
			events = after(t, f)
		}
		slices.Sort(kept)
		if fmt.Sprint(kept) != "[one two]" || events != "sign sign sign sign" {
			t.Errorf("format %d: kept %v, events %q", format+1, kept, events)
		}
	}
}

// A damaged bundle is made again, and what vouches for its root stays with it,
// wherever the run that does so is stopped.
func TestDamagedBundleKeepsItsSeal(t *testing.T) {
	for _, stop := range []string{"", "before the bundle is made", "before the zip is made"} {
		f, b := sealedCase(t)
		if err := b.Vouch(context.Background(), b.Signature, []byte("signature"), "sign", "key=x",
			testNow); err != nil {
			t.Fatal(err)
		}
		victim := f.Path(BundleDir, "data", "E001.wav")
		os.Chmod(victim, 0o600)
		if err := os.WriteFile(victim, []byte("Sound"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Sealed(context.Background()); !errors.Is(err, ErrBundleAltered) {
			t.Errorf("an altered bundle is vouched for: %v", err)
		}
		if stop != "" {
			if err := f.setAside(b.Root.Copy.SHA256, damaged); err != nil {
				t.Fatal(err)
			}
		}
		if stop == "before the zip is made" {
			last, log, err := f.LastSeal()
			if err != nil {
				t.Fatal(err)
			}
			g, err := f.listed()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.writeBundle(g, last, bytes.Count(log, []byte("\n"))); err != nil {
				t.Fatal(err)
			}
		}
		reseal(t, f)
		if again := opened(t, f).Root; again != b.Root {
			t.Errorf("stopped %s: made again as %+v, was %+v", stop, again, b.Root)
		}
		if data, err := opened(t, f).Vouching(b.Signature); string(data) != "signature" {
			t.Errorf("stopped %s: signature %q, %v", stop, data, err)
		}
		if got := since(t, f); got != "sign" {
			t.Errorf("stopped %s: events %q", stop, got)
		}
		inStep(t, f)
	}
}

// What lies in seal/ is outside the root: whatever somebody does to it, the
// content stays what it was, and no build makes the bundle again for it.
func TestSealFilesDoNotMakeTheContentDamaged(t *testing.T) {
	f, b := sealedCase1(t)
	if err := b.Note("handover", "to=x", testNow); err != nil {
		t.Fatal(err)
	}
	log := f.Path(BundleDir, bag.SealDir, bag.SealAfter)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	broken := bytes.Replace(data, []byte("handover"), []byte("Handover"), 1)
	broken = bytes.Replace(broken, []byte(b.Root.SHA256), []byte(strings.Repeat("0", 64)), 1)
	for name, content := range map[string][]byte{bag.SealAfter: broken, bag.SealReply: []byte("no reply"),
		bag.SealSignature: []byte("no signature")} {
		if err := os.WriteFile(f.Path(BundleDir, bag.SealDir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := opened(t, f).Note("export", "name=x", testNow); err != nil {
		t.Fatal(err)
	}
	if got := after(t, f); got != "note export" {
		t.Errorf("events %q: a log that does not hold is not continued", got)
	}
	kept, err := os.ReadFile(f.Path(SupersededDir, b.Root.SHA256[:16]+"-seal", bag.SealAfter))
	if err != nil || !bytes.Equal(kept, broken) {
		t.Errorf("the broken log was not kept: %v", err)
	}
}

// The record of the next seal names the end of the log after the older one.
func TestNextSealClosesTheLogAfter(t *testing.T) {
	f, b := sealedCase1(t)
	if err := b.Note("handover", "to=x", testNow); err != nil {
		t.Fatal(err)
	}
	head, n, err := b.AfterHead()
	if err != nil || n != 1 {
		t.Fatal(head, n, err)
	}
	admit(t, f, source(t, "c.wav", "third"))
	reseal(t, f)
	log, _ := f.Custody()
	if want := fmt.Sprintf("supersedes=%s after=%s:1", b.Root.SHA256, head); !bytes.Contains(log, []byte(want)) {
		t.Errorf("no %q in\n%s", want, log)
	}
	if now := opened(t, f); now.Root.Format != 2 || since(t, f) != "" {
		t.Errorf("the new bundle is of format %d, behind it stands %q", now.Root.Format, since(t, f))
	}
	if left, _ := filepath.Glob(f.Path(SupersededDir, "*-damaged*")); len(left) > 0 {
		t.Errorf("the older bundle is called damaged: %v", left)
	}
}

// An export is noted before it is made, a failed one as well; exhibits are
// named by number, and nothing is written into the bundle.
func TestExport(t *testing.T) {
	f, b := sealedCase1(t)
	to := t.TempDir()
	made, err := b.Export(context.Background(),
		Outgoing{Dst: filepath.Join(to, "a b.zip"), Zip: true, For: "某 某", Keep: []string{"E002"}}, testNow)
	if err != nil || len(made.Left) != 1 || made.Left[0].Number != "E001" {
		t.Fatalf("%v, %v", made, err)
	}
	r, err := bag.Verify(context.Background(), filepath.Join(to, "a b.zip"),
		bag.Options{Expect: b.Root.SHA256, PartialOK: true})
	if err != nil || r.ExitCode() != 0 || r.Counts.Withheld != 1 || len(r.After) != 1 ||
		!strings.HasPrefix(r.After[0].Detail, "to=某_某 name=a_b.zip withheld=1:") {
		t.Errorf("%+v, %v", r, err)
	}
	var unknown *UnknownExhibitError
	for _, c := range []struct {
		copy Outgoing
		want any
	}{
		{Outgoing{Dst: filepath.Join(to, "x"), Keep: []string{"E009"}}, &unknown},
		{Outgoing{Dst: filepath.Join(to, "a b.zip")}, os.ErrExist},
		{Outgoing{Dst: f.Path(BundleDir, "x")}, ErrInsideCase},
		{Outgoing{Dst: f.Path(BundleDir, "data", "x.zip"), Zip: true}, ErrInsideCase},
		{Outgoing{Dst: filepath.Join(to, "nowhere", "x")}, os.ErrNotExist},
	} {
		_, err := b.Export(context.Background(), c.copy, testNow)
		if target, ok := c.want.(error); ok && !errors.Is(err, target) || !ok && !errors.As(err, c.want) {
			t.Errorf("%v: %v", c.copy, err)
		}
	}
	if got := after(t, f); got != "export-begun" {
		t.Errorf("events %q: what was refused is no event", got)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := b.Export(stopped, Outgoing{Dst: filepath.Join(to, "y")}, testNow); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if got := after(t, f); got != "export-begun export-begun note" {
		t.Errorf("events %q", got)
	}
	if got := since(t, f); got != "export-begun export export-begun note" {
		t.Errorf("events of the case %q", got)
	}
}
