package folder

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"juzheng/evidence/bag"
)

// A line that a crash cut short is named without writing, kept aside when
// somebody writes, and gone from its file; a line that lacks its end alone is
// ended; a second time there is nothing to mend.
func TestCutLogs(t *testing.T) {
	for _, c := range []struct {
		name, file, tail string
		want             []CutLog
		kept             string
	}{
		{"register", RegisterFile, `{"type":"exh`,
			[]CutLog{{File: RegisterFile, Line: 2, Kept: "superseded/cut-lines/1-exhibits.jsonl"}}, `{"type":"exh`},
		{"custody", CustodyFile, `{"seq":2,"ti`,
			[]CutLog{{File: CustodyFile, Line: 3, Kept: "superseded/cut-lines/1-custody.jsonl"}}, `{"seq":2,"ti`},
		{"answers, the first of all", AnswersFile, "{",
			[]CutLog{{File: AnswersFile, Line: 1, Kept: "superseded/cut-lines/1-answers.jsonl"}}, "{"},
		{"nothing but the end is missing", AnswersFile, `{"type":"done","schema":1,"of":1}`, nil, ""},
	} {
		f := newFolder(t)
		admit(t, f, source(t, "a.wav", "sound"))
		before, _ := os.ReadFile(f.Path(c.file))
		if err := os.WriteFile(f.Path(c.file), append(before, c.tail...), 0o600); err != nil {
			t.Fatal(err)
		}
		seen, err := f.CutLogs()
		if err != nil || len(seen) != len(c.want) || len(seen) > 0 && (seen[0].Line != c.want[0].Line ||
			seen[0].Kept != "") {
			t.Errorf("%s: seen %+v, %v", c.name, seen, err)
		}
		got, err := f.MendLogs(testNow)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v, want %+v", c.name, got, err, c.want)
			continue
		}
		if len(got) > 0 {
			kept, err := os.ReadFile(f.Path(filepath.FromSlash(got[0].Kept)))
			if err != nil || string(kept) != c.kept {
				t.Errorf("%s: kept %q, %v", c.name, kept, err)
			}
		}
		after, _ := os.ReadFile(f.Path(c.file))
		if !strings.HasPrefix(string(after), string(before)) || len(after) > 0 && after[len(after)-1] != '\n' {
			t.Errorf("%s: the file is %q", c.name, after)
		}
		log, _ := f.Custody()
		if _, problems := bag.CheckCustody(log); len(problems) > 0 || len(got) > 0 != strings.Contains(string(log),
			"cut line "+c.file) {
			t.Errorf("%s: custody %v\n%s", c.name, problems, log)
		}
		if again, err := f.MendLogs(testNow); err != nil || len(again) > 0 {
			t.Errorf("%s: mended again: %v, %v", c.name, again, err)
		}
	}
}

// A custody log that is gone goes on from the copy in the bundle.
func TestLostCustody(t *testing.T) {
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	sealed, _ := f.Custody()
	if err := os.MkdirAll(f.Path(BundleDir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(BundleDir, CustodyFile), sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, begins, says string }{
		{"bundle/custody.jsonl", string(sealed), "custody.jsonl was gone; goes on from bundle/custody.jsonl"},
		{"", "", "custody.jsonl was gone; begun anew"},
	} {
		if err := os.Remove(f.Path(CustodyFile)); err != nil {
			t.Fatal(err)
		}
		got, err := f.MendLogs(testNow)
		if err != nil || len(got) != 1 || got[0].From != c.from {
			t.Fatalf("%+v, %v", got, err)
		}
		log, _ := f.Custody()
		records, problems := bag.CheckCustody(log)
		if !strings.HasPrefix(string(log), c.begins) || len(problems) > 0 ||
			records[len(records)-1].Detail != c.says {
			t.Errorf("%v\n%s", problems, log)
		}
		os.RemoveAll(f.Path(BundleDir))
	}
}

// A custody log that a copy broke off, at a line or within one, says how many of its
// records the bundle has and it has not, once.
func TestShortenedCustody(t *testing.T) {
	for _, c := range []struct {
		name string
		cut  func(log string) string
		want CutLog
	}{
		{"whole", func(log string) string { return log }, CutLog{}},
		{"at a line", func(log string) string { return log[:strings.Index(log, "\n")+1] },
			CutLog{File: CustodyFile, Line: 2, Lost: 2, Ends: true}},
		{"within one", func(log string) string { return log[:strings.Index(log, "\n")+9] },
			CutLog{File: CustodyFile, Line: 2, Lost: 2, Kept: "superseded/cut-lines/1-custody.jsonl"}},
		{"within the first", func(log string) string { return log[:9] },
			CutLog{File: CustodyFile, Line: 1, Lost: 3, Kept: "superseded/cut-lines/1-custody.jsonl"}},
	} {
		f := newFolder(t)
		admit(t, f, source(t, "a.wav", "sound"))
		if err := f.Note("note", "one more", testNow); err != nil {
			t.Fatal(err)
		}
		log, _ := f.Custody()
		if err := os.MkdirAll(f.Path(BundleDir), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Path(BundleDir, "log.jsonl"), log, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Path(CustodyFile), []byte(c.cut(string(log))), 0o600); err != nil {
			t.Fatal(err)
		}
		var want []CutLog
		if c.want.File != "" {
			want = []CutLog{c.want}
		}
		got, err := f.MendLogs(testNow)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, want)
		}
		after, _ := f.Custody()
		if _, problems := bag.CheckCustody(after); len(problems) > 0 || len(want) > 0 !=
			strings.Contains(string(after), "records of the sealed log are lost") {
			t.Errorf("%s: %v\n%s", c.name, problems, after)
		}
		if again, err := f.MendLogs(testNow); err != nil || len(again) > 0 {
			t.Errorf("%s: told again: %+v, %v", c.name, again, err)
		}
	}
}
