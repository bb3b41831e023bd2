package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// A case that is kept is read anew when one of its files changed or the day did, and
// else it is the same rows; an exhibit that was altered meanwhile is noticed with it.
func TestKeptCase(t *testing.T) {
	d, kase := sheetCase(t)
	fresh := d
	d.Kept = &desk.Kept{}
	open := func(d desk.Desk) desk.Dossier {
		t.Helper()
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	first := open(d)
	if again := open(d); &again.Incidents[0] != &first.Incidents[0] {
		t.Error("nothing changed, and the case was read again")
	}
	table := filepath.Join(kase, folder.TimelineFile)
	data, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, bytes.Replace(data, []byte(",本人,"), []byte(",家人,"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if x := open(d); &x.Incidents[0] == &first.Incidents[0] {
		t.Error("the table changed, and was not read")
	}
	before := len(open(d).Report.Doubts)
	for _, x := range first.Exhibits {
		path := first.Folder.Path(folder.ExhibitsDir, x.File)
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, bytes.ReplaceAll(data, []byte("极融"), []byte("荣极")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(table, time.Time{}, d.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	got, want := open(d).Report.Doubts, open(fresh).Report.Doubts
	if len(got) != len(want) || len(got) <= before {
		t.Errorf("of altered exhibits %d doubts, read anew %d, before %d", len(got), len(want), before)
	}
	tomorrow := d
	tomorrow.Now = d.Now.AddDate(0, 0, 1)
	last := open(d)
	if x := open(tomorrow); &x.Incidents[0] == &last.Incidents[0] {
		t.Error("another day, and the case was not read")
	}
}

// What is answered of a kept case is what is answered of one that is read each time.
func TestAnswersOfAKeptCase(t *testing.T) {
	d, kase := sheetCase(t)
	twin := filepath.Join(t.TempDir(), "twin")
	if err := os.CopyFS(twin, os.DirFS(kase)); err != nil {
		t.Fatal(err)
	}
	kept := d
	kept.Kept = &desk.Kept{}
	for range 4 {
		var ids [2]string
		for n, dir := range []string{kase, twin} {
			d := []desk.Desk{kept, d}[n]
			a, err := desk.Ask(t.Context(), d, dir)
			if err != nil || len(a.Questions) == 0 {
				t.Fatal(len(a.Questions), err)
			}
			q := a.Questions[0]
			ids[n] = q.ID
			if _, err := desk.Answer(t.Context(), d, dir, []desk.Reply{{Question: q.ID, Value: "unknown"}}); err != nil {
				t.Fatal(err)
			}
		}
		if ids[0] != ids[1] {
			t.Errorf("asked %s of the kept case and %s of the other", ids[0], ids[1])
		}
	}
}
