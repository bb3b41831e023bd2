package intake

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
)

var testNow = time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing)

func newCase(t testing.TB) *folder.Folder {
	t.Helper()
	f, err := folder.Init(filepath.Join(t.TempDir(), "案件"), evidence.Case{ID: "x", Created: testNow}, testNow, "test")
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
		t.Errorf(
			"%d files: given %d = %d admitted + %d duplicates + %d known + %d unusable", files, s.Given,
			len(s.Admitted), len(s.Duplicates), s.Known, len(s.Unusable),
		)
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
	register, _ := os.ReadFile(f.Path(folder.RegisterFile))
	timeline, _ := os.ReadFile(f.Path(folder.TimelineFile))
	again, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, again, files)
	if len(again.Admitted)+len(again.Duplicates)+len(again.Incidents)+again.NewlyNoted != 0 {
		t.Errorf("a second run gave %+v", again)
	}
	register2, _ := os.ReadFile(f.Path(folder.RegisterFile))
	timeline2, _ := os.ReadFile(f.Path(folder.TimelineFile))
	if string(register) != string(register2) || string(timeline) != string(timeline2) {
		t.Error("a second run changed the case")
	}
}

// Files made to exhaust a reader are listed or kept and cost neither memory
// nor time: a file of five gigabytes, XML that names itself a billion times, a
// workbook that unpacks without end, a picture that says it is enormous.
func TestBombsAreListed(t *testing.T) {
	if testing.Short() {
		t.Skip("what it costs is the point, and it is one goroutine")
	}
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "huge.mp4", nil)
	if err := os.Truncate(filepath.Join(dir, "huge.mp4"), 5<<30); err != nil {
		t.Skip(err) // no sparse files here
	}
	var laughs strings.Builder
	laughs.WriteString("<?xml version=\"1.0\"?><!DOCTYPE smses [<!ENTITY a0 \"ha\">")
	for n := range 30 {
		fmt.Fprintf(&laughs, "<!ENTITY a%d \"&a%d;&a%[2]d;&a%[2]d;\">", n+1, n)
	}
	laughs.WriteString("]><smses count=\"1\"><sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"&a30;\" />" +
		"</smses>")
	put(t, dir, "laughs.xml", []byte(laughs.String()))
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	w.Write([]byte("<worksheet><sheetData>"))
	row := []byte(strings.Repeat("<row><c><v>1</v></c></row>", 4000))
	for range 128<<20/len(row) + 2 {
		w.Write(row)
	}
	z.Close()
	put(t, dir, "bomb.xlsx", book.Bytes())
	wide := pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(wide[16:], 1<<20)
	binary.BigEndian.PutUint32(wide[20:], 1<<20)
	binary.BigEndian.PutUint32(wide[29:], crc32.ChecksumIEEE(wide[12:29]))
	put(t, dir, "wide.png", wide)
	var old bytes.Buffer
	tw := tar.NewWriter(&old)
	tw.WriteHeader(&tar.Header{Name: "../escape.amr", Size: 1, Mode: 0o600})
	tw.Write([]byte("x"))
	tw.Close()
	put(t, dir, "old.tar", old.Bytes())

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow, MaxBytes: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	accounted(t, s, 5)
	codes := map[string]string{}
	for _, u := range s.Unusable {
		codes[filepath.Base(u.Path)] = u.Code
	}
	if codes["huge.mp4"] != "too-large" || codes["escape.amr"] != "unsafe-path" {
		t.Errorf("unusable: %v", codes)
	}
	register, _ := f.Register()
	notes := map[string]string{}
	for _, x := range register.Exhibits {
		for _, n := range x.Notes {
			notes[x.OriginalName] += n.Code + " "
		}
	}
	if !strings.Contains(notes["wide.png"], "not-decoded") || notes["bomb.xlsx"] == "" {
		t.Errorf("notes: %v", notes)
	}
	for _, r := range s.Incidents {
		if len(r.Shown) > 100 {
			t.Errorf("an entity was multiplied to %d bytes", len(r.Shown))
		}
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 512<<20 {
		t.Errorf("%d MB were allocated", used>>20)
	}
}

