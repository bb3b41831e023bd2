package typeset

import (
	"strings"
	"unicode"
)

// A glyph is one character to be drawn, with its face and width.
type glyph struct {
	r     rune
	face  int
	width float64 // points
	link  string  // exhibit it leads to
}

// A line is glyphs that stand on one line.
type line struct {
	glyphs []glyph
	width  float64 // natural
	last   bool    // of its paragraph: not justified
}

// Characters that may not begin a line, and that may not end one (避头尾).
// ￥ is not in the first list: it opens an amount.
const (
	noStart = "，。、；：？！）》」』】〕〉’”…—·％%～,.;:?!)]}々"
	noEnd   = "（《「『【〔〈‘“￥([{"
)

// breakable reports whether a line may end between a and b.
func breakable(a, b rune) bool {
	switch {
	case strings.ContainsRune(noStart, b), strings.ContainsRune(noEnd, a):
		return false
	case a == ' ', a == '\u3000':
		return true
	case b == ' ':
		return false // the blank goes with what stands before it
	}
	return han(a) || han(b)
}

// han reports a character that stands for itself: lines may break on either
// side. Latin words, numbers and hashes are kept whole while they fit.
func han(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == '〇' || r == '＿' || r == '□' ||
		strings.ContainsRune(noStart+noEnd, r) && r > 0x7f
}

// breakLines cuts glyphs into lines of at most the width, the first one
// narrower by indent. Every glyph stands on exactly one line, in order; only
// blanks at a break are kept at the end of their line, where they draw
// nothing.
func breakLines(all []glyph, width, indent float64) []line {
	var out []line
	room := width - indent
	start, fit := 0, -1 // fit: last place where the line may end
	used := 0.0
	for i := 0; i < len(all); i++ {
		g := all[i]
		if g.r == '\n' {
			out = append(out, newLine(all[start:i], true))
			start, fit, used, room = i+1, -1, 0, width
			continue
		}
		if used+g.width > room+0.01 && i > start && g.r != ' ' {
			end := fit
			if end <= start {
				end = i // one word longer than the line: it has to be cut
			}
			out = append(out, newLine(all[start:end], false))
			i, start, fit, used, room = end-1, end, -1, 0, width
			continue
		}
		used += g.width
		if i+1 < len(all) && breakable(g.r, all[i+1].r) {
			fit = i + 1
		}
	}
	if start < len(all) || len(out) == 0 {
		out = append(out, newLine(all[start:], true))
	}
	out[len(out)-1].last = true
	return out
}

func newLine(glyphs []glyph, last bool) line {
	l := line{glyphs: glyphs, last: last}
	end := len(glyphs)
	for end > 0 && glyphs[end-1].r == ' ' {
		end--
	}
	for _, g := range glyphs[:end] {
		l.width += g.width
	}
	return l
}

// maxStretch is how much wider a character may be set to fill the line, in
// em; beyond it the line is left ragged rather than torn apart.
const maxStretch = 0.25

// spacing is what is added after each character so that the line fills width.
func (l line) spacing(width, size float64) float64 {
	n := len(l.glyphs) - 1
	if l.last || n < 1 {
		return 0
	}
	s := (width - l.width) / float64(n)
	if s < 0 || s > maxStretch*size {
		return 0
	}
	return s
}
