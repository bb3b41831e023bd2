// Package transcript reads what is said in a recording, written down: as a
// file of cues that a person or program made ([Read]), or by an outside speech
// program that is run on the recording ([Hear]).
//
// A [Cue] is one passage with its place in the recording and who said it, where
// the file tells. The forms are those of subtitles, of whisper and its kind, and
// of speech services: lines with times, as text or in a document of Word. A new
// form is a row in forms and its two functions.
//
// The package does not know who wrote a transcript, of which recording, or
// whether anybody compared the two: that is said by names, notes and persons.
package transcript

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Cue is one passage of a transcript. Begin and End count from the start of
// the recording; both are zero where the transcript has no times.
type Cue struct {
	Begin, End time.Duration
	Speaker    string // as the transcript calls them; empty: it does not say
	Text       string
}

// Timed reports whether a passage has a place in the recording.
func (c Cue) Timed() bool { return c.End > 0 }

// Said is the passage with who said it.
func (c Cue) Said() string {
	if c.Speaker == "" {
		return c.Text
	}
	return c.Speaker + "：" + c.Text
}

var cueTimes = lazyregexp.New(`^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})`)

// IsSubtitle reports SRT or WebVTT by its first lines.
func IsSubtitle(s string) bool {
	for n, line := range strings.SplitN(s, "\n", 12) {
		if n < 11 && cueTimes.MatchString(line) {
			return true
		}
	}
	return false
}

// forms are the forms of transcripts. The first one that takes a text reads it.
var forms = []struct {
	name string
	is   func(string) bool
	read func(string) ([]Cue, error)
}{
	{"SRT, WebVTT", IsSubtitle, readSubtitle},
	{"JSON", isObject, readJSON},
	{"whisper, table", isTable, readTable},
	{"lines with times", isTimedText, readTimedText},
	{"plain text", func(string) bool { return true }, readLines},
}

// errNoTranscript reports a file that is something else.
var errNoTranscript = errors.New("no transcript of a known form")

// Read reads a transcript. It says nothing of who made it or whether it was
// checked against the recording. The cues before a mistake are given with the
// error.
func Read(data []byte) ([]Cue, error) {
	if isDocx(data) {
		s, err := WordText(data)
		if err != nil {
			return nil, err
		}
		return readText(s)
	}
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errors.New("neither UTF-8 nor GB 18030 text")
	}
	return readText(strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n"))
}

func readText(s string) ([]Cue, error) {
	for _, f := range forms {
		if f.is(strings.TrimLeft(s, "\n ")) {
			cues, err := f.read(s)
			for n, c := range cues {
				if m := saysWho.FindStringSubmatch(c.Text); m != nil && c.Speaker == "" {
					cues[n].Speaker, cues[n].Text = m[1], m[2]
				}
			}
			return cues, err
		}
	}
	return nil, nil
}

// saysWho is a passage with who says it before it, where the form has no place for that:
// words that are no part of what was said, and are quoted in no letter.
var saysWho = lazyregexp.New(`^(我|本人|借款人|机主|对方|来电方|催收(?:员|方|人员)?|客服|说话人 ?[A-Za-z\d]{1,2})[：:]\s*(\S.*)$`)

// Is reports whether a file may be a transcript: words of its own form or plain
// ones, and not the settings or the page of a program.
func Is(data []byte) bool {
	cues, err := Read(data)
	return err == nil && len(cues) > 0 && !strings.HasPrefix(cues[0].Text, "<")
}

var (
	// dayFirst is a line of a diary or a list.
	dayFirst = lazyregexp.New(`^["'(（\[【]?(?:20\d\d ?[-/.年] ?\d{1,2}|\d{1,2}月\d{1,2}[日号]|` +
		`\d{1,2}[-/.]\d{1,2} +\d{1,2}[:：])|20\d\d-\d\d-\d\d[T ]\d\d:\d\d`)
	// noSpeech is a line of settings, an address of a page, or one without a word.
	noSpeech = lazyregexp.New(`^[\w.\-\[\] ]{1,40}(?:=.*|:\s*\S*)$|^\S*://\S*$|^\P{L}*[a-zA-Z]?\P{L}*$`)
)

// Spoken reports whether passages may have been said: in a form of transcripts they were;
// mere lines that are a diary, a list, settings or figures were not, whatever the name
// of their file.
func Spoken(cues []Cue) bool {
	days, none := 0, 0
	for _, c := range cues {
		switch {
		case c.Timed() || c.Speaker != "":
			return true
		case dayFirst.MatchString(c.Text):
			days++
		case noSpeech.MatchString(c.Text):
			none++
		}
	}
	return !(days > 1 && 2*days >= len(cues)) && 2*(days+none) <= len(cues) || days == 1 && len(cues) == 1
}

// readLines makes of each line a passage without times.
func readLines(s string) ([]Cue, error) {
	var out []Cue
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, Cue{Text: line})
		}
	}
	return out, nil
}

// readSubtitle reads lines of times, each followed by the lines of a passage
// up to a blank one.
func readSubtitle(s string) ([]Cue, error) {
	var out []Cue
	open := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if m := cueTimes.FindStringSubmatch(line); m != nil {
			begin, end := cueTime(m[1]), cueTime(m[2])
			if begin < 0 || end < begin {
				return out, errors.New("times that run backwards: " + line)
			}
			out, open = append(out, Cue{Begin: begin, End: end}), true
			continue
		}
		if line == "" {
			open = false
		}
		if open {
			c := &out[len(out)-1]
			c.Text = strings.TrimSpace(c.Text + "\n" + line)
		}
	}
	return out, nil
}

// cueTime reads 00:01:02,345 or 01:02.345; negative if it is out of range.
func cueTime(s string) time.Duration {
	clock, fraction, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	total := time.Duration(0)
	for _, part := range strings.Split(clock, ":") {
		n, err := strconv.Atoi(part)
		if err != nil || n > 9999 {
			return -1
		}
		total = total*60 + time.Duration(n)
	}
	ms, err := strconv.Atoi((fraction + "000")[:3])
	if err != nil || total > 100*3600 {
		return -1
	}
	return total*time.Second + time.Duration(ms)*time.Millisecond
}
