package desk

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates/filing"
)

// A CaseStatus is where the complaints of one of many cases stand. A case that
// cannot be read has an error and nothing else.
type CaseStatus struct {
	Folder string // below the root
	ID     string
	Lanes  []Lane
	Err    error
	// Twin is another case, before this one in the order of names, that is of the same
	// person against the same creditor; empty: none is.
	Twin string

	matter string            // see [Matter]
	person string            // whose it is, for counting what one person handed in
	filed  []evidence.Filing // of the case
}

// A NoCasesError reports a folder that holds no case folders. Case says that it is
// one itself.
type NoCasesError struct {
	Root string
	Case bool
}

func (e *NoCasesError) Error() string { return e.Root + " holds no cases" }

// A LockedCaseError reports a case that was locked with a passphrase.
type LockedCaseError struct{ Path string }

func (e *LockedCaseError) Error() string { return e.Path + " is a locked case" }

// Status says where the complaints of all cases of a folder stand, what ends soonest
// first, and behind them the cases that cannot be read. It writes nothing. One that
// fails stops no other.
func Status(ctx context.Context, d Desk, root string) ([]CaseStatus, error) {
	var out []CaseStatus
	locked, err := filepath.Glob(filepath.Join(disk.QuoteGlob(root), "*"+LockedCaseEnd))
	if err != nil {
		return nil, err
	}
	for _, at := range locked {
		out = append(out, CaseStatus{Folder: filepath.Base(at), Err: &LockedCaseError{at}})
	}
	err = eachCase(ctx, root, func(dir, name string) { out = append(out, StatusOf(ctx, d, dir, name)) })
	if none := (*NoCasesError)(nil); errors.As(err, &none) && len(locked) > 0 {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	first := map[string]string{}
	for n, s := range out { // in the order of names still
		if out[n].Twin = first[s.matter]; out[n].Twin == "" && s.matter != "" {
			first[s.matter] = s.Folder
		}
	}
	slices.SortStableFunc(out, func(a, b CaseStatus) int { return cmp.Compare(a.rank(), b.rank()) })
	return out, nil
}

// Matter tells cases of one person against one creditor from all others: by name and number
// of who complains, and the names and the contract of whom it is about. It is empty of a case
// that does not say who it is: two people may have one name.
func Matter(c evidence.Case) string {
	p := c.Complainant
	if p.Name == "" || p.Phone == "" && p.IDNumber == "" {
		return ""
	}
	return strings.Join([]string{string(p.Kind), p.Name, p.Phone, p.IDNumber, p.Of, c.Platform.Brand, c.Platform.Name,
		c.Lender.Name, c.Loan.Contract}, "\x1f")
}

// eachCase goes through the case folders that lie in a folder.
func eachCase(ctx context.Context, root string, do func(dir, name string)) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		dir := filepath.Join(root, e.Name())
		if _, err := os.Lstat(filepath.Join(dir, folder.CaseFile)); err != nil || !e.IsDir() {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		found = true
		do(dir, e.Name())
	}
	if !found {
		_, err := os.Lstat(filepath.Join(root, folder.CaseFile))
		return &NoCasesError{root, err == nil}
	}
	return nil
}

// StatusOf is where the complaints of one case stand, which is told under a name.
func StatusOf(ctx context.Context, d Desk, dir, name string) CaseStatus {
	s := CaseStatus{Folder: name}
	x, err := Open(ctx, d, dir)
	if err == nil {
		s.ID, s.person, s.filed = x.Case.ID, x.Case.Complainant.Name, x.Case.Filings
		s.matter = Matter(x.Case)
		var r Tracked
		r, err = tracked(x)
		s.Lanes = r.Lanes
	}
	if err != nil {
		return CaseStatus{Folder: name, Err: err}
	}
	return s
}

// Next is the lane whose day comes first of those that are waited for or overdue.
func (s CaseStatus) Next() (Lane, bool) {
	var out Lane
	found := false
	for _, l := range s.Lanes {
		if (l.State == track.Waiting || l.State == track.Overdue) && (!found || l.Until.Before(out.Until)) {
			out, found = l, true
		}
	}
	return out, found
}

// Count is how many lanes stand in some state.
func (s CaseStatus) Count(states ...track.State) int {
	n := 0
	for _, l := range s.Lanes {
		if slices.Contains(states, l.State) {
			n++
		}
	}
	return n
}

