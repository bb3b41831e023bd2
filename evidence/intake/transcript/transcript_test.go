package transcript

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTranscript(t *testing.T) {
	want := []Cue{
		{Begin: 62345 * time.Millisecond, End: 65 * time.Second, Text: "你好\n还钱"},
		{Begin: 70 * time.Second, End: 71 * time.Second, Text: "好"},
	}
	for name, in := range map[string]string{
		"srt": "1\r\n00:01:02,345 --> 00:01:05,000\r\n你好\r\n还钱\r\n\r\n2\r\n00:01:10,000 --> 00:01:11,000\r\n好\r\n",
		"vtt": "WEBVTT\n\n01:02.345 --> 01:05.000 align:left\n你好\n还钱\n\nNOTE x\n\n01:10.000 --> 01:11.000\n好\n",
	} {
		got, err := Read([]byte(in))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
		if !IsSubtitle(in) {
			t.Errorf("%s: not recognised", name)
		}
	}
	if got, err := Read([]byte("甲：还钱\n\n乙：好\n")); err != nil || len(got) != 2 || got[1].Text != "乙：好" {
		t.Errorf("text: %v %v", got, err)
	}
	if _, err := Read([]byte("00:00:05.000 --> 00:00:01.000\nx\n")); err == nil {
		t.Error("times that run backwards were taken")
	}
}

// Each form that speech programs and services write gives the words once, with
// their place in the recording, and nothing of what is around them.
func TestFormsOfSpeech(t *testing.T) {
	const want = "0-3 你好|62-65 你再不还钱我就打给你单位"
	const open = "0-62 你好|62-62 你再不还钱我就打给你单位" // where ends are not said
	const who = "0-62 说话人1：你好|62-62 说话人2：你再不还钱我就打给你单位"
	for _, c := range []struct{ name, in, want string }{
		{"whisper, lines", "[00:00.000 --> 00:03.160]  你好\n[01:02.000 --> 01:05.500]  你再不还钱我就打给你单位\n", want},
		{"whisper.cpp, lines", "[00:00:00.000 --> 00:00:03.160]   你好\n[00:01:02.000 --> 00:01:05.500]   你再不还钱我就打给你单位\n",
			want},
		{"whisper, JSON",
			`{"text":"你好你再不还钱我就打给你单位","segments":[{"id":0,"start":0.0,"end":3.16,"text":"你好","tokens":[1]},` +
				`{"id":1,"start":62.0,"end":65.5,"text":"你再不还钱我就打给你单位"}],"language":"zh"}`, want},
		{"whole seconds", `{"segments":[{"start":0,"end":3,"text":"你好"},{"start":62,"end":65,"text":"你再不还钱我就打给你单位"}]}`,
			want},
		{"whisper.cpp, JSON",
			`{"model":{"type":"base"},"transcription":[{"timestamps":{"from":"00:00:00,000"},"offsets":` +
				`{"from":0,"to":3160},"text":" 你好"},{"offsets":{"from":62000,"to":65500},"text":"你再不还钱我就打给你单位"}]}`,
			want},
		{"FunASR", `[{"key":"a","text":"你好你再不还钱我就打给你单位","sentence_info":[{"text":"你好","start":0,"end":3160},` +
			`{"text":"你再不还钱我就打给你单位","start":62000,"end":65500}]}]`, want},
		{"iFlytek, JSON", `{"ok":0,"data":"[{\"bg\":\"0\",\"ed\":\"3160\",\"onebest\":\"你好\"},{\"bg\":\"62000\",` +
			`\"ed\":\"65500\",\"onebest\":\"你再不还钱我就打给你单位\"}]"}`, want},
		{"whisper, table", "start\tend\ttext\n0\t3160\t你好\n62000\t65500\t你再不还钱我就打给你单位\n", want},
		{"LRC", "[ti:录音]\n[00:00.00]你好\n[01:02.00]你再不还钱我就打给你单位\n", open},
		{"iFlytek, text", "录音标题\n2026-10-01 10:15:00\n\n说话人1 00:00\n你好\n\n说话人2 01:02\n你再不还钱我就打给你单位\n",
			"- 录音标题|- 2026-10-01 10:15:00|" + who},
		{"Feishu", "说话人1  00:00:00\n你好\n\n说话人2  00:01:02\n你再不还钱\n我就打给你单位\n", strings.Replace(who, "不还钱我", "不还钱\n我", 1)},
		{"time before the speaker", "00:00 说话人1\n你好\n01:02 说话人2\n你再不还钱我就打给你单位\n", who},
		{"one line each", "00:00:00 说话人1：你好\n00:01:02 说话人2：你再不还钱我就打给你单位\n", who},
		{"speaker, brackets", "说话人1（00:00）：你好\n说话人2（01:02）：你再不还钱我就打给你单位\n", who},
		{"length above", "录音时长 00:02:30\n00:00 说话人1\n你好\n01:02 说话人2\n你再不还钱我就打给你单位\n", "- 录音时长 00:02:30|" + who},
		{"words alone", `{"text":"你好"}`, "- 你好"},
		{"subtitles with who speaks",
			"1\n00:00:00,000 --> 00:00:03,000\n对方：你好\n\n2\n00:01:02,000 --> 00:01:05,000\n我：再打我就投诉\n",
			"0-3 对方：你好|62-65 我：再打我就投诉"},
		{"no times", "对方：你好\n我：10:15 我在上班\n", "- 对方：你好|- 我：10:15 我在上班"},
	} {
		cues, err := Read([]byte(c.in))
		if got := said(cues); err != nil || got != c.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, got, c.want)
		}
		if !Is([]byte(c.in)) {
			t.Errorf("%s: not taken for a transcript", c.name)
		}
	}
}

