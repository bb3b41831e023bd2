package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// A NextLetterError reports a letter that cannot follow what the case has on
// record. Nothing was written.
type NextLetterError struct {
	Name string
	Lane track.Lane
	Why  NextWhy
}

// A NextWhy is why a letter cannot be written.
type NextWhy string

// The reasons.
const (
	NextNotFiled   NextWhy = "not-filed"    // nothing was handed in there
	NextTermRuns   NextWhy = "term-runs"    // an answer may still come
	NextNoAnswer   NextWhy = "no-answer"    // there is no answer to speak of
	NextAnswered   NextWhy = "answered"     // there is one
	NextOtherwise  NextWhy = "other-answer" // the person says that the answer was another
	NextOver       NextWhy = "over"         // the lane is closed
	NextMaybeReply NextWhy = "maybe-reply"  // a message may be the answer, and nobody said
	NextRespondent NextWhy = "respondent"   // nobody who is complained of went by a term
	NextContent    NextWhy = "content"      // no answer of who is complained of is on record as unsatisfying
	NextNoPaper    NextWhy = "no-paper"     // what was handed in is not kept, and the letter rests on it
	NextNoRule     NextWhy = "no-rule"      // no rule gives a recheck by the body above this lender
	NextRechecked  NextWhy = "rechecked"    // there was one already
)

func (e *NextLetterError) Error() string { return e.Name + ": " + string(e.Why) }

// IsNextLetter reports whether a name is that of a letter that follows a complaint.
func IsNextLetter(name string) bool {
	return slices.ContainsFunc(letter.NextLetters(), func(l letter.NextLetter) bool { return l.Name == name })
}

// BuildNext writes a letter that follows a complaint, for one recipient, with the
// complaint as it was filed as its first enclosure.
func BuildNext(ctx context.Context, d Desk, dir, name string, to evidence.Role) (Written, error) {
	return buildNext(ctx, d, dir, name, to, "")
}

