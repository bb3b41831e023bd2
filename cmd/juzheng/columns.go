package main

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
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

// flow sets a text of ours, a help, again for a screen: a line wider than that
// is folded together with the lines that go on with it, under the column where
// its words begin. Commands and lines that fit stay as they are.
func flow(s string) string { return flowIn(s, screen) }

// flowIn is [flow] for a width.
func flowIn(s string, width int) string {
	var out strings.Builder
	lines := strings.Split(s, "\n")
	for n := 0; n < len(lines); n++ {
		line := lines[n]
		if cells(line) <= width || strings.HasPrefix(strings.TrimLeft(line, " "), "juzheng ") {
			out.WriteString(line + "\n")
			continue
		}
		under := hang(line, width)
		for n+1 < len(lines) && goesOn(lines[n+1], under) {
			n++
			line = runOn(line, strings.TrimLeft(lines[n], " "))
			if cells(lines[n]) < width-16 {
				break // the last line of its paragraph
			}
		}
		out.WriteString(fold(line, width, under))
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// gap parts the columns of a line of a help.
var gap = lazyregexp.New(`\S {2,}`)

// hang is the column in which the words of a line begin: behind the last gap in
// its first part, or at its indent.
func hang(line string, width int) int {
	under := len(line) - len(strings.TrimLeft(line, " "))
	for _, at := range gap.FindAllStringIndex(line, -1) {
		if c := cells(line[:at[1]]); c <= width*5/8 {
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

// columns is [aligned] for a width: where a row is wider than that, one blank stands
// between columns if this helps; else what does not fit in its last column goes on
// below, and so does all behind a cell that is too long for a column.
func columns(rows [][]string, width int) string {
	wide := columnWidths(rows, width)
	for _, between := range []int{2, 1} {
		if s := setRows(rows, wide, between); widestLine(s) <= width {
			return s
		}
	}
	wide = columnWidths(rows, longestCell)
	between, all := 2, 0
	for _, w := range wide {
		all += w + between
	}
	if all > width-leastRoom/2 {
		between = 1
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(foldedRow(row, wide, between, width))
	}
	return b.String()
}

// How wide a cell may be that makes its column wider, how much room the last column
// needs to be folded in it, and where that stands which goes on below.
const longestCell, leastRoom, lower = 40, 24, 6

// foldedRow is one row of a table on as many lines as it needs.
func foldedRow(row []string, wide []int, between, width int) string {
	line := ""
	var out strings.Builder
	for i, c := range row[:len(row)-1] {
		if c = visible(c); cells(c) > wide[i] {
			out.WriteString(strings.TrimRight(line+c, " ") + "\n")
			line = strings.Repeat(" ", lower)
			continue
		}
		line += pad(c, wide[i]+between)
	}
	last, at := visible(row[len(row)-1]), cells(line)
	switch {
	case at+cells(last) <= width || last == "":
		out.WriteString(strings.TrimRight(line+last, " ") + "\n")
	case at == 0:
		out.WriteString(foldLines(last+"\n", width))
	case width-at >= leastRoom && widestToken(last) <= width-at:
		out.WriteString(line + strings.TrimLeft(foldWhole(strings.Repeat(" ", at)+last, width, at), " "))
	default:
		out.WriteString(strings.TrimRight(line, " ") + "\n" +
			foldWhole(strings.Repeat(" ", lower)+last, width, lower))
	}
	return out.String()
}

// aligned sets rows under each other, two blanks between; the last column is
// not padded. Control and direction characters from file names are shown, not
// obeyed.
func aligned(rows [][]string) string {
	return setRows(rows, columnWidths(rows, math.MaxInt), 2)
}

// columnWidths is how wide the columns of a table are by their cells of at most a
// width. The last of a row takes the room there is; a row of one cell stands under the
// table's columns as it is.
func columnWidths(rows [][]string, most int) []int {
	var wide []int
	for _, row := range rows {
		for i, c := range row[:len(row)-1] {
			if i == len(wide) {
				wide = append(wide, 0)
			}
			if n := cells(visible(c)); n <= most {
				wide[i] = max(wide[i], n)
			}
		}
	}
	return wide
}

func setRows(rows [][]string, wide []int, between int) string {
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i == len(row)-1 {
				b.WriteString(visible(c))
				continue
			}
			b.WriteString(pad(visible(c), wide[i]+between))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func widestLine(s string) int {
	widest := 0
	for line := range strings.Lines(s) {
		widest = max(widest, cells(strings.TrimSuffix(line, "\n")))
	}
	return widest
}

// visible replaces what a terminal would act on or hide.
func visible(s string) string { return evidence.Visible(s) }
