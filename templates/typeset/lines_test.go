package typeset

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// em glyphs: a Han character is as wide as it is high, Latin half of that.
func testGlyphs(s string) []glyph {
	var out []glyph
	for _, r := range s {
		w := 10.0
		if r < 0x80 {
			w = 5
		}
		out = append(out, glyph{r: r, width: w})
	}
	return out
}

func lineTexts(lines []line) []string {
	var out []string
	for _, l := range lines {
		var b strings.Builder
		for _, g := range l.glyphs {
			b.WriteRune(g.r)
		}
		out = append(out, b.String())
	}
	return out
}

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		name, in, want string // lines joined by |
		width, indent  float64
	}{
		{"plain", "一二三四五六七", "一二三四五|六七", 50, 0},
		{"indent narrows the first line", "一二三四五六七", "一二三|四五六七", 50, 20},
		{"no stop begins a line", "一二三四五。六七", "一二三四|五。六七", 50, 0},
		{"no bracket ends a line", "一二三四（五六）七", "一二三四|（五六）七", 50, 0},
		{"a pair of marks stays together", "一二三四五。”六", "一二三四|五。”六", 50, 0},
		{"a dash of two is kept whole", "一二三四——五六", "一二三|四——五六", 50, 0},
		{"an amount begins with its sign", "一二三四￥500元", "一二三四|￥500元", 50, 0},
		{"Latin words are kept whole", "一二abcdef三", "一二|abcdef|三", 35, 0},
		{"a word longer than a line is cut", "abcdefghijklmnop", "abcdefghij|klmnop", 50, 0},
		{"a blank at the break stays on its line", "abcd efgh ijkl", "abcd efgh |ijkl", 45, 0},
		{"line feeds break", "一二\n三四", "一二|三四", 50, 0},
		{"nothing is one empty line", "", "", 50, 0},
	} {
		got := strings.Join(lineTexts(breakLines(testGlyphs(c.in), c.width, c.indent)), "|")
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// Every character stands on exactly one line, whatever the width: gofpdf's
// own wrapping loses one a line.
func FuzzBreakLines(f *testing.F) {
	f.Add("本人于2026年3月2日23时14分接到来电，对方称：“今天不还……”（证据3，第12页）。", uint8(40))
	f.Add("——……）））（（（abc def——", uint8(11))
	f.Fuzz(func(t *testing.T, s string, width uint8) {
		if !utf8.ValidString(s) || strings.ContainsRune(s, '\n') {
			return
		}
		w := float64(width) + 10
		lines := breakLines(testGlyphs(s), w, 0)
		if got := strings.Join(lineTexts(lines), ""); got != s {
			t.Fatalf("lines hold %q, want %q", got, s)
		}
		for i, l := range lines {
			if l.width > w+0.01 && len(l.glyphs) > 1 {
				t.Errorf("line %d is %.1f wide, room is %.1f", i, l.width, w)
			}
		}
	})
}

func TestStretchIsCapped(t *testing.T) {
	l := newLine(testGlyphs("一二三"), false)
	if s := l.spacing(31, 10); s <= 0 || s > 2.5 {
		t.Errorf("a nearly full line is stretched by %v", s)
	}
	if s := l.spacing(60, 10); s != 0 {
		t.Errorf("a half-empty line is torn apart by %v", s)
	}
}
