package desk

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/workbook"
)

// SheetName is the workbook of a case, in its folder.
const SheetName = "案件.xlsx"

// A SheetResult is a workbook that was written.
type SheetResult struct {
	Path string `json:"path"`
	Rows int    `json:"rows"` // of the timeline
	Kept string `json:"kept,omitempty"`
}

// Lines are the objects of the result.
func (r SheetResult) Lines() []Line { return []Line{{"workbook", r}} }

// An UnappliedError reports a workbook in which a person changed something that is not
// in the case yet; or that cannot be read, so that nobody knows.
type UnappliedError struct {
	Path    string
	Changes int // 0: it cannot be read
}

func (e *UnappliedError) Error() string {
	return fmt.Sprintf("%s holds %d changes that are not in the case", e.Path, e.Changes)
}

// Sheet writes the workbook of a case: all that a person may say, and what files show.
// Path is the file; empty: that of the case folder. One that is there gives way only if
// all that a person changed in it is in the case.
func Sheet(ctx context.Context, d Desk, dir, path string) (r SheetResult, err error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	r.Path = sheetPath(f, path)
	if _, err := os.Lstat(r.Path); err == nil {
		if err := nothingUnapplied(ctx, d, f, r.Path); err != nil {
			return r, err
		}
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	return r, writeSheet(d, f, &r)
}

// sheetPath is the file of a workbook, as named or that of the case.
func sheetPath(f *folder.Folder, path string) string {
	switch {
	case path == "":
		return f.Path(SheetName)
	case !strings.EqualFold(filepath.Ext(path), ".xlsx"):
		return path + ".xlsx"
	}
	return path
}

// nothingUnapplied reports an [UnappliedError] of a workbook that is there.
func nothingUnapplied(ctx context.Context, d Desk, f *folder.Folder, path string) error {
	diff, err := differences(ctx, d, f, path)
	var form *workbook.FormError
	var mistakes SheetMistakes
	var unknown *UnknownStateError
	switch {
	case errors.As(err, &form), errors.As(err, &unknown):
		return &UnappliedError{Path: path}
	case errors.As(err, &mistakes):
		return &UnappliedError{path, len(mistakes)}
	case err != nil:
		return err
	case len(diff.Changes)+len(diff.Refused) > 0:
		return &UnappliedError{path, len(diff.Changes) + len(diff.Refused)}
	}
	return nil
}

// writeSheet writes the workbook of a case as it stands.
func writeSheet(d Desk, f *folder.Folder, r *SheetResult) error {
	x, _, pages, err := casePages(d, f)
	if err != nil {
		return err
	}
	state, err := keepState(f, x.Case.ID, pages, d.Now)
	if err != nil {
		return err
	}
	book := workbook.Book{State: state, Made: d.Now}
	for _, p := range pages {
		book.Sheets = append(book.Sheets, p.sheet(state))
		if p.name == sheetTimeline {
			r.Rows = len(p.rows)
		}
	}
	data, err := workbook.Write(book)
	if err != nil {
		return fmt.Errorf("make the workbook: %w", err)
	}
	return disk.Replace(r.Path, data, 0o600)
}

// casePages reads a case and lays it out in sheets; table is the timeline as its file
// has it.
func casePages(d Desk, f *folder.Folder) (x Dossier, table []evidence.Incident, pages []page, err error) {
	if x, err = read(d, f); err != nil {
		return x, nil, nil, err
	}
	if table, err = f.Timeline(); err != nil {
		return x, nil, nil, err
	}
	debts, err := f.Debts()
	return x, table, sheetsOfCase(x, debts, table, d.Now), err
}

// spareRows are how many rows can be added to a sheet that takes some, with the
// drop-downs of those that are there.
const spareRows = 200

// sheet is a page as a workbook has it.
func (p page) sheet(state string) workbook.Sheet {
	s := workbook.Sheet{Name: p.name, Title: p.title, Chart: p.chart}
	for _, c := range p.columns {
		s.Columns = append(s.Columns, c.Column)
	}
	if p.open {
		s.Spare = spareRows
	}
	for _, r := range p.rows {
		var row []workbook.Cell
		for n, x := range r.slots {
			row = append(row, workbook.Cell{Text: x.text, Choices: x.choices, Bold: p.plain && n == 0,
				Fixed: !p.plain && x.about == (about{})})
		}
		s.Rows = append(s.Rows, row)
	}
	if p.plain {
		s.Rows = append(s.Rows, []workbook.Cell{{Text: stateTitle, Bold: true}, {Text: state, Fixed: true}})
	}
	return s
}

// stateTitle is under what the last sheet shows the state, for books that lost it
// elsewhere.
const stateTitle = "做这份工作簿时的案件"

// A sheetState is what a workbook was made from: each sheet with its rows, as shown.
type sheetState struct {
	Case  string      `json:"case"`
	Made  time.Time   `json:"made"`
	Pages []statePage `json:"pages"`
}

type statePage struct {
	Name  string     `json:"name"`
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"` // the first cell is the row's id
}

func stateOf(id string, pages []page, now time.Time) sheetState {
	s := sheetState{Case: id, Made: now}
	for _, p := range pages {
		if p.plain {
			continue
		}
		x := statePage{Name: p.name, Rows: [][]string{}}
		for _, c := range p.columns {
			x.Heads = append(x.Heads, c.Head)
		}
		for _, r := range p.rows {
			var row []string
			for _, cell := range r.slots {
				row = append(row, workbook.Clean(cell.text))
			}
			x.Rows = append(x.Rows, row)
		}
		s.Pages = append(s.Pages, x)
	}
	return s
}

// keepState keeps what a workbook is made from, and gives the digest it goes by.
func keepState(f *folder.Folder, id string, pages []page, now time.Time) (digest string, err error) {
	text, err := json.Marshal(stateOf(id, pages, now))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	digest = hex.EncodeToString(sum[:])
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(text); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return digest, f.KeepWorkbookState(stateFile(digest), out.Bytes())
}

func stateFile(digest string) string { return digest[:16] + ".json.gz" }

// An UnknownStateError reports a workbook of which nobody knows what it was made from.
type UnknownStateError struct {
	Path  string
	State string // as the workbook says it; empty: it says nothing
	Other bool   // it was made from another case
}

func (e *UnknownStateError) Error() string { return e.Path + ": made from an unknown state" }

// mostState bounds what a state unpacks to.
const mostState = 256 << 20

// loadState reads what a workbook was made from.
func loadState(f *folder.Folder, id, digest string) (s sheetState, known bool, err error) {
	if raw, err := hex.DecodeString(digest); err != nil || len(raw) != sha256.Size {
		return s, false, nil
	}
	data, err := f.WorkbookState(stateFile(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err != nil {
		return s, false, fmt.Errorf("read what the workbook was made from: %w", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return s, false, nil
	}
	text, err := io.ReadAll(io.LimitReader(z, mostState))
	if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != digest {
		return s, false, nil // somebody wrote into it
	}
	return s, json.Unmarshal(text, &s) == nil && s.Case == id, nil
}

// An OpenElsewhere tells that a spreadsheet has the workbook open: what is not saved
// there is not read.
type OpenElsewhere struct{ Path string }

// Code names the notice.
func (OpenElsewhere) Code() string { return "open-elsewhere" }

// openElsewhere looks for the file with which spreadsheets mark what they have open:
// ~$案件.xlsx of Excel and WPS, .~lock.案件.xlsx# of LibreOffice.
func openElsewhere(path string) bool {
	dir, name := filepath.Split(path)
	for _, mark := range []string{"~$" + name, ".~lock." + name + "#"} {
		if _, err := os.Lstat(filepath.Join(dir, mark)); err == nil {
			return true
		}
	}
	return false
}

// A SheetDiff is what a workbook that came back has otherwise than the case.
type SheetDiff struct {
	Path    string
	Changes []SheetChange  // that would be written into the case
	Refused []SheetRefusal // that would not
	Moved   []SheetChange  // what changed in the case since the workbook was made
	Notes   []SheetNote

	answer folder.Answer // the changes as they are written
}

// A SheetChange is a cell, or a whole row, that is otherwise.
type SheetChange struct {
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell,omitempty"` // such as D7; empty: of no cell that is there
	Item   string `json:"item"`           // what stands in the row's first cell
	Column string `json:"column,omitempty"`
	Before string `json:"before"`
	After  string `json:"after"`
	Row    string `json:"row,omitempty"` // added, removed: the whole row
}

// A SheetRefusal is a cell that was changed and is not taken.
type SheetRefusal struct {
	SheetChange        // Before is what the workbook was made from
	Why         string `json:"why"`           // see [RefusedFixed] and the others
	Now         string `json:"now,omitempty"` // what the case has by now
}

// Why a change is not taken.
const (
	RefusedFixed  = "fixed"    // a file says it, or the program computes it
	RefusedBoth   = "conflict" // the case has changed there too
	RefusedRemove = "remove"   // a row of a file was taken out
)

// A SheetNote tells of something in the workbook that changes nothing.
type SheetNote struct {
	Code   string `json:"code"`
	Sheet  string `json:"sheet"`
	Detail string `json:"detail,omitempty"`
	Count  int    `json:"count,omitempty"`
}

// The codes of notes.
const (
	NoteRenamedSheet  = "sheet-renamed"  // known by its columns; Detail is the name it has now
	NoteMissingSheet  = "sheet-missing"  // nothing of it is read
	NoteExtraSheet    = "sheet-extra"    // is not read
	NoteMissingColumn = "column-missing" // nothing of it is read
	NoteExtraColumn   = "column-extra"   // is not read
	NoteHiddenRows    = "rows-hidden"    // are read as the others
	NoteMissingRows   = "rows-missing"   // of facts and exhibits: nothing of them is read
)

// A SheetMistake is a cell that cannot be read.
type SheetMistake struct {
	Sheet  string
	Cell   string
	Found  evidence.Text
	Wanted evidence.Text
}

// SheetMistakes are all of a workbook: with one of them nothing is written.
type SheetMistakes []SheetMistake

func (e SheetMistakes) Error() string {
	return fmt.Sprintf("%d cells cannot be read, first %s %s", len(e), e[0].Sheet, e[0].Cell)
}

// Lines are the objects of the result.
func (r SheetDiff) Lines() []Line {
	var out []Line
	for _, c := range r.Moved {
		out = append(out, Line{"moved", c})
	}
	for _, c := range r.Changes {
		out = append(out, Line{"change", c})
	}
	for _, c := range r.Refused {
		out = append(out, Line{"refused", c})
	}
	for _, n := range r.Notes {
		out = append(out, Line{"note", n})
	}
	return out
}

// Differences tells what a workbook has otherwise than its case, and changes nothing.
// Path as in [Sheet]. The errors are a [workbook.FormError], an [UnknownStateError],
// [SheetMistakes].
func Differences(ctx context.Context, d Desk, dir, path string) (SheetDiff, error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return SheetDiff{}, err
	}
	return differences(ctx, d, f, sheetPath(f, path))
}

// SheetChangedError reports that case or workbook changed while somebody looked at the
// differences.
type SheetChangedError struct{ Path string }

func (e *SheetChangedError) Error() string {
	return e.Path + ": changed since its differences were told"
}

// An AppliedSheet is what became of a workbook.
type AppliedSheet struct {
	Answer folder.Answer // as which the changes can be taken back
	Diff   SheetDiff
	Kept   string // where the workbook as it came back is kept, in the case folder; empty: it still stands
}

// A SheetSummary ends what is said of a workbook that came back.
type SheetSummary struct {
	Changes int    `json:"changes"`
	Refused int    `json:"refused"`
	Answer  int    `json:"answer,omitempty"` // the number of the answer that takes them back
	Kept    string `json:"kept,omitempty"`
}

// Lines are the objects of the result.
func (r AppliedSheet) Lines() []Line {
	return append(r.Diff.Lines(), Line{"summary", SheetSummary{len(r.Diff.Changes), len(r.Diff.Refused),
		r.Answer.N, r.Kept}})
}

// ApplySheet writes into the case what a person changed in its workbook, as one answer
// that can be taken back: all that seen tells of or, where case or workbook are not what
// they were then, nothing. The workbook of the case is then made anew, with the ids of
// rows that were added; as it came back it is kept.
func ApplySheet(ctx context.Context, d Desk, dir string, seen SheetDiff) (r AppliedSheet, err error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	if r.Diff, err = differences(ctx, d, f, seen.Path); err != nil {
		return r, err
	}
	if a, b := fmt.Sprint(r.Diff.Changes), fmt.Sprint(seen.Changes); a != b {
		return r, &SheetChangedError{seen.Path}
	}
	if len(r.Diff.Changes) == 0 {
		return r, nil
	}
	data, err := os.ReadFile(seen.Path)
	if err != nil {
		return r, fmt.Errorf("read the workbook: %w", err)
	}
	if r.Answer, err = f.Answer(r.Diff.answer, d.Now); err != nil {
		return r, err
	}
	if seen.Path != f.Path(SheetName) {
		return r, nil
	}
	if r.Kept, err = f.KeepWorkbook(SheetName, data); err != nil {
		return r, err
	}
	if err := writeSheet(d, f, &SheetResult{Path: seen.Path}); err != nil {
		d.tell(SheetStands{seen.Path, err}) // Excel holds it, say: the case has all the same what it says
	}
	return r, nil
}

// SheetStands tells that a workbook could not be made anew after its changes were
// written into the case.
type SheetStands struct {
	Path string
	Err  error
}

// Code names the notice.
func (SheetStands) Code() string { return "sheet-stands" }
