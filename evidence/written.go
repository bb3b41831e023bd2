package evidence

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence/lazyregexp"
)

// wideBlanks are blanks that typing and copying leave around a value.
const wideBlanks = " \t\r\n　\u00a0\u200b\ufeff"

// Narrow is a value with the marks and digits of full width as ordinary ones, without
// blanks around it.
func Narrow(s string) string {
	return strings.Trim(norm.NFKC.String(strings.Trim(s, wideBlanks)), wideBlanks)
}

var (
	// 2026年3月1日, 2026.3.1, 2026/03/01, 2026-3-1
	yearFirst = lazyregexp.New(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	eightsome = lazyregexp.New(`^(\d{4})(\d{2})(\d{2})$`)
	// 03/04/2026: the third of April or the fourth of March
	yearLast = lazyregexp.New(`^(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})$`)
	// 26/3/1, 26年3月1日
	shortYear = lazyregexp.New(`^(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	noYear    = lazyregexp.New(`^(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	noDay     = lazyregexp.New(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$`)
)

// DaysOf are the days that a value can mean, as the program writes them, the likelier
// first; certain where there is no doubt about it.
func DaysOf(s string) (days []string, certain bool) {
	s = Narrow(s)
	real := func(y, m, d string) {
		n := make([]int, 3)
		for k, part := range []string{y, m, d} {
			n[k], _ = strconv.Atoi(part)
		}
		t := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
		day := t.Format(time.DateOnly)
		if t.Day() == n[2] && int(t.Month()) == n[1] && n[0] >= 1900 && n[0] <= 2100 && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	for _, form := range []*lazyregexp.Regexp{yearFirst, eightsome} {
		if m := form.FindStringSubmatch(s); m != nil {
			real(m[1], m[2], m[3])
			return days, len(days) == 1
		}
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		real(m[3], m[1], m[2])
		real(m[3], m[2], m[1])
		return days, len(days) == 1
	}
	if m := shortYear.FindStringSubmatch(s); m != nil {
		real("20"+m[1], m[2], m[3])
	}
	return days, false
}

// WantedDay is what to write for a day that cannot be read without doubt.
func WantedDay(s string) Text {
	days, _ := DaysOf(s)
	switch {
	case len(days) > 1:
		return Text{ZH: "由您写明是哪一天：" + strings.Join(days, " 还是 "),
			EN: "which day it is: " + strings.Join(days, " or ")}
	case len(days) == 1:
		return Text{ZH: "四位的年份；如果是这一天，写 " + days[0], EN: "the year in four digits: " + days[0] +
			", if it is that day"}
	case noYear.MatchString(Narrow(s)):
		return Text{ZH: "带年份的日期，例如 2026-03-02", EN: "a date with its year, such as 2026-03-02"}
	case noDay.MatchString(Narrow(s)):
		return Text{ZH: "具体到哪一天，例如 2026-03-02；不知道的留空",
			EN: "a day of that month, such as 2026-03-02, or nothing"}
	}
	return Text{ZH: "真实的日期，例如 2026-03-02", EN: "a real date such as 2026-03-02"}
}

var (
	// thousands is a sum whose digits are parted in threes.
	thousands = lazyregexp.New(`^[-+]?\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?$`)
	// inWan is a sum in ten thousands.
	inWan = lazyregexp.New(`^(\d{1,8})(?:\.(\d{1,4}))?\s*[万萬]$`)
)

// PlainSum is a sum in yuan without the signs of the currency.
func PlainSum(s string) string {
	s = Narrow(s)
	for _, sign := range []string{"人民币", "¥", "RMB", "CNY", "rmb"} {
		s = Narrow(strings.TrimPrefix(s, sign))
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "RMB"), "人民币")
	s = Narrow(strings.TrimRight(strings.TrimRight(Narrow(s), "整正"), "元圆块钱"))
	if thousands.MatchString(s) {
		s = strings.NewReplacer(",", "", "'", "", "’", "", " ", "").Replace(s)
	}
	if m := inWan.FindStringSubmatch(s); m != nil {
		whole := strings.TrimLeft(m[1]+(m[2] + "0000")[:4], "0")
		s = "0"
		if whole != "" {
			s = whole
		}
	}
	return s
}

// PlainRate is a rate in per cent a year without its sign.
func PlainRate(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(Narrow(s), "年化"), "百分之")
	return Narrow(strings.TrimSuffix(s, "%"))
}
