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
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

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
	if codes["huge.mp4"] != "too-large" || codes["old.tar"] != "archive" {
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

// recordedAs is the name a maker gives the recording of a call, and how long
// after the call began it may say it did.
var recordedAs = []struct {
	maker string
	late  time.Duration
	name  func(number, direction string, at time.Time) string
}{
	{"huawei", 9 * time.Second, func(n, _ string, at time.Time) string {
		return "Sounds/CallRecord/" + n + "_" + at.Format("20060102150405") + ".amr"
	}},
	{"miui", 6 * time.Second, func(n, _ string, at time.Time) string {
		return "MIUI/sound_recorder/call_rec/通话录音@" + n[:3] + " " + n[3:7] + " " + n[7:] + "(0086" + n + ")_" +
			at.Format("20060102150405") + ".mp3"
	}},
	{"samsung", 4 * time.Second, func(n, _ string, at time.Time) string {
		return "Recordings/Call/Call recording +86" + n + "_" + at.Format("060102_150405") + ".m4a"
	}},
	{"vivo", 11 * time.Second, func(n, _ string, at time.Time) string {
		return "Record/Call/" + n + " " + at.Format("2006-01-02 15-04-05") + ".amr"
	}},
	{"oppo", 3 * time.Second, func(n, _ string, at time.Time) string {
		return "Music/Recordings/Call Recordings/+86" + n + "-" + at.Format("0601021504") + ".mp3"
	}},
	{"acr", 2 * time.Second, func(n, d string, at time.Time) string {
		return fmt.Sprintf("ACRCalls/+86%s-%d-%d.m4a", n, map[string]int{"in": 0, "out": 1}[d], at.UnixMilli())
	}},
	{"bcr", time.Second, func(n, d string, at time.Time) string {
		return "BCR/" + at.UTC().Format("20060102_150405.000-0700") + "_" + d + "_sim1_+86" + n + ".oga"
	}},
}

// A dump of several hundred mixed files, counted apart from the code that
// reads them: every call and message once, with its time, direction and
// number, no matter what made the files and how many show the same event.
func TestDumpOfHundreds(t *testing.T) {
	dir := t.TempDir()
	type want struct{ at, direction, number string }
	calls, messages := map[want]int{}, map[want]int{}
	var xmlCalls, xmlSMS, mobile, telecom, chat strings.Builder
	mobile.WriteString("客户姓名：某某\r\n起始时间,通信地点,通信方式,对方号码,通信时长,通信类型\r\n")
	telecom.WriteString("对方号码,呼叫类型,起始时间,通话时长（秒）\n")
	chat.WriteString("localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName," +
		"Sender\n")
	base := time.Date(2026, 8, 1, 8, 0, 0, 0, evidence.Beijing)
	rounds := 360
	if testing.Short() {
		rounds = 60
	}
	files, recordings := 0, 0
	give := func(name string, data []byte) { put(t, dir, name, data); files++ }
	for i := range rounds {
		at := base.Add(time.Duration(i) * 97 * time.Minute)
		number := fmt.Sprintf("1990000%04d", i%7)
		kind, direction, seconds := 1+i%3, "in", 20+i%40
		if kind == 2 {
			direction = "out"
		}
		if kind == 3 {
			seconds = 0
		}
		fmt.Fprintf(
			&xmlCalls, "<call number=\"+86 %s\" duration=\"%d\" date=\"%d\" type=\"%d\" subscription_id=\"1\" />\n",
			number, seconds, at.UnixMilli(), kind,
		)
		if seconds == 0 {
			calls[want{at.Format(time.DateTime), direction, number}]++
		} else { // carriers list connected calls, some seconds later, and theirs is the better clock
			calls[want{at.Add(7 * time.Second).Format(time.DateTime), direction, number}]++
			word := map[string]string{"in": "被叫", "out": "主叫"}[direction]
			listed := at.Add(7 * time.Second)
			if i < rounds/2 {
				fmt.Fprintf(
					&mobile, "%s,杭州,%s,%s,0小时0分%d秒,本地\r\n", listed.Format("2006/1/2 15:04:05"), word, number,
					seconds,
				)
			} else {
				fmt.Fprintf(&telecom, "%s,%s,%s,%d\n", number, word, listed.Format(time.DateTime), seconds)
			}
			maker := recordedAs[i%len(recordedAs)]
			sound := amr(50*seconds - 40)
			sound[len(sound)-1] = byte(i) // no two alike
			sound[len(sound)-2] = byte(i >> 8)
			give(maker.name(number, direction, at.Add(maker.late)), sound)
			recordings++
		}
		sms := base.Add(time.Duration(i)*53*time.Minute + 11*time.Second)
		fmt.Fprintf(
			&xmlSMS, "<sms address=\"%s\" date=\"%d\" type=\"%d\" body=\"第%d条\" />\n", number, sms.UnixMilli(), 1+i%2,
			i,
		)
		messages[want{sms.Format(time.DateTime), []string{"in", "out"}[i%2], number}]++
		said := base.Add(time.Duration(i)*41*time.Minute + 23*time.Second)
		fmt.Fprintf(&chat, "%d,2,1,0,%d,%d,3,第%d句,,催收王,wang,x\n", i, i%2, said.Unix(), i)
		messages[want{said.Format(time.DateTime), []string{"in", "out"}[i%2], ""}]++
	}
	for n := range rounds / 6 {
		give(
			fmt.Sprintf("DCIM/Screenshots/Screenshot_2026-09-%02d-1%d-00-00-000_com.tencent.mm.png", 1+n%28, n/28),
			pngOf(t, chatPage(uint64(1000+n), color.Black)),
		)
	}
	// A recording that stands in no log.
	give("Sounds/CallRecord/13900000000_20260920101010.amr", amr(60))
	calls[want{"2026-09-20 10:10:10", "", "13900000000"}]++
	give("calls.xml", []byte("<calls>\n"+xmlCalls.String()+"</calls>"))
	give("sms.xml", []byte("<smses>\n"+xmlSMS.String()+"</smses>"))
	give("sms-older.xml", []byte("<smses backup=\"older\">\n"+xmlSMS.String()+"</smses>")) // overlaps wholly
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(mobile.String() + "合计,,,,99分,\r\n")
	if err != nil {
		t.Fatal(err)
	}
	give("移动详单.csv", []byte(gbk))
	give("电信详单.csv", []byte(telecom.String()))
	give("催收王.csv", []byte("\ufeff"+chat.String()))

	f := newCase(t)
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, s, files)
	if files < rounds*5/6 || len(s.Admitted) != files || len(s.Skipped) != 1 || len(s.Clocks) != 0 {
		t.Errorf("%d files, %d exhibits, %d rows skipped, clocks %+v", files, len(s.Admitted), len(s.Skipped), s.Clocks)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	tied := 0
	for _, r := range rows {
		w := want{r.Time.At.Format(time.DateTime), string(r.Direction), r.Number}
		switch r.Kind {
		case evidence.Call:
			calls[w]--
			if len(r.Exhibits) == 3 {
				tied++
			}
			if r.Number != "13900000000" && r.SIM != "SIM id 1" {
				t.Errorf("%s reached card %q", r.ID, r.SIM)
			}
		case evidence.SMS, evidence.Message:
			if r.Time.Source != "name:xiaomi" {
				messages[w]--
			}
		}
	}
	if tied != recordings {
		t.Errorf("%d calls have log, list and recording, want %d", tied, recordings)
	}
	for name, left := range map[string]map[want]int{"call": calls, "message": messages} {
		for w, n := range left {
			if n != 0 {
				t.Errorf("%s %+v stands in the timeline %+d times too few", name, w, n)
			}
		}
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
