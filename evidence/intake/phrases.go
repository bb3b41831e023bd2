package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/transcript"
	"juzheng/evidence/lazyregexp"
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
		for _, c := range heardIn(r) {
			at := c.Begin
			if !c.Timed() {
				at = -1
			}
			for _, h := range phrase.Find(c.Text, phrase.Anybody) {
				if key := h.Category + h.Text; !seen[key] {
					seen[key] = true
					out = append(out, ExhibitHit{r.Exhibit, at, true, h})
				}
			}
		}
	}
	return out
}

// heardIn are the passages of a reading: with their places where it is subtitles,
// else each version whole.
func heardIn(r evidence.Reading) []transcript.Cue {
	if transcript.IsSubtitle(r.Text) {
		if cues, err := transcript.Read([]byte(r.Text)); err == nil {
			return cues
		}
	}
	return []transcript.Cue{{Text: r.Text}, {Text: r.Other}}
}

// A Passage is words in a recording or picture that sound like a violation, or like
// a refusal to be called again.
type Passage struct {
	Exhibit string // the recording or picture
	Where   string // the exhibit that holds the words, with their place: E007 0:03
	Text    string
	Refuses bool
}

// headLines are as many lines as stand at most above a chat: the clock, the carrier, the
// name of who or of which group it is with.
const headLines = 4

// groupName is the name of a group, with how many are in it, as it stands above a chat; a
// sentence that ends with the word has a verb.
var groupName = lazyregexp.New(`^[^，。！？发到在把给找拉进告你我他她]{1,16}群 ?(?:[（(]\d+[)）])?$`)

// statusLine is what stands at the top of a screen: the clock, the network, the battery.
var statusLine = lazyregexp.New(`^\P{Han}*\d\P{Han}*(?:%|\dG)\P{Han}*$`)

// timeLine is a time as chats show it between messages.
var timeLine = lazyregexp.New(`^.{0,20}\d{1,2}[:：]\d{2}$`)

// saidOn are the words on a picture of a chat, each message that was broken into lines in
// one: what stands above the chat is said by nobody.
func saidOn(text string) []string {
	var out []string
	lines := strings.Split(text, "\n")
	widest := 0
	for _, line := range lines {
		widest = max(widest, len([]rune(strings.TrimSpace(line))))
	}
	full := false // the line before reached as far as lines do, and goes on in this one
	for n, line := range lines {
		line = strings.TrimSpace(line)
		head := n < headLines && groupName.MatchString(line) ||
			n == 1 && statusLine.MatchString(strings.TrimSpace(lines[0])) // the name of who or which the chat is with
		if line == "" || head {
			full = false
			continue
		}
		timed := timeLine.MatchString(line) // it stands between messages
		length := len([]rune(line))
		if last := len(out) - 1; full && !timed && len([]rune(out[last]))+length <= maxPassage {
			out[last] += line
		} else {
			out = append(out, line)
		}
		full = !timed && widest >= leastWrapped && length >= widest-2
	}
	return out
}

// leastWrapped is how many characters a line has at least where messages are broken into
// lines; narrower ones are short messages of much the same length.
const leastWrapped = 12

// Spoken finds words that sound like a violation in transcripts of recordings,
// and in what programs read off pictures that nobody has accepted: with the
// passage they stand in, for a person to compare with the original. Of transcripts
// it finds refusals too, which the person themselves may have spoken.
func Spoken(f *folder.Folder, exhibits []evidence.Exhibit, readings []evidence.Reading) ([]Passage, error) {
	var out []Passage
	told := map[[2]string]string{} // a recording may be written down in several forms
	add := func(of, by, where, passage string) {
		passage = strings.TrimSpace(passage)
		key := [2]string{of, passage}
		if told[key] != "" && told[key] != by {
			return
		}
		told[key] = by
		sounds := slices.ContainsFunc(phrase.Find(passage, phrase.Collector),
			func(h phrase.Hit) bool { return !h.Review })
		if len([]rune(passage)) <= maxPassage && sounds {
			out = append(out, Passage{Exhibit: of, Where: where, Text: passage})
		}
	}
	for _, x := range exhibits {
		if x.Kind != evidence.Transcript || x.TranscriptOf() == "" {
			continue
		}
		lines, err := writtenIn(f, x, exhibits)
		if err != nil {
			return nil, err
		}
		for _, w := range lines {
			if w.Of == "" {
				continue
			}
			if phrase.Refuses(w.Text) && len([]rune(w.Text)) <= maxPassage {
				out = append(out, Passage{w.Of, w.where(x), strings.TrimSpace(w.Text), true})
			}
			if !bySelf(w.Cue) {
				add(w.Of, x.Number, w.where(x), w.Text)
			}
		}
	}
	for _, r := range readings {
		if !r.Accepted.IsZero() {
			continue
		}
		if transcript.IsSubtitle(r.Text) {
			for _, c := range heardIn(r) {
				add(r.Exhibit, r.Exhibit, strings.TrimSpace(r.Exhibit+" "+spanOf(c)), c.Text)
			}
			continue
		}
		for _, words := range saidOn(r.Text) {
			add(r.Exhibit, r.Exhibit, r.Exhibit, words)
		}
	}
	return out, nil
}

