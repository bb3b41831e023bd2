package logs

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"

	"golang.org/x/text/unicode/norm"
)

var bareNumber = lazyregexp.New(`^\d+$`)

// plainCell takes off what keeps a spreadsheet from changing a cell: '… and
// ="…".
func plainCell(s string) string {
	s = strings.TrimSpace(strings.Trim(strings.TrimSpace(s), "\t'"))
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		s = strings.TrimSuffix(inner, `"`)
	}
	return s
}

var (
	spoilt = lazyregexp.New(`^(\d)(?:\.(\d+))?[Ee]\+?(\d+)$`)
	// What is left of a landline whose leading zero went: 21…, 571….
	noZero = lazyregexp.New(`^(?:10\d{8}|2\d{9}|[3-9]\d{9,10})$`)
)

// listNumber brings the other side's number to its normal form. Digits that a
// spreadsheet took away are never guessed.
func listNumber(s string, numeric bool) (string, *evidence.Text) {
	if m := spoilt.FindStringSubmatch(s); m != nil {
		digits := m[1] + m[2]
		exponent, err := strconv.Atoi(m[3])
		switch v, bad := strconv.ParseFloat(s, 64); {
		case err == nil && exponent == len(digits)-1:
			s = digits // every digit is written
		case numeric && bad == nil && v < 1e15 && len(digits) > 6:
			// A double holds fifteen digits. One of a few digits was made of a
			// cell whose digits had been lost before.
			s = strconv.FormatFloat(v, 'f', 0, 64)
		default:
			return "", &evidence.Text{
				ZH: "号码被表格软件改成了 " + s + "，数字已经丢失",
				EN: "a spreadsheet turned the number into " + s + "; its digits are lost",
			}
		}
	}
	if noZero.MatchString(s) && !evidence.IsService(s) {
		return "", &evidence.Text{
			ZH: "号码 " + s + " 不完整，开头的 0 像是被表格软件去掉了；请向运营商要一份原样的详单",
			EN: "the number " + s + " is not whole: a spreadsheet seems to have taken its leading zero; " +
				"ask the carrier for the list as it was",
		}
	}
	if n := evidence.NormalNumber(s); n != "" {
		return n, nil
	}
	return s, nil
}

// time reads when a call began, from one cell or from a date and a clock.
func (c listColumns) time(cell func(string) string) (evidence.Time, bool) {
	at, date, clock := cell("time"), cell("date"), cell("clock")
	for _, s := range []string{at, date + " " + at, date + " " + clock, at + " " + clock, date} {
		if t, ok := carrierTime(strings.TrimSpace(s)); ok {
			return t, true
		}
		if t, ok := serialTime(s, c.days1904); ok {
			return t, true
		}
	}
	return evidence.Time{}, false
}

var carrierForms = []struct {
	layout    string
	precision evidence.Precision
}{
	{"2006-01-02 15:04:05", evidence.ToSecond},
	{"2006-1-2 15:04:05", evidence.ToSecond},
	{"2006-1-2T15:04:05", evidence.ToSecond},
	{"2006-01-02-15:04:05", evidence.ToSecond},
	{"20060102150405", evidence.ToSecond},
	{"20060102 150405", evidence.ToSecond},
	{"20060102 15:04:05", evidence.ToSecond},
	{"2006-1-2 150405", evidence.ToSecond},
	{"2006-1-2 15:04", evidence.ToMinute},
}

// brokenSeconds is a defect of one carrier: 20:17:-0.
var brokenSeconds = lazyregexp.New(`( \d{1,2}:\d{2}):-\d+$`)

var dateMarks = strings.NewReplacer("/", "-", "年", "-", "月", "-", "日", "", "时", ":", "分", ":", "秒", "", "上午", "AM ",
	"下午", "PM ", "am", "AM", "pm", "PM")

var (
	halfDays = lazyregexp.New(`^(\S+) ?([AP]M) *(\d{1,2})(:\d{2}.*)$|^(\S+) (\d{1,2})(:\d{2}\S*) ?([AP]M)$`)
	dotted   = lazyregexp.New(`^(20\d\d)\.(\d{1,2})\.(\d{1,2})`)
	lostZero = lazyregexp.New(`^(\d{4}-\d{1,2}-\d{1,2}|\d{8}) (\d)([0-5]\d)([0-5]\d)$`)
	dotHours = lazyregexp.New(`^(\d{4}-\d{1,2}-\d{1,2} \d{1,2})\.(\d{2})\.(\d{2})$`)
)

