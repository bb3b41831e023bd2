package evidence

import (
	"slices"
	"strings"
)

// A Filing is one complaint in the matter that was handed in: its lane 进度 runs
// from here. What nobody entered is empty, and nothing is made of it.
type Filing struct {
	To       string `toml:"to"`   // recipient slug, or the body's name
	Date     string `toml:"date"` // yyyy-mm-dd
	Receipt  string `toml:"receipt"`
	Answered string `toml:"answered"` // date of the answer, empty: none yet
	Answer   string `toml:"answer"`   // what it said, in short
	Exhibit  string `toml:"exhibit"`  // the exhibit that shows it

	Papers    string  `toml:"papers"`    // [OwnPapers], or empty: those of this program
	Letter    string  `toml:"letter"`    // what was handed in, where it was not the complaint: see [FollowUps]
	Accepted  string  `toml:"accepted"`  // date on which the body said that it took the matter
	Outcome   Outcome `toml:"outcome"`   // what the answer comes to
	Points    string  `toml:"points"`    // what the person holds against the answer, parted by ；
	Reply     string  `toml:"reply"`     // exhibits that show what came back, as E012 E013
	Withdrawn string  `toml:"withdrawn"` // date on which the person took it back
	Closed    string  `toml:"closed"`    // date on which the person closed the lane
}

// OwnPapers is what was handed in without this program: a call, a letter of the
// person's own, a form in the app.
const OwnPapers = "own"

// What can be handed in after a complaint, to the body that has it.
const (
	Supplement = "supplement" // exhibits that came later
	Reminder   = "reminder"
	Incomplete = "incomplete" // the answer leaves out what was asked
	Disputed   = "disputed"   // the answer is wrong, point by point
	Withdrawal = "withdrawal"
	Thanks     = "thanks" // the matter is settled
	// Recheck 核查申请 asks the body above a branch of the lender to look at how the
	// branch dealt with the complaint. It starts a term of its own.
	Recheck = "recheck"
)

// FollowUps are all of these.
func FollowUps() []string {
	return []string{Supplement, Reminder, Incomplete, Disputed, Recheck, Withdrawal, Thanks}
}

// What can be handed in that is no complaint at all, and follows none: they ask for
// something, and no term of a complaint runs from them.
const (
	DeferralRequest  = "deferral"
	StatementRequest = "statement-request"
	CreditObjection  = "credit-objection"
)

// Applications are all of these.
func Applications() []string { return []string{DeferralRequest, StatementRequest, CreditObjection} }

// Applies reports whether a filing is no complaint and follows none.
func (f Filing) Applies() bool { return slices.Contains(Applications(), f.Letter) }

// Follows reports whether a filing goes with an earlier one to the same body, or
// only applies for something: it is no complaint of its own, and starts no term of one.
func (f Filing) Follows() bool { return f.Letter != "" }

// Open reports a complaint that is not known to be answered and that nobody took
// back: it waits for an answer.
func (f Filing) Open() bool {
	return !f.Follows() && f.Withdrawn == "" && f.Answered == "" && strings.TrimSpace(f.Answer) == ""
}

// Naming reports whether an exhibit shows the filing or what came back.
func (f Filing) Naming(exhibit string) bool {
	return exhibit != "" && (f.Exhibit == exhibit || slices.Contains(SplitList(f.Reply), exhibit))
}

// An Outcome is what an answer comes to, by the person's own word.
type Outcome string

// The outcomes.
const (
	Satisfied   Outcome = "satisfied"
	Unsatisfied Outcome = "unsatisfied"
	WantsMore   Outcome = "more"     // it asks for papers, and decided nothing
	WantsBack   Outcome = "withdraw" // it asks the person to withdraw the complaint
	NoAnswer    Outcome = "none"     // the term is over and nothing came
)

// Outcomes are all there are.
func Outcomes() []Outcome { return []Outcome{Satisfied, Unsatisfied, WantsMore, WantsBack, NoAnswer} }

// Contests are the points that the person holds against the answer, in their own
// words.
func (f Filing) Contests() []string {
	var out []string
	for _, s := range strings.FieldsFunc(f.Points, func(r rune) bool { return r == '；' || r == ';' || r == '\n' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Decided reports whether the filing was answered, as far as the case says: a
// body that asks for papers has answered and decided nothing.
func (f Filing) Decided() bool {
	return (f.Answered != "" || f.Answer != "") && f.Outcome != WantsMore && f.Outcome != NoAnswer
}
