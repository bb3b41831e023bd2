package batch

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"juzheng/evidence/folder"
)

// A note that was cut off at any byte, or is none, is told to who would go on with its
// run; a new run takes its place and loses nothing.
func TestCutNote(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a")
	items, err := Find(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Root: root, Jobs: []Job{Check}, Workers: 1, Explain: plainly}
	if _, err := begin(root, Note{Run: "0011223344556677", Jobs: o.Jobs, Started: testDesk.Now}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(noteOf(root))
	if err != nil {
		t.Fatal(err)
	}
	notes := [][]byte{[]byte("null"), []byte("[]"), []byte(`{"run":"x"}`), []byte(`{"run":"x","jobs":["fly"]}`),
		make([]byte, 512), append([]byte("\x00"), whole...)}
	for n := range whole {
		notes = append(notes, whole[:n])
	}
	for _, note := range notes {
		if err := os.WriteFile(noteOf(root), note, 0o600); err != nil {
			t.Fatal(err)
		}
		o.Resume = true
		var nothing *NothingToResumeError
		if _, err := Run(t.Context(), testDesk, items, o); !errors.As(err, &nothing) || !nothing.Cut {
			t.Fatalf("%q: %v", note, err)
		}
		o.Resume = false
		if got, _ := runAll(t, items, o); got[0].Jobs[0].State != Blocked {
			t.Fatalf("%q: %+v", note, got)
		}
		if _, ok := Stopped(root); ok {
			t.Fatalf("%q stays behind", note)
		}
	}
}

// What was done with a case is done again where its record was cut off at any byte, or
// changed; what it came to is the same.
func TestCutRecord(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a")
	items, err := Find(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	done := func(f Found) Outcome { // as if nothing blocked it
		out := plainly(f)
		return Outcome{3, append(out.Exceptions, Exception{File: "E001"})}
	}
	o := Options{Root: root, Jobs: []Job{Check, Verify}, Workers: 1, Explain: done}
	runAll(t, items, o)
	at := filepath.Join(items[0].Folder, folder.CacheDir, recordName)
	whole, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	try := func(data []byte, kept bool) {
		t.Helper()
		for _, resume := range []bool{false, true} {
			if err := os.WriteFile(at, data, 0o600); err != nil {
				t.Fatal(err)
			}
			o.Resume = resume
			if resume { // of the run that the whole record is of
				f, err := folder.Open(items[0].Folder, "x")
				if err != nil {
					t.Fatal(err)
				}
				run := readRecord(f).Run
				if run == "" {
					run = "0011223344556677"
				}
				if _, err := begin(root, Note{Run: run, Jobs: o.Jobs, Started: testDesk.Now}); err != nil {
					t.Fatal(err)
				}
			}
			got, sum := runAll(t, items, o)
			r := got[0]
			if sum.Failed != 1 || len(r.Jobs) != 2 || r.Jobs[0].State != Partial || r.Jobs[1].State != Partial ||
				r.Jobs[0].Kept != kept || len(r.Exceptions()) < 2 {
				t.Fatalf("%q, resumed %t: %+v", data, resume, got)
			}
		}
	}
	try(whole, true)
	step := 13
	if os.Getenv("JUZHENG_SLOW") == "1" {
		step = 1
	}
	for n := 0; n < len(whole); n += step {
		try(whole[:n], false)
	}
	changed := append([]byte(nil), whole...)
	changed[len(changed)/2] ^= 1
	try(changed, false)
	try(make([]byte, 512), false)
}
