// Package track says where each complaint of a case stands: one lane 进度 a
// recipient, from the letter that waits for a signature to the day it is closed.
//
// [Lanes] takes what case.toml says was handed in, and the recipients there are,
// and gives a [Lane] for each: its state, the terms that run from the real day
// of the filing, and what comes next as a code. [Terms] are those a recipient is
// bound by. [File], [Receive] and the other steps say what a new entry makes of
// the case, or why it cannot be: a [Refusal].
//
//	lanes := track.Lanes(kase, roads, today)
//
// The package is pure: it knows no file, no clock and no sentence. What nobody
// entered is not guessed; of a matter no rule sets a term for, it says so.
package track

import (
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// A State is where a lane stands.
type State string

// The states.
const (
	ToSign   State = "to-sign"
	ToSend   State = "to-send" // the scan of the signed letter lies with the papers
	Waiting  State = "waiting"
	Overdue  State = "overdue" // the term is over, and no answer is on record
	Answered State = "answered"
	Closed   State = "closed"
)

// A Next is what the person does next in a lane.
type Next string

// What can come next.
const (
	Build      Next = "build" // there are no papers yet
	Sign       Next = "sign"  // print, sign, hand in
	Send       Next = "send"
	Wait       Next = "wait"
	Remind     Next = "remind"     // ask again: the first term is over
	Unanswered Next = "unanswered" // the longest term is over: complain of that
	Say        Next = "say"        // it answered, and nobody said what that comes to
	Supply     Next = "supply"     // it asks for papers
	Consider   Next = "consider"   // it asks for the complaint to be withdrawn
	Contest    Next = "contest"    // the answer does not satisfy
	Close      Next = "close"
	Nothing    Next = "nothing"
)

// Patience is how many days to wait for an answer that no rule sets a term for.
// It is our advice, and no rule's.
const Patience = 15

// A Road is a recipient of a case.
type Road struct {
	Role      evidence.Role // empty: no letter is made for it
	Asked     evidence.Role // by which the person asks for it: the lender whose app it is, too
	Recipient templates.Recipient
	Papers    bool // papers for it lie in packet/
	Signed    bool // and with them the scan of the signed letter
}

// RoadTo is the road to a recipient in a role. The lender whose app it is is asked
// for as the lender.
func RoadTo(role evidence.Role, r templates.Recipient) Road {
	asked := role
	if role == evidence.ToPlatform && r.Kind == "lender" {
		asked = evidence.ToLender
	}
	return Road{Role: role, Asked: asked, Recipient: r}
}

// A Lane 进度 is how far one recipient's road has been gone.
type Lane struct {
	Road
	State   State
	Next    Next
	Filings []int // of the case, as they were handed in; empty: none was
	Base    int   // that of Filings whose terms run; -1: none
	Terms   []End // of the base, in order of their last days
	// Until is the last day of the term that is waited for, or of the first that
	// went by without an answer; zero: no term is known to run.
	Until  time.Time
	ByRule bool // Until is set by a rule; else it is our advice
}

// An End is a term and its last day, where it is known from when it runs.
type End struct {
	templates.Term
	templates.TermEnd // zero day: it runs from a day that is not on record
}

// About reports whether the day is an estimate: working days were counted
// through a year whose holidays are not on record.
func (e End) About() bool { return e.Working && len(e.Years) > 0 }

// Last is the filing of the case that the lane's state follows from.
func (l Lane) Last(c evidence.Case) (evidence.Filing, bool) {
	if l.Base < 0 {
		return evidence.Filing{}, false
	}
	return c.Filings[l.Base], true
}

// Lanes are those of the recipients a case has, in their order, and behind them
// those of others it says it was handed to.
func Lanes(c evidence.Case, roads []Road, today time.Time) []Lane {
	all := slices.Clone(roads)
	of := map[int][]int{}
	for n, f := range c.Filings {
		if f.To == "" || f.Date == "" || f.Applies() {
			continue
		}
		at := RoadOf(c, all, f.To)
		if at < 0 {
			_, name := templates.FiledTo(c, f.To)
			at, all = len(all), append(all, Road{Recipient: templates.Recipient{Name: name}})
		}
		of[at] = append(of[at], n)
	}
	var out []Lane
	for n, r := range all {
		out = append(out, laneOf(c, r, of[n], today))
	}
	return out
}

// RoadOf is the recipient that a filing names, or -1.
func RoadOf(c evidence.Case, roads []Road, to string) int {
	role, name := templates.FiledTo(c, to)
	for _, is := range []func(Road) bool{
		func(r Road) bool { return to == string(r.Role) || to == string(r.Asked) || to == r.Recipient.Slug },
		func(r Road) bool { return name == r.Recipient.Name && !r.Role.ToSupervisor() },
		// There are many supervisors: the same road is not the same office.
		func(r Road) bool {
			return role == r.Role && r.Role != "" && (role.Complaint() || name == r.Recipient.Name)
		},
	} {
		if n := slices.IndexFunc(roads, is); n >= 0 && to != "" {
			return n
		}
	}
	return -1
}

func laneOf(c evidence.Case, r Road, filings []int, today time.Time) Lane {
	l := Lane{Road: r, Filings: byDay(c, filings), Base: -1}
	if len(filings) == 0 {
		l.State, l.Next = ToSign, Build
		switch {
		case r.Signed:
			l.State, l.Next = ToSend, Send
		case r.Papers:
			l.Next = Sign
		}
		return l
	}
	l.Base = base(c, l.Filings)
	f := c.Filings[l.Base]
	l.Terms = Ends(termsOf(c, r, f), f.Date, f.Accepted)
	l.State, l.Next = Waiting, Wait
	switch {
	case f.Withdrawn != "" || f.Closed != "":
		l.State, l.Next = Closed, Nothing
	case f.Answered != "" || f.Answer != "" || f.Outcome == evidence.Satisfied:
		l.State, l.Next = Answered, after(f.Outcome)
	default:
		l.wait(f, today)
	}
	return l
}

// after is what comes after an answer.
func after(o evidence.Outcome) Next {
	switch o {
	case evidence.Satisfied:
		return Close
	case evidence.Unsatisfied:
		return Contest
	case evidence.WantsMore:
		return Supply
	case evidence.WantsBack:
		return Consider
	}
	return Say
}

// wait finds the term that an unanswered lane waits for. The first that is still
// to end counts, unless one before it went by: then the lane is overdue by that,
// and once the last went by nothing is to be waited for.
func (l *Lane) wait(f evidence.Filing, today time.Time) {
	var known []End
	for _, e := range l.Terms {
		// What the body has decided by accepting the matter is waited for no longer.
		if !e.Day.IsZero() && (f.Accepted == "" || e.From == templates.FromAccepted || !l.awaitsAcceptance()) {
			known = append(known, e)
		}
	}
	l.ByRule = len(known) > 0
	if !l.ByRule {
		filed, err := dayOf(f.Date)
		if err != nil {
			return
		}
		known = []End{{TermEnd: templates.TermEnd{Day: filed.AddDate(0, 0, Patience)}}}
	}
	l.Until = known[0].Day
	if over(l.Until, today) {
		l.State, l.Next = Overdue, Remind
	}
	last := known[len(known)-1].Day
	if l.State == Overdue && (f.Outcome == evidence.NoAnswer || l.ByRule && over(last, today)) {
		l.Next = Unanswered
	}
}

// awaitsAcceptance reports whether some term of the lane runs from the day on
// which the body takes the matter: those from the filing are for that decision.
func (l *Lane) awaitsAcceptance() bool {
	return slices.ContainsFunc(l.Terms, func(e End) bool { return e.From == templates.FromAccepted })
}

// over reports whether a term's last day is behind: on that day itself the answer
// can still come.
func over(last, today time.Time) bool {
	return last.Format(time.DateOnly) < today.In(evidence.Beijing).Format(time.DateOnly)
}

// termsOf are those that run from a filing: an application for a recheck has its own.
func termsOf(c evidence.Case, r Road, f evidence.Filing) []templates.Term {
	if f.Letter == evidence.Recheck {
		return []templates.Term{templates.RecheckTerm}
	}
	return Terms(c, r.Role, r.Recipient.Terms)
}

// Recheckable reports whether the body above a branch of the lender can be asked
// to look at how a complaint was dealt with: the rule binds lenders of the
// national office, and is for their consumers.
func Recheckable(c evidence.Case, role evidence.Role) bool {
	return c.BindsInstitution(role) == evidence.Yes && c.Complainant.Kind != evidence.Contact &&
		c.Lender.Licence.Supervisor() == evidence.NationalOffice
}

// base is the filing whose terms run: the last complaint, an application for a
// recheck, or what supplied the papers that the body asked for, with which its
// material is complete.
func base(c evidence.Case, filings []int) int {
	out := filings[0]
	for _, n := range filings[1:] {
		f, before := c.Filings[n], c.Filings[out]
		if !f.Follows() || f.Letter == evidence.Recheck || f.Letter == evidence.Supplement &&
			before.Outcome == evidence.WantsMore {
			out = n
		}
	}
	return out
}

// byDay are filings in the order of their days; of one day as the case has them.
func byDay(c evidence.Case, filings []int) []int {
	out := slices.Clone(filings)
	slices.SortStableFunc(out, func(a, b int) int {
		switch {
		case c.Filings[a].Date < c.Filings[b].Date:
			return -1
		case c.Filings[a].Date > c.Filings[b].Date:
			return 1
		}
		return 0
	})
	return out
}

func dayOf(s string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
}
