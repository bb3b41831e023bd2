package device

import (
	"testing"
	"time"

	"juzheng/evidence"
)

// A time is read as screens show it, the rest of it by when the picture was made; what
// would be a guess, or later than the picture, is none.
func TestTimeShown(t *testing.T) {
	taken := time.Date(2026, 9, 16, 22, 30, 0, 0, evidence.Beijing) // a Wednesday
	for _, c := range []struct{ said, want string }{
		{"晚上9:45", "2026-09-16 21:45"},
		{"21:45", "2026-09-16 21:45"},
		{"２１：４５", "2026-09-16 21:45"},
		{"9点5分", "2026-09-16 09:05"},
		{"9月15日 21:45", "2026-09-15 21:45"},
		{"9-15 21:45", "2026-09-15 21:45"},
		{"9月15日晚上9:45", "2026-09-15 21:45"},
		{"昨天 21:45", "2026-09-15 21:45"},
		{"前天 8:00", "2026-09-14 08:00"},
		{"星期一 10:00", "2026-09-14 10:00"},
		{"周三 10:00", "2026-09-09 10:00"}, // today would be shown without its name
		{"星期天 晚上8:10", "2026-09-13 20:10"},
		{"3月20日 08:00", "2026-03-20 08:00"},
		{"12月31日 08:00", ""}, // of which year is for the person to say
		{"10月15日 08:00", ""},
		{"中午12:30", "2026-09-16 12:30"},
		{"中午1:30", "2026-09-16 13:30"},
		{"凌晨12:10", "2026-09-16 00:10"},
		{"2026-09-08 19:21", "2026-09-08 19:21"},
		{"晚上11:50", ""}, // after the picture: of which day is not known
		{"晚上12:05", ""}, // noon or midnight
		{"上午13:00", ""},
		{"2月30日 10:00", ""},
		{"21:75", ""},
		{"24:10", ""},
		{"2026-09-16", ""},
		{"刚刚", ""},
	} {
		got := ""
		if at, ok := TimeShown(c.said, taken); ok {
			got = at.At.In(evidence.Beijing).Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.said, got, c.want)
		}
	}
	january := time.Date(2026, 1, 3, 9, 0, 0, 0, evidence.Beijing)
	if at, ok := TimeShown("12月31日 08:00", january); !ok || at.At.Year() != 2025 {
		t.Errorf("in January: %v, %v", at, ok)
	}
}
