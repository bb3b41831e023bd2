package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The exit codes, as "juzheng help exit" lists them. Those of verify are chosen
// by [bag.Result.ExitCode].
const (
	exitDone        = 0   // done; verify: intact
	exitFailed      = 1   // could not be done
	exitUsage       = 2   // wrong use
	exitPartial     = 3   // done, but not everything could be read or checked
	exitBlocked     = 4   // refused as the case stands; nothing was changed
	exitAltered     = 5   // verify: altered
	exitBadSeal     = 6   // verify: content intact, signature or timestamp invalid
	exitNoAnchor    = 7   // verify --require-anchor: nothing outside vouches
	exitRefused     = 8   // not a bundle, or unsafe
	exitNoCase      = 10  // no case here
	exitLocked      = 11  // case locked by another run
	exitFault       = 70  // fault in the program
	exitInterrupted = 130 // Ctrl-C
)

var errInterrupted = errors.New("interrupted")

// A failure is an error with its words, its exit code and what to do next.
type failure struct {
	code  int
	what  text
	hints []text
	err   error // the chain below, for the curious; may be nil
}

func (f *failure) Error() string {
	if f.err != nil && f.what.EN == "" {
		return f.err.Error()
	}
	return f.what.EN
}

func (f *failure) Unwrap() error { return f.err }

// A silent failure has said all there is to say; only its code is left.
type silent int

func (s silent) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// fill puts the same arguments into both languages.
func fill(t text, args ...any) text {
	if len(args) == 0 {
		return t
	}
	return text{ZH: fmt.Sprintf(t.ZH, inLanguage(args, "zh")...), EN: fmt.Sprintf(t.EN, inLanguage(args, "en")...)}
}

// names are set one behind another, parted as the language parts them.
type names []string

// inLanguage sets lists and texts among the arguments of a text in its language.
func inLanguage(args []any, lang string) []any {
	out := slices.Clone(args)
	for n, a := range out {
		switch a := a.(type) {
		case names:
			out[n] = strings.Join(a, text{ZH: "、", EN: ", "}.In(lang))
		case text:
			out[n] = a.In(lang)
		}
	}
	return out
}

// usage is a failure of the one who typed.
func usage(t text, args ...any) error {
	return &failure{code: exitUsage, what: fill(t, args...)}
}

// fail is an act that could not be done, with advice.
func fail(code int, err error, what text, hints ...text) error {
	return &failure{code: code, what: what, hints: hints, err: err}
}

// report says err on stderr, as JSON if asked, and returns the exit code.
func (e *env) report(err error) int {
	var quiet silent
	if errors.As(err, &quiet) {
		return int(quiet)
	}
	f := explain(err)
	if e.json {
		hints := make([]string, len(f.hints))
		for i, h := range f.hints {
			hints[i] = h.In(e.lang)
		}
		emit(e.stderr, "error", struct {
			Code    int      `json:"exit"`
			Message string   `json:"message"`
			Hints   []string `json:"hints,omitempty"`
		}{f.code, f.what.In(e.lang), hints})
		return f.code
	}
	e.say(text{ZH: "错误：%s", EN: "error: %s"}, f.what.In(e.lang))
	for _, h := range f.hints {
		e.say(text{ZH: "提示：%s", EN: "hint: %s"}, h.In(e.lang))
	}
	return f.code
}
