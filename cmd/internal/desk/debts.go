package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/filing"
)

// DebtsCalendarName is the calendar of the days on which debts are due, in the case
// folder.
const DebtsCalendarName = "还款日.ics"

// DebtsFile is the table of debts to others, in the case folder.
const DebtsFile = folder.DebtsFile

// DebtList are the debts of the person whose case it is, on a day: the loan of the case
// first, if it is known, and those of debts.csv. Each lender is a case of its own.
type DebtList struct {
	Case   evidence.Case
	Debts  []evidence.Debt
	Burden evidence.Burden
	Today  time.Time
}

// Debts lists the debts of a case.
func Debts(ctx context.Context, d Desk, dir string) (DebtList, error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return DebtList{}, err
	}
	if err := ctx.Err(); err != nil {
		return DebtList{}, err
	}
	c, err := f.ReadCase()
	if err != nil {
		return DebtList{}, err
	}
	others, err := f.Debts()
	return debtsOf(c, others, d.Now), err
}

func debtsOf(c evidence.Case, others []evidence.Debt, today time.Time) DebtList {
	r := DebtList{Case: c, Today: today}
	if own, ok := c.Debt(today); ok {
		r.Debts = append(r.Debts, own)
	}
	r.Debts = append(r.Debts, others...)
	r.Burden = evidence.BurdenOf(r.Debts, c.Complainant.Income)
	return r
}

// Twice reports a row of debts.csv that is the case's own loan once more.
func (r DebtList) Twice(d evidence.Debt) bool { return len(r.Debts) > 0 && d.Same(r.Debts[0]) }

// A DebtLine is a debt as a program reads it. Days are those it is overdue, or still
// to come.
type DebtLine struct {
	ID         string             `json:"id,omitempty"`
	Own        bool               `json:"own,omitempty"` // the loan of the case
	Twice      bool               `json:"twice,omitempty"`
	Lender     string             `json:"lender"`
	Contract   string             `json:"contract,omitempty"`
	Principal  string             `json:"principal,omitempty"`
	AnnualRate string             `json:"annual_rate,omitempty"`
	Monthly    string             `json:"monthly,omitempty"`
	Due        string             `json:"due,omitempty"`
	Stage      evidence.DebtStage `json:"stage"`
	Days       int                `json:"days"`
	Note       string             `json:"note,omitempty"`
}

// A DebtsSummary ends a list of debts. Money is yuan.
type DebtsSummary struct {
	Debts   int           `json:"debts"`
	Monthly string        `json:"monthly"`
	Lenders int           `json:"lenders"` // that get it
	Unsaid  int           `json:"unsaid"`  // debts without a monthly sum
	Income  string        `json:"income,omitempty"`
	Text    evidence.Text `json:"text"`
}

// Lines are the objects of the result.
func (r DebtList) Lines() []Line {
	var out []Line
	for _, d := range r.Debts {
		stage, days := d.Stage(r.Today)
		out = append(out, Line{"debt", DebtLine{d.ID, d.Own, r.Twice(d), d.Lender, d.Contract, d.Principal, d.AnnualRate,
			d.Monthly, d.Due, stage, days, d.Note}})
	}
	s := DebtsSummary{Debts: len(r.Debts), Monthly: r.Burden.Monthly.String(), Lenders: r.Burden.Lenders,
		Unsaid: r.Burden.Unsaid, Text: r.Burden.Text()}
	if r.Burden.Known {
		s.Income = r.Burden.Income.String()
	}
	return append(out, Line{"summary", s})
}

// A NothingDueError reports that no debt has a day to come.
type NothingDueError struct{}

func (*NothingDueError) Error() string { return "no debt has a day to come" }

// remindDays are how many days before a due day, at nine, a calendar reminds of it.
var remindDays = []int{7, 3, 1}

// WriteDebtsCalendar writes the calendar of the days on which debts are due, from
// today on, with three reminders each. To is the file; empty: that of the case folder.
// A later calendar takes the place of an earlier one's days.
func WriteDebtsCalendar(ctx context.Context, d Desk, dir, to string) (Calendar, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Calendar{}, err
	}
	defer unlock()
	c, err := f.ReadCase()
	if err != nil {
		return Calendar{}, err
	}
	others, err := f.Debts()
	if err != nil {
		return Calendar{}, err
	}
	r := debtsOf(c, others, d.Now)
	events := r.events()
	if len(events) == 0 {
		return Calendar{}, &NothingDueError{}
	}
	out := Calendar{Path: to, Events: len(events)}
	switch {
	case out.Path == "":
		out.Path = f.Path(DebtsCalendarName)
	case filepath.Ext(out.Path) == "":
		out.Path += ".ics"
	}
	if !replaceable(out.Path) {
		return Calendar{}, &TakenError{out.Path}
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	return out, disk.Replace(out.Path, filing.ICS(c.ID, events, d.Now), 0o600)
}

// events are the due days from today on: of the case's own loan each instalment of its
// schedule too. A calendar may be kept by others than the person, so that it names the
// lender and the sum of the month, and no contract.
func (r DebtList) events() []filing.Event {
	var out []filing.Event
	add := func(d evidence.Debt, due, sum, key string) {
		day, err := time.ParseInLocation(time.DateOnly, due, evidence.Beijing)
		if err != nil || due < r.Today.In(evidence.Beijing).Format(time.DateOnly) {
			return
		}
		e := filing.Event{Day: day, Title: "还款日：" + d.Lender, Key: "debt " + key, Remind: remindDays}
		if sum != "" {
			e.Text = "应还 " + sum + " 元"
		}
		out = append(out, e)
	}
	for _, d := range r.Debts {
		if d.Settled || r.Twice(d) {
			continue
		}
		if !d.Own {
			add(d, d.Due, d.Monthly, d.ID)
			continue
		}
		for _, p := range r.Case.NextInstalments(r.Today) {
			day := p.Day.In(evidence.Beijing).Format(time.DateOnly)
			add(d, day, p.Sum.String(), fmt.Sprintf("own %s", day))
			if d.Due == day {
				d.Due = ""
			}
		}
		add(d, d.Due, d.Monthly, "own")
	}
	return out
}
