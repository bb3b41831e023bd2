// Package casepage writes a case as one page to look at: what happened by time, what
// the rules say of it and on what ground, the exhibits, played in place, and where
// each complaint stands.
//
// [Write] takes a [Page] of plain values and gives one HTML file that holds all it
// shows: its own policy lets the browser load nothing else, so no request leaves. The
// package knows no case and no file.
package casepage

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"sync"

	"juzheng/evidence/lazyregexp"
)

// A Page is what the file shows.
type Page struct {
	English bool   // the words of the page; what the case says stays as it is
	To      string // role of who it was made for, covered for them; empty: the person
	Title   string
	Made    string // day
	For     string // who it was made for, and what was covered
	Notes   []string

	Chart    *Chart // nil: nothing has a day
	Events   []Event
	Findings []Finding
	Exhibits []Exhibit
	Lanes    []Lane
}

// A Chart counts events by day.
type Chart struct {
	Width, Most int
	First, Last string
	Bars        []Bar
}

// A Bar is one day.
type Bar struct {
	X, Y, W, H, N int
	Day           string
}

// An Event is one act.
type Event struct {
	ID, When, Way, From string
	Shown, Words, What  string
	Exhibits            []string
	Stated              bool // no file shows it
}

// A Finding is what the rules say of acts.
type Finding struct {
	Title, Strength, Method string
	Stated                  bool
	Rows, Ground, Doubts    []string
}

// An Exhibit is a file, in the page itself where Src is not empty.
type Exhibit struct {
	Number, Kind, When, Name, SHA256 string
	Note                             string       // why it is not in the page, and where it is
	Media                            string       // audio, video, image; empty: nothing is played
	Src                              template.URL // a data URL
}

// A Lane is where one complaint stands.
type Lane struct {
	Name, State, Answer string
	Terms               []string
}

// T is a text of the page in its language.
func (p Page) T(zh, en string) string {
	if p.English {
		return en
	}
	return zh
}

// Mark is what every such page has in its head: so that another one may take its place.
const Mark = `<meta name="generator" content="juzheng report">`

//go:embed page.html
var pageHTML string

// MadeFor is the role of who a page was made for; false: it is none of ours.
func MadeFor(html []byte) (role string, ours bool) {
	head := html[:min(len(html), 1024)]
	if !bytes.Contains(head, []byte(Mark)) {
		return "", false
	}
	if m := madeFor.FindSubmatch(head); m != nil {
		role = string(m[1])
	}
	return role, true
}

var madeFor = lazyregexp.New(`<meta name="juzheng-to" content="([a-z0-9-]+)">`)

// page is parsed when the first is written: most runs of the program write none.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("case").Parse(pageHTML))
})

// Write writes the page. html/template escapes all that the case says.
func Write(w io.Writer, p Page) error { return page().Execute(w, p) }

// ChartOf draws how many events each day has, in order of the days; nil where there
// are none.
func ChartOf(days []string, counts map[string]int) *Chart {
	if len(days) == 0 {
		return nil
	}
	const width, high, gap = 12, 100, 4
	c := &Chart{Width: len(days) * (width + gap), First: days[0], Last: days[len(days)-1]}
	for _, d := range days {
		c.Most = max(c.Most, counts[d])
	}
	for n, d := range days {
		h := max(2, counts[d]*high/max(1, c.Most))
		c.Bars = append(c.Bars, Bar{X: n * (width + gap), Y: 105 - h, W: width, H: h, N: counts[d], Day: d})
	}
	return c
}
