package doubt

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// cited takes from rows the logs that they name and that, read again, do not have
// them, and recordings whose name tells of another call: what somebody wrote beside the
// number of a file is not what the file shows. A row that names a line of the log as its
// source, and one that was joined to it on reading, is its own.
func (f *finder) cited(rows []evidence.Incident) []evidence.Incident {
	byLog, recorded := map[string][]int{}, map[string]evidence.Incident{}
	for n, r := range f.Read.Rows {
		exhibit, _, ok := strings.Cut(r.Source, ":")
		switch {
		case ok:
			byLog[exhibit] = append(byLog[exhibit], n)
		case f.exhibits[exhibit].Kind == evidence.Recording && r.Kind == evidence.Call:
			recorded[exhibit] = r
		}
	}
	f.missing = map[string][]string{}
	out, copied := rows, false
	for n, i := range rows {
		for _, x := range i.Exhibits {
			if f.exhibits[x].Kind == evidence.Recording && !i.Made() && i.ToldBy == "" && !f.heardOn(x, recorded, i) {
				f.missing[i.ID] = append(f.missing[i.ID], x)
				continue
			}
			if !i.Made() && i.ToldBy == "" && f.takenOtherwise(f.exhibits[x], i) {
				f.missing[i.ID] = append(f.missing[i.ID], x)
				continue
			}
			log := byLog[x]
			joined := slices.Contains(f.exhibits[x].Notes, evidence.Note{Code: evidence.NoteSameEvent, Detail: i.ID})
			if len(log) == 0 || joined || slices.ContainsFunc(strings.Fields(i.Source), func(place string) bool {
				of, line, _ := strings.Cut(place, ":")
				_, has := f.rows[place]
				return of == x && (has || line == "") // an earlier release named no lines
			}) {
				continue
			}
			if !slices.ContainsFunc(log, func(n int) bool { return shows(f.Read.Rows[n], i) }) {
				f.missing[i.ID] = append(f.missing[i.ID], x)
			}
		}
		if gone := f.missing[i.ID]; len(gone) > 0 {
			if !copied {
				out, copied = slices.Clone(rows), true
			}
			out[n].Exhibits = slices.DeleteFunc(slices.Clone(i.Exhibits),
				func(x string) bool { return slices.Contains(gone, x) })
		}
	}
	return out
}

// heardOn reports whether a recording can be of what a row of the person's tells: no recording
// shows an SMS, that of a call shows no message, and that of one call not another.
func (f *finder) heardOn(x string, recorded map[string]evidence.Incident, i evidence.Incident) bool {
	r, ofCall := recorded[x]
	switch i.Kind {
	case evidence.SMS:
		return false
	case evidence.Message: // of the voice, as chats send them
		return !ofCall
	case evidence.Call:
		if ofCall {
			return f.recordingOf(r, i)
		}
		if voiceOfChat(f.exhibits[x]) || !fitsLength(f.exhibits[x], i) {
			return false
		}
		// Its name tells of no call: what is inside says when it was made, in UTC or, as
		// some phones have it, in local time.
		at := f.Read.Inside[x]
		m := f.exhibits[x].Media
		r = evidence.Incident{Kind: evidence.Call, Number: m.Number, Seconds: int(m.Seconds), Exhibits: []string{x}}
		if at.IsZero() {
			return device.Compatible(i.Number, r.Number)
		}
		return slices.ContainsFunc([]time.Duration{0, beijing, -beijing}, func(zone time.Duration) bool {
			r.Time = evidence.Time{At: at.Add(zone), Precision: evidence.ToSecond}
			return f.recordingOf(r, i)
		})
	}
	return true
}

// recordingOf reports whether a recording, by its name or its header, can be of the call
// that a row of the person's tells of. A name may give when it began or when it ended.
func (f *finder) recordingOf(r, i evidence.Incident) bool {
	if !device.Compatible(i.Number, r.Number) {
		return false
	}
	times := []evidence.Time{r.Time}
	if r.Source != "" {
		times = append(times, f.bestTime(r))
	}
	if at, ok := f.Read.Inside[r.Source]; ok {
		times = append(times, evidence.Time{At: at, Precision: evidence.ToSecond})
	}
	return slices.ContainsFunc(times, func(t evidence.Time) bool {
		began, ended := r, r
		began.Time, ended.Time = t, t
		ended.Time.At = t.At.Add(-time.Duration(max(r.Seconds, 0)) * time.Second)
		return timeFits(began, i) || timeFits(ended, i)
	})
}

// notInFile doubts a row of which a log that it names has nothing.
func (f *finder) notInFile(i evidence.Incident) []evidence.Doubt {
	var out []evidence.Doubt
	for _, x := range f.missing[i.ID] {
		if taken, ok := f.takenAt(f.exhibits[x]); ok && f.takenOtherwise(f.exhibits[x], i) {
			told := stamp(i.Time.At)
			if i.Time.Precision == evidence.ToDay {
				told = day(i)
			}
			out = append(out, evidence.Doubt{Code: evidence.TakenOtherwise, Incident: i.ID, About: evidence.AboutRow,
				Says: []evidence.Statement{{Source: x, Exhibit: x, Value: stamp(taken.At)}, {Source: "table", Value: told}}})
			continue
		}
		out = append(out, evidence.Doubt{Code: evidence.NotInFile, Incident: i.ID, About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "log", Exhibit: x, Value: x}}})
	}
	return out
}

// sameLength is by how many seconds the length of a call may differ that was
// written off its log.
const sameLength = 5

// shows reports whether a row of a log can be what a person's row tells of: the
// same call, or the same message, as far as the person said which. Of hearsay, and
// of what no log lists, it is the words that must stand in the log.
func shows(r, i evidence.Incident) bool {
	talk := i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message
	if i.ToldBy != "" || !talk {
		return holdsWords(r.Shown, i.Shown)
	}
	if (i.Kind == evidence.Call) != (r.Kind == evidence.Call) || !device.Compatible(i.Number, r.Number) ||
		!device.Facing(i.Direction, r.Direction) || !timeFits(r, i) {
		return false
	}
	if i.Kind != evidence.Call { // a message without words is a picture, and somebody may write down what it says
		return r.Shown == "" || holdsWords(r.Shown, i.Shown)
	}
	known := i.Answered != evidence.Unknown && r.Answered != evidence.Unknown
	d := i.Seconds - r.Seconds
	return (!known || i.Answered == r.Answered) &&
		(i.Seconds <= 0 || r.Seconds < 0 || d >= -sameLength && d <= sameLength)
}

// timeFits reports whether the time a person wrote can be that of a log's row.
func timeFits(r, i evidence.Incident) bool {
	switch {
	case i.Time.IsZero() || r.Time.IsZero():
		return true
	case i.Time.Precision == evidence.ToDay || r.Time.Precision == evidence.ToDay:
		return day(i) == day(r)
	}
	d := i.Time.At.Sub(r.Time.At)
	return d >= -apart && d <= apart+time.Duration(max(r.Seconds, 0))*time.Second
}

// holdsWords reports whether a text has the words somebody copied out of it, all
// or some: marks and blanks do not count, and dots stand for what was left out.
func holdsWords(text, copied string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, norm.NFKC.String(s))
	}
	text = plain(text)
	for _, part := range strings.Split(strings.ReplaceAll(copied, "...", "…"), "…") {
		_, rest, found := strings.Cut(text, plain(part))
		if !found {
			return false
		}
		text = rest
	}
	return true
}
