package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/intake/names"
)

// workbookOf makes an .xlsx of sheets; cells that begin with # are numbers, the
// others shared strings.
func workbookOf(t testing.TB, sheets ...[][]string) []byte {
	t.Helper()
	parts := map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
	var shared strings.Builder
	n := 0
	for i, rows := range sheets {
		var sheet strings.Builder
		for r, row := range rows {
			fmt.Fprintf(&sheet, `<row r="%d">`, r+1)
			for c, cell := range row {
				if number, ok := strings.CutPrefix(cell, "#"); ok {
					fmt.Fprintf(&sheet, `<c r="%c%d"><v>%s</v></c>`, 'A'+c, r+1, number)
				} else if cell != "" {
					fmt.Fprintf(&sheet, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, r+1, n)
					fmt.Fprintf(&shared, "<si><t>%s</t><rPh><t>yin</t></rPh></si>", cell)
					n++
				}
			}
			sheet.WriteString("</row>")
		}
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = "<worksheet><sheetData>" + sheet.String() + "</sheetData></worksheet>"
	}
	parts["xl/sharedStrings.xml"] = "<sst>" + shared.String() + "</sst>"
	return zipOf(t, parts)
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(parts[name]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every sheet with a list is read, in the order of their numbers, and a row
// says which it stands in.
func TestWorkbookOfMonths(t *testing.T) {
	sheets := [][][]string{{{"使用说明"}}}
	for month := 1; month <= 11; month++ {
		sheets = append(sheets, [][]string{{"对方号码", "起始时间", "通话时长(秒)"}, {"#13800138000", fmt.Sprintf("2026-%02d-05 10:00:00", month), "#9"}})
	}
	data := workbookOf(t, sheets...)
	var got []string
	if _, err := ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(r Row) error {
		got = append(got, evidence.RowOf("E1", r.Sheet, r.Line)+r.Incident.Time.At.Format(" 01"))
		return nil
	}); err != nil || len(got) != 11 || got[0] != "E1:2!2 01" || got[10] != "E1:12!2 11" {
		t.Errorf("%q, %v", got, err)
	}
}

// Some spreadsheets count days from 1904: taken for the usual ones, each call
// would lie four years back.
func TestWorkbookOf1904(t *testing.T) {
	for pr, want := range map[string]string{`<workbookPr date1904="1"/>`: "2026-09-05 00:00:00", `<workbookPr date1904="0"/>`: "2022-09-04 00:00:00"} {
		data := zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook>" + pr + "</workbook>", "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="inlineStr"><is><t>对方号码</t></is></c>` +
			`<c t="inlineStr"><is><t>起始时间</t></is></c><c t="inlineStr"><is><t>时长</t></is></c></row><row><c><v>1.3800138000E10</v></c><c><v>44808</v></c><c><v>9</v></c></row></sheetData></worksheet>`})
		var got []string
		_, err := ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(r Row) error {
			got = append(got, r.Incident.Number+" "+r.Incident.Time.At.Format(time.DateTime))
			return nil
		})
		if err != nil || len(got) != 1 || got[0] != "13800138000 "+want {
			t.Errorf("%s: %q, %v", pr, got, err)
		}
	}
}

// Workbooks made to exhaust a reader are refused before they do.
func TestWorkbookBombs(t *testing.T) {
	head := `<worksheet><sheetData><row><c t="inlineStr"><is><t>对方号码</t></is></c><c t="inlineStr"><is><t>起始时间</t></is></c><c t="inlineStr"><is><t>时长</t></is></c></row>`
	wide := strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 20_000)
	for name, parts := range map[string]map[string]string{
		"shared strings": {"xl/worksheets/sheet1.xml": head, "xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>a</t></si>", maxStrings/17+1)},
		"one text":       {"xl/worksheets/sheet1.xml": head + `<row><c t="inlineStr"><is><t>` + strings.Repeat("a", 8<<20)},
		"many rows":      {"xl/worksheets/sheet1.xml": head + strings.Repeat("<row/>", maxRows+1)},
	} {
		data := zipOf(t, parts)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(Row) error { return nil })
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; !errors.Is(err, errWorkbookSize) || used > 900 {
			t.Errorf("%s: %v, %d MB were allocated", name, err, used)
		}
	}
	data := zipOf(t, map[string]string{"xl/worksheets/sheet1.xml": head + wide + "</sheetData></worksheet>"})
	if skipped, err := ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(Row) error { return nil }); err != nil || len(skipped) > 0 {
		t.Errorf("cells in the last column: %d rows, %v", len(skipped), err)
	}
}

var sampleSheet = [][]string{
	{"客户姓名", "林*安"}, {},
	{"起始时间", "通信地点", "通信方式", "对方号码", "通信时长"},
	{"2026-09-05 22:47:14", "杭州", "被叫", "057100000101", "1分48秒"},
	{"#46270.94947916667", "", "主叫", "#13800138000", "#0.00125"},
	{"2026-09-07 09:00:00", "", "被叫", "#1.38E+10", "10秒"},
	{"合计"},
}

func TestCarrierWorkbook(t *testing.T) {
	data := workbookOf(t, sampleSheet)
	if f := recognise(bytes.NewReader(data), int64(len(data))); f.kind != evidence.CallLog || f.extension != ".xlsx" {
		t.Errorf("recognised as %+v", f)
	}
	var rows []Row
	skipped, err := ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(r Row) error { rows = append(rows, r); return nil })
	if err != nil || len(rows) != 2 || len(skipped) != 2 {
		t.Fatalf("%d rows, %+v, %v", len(rows), skipped, err)
	}
	for n, want := range []struct {
		line   int
		at     string
		number string
		secs   int
	}{{4, "2026-09-05 22:47:14", "057100000101", 108}, {5, "2026-09-05 22:47:15", "13800138000", 108}} {
		r := rows[n]
		if r.Line != want.line || r.Incident.Time.At.Format(time.DateTime) != want.at || r.Incident.Number != want.number || r.Incident.Seconds != want.secs {
			t.Errorf("row %d: %+v, want %+v", n, r, want)
		}
	}
	if skipped[0].Line != 6 || skipped[1].Line != 7 {
		t.Errorf("skipped %+v", skipped)
	}
}

func TestChatCSV(t *testing.T) {
	for _, c := range []struct {
		name, in string
		skipped  int
		want     []string
	}{
		{"old WeChat", "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n" +
			"1,2,1,0,0,1788361205,3,\"今天不还\n就去你单位\",2026-09-03 00:20:05,催收王,wang,x\n2,2,1,0,1,1788361206,3,别这样,2026-09-03 00:20:06,催收王,wang,x\n" +
			"3,2,3,0,0,1788361207,3,<msg/>,2026-09-03 00:20:07,催收王,wang,x\n4,2,10000,0,0,1788361208,3,撤回,2026-09-03 00:20:08,催收王,wang,x\n5,2,1,0,0,0,3,无时间,,,,\n", 2,
			[]string{"2 in 2026-09-02T23:00:05 false 催收王 今天不还\n就去你单位", "4 out 2026-09-02T23:00:06 false 催收王 别这样", "5 in 2026-09-02T23:00:07 false 催收王 [图片]"}},
		{"new WeChat", "\ufeff消息ID,类型,发送人,时间,内容,备注\n1,文本,wang,2026-09-03 00:20:05,还钱,催收王\n", 0, []string{"2  2026-09-03T00:20:05 true 催收王 还钱"}},
		{"iMazing", "Chat Session,Message Date,Service,Type,Sender ID,Sender Name,Status,Replying to,Subject,Text,Attachment,Attachment type\n" +
			"+86 138 0013 8000,2026-09-03 00:20:05,SMS,Incoming,+8613800138000,,Read,,,还钱,,\n妈妈,2026-09-03 00:20:06,iMessage,Outgoing,,,Sent,,,好,,\n", 0,
			[]string{"2 in 2026-09-03T00:20:05 true  还钱", "3 out 2026-09-03T00:20:06 true 妈妈 好"}},
	} {
		if f := recognise(strings.NewReader(c.in), int64(len(c.in))); f.kind != evidence.ChatLog || f.extension != ".csv" {
			t.Errorf("%s: recognised as %+v", c.name, f)
		}
		var got []string
		skipped, err := ReadChatCSV([]byte(c.in), func(r Row) error { got = append(got, short(r)); return nil })
		if err != nil || len(skipped) != c.skipped || strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %d skipped, %v\ngot  %q\nwant %q", c.name, len(skipped), err, got, c.want)
		}
	}
}

func short(r Row) string {
	i := r.Incident
	return fmt.Sprintf("%d %s %s %v %s %s", r.Line, i.Direction, i.Time.At.Format("2006-01-02T15:04:05"), i.Time.Device, i.Name, i.Shown)
}

func TestChatText(t *testing.T) {
	in := "\ufeff2026-09-03 00:20:05 催收王\r\n还钱\r\n2026-09-03 00:00:00 见\r\n\r\n2026-09-03 00:21:00 我\r\n好\r\n"
	if f := recognise(strings.NewReader(in), int64(len(in))); f.kind != evidence.ChatLog || f.extension != ".txt" {
		t.Errorf("recognised as %+v", f)
	}
	var got []string
	err := ReadChatText([]byte(in), func(r Row) error { got = append(got, short(r)); return nil })
	want := "1  2026-09-03T00:20:05 true 催收王 还钱\n2026-09-03 00:00:00 见|5  2026-09-03T00:21:00 true 我 好"
	if err != nil || strings.Join(got, "|") != want {
		t.Errorf("%v\ngot  %q\nwant %q", err, strings.Join(got, "|"), want)
	}
}

const bcrNote = `{"timestamp_unix_ms":1788361205088,"timestamp":"2026-09-02T23:00:05.088+08:00","direction":"in","sim_slot":1,
 "calls":[{"phone_number":"+8613800138000","contact_name":null}],"output":{"recording":{"duration_secs_total":61.2,"duration_secs_encoded":60.7}}}`

func TestBCRNote(t *testing.T) {
	i, ok := ReadBCR([]byte(bcrNote))
	if !ok || i.Number != "13800138000" || i.Direction != evidence.In || i.Seconds != 61 || i.Time.Device || i.Time.At.Format(time.DateTime) != "2026-09-02 23:00:05" {
		t.Errorf("%v %+v", ok, i)
	}
	if i.SIM != "SIM 1" {
		t.Errorf("card %q", i.SIM)
	}
	if paused, held := bcrPauses([]byte(strings.Replace(bcrNote, `"duration_secs_total"`, `"was_ever_paused":true,"duration_secs_total"`, 1))); !paused || held {
		t.Errorf("paused %v, held %v", paused, held)
	}
	if _, ok := ReadBCR([]byte(`{"timestamp_unix_ms":0,"calls":[{}]}`)); ok {
		t.Error("a note without a time was taken")
	}
}

// A contact whose bracket holds a word and no number keeps the name.
func TestContactWithoutNumber(t *testing.T) {
	if n := names.ParseName("王五(未知)_20240303101112.mp3", true); n.Contact != "王五" || n.Number != "" {
		t.Errorf("%+v", n)
	}
}

func TestTranscript(t *testing.T) {
	want := []Cue{{62345 * time.Millisecond, 65 * time.Second, "你好\n还钱"}, {70 * time.Second, 71 * time.Second, "好"}}
	for name, in := range map[string]string{
		"srt": "1\r\n00:01:02,345 --> 00:01:05,000\r\n你好\r\n还钱\r\n\r\n2\r\n00:01:10,000 --> 00:01:11,000\r\n好\r\n",
		"vtt": "WEBVTT\n\n01:02.345 --> 01:05.000 align:left\n你好\n还钱\n\nNOTE x\n\n01:10.000 --> 01:11.000\n好\n",
	} {
		got, err := ReadTranscript([]byte(in))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
		if f := recognise(strings.NewReader(in), int64(len(in))); f.kind != evidence.Transcript {
			t.Errorf("%s: recognised as %+v", name, f)
		}
	}
	if got, err := ReadTranscript([]byte("甲：还钱\n\n乙：好\n")); err != nil || len(got) != 2 || got[1].Text != "乙：好" {
		t.Errorf("text: %v %v", got, err)
	}
	if _, err := ReadTranscript([]byte("00:00:05.000 --> 00:00:01.000\nx\n")); err == nil {
		t.Error("times that run backwards were taken")
	}
}

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
	csv := "消息ID,类型,发送人,时间,内容\n1,文本,小王,2026-09-04 10:00:05,在吗\n2,文本,阿宁,2026-09-04 10:01:05,不在\n3,图片,小王,2026-09-04 10:02:05,image/1.jpg\n4,文本,我,2026-09-04 10:03:05,好\n"
	text := "2026-09-04 10:00:05 小王\n在吗\n\n2026-09-04 10:01:05 阿宁\n不在\n\n2026-09-04 10:02:05 小王\n[图片] image/1.jpg\n\n2026-09-04 10:03:05 我\n好\n"
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
		if _, err := Add(context.Background(), f, []string{filepath.Join(dir, part)}, Options{Now: testNow}); err != nil {
			t.Fatal(err)
		}
	}
	register, _ := f.Register()
	got := map[string]string{}
	for _, x := range register.Exhibits {
		got[x.OriginalName] = string(x.Kind) + " " + x.TranscriptOf()
	}
	for name, want := range map[string]string{"录音 3.txt": "transcript E002", "备忘.txt": "document ", "13800138000_20260905224714.txt": "transcript E005"} {
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
		if len(got) != 2 || strings.Join(got[0].Exhibits, " ") != "E1 E2" || strings.Join(got[1].Exhibits, " ") != "E1 E3" {
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
	put(t, dir, "b/calls.xml", []byte(`<calls><call number="13800138000" duration="20" date="1788361205000" type="1" /><call number="13800138000" duration="21" date="1788361240000" type="1" /></calls>`))
	for n, part := range []string{"a", "b"} {
		s, err := Add(context.Background(), f, []string{dir + "/" + part}, Options{Now: testNow})
		if err != nil || len(s.Incidents) != 1 || len(s.Links) != n {
			t.Errorf("%s: %d rows, links %v, %v", part, len(s.Incidents), s.Links, err)
		}
	}
}

func TestChatOfTwoPeople(t *testing.T) {
	one := evidence.Incident{Kind: evidence.Message, Name: "甲", Shown: "好", Time: evidence.Time{At: testNow, Precision: evidence.ToSecond, Source: "wechat-export"}, Exhibits: []string{"E1"}, Source: "E1:2"}
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

// One tag of any length is an attack on memory and is refused.
func TestGiantTag(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`<smses><sms body="`), io.LimitReader(repeated(' '), 1<<40))
	var broken *BrokenError
	if err := scanBackup(r, func(Row) error { return nil }, unheard); !errors.As(err, &broken) || !errors.Is(err, errTag) {
		t.Errorf("%v", err)
	}
	marks := io.MultiReader(strings.NewReader(`<smses><sms body="`), io.LimitReader(repeated('<'), 1<<40))
	if err := scanBackup(marks, func(Row) error { return nil }, unheard); !errors.Is(err, errTag) {
		t.Errorf("marks in a value: %v", err)
	}
}

// repeated gives one byte for ever.
type repeated byte

func (r repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
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
			call("1", at.Add(off).Add(time.Duration(n)*4*time.Second).Format(time.DateTime), "name:miui", 29+n*20, "E2"))
	}
	joined, _ := join(rows, nil)
	if len(joined) != 8 {
		t.Fatalf("%d rows, want 8", len(joined))
	}
	got, _ := measureClocks(joined)
	if len(got) != 1 || got[0].Pairs != 4 || (got[0].Offset-off).Abs() > 20*time.Second || got[0].Source != "name:miui" || got[0].Against != "sms-backup" {
		t.Errorf("%+v", got)
	}
	if got, _ := measureClocks(joined[:4]); len(got) != 0 {
		t.Errorf("two pairs were taken for a constant: %+v", got)
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
		fmt.Fprintf(&xml, "<call number=\"13800138000\" duration=\"%d\" date=\"%d\" type=\"1\" />\n", 31+20*n, at.UnixMilli())
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
		rows[n] = evidence.Incident{Kind: evidence.Message, Name: "甲", Shown: fmt.Sprint(n), Time: evidence.Time{At: testNow.Add(time.Duration(n) * 7 * time.Second),
			Precision: evidence.ToSecond, Source: "wechat-export"}, Exhibits: []string{"E1"}, Source: fmt.Sprintf("E1:%d", n)}
	}
	for b.Loop() {
		if got, _ := join(rows, nil); len(got) != len(rows) {
			b.Fatalf("%d rows", len(got))
		}
	}
}

