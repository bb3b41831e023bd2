package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"juzheng/evidence"
)

// A branch has the files of its case under the same numbers, a log of its own, and
// nothing at its place where something fails.
func TestBranch(t *testing.T) {
	f := newFolder(t)
	for _, name := range []string{"a.wav", "b.wav"} {
		if _, how := admit(t, f, source(t, name, "sound "+name)); how != Admitted {
			t.Fatal(how)
		}
	}
	if err := f.Leave([]string{"E002"}, true, "private", testNow); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(f.Path(ExhibitsDir, "E002.wav")); err != nil { // what is left out may be gone
		t.Fatal(err)
	}
	f.Cache([]byte("{}"), "pages", "a-text1.json") // what was read of a PDF
	f.Cache([]byte("drawn"), "pages", "a-1-1")
	to := filepath.Join(t.TempDir(), "deep", "b")
	c := evidence.Case{ID: "0198f000-0000-7000-8000-000000000002"}
	broken := errors.New("broken")
	if err := f.Branch(t.Context(), to, c, testNow, func(*Folder) error { return broken }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(to)); len(left) > 0 {
		t.Errorf("a branch that failed left %v", left)
	}
	if err := f.Branch(t.Context(), to, c, testNow, func(*Folder) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := f.Branch(t.Context(), to, c, testNow, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("onto a folder that is there: %v", err)
	}
	made, err := Open(to, "test")
	if err != nil {
		t.Fatal(err)
	}
	if string(made.Cached("pages", "a-text1.json")) != "{}" || made.Cached("pages", "a-1-1") != nil {
		t.Error("the texts of PDFs, and they alone, go along")
	}
	if err := made.CheckCustody(); err != nil {
		t.Error(err)
	}
	mine, _ := f.Register()
	theirs, err := made.Register()
	if err != nil || len(theirs.Exhibits) != len(mine.Exhibits) ||
		theirs.Exhibits[0].SHA256 != mine.Exhibits[0].SHA256 {
		t.Errorf("%v %+v", err, theirs.Exhibits)
	}
	got, err := made.ReadCase()
	if err != nil || got.ID != c.ID || got.Complainant.Name != "" {
		t.Errorf("%v %+v", err, got)
	}
	if _, err := os.Stat(made.Path(ExhibitsDir, "E001.wav")); err != nil {
		t.Error(err)
	}
}
