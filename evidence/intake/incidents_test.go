package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
)

func TestTranscriptIsTiedToItsRecording(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "录音 1.amr", amr(50))
	put(t, dir, "录音 1.srt", []byte("1\n00:00:00,100 --> 00:00:00,900\n还钱\n"))
	put(t, dir, "录音 2.srt", []byte("1\n00:00:00,100 --> 00:00:00,900\n好\n"))
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil || len(register.Exhibits) != 3 {
		t.Fatalf("%d exhibits, %v", len(register.Exhibits), err)
	}
	var tied []string
	for _, x := range register.Exhibits {
		for _, n := range x.Notes {
			if n.Code == evidence.NoteTranscript {
				tied = append(tied, x.OriginalName+" "+n.Detail)
			}
		}
	}
	if len(tied) != 1 || !strings.HasPrefix(tied[0], "录音 1.srt 与录音 E001 ") {
		t.Errorf("%q", tied)
	}
}

// Who wrote a message is read off the folder of the chat, never guessed.
func TestChatDirections(t *testing.T) {
	csv := "消息ID,类型,发送人,时间,内容\n1,文本,小王,2026-09-04 10:00:05,在吗\n" +
		"2,文本,阿宁,2026-09-04 10:01:05,不在\n3,图片,小王,2026-09-04 10:02:05,image/1.jpg\n" +
		"4,文本,我,2026-09-04 10:03:05,好\n"
	text := "2026-09-04 10:00:05 小王\n在吗\n\n2026-09-04 10:01:05 阿宁\n不在\n\n2026-09-04 10:02:05 小王\n" +
		"[图片] image/1.jpg\n\n2026-09-04 10:03:05 我\n好\n"
	for path, want := range map[string]string{
		"小王(wxid_a)/小王.csv":     "in 小王 在吗|out 小王 不在|in 小王 [图片] image/1.jpg|out 小王 好",
		"小王(wxid_a)/小王.txt":     "in 小王 在吗|out 小王 不在|in 小王 [图片] image/1.jpg|out 小王 好",
		"群(123@chatroom)/群.csv": " 小王 在吗| 阿宁 不在| 小王 [图片] image/1.jpg|out  好",
		"小王(wxid_a)/另一个文件.csv":  " 小王 在吗| 阿宁 不在| 小王 [图片] image/1.jpg|out  好",
	} {
		f, dir := newCase(t), t.TempDir()
		data := csv
		if strings.HasSuffix(path, ".txt") {
			data = text
		}
		put(t, dir, path, []byte(data))
		s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range s.Incidents {
			got = append(got, fmt.Sprintf("%s %s %s", i.Direction, i.Name, i.Shown))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q", path, strings.Join(got, "|"))
		}
	}
}

// A plain text named like a recording is its transcript, whichever is added
// first; other texts are documents.
func TestPlainTranscript(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "a/录音 3.amr", amr(50))
	put(t, dir, "a/录音 3.txt", []byte("对方：再不还就上门\n我：请不要打了\n"))
	put(t, dir, "a/备忘.txt", []byte("记得打电话\n"))
	put(t, dir, "b/13800138000_20260905224714.txt", []byte("对方：你好\n"))
	put(t, dir, "c/13800138000_20260905224714.amr", amr(60))
	for _, part := range []string{"a", "b", "c"} {
		if _, err := Add(
			context.Background(), f, []string{filepath.Join(dir, part)}, Options{Now: testNow},
		); err != nil {
			t.Fatal(err)
		}
	}
	register, _ := f.Register()
	got := map[string]string{}
	for _, x := range register.Exhibits {
		got[x.OriginalName] = string(x.Kind) + " " + x.TranscriptOf()
	}
	for name, want := range map[string]string{
		"录音 3.txt": "transcript E002", "备忘.txt": "document ", "13800138000_20260905224714.txt": "transcript E005",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q (%v)", name, got[name], want, got)
		}
	}
}

