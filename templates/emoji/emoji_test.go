package emoji

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Every emoji, with whatever belongs to it, is one name in 〔〕; what is drawn stays.
func TestSpell(t *testing.T) {
	drawn := func(r rune) bool {
		return r < 0x2300 && r != joiner || r >= 0x3000 && r <= 0xFFEF && !selector(r) || r == '☎'
	}
	other := func(r rune) string { return "?" }
	for in, want := range map[string]string{
		"还钱😀":        "还钱〔表情：嘿嘿〕",
		"❤️❤":        "〔表情：红心〕〔表情：红心〕",
		"👍🏽好":        "〔表情：拇指向上〕好",
		"👨‍👩‍👧":      "〔表情：男人、女人、女孩〕",
		"❤️‍🔥":       "〔表情：火上之心〕",
		"🧔🏻‍♂️":      "〔表情：有络腮胡子的男人〕",
		"🇨🇳":         "〔表情：旗帜 CN〕",
		"1️⃣第一":      "〔表情：按键 1〕第一",
		"12#*":       "12#*",
		"☎️电话":       "☎电话",
		"🏴󠁧󠁢󠁥󠁮󠁧󠁿":    "〔表情：黑旗〕",
		"甲\u200d乙":   "甲乙",
		"\U0002bc20": "?",
		"⌛️\n":       "〔表情：沙漏〕\n",
		"":           "",
	} {
		if got := Spell(in, drawn, other); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	for e, name := range names() {
		if name == "" || strings.ContainsAny(name, "〔〕\t\n") {
			t.Errorf("%q has the name %q", e, name)
		}
		first, _ := utf8.DecodeRuneInString(e)
		if got := Spell(e, func(r rune) bool { return r < 0x2300 }, other); first >= 0x2300 && got != "〔表情："+name+"〕" {
			t.Errorf("%q: %s", e, got)
		}
	}
}

// Whatever the text, nothing of it is drawn that is not, and nothing else goes.
func FuzzSpell(f *testing.F) {
	for _, s := range []string{"还钱😀", "👨‍👩‍👧", "1️⃣", "🇨🇳🇨", "\u200d\ufe0f"} {
		f.Add(s)
	}
	drawn := func(r rune) bool { return r >= ' ' && r < 0x2300 && r != joiner || r >= 0x3000 && r < 0xFE00 }
	f.Fuzz(func(t *testing.T, s string) {
		got := Spell(s, drawn, func(rune) string { return "〔〕" })
		for _, r := range got {
			if !drawn(r) && r != '\n' && r != '\t' && !strings.ContainsRune("：", r) {
				t.Fatalf("%q has %U", got, r)
			}
		}
		if strings.Count(got, "〔") < strings.Count(s, "〔") {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}
