package device

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// Once makes one row of an act that a file shows and that the person wrote
// down once more: as a row of their own, or off a screenshot of the message.
// The file's row stays, with what the person said beside it, and names the
// other in [evidence.Incident.Also]. Rows of which they said different things
// stay apart, and are given as a clash.
func Once(c evidence.Case, rows []evidence.Incident, exhibits []evidence.Exhibit, from Phones) (
	out []evidence.Incident, clash [][2]string) {
	var shown, typed, pictured []int
	for n, r := range rows {
		switch {
		case r.Use == evidence.No || r.ToldBy != "" || r.Kind != evidence.Call && !written(r):
		case !r.Made() && written(r) && r.Shown != "" && evidence.PictureTime(r, exhibits):
			pictured = append(pictured, n)
		case !r.Made():
			typed = append(typed, n)
		case written(r) && IsRecording(r):
			if r.Shown != "" {
				pictured = append(pictured, n)
			}
		default:
			shown = append(shown, n)
		}
	}
	if len(typed)+len(pictured) == 0 {
		return rows, nil
	}
	w := writer{kase: c, rows: slices.Clone(rows), from: from, app: map[string]string{},
		letters: make([]string, len(rows)), byNumber: map[string][]int{}, byName: map[string][]int{},
		byDay: map[dated][]int{}, byWords: map[string][]int{}, taken: map[int]int{}, gone: map[int]bool{}}
	for _, x := range exhibits {
		w.app[x.Number] = x.Media.App
	}
	for _, n := range slices.Concat(shown, typed, pictured) {
		w.letters[n] = LettersOf(rows[n].Shown)
	}
	for _, n := range shown {
		w.offer(n)
	}
	for _, n := range typed {
		if !w.fold(n, w.onItsDay(n), w.retyped) {
			w.offer(n)
		}
	}
	for _, n := range pictured {
		among := slices.Concat(w.byWords[w.letters[n]], w.byNumber[rows[n].Number])
		if !w.fold(n, among, w.copied) {
			w.several(n)
		}
		if !w.gone[n] {
			w.partly(n)
		}
	}
	for n, r := range w.rows {
		if !w.gone[n] {
			out = append(out, r)
		}
	}
	return out, w.clash
}

func written(i evidence.Incident) bool { return i.Kind == evidence.SMS || i.Kind == evidence.Message }

// A writer finds the rows that were written down once more.
type writer struct {
	kase     evidence.Case
	rows     []evidence.Incident
	from     Phones
	app      map[string]string // by exhibit: the app a screenshot shows
	letters  []string          // of what each row shows
	byNumber map[string][]int  // rows, of what was written, that others may be of; "" has those without number
	byName   map[string][]int  // the same, with the name of who wrote
	byDay    map[dated][]int
	byWords  map[string][]int
	taken    map[int]int // how many were found to be of a row
	gone     map[int]bool
	clash    [][2]string
}

// A dated key, a number or the letters of words, is where a row of a day is
// looked for, so that the work does not grow with the square of the rows.
type dated struct {
	key string
	day time.Time
}

// anybody is a key, no number, of what was written on a day by whomever.
const anybody = "*"

// offer lets others be of a row.
func (w *writer) offer(n int) {
	r, words := w.rows[n], w.letters[n]
	day := dayOf(r.Time)
	w.byDay[dated{r.Number, day}] = append(w.byDay[dated{r.Number, day}], n)
	if written(r) {
		w.byNumber[r.Number] = append(w.byNumber[r.Number], n)
		w.byDay[dated{anybody, day}] = append(w.byDay[dated{anybody, day}], n)
		if r.Name != "" {
			w.byName[r.Name] = append(w.byName[r.Name], n)
		}
	}
	if words != "" {
		w.byWords[words] = append(w.byWords[words], n)
		w.byDay[dated{words, day}] = append(w.byDay[dated{words, day}], n)
	}
}

// onItsDay are the rows with a row's number or words of its day, and of the days
// beside it: a clock may be off at midnight. Without a day it is known by its
// words alone.
func (w *writer) onItsDay(n int) (out []int) {
	r, words := w.rows[n], w.letters[n]
	if r.Time.IsZero() {
		return w.byWords[words]
	}
	for beside := -1; beside <= 1; beside++ {
		day := dayOf(r.Time).AddDate(0, 0, beside)
		out = append(out, w.byDay[dated{r.Number, day}]...)
		if words != "" {
			out = append(out, w.byDay[dated{words, day}]...)
		}
	}
	return out
}

// fold makes a row part of the one it is of, among some: of several, one that no
// other is of yet, and then the closest.
func (w *writer) fold(n int, among []int, distance func(again, k int) (time.Duration, bool)) bool {
	again := w.rows[n]
	best, least := -1, time.Duration(0)
	for _, k := range among {
		r := &w.rows[k]
		if k == n || r.Use == evidence.No || !Facing(r.Direction, again.Direction) || !agree(r.Reached, again.Reached) {
			continue
		}
		d, ok := distance(n, k)
		if ok && (best < 0 || cmp.Or(cmp.Compare(w.taken[k], w.taken[best]), cmp.Compare(d, least)) < 0) {
			best, least = k, d
		}
	}
	if best < 0 {
		return false
	}
	again.Shown = "" // it says the same in other spelling
	if r := w.rows[best]; disagree(r, again) {
		w.clash = append(w.clash, [2]string{r.ID, again.ID})
		return false
	}
	r := &w.rows[best]
	if w.kase.Concerns(*r) {
		again.Use = r.Use // that it belongs to the matter does not say that its clock is right
	}
	source := r.Source
	r.Exhibits = slices.Clone(r.Exhibits)
	merge(r, again)
	if !r.Made() || !again.Made() {
		r.Source = source
	}
	takeAnswers(r, again)
	r.Also = append(slices.Clip(r.Also), again.ID)
	slices.Sort(r.Also)
	w.taken[best]++
	w.gone[n] = true
	return true
}

