package folder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"juzheng/evidence"
)

// Whatever the program writes, moves or copies in a case: a link in its place, or
// anywhere below it, is refused by name when the case is opened.
func TestLinksAreRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	if _, err := Init(dir, evidence.Case{}, time.Unix(1_790_000_000, 0), "test"); err != nil {
		t.Fatal(err)
	}
	victim := t.TempDir()
	names := append([]string{PacketDir, PreviewDir, CaseFile, TimelineFile, DebtsFile, "Cache", ".adding"}, keptFiles...)
	for _, d := range keptDirs {
		names = append(names, d, d+"/a", d+"/a/b")
	}
	for _, name := range append(names, PacketDir+"/1-平台/附件", BundleDir+"/data/exhibits") {
		at := filepath.Join(dir, filepath.FromSlash(name))
		aside := filepath.Join(victim, "aside")
		moved := os.Rename(at, aside) == nil
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		to := victim
		if moved { // case.toml must still read as a case
			to = aside
		}
		if err := os.Symlink(to, at); err != nil {
			t.Skip(err)
		}
		var link *LinkError
		if _, err := Open(dir, "test"); !errors.As(err, &link) || link.Name != name || link.Target != to {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Remove(at); err != nil {
			t.Fatal(err)
		}
		if moved {
			if err := os.Rename(aside, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Symlink(victim, filepath.Join(dir, "我的照片")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "test"); err != nil {
		t.Errorf("the person's own link: %v", err)
	}
}
