package evidence

import "testing"

func TestFenInCapitals(t *testing.T) {
	for s, want := range map[string]Fen{
		"陆仟元整": 600000, "人民币陆仟圆整": 600000, "壹万贰仟叁佰肆拾伍元陆角柒分": 1234567, "拾万元整": 10000000,
		"伍万零伍佰元整": 5050000, "壹拾贰元正": 1200, "叁仟零伍元整": 300500, "六千元": 600000, "壹亿贰仟万元整": 12000000000,
		"捌佰元伍角": 80050, "貳萬元整": 2000000,
	} {
		if got, ok := FenInCapitals(s); !ok || got != want {
			t.Errorf("%s: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "元整", "陆仟", "陆柒元", "仟陆元", "佰元", "陆仟元整元", "陆仟元多", "陆佰仟元", "零元整", "陆元柒"} {
		if got, ok := FenInCapitals(s); ok {
			t.Errorf("%q: %d", s, got)
		}
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十",
		30: "三十", 99: "九十九", 100: "100"} {
		if got := Numeral(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
