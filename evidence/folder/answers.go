package folder

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// AnswersFile is the name of the file in a case folder that holds what the
// person answered, and what each answer changed. Lines are only appended.
const AnswersFile = "answers.jsonl"

// An Answer is what the person answered to one question.
type Answer struct {
	N         int             `json:"n"`
	Made      time.Time       `json:"made"`
	Question  string          `json:"question"` // its id
	Kind      string          `json:"kind"`
	Breach    evidence.Breach `json:"breach,omitempty"`
	Incidents []string        `json:"incidents,omitempty"` // rows it was about
	Subject   []string        `json:"subject,omitempty"`   // numbers, accounts, folders it was about
	Value     string          `json:"value"`
	Text      evidence.Text   `json:"text"`          // the question as it was asked
	Said      evidence.Text   `json:"said,omitzero"` // the value in words, where it was chosen
	Changes   []Change        `json:"changes,omitempty"`
}

// A Change is one thing that an answer changes in the case: a cell of
// timeline.csv, a row of it, a key of case.toml, whose a number or account is, a
// note about an exhibit, debts.csv. Before it is done After is what is wanted.
type Change struct {
	Row    string `json:"row,omitempty"`
	Column string `json:"column,omitempty"` // its English head; empty: the row was appended
	// Cells are those of a whole row that is written, or taken out, by their English
	// heads; Before and After are then the [RowStamp] of it, or empty where it is not
	// there. A row that is written without an id gets one.
	Cells map[string]string `json:"cells,omitempty"`
	// File is a small table that is written as a whole: debts.csv. Before and After are
	// its text, empty where it is not there.
	File string `json:"file,omitempty"`
	Key  string `json:"key,omitempty"`
	// Number is whose it is; with the column "for", for which lender it collects
	Number  string `json:"number,omitempty"`
	Account string `json:"account,omitempty"` // of a chat, as number
	Name    string `json:"name,omitempty"`    // of the number's owner
	Exhibit string `json:"exhibit,omitempty"`
	Note    string `json:"note,omitempty"`   // of the exhibit: its code; Before and After are what it is about
	Detail  string `json:"detail,omitempty"` // of the note, in words
	Before  string `json:"before"`
	After   string `json:"after"`
}

// answerLine is one line of answers.jsonl. An answer is written before its
// changes are made, and done after them; so is taking it back.
type answerLine struct {
	Type   string `json:"type"` // answer, undo, done
	Schema int    `json:"schema"`
	*Answer
	Of int `json:"of,omitempty"` // the answer that is taken back, or whose changes are made
}

// answerBook is answers.jsonl as read.
type answerBook struct {
	all     []Answer
	undone  map[int]bool
	pending *answerLine // the last line, where its changes may not have been made
}

func (f *Folder) answerBook() (answerBook, error) {
	b := answerBook{undone: map[int]bool{}}
	data, err := os.ReadFile(f.Path(AnswersFile))
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, fmt.Errorf("read answers: %w", err)
	}
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			break // a crash cut it short: nothing was changed yet
		}
		data = rest
		var l answerLine
		err := json.Unmarshal(line, &l)
		switch {
		case err == nil && l.Type == "answer" && l.Answer != nil:
			b.all, b.pending = append(b.all, *l.Answer), &l
		case err == nil && l.Type == "undo":
			b.undone[l.Of], b.pending = true, &l
		case err == nil && l.Type == "done":
			b.pending = nil
		default:
			return b, damagedLine(AnswersFile, n)
		}
	}
	return b, nil
}

// Answers are what the person answered and did not take back, in order.
func (f *Folder) Answers() ([]Answer, error) {
	b, err := f.answerBook()
	if err != nil {
		return nil, err
	}
	return b.standing(), nil
}

func (b answerBook) standing() []Answer {
	return slices.DeleteFunc(slices.Clone(b.all), func(a Answer) bool { return b.undone[a.N] })
}

// Answer notes an answer and makes its changes; the caller holds the lock. The
// answer is on record before anything changes: what a crash left undone is
// done by whoever writes next.
func (f *Folder) Answer(a Answer, now time.Time) (Answer, error) {
	if err := f.FinishAnswer(now); err != nil {
		return a, err
	}
	b, err := f.answerBook()
	if err != nil {
		return a, err
	}
	a.N, a.Made = len(b.all)+1, now
	if a.Changes, err = f.numberNewRows(a.Changes); err != nil {
		return a, err
	}
	if a.Changes, err = f.prepare(a.Changes); err != nil {
		return a, err
	}
	if _, err := f.plan(a.Changes); err != nil {
		return a, err // what cannot be done is not put on record
	}
	if err := f.appendAnswer(answerLine{Type: "answer", Answer: &a}); err != nil {
		return a, err
	}
	return a, f.finish(a, true, now)
}

