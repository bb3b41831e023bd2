package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/workbook"
)

var testDesk = desk.Desk{Now: time.Date(2026, 10, 8, 12, 0, 0, 0, evidence.Beijing), Tool: "juzheng test"}

// newCases makes case folders below a folder.
func newCases(t *testing.T, root string, names ...string) {
	t.Helper()
	for _, name := range names {
		c := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "样例" + name}}
		if _, err := desk.Init(t.Context(), testDesk, filepath.Join(root, name), c); err != nil {
			t.Fatal(err)
		}
	}
}

// plainly explains without words.
func plainly(f Found) Outcome {
	if f.Err != nil {
		return Outcome{1, []Exception{{Reason: evidence.Text{EN: f.Err.Error()}}}}
	}
	if c, ok := f.Value.(desk.Checked); ok && c.Blocked() {
		return Outcome{Exit: 4}
	}
	return Outcome{}
}

// runAll runs jobs and gives the results in the order of the cases.
func runAll(t *testing.T, items []Item, o Options) ([]Result, Summary) {
	t.Helper()
	if o.Explain == nil {
		o.Explain = plainly
	}
	out := make([]Result, len(items))
	o.Report = func(r Result) error { out[r.Item.N] = r; return nil }
	sum, err := Run(t.Context(), testDesk, items, o)
	if err != nil {
		t.Fatal(err)
	}
	return out, sum
}

// A case that makes the program fail, one that is none, and one that somebody works on
// are told; the others are done, and not done again while they are as they were.
func TestEachCaseAlone(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a", "b", "c", "d")
	items, err := Find(t.Context(), root)
	if err != nil || len(items) != 4 {
		t.Fatal(items, err)
	}
	f, err := folder.Open(items[2].Folder, "x")
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := f.Lock(testDesk.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(items[3].Folder, folder.CaseFile), []byte("[x"), 0o600); err != nil {
		t.Fatal(err)
	}
	calls := func(f Found) Outcome {
		if f.Item.Name == "b" && f.Job == Verify {
			panic("of this case alone")
		}
		return plainly(f)
	}
	got, sum := runAll(t, items, Options{Root: root, Jobs: []Job{Check, Status}, Workers: 3, Explain: calls})
	if sum.Cases != 4 || sum.States[Status][Done] != 3 || sum.States[Check][Blocked] != 3 ||
		sum.States[Check][Failed] != 1 {
		t.Errorf("%+v\n%+v", sum, got)
	}
	got, _ = runAll(t, items[1:3], Options{Root: root, Jobs: []Job{Verify}, Workers: 2, Explain: calls})
	if !strings.Contains(got[0].Exceptions()[0].Reason.EN, "of this case alone") || got[1].Jobs[0].State != Failed {
		t.Errorf("%+v", got)
	}
	got, _ = runAll(t, items[2:3], Options{Root: root, Jobs: []Job{Add, Build}, Workers: 1})
	if r := got[0]; r.Jobs[0].State != Done || r.Jobs[1].State != Failed ||
		!strings.Contains(r.Exceptions()[0].Reason.EN, "locked") {
		t.Errorf("of a case that is locked: %+v", r)
	}
	unlock()
}

