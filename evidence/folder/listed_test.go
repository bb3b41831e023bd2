package folder

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// What is no evidence does not move the code: an address, a receipt, a row, a
// print, the same bytes by another path, a later reading of a time.
func TestCodeFollowsTheEvidence(t *testing.T) {
	f, b := sealedCase(t)
	list, err := os.ReadFile(f.Path(CommitDir, listFile))
	if err != nil {
		t.Fatal(err)
	}
	change := func(name, old, new string) {
		t.Helper()
		data, err := os.ReadFile(f.Path(name))
		if err != nil || !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(f.Path(name), bytes.Replace(data, []byte(old), []byte(new), 1), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, step := range map[string]func(){
		"address": func() { change(CaseFile, `address = ""`, `address = "虚构区样例路2号"`) },
		"row": func() {
			if _, err := f.AppendIncidents([]evidence.Incident{{Kind: evidence.Call, Source: "person"}},
				testNow); err != nil {
				t.Fatal(err)
			}
		},
		"print": func() {
			if err := opened(t, f).Note(bag.EventPrint, "to=platform", testNow); err != nil {
				t.Fatal(err)
			}
		},
		"another path": func() {
			if _, how := admit(t, f, source(t, "copy.wav", "sound")); how != Duplicate {
				t.Fatal(how)
			}
		},
		"whose phone": func() {
			if err := f.AddNote("E001", evidence.Note{Code: evidence.NotePhoneOf, About: "family"},
				testNow); err != nil {
				t.Fatal(err)
			}
		},
	} {
		step()
		reseal(t, f)
		now, err := os.ReadFile(f.Path(CommitDir, listFile))
		if err != nil || !bytes.Equal(now, list) || opened(t, f).Root.SHA256 != b.Root.SHA256 {
			t.Errorf("%s moved the code: %v", name, err)
		}
	}
	admit(t, f, source(t, "c.wav", "third"))
	if _, current, err := f.Current(); err != nil || current {
		t.Errorf("a new exhibit, and the bundle is current: %v", err)
	}
	reseal(t, f)
	now := opened(t, f)
	if now.Root.SHA256 == b.Root.SHA256 || now.Root.Lines != b.Root.Lines+1 {
		t.Errorf("a new exhibit did not move the code: %+v", now.Root)
	}
	r, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: b.Root.SHA256})
	if err != nil || r.ExitCode() != 3 || r.Evidence.Covered != b.Root.Lines || len(r.Evidence.NotCovered) != 1 {
		t.Errorf("the earlier letter: %+v, %v", r.Evidence, err)
	}
}

