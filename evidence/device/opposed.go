package device

import (
	"cmp"
	"slices"
	"time"

	"juzheng/evidence"
)

// An Opposition is one call of which two files cannot both be right: one has it
// answered and the other not, or a recording of it is longer than it was.
type Opposition struct {
	Row string // of the timeline
	// The file that has it answered, and the one that speaks against it. Where one is a
	// recording, it is the first.
	Held, Against evidence.Incident
}

// Opposed makes one row of rows that are one call by number and start, and that were
// not made one because the files contradict each other: a phone has one call of a number
// at a time. The first of them keeps its id, as in [Fold].
func Opposed(rows []evidence.Incident, from Phones, clocks Clocks) (out []evidence.Incident, found []Opposition) {
	aligned := clocks.aligned(rows)
	byNumber := map[string][]int{}
	for n, r := range rows {
		if r.Kind == evidence.Call && r.Made() && r.Use != evidence.No && !r.Time.IsZero() && r.Number != "" &&
			!masked(r.Number) && r.Time.Precision != evidence.ToDay && r.Answered != evidence.Unknown {
			byNumber[r.Number] = append(byNumber[r.Number], n)
		}
	}
	type pair struct{ held, against int }
	var pairs []pair
	for _, same := range byNumber {
		slices.SortStableFunc(same, func(a, b int) int { return aligned[a].Time.At.Compare(aligned[b].Time.At) })
		for k, a := range same {
			for _, b := range same[k+1:] {
				if aligned[b].Time.At.Sub(aligned[a].Time.At) > ringing+time.Minute {
					break
				}
				if !from.same(aligned[a], aligned[b]) || disagree(rows[a], rows[b]) ||
					slices.ContainsFunc(rows[a].Exhibits, func(x string) bool { return slices.Contains(rows[b].Exhibits, x) }) {
					continue
				}
				switch {
				case opposes(aligned[a], aligned[b]):
					pairs = append(pairs, pair{a, b})
				case opposes(aligned[b], aligned[a]):
					pairs = append(pairs, pair{b, a})
				}
			}
		}
	}
	if len(pairs) == 0 {
		return rows, nil
	}
	apart := func(p pair) time.Duration { return aligned[p.held].Time.At.Sub(aligned[p.against].Time.At).Abs() }
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(apart(a), apart(b)), cmp.Compare(rows[a.held].ID, rows[b.held].ID),
			cmp.Compare(rows[a.against].ID, rows[b.against].ID))
	})
	out = slices.Clone(rows)
	taken, gone := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		if taken[p.held] || taken[p.against] {
			continue
		}
		taken[p.held], taken[p.against] = true, true
		kept, other := p.held, p.against
		if cmp.Or(len(rows[other].ID)-len(rows[kept].ID), cmp.Compare(rows[other].ID, rows[kept].ID)) < 0 {
			kept, other = other, kept
		}
		i := rows[kept]
		i.Exhibits = slices.Clone(i.Exhibits)
		merge(&i, rows[other])
		takeAnswers(&i, rows[other])
		if Better(rows[other].Time, i.Time) {
			i.Time = rows[other].Time
		}
		i.Answered, i.Seconds = evidence.Yes, rows[p.held].Seconds
		i.Also = append(slices.Clip(i.Also), rows[other].ID)
		slices.Sort(i.Also)
		out[kept] = i
		gone[other] = true
		found = append(found, Opposition{Row: i.ID, Held: rows[p.held], Against: rows[p.against]})
	}
	kept := out[:0]
	for n, i := range out {
		if !gone[n] {
			kept = append(kept, i)
		}
	}
	return kept, found
}

// opposes reports that of one call, by its start, a row says what another row cannot: that
// somebody answered, or by a recording that it was longer.
func opposes(held, against evidence.Incident) bool {
	if !Facing(held.Direction, against.Direction) || !startsAgree(held, against) || held.Answered != evidence.Yes ||
		IsRecording(against) {
		return false
	}
	recorded := slices.ContainsFunc(append(slices.Clip(against.Read), against), ofRecorder)
	switch {
	case against.Answered == evidence.No:
		return true
	case IsRecording(held):
		return !recorded && against.Seconds >= 0 && held.Seconds > against.Seconds
	}
	return false
}