// Why a recording was taken for a call of a log is kept with it, whichever of
// the two came first.
func TestReasoningIsKept(t *testing.T) {
	log := []byte(`<calls><call number="13800138000" duration="21" date="1788361205000" type="1" /></calls>`)
	for name, order := range map[string][]string{"at once": {"."}, "log later": {"a", "b"}, "log first": {"b", "a"}} {
		f, dir := newCase(t), t.TempDir()
		put(t, dir, "a/13800138000_20260902230010.amr", amr(20*50))
		put(t, dir, "b/calls.xml", log)
		for _, part := range order {
			if _, err := Add(context.Background(), f, []string{dir + "/" + part}, Options{Now: testNow}); err != nil {
				t.Fatal(err)
			}
		}
		register, _ := f.Register()
		var got []string
		for _, x := range register.Exhibits {
			for _, n := range x.Notes {
				if n.Code == NoteJoined {
					got = append(got, n.Detail)
				}
			}
		}
		if len(got) != 1 || !strings.Contains(got[0], "号码相同") || !strings.Contains(got[0], "5 秒，时长") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A log that comes later and has two calls within a minute adds the one that
// the recording in the timeline does not show.
func TestLaterLogWithTwoCalls(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "a/13800138000_20260902230010.amr", amr(20*50))
	put(
		t, dir, "b/calls.xml",
		[]byte(`<calls><call number="13800138000" duration="20" date="1788361205000" type="1" />`+
			`<call number="13800138000" duration="21" date="1788361240000" type="1" /></calls>`),
	)
	for n, part := range []string{"a", "b"} {
		s, err := Add(context.Background(), f, []string{dir + "/" + part}, Options{Now: testNow})
		if err != nil || len(s.Incidents) != 1 || len(s.Links) != n {
			t.Errorf("%s: %d rows, links %v, %v", part, len(s.Incidents), s.Links, err)
		}
	}
}

// What the name of a recording leaves out is taken from the phone's other files
// where one call or one number alone fits, in whichever order they come.
func TestNamesAreCompleted(t *testing.T) {
	log := func(rows string) string {
		return "对方号码,呼叫类型,起始时间,通话时长,contact\n" + rows
	}
	for _, c := range []struct{ name, recording, list, want string }{
		{"the year", "19900000311_通话_09月11日_14点02分.amr",
			log("19900000311,被叫,2026-09-11 14:02:19,20,\n19900000311,被叫,2026-09-12 14:02:19,20,\n"),
			"2026-09-11 14:02:19 19900000311 2; 2026-09-12 14:02:19 19900000311 1"},
		{"two years", "19900000311_通话_09月11日_14点02分.amr",
			log("19900000311,被叫,2025-09-11 14:02:19,20,\n19900000311,被叫,2026-09-11 14:02:19,20,\n"),
			"- 19900000311 1; 2025-09-11 14:02:19 19900000311 1; 2026-09-11 14:02:19 19900000311 1"},
		{"another number", "19900000311_通话_09月11日_14点02分.amr", log("19900000312,被叫,2026-09-11 14:02:19,20,\n"),
			"- 19900000311 1; 2026-09-11 14:02:19 19900000312 1"},
		{"a contact with one number", "催收甲_20260910221705.amr", log("19900000311,被叫,2026-09-01 10:00:00,9,催收甲\n"),
			"2026-09-01 10:00:00 19900000311 1; 2026-09-10 22:17:05 19900000311 1"},
		{"a contact with two", "催收甲_20260910221705.amr",
			log("19900000311,被叫,2026-09-01 10:00:00,9,催收甲\n19900000312,被叫,2026-09-02 10:00:00,9,催收甲\n"),
			"2026-09-01 10:00:00 19900000311 1; 2026-09-02 10:00:00 19900000312 1; 2026-09-10 22:17:05  1"},
	} {
		for _, order := range []string{"all", "recording first", "list first"} {
			f, dir := newCase(t), t.TempDir()
			put(t, dir, "in/a/"+c.recording, amr(1000))
			put(t, dir, "in/b/list.csv", []byte(c.list))
			parts := map[string][]string{"all": {"in"}, "recording first": {"in/a", "in/b"},
				"list first": {"in/b", "in/a"}}
			for _, part := range parts[order] {
				if _, err := Add(context.Background(), f, []string{filepath.Join(dir, part)},
					Options{Now: testNow}); err != nil {
					t.Fatal(err)
				}
			}
			rows, err := f.Timeline()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range rows {
				at := "-"
				if !r.Time.IsZero() {
					at = r.Time.At.Format(time.DateTime)
				}
				got = append(got, fmt.Sprintf("%s %s %d", at, r.Number, len(r.Exhibits)))
			}
			slices.Sort(got)
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s, %s: got %s, want %s", c.name, order, s, c.want)
			}
		}
	}
}

