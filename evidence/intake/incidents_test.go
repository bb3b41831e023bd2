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
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
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

// Two calls of one number within a minute keep their own recordings.
func TestTwoCallsKeepTheirRecordings(t *testing.T) {
	for _, ringing := range []int{0, 8, 35} {
		base := time.Date(2026, 9, 5, 10, 0, 0, 0, evidence.Beijing)
		at := func(s int) string { return base.Add(time.Duration(s) * time.Second).Format(time.DateTime) }
		got, _ := join([]evidence.Incident{
			call("1", at(0), "sms-backup", 20, "E1"), call("1", at(40), "sms-backup", 20, "E1"),
			call("1", at(ringing), "name:miui", 19, "E2"), call("1", at(40+ringing), "name:miui", 19, "E3"),
		}, nil)
		if len(got) != 2 || strings.Join(got[0].Exhibits, " ") != "E1 E2" ||
			strings.Join(got[1].Exhibits, " ") != "E1 E3" {
			t.Errorf("ringing %d s: %+v", ringing, got)
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

func TestChatOfTwoPeople(t *testing.T) {
	one := evidence.Incident{
		Kind: evidence.Message, Name: "甲", Shown: "好",
		Time:     evidence.Time{At: testNow, Precision: evidence.ToSecond, Source: "wechat-export"},
		Exhibits: []string{"E1"}, Source: "E1:2",
	}
	two := one
	two.Name, two.Source = "乙", "E1:3"
	if got, _ := join([]evidence.Incident{one, two}, nil); len(got) != 2 {
		t.Errorf("%d rows, want 2", len(got))
	}
	again := one
	again.Exhibits, again.Source = []string{"E2"}, "E2:9"
	if got, _ := join([]evidence.Incident{one, again}, nil); len(got) != 1 || len(got[0].Exhibits) != 2 {
		t.Errorf("one message in two exports: %+v", got)
	}
}

// Four calls in the log and four recordings, all an hour and three minutes
// apart: the difference is measured, and nothing is joined or changed.
func TestClocksAreMeasuredNotApplied(t *testing.T) {
	var rows []evidence.Incident
	base := time.Date(2026, 9, 5, 10, 0, 0, 0, evidence.Beijing)
	off := 63 * time.Minute
	for n := range 4 {
		at := base.Add(time.Duration(n*n) * 5 * time.Hour)
		rows = append(rows, call("1", at.Format(time.DateTime), "sms-backup", 30+n*20, "E1"),
			call(
				"1", at.Add(off).Add(time.Duration(n)*4*time.Second).Format(time.DateTime), "name:miui", 29+n*20, "E2",
			))
	}
	joined, _ := join(rows, nil)
	if len(joined) != 8 {
		t.Fatalf("%d rows, want 8", len(joined))
	}
	got, _ := measureClocks(joined)
	if len(got) != 1 || got[0].Pairs != 4 || (got[0].Offset-off).Abs() > 20*time.Second ||
		got[0].Source != "name:miui" || got[0].Against != "sms-backup" {
		t.Errorf("%+v", got)
	}
	if got, _ := measureClocks(joined[:4]); len(got) != 0 {
		t.Errorf("two pairs were taken for a constant: %+v", got)
	}
}

// Three calls of five seconds are the least a clock is measured from.
func TestLeastOfClocks(t *testing.T) {
	for _, c := range []struct {
		calls, seconds int
		want           bool
	}{
		{3, 5, true},
		{2, 5, false},
		{3, 4, false},
	} {
		var rows []evidence.Incident
		base := time.Date(2026, 9, 5, 10, 0, 0, 0, evidence.Beijing)
		for n := range c.calls {
			at := base.Add(time.Duration(n*n) * 5 * time.Hour)
			rows = append(rows, call("1", at.Format(time.DateTime), "sms-backup", c.seconds, "E1"),
				call("1", at.Add(time.Hour).Format(time.DateTime), "carrier", c.seconds, "E2"))
		}
		if got := Clocks(rows); (len(got) == 1) != c.want {
			t.Errorf("%d calls of %d seconds: %+v", c.calls, c.seconds, got)
		}
	}
}

// A machine that calls every day at nine with one message, in the log on some
// days and recorded on others, is no clock that is a day off.
func TestDailyCallIsNoClock(t *testing.T) {
	var rows []evidence.Incident
	base := time.Date(2026, 9, 5, 9, 0, 0, 0, evidence.Beijing)
	for n := range 6 {
		source := map[bool]string{true: "sms-backup", false: "name:miui"}[n%2 == 0]
		rows = append(rows, call("1", base.AddDate(0, 0, n).Format(time.DateTime), source, 15, "E"+source))
	}
	joined, _ := join(rows, nil)
	if got, _ := measureClocks(joined); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// Two logs by clocks an hour and three minutes apart: each call stands in the
// timeline by both, and is used once. A third log by a good clock is not set
// against the rows that were set aside.
func TestOneCallByTwoClocksCountsOnce(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
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
	put(t, dir, "a/calls.xml", []byte("<calls>"+xml.String()+"</calls>"))
	put(t, dir, "b/list.csv", []byte(list.String()))
	for n, part := range []string{"a", "b"} {
		s, err := Add(context.Background(), f, []string{dir + "/" + part}, Options{Now: testNow})
		if err != nil || len(s.Incidents) != 5 || s.SetAside != 5*n {
			t.Fatalf("%s: %d rows, %d set aside, %v", part, len(s.Incidents), s.SetAside, err)
		}
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	for _, r := range rows {
		if r.Use != evidence.No {
			used++
		}
	}
	register, _ := f.Register()
	x, _ := register.Lookup("E002")
	if len(rows) != 10 || used != 5 || len(x.Notes) != 1 || x.Notes[0].Code != "clocks-differ" {
		t.Errorf("%d rows, %d used, notes %+v", len(rows), used, x.Notes)
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
		if got, _ := join(rows, nil); len(got) != len(rows) {
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
