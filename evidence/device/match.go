package device

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A match says what speaks for two rows being one event.
type match int

const (
	different  match = iota
	sameByTime       // time and length alone: one of them has no number, and no name says whose it is
	same
)

// eachRead are the ways a call's row can be met: by the row itself, and by the start
// and length of each line of a log it was made of. What a recorder says when it
// began is none of them, or one recording would lead to the next call.
func eachRead(r evidence.Incident) []evidence.Incident {
	out := []evidence.Incident{r}
	if r.Kind != evidence.Call {
		return out
	}
	for _, line := range r.Read {
		if namedByRecorder(line) {
			continue
		}
		e := r
		e.Read, e.Time, e.Seconds, e.Exhibits, e.Source = nil, line.Time, line.Seconds, line.Exhibits, line.Source
		if !line.Time.IsZero() && !slices.ContainsFunc(out, func(o evidence.Incident) bool {
			return len(o.Read) == 0 && o.Time.At.Equal(e.Time.At) && o.Seconds == e.Seconds && o.Source == e.Source
		}) {
			out = append(out, e)
		}
	}
	return out
}

// sameByAny is [sameEvent] by any line of a log that either row was made of.
func sameByAny(a, b evidence.Incident) match {
	if len(a.Read)+len(b.Read) == 0 {
		return sameEvent(a, b)
	}
	best := different
	for _, x := range eachRead(a) {
		for _, y := range eachRead(b) {
			best = max(best, sameEvent(x, y))
		}
	}
	return best
}

// sameEvent decides whether two rows are one event.
//
// Messages: same number, direction, text and second; a screenshot shows its
// own page and is never taken for another. Calls: same number, or the same
// contact where a name has no number; directions that do not disagree; a start
// within tolerance and lengths that agree, or a recording that lies within the
// call. The phone's log has the start of ringing, a recorder names its file up
// to a minute later and may name it by the minute only.
func sameEvent(a, b evidence.Incident) match {
	if a.Kind != b.Kind || a.Time.IsZero() || b.Time.IsZero() {
		return different
	}
	if a.Direction != b.Direction && a.Direction != evidence.DirectionUnknown &&
		b.Direction != evidence.DirectionUnknown {
		return different
	}
	if a.Kind != evidence.Call {
		if a.Number != b.Number || a.Number == "" && a.Name != b.Name { // two people of one chat may write the same
			return different
		}
		if IsRecording(a) || IsRecording(b) || a.Shown != b.Shown || !a.Time.At.Equal(b.Time.At) {
			return different
		}
		return same
	}
	found := same
	switch {
	case !Compatible(a.Number, b.Number):
		return different
	case masked(a.Number) || masked(b.Number):
		found = sameByTime // nobody knows that it is one caller
	case a.Number != "" && b.Number != "":
	case a.Name != "" && b.Name != "" && a.Name != b.Name:
		return different
	case a.Number != b.Number && a.Name == "" || a.Name != b.Name:
		found = sameByTime
	}
	if a.Answered != b.Answered && a.Answered != evidence.Unknown && b.Answered != evidence.Unknown {
		return different
	}
	if found == sameByTime && !lengthsMatch(a, b) {
		return different
	}
	if startsAgree(a, b) && lengthsAgree(a, b) || lies(a, b) || lies(b, a) || found == same && overlap(a, b) {
		return found
	}
	return different
}

// justBefore is within what two lists may round one start differently.
const justBefore = 3 * time.Second

// overlap reports lines of two lists of one sort by which one number would be in two
// calls at a time, as long as each other: that is one call, told twice.
func overlap(a, b evidence.Incident) bool {
	if a.Time.Source != b.Time.Source || namedByRecorder(a) || namedByRecorder(b) || a.Number != b.Number ||
		a.Seconds <= 0 || b.Seconds <= 0 ||
		a.Time.Precision != evidence.ToSecond || b.Time.Precision != evidence.ToSecond {
		return false
	}
	longer := a.Seconds - b.Seconds
	apart := a.Time.At.Sub(b.Time.At).Abs()
	return longer >= -2 && longer <= 2 &&
		(apart <= justBefore || apart <= ringing && apart < time.Duration(min(a.Seconds, b.Seconds))*time.Second)
}

// masked reports a number of which some digits are hidden: it can be many.
func masked(number string) bool { return strings.Contains(number, "*") }

// Compatible reports whether two numbers can be one: a hidden digit is any.
func Compatible(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	if len(a) != len(b) {
		return strings.Trim(a, "*") == "" || strings.Trim(b, "*") == ""
	}
	for n := range len(a) {
		if a[n] != b[n] && a[n] != '*' && b[n] != '*' {
			return false
		}
	}
	return true
}

// SameCall reports that two rows can be one call, by number, start and length.
func SameCall(a, b evidence.Incident) bool { return a.Kind == evidence.Call && sameEvent(a, b) == same }

const ringing = 60 * time.Second

func startsAgree(a, b evidence.Incident) bool {
	late := ringing
	if a.Time.Source == b.Time.Source {
		late = 0 // one kind of source: the same call has the same start
	}
	if a.Time.Precision == evidence.ToDay || b.Time.Precision == evidence.ToDay {
		return false
	}
	if a.Time.Precision == evidence.ToMinute || b.Time.Precision == evidence.ToMinute {
		late += time.Minute
	}
	d := b.Time.At.Sub(a.Time.At)
	return d >= -late && d <= late
}

// lengthsAgree allows two logs to differ by the seconds they round, and a
// recording to be shorter than the call, because a recorder starts late.
func lengthsAgree(a, b evidence.Incident) bool {
	if a.Seconds < 0 || b.Seconds < 0 {
		return true
	}
	if ofRecorder(a) {
		a, b = b, a
	}
	d, late := a.Seconds-b.Seconds, 5
	if ofRecorder(b) {
		late = max(15, a.Seconds/5)
	}
	return d >= -5 && d <= late
}

// lengthsMatch is what it takes when only time and length speak for two logs
// showing one call: a call without a number would be given one.
func lengthsMatch(a, b evidence.Incident) bool {
	d := a.Seconds - b.Seconds
	return ofRecorder(a) || ofRecorder(b) || a.Seconds >= 0 && b.Seconds >= 0 && d >= -2 && d <= 2
}

// lies reports a recording that lies within a call of a log: begun by hand in
// the middle of it, or while it was still ringing. A phone has one call of a
// number at a time.
func lies(recording, call evidence.Incident) bool {
	if !ofRecorder(recording) || ofRecorder(call) || recording.Seconds <= 0 || call.Seconds <= 0 ||
		recording.Time.Precision == evidence.ToDay || call.Time.Precision == evidence.ToDay {
		return false
	}
	early := 5 * time.Second
	if recording.Time.Precision == evidence.ToMinute {
		early = time.Minute
	}
	from := recording.Time.At.Sub(call.Time.At)
	to := from + time.Duration(recording.Seconds)*time.Second
	return from >= -early && to <= time.Duration(call.Seconds)*time.Second+ringing+5*time.Second
}

// LengthByLog is how long a call lasted by the logs it was read from, where its row
// has the length of a recording: what was recorded is a part of the call.
func LengthByLog(i evidence.Incident, read []evidence.Incident) int {
	recorded, logged := false, 0
	for _, r := range read {
		switch {
		case namedByRecorder(r):
			recorded = recorded || r.Seconds == i.Seconds
		case r.Kind == evidence.Call && logged <= 0:
			logged = r.Seconds
		}
	}
	if recorded && logged > 0 {
		return logged
	}
	return i.Seconds
}
