package letter

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// asRead is an act as one file has it: the page of a file prints what it holds.
// The best of several clocks, and what the person put right, stand in the letter
// and in the chronology.
func asRead(i evidence.Incident, exhibit string) evidence.Incident {
	r, ok := readIn(i, exhibit)
	if !ok {
		return i
	}
	if !i.Time.Showed.Equal(r.Time.At) { // else its own reading is printed beside the corrected time
		i.Time = r.Time
	}
	i.Number, i.Seconds = r.Number, r.Seconds
	return i
}

// readIn is the line of a log that an act was read from.
func readIn(i evidence.Incident, exhibit string) (evidence.Incident, bool) {
	n := slices.IndexFunc(i.Read, func(r evidence.Incident) bool {
		x, _, line := strings.Cut(r.Source, ":")
		return line && x == exhibit && !r.Time.IsZero()
	})
	if n < 0 {
		return evidence.Incident{}, false
	}
	return i.Read[n], true
}

// otherwiseRead says at which other times the logs of the book have a call, each
// with its exhibit: the carrier's clock and the phone's are seldom one.
func (in Input) otherwiseRead(i evidence.Incident) string {
	if i.Kind != evidence.Call || i.Time.Precision == evidence.ToDay {
		return ""
	}
	var out []string
	for _, x := range in.Exhibits {
		if !slices.Contains(i.Exhibits, x.Number) {
			continue
		}
		r, ok := readIn(i, in.rowsIn(x))
		if !ok || r.Time.Precision != i.Time.Precision || r.Time.At.Equal(i.Time.At) ||
			r.Time.At.Equal(i.Time.Showed) {
			continue
		}
		at, layout := r.Time.At.In(evidence.Beijing), time.DateTime
		if day(at) == day(i.Time.At.In(evidence.Beijing)) {
			layout = time.TimeOnly
		}
		out = append(out, label(x.Number)+"写"+at.Format(layout))
	}
	if len(out) == 0 {
		return ""
	}
	return "（" + strings.Join(out, "，") + "）"
}