func said(cues []Cue) string {
	var out []string
	for _, c := range cues {
		at := "-"
		if c.Timed() {
			at = fmt.Sprintf("%d-%d", int(c.Begin.Seconds()), int(c.End.Seconds()))
		}
		out = append(out, at+" "+c.Said())
	}
	return strings.Join(out, "|")
}

// What no words of a recording stand in is no transcript of it.
func TestNoTranscript(t *testing.T) {
	for _, in := range []string{`{"version":3,"text":"x","theme":"dark"}`, `[1,2,3]`, "<html><p>你好</p></html>", "",
		"\n \n",
		`{"segments":[{"start":1,"end":2,"text":"cut`, "PK\x03\x04 no document", "a\x00b"} {
		if Is([]byte(in)) {
			t.Errorf("%q is taken for a transcript", in)
		}
	}
}

func TestDocumentOfWord(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(
			`<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>说话人1 </w:t></w:r><w:r><w:t>00:00</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>你好 &amp; 再见</w:t></w:r></w:p><w:p><w:r><w:t>说话人2 01:02</w:t><w:br/><w:t>还钱</w:t></w:r></w:p>` +
				`</w:body></w:document>`))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	cues, err := Read(out.Bytes())
	if got := said(cues); err != nil || got != "0-62 说话人1：你好 & 再见|62-62 说话人2：还钱" {
		t.Errorf("%v %s", err, got)
	}
	if cues, err := Read(out.Bytes()[:out.Len()/2]); err == nil {
		t.Errorf("half a document: %v", cues)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("1\n00:01:02,345 --> 00:01:05,000\n你好\n"))
	f.Add([]byte("说话人1 00:00\n你好\n[01:02.50]还钱\n"))
	f.Add([]byte(`{"segments":[{"start":0.5,"end":3,"text":"你好"}]}`))
	f.Add([]byte("start\tend\ttext\n0\t3160\t你好\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cues, _ := Read(data)
		for _, c := range cues {
			if c.Begin < 0 || c.End < c.Begin {
				t.Errorf("%+v", c)
			}
		}
	})
}

// Who speaks is no part of what was said, whatever the form.
func TestSpeakerIsNoPartOfTheWords(t *testing.T) {
	for in, want := range map[string]Cue{
		"对方：再不还就上门\n":          {Speaker: "对方", Text: "再不还就上门"},
		"我: 请不要打了\n":           {Speaker: "我", Text: "请不要打了"},
		"催收员：明天见\n":            {Speaker: "催收员", Text: "明天见"},
		"对方说了：明天见\n":           {Text: "对方说了：明天见"},
		"我10:15到\n":            {Text: "我10:15到"},
		"说话人 2：你好\n":           {Speaker: "说话人 2", Text: "你好"},
		"{\"text\":\"对方：你好\"}": {Speaker: "对方", Text: "你好"},
	} {
		cues, err := Read([]byte(in))
		if err != nil || len(cues) != 1 || cues[0] != want {
			t.Errorf("%q: %+v, %v", in, cues, err)
		}
	}
}

// A file named like a recording is not for that what was said in it.
func TestSpoken(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       bool
	}{
		{"words", "喂你好是林女士吗\n你的借款逾期了\n我现在没有钱\n", true},
		{"one line", "2026年10月1日你借了八千块钱", true},
		{"days named in it", "您在2026年10月1日借的\n2026年11月1日到期\n一直没有还\n今天怎么说\n", true},
		{"figures named in it", "对\n8000\n什么时候还\n下周\n", true},
		{"two who speak", "对方：10月1日\n我：嗯\n", true},
		{"in English", "Good morning: is this Lin\nyou have to pay today\n", true},
		{"times", "[00:01.00]喂\n[00:02.00]你好\n", true},
		{"a list of calls", "2026-10-01 10:15 来电 19900000311\n2026-10-02 11:00 又打来\n", false},
		{"a diary", "10月1日 他打电话来骂我\n10月2日 又骂\n", false},
		{"of a recorder", "[LOG] start\n[LOG] 2026-10-01T10:15:00 on\n[LOG] 2026-10-01T10:16:00 off\n", false},
		{"settings", "device=Xiaomi\nversion: 14\nsamplerate=16000\n", false},
		{"an address", "https://example.invalid/x\n", false},
		{"figures", "12345\n67890\n", false},
	} {
		cues, err := Read([]byte(row.text))
		if got := Spoken(cues); err != nil || got != row.want {
			t.Errorf("%s: %t, %v", row.name, got, err)
		}
	}
}