// Grown is how many lanes, of those that are not closed, have papers filed that are
// without evidence that came since.
func (s CaseStatus) Grown() int {
	n := 0
	for _, l := range s.Lanes {
		if len(l.Added) > 0 && l.State != track.Closed {
			n++
		}
	}
	return n
}

// rank orders cases: by the day that comes first, then those without one, then those
// that cannot be read.
func (s CaseStatus) rank() string {
	l, ok := s.Next()
	switch {
	case s.Err != nil:
		return "3"
	case !ok:
		return "2"
	}
	return "1" + l.Until.Format(time.DateOnly)
}

// A CaseLine is one of many cases as a program reads it.
type CaseLine struct {
	Folder   string        `json:"folder"`
	ID       string        `json:"id,omitempty"`
	ToHandIn int           `json:"to_hand_in"`
	Waiting  int           `json:"waiting"`
	Overdue  int           `json:"overdue"`
	Answered int           `json:"answered"`
	Closed   int           `json:"closed"`
	Grown    int           `json:"grown"`               // whose filed papers are without evidence that came since
	Next     string        `json:"next,omitempty"`      // day that comes first
	NextWith string        `json:"next_with,omitempty"` // of whom
	ByRule   bool          `json:"by_rule,omitempty"`
	Role     evidence.Role `json:"role,omitempty"`
	Twin     string        `json:"twin,omitempty"` // a case of the same person and creditor
	Error    string        `json:"error,omitempty"`
}

// A StatusSummary counts cases.
type StatusSummary struct {
	Cases   int `json:"cases"`
	Overdue int `json:"overdue"` // with a lane that is
	Failed  int `json:"failed"`  // that could not be read
}

// Line is the object of one case.
func (s CaseStatus) Line() CaseLine {
	l := CaseLine{Folder: s.Folder, ID: s.ID, ToHandIn: s.Count(track.ToSign, track.ToSend),
		Waiting: s.Count(track.Waiting), Overdue: s.Count(track.Overdue), Answered: s.Count(track.Answered),
		Closed: s.Count(track.Closed), Grown: s.Grown(), Twin: s.Twin}
	if next, ok := s.Next(); ok {
		l.Next, l.NextWith = next.Until.Format(time.DateOnly), next.Recipient.Name
		l.ByRule, l.Role = next.ByRule, next.Asked
	}
	if s.Err != nil {
		l.Error = s.Err.Error()
	}
	return l
}

// StatusLines are the objects of all cases.
func StatusLines(all []CaseStatus) []Line {
	var out []Line
	sum := StatusSummary{Cases: len(all)}
	for _, s := range all {
		if s.Err != nil {
			sum.Failed++
		}
		if s.Count(track.Overdue) > 0 {
			sum.Overdue++
		}
		out = append(out, Line{"case", s.Line()})
	}
	for _, f := range FiledPerDay(all) {
		out = append(out, Line{"filed-per-day", f})
	}
	return append(out, Line{"summary", sum})
}

// A NothingToRememberError reports cases in which no term runs.
type NothingToRememberError struct{}

func (*NothingToRememberError) Error() string { return "no term runs in any case" }

// WriteStatusCalendar writes the terms of many cases into one calendar, each named by
// its folder. The days have the ids they have in the calendars of the cases, and take
// their place.
func WriteStatusCalendar(d Desk, all []CaseStatus, path string) (Calendar, error) {
	if filepath.Ext(path) == "" {
		path += ".ics"
	}
	c := Calendar{Path: path}
	var events []filing.Event
	for _, s := range all {
		for _, e := range calendarOf(s.Lanes) {
			e.Case, e.Of = s.ID, s.Folder
			if e.Cancelled {
				c.Cancelled++
			} else {
				c.Events++
			}
			events = append(events, e)
		}
	}
	switch {
	case len(events) == 0:
		return c, &NothingToRememberError{}
	case !replaceable(path):
		return c, &TakenError{path}
	}
	return c, disk.Replace(path, filing.ICS("", events, d.Now), 0o600)
}

// WriteNew writes a file that is not there yet, whole or not at all.
func WriteNew(path string, data []byte) error {
	if _, err := os.Lstat(path); err == nil || !errors.Is(err, os.ErrNotExist) {
		return &TakenError{path}
	}
	return disk.Replace(path, data, 0o600)
}
