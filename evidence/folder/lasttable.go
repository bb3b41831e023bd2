package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// What is kept of the timeline below superseded/timeline: the table as the program saw
// or wrote it last, and the rows that had gone when it was found changed, a file each
// time. So of every row that ever stood there the last form is kept, once.
const (
	lastTable = "last.csv"
	goneRows  = "gone.csv"
)

// SeeTimeline keeps the timeline as it stands, and of what was seen before the rows that
// it no longer has. A table that is lost or has mistakes is not kept: the last whole one
// stays. It needs no lock, changes no file that people edit, and writes nothing where
// the table is as it was.
func (f *Folder) SeeTimeline() error {
	now, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil || noTable(now, false) != nil {
		return nil // readers of it say what is wrong
	}
	last, err := os.ReadFile(f.lastTable())
	if err == nil && bytes.Equal(last, now) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the timeline: %w", err)
	}
	rows, err := ParseTimeline(TimelineFile, now)
	if err != nil {
		return nil
	}
	if err := f.keepGone(last, rows); err != nil {
		return fmt.Errorf("keep rows that went from the timeline: %w", err)
	}
	return f.keepSeen(now)
}

// keepSeen makes data the table that was seen last, and notes before what a person
// emptied in it.
func (f *Folder) keepSeen(data []byte) error {
	rows, err := parseRows(TimelineFile, data)
	if err != nil {
		return err
	}
	cells, err := f.blanked(rows)
	if err != nil {
		return err
	}
	if err := f.keepBlanked(cells); err != nil {
		return fmt.Errorf("keep cells that were emptied: %w", err)
	}
	return f.keepLast(data)
}

func (f *Folder) lastTable() string { return f.Path(SupersededDir, timelineDir, lastTable) }

// PutTimeline writes timeline.csv and keeps a copy; the caller holds the lock. What a
// person did to the table until now is seen first.
func (f *Folder) PutTimeline(data []byte) error {
	if err := f.SeeTimeline(); err != nil {
		return err
	}
	if err := disk.Replace(f.Path(TimelineFile), data, 0o600); err != nil {
		return fmt.Errorf("write timeline: %w", err)
	}
	if err := f.keepLast(data); err != nil { // what the program empties itself was not lost
		return err
	}
	if known, err := f.knownBlanked(); err != nil || len(known) == 0 {
		return err
	}
	return f.keepSeen(data)
}

// keepLast makes data the table that was seen last.
func (f *Folder) keepLast(data []byte) error {
	err := os.MkdirAll(filepath.Dir(f.lastTable()), 0o700)
	if err == nil {
		err = disk.Replace(f.lastTable(), data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep the timeline: %w", err)
	}
	return nil
}

// keepGone keeps those rows of the table last seen that are none of the rows of today, in
// a file of its own and in the form of the table. Rows a person has given no id cannot
// be told from others when they are edited: they go along with those that have one.
func (f *Folder) keepGone(last []byte, today []evidence.Incident) error {
	if len(last) == 0 {
		return nil
	}
	there, gone := map[string]bool{}, false
	for _, i := range today {
		there[i.ID] = true
	}
	data, _, err := rewriteRecords(last, nil, func([]*column) error { return nil },
		func(i evidence.Incident, _ []*column, row []string) ([]string, bool) {
			if numbered(i) && there[i.ID] {
				return nil, true
			}
			gone = gone || numbered(i)
			return row, false
		})
	if bad := (LineErrors)(nil); errors.As(err, &bad) { // of a release that read other columns
		_, err = f.keepAside(timelineDir, TimelineFile, last)
		return err
	}
	if err != nil || !gone {
		return err
	}
	kept := f.goneTables()
	if len(kept) > 0 {
		if newest, err := os.ReadFile(kept[0]); err == nil && bytes.Equal(newest, data) {
			return nil // they came back as they were, and went again
		}
	}
	_, err = f.keepAside(timelineDir, goneRows, data)
	return err
}

// numbered reports a row that has an id in the table, not one of a reading alone.
func numbered(i evidence.Incident) bool { return i.ID != fmt.Sprintf("L%d", i.Line) }

// goneTables are the files with rows that had gone, the newest first.
func (f *Folder) goneTables() []string {
	found, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(SupersededDir, timelineDir)), "*-"+goneRows))
	number := func(path string) string {
		n, _, _ := strings.Cut(filepath.Base(path), "-")
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return evidence.CompareNumbers(number(b), number(a)) })
	return found
}
