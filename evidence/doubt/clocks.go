package doubt

import (
	"fmt"
	"strings"
	"time"

	"juzheng/evidence"
)

// clocksOff doubts times by clocks that were measured to be off and that nobody
// has confirmed. Such a time is a phone's reading and no more.
func (f *finder) clocksOff() []evidence.Doubt {
	var out []evidence.Doubt
	open := f.clocks.OpenOf(f.Incidents)
	for n, i := range f.Incidents {
		off := open[i.ID]
		if off == 0 || f.settled(i) || !i.Time.Device && i.Use == evidence.Yes {
			continue
		}
		f.Incidents[n].Time.Device = true
		if !f.Case.Concerns(i) {
			continue
		}
		name, code := "", evidence.ClockOff
		for _, place := range strings.Fields(i.Source) {
			exhibit, _, _ := strings.Cut(place, ":")
			if f.clocks.Open(exhibit, i.Time) > 0 {
				name = f.device[exhibit].Name
			}
			if f.clocks.Between(exhibit, i.Time) {
				code = evidence.ClockBetween
			}
		}
		out = append(out, evidence.Doubt{Code: code, Incident: i.ID, About: evidence.AboutTime,
			Says: []evidence.Statement{{Source: "device", Value: name}, {Source: "clock", Value: span(off)}}})
	}
	return out
}

// span is a length of time in hours, minutes and seconds: 1:03:00.
func span(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
