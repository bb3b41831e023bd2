package typeset

import (
	"slices"
	"strings"

	"juzheng/templates/document"
)

// handRule is what blanks to write on are made of.
const handRule = '＿'

// ruled draws a paragraph that is nothing but a blank to write on as lines from margin to
// margin, as many as it would take, and reports whether it was one.
func (l *layouter) ruled(spans []document.Span, st style) bool {
	text := document.SpansText(spans)
	if text == "" || strings.Trim(text, string(handRule)) != "" {
		return false
	}
	lines := len(breakLines(l.glyphs(spans, st), l.textWidth, 0))
	for range lines {
		high := 1.3 * st.leading // a hand wants more room than type
		l.need(high)
		l.y += high
		if !l.measure {
			l.add(op{kind: ruleOp, x: l.left, y: l.y - 2, w: l.textWidth})
		}
	}
	return true
}

// wrapped breaks lines so that a blank to write on ends where its line does: what of it
// would stand on the next is left out.
func (l *layouter) wrapped(all []glyph, width, indent float64) []line {
	for {
		lines := breakLines(slices.Clone(all), width, indent)
		at, cut := 0, -1
		for n := 0; n+1 < len(lines) && cut < 0; n++ {
			at += len(lines[n].glyphs)
			if at < len(all) && at > 0 && all[at-1].r == handRule && all[at].r == handRule {
				cut = at
			}
			if at < len(all) && all[at].r == '\n' {
				at++
			}
		}
		if cut < 0 {
			return lines
		}
		end := cut
		for end < len(all) && all[end].r == handRule {
			end++
		}
		all = slices.Delete(slices.Clone(all), cut, end)
	}
}
