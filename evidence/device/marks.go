package device

import (
	"cmp"
	"slices"
	"time"

	"juzheng/evidence"
)

// A Mark is a call that both a phone and a better clock show, and by which one sees
// how the phone's clock stood at that time.
type Mark struct {
	At    time.Time // by the phone's clock
	Right bool      // the better clock says the same; else the phone's was off by [Clock.Ahead]
}

// A stand is how a phone's clock stood at one time.
type stand int

const (
	off    stand = iota // as it was measured to be
	right               // between two calls at which it was right
	unsure              // between one at which it was right and one at which it was off
)

// standAt is how a clock stood at a time of its own, by the marks before and after it. Before
// the first and after the last it stood as at that one: nothing tells of a change. A clock
// without marks was off all the time.
func standAt(marks []Mark, at time.Time) stand {
	next, _ := slices.BinarySearchFunc(marks, at, func(m Mark, at time.Time) int {
		return cmp.Or(m.At.Compare(at), -1) // the mark at this very time lies before it
	})
	switch {
	case len(marks) == 0:
		return off
	case next == 0:
		return marks[0].stand()
	case next == len(marks) || marks[next-1].Right == marks[next].Right ||
		marks[next-1].At.Equal(at): // it is that call
		return marks[next-1].stand()
	}
	return unsure
}

func (m Mark) stand() stand {
	if m.Right {
		return right
	}
	return off
}

// A Stretch is a time for which a clock was off, from the first call that shows it to the
// last, by the phone's clock. Before and After are the nearest calls at which it was right;
// zero: none.
type Stretch struct{ Before, From, To, After time.Time }

// Stretches are the times for which a clock was off; none: all the time.
func (c Clock) Stretches() []Stretch {
	if !slices.ContainsFunc(c.Marks, func(m Mark) bool { return m.Right }) {
		return nil
	}
	var out []Stretch
	var before time.Time
	open := false
	for _, m := range c.Marks {
		switch {
		case m.Right && open:
			out[len(out)-1].After, before, open = m.At, m.At, false
		case m.Right:
			before = m.At
		case open:
			out[len(out)-1].To = m.At
		default:
			out, open = append(out, Stretch{Before: before, From: m.At, To: m.At}), true
		}
	}
	return out
}

// pairing is how the calls of a phone lie to those of a better clock.
type pairing struct {
	off   time.Duration // of most of those that do not agree; zero: none is known
	pairs [][2]int      // of better and phone's calls that differ by it
	right [][2]int      // that agree
}

// pairUp finds by how much a phone's calls differ from those of a better clock, and those
// that agree. A clock can be right for some weeks and off for others: many calls that agree
// say nothing against three that all differ by the same. So where most agree, the rest is
// looked at by itself.
func pairUp(list, phone []evidence.Incident) pairing {
	all, allPairs := constantOffset(list, phone)
	if len(allPairs) >= leastPairs && all.Abs() > ringing {
		return pairing{all, allPairs, agreeing(list, phone, allPairs)}
	}
	same := agreeing(list, phone, nil)
	left, leftOf := without(list, same, 0)
	rest, restOf := without(phone, same, 1)
	by, pairs := constantOffset(left, rest)
	if len(pairs) < leastPairs || by.Abs() <= ringing {
		return pairing{right: same}
	}
	for n, p := range pairs {
		pairs[n] = [2]int{leftOf[p[0]], restOf[p[1]]}
	}
	return pairing{by, pairs, same}
}

// agreeing are pairs of calls of one number, way and length at one time, but for those of
// which one is in a pair already.
func agreeing(list, phone []evidence.Incident, taken [][2]int) (out [][2]int) {
	usedList, used := map[int]bool{}, map[int]bool{}
	for _, p := range taken {
		usedList[p[0]], used[p[1]] = true, true
	}
	byNumber := map[string][]int{}
	for n, r := range list {
		byNumber[r.Number] = append(byNumber[r.Number], n)
	}
	for k, r := range phone {
		for _, n := range byNumber[r.Number] {
			long := lengthsAgree(list[n], r)
			if len(taken) > 0 { // of a clock that was off, one that agrees by chance would speak against it
				long = r.Seconds-list[n].Seconds >= -2 && r.Seconds-list[n].Seconds <= 2
			}
			if usedList[n] || used[k] || !long || !Facing(r.Direction, list[n].Direction) ||
				r.Time.At.Sub(list[n].Time.At).Abs() > ringing {
				continue
			}
			usedList[n], used[k] = true, true
			out = append(out, [2]int{n, k})
		}
	}
	return out
}

// without are the rows that no pair has, and where each stood; side is that of the pairs.
func without(rows []evidence.Incident, pairs [][2]int, side int) (out []evidence.Incident, of []int) {
	gone := map[int]bool{}
	for _, p := range pairs {
		gone[p[side]] = true
	}
	for n, r := range rows {
		if !gone[n] {
			out, of = append(out, r), append(of, n)
		}
	}
	return out, of
}

// marks are the calls of pairs, by the phone's clock.
func (p pairing) marks(phone []evidence.Incident) []Mark {
	var out []Mark
	for _, pair := range p.pairs {
		out = append(out, Mark{phone[pair[1]].Time.At, false})
	}
	for _, pair := range p.right {
		out = append(out, Mark{phone[pair[1]].Time.At, true})
	}
	slices.SortFunc(out, func(a, b Mark) int { return a.At.Compare(b.At) })
	return out
}

// once leaves out what shows a call of a phone once more: its recording, which is named by
// the same clock and no witness for it, and the line of another backup.
func once(calls []evidence.Incident) []evidence.Incident {
	order := slices.Clone(calls)
	slices.SortStableFunc(order, func(a, b evidence.Incident) int {
		switch {
		case ofRecorder(a) == ofRecorder(b):
			return 0
		case ofRecorder(a):
			return 1
		}
		return -1
	})
	var out []evidence.Incident
	byNumber := map[string][]evidence.Incident{}
	for _, r := range order {
		if slices.ContainsFunc(byNumber[r.Number], func(o evidence.Incident) bool {
			return firstExhibit(o) != firstExhibit(r) && sameEvent(o, r) == same
		}) {
			continue
		}
		byNumber[r.Number] = append(byNumber[r.Number], r)
		out = append(out, r)
	}
	return out
}