// The least letters by which words tell one message from others: of one day,
// and where no number does.
const tellingWords = 8

// retyped reports whether a row of the person's own is of an act that a file
// shows, and how far the times are apart. What they typed is to the minute at
// best.
func (w *writer) retyped(n, k int) (time.Duration, bool) {
	own, r := &w.rows[n], &w.rows[k]
	d := apart(own.Time, r.Time)
	if r.Time.IsZero() {
		return d, false
	}
	if !r.Made() {
		return d, w.typedTwice(n, k)
	}
	if own.Kind == evidence.Call || r.Kind == evidence.Call {
		return d, own.Kind == r.Kind && sameTalk(own, r, d)
	}
	number := own.Number != "" && own.Number == r.Number
	if !number && (own.Kind != r.Kind || own.Number != "" && r.Number != "") || !oneName(own, r) {
		return d, false
	}
	a, b := w.letters[n], w.letters[k]
	long := len([]rune(a)) >= tellingWords
	switch {
	case a == "":
		return d, number && own.Kind == r.Kind && d == 0 && own.Time.Precision != evidence.ToDay
	case d == 0 && own.Time.Precision != evidence.ToDay:
		return d, a == b || long && strings.Contains(b, a)
	}
	return d, a == b && long && (own.Time.IsZero() || dayOf(own.Time).Equal(dayOf(r.Time)))
}

// typedTwice reports two rows of the person's own about one act: of one kind, from one
// number or account, in the same minute, and with words that do not differ. Who was
// sent two messages in a minute has two that read otherwise.
func (w *writer) typedTwice(n, k int) bool {
	a, b := &w.rows[n], &w.rows[k]
	known := a.Number != "" && a.Number == b.Number || a.Number+b.Number == "" && a.Account() != "" &&
		a.Account() == b.Account()
	if a.Kind != b.Kind || !known || a.Direction != b.Direction || a.Time.IsZero() ||
		a.Time.Precision == evidence.ToDay || b.Time.Precision == evidence.ToDay || apart(a.Time, b.Time) != 0 {
		return false
	}
	if a.Kind == evidence.Call {
		return sameTalk(a, b, 0)
	}
	x, y := w.letters[n], w.letters[k]
	return x == "" || y == "" || x == y
}

// sameTalk reports whether a call that the person wrote down is the one a file
// shows, d apart. Where they gave no length, the minute must be the same.
func sameTalk(own, r *evidence.Incident, d time.Duration) bool {
	length := own.Seconds - r.Seconds
	measured := own.Seconds > 0 && r.Seconds > 0
	opposed := own.Answered != r.Answered && own.Answered != evidence.Unknown && r.Answered != evidence.Unknown
	switch {
	case own.Number == "" || own.Number != r.Number || own.Time.IsZero() || opposed,
		measured && (length < -5 || length > 5):
		return false
	case own.Time.Precision == evidence.ToDay:
		return measured && own.Seconds == r.Seconds && d == 0
	}
	return d == 0 || measured && d <= ringing
}

// copied reports whether a screenshot whose words were written down shows a
// message that another row has, and how long before it was taken that came. A
// screenshot says when it was taken, and no more.
func (w *writer) copied(n, k int) (time.Duration, bool) {
	picture, r := &w.rows[n], &w.rows[k]
	age := picture.Time.At.Sub(r.Time.At)
	a, b := w.letters[n], w.letters[k]
	if a == "" || !written(*r) || r.Made() && !w.from.same(*picture, *r) || !oneName(picture, r) ||
		!r.Time.IsZero() && !picture.Time.IsZero() && r.Time.Precision != evidence.ToDay && age < -clocks {
		return age, false
	}
	number := picture.Number != "" && picture.Number == r.Number
	long := len([]rune(a)) >= tellingWords
	chat := slices.ContainsFunc(picture.Exhibits, func(x string) bool { return w.app[x] != "" }) &&
		picture.Kind == evidence.Message
	switch {
	case picture.Number != "" && r.Number != "" && !number, chat && r.Kind != evidence.Message && !number:
		return age, false
	case number && a == b:
		return age, true
	}
	return age, long && strings.Contains(b, a)
}

// clocks is how far the clocks of two devices may be apart unnoticed.
const clocks = 10 * time.Minute

// oneName reports that no names speak against two rows without number being of
// one writer.
func oneName(a, b *evidence.Incident) bool {
	return a.Number != "" && a.Number == b.Number || a.Name == "" || b.Name == "" || a.Name == b.Name
}

// Facing reports whether two directions can be one.
func Facing(a, b evidence.Direction) bool {
	return a == b || a == evidence.DirectionUnknown || b == evidence.DirectionUnknown
}

func agree(a, b evidence.Reached) bool {
	return a == b || a == evidence.ReachedUnknown || b == evidence.ReachedUnknown
}

// apart is how far a time is from what another says to the second; none within
// the minute or day that is all it says.
func apart(coarse, at evidence.Time) time.Duration {
	from := coarse.At.Truncate(time.Minute)
	to := from.Add(time.Minute)
	if coarse.Precision == evidence.ToDay {
		from = dayOf(coarse)
		to = from.AddDate(0, 0, 1)
	}
	switch {
	case at.At.Before(from):
		return from.Sub(at.At)
	case at.At.Before(to):
		return 0
	}
	return at.At.Sub(to)
}

func dayOf(t evidence.Time) time.Time {
	y, m, d := t.At.In(evidence.Beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, evidence.Beijing)
}

// LettersOf are the letters and digits of words: who writes them down once
// more may set other spaces and stops.
func LettersOf(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(words))
}
