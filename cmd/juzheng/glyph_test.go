package main

import (
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/templates/packet"
)

// A character that no font has is named and what to do for it; one that nobody sees is
// told as what it is.
func TestUnprintableCharacterIsNamed(t *testing.T) {
	for r, want := range map[rune][2]string{
		'𠮷':      {"字库里没有“𠮷”（U+20BB7）", "no font has 𠮷"},
		'\a':     {"看不见的控制字符（U+0007）", "a control character that cannot be seen (U+0007)"},
		'\u202e': {"看不见的控制字符（U+202E）", "a control character that cannot be seen (U+202E)"},
	} {
		f := explain(&desk.UnprintableError{Unprintable: packet.Unprintable{Key: "complainant.name", Rune: r}, Line: 11})
		if !strings.Contains(f.what.ZH, want[0]) || !strings.Contains(f.what.EN, want[1]) ||
			!strings.HasPrefix(f.what.ZH, "case.toml:11 complainant.name：") || len(f.hints) == 0 {
			t.Errorf("U+%04X: %+v %+v", r, f.what, f.hints)
		}
		if r != '𠮷' && strings.ContainsRune(f.what.ZH+f.what.EN, r) {
			t.Errorf("U+%04X stands in what is said of it", r)
		}
	}
}
