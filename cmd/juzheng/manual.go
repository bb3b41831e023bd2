package main

import (
	"strings"

	"juzheng/evidence/lazyregexp"
)

// A manual is a help taken apart, for those who set it in another form: the
// man page and the words that shells complete.
type manual struct{ blocks []block }

// A block is what stands between two empty lines of a help: its lines, or a
// heading with the options below it.
type block struct {
	lines   []string // as written, before the first option
	options []option
}

// An option is one of a command as its help tells of it.
type option struct {
	short, long string   // without dashes
	value       string   // what stands for its value, such as FILE; empty: it takes none
	about       []string // the lines that explain it
}

// optionLine is the first line of an option. Before its words stand two blanks or
// more, or its value and one.
var optionLine = lazyregexp.New(`^ +(?:-([a-zA-Z]), )?--([a-z-]+)(?: (\S+))?(?:\s+(.*))?$`)

// readManual takes a help apart. A test holds that no word of it gets lost.
func readManual(help string) manual {
	var m manual
	for part := range strings.SplitSeq(help, "\n\n") {
		var b block
		for line := range strings.SplitSeq(part, "\n") {
			if at := optionLine.FindStringSubmatch(line); at != nil {
				o := option{short: at[1], long: at[2], value: at[3]}
				if at[4] != "" {
					o.about = []string{at[4]}
				}
				b.options = append(b.options, o)
				continue
			}
			if n := len(b.options); n > 0 && strings.HasPrefix(line, "       ") {
				b.options[n-1].about = append(b.options[n-1].about, strings.TrimLeft(line, " "))
				continue
			}
			b.lines = append(b.lines, line)
		}
		m.blocks = append(m.blocks, b)
	}
	return m
}

// options are all that a help tells of.
func (m manual) options() []option {
	var all []option
	for _, b := range m.blocks {
		all = append(all, b.options...)
	}
	return all
}

// paragraphs are the words of an option; a row of a table among them is one of its own.
func (o option) paragraphs() []string {
	var all []string
	for n, line := range o.about {
		if n == 0 || gap.MatchString(line) || gap.MatchString(o.about[n-1]) {
			all = append(all, line)
			continue
		}
		all[len(all)-1] = runOn(all[len(all)-1], line)
	}
	return all
}

// brief is the first thing that the words of an option say, short enough to stand
// beside it in a list.
func (o option) brief() string {
	const most = 60
	all := o.paragraphs()
	if len(all) == 0 {
		return ""
	}
	text := all[0]
	for _, end := range []string{"；", "。", "; "} {
		text, _, _ = strings.Cut(text, end)
	}
	return cut(strings.TrimSuffix(text, "."), most)
}
