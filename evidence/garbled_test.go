package evidence

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// western is what a program shows of bytes that it takes for Western letters; hidden is
// where it puts those that have no sign.
func western(data []byte, hidden rune) string {
	var b strings.Builder
	for _, c := range data {
		r := charmap.Windows1252.DecodeByte(c)
		if r == '\ufffd' || r < 0xa0 && r >= 0x80 {
			r = hidden + rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestGarbledLettersAreMended(t *testing.T) {
	words := []string{"客户姓名", "通话起始时间", "对方号码", "通话时长", "2026-09-08 01:35:00", "17090001122", "被叫", "4分13秒", "云水"}
	garble := func(how func(string) string) (out []string) {
		for _, w := range words {
			out = append(out, how(w))
		}
		return out
	}
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	asGBK := func(s string) string { // an odd byte is lost, as programs lose it
		b, err := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, c := range []struct {
		name           string
		in             []string
		mended, looked bool
	}{
		{"UTF-8 as Western", garble(func(s string) string { return western([]byte(s), 0) }), true, true},
		{"the same by LibreOffice", garble(func(s string) string { return western([]byte(s), 0xf100) }), true, true},
		{"with the mark of UTF-8", append([]string{western([]byte("\ufeff序号"), 0)},
			garble(func(s string) string { return western([]byte(s), 0) })...), true, true},
		{"GBK as Western", garble(func(s string) string { return western(gbk(s), 0) }), true, true},
		{"UTF-8 as GBK, bytes lost", garble(asGBK), false, true},
		{"letters lost", garble(func(s string) string {
			return strings.ToValidUTF8(strings.Map(func(r rune) rune {
				if r > 0x7f {
					return '\ufffd'
				}
				return r
			}, s), "\ufffd")
		}), false, true},
		{"one cell of many is lost", append(garble(func(s string) string { return western([]byte(s), 0) }),
			"å¯¹æ\u20ac?"), false, true},
		{"as they were written", words, false, false},
		{"Western names", []string{"Müller", "Café", "2026-09-08", "naïve", "Señor"}, false, false},
		{"nothing but figures", []string{"2026-09-08 01:35:00", "17090001122", "253"}, false, false},
		{"another script", []string{"Привет", "мир", "17090001122"}, false, false},
	} {
		m, ok := MenderOf(c.in)
		if ok != c.mended {
			t.Errorf("%s: mended %v", c.name, ok)
		} else if ok {
			for n, s := range c.in[len(c.in)-len(words):] {
				if got, ok := m(s); !ok || got != words[n] {
					t.Errorf("%s: %q gives %q, %v", c.name, s, got, ok)
				}
			}
		}
		if got := LooksGarbled(strings.Join(c.in, "\n")); got != c.looked {
			t.Errorf("%s: looks garbled: %v", c.name, got)
		}
	}
}
