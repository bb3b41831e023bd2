package bag

import (
	"bytes"
	"errors"
	"juzheng/evidence/bag/commit"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// testLog is a log of five records.
func testLog(t testing.TB) []byte {
	t.Helper()
	var log []byte
	for i, event := range []string{"open", "import", "add", "note", "seal"} {
		line, err := NextRecord(log, event, "录音 <1> & \u2028", "本人", "juzheng",
			sealTime.Add(time.Duration(i)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, line...)
	}
	return log
}

func TestCustodyChain(t *testing.T) {
	lines := func(log []byte) [][]byte { return bytes.SplitAfter(log, []byte("\n"))[:5] }
	join := func(l ...[]byte) []byte { return bytes.Join(l, nil) }
	for _, tt := range []struct {
		name string
		edit func(log []byte) []byte
		want string // code and line of the first problem; empty: none
		line int
	}{
		{"whole", func(l []byte) []byte { return l }, "", 0},
		{"empty", func(l []byte) []byte { return nil }, "", 0},
		{"edit", func(l []byte) []byte { return bytes.Replace(l, []byte("import"), []byte("export"), 1) },
			"E-CUSTODY-PREV", 3},
		{"edit of a blank",
			func(l []byte) []byte { return bytes.Replace(l, []byte(`"seq":1,`), []byte(`"seq": 1,`), 1) },
			"E-CUSTODY-PREV", 3},
		{"delete", func(l []byte) []byte { x := lines(l); return join(x[0], x[1], x[3], x[4]) }, "E-CUSTODY-PREV", 3},
		{"insert", func(l []byte) []byte { x := lines(l); return join(x[0], x[1], x[1], x[2], x[3], x[4]) },
			"E-CUSTODY-PREV", 3},
		{"reorder", func(l []byte) []byte { x := lines(l); return join(x[0], x[2], x[1], x[3], x[4]) },
			"E-CUSTODY-PREV", 2},
		{"head cut", func(l []byte) []byte { return join(lines(l)[1:]...) }, "E-CUSTODY-PREV", 1},
		{"duplicate seq", func(l []byte) []byte { return bytes.Replace(l, []byte(`"seq":4`), []byte(`"seq":3`), 1) },
			"E-CUSTODY-SEQ", 5},
		{"wrong first prev",
			func(l []byte) []byte { return bytes.Replace(l, []byte(CustodyStart), []byte(someRoot), 1) },
			"E-CUSTODY-PREV", 1},
		{"half line", func(l []byte) []byte { return l[:len(l)-10] }, "E-CUSTODY-HALF", 5},
		{"no last LF", func(l []byte) []byte { return l[:len(l)-1] }, "E-CUSTODY-HALF", 5},
		{"empty line", func(l []byte) []byte { return append(l, '\n') }, "E-CUSTODY-LINE", 6},
		{"not JSON", func(l []byte) []byte { return append(l, "hello\n"...) }, "E-CUSTODY-LINE", 6},
		{"key twice",
			func(l []byte) []byte { return bytes.Replace(l, []byte(`"seq":4`), []byte(`"seq":9,"seq":4`), 1) },
			"E-CUSTODY-LINE", 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := CheckCustody(tt.edit(testLog(t)))
			switch {
			case tt.want == "" && len(problems) > 0:
				t.Errorf("got %v", problems)
			case tt.want != "" && (len(problems) == 0 || problems[0].Code != tt.want || problems[0].Line != tt.line):
				t.Errorf("got %v, want %s at line %d", problems, tt.want, tt.line)
			}
		})
	}
}

func TestCustodyTimeBack(t *testing.T) {
	log := testLog(t)
	line, err := NextRecord(log, "note", "", "", "", sealTime.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	_, problems := CheckCustody(append(log, line...))
	if len(problems) != 1 || problems[0].Code != "W-CUSTODY-TIME" || problems[0].Severity != Warning {
		t.Errorf("got %v", problems)
	}
}

func TestCustodyAfterSeal(t *testing.T) {
	head, n := CustodyHead(testLog(t))
	root := Root{Sums: Sums{SHA256: someRoot}, CustodyHead: head, CustodyEntries: n}
	var after []byte
	for _, event := range []string{"export", "handover"} {
		line, err := NextAfter(after, root, event, "", "", "", sealTime)
		if err != nil {
			t.Fatal(err)
		}
		after = append(after, line...)
	}
	if records, problems := CheckAfter(after, root); len(problems) > 0 || len(records) != 2 || records[1].Seq != n+1 {
		t.Errorf("%v %v", records, problems)
	}
	other := root
	other.SHA256 = strings.Repeat("f", 64)
	if _, problems := CheckAfter(after, other); len(problems) != 1 || problems[0].Code != "E-CUSTODY-ROOT" {
		t.Errorf("another root: %v", problems)
	}
	other = root
	other.CustodyHead = strings.Repeat("f", 64)
	if _, problems := CheckAfter(after, other); len(problems) != 1 || problems[0].Code != "E-CUSTODY-PREV" {
		t.Errorf("another head: %v", problems)
	}
}

// Many appends at once make one unbroken chain.
func TestAppendRecordTogether(t *testing.T) {
	name := filepath.Join(t.TempDir(), "custody.jsonl")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			for range 5 {
				if _, err := AppendRecord(f, "note", "x", "me", "test", sealTime); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	log, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	records, problems := CheckCustody(log)
	if len(records) != 40 || len(problems) > 0 {
		t.Errorf("%d records, %v", len(records), problems)
	}
}

func TestAppendToHalfRecord(t *testing.T) {
	log := testLog(t)
	name := filepath.Join(t.TempDir(), "custody.jsonl")
	if err := os.WriteFile(name, append(log, `{"seq":5,"ti`...), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := AppendRecord(f, "note", "", "", "", sealTime); !errors.Is(err, ErrHalfRecord) {
		t.Errorf("append to half a record: %v", err)
	}
	if cut, err := RepairCustody(f); err != nil || string(cut) != `{"seq":5,"ti` {
		t.Errorf("repair = %q, %v", cut, err)
	}
	if cut, err := RepairCustody(f); err != nil || cut != nil {
		t.Errorf("second repair = %q, %v", cut, err)
	}
	if r, err := AppendRecord(f, "note", "", "", "", sealTime.Add(time.Hour)); err != nil || r.Seq != 5 {
		t.Errorf("append after repair: %+v, %v", r, err)
	}
	now, _ := os.ReadFile(name)
	if _, problems := CheckCustody(now); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestAppendKeepsRecordsShort(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "custody.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := AppendRecord(f, "note", "", strings.Repeat("x", 5000), "", sealTime); err == nil {
		t.Error("a record longer than any reader takes was written")
	}
	if info, _ := f.Stat(); info.Size() != 0 {
		t.Errorf("%d bytes were left", info.Size())
	}
}

func FuzzCheckCustody(f *testing.F) {
	f.Add(testLog(f))
	f.Add([]byte("{}\n\n"))
	f.Add([]byte(`{"seq":0,"seq":1}`))
	f.Fuzz(func(t *testing.T, log []byte) {
		records, found := CheckCustody(log)
		if len(records) > bytes.Count(log, []byte("\n"))+1 {
			t.Error("more records than lines")
		}
		// What passes whole can be continued, and then still passes.
		if len(found) == 0 {
			line, err := NextRecord(log, "note", "", "", "", sealTime.AddDate(8000, 0, 0))
			if err == nil {
				if _, again := CheckCustody(append(bytes.Clone(log), line...)); len(again) > 0 &&
					again[0].Code != "E-CUSTODY-LINE" {
					t.Errorf("continued: %v", again)
				}
			}
		}
	})
}

// A detail longer than a record, such as a path of many folders, is cut in the
// middle and vouched for by its digest; the log goes on.
func TestLongDetail(t *testing.T) {
	for _, detail := range []string{strings.Repeat("很长的文件夹/", 300) + "录音.m4a", strings.Repeat(`"`, 9000)} {
		line, err := NextRecord(nil, "exclude", detail, "me", "juzheng", sealTime)
		if err != nil || len(line) > DefaultLimits.Line {
			t.Fatalf("%d bytes, %v", len(line), err)
		}
		next, err := NextRecord(line, "import", "E001", "me", "juzheng", sealTime)
		if err != nil {
			t.Fatal(err)
		}
		records, bad := CheckCustody(append(line, next...))
		if len(bad) > 0 || len(records) != 2 {
			t.Fatalf("%v", bad)
		}
		if d := records[0].Detail; !strings.HasPrefix(detail, d[:60]) || !strings.HasSuffix(detail, d[len(d)-6:]) ||
			!strings.Contains(d, lineSum([]byte(detail))) {
			t.Errorf("got %s", d)
		}
	}
	if _, err := NextRecord(nil, "import", "E001", strings.Repeat("x", 9000), "juzheng", sealTime); err == nil {
		t.Error("a record was shortened that has no long detail")
	}
}

// A time that was given is told apart from that of a clock.
func TestGivenDateIsTold(t *testing.T) {
	for tool, told := range map[string]bool{"juzheng 1.0": false, "juzheng 1.0" + GivenDate: true} {
		c := testContents(t, testPayload)
		line, err := NextRecord(c.Custody, "note", "x", "me", tool, sealTime)
		if err != nil {
			t.Fatal(err)
		}
		c.Custody = append(c.Custody, line...)
		dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
		if _, err := Write(dir, c); err != nil {
			t.Fatal(err)
		}
		listed := newListedCase(t, 0, "E001")
		record, err := listed.key.Line(commit.LogLine{Seq: 2, Time: "2026-03-01T14:05:06+08:00", Event: "note",
			Actor: "me", Tool: tool})
		if err != nil {
			t.Fatal(err)
		}
		listed.log = append(listed.log, record...)
		copied := listed.copyOf("E001")
		copied.Log = listed.log
		dir2 := filepath.Join(t.TempDir(), "bundle")
		if _, err := WriteEvidence(dir2, copied); err != nil {
			t.Fatal(err)
		}
		for _, dir := range []string{dir, dir2} { // of both formats
			if res := verify(t, dir, Options{}); res.ExitCode() != 0 || hasCode(res, "N-DATE-GIVEN") != told {
				t.Errorf("%s: exit %d\n%s", tool, res.ExitCode(), problems(res))
			}
		}
	}
}

// Of a very long log each record is checked, and not all are held to be listed;
// the last seal among them is, for it says what came before.
func TestVeryLongLog(t *testing.T) {
	c := newListedCase(t, 0, "E001")
	long := strings.Repeat("x", 3800)
	for n := 2; n <= 4600; n++ {
		l := commit.LogLine{Seq: n, Time: "2026-03-01T14:05:06+08:00", Event: "note", Detail: long, Actor: "juzheng",
			Tool: "juzheng test"}
		if n == 4599 {
			l.Event, l.Detail = "seal", "the last one"
		}
		line, err := c.key.Line(l)
		if err != nil {
			t.Fatal(err)
		}
		c.log = append(c.log, line...)
	}
	whole := c.copyOf("E001")
	whole.Log = c.log
	dir := filepath.Join(t.TempDir(), "bundle")
	if _, err := WriteEvidence(dir, whole); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, zipOf(t, dir)} {
		res := verify(t, path, Options{})
		n := len(res.Custody)
		if res.ExitCode() != 0 || !hasCode(res, "N-LOG-LONG") || n < 2000 || n > 2500 ||
			res.Custody[n-1].Event != "seal" || res.Root.CustodyEntries != 4600 {
			t.Errorf("exit %d, %d of %d records\n%s", res.ExitCode(), n, res.Root.CustodyEntries, problems(res))
		}
	}
	redone(rewrite(logName, func(b []byte) []byte { return append(b[:len(b)-3], []byte("1}\n")...) }))(t, dir)
	if res := verify(t, dir, Options{}); res.ExitCode() != 5 || !strings.Contains(problems(res), "log.jsonl:4600") {
		t.Errorf("a change of the last record: exit %d\n%.500s", res.ExitCode(), problems(res))
	}
}
