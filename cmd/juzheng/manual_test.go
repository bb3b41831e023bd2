package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// Taken apart, a help has lost no word, and each option of the command has its own.
func TestManualKeepsTheHelp(t *testing.T) {
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, lang := range []string{"zh", "en"} {
		for _, c := range append(commands(), guidedCommand) {
			m := readManual(c.help.In(lang))
			var again strings.Builder
			for _, b := range m.blocks {
				again.WriteString(strings.Join(b.lines, "\n"))
				for _, o := range b.options {
					if o.short != "" {
						again.WriteString("-" + o.short + ",")
					}
					again.WriteString("--" + o.long + o.value + strings.Join(o.about, ""))
				}
			}
			if got, want := bare(again.String()), bare(c.help.In(lang)); got != want {
				t.Errorf("%s (%s): words were lost:\n%s\nof\n%s", c.name, lang, got, want)
			}
			told := append(m.options(), readManual(c.shared().In(lang)).options()...)
			var g global
			fs, _ := c.flags(&g)
			fs.VisitAll(func(f *pflag.Flag) {
				n := slices.IndexFunc(told, func(o option) bool { return o.long == f.Name })
				switch {
				case n < 0:
					t.Errorf("%s (%s): no words for --%s", c.name, lang, f.Name)
				case (told[n].value == "") != (f.NoOptDefVal != ""):
					t.Errorf("%s (%s): --%s wants a value, or none: help has %q", c.name, lang, f.Name, told[n].value)
				case told[n].brief() == "" || cells(told[n].brief()) > 60:
					t.Errorf("%s (%s): --%s in a line: %q", c.name, lang, f.Name, told[n].brief())
				}
			})
		}
	}
}

// Words that are offered for an option stand in its help, and mean something to it.
func TestCompletedWordsAreKnown(t *testing.T) {
	offered := 0
	for _, c := range completedWords("en") {
		for _, o := range c.options {
			for _, w := range o.words {
				offered++
				var g global
				command, _ := find(c.name)
				fs, _ := command.flags(&g)
				if err := fs.Parse([]string{"--" + o.long, w}); err != nil {
					t.Errorf("%s --%s %s: %v", c.name, o.long, w, err)
				}
			}
		}
	}
	if offered < 150 {
		t.Errorf("only %d words are offered", offered)
	}
}

// overstruck is how groff makes a letter bold: twice in one place.
var overstruck = regexp.MustCompile(`.\x08`)

// The man page is one that both readers of such pages take without a warning, and
// all commands and options stand in it.
func TestManPage(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		file := filepath.Join(t.TempDir(), "juzheng.1")
		text := manPage(lang, "2026-11-30")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, c := range completedWords(lang) {
			if !strings.Contains(text, "\n.SS "+c.name) {
				t.Errorf("%s: no part for %s", lang, c.name)
			}
			for _, o := range c.options {
				if !strings.Contains(text, roff("--"+o.long)) {
					t.Errorf("%s: nothing of %s --%s", lang, c.name, o.long)
				}
			}
		}
		t.Run("mandoc "+lang, func(t *testing.T) {
			out, err := exec.Command(needTool(t, "mandoc"), "-Tlint", "-Wwarning", file).CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("%v\n%s", err, out)
			}
		})
		t.Run("groff "+lang, func(t *testing.T) {
			run := exec.Command(needTool(t, "groff"), "-man", "-Kutf8", "-Tutf8", "-ww", file)
			var faults strings.Builder
			run.Stderr = &faults
			out, err := run.Output()
			if err != nil || faults.Len() > 0 {
				t.Fatalf("%v\n%s", err, &faults)
			}
			for line := range strings.Lines(string(out)) {
				plain := overstruck.ReplaceAllString(strings.TrimSpace(line), "")
				if n := cells(plain); n > screen && !strings.HasPrefix(plain, "juzheng ") {
					t.Errorf("%d cells: %s", n, plain)
				}
			}
		})
	}
}

