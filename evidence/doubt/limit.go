package doubt

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// limit doubts the time of a call of which two files have readings that lie on either
// side of a limit, however close: the one begins at night and the other does not, or
// on another day. Which is right decides whether there was a breach at all.
func (f *finder) limit(i evidence.Incident) (evidence.Doubt, bool) {
	if i.Kind != evidence.Call || !i.Made() || i.Time.IsZero() || i.Time.Precision != evidence.ToSecond ||
		i.Time.Source == "person" || f.chosen(i) {
		return evidence.Doubt{}, false
	}
	own := firstPlace(i)
	for _, r := range f.places(i) {
		if r.Time.At.Equal(i.Time.At) {
			own = r.Source
			if !r.Time.Device { // a list says more than the name of a recording
				break
			}
		}
	}
	for _, r := range f.places(i) {
		exhibit, _, _ := strings.Cut(r.Source, ":")
		t := f.clocks.Corrected(exhibit, r.Time)
		if r.Time.Precision != evidence.ToSecond || t.At.Sub(i.Time.At).Abs() > apart || !acrossLimit(t.At, i.Time.At) {
			continue
		}
		return evidence.Doubt{Code: evidence.TimeInOtherSource, Incident: i.ID, About: evidence.AboutTime,
				Says: []evidence.Statement{{Source: own, Value: stamp(i.Time.At)},
					{Source: r.Source, Value: stamp(t.At)}}},
			true
	}
	return evidence.Doubt{}, false
}

// chosen reports that the person said which of the readings is right. A time that a
// list gives of itself is nobody's choice, though the name of a recording agrees with
// it.
func (f *finder) chosen(i evidence.Incident) bool {
	ofItself := slices.ContainsFunc(f.places(i), func(r evidence.Incident) bool {
		return !r.Time.Device && r.Time.At.Equal(i.Time.At)
	})
	return f.settled(i) && (i.Use == evidence.Yes || !ofItself)
}

// acrossLimit reports two moments of which one is at night alone, or that are of two
// days.
func acrossLimit(a, b time.Time) bool {
	a, b = a.In(evidence.Beijing), b.In(evidence.Beijing)
	return evidence.NightHour(a.Hour()) != evidence.NightHour(b.Hour()) ||
		a.Format(time.DateOnly) != b.Format(time.DateOnly)
}

// agreesWith reports that one of the readings has the time of a row.
func agreesWith(read []evidence.Incident, i evidence.Incident) bool {
	return slices.ContainsFunc(read, func(r evidence.Incident) bool { return r.Time.At.Equal(i.Time.At) })
}
