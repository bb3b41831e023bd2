package device

import (
	"slices"

	"juzheng/evidence"
)

// A Link ties an exhibit to a row that was in the timeline before it. What the
// row says stays; a row the program made has its empty cells filled.
type Link struct{ Exhibit, Incident string }

// A Tied is what new rows mean for a timeline.
type Tied struct {
	Add     []evidence.Incident          // rows to append
	Fill    map[string]evidence.Incident // by id: rows the program made, with what is now known
	Links   []Link
	Reasons []Reason
}

// Tie finds new rows that show an event which has its row. A row that stands
// in the timeline keeps what it says; one the program made takes the time of a
// better clock.
func Tie(old, joined []evidence.Incident, from Phones, clocks Clocks) Tied {
	shown := newJoiner(clocks.align(old))
	joined = clocks.align(joined)
	t := Tied{Fill: map[string]evidence.Incident{}}
	taken := map[int][]string{} // exhibits that already show a row as one of their own
	for _, row := range joined {
		i := shown.nearest(row, func(n int) bool {
			return from.same(old[n], row) &&
				!slices.ContainsFunc(row.Exhibits, func(x string) bool { return slices.Contains(taken[n], x) })
		})
		read := asRead([]evidence.Incident{row})[0]
		if i < 0 {
			t.Add = append(t.Add, read)
			continue
		}
		taken[i] = append(taken[i], row.Exhibits...)
		if old[i].Made() {
			w, have := t.Fill[old[i].ID]
			if !have {
				w = old[i]
			}
			merge(&w, row)
			if (w.Time.IsZero() || Better(read.Time, w.Time)) && row.Kind == evidence.Call {
				w.Time = read.Time
			}
			t.Fill[old[i].ID] = w
		}
		for _, number := range row.Exhibits {
			if slices.Contains(old[i].Exhibits, number) {
				continue
			}
			t.Links = append(t.Links, Link{number, old[i].ID})
			switch {
			case row.Kind != evidence.Call:
			case IsRecording(row):
				t.Reasons = append(t.Reasons, reasonFor(*shown.rows[i], row))
			case IsRecording(old[i]):
				t.Reasons = append(t.Reasons, reasonFor(row, *shown.rows[i]))
			}
		}
	}
	return t
}
