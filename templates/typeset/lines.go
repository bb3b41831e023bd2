package typeset

import (
	"math"
	"strings"
	"unicode"
)

// A glyph is one character to be drawn, with its face and the room it takes.
type glyph struct {
	r     rune
	face  int
	width float64 // points, as it is set: less what was squeezed
	shift float64 // added to where it is drawn: below 0 where a blank before it was squeezed
	head  float64 // blank before the ink that may still be squeezed
	tail  float64 // blank behind it, likewise
	gap   float64 // set between Han and Latin, behind this glyph, unless the line ends here
	link  string  // exhibit it leads to
}

// A line is glyphs that stand on one line.
type line struct {
	glyphs []glyph
	width  float64 // as set, before it is stretched
	last   bool    // of its paragraph: not justified
}

// Characters that may not begin a line, and that may not end one (避头尾).
// ￥ is not in the first list: it opens an amount.
const (
	noStart = "，。、；：？！）》」』】〕〉’”…—·％%～,.;:?!)]}々"
	noEnd   = "（《「『【〔〈‘“￥([{"
)

// Marks whose ink fills half of their square: the blank half may go where
// another mark, or the edge of the page, stands beside it (标点挤压). What the
// font has of blank is measured; see [layouter.glyphs].
const (
	blankBehind = "，。、；：）》」』】〕〉’”"
	blankBefore = "（《「『【〔〈‘“"
)

// breakable reports whether a line may end between a and b.
func breakable(a, b rune) bool {
	switch {
	case plainHan(a) && plainHan(b):
		return true
	case strings.ContainsRune(noStart, b), strings.ContainsRune(noEnd, a), b == '\u3000':
		return false
	case a == ' ', a == '\u3000':
		return true
	case b == ' ':
		return false // the blank goes with what stands before it
	}
	return han(a) || han(b)
}

// Words that follow a number and belong to it: 15日, 3条, 第12页.
const units = "年月日时分秒条份页册次个号元岁周天点项款章行位种名台张楼万亿"

// kept reports a number with its word, which a line is not ended in where it can end
// elsewhere: between all[i] and the next stands 15|日, 第|12, 证据|43.
func kept(all []glyph, i int) bool {
	a, b := all[i].r, all[i+1].r
	switch {
	case digit(a) && strings.ContainsRune(units, b), a == '第' && digit(b):
		return true
	case a == ' ' && digit(b): // the hour of a day: 2026-09-05 22:47
		return i > 2 && digit(all[i-1].r) && all[i-3].r == '-'
	case a == '据' && digit(b):
		return i > 0 && all[i-1].r == '证'
	case a == '证' && b == '据':
		return i+2 < len(all) && digit(all[i+2].r)
	}
	return false
}

