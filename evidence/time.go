package evidence

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence/lazyregexp"
)

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
	// Showed is what the clock showed, where At was corrected by what the person
	// confirmed of it: that it ran ahead, or stood in another zone. Zero: At is
	// as it was read.
	Showed time.Time
	// Source names what the time was read from: "name:miui", "container",
	// "exif", [ExifWritten], "sms-backup", "sms-sent", "carrier", "chat-export",
	// "person", "modified".
	Source string
}

// ExifWritten is the source of a time at which a picture's file was last
// written, where it does not say when it was taken.
const ExifWritten = "exif-written"

// IsZero reports whether nothing is known.
func (t Time) IsZero() bool { return t.At.IsZero() }

// The hours of the night, in which the rules allow no collecting (V05).
const (
	NightFrom = 22
	NightTo   = 8
)

// ConnectedLimit is how many answered calls a day GB/T 45251—2025 and the bank
// association's guide allow (V04).
const ConnectedLimit = 3

// NightHour reports whether an hour of the day, 0 to 23, is of the night.
func NightHour(hour int) bool { return hour >= NightFrom || hour < NightTo }

// AtNight reports whether a time shows an hour of the night; one known to the
// day alone shows none. How far a clock may err is not asked here: see package
// rule.
func (t Time) AtNight() bool {
	return !t.IsZero() && t.Precision != ToDay && NightHour(t.At.In(Beijing).Hour())
}

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

// timeForms are the ways a time may be written, with what each tells.
var timeForms = []struct {
	layout    string
	precision Precision
	zoned     bool
}{
	{time.RFC3339, ToSecond, true}, {"2006-01-02T15:04Z07:00", ToMinute, true},
	{"2006-01-02 15:04:05 -07:00", ToSecond, true}, {"2006-01-02 15:04:05-07:00", ToSecond, true},
	{"2006-01-02T15:04:05-0700", ToSecond, true}, {"2006-01-02 15:04:05 -0700", ToSecond, true},
	{"2006-1-2 15:04:05", ToSecond, false}, {"2006-1-2T15:04:05", ToSecond, false}, {"2006-1-2 15:04", ToMinute, false},
	{"2006-1-2T15:04", ToMinute, false}, {"2006-1-2", ToDay, false},
}

// ParseTime reads a time as the timeline writes it. Without a zone it is a
// device's clock, taken as Beijing time.
func ParseTime(s string) (Time, bool) {
	s = inDigits(strings.TrimSpace(s))
	for _, f := range timeForms {
		t, err := time.ParseInLocation(f.layout, s, Beijing)
		if err != nil {
			continue
		}
		if t.Year() < 2000 || t.Year() > 2100 {
			return Time{}, false
		}
		return Time{At: t.In(Beijing), Precision: f.precision, Device: !f.zoned}, true
	}
	return Time{}, false
}

var (
	timeMarks = strings.NewReplacer("/", "-", "：", ":", "年", "-", "月", "-", "日", " ", "号", " ",
		"点半", ":30", "点一刻", ":15", "点三刻", ":45", "点整", ":00", "点钟", ":00",
		"时", ":", "点", ":", "分", ":", "秒", "")
	fullHour = lazyregexp.New(`[ 日号午晨早晚上里间夜] ?\d{1,2}[点时]$`) // 晚上9点
	halfDay  = lazyregexp.New(
		`^(\S+) ?(上午|下午|中午|凌晨|清晨|清早|早晨|早上|傍晚|晚上|夜里|夜间|深夜|半夜) ?(\d{1,2})(:.*)$`)
)

// inDigits brings 2026年9月3日 下午6时57分 to 2026-9-3 18:57.
func inDigits(s string) string {
	// Nearly all times are as files have them, and most of what a large timeline is read for.
	spoken := strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
	if spoken && fullHour.MatchString(s) {
		s += "00"
	}
	s = strings.TrimRight(strings.Join(strings.Fields(timeMarks.Replace(s)), " "), ":")
	if !spoken {
		return s
	}
	m := halfDay.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	hour, _ := strconv.Atoi(m[3])
	hour, ok := ClockHour(m[2], hour)
	if !ok {
		return s
	}
	return fmt.Sprintf("%s %02d%s", m[1], hour, m[4])
}

// ClockHour is an hour of the day, 0 to 23, by the word before it, such as 晚上; empty:
// none. False: the word contradicts the hour, or leaves open which it is: 晚上12点 is
// midnight of this day or of the next, 上午12点 noon or midnight.
func ClockHour(half string, hour int) (int, bool) {
	from, to, add := 0, 23, 0 // the hours of a clock of twelve that the word has
	switch half {
	case "":
	case "凌晨":
		from, to = 0, 6
		if hour == 12 {
			return 0, true
		}
	case "上午", "早上", "早晨", "清晨", "清早":
		from, to = 0, 11
	case "中午":
		from, to = 11, 14
		if hour <= 2 {
			from, to, add = 1, 2, 12
		}
	case "下午":
		from, to, add = 1, 11, 12
		if hour == 12 {
			return hour, true
		}
	case "傍晚", "晚上":
		from, to, add = 4, 11, 12
	case "夜里", "夜间", "深夜", "半夜":
		from, to = 0, 5
		if hour > 5 {
			from, to, add = 7, 11, 12
		}
	}
	if hour > 12 && hour <= 23 && add == 12 { // 下午18:57 says it twice
		return hour, hour >= from+add
	}
	return hour + add, hour >= from && hour <= to
}

// FormatTime writes a time so that [ParseTime] reads it back.
func FormatTime(t Time) string {
	if t.IsZero() {
		return ""
	}
	at := t.At.In(Beijing)
	switch {
	case t.Precision == ToDay:
		return at.Format(time.DateOnly)
	case t.Precision == ToMinute && !t.Device:
		return at.Format("2006-01-02T15:04Z07:00")
	case t.Precision == ToMinute:
		return at.Format("2006-01-02 15:04")
	case t.Device:
		return at.Format(time.DateTime)
	}
	return at.Format(time.RFC3339)
}
