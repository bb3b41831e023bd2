package device

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Seen is what a program read off a picture, and nobody has compared with it.
type Seen struct {
	Text     string
	Sounding []string // passages of it that sound like a violation
}

// Repeated adds pictures to the rows of a log whose messages they show, by what a
// program read off them: the message is told once, and cites the picture beside the log.
// The row of such a picture is named in [evidence.Incident.Also]. Words alone do not
// join: the same words come again on other days and from others. The time beside
// the message, or its writer on the day of the picture, must be on the picture too, and
// nothing on it may speak against the row. A picture with something besides that sounds
// like a violation stays as it is, and the person is asked.
func Repeated(rows []evidence.Incident, exhibits []evidence.Exhibit, from Phones, seen map[string]Seen,
) []evidence.Incident {
	if len(seen) == 0 {
		return rows
	}
	var pictures []picture
	placed, app := map[string]bool{}, map[string]string{}
	for _, x := range exhibits { // what stays out is cited nowhere
		left, _ := x.LeftSaid()
		placed[x.Number], app[x.Number] = left, x.Media.App
	}
	for n, r := range rows {
		if s, read := seen[r.Source]; read && !placed[r.Source] && silentPicture(r) {
			pictures = append(pictures, picture{s, s.on(r.Time.At), r.Source, n, ""})
		}
	}
	for _, r := range rows {
		for _, x := range r.Exhibits {
			placed[x] = true
		}
	}
	for _, x := range exhibits {
		if s, read := seen[x.Number]; read && !placed[x.Number] && x.Kind == evidence.Screenshot {
			taken, _ := time.Parse(time.RFC3339, x.Captured.Time) // none: only a time with its day says when
			pictures = append(pictures, picture{s, s.on(taken), x.Number, -1, ""})
		}
	}
	if len(pictures) == 0 {
		return rows
	}
	logged := indexed(rows)
	out, gone := slices.Clone(rows), map[int]bool{}
	for _, p := range pictures {
		if p.row >= 0 && app[p.exhibit] != "" {
			p.kind = rows[p.row].Kind
		}
		of := logged.shownBy(p, from)
		if len(of) == 0 || !logged.coverAll(of, p) {
			continue
		}
		for _, k := range of {
			r := &out[k]
			if r.Exhibits = slices.Clone(r.Exhibits); !slices.Contains(r.Exhibits, p.exhibit) {
				r.Exhibits = append(r.Exhibits, p.exhibit)
				slices.Sort(r.Exhibits)
			}
			if p.row >= 0 {
				r.Also = append(slices.Clip(r.Also), rows[p.row].ID)
				slices.Sort(r.Also)
				gone[p.row] = true
			}
		}
	}
	kept := out[:0]
	for n, r := range out {
		if !gone[n] {
			kept = append(kept, r)
		}
	}
	return kept
}

// A picture is one of which a program read what it shows, and nobody says a word.
type picture struct {
	Seen
	screen
	exhibit string
	row     int                   // its own; -1: it has none
	kind    evidence.IncidentKind // of what its app shows; empty: its name tells no app
}

// silentPicture reports the row of a picture of which the person has said nothing.
func silentPicture(r evidence.Incident) bool {
	return IsRecording(r) && (written(r) || r.Kind == evidence.Other) && r.Shown == "" && r.ToldBy == "" &&
		r.Use != evidence.No && !spokenOf(r) && len(r.Asserted)+len(r.Denied) == 0
}

// A wordIndex finds the messages of logs of which a text may hold the words.
type wordIndex struct {
	rows    []evidence.Incident
	letters map[int][]rune
	at      map[string][]int // rows by some letters in a row
}

const (
	seenTogether = 4  // letters that count only where they stand together: programs misread one in twenty
	seenKey      = 6  // letters in a row by which a message is looked for
	mostKeyed    = 64 // rows with the same: what stands in every message tells none
)

func indexed(rows []evidence.Incident) wordIndex {
	w := wordIndex{rows: rows, letters: map[int][]rune{}, at: map[string][]int{}}
	for n, r := range rows {
		letters := []rune(LettersOf(r.Shown))
		if !written(r) || !r.Made() || IsRecording(r) || r.Direction == evidence.Out || r.Use == evidence.No ||
			r.ToldBy != "" || r.Time.IsZero() || r.Time.Precision == evidence.ToDay || len(letters) < tellingWords {
			continue
		}
		w.letters[n] = letters
		for at := 0; at+seenKey <= len(letters); at++ {
			key := string(letters[at : at+seenKey])
			if with := w.at[key]; len(with) < mostKeyed && (len(with) == 0 || with[len(with)-1] != n) {
				w.at[key] = append(with, n)
			}
		}
	}
	return w
}