// What was done is kept while the content of the case, the day and the user's own
// records are the same, and a record that cannot be read counts for nothing.
func TestUnchangedCases(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a")
	items, err := Find(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	done := func(Found) Outcome { return Outcome{} } // as if nothing blocked it
	kept := func(want bool, why string) {
		t.Helper()
		got, _ := runAll(t, items, Options{Root: root, Jobs: []Job{Check}, Workers: 1, Explain: done})
		if got[0].Jobs[0].Kept != want {
			t.Errorf("%s: kept %t", why, !want)
		}
	}
	write := func(name, text string) {
		t.Helper()
		at := filepath.Join(root, name)
		os.MkdirAll(filepath.Dir(at), 0o755)
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept(false, "the first time")
	kept(true, "as it was")
	write("a/mine.txt", "x")
	kept(false, "a file more")
	info, _ := os.Stat(filepath.Join(root, "a/mine.txt"))
	write("a/mine.txt", "y")
	os.Chtimes(filepath.Join(root, "a/mine.txt"), info.ModTime(), info.ModTime())
	kept(false, "one letter, the same size and time")
	kept(true, "as it was")
	was := testDesk.Now
	testDesk.Now = was.AddDate(0, 0, 1)
	kept(false, "the next day")
	testDesk.Now = was
	kept(false, "a record of another day")
	write("directory.d/x.json", "{")
	kept(false, "a record of the user's own")
	write("a/cache/batch.json", `{"run":"`)
	kept(false, "a record cut short")
	kept(true, "as it was")
}

// A run that is stopped loses nothing of what it did, and does not begin what it was
// not given.
func TestStoppedRun(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a", "b", "c")
	items, _ := Find(t.Context(), root)
	ctx, stop := context.WithCancel(t.Context())
	o := Options{Root: root, Jobs: []Job{Status}, Workers: 1, Explain: plainly}
	o.Report = func(Result) error { stop(); return nil }
	sum, err := Run(ctx, testDesk, items, o)
	if !errors.Is(err, context.Canceled) || sum.Cases > 2 {
		t.Fatal(sum, err)
	}
	n, ok := Stopped(root)
	if !ok || !slices.Equal(n.Jobs, o.Jobs) {
		t.Fatal(n, ok)
	}
	o.Resume = true
	got, _ := runAll(t, items, o)
	if first := got[0].Jobs[0]; !first.Kept || got[2].Jobs[0].Kept {
		t.Errorf("%+v", got)
	}
	if _, ok := Stopped(root); ok {
		t.Error("the note stays behind")
	}
	var nothing *NothingToResumeError
	if _, err := Run(t.Context(), testDesk, items, o); !errors.As(err, &nothing) {
		t.Error(err)
	}
}

func TestReadRoster(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("案件夹,姓名\n甲,张三\n")
	if err != nil {
		t.Fatal(err)
	}
	book, err := workbook.Write(workbook.Book{Made: testDesk.Now, Sheets: []workbook.Sheet{
		{Name: "说明", Columns: []workbook.Column{{Head: "怎么填"}}},
		{Name: "名册", Title: "本月来访", Columns: []workbook.Column{{Head: "姓 名"}, {Head: "案件夹"}},
			Rows: [][]workbook.Cell{{{Text: "李四"}, {Text: "乙"}}, {{Text: "王五"}, {}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file, content string
		want                string // folder person place error, a row each
	}{
		{"blank rows are none", "r.csv", "案件夹,姓名\n甲,张三\n,\n\n乙,\n", "甲 张三 r.csv:2 |乙  r.csv:5 "},
		{"GBK as Excel saves it", "r.csv", gbk, "甲 张三 r.csv:2 "},
		{"English heads, tabs, a mark", "r.csv", "\ufeffFolder\tName\na\tx\n", "a x r.csv:2 "},
		{"semicolons", "r.csv", "folder;phone\na;p\n", "a  r.csv:2 "},
		{"a title above the head", "r.csv", "十月来访,,\n文件夹,姓名\n甲,张三\n", "甲 张三 r.csv:3 "},
		{"a folder twice", "r.csv", "folder\na\nb\n./a\n", "a  r.csv:2 |b  r.csv:3 |./a  r.csv:4 r.csv:4 A4"},
		{"no folder", "r.csv", "folder,name\n,x\n", " x r.csv:2 r.csv:2 A2"},
		{"a workbook, its second sheet", "名册.xlsx", string(book), "乙 李四 名册.xlsx 名册!3 | 王五 名册.xlsx 名册!4 名册.xlsx 名册!B4"},
		{"no head", "r.csv", "x,y\n", "!no column folder"},
		{"a head alone", "r.csv", "folder\n", "!holds no cases"},
		{"no text", "r.csv", "\xff\xfe\xff\xff", "!"},
		{"half a workbook", "r.xlsx", string(book[:len(book)/2]), "!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			at := filepath.Join(dir, c.file)
			if err := os.WriteFile(at, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := ReadRoster(at)
			if want, fails := strings.CutPrefix(c.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v, %v", r, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			for _, it := range r.Items {
				bad := ""
				var lines folder.LineErrors
				if errors.As(it.Err, &lines) {
					bad = lines[0].Where()
				}
				rows = append(rows, fmt.Sprintf("%s %s %s %s", it.Name, it.Person, it.Place, bad))
			}
			if got := strings.Join(rows, "|"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// A folder without bagit.txt is still the bundle it was; codes are found by path, or by
// a name that one bundle alone has.
func TestBundlesAndCodes(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a/bagit.txt", "a/data/x.zip", "b/manifest-sha256.txt", "c/d/case.toml", "e.ZIP",
		"f.zip.age",
		"g/e.zip", "h/e.zip", "note.txt", "i/commitments.txt", ".j.123.partial/case.toml"} {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := FindBundles(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range r.Bundles {
		got = append(got, filepath.ToSlash(b.Name))
	}
	if s := strings.Join(got, " "); s != "a b c/d e.ZIP f.zip.age g/e.zip h/e.zip i" ||
		!slices.Equal(r.Left, []string{".j.123.partial", "note.txt"}) {
		t.Errorf("%s, left %v", s, r.Left)
	}
	list := Received{Bundles: []Bundle{{Path: "/l/f.zip.age", Name: "f.zip.age", Place: "l:2", Code: "1"},
		{Path: "/l/e.zip", Name: "e.zip", Place: "l:3", Code: "2"},         // two have the name
		{Path: "/l/h/e.zip", Name: "./h/e.zip", Place: "l:4", Code: "3"},   // this one has the path
		{Path: "/l/x/d", Name: "x/d", Place: "l:5", Code: "4"},             // by its name alone
		{Path: "/l/h/e.zip", Name: "h/e.zip", Place: "l:6", Code: "other"}, // held against both
	}}
	codes := map[string]string{}
	for _, b := range WithCodes(r, list).Bundles {
		if b.Place != "" {
			codes[b.Place] = fmt.Sprintf("%s %s %v", filepath.ToSlash(b.Name), b.Code, b.Err != nil)
		}
	}
	want := map[string]string{"l:2": "f.zip.age 1 false", "l:3": "e.zip 2 true", "l:4": "h/e.zip 3 false",
		"l:5": "c/d 4 false", "l:6": "h/e.zip other false"}
	if fmt.Sprint(codes) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", codes, want)
	}
}

// A run that was killed while it put a case folder in the place of another leaves the
// old one beside its place, and the new one half made: the old one is taken back.
func TestKilledWhileACaseGaveWay(t *testing.T) {
	root := t.TempDir()
	newCases(t, root, "a", "b", "c")
	long := time.Now().Add(-time.Minute)
	for _, name := range []string{"a", "c"} {
		at := filepath.Join(root, name)
		if err := os.Rename(at, at+".old.partial"); err != nil {
			t.Fatal(err)
		}
		os.Chtimes(at+".old.partial", long, long)
	}
	newCases(t, root, "c") // the new one had its place already
	half := filepath.Join(root, ".b.123.partial")
	if err := os.MkdirAll(filepath.Join(half, "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(root, "..batch.json.123.partial")
	if err := os.WriteFile(note, []byte(`{"run":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if len(disk.Leftovers(filepath.Join(root, "b"))) != 1 || len(disk.Leftovers(noteOf(root))) != 1 {
		t.Fatal("the test does not know how such folders are named")
	}
	items, err := Find(t.Context(), root)
	var names []string
	for _, it := range items {
		names = append(names, it.Name)
	}
	if err != nil || strings.Join(names, " ") != "a b c" {
		t.Fatal(names, err)
	}
	_, sum := runAll(t, items, Options{Root: root, Jobs: []Job{Status}, Workers: 2})
	if sum.States[Status][Done] != 3 {
		t.Errorf("%+v", sum)
	}
	for _, gone := range []string{half, note, filepath.Join(root, "c.old.partial")} {
		if _, err := os.Lstat(gone); err == nil {
			t.Errorf("%s stays", gone)
		}
	}
}
