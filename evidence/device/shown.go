package device

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// clockShown is a time as screens show it beside a message: 晚上9:45, 昨天 21:45, 9月15日 21:45.
var clockShown = lazyregexp.New(`^(?:(\d{1,2})[月/-](\d{1,2})[日号]? ?|(今天|昨天|前天) ?|(?:星期|周|礼拜)([一二三四五六日天]) ?)?` +
	`(凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|深夜|夜里)? ?(\d{1,2})[:点时](\d{1,2})?分?$`)

// clockIn is such a time within a line.
var clockIn = lazyregexp.New(`(?:\d{1,2}[月/-]\d{1,2}[日号]? ?|(?:今天|昨天|前天) ?|(?:星期|周|礼拜)[一二三四五六日天] ?)?` +
	`(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|深夜|夜里)? ?\d{1,2}[:点时]\d{2}分?`)

// TimesOn are the times beside messages in a line of a picture, as [TimeShown] takes them.
func TimesOn(line string) []string {
	var out []string
	for _, s := range clockIn.FindAllString(norm.NFKC.String(line), -1) {
		if m := clockShown.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
			hour, _ := strconv.Atoi(m[6])
			if minute, _ := strconv.Atoi(m[7]); hour < 24 && minute < 60 {
				out = append(out, strings.TrimSpace(s))
			}
		}
	}
	return out
}

// TimeShown is the time that a picture shows, by when the picture was made: the year and
// the day that a screen leaves out are those of the picture. A time after that, and one of
// which it is not known whether it is noon or midnight, is none; of a picture that nobody
// knows the day of, taken is zero, and the time needs its year.
func TimeShown(s string, taken time.Time) (evidence.Time, bool) {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
	if at, ok := evidence.ParseTime(s); ok {
		return at, at.Precision != evidence.ToDay && (taken.IsZero() || !at.At.After(taken.Add(time.Minute)))
	}
	if taken.IsZero() {
		return evidence.Time{}, false // nothing says of which day or year it is
	}
	m := clockShown.FindStringSubmatch(s)
	if m == nil {
		return evidence.Time{}, false
	}
	taken = taken.In(evidence.Beijing)
	hour, _ := strconv.Atoi(m[6])
	minute, _ := strconv.Atoi(m[7])
	hour, ok := evidence.ClockHour(m[5], hour)
	if !ok || minute > 59 {
		return evidence.Time{}, false
	}
	day := time.Date(taken.Year(), taken.Month(), taken.Day(), hour, minute, 0, 0, evidence.Beijing)
	switch {
	case m[1] != "":
		month, _ := strconv.Atoi(m[1])
		of, _ := strconv.Atoi(m[2])
		day = time.Date(taken.Year(), time.Month(month), of, hour, minute, 0, 0, evidence.Beijing)
		if day.After(taken.Add(time.Minute)) {
			day = day.AddDate(-1, 0, 0)
		}
		if day.Month() != time.Month(month) || day.Day() != of {
			return evidence.Time{}, false // no such day
		}
		if taken.Sub(day) > sameYear {
			return evidence.Time{}, false // of which year is for the person to say
		}
	case m[3] == "昨天":
		day = day.AddDate(0, 0, -1)
	case m[3] == "前天":
		day = day.AddDate(0, 0, -2)
	case m[4] != "":
		of := time.Weekday(strings.Index("日一二三四五六", strings.Replace(m[4], "天", "日", 1)) / len("日"))
		day = day.AddDate(0, 0, -((int(day.Weekday()-of)+6)%7 + 1))
	}
	at, ok := evidence.ParseTime(day.Format("2006-01-02 15:04"))
	return at, ok && !day.After(taken.Add(time.Minute))
}

// sameYear is how far before a picture a day without a year may lie: people take pictures
// of what they just got, and a day after the picture's own is rather a slip than of the
// year before.
const sameYear = 183 * 24 * time.Hour
