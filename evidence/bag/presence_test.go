package bag

import (
	"fmt"
	"path/filepath"
	"testing"

	"juzheng/evidence/bag/commit"
)

// What is gone, renamed, altered or forged is not counted as here, and what the
// copy itself lists nobody is said to have withheld: whole or partial, of
// format 2 or of format 1.
func TestPresence(t *testing.T) {
	t.Parallel()
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	whole, _ := c.write(t, "E001", "E002", "E003", "E004", "E005")
	part, _ := c.write(t, "E001", "E002", "E004")
	none := func(*testing.T, string) {}
	for _, a := range []struct {
		name string
		dir  string
		edit bundleEdit
		want string // items here withheld, missing, altered
	}{
		{"whole", whole, none, "5 5 0 [] []"},
		{"partial", part, none, "5 3 2 [] []"},
		{"gone", whole, remove("data/E002.txt"), "5 4 0 [E002] []"},
		{"gone from a partial copy", part, remove("data/E002.txt"), "5 2 2 [E002] []"},
		{"gone, and the lists made anew", whole, redone(remove("data/E002.txt")), "5 4 0 [E002] []"},
		{"renamed", whole, rename("data/E002.txt", "data/E002.jpg"), "5 4 0 [E002] []"},
		{"renamed, and the lists made anew", whole, redone(rename("data/E002.txt", "data/E002.jpg")), "5 4 0 [E002] []"},
		{"changed", whole, edit("data/E002.txt", "a picture", "b picture"), "5 4 0 [] [E002]"},
		{"empty", whole, rewrite("data/E002.txt", func([]byte) []byte { return nil }), "5 4 0 [] [E002]"},
		{"replaced, and the lists made anew", whole, redone(replaced("E002", false, false, false)), "5 4 0 [] [E002]"},
		{"replaced with its opening", whole, redone(replaced("E002", true, false, false)), "5 4 0 [] [E002]"},
		{"gone with its opening", part, both(remove("data/E002.txt"), remove(commit.OpeningPath("E002"))),
			"5 2 2 [E002] []"},
		{"its opening gone", whole, remove(commit.OpeningPath("E002")), "5 4 0 [] [E002]"},
		{"its opening spoilt", whole, edit(commit.OpeningPath("E002"), "# salt ", "# salt 0"), "5 4 0 [] [E002]"},
		{"two things", part, both(remove("data/E001.txt"), edit("data/E002.txt", "a picture", "b picture")),
			"5 1 2 [E001] [E002]"},
		// Nothing of the copy tells of it: that is what a partial copy is.
		{"taken out whole, and the lists made anew", whole, redone(remove("data/E002.txt"),
			remove(commit.OpeningPath("E002")), remove(commit.RecordPath("E002"))), "5 4 1 [] []"},
	} {
		dir := copied(t, a.dir)
		a.edit(t, dir)
		for _, at := range []string{dir, packTree(t, dir)} {
			res := verify(t, at, Options{PartialOK: true})
			p := res.Presence()
			if got := presenceOf(p); got != a.want {
				t.Errorf("%s%s: %s, want %s\n%s", a.name, filepath.Ext(at), got, a.want, problems(res))
			}
			if lacks := p.Missing.Count+p.Altered.Count > 0; lacks != (res.ExitCode() == 5) {
				t.Errorf("%s%s: exit %d", a.name, filepath.Ext(at), res.ExitCode())
			}
		}
	}
	dir, _ := newBundle(t)
	n := verify(t, dir, Options{}).Counts.Listed
	remove("data/E002.jpg")(t, dir)
	want := fmt.Sprintf("%d %d 0 [data/E002.jpg] []", n, n-1)
	if got := presenceOf(verify(t, dir, Options{}).Presence()); got != want {
		t.Errorf("format 1: %s, want %s", got, want)
	}
}

func presenceOf(p Presence) string {
	return fmt.Sprintf("%d %d %d %v %v", p.Items, p.Here, p.Withheld, p.Missing.Numbers, p.Altered.Numbers)
}
