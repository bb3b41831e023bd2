package main

import (
	"runtime"
	"strings"
)

// quote puts a path in quotes if a shell would take it apart, for commands
// that the user is told to type.
func quote(path string) string { return quoteFor(runtime.GOOS, path) }

// On Windows double quotes are the only ones that its two shells both know. No
// name there holds one; before it, a backslash at the end has to be doubled.
func quoteFor(system, path string) string {
	if system == "windows" {
		if !strings.ContainsAny(path, " \t&()^;,='`$%@#{}[]!~") {
			return path
		}
		if strings.HasSuffix(path, `\`) {
			path += `\`
		}
		return `"` + path + `"`
	}
	if strings.ContainsAny(path, " \t'\"()&;*?[]{}<>|$`\\!#~") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
