package intake

import (
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/transcript"
)

// PassagesOf are the words that are on record of a recording or a picture: of its
// first transcript or, where it has none, as a program read them. Machine says that
// a program wrote them and nobody has compared them with the original.
func PassagesOf(
	f *folder.Folder, exhibits []evidence.Exhibit, readings []evidence.Reading, number string,
) (out []evidence.Passage, machine bool, err error) {
	take := func(cues []transcript.Cue) {
		for _, c := range cues {
			p := evidence.Passage{Begin: -1, Text: strings.TrimSpace(c.Said())}
			if c.Timed() {
				p.Begin = c.Begin
			}
			if p.Text != "" {
				out = append(out, p)
			}
		}
	}
	for _, x := range exhibits {
		if x.Kind != evidence.Transcript || !x.Transcribes(number) {
			continue
		}
		lines, err := writtenIn(f, x, exhibits)
		if err != nil {
			return nil, false, err
		}
		for _, w := range lines {
			if w.Of == number {
				take([]transcript.Cue{w.Cue})
			}
		}
		return out, x.MachineMade() && !x.Checked(), nil
	}
	for _, r := range readings {
		if r.Exhibit != number {
			continue
		}
		if transcript.IsSubtitle(r.Text) {
			take(heardIn(r))
			return out, r.Accepted.IsZero(), nil
		}
		for line := range strings.Lines(r.Text) {
			take([]transcript.Cue{{Text: line}})
		}
		return out, r.Accepted.IsZero(), nil
	}
	return nil, false, nil
}
