package main

import (
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// screen is how wide what is told may be: a terminal of the usual width.
const screen = 80

// width is how wide the lines of this run may be: as COLUMNS says, which shells and
// other programs know, else a screen.
func (e *env) width() int {
	if n, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && n > screen/2 {
		return n
	}
	return screen
}

// fold breaks s into lines of at most width cells, each with its LF; those
// after the first are indented. It breaks at blanks and beside Han characters,
// but leaves no closing mark at the start of a line and no opening one at an
// end, and nothing in 「」 apart; what has no such place is cut where the line
// ends.
func fold(s string, width, indent int) string { return folded(s, width, indent, nil) }

// foldWhole is [fold] for what holds commands and paths: they are copied, and stay
// whole, if need be on a line that is wider.
func foldWhole(s string, width, indent int) string { return folded(s, width, indent, tokens) }

func folded(s string, width, indent int, whole func([]rune) []bool) string {
	var out strings.Builder
	runes := []rune(strings.TrimRight(s, " \n"))
	inside := make([]bool, len(runes))
	if whole != nil {
		inside = whole(runes)
	}
	for first := true; first || len(runes) > 0; first = false {
		room := width
		if !first {
			room -= indent
			for len(runes) > 0 && runes[0] == ' ' {
				runes, inside = runes[1:], inside[1:]
			}
			if len(runes) == 0 {
				break
			}
			out.WriteString(strings.Repeat(" ", indent))
		}
		n := foldAt(runes, inside, room)
		out.WriteString(strings.TrimRight(string(runes[:n]), " ") + "\n")
		runes, inside = runes[n:], inside[n:]
	}
	return out.String()
}

// closing are the marks that no line begins with.
const closing = "，。、；：！？）”’》】」,.;:!?)]"

// foldAt is how many runes go into a line of room cells, at least one. Behind a rune
// that is inside a token no line ends.
func foldAt(runes []rune, inside []bool, room int) int {
	used, best, quoted := 0, 0, false
	for i, r := range runes {
		if r == '「' || r == '」' {
			quoted = r == '「'
		}
		if used += cells(string(r)); used > room {
			if r == ' ' && !quoted && !inside[i] {
				return i // a blank at the end of a line is not seen
			}
			if best > 0 {
				return best
			}
			if n := slices.Index(inside[max(i-1, 0):], false); inside[max(i-1, 0)] && n > 0 {
				return max(i-1, 0) + n + 1
			}
			return max(i, 1)
		}
		if i+1 == len(runes) {
			return len(runes)
		}
		next := runes[i+1]
		switch {
		case quoted, inside[i]:
		case next == ' ', strings.ContainsRune(closing, next), strings.ContainsRune("（“‘《【「([", r):
		case r == ' ', cells(string(r)) == 2, cells(string(next)) == 2:
			best = i + 1
		}
	}
	return len(runes)
}

// copied is what a person copies, a token: a command of ours up to the next mark, a path,
// a code of fifty characters and more, or in groups of four.
var copied = lazyregexp.New(`juzheng(?: (?:'[^']*'|"[^"]*"|[^\s，。；：！？、（）“”'",;:()]+)+)+|` +
	`[^\s，。；：！？、“”]*[/\\][^\s，。；：！？、“”]*|[!-~]{50,}|[0-9a-f]{4}(?: [0-9a-f]{4}){7,}`)

// tokens says of each rune whether the next belongs to the same token.
func tokens(runes []rune) []bool {
	s, inside := string(runes), make([]bool, len(runes))
	for _, at := range copied.FindAllStringIndex(s, -1) {
		first := len([]rune(s[:at[0]]))
		last := first + len([]rune(s[at[0]:at[1]])) - 1
		for last+1 < len(runes) && strings.ContainsRune(closing, runes[last+1]) {
			last++ // no line begins with it
		}
		for n := first; n < last; n++ {
			inside[n] = true
		}
	}
	return inside
}

// widestToken is how wide the widest part of s is that is not folded.
func widestToken(s string) int {
	widest := 0
	for _, part := range append(copied.FindAllString(s, -1), strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || cells(string(r)) == 2
	})...) {
		widest = max(widest, cells(part))
	}
	return widest
}

// onScreen is [foldLines] for a screen.
func onScreen(s string) string { return foldLines(s, screen) }

// foldLines folds the lines of a text that are wider than they may be. A command or a
// path in it stays whole.
func foldLines(s string, width int) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		body := strings.TrimLeft(line, " ")
		if cells(strings.TrimSuffix(line, "\n")) <= width || strings.HasPrefix(body, "juzheng ") {
			out.WriteString(line)
			continue
		}
		out.WriteString(foldWhole(line, width, min(len(line)-len(body)+2, 12)))
	}
	return out.String()
}
