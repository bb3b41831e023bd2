package main

import (
	"regexp"
	"strings"
	"unicode/utf8"

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
			if r == ' ' && !quoted {
				return i // a blank at the end of a line is not seen
			}
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

// flow sets a text of ours, a help, again for a screen: a line wider than that
// is folded together with the lines that go on with it, under the column where
// its words begin. Commands and lines that fit stay as they are.
func flow(s string) string {
	var out strings.Builder
	lines := strings.Split(s, "\n")
	for n := 0; n < len(lines); n++ {
		line := lines[n]
		if cells(line) <= screen || strings.HasPrefix(strings.TrimLeft(line, " "), "juzheng ") {
			out.WriteString(line + "\n")
			continue
		}
		under := hang(line)
		for n+1 < len(lines) && goesOn(lines[n+1], under) {
			n++
			line = runOn(line, strings.TrimLeft(lines[n], " "))
			if cells(lines[n]) < screen-16 {
				break // the last line of its paragraph
			}
		}
		out.WriteString(fold(line, screen, under))
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// gap parts the columns of a line of a help.
var gap = regexp.MustCompile(`\S {2,}`)

// hang is the column in which the words of a line begin: behind the last gap in
// its first part, or at its indent.
func hang(line string) int {
	under := len(line) - len(strings.TrimLeft(line, " "))
	for _, at := range gap.FindAllStringIndex(line, -1) {
		if c := cells(line[:at[1]]); c <= screen*5/8 {
			under = c
		}
	}
	return under
}

// goesOn reports that a line is the next one of a paragraph in column under.
func goesOn(line string, under int) bool {
	body := strings.TrimLeft(line, " ")
	return body != "" && len(line)-len(body) == under &&
		!strings.HasPrefix(body, "juzheng ") && !gap.MatchString(body)
}

// runOn sets two lines of a paragraph behind each other, with a blank unless
// Han characters or their marks meet.
func runOn(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if wide := func(r rune) bool { return cells(string(r)) == 2 }; wide(last) && wide(first) ||
		strings.ContainsRune("，。、；：！？）”", last) || strings.ContainsRune("（“", first) {
		return a + b
	}
	return a + " " + b
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
