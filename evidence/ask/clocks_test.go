package ask

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// The question about a clock says which of its times an answer changes, and which it leaves.
func TestClockQuestionSaysWhatItChanges(t *testing.T) {
	mark := func(day int, right bool) device.Mark {
		return device.Mark{At: time.Date(2026, 9, day, 21, 25, 0, 0, evidence.Beijing), Right: right}
	}
	for _, c := range []struct {
		name         string
		marks        []device.Mark
		text, effect string
	}{
		{"all the time", []device.Mark{mark(3, false), mark(5, false)}, "那时是不是慢了 50 分钟", "它的时间都按这个改正"},
		{"from a day on", []device.Mark{mark(1, true), mark(3, false), mark(5, false)},
			"2026-09-03 到 2026-09-05 是不是慢了 50 分钟", "2026-09-03 21:25 到 2026-09-05 21:25 的和以后的按这个改正"},
		{"until a day", []device.Mark{mark(3, false), mark(5, false), mark(7, true)},
			"2026-09-03 到 2026-09-05 是不是慢了 50 分钟", "2026-09-03 21:25 到 2026-09-05 21:25 的和以前的按这个改正"},
		{"between", []device.Mark{mark(1, true), mark(3, false), mark(7, true)},
			"2026-09-03 到 2026-09-03 是不是慢了 50 分钟", "2026-09-03 21:25 到 2026-09-03 21:25 的按这个改正"},
	} {
		r := Record{Case: kase(), Devices: []device.Device{{Name: "旧小米", Exhibits: []string{"E001"},
			Clock: device.Clock{Ahead: -50 * time.Minute, Pairs: 3, Against: device.Carrier, Marks: c.marks}}},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}
		found := false
		for _, q := range List(r) {
			if q.Kind != Clock {
				continue
			}
			found = true
			if !strings.Contains(q.Text.ZH, c.text) || !strings.Contains(q.Effect.ZH, c.effect) {
				t.Errorf("%s: %s\n%s", c.name, q.Text.ZH, q.Effect.ZH)
			}
		}
		if !found {
			t.Errorf("%s: not asked", c.name)
		}
	}
}
