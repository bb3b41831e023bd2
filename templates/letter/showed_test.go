package letter

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Where a clock was set right by what the person confirmed, letter and book
// print both readings; where it was not, one.
func TestBothReadingsOfAClock(t *testing.T) {
	at := time.Date(2026, 9, 12, 22, 20, 0, 0, evidence.Beijing)
	for _, c := range []struct {
		showed       time.Duration
		precision    evidence.Precision
		letter, book string
	}{
		{0, evidence.ToSecond, "2026年9月12日22时20分00秒", "2026-09-12 22:20:00"},
		{63 * time.Minute, evidence.ToSecond, "2026年9月12日22时20分00秒（手机显示23时23分00秒）",
			"2026-09-12 22:20:00（换算，手机显示23时23分00秒）"},
		{2 * time.Hour, evidence.ToMinute, "2026年9月12日22时20分（手机显示9月13日00时20分）",
			"2026-09-12 22:20（换算，手机显示9月13日00时20分）"},
	} {
		i := evidence.Incident{Kind: evidence.Call, Time: evidence.Time{At: at, Precision: c.precision}}
		if c.showed != 0 {
			i.Time.Showed = at.Add(c.showed)
		}
		if got := (Input{}).when(i); got != c.letter {
			t.Errorf("letter: %s, want %s", got, c.letter)
		}
		if got := shortMoment(i.Time); got != c.book {
			t.Errorf("book: %s, want %s", got, c.book)
		}
	}
	const note = "括号里是手机上显示的时间"
	for _, showed := range []bool{false, true} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
		if showed {
			i := &in.Findings[0].Incidents[0]
			i.Time.Showed = i.Time.At.Add(time.Hour)
		}
		if got := strings.Contains(document.Text(Compose(in, counted())), note); got != showed {
			t.Errorf("the note stands: %v, want %v", got, showed)
		}
	}
}
