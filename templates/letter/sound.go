package letter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A Wave is how loud a recording is over its length, or why that is not known.
type Wave struct {
	Peaks   []float64 // 0 to 1, of equal parts of the length; empty: see Why
	Seconds float64
	By      string // the program that decoded it; empty: this one
	Why     evidence.Text
}

// Stills are pictures out of a film, in one picture, or why there are none.
type Stills struct {
	Open          func() (io.ReadCloser, error) // a JPEG; nil: see Why
	Width, Height int
	Seconds       []float64 // where in the film each stands, from left to right, then down
	By            string    // the program that decoded it
	Why           evidence.Text
}

// stills are the pictures out of a film below its page. Of a film of which the person covers
// anything there are none: nobody can tell where in each it stands.
func (in paper) stills(x evidence.Exhibit) (pages []*document.Image, say []document.Block) {
	s, known := in.Stills[x.Number]
	why := ""
	switch {
	case !known:
		return nil, nil
	case slices.ContainsFunc(in.Redactions, func(r evidence.Redaction) bool { return r.Exhibit == x.Number }):
		why = "有须遮盖的内容"
	case s.Open == nil:
		why = s.Why.ZH
	default:
		var at []string
		for _, sec := range s.Seconds {
			at = append(at, fmt.Sprintf("%d:%02d", int(sec)/60, int(sec)%60))
		}
		caption := fmt.Sprintf("%s　%s　画面，从左到右、从上到下：%s（分:秒）。由 %s 解码。", label(x.Number), in.mask(x.OriginalName),
			strings.Join(at, "、"), s.By)
		return []*document.Image{{Open: s.Open, MediaType: "image/jpeg", Width: s.Width, Height: s.Height,
			Caption: caption, Alt: label(x.Number) + "，视频中的" + fmt.Sprint(len(at)) + "幅画面", Kept: in.Kept}}, nil
	}
	return nil, []document.Block{document.Paragraph{Spans: plain("没有印出画面：" + sentence(why)), Small: true}}
}

// standIn is the page that stands for a recording: where it is, how loud it
// is, the words the person took from it, and its transcripts.
func (in paper) standIn(x evidence.Exhibit) []document.Block {
	check := "可以播放核对。"
	if _, rare := x.Note("player"); rare {
		check = "播放核对的办法见上面的说明。"
	}
	out := []document.Block{document.Paragraph{Spans: plain("本页代表一段录音（或视频），纸上不能播放。录音见证据包内的 data/" + x.File +
		"，是提交文件的逐字节副本，" + check), Indent: true}}
	out = append(out, in.wave(x)...)
	quotes := false
	for _, i := range in.showing(x.Number) {
		if i.Shown == "" {
			continue
		}
		if !quotes {
			out = append(out, document.Heading{Level: 2, Text: "文字摘录（人工整理，未经第三方核对；以录音为准）"})
			quotes = true
		}
		out = append(out, document.Paragraph{Spans: plain(in.when(i) + "：" + quoted(in.mask(i.Shown))), Indent: true})
	}
	transcripts := in.transcripts(x.Number)
	for _, t := range transcripts {
		out = append(out, in.written(t)...)
	}
	if !quotes && len(transcripts) == 0 {
		out = append(out, document.Paragraph{Spans: plain("未附文字稿。"), Indent: true})
	}
	return out
}

func (in Input) wave(x evidence.Exhibit) []document.Block {
	w, known := in.Waves[x.Number]
	switch {
	case !known:
		return nil
	case len(w.Peaks) == 0:
		return []document.Block{document.Paragraph{Spans: plain("没有画出波形图：" + sentence(w.Why.ZH)), Small: true}}
	}
	s := "波形：从左到右为录音时间（分:秒），高低为音量，以最响处为满格；只供查找位置，不代表内容。"
	if w.By != "" {
		s += "由 " + w.By + " 解码画出。"
	}
	return []document.Block{document.Waveform{Peaks: w.Peaks, Seconds: w.Seconds, Caption: s}}
}

// transcripts are the exhibits that write down what a recording holds: those
// of the kind that stand with it in one act.
func (in Input) transcripts(recording string) []evidence.Exhibit {
	var out []evidence.Exhibit
	for _, i := range in.showing(recording) {
		for _, x := range in.Exhibits {
			if x.Kind == evidence.Transcript && slices.Contains(i.Exhibits, x.Number) &&
				!slices.ContainsFunc(out, func(y evidence.Exhibit) bool { return y.Number == x.Number }) {
				out = append(out, x)
			}
		}
	}
	return out
}

// recordingOf is the recording of this book whose pages hold a transcript.
func (in Input) recordingOf(transcript string) string {
	for _, x := range in.used() {
		if (x.Kind == evidence.Recording || x.Kind == evidence.Video) &&
			slices.ContainsFunc(in.transcripts(x.Number),
				func(t evidence.Exhibit) bool { return t.Number == transcript }) {
			return x.Number
		}
	}
	return ""
}

// transcript is the page of a transcript: its text, or where that stands.
func (in paper) transcript(x evidence.Exhibit) []document.Block {
	if len(in.Passages[x.Number]) == 0 {
		return in.elsewhere(x)
	}
	if r := in.recordingOf(x.Number); r != "" {
		return []document.Block{document.Paragraph{Spans: append(plain("全文排在它所写的录音之后："),
			(&composer{in: in}).cellRefs([]string{r})...), Indent: true}}
	}
	return in.written(x)
}

// written is a transcript in full, with who made it as far as that is said.
func (in paper) written(x evidence.Exhibit) []document.Block {
	made := "制作方式未注明"
	if x.MachineMade() {
		made = "机器转写"
	}
	if x.Checked() {
		made += "，提交人表示已对照录音核对"
	} else {
		made += "，未核对"
	}
	out := []document.Block{document.Heading{Level: 2, Text: "文字稿（" + label(x.Number) + "；" + made + "；以录音为准）"}}
	passages := in.Passages[x.Number]
	if len(passages) == 0 {
		spans := append(plain("全文另见"), (&composer{in: in}).cellRefs([]string{x.Number})...)
		return append(out, document.Paragraph{Spans: append(spans, document.Span{Text: "。"}), Indent: true})
	}
	timed := slices.ContainsFunc(passages, func(p evidence.Passage) bool { return p.Begin > 0 })
	if !timed {
		for _, p := range passages {
			out = append(out, document.Paragraph{Spans: plain(oneLine(in.mask(p.Text))), Indent: true})
		}
		return out
	}
	t := document.Table{Columns: []document.Column{{Title: "时间码", Width: 16, Align: document.Center},
		{Title: "内容", Width: 140}}, Small: true}
	for _, p := range passages {
		t.Rows = append(t.Rows, []document.Cell{plain(timeCode(p.Begin)), plain(oneLine(in.mask(p.Text)))})
	}
	return append(out, t)
}

// timeCode is 1:02:03.4, from the start of a recording; empty for no place in it.
func timeCode(d time.Duration) string {
	if d < 0 {
		return ""
	}
	tenths := d.Round(100*time.Millisecond) / (100 * time.Millisecond)
	s := fmt.Sprintf("%02d:%02d.%d", tenths/600%60, tenths/10%60, tenths%10)
	if h := tenths / 36000; h > 0 {
		s = fmt.Sprintf("%d:%s", h, s)
	}
	return s
}
