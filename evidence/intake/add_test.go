package intake

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

var testNow = time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing)

func newCase(t testing.TB) *evidence.Folder {
	t.Helper()
	f, err := evidence.Init(filepath.Join(t.TempDir(), "案件"), evidence.Case{ID: "x", Created: testNow}, testNow, "test")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func put(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// sums is a digest of a source tree: names, modes, times, bytes.
func sums(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		fmt.Fprintln(h, p, info.Mode(), info.ModTime(), info.Size())
		if info.Mode().IsRegular() {
			data, _ := os.ReadFile(p)
			h.Write(data)
		}
		return nil
	})
	return fmt.Sprintf("%x", h.Sum(nil))
}

// accounted checks that every file given ended somewhere.
func accounted(t *testing.T, s Summary, files int) {
	t.Helper()
	if sum := len(s.Admitted) + len(s.Duplicates) + s.Known + len(s.Unusable); s.Given != files || sum != files {
		t.Errorf("%d files: given %d = %d admitted + %d duplicates + %d known + %d unusable", files, s.Given, len(s.Admitted), len(s.Duplicates), s.Known, len(s.Unusable))
	}
}

// Files with every odd name a disk holds, damaged ones, links and pipes: all
// accounted for, the source untouched, a second run changes nothing.
func TestAddAccountsForEveryFile(t *testing.T) {
	dir := t.TempDir()
	files := 0
	give := func(name string, data []byte) { put(t, dir, name, data); files++ }
	give("call/13800138000_20260905224714.amr", amr(100))
	give("copy/13800138000_20260905224714(1).amr", amr(100)) // same bytes
	give("empty.mp3", nil)
	give("Thumbs.db", []byte("x"))
	give("backup.zip", []byte("PK\x03\x04"+strings.Repeat("\x00", 40)))
	give("letter.pdf", []byte("%PDF-1.4\n%%EOF"))
	give("unknown.xyz", []byte{0, 1, 2, 3, 0, 9})
	if runtime.GOOS == "linux" {
		give("new\nline.txt", []byte("a"))
		give("gbk-\xc2\xbc\xd2\xf4.txt", []byte("b"))
		give("rtl-\u202egpj.txt", []byte("c"))
		give("nfd-e\u0301.txt", []byte("d"))
		give("nfd-\u00e9.txt", []byte("e"))
		give("-leading.txt", []byte("f"))
		give(strings.Repeat("长", 83)+".txt", []byte("g")) // 253 bytes
		give(" blank .txt", []byte("h"))
		if err := os.Symlink("/etc/hostname", filepath.Join(dir, "link.txt")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("nowhere", filepath.Join(dir, "dangling.txt")); err != nil {
			t.Fatal(err)
		}
		files += 2
	}
	before := sums(t, dir)
	f := newCase(t)
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, s, files)
	if len(s.Duplicates) != 1 || len(s.Incidents) != 1 {
		t.Errorf("%d duplicates, %d incidents", len(s.Duplicates), len(s.Incidents))
	}
	codes := map[string]int{}
	for _, u := range s.Unusable {
		codes[u.Code]++
		if u.Detail == "" {
			t.Errorf("%s has no reason", u.Path)
		}
	}
	for code, n := range map[string]int{"empty-file": 1, "system-file": 1, "archive": 1} {
		if codes[code] != n {
			t.Errorf("%d times %s: %v", codes[code], code, codes)
		}
	}
	if sums(t, dir) != before {
		t.Error("the source was changed")
	}
	register, _ := os.ReadFile(f.Path(evidence.RegisterFile))
	timeline, _ := os.ReadFile(f.Path(evidence.TimelineFile))
	again, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, again, files)
	if len(again.Admitted)+len(again.Duplicates)+len(again.Incidents)+again.NewlyNoted != 0 {
		t.Errorf("a second run gave %+v", again)
	}
	register2, _ := os.ReadFile(f.Path(evidence.RegisterFile))
	timeline2, _ := os.ReadFile(f.Path(evidence.TimelineFile))
	if string(register) != string(register2) || string(timeline) != string(timeline2) {
		t.Error("a second run changed the case")
	}
}

// Of identical files the one without a copy's mark becomes the exhibit, though
// its name comes later; a copy of a copy and one without an original are kept.
func TestOriginalBeforeItsCopy(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	for _, name := range []string{"a (1).amr", "a.amr", "a - 副本 (2).amr", "b(1).amr"} {
		put(t, dir, name, amr(len(name[:1])+int(name[0])))
	}
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, s, 4)
	if len(s.Admitted) != 2 || s.Admitted[0].OriginalName != "a.amr" || s.Admitted[1].OriginalName != "b(1).amr" || len(s.Duplicates) != 2 {
		t.Errorf("%d exhibits, first %q, %d duplicates", len(s.Admitted), s.Admitted[0].OriginalName, len(s.Duplicates))
	}
}