// buildNext does so; by is who approves the letter as it lies there.
func buildNext(ctx context.Context, d Desk, dir, name string, to evidence.Role, by string) (r Written, err error) {
	all := letter.NextLetters()
	n := slices.IndexFunc(all, func(l letter.NextLetter) bool { return l.Name == name })
	if n < 0 {
		return r, &UnknownLetterError{Name: name}
	}
	if !slices.Contains(all[n].To, to) {
		return r, &LetterRoleError{name, to, all[n].To}
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return r, err
	}
	if missing := lackOfComplainant(x.Case); len(missing) > 0 {
		return r, &BlockedError{Case: dir, Report: evidence.Report{Obstacles: missing}}
	}
	a, _, err := recipientNamed(x, string(to))
	if err != nil {
		return r, err
	}
	if err := printable(x); err != nil {
		return r, err
	}
	roads, err := roadsOf(x)
	if err != nil {
		return r, err
	}
	lane := laneTo(x, roads, string(to))
	if all[n].Beyond() {
		if lane, err = laneBehind(x, roads, name); err != nil {
			return r, err
		}
	}
	if err := fits(x, name, lane); err != nil {
		return r, err
	}
	follow := followOf(x, a, lane)
	if follow.Shows, err = agreeEnclosed(ctx, d, x, a, follow.Filing); err != nil {
		return r, err
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	return writeNext(d, x, all[n], a, follow, by)
}

// lackOfComplainant is what each of these letters wants.
func lackOfComplainant(c evidence.Case) []evidence.Obstacle {
	if c.Complainant.Name != "" {
		return nil
	}
	return []evidence.Obstacle{lack("no-complainant", "complainant.name",
		evidence.Advise("没有投诉人姓名", "the complainant has no name"),
		evidence.Advise("填写身份证上的姓名", "write the name as on the identity card"))}
}

// laneBehind is that of the respondent whom a letter to somebody else is about: who let
// a term go by, or whose answer does not satisfy, the lender first.
func laneBehind(x Dossier, r roads, name string) (track.Lane, error) {
	var out track.Lane
	state, why := track.Overdue, NextRespondent
	if name == letter.EscalateName {
		state, why = track.Answered, NextContent
	}
	found := false
	for _, l := range track.Lanes(x.Case, r.all, x.Date) {
		respondent := l.Role == evidence.ToPlatform || l.Role == evidence.ToLender
		f, _ := l.Last(x.Case)
		if !respondent || l.State != state || state == track.Answered && f.Outcome != evidence.Unsatisfied {
			continue
		}
		if !found || l.Role == evidence.ToLender {
			out, found = l, true
		}
	}
	if !found {
		return out, &NextLetterError{name, out, why}
	}
	return out, nil
}

// fits reports why a letter does not fit where a lane stands.
func fits(x Dossier, name string, l track.Lane) error {
	no := func(w NextWhy) error { return &NextLetterError{name, l, w} }
	f, ok := l.Last(x.Case)
	switch {
	case !ok:
		return no(NextNotFiled)
	case l.State == track.Closed:
		return no(NextOver)
	}
	answered := l.State == track.Answered
	switch name {
	case evidence.Reminder, letter.UnansweredName:
		switch {
		case answered:
			return no(NextAnswered)
		case len(x.Case.RepliesTo(f, x.Incidents)) > 0:
			return no(NextMaybeReply)
		case l.State != track.Overdue:
			return no(NextTermRuns)
		}
	case evidence.Incomplete, evidence.Disputed, evidence.Thanks, evidence.Recheck, letter.EscalateName:
		fitting := map[string][]evidence.Outcome{evidence.Incomplete: {evidence.Unsatisfied, evidence.WantsMore},
			evidence.Thanks: {evidence.Satisfied}}[name]
		if fitting == nil {
			fitting = []evidence.Outcome{evidence.Unsatisfied}
		}
		switch {
		case !answered || f.Answered == "":
			return no(NextNoAnswer)
		case !slices.Contains(fitting, f.Outcome):
			return no(NextOtherwise)
		case name == evidence.Recheck && !track.Recheckable(x.Case, l.Role):
			return no(NextNoRule)
		case name == evidence.Recheck && f.Letter == evidence.Recheck:
			return no(NextRechecked)
		}
	}
	return nil
}

// followOf is what a letter to somebody follows, as they may read it.
func followOf(x Dossier, to addressee, lane track.Lane) letter.Follow {
	covered, _ := packet.Covered(order(x, to, bag.Root{}))
	follow := letter.Follow{Lane: lane}
	follow.Filing, _ = lane.Last(covered.Case)
	if follow.Filing.Letter == evidence.Recheck {
		follow.Recheck = follow.Filing
		follow.Filing = covered.Case.Filings[complaintOf(x.Case, lane)]
	}
	return follow
}

// writeNext sets such a letter beside its place, with what is enclosed, and renames
// it in one go.
func writeNext(
	d Desk, x Dossier, of letter.NextLetter, to addressee, follow letter.Follow, by string,
) (r Written, err error) {
	f := x.Folder
	partial, err := os.MkdirTemp(f.Dir(), ".letter-*.partial")
	if err != nil {
		return r, fmt.Errorf("write the letter: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	title := of.Title(to.role)
	in := order(x, to, bag.Root{})
	excerpts, err := enclose(x, partial, &follow)
	if err != nil {
		return r, err
	}
	if follow.Paper == "" && (of.Name == letter.EscalateName || of.Beyond() && to.role == evidence.ToAssociation) {
		return r, &NextLetterError{of.Name, follow.Lane, NextNoPaper}
	}
	o := packet.Order{Input: in.Input, Redactions: x.Redactions, Fonts: x.Fonts}
	compose := func(in letter.Input) (document.Document, error) { return of.Compose(in, follow), nil }
	path := f.Path(folder.LettersDir, letterName(title, to.role, to.recipient.Name))
	review := reviewing{x: x, name: of.Name + "/" + string(to.role), path: path, by: by, compose: compose}
	if o.Input.Unreviewed, err = review.pending(o); err != nil {
		return r, err
	}
	if err := packet.BuildApplication(partial, o, packet.Application{Title: title,
		Compose:  compose,
		Note:     func(in letter.Input) document.Document { return letter.NextNote(in, of, follow) },
		Enclosed: excerpts,
	}); err != nil {
		return r, err
	}
	r.Application.Name, r.Application.Title = of.Name, evidence.Text{ZH: title, EN: of.Name}
	r.Letters = []LetterLine{{path, of.Name, to.recipient.Name, o.Input.Unreviewed}}
	r.Slug, r.Warning = to.recipient.Slug, of.Warning
	return r, putLetter(d, f, partial, path)
}

// nextWritten reports whether such a letter to the recipient of a lane lies in the
// case folder.
func nextWritten(x Dossier, l track.Lane, name string) bool {
	return slices.ContainsFunc(letter.NextLetters(), func(of letter.NextLetter) bool {
		at := letterName(of.Title(l.Role), l.Role, l.Recipient.Name)
		info, err := os.Stat(x.Folder.Path(folder.LettersDir, at))
		return of.Name == name && err == nil && info.IsDir()
	})
}

// complaintOf is the complaint of a lane that an application for a recheck followed:
// the last before it.
func complaintOf(c evidence.Case, l track.Lane) int {
	out := l.Filings[0]
	for _, n := range l.Filings {
		if n == l.Base {
			break
		}
		if !c.Filings[n].Follows() {
			out = n
		}
	}
	return out
}

// enclose puts copies of what the letter goes on from beside it: the letter that
// was filed, signed where a scan of it is kept, and what shows the filing and what
// came back. An exhibit of which a part is covered is not copied: it would show it.
// Neither is a whole log, which holds what others wrote: a page of it goes along.
func enclose(x Dossier, dir string, f *letter.Follow) (map[string]func(letter.Input) document.Document, error) {
	filed, err := x.Folder.Filed()
	if err != nil {
		return nil, err
	}
	filing := f.Filing
	if p, ok := folder.KeptFor(filed, filing.To, filing.Date); ok {
		if err := encloseLetter(x, dir, p, f); err != nil {
			return nil, err
		}
	}
	excerpts := map[string]func(letter.Input) document.Document{}
	shown := append([]string{filing.Exhibit}, evidence.SplitList(filing.Reply)...)
	shown = append(append(shown, f.Recheck.Exhibit), evidence.SplitList(f.Recheck.Reply)...)
	for _, number := range shown {
		n := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return e.Number == number })
		hidden := slices.ContainsFunc(x.Redactions, func(r evidence.Redaction) bool { return r.Exhibit == number })
		if n < 0 || hidden || slices.Contains(f.Exhibits, number) {
			continue
		}
		e := x.Exhibits[n]
		k := len(f.Exhibits) + 1
		if f.Paper != "" {
			k++
		}
		name := fmt.Sprintf("附件%d-证据%s", k, strings.TrimLeft(number[1:], "0"))
		if e.Kind.IsLog() || e.MediaType == backup {
			if rows := rowsOfFilings(x, number, filing, f.Recheck); len(rows) > 0 {
				excerpts[name+"的摘录"] = func(in letter.Input) document.Document { return letter.LogExcerpt(in, e, rows) }
				f.Exhibits, f.Excerpts = append(f.Exhibits, number), append(f.Excerpts, number)
			} else {
				f.Whole = append(f.Whole, number)
			}
			continue
		}
		in, err := x.Folder.OpenExhibit(e)
		if err != nil {
			return nil, err
		}
		err = copyTo(filepath.Join(dir, name+filepath.Ext(e.File)), in)
		in.Close()
		if err != nil {
			return nil, err
		}
		f.Exhibits = append(f.Exhibits, number)
	}
	return excerpts, nil
}

// rowsOfFilings are the messages in a log that show that a complaint was made or what
// came back: they give its number, or are the answer that was written down.
func rowsOfFilings(x Dossier, log string, filings ...evidence.Filing) (out []evidence.Incident) {
	for _, i := range x.Incidents {
		if !slices.Contains(i.Exhibits, log) || i.Shown == "" || i.Direction == evidence.Out {
			continue
		}
		words := device.LettersOf(i.Shown)
		if slices.ContainsFunc(filings, func(f evidence.Filing) bool {
			if f.Date == "" {
				return false
			}
			return len(x.Case.RepliesTo(f, []evidence.Incident{i})) > 0 ||
				words != "" && strings.Contains(device.LettersOf(f.Answer), words)
		}) {
			out = append(out, i)
		}
	}
	return out
}

// encloseLetter copies the letter of a packet that was filed.
func encloseLetter(x Dossier, dir string, p folder.FiledPacket, f *letter.Follow) error {
	best := ""
	for path := range p.Files {
		name := strings.TrimSuffix(path, ".pdf")
		plain := strings.TrimSuffix(name, "（签名扫描件）")
		if name == path || !slices.Contains([]string{"投诉书", "投诉书（请转办）", "举报书"}, plain) {
			continue
		}
		if best == "" || name != plain { // the signed one goes before
			best, f.Paper = path, "《"+plain+"》"
		}
	}
	if best == "" {
		return nil
	}
	f.Code = p.Code
	in, err := os.Open(x.Folder.Path(p.Folder, best))
	if errors.Is(err, os.ErrNotExist) { // taken away since: track names it
		f.Paper, f.Code = "", ""
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return copyTo(filepath.Join(dir, "附件1-"+best), in)
}

func copyTo(path string, in io.Reader) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
