package transcript

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// Lines with times, as speech services and people write them:
//
//	[00:00.000 --> 00:03.160]  words      whisper
//	[01:02.50] words                      LRC
//	说话人1 01:02                          iFlytek, Feishu, Tongyi: the words stand below
//	00:01:02 说话人1：words
const (
	clock   = `(\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)`
	speaker = `([^\s\d:：，。！？；、\[\](（][^:：，。！？；\[\]]{0,19}?)`
)

var (
	timeFirst = lazyregexp.New(`^[\[(（【<]?` + clock + `(?:\s*(?:-->|->|-|–|—|~|至|到)\s*` + clock +
		`)?[\])）】>]?(\s*[:：]?\s*)(.*)$`)
	timeLast = lazyregexp.New(`^` + speaker + `\s*[\[(（【]?` + clock + `(?:\s*(?:-->|-|–|—|~|至|到)\s*` + clock +
		`)?[\])）】]?(?:\s*[:：]\s*(.*))?$`)
	saidBy = lazyregexp.New(`^` + speaker + `[:：]\s*(.*)$`)
	// spokenBy is a speaker with no words behind, who stands below.
	spokenBy = lazyregexp.New(`^(?:说话人|发言人|讲话人|讲者|[Ss]peaker|SPEAKER)[ _]?[\dA-Za-z一二三四五六七八九十]{0,3}$`)
	// lrcHead is a line of LRC that is about the file.
	lrcHead = lazyregexp.New(`^\[(?:ar|ti|al|by|re|ve|offset|length|tool|#):?[^\]]*\]$`)
	// noSpeaker is what stands before a time that is no place in the recording.
	noSpeaker = lazyregexp.New(`时长|时间|日期|总长|总共|^20\d\d|[年月]\d|\d[年月日]`)
)

// A timedLine is a line that begins a passage.
type timedLine struct {
	begin, end time.Duration // end -1: it does not say
	speaker    string
	text       string
}

func readTimedLine(line string) (t timedLine, ok bool) {
	line = strings.TrimSpace(line)
	if m := timeFirst.FindStringSubmatch(line); m != nil {
		if m[3] == "" && m[4] != "" && strings.ContainsRune("0123456789.,/-", rune(m[4][0])) {
			return t, false // more digits: it is something else
		}
		t = timedLine{placeOf(m[1]), -1, "", strings.TrimSpace(m[4])}
		if m[2] != "" {
			t.end = placeOf(m[2])
		}
		if spokenBy.MatchString(t.text) {
			t.speaker, t.text = t.text, ""
		} else if s := saidBy.FindStringSubmatch(t.text); s != nil {
			t.speaker, t.text = s[1], s[2]
		}
		return t, t.begin >= 0
	}
	if m := timeLast.FindStringSubmatch(line); m != nil && !noSpeaker.MatchString(m[1]) {
		t = timedLine{placeOf(m[2]), -1, strings.TrimSpace(m[1]), m[4]}
		if m[3] != "" {
			t.end = placeOf(m[3])
		}
		return t, t.begin >= 0
	}
	return t, false
}

// placeOf reads 01:02, 01:02.5 or 1:01:02,500; negative if it is none.
func placeOf(s string) time.Duration {
	s = strings.ReplaceAll(s, ",", ".")
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	minutes, _, _ := strings.Cut(s[strings.LastIndexByte(s, ':')+1:], ".")
	if n, err := strconv.Atoi(minutes); err != nil || n > 59 {
		return -1
	}
	return cueTime(s)
}

// leastTimed is how many lines with times a text has that is read by them: a
// single one may be a date.
const leastTimed = 2

// timedLines are the lines that begin passages, by their number. Times run on
// in a recording: a line whose time is before the one above is words.
func timedLines(lines []string) map[int]timedLine {
	out := map[int]timedLine{}
	first, last := -1, time.Duration(-1)
	for n, line := range lines {
		t, ok := readTimedLine(line)
		switch {
		case !ok:
			continue
		case t.begin < last && len(out) == 1: // above the passages stood the hour of the recording
			delete(out, first)
		case t.begin < last:
			continue
		}
		if len(out) == 0 {
			first = n
		}
		out[n], last = t, t.begin
	}
	return out
}

func isTimedText(s string) bool {
	return len(timedLines(strings.Split(s, "\n"))) >= leastTimed || arrowed.MatchString(strings.TrimSpace(s))
}

// arrowed is a text of one passage in whisper's form.
var arrowed = lazyregexp.New(`^\[` + clock + ` --> ` + clock + `\]`)

// readTimedText reads such lines. What stands below one belongs to it, and what
// stands above the first has no place.
func readTimedText(s string) ([]Cue, error) {
	lines := strings.Split(s, "\n")
	starts := timedLines(lines)
	var out []Cue
	for n, line := range lines {
		line = strings.TrimSpace(line)
		t, begins := starts[n]
		switch {
		case begins:
			out = append(out, Cue{Begin: t.begin, End: t.end, Speaker: t.speaker, Text: t.text})
		case line == "" || lrcHead.MatchString(line):
		case len(out) == 0 || len(starts) > 0 && !hasBegun(out):
			out = append(out, Cue{Text: line})
		default:
			c := &out[len(out)-1]
			c.Text = strings.TrimSpace(c.Text + "\n" + line)
		}
	}
	return ended(out)
}

func hasBegun(cues []Cue) bool { return cues[len(cues)-1].End != 0 }

// ended gives passages that do not say where they end the beginning of the next.
func ended(cues []Cue) ([]Cue, error) {
	var out []Cue
	for n, c := range cues {
		if c.End < 0 {
			c.End = c.Begin
			if n+1 < len(cues) {
				c.End = max(c.Begin, cues[n+1].Begin)
			}
		}
		if c.End < c.Begin {
			return out, errors.New("times that run backwards")
		}
		if c.Text != "" {
			out = append(out, c)
		}
	}
	return out, nil
}

// isTable reports whisper's table: start, end and text, in milliseconds.
func isTable(s string) bool {
	head, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(head) == "start\tend\ttext"
}

func readTable(s string) ([]Cue, error) {
	var out []Cue
	for n, line := range strings.Split(strings.TrimLeft(s, "\n "), "\n") {
		if n == 0 || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.SplitN(line, "\t", 3)
		if len(f) < 3 {
			return out, errors.New("a line without its times: " + line)
		}
		begin, err1 := strconv.Atoi(f[0])
		end, err2 := strconv.Atoi(f[1])
		if err1 != nil || err2 != nil || begin < 0 || end < begin || end > maxPlace {
			return out, errors.New("times that are none: " + line)
		}
		out = append(out, Cue{Begin: time.Duration(begin) * time.Millisecond,
			End:  time.Duration(end) * time.Millisecond,
			Text: strings.TrimSpace(f[2])})
	}
	return out, nil
}

// maxPlace bounds a place in a recording, in milliseconds: a hundred hours.
const maxPlace = 100 * 3600 * 1000
