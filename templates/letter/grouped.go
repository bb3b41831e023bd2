package letter

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// How many exhibits a list names each by itself at most, and how many alike ones are
// named together at least where there are more.
const (
	mostAlone     = 20
	fewestGrouped = 3
)

// grouped parts exhibits into the lines of a list: in a long list those that follow one
// another, are of one kind and are put forward for the same have one line.
func (in Input) grouped(exhibits []evidence.Exhibit) [][]evidence.Exhibit {
	var out [][]evidence.Exhibit
	few := len(in.used()) <= mostAlone
	for len(exhibits) > 0 {
		n := 1
		for !few && len(exhibits) > n && in.alike(exhibits[0].Number, exhibits[n].Number) {
			n++
		}
		if n < fewestGrouped {
			n = 1
		}
		out, exhibits = append(out, exhibits[:n]), exhibits[n:]
	}
	return out
}

// alike reports two exhibits that a list can name in one line; a log is like no other,
// for how many rows of it matter is its own.
func (in Input) alike(a, b string) bool {
	x := in.exhibitsNamed([]LeftOut{{Exhibit: a}, {Exhibit: b}})
	return len(x) == 2 && !isLog(x[0]) && x[0].Kind == x[1].Kind && in.titleOfExhibit(x[0]) == in.titleOfExhibit(x[1]) &&
		in.proves(a) == in.proves(b) && in.originalWord(x[0]) == in.originalWord(x[1])
}

// exhibitsNamed are the exhibits of the case with the numbers of a list, in its order.
func (in Input) exhibitsNamed(list []LeftOut) []evidence.Exhibit {
	var out []evidence.Exhibit
	for _, l := range list {
		if n := in.placeOf(l.Exhibit); n >= 0 {
			out = append(out, in.Exhibits[n])
		}
	}
	return out
}

// labelOfAll is 证据3–31，29份: numbers between them may be left out.
func labelOfAll(g []evidence.Exhibit) string {
	if len(g) == 1 {
		return label(g[0].Number)
	}
	return fmt.Sprintf("%s–%s，%d份", label(g[0].Number), label(g[len(g)-1].Number)[len("证据"):], len(g))
}

// places are the pages from that of the first of some exhibits to that of the last.
func (in paper) places(g []evidence.Exhibit) document.Cell {
	out := in.place(g[0].Number)
	if len(g) > 1 {
		out = append(append(slices.Clone(out), document.Span{Text: "–"}), in.place(g[len(g)-1].Number)...)
	}
	return out
}

// aboutAll is one line on what some exhibits are.
func (in Input) aboutAll(g []evidence.Exhibit) string {
	var events []evidence.Incident
	seen := map[string]bool{}
	seconds := 0.0
	for _, x := range g {
		seconds += x.Media.Seconds
		for _, i := range in.showing(x.Number) {
			if !seen[i.ID] {
				seen[i.ID] = true
				events = append(events, i)
			}
		}
	}
	s := ""
	untimed := func(i evidence.Incident) bool { return i.Time.IsZero() }
	if timed := slices.DeleteFunc(slices.Clone(events), untimed); len(timed) > 0 {
		s = spanOfDays(timed) + "，"
	}
	if len(events) > 0 {
		s += fmt.Sprintf("共%d项", len(events))
	}
	if seconds > 0 {
		s += "，时长合计" + duration(int(seconds+0.5))
	}
	return s
}

// timelineAt says where the book has the events by time.
func (in paper) timelineAt() document.Block {
	before := "事件按时间列在证据册第"
	if in.volumes() > 1 {
		before = "事件按时间列在证据册第1册第"
	}
	return document.Paragraph{Spans: []document.Span{{Text: before}, in.page(Timeline),
		{Text: "页的时间线。"}}, Small: true}
}
