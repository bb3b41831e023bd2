package batch

import (
	"fmt"
	"slices"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// A Found is what a job gave: one of desk.Added, Checked, Built, Verified, CaseStatus
// and NewCase, or an error.
type Found struct {
	Item  Item
	Job   Job // empty: before any
	Value any
	Err   error
	Cut   []desk.LogCut // files of the case that were found cut short, by no job before
	// Unread are files of the case of which something was not read when they were added.
	Unread []intake.UnreadLog
}

// An Outcome is what a job came to, by the exit code that its command would have.
type Outcome struct {
	Exit       int
	Exceptions []Exception
}

// An Exception is one thing that a person has to look at.
type Exception struct {
	Case   string        `json:"folder"` // as people are told of it
	ID     string        `json:"case,omitempty"`
	Job    Job           `json:"job,omitempty"`
	File   string        `json:"file,omitempty"` // case.toml:12, E003
	Cell   string        `json:"cell,omitempty"` // key, column or cell
	Reason evidence.Text `json:"reason"`
	Remedy evidence.Text `json:"remedy,omitzero"`
}

// A State is how a job of a case ended.
type State string

// The states.
const (
	Done    State = "done"
	Partial State = "partial" // done, and something could not be used or checked
	Blocked State = "blocked" // the case as it stands does not allow it
	Failed  State = "failed"
	Untried State = "untried" // what it waits for was not done
	Due     State = "due"     // would be done, see [Options.Look]
)

// stateOf is the state of an exit code.
func stateOf(exit int) State {
	switch exit {
	case 0:
		return Done
	case 3:
		return Partial
	case 4:
		return Blocked
	}
	return Failed
}

// A JobResult is how one job of a case ended.
type JobResult struct {
	Job   Job   `json:"job"`
	State State `json:"state"`
	Exit  int   `json:"exit"`
	// Kept says that the job was not done again: nothing it goes by has changed, or it
	// was done before the run was stopped.
	Kept       bool        `json:"kept"`
	Exceptions []Exception `json:"-"`
}

// A Result is how a case ended.
type Result struct {
	Item   Item
	ID     string           // empty: not known
	Jobs   []JobResult      // those asked for, in their order
	Before []Exception      // what kept any job from being tried
	Beside []Exception      // what is to be looked at, and kept nothing
	Unread []Exception      // what was not read of files added earlier, as long as it holds
	Status *desk.CaseStatus // if that was asked for

	matter string // see [desk.Matter]
}

// Exceptions are all of a case.
func (r Result) Exceptions() []Exception {
	out := slices.Concat(r.Before, r.Beside)
	for _, j := range r.Jobs {
		out = append(out, j.Exceptions...)
	}
	return append(out, r.Unread...)
}

// unread are what was not read of files that were added, but for what a job of this run
// tells: adding tells it once alone, and it stands among the exceptions as long as it holds.
func (w *worker) unread(f *folder.Folder, r Result) []Exception {
	register, err := f.Register()
	if err != nil || len(r.Before) > 0 {
		return nil // of which the jobs told
	}
	found := Found{Item: r.Item, Job: Add, Unread: desk.Unread(register.Exhibits)}
	if len(found.Unread) == 0 {
		return nil
	}
	told := r.Exceptions()
	var out []Exception
	for _, x := range w.Explain(found).Exceptions {
		if !slices.ContainsFunc(told, func(t Exception) bool { return t.File == x.File && t.Reason == x.Reason }) {
			x.Case, x.ID, x.Job = r.Item.Name, r.ID, Add
			out = append(out, x)
		}
	}
	return out
}

// Failed reports a case with which something is not as it should be.
func (r Result) Failed() bool {
	return len(r.Before) > 0 || len(r.Unread) > 0 || slices.ContainsFunc(r.Jobs, func(j JobResult) bool {
		return j.State != Done && j.State != Due
	})
}

// A Summary counts the cases of a run.
type Summary struct {
	Cases  int
	Failed int                   // with an exception
	Kept   int                   // with which nothing had to be done
	States map[Job]map[State]int // how the jobs ended
	Filed  []desk.FiledDay       // what was handed in, where the status was asked for
	// Overdue are the cases that wait for somebody beyond a day, where that was asked for.
	Overdue int
}

// A PanicError reports a fault of the program in one case.
type PanicError struct {
	Fault any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("fault in the program: %v", e.Fault) }

// A SameCaseError reports a case whose id another folder has: a copy.
type SameCaseError struct{ Folder, First string }

func (e *SameCaseError) Error() string { return e.Folder + " is the same case as " + e.First }

// A TwinError reports a case of the person and the creditor of another.
type TwinError struct{ Folder, First string }

func (e *TwinError) Error() string { return e.Folder + " is of the same matter as " + e.First }

// An OtherPersonError reports a row of a roster with a name that its case, or the
// answers for it, do not have.
type OtherPersonError struct{ Place, Wanted, Found, File string }

func (e *OtherPersonError) Error() string { return e.Place + ": the case is another person's" }
