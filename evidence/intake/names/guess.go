package names

import (
	"regexp"
	"strings"
	"time"

	"juzheng/evidence"
)

var (
	guessNumber = regexp.MustCompile(`(?:^|\D)((?:\+86|0086)?1[3-9]\d{9}|\+[1-9]\d{7,14}|` +
		`0\d{2,3}-?\d{7,8}|400\d{7}|95\d{3,9})(?:\D|$)`)
	guessCompact = regexp.MustCompile(`(20\d{6})[ _-]?(\d{6})`)
	guessDashed  = regexp.MustCompile(`(20\d\d-\d\d-\d\d)[ _](\d\d-\d\d-\d\d)`)
)

// guessSpelled is a day and an hour in any spelling.
var guessSpelled = regexp.MustCompile(`(?:^|\D)(20\d\d)[-._年](\d{1,2})[-._月](\d{1,2})日?[ _T-]*` +
	`(\d{1,2})[-._:：时](\d{2})[-._:：分](\d{2})(?:\D|$)`)

// guessTime finds a full day and hour in the name of a picture. Digits in it are
// nobody's number.
func guessTime(stem string) Name {
	n := guess(stem)
	n.Number = ""
	if n.Scheme == "generic" {
		return n
	}
	m := guessSpelled.FindStringSubmatch(stem)
	if m == nil {
		return Name{}
	}
	n = Name{Guess: true, Scheme: "generic"}
	if !n.readTime(map[string]string{"y": m[1], "mo": twoDigits(m[2]), "d": twoDigits(m[3]), "h": twoDigits(m[4]),
		"mi": m[5], "s": m[6]}) {
		return Name{}
	}
	return n
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// Words is the form of names that people give: they hold a number, and no time.
const Words = "words"

// spokenNumber is a mobile number as people write it.
var spokenNumber = regexp.MustCompile(`^(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$`)

// inWords finds the number in a name such as 与 199 0000 0311 的通话. Of several
// none is taken.
func inWords(stem string) Name {
	var found []string
	for _, run := range strings.FieldsFunc(stem,
		func(r rune) bool { return !strings.ContainsRune("0123456789+- ", r) }) {
		if run = strings.Trim(run, " -"); spokenNumber.MatchString(run) {
			found = append(found, run)
		}
	}
	if len(found) != 1 {
		return Name{}
	}
	return Name{Scheme: Words, Number: found[0]}
}

// guess finds a time and perhaps a number in a name of no known form.
func guess(stem string) Name {
	n := Name{Guess: true}
	for _, g := range []struct {
		re     *regexp.Regexp
		layout string
	}{{guessCompact, "20060102 150405"}, {guessDashed, "2006-01-02 15-04-05"}} {
		m := g.re.FindStringSubmatchIndex(stem)
		if m == nil {
			continue
		}
		t, err := time.ParseInLocation(g.layout, stem[m[2]:m[3]]+" "+stem[m[4]:m[5]], evidence.Beijing)
		if err != nil {
			continue
		}
		n.Scheme = "generic"
		n.Time = evidence.Time{At: t, Precision: evidence.ToSecond, Device: true, Source: "name:generic"}
		stem = stem[:m[0]] + " " + stem[m[1]:]
		break
	}
	if n.Scheme == "" {
		return inWords(stem)
	}
	if m := guessNumber.FindStringSubmatch(stem); m != nil {
		n.Number = m[1]
	}
	return n
}
