package main

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"juzheng/evidence"
)

// cells is the width of s on a terminal: a Han character takes two cells.
func cells(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// pad fills s with blanks up to n cells.
func pad(s string, n int) string {
	if d := n - cells(s); d > 0 {
		return s + strings.Repeat(" ", d)
	}
	return s
}

// cut shortens s to at most n cells, between characters, and says so by an
// ellipsis.
func cut(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	var b strings.Builder
	used := 0
	for _, r := range s {
		w := cells(string(r))
		if used+w > n-1 {
			break
		}
		b.WriteRune(r)
		used += w
	}
	return b.String() + "…"
}

// fold breaks s into lines of at most width cells, each with its LF; those
// after the first are indented. It breaks at blanks and beside Han characters,
// but leaves no closing mark at the start of a line and no opening one at an
// end, and nothing in 「」 apart; what has no such place is cut where the line
// ends.
func fold(s string, width, indent int) string {
	var out strings.Builder
	runes := []rune(strings.TrimRight(s, " \n"))
	for first := true; first || len(runes) > 0; first = false {
		room := width
		if !first {
			room -= indent
			for len(runes) > 0 && runes[0] == ' ' {
				runes = runes[1:]
			}
			if len(runes) == 0 {
				break
			}
			out.WriteString(strings.Repeat(" ", indent))
		}
		n := foldAt(runes, room)
		out.WriteString(strings.TrimRight(string(runes[:n]), " ") + "\n")
		runes = runes[n:]
	}
	return out.String()
}

// foldAt is how many runes go into a line of room cells, at least one.
func foldAt(runes []rune, room int) int {
	used, best, quoted := 0, 0, false
	for i, r := range runes {
		if r == '「' || r == '」' {
			quoted = r == '「'
		}
		if used += cells(string(r)); used > room {
			if best > 0 {
				return best
			}
			return max(i, 1)
		}
		if i+1 == len(runes) {
			return len(runes)
		}
		next := runes[i+1]
		switch {
		case quoted:
		case strings.ContainsRune("，。、；：！？）”’》】」 ,.;:!?)]", next), strings.ContainsRune("（“‘《【「([", r):
		case r == ' ', cells(string(r)) == 2, cells(string(next)) == 2:
			best = i + 1
		}
	}
	return len(runes)
}

// longRun is a word of Western letters too long to be folded: a path, which is
// there to be copied, as commands are.
var longRun = regexp.MustCompile(`[!-~]{50,}`)

// onScreen folds the lines of a text that are wider than a screen. A line that
// is a command or holds a path stays whole.
func onScreen(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		body := strings.TrimLeft(line, " ")
		if cells(strings.TrimSuffix(line, "\n")) <= screen || strings.HasPrefix(body, "juzheng ") ||
			longRun.MatchString(line) {
			out.WriteString(line)
			continue
		}
		out.WriteString(fold(line, screen, min(len(line)-len(body)+2, 12)))
	}
	return out.String()
}

// columns sets rows under each other, two blanks between; the last column is
// not padded. Control and direction characters from file names are shown, not
// obeyed.
func columns(rows [][]string) string {
	var wide []int
	for _, row := range rows {
		for i, c := range row {
			if i == len(wide) {
				wide = append(wide, 0)
			}
			wide[i] = max(wide[i], cells(visible(c)))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i == len(row)-1 {
				b.WriteString(visible(c))
				continue
			}
			b.WriteString(pad(visible(c), wide[i]+2))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// visible replaces what a terminal would act on or hide.
func visible(s string) string { return evidence.Visible(s) }