// inDate reports the inside of a date, where a line is ended before it is in a number
// and its word: 2026年|11月, 11月|13日.
func inDate(all []glyph, i int) bool {
	a, b := all[i].r, all[i+1].r
	return (a == '年' || a == '月') && digit(b) && i > 0 && digit(all[i-1].r)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// han reports a character that stands for itself: lines may break on either
// side. Latin words, numbers and hashes are kept whole while they fit.
func han(r rune) bool {
	return plainHan(r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r == '〇' || r == '＿' || r == '□' ||
		strings.ContainsRune(noStart+noEnd, r) && r > 0x7f
}

// western reports a letter or digit of a Latin word or number.
func western(r rune) bool {
	return r >= '0' && r <= '9' || r <= 0x24F && unicode.IsLetter(r)
}

// ideograph reports a Han character, punctuation aside.
func ideograph(r rune) bool { return plainHan(r) || unicode.Is(unicode.Han, r) || r == '〇' }

// plainHan reports a character of the block that nearly all of our text is of.
// It is asked first because it costs nothing.
func plainHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// westernGap is what is set between Han and Latin, in em. A quarter is the
// rule of books; a letter full of dates and sums reads better with less.
// From a tenth on, programs that read a PDF take it for a blank.
const westernGap = 0.09

// compose squeezes marks that follow one another, so that between two of them
// no more than half a square is blank, and parts Latin from Han.
func compose(all []glyph, size float64) {
	for i := 0; i+1 < len(all); i++ {
		a, b := &all[i], &all[i+1]
		switch {
		case a.tail > 0 && (strings.ContainsRune(blankBehind, b.r) || b.head > 0):
			a.width, a.tail = a.width-a.tail, 0
		case b.head > 0 && strings.ContainsRune(blankBefore, a.r):
			b.squeezeHead(b.head)
		case ideograph(a.r) && western(b.r), western(a.r) && ideograph(b.r):
			a.gap = westernGap * size
		}
	}
}

func (g *glyph) squeezeHead(by float64) {
	g.width, g.shift, g.head = g.width-by, g.shift-by, g.head-by
}

// squeezable is how much of a glyph's blank may go where a line is a little
// too long: half of it, so that the mark can still be told as full width.
func (g glyph) squeezable() float64 { return (g.head + g.tail) / 2 }

// looseness is the stretch, in parts of a character, from which a line is
// rather squeezed to take in one word more.
const looseness = 0.02

// breakLines cuts glyphs into lines of at most the width, the first one
// narrower by indent. Every glyph stands on exactly one line, in order; only
// blanks at a break are kept at the end of their line, where they draw
// nothing. A line that would end loose takes in what fits by squeezing its
// punctuation.
func breakLines(all []glyph, width, indent float64) []line {
	var out []line
	room := width - indent
	for start := 0; start < len(all) || len(out) == 0; {
		if len(out) > 0 && start < len(all) && all[start].head > 0 && all[start-1].r != '\n' {
			all[start].squeezeHead(all[start].head) // an opening mark stands flush left
		}
		end, next, last := cutLine(all, start, room)
		out = append(out, newLine(all[start:end], last, room))
		start, room = next, width
		if last && start >= len(all) {
			break
		}
	}
	return out
}

// cutLine finds where the line from start on ends, and where the next begins. A
// number is parted from its word only where the line has no other place to end.
func cutLine(all []glyph, start int, room float64) (end, next int, last bool) {
	for _, held := range []func([]glyph, int) bool{
		func(all []glyph, i int) bool { return kept(all, i) || inDate(all, i) },
		kept,
		func([]glyph, int) bool { return false },
	} {
		if end, next, last, ok := cutAt(all, start, room, func(i int) bool {
			return breakable(all[i].r, all[i+1].r) && !held(all, i)
		}); ok {
			return end, next, last
		}
	}
	// One word longer than the line: it has to be cut.
	used := 0.0
	for i := start; i < len(all); i++ {
		if used += all[i].width; used > room+0.01 && i > start {
			return i, i, false
		}
	}
	return len(all), len(all), true
}

// cutAt is [cutLine] with the places where a line may end, behind all[i]; not ok
// where none of them is in the line.
func cutAt(all []glyph, start int, room float64, may func(i int) bool) (end, next int, last, ok bool) {
	fit, tight := -1, -1 // last place where the line may end: as it is, and squeezed
	used, give, fitUsed := 0.0, 0.0, 0.0
	for i := start; i < len(all); i++ {
		g := all[i]
		if g.r == '\n' {
			return i, i + 1, true, true
		}
		if g.r != ' ' && i > start && used+g.width-give-max(g.tail, g.squeezable()) > room+0.01 {
			break
		}
		used += g.width
		if i+1 == len(all) {
			// A paragraph is rather squeezed than ended with a line of two.
			if over := used - g.tail - room; over <= 0.01 || over-give <= 0.01 && (fit < 0 || i-fit < 2) {
				return len(all), len(all), true, true
			}
		} else if may(i) {
			switch over := used - g.tail; {
			case over <= room+0.01 || g.r == ' ':
				fit, tight, fitUsed = i+1, -1, over
			case over-give <= room+0.01 && tight < 0:
				tight = i + 1
			}
		}
		used += g.gap
		give += g.squeezable()
	}
	switch {
	case fit > start && (tight < 0 || (room-fitUsed)/float64(fit-start) <= looseness*widest(all[start:fit])):
		return fit, fit, false, true
	case tight > start:
		return tight, tight, false, true
	}
	return 0, 0, false, false
}

func widest(glyphs []glyph) float64 {
	w := 0.0
	for _, g := range glyphs {
		w = max(w, g.width)
	}
	return w
}

// newLine measures a line and squeezes its marks if it is longer than the
// room: the one at its end first, then all the others alike.
func newLine(glyphs []glyph, last bool, room float64) line {
	l := line{glyphs: glyphs, last: last}
	end := len(glyphs)
	for end > 0 && glyphs[end-1].r == ' ' {
		end--
	}
	give := 0.0
	for i, g := range glyphs[:end] {
		l.width += g.width
		if i < end-1 {
			l.width += g.gap
			give += g.squeezable()
		}
	}
	if end == 0 {
		return l
	}
	glyphs[end-1].gap = 0
	over := l.width - room
	if g := &glyphs[end-1]; over > 0 && g.tail > 0 {
		by := min(over, g.tail)
		g.width, g.tail = g.width-by, g.tail-by
		l.width, over = l.width-by, over-by
	}
	if share := over / give; over > 0 && give > 0 && share < 1.01 {
		for i := range glyphs[:end-1] {
			g := &glyphs[i]
			head, tail := g.head/2*share, g.tail/2*share
			g.squeezeHead(head)
			g.width, g.tail = g.width-tail, g.tail-tail
		}
		l.width = room
	}
	return l
}

// text is what stands on the line.
func (l line) text() string {
	var b strings.Builder
	for _, g := range l.glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// maxStretch is how much wider a character may be set to fill the line, in
// em; beyond it the line is left ragged rather than torn apart.
const maxStretch = 0.25

// stretches reports whether a justified line is stretched between a and b:
// not inside a word or number, nor inside a dash or an ellipsis of two.
func stretches(a, b rune) bool {
	if a > ' ' && a < 0x250 && b > ' ' && b < 0x250 {
		return false
	}
	return !(a == b && (a == '—' || a == '…'))
}

// stretches reports whether the line is stretched behind the glyph at i: not where a link
// begins or ends, for what is read of a page is read link by link.
func (l line) stretches(i int) bool {
	a, b := l.glyphs[i], l.glyphs[i+1]
	return stretches(a.r, b.r) && a.link == b.link
}

// spacing is what is added at each place where a line may be stretched, so
// that it fills width.
func (l line) spacing(width, size float64) float64 {
	n := 0
	end := len(l.glyphs)
	for end > 0 && l.glyphs[end-1].r == ' ' {
		end--
	}
	for i := 0; i+1 < end; i++ {
		if l.stretches(i) {
			n++
		}
	}
	if l.last || n < 1 {
		return 0
	}
	s := (width - l.width) / float64(n)
	if s < 0 || s > maxStretch*size {
		return 0
	}
	return s
}

// A run is characters of one face that follow one another at their own
// widths, spacing apart.
type run struct {
	x       float64 // from the line's start
	face    int
	spacing float64
	text    string
	link    string // exhibit it leads to
}

// runs parts a line into runs, each placed by itself: where a mark was
// squeezed, where Latin stands beside Han, where the face changes.
func (l line) runs(spacing float64, natural func(glyph) float64) []run {
	var out []run
	var text strings.Builder
	var now run
	x := 0.0
	flush := func() {
		if text.Len() > 0 {
			now.text = text.String()
			out = append(out, now)
			text.Reset()
		}
	}
	for i, g := range l.glyphs {
		between := 0.0
		if i+1 < len(l.glyphs) && l.stretches(i) {
			between = spacing
		}
		if text.Len() == 0 || g.face != now.face || g.shift != 0 || g.link != now.link {
			flush()
			now = run{x: x + g.shift, face: g.face, spacing: between, link: g.link}
		}
		text.WriteRune(g.r)
		x += g.width + g.gap + between
		// The run goes on only while drawing it leads to where the next
		// glyph has to stand.
		if drawn := g.shift + natural(g) + now.spacing; math.Abs(drawn-(g.width+g.gap+between)) > 1e-6 {
			flush()
		}
	}
	flush()
	return out
}