// FinishAnswer makes the changes that a crash kept from being made.
func (f *Folder) FinishAnswer(now time.Time) error {
	b, err := f.answerBook()
	if err != nil || b.pending == nil {
		return err
	}
	if b.pending.Answer != nil {
		return f.finish(*b.pending.Answer, true, now)
	}
	n := slices.IndexFunc(b.all, func(a Answer) bool { return a.N == b.pending.Of })
	if n < 0 {
		return nil
	}
	return f.finish(b.all[n], false, now)
}

// finish makes the changes of an answer, or takes them back, and says that
// they are done. A cell that says something else by now is left alone.
func (f *Folder) finish(a Answer, forward bool, now time.Time) error {
	event := "answered"
	found, err := f.found(a.Changes)
	if err != nil {
		return err
	}
	var left []Change
	for n, c := range a.Changes {
		if found[n] == c.Before {
			left = append(left, c)
		}
	}
	if !forward {
		event = "answer-taken-back"
		if left, _, err = f.undoable(a.Changes); err != nil {
			return err
		}
	}
	if err := f.change(left, now); err != nil {
		return err
	}
	if err := f.Note("note", fmt.Sprintf("%s %d %s", event, a.N, a.Kind), now); err != nil {
		return err
	}
	return f.appendAnswer(answerLine{Type: "done", Of: a.N})
}

