package typeset

import (
	"fmt"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/typeset/picture"
)

// An Unset is a picture that could not be set; its page says so.
type Unset struct {
	Exhibit string
	Reason  evidence.Text // for the person
	Err     error
}

// A placed picture on a page: the whole picture is w by h points from x, y,
// and what lies outside clip is not seen.
type placed struct {
	pic         *shownPicture
	orientation int
	x, y, w, h  float64
	clipY       float64 // upper edge and height of what is seen; 0: all
	clipH       float64
}

// upright are a picture's width and height as it is to be seen.
func upright(p *shownPicture, orientation int) (w, h float64) {
	if orientation >= 5 && orientation <= 8 {
		return float64(p.height), float64(p.width)
	}
	return float64(p.width), float64(p.height)
}

// tall is the ratio of height to width from which a picture is cut into
// pieces: a chat of many screens would be unreadable on one page.
const tall = 3.2

// From this ratio of width to height on, a picture of more pixels than the page shows
// apart is turned, so that the long side of the page is its own.
const (
	wide       = 1.7
	widePixels = 1000
)

// quarterTurn is the EXIF orientation of a picture that is turned by a quarter more,
// clockwise.
var quarterTurn = [9]int{1: 6, 2: 7, 3: 8, 4: 5, 5: 2, 6: 3, 7: 4, 8: 1}

// image sets a picture with its caption: on what is left of the page if that
// is enough, else on the next; a very tall one in pieces that overlap.
func (l *layouter) image(exhibit string, im *document.Image) {
	st := l.small
	p := l.shown[im]
	if p == nil || p.err != nil {
		l.noPicture(exhibit, p)
		return
	}
	words, orientation := im.Caption+p.words, im.Orientation
	w, h := upright(p, orientation)
	if w/h > wide && w > widePixels {
		orientation, w, h = quarterTurn[max(orientation, 1)], h, w
		words += "（横图顺时针转90度排印）"
	}
	caption := breakLines(l.glyphs([]document.Span{{Text: words}}, st), l.textWidth, 0)
	under := float64(len(caption))*st.leading + 4
	if h/w > tall {
		l.pieces(p, orientation, w, h, words, alternate(im, ""))
		return
	}
	room := l.room() - under - 6
	if whole := pageHeight - l.top - l.bottom - under; room < whole*0.5 {
		l.newPage()
		room = whole
	}
	scale := min(l.textWidth/w, room/h, 1) // 1: never larger than a point a pixel
	l.y += 4
	l.place(p, alternate(im, words), orientation, l.left+(l.textWidth-w*scale)/2, w*scale, h*scale, 0, h*scale)
	l.y += 2
	l.flow(caption, l.left, l.textWidth, st, document.Center, 0)
}

// alternate is what a picture shows in words: what is known of it, and its caption.
func alternate(im *document.Image, caption string) string {
	if im.Alt == "" {
		return "图片：" + caption
	}
	return im.Alt + caption
}

// noPicture says in place of a picture why it is not there.
func (l *layouter) noPicture(exhibit string, p *shownPicture) {
	var err error
	if p != nil {
		err = p.err
	}
	reason := picture.ReasonOf(err)
	l.unset = append(l.unset, Unset{exhibit, reason, err})
	st := l.body
	l.y += st.leading / 2
	l.flow(breakLines(l.glyphs([]document.Span{{Text: "这张图片没有显示在纸上：" + reason.ZH + "。"},
		{Text: "原件在证据包内，校验值见上，请从证据包中打开查看。"}}, st), l.textWidth, 2*st.size), l.left, l.textWidth, st, document.Justify,
		2*st.size)
}

// overlap is how much of a piece the next one repeats, in millimetres.
const overlap = 7

// pieces sets a very tall picture over several pages: each piece says which
// it is of how many, and repeats the end of the one before.
func (l *layouter) pieces(p *shownPicture, orientation int, w, h float64, caption, alt string) {
	st := l.small
	wide := min(l.textWidth*0.62, w)
	high := h * wide / w
	under := 2*st.leading + 14
	if l.room() < 200 {
		l.newPage()
	}
	first, whole := l.room()-under, pageHeight-l.bottom-l.top-under
	parts := cut(high, first, whole)
	if n := len(parts) - 1; n > 0 && parts[n][1] < whole/4 {
		// A little smaller, the strip on the last page is not needed.
		less := first + float64(n-1)*(whole-overlap*mm)
		if shrunk := less / high; shrunk > 0.85 {
			wide, high = wide*shrunk, less
			parts = cut(high, first, whole)
		}
	}
	for n, part := range parts {
		if n > 0 {
			l.newPage()
		}
		words := caption
		if len(parts) > 1 {
			words += fmt.Sprintf("（长图分%d幅接排，此为第%d幅；相邻两幅重叠约%d毫米）", len(parts), n+1, overlap)
		}
		l.y += 4
		l.place(p, alt+words, orientation, l.left+(l.textWidth-wide)/2, wide, high, part[0], part[1])
		l.y += 2
		l.flow(breakLines(l.glyphs([]document.Span{{Text: words}}, st), l.textWidth, 0), l.left, l.textWidth, st,
			document.Center, 0)
	}
}

// cut parts a height into pieces, each but the first beginning with the end
// of the one before: where each begins and how high it is.
func cut(high, first, whole float64) (parts [][2]float64) {
	room := first
	for from := 0.0; ; room = whole {
		part := min(room, high-from)
		parts = append(parts, [2]float64{from, part})
		if from += part; from >= high-0.01 {
			return parts
		}
		from -= overlap * mm
	}
}

// place draws the part of a picture from an offset on, at l.y.
func (l *layouter) place(p *shownPicture, alt string, orientation int, x, w, h, from, part float64) {
	pl := &placed{pic: p, orientation: orientation, x: x, y: l.y - from, w: w, h: h}
	if part < h-0.01 {
		pl.clipY, pl.clipH = l.y, part
	}
	end := l.figure(alt, x, l.y, w)
	l.add(op{kind: imageOp, image: pl})
	for _, r := range [][4]float64{{x, l.y, w, 0}, {x, l.y + part, w, 0}, {x, l.y, 0, part}, {x + w, l.y, 0, part}} {
		l.add(op{kind: ruleOp, x: r[0], y: r[1], w: r[2], h: r[3]})
	}
	l.y += part
	end()
}
