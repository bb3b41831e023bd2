package intake

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// What stands beside a recording is its transcript if words are found in it, by
// whatever name programs give it. What has no words is said not to be read, and
// a text that is named like nothing is a document.
func TestTranscriptsByTheirNames(t *testing.T) {
	const speech = `{"text":"你好","segments":[{"start":0.0,"end":3.1,"text":"你好"}]}`
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "录音 1.amr", amr(50))
	put(t, dir, "录音 2.amr", amr(60))
	put(t, dir, "录音 1.amr.srt", []byte("1\n00:00:00,100 --> 00:00:00,900\n还钱\n"))
	put(t, dir, "录音 1.json", []byte(speech))
	put(t, dir, "录音 1_转写结果.txt", []byte("说话人1 00:00\n还钱\n\n说话人2 00:01\n好\n"))
	put(t, dir, "录音 2.json", []byte(`{"version":2,"gain":1.5}`))
	put(t, dir, "会议.json", []byte(strings.Replace(speech, "你好", "开会", 2)))
	put(t, dir, "还款计划_20261001231501.txt", []byte("十月还五百\n"))
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	recordings := map[string]string{"": ""}
	for _, x := range register.Exhibits {
		if x.Kind == evidence.Recording {
			recordings[x.Number] = x.OriginalName
		}
	}
	got := map[string]string{}
	for _, x := range register.Exhibits {
		_, unread := x.Note("not-read")
		got[x.OriginalName] = fmt.Sprintf("%s %s %s %v", x.Kind, x.MediaType, recordings[x.TranscriptOf()], unread)
	}
	for name, want := range map[string]string{
		"录音 1.amr.srt":            "transcript text/plain 录音 1.amr false",
		"录音 1.json":               "transcript application/json 录音 1.amr false",
		"录音 1_转写结果.txt":           "transcript text/plain 录音 1.amr false",
		"录音 2.json":               "document text/plain  true",
		"会议.json":                 "transcript application/json  false",
		"还款计划_20261001231501.txt": "document text/plain  false",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}

// What a speech program wrote in several forms was said once; what was said
// twice stands twice.
func TestWordsInSeveralFormsAreFoundOnce(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	const words = "你再不还钱我就打给你单位"
	put(t, dir, "录音.amr", amr(80*50))
	put(t, dir, "录音.txt", []byte(words+"\n"))
	put(t, dir, "录音.srt", []byte("1\n00:00:10,000 --> 00:00:12,000\n"+words+"\n\n2\n00:00:40,000 --> 00:00:42,000\n"+
		words+"\n"))
	put(t, dir, "录音_文字稿.txt", []byte("00:05 我：你打给我单位我就投诉\n00:10 对方："+words+"\n"))
	put(t, dir, "录音.tsv", []byte("start\tend\ttext\n10000\t12000\t"+words+"\n40000\t42000\t"+words+"\n"))
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	// What the transcript says the person spoke is not searched.
	hits, err := PhrasesInTranscripts(f, register.Exhibits)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string][]string{}
	for _, h := range hits {
		places[h.Category+h.Text] = append(places[h.Category+h.Text], h.At.String())
	}
	if len(places) == 0 {
		t.Fatal("nothing is found")
	}
	for what, at := range places {
		if slices.Sort(at); strings.Join(at, " ") != "10s 40s" {
			t.Errorf("%s: found at %v", what, at)
		}
	}
	spoken, err := Spoken(f, register.Exhibits, nil)
	if err != nil || len(spoken) != 2 {
		t.Errorf("%d passages, %v", len(spoken), err)
	}
}

// The name of a group that stands above a chat is said by nobody; words that end with the
// same character are.
func TestWhatStandsAboveAChat(t *testing.T) {
	f, err := folder.Init(filepath.Join(t.TempDir(), "case"), evidence.Case{}, time.Now(), "test")
	if err != nil {
		t.Fatal(err)
	}
	read := []evidence.Reading{{Exhibit: "E001", Text: "12:05\n小区业主群（128）\n把你照片发到小区业主群\n小区业主群\n\n明天印成传单发到业主群\n"}}
	passages, err := Spoken(f, nil, read)
	var got []string
	for _, p := range passages {
		got = append(got, p.Text)
	}
	if want := "把你照片发到小区业主群|明天印成传单发到业主群"; err != nil || strings.Join(got, "|") != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

// A person's own table says in each line which recording, who and what: each passage is that
// recording's, without the name of the file and the speaker, and what they said themselves
// is none.
func TestTableOfSeveralRecordings(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "一.amr", amr(80*50))
	put(t, dir, "二.amr", amr(80*60))
	put(t, dir, "录音文字.csv", []byte("文件名,说话人,内容\n一.amr,对方,再不还钱就打断你的腿\n一.amr,我,我打断你的腿\n"+
		"二.amr,对方,\"明天去你单位，拉横幅\"\n三.amr,对方,再不还钱就弄死你\n"))
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	name, number := map[string]string{}, map[string]string{}
	for _, x := range register.Exhibits {
		name[x.Number], number[x.OriginalName] = x.OriginalName, x.Number
	}
	spoken, err := Spoken(f, register.Exhibits, nil)
	var got []string
	for _, p := range spoken {
		got = append(got, name[p.Exhibit]+" "+strings.TrimPrefix(p.Where, number["录音文字.csv"])+" "+p.Text)
	}
	want := "一.amr  (2) 再不还钱就打断你的腿|二.amr  (4) 明天去你单位，拉横幅"
	if slices.Sort(got); err != nil || strings.Join(got, "|") != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	hits, err := PhrasesInTranscripts(f, register.Exhibits)
	for _, h := range hits {
		if strings.Contains(h.Text, ".amr") || strings.Contains(h.Text, "对方") {
			t.Errorf("%+v", h)
		}
	}
	if err != nil || len(hits) == 0 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	passages, _, err := PassagesOf(f, register.Exhibits, nil, number["二.amr"])
	if err != nil || len(passages) != 1 || passages[0].Text != "对方：明天去你单位，拉横幅" {
		t.Errorf("%+v, %v", passages, err)
	}
}