// halfDayOf brings 下午 2:18:00 and 2:18:00 PM behind a day to 14:18:00, and
// 2026.10.01 09.05.00 to 2026-10-01 09:05:00, and 94951, of which a workbook took
// the zero, to 09:49:51.
func halfDayOf(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(dotted.ReplaceAllString(s, "$1-$2-$3")), ":")
	s = lostZero.ReplaceAllString(dotHours.ReplaceAllString(s, "$1:$2:$3"), "$1 0$2:$3:$4")
	m := halfDays.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	day, half, hour, rest := m[1]+m[5], m[2]+m[8], m[3]+m[6], m[4]+m[7]
	h, _ := strconv.Atoi(hour)
	switch {
	case half == "PM" && h < 12:
		h += 12
	case half == "AM" && h == 12:
		h = 0
	}
	return fmt.Sprintf("%s %02d%s", day, h, rest)
}

// zoned is a time with its zone: Z, GMT, +08:00.
var zoned = lazyregexp.New(`^(.*\d:\d\d(?::\d\d)?) ?(Z|GMT|UTC|[+-]\d\d:?\d\d)$`)

func carrierTime(s string) (evidence.Time, bool) {
	if s == "" {
		return evidence.Time{}, false
	}
	s = halfDayOf(dateMarks.Replace(norm.NFKC.String(s)))
	s = brokenSeconds.ReplaceAllString(s, "$1")
	for _, f := range carrierForms {
		t, err := time.ParseInLocation(f.layout, s, evidence.Beijing)
		if err != nil && strings.Contains(f.layout, ":04") {
			if m := zoned.FindStringSubmatch(s); m != nil { // the zone stands behind it
				zone := strings.NewReplacer(":", "", "GMT", "+0000", "UTC", "+0000", "Z", "+0000").Replace(m[2])
				t, err = time.Parse(f.layout+"-0700", m[1]+zone)
				t = t.In(evidence.Beijing)
			}
		}
		if err == nil && t.Year() >= 2000 {
			return evidence.Time{At: t.Truncate(time.Second), Precision: f.precision, Source: "carrier"}, true
		}
	}
	return evidence.Time{}, false
}

var serial = lazyregexp.New(`^\d{5}(?:\.\d+)?$`)

// serialTime reads a date cell of a workbook: days since 1899-12-30, or since
// 1904-01-01 in workbooks that say so (ECMA-376, part 1, 18.17.4.1).
func serialTime(s string, days1904 bool) (evidence.Time, bool) {
	if !serial.MatchString(s) {
		return evidence.Time{}, false
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if days1904 {
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days, err := strconv.ParseFloat(s, 64)
	at := from.Add(time.Duration(days*86400+0.5) * time.Second)
	if err != nil || at.Year() < 2000 || at.Year() > 2099 {
		return evidence.Time{}, false
	}
	at = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, evidence.Beijing)
	return evidence.Time{At: at, Precision: evidence.ToSecond, Source: "carrier"}, true
}

var (
	lengthWords  = lazyregexp.New(`^(?:(\d+)(?:小时|时))?(?:(\d+)(?:分钟|分))?(?:(\d+)秒?)?$`)
	dayPart      = lazyregexp.New(`^0\.\d+(?:[Ee]-\d+)?$|^\d(?:\.\d+)?[Ee]-\d+$`)
	lengthColons = lazyregexp.New(`^(\d+)[:'](\d{1,2})[:'](\d{1,2})"?$`)
	lengthShort  = lazyregexp.New(`^()(\d{1,3})[:'](\d{2})"?$`)
	lengthUnits  = strings.NewReplacer(" ", "", "hours", "时", "hour", "时", "h", "时", "minutes", "分", "minute", "分",
		"mins", "分",
		"min", "分", "m", "分", "seconds", "秒", "second", "秒", "secs", "秒", "sec", "秒", "s", "秒")
	wholeNumber = lazyregexp.New(`^(\d+)\.0+$`)
)

// carrierLength reads 48, 48.0, 10秒, 20s, 1分48秒, 1时2分3秒, 1:48, 0'1'48 and
// 00:01:48 as seconds. Nothing is not zero.
func carrierLength(s string) (int, bool) {
	s = wholeNumber.ReplaceAllString(lengthUnits.Replace(strings.ToLower(norm.NFKC.String(s))), "$1")
	if dayPart.MatchString(s) { // a time cell of a workbook: part of a day
		day, err := strconv.ParseFloat(s, 64)
		return int(day*86400 + 0.5), err == nil
	}
	m := lengthColons.FindStringSubmatch(s)
	if m == nil {
		m = lengthShort.FindStringSubmatch(s)
	}
	if m == nil {
		m = lengthWords.FindStringSubmatch(s)
	}
	if m == nil || s == "" {
		return 0, false
	}
	total := 0
	for i, unit := range []int{3600, 60, 1} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(m[i+1])
		if err != nil || n > 100_000 {
			return 0, false
		}
		total += n * unit
	}
	return total, total <= 24*60*60
}
