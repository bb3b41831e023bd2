package folder

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Of every row the last form that the program saw is kept: of one that went, in the file
// of the time it went; of one that stands, in the table as seen last. A table with
// mistakes, or none, leaves what is kept as it is.
func TestSeeTimeline(t *testing.T) {
	f := newFolder(t)
	const head = "编号,时间,方式,本人陈述,来源\n"
	const made, own = "T001,2026-09-17 10:00,电话,", "T002,2026-09-17 11:00,电话,我写的,person\n"
	const nameless = ",2026-09-17 12:00,电话,没有编号,person\n"
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(f.Path(TimelineFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := f.SeeTimeline(); err != nil {
			t.Fatal(err)
		}
	}
	files := func() (names []string) {
		found, _ := filepath.Glob(f.Path(SupersededDir, timelineDir, "*"))
		for _, path := range found {
			names = append(names, filepath.Base(path))
		}
		return names
	}
	for _, step := range []struct {
		name, table string
		files       []string
		words       string // of T001, in the newest copy
		own         int    // rows of the person that went
	}{
		{"the first", head + made + "旧,E001:2\n" + own, []string{"last.csv"}, "旧", 0},
		{"as it was", head + made + "旧,E001:2\n" + own, []string{"last.csv"}, "旧", 0},
		{"edited", head + made + "新,E001:2\n" + nameless + own, []string{"last.csv"}, "新", 0},
		{"a mistake in it", head + "T001,昨天,电话,,E001:2\n", []string{"last.csv"}, "新", 0},
		{"no table", "", []string{"last.csv"}, "新", 0},
		{"filtered", head, []string{"1-gone.csv", "last.csv"}, "新", 1},
		{"back, and edited", head + made + "又改,E001:2\n", []string{"1-gone.csv", "last.csv"}, "又改", 1},
		{"gone again", head, []string{"1-gone.csv", "2-gone.csv", "last.csv"}, "又改", 1},
		{"back as it was", head + made + "又改,E001:2\n", []string{"1-gone.csv", "2-gone.csv", "last.csv"}, "又改", 1},
		{"and gone", head, []string{"1-gone.csv", "2-gone.csv", "last.csv"}, "又改", 1},
	} {
		put(step.table)
		if got := files(); !slices.Equal(got, step.files) {
			t.Errorf("%s: kept %v, want %v", step.name, got, step.files)
		}
		kept, err := f.KeptRows(asTheyStand)
		if k := kept["E001:2"]; err != nil || k.ID != "T001" || k.Words != step.words || !k.Own {
			t.Errorf("%s: %+v, %v", step.name, k, err)
		}
		if step.table == "" || step.name == "a mistake in it" {
			continue // the table of today cannot be read
		}
		gone, err := f.OwnRowsGone()
		if err != nil || len(gone) != step.own || step.own > 0 && gone[0].ID != "T002" {
			t.Errorf("%s: the person's rows %+v, %v", step.name, gone, err)
		}
	}
	if data, err := os.ReadFile(f.Path(SupersededDir, timelineDir, "1-gone.csv")); err != nil ||
		string(data) != head+made+"新,E001:2\n"+nameless+own {
		t.Errorf("rows that went: %q, %v", data, err)
	}
}

// What the program itself takes out of the table did not go by itself.
func TestPutTimeline(t *testing.T) {
	f := newFolder(t)
	for _, table := range []string{"编号,时间,方式,来源\nT001,2026-09-17 10:00,电话,E001:2\n", "编号,时间,方式,来源\n"} {
		if err := f.PutTimeline([]byte(table)); err != nil {
			t.Fatal(err)
		}
	}
	if found := f.goneTables(); len(found) > 0 {
		t.Errorf("kept as gone: %v", found)
	}
	if last, err := os.ReadFile(f.lastTable()); err != nil || string(last) != "编号,时间,方式,来源\n" {
		t.Errorf("the copy is %q, %v", last, err)
	}
}

// An id that a person gave to a row of theirs is given to no other when that is gone.
func TestAppendIncidentsAfterGone(t *testing.T) {
	f := newFolder(t)
	const head = "编号,时间,方式,本人陈述,来源\n"
	for _, table := range []string{head + "T007,2026-09-17 11:00,信函,我写的,person\n", head} {
		if err := os.WriteFile(f.Path(TimelineFile), []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := f.SeeTimeline(); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := f.AppendIncidents([]evidence.Incident{{Kind: evidence.Call, Source: "E001:2"}}, testNow)
	if err != nil || len(rows) != 1 || rows[0].ID != "T008" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// What answers would write into rows is what they do write: a cell somebody typed over
// since stays.
func TestReplayed(t *testing.T) {
	f := answerCase(t, nil)
	before := read(t, f, TimelineFile)
	a := someAnswer()
	a.Changes = append(a.Changes, Change{Row: "T002", Column: "my own words", After: "答的"})
	if _, err := f.Answer(a, answeredAt); err != nil {
		t.Fatal(err)
	}
	older := strings.Replace(before, "0571-0000 0101,,,", "0571-0000 0101,,陌生人,", 1) // typed since
	if older == before {
		t.Fatal("nothing was typed over")
	}
	if err := os.WriteFile(f.Path(TimelineFile), []byte(older), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Replayed(rows)
	if err != nil {
		t.Fatal(err)
	}
	if again, lost, err := f.ReplayAnswers(nil, answeredAt); again != 1 || lost != 0 || err != nil { // the row is there
		t.Errorf("answers written again %d, lost %d, %v", again, lost, err)
	}
	want, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	var a1, a2 strings.Builder
	if err := errors.Join(WriteIncidents(&a1, got), WriteIncidents(&a2, want)); err != nil || a1.String() != a2.String() {
		t.Errorf("got\n%s\nwant\n%s\n%v", a1.String(), a2.String(), err)
	}
	if got[0].Use != evidence.Yes || got[1].Words != "答的" || got[1].Reached != evidence.ReachedStranger {
		t.Errorf("%+v", got)
	}
}
