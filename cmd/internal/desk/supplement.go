package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates/packet"
)

// SupplementFolder is where a supplement lies in a recipient's folder.
const SupplementFolder = packet.ExtraFolder

// A SupplementError reports an exhibit with which no supplement can begin.
type SupplementError struct {
	Given  string
	Number string // empty: what was given is no number
	First  bool   // it is the first exhibit: nothing before it can have been filed
}

func (e *SupplementError) Error() string { return fmt.Sprintf("no supplement begins with %q", e.Given) }

var numberForm = lazyregexp.New(`^(?:[Ee]|证据)?0*([1-9][0-9]{0,5})$`)

// exhibitNumber is what a number means as it may be typed: E012, e12, 12 or 证据12.
func exhibitNumber(s string) (number string, ok bool) {
	m := numberForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	n, err := strconv.Atoi(m[1])
	return fmt.Sprintf("E%03d", n), err == nil
}

// supplementFrom finds the exhibit a supplement begins with: E012, 12 or
// 证据12. It has to exist, and another before it.
func supplementFrom(s string, exhibits []evidence.Exhibit) (string, error) {
	number, ok := exhibitNumber(s)
	if !ok {
		return "", &SupplementError{Given: s}
	}
	at := slices.IndexFunc(exhibits, func(x evidence.Exhibit) bool { return x.Number == number })
	if at < 1 {
		return "", &SupplementError{s, number, at == 0}
	}
	return number, nil
}
