package desk

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/lazyregexp"
)

// A RestoreResult says what was put back into the timeline.
type RestoreResult struct {
	Restored []string               // rows with cells that now are what their files say
	Back     []string               // rows that had been deleted, under the ids they had
	Anew     []string               // rows that had been deleted, as a kept copy has them, by their new ids
	Added    []string               // rows that had been deleted and of which no copy is kept, by their new ids
	From     []string               // the copies of the timeline that Back came from
	Again    int                    // answers that were written into Back again
	Own      []string               // rows the person wrote that have gone and stay so, since they were not named
	Emptied  []evidence.EmptiedCell // the person's own cells that were emptied and stay so: their rows were not named
	Filled   []evidence.EmptiedCell // those that are as they were
	Doubts   []evidence.Doubt

	// Recovered says what became of a timeline that was lost as a whole; nil: it
	// was not.
	Recovered *TableBack
}

// A TableBack says what became of a timeline that was lost.
type TableBack = intake.Recovery

// A RestoreLine is the result as a program reads it.
type RestoreLine struct {
	Added    []string               `json:"added"`
	Back     []string               `json:"back,omitempty"`
	From     []string               `json:"from,omitempty"`
	Own      []string               `json:"own,omitempty"`
	Emptied  []evidence.EmptiedCell `json:"emptied,omitempty"`
	Filled   []evidence.EmptiedCell `json:"filled,omitempty"`
	Restored []string               `json:"restored"`
	Table    *RecoveredLine         `json:"table,omitempty"` // that was lost as a whole
}

// A RecoveredLine says where a lost timeline was brought back from.
type RecoveredLine struct {
	From    string    `json:"from"` // a copy in the case folder; empty: the exhibits alone
	Made    time.Time `json:"made,omitzero"`
	Kept    string    `json:"kept,omitempty"` // what stood in its place
	Answers int       `json:"answers"`        // written into it again
	Lost    int       `json:"lost"`           // answers that cannot be
}

// Lines are the objects of the result.
func (r RestoreResult) Lines() []Line {
	var out []Line
	for _, d := range r.Doubts {
		out = append(out, Line{"doubt", DoubtLine{d, d.Text().Text}})
	}
	sum := RestoreLine{Added: list(slices.Concat(r.Anew, r.Added)), Restored: list(r.Restored), Back: r.Back, From: r.From,
		Own: r.Own, Emptied: r.Emptied, Filled: r.Filled}
	if t := r.Recovered; t != nil {
		sum.Added = append(slices.Clone(t.Added), sum.Added...)
		sum.Table = &RecoveredLine{t.From, t.Made, t.Kept, t.Again, t.Lost}
	}
	return append(out, Line{"summary", sum})
}

// A NotRestorableError names a row that agrees with its file, or is none.
type NotRestorableError struct{ Row string }

func (e *NotRestorableError) Error() string {
	return fmt.Sprintf("restore %s: no such row differs from its file", e.Row)
}

// Restore puts back into the timeline what the sealed files say: the cells
// that differ and the rows that were deleted, of the rows named (T006, or the
// place of a deleted row: E001:4) or of all. Other rows stay byte for byte. A
// timeline that is gone, or in whose place another program's file lies, is
// brought back first. A deleted row that the person wrote comes back where it is named.
func Restore(ctx context.Context, d Desk, dir string, rows []string) (RestoreResult, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return RestoreResult{}, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return RestoreResult{}, err
	}
	var r RestoreResult
	lost, err := f.TimelineLost()
	if err != nil {
		return r, err
	}
	if lost {
		back, err := intake.Recover(f, d.PDFs, d.Now)
		if err != nil {
			return r, err
		}
		r.Recovered = &back
	}
	plan, err := intake.Differences(f, d.PDFs)
	if err != nil {
		return r, err
	}
	cells, err := r.refill(f, rows, plan.Of(nil), d.Now)
	if err != nil {
		return r, err
	}
	if len(cells) > 0 { // rows know their file again
		if plan, err = intake.Differences(f, d.PDFs); err != nil {
			return r, err
		}
	}
	written, err := f.OwnRowsGone()
	if err != nil {
		return r, err
	}
	var ofFiles []string
	var own []evidence.Incident
	for _, row := range rows {
		n := slices.IndexFunc(written, func(k folder.KeptRow) bool { return k.ID == row })
		switch {
		case n >= 0:
			own = append(own, written[n].Incident)
			if !slices.Contains(r.From, written[n].From) {
				r.From = append(r.From, written[n].From)
			}
		case plan.Has(row):
			ofFiles = append(ofFiles, row)
		case slices.Contains(cells, row):
		default:
			return r, &NotRestorableError{row}
		}
	}
	for _, k := range written {
		if !slices.Contains(rows, k.ID) {
			r.Own = append(r.Own, k.ID)
		}
	}
	if len(rows) == 0 || len(ofFiles) > 0 {
		r.Doubts = plan.Of(ofFiles)
		done, err := plan.Restore(f, ofFiles, d.Now)
		done.Restored = append(done.Restored, slices.DeleteFunc(r.Restored,
			func(id string) bool { return slices.Contains(done.Restored, id) })...)
		r.Restored, r.Back, r.Added, r.Again, r.Anew = done.Restored, done.Back, done.Added, done.Again, done.Anew
		for _, from := range done.From {
			if !slices.Contains(r.From, from) {
				r.From = append(r.From, from)
			}
		}
		if err != nil {
			return r, err
		}
	}
	back, err := f.PutBackIncidents(own, d.Now)
	r.Back = append(r.Back, back...)
	return r, err
}

// refill writes cells that were emptied by hand as they were: what the program had filled
// of all rows or of those named, and what the person had of those named. Returned are the
// rows.
func (r *RestoreResult) refill(f *folder.Folder, rows []string, differ []evidence.Doubt, now time.Time) ([]string,
	error) {
	machine, own, err := emptied(f, differ)
	if err != nil {
		return nil, err
	}
	var back []folder.BlankedCell
	for _, c := range machine {
		if len(rows) == 0 || slices.Contains(rows, c.Row) {
			back = append(back, c)
			r.Restored = appendNew(r.Restored, c.Row)
		}
	}
	for _, c := range own {
		if !slices.Contains(rows, c.Row) {
			r.Emptied = append(r.Emptied, c)
			continue
		}
		back, r.Filled = append(back, folder.BlankedCell{Row: c.Row, Column: c.Column, Was: c.Was}), append(r.Filled, c)
	}
	return f.PutBackCells(back, now)
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// besideForm are names under which a spreadsheet or a browser leaves another
// copy of the timeline.
var besideForm = lazyregexp.New(`(?i)^timeline.*\.(?:xlsx|xls|xlsm|ods|et|numbers|csv|csv\.txt|txt|tsv)$`)

// tablesBeside names tables in a case folder that look like the timeline and
// are newer than it: the person's edits may lie there.
func tablesBeside(f *folder.Folder) []evidence.Doubt {
	of, err := os.Stat(f.Path(folder.TimelineFile))
	if err != nil {
		return nil
	}
	files, err := os.ReadDir(f.Dir())
	if err != nil {
		return nil
	}
	var out []evidence.Doubt
	for _, x := range files {
		info, err := x.Info()
		if err != nil || !info.Mode().IsRegular() || x.Name() == folder.TimelineFile ||
			!besideForm.MatchString(x.Name()) || !info.ModTime().After(of.ModTime()) {
			continue
		}
		out = append(out, evidence.Doubt{Code: evidence.TableBeside, About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "folder", Value: x.Name()}}})
	}
	return out
}
