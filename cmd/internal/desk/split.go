package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// SplitOptions say which creditor gets a case of its own.
type SplitOptions struct {
	To      string   // folder of the new case
	Brands  []string // names its messages are signed with
	Numbers []string // numbers and accounts that are its own beside those
	// Keep are numbers and accounts that stay with the case though they signed nothing;
	// [KeepAll]: all. What is of no creditor that is known goes to none. Without brands
	// all are kept: who parts by numbers alone says with them all that goes.
	Keep []string
}

// KeepAll keeps all numbers and accounts that signed nothing.
const KeepAll = "all"

// Split is what parts a case by creditors.
type Split struct {
	phrase.Brands
	Own []string // brands that the case itself names as its platform or lender
}

// A Parted is what became of two cases of one phone.
type Parted struct {
	To      string   `json:"to"`
	ID      string   `json:"id"`
	Numbers []string `json:"numbers"` // and accounts, that went to the new case
	Rows    int      `json:"rows"`    // of the timeline that count there now, and not here
	Others  int      `json:"others"`  // that count here, and not there
	Open    int      `json:"open"`    // of nobody known, which count in neither until somebody says
	Nobodys []string `json:"nobodys"` // numbers and accounts that collect, for nobody knows whom
	Left    []string `json:"left"`    // exhibits that stay out of the new case's evidence
	Only    []string `json:"only"`    // exhibits here that only rows of the other creditor rest on
}

// Lines are the objects of the result.
func (r Parted) Lines() []Line { return []Line{{"summary", r}} }

// A BrandLine is a brand as a program reads it.
type BrandLine struct {
	Brand    string   `json:"brand"`
	Numbers  []string `json:"numbers"`
	Messages int      `json:"messages"`
	Calls    int      `json:"calls"`
	Own      bool     `json:"own"`
}

// A SplitSummary says what no brand has.
type SplitSummary struct {
	Brands  int      `json:"brands"`
	Shared  []string `json:"shared"`
	Unknown []string `json:"unknown"`
}

// Lines are the objects of the result.
func (r Split) Lines() []Line {
	var out []Line
	for _, b := range r.All {
		out = append(out, Line{"brand", BrandLine{b.Name, list(b.Numbers), b.Messages, b.Calls,
			slices.Contains(r.Own, b.Name)}})
	}
	return append(out, Line{"summary", SplitSummary{len(r.All), list(r.Shared), list(r.Unknown)}})
}

// A NoBrandError reports a name or number that no row has.
type NoBrandError struct{ Name string }

func (e *NoBrandError) Error() string { return fmt.Sprintf("no row of the case is of %q", e.Name) }

// Brands says which names messages about a debt are signed with, and whose numbers are
// whose. It writes nothing.
func Brands(ctx context.Context, d Desk, dir string) (Split, error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return Split{}, err
	}
	return BrandsOf(x), nil
}

// otherCreditors are the brands of a phone that are not those of the case's own platform,
// lender or agency, with rows that still count in it: they want a case of their own. While
// the case names nobody yet, one brand alone may be its own.
func otherCreditors(x Dossier) []BrandLine {
	brands := phrase.BrandsIn(x.Case, x.Incidents)
	var out []BrandLine
	for _, b := range brands.All {
		counts := func(i evidence.Incident) bool { return brands.Of(i) == b.Name && i.Use != evidence.No }
		if !phrase.OwnBrand(x.Case, b.Name) && slices.ContainsFunc(x.Incidents, counts) {
			out = append(out, BrandLine{b.Name, list(b.Numbers), b.Messages, b.Calls, false})
		}
	}
	if len(out) < 2 && !x.Case.Platform.Known() && !x.Case.Lender.Known() {
		return nil
	}
	return out
}

// An OwnBrandError reports a name of the creditor whose case it is: that one stays.
type OwnBrandError struct{ Name string }

func (e *OwnBrandError) Error() string { return fmt.Sprintf("%q is the case's own creditor", e.Name) }

// PartCase gives another creditor a case of its own, of the same reading of the phone:
// its rows and numbers count there and no longer here, and those of this one do not count
// there. What is of nobody known counts in neither. The changes here are an answer, which
// can be taken back.
func PartCase(ctx context.Context, d Desk, dir string, o SplitOptions) (r Parted, err error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	if _, err := os.Lstat(o.To); !errors.Is(err, fs.ErrNotExist) {
		return r, &TakenError{o.To}
	}
	x, err := read(d, f)
	if err != nil {
		return r, err
	}
	p, err := partingOf(x, o)
	if err != nil {
		return r, err
	}
	c := evidence.Case{Created: d.Now, Complainant: x.Case.Complainant, Agent: x.Case.Agent,
		Organisation: x.Case.Organisation, Numbers: p.theirs}
	if c.ID, err = newID(d.Now); err != nil {
		return r, err
	}
	if len(o.Brands) > 0 {
		c.Platform.Brand = o.Brands[0]
	}
	r = Parted{To: o.To, ID: c.ID, Numbers: p.numbers, Open: p.open, Nobodys: p.nobodys, Left: p.left(x),
		Only: p.only(x)}
	for _, i := range x.Incidents {
		switch {
		case p.of[i.ID] == partTheirs:
			r.Rows++
		case p.of[i.ID] == partOurs && i.Use != evidence.No:
			r.Others++
		}
	}
	if err := f.Branch(ctx, o.To, c, d.Now, func(made *folder.Folder) error {
		if _, err := made.ChangeIncidents(p.changed(x), "split: whose it is", d.Now); err != nil {
			return err
		}
		return made.Leave(r.Left, true, "属于另一个案件", d.Now)
	}); err != nil {
		return r, err
	}
	_, err = f.Answer(p.answer(x, o), d.Now)
	return r, err
}

