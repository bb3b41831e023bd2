package device

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// A clock can be off for some weeks: it is measured whatever else agrees, a recording that it
// named itself is no witness for it, and a time is corrected only where it was off.
func TestClockOffForATime(t *testing.T) {
	for _, c := range []struct {
		name      string
		calls     string // in their order, a day apart: r right, o off; capitals have a recording
		ahead     time.Duration
		stand     string // of a missed call after each, and of one before the first: r, o or ? for unsure
		stretches int
	}{
		{"off all the time", "ooo", -50 * time.Minute, "oooo", 0},
		{"off at the end", "rrooo", -50 * time.Minute, "rr?ooo", 1},
		{"off at first", "ooorr", -50 * time.Minute, "ooo?rr", 1},
		{"off between", "rooorr", -50 * time.Minute, "r?oo?rr", 1},
		{"off twice", "roorroo", -50 * time.Minute, "r?o?r?oo", 2},
		{"more agree than do not", "rrrrrooo", -50 * time.Minute, "rrrrr?ooo", 1},
		{"recordings are no witnesses", "rROOO", -50 * time.Minute, "rr?ooo", 1},
		{"all are recorded", "RROOO", -50 * time.Minute, "rr?ooo", 1},
		{"two prove nothing", "rrroo", 0, "rrrrrr", 0},
		{"right", "rrrrr", 0, "rrrrrr", 0},
	} {
		base := time.Date(2026, 9, 1, 12, 0, 0, 0, evidence.Beijing)
		var rows []evidence.Incident
		add := func(file, source string, at time.Time, n, line int) {
			i := call(fmt.Sprint(n%2), at.Format(time.DateTime), source, 40+n*23, file)
			i.Source, i.Time.Device = file, line == 0
			if line > 0 {
				i.Source = fmt.Sprintf("%s:%d", file, line)
			}
			rows = append(rows, i)
		}
		for n, r := range c.calls {
			at := base.Add(time.Duration(n) * 24 * time.Hour)
			shows := at.Add(-2 * time.Second)
			if r == 'o' || r == 'O' {
				shows = at.Add(-50 * time.Minute)
			}
			add("E1", Carrier, at, n, n+1)
			add("E2", "sms-backup", shows, n, n+1)
			if r == 'O' || r == 'R' {
				add(fmt.Sprintf("E%d", 10+n), "name:miui", shows.Add(4*time.Second), n, 0)
			}
		}
		d := measured(rows)
		if (d.Clock.Ahead-c.ahead).Abs() > 3*time.Second || len(d.Clock.Stretches()) != c.stretches {
			t.Errorf("%s: off by %s, %d stretches", c.name, d.Clock.Ahead, len(d.Clock.Stretches()))
		}
		x, _ := evidence.Exhibit{Number: "E2"}.WithNote(evidence.Note{Code: evidence.NoteClock, About: "-3000"})
		if c.ahead == 0 {
			x = evidence.Exhibit{Number: "E2"}
		}
		var said, open strings.Builder
		for n := range len(c.calls) + 1 {
			missed := evidence.Time{At: base.Add(time.Duration(n)*24*time.Hour - 8*time.Hour), Source: "sms-backup",
				Precision: evidence.ToSecond}
			for _, sure := range []bool{true, false} {
				exhibits, out := []evidence.Exhibit{{Number: "E2"}}, &open
				if sure {
					exhibits, out = []evidence.Exhibit{x}, &said
				}
				clocks := ClocksOf([]Device{d}, exhibits)
				switch got := clocks.Corrected("E2", missed); {
				case clocks.Between("E2", missed):
					out.WriteByte('?')
				case clocks.Open("E2", got) != 0, !got.At.Equal(missed.At):
					out.WriteByte('o')
				default:
					out.WriteByte('r')
				}
			}
		}
		if said.String() != c.stand || open.String() != c.stand {
			t.Errorf("%s: it stood %s as confirmed, %s as measured, want %s", c.name, said.String(), open.String(), c.stand)
		}
	}
}
