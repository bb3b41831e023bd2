package device

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
)

// partly takes from the picture of several messages those that other rows have: they
// are shown by the picture too, and the picture's row is of the rest. What the person
// named the picture is of a message that is named so, where there is one, and the rest
// is nobody's word yet. Where none is, they may have meant either, and the picture stays
// as it is.
func (w *writer) partly(n int) {
	picture := &w.rows[n]
	if spokenOf(*picture) || w.letters[n] == "" {
		return
	}
	var of []int
	rest := ""
	for _, writer := range w.writers(n) {
		if found, left := w.cut(n, writer); len(found) > len(of) && left != "" {
			of, rest = found, left
		}
	}
	if len(of) == 0 || slices.ContainsFunc(picture.Denied, func(b evidence.Breach) bool { return w.named(of, b) }) {
		return
	}
	var claims []evidence.Breach
	for _, b := range picture.Asserted {
		ruledOut := !slices.ContainsFunc(of, func(k int) bool { return !slices.Contains(w.rows[k].Denied, b) })
		switch {
		case w.named(of, b):
		case ruledOut:
			claims = append(claims, b)
		default:
			return
		}
	}
	for _, k := range of {
		r := &w.rows[k]
		r.Exhibits = slices.Clone(r.Exhibits)
		for _, x := range picture.Exhibits {
			if !slices.Contains(r.Exhibits, x) {
				r.Exhibits = append(r.Exhibits, x)
			}
		}
		slices.Sort(r.Exhibits)
	}
	if len(claims) < len(picture.Asserted) && picture.Use == evidence.Unknown {
		picture.Use = evidence.Yes // of the matter, by what was said of all of it
	}
	picture.Rest, picture.Shown, picture.Asserted = true, rest, claims
}

// cut finds the rows of one writer of which a picture has the whole message, and what
// the picture has beside them.
func (w *writer) cut(n int, writer []int) (of []int, rest string) {
	picture := &w.rows[n]
	text, ok := lettered(picture.Shown)
	if !ok {
		return nil, ""
	}
	names := []string{LettersOf(picture.Name)}
	for _, k := range writer {
		names = append(names, LettersOf(w.rows[k].Name))
	}
	writer = slices.Clone(writer)
	slices.SortStableFunc(writer, func(a, b int) int {
		return cmp.Or(len(w.letters[b])-len(w.letters[a]), w.rows[b].Time.At.Compare(w.rows[a].Time.At))
	})
	days := map[string]bool{}
	var taken [][2]int
	for _, k := range writer {
		r, words := &w.rows[k], w.letters[k]
		if utf8.RuneCountInString(words) < tellingWords && !days[dayOf(r.Time).String()] {
			continue
		}
		at, found := text.message(words, names, taken)
		if !found {
			continue
		}
		taken = append(taken, at)
		days[dayOf(r.Time).String()] = true
		if Facing(r.Direction, picture.Direction) {
			of = append(of, k)
		}
	}
	return of, text.without(taken, names)
}

// letters are those of a text, and where each stands in it.
type letters struct {
	text, letters string
	from, to      []int // of each byte of letters: where its rune begins and ends in text
}

// lettered is a text with its letters; not ok if those of its parts are not those of the
// whole.
func lettered(text string) (l letters, ok bool) {
	l.text = text
	var b strings.Builder
	for at, r := range text {
		s := LettersOf(string(r))
		b.WriteString(s)
		for range len(s) {
			l.from, l.to = append(l.from, at), append(l.to, at+utf8.RuneLen(r))
		}
	}
	l.letters = b.String()
	return l, l.letters == LettersOf(text)
}

// ends are the marks at which one message on a picture can end and the next begin; a comma
// is none.
const ends = "\n\r。！？!?；;…"

// message finds words that stand in a text as a message of their own, in no place that is
// taken: what stands before them up to the end of another is a time or a name at most.
func (l letters) message(words string, names []string, taken [][2]int) (at [2]int, ok bool) {
	for from := 0; ; {
		i := strings.Index(l.letters[from:], words)
		if i < 0 || words == "" {
			return at, false
		}
		i += from
		from = i + 1
		at = [2]int{l.from[i], l.to[i+len(words)-1]}
		begin := 0
		if last := strings.LastIndexAny(l.text[:at[0]], ends); last >= 0 {
			_, size := utf8.DecodeRuneInString(l.text[last:])
			begin = last + size
		}
		head := l.text[begin:at[0]]
		gap := l.text[at[1]:]
		if next := i + len(words); next < len(l.from) {
			gap = l.text[at[1]:l.from[next]]
		}
		last := at[1]+len(gap) == len(l.text)
		free := !slices.ContainsFunc(taken, func(t [2]int) bool { return at[0] < t[1] && t[0] < at[1] })
		if free && besideWords(LettersOf(head), names) && (last || strings.ContainsAny(gap, ends)) {
			return [2]int{begin, at[1]}, true
		}
	}
}

// without is a text without some places, what stood between them in lines of its own, and
// without what is of no message.
func (l letters) without(taken [][2]int, names []string) string {
	slices.SortFunc(taken, func(a, b [2]int) int { return a[0] - b[0] })
	var lines []string
	from := 0
	for _, t := range append(slices.Clone(taken), [2]int{len(l.text), len(l.text)}) {
		line := strings.TrimSpace(strings.TrimLeft(l.text[from:t[0]], " \t\u3000"+ends))
		if !besideWords(LettersOf(line), names) {
			lines = append(lines, line)
		}
		from = t[1]
	}
	return strings.Join(lines, "\n")
}