// A part is whose an act is.
type part int

const (
	partOpen   part = iota // nobody's that is known
	partOurs               // of the creditor whose case it was
	partTheirs             // of the one that gets a case
)

// A parting is whose the rows and numbers of a case are.
type parting struct {
	of      map[string]part   // row
	numbers []string          // and accounts, of the other creditor
	nobodys []string          // that collect, and of which creditor is not known
	kept    []string          // that signed nothing and stay: nobody had said so before
	theirs  []evidence.Number // for its case.toml
	// which of those that wrote are accounts
	accounts map[string]bool
	open     int
}

func partingOf(x Dossier, o SplitOptions) (p parting, err error) {
	brands := phrase.BrandsIn(x.Case, x.Incidents)
	for _, name := range o.Brands {
		if phrase.OwnBrand(x.Case, name) {
			return p, &OwnBrandError{name}
		}
		n := slices.IndexFunc(brands.All, func(b phrase.Brand) bool { return b.Name == name })
		if n < 0 {
			return p, &NoBrandError{name}
		}
		p.numbers = append(p.numbers, brands.All[n].Numbers...)
	}
	for _, typed := range o.Numbers {
		number := evidence.NormalNumber(typed)
		n := slices.IndexFunc(x.Incidents, func(i evidence.Incident) bool {
			who := writer(i)
			return who != "" && (who == number || who == typed)
		})
		if n < 0 {
			return p, &NoBrandError{typed}
		}
		if who := writer(x.Incidents[n]); !slices.Contains(p.numbers, who) {
			p.numbers = append(p.numbers, who)
		}
	}
	lenders := phrase.LendersOf(x.Case, x.Incidents)
	// another lender's are this one's
	only := len(lenders.Others) == 1 && slices.Contains(o.Brands, lenders.Others[0])
	for _, n := range x.Case.Numbers {
		who := n.Writer()
		if only && n.For == evidence.ForOther && n.Side.Collecting() && !slices.Contains(p.numbers, who) {
			p.numbers = append(p.numbers, who)
		}
	}
	slices.Sort(p.numbers)
	for _, n := range x.Case.Numbers {
		who := n.Writer()
		signed := n.Account == "" && !slices.Contains(brands.Unknown, who)
		kept := slices.ContainsFunc(o.Keep, func(k string) bool {
			return k == KeepAll || k == n.Account || k == who || evidence.NormalNumber(k) == who
		})
		kept = n.For != evidence.ForOther && (kept || len(o.Brands) == 0 || lenders.Own(who))
		if kept && n.Side.Collecting() && !signed && n.For == "" && !slices.Contains(p.numbers, who) {
			p.kept = append(p.kept, who)
		}
		if n.Side.Collecting() && !signed && !kept && !slices.Contains(p.numbers, who) {
			p.nobodys = append(p.nobodys, who)
		}
	}
	p.of = map[string]part{}
	for _, i := range x.Incidents {
		brand, who := brands.Of(i), writer(i)
		said := i.Use == evidence.Yes || len(i.Asserted) > 0 || i.Reached.Third()
		nobodys := slices.Contains(p.nobodys, who)
		switch {
		case slices.Contains(o.Brands, brand), brand == "" && who != "" && slices.Contains(p.numbers, who):
			p.of[i.ID] = partTheirs
		case brand != "", said, x.Case.SideOfWriter(i).Collecting() && !nobodys:
			p.of[i.ID] = partOurs
		case i.Direction != evidence.Out && (x.Case.SaidOf(i) == "" || nobodys) && i.Use != evidence.No:
			p.open++
		}
	}
	for _, n := range x.Case.Numbers {
		who := n.Writer()
		switch {
		case slices.Contains(p.numbers, who):
			continue
		case slices.Contains(p.nobodys, who):
			n.Side, n.Name = evidence.OtherSide, nobodysName
		case n.Side.Collecting() && !slices.Contains(brands.Shared, who):
			n.Side, n.Name = evidence.OtherSide, otherCaseName(n.Side)
		}
		n.For = "" // it is said of this case
		p.theirs = append(p.theirs, n)
	}
	p.accounts = map[string]bool{}
	for _, n := range x.Case.Numbers {
		p.accounts[n.Writer()] = n.Number == ""
	}
	for _, i := range x.Incidents {
		p.accounts[writer(i)] = i.Number == ""
	}
	for _, who := range p.numbers {
		n := evidence.Number{Number: who, Side: saidSide(x.Case, who), For: evidence.ForThis}
		if p.accounts[who] {
			n.Number, n.Account = "", who
		}
		p.theirs = append(p.theirs, n)
	}
	return p, nil
}

