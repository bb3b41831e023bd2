package mask

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"juzheng/evidence"
)

// Mark stands in place of words that were covered, whatever their
// length.
const Mark = "〔已遮盖〕"

// Redact makes a matter what the recipient of a role may read: it takes in
// the redactions that are for them, replaces their words in everything the
// case says or a file shows, and masks other people's numbers and names. The
// matter that is given stays as it is. Boxes are left to whoever draws the
// pictures. Missing are the rows whose words are nowhere: what they were meant
// for would stay to be read.
func Redact(
	in Matter, role evidence.Role, rows []evidence.Redaction,
) (out Matter, masks *Mask, missing []evidence.Redaction) {
	in.Redactions = slices.Clone(in.Redactions)
	for _, r := range rows {
		if r.For(string(role)) {
			in.Redactions = append(in.Redactions, r)
		}
	}
	in.Findings, in.Incidents, in.Exhibits = slices.Clone(in.Findings), slices.Clone(in.Incidents),
		slices.Clone(in.Exhibits)
	for n := range in.Findings {
		in.Findings[n].Incidents = slices.Clone(in.Findings[n].Incidents)
	}
	in.Passages = maps.Clone(in.Passages)
	for n, x := range in.Exhibits {
		in.Exhibits[n].Notes = slices.Clone(x.Notes)
	}
	for _, r := range in.Redactions {
		if r.Text != "" && !in.replace(r) {
			missing = append(missing, r)
		}
	}
	masks = New(in, role)
	in.through(masks)
	return in, masks, missing
}

// replace covers the words of one row and reports whether they were there.
// The slices of the matter are its own.
func (in *Matter) replace(r evidence.Redaction) (found bool) {
	words := wordsForm(r.Text)
	hide := func(s *string) {
		if words.MatchString(*s) {
			*s, found = words.ReplaceAllLiteralString(*s, Mark), true
		}
	}
	act := func(i *evidence.Incident) {
		if r.Exhibit == "" || slices.Contains(i.Exhibits, r.Exhibit) {
			hide(&i.Shown)
			hide(&i.Words)
			hide(&i.ToldBy)
			hide(&i.Name)
		}
	}
	for n := range in.Incidents {
		act(&in.Incidents[n])
	}
	for n := range in.Findings {
		for m := range in.Findings[n].Incidents {
			act(&in.Findings[n].Incidents[m])
		}
	}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		if r.Exhibit != "" && r.Exhibit != x.Number && !x.Transcribes(r.Exhibit) {
			continue
		}
		hide(&x.Title)
		hide(&x.OriginalName)
		hide(&x.ToldBy)
		hide(&x.Media.Contact)
		for m := range x.Notes {
			hide(&x.Notes[m].Detail)
		}
		if p := slices.Clone(in.Passages[x.Number]); p != nil {
			for m := range p {
				hide(&p[m].Text)
			}
			in.Passages[x.Number] = p
		}
	}
	if r.Exhibit == "" {
		in.Case = coverCase(in.Case, hide)
	}
	return found
}

// coverCase replaces words in what the person wrote in their own words. Names
// of parties stay: without them there is no letter.
func coverCase(c evidence.Case, hide func(*string)) evidence.Case {
	c.Requests, c.Filings = slices.Clone(c.Requests), slices.Clone(c.Filings)
	for n := range c.Requests {
		hide(&c.Requests[n])
	}
	for n := range c.Filings {
		hide(&c.Filings[n].Receipt)
		hide(&c.Filings[n].Answer)
		hide(&c.Filings[n].Points)
	}
	for _, s := range []*string{&c.Deferral.Reason, &c.Credit.Entry, &c.Credit.Wrong} {
		hide(s)
	}
	for _, l := range []*[]string{&c.Deferral.Plan, &c.Loan.Schedule, &c.Loan.Fees, &c.Loan.Repaid} {
		*l = slices.Clone(*l)
		for n := range *l {
			hide(&(*l)[n])
		}
	}
	return c
}

// wordsForm finds words however a file breaks them over lines or spaces them.
func wordsForm(s string) *regexp.Regexp {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(`[\s\x{200B}-\x{200F}\x{3000}]*`)
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
	}
	return regexp.MustCompile(`(?i)` + b.String())
}

// through puts every text of a matter through the mask. Its slices are its
// own; digests, exhibit numbers and provisions stay as they are.
func (in *Matter) through(p *Mask) {
	text := func(all ...*string) {
		for _, s := range all {
			*s = p.Text(*s)
		}
	}
	incident := func(i *evidence.Incident) {
		i.Number = p.Number(*i)
		text(&i.Name, &i.ToldBy, &i.Shown, &i.Words, &i.SIM)
	}
	for n := range in.Incidents {
		incident(&in.Incidents[n])
	}
	for n := range in.Findings {
		f := &in.Findings[n]
		for m := range f.Incidents {
			incident(&f.Incidents[m])
		}
		f.Doubts, f.Counts = slices.Clone(f.Doubts), slices.Clone(f.Counts)
		text(&f.Method.ZH)
		for m := range f.Doubts {
			f.Doubts[m] = f.Doubts[m].Through(p.Text)
		}
		for m := range f.Counts {
			text(&f.Counts[m].What.ZH)
		}
	}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		text(&x.Title, &x.OriginalName, &x.ToldBy, &x.OriginalPath, &x.Media.Number, &x.Media.Contact, &x.Media.SIM)
		for m := range x.Notes {
			text(&x.Notes[m].Detail)
		}
	}
	for x, passages := range in.Passages {
		in.Passages[x] = slices.Clone(passages)
		for m := range in.Passages[x] {
			text(&in.Passages[x][m].Text)
		}
	}
	in.Case = coverCase(in.Case, func(s *string) { text(s) })
}
