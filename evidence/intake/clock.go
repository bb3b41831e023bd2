package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A ClockOffset is a constant difference between two sources of times, as
// measured from calls that both show. It is reported and never applied: a
// person has to say which clock was right.
type ClockOffset struct {
	Source, Against string        // sources of [evidence.Time]: "name:miui", "sms-backup"
	Offset          time.Duration // times of Source minus times of Against
	Pairs           int           // calls it was measured from
}

// Measuring clocks: fewer pairs than leastPairs prove nothing, and no clock
// or zone is further off than furthest.
const (
	leastPairs = 3
	furthest   = 26 * time.Hour
)

// Clocks measures which sources of times differ by a constant in rows of a
// timeline.
func Clocks(rows []evidence.Incident) []ClockOffset {
	offsets, _ := measureClocks(rows)
	return offsets
}

// measureClocks looks among calls that found no counterpart for a constant
// difference: the same numbers, the same lengths, always so much later. Pairs
// holds, by offset, the two rows of each pair.
func measureClocks(rows []evidence.Incident) (offsets []ClockOffset, pairs [][][2]evidence.Incident) {
	bySource := map[string][]evidence.Incident{}
	perNumber := map[string]int{}
	for _, r := range rows {
		// Some hundred calls of a number are enough to measure from, and keep
		// the pairs to look at few.
		if key := r.Time.Source + " " + r.Number; r.Kind == evidence.Call {
			if perNumber[key]++; perNumber[key] > 300 {
				continue
			}
		}
		if r.Kind == evidence.Call && r.Number != "" && r.Seconds >= 5 && !r.Time.IsZero() && r.Time.Precision != evidence.ToDay {
			bySource[r.Time.Source] = append(bySource[r.Time.Source], r)
		}
	}
	var names []string
	for n := range bySource {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(trust(a), trust(b)), strings.Compare(a, b)) })
	for i, against := range names {
		for _, source := range names[i+1:] {
			if off, found := constantOffset(bySource[against], bySource[source]); len(found) >= leastPairs {
				offsets = append(offsets, ClockOffset{Source: source, Against: against, Offset: off, Pairs: len(found)})
				pairs = append(pairs, found)
			}
		}
	}
	return offsets, pairs
}

// trust puts sources with an absolute time first.
func trust(source string) int {
	switch source {
	case "sms-backup":
		return 0
	case "carrier":
		return 1
	}
	return 2
}

// constantOffset finds the difference most pairs agree on, within a minute.
// Each call belongs to one pair at most.
func constantOffset(a, b []evidence.Incident) (time.Duration, [][2]evidence.Incident) {
	type pair struct {
		a, b int
		off  time.Duration
	}
	byNumber := map[string][]int{}
	for i, x := range a {
		byNumber[x.Number] = append(byNumber[x.Number], i)
	}
	var all []pair
	for j, y := range b {
		for _, i := range byNumber[y.Number] {
			off := y.Time.At.Sub(a[i].Time.At)
			opposed := a[i].Direction != "" && y.Direction != "" && a[i].Direction != y.Direction
			if off.Abs() > ringing && off.Abs() <= furthest && !opposed && lengthsAgree(a[i], y) {
				all = append(all, pair{i, j, off})
			}
		}
	}
	slices.SortFunc(all, func(p, q pair) int { return cmp.Or(cmp.Compare(p.off, q.off), p.b-q.b, p.a-q.a) })
	var best []pair
	for lo, hi := 0, 0; lo < len(all); lo++ {
		for hi < len(all) && all[hi].off-all[lo].off <= time.Minute {
			hi++
		}
		seenA, seenB, set := map[int]bool{}, map[int]bool{}, []pair(nil)
		if hi-lo <= len(best) {
			continue
		}
		for _, p := range all[lo:hi] {
			if !seenA[p.a] && !seenB[p.b] {
				seenA[p.a], seenB[p.b] = true, true
				set = append(set, p)
			}
		}
		if len(set) > len(best) {
			best = set
		}
	}
	// Half of the calls without a counterpart must agree, or it is chance.
	if len(best) < leastPairs || 2*len(best) < min(len(a), len(b)) {
		return 0, nil
	}
	out := make([][2]evidence.Incident, len(best))
	for n, p := range best {
		out[n] = [2]evidence.Incident{a[p.a], b[p.b]}
	}
	return best[len(best)/2].off, out
}

// noteClocks measures and notes with the exhibits concerned which row each
// may be the same call as. No row and no time is changed.
func noteClocks(f *evidence.Folder, s *Summary, rows []evidence.Incident, now time.Time) error {
	offsets, pairs := measureClocks(rows)
	s.Clocks = offsets
	for n, o := range offsets {
		for _, p := range pairs[n] {
			detail := fmt.Sprintf("时间与 %s 相差 %s（共 %d 通电话相差相同，号码和时长一致）：可能是同一通电话，两个时钟不一致；时间没有改动，请核对后只采用一行", p[0].Source, o.Offset.Round(time.Second), o.Pairs)
			for _, x := range p[1].Exhibits {
				if err := f.AddNote(x, evidence.Note{Code: "clocks-differ", Detail: detail}, now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