// What each shell offers, asked of the shell itself.
func TestCompletionInShells(t *testing.T) {
	dir := t.TempDir()
	for shell, script := range map[string]string{"bash": bashScript(completedWords("zh")),
		"zsh": zshScript(completedWords("zh")), "fish": fishScript(completedWords("zh"))} {
		if err := os.WriteFile(filepath.Join(dir, shell), []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "我的 案件"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line       string
		want, none []string // what is offered, and what is not
	}{
		{"juzheng bui", []string{"build"}, []string{"check"}},
		{"juzheng ver", []string{"verify", "version"}, []string{"build"}},
		{"juzheng build --vol", []string{"--volume-mb"}, []string{"--to"}},
		{"juzheng build x --l", []string{"--letter", "--lang"}, []string{"--to"}},
		{"juzheng build x --lang ", []string{"zh", "en"}, []string{"build"}},
		{"juzheng add x --phone-of em", []string{"emergency"}, []string{"family"}},
		{"juzheng track x fi", []string{"filed"}, []string{"ics"}},
		{"juzheng completion ", []string{"bash", "zsh", "fish", "powershell"}, []string{"build"}},
		{"juzheng help ki", []string{"kinds"}, []string{"phone"}},
		{"juzheng check 我", []string{"我的 案件"}, []string{"build"}},
	} {
		for _, shell := range []string{"bash", "zsh", "fish"} {
			t.Run(shell+" "+c.line, func(t *testing.T) {
				t.Parallel()
				got := offers(t, shell, dir, c.line)
				for _, w := range c.want {
					if !slices.Contains(got, w) {
						t.Errorf("%q is not among %q", w, got)
					}
				}
				for _, w := range c.none {
					if slices.Contains(got, w) {
						t.Errorf("%q is among %q", w, got)
					}
				}
			})
		}
	}
}

// offers is what a shell would show for a line at whose end Tab is pressed.
func offers(t *testing.T, shell, dir, line string) []string {
	t.Helper()
	var script string
	switch shell {
	case "bash": // what readline does, files being its own where nothing is offered
		script = `source ./bash
COMP_LINE=$1 COMP_POINT=${#1}
read -ra COMP_WORDS <<<"$1"
[[ $1 == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
[[ $(complete -p juzheng) == *' -o default -F _juzheng juzheng' ]] || echo "not registered"
_juzheng
if ((${#COMPREPLY[@]})); then printf '%s\n' "${COMPREPLY[@]}"; else compgen -f -- "${COMP_WORDS[COMP_CWORD]}"; fi`
	case "zsh": // a zsh in a terminal of its own, which prints what it would offer
		script = `zmodload zsh/zpty
zpty z env -u TERM zsh -f -i
zpty -w z "PROMPT=; autoload -U compinit; compinit -u -D; source ./zsh"
zpty -w z 'compadd() {
  local -a said; local -A o; builtin compadd -O said "$@"; (( $#said )) && print -rl -- ASK$^said
  builtin compadd "$@"
}'
zpty -w z 'zstyle ":completion:*" list-prompt ""; zstyle ":completion:*" select-prompt ""; bindkey "^I" list-choices'
zpty -w z 'LISTMAX=10000; print READY'
zpty -r z seen '*READY*READY*'
zpty -w -n z "$1"$'\t'
for n in {1..40}; do
  sleep 0.05
  while zpty -r -t z seen; do print -rn -- "$seen"; quiet=0; done
  ((++quiet > 8)) && break
done
zpty -d z`
	case "fish":
		script = `source ./fish; complete -C "$argv[1]" | string replace -r '\t.*' '' | string unescape`
	}
	args := []string{"-c", script, "x", line}
	if shell == "fish" {
		args = []string{"--no-config", "-c", script, line}
	}
	run := exec.Command(needTool(t, shell), args...)
	run.Dir = dir
	run.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir)
	out, err := run.CombinedOutput()
	if err != nil && shell != "bash" {
		t.Fatalf("%v\n%s", err, out)
	}
	var all []string
	for l := range strings.Lines(string(out)) {
		l = strings.TrimRight(l, "\r\n")
		if shell == "zsh" {
			_, said, found := strings.Cut(l, "ASK")
			if !found {
				continue
			}
			l = said
		}
		all = append(all, strings.TrimSuffix(l, "/"))
	}
	return all
}
