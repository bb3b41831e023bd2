package folder

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence/bag"
)

// released is a case folder as the last release before format 2 left it: two
// exhibits, a letter to the platform, a handover.
const (
	released     = "testdata/format1"
	releasedRoot = "46d5cd2ddfc260cb0034afe85840d46ca29bf271c912946cbe22f81e7b764ea9" // as the letter prints it
)

// later is a day after the fixture was made.
var later = testNow.AddDate(0, 3, 0)

func openReleased(t *testing.T) *Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "案件")
	if err := os.CopyFS(dir, os.DirFS(released)); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What an earlier release made is used as it is until somebody builds.
func TestReleasedCaseIsUsedAsItIs(t *testing.T) {
	f := openReleased(t)
	letter, err := os.ReadFile(f.Path(PacketDir, "1-平台客服", "正文.txt"))
	if err != nil || !bytes.Contains(letter, []byte(bag.FormatRoot(releasedRoot))) {
		t.Fatalf("the letter of the fixture does not print the root: %v", err)
	}
	root, current, err := f.Current()
	if err != nil || !current || root.SHA256 != releasedRoot || root.Format != 0 {
		t.Errorf("%+v, current %v, %v", root, current, err)
	}
	b := opened(t, f)
	dst := filepath.Join(t.TempDir(), "copy")
	if _, err := b.Export(context.Background(), Outgoing{Dst: dst, Keep: []string{"E001"}}, later); err != nil {
		t.Fatal(err)
	}
	r, err := bag.Verify(context.Background(), dst, bag.Options{Expect: releasedRoot, PartialOK: true})
	if err != nil || r.ExitCode() != 0 || r.Counts.Withheld != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := b.Vouch(context.Background(), b.Signature, []byte("signature"), "sign", "key=x", later); err != nil {
		t.Fatal(err)
	}
	if got := after(t, f); got != "handover export-begun sign" {
		t.Errorf("the log after the seal: %q", got)
	}
	for _, name := range []string{KeyFile, CommitDir} {
		if _, err := os.Lstat(f.Path(name)); !os.IsNotExist(err) {
			t.Errorf("%s was added without a build: %v", name, err)
		}
	}
}

// The next build goes on in format 2 and loses nothing of what was there.
func TestReleasedCaseGoesOn(t *testing.T) {
	f := openReleased(t)
	before := map[string]string{}
	err := files(released, func(path string) error {
		text, err := os.ReadFile(filepath.Join(released, path))
		before[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	root, fresh, err := f.Seal(context.Background(), later)
	if err != nil || !fresh || root.Format != 2 || root.Items != 2 || root.Lines != 4 {
		t.Fatalf("%+v, %v, %v", root, fresh, err)
	}
	for path, text := range before {
		at := f.Path(path)
		if below, ok := strings.CutPrefix(path, BundleDir+string(filepath.Separator)); ok {
			at = f.Path(SupersededDir, releasedRoot[:16], BundleDir, below)
		}
		now, err := os.ReadFile(at)
		if err != nil || string(now) != text && !(path == CustodyFile && strings.HasPrefix(string(now), text)) {
			t.Errorf("%s is not what it was: %v", path, err)
		}
	}
	old, err := bag.Verify(context.Background(), f.Path(SupersededDir, releasedRoot[:16], BundleDir),
		bag.Options{Expect: releasedRoot})
	if err != nil || old.ExitCode() != 0 || old.Verdict != bag.Anchored || old.Page != "format 1" {
		t.Errorf("the letter that was sent: %+v, %v", old, err)
	}
	r, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: root.SHA256})
	if err != nil || r.ExitCode() != 0 || r.Evidence.Follows != releasedRoot {
		t.Errorf("%+v, %v", r, err)
	}
	log, _ := f.Custody()
	if want := "supersedes=" + releasedRoot + " after="; !bytes.Contains(log, []byte(want)) {
		t.Errorf("the log does not say %q", want)
	}
}
