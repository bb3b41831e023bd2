package folder

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A letter that is written again takes nothing away: what lies in its place moves aside
// unless it is the same, and never onto what was moved before.
func TestPutLetter(t *testing.T) {
	f := &Folder{dir: t.TempDir()}
	put := func(text string) string {
		t.Helper()
		partial, err := os.MkdirTemp(f.Dir(), ".letter-*.partial")
		if err == nil {
			err = os.WriteFile(filepath.Join(partial, "正文.txt"), []byte(text), 0o600)
		}
		kept := ""
		if err == nil {
			kept, err = f.PutLetter(partial, "催办函")
		}
		if err != nil {
			t.Fatal(err)
		}
		if kept == "" {
			return ""
		}
		rel, _ := filepath.Rel(f.Dir(), kept)
		return filepath.ToSlash(rel)
	}
	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(f.Path(LettersDir, "催办函", name), []byte("签"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct{ name, text, beside, kept string }{
		{"the first", "一", "", ""},
		{"the same again", "一", "", ""},
		{"of another day", "二", "", "superseded/letters/催办函"},
		{"a scan lies beside it", "二", "签名.jpg", "superseded/letters/催办函-2"},
		{"the same, written on", "二", "正文.txt", "superseded/letters/催办函-3"},
	} {
		if x.beside != "" {
			write(x.beside)
		}
		if got := put(x.text); got != x.kept {
			t.Errorf("%s: the letter before is in %q, want %q", x.name, got, x.kept)
		}
		if data, _ := os.ReadFile(f.Path(LettersDir, "催办函", "正文.txt")); string(data) != x.text {
			t.Errorf("%s: the letter says %q", x.name, data)
		}
		if x.beside == "" || x.kept == "" {
			continue
		}
		if data, _ := os.ReadFile(f.Path(x.kept, x.beside)); string(data) != "签" {
			t.Errorf("%s: %s is lost", x.name, x.beside)
		}
	}
	var left []string
	if err := files(f.Dir(), func(path string) error { left = append(left, path); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(left) != 5 || slices.ContainsFunc(left, func(p string) bool { return filepath.Dir(p) == "." }) {
		t.Errorf("in the case folder: %q", left)
	}
}
