package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// blankedCells, beside the kept timeline, says what stood in cells that were emptied by
// hand and still are: the kept table itself has them as they are now.
const blankedCells = "blanked.json"

// machineColumns are those that a reading fills and no answer does, by their English
// heads: without them a row no longer says what file it is from. What else a reading
// fills is held against the file itself.
var machineColumns = []string{"kind", "exhibits", "source", "time source"}

// A BlankedCell is a cell of a row that stands, emptied by hand since the program saw it.
type BlankedCell struct {
	Row    string `json:"row"`
	Column string `json:"column"` // its English head
	Was    string `json:"was"`
}

// Head is the head of the cell's column.
func (c BlankedCell) Head() evidence.Text {
	if col := columnNamed(c.Column); col != nil {
		return evidence.Text{ZH: col.zh, EN: col.en}
	}
	return evidence.Text{ZH: c.Column, EN: c.Column}
}

// Machine reports a cell that the program had filled when it read the file. To empty
// one says nothing; to empty one's own is to take back what it said.
func (c BlankedCell) Machine() bool { return slices.Contains(machineColumns, c.Column) }

// MachineCells are those of some cells that the program had filled.
func MachineCells(cells []BlankedCell) []BlankedCell {
	return slices.DeleteFunc(slices.Clone(cells), func(c BlankedCell) bool { return !c.Machine() })
}

// BlankedCells are the cells that were emptied by hand in rows that stand, in the order
// of the table. There are none of a table that is lost or has mistakes.
func (f *Folder) BlankedCells() ([]BlankedCell, error) {
	now, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil || noTable(now, false) != nil {
		return nil, nil // readers of it say what is wrong
	}
	if last, err := os.ReadFile(f.lastTable()); err == nil && bytes.Equal(last, now) {
		return f.knownBlanked()
	}
	today, err := parseRows(TimelineFile, now)
	if err != nil {
		return nil, nil
	}
	return f.blanked(today)
}

func (f *Folder) blanked(today []evidence.Incident) ([]BlankedCell, error) {
	known, err := f.knownBlanked()
	if err != nil {
		return nil, err
	}
	was := map[string]evidence.Incident{}
	if data, err := os.ReadFile(f.lastTable()); err == nil {
		last, _ := parseRows(TimelineFile, data) // of another release: what is known of before stays
		for _, i := range last {
			was[i.ID] = i
		}
	}
	var out []BlankedCell
	for _, i := range today {
		before, seen := was[i.ID]
		if i.ID == "" || !seen {
			continue
		}
		for _, c := range columnsOfTimeline {
			cell := BlankedCell{Row: i.ID, Column: c.en, Was: c.get(before)}
			if n := slices.IndexFunc(known, func(k BlankedCell) bool {
				return k.Row == i.ID && k.Column == c.en
			}); n >= 0 && cell.Was == "" {
				cell.Was = known[n].Was
			}
			if _, broken := i.Spoilt[c.en]; cell.Was != "" && c.get(i) == "" && (!broken || i.Spoilt[c.en] == "") {
				out = append(out, cell)
			}
		}
	}
	return out, nil
}

func (f *Folder) blankedFile() string { return f.Path(SupersededDir, timelineDir, blankedCells) }

// knownBlanked are the cells that had been emptied when the table was seen last.
func (f *Folder) knownBlanked() (out []BlankedCell, err error) {
	data, err := os.ReadFile(f.blankedFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		return nil, fmt.Errorf("read cells that were emptied: %w", err)
	}
	return out, nil
}

// keepBlanked notes the cells emptied by hand, before the table is the one seen last.
func (f *Folder) keepBlanked(cells []BlankedCell) error {
	known, err := f.knownBlanked()
	if err != nil {
		return err
	}
	if slices.Equal(known, cells) {
		return nil
	}
	data, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	return disk.Replace(f.blankedFile(), append(data, '\n'), 0o600)
}

// PutBackCells writes cells that were emptied as they were; the caller holds the lock.
// A column that is gone from the table comes back at its end. Returned are the rows.
func (f *Folder) PutBackCells(cells []BlankedCell, now time.Time) ([]string, error) {
	if len(cells) == 0 {
		return nil, nil
	}
	want, ids := map[string][]Change{}, []string(nil)
	for _, c := range cells {
		want[c.Row] = append(want[c.Row], Change{Row: c.Row, Column: c.Column, After: c.Was})
		if !slices.Contains(ids, c.Row) {
			ids = append(ids, c.Row)
		}
	}
	data, err := f.planCells(want)
	if err != nil {
		return nil, err
	}
	if err := f.PutTimeline(data); err != nil {
		return nil, err
	}
	return ids, f.Note("note", "put-back cells of rows "+strings.Join(ids, " "), now)
}

// WithCells are rows with cells that were emptied as they were.
func WithCells(rows []evidence.Incident, cells []BlankedCell) []evidence.Incident {
	if len(cells) == 0 {
		return rows
	}
	out, at := slices.Clone(rows), map[string]int{}
	for n := len(out) - 1; n >= 0; n-- {
		at[out[n].ID] = n
	}
	for _, c := range cells {
		n, ok := at[c.Row]
		if col := columnNamed(c.Column); ok && col != nil {
			col.set(&out[n], c.Was)
		}
	}
	return out
}
