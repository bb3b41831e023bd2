package evidence

import (
	"strconv"
	"strings"
)

// capitalDigits and capitalUnits are how sums stand in capitals on contracts and receipts
// (人民币陆仟元整), with the plain and the traditional forms that people write for them.
var (
	capitalDigits = map[rune]Fen{'零': 0, '〇': 0,
		'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
		'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'貳': 2, '參': 3, '陸': 6, '弌': 1}
	capitalUnits = map[rune]Fen{'拾': 10, '十': 10, '佰': 100, '百': 100, '仟': 1000, '千': 1000}
)

// FenInCapitals reads a sum in capitals: 陆仟元整, 壹万贰仟叁佰肆拾伍元陆角柒分. Ok is false
// for what is no such sum, or one that does not say that it ends.
func FenInCapitals(s string) (sum Fen, ok bool) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "人民币"))
	var whole, section, digit Fen
	last, seen, yuan := Fen(10000), false, false
	for n, r := range []rune(s) {
		if d, is := capitalDigits[r]; is {
			if seen && digit > 0 {
				return 0, false // two digits beside each other
			}
			digit, seen = d, true
			continue
		}
		if u, is := capitalUnits[r]; is && !yuan {
			if digit == 0 && !(u == 10 && section == 0 && n == 0) || u >= last {
				return 0, false
			}
			section, digit, last = section+max(digit, 1)*u, 0, u
			seen = true
			continue
		}
		switch r {
		case '万', '萬', '亿', '億':
			unit := Fen(1e4)
			if r == '亿' || r == '億' {
				unit = 1e8
			}
			section += digit
			if section == 0 || yuan || whole > 0 && whole < unit {
				return 0, false
			}
			whole, section, digit, last = whole+section*unit, 0, 0, 10000
		case '元', '圆', '圓':
			if yuan || whole+section+digit == 0 {
				return 0, false
			}
			sum, section, digit, yuan = (whole+section+digit)*100, 0, 0, true
		case '角':
			if !yuan || digit == 0 {
				return 0, false
			}
			sum, digit = sum+digit*10, 0
		case '分':
			if !yuan || digit == 0 {
				return 0, false
			}
			sum, digit = sum+digit, 0
		case '整', '正':
			return sum, yuan && digit == 0 && n == len([]rune(s))-1
		default:
			return 0, false
		}
	}
	return sum, yuan && digit == 0
}

// Numeral is a number as a sentence has it, 二十; in figures from 100 on.
func Numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n%10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
