package names

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

//go:embed names.json
var namesJSON []byte

// A rule is one form of names: the pattern of the stem, and what is known of
// whoever names files so.
type rule struct {
	Scheme     string `json:"scheme"`
	RE         string `json:"re"`
	Screenshot bool   `json:"screenshot"`
	Saved      bool   `json:"saved"`
	UTC        bool   `json:"utc"`
	Guess      bool   `json:"guess"` // told by hearsay, no sample confirms it

	re *regexp.Regexp
}

// A family is the forms of recordings, or those of pictures and films. The
// first form that fits and whose date exists is taken.
type family struct {
	Extensions []string `json:"extensions"`
	Rules      []rule   `json:"rules"`
}

// table is names.json, compiled on first use.
var table = sync.OnceValue(func() (t struct {
	Recordings family `json:"recordings"`
	Pictures   family `json:"pictures_and_video"`
}) {
	if err := json.Unmarshal(namesJSON, &t); err != nil {
		panic("names.json: " + err.Error()) // embedded, and read by a test
	}
	for _, f := range []family{t.Recordings, t.Pictures} {
		for i := range f.Rules {
			f.Rules[i].re = regexp.MustCompile(f.Rules[i].RE)
		}
	}
	return t
})

// read makes a Name of a stem in this form; not ok if it has another, or its
// date is impossible, so that the next rule gets its chance.
func (r rule) read(stem string) (n Name, ok bool) {
	m := r.re.FindStringSubmatch(stem)
	if m == nil {
		return n, false
	}
	g := map[string]string{}
	for i, group := range r.re.SubexpNames() {
		if group != "" && m[i] != "" {
			g[group] = m[i]
		}
	}
	n = Name{Scheme: r.Scheme, Guess: r.Guess, Screenshot: r.Screenshot, Saved: r.Saved, UTC: r.UTC, App: g["app"]}
	n.readWho(g)
	switch g["dir"] {
	case "in", "↙", "0":
		n.Direction = evidence.In
	case "out", "↗", "1":
		n.Direction = evidence.Out
	}
	if sum := g["md5"]; sum != "" {
		n.App = appOfSum(sum)
	}
	if slot := g["sim"]; slot != "" {
		n.SIM = "SIM " + slot
	}
	return n, n.readTime(g)
}

// hiddenWords stand in names where the number was withheld.
var hiddenWords = map[string]bool{
	"未知号码": true, "未知": true, "私人号码": true, "隐藏号码": true, "无号码": true,
	"unknown": true, "unknown number": true, "private": true, "private number": true, "withheld": true,
	"no caller id": true, "anonymous": true, "-1": true, "-2": true,
}

var numberLike = lazyregexp.New(`^\+?[0-9 ()\-]{3,22}$`)

// readWho reads the number and the contact.
func (n *Name) readWho(g map[string]string) {
	n.Number, n.Contact = g["number"], g["contact"]
	if who := g["who"]; who != "" {
		if numberLike.MatchString(who) {
			n.Number = who
		} else if number, contact, way := whoIn(who); number != "" || way != "" {
			n.Number, n.Contact, n.Direction = number, contact, way
		} else if contact != "" || !strings.ContainsFunc(who, unicode.IsLetter) {
			n.Contact = who // and no mere words of a recorder
		}
	}
	// Some put the number where a contact has no name, and a word where there
	// is no number; a conference has several numbers, and no single other side.
	if n.Scheme == "miui" && !numberLike.MatchString(n.Number) {
		n.Number = ""
	}
	if n.Number != "" && evidence.NormalNumber(n.Number) == "" {
		n.Contact, n.Number = strings.TrimSpace(n.Contact+" "+n.Number), ""
	}
	if c := evidence.NormalNumber(n.Contact); c != "" && numberLike.MatchString(n.Contact) {
		if n.Number == "" && n.Scheme != "miui" || c == evidence.NormalNumber(n.Number) {
			n.Number, n.Contact = cmp.Or(n.Number, n.Contact), ""
		}
	}
	if hiddenWords[strings.ToLower(n.Contact)] {
		n.Contact = "" // not a name
	}
}
