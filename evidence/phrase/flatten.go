package phrase

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A flatRune is a character for the search and the bytes it came from.
type flatRune struct {
	r          rune
	start, end int
}

type flatRunes []flatRune

// MostSearched is how many characters of one message are searched, from its beginning:
// no program sends as many in one, and a file that holds more must not keep everybody
// waiting each time a question is asked.
const MostSearched = 20_000

// text is the string to search, and for each byte the index of its rune.
func (f flatRunes) text() (string, []int) {
	var b strings.Builder
	var at []int
	for n, x := range f {
		size := b.Len()
		b.WriteRune(x.r)
		for range b.Len() - size {
			at = append(at, n)
		}
	}
	return b.String(), at
}

// flatten undoes spelling tricks and keeps the way back to the original.
func flatten(s string) flatRunes {
	var f flatRunes
	for i, r := range s {
		if len(f) >= MostSearched {
			break
		}
		end := i + len(string(r))
		if r == unicode.ReplacementChar {
			end = min(i+1, len(s)) // a broken byte, or the character itself
			if strings.HasPrefix(s[i:], "\uFFFD") {
				end = i + 3
			}
		}
		for _, k := range norm.NFKC.String(string(r)) {
			if !unicode.In(k, unicode.Cf, unicode.Cc, unicode.Mn) {
				f = append(f, flatRune{k, i, end})
			}
		}
	}
	return replaceHomophones(dropMarks(f))
}

// dropMarks takes one or two marks out from between Han characters. Marks
// that end a clause stay: sentences are not joined.
func dropMarks(f flatRunes) flatRunes {
	out := f[:0:0]
	han := func(n int) bool { return n >= 0 && n < len(f) && unicode.Is(unicode.Han, f[n].r) }
	mark := func(n int) bool { return n < len(f) && strings.ContainsRune(" .·•*-_~|/\\+=^#&", f[n].r) }
	for n := 0; n < len(f); n++ {
		if han(n-1) && mark(n) {
			if han(n + 1) {
				continue
			}
			if mark(n+1) && han(n+2) {
				n++
				continue
			}
		}
		out = append(out, f[n])
	}
	return out
}

func replaceHomophones(f flatRunes) flatRunes {
	out := f[:0:0]
	for n := 0; n < len(f); {
		h := homophoneAt(f, n)
		if h == nil {
			out = append(out, f[n])
			n++
			continue
		}
		for _, r := range h.to {
			out = append(out, flatRune{r, f[n].start, f[n+len(h.from)-1].end})
		}
		n += len(h.from)
	}
	return out
}

func homophoneAt(f flatRunes, n int) *homophone {
	table := phrases().homophones[unicode.ToLower(f[n].r)]
	latin := func(n int) bool { return n >= 0 && n < len(f) && f[n].r < unicode.MaxASCII && unicode.IsLetter(f[n].r) }
	for i := range table {
		h := &table[i]
		if n+len(h.from) > len(f) || h.word && (latin(n-1) || latin(n+len(h.from))) {
			continue
		}
		same := true
		for k, r := range h.from {
			same = same && unicode.ToLower(f[n+k].r) == r
		}
		if same {
			return h
		}
	}
	return nil
}