// A copy for somebody holds what they get, and proves the code.
func TestExportListed(t *testing.T) {
	f, _ := sealedCase(t)
	if _, err := f.AppendIncidents([]evidence.Incident{
		{Kind: evidence.Call, Source: "E001:1", Exhibits: []string{"E001"}, Shown: "秘密"},
		{Kind: evidence.Call, Source: "E002:1", Exhibits: []string{"E002"}, Shown: "提供"},
		{Kind: evidence.Call, Source: "E002:2 E001", Exhibits: []string{"E002"}, Shown: "秘密"},
		{Kind: evidence.Call, Source: "person", Words: "秘密"},
	}, testNow); err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	b := opened(t, f)
	to := t.TempDir()
	if _, err := b.Export(context.Background(), Outgoing{Dst: filepath.Join(to, "other"), For: "别处"},
		testNow); err != nil {
		t.Fatal(err)
	}
	for _, dst := range []string{"a b.zip", "part"} {
		dst = filepath.Join(to, dst)
		made, err := b.Export(context.Background(),
			Outgoing{Dst: dst, Zip: strings.HasSuffix(dst, ".zip"), For: "某 某", Keep: []string{"E002"}}, testNow)
		if err != nil || len(made.Left) != 1 || made.Left[0].Number != "E001" || made.Root.SHA256 != b.Root.SHA256 {
			t.Fatalf("%+v, %v", made, err)
		}
		r, err := bag.Verify(context.Background(), dst,
			bag.Options{Expect: b.Root.SHA256, ExpectCopy: made.Root.Copy.SHA256})
		if err != nil || r.ExitCode() != 3 || r.Evidence.Here != 1 || r.Evidence.Withheld != 1 || !r.Evidence.CopyMet {
			t.Errorf("%+v, %v", r, err)
		}
		last := r.Custody[len(r.Custody)-1]
		if last.Event != bag.EventExportBegun || last.Detail != "to=某_某 here=1 of=2" {
			t.Errorf("the copy says of itself: %+v", last)
		}
	}
	for _, text := range textsOf(t, filepath.Join(to, "part")) {
		for _, secret := range []string{"a.wav", "秘密", "别处", "T002", "E001:1"} {
			if strings.Contains(text, secret) {
				t.Errorf("the copy holds %q", secret)
			}
		}
	}
	if got := since(t, f); got != "export-begun export export-begun export export-begun export" {
		t.Errorf("events %q", got)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := b.Export(stopped, Outgoing{Dst: filepath.Join(to, "y")}, testNow); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if err := f.Note(bag.EventExportBegun, "name=killed", testNow); err != nil { // and killed
		t.Fatal(err)
	}
	if _, err := b.Export(context.Background(), Outgoing{Dst: filepath.Join(to, "z")}, testNow); err != nil {
		t.Fatal(err)
	}
	if got := since(t, f); !strings.HasSuffix(got, "export-begun note export-begun note export-begun export") {
		t.Errorf("events %q", got)
	}
}

func textsOf(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := files(dir, func(path string) error {
		text, err := os.ReadFile(filepath.Join(dir, path))
		out = append(out, string(text))
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %v", dir, err)
	}
	return out
}

// Openings are never made anew in silence: what is lost comes back from a
// bundle, or nothing is sealed.
func TestLostOpenings(t *testing.T) {
	for name, c := range map[string]struct {
		lose func(*Folder)
		want func(error) bool
	}{
		"opening": {func(f *Folder) { os.Remove(f.Path(CommitDir, commit.OpeningPath("E001"))) }, nil},
		"record edited": {func(f *Folder) {
			os.WriteFile(f.Path(CommitDir, commit.RecordPath("E001")), []byte("{}\n"), 0o600)
		}, nil},
		"list":      {func(f *Folder) { os.Remove(f.Path(CommitDir, listFile)) }, nil},
		"list cut":  {func(f *Folder) { os.Truncate(f.Path(CommitDir, listFile), 40) }, nil},
		"all of it": {func(f *Folder) { os.RemoveAll(f.Path(CommitDir)) }, nil},
		"the key":   {func(f *Folder) { os.Remove(f.Path(KeyFile)) }, nil},
		"opening, and the bundle": {func(f *Folder) {
			os.Remove(f.Path(CommitDir,
				commit.OpeningPath("E001")))
			os.RemoveAll(f.Path(BundleDir))
		}, func(err error) bool { var e *LostOpeningError; return errors.As(err, &e) && e.Exhibit == "E001" }},
		"all of it and the bundle": {func(f *Folder) {
			os.RemoveAll(f.Path(CommitDir))
			os.RemoveAll(
				f.Path(BundleDir))
		}, func(err error) bool { var e *LostListError; return errors.As(err, &e) }},
	} {
		f, b := sealedCase(t)
		c.lose(f)
		admit(t, f, source(t, "c.wav", "third"))
		again, err := Open(f.Dir(), "test")
		if err != nil {
			t.Fatal(err)
		}
		root, _, err := again.Seal(context.Background(), testNow)
		if c.want != nil {
			if err == nil || !c.want(err) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: b.Root.SHA256})
		if err != nil || r.Evidence == nil || r.Evidence.Covered != b.Root.Lines || root.Lines != b.Root.Lines+1 {
			t.Errorf("%s: the earlier letter is not proven: %+v, %v", name, r, err)
		}
	}
}

// A run that was killed between the two lists, whether or not the case was sealed before,
// keeps nobody from sealing: what it added is added again.
func TestKilledBetweenTheLists(t *testing.T) {
	for _, sealed := range []bool{false, true} {
		f := newFolder(t)
		admit(t, f, source(t, "a.wav", "first"))
		if sealed {
			if _, _, err := f.Seal(context.Background(), testNow); err != nil {
				t.Fatal(err)
			}
		} else if g, err := f.grown(); err != nil || f.store(g) != nil {
			t.Fatal(err)
		}
		admit(t, f, source(t, "b.wav", "second"))
		g, err := f.grown()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Path(CommitDir, listSM3File), g.list.SM3Text(), 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := Open(f.Dir(), "test")
		if err != nil {
			t.Fatal(err)
		}
		root, _, err := again.Seal(context.Background(), testNow)
		if err != nil {
			t.Errorf("sealed before: %v: %v", sealed, err)
			continue
		}
		if r, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: root.SHA256}); err != nil ||
			r.Verdict != bag.Anchored {
			t.Errorf("sealed before: %v: %+v, %v", sealed, r, err)
		}
	}
}