func (f *Folder) appendAnswer(l answerLine) error {
	l.Schema = 1
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if _, err := appendLine(f.Path(AnswersFile), line.Bytes()); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// prepare completes changes with what stands there now, and drops those that
// change nothing.
func (f *Folder) prepare(changes []Change) ([]Change, error) {
	found, err := f.found(changes)
	if err != nil {
		return nil, err
	}
	var out []Change
	for n, c := range changes {
		c.Before = found[n]
		switch {
		case c.Cells != nil || c.File != "":
		case c.Row != "" && c.Column == "":
			c.Before, c.After = "", found[n] // it was appended, and stands there by now
		case c.Row != "":
			var bad *evidence.Text
			if c.After, bad = canonical(c.Column, c.After); bad != nil {
				return nil, LineErrors{{File: TimelineFile, Column: columnNamed(c.Column).zh,
					Found: evidence.Text{ZH: "“" + c.After + "”", EN: `"` + c.After + `"`}, Wanted: *bad}}
			}
		}
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out, nil
}

// canonical is the form in which the program writes a value of a column.
func canonical(en, value string) (string, *evidence.Text) {
	c, i := columnNamed(en), evidence.Incident{Seconds: -1}
	if bad := c.set(&i, value); bad != nil {
		return value, bad
	}
	return c.get(i), nil
}

// found is what stands where changes are made, of each in turn.
func (f *Folder) found(changes []Change) ([]string, error) {
	cells, err := f.cellsFound(changes)
	if err != nil {
		return nil, err
	}
	r, err := f.loadRegister()
	if err != nil {
		return nil, err
	}
	data, err := f.caseText()
	if err != nil {
		return nil, err
	}
	kase, err := ParseCase(CaseFile, data)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(changes))
	for k, c := range changes {
		switch {
		case c.Cells != nil:
			out[k] = cells[[2]string{c.Row, wholeRow}]
		case c.Row != "":
			out[k] = cells[[2]string{c.Row, c.Column}]
		case c.File != "":
			if out[k], err = f.textOf(c.File); err != nil {
				return nil, err
			}
		case c.Exhibit != "":
			x, _ := r.Lookup(c.Exhibit)
			for _, n := range x.Notes {
				if n.Code == c.Note {
					out[k] = n.About
				}
			}
		case c.Key != "":
			key, nth := keyPlace(c.Key)
			out[k] = keyOf(data, key, nth)
		case ownerAt(kase, c) >= 0:
			out[k] = string(kase.Numbers[ownerAt(kase, c)].Side)
			if c.Column == lendingColumn {
				out[k] = string(kase.Numbers[ownerAt(kase, c)].For)
			}
		}
	}
	return out, nil
}

// cellsFound are the cells of timeline.csv that changes are about, by row and
// column; of a whole row what stands for it.
func (f *Folder) cellsFound(changes []Change) (map[[2]string]string, error) {
	want := map[string]bool{}
	for _, c := range changes {
		if c.Row != "" {
			want[c.Row] = true
		}
	}
	out := map[[2]string]string{}
	if len(want) == 0 {
		return out, nil
	}
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	_, _, err = rewriteRecords(data, nil, func([]*column) error { return nil },
		func(i evidence.Incident, cols []*column, row []string) ([]string, bool) {
			if !want[i.ID] {
				return row, false
			}
			out[[2]string{i.ID, ""}] = sumOf(cols, row)
			out[[2]string{i.ID, wholeRow}] = RowStamp(cellsOf(i, cols, row))
			for n, col := range cols {
				if col != nil && n < len(row) {
					out[[2]string{i.ID, col.en}] = cellOf(i, col, row[n])
				}
			}
			return row, false
		})
	return out, err
}

// cellOf is a cell in the program's own form, or as it stands if it is none.
func cellOf(i evidence.Incident, c *column, raw string) string {
	raw = unguard(strings.TrimSpace(raw))
	if s := c.get(i); s != "" {
		return s
	}
	return raw
}

// sumOf stands for a whole row.
func sumOf(cols []*column, row []string) string {
	sum := sha256.New()
	for n, c := range cols {
		if c != nil && n < len(row) {
			fmt.Fprintf(sum, "%s\x1f%s\x1e", c.en, unguard(strings.TrimSpace(row[n])))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// A plan is what changes make of files; nil: as it is.
type plan struct {
	timeline, kase []byte
	notes, files   []Change
}

// plan works out changes and writes nothing.
func (f *Folder) plan(all []Change) (plan, error) {
	var p plan
	cells := map[string][]Change{}
	kase, err := f.caseText()
	if err != nil {
		return p, err
	}
	before := slices.Clone(kase)
	for _, c := range all {
		switch {
		case c.Row != "":
			cells[c.Row] = append(cells[c.Row], c)
		case c.Key != "":
			key, nth := keyPlace(c.Key)
			kase, err = setKey(kase, key, c.After, nth)
		case c.Number+c.Account != "":
			kase, err = setOwner(kase, c)
		case c.File != "":
			p.files = append(p.files, c)
		case c.Exhibit != "":
			p.notes = append(p.notes, c)
		}
		if err != nil {
			return p, err
		}
	}
	if !bytes.Equal(before, kase) {
		p.kase = kase
	}
	if len(cells) > 0 {
		p.timeline, err = f.planCells(cells)
	}
	return p, err
}

// change makes changes, file by file.
func (f *Folder) change(all []Change, now time.Time) error {
	p, err := f.plan(all)
	if err != nil {
		return err
	}
	for _, c := range p.notes {
		n := evidence.Note{Code: c.Note, About: c.After, Detail: c.Detail}
		if err := f.AddNote(c.Exhibit, n, now); err != nil {
			return err
		}
	}
	for _, c := range p.files {
		if err := f.putText(c.File, c.After); err != nil {
			return err
		}
	}
	if p.timeline != nil {
		if err := f.keepTaken(all); err != nil {
			return err
		}
		if err := f.PutTimeline(p.timeline); err != nil {
			return err
		}
	}
	if p.kase == nil {
		return nil
	}
	return f.putCase(p.kase, now)
}

// planCells writes cells of timeline.csv. A column that the file of an
// earlier release does not have is added at its end. A row that an answer had
// appended goes where it is to be nothing again.
func (f *Folder) planCells(want map[string][]Change) ([]byte, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	var more []*column
	has := func(cols []*column) error {
		for _, changes := range want {
			for _, c := range changes {
				for _, en := range c.heads() {
					col := columnNamed(en)
					if col != nil && c.After != "" && !slices.Contains(cols, col) && !slices.Contains(more, col) {
						more = append(more, col)
					}
				}
			}
		}
		return nil
	}
	if _, _, err := rewriteRecords(data, nil, has, keep); err != nil {
		return nil, err
	}
	slices.SortFunc(more, func(a, b *column) int { return strings.Compare(a.en, b.en) })
	out, _, err := rewriteRecords(data, more, func([]*column) error { return nil },
		func(i evidence.Incident, cols []*column, row []string) ([]string, bool) {
			for _, c := range want[i.ID] {
				if c.Column == "" {
					return nil, true
				}
				n := slices.Index(cols, columnNamed(c.Column))
				if n < 0 {
					continue // an empty cell of a column that is not there
				}
				for len(row) <= n {
					row = append(row, "")
				}
				row[n] = guard(c.After)
			}
			return row, len(want[i.ID]) > 0
		})
	if err != nil {
		return nil, err
	}
	return withNewRows(out, want)
}

func keep(_ evidence.Incident, _ []*column, row []string) ([]string, bool) { return row, false }
