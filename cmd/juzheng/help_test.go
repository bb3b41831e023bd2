package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

var flagWord = regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]*)`)

// Help is written by hand, so it is held against the flags both ways, in
// both languages.
func TestHelpNamesEveryFlag(t *testing.T) {
	var g global
	var globals []string
	fs, _ := versionCommand.flags(&g)
	fs.VisitAll(func(f *pflag.Flag) { globals = append(globals, f.Name) })

	for _, c := range commands() {
		fs, _ := c.flags(&g)
		var flags []string
		fs.VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
		for lang, help := range map[string]string{"zh": c.help.ZH, "en": c.help.EN} {
			whole := help + "\n" + globalHelp.In(lang)
			var named []string
			for _, m := range flagWord.FindAllStringSubmatch(whole, -1) {
				named = append(named, m[1])
			}
			for _, f := range flags {
				if !slices.Contains(named, f) {
					t.Errorf("%s (%s): help does not name --%s", c.name, lang, f)
				}
			}
			for _, n := range named {
				if !slices.Contains(flags, n) {
					t.Errorf("%s (%s): help names --%s, which is not a flag of it", c.name, lang, n)
				}
			}
			if !strings.Contains(help, "juzheng "+c.name) {
				t.Errorf("%s (%s): help has no line of use", c.name, lang)
			}
			for i, line := range strings.Split(whole, "\n") {
				if cells(line) > 100 {
					t.Errorf("%s (%s) line %d is %d cells wide: %s", c.name, lang, i+1, cells(line), line)
				}
			}
		}
		if c.brief.ZH == "" || c.brief.EN == "" {
			t.Errorf("%s: a brief line is missing", c.name)
		}
	}
}

// What somebody sees who types nothing but the program's name fits a
// terminal, and names every command once.
func TestOverviewFitsATerminal(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		var b strings.Builder
		e := env{global: global{lang: lang}}
		e.overview(&b)
		for line := range strings.Lines(b.String()) {
			if n := cells(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("%s: %d cells: %s", lang, n, line)
			}
		}
		for _, c := range commands() {
			if n := strings.Count(b.String(), "\n  "+c.name+" "); n != 1 {
				t.Errorf("%s: %s stands there %d times", lang, c.name, n)
			}
		}
	}
}
