package evidence

import "testing"

// What a person typed as a time is told in words when it is none, and without the
// marks of a zone when it is.
func TestTimesInWords(t *testing.T) {
	for _, c := range []struct{ typed, is, why, en string }{
		{"2026-12-01T10:00:00+08:00", "2026-12-01 10:00:00（北京时间）", "", "2026-12-01 10:00:00 Beijing time"},
		{"2026-12-01T10:00:00+0800", "2026-12-01 10:00:00（北京时间）", "", "2026-12-01 10:00:00 Beijing time"},
		{"2026-12-01T10:00:00Z", "2026-12-01 18:00:00（北京时间）", "", "2026-12-01 18:00:00 Beijing time"},
		{"2026-12-01T10:00+05:30", "2026-12-01 12:30（北京时间）", "", "2026-12-01 12:30 Beijing time"},
		{"2026/12/1 10:00", "2026-12-01 10:00", "", "2026-12-01 10:00"},
		{"2026年12月1日", "2026-12-01", "", "2026-12-01"},
		{"2026-12-01T25:00:00+08:00", "", "一天里没有25点", "no day has an hour 25"},
		{"2026年2月30日 10:00", "", "2026年2月没有30日", "February 2026 has no day 30"},
		{"2026-13-01", "", "没有13月", "there is no month 13"},
		{"2026-12-01 10:75", "", "一小时里没有75分", "no hour has a minute 75"},
		{"2026-12-01 10:00:61", "", "一分钟里没有61秒", "no minute has a second 61"},
		{"2026-12-01T10:00:00+28:00", "", "没有相差28小时0分的时区", "there is no zone of 28 hours 0 minutes"},
		{"1926-12-01 10:00", "", "年份是1926", "the year is 1926"},
		{"2026-12-01 晚上12:00", "", "上午、下午、晚上和钟点合不到一起，照24小时写",
			"that hour is none of its half of the day: write 0 to 23"},
		{"上个月", "", "", ""},
	} {
		at, ok := ParseTime(c.typed)
		if ok != (c.is != "") {
			t.Errorf("%s: read: %v", c.typed, ok)
		}
		got, why := at.Text(), WhyNoTime(c.typed)
		if ok && (got.ZH != c.is || got.EN != c.en || why.ZH != "") {
			t.Errorf("%s: got %q, %q, %q", c.typed, got.ZH, got.EN, why.ZH)
		}
		if !ok && (why.ZH != c.why || why.EN != c.en) {
			t.Errorf("%s: got %q, %q", c.typed, why.ZH, why.EN)
		}
	}
}