// shownBy are the rows whose messages a picture shows, each message once: of those that
// read alike the one whose time is nearest.
func (w wordIndex) shownBy(p picture, from Phones) (of []int) {
	whole := LettersOf(p.Text)
	text := []rune(whole)
	known := map[int]bool{}
	type fit struct {
		row  int
		away time.Duration
	}
	var fits []fit
	for at := 0; at+seenKey <= len(text); at++ {
		for _, k := range w.at[string(text[at:at+seenKey])] {
			r := w.rows[k]
			if known[k] {
				continue
			}
			known[k] = true
			shot := evidence.Incident{Exhibits: []string{p.exhibit}}
			if !from.same(shot, r) || p.kind != "" && r.Kind != p.kind || covered(w.letters[k], whole) < 0.8 {
				continue
			}
			if away, sure := p.shows(r); sure {
				fits = append(fits, fit{k, away})
			}
		}
	}
	slices.SortStableFunc(fits, func(a, b fit) int {
		return cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.row, b.row))
	})
	for _, f := range fits {
		if !slices.ContainsFunc(of, func(k int) bool {
			return covered(w.letters[k], string(w.letters[f.row])) > 0.5 ||
				covered(w.letters[f.row], string(w.letters[k])) > 0.5
		}) {
			of = append(of, f.row)
		}
	}
	slices.Sort(of)
	return of
}

// coverAll reports that rows have all that matters on a picture: what sounds like a
// violation; where nothing does, most of what was read.
func (w wordIndex) coverAll(of []int, p picture) bool {
	var all strings.Builder
	for _, k := range of {
		all.WriteString(string(w.letters[k]))
	}
	for _, s := range p.Sounding {
		if covered([]rune(LettersOf(s)), all.String()) < 0.7 {
			return false
		}
	}
	return len(p.Sounding) > 0 || covered([]rune(p.words), all.String()) >= 0.6
}

// covered is how much of words, from 0 to 1, stands in a text in pieces that are long
// enough not to be there by chance.
func covered(words []rune, text string) float64 {
	if len(words) == 0 {
		return 0
	}
	n, until := 0, 0
	for at := 0; at+seenTogether <= len(words); at++ {
		if strings.Contains(text, string(words[at:at+seenTogether])) {
			n += at + seenTogether - max(until, at)
			until = at + seenTogether
		}
	}
	return float64(n) / float64(len(words))
}

// A screen is what stands on a picture beside the words: the times between messages, and
// the number or the name at the top.
type screen struct {
	taken  time.Time
	times  []time.Time
	number string
	name   string // its letters; empty also of a group, where who wrote stands beside each message
	words  string // the letters of all other lines
}

// headLines are as many lines as the number or name of the writer stands in, at the top.
const headLines = 4

// longestName is how many letters a name at the top of a chat has at most.
const longestName = 14

var (
	screenClock = lazyregexp.New(`^\P{Han}{0,3}\d{1,2}[:：]\d{2}\P{Han}*$`) // of the status bar
	bareNumber  = lazyregexp.New(`^[^\p{L}\d]{0,4}(?:\+?86)?[ -]?(\d[\d -]{3,}\d)[^\p{L}\d]*$`)
	groupHead   = lazyregexp.New(`群(?:聊|组)?$|[（(]\d+[)）]$`)
)

// IsGroup reports what stands at the top of a chat of several, 同行群(86): of none of them
// the name, who wrote stands beside each message.
func IsGroup(name string) bool { return groupHead.MatchString(strings.TrimSpace(name)) }