// A sound file in the folder of the mailbox is a message that was left, and no call.
func TestFolderOfTheMailbox(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "手机/语音信箱/19900000311_20260908223120.amr", amr(500))
	put(t, dir, "手机/录音/19900000311_20260909223120.amr", amr(600))
	if _, err := Add(context.Background(), f, []string{filepath.Join(dir, "手机")}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if r := rows[0]; r.Kind != evidence.Message || r.Direction != evidence.In || r.Answered != evidence.Unknown ||
		r.Number != "19900000311" || r.Seconds >= 0 {
		t.Errorf("left on the mailbox: %+v", r)
	}
	if r := rows[1]; r.Kind != evidence.Call || r.Answered != evidence.Yes {
		t.Errorf("a recorded call: %+v", r)
	}
}

// The recording of an iPhone is a call with whom its name says, on the day that it names;
// who rang whom stays open, and one without a day is for the person to place.
func TestRecordingsOfAnIPhone(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "in/与 199 0000 0311 的通话录音 2026年9月8日.amr", amr(500))
	put(t, dir, "in/Call with Wang Lei.amr", amr(600))
	if _, err := Add(context.Background(), f, []string{filepath.Join(dir, "in")}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil || len(rows) != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if r := rows[0]; r.Kind != evidence.Call || r.Number != "19900000311" || r.Direction != evidence.DirectionUnknown ||
		r.Time.Precision != evidence.ToDay || r.Time.At.Format(time.DateOnly) != "2026-09-08" || r.Seconds != 10 {
		t.Errorf("%+v", r)
	}
	register, _ := f.Register()
	for _, x := range register.Exhibits {
		if _, open := x.Note("unplaced"); open != (x.Media.Contact == "Wang Lei") {
			t.Errorf("%s with %q: to be placed %v", x.OriginalName, x.Media.Contact, open)
		}
	}
}

