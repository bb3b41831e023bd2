package letter

import (
	"io"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A film has pictures out of it on its page, with where each stands; where something of it is
// covered, or nothing decodes it here, a line says why there are none.
func TestStillsOfAFilm(t *testing.T) {
	x := evidence.Exhibit{Number: "E040", Kind: evidence.Video, File: "E040.mp4", OriginalName: "20261118_224003_F.mp4"}
	shown := Stills{Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil },
		Width: 968, Height: 826, Seconds: []float64{3.3, 70}, By: "ffmpeg 7"}
	var in paper
	if b := in.exhibit(x); len(b.Pages) != 0 || strings.Contains(document.BlocksText(b.Body), "画面") {
		t.Errorf("nobody looked for any: %+v", b)
	}
	in.Stills = map[string]Stills{"E040": shown}
	b := in.exhibit(x)
	if len(b.Pages) != 1 || !strings.Contains(b.Pages[0].Caption, "0:03、1:10（分:秒）") {
		t.Fatalf("%+v", b.Pages)
	}
	in.Redactions = []evidence.Redaction{{Exhibit: "E040", Text: "车牌"}}
	if b := in.exhibit(x); len(b.Pages) != 0 || !strings.Contains(document.BlocksText(b.Body), "没有印出画面：有须遮盖的内容。") {
		t.Errorf("covered: %s", document.BlocksText(b.Body))
	}
	in.Redactions = nil
	in.Stills["E040"] = Stills{Why: evidence.Text{ZH: "本机没有解码视频的程序（ffmpeg）"}}
	if b := in.exhibit(x); len(b.Pages) != 0 || !strings.Contains(document.BlocksText(b.Body), "没有印出画面：本机没有") {
		t.Errorf("no decoder: %s", document.BlocksText(b.Body))
	}
}
