package logs

import (
	"fmt"

	"juzheng/evidence"
)

// Place is where in an exhibit a row stands, as [evidence.Incident.Source] has it.
func (r Row) Place(exhibit string) string {
	place := evidence.RowOf(exhibit, r.Sheet, r.Line)
	if r.Nth > 0 {
		place += fmt.Sprintf("#%d", r.Nth)
	}
	return place
}

// rowsApart gives rows on, and those that begin on one line with their number there: a
// program that saves a backup again may leave out the ends of lines, and two rows of one
// place would be taken for one. A row is held until the next one tells whether it is alone.
type rowsApart struct {
	give   func(Row) error
	held   Row
	holds  bool
	failed error // what give said: nothing is given after it
}

func (a *rowsApart) take(r Row) error {
	if r.entry != nil { // its number is that of the entry; and the reader uses its bytes again
		if err := a.end(); err != nil {
			return err
		}
		return a.pass(r)
	}
	if a.holds && a.held.Sheet == r.Sheet && a.held.Line == r.Line {
		a.held.Nth = max(a.held.Nth, a.held.nth, 1)
		r.Nth = max(r.nth, a.held.Nth+1)
	}
	if err := a.end(); err != nil {
		return err
	}
	a.held, a.holds = r, true
	return nil
}

// end gives the row that is held.
func (a *rowsApart) end() error {
	if !a.holds {
		return nil
	}
	a.holds = false
	return a.pass(a.held)
}

func (a *rowsApart) pass(r Row) error {
	if a.failed == nil {
		a.failed = a.give(r)
	}
	return a.failed
}