// How far adding is goes by bytes, within a large file too, and comes to its
// end once.
func TestProgressIsByBytes(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "a.txt", []byte("x"))
	put(t, dir, "film.bin", make([]byte, 24<<20))
	put(t, dir, "none.mp3", nil)
	var last, whole int64
	within := 0
	_, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow, Progress: func(done, total int64) {
		if done < last || done > total || whole != 0 && total != whole {
			t.Errorf("%d of %d after %d of %d", done, total, last, whole)
		}
		if done > total/10 && done < total*9/10 {
			within++
		}
		last, whole = done, total
	}})
	if err != nil || last != whole || within < 10 {
		t.Errorf("ended at %d of %d, told %d times within the film, %v", last, whole, within, err)
	}
}

func TestScrambledPicture(t *testing.T) {
	head := []byte("\xff\xd8\xff\xe0")
	for n := range head {
		head[n] ^= 0x5a
	}
	for name, want := range map[string]string{"a.dat": "JPEG", "a.bin": ""} {
		if got := scrambledPicture(bytes.NewReader(head), name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := scrambledPicture(strings.NewReader("none"), "b.dat"); got != "" {
		t.Errorf("%q", got)
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
	if len(s.Admitted) != 2 || s.Admitted[0].OriginalName != "a.amr" || s.Admitted[1].OriginalName != "b(1).amr" ||
		len(s.Duplicates) != 2 {
		t.Errorf("%d exhibits, first %q, %d duplicates", len(s.Admitted), s.Admitted[0].OriginalName, len(s.Duplicates))
	}
}

// A log added after the recording fills what its row does not say yet and
// changes nothing else; the link is noted. A row of the person's own stays as
// it is.
func TestLaterLogIsLinked(t *testing.T) {
	for _, own := range []bool{false, true} {
		dir := t.TempDir()
		put(t, dir, "13800138000_20260905224714.amr", amr(1000))
		f := newCase(t)
		if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(f.Path(folder.TimelineFile))
		if own {
			before = []byte(strings.Replace(string(before), ",E001,,\r\n", ",person,,\r\n", 1))
			before = []byte(strings.Replace(string(before), ",,E001,,,E001,", ",,E001,,,person,", 1))
			os.WriteFile(f.Path(folder.TimelineFile), before, 0o600)
		}
		list := t.TempDir()
		put(
			t, list, "list.csv",
			[]byte("对方号码,起始时间,通信时长,呼叫类型\n13800138000,2026-09-05 22:47:05,22秒,被叫\n"),
		)
		s, err := Add(context.Background(), f, []string{list}, Options{Now: testNow})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Incidents) != 0 || len(s.Links) != 1 ||
			s.Links[0] != (device.Link{Exhibit: "E002", Incident: "T001"}) ||
			len(s.Filled) == 1 == own {
			t.Errorf("own %v: links %v, incidents %v, filled %v", own, s.Links, s.Incidents, s.Filled)
		}
		after, _ := os.ReadFile(f.Path(folder.TimelineFile))
		if own != (string(before) == string(after)) {
			t.Errorf("own %v: the timeline is\n%s", own, after)
		}
		rows, _ := f.Timeline()
		if r := rows[0]; !own &&
			(r.Direction != evidence.In || r.Seconds != 20 || strings.Join(r.Exhibits, " ") != "E001 E002" ||
				r.Source != "E001 E002:2") {
			t.Errorf("filled as %+v", r)
		}
		r, _ := f.Register()
		x, _ := r.Lookup("E002")
		if len(x.Notes) != 1 || x.Notes[0] != (evidence.Note{Code: NoteSameEvent, Detail: "T001"}) {
			t.Errorf("notes %v", x.Notes)
		}
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

// The name that a chat program gave a copy of a screenshot makes no photo of it, and when
// it was saved is no time of the picture.
func TestASavedCopyTellsNothing(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	screen := image.NewGray(image.Rect(0, 0, 585, 1266))
	for n := range screen.Pix {
		screen.Pix[n] = byte(n * n / 97)
	}
	var data bytes.Buffer
	if err := png.Encode(&data, screen); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "IMG_9921.PNG", data.Bytes())
	put(t, dir, "微信图片_20260920190500.png", data.Bytes())
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	r, err := f.Register()
	if err != nil || len(r.Exhibits) != 1 {
		t.Fatalf("%d exhibits: %v", len(r.Exhibits), err)
	}
	if x := r.Exhibits[0]; x.Kind != evidence.Screenshot || x.Captured.Time != "" || len(x.Duplicates) != 1 {
		t.Errorf("%s is a %s of %q, %d copies", x.OriginalName, x.Kind, x.Captured.Time, len(x.Duplicates))
	}
}
