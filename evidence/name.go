package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// radicals are the signs of the block CJK Radicals Supplement that stand for a whole
// character, each before the character it looks like: the Equivalent_Unified_Ideograph
// of Unicode. Copying from a PDF puts them in the place of that character. Those of the
// block Kangxi Radicals have it in the tables of package norm.
const radicals = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭" +
	"⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦" +
	"⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"

// ofRadical is the character for each of [radicals].
var ofRadical = func() map[rune]rune {
	out, pairs := map[rune]rune{}, []rune(radicals)
	for n := 0; n+1 < len(pairs); n += 2 {
		out[pairs[n]] = pairs[n+1]
	}
	return out
}()

// PlainCharacters writes the ordinary character for signs that only look like it, and
// leaves out signs that nobody sees: what is copied from a PDF, a page or a chat has
// them, no font of ours draws them, and nobody means them.
//
//   - radicals: ⼈ is 人, ⻢ is 马
//   - a character that Unicode has twice, once more for an older Korean or Taiwanese
//     code (U+F900 to U+FA0D): both are the same character in the same form
//   - byte order marks, zero-width blanks and marks of direction
//
// Ideographs that are kept apart because their form differs (神 U+FA19, 海 U+FA45) stay:
// which form a name has is for the identity card to say.
func PlainCharacters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0xAD:
		case r >= 0x2F00 && r <= 0x2FD5, r >= 0xF900 && r <= 0xFA0D:
			return []rune(norm.NFKC.String(string(r)))[0]
		case r >= 0x2E80 && r <= 0x2EF3:
			if plain, ok := ofRadical[r]; ok {
				return plain
			}
		case Unseen(r):
			return -1
		}
		return r
	}, s)
}

// Unseen reports a sign without width that says nothing. The joiner is none: in an
// emoji it says what belongs together.
func Unseen(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF, r == 0x200B, r == 0x200C,
		r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return false
}

// dots are the signs that people type, and programs write, for the dot of a name.
const dots = "·\u0387•‧∙⋅⸱⸳・･ꞏᐧ᛫"

// dotted writes · for the signs of marks that stand between two letters, with or without
// blanks around them.
func dotted(s, marks string, letter func(rune) bool) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	var out []rune
	all := []rune(s)
	for n := 0; n < len(all); n++ {
		next := n + 1
		for next < len(all) && strings.ContainsRune(" \t　", all[next]) {
			next++
		}
		before := strings.TrimRight(string(out), " \t　")
		last, _ := utf8.DecodeLastRuneInString(before)
		if strings.ContainsRune(marks, all[n]) && letter(last) && next < len(all) && letter(all[next]) {
			out = append([]rune(before), '·')
			n = next - 1
			continue
		}
		out = append(out, all[n])
	}
	return string(out)
}

// MendName is a name of a person, firm or app without what typing and copying put into
// it: [PlainCharacters], any dot as ·, Latin letters and digits of full width as
// ordinary ones, a letter and its accents as one character, no selector of a form and no
// blank at its edges. Two wide blanks are left: they hold the place of a character that
// is written by hand.
func MendName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 0x200D, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
			return -1 // of selectors no page shows what they select
		case r >= '！' && r <= '～' && (unicode.IsLetter(r-'！'+'!') || unicode.IsDigit(r-'！'+'!')):
			return r - '！' + '!'
		case r == 0xA0, r == 0x202F, r >= 0x2000 && r <= 0x200A:
			return ' '
		}
		return r
	}, PlainCharacters(s))
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		s = composed(s)
	}
	s = dotted(s, dots, unicode.IsLetter)
	for before := ""; before != s; {
		before = s
		s = strings.Trim(s, " \t\r\n")
		if one, ok := strings.CutPrefix(s, "　"); ok && !strings.HasPrefix(one, "　") {
			s = one
		}
		if one, ok := strings.CutSuffix(s, "　"); ok && !strings.HasSuffix(one, "　") {
			s = one
		}
	}
	return s
}

// MendPersonName is [MendName] of a natural person, in whose name a full stop between
// two characters is the dot: 阿依古丽.买买提.
func MendPersonName(s string) string {
	return dotted(MendName(s), ".．。｡", func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// composed joins letters and their accents, and leaves ideographs as they are.
func composed(s string) string {
	var out strings.Builder
	begin := 0
	for n, r := range s {
		if unicode.Is(unicode.Han, r) {
			out.WriteString(norm.NFC.String(s[begin:n]))
			out.WriteRune(r)
			begin = n + len(string(r))
		}
	}
	out.WriteString(norm.NFC.String(s[begin:]))
	return out.String()
}
