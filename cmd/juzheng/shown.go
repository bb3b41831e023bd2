package main

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/lazyregexp"
)

// A held is what a command that only looks says to a terminal. It is shown when the
// command has ended, in pages where it is longer than the screen.
type held struct {
	text  bytes.Buffer // the result
	after bytes.Buffer // the talk behind it
	to    io.Writer    // the terminal
	pager string       // the command that pages; empty: none
}

// hold keeps the result of a command back for a pager, where somebody sits at a
// terminal. What goes into a pipe or a file is never touched.
func (e *env) hold(c command) {
	f, ok := e.stdout.(*os.File)
	if !c.long || e.json || !ok || !term.IsTerminal(int(f.Fd())) {
		return
	}
	e.held = &held{to: e.stdout}
	if !e.noInput && e.watched() && e.interactive() {
		e.held.pager = pagerOf(e.getenv, atHand())
	}
	e.stdout = &e.held.text
}

// release shows what was held back.
func (e *env) release(ctx context.Context) {
	h := e.held
	if h == nil {
		return
	}
	e.held, e.stdout = nil, h.to
	result := h.text.String()
	colours := e.colours(h.to) && (h.pager == "" || strings.Contains(h.pager, "less"))
	if colours {
		result = painted(result)
	}
	width, height, err := term.GetSize(int(h.to.(*os.File).Fd()))
	if err != nil || h.pager == "" || screenLines(result, width) < height ||
		desk.Page(ctx, h.pager, result, os.Stdout, os.Stderr, os.Environ()) != nil {
		io.WriteString(h.to, result)
	}
	e.stderr.Write(h.after.Bytes())
}

// screenLines is how many lines of a terminal a text takes.
func screenLines(s string, width int) int {
	n := 0
	for line := range strings.Lines(s) {
		n += max(1, (cells(strings.TrimSuffix(line, "\n"))+width-1)/max(width, 1))
	}
	return n
}

// pagerOf is the command that pages: PAGER says which, and cat or nothing that none
// does; else less, or more on Windows, where desk finds them.
func pagerOf(getenv func(string) string, in shell) string {
	if getenv("TERM") == "dumb" {
		return ""
	}
	usual := "less"
	if in != posix {
		usual = "more"
	}
	pager := strings.TrimSpace(cmp.Or(getenv("PAGER"), usual))
	if pager == "cat" || desk.Installed(strings.Fields(pager + " ")[0]) == "" {
		return ""
	}
	return pager
}

// colours reports whether words to w are coloured: NO_COLOR (https://no-color.org),
// CLICOLOR_FORCE and CLICOLOR (https://bixense.com/clicolors) have their say.
func (e *env) colours(w io.Writer) bool {
	force := e.getenv("CLICOLOR_FORCE")
	switch {
	case e.getenv("NO_COLOR") != "" || e.json:
		return false
	case force != "" && force != "0":
		return true
	case e.getenv("TERM") == "dumb" || e.getenv("CLICOLOR") == "0":
		return false
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The inks, each with one meaning. None says what the words do not: whoever sees no
// colour misses nothing.
const (
	bad  = "\x1b[1;31m" // wrong, dangerous, overdue
	warn = "\x1b[33m"   // somebody should know
	good = "\x1b[32m"
	head = "\x1b[1m" // where a part begins, or what to do
	none = "\x1b[0m"
)

// inked are the words that have an ink: the first group of the first row that fits a
// line is drawn in it.
var inked = []struct {
	words *lazyregexp.Regexp
	ink   string
}{
	{lazyregexp.New(`^(错误：|error: |■ 人身安全|■ Safety|不行  |wrong    ?)`), bad},
	{lazyregexp.New(`^(?:结论：|verdict: )(.*(?:改动|altered|拒绝|refused|不安全|unsafe|不是同一份|not the bundle).*)`), bad},
	{lazyregexp.New(`^(?:结论：|verdict: )(.*(?:仅|没能|itself|could not).*)`), warn},
	{lazyregexp.New(`^(?:结论：|verdict: )(.*(?:完好|anchored).*)`), good},
	{lazyregexp.New(`(已超期 \d+ 天|overdue by \d+ days?)`), bad},
	{lazyregexp.New(`^(没有  |注意  |missing  |note     )`), warn},
	{lazyregexp.New(`^(好    |good     )`), good},
	{lazyregexp.New(`^(提示：|hint: |下一步：|next: |■ [^，：。:,]*)`), head},
}

// painted draws the lines of a text that mean something in their inks.
func painted(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		out.WriteString(paintedLine(line))
	}
	return out.String()
}

func paintedLine(line string) string {
	for _, i := range inked {
		if at := i.words.FindStringSubmatchIndex(line); at != nil {
			return line[:at[2]] + i.ink + line[at[2]:at[3]] + none + line[at[3]:]
		}
	}
	return line
}
