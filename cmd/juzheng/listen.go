package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/transcript"
	"juzheng/templates/letter"
)

// waveParts is how many bars a waveform on paper has.
const waveParts = 300

// maxTranscript bounds what of a transcript is read for the book.
const maxTranscript = 4 << 20

// listen decodes the recordings that findings rest on, for their waveforms,
// and reads the transcripts: once, for the books of all recipients. What
// cannot be decoded is no failure; its page says why.
func (d *dossier) listen(ctx context.Context) error {
	if d.waves != nil {
		return nil
	}
	d.waves, d.passages = map[string]letter.Wave{}, map[string][]evidence.Passage{}
	var err error
	if d.readings, err = d.folder.Readings(); err != nil {
		return err
	}
	decoder := media.FindDecoder(ctx)
	for _, x := range d.exhibits {
		if err := ctx.Err(); err != nil {
			return err
		}
		rests := slices.ContainsFunc(d.report.Findings, func(f evidence.Finding) bool { return slices.Contains(f.Exhibits, x.Number) })
		switch {
		case x.Kind == evidence.Transcript:
			p, err := d.readPassages(x)
			if err != nil {
				return err
			}
			d.passages[x.Number] = p
		case rests && (x.Kind == evidence.Recording || x.Kind == evidence.Video):
			w, err := d.wave(ctx, decoder, x)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			d.undecoded = d.undecoded || errors.Is(err, media.ErrNoDecoder)
			d.waves[x.Number] = letterWave(w, err)
		}
	}
	return nil
}

func (d *dossier) wave(ctx context.Context, decoder media.Decoder, x evidence.Exhibit) (media.Wave, error) {
	in, err := d.folder.OpenExhibit(x)
	if err != nil {
		return media.Wave{}, err
	}
	defer in.Close()
	return decoder.Wave(ctx, in, waveParts)
}

func letterWave(w media.Wave, err error) letter.Wave {
	switch {
	case err == nil:
		return letter.Wave{Peaks: w.Peaks, Seconds: w.Seconds, By: w.By}
	case errors.Is(err, media.ErrNoDecoder):
		return letter.Wave{Why: evidence.Text{ZH: "本机没有解码这种编码的程序（ffmpeg）", EN: "no program on this machine decodes it (ffmpeg)"}}
	case errors.Is(err, media.ErrNoSound):
		return letter.Wave{Why: evidence.Text{ZH: "解码后没有声音", EN: "it is silent"}}
	}
	return letter.Wave{Why: evidence.Text{ZH: "文件不能解码", EN: "it cannot be decoded"}}
}

// readPassages reads a transcript for its page. One that cannot be read as
// text has no passages: its page says where the file is.
func (d *dossier) readPassages(x evidence.Exhibit) ([]evidence.Passage, error) {
	in, err := d.folder.OpenExhibit(x)
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
	var out []evidence.Passage
	for _, c := range cues {
		if c.Text != "" {
			out = append(out, evidence.Passage{Begin: c.Begin, Text: c.Text})
		}
	}
	return out, nil
}
