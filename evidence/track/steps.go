package track

import (
	"slices"
	"time"

	"juzheng/evidence"
)

// A Why is the reason for which an entry cannot be.
type Why string

// The reasons.
const (
	InFuture      Why = "in-future"      // the day is still to come
	NoPapers      Why = "no-papers"      // the program made none for this recipient
	BeforePapers  Why = "before-papers"  // they were made after the day
	NoLetter      Why = "no-letter"      // the program wrote no such letter that follows
	AlreadyFiled  Why = "already-filed"  // an earlier complaint to the body is open
	NotFiled      Why = "not-filed"      // nothing was handed in there
	NotAnswered   Why = "not-answered"   // there is no answer that could be looked at again
	BeforeFiling  Why = "before-filing"  // the day lies before the filing
	TermRuns      Why = "term-runs"      // an answer may still come
	NoTerm        Why = "no-term"        // no rule sets one, and patience is not over
	LaneClosed    Why = "lane-closed"    // it was closed or withdrawn
	LaneOpen      Why = "lane-open"      // it is not closed
	OtherReceipt  Why = "other-receipt"  // that day has another receipt on record
	AlreadyIsSo   Why = "already-so"     // nothing would change
	AnsweredSince Why = "answered-since" // an answer stands, and none coming is said
)

// A Refusal reports an entry that cannot be, and nothing was written. It holds
// facts; how to say them and what to do is the caller's.
type Refusal struct {
	Why  Why
	Lane Lane
	Day  string // that was given
	Than string // the day or the receipt it is held against
}

func (r *Refusal) Error() string { return "track " + r.Lane.Recipient.Name + ": " + string(r.Why) }

// An Entry is one [[filings]] of the case: the nth, from 0, as it is to be. One
// past the last is new.
type Entry struct {
	N      int
	Filing evidence.Filing
}

// A Filed says that papers were handed in.
type Filed struct {
	To, On, Receipt string
	Letter          string // see [evidence.FollowUps]; empty: the complaint
	Own             bool   // papers of the person's own, and not the program's
	Again           bool   // a complaint anew, though the one before is open
	Exhibit         string // that shows it
	Since           string // the day from which papers for the recipient are there; empty: there are none
	Written         bool   // the letter that follows is there; of a supplement, which may be any papers, it need not be
}

// File is the entry that a filing makes.
func File(c evidence.Case, l Lane, s Filed, today time.Time) (Entry, error) {
	no := func(w Why, than string) (Entry, error) { return Entry{}, &Refusal{w, l, s.On, than} }
	if s.On > dayString(today) {
		return no(InFuture, dayString(today))
	}
	for _, n := range l.Filings {
		if f := c.Filings[n]; f.Date == s.On && f.Letter == s.Letter {
			return refile(c, l, n, s) // the same again: its receipt came later
		}
	}
	if asked := (evidence.Filing{To: s.To, Date: s.On, Letter: s.Letter}); asked.Applies() {
		return apply(c, l, asked, s)
	}
	if last, ok := l.Last(c); ok && s.Letter == "" {
		switch {
		case last.Closed != "":
			return no(LaneClosed, last.Closed)
		case last.Withdrawn == "" && !last.Decided() && l.State != Overdue && !s.Again:
			return no(AlreadyFiled, last.Date)
		}
	}
	switch {
	case s.Letter != "" && len(l.Filings) == 0:
		return no(NotFiled, "")
	case s.Letter != "" && s.On < c.Filings[l.Filings[0]].Date:
		return no(BeforeFiling, c.Filings[l.Filings[0]].Date)
	case s.Letter == evidence.Recheck && l.State != Answered:
		return no(NotAnswered, c.Filings[l.Base].Date)
	case !s.Own && !s.Written && s.Letter != "" && s.Letter != evidence.Supplement:
		return no(NoLetter, "")
	case s.Own || s.Letter != "":
	case s.Since == "":
		return no(NoPapers, "")
	case s.On < s.Since:
		return no(BeforePapers, s.Since)
	}
	g := evidence.Filing{To: s.To, Date: s.On, Receipt: s.Receipt, Letter: s.Letter, Exhibit: s.Exhibit}
	if s.Own {
		g.Papers = evidence.OwnPapers
	}
	return Entry{len(c.Filings), g}, nil
}

// apply is the entry of what is no complaint: no lane waits for it.
func apply(c evidence.Case, l Lane, g evidence.Filing, s Filed) (Entry, error) {
	for n, f := range c.Filings {
		if f.To == g.To && f.Date == g.Date && f.Letter == g.Letter {
			return refile(c, l, n, s)
		}
	}
	g.Receipt, g.Exhibit = s.Receipt, s.Exhibit
	if s.Own {
		g.Papers = evidence.OwnPapers
	}
	return Entry{len(c.Filings), g}, nil
}

