package logs

import (
	"testing"

	"juzheng/evidence"
)

// A message that came late is dated by when it was sent; what is no time of
// sending changes nothing.
func TestMessageThatCameLate(t *testing.T) {
	const received = "1789917005000" // 2026-09-20 23:10:05
	for _, c := range []struct{ sent, box, want string }{
		{"1789912200000", "1", "2026-09-20T21:50:00+08:00"},
		{"1789917000000", "1", "2026-09-20T23:10:05+08:00"}, // five seconds on its way
		{"0", "1", "2026-09-20T23:10:05+08:00"},
		{"1580000000000", "1", "2026-09-20T23:10:05+08:00"}, // years before
		{"1789920000000", "1", "2026-09-20T23:10:05+08:00"}, // after it came
		{"1789912200000", "2", "2026-09-20T23:10:05+08:00"}, // one's own
	} {
		i, ok := backupSMS(map[string]string{"address": "19900000311", "date": received, "date_sent": c.sent,
			"type": c.box})
		if got := evidence.FormatTime(i.Time); !ok || got != c.want {
			t.Errorf("sent %s: %s, want %s", c.sent, got, c.want)
		}
	}
}
