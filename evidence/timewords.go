package evidence

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// Text is a time as a person writes it, to the second or less: a zone is told in words.
func (t Time) Text() Text {
	s := FormatTime(Time{At: t.At, Precision: t.Precision, Device: true})
	if t.IsZero() || t.Device || t.Precision == ToDay {
		return Text{s, s}
	}
	return Text{s + "（北京时间）", s + " Beijing time"}
}

// clockForm is what is a time by its form, or would be with other numbers.
var clockForm = lazyregexp.New(
	`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)? ?` +
		`(?:[+-](\d{2}):?(\d{2}))?`)

// WhyNoTime says what makes s no time that ever was; empty: it has not the form of one.
func WhyNoTime(s string) Text {
	s = inDigits(strings.TrimSpace(s))
	if halfDay.MatchString(s) {
		return Text{"上午、下午、晚上和钟点合不到一起，照24小时写", "that hour is none of its half of the day: write 0 to 23"}
	}
	m := clockForm.FindStringSubmatch(s)
	if m == nil {
		return Text{}
	}
	var n [9]int
	for i := range n {
		if i > 0 && i < len(m) {
			n[i], _ = strconv.Atoi(m[i]) // nothing: 0, which every clock has
		}
	}
	switch year, month, day := n[1], n[2], n[3]; {
	case year < 2000 || year > 2100:
		return Text{fmt.Sprintf("年份是%d", year), fmt.Sprintf("the year is %d", year)}
	case month < 1 || month > 12:
		return Text{fmt.Sprintf("没有%d月", month), fmt.Sprintf("there is no month %d", month)}
	case day < 1 || day > time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day():
		return Text{fmt.Sprintf("%d年%d月没有%d日", year, month, day),
			fmt.Sprintf("%s %d has no day %d", time.Month(month), year, day)}
	case n[4] > 23:
		return Text{fmt.Sprintf("一天里没有%d点", n[4]), fmt.Sprintf("no day has an hour %d", n[4])}
	case n[5] > 59:
		return Text{fmt.Sprintf("一小时里没有%d分", n[5]), fmt.Sprintf("no hour has a minute %d", n[5])}
	case n[6] > 59:
		return Text{fmt.Sprintf("一分钟里没有%d秒", n[6]), fmt.Sprintf("no minute has a second %d", n[6])}
	case n[7] > 14 || n[8] > 59:
		return Text{fmt.Sprintf("没有相差%d小时%d分的时区", n[7], n[8]),
			fmt.Sprintf("there is no zone of %d hours %d minutes", n[7], n[8])}
	}
	return Text{}
}
