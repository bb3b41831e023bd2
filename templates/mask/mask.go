// Package mask says who gets which numbers and names of a case: one table, for
// every paper.
//
//	own identity number   a respondent: last four; association, supervisor: in full
//	own telephone numbers in full: whoever acts on the letter calls back, and
//	                      has to know which number to stop calling
//	collector's numbers   in full: they are what the complaint is about
//	others' telephone     138****8000, unless the person chose to print it; a
//	                      landline and a service line only if case.toml lists it
//	                      or its owner told of a contact
//	others' identity      last four
//	others' names         surname alone of those case.toml lists, as for numbers,
//	                      of who told of a contact, and of a name that stands in
//	                      a row beside a relation (同事李明, 你单位主管王强); who is called
//	                      by surname and title (张主任) alike; what they are called by
//	                      without their surname (雨桐, 小桐 of 赵雨桐) not at all, but
//	                      where the same characters are part of other words; of a
//	                      shop (老王修车行) who it is named after
//
// [Redact] puts every text of a case through it before a paper is composed:
// rows, tables, file names, captions, transcripts. [New] gives the [Mask]
// alone, for a text that is made later. The package is pure, and it knows no
// letter: what a paper says of what was covered is package letter's.
//
// Bank cards are not masked: the account money was asked to is evidence.
// Pictures and recordings are covered only by what the person marks:
// [evidence.Redaction].
package mask

import (
	"iter"
	"slices"
	"strings"

	"juzheng/evidence"
)

// A Matter is what of a case goes into papers.
type Matter struct {
	Case       evidence.Case
	Findings   []evidence.Finding
	Incidents  []evidence.Incident // all of the case
	Exhibits   []evidence.Exhibit
	Passages   map[string][]evidence.Passage // transcript -> its text
	Redactions []evidence.Redaction          // for the reader: set by [Redact]
}

// rows are the acts of a matter: all of the case, then as each finding has them.
func (in Matter) rows() iter.Seq[*evidence.Incident] {
	return func(yield func(*evidence.Incident) bool) {
		for n := range in.Incidents {
			if !yield(&in.Incidents[n]) {
				return
			}
		}
		for _, f := range in.Findings {
			for n := range f.Incidents {
				if !yield(&f.Incidents[n]) {
					return
				}
			}
		}
	}
}

// A Mask is the table as it falls out for one reader.
type Mask struct {
	fullID bool
	shown  map[string]bool // numbers in full, in normal form
	others []string        // numbers of others, in normal form
	ownIDs []string
	names  []hiddenName
}

// New is the mask of a matter for whoever gets the letter of a role.
func New(in Matter, role evidence.Role) *Mask {
	me := in.Case.Complainant
	p := &Mask{fullID: role.RealName(), shown: map[string]bool{},
		ownIDs: []string{me.IDNumber, in.Case.Agent.IDNumber}}
	for _, f := range in.Findings {
		for _, i := range f.Incidents {
			if i.Direction != evidence.Out {
				p.shown[evidence.NormalNumber(i.Number)] = true
			}
		}
	}
	for _, q := range []evidence.Party{in.Case.Platform, in.Case.Lender, in.Case.Agency, in.Case.Assignee,
		in.Case.Payee} {
		p.shown[evidence.NormalNumber(q.Phone)] = true
	}
	p.shown[evidence.NormalNumber(in.Case.Agent.Phone)] = true
	for _, x := range in.Case.Numbers {
		n, third := evidence.NormalNumber(x.Number), x.Side == evidence.EmergencySide ||
			x.Side == evidence.GuarantorSide || x.Side == evidence.OtherSide
		switch {
		case x.PrintedFor(string(role)) || !third:
			p.shown[n] = true
		default:
			if n != "" {
				p.hide(n)
			}
			for _, called := range []string{x.Name, x.Account} {
				p.hideListed(called, me.Name)
			}
		}
	}
	p.hideTellers(in)
	p.hideNamed(in)
	p.hideParts(in)
	p.shown[evidence.NormalNumber(me.Phone)] = true
	delete(p.shown, "")
	// The longer name first: 王小明 before 王小.
	slices.SortStableFunc(p.names, func(a, b hiddenName) int { return len(b.name) - len(a.name) })
	return p
}

// hideTellers hides the numbers of those who told the person of a contact:
// relatives and colleagues, whom the other side has harassed enough. What
// case.toml says of a number counts more.
func (p *Mask) hideTellers(in Matter) {
	for i := range in.rows() {
		if i.ToldBy == "" {
			continue
		}
		n := evidence.NormalNumber(i.Number)
		if n == "" || slices.ContainsFunc(in.Case.Numbers, func(x evidence.Number) bool {
			return evidence.NormalNumber(x.Number) == n
		}) {
			continue
		}
		p.hide(n)
	}
}

// hideNamed hides the names of those who told of a contact, and names that stand in
// a row beside what their bearer is to the person. In a contact's case that is the
// borrower, without whose name nobody finds the loan.
func (p *Mask) hideNamed(in Matter) {
	me := in.Case.Complainant
	if me.Kind == evidence.Contact {
		return
	}
	own := strings.Join([]string{me.Name, me.Of, in.Case.Agent.Name}, " ")
	hide := func(name string) {
		if !strings.Contains(own, name) &&
			!slices.ContainsFunc(p.names, func(h hiddenName) bool { return h.name == name }) {
			p.names = append(p.names, hiddenName{name: name, masked: maskName(name)})
		}
	}
	hideCalled := func(name string) { // a collector may be called alike
		if !slices.ContainsFunc(in.Case.Numbers, func(x evidence.Number) bool {
			return x.Side == evidence.CollectorSide && strings.Contains(x.Name+" "+x.Account, name)
		}) {
			hide(name)
		}
	}
	looked := map[string]bool{"": true} // a row stands in each finding that rests on it
	for i := range in.rows() {
		for _, s := range []string{i.Shown, i.Words, i.ToldBy} {
			if looked[s] {
				continue
			}
			looked[s] = true
			for _, name := range named(s) {
				hide(name)
			}
			whose := atTheirs
			if s == i.Words {
				whose = atMine
			}
			for _, name := range called(s, whose) {
				hideCalled(name)
			}
		}
		if i.ToldBy == "" {
			continue
		}
		teller, _, _ := strings.Cut(strings.ReplaceAll(i.ToldBy, ",", "，"), "，")
		p.hideListed(teller, own)
	}
	for _, name := range named(in.Case.Statement) {
		hide(name)
	}
	for _, name := range called(in.Case.Statement, atMine) {
		hideCalled(name)
	}
}

func (p *Mask) hide(n string) {
	delete(p.shown, n)
	p.others = append(p.others, n)
}

// Text is a text as the reader may read it.
func (p *Mask) Text(s string) string {
	for _, n := range p.names {
		s = n.cover(s)
	}
	return p.numbers(s)
}

// Number is how the number of an act is printed.
func (p *Mask) Number(i evidence.Incident) string {
	if i.Number == "" || p.shown[evidence.NormalNumber(i.Number)] {
		return i.Number
	}
	return evidence.MaskNumber(i.Number)
}
