package transcript

import (
	"fmt"
	"testing"
	"time"
)

func TestTranscript(t *testing.T) {
	want := []Cue{
		{62345 * time.Millisecond, 65 * time.Second, "你好\n还钱"}, {70 * time.Second, 71 * time.Second, "好"},
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

func FuzzRead(f *testing.F) {
	f.Add([]byte("1\n00:01:02,345 --> 00:01:05,000\n你好\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cues, _ := Read(data)
		for _, c := range cues {
			if c.Begin < 0 || c.End < c.Begin {
				t.Errorf("%+v", c)
			}
		}
	})
}
