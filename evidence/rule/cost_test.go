package rule

import (
	"math"
	"testing"
	"time"

	"juzheng/evidence"
)

func on(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
	if err != nil {
		panic(err)
	}
	return t
}

func pays(list ...string) []evidence.Payment { return evidence.Payments(list) }

// annuity is a plan of n equal months for a principal at a yearly rate, by the
// closed form P·i/(1-(1+i)^-n): another way to the same numbers.
func annuity(principal float64, yearly float64, n int, from time.Time) []evidence.Payment {
	i := yearly / 1200
	each := principal / float64(n)
	if i > 0 {
		each = principal * i / (1 - math.Pow(1+i, -float64(n)))
	}
	var out []evidence.Payment
	for k := 1; k <= n; k++ {
		out = append(out, evidence.Payment{Day: addMonths(from, k), Sum: evidence.Fen(math.Round(each * 100))})
	}
	return out
}

// Annuities made at a known rate give that rate back, to the fen's rounding,
// and never exceed it.
func TestAnnualOfAnnuities(t *testing.T) {
	for _, yearly := range []float64{3.65, 12, 14.8, 15.4, 18, 23.9, 24, 35.9, 36, 120} {
		for _, n := range []int{1, 3, 6, 12, 24, 36, 360} {
			from := on("2024-01-31") // months without a 31st are in it
			p, ok := plan(from, 8000_00, annuity(8000, yearly, n, from))
			if !ok || p.steps != 12 {
				t.Fatalf("%g %% over %d months: not counted in months", yearly, n)
			}
			got, ok := p.annual()
			if want := yearly * float64(onePercent); !ok || math.Abs(float64(got)-want) > 150 {
				t.Errorf("%g %% over %d months: got %d", yearly, n, got)
			}
			line := rate(math.Round(yearly * float64(onePercent)))
			if p.exceeds(line) {
				t.Errorf("%g %% over %d months exceeds itself", yearly, n)
			}
			if !p.exceeds(line - onePercent/10) {
				t.Errorf("%g %% over %d months does not exceed %g %%", yearly, n, yearly-.1)
			}
		}
	}
}

// Sums a person can check on paper.
func TestAnnualByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		received evidence.Fen
		pays     []evidence.Payment
		steps    int64
		want     rate
		ok       bool
	}{
		// 12·(1.1^(1/12)-1)
		{"one year, 10 % at the end, in months compounded", 1000_00, pays("2025-01-01 1100"), 12, 95689, true},
		// 2 % · 12
		{"one month, 2 %", 1000_00, pays("2024-02-01 1020"), 12, 240000, true},
		// 3 % · 12
		{"thirty days, 3 %", 1000_00, pays("2024-01-31 1030"), 360, 360000, true},
		// 3/7 · 360/7
		{"seven days, 砍头 30 %", 700_00, pays("2024-01-08 1000"), 360, 22_040816, true},
		// 980 got, 980 paid
		{"fee on the first day counts as not received", 1000_00, pays("2024-01-01 20 服务费", "2024-02-01 980"), 0, 0,
			false},
		// 980 · 1.02
		{"two fees and a month", 1000_00, pays("2024-01-01 20", "2024-02-01 999.60"), 12, 240000, true},
		{"no interest", 1000_00, pays("2024-02-01 500", "2024-03-01 500"), 12, 0, false},
		{"less than received", 1000_00, pays("2024-02-01 500"), 12, 0, false},
		{"all back on the first day", 1000_00, pays("2024-01-01 1001"), 12, 0, false},
		{"dearer than can be told", 1_00, pays("2024-01-02 99999999999"), 360, maxRate, true},
	} {
		p, _ := plan(on("2024-01-01"), c.received, c.pays)
		got, ok := p.annual()
		if got != c.want || ok != c.ok || c.steps != 0 && p.steps != c.steps {
			t.Errorf("%s: got %d, %t, %d steps a year", c.name, got, ok, p.steps)
		}
	}
	if _, ok := plan(on("2024-01-02"), 1, pays("2024-01-01 5")); ok {
		t.Error("a payment before the loan was taken")
	}
}

// What is paid beyond a rate, against interest worked out by hand.
func TestExcess(t *testing.T) {
	p, _ := plan(on("2024-01-01"), 1000_00, pays("2024-02-01 1030"))
	for line, want := range map[rate]evidence.Fen{24 * onePercent: 10_00, 36 * onePercent: 0, 35 * onePercent: 83,
		40 * onePercent: 0} {
		if got := p.excess(line); got != want {
			t.Errorf("over %d: got %s, want %s", line, got, want)
		}
	}
}

// Whatever a person types, the rate is found or refused, and lies where the
// sums say.
func FuzzAnnual(f *testing.F) {
	f.Add(int64(8000_00), int64(720_50), uint16(12), uint16(30))
	f.Add(int64(1), int64(99999999999999), uint16(1), uint16(0))
	f.Add(int64(99999999999999), int64(1), uint16(600), uint16(1))
	f.Fuzz(func(t *testing.T, received, each int64, n, gap uint16) {
		received, each = received%1e14, each%1e14
		if received <= 0 || each <= 0 || n == 0 || n > 60 {
			t.Skip()
		}
		from := on("2024-01-31")
		var list []evidence.Payment
		for k := range int(n) {
			list = append(list, evidence.Payment{Day: from.AddDate(0, 0, (k+1)*int(gap%400)), Sum: evidence.Fen(each)})
		}
		p, ok := plan(from, evidence.Fen(received), list)
		if !ok {
			t.Fatal("refused")
		}
		r, ok := p.annual()
		more := each*int64(n) > received
		if ok != (more && gap%400 > 0) {
			t.Fatalf("found %t, and %d is paid for %d", ok, each*int64(n), received)
		}
		if !ok {
			return
		}
		if left, _ := p.owed(r, 0); left.Sign() > 0 {
			t.Errorf("at %d something is left owed", r)
		}
		if left, _ := p.owed(r+1, 0); r < maxRate && left.Sign() <= 0 {
			t.Errorf("at %d nothing is left owed", r+1)
		}
		if r < maxRate && p.exceeds(r+1) {
			t.Errorf("%d exceeds the next", r)
		}
	})
}