// on reads the lines of a picture that was taken then; zero: nobody knows when.
func (s Seen) on(taken time.Time) screen {
	out := screen{taken: taken}
	var words strings.Builder
	head := 0 // lines of the top that were read
	for n, line := range strings.Split(norm.NFKC.String(s.Text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || n == 0 && screenClock.MatchString(line) {
			continue
		}
		head++
		if at, ok := TimeShown(strings.Trim(line, " -—·•|"), taken); ok {
			out.times = append(out.times, at.At)
			continue
		}
		letters := LettersOf(line)
		_, isDay := evidence.ParseTime(line)
		top := head <= headLines && out.number+out.name+words.String() == ""
		switch m := bareNumber.FindStringSubmatch(line); {
		case isDay, letters == "":
		case m != nil && head <= headLines && out.number == "" && words.Len() == 0:
			out.number = strings.NewReplacer(" ", "", "-", "").Replace(m[1])
		case top && !groupHead.MatchString(line) && len([]rune(letters)) <= longestName:
			out.name = letters
			words.WriteString(letters) // or it is a short message
		default:
			words.WriteString(letters)
		}
	}
	out.words = words.String()
	return out
}

// shows reports whether a picture is surely of a row whose words it has, and how far the
// time on it is from that of the row.
func (s screen) shows(r evidence.Incident) (away time.Duration, sure bool) {
	if !s.taken.IsZero() && s.taken.Sub(r.Time.At) < -clocks || s.against(r) {
		return 0, false
	}
	if away, timed := s.nearest(r); timed {
		return away, away <= time.Minute || r.Kind == evidence.Message && away <= chatPause
	}
	onItsDay := !s.taken.IsZero() && dayOf(evidence.Time{At: s.taken}).Equal(dayOf(r.Time))
	return s.taken.Sub(r.Time.At).Abs(), onItsDay && s.writer(r) == 1
}

// chatPause is how long after a time that a chat shows a message under it can have come:
// the app sets none between messages that follow each other.
const chatPause = 10 * time.Minute

// Against reports that what was read off a picture speaks against its being of a row with
// the same words: it shows other times, or another writer.
func (s Seen) Against(r evidence.Incident, taken time.Time) bool { return s.on(taken).against(r) }

func (s screen) against(r evidence.Incident) bool {
	const near = 2 * time.Hour // a clock that was off, a message that was long under way
	away, timed := s.nearest(r)
	return timed && away > near || s.writer(r) < 0
}

// nearest is how far the nearest time beside messages is from that of a row; timed: the
// picture has such times, and they can be read.
func (s screen) nearest(r evidence.Incident) (away time.Duration, timed bool) {
	for _, at := range s.times {
		if d := r.Time.At.Truncate(time.Minute).Sub(at).Abs(); !timed || d < away {
			away, timed = d, true
		}
	}
	return away, timed
}

// writer is 1 where the top of a picture has the writer of a row, -1 where it has another,
// and 0 where it does not say. Programs misread names, so that one with letters in common
// is not another.
func (s screen) writer(r evidence.Incident) int {
	name := LettersOf(r.Name)
	switch {
	case s.number != "" && r.Number != "" && Compatible(r.Number, s.number), name != "" && strings.Contains(s.name, name):
		return 1
	case s.name != "" && strings.Contains(LettersOf(r.Shown), s.name): // the message begins at the top
		return 0
	case s.number != "" && r.Number != "",
		r.Number == "" && name != "" && len([]rune(s.name)) > 1 && !strings.ContainsAny(s.name, name):
		return -1
	}
	return 0
}

// A Shot is what a picture shows of one message, as a program read it.
type Shot struct {
	Name, Number string // of who wrote, at the top: one of them
	Time         string // beside the message, as it stands there
	Words        string
}

const (
	leastWrapped = 12 // characters of a line at least where a message is broken into several
	fewestWords  = 2
)

// Single is the message of a picture on which nothing else stands but who wrote it, in the
// first line, and the time above it; not ok of any other: of two messages nobody knows
// from what was read who wrote which. Two lines may be two messages; of more, all but the
// last as wide as the screen, they are one.
func (s Seen) Single(taken time.Time) (m Shot, ok bool) {
	var lines []string
	for n, line := range strings.Split(s.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" && (n > 0 || !screenClock.MatchString(norm.NFKC.String(line))) {
			lines = append(lines, line)
		}
	}
	if len(lines) < 3 || len(lines) == 4 || groupHead.MatchString(lines[0]) {
		return m, false
	}
	if number := bareNumber.FindStringSubmatch(norm.NFKC.String(lines[0])); number != nil {
		m.Number = strings.NewReplacer(" ", "", "-", "").Replace(number[1])
	} else {
		m.Name = strings.TrimFunc(lines[0], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	if size := len([]rune(m.Name)); m.Number == "" && (size < 2 || size > longestName) {
		return m, false
	}
	m.Time = lines[1]
	words := lines[2:]
	widest := len([]rune(slices.MaxFunc(words, func(a, b string) int { return len([]rune(a)) - len([]rune(b)) })))
	if _, timed := TimeShown(m.Time, taken); !timed {
		return m, false
	}
	for n, line := range words {
		_, timed := TimeShown(line, taken)
		size := len([]rune(line))
		if timed || n < len(words)-1 && (size < leastWrapped || size < widest-1) {
			return m, false // a second time, or a line that ends before the others do: another message
		}
	}
	m.Words = strings.Join(words, "")
	return m, len([]rune(LettersOf(m.Words))) >= fewestWords
}