func FuzzReadXLSX(f *testing.F) {
	f.Add(workbookOf(f, sampleSheet))
	f.Fuzz(func(t *testing.T, data []byte) {
		ReadCarrierXLSX(bytes.NewReader(data), int64(len(data)), func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}

func FuzzReadChat(f *testing.F) {
	f.Add([]byte("发送人,时间,内容\n王,2026-09-03 00:20:05,还钱\n"))
	f.Add([]byte("2026-09-03 00:20:05 王\n还钱\n\n"))
	f.Add([]byte(bcrNote))
	f.Add([]byte("1\n00:01:02,345 --> 00:01:05,000\n你好\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		give := func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		}
		ReadChatCSV(data, give)
		ReadChatText(data, give)
		ReadBCR(data)
		cues, _ := ReadTranscript(data)
		for _, c := range cues {
			if c.Begin < 0 || c.End < c.Begin {
				t.Errorf("%+v", c)
			}
		}
	})
}

// Whatever a file holds and is called, it is recognised and described without
// a fault.
func FuzzRecognise(f *testing.F) {
	small := chatPage(1, color.Black).(*image.RGBA).SubImage(image.Rect(80, 80, 120, 140))
	f.Add(pngOf(f, small), "Screenshot_2026-09-01-10-00-00-000_com.tencent.mm.png")
	f.Add(forwarded(f, small), "mmexport1788361205000.jpg")
	f.Add(amr(3), "13800138000_20260902230010.amr")
	f.Add([]byte("fLaC\x00\x00\x00\x22"), "a.flac")
	f.Add(workbookOf(f, sampleSheet), "详单.xlsx")
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
