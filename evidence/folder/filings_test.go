package folder

import (
	"os"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// What a person wrote by hand stays, byte for byte; an entry changes or adds the
// keys that are its own, and goes behind the last.
func TestPutFiling(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing)
	c := evidence.Case{ID: "x", Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "赵一宁"}}
	dir := t.TempDir() + "/case"
	f, err := Init(dir, c, now, "test")
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
	start := read()
	put := func(n int, g evidence.Filing) {
		t.Helper()
		if err := f.PutFiling(n, g, "filed", g.Date, now); err != nil {
			t.Fatal(err)
		}
	}
	first := evidence.Filing{To: "platform", Date: "2026-11-02", Receipt: `甲"1`}
	put(0, first)
	const block = "\n[[filings]]\nto = \"platform\"\ndate = \"2026-11-02\"\nreceipt = \"甲\\\"1\"\nanswered = \"\"\n" +
		"answer = \"\"\nexhibit = \"\"\n"
	if got := read(); got != strings.TrimRight(start, "\n")+"\n"+block {
		t.Fatalf("appended:\n%s", got[len(got)-400:])
	}
	// The person writes below it, and a note behind a value.
	byHand := strings.Replace(read(), `date = "2026-11-02"`, `date = "2026-11-02" # 寄出`, 1) +
		"\n[[filings]]   # 协会\nto = \"nifa\"\ndate = \"2026-11-03\"\n"
	if err := os.WriteFile(f.Path(CaseFile), []byte(byHand), 0o600); err != nil {
		t.Fatal(err)
	}
	second := evidence.Filing{To: "nifa", Date: "2026-11-03", Accepted: "2026-11-10", Reply: "E002"}
	put(1, second)
	if got, want := read(), byHand+"accepted = \"2026-11-10\"\nreply = \"E002\"\n"; got != want {
		t.Errorf("changed:\n%s\nwant\n%s", got, want)
	}
	first.Answered, first.Outcome = "2026-11-12", evidence.Unsatisfied
	put(0, first)
	got, err := f.ReadCase()
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Filings) != 2 || got.Filings[0] != first || got.Filings[1] != second {
		t.Errorf("read: %+v", got.Filings)
	}
	if !strings.Contains(read(), `date = "2026-11-02" # 寄出`) {
		t.Error("the person's note is gone")
	}
	put(0, first) // nothing changes, and nothing is noted twice
	log, err := f.Custody()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(log), `"track filed `); n != 3 {
		t.Errorf("noted %d times, want 3", n)
	}
}

// Filings in a form that no table can be added to are left as they are.
func TestPutFilingInTheirOwnForm(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, evidence.Beijing)
	f, err := Init(t.TempDir()+"/case", evidence.Case{ID: "x",
		Complainant: evidence.Complainant{Kind: evidence.Borrower}}, now,
		"test")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Path(CaseFile))
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(data), "id = ", "filings = [{to = \"nifa\", date = \"2026-11-03\"}]\nid = ", 1)
	if err := os.WriteFile(f.Path(CaseFile), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	for n, g := range []evidence.Filing{{To: "nifa", Date: "2026-11-03", Receipt: "1"},
		{To: "platform", Date: "2026-11-04"}} {
		if err := f.PutFiling(n, g, "filed", g.Date, now); err == nil {
			t.Errorf("filing %d was written", n)
		}
	}
	if after, _ := os.ReadFile(f.Path(CaseFile)); string(after) != own {
		t.Error("the file was changed")
	}
}
