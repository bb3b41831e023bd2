package desk

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates/letter"
)

// A Holds tells, before a copy is written, what of others it holds, and of the person
// what not everybody needs, so that it can be left out.
type Holds struct {
	Others   Held // numbers of others: neither the complainant's own nor of a side that collects
	People   Held // accounts of others in chats
	Names    Held // names of others that letters have as surnames alone
	Codes    Held // messages with a verification code
	Advisers Held // calls to or from police, courts, legal aid and lawyers
	Private  Held // recordings of calls and chats that seem to be the person's own life
	Unopened Held // databases, backups, contacts and other files that may hold all of it
	IDs      Held // identity numbers, the complainant's own and others'
	Home     Held // files that show where the complainant lives; 1 if any does
	Unread   Held // pictures of which nobody wrote or read the words: they may show any of it
	// Login is the name under which the person is logged in, where paths in the
	// log of a bundle of format 1 tell it; empty: none do.
	Login string

	Given Giving
	Case  string // its folder
}

// Giving is the form in which something is given to others.
type Giving string

// The forms.
const (
	GivingCopy   Giving = "copy"   // of chosen exhibits
	GivingWhole  Giving = "whole"  // the bundle as it stands
	GivingPapers Giving = "papers" // pictures as papers show them
)

// none reports that nothing of others is known to be in it.
func (h Holds) none() bool {
	of := h.Others.Count + h.People.Count + h.Names.Count + h.Codes.Count + h.Advisers.Count + h.Private.Count
	return of+h.Unopened.Count+h.IDs.Count+h.Home.Count == 0 &&
		h.Login == ""
}

// In reports that a file, by its exhibit's number or by name, holds something of it.
func (h Holds) In(file string) bool {
	for _, held := range []Held{h.Others, h.People, h.Names, h.Codes, h.Advisers, h.Private, h.Unopened, h.IDs, h.Home} {
		if slices.Contains(held.Exhibits, file) {
			return true
		}
	}
	return false
}

// ErrDeclined reports that the person, shown what others would get, stopped.
var ErrDeclined = errors.New("the person stopped before anything was written")

// Held is how many there are, and in which exhibits.
type Held struct {
	Count    int
	Exhibits []string
}

// Code names the notice.
func (Holds) Code() string { return "holds" }

var (
	adviserNumber = lazyregexp.New(`^(110|122|12348|12368|12309|12378|12345)$`)
	adviserName   = lazyregexp.New(`律师|法律援助|法援|派出所|公安|民警|警官|法院|法官`)
)

// holds counts what a copy with these exhibits (nil: all) holds of others, by
// the rows that were read out of them.
func holds(c evidence.Case, rows []evidence.Incident, all []evidence.Exhibit, keep []string) Holds {
	out, _ := holdsOfRows(c, rows, all, keep)
	return out
}

// holdsOfRows are those, with the numbers and accounts of others that were counted.
func holdsOfRows(c evidence.Case, rows []evidence.Incident, all []evidence.Exhibit, keep []string) (out Holds,
	numbers map[string]bool) {
	for _, x := range append(evidence.PrivateCalls(c, rows, all), evidence.PrivateChats(c, rows, all)...) {
		if keep == nil || slices.Contains(keep, x) {
			out.Private.add(1, []string{x})
		}
	}
	for _, x := range all {
		if evidence.Unopened(x) && (keep == nil || slices.Contains(keep, x.Number)) {
			out.Unopened.add(1, []string{x.Number})
		}
	}
	numbers = map[string]bool{}
	for _, i := range rows {
		from := i.Exhibits
		for _, x := range all { // rows of a log stand in its extract as well
			if x.Extract != nil && slices.ContainsFunc(strings.Fields(i.Source), x.Extract.Holds) {
				from = append(slices.Clip(from), x.Number)
			}
		}
		if keep != nil {
			from = slices.DeleteFunc(slices.Clone(from), func(e string) bool { return !slices.Contains(keep, e) })
		}
		if len(from) == 0 {
			continue
		}
		n := evidence.NormalNumber(i.Number)
		side := c.SideOfWriter(i)
		theirs := side == evidence.SelfSide || side == evidence.CollectorSide
		if adviserNumber.MatchString(n) || !theirs && adviserName.MatchString(i.Name) {
			out.Advisers.add(1, from)
		}
		if evidence.HoldsCode(i.Shown) {
			out.Codes.add(1, from)
		}
		if len(n) >= 7 && !theirs && !evidence.IsService(n) && !strings.Contains(n, "*") {
			more := 0
			if !numbers[n] {
				numbers[n], more = true, 1
			}
			out.Others.add(more, from)
		}
		if a := i.Account(); a != "" && i.Direction != evidence.Out && !theirs {
			more := 0
			if !numbers[a] {
				numbers[a], more = true, 1
			}
			out.People.add(more, from)
		}
	}
	return out, numbers
}

