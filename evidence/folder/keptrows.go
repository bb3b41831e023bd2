package folder

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// A KeptRow is a row of the timeline as a kept copy has it.
type KeptRow struct {
	evidence.Incident
	From string            // the copy, in the case folder
	IDs  map[string]string // of all rows of that copy, by each place
}

// KeptRows are the rows that the program made and that copies of the timeline kept with
// bundles have, by each place in a file they came from. Of a place the newest copy that
// has it counts.
func (f *Folder) KeptRows() (map[string]KeptRow, error) {
	out := map[string]KeptRow{}
	for _, at := range f.timelineCopies() {
		rows, from, err := f.keptCopy(at)
		if err != nil {
			return nil, err
		}
		older, ids := map[string]KeptRow{}, map[string]string{}
		for _, i := range rows {
			for _, place := range strings.Fields(i.Source) {
				if i.Made() {
					older[place], ids[place] = KeptRow{i, from, ids}, i.ID
				}
			}
		}
		maps.Copy(older, out) // what a newer copy says goes before
		out = older
	}
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
	if err := disk.Replace(f.Path(TimelineFile), append(slices.Clone(data), added...), 0o600); err != nil {
		return nil, fmt.Errorf("write timeline: %w", err)
	}
	return ids, f.Note("note", "put-back rows "+strings.Join(ids, " "), now)
}
