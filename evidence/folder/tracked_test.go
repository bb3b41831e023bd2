package folder

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Entries are taken back one by one, byte for byte, in either form of line end;
// one that a crash kept from being made is passed over.
func TestUndoFiling(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing)
	for _, end := range []string{"\n", "\r\n"} {
		c := evidence.Case{ID: "x", Complainant: evidence.Complainant{Kind: evidence.Borrower}}
		f, err := Init(t.TempDir()+"/case", c, now, "test")
		if err != nil {
			t.Fatal(err)
		}
		read := func() []byte {
			t.Helper()
			data, err := os.ReadFile(f.Path(CaseFile))
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		write := func(data []byte) {
			t.Helper()
			if err := os.WriteFile(f.Path(CaseFile), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write([]byte(strings.ReplaceAll(strings.TrimRight(string(read()), "\n")+
			"\n\n[[filings]] # 自己写的\nto = \"nifa\" # 协会\ndate = \"2026-11-01\"\n", "\n", end)))
		first := evidence.Filing{To: "nifa", Date: "2026-11-01", Answered: "2026-11-03", Outcome: evidence.Unsatisfied}
		second := evidence.Filing{To: "platform", Date: "2026-11-02", Receipt: `甲"1`, Exhibit: "E001"}
		closed := second
		closed.Closed, closed.Reply = "2026-11-09", "E002"
		states := [][]byte{read()}
		for _, s := range []struct {
			n    int
			g    evidence.Filing
			verb string
		}{{0, first, "answered"}, {1, second, "filed"}, {1, closed, "close"}} {
			if err := f.PutFiling(s.n, s.g, s.verb, "2026-11-09", now); err != nil {
				t.Fatal(err)
			}
			states = append(states, read())
		}
		// A crash after the entry was put on record, before the file was written.
		again := closed
		again.Points = "甲"
		if err := f.PutFiling(1, again, "answered", "2026-11-10", now); err != nil {
			t.Fatal(err)
		}
		write(states[3])
		for k, want := range []struct {
			verb, exhibits string
			new            bool
		}{{"close", "E002", false}, {"filed", "E001", true}, {"answered", "", false}} {
			u, err := f.UndoFiling(now)
			if err != nil {
				t.Fatal(err)
			}
			if u.Verb != want.verb || strings.Join(u.Exhibits, " ") != want.exhibits || u.New != want.new {
				t.Errorf("taken back %d: %+v, want %+v", k, u, want)
			}
			if got := read(); !bytes.Equal(got, states[2-k]) {
				t.Errorf("after %s was taken back:\n%q\nwant\n%q", u.Verb, got, states[2-k])
			}
		}
		if _, err := f.UndoFiling(now); !errors.Is(err, ErrNoEntry) {
			t.Errorf("with nothing left: %v", err)
		}
	}
}

// What somebody wrote over an entry is left as it is, and the line is named.
func TestUndoFilingEdited(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing)
	for name, edit := range map[string]func(string) string{
		"a value":    func(s string) string { return strings.Replace(s, "2026-11-02", "2026-11-05", 1) },
		"a key more": func(s string) string { return s + "closed = \"2026-11-09\"\n" },
		"a note":     func(s string) string { return strings.Replace(s, "2026-11-02\"", "2026-11-02\" # 寄出", 1) },
	} {
		c := evidence.Case{ID: "x", Complainant: evidence.Complainant{Kind: evidence.Borrower}}
		f, err := Init(t.TempDir()+"/case", c, now, "test")
		if err != nil {
			t.Fatal(err)
		}
		if err := f.PutFiling(0, evidence.Filing{To: "nifa", Date: "2026-11-02"}, "filed", "2026-11-02",
			now); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(f.Path(CaseFile))
		if err != nil {
			t.Fatal(err)
		}
		own := edit(string(data))
		if err := os.WriteFile(f.Path(CaseFile), []byte(own), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = f.UndoFiling(now)
		var changed *FilingChangedError
		if !errors.As(err, &changed) || !strings.HasPrefix(strings.Split(own, "\n")[changed.Line-1], "[[filings]]") {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(f.Path(CaseFile)); string(after) != own {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

// Notes and blank lines among the settings of a block are its own: what is written comes
// behind the last setting, and is taken back whole. A note below that is about what
// follows.
func TestNotesInsideAFiling(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing)
	c := evidence.Case{ID: "x", Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	f, err := Init(t.TempDir()+"/case", c, now, "test")
	if err != nil {
		t.Fatal(err)
	}
	read := func() string {
		t.Helper()
		data, err := os.ReadFile(f.Path(CaseFile))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const mine = "\n[[filings]]\nto = \"nifa\"\n# 周一寄的挂号信\n\ndate = \"2026-11-02\"\nanswered = \"\"\n" +
		"# 还没有回\n\n# 下面是平台的\n[[filings]]\nto = \"platform\"\ndate = \"2026-11-03\"\n"
	own := strings.TrimRight(read(), "\n") + "\n" + mine
	if err := os.WriteFile(f.Path(CaseFile), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	g := evidence.Filing{To: "nifa", Date: "2026-11-02", Answered: "2026-11-12", Outcome: evidence.Unsatisfied}
	if err := f.PutFiling(0, g, "answered", "2026-11-12", now); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(own, "\nanswered = \"\"\n# 还",
		"\nanswered = \"2026-11-12\"\noutcome = \"unsatisfied\"\n# 还", 1)
	if got := read(); got != want {
		t.Errorf("written:\n%s\nwant\n%s", got, want)
	}
	if _, err := f.UndoFiling(now); err != nil {
		t.Fatal(err)
	}
	if got := read(); got != own {
		t.Errorf("taken back:\n%s\nwant\n%s", got, own)
	}
	// An entry of a release for which the block ended at its first note.
	block := "[[filings]]\nto = \"nifa\"\n"
	e := FilingEntry{N: 2, Made: now, Verb: "answered", Filing: 1, Before: block, After: block + "receipt = \"A1\"\n"}
	if err := f.appendTracked(trackedLine{Type: "entry", FilingEntry: &e}); err != nil {
		t.Fatal(err)
	}
	after := strings.Replace(own, "\n"+block, "\n"+e.After, 1)
	if err := os.WriteFile(f.Path(CaseFile), []byte(after), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.UndoFiling(now); err != nil {
		t.Fatal(err)
	}
	if got := read(); got != own {
		t.Errorf("an entry of an earlier release, taken back:\n%s\nwant\n%s", got, own)
	}
}