// A dump of several hundred files and log rows, counted apart from the code
// that reads them: every call and message once, with its time and direction.
func TestDumpOfHundreds(t *testing.T) {
	dir := t.TempDir()
	type want struct{ at, direction, number string }
	calls, messages := map[want]int{}, map[want]int{}
	var xmlCalls, xmlSMS, carrier strings.Builder
	carrier.WriteString("起始时间,对方号码,通信方式,通信时长\n")
	base := time.Date(2026, 8, 1, 8, 0, 0, 0, evidence.Beijing)
	files := 0
	for i := range 240 {
		at := base.Add(time.Duration(i) * 97 * time.Minute)
		number := fmt.Sprintf("1990000%04d", i%7)
		kind, direction, seconds := 1+i%3, "in", 20+i%40
		if kind == 2 {
			direction = "out"
		}
		if kind == 3 {
			seconds = 0
		}
		fmt.Fprintf(&xmlCalls, "<call number=\"%s\" duration=\"%d\" date=\"%d\" type=\"%d\" />\n", number, seconds, at.UnixMilli(), kind)
		calls[want{at.Format(time.DateTime), direction, number}]++
		if seconds > 0 { // carriers list connected calls, some seconds later
			word := map[string]string{"in": "被叫", "out": "主叫"}[direction]
			fmt.Fprintf(&carrier, "%s,%s,%s,%d秒\n", at.Add(7*time.Second).Format(time.DateTime), number, word, seconds)
		}
		if seconds > 0 && i%4 == 0 { // and some were recorded
			put(t, dir, fmt.Sprintf("Sounds/CallRecord/%s_%s.amr", number, at.Add(9*time.Second).Format("20060102150405")), append(amr(50*seconds-40), amr(i)[6:]...)[:6+32*(50*seconds-40)])
			files++
		}
		sms := base.Add(time.Duration(i)*53*time.Minute + 11*time.Second)
		fmt.Fprintf(&xmlSMS, "<sms address=\"%s\" date=\"%d\" type=\"%d\" body=\"第%d条\" />\n", number, sms.UnixMilli(), 1+i%2, i)
		messages[want{sms.Format(time.DateTime), []string{"in", "out"}[i%2], number}]++
	}
	// A recording that stands in no log.
	put(t, dir, "Sounds/CallRecord/13900000000_20260920101010.amr", amr(60))
	calls[want{"2026-09-20 10:10:10", "", "13900000000"}]++
	put(t, dir, "calls.xml", []byte("<calls>\n"+xmlCalls.String()+"</calls>"))
	put(t, dir, "sms.xml", []byte("<smses>\n"+xmlSMS.String()+"</smses>"))
	put(t, dir, "sms-older.xml", []byte("<smses backup=\"older\">\n"+xmlSMS.String()+"</smses>")) // overlaps wholly
	put(t, dir, "详单.csv", []byte(carrier.String()))
	files += 5

	f := newCase(t)
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	if s.Given != files {
		t.Errorf("given %d, made %d", s.Given, files)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		w := want{r.Time.At.Format(time.DateTime), string(r.Direction), r.Number}
		switch r.Kind {
		case evidence.Call:
			calls[w]--
		case evidence.SMS:
			messages[w]--
		}
	}
	for name, left := range map[string]map[want]int{"call": calls, "message": messages} {
		for w, n := range left {
			if n != 0 {
				t.Errorf("%s %+v stands in the timeline %+d times too few", name, w, n)
			}
		}
	}
}

// A log added after the recording does not change the row that stands there:
// the link is noted.
func TestLaterLogIsLinked(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "13800138000_20260905224714.amr", amr(1000))
	f := newCase(t)
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(f.Path(evidence.TimelineFile))
	list := t.TempDir()
	put(t, list, "list.csv", []byte("对方号码,起始时间,通信时长,呼叫类型\n13800138000,2026-09-05 22:47:05,22秒,被叫\n"))
	s, err := Add(context.Background(), f, []string{list}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(f.Path(evidence.TimelineFile))
	if string(before) != string(after) || len(s.Incidents) != 0 || len(s.Links) != 1 || s.Links[0] != (Link{"E002", "T001"}) {
		t.Errorf("links %v, incidents %v", s.Links, s.Incidents)
	}
	r, _ := f.Register()
	x, _ := r.Lookup("E002")
	if len(x.Notes) != 1 || x.Notes[0] != (evidence.Note{Code: NoteSameEvent, Detail: "T001"}) {
		t.Errorf("notes %v", x.Notes)
	}
}

func BenchmarkAdd1000(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		put(b, dir, fmt.Sprintf("1380013%04d_20260905224714.amr", i), amr(10+i))
	}
	b.ResetTimer()
	for b.Loop() {
		if _, err := Add(context.Background(), newCase(b), []string{dir}, Options{Now: testNow}); err != nil {
			b.Fatal(err)
		}
	}
}