// Seen is what programs read off the pictures of a case, by exhibit, with what of it
// sounds like a violation; not of those whose words a person has put right, and of none
// that was changed since.
func Seen(f *folder.Folder, exhibits []evidence.Exhibit, readings []evidence.Reading) (map[string]device.Seen, error) {
	out := map[string]device.Seen{}
	of := map[string]evidence.Exhibit{}
	for _, x := range exhibits {
		of[x.Number] = x
	}
	for _, r := range readings {
		picture := of[r.Exhibit].Kind == evidence.Screenshot || of[r.Exhibit].Kind == evidence.Photo
		if picture && r.Accepted.IsZero() && r.SHA256 == of[r.Exhibit].SHA256 {
			out[r.Exhibit] = device.Seen{Text: evidence.PlainCharacters(r.Text)}
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	passages, err := Spoken(f, nil, readings)
	if err != nil {
		return nil, err
	}
	for _, p := range passages {
		if s, ok := out[p.Exhibit]; ok {
			s.Sounding = append(s.Sounding, p.Text)
			out[p.Exhibit] = s
		}
	}
	return out, nil
}

// bySelf reports a passage that the transcript says the person spoke: it holds the
// same words as the collector's.
func bySelf(c transcript.Cue) bool {
	return slices.Contains([]string{"我", "本人", "借款人", "机主"}, c.Speaker)
}

// maxPassage is how many characters of a passage are quoted.
const maxPassage = 200

func spanOf(c transcript.Cue) string {
	if !c.Timed() {
		return ""
	}
	return fmt.Sprintf("%d:%02d", int(c.Begin.Minutes()), int(c.Begin.Seconds())%60)
}

// A written is a passage of a transcript, and the recording it is of; empty: not known.
type written struct {
	transcript.Cue
	Of string
	N  int // which passage of a text, which line of a table
}

// where is the place of a passage: E003 0:03, or E003 (2) where it has no time.
func (w written) where(x evidence.Exhibit) string {
	if s := spanOf(w.Cue); s != "" {
		return x.Number + " " + s
	}
	return fmt.Sprintf("%s (%d)", x.Number, w.N)
}

// writtenIn are the passages of a transcript. A table of the person's own has a line each,
// of whichever recording the line names.
func writtenIn(f *folder.Folder, x evidence.Exhibit, exhibits []evidence.Exhibit) ([]written, error) {
	if !noted(x, NoteTranscripts) {
		cues, err := cuesOf(f, x)
		var out []written
		for n, c := range cues {
			out = append(out, written{c, x.TranscriptOf(), n + 1})
		}
		return out, err
	}
	t, err := ownTableOf(f, x)
	if err != nil {
		return nil, err
	}
	recordings := namesOf(exhibits)
	var out []written
	for n, line := range t.lines {
		c := transcript.Cue{Speaker: t.cell(n, "speaker"), Text: t.cell(n, "text")}
		of := recordings[stemOf(t.cell(n, "file"))]
		if of != "" && !x.Transcribes(of) {
			of = ""
		}
		out = append(out, written{c, of, line.Line})
	}
	return out, nil
}

// cuesOf reads a transcript that is a text.
func cuesOf(f *folder.Folder, x evidence.Exhibit) ([]transcript.Cue, error) {
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
	return cues, nil
}

// maxTranscript bounds what is looked through of one transcript.
const maxTranscript = 64 << 20

// PhrasesInTranscripts looks through the exhibits that are transcripts.
func PhrasesInTranscripts(f *folder.Folder, exhibits []evidence.Exhibit) ([]ExhibitHit, error) {
	var out []ExhibitHit
	found := heardOnce{}
	for _, x := range exhibits {
		if x.Kind != evidence.Transcript {
			continue
		}
		lines, err := writtenIn(f, x, exhibits)
		if err != nil {
			return nil, err
		}
		for _, w := range lines {
			c := w.Cue
			if bySelf(c) {
				continue
			}
			at := c.Begin
			if !c.Timed() {
				at = -1
			}
			for _, h := range phrase.Find(c.Text, phrase.Anybody) {
				hit := ExhibitHit{x.Number, at, x.MachineMade() && !x.Checked(), h}
				out = found.with(out, w.Of, hit)
			}
		}
	}
	return out, nil
}

// A heardOnce knows what was found in the transcripts of a recording: speech
// programs write one in several forms, and what stands in two of them was said
// once.
type heardOnce map[[3]string][]int // recording, category and words: where in the hits

// with adds a hit that is not there yet. One with its place in the recording
// goes before one without.
func (o heardOnce) with(hits []ExhibitHit, recording string, h ExhibitHit) []ExhibitHit {
	if recording == "" {
		return append(hits, h)
	}
	key := [3]string{recording, h.Category, h.Text}
	for _, n := range o[key] {
		switch was := hits[n]; {
		case was.Exhibit == h.Exhibit:
		case h.At < 0 || was.At >= 0 && (was.At-h.At).Abs() <= time.Second:
			return hits
		case was.At < 0:
			hits[n] = h
			return hits
		}
	}
	o[key] = append(o[key], len(hits))
	return append(hits, h)
}
