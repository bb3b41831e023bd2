package bag

import (
	"errors"
	"io/fs"
	"strings"
	"unicode"
)

// quotedCells is how wide a word of a bag is shown at most, in columns.
const quotedCells = 64

// Quoted shows a value that a bag holds as what it is: one word in 「」, of at
// most 64 columns, without blanks. Whatever it says, it cannot stand where the
// words of the program stand.
func Quoted(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '「' || r == '」' {
			return '|'
		}
		return r
	}, shown(s))
	word := []rune(strings.Join(strings.FieldsFunc(s, unicode.IsSpace), "␣"))
	if cellsOf(word) > quotedCells-2 {
		// Both ends: a path is told apart by its end.
		head, tail := word, word
		for cellsOf(head) > quotedCells/2 {
			head = head[:len(head)-1]
		}
		for cellsOf(tail) > quotedCells/2-5 {
			tail = tail[1:]
		}
		word = append(append(head[:len(head):len(head)], '…'), tail...)
	}
	return "「" + string(word) + "」"
}

// cellsOf counts the columns of a terminal, or more.
func cellsOf(word []rune) int {
	n := 0
	for _, r := range word {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// Marked is a value of a bag for people: as it stands where it is one short
// word of ASCII, such as a number, a digest or a name of ours, and else
// [Quoted].
func Marked(s string) string {
	if len(s) > quotedCells {
		return Quoted(s)
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return Quoted(s)
		}
	}
	return s
}

// MarkedWords marks each word of a text; of name=value, as the details of
// records have it, the value.
func MarkedWords(s string) string {
	words := strings.FieldsFunc(s, unicode.IsSpace)
	for i, w := range words {
		if name, value, pair := strings.Cut(w, "="); pair && Marked(name) == name {
			// "9:" and a digest: what an export left out.
			n, digest, counted := strings.Cut(value, ":")
			if counted && decimal(n) && Marked(n) == n {
				words[i] = name + "=" + n + ":" + Marked(digest)
			} else {
				words[i] = name + "=" + Marked(value)
			}
		} else {
			words[i] = Marked(w)
		}
	}
	return strings.Join(words, " ")
}

// ours is a text that is the program's own and may have blanks.
func ours(s string) Text { return Text{s, s} }

// why is what an error says, without the path it is about: that comes out of
// the bag, and is told beside.
func why(err error) Text {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return ours(err.Error())
}
