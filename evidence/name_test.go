package evidence

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// What typing and copying put into a name is mended; what belongs to it stays.
func TestMendName(t *testing.T) {
	for in, want := range map[string]string{
		"⼈⼩安": "人小安", "⻢⻰": "马龙", "⺩某": "王某", "⻘⻓": "青长", "⽊林安": "木林安",
		"\uf9e7某": "裏某", "\ufa0c": "兀", // the same character a second time
		"\ufa19某": "\ufa19某", "\U0002f800": "\U0002f800", "﨑": "﨑", // a form of its own, or a character of its own
		"阿依古丽・买买提": "阿依古丽·买买提", "阿依古丽 • 买买提": "阿依古丽·买买提", "甲‧乙∙丙": "甲·乙·丙", "甲·乙": "甲·乙",
		"JOHN⋅SMITH": "JOHN·SMITH", "•张三": "•张三",
		"林\u200b晓\u200d安\ufeff": "林晓安", "\u202a林晓安\u202c": "林晓安", "葛\U000e0100城": "葛城", "林\ufe00晓": "林晓",
		" 林晓安\u00a0": "林晓安", "　林晓安　": "林晓安", "林　　安": "林　　安", "　　小安": "　　小安",
		"ＬＩ小安１": "LI小安1", "示例（北京）公司": "示例（北京）公司", "Nguye\u0302\u0303n": "Nguyễn", "𠮷田": "𠮷田", "": "",
		"示例.公司": "示例.公司",
	} {
		if got := MendName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"阿依古丽.买买提": "阿依古丽·买买提", "阿依古丽．买买提": "阿依古丽·买买提",
		"阿依古丽。买买提": "阿依古丽·买买提", "J.安": "J.安"} {
		if got := MendPersonName(in); got != want {
			t.Errorf("of a person, %q: %q, want %q", in, got, want)
		}
	}
}

// Every radical leads to an ideograph, and each of the block Kangxi Radicals to the one
// that Unicode says.
func TestRadicals(t *testing.T) {
	if len(ofRadical) < 90 {
		t.Errorf("%d radicals", len(ofRadical))
	}
	for from, to := range ofRadical {
		if from < 0x2E80 || from > 0x2EF3 || to < 0x3400 || to > 0x9FFF || PlainCharacters(string(from)) != string(to) {
			t.Errorf("%c (%U) is %c (%U)", from, from, to, to)
		}
	}
	for r := rune(0x2F00); r <= 0x2FD5; r++ {
		if got := PlainCharacters(string(r)); got != norm.NFKC.String(string(r)) || got == string(r) {
			t.Errorf("%c is %s", r, got)
		}
	}
}

// A name that was mended is mended, whatever it was.
func FuzzMendName(f *testing.F) {
	for _, s := range []string{"⼈・⻢", "　 林　", "a.b。c", "e\u0302\u0303", "甲·乙·丙.丁", "　 　\xe6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, mend := range []func(string) string{MendName, MendPersonName, PlainCharacters} {
			if once := mend(s); mend(once) != once {
				t.Errorf("%q: %q, then %q", s, once, mend(once))
			}
		}
	})
}
