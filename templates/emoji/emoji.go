// Package emoji says emoji in words: on paper no font of ours draws one, and a clerk
// who reads 〔表情：笑哭了〕 knows what was sent.
//
// The names are the Chinese ones of Unicode CLDR (names.txt: an emoji, a tab, its name).
// The package knows no font: the caller says which characters it can draw.
package emoji

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed names.txt
var table string

// names are the names by emoji, without selectors of a form.
var names = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, 2000)
	for line := range strings.Lines(table) {
		e, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		out[e] = name
	}
	return out
})

// Signs that belong to an emoji and draw nothing by themselves.
const (
	joiner = 0x200D
	keycap = 0x20E3
)

func selector(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F }
func skin(r rune) bool     { return r >= 0x1F3FB && r <= 0x1F3FF }
func tag(r rune) bool      { return r >= 0xE0020 && r <= 0xE007F }
func flagLetter(r rune) bool {
	return r >= 0x1F1E6 && r <= 0x1F1FF
}

// Is reports whether s begins with an emoji that has a name, and how many bytes it has
// with all that belongs to it.
func Is(s string) (name string, size int) {
	r, n := utf8.DecodeRuneInString(s)
	next, m := utf8.DecodeRuneInString(s[n:])
	switch {
	case flagLetter(r) && flagLetter(next):
		return "旗帜 " + string(r-0x1F1E6+'A') + string(next-0x1F1E6+'A'), n + m
	case strings.ContainsRune("0123456789#*", r):
		rest := strings.TrimPrefix(s[n:], "\ufe0f")
		if k, w := utf8.DecodeRuneInString(rest); k == keycap {
			return "按键 " + string(r), len(s) - len(rest) + w
		}
		return "", 0
	}
	if names()[string(r)] == "" {
		return "", 0
	}
	var plain []rune // without what only chooses a form
	at, joined := 0, false
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == joiner:
			joined = true
			plain = append(plain, r)
		case at > 0 && (selector(r) || skin(r) || tag(r)):
		case at == 0 || joined && (names()[string(r)] != "" || strings.ContainsRune("♀♂↔↕", r)):
			plain, joined = append(plain, r), false
		default:
			return nameOf(strings.TrimRight(string(plain), string(rune(joiner)))), at
		}
		at += n
	}
	return nameOf(strings.TrimRight(string(plain), string(rune(joiner)))), at
}

// nameOf is the name of a sequence, or of its parts where it has none of its own.
func nameOf(plain string) string {
	if name := names()[plain]; name != "" {
		return name
	}
	var parts []string
	for _, p := range strings.Split(plain, string(rune(joiner))) {
		if name := names()[p]; name != "" {
			parts = append(parts, name)
		}
	}
	return strings.Join(parts, "、")
}

// Spell writes s for paper: an emoji of which something is not drawn as 〔表情：笑哭了〕,
// without signs that choose a form or join; what else is not drawn is given by other.
func Spell(s string, drawn func(rune) bool, other func(rune) string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && !drawn(r) }) {
		return s // nearly all there is
	}
	var out strings.Builder
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if name, size := Is(s[at:]); size > 0 && (!drawn(r) || strings.ContainsRune(s[at:at+size], joiner) ||
			strings.ContainsRune(s[at:at+size], keycap)) {
			out.WriteString("〔表情：" + name + "〕")
			at += size
			continue
		}
		at += n
		switch {
		case selector(r), skin(r), tag(r), r == joiner, r == keycap:
		case drawn(r), r == '\n', r == '\t':
			out.WriteString(s[at-n : at])
		default:
			out.WriteString(other(r))
		}
	}
	return out.String()
}