// A copy under a telling name gives its name, in whichever order they come.
func TestCopyUnderATellingName(t *testing.T) {
	for _, order := range [][]string{{"in"}, {"in/a", "in/b"}, {"in/b", "in/a"}} {
		f, dir := newCase(t), t.TempDir()
		put(t, dir, "in/a/老刘.amr", amr(500))
		put(t, dir, "in/b/199 0000 0311(19900000311)_20260908223120.amr", amr(500))
		for _, part := range order {
			if _, err := Add(context.Background(), f, []string{filepath.Join(dir, part)},
				Options{Now: testNow}); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := f.Timeline()
		if err != nil || len(rows) != 1 || rows[0].Number != "19900000311" || rows[0].Exhibits[0] != "E001" ||
			rows[0].Time.At.Format(time.DateTime) != "2026-09-08 22:31:20" {
			t.Errorf("%v: %+v, %v", order, rows, err)
		}
		register, _ := f.Register()
		if x := register.Exhibits[0]; len(register.Exhibits) != 1 || !x.Captured.Tells() ||
			slices.ContainsFunc(x.Notes, func(n evidence.Note) bool { return n.Code == "unplaced" }) {
			t.Errorf("%v: %+v", order, x)
		}
	}
}

// Two logs by clocks an hour and three minutes apart: each call is one row, in
// whichever order they come, with the carrier's time and the places of both.
func TestOneCallByTwoClocksIsOneRow(t *testing.T) {
	var xml, list strings.Builder
	list.WriteString("对方号码,起始时间,通信方式,通信时长\n")
	base := time.Date(2026, 9, 2, 23, 0, 0, 0, evidence.Beijing)
	for n := range 5 {
		at := base.Add(time.Duration(n*n) * 7 * time.Hour)
		fmt.Fprintf(
			&xml, "<call number=\"13800138000\" duration=\"%d\" date=\"%d\" type=\"1\" />\n", 31+20*n, at.UnixMilli(),
		)
		fmt.Fprintf(&list, "13800138000,%s,被叫,%d秒\n", at.Add(63*time.Minute).Format(time.DateTime), 31+20*n)
	}
	for _, order := range []string{"ab", "ba"} {
		f, dir := newCase(t), t.TempDir()
		put(t, dir, "a/calls.xml", []byte("<calls>"+xml.String()+"</calls>"))
		put(t, dir, "b/list.csv", []byte(list.String()))
		for n, part := range order {
			s, err := Add(context.Background(), f, []string{dir + "/" + string(part)}, Options{Now: testNow})
			if err != nil || len(s.Incidents) != 5*(1-n) || len(s.Clocks) != n {
				t.Fatalf("%s: %d rows, clocks %+v, %v", order, len(s.Incidents), s.Clocks, err)
			}
			if n == 1 && (len(s.Retimed) == 5) != (order == "ab") {
				t.Errorf("%s: took a better time: %v", order, s.Retimed)
			}
		}
		rows, err := f.Timeline()
		if err != nil || len(rows) != 5 {
			t.Fatalf("%s: %d rows, %v", order, len(rows), err)
		}
		for _, r := range rows {
			if r.Time.Source != "carrier" || len(r.Exhibits) != 2 || len(strings.Fields(r.Source)) != 2 ||
				r.Use != evidence.Unknown {
				t.Errorf("%s: %+v", order, r)
			}
		}
	}
}

// A run that is interrupted after files were admitted loses no row: the next
// run makes the rows that are missing, and a third changes nothing.
func TestInterruptedAddLosesNoRow(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "calls.xml", []byte(`<calls><call number="1" duration="30" date="1788361205000" type="1" /></calls>`))
	put(t, dir, "zz.txt", []byte("x"))
	ctx, stop := context.WithCancel(context.Background())
	_, err := Add(ctx, f, []string{dir}, Options{Now: testNow, Progress: func(int64, int64) { stop() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted: %v", err)
	}
	for run := range 2 {
		if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
			t.Fatal(err)
		}
		if rows, err := f.Timeline(); err != nil || len(rows) != 1 {
			t.Errorf("run %d: %d rows, %v", run, len(rows), err)
		}
	}
}

// Joining is no square of the rows: a chat of 50,000 messages.
func BenchmarkJoinChat(b *testing.B) {
	rows := make([]evidence.Incident, 20_000)
	for n := range rows {
		at := testNow.Add(time.Duration(n) * 7 * time.Second)
		rows[n] = evidence.Incident{
			Kind: evidence.Message, Name: "甲", Shown: fmt.Sprint(n), Exhibits: []string{"E1"},
			Time:   evidence.Time{At: at, Precision: evidence.ToSecond, Source: "wechat-export"},
			Source: fmt.Sprintf("E1:%d", n),
		}
	}
	for b.Loop() {
		if got, _ := device.Join(rows, nil, nil); len(got) != len(rows) {
			b.Fatalf("%d rows", len(got))
		}
	}
}

// Whatever a file holds and is called, it is recognised and described without
// a fault.
func FuzzRecognise(f *testing.F) {
	small := chatPage(1, color.Black).(*image.RGBA).SubImage(image.Rect(80, 80, 120, 140))
	f.Add(pngOf(f, small), "Screenshot_2026-09-01-10-00-00-000_com.tencent.mm.png")
	f.Add(forwarded(f, small), "mmexport1788361205000.jpg")
	f.Add(amr(3), "13800138000_20260902230010.amr")
	f.Add([]byte("fLaC\x00\x00\x00\x22"), "a.flac")
	f.Add(callWorkbook(f), "详单.xlsx")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		in := bytes.NewReader(data)
		got := recognise(in, int64(len(data)))
		if got.code != "" {
			return
		}
		if got.mediaType == "" || got.kind == "" || got.extension == "" {
			t.Fatalf("%q: recognised as %+v", name, got)
		}
		x := evidence.Exhibit{Kind: got.kind, MediaType: got.mediaType, OriginalName: name, Modified: testNow}
		describe(&x, in, int64(len(data)), got)
		if x.Media.Seconds < 0 || x.Media.Width < 0 {
			t.Errorf("%q: %+v", name, x.Media)
		}
	})
}

