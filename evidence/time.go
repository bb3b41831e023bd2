package evidence

import "time"

// Beijing is the zone all rules about hours and days are decided in: UTC+8
// all year, no daylight saving.
var Beijing = time.FixedZone("+08:00", 8*60*60)

// A Precision says down to what a time is known.
type Precision string

// The precisions.
const (
	ToSecond Precision = "second"
	ToMinute Precision = "minute"
	ToDay    Precision = "day"
)

// A Time is when something happened and how that is known. The zero Time
// means not known at all.
type Time struct {
	// At is the moment. If Device is set it is the reading of a device's
	// clock without a zone, taken as Beijing time.
	At        time.Time
	Precision Precision
	// Device says that the zone is assumed and not recorded.
	Device bool
	// Source names what the time was read from: "name:miui", "container",
	// "exif", "sms-backup", "carrier", "person", "modified".
	Source string
}

// IsZero reports whether nothing is known.
func (t Time) IsZero() bool { return t.At.IsZero() }

// MonthsAfter is the same day n months later, or the last day of that month
// where it has no such day: a term of months ends there and not in the next
// month.
func MonthsAfter(t time.Time, n int) time.Time {
	end := t.AddDate(0, n, 0)
	if end.Day() != t.Day() {
		end = end.AddDate(0, 0, -end.Day())
	}
	return end
}
