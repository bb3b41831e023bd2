package typeset

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/templates/document"
)

// Measures of a chart, in points, and its greys: 0 is black.
const (
	chartHeight = 118.0 // of the plot
	chartAxis   = 24.0  // room for the numbers at the left
	shadeGrey   = 0.88
	widestSlot  = 64.0 // of a bar
)

// seriesGreys are the fills of a bar's parts, told apart in print and on a
// copy: dark, light, middle.
var seriesGreys = []float64{0.2, 0.72, 0.48}

// chart draws bars as boxes and lines, with its key above and its method
// below. It stays on one page.
func (l *layouter) chart(c document.Chart) {
	st := l.small
	note := l.broken(c.Method, st, l.textWidth)
	if !l.measure {
		l.need(l.height([]document.Block{c}))
	}
	l.y += 4
	l.text(c.Title, l.left, l.subhead, document.Left)
	figured := l.figure(strings.TrimSpace(document.BlocksText([]document.Block{c})), l.left, l.y, l.textWidth)
	l.key(c, st)
	l.y += 4
	most := max(c.Limit, 1)
	for _, b := range c.Bars {
		most = max(most, sum(b.Values))
	}
	step := axisStep(most)
	scaleTo := (most + step - 1) / step * step
	x, width := l.left+chartAxis, l.textWidth-chartAxis
	base := l.y + chartHeight
	high := func(v int) float64 { return (chartHeight - 10) * float64(v) / float64(scaleTo) }
	slot := width / float64(len(c.Bars))
	slot = min(slot, widestSlot)
	for n, b := range c.Bars {
		if b.Shade {
			l.add(op{kind: fillOp, x: x + float64(n)*slot, y: l.y, w: slot, h: chartHeight, grey: shadeGrey})
		}
	}
	for v := 0; v <= scaleTo; v += step {
		y := base - high(v)
		l.add(op{kind: ruleOp, x: x, y: y, w: width, grey: 0.7})
		l.label(fmt.Sprint(v), l.left, chartAxis-5, y, st, document.Right)
	}
	l.bars(c, x, base, slot, high, st)
	if c.Limit > 0 {
		y := base - high(c.Limit)
		for dash := x; dash < x+width; dash += 9 {
			l.add(op{kind: fillOp, x: dash, y: y - 0.6, w: min(6, x+width-dash), h: 1.2})
		}
	}
	l.add(op{kind: ruleOp, x: x, y: base, w: width})
	l.y = base + 1.3*st.leading + 2
	figured()
	l.flow(note, l.left, l.textWidth, st, document.Justify, 0)
	l.y += 4
}

// bars draws the columns, their parts as numbers above and their labels below, where
// there is room for a label every so many.
func (l *layouter) bars(c document.Chart, x, base, slot float64, high func(int) float64, st style) {
	every := 1
	widest := 0.0
	for _, b := range c.Bars {
		widest = max(widest, l.broken(b.Label, st, l.textWidth)[0].width)
	}
	for float64(every)*slot < widest+4 && every < len(c.Bars) {
		every++
	}
	wide, free := min(slot*0.72, 30), x-slot
	figure, _ := l.figureOf(c, slot, st)
	for n, b := range c.Bars {
		middle := x + (float64(n)+0.5)*slot
		y := base
		for k, v := range b.Values {
			if v > 0 {
				l.add(op{kind: fillOp, x: middle - wide/2, y: y - high(v), w: wide, h: high(v),
					grey: seriesGreys[k%len(seriesGreys)]})
				y -= high(v)
			}
		}
		if s := figure(b.Values); s != "" {
			wide := l.broken(s, st, l.textWidth)[0].width
			if middle-wide/2 < free {
				continue // it would stand on its neighbour
			}
			free = middle + wide/2 + 1
			l.label(s, middle-wide/2, wide, y-st.leading*0.5-0.5, st, document.Center)
		}
	}
	for n, b := range c.Bars {
		middle := x + (float64(n)+0.5)*slot
		if n%every == 0 {
			l.label(b.Label, middle-widest, 2*widest, base+st.leading*0.7, st, document.Center)
		}
	}
}

// figureOf is what stands above a bar: its parts, or where those have no room side by side
// their sum; and what the key says of it.
func (l *layouter) figureOf(c document.Chart, slot float64, st style) (figure func([]int) string, said string) {
	room := func(figure func([]int) string) bool {
		return !slices.ContainsFunc(c.Bars, func(b document.Bar) bool {
			return l.broken(figure(b.Values), st, l.textWidth)[0].width > slot-1
		})
	}
	total := func(values []int) string {
		if n := sum(values); n > 0 {
			return fmt.Sprint(n)
		}
		return ""
	}
	switch {
	case room(parts):
		return parts, ""
	case room(total) && len(c.Series) > 1:
		return total, "柱上数字为合计"
	case room(total):
		return total, ""
	}
	return total, "柱上数字为合计，放不下的没有标"
}

// key says what the fills, the ground and the line mean.
func (l *layouter) key(c document.Chart, st style) {
	x := l.left + chartAxis
	put := func(grey, h float64, words string) {
		l.add(op{kind: fillOp, x: x, y: l.y + st.leading/2 - h/2, w: 9, h: h, grey: grey})
		ln := l.broken(words, st, l.textWidth)[0]
		l.put(ln, x+12, l.y, l.textWidth, st, document.Left)
		x += 12 + ln.width + 14
	}
	for n, s := range c.Series {
		if counts(c, n) {
			put(seriesGreys[n%len(seriesGreys)], 7, s)
		}
	}
	if c.Shade != "" {
		put(shadeGrey, 9, c.Shade)
	}
	if c.Limit > 0 {
		put(0, 1.2, c.Line)
	}
	slot := min((l.textWidth-chartAxis)/float64(len(c.Bars)), widestSlot)
	if _, said := l.figureOf(c, slot, st); said != "" {
		ln := l.broken(said, st, l.textWidth)[0]
		if x+ln.width > l.left+l.textWidth {
			x = l.left + chartAxis
			l.y += st.leading
		}
		l.put(ln, x, l.y, l.textWidth, st, document.Left)
	}
	l.y += st.leading
}

func counts(c document.Chart, series int) bool {
	for _, b := range c.Bars {
		if b.Values[series] > 0 {
			return true
		}
	}
	return false
}

// label sets a short text with its middle at the height y.
func (l *layouter) label(s string, x, width, y float64, st style, align document.Align) {
	l.put(l.broken(s, st, l.textWidth)[0], x, y-st.leading*0.5, width, st, align)
}

// broken is plain text as lines.
func (l *layouter) broken(s string, st style, width float64) []line {
	return breakLines(l.glyphs([]document.Span{{Text: s}}, st), width, 0)
}

// parts is 5+2 for a bar of five and two, the lowest part first.
func parts(values []int) string {
	var out []string
	for _, v := range values {
		if v > 0 {
			out = append(out, fmt.Sprint(v))
		}
	}
	return strings.Join(out, "+")
}

func sum(values []int) int {
	n := 0
	for _, v := range values {
		n += v
	}
	return n
}

// axisStep is the distance of the lines of a scale: at most six of them, at
// round numbers.
func axisStep(most int) int {
	for unit := 1; ; unit *= 10 {
		for _, n := range []int{1, 2, 5} {
			if n*unit*6 >= most {
				return n * unit
			}
		}
	}
}
