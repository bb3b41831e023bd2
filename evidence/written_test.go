package evidence

import (
	"strings"
	"testing"
)

// A day that can be one day only is read, of any other the days it can be are told.
func TestDaysOf(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-01": "2026-03-01!", "2026年3月1日": "2026-03-01!", "２０２６．３．１": "2026-03-01!", "20260301": "2026-03-01!",
		"25/03/2026": "2026-03-25!", "03/25/2026": "2026-03-25!", "03/03/2026": "2026-03-03!",
		"03/04/2026": "2026-03-04 2026-04-03", "26/3/1": "2026-03-01", "2026-02-30": "", "30/30/2026": "", "3月1日": "",
		"18880101": "", "": "", "20261301": "",
	} {
		days, certain := DaysOf(in)
		got := strings.Join(days, " ")
		if certain {
			got += "!"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Sums are exact: a sum in ten thousands is moved by its digits.
func TestPlainSum(t *testing.T) {
	for in, want := range map[string]string{"2万元": "20000", "1.5万": "15000", "0.0001万": "1", "12.3456万": "123456",
		"0万":     "0",
		"00.50万": "5000", "8,000": "8000", "1 234 567.8": "1234567.8", "80,00": "80,00", "1.23456万": "1.23456万",
		"人民币 8000 元整": "8000", "8000块钱": "8000", "-8,000": "-8000", "": "", "约8000": "约8000"} {
		if got := PlainSum(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
