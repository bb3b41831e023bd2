package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// wholeRow stands for all cells of a row, where a change is looked up.
const wholeRow = "\x1f"

// RowStamp stands for the cells of a row, by their English heads. What the program
// writes of every row, its id and that a person made it, is none of them.
func RowStamp(cells map[string]string) string {
	sum := sha256.New()
	for _, en := range slices.Sorted(maps.Keys(cells)) {
		own := en == "id" || (en == "source" || en == "time source") && cells[en] == "person"
		if cells[en] != "" && !own {
			fmt.Fprintf(sum, "%s\x1f%s\x1e", en, cells[en])
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// cellsOf are the cells of a row in the program's own form.
func cellsOf(i evidence.Incident, cols []*column, row []string) map[string]string {
	out := map[string]string{}
	for n, col := range cols {
		if col != nil && n < len(row) {
			out[col.en] = cellOf(i, col, row[n])
		}
	}
	return out
}

// heads are the columns that a change writes.
func (c Change) heads() []string {
	if c.Cells == nil {
		return []string{c.Column}
	}
	return slices.Collect(maps.Keys(c.Cells))
}

// numberNewRows gives whole rows that are to be written ids that no row had. The
// highest is on record before the answer is: a crash in between skips numbers.
func (f *Folder) numberNewRows(changes []Change) ([]Change, error) {
	var rows []int
	for n, c := range changes {
		if c.Cells != nil && c.Row == "" {
			rows = append(rows, n)
		}
	}
	if len(rows) == 0 {
		return changes, nil
	}
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	next, err := f.lastIncident(data)
	if err != nil {
		return nil, err
	}
	changes = slices.Clone(changes)
	for _, n := range rows {
		next++
		changes[n].Row = fmt.Sprintf("T%03d", next)
	}
	return changes, f.appendRegister(registerLine{Type: "timeline", Last: next, Reserved: true})
}

// withNewRows appends the rows that changes write and that are not there.
func withNewRows(data []byte, want map[string][]Change) ([]byte, error) {
	there, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return nil, err
	}
	var rows []evidence.Incident
	for _, id := range slices.SortedFunc(maps.Keys(want), evidence.CompareNumbers) {
		for _, c := range want[id] {
			if c.Cells == nil || c.After == "" ||
				slices.ContainsFunc(there, func(i evidence.Incident) bool { return i.ID == id }) {
				continue
			}
			i := evidence.Incident{Seconds: -1}
			for _, col := range columnsOfTimeline {
				if bad := col.set(&i, c.Cells[col.en]); bad != nil && c.Cells[col.en] != "" {
					return nil, LineErrors{{File: TimelineFile, Column: col.zh,
						Found:  evidence.Text{ZH: "“" + c.Cells[col.en] + "”", EN: `"` + c.Cells[col.en] + `"`},
						Wanted: *bad}}
				}
			}
			i.ID = id
			rows = append(rows, numberRows([]evidence.Incident{i})...)
		}
	}
	if len(rows) == 0 {
		return data, nil
	}
	added, err := appendedRows(data, rows)
	return append(data, added...), err
}

// keepTaken keeps the timeline's rows that changes take out, as those are kept that
// went in another way.
func (f *Folder) keepTaken(all []Change) error {
	gone := map[string]bool{}
	for _, c := range all {
		if c.Cells != nil && c.After == "" {
			gone[c.Row] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	data, err := f.readTimeline()
	if err != nil {
		return err
	}
	rows, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return err
	}
	if err := f.SeeTimeline(); err != nil {
		return err
	}
	return f.keepGone(data, slices.DeleteFunc(rows, func(i evidence.Incident) bool { return gone[i.ID] }))
}

// textOf is a small table as it stands; empty: it is not there.
func (f *Folder) textOf(name string) (string, error) {
	data, err := os.ReadFile(f.Path(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return string(data), nil
}

// putText writes a small table as a whole; an empty text takes away the file that an
// answer had made.
func (f *Folder) putText(name, text string) error {
	if was, err := f.textOf(name); err != nil || was == text {
		return err
	}
	if text == "" {
		if err := os.Remove(f.Path(name)); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return nil
	}
	if err := disk.Replace(f.Path(name), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// A Column is a column of timeline.csv, for whoever shows it.
type Column struct {
	ZH, EN  string
	Choices []string // the words that are written in it; nil: any words
}

// Columns are those of timeline.csv, in their order.
func Columns() []Column {
	words := map[string][]string{"kind": firstWords(kindWords), "direction": firstWords(directionWords),
		"reached": firstWords(reachedWords), "role": firstWords(roleWords)}
	var out []Column
	for _, c := range columnsOfTimeline {
		out = append(out, Column{c.zh, c.en, words[c.en]})
	}
	answers := firstWords(answerWords)
	for n, c := range out {
		if slices.Contains([]string{"answered", "disclosed debt", "refused contact before", "reachable", "use",
			"recording announced", "checked and untrue"}, c.EN) {
			out[n].Choices = answers
		}
	}
	return out
}

func firstWords[T ~string](terms []term[T]) []string {
	var out []string
	for _, t := range terms {
		if t.value != "" {
			out = append(out, t.words[0])
		}
	}
	return out
}

// ReadCell is what a person wrote into a column of timeline.csv, by its English head,
// in the form in which the program writes it; wanted says what it must be, if it is
// wrong.
func ReadCell(en, words string) (value string, wanted *evidence.Text) {
	if !columnNamed(en).words {
		words = norm.NFKC.String(words) // full-width digits and letters
	}
	return canonical(en, words)
}

// workbookDir is where workbooks that gave way are, and what they were made from,
// below superseded/.
const workbookDir = "workbook"

// KeepWorkbook keeps a workbook that gives way to another, and returns its path in the
// case folder.
func (f *Folder) KeepWorkbook(name string, data []byte) (string, error) {
	at, err := f.keepAside(workbookDir, name, data)
	if err != nil {
		return "", fmt.Errorf("keep %s: %w", name, err)
	}
	return at, nil
}

// KeepWorkbookState keeps what a workbook is made from, under a name that says which.
func (f *Folder) KeepWorkbookState(name string, data []byte) error {
	err := os.MkdirAll(f.Path(SupersededDir, workbookDir), 0o700)
	if err == nil {
		err = disk.Replace(f.Path(SupersededDir, workbookDir, name), data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	return nil
}

// WorkbookState is what [Folder.KeepWorkbookState] kept under a name.
func (f *Folder) WorkbookState(name string) ([]byte, error) {
	return os.ReadFile(f.Path(SupersededDir, workbookDir, name))
}
