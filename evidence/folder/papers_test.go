package folder

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What becomes of the papers of two recipients when others are made for a third: those
// that show what is covered by now, or tell of a complaint of which the case says
// something else, are put aside; handing in to somebody leaves all others as they are.
func TestPapersOfEachRecipient(t *testing.T) {
	const filed = "\n[[filings]]\nto = \"lender\"\ndate = \"2026-10-09\"\nanswered = \"\"\n"
	const other = "\n[[filings]]\nto = \"nifa\"\ndate = \"2026-10-10\"\n"
	const noted = "\n[[filings]]\nto = \"police\"\n# 自己去的\ndate = \"2026-10-09\"\n"
	for _, c := range []struct {
		name          string
		first, second string // what stands in case.toml beside the rest
		covers        Covers // when the third is made
		gone          []string
		current, same bool // of R
	}{
		{"nothing", filed, filed, nil, nil, true, true},
		{"handed in to one", "", filed, nil, nil, true, false},
		{"and to another", filed, filed + other, nil, nil, true, false},
		{"answered", filed, strings.Replace(filed, `answered = ""`, `answered = "2026-10-12"`, 1), nil,
			[]string{"1-P", "2-R"}, false, false},
		{"handed in to one, with a note of one's own", "", noted, nil, nil, true, false},
		{"taken back", filed + other, filed, nil, []string{"1-P", "2-R"}, false, false},
		{"written otherwise", filed, strings.Replace(filed, "answered = \"\"\n", "\n", 1), nil, nil, true, true},
		{"covered for one", filed, filed, Covers{"P": "c1"}, []string{"1-P"}, true, true},
		{"covered for all", filed, filed, Covers{"P": "c1", "R": "c2"}, []string{"1-P", "2-R"}, false, false},
		{"the case itself", filed, "\n[deferral]\nmonths = 3\n" + filed, nil, []string{"1-P", "2-R"}, false, false},
	} {
		f := newFolder(t)
		plain, err := os.ReadFile(f.Path(CaseFile))
		if err != nil {
			t.Fatal(err)
		}
		say := func(more string) {
			t.Helper()
			if err := os.WriteFile(f.Path(CaseFile), append(slices.Clone(plain), more...), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		put := func(covers Covers, names ...string) Kept {
			t.Helper()
			partial := f.Path(".packet-1.partial")
			for _, name := range names {
				if err := os.MkdirAll(filepath.Join(partial, name), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(partial, name, "letter"), []byte(name), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			kept, err := f.PutPackets(partial, Packets{Root: "A", Covers: covers}, packetDay)
			if err != nil {
				t.Fatal(err)
			}
			return kept
		}
		say(c.first)
		put(nil, "1-P", "2-R")
		say(c.second)
		current, same, err := f.PapersCurrent("R", c.covers)
		if err != nil || current != c.current || same != c.same {
			t.Errorf("%s: current %v, the same %v, %v; want %v, %v", c.name, current, same, err, c.current, c.same)
		}
		kept := put(c.covers, "1-T")
		if !slices.Equal(kept.Gone, c.gone) || (kept.Older != "") != (len(c.gone) > 0) {
			t.Errorf("%s: gone %q to %q, want %q", c.name, kept.Gone, kept.Older, c.gone)
		}
		left := packetFiles(t, f)
		for _, name := range []string{"1-P", "2-R"} {
			_, stands := left[name+"/letter"]
			if gone := slices.Contains(c.gone, name); stands == gone {
				t.Errorf("%s: %s stands: %v", c.name, name, stands)
			}
			if _, err := os.Stat(filepath.Join(kept.Older, name, "letter")); kept.Older != "" && err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if again := put(c.covers, "1-T"); again.Older != "" { // the same once more moves nothing
			t.Errorf("%s: moved again to %s", c.name, again.Older)
		}
	}
}