// callWorkbook is a call list of one row as a workbook.
func callWorkbook(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, body string }{
		{"[Content_Types].xml", "<Types/>"},
		{"xl/workbook.xml", "<workbook/>"},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row>` +
			`<c t="inlineStr"><is><t>对方号码</t></is></c><c t="inlineStr"><is><t>起始时间</t></is></c>` +
			`<c t="inlineStr"><is><t>时长</t></is></c></row>` +
			`<row><c><v>13800138000</v></c><c><v>46270.5</v></c><c><v>9</v></c></row></sheetData></worksheet>`},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(part.body))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Recording, log and list of one call give the same row, in whichever order
// they come; only a row the person made stays as it is.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	files := map[string]string{
		"a/Call recording 王_260905_224714.amr": string(amr(1000)),
		"b/calls.xml": `<calls><call number="+86 138 0013 8000" contact_name="王" ` +
			`duration="21" date="1788619628000" type="1" subscription_id="2" /></calls>`,
		"c/list.csv": "对方号码,起始时间,通信时长,呼叫类型\n" +
			"13800138000,2026-09-05 22:47:11,22秒,被叫\n",
	}
	for _, order := range []string{"abc", "acb", "bac", "bca", "cab", "cba"} {
		f, dir := newCase(t), t.TempDir()
		for name, data := range files {
			put(t, dir, name, []byte(data))
		}
		for _, part := range order {
			if _, err := Add(
				context.Background(), f, []string{dir + "/" + string(part)}, Options{Now: testNow},
			); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := f.Timeline()
		if err != nil || len(rows) != 1 {
			t.Errorf("%s: %d rows, %v", order, len(rows), err)
			continue
		}
		r := rows[0]
		if r.Number != "13800138000" || r.Name != "王" || r.Direction != evidence.In || r.Answered != evidence.Yes ||
			r.SIM != "SIM id 2" || len(r.Exhibits) != 3 {
			t.Errorf("%s: %+v", order, r)
		}
	}
}

// A mistake in case.toml is said before anything is copied: it would be found
// after the rows were written.
func TestAddReadsTheCaseFirst(t *testing.T) {
	f, phone := newCase(t), t.TempDir()
	put(t, phone, "催收短信.txt", []byte("还钱"))
	put(t, f.Dir(), evidence.CaseFile, []byte("[lander]\n"))
	var lines folder.LineErrors
	if _, err := Add(t.Context(), f, []string{phone}, Options{Now: testNow}); !errors.As(err, &lines) {
		t.Fatalf("got %v", err)
	}
	if register, err := f.Register(); err != nil || len(register.Exhibits) > 0 {
		t.Errorf("admitted all the same: %v %v", register.Exhibits, err)
	}
}
