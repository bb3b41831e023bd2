package bag

import (
	"path"
	"slices"
	"strings"

	"juzheng/evidence/bag/commit"
)

// Some are some of the exhibits.
type Some struct {
	Count   int      `json:"count"`
	Numbers []string `json:"numbers"` // a hundred at most; in bags of other formats their paths
}

func (s *Some) add(number string) {
	s.Count++
	s.Numbers = named(s.Numbers, number)
}

// A Presence says what became of each exhibit that is to be in a bag. An exhibit
// is here if it stands in its place as it was sealed: a file that was renamed, or
// holds something else, is not the exhibit.
type Presence struct {
	Items    int  `json:"items"` // all of them
	Here     int  `json:"here"`
	Withheld int  `json:"withheld"`         // their owner left them out of this copy
	Missing  Some `json:"missing,omitzero"` // this copy lists them, and they are gone or renamed
	Altered  Some `json:"altered,omitzero"` // there, and not as the lists say
	Unread   Some `json:"unread,omitzero"`  // there, perhaps, and could not be read
}

// Presence says of the exhibits of a bag of any format what is here. Of format 2
// it is of the lines that an anchor stands for, see [Evidence].
func (r *Result) Presence() Presence {
	if r.Evidence != nil {
		return r.Evidence.Presence
	}
	p := Presence{Items: r.Counts.Listed, Withheld: r.Counts.Withheld}
	for _, f := range r.Files {
		if !strings.HasPrefix(f.Path, "data/") {
			continue
		}
		switch f.Status {
		case Missing, Renamed, CaseRenamed, FormRenamed:
			p.Missing.add(f.Path)
		case Modified, Swapped, TypeChanged, DigestConflict:
			p.Altered.add(f.Path)
		case Unreadable, Changing:
			p.Unread.add(f.Path)
		}
	}
	p.Here = max(p.Items-p.Withheld-p.Missing.Count-p.Altered.Count-p.Unread.Count, 0)
	return p
}

// presence sorts the exhibits that the list takes in by what is here of them.
func (c *check) presence(in []string) Presence {
	p := Presence{Items: len(in)}
	listed, there := c.payloadNumbers()
	for _, number := range in {
		switch c.exhibitStatus(number, listed, there) {
		case OK:
			p.Here++
		case Withheld:
			p.Withheld++
		case Missing:
			p.Missing.add(number)
		case Unreadable:
			p.Unread.add(number)
		default:
			p.Altered.add(number)
		}
	}
	return p
}

// payloadNumbers are the numbers of the exhibits whose files the lists of this
// copy name, and of those whose files are here.
func (c *check) payloadNumbers() (listed, there map[string]bool) {
	listed, there = map[string]bool{}, map[string]bool{}
	number := func(p string) string {
		name, ok := strings.CutPrefix(p, "data/")
		if number, _, _ := strings.Cut(name, "."); ok && commit.ValidNumber(number) {
			return number
		}
		return ""
	}
	lists := c.lists
	if c.sums != nil {
		lists = append(slices.Clone(lists), c.sums)
	}
	for _, m := range lists {
		for p := range m.digests {
			if n, ok := strings.CutPrefix(p, openingsDir+"/"); ok {
				listed[strings.TrimSuffix(n, path.Ext(n))] = true
			}
			listed[number(p)] = true
		}
	}
	for i := range c.nodes {
		there[number(c.nodes[i].path)] = true
	}
	return listed, there
}

// exhibitStatus is OK, Withheld, Missing, Unreadable or Modified. What a list of
// this copy names was in it: nobody withheld that.
func (c *check) exhibitStatus(number string, listed, there map[string]bool) Status {
	name := commit.OpeningPath(number)
	o, opened := c.two.openings[number]
	if !opened {
		r := c.read[name]
		switch {
		case r != nil && r.err != nil && unreadableErr(r.err):
			return Unreadable
		case r != nil, there[number]: // an opening of another form, or none
			return Modified
		case c.behindShut(name):
			return Unreadable
		case listed[number]:
			return Missing
		}
		return Withheld
	}
	r := c.read[o.Data]
	switch {
	case r == nil && c.behindShut(o.Data):
		return Unreadable
	case r == nil && c.byPath[o.Data] == nil:
		return Missing
	case r != nil && r.err != nil && unreadableErr(r.err):
		return Unreadable
	}
	sha, sm3 := c.two.list.CommitsTo(number, c.read[name].digest("sha256"), c.read[name].digest("sm3"))
	if !sha || !sm3 || !c.asOpened(number) {
		return Modified
	}
	return OK
}
