package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/lazyregexp"
)

// A shell reads the commands that a person is told to type.
type shell string

const (
	posix      shell = "posix"
	cmdExe     shell = "cmd" // and what is not known on Windows
	powershell shell = "powershell"
)

// atHand is the shell this program was started from.
var atHand = sync.OnceValue(shellAtHand)

// quote puts a path in quotes if the shell at hand would take it apart, for commands
// that the user is told to type.
func quote(path string) string { return quoteFor(atHand(), path) }

// On Windows double quotes are the only ones that its two shells both know. No
// name there holds one; before it, a backslash at the end has to be doubled. Within
// them PowerShell still reads $ and `: such a path stands in single ones there.
func quoteFor(in shell, path string) string {
	if in == posix {
		if strings.ContainsAny(path, " \t'\"()&;*?[]{}<>|$`\\!#~") {
			return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
		}
		return path
	}
	if !strings.ContainsAny(path, " \t&()^;,='`$%@#{}[]!~") {
		return path
	}
	if strings.HasSuffix(path, `\`) {
		path += `\`
	}
	if in == powershell && strings.ContainsAny(path, "$`") {
		return "'" + strings.ReplaceAll(path, "'", "''") + "'"
	}
	return `"` + path + `"`
}

// calledAs is how this program is called from the shell at hand: by its name where
// the system finds it by that, else by the place where it lies. self is the program,
// cwd the folder of now, found what the system would run for juzheng. On other
// systems than Windows a program of another name is one that somebody made a name of
// their own for.
func calledAs(in shell, self, cwd, found string) string {
	const name = "juzheng"
	slash := "/"
	if in != posix {
		slash = `\`
	}
	at := strings.LastIndexAny(self, `/\`)
	if in == posix {
		at = strings.LastIndex(self, "/")
	}
	dir, base := self[:max(at, 0)], self[at+1:]
	switch {
	case found == self, at < 0, in == posix && base != name && !strings.HasPrefix(base, name+"-"),
		strings.Contains(self, "go-build"):
		return name
	case dir == strings.TrimSuffix(cwd, slash):
		return "." + slash + quoteFor(in, base)
	}
	path := quoteFor(in, self)
	if in == powershell && path != self {
		return "& " + path // else it is a text and no command
	}
	return path
}

// toldCommands are the commands among the words of a message: what stands there behind
// the program's name is one, as a test holds of all our words, but for a version.
var toldCommands = lazyregexp.New(`\bjuzheng ([a-z][a-z-]+\b|FOLDER|文件夹)`)

// called is how the program is called here; it is asked for when a command is told.
var called = sync.OnceValue(calledHere)

// worksHere sets the commands among words as they work here.
func worksHere(words string) string {
	if !strings.Contains(words, "juzheng ") {
		return words
	}
	return asCalled(called(), words)
}

// asCalled sets the commands among words; called is how the program is called.
func asCalled(called, words string) string {
	if called == "" || called == "juzheng" {
		return words
	}
	return toldCommands.ReplaceAllStringFunc(words, func(s string) string {
		return called + strings.TrimPrefix(s, "juzheng")
	})
}

// calledHere is [calledAs] of this process.
func calledHere() string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	cwd, err := os.Getwd()
	if err != nil {
		return ""
	}
	found := ""
	if path := desk.Installed("juzheng"); path != "" {
		if path, err = filepath.Abs(path); err == nil {
			found = path
		}
	}
	for _, p := range []*string{&self, &cwd, &found} {
		if real, err := filepath.EvalSymlinks(*p); err == nil {
			*p = real
		}
	}
	return calledAs(atHand(), self, cwd, found)
}
