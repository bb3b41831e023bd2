package web

import (
	"strings"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

const machineWords = `juzheng |--[a-z]|case\.toml|\b[a-z]+\.[a-z_]+|\[\[|\b[a-z]+ = `

// ofMachine are commands, their options, files and the keys in them; aside is one of
// them in brackets.
var (
	ofMachine = lazyregexp.New(machineWords)
	kindCodes = lazyregexp.New(` ?\bV\d{2}[a-z]?\b`)
	aside     = lazyregexp.New(`\s*[（(][^（）()]*(?:` + machineWords + `)[^（）()]*[）)]`)
)

// plainRemedy leaves out of an advice the commands and keys that it ends in: the page
// has buttons and fields for them. What the table calls V22b is said by its name.
func plainRemedy(s string) string {
	s = kindCodes.ReplaceAllStringFunc(aside.ReplaceAllString(s, ""), func(code string) string {
		title := evidence.Breach(strings.TrimSpace(code)).Title()
		if strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0 {
			return " “" + title.EN + "”"
		}
		return "“" + title.ZH + "”"
	})
	at := ofMachine.FindStringIndex(s)
	if at == nil {
		return s
	}
	before := s[:at[0]]
	for _, ends := range []string{"；;。", "，,"} {
		if n := strings.LastIndexAny(before, ends); n > 0 {
			return before[:n]
		}
	}
	return ""
}
