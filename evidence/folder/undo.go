package folder

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"juzheng/evidence"
)

// ErrNoAnswer says that there is no answer to take back.
var ErrNoAnswer = errors.New("no answer to take back")

// An Undone is an answer that was taken back.
type Undone struct {
	Answer
	Kept []Overwritten // what it wrote and is not taken back: somebody changed it since
}

// An Overwritten is a change of an answer over which somebody wrote something else. It
// stays: what a person typed last counts.
type Overwritten struct {
	Change
	Found string `json:"found"` // what stands there now; empty: nothing, or the row is gone
}

// Place is where a change is made, as a person looks for it.
func (c Change) Place() evidence.Text {
	switch col := columnNamed(c.Column); {
	case c.Row != "" && col != nil:
		return evidence.Text{ZH: TimelineFile + " 的 " + c.Row + " “" + col.zh + "”", EN: TimelineFile + " " + c.Row +
			" " +
			col.en}
	case c.File != "":
		return evidence.Text{ZH: c.File, EN: c.File}
	case c.Row != "":
		return evidence.Text{ZH: TimelineFile + " 的 " + c.Row + " 整行", EN: TimelineFile + " row " + c.Row}
	case c.Key != "":
		return evidence.Text{ZH: CaseFile + " 的 " + c.Key, EN: CaseFile + " " + c.Key}
	case c.Number+c.Account != "":
		return evidence.Text{ZH: CaseFile + " 里 " + c.Number + c.Account + " 是谁的", EN: CaseFile + " " + c.Number +
			c.Account}
	}
	return evidence.Text{ZH: "证据 " + c.Exhibit + " 的说明", EN: "the note about " + c.Exhibit}
}

// UndoAnswer takes back an answer that stands, the last one or that named by
// its number or the id of its question; the caller holds the lock. What was
// changed again since stays as it is now.
func (f *Folder) UndoAnswer(which string, now time.Time) (Undone, error) {
	if err := f.FinishAnswer(now); err != nil {
		return Undone{}, err
	}
	b, err := f.answerBook()
	if err != nil {
		return Undone{}, err
	}
	left := b.standing()
	n := len(left) - 1
	if which != "" {
		for n >= 0 && left[n].Question != which && strconv.Itoa(left[n].N) != which {
			n--
		}
	}
	if n < 0 {
		return Undone{}, ErrNoAnswer
	}
	u := Undone{Answer: left[n]}
	if _, u.Kept, err = f.undoable(u.Changes); err != nil {
		return u, err
	}
	if err := f.appendAnswer(answerLine{Type: "undo", Of: u.N}); err != nil {
		return u, err
	}
	return u, f.finish(u.Answer, false, now)
}

// undoable parts the changes of an answer into those that still stand, turned
// round, and those that somebody wrote over. A part of case.toml that a person
// has put into a form of their own is written over too.
func (f *Folder) undoable(changes []Change) (back []Change, kept []Overwritten, err error) {
	found, err := f.found(changes)
	if err != nil {
		return nil, nil, err
	}
	var stands []Change
	for n, c := range changes {
		switch {
		case found[n] == c.Before:
		case found[n] == c.After:
			stands = append(stands, c)
		default:
			kept = append(kept, Overwritten{c, found[n]})
		}
	}
	// Which of them cannot be taken back is looked for only where one cannot: an answer
	// may have changed thousands of rows, and each look reads the whole table.
	if back = reversed(stands); f.planned(back) == nil {
		return back, kept, nil
	}
	back = nil
	for _, c := range stands {
		var lines LineErrors
		switch err := f.planned(reversed([]Change{c})); {
		case errors.As(err, &lines):
			kept = append(kept, Overwritten{c, c.After})
		case err != nil:
			return nil, nil, err
		default:
			back = append(back, reversed([]Change{c})...)
		}
	}
	return back, kept, nil
}

// planned says why changes cannot be made.
func (f *Folder) planned(all []Change) error {
	_, err := f.plan(all)
	return err
}

// reversed are changes as they are taken back.
func reversed(changes []Change) []Change {
	out := slices.Clone(changes)
	for n := range out {
		out[n].Before, out[n].After = out[n].After, out[n].Before
		out[n].Detail = "撤回了原来的说法"
	}
	return out
}