func (h *Held) add(n int, exhibits []string) {
	h.Count += n
	for _, e := range exhibits {
		if !slices.Contains(h.Exhibits, e) {
			h.Exhibits = append(h.Exhibits, e)
		}
	}
	slices.Sort(h.Exhibits)
}

// previewBundle tells what the bundle of a case, or a copy with these exhibits (nil:
// all of it), holds of others, before anything is written. Whoever can be asked
// may stop.
func previewBundle(ctx context.Context, d Desk, f *folder.Folder, keep []string) error {
	as := GivingCopy
	if keep == nil {
		files, err := bag.Entries(f.Path(folder.BundleDir))
		if err != nil {
			return err
		}
		as, keep = GivingWhole, []string{}
		for _, x := range files {
			keep = append(keep, x.Number)
		}
	}
	// A case that cannot be read now is no reason not to hand over what is sealed.
	c, err := f.ReadCase()
	if err != nil {
		return nil
	}
	rows, err := f.Timeline()
	if err != nil {
		return nil
	}
	register, err := f.Register()
	if err != nil {
		return nil
	}
	h, numbers := holdsOfRows(c, rows, register.Exhibits, keep)
	root, err := bag.ReadRoot(f.Path(folder.BundleDir))
	said := rowsSay(rows, register.Exhibits, keep, err == nil && root.Format != 2)
	texts, unread, err := textsOf(ctx, d, f, register.Exhibits, keep, said)
	if err != nil {
		return err
	}
	h.look(c, rows, register.Exhibits, append(said, texts...), numbers)
	h.Unread = Held{len(unread), unread}
	log, _ := os.ReadFile(f.Path(folder.BundleDir, folder.CustodyFile)) // a bundle of format 2 has none
	h.Login, h.Given, h.Case = loginIn(log), as, f.Dir()
	return agree(ctx, d, h)
}

// previewPapers tells what of others the pictures show that papers hold, as far
// as nothing covers them: words are masked, pictures are printed as they are.
func previewPapers(ctx context.Context, d Desk, x Dossier, to []addressee) error {
	shown := []string{}
	for _, a := range to {
		attached := letter.Attached(input(x, a, bag.Root{}))
		shown = append(shown, shownPictures(x.Exhibits, x.Redactions, a.role, attached)...)
	}
	h := holds(x.Case, x.Incidents, x.Exhibits, shown)
	h.Given, h.Case = GivingPapers, x.Folder.Dir()
	return agree(ctx, d, h)
}

// shownPictures are those of some exhibits that are pictures and of which
// nothing is covered for a recipient.
func shownPictures(all []evidence.Exhibit, rows []evidence.Redaction, to evidence.Role,
	numbers []string) (out []string) {
	for _, x := range all {
		covered := slices.ContainsFunc(rows, func(r evidence.Redaction) bool {
			return r.Exhibit == x.Number && r.Text == "" && r.For(string(to))
		})
		if slices.Contains(numbers, x.Number) && strings.HasPrefix(x.MediaType, "image/") && !covered {
			out = append(out, x.Number)
		}
	}
	return out
}

// agree tells what others get, and asks whether to go on.
func agree(ctx context.Context, d Desk, h Holds) error {
	if h.none() {
		return nil
	}
	d.tell(h)
	if d.Agree == nil {
		return nil
	}
	yes, err := d.Agree(ctx)
	if err == nil && !yes {
		err = ErrDeclined
	}
	return err
}

// loginPath is how the folder of somebody who is logged in begins.
var loginPath = lazyregexp.New(`[\s"](?:/home/|/Users/|[A-Z]:\\+Users\\+)([^/\\"]+)`)

// loginIn is the login name that paths in a log tell.
func loginIn(log []byte) string {
	if m := loginPath.FindSubmatch(log); m != nil {
		return string(m[1])
	}
	return ""
}
