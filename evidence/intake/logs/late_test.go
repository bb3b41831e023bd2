package logs

import (
	"fmt"
	"strings"
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

// A phone whose clock was behind notes messages before they were sent: where
// most agree by how much, they are dated by the message centre. One message,
// or a whole number of half hours, proves nothing of the clock.
func TestClockBehindTheMessageCentre(t *testing.T) {
	const at = 1789917005000 // 2026-09-20 23:10:05
	for _, c := range []struct {
		name  string
		early []int // seconds, of each message
		want  string
		from  string
	}{
		{"63 minutes, always", []int{3783, 3780, 3791, 3785}, "2026-09-21T00:13:08+08:00", "sms-sent"},
		{"63 minutes, two of five on time", []int{3783, 3780, 3791, -2, -3}, "2026-09-21T00:13:08+08:00", "sms-sent"},
		{"one of four", []int{3783, -2, -3, -2}, "2026-09-20T23:10:05+08:00", "sms-backup"},
		{"two messages", []int{3783, 3784}, "2026-09-20T23:10:05+08:00", "sms-backup"},
		{"each by another time", []int{3783, 900, 7000, 200}, "2026-09-20T23:10:05+08:00", "sms-backup"},
		{"eight hours: a zone", []int{28800, 28802, 28799, 28801}, "2026-09-20T23:10:05+08:00", "sms-backup"},
	} {
		var b strings.Builder
		b.WriteString("<smses>")
		for n, early := range c.early {
			date := at + n*3600_000
			fmt.Fprintf(&b, `<sms address="19900000311" date="%d" date_sent="%d" type="1" body="还款"/>`, date, date+
				early*1000)
		}
		b.WriteString("</smses>")
		var rows []Row
		data := b.String()
		if _, err := Read(strings.NewReader(data), int64(len(data)), "sms.xml", func(r Row) error {
			rows = append(rows, r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		got := rows[0].Incident.Time
		if evidence.FormatTime(got) != c.want || got.Source != c.from {
			t.Errorf("%s: %s by %s, want %s by %s", c.name, evidence.FormatTime(got), got.Source, c.want, c.from)
		}
	}
}