// refile completes a filing that is on record.
func refile(c evidence.Case, l Lane, n int, s Filed) (Entry, error) {
	f := c.Filings[n]
	if f.Receipt != "" && s.Receipt != "" && f.Receipt != s.Receipt {
		return Entry{}, &Refusal{OtherReceipt, l, s.On, f.Receipt}
	}
	g := f
	if s.Receipt != "" {
		g.Receipt = s.Receipt
	}
	if s.Exhibit != "" && g.Exhibit == "" {
		g.Exhibit = s.Exhibit
	}
	if g == f {
		return Entry{}, &Refusal{AlreadyIsSo, l, s.On, f.Date}
	}
	return Entry{n, g}, nil
}

// An Answer says what came back.
type Answer struct {
	On       string
	Accepted bool // it took the matter, and has decided nothing
	Outcome  evidence.Outcome
	Said     string // in short
	Points   string // what the person holds against it
	Exhibit  string // that shows it
}

// Receive is the entry that an answer makes.
func Receive(c evidence.Case, l Lane, a Answer, today time.Time) (Entry, error) {
	no := func(w Why, than string) (Entry, error) { return Entry{}, &Refusal{w, l, a.On, than} }
	g, ok := l.Last(c)
	switch {
	case !ok:
		return no(NotFiled, "")
	case a.On > dayString(today):
		return no(InFuture, dayString(today))
	case a.On < g.Date:
		return no(BeforeFiling, g.Date)
	case g.Withdrawn != "" || g.Closed != "":
		return no(LaneClosed, g.Closed+g.Withdrawn)
	}
	was := g
	switch {
	case a.Outcome == evidence.NoAnswer:
		switch {
		case g.Answered != "" || g.Answer != "":
			return no(AnsweredSince, g.Answered)
		case l.State != Overdue && l.ByRule:
			return no(TermRuns, l.Until.Format(time.DateOnly))
		case l.State != Overdue:
			return no(NoTerm, l.Until.Format(time.DateOnly))
		}
		g.Outcome = a.Outcome
	case a.Accepted:
		g.Accepted = a.On
	default:
		g.Answered, g.Outcome = a.On, a.Outcome
		if a.Said != "" {
			g.Answer = a.Said
		}
		if a.Points != "" {
			g.Points = a.Points
		}
	}
	if all := evidence.SplitList(g.Reply); a.Exhibit != "" && !slices.Contains(all, a.Exhibit) {
		if g.Reply != "" {
			g.Reply += " "
		}
		g.Reply += a.Exhibit
	}
	if g == was {
		return no(AlreadyIsSo, g.Date)
	}
	return Entry{l.Base, g}, nil
}

// Withdraw is the entry that taking a complaint back makes.
func Withdraw(c evidence.Case, l Lane, on string, today time.Time) (Entry, error) {
	return end(c, l, on, today, func(f *evidence.Filing) { f.Withdrawn = on })
}

// Shut is the entry that closing a lane makes.
func Shut(c evidence.Case, l Lane, on string, today time.Time) (Entry, error) {
	return end(c, l, on, today, func(f *evidence.Filing) { f.Closed = on })
}

func end(c evidence.Case, l Lane, on string, today time.Time, change func(*evidence.Filing)) (Entry, error) {
	no := func(w Why, than string) (Entry, error) { return Entry{}, &Refusal{w, l, on, than} }
	g, ok := l.Last(c)
	switch {
	case !ok:
		return no(NotFiled, "")
	case on > dayString(today):
		return no(InFuture, dayString(today))
	case g.Withdrawn != "" || g.Closed != "":
		return no(LaneClosed, g.Closed+g.Withdrawn)
	case on < max(g.Date, g.Answered, g.Accepted):
		return no(BeforeFiling, max(g.Date, g.Answered, g.Accepted))
	}
	change(&g)
	return Entry{l.Base, g}, nil
}

// Reopen is the entry that going on with a closed lane makes.
func Reopen(c evidence.Case, l Lane) (Entry, error) {
	g, ok := l.Last(c)
	switch {
	case !ok:
		return Entry{}, &Refusal{NotFiled, l, "", ""}
	case g.Withdrawn == "" && g.Closed == "":
		return Entry{}, &Refusal{LaneOpen, l, "", g.Date}
	}
	g.Withdrawn, g.Closed = "", ""
	return Entry{l.Base, g}, nil
}

func dayString(t time.Time) string { return t.In(evidence.Beijing).Format(time.DateOnly) }