// writer is the number or account an act came from.
func writer(i evidence.Incident) string { return cmp.Or(evidence.NormalNumber(i.Number), i.Account()) }

// What the numbers of others are called in case.toml.
const (
	otherCollector, otherPlatform, otherLender = evidence.OfOtherCase + "催收", evidence.OfOtherCase + "平台",
		evidence.OfOtherCase + "放款机构"
	nobodysName = "不知道是哪一家的催收"
)

func otherCaseName(s evidence.Side) string {
	switch s {
	case evidence.PlatformSide:
		return otherPlatform
	case evidence.LenderSide:
		return otherLender
	}
	return otherCollector
}

// saidSide is whose number or account of the creditor's own it was said to be: a lender's
// stays a lender's. Of others it is the collector's, since its messages press for the debt
// or the person parts by it.
func saidSide(c evidence.Case, who string) evidence.Side {
	for _, n := range c.Numbers {
		if n.Writer() == who && n.Side.Collecting() {
			return n.Side
		}
	}
	return evidence.CollectorSide
}

// PartedAs is what the number or account of an act is called since the case was parted;
// empty: it is this case's, or the person said otherwise.
func PartedAs(c evidence.Case, i evidence.Incident) string {
	n := slices.IndexFunc(c.Numbers, func(n evidence.Number) bool { return n.Writer() == writer(i) })
	parted := []string{otherCollector, otherPlatform, otherLender, nobodysName}
	if n < 0 || !slices.Contains(parted, c.Numbers[n].Name) {
		return ""
	}
	return c.Numbers[n].Name
}

// changed are the rows of the new case that read otherwise there: those of this one are
// not used, and what was not used here because it is the other creditor's is open again.
func (p parting) changed(x Dossier) map[string]evidence.Incident {
	out := map[string]evidence.Incident{}
	for _, i := range x.Incidents {
		switch {
		case p.of[i.ID] == partOurs && i.Use != evidence.No:
			i.Use = evidence.No
		case p.of[i.ID] == partTheirs && i.Use == evidence.No:
			i.Use = evidence.Unknown
		default:
			continue
		}
		out[i.ID] = i
	}
	return out
}

// rowsOf are the parts whose rows an exhibit shows.
func (p parting) rowsOf(x Dossier, exhibit string) (ours, theirs, open bool) {
	for _, i := range x.Incidents {
		if slices.Contains(i.From(), exhibit) {
			ours, theirs = ours || p.of[i.ID] == partOurs, theirs || p.of[i.ID] == partTheirs
			open = open || p.of[i.ID] == partOpen
		}
	}
	return ours, theirs, open
}

// left are the exhibits that stay out of the new case: extracts, which its own build
// makes, what only rows of this case rest on, and what this case names as its own.
func (p parting) left(x Dossier) []string {
	var out []string
	for _, e := range x.Exhibits {
		ours, theirs, open := p.rowsOf(x, e.Number)
		if e.Extract != nil || ours && !theirs && !open || !theirs && len(x.Case.Naming(e.Number)) > 0 {
			out = append(out, e.Number)
		}
	}
	return out
}

// only are the exhibits that only rows of the other creditor rest on.
func (p parting) only(x Dossier) []string {
	var out []string
	for _, e := range x.Exhibits {
		if ours, theirs, open := p.rowsOf(x, e.Number); theirs && !ours && !open && !x.Out[e.Number] {
			out = append(out, e.Number)
		}
	}
	return out
}

// answer is what changes in the case that stays: as an answer, so that it can be taken
// back.
func (p parting) answer(x Dossier, o SplitOptions) folder.Answer {
	a := folder.Answer{Question: "split", Kind: "split", Subject: append(slices.Clone(o.Brands), p.numbers...),
		Value: o.To, Text: evidence.Text{ZH: "哪些是另一家的，另建案件", EN: "what is of another creditor, with a case of its own"}}
	for _, i := range x.Incidents {
		if p.of[i.ID] == partTheirs && i.Use != evidence.No {
			a.Incidents = append(a.Incidents, i.ID)
			a.Changes = append(a.Changes, folder.Change{Row: i.ID, Column: "use", After: string(evidence.No)})
		}
	}
	change := func(who string, c folder.Change) {
		if c.Number = who; p.accounts[who] {
			c.Number, c.Account = "", who
		}
		a.Changes = append(a.Changes, c)
	}
	for _, who := range p.numbers {
		change(who, folder.Change{Name: otherCaseName(saidSide(x.Case, who)), After: string(evidence.OtherSide)})
	}
	for _, who := range p.nobodys {
		change(who, folder.Change{Name: nobodysName, After: string(evidence.OtherSide)})
	}
	for _, who := range p.kept {
		change(who, folder.Change{Column: "for", After: string(evidence.ForThis)})
	}
	return a
}
