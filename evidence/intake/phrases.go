package intake

import (
	"fmt"
	"io"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/transcript"
	"juzheng/evidence/phrase"
)

// A MessageHit is a hit in the text of a row of the timeline.
type MessageHit struct {
	Incident string
	phrase.Hit
}

// Phrases looks through the messages that were received, and those of an
// unknown direction. Calls are left out: what their rows hold is the person's
// own writing.
func Phrases(c evidence.Case, rows []evidence.Incident) []MessageHit {
	var out []MessageHit
	for _, r := range rows {
		if r.Direction == evidence.Out || r.Kind == evidence.Call {
			continue // the person's own words hold the same phrases
		}
		for _, h := range phrase.Find(r.Shown, phrase.SenderOf(c, r)) {
			out = append(out, MessageHit{r.ID, h})
		}
	}
	return out
}

// An ExhibitHit is a hit in what a transcript writes down, or in what a
// program read off a picture or heard in a recording.
type ExhibitHit struct {
	Exhibit string
	At      time.Duration // in the recording; -1: not known
	Machine bool          // read by a program, and checked by nobody
	phrase.Hit
}

// PhrasesInReadings looks through the readings that nobody has accepted, in
// both versions where there are two.
func PhrasesInReadings(readings []evidence.Reading) []ExhibitHit {
	var out []ExhibitHit
	for _, r := range readings {
		if !r.Accepted.IsZero() {
			continue // its words stand in a row or a transcript by now
		}
		seen := map[string]bool{}
		for _, text := range []string{r.Text, r.Other} {
			for _, h := range phrase.Find(text, phrase.Anybody) {
				if key := h.Category + h.Text; !seen[key] {
					seen[key] = true
					out = append(out, ExhibitHit{r.Exhibit, -1, true, h})
				}
			}
		}
	}
	return out
}

// maxTranscript bounds what is looked through of one transcript.
const maxTranscript = 64 << 20

// PhrasesInTranscripts looks through the exhibits that are transcripts.
func PhrasesInTranscripts(f *folder.Folder, exhibits []evidence.Exhibit) ([]ExhibitHit, error) {
	var out []ExhibitHit
	for _, x := range exhibits {
		if x.Kind != evidence.Transcript {
			continue
		}
		in, err := f.OpenExhibit(x)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(in, maxTranscript+1))
		in.Close()
		if err == nil && len(data) > maxTranscript {
			err = fmt.Errorf("a transcript of more than %d bytes", maxTranscript)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.Number, err)
		}
		cues, _ := transcript.Read(data) // what stands before a mistake is read
		for _, c := range cues {
			at := c.Begin
			if c.End == 0 {
				at = -1
			}
			for _, h := range phrase.Find(c.Text, phrase.Anybody) {
				out = append(out, ExhibitHit{x.Number, at, x.MachineMade() && !x.Checked(), h})
			}
		}
	}
	return out, nil
}
