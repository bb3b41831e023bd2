package typeset

import "slices"

// A4, in points, and the height of the footer's baseline above its lower edge.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	pageHeight = 297 * mm
	footer     = 12 * mm
)

// A style is a size and the distance of baselines, in points.
type style struct {
	size, leading float64
	face          int
}

var footerStyle = style{8, 10, serif}

// An area is the type area 版心 of a page and the sizes of the text on it.
type area struct {
	top, bottom, left, right float64 // margins
	textWidth                float64

	body, small, title, head, subhead, codes style
}

// newArea is one with margins in millimetres and the sizes of body text
// and of what is small.
func newArea(top, right, bottom, left float64, body, small style) area {
	g := area{top: top * mm, right: right * mm, bottom: bottom * mm, left: left * mm, body: body, small: small,
		codes: style{8, 11, serif}}
	g.textWidth = pageWidth - g.left - g.right
	g.title = style{max(20, body.size*22/16), max(28, body.leading*1.35), sans}
	g.head = style{max(11.5, body.size), body.leading * 1.23, sans}
	g.subhead = style{body.size, body.leading * 1.04, sans}
	return g
}

// bookArea is that of everything but letters: 五号 with 小五 for notes.
var bookArea = newArea(21, 22, 20, 25, style{10.5, 15.4, serif}, style{9, 12.2, serif})

// letterAreas are those of a letter, the largest first. The first is that of
// GB/T 9704—2012: margins of 37, 26, 35 and 28 mm, 22 lines of 28 characters
// of size 三号. A complaint mostly has more to say than an official note, so
// the others take its sizes below (四号, 小四) and then less margin, down to 20 mm.
// No letter is smaller than 小四, which a clerk reads without a glass.
var letterAreas = []area{
	newArea(37, 26, 35, 28, style{156 * mm / 28, 225 * mm / 22, serif}, style{12, 18, serif}),
	newArea(37, 26, 35, 28, style{14, 24.5, serif}, style{10.5, 15.4, serif}),
	newArea(30, 26, 26, 28, style{12, 19.5, serif}, style{10.5, 14.5, serif}),
	newArea(25, 22, 22, 25, style{12, 18.2, serif}, style{10.5, 14, serif}),
	newArea(20, 20, 20, 20, style{12, 16.6, serif}, style{10.5, 13.4, serif}),
	newArea(20, 20, 20, 20, style{12, 15.6, serif}, style{10.5, 12.6, serif}),
}

// paperAreas are those of what goes with a letter, a list or a note: 五号 as well.
var paperAreas = append(slices.Clone(letterAreas[:len(letterAreas)-1]), bookArea)

// tightened is an area set closer by a share, for a text that would otherwise need
// one page more for a few lines.
func (g area) tightened(share float64) area {
	g = g.closer(share)
	for _, st := range []*style{&g.body, &g.small, &g.head, &g.subhead, &g.codes} {
		st.size *= 1 - share/2
	}
	return g
}

// closer is an area with its lines closer by a share, and no smaller type.
func (g area) closer(share float64) area {
	for _, st := range []*style{&g.body, &g.small, &g.head, &g.subhead, &g.codes} {
		st.leading *= 1 - share
	}
	return g
}
