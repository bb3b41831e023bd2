package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A stripView is a day of calls on a line of 24 hours, with the times below it.
type stripView struct {
	Says    string // what is drawn, for who does not see it
	On, Off string // paths: calls that count, and others of the same numbers
	Times   string
}

// A strip is 960 wide: 40 for an hour. The night is that of the rules, 22:00 to 8:00.
const (
	stripHour  = 40
	mostStrips = 2
)

// stripsOf are the days of a finding that counts calls by the day, those with most first.
func stripsOf(f evidence.Finding, rows []evidence.Incident, lang string) (out []stripView) {
	counts := slices.Clone(f.Counts)
	slices.SortStableFunc(counts, func(a, b evidence.Count) int { return cmp.Compare(b.N, a.N) })
	for _, c := range counts {
		day, err := time.ParseInLocation(time.DateOnly, c.Day, evidence.Beijing)
		if err != nil || len(out) == mostStrips {
			continue
		}
		if v, ok := stripOf(day, c.Incidents, f.Incidents, rows, lang); ok {
			out = append(out, v)
		}
	}
	return out
}

// stripOf draws a day; false: its calls have no times of the day.
func stripOf(day time.Time, ids []string, counted, rows []evidence.Incident, lang string) (v stripView, ok bool) {
	of := func(i evidence.Incident) bool {
		at := i.Time.At.In(evidence.Beijing)
		return i.Kind == evidence.Call && i.Time.Precision != evidence.ToDay && !i.Time.IsZero() &&
			at.Format(time.DateOnly) == day.Format(time.DateOnly)
	}
	var on, off []evidence.Incident
	for _, i := range counted {
		if of(i) && slices.Contains(ids, i.ID) {
			on = append(on, i)
		}
	}
	for _, i := range rows {
		same := func(o evidence.Incident) bool { return o.Number == i.Number }
		once := func(o evidence.Incident) bool { return o.ID == i.ID || slices.Contains(o.Also, i.ID) }
		if of(i) && i.Direction == evidence.In && slices.ContainsFunc(on, same) && !slices.ContainsFunc(on, once) {
			off = append(off, i)
		}
	}
	if len(on) == 0 {
		return v, false
	}
	path := func(all []evidence.Incident, from, to int) (string, []string) {
		slices.SortStableFunc(all, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
		var b strings.Builder
		var times []string
		for _, i := range all {
			at := i.Time.At.In(evidence.Beijing)
			fmt.Fprintf(&b, "M%d %dV%d", (at.Hour()*60+at.Minute())*stripHour/60, from, to)
			times = append(times, at.Format("15:04"))
		}
		return b.String(), times
	}
	between := evidence.Text{ZH: "、", EN: ", "}.In(lang)
	var onAt, offAt []string
	v.On, onAt = path(on, 4, 36)
	v.Off, offAt = path(off, 24, 36)
	v.Times = fmt.Sprintf(evidence.Text{ZH: "%s，计入的：%s。", EN: "%s, counted: %s."}.In(lang),
		dayWords(day.Format(time.DateOnly), lang), strings.Join(onAt, between))
	if len(offAt) > 0 {
		v.Times += fmt.Sprintf(evidence.Text{ZH: "不计的：%s。", EN: " Not counted: %s."}.In(lang), strings.Join(offAt, between))
	}
	v.Says = fmt.Sprintf(evidence.Text{ZH: "%s一天里的来电，0时到24时，计入%d次，不计%d次", EN: "the calls of %s from 0:00 to " +
		"24:00: %d counted, %d not"}.In(lang), dayWords(day.Format(time.DateOnly), lang), len(on), len(off))
	return v, true
}
