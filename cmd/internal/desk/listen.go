package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/transcript"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

const (
	waveParts     = 300     // bars of a waveform on paper
	maxTranscript = 4 << 20 // bytes read of a transcript for the book
)

// What was heard and read of exhibits, once for the books of all recipients.
type heard struct {
	waves     map[string]letter.Wave
	passages  map[string][]evidence.Passage
	readings  []evidence.Reading
	sheets    map[string]letter.Sheets
	stills    map[string]letter.Stills
	undecoded bool          // ffmpeg would draw more waveforms
	fonts     typeset.Fonts // for rare characters of passages, with those of the case
}

// into puts it into an order.
func (h heard) into(o packet.Order) packet.Order {
	o.Input.Waves, o.Input.Passages, o.Input.Readings = h.waves, h.passages, h.readings
	o.Input.Sheets, o.Input.Stills = h.sheets, h.stills
	if h.fonts != nil {
		o.Fonts = h.fonts
	}
	return o
}

// listen decodes the recordings that findings rest on, for their waveforms,
// and reads the transcripts. What cannot be decoded is no failure; its page
// says why.
func listen(ctx context.Context, d Desk, x Dossier) (h heard, err error) {
	if h.sheets, err = sheets(ctx, d, x); err != nil {
		return h, err
	}
	h.waves, h.passages = map[string]letter.Wave{}, map[string][]evidence.Passage{}
	h.stills = map[string]letter.Stills{}
	if h.readings, err = x.Folder.Readings(); err != nil {
		return h, err
	}
	var recordings []evidence.Exhibit
	for _, e := range x.Exhibits {
		if err := ctx.Err(); err != nil {
			return h, err
		}
		rests := func(f evidence.Finding) bool { return slices.Contains(f.Exhibits, e.Number) }
		switch {
		case e.Kind == evidence.Transcript:
			if h.passages[e.Number], err = passages(x.Folder, e); err != nil {
				return h, err
			}
		case e.Kind != evidence.Recording && e.Kind != evidence.Video, !slices.ContainsFunc(x.Report.Findings, rests):
		default:
			recordings = append(recordings, e)
		}
	}
	h.drawn(ctx, x.Folder, recordings)
	if err := ctx.Err(); err != nil {
		return h, err
	}
	in := letter.Input{Matter: mask.Matter{Findings: x.Report.Findings, Exhibits: x.Exhibits}}
	in.Passages = h.passages
	h.fonts, err = fallbacks(d, x, packet.Order{Input: in, Redactions: x.Redactions})
	return h, err
}

// drawn decodes recordings for their waveforms, as many at a time as there are processors:
// mostly a program of its own does it, in one thread.
func (h *heard) drawn(ctx context.Context, f *folder.Folder, recordings []evidence.Exhibit) {
	decoder := media.FindDecoder()
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, e := range recordings {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			w, err := wave(ctx, decoder, f, e)
			var s letter.Stills
			if e.Kind == evidence.Video {
				s = stills(ctx, decoder, f, e)
			}
			mu.Lock()
			defer mu.Unlock()
			if e.Kind == evidence.Video {
				h.stills[e.Number] = s
			}
			h.undecoded = h.undecoded || errors.Is(err, media.ErrNoDecoder)
			h.waves[e.Number] = waveOnPaper(w, err)
		})
	}
	all.Wait()
}

// wave is the waveform of a recording, decoded once for all papers of a case:
// an hour of sound takes seconds.
func wave(ctx context.Context, decoder media.Decoder, f *folder.Folder, x evidence.Exhibit) (media.Wave, error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return media.Wave{}, err
	}
	defer in.Close()
	name := []string{"waves", x.SHA256 + ".json"}
	var w media.Wave
	if json.Unmarshal(f.Cached(name...), &w) == nil && len(w.Peaks) == waveParts {
		return w, nil
	}
	if w, err = decoder.Wave(ctx, in, waveParts); err != nil {
		return w, err
	}
	data, err := json.Marshal(w)
	if err == nil {
		f.Cache(data, name...)
	}
	return w, err
}

// stills are the pictures out of a film, decoded once for all papers of a case.
func stills(ctx context.Context, decoder media.Decoder, f *folder.Folder, x evidence.Exhibit) letter.Stills {
	list, picture := []string{"stills", x.SHA256 + ".json"}, []string{"stills", x.SHA256 + ".jpg"}
	var s media.Stills
	data := f.Cached(picture...)
	if json.Unmarshal(f.Cached(list...), &s) != nil || len(data) == 0 || len(s.Seconds) == 0 {
		in, err := f.OpenExhibit(x)
		if err == nil {
			s, data, err = decoder.Stills(ctx, in, x.Media.Seconds)
			in.Close()
		}
		if err != nil {
			return letter.Stills{Why: whyNoStill(err)}
		}
		if about, err := json.Marshal(s); err == nil {
			f.Cache(data, picture...)
			f.Cache(about, list...)
		}
	}
	return letter.Stills{Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
		Width: s.Width, Height: s.Height, Seconds: s.Seconds, By: s.By}
}

func whyNoStill(err error) evidence.Text {
	if errors.Is(err, media.ErrNoDecoder) {
		return evidence.Text{ZH: "本机没有解码视频的程序（ffmpeg）", EN: "no program on this machine decodes films (ffmpeg)"}
	}
	return evidence.Text{ZH: "文件里的画面不能解码", EN: "its pictures cannot be decoded"}
}

func waveOnPaper(w media.Wave, err error) letter.Wave {
	switch {
	case err == nil:
		return letter.Wave{Peaks: w.Peaks, Seconds: w.Seconds, By: w.By}
	case errors.Is(err, media.ErrNoDecoder):
		return letter.Wave{Why: evidence.Text{ZH: "本机没有解码这种编码的程序（ffmpeg）",
			EN: "no program on this machine decodes it (ffmpeg)"}}
	case errors.Is(err, media.ErrNoSound):
		return letter.Wave{Why: evidence.Text{ZH: "解码后没有声音", EN: "it is silent"}}
	}
	return letter.Wave{Why: evidence.Text{ZH: "文件不能解码", EN: "it cannot be decoded"}}
}

// passages reads a transcript for its page. One that cannot be read as text has
// none: its page says where the file is.
func passages(f *folder.Folder, x evidence.Exhibit) ([]evidence.Passage, error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxTranscript))
	if err != nil {
		return nil, fmt.Errorf("read transcript %s: %w", x.Number, err)
	}
	cues, err := transcript.Read(data)
	if err != nil {
		return nil, nil
	}
	timed := slices.ContainsFunc(cues, transcript.Cue.Timed)
	var out []evidence.Passage
	for _, c := range cues {
		p := evidence.Passage{Begin: c.Begin, Text: c.Said()}
		if timed && !c.Timed() {
			p.Begin = -1
		}
		if c.Text != "" {
			out = append(out, p)
		}
	}
	return out, nil
}
