package rule

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Hours and days are Beijing's whatever zone a file was written in, and a
// clock that was measured to be off decides nothing near an edge.
// clocksOf gives by the id of a row how far its source's clock is off.
func clocksOf(rows []evidence.Incident, off map[string]time.Duration) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, r := range rows {
		out[r.ID] = off[r.Time.Source]
	}
	return out
}

func TestZonesAndClocks(t *testing.T) {
	source := func(s string) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Time.Source = s }
	}
	use := func(i *evidence.Incident) { i.Use = evidence.Yes }
	hour := map[string]time.Duration{"name:miui": -time.Hour, "carrier": time.Hour}
	for _, c := range []struct {
		name   string
		rows   []evidence.Incident
		clocks map[string]time.Duration
		want   string
	}{
		{"22:30 in Tokyo is 21:30 here", []evidence.Incident{row("2026-09-01T22:30:00+09:00")}, nil, ""},
		{"23:30 in Tokyo is 22:30 here", []evidence.Incident{row("2026-09-01T23:30:00+09:00")}, nil, "V05/shown"},
		{"14:30 in London is 21:30 here in summer", []evidence.Incident{row("2026-09-01T14:30:00+01:00")}, nil, ""},
		{"14:00:00 UTC is the edge", []evidence.Incident{row("2026-09-01T14:00:00Z")}, nil, "V05/review"},
		{"00:00:00 UTC is the other", []evidence.Incident{row("2026-09-01T00:00:00Z")}, nil, "V05/review"},
		{"a fourth call after midnight is another day's", append(calls("2026-09-01", 3), row("2026-09-02 09:00:00")),
			nil, ""},
		{"23:59:59 is of its day", append(calls("2026-09-01", 3), row("2026-09-01 23:59:59")), nil,
			"V04/shown V05/shown"},
		{"whether it was answered is not known",
			append(calls("2026-09-01", 3), row("2026-09-01 19:00:00",
				func(i *evidence.Incident) { i.Answered = evidence.Unknown })), nil, ""},
		{"22:30 by a clock an hour off", []evidence.Incident{row("2026-09-01 22:30:00", deviceClock,
			source("name:miui"))},
			hour, "V05/review"},
		{"21:30 by a clock an hour off", []evidence.Incident{row("2026-09-01 21:30:00", deviceClock,
			source("name:miui"))},
			hour, "V05/review"},
		{"23:30 by a clock an hour off", []evidence.Incident{row("2026-09-01 23:30:00", deviceClock,
			source("name:miui"))},
			hour, "V05/shown"},
		{"20:30 by a clock an hour off", []evidence.Incident{row("2026-09-01 20:30:00", deviceClock,
			source("name:miui"))},
			hour, ""},
		{"22:30 once its zone was written", []evidence.Incident{row("2026-09-01T22:30:00+08:00", source("name:miui"),
			use)}, hour, "V05/shown"},
		{"22:30 by a list in doubt", []evidence.Incident{row("2026-09-01T22:30:00+08:00", source("carrier"))}, hour,
			"V05/review"},
		{"22:30 by the list a person chose", []evidence.Incident{row("2026-09-01T22:30:00+08:00", source("carrier"),
			use)}, hour, "V05/shown"},
		{"the fourth call within the doubt of midnight",
			append(calls("2026-09-01", 3), row("2026-09-01 23:30:00", deviceClock, source("name:miui"))), hour,
			"V05/shown V04/review"},
	} {
		r := Apply(testCase(), c.rows, nil, Options{Date: filing, Clocks: clocksOf(c.rows, c.clocks)})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
			if f.Strength == evidence.Review && len(c.clocks) > 0 && !strings.Contains(f.Doubts[0].ZH, "时钟与另一份不一致") {
				t.Errorf("%s: %s", c.name, f.Doubts[0].ZH)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}
