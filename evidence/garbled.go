package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence/lazyregexp"
)

// Tables come with their letters garbled where a program read them in another encoding
// than they were written in, and saved what it saw: å¯¹æ–¹å·ç  for 对方号码. As long as
// no byte was lost on the way, it can be gone back.

// A Mender gives back words that were garbled; not ok for those that it cannot.
type Mender func(string) (string, bool)

// menders are the ways in which Chinese text is garbled, each undone.
var menders = []Mender{
	func(s string) (string, bool) { // UTF-8 read as Western
		b, ok := bytes1252(s)
		return string(b), ok && utf8.Valid(b)
	},
	func(s string) (string, bool) { // UTF-8 read as GBK
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		return string(b), err == nil && utf8.Valid(b)
	},
	func(s string) (string, bool) { // GBK read as Western
		b, ok := bytes1252(s)
		if !ok {
			return "", false
		}
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		return string(out), err == nil
	},
}

// bytes1252 are the bytes that Windows-1252 shows as a text; what it has no sign for is
// taken for the byte itself, as programs do.
func bytes1252(s string) ([]byte, bool) {
	var out []byte
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
		case r <= 0xff, r >= 0xf180 && r <= 0xf1ff: // the latter by LibreOffice
			b = byte(r)
		default:
			return nil, false
		}
		out = append(out, b)
	}
	return out, true
}

// mends is m of words that are not ASCII alone: of what comes out each letter is one that
// Chinese text has.
func (m Mender) mends(s string) (string, bool) {
	out, ok := m(s)
	out = strings.TrimPrefix(out, "\ufeff")
	if !ok || !strings.ContainsFunc(out, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return "", false
	}
	strange := func(r rune) bool {
		return r == utf8.RuneError || r > unicode.MaxASCII && !unicode.Is(unicode.Han, r) &&
			!unicode.IsPunct(r) && !unicode.IsSymbol(r) && !(r >= 0xff00 && r <= 0xffef) && r != '　' && r != '\u00a0'
	}
	return out, !strings.ContainsFunc(out, strange)
}

// ofLists are words that lists of calls and messages have.
var ofLists = lazyregexp.New(`通话|号码|时间|主叫|被叫|时长|短信|日期|对方|类型|方式|内容|姓名|序号|费用`)

// leastOfLists is how many of such words make it certain that letters were mended.
const leastOfLists = 3

// MenderOf is the way in which the letters of all these words were garbled, where that is
// certain: each can be mended so, and words of lists come out. Not ok: they are not
// garbled, or not all of them can be mended.
func MenderOf(words []string) (m Mender, ok bool) {
	var foreign []string
	for _, s := range words {
		if strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
			foreign = append(foreign, s)
		}
	}
	if len(foreign) == 0 || found(strings.Join(foreign, " ")) >= leastOfLists {
		return nil, false // as it stands it reads
	}
	for _, m := range menders {
		var all []string
		for _, s := range foreign {
			if out, ok := m.mends(s); ok {
				all = append(all, out)
			}
		}
		if len(all) == len(foreign) && found(strings.Join(all, " ")) >= leastOfLists {
			return func(s string) (string, bool) {
				if !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
					return s, true
				}
				return m.mends(s)
			}, true
		}
	}
	return nil, false
}

// found is how many different words of lists a text has.
func found(s string) int {
	seen := map[string]bool{}
	for _, w := range ofLists.FindAllString(s, -1) {
		seen[w] = true
	}
	return len(seen)
}

// garbledSigns are what garbled Chinese text looks like: letters of Western languages in
// rows that no language has, the characters that UTF-8 read as GBK gives for the words of
// lists, and what programs put where they lost a byte.
var garbledSigns = lazyregexp.New(`[ÃÂâãäåæçèéêëìíîïð]` +
	`[\x{80}-\x{bf}\x{f180}-\x{f1ff}‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ€]|` +
	`[À-ÿ¡-¿]{4}|锟斤拷|\x{fffd}|` +
	`閫氳|瀵规|鍙风|鏃堕|鏃ユ|涓诲|琚彨|璇濇|鎵嬫|濮撳|绫诲|鐭俊`)

// LooksGarbled reports a text whose letters are garbled, as far as that can be told.
func LooksGarbled(s string) bool {
	const least = 4
	return len(garbledSigns.FindAllStringIndex(s, least)) >= least
}