// A case of an earlier release opens: its bundle is kept, its root stays on
// record, and the list begins with it.
func TestCaseOfFormat1(t *testing.T) {
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	old := sealAsBefore(t, f)
	if _, current, err := f.Current(); err != nil || !current {
		t.Errorf("a bundle of format 1 is not current: %v", err)
	}
	before, err := os.ReadFile(f.Path(BundleDir, bag.RootName))
	if err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	now := opened(t, f)
	kept, err := os.ReadFile(f.Path(SupersededDir, old.SHA256[:16], BundleDir, bag.RootName))
	if err != nil || !bytes.Equal(kept, before) {
		t.Errorf("the older bundle was not kept: %v", err)
	}
	r, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: now.Root.SHA256})
	if err != nil || r.ExitCode() != 0 || r.Evidence.Follows != old.SHA256 {
		t.Errorf("%+v, %v", r, err)
	}
	list, err := os.ReadFile(f.Path(CommitDir, listFile))
	if err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	if again, err := os.ReadFile(f.Path(CommitDir, listFile)); err != nil || !bytes.Equal(again, list) {
		t.Errorf("the list grew though nothing was added: %v", err)
	}
	if info, err := os.Stat(f.Path(KeyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
	for _, text := range textsOf(t, f.Path(BundleDir)) {
		if key, _ := os.ReadFile(f.Path(KeyFile)); strings.Contains(text, string(key[:32])) {
			t.Error("the bundle holds the case key")
		}
	}
}

// A handover is in the log once its slip is whole; whoever was killed before
// that has given nothing, and the next run says so and clears up.
func TestHandoverRecords(t *testing.T) {
	f, b := sealedCase(t)
	slip := filepath.Join(t.TempDir(), "slip.pdf")
	if err := b.BeginHandover("某 某", "bundle.zip", testNow); err != nil {
		t.Fatal(err)
	}
	if err := b.HandOver("某 某", "bundle.zip", b.Root.Copy.SHA256, testNow); err != nil {
		t.Fatal(err)
	}
	if err := b.BeginHandover("某 某", "bundle.zip", testNow); err != nil { // and killed
		t.Fatal(err)
	}
	if _, err := f.Outside(slip); err != nil {
		t.Fatal(err)
	}
	half, err := disk.Aside(slip)
	if err != nil {
		t.Fatal(err)
	}
	half.Close()
	for range 2 {
		unlock, err := f.Lock(testNow)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.MendLogs(testNow); err != nil {
			t.Fatal(err)
		}
		unlock()
	}
	if got := since(t, f); got != "handover-begun handover handover-begun note" {
		t.Errorf("events %q", got)
	}
	for _, path := range []string{half.Name(), f.Path(outsideFile)} {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("left behind: %s", path)
		}
	}
}
