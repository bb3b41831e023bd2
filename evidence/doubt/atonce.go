package doubt

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// One call in two lists: a second or two apart by clocks, and as much in length by rounding.
const (
	oneSecond = time.Second
	twoClocks = 3 * time.Second
	rounding  = 2 // seconds
)

// atOnce finds a call of another line or list that cannot have been beside this one: nobody
// answers two at one second on one phone, nor was one call made both ways. What the carrier
// has as well is not doubted by what a phone has.
func (f *finder) atOnce(i evidence.Incident) (evidence.Doubt, bool) {
	if !answered(i) || !i.Made() || len(i.Exhibits) == 0 || f.byCarrier(i) {
		return evidence.Doubt{}, false
	}
	for _, r := range f.places(i) {
		exhibit, _, logged := strings.Cut(r.Source, ":")
		if !logged || !answered(r) {
			continue
		}
		for _, l := range f.lists {
			if l.phone != f.phones[exhibit] {
				continue
			}
			from, _ := slices.BinarySearchFunc(l.calls, r.Time.At.Add(-twoClocks),
				func(c evidence.Incident, at time.Time) int { return c.Time.At.Compare(at) })
			for _, c := range l.calls[from:] {
				if c.Time.At.Sub(r.Time.At) > twoClocks {
					break
				}
				if !answered(c) || slices.Contains(strings.Fields(i.Source), c.Source) {
					continue
				}
				code, cannot := besides(r, c, f.device[exhibit].Name == f.device[l.exhibit].Name && !l.carrier)
				if !cannot {
					continue
				}
				d := evidence.Doubt{Code: code, Incident: i.ID, About: evidence.AboutRow,
					Says: []evidence.Statement{{Source: r.Source, Value: string(r.Direction)},
						{Source: c.Source, Value: string(c.Direction)}}}
				if code == evidence.CallsAtOnce {
					d.Says[0].Value = fmt.Sprintf("%s %d", r.Number, r.Seconds)
					d.Says[1].Value = fmt.Sprintf("%s %d", c.Number, c.Seconds)
				}
				return d, true
			}
		}
	}
	return evidence.Doubt{}, false
}

// answered reports a call of a known number that lasted, dated to the second.
func answered(i evidence.Incident) bool {
	return i.Kind == evidence.Call && i.Answered == evidence.Yes && i.Seconds > 0 && i.Number != "" && !Masked(i.Number) &&
		i.Time.Precision == evidence.ToSecond
}

// besides reports that two lines of lists, a few seconds apart, cannot both be right, and
// what is wrong with them. Of lists of one phone the same second is enough; others must have
// the same length too.
func besides(a, b evidence.Incident, onePhone bool) (evidence.DoubtCode, bool) {
	long := max(a.Seconds-b.Seconds, b.Seconds-a.Seconds)
	second := onePhone && a.Time.At.Sub(b.Time.At).Abs() <= oneSecond
	one := strings.HasSuffix(a.Number, b.Number) || strings.HasSuffix(b.Number, a.Number) // with a code before it
	switch {
	case one && !device.Facing(a.Direction, b.Direction):
		return evidence.WayInOtherSource, long <= rounding
	case one:
		return evidence.CallsAtOnce, second && long > sameLength
	}
	return evidence.CallsAtOnce, second || long <= rounding
}
