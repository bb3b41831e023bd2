// Package lazyregexp has regular expressions that are compiled when first used.
//
// The program has some two hundred of them, and a command uses few: compiling
// all of them was a fifth of the time from its start to its first line. Go's own
// command has a package of this name for the same reason.
package lazyregexp

import (
	"regexp"
	"sync"
)

// A Regexp is a [regexp.Regexp]; its methods are the methods of that name.
type Regexp struct{ Compiled func() *regexp.Regexp }

// New is the regular expression, not compiled yet; when it is first used, a bad one
// panics as [regexp.MustCompile] does.
func New(expr string) *Regexp {
	return &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

// Find is that of the compiled expression.
func (r *Regexp) Find(b []byte) []byte { return r.Compiled().Find(b) }

// FindAllString is that of the compiled expression.
func (r *Regexp) FindAllString(s string, n int) []string { return r.Compiled().FindAllString(s, n) }

// FindAllStringIndex is that of the compiled expression.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return r.Compiled().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of the compiled expression.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return r.Compiled().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of the compiled expression.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return r.Compiled().FindAllStringSubmatchIndex(s, n)
}

// FindAllSubmatch is that of the compiled expression.
func (r *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return r.Compiled().FindAllSubmatch(b, n)
}

// FindString is that of the compiled expression.
func (r *Regexp) FindString(s string) string { return r.Compiled().FindString(s) }

// FindStringIndex is that of the compiled expression.
func (r *Regexp) FindStringIndex(s string) []int { return r.Compiled().FindStringIndex(s) }

// FindStringSubmatch is that of the compiled expression.
func (r *Regexp) FindStringSubmatch(s string) []string { return r.Compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of the compiled expression.
func (r *Regexp) FindStringSubmatchIndex(s string) []int {
	return r.Compiled().FindStringSubmatchIndex(s)
}

// FindSubmatch is that of the compiled expression.
func (r *Regexp) FindSubmatch(b []byte) [][]byte { return r.Compiled().FindSubmatch(b) }

// Match is that of the compiled expression.
func (r *Regexp) Match(b []byte) bool { return r.Compiled().Match(b) }

// MatchString is that of the compiled expression.
func (r *Regexp) MatchString(s string) bool { return r.Compiled().MatchString(s) }

// ReplaceAll is that of the compiled expression.
func (r *Regexp) ReplaceAll(src, repl []byte) []byte { return r.Compiled().ReplaceAll(src, repl) }

// ReplaceAllString is that of the compiled expression.
func (r *Regexp) ReplaceAllString(src, repl string) string {
	return r.Compiled().ReplaceAllString(src, repl)
}

// ReplaceAllStringFunc is that of the compiled expression.
func (r *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return r.Compiled().ReplaceAllStringFunc(src, repl)
}

// Split is that of the compiled expression.
func (r *Regexp) Split(s string, n int) []string { return r.Compiled().Split(s, n) }

// String is that of the compiled expression.
func (r *Regexp) String() string { return r.Compiled().String() }
