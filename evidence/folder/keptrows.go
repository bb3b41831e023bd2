package folder

import (
	"maps"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A KeptRow is a row of the timeline as a kept copy has it.
type KeptRow struct {
	evidence.Incident
	From string            // the copy, in the case folder
	Own  bool              // its ids are those of the case: it was no bundle's
	IDs  map[string]string // of all rows of that copy, by each place
}

// KeptRows are the rows that the program made and that kept copies of the timeline have, by
// each place in a file they came from, as placed says it of the rows of a copy. Of a place
// the newest copy that has it counts.
func (f *Folder) KeptRows(placed func([]evidence.Incident) []evidence.Incident) (map[string]KeptRow, error) {
	out := map[string]KeptRow{}
	own, sealed := f.ownCopies(), f.timelineCopies()[1:]
	for n, at := range slices.Concat(own, sealed) {
		rows, from, err := f.keptCopy(at)
		if err != nil {
			return nil, err
		}
		older, ids := map[string]KeptRow{}, map[string]string{}
		for _, i := range placed(rows) {
			for _, place := range strings.Fields(i.Source) {
				if i.Made() {
					older[place], ids[place] = KeptRow{i, from, n < len(own), ids}, i.ID
				}
			}
		}
		maps.Copy(older, out) // what a newer copy says goes before
		out = older
	}
	return out, nil
}

// ownCopies are the copies of the timeline that have its rows under the ids of the case,
// the newest first.
func (f *Folder) ownCopies() []string { return append([]string{f.lastTable()}, f.goneTables()...) }

// OwnRowsGone are the rows a person wrote that stood in the timeline and no longer do, as
// they stood last, in the order of their ids. To delete one is to take it back, so that
// they come back only where a person says so. One without an id is none of them.
func (f *Folder) OwnRowsGone() ([]KeptRow, error) {
	today, err := f.Timeline()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, i := range today {
		seen[i.ID] = true
	}
	var out []KeptRow
	for _, at := range f.ownCopies() {
		rows, from, err := f.keptCopy(at)
		if err != nil {
			return nil, err
		}
		for _, i := range rows {
			if !seen[i.ID] && !i.Made() && numbered(i) {
				out = append(out, KeptRow{Incident: i, From: from, Own: true})
			}
			seen[i.ID] = true
		}
	}
	slices.SortFunc(out, func(a, b KeptRow) int { return evidence.CompareNumbers(a.ID, b.ID) })
	return out, nil
}

// PutBackIncidents appends rows to timeline.csv that stood there before, under the ids
// they had; the caller holds the lock. A row whose id stands there is left out. Returned
// are the ids that came back.
func (f *Folder) PutBackIncidents(rows []evidence.Incident, now time.Time) ([]string, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	there, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return nil, err
	}
	var ids []string
	back := slices.DeleteFunc(slices.Clone(rows), func(r evidence.Incident) bool {
		return slices.ContainsFunc(there, func(i evidence.Incident) bool { return i.ID == r.ID })
	})
	for _, r := range back {
		ids = append(ids, r.ID)
	}
	if len(back) == 0 {
		return nil, nil
	}
	added, err := appendedRows(data, back)
	if err != nil {
		return nil, err
	}
	if err := f.PutTimeline(append(slices.Clone(data), added...)); err != nil {
		return nil, err
	}
	return ids, f.Note("note", "put-back rows "+strings.Join(ids, " "), now)
}
