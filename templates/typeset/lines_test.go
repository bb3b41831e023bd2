package typeset

import (
	"math"
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
		{"a number keeps its unit", "一二三12日四", "一二三|12日四", 40, 0},
		{"a number keeps what stands before it", "一二三第12页", "一二三|第12页", 45, 0},
		{"an exhibit keeps its number", "一二证据43（五）", "一二|证据43|（五）", 45, 0},
		{"a date is kept whole", "一二三2026年3月2日四", "一二三|2026年3月2日|四", 65, 0},
		{"a date by its numbers, too", "一二三2026-11-23四", "一二三|2026-11-23|四", 55, 0},
		{"a date longer than a line is cut at its words", "2026年11月23日", "2026年|11月23日", 40, 0},
		{"and at its numbers only where there is no other way", "2026年11月", "2026|年|11月", 25, 0},
		{"line feeds break", "一二\n三四", "一二|三四", 50, 0},
		{"nothing is one empty line", "", "", 50, 0},
	} {
		got := strings.Join(lineTexts(breakLines(testGlyphs(c.in), c.width, c.indent)), "|")
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// marked gives marks the blank halves that a font has.
func marked(s string) []glyph {
	all := testGlyphs(s)
	for i := range all {
		switch {
		case strings.ContainsRune(blankBehind, all[i].r):
			all[i].tail = 5
		case strings.ContainsRune(blankBefore, all[i].r):
			all[i].head = 5
		}
	}
	compose(all, 10)
	return all
}

// Between two marks no more than half a square is blank, and a line takes in
// a mark that fits when it is squeezed.
func TestMarksAreSqueezed(t *testing.T) {
	for _, c := range []struct {
		name, in string
		width    float64
		want     string // lines joined by |
		widths   []float64
	}{
		{"two closing marks", "一。”二", 100, "一。”二", []float64{35}},
		{"closing before opening", "一）（二", 100, "一）（二", []float64{35}},
		{"two opening marks", "一（“二", 100, "一（“二", []float64{35}},
		{"a mark by itself keeps its square", "一，二", 100, "一，二", []float64{30}},
		{"the mark at the end of a line gives its blank half", "一二三四，五六", 45, "一二三四，|五六", []float64{45, 20}},
		{"a line squeezes its commas to take in a word", "一，二，三，四，五六七", 75, "一，二，三，四，|五六七", []float64{75, 30}},
		{"an opening mark stands flush left on a later line", "一二三四（五六七）八九十", 40, "一二三四|（五六七）|八九十",
			[]float64{40, 40, 30}},
		{"a paragraph does not end with one character", "一，二，三，四，五六", 95, "一，二，三，四，五六", []float64{95}},
		{"Latin and Han are parted", "第12页", 100, "第12页", []float64{31.8}},
		{"but not at the end of a line", "一二三4五六", 36.5, "一二三4|五六", []float64{35.9, 20}},
	} {
		lines := breakLines(marked(c.in), c.width, 0)
		if got := strings.Join(lineTexts(lines), "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			continue
		}
		for i, l := range lines {
			if math.Abs(l.width-c.widths[i]) > 0.01 {
				t.Errorf("%s: line %d is %.2f wide, want %.2f", c.name, i, l.width, c.widths[i])
			}
		}
	}
}

// What is drawn of a line ends where the line does, and its characters are
// those of the line, in order.
func TestRunsFillTheLine(t *testing.T) {
	natural := func(g glyph) float64 {
		if g.r < 0x80 {
			return 5
		}
		return 10
	}
	for _, in := range []string{"一，二，三四（五）“六”七", "第12页的GB 4号——完", "（开头”。结尾）"} {
		for width := 40.0; width < 140; width += 7 {
			for _, l := range breakLines(marked(in), width, 0) {
				spacing := l.spacing(width, 10)
				text := ""
				for _, r := range l.runs(spacing, natural) {
					text += r.text
				}
				if want := lineTexts([]line{l})[0]; text != want {
					t.Fatalf("%s at %v: runs hold %s, want %s", in, width, text, want)
				}
			}
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
	l := newLine(testGlyphs("一二三"), false, 100)
	if s := l.spacing(31, 10); s <= 0 || s > 2.5 {
		t.Errorf("a nearly full line is stretched by %v", s)
	}
	if s := l.spacing(60, 10); s != 0 {
		t.Errorf("a half-empty line is torn apart by %v", s)
	}
}
