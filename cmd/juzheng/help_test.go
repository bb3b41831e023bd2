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
			whole := help + "\n" + c.shared().In(lang)
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
		}
		if c.brief.ZH == "" || c.brief.EN == "" {
			t.Errorf("%s: a brief line is missing", c.name)
		}
	}
}

// Every command can be rehearsed, but those that only look, and the page, where each
// thing is confirmed.
func TestWhatWritesCanBeRehearsed(t *testing.T) {
	looks := []string{"ui", "worker", "check", "list", "directory", "verify", "doctor", "completion", "man", "version",
		"help"}
	for _, c := range commands() {
		if looks := slices.Contains(looks, c.name); looks == (c.writes != nil) {
			t.Errorf("%s: only looks is %t, can be rehearsed is %t", c.name, looks, c.writes != nil)
		}
		if c.writes == nil {
			continue
		}
		var g global
		fs, _ := c.flags(&g)
		for _, name := range slices.Concat(c.writes.out, c.writes.never) {
			if fs.Lookup(name) == nil {
				t.Errorf("%s has no --%s", c.name, name)
			}
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

// Every help fits a terminal of 80 cells, says all that was written and breaks
// no word; only what is typed as it stands may be wider.
func TestHelpFitsATerminal(t *testing.T) {
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, lang := range []string{"zh", "en"} {
		var all strings.Builder
		e := env{global: global{lang: lang}}
		e.helpKinds(&all)
		for _, topic := range []text{exitText, evidenceText, environmentText, phoneText, globalHelp} {
			all.WriteString(flow(topic.In(lang)) + "\n")
		}
		for _, c := range commands() {
			set := flow(c.help.In(lang))
			if bare(set) != bare(c.help.In(lang)) {
				t.Errorf("%s (%s): words were lost or added:\n%s", c.name, lang, set)
			}
			for _, w := range strings.Fields(c.help.In(lang)) {
				if cells(w) == len(w) && !strings.Contains(set, w) {
					t.Errorf("%s (%s): %s is broken", c.name, lang, w)
				}
			}
			e.helpFor(&all, c)
		}
		for line := range strings.Lines(all.String()) {
			if n := cells(strings.TrimRight(line, "\n")); n > screen &&
				!strings.HasPrefix(strings.TrimSpace(line), "juzheng ") {
				t.Errorf("%s: %d cells: %s", lang, n, line)
			}
		}
	}
}

func TestFlow(t *testing.T) {
	for _, c := range []struct{ name, have, want string }{
		{"what fits stays", "a\n  b\n\nc", "a\n  b\n\nc"},
		{"a paragraph", strings.Repeat("four ", 18) + "end\nand the rest of it.\nNext.",
			strings.Repeat("four ", 15) + "four\nfour four end and the rest of it.\nNext."},
		{"an option", "      --flag X  " + strings.Repeat("word ", 14) + "end\n                more\n      --other",
			"      --flag X  " + strings.Repeat("word ", 12) + "word\n                word end more\n      --other"},
		{"Chinese lines meet without a blank", strings.Repeat("中", 41) + "\n" + "文字",
			strings.Repeat("中", 40) + "\n中文字"},
		{"a command stays whole", "  juzheng build " + strings.Repeat("x", 90) + "\n  after", "  juzheng build " +
			strings.Repeat("x", 90) + "\n  after"},
	} {
		if got := flow(c.have); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
}

// Who left something out reads in Chinese what is wanted, and no word of the English help.
func TestUsageIsInOneLanguage(t *testing.T) {
	english := regexp.MustCompile(`\b(?:CASE|PATH|ROOT|FILE|DIR|FOLDER|EXHIBIT|BUNDLE|TOPIC)\b`)
	for _, c := range commands() {
		if c.least == 0 {
			continue
		}
		use := c.usage()
		if !strings.HasPrefix(use.ZH, "juzheng "+c.name) || english.MatchString(use.ZH) {
			t.Errorf("%s: %q", c.name, use.ZH)
		}
		if use.EN != strings.TrimSpace("juzheng "+c.name+" "+c.args) {
			t.Errorf("%s: %q", c.name, use.EN)
		}
	}
}
