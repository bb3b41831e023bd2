package bag

import (
	"fmt"
	"strings"
)

// A Text is one thing said in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// A Severity says what a problem means for the verdict.
type Severity string

// The severities, worst first.
const (
	Refused   Severity = "refused"   // not a bundle, or unsafe to read
	Altered   Severity = "altered"   // the bundle is not what was sealed, or the bag is not valid
	SealBad   Severity = "seal"      // content intact, but a signature or time-stamp is invalid
	Unchecked Severity = "unchecked" // no result could be had
	// what is here is intact, and not all is here, or not all of it is vouched for
	Incomplete Severity = "incomplete"
	Unmet      Severity = "unmet"   // content intact, but what was asked to vouch for it is not there
	Warning    Severity = "warning" // a reader should know
	Note       Severity = "note"    // harmless
)

var severityOrder = map[Severity]int{Refused: 0, Altered: 1, SealBad: 2, Unchecked: 3, Incomplete: 4, Unmet: 5,
	Warning: 6,
	Note:    7}

// exits are the severities from the worst on, with what the command then ends with.
var exits = []struct {
	severity Severity
	code     int
}{{Refused, 8}, {Altered, 5}, {SealBad, 6}, {Unchecked, 3}, {Incomplete, 3}, {Unmet, 7}}

// A Problem 校验问题 is one thing Verify reports. Code is stable.
type Problem struct {
	Code     string   `json:"code"` // E-FILE-MODIFIED
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"`  // in the bag, as listed; escaped if it is not plain UTF-8
	Line     int      `json:"line,omitempty"`  // of Path, from 1
	Count    int      `json:"count,omitempty"` // stands for so many more of the code
	Detail   Text     `json:"detail"`
}

// newProblem makes a problem as in a bundle of ours. Arguments of type Text
// are put in by language.
func newProblem(code, path string, args ...any) Problem {
	w, ok := words[code]
	if !ok {
		w = wording{severity: Altered, zh: code, en: code}
	}
	zh, en := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case Text:
			zh[i], en[i] = a.ZH, a.EN
		case string: // it may come out of the bag
			zh[i], en[i] = Marked(a), Marked(a)
		default:
			zh[i], en[i] = a, a
		}
	}
	return Problem{Code: code, Severity: w.severity, Path: path, Detail: Text{say(w.zh, zh), say(w.en, en)}}
}

// say formats without complaint about arguments a sentence does not use.
func say(format string, args []any) string {
	if !strings.Contains(format, "%") {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// foreignSeverity is the severity of a code in a bag of others.
func foreignSeverity(code string) Severity {
	w := words[code]
	if w.foreign != "" {
		return w.foreign
	}
	return w.severity
}
