package typeset

import (
	"fmt"
	"io"
	"time"

	"juzheng/templates/document"
)

// Places on an envelope, in millimetres. The order of things is that of GB/T
// 1416—2003; the measures are ours, because its zones could not be read in
// the standard itself. The lowest 22 mm, where sorting machines print their bars,
// are left free as far as the addresses let them.
const (
	edge       = 10.0
	codeBox    = 8.0
	codeGap    = 2.0
	stampSide  = 20.0
	senderFoot = 22.0
)

// Envelope sets an envelope on a page of its size. A postcode or an address
// that is not known is left as boxes and lines to write on.
func (fonts Fonts) Envelope(w io.Writer, e document.Envelope) error {
	u, err := fonts.use()
	if err != nil {
		return err
	}
	date, err := time.Parse(time.RFC3339, e.Date)
	if err != nil {
		return fmt.Errorf("date of the envelope: %w", err)
	}
	l := newLayouter(u, bookArea, document.Document{}, nil)
	l.width, l.high = e.Width*mm, e.Height*mm
	l.sender(e, l.recipient(e))
	if l.err != nil {
		return l.err
	}
	return l.draw(newFile(w), 1, e.From.Name, "信封", e.Code, date)
}

// recipient sets boxes, stamp and addressee, and says how far down that
// reaches.
func (l *layouter) recipient(e document.Envelope) float64 {
	code := []rune(e.To.Postcode)
	digits := style{15, 18, sans}
	for n := range 6 {
		x := edge + float64(n)*(codeBox+codeGap)
		l.box(x, edge, codeBox, codeBox+1)
		if len(code) == 6 {
			l.at(string(code[n]), x, edge+1, codeBox, digits, document.Center)
		}
	}
	right := e.Width - edge - stampSide
	l.box(right, edge-2, stampSide, stampSide)
	l.at("贴邮票处", right, edge+stampSide/2-4, stampSide, style{8, 10, serif}, document.Center)

	left, y := e.Width*0.16, max(edge+codeBox+8, e.Height*0.34-10)
	wide := e.Width - left - edge
	address, name := style{14, 21, serif}, style{18, 26, sans}
	if len(e.To.Lines) == 0 {
		for range 2 { // to write on
			y += 9
			l.rule(left, y, wide*0.8)
		}
		y += 2
	}
	for _, s := range e.To.Lines {
		y = l.at(s, left, y, wide, address, document.Left)
	}
	// 收 stands behind the last of the name, and never on a line of its own.
	const receive = "　收"
	room := wide*mm - l.broken(receive, name, wide*mm)[0].width
	lines := l.broken(e.To.Name, name, room)
	y += 2
	for n, ln := range lines {
		s := ln.text()
		if n == len(lines)-1 {
			s += receive
		}
		y = l.at(s, left, y, wide, name, document.Left)
	}
	return y
}

// sender sets who sent it, from the lower edge up, below what stands above.
func (l *layouter) sender(e document.Envelope, above float64) {
	st := style{10.5, 15, serif}
	from := "寄件人：" + e.From.Name
	if e.From.Phone != "" {
		from += "　" + e.From.Phone
	}
	lines := append([]string{}, e.From.Lines...)
	if len(lines) == 0 {
		lines = []string{"地址：＿＿＿＿＿＿＿＿＿＿＿＿"}
	}
	code := e.From.Postcode
	if code == "" {
		code = "＿＿＿＿＿＿"
	}
	lines = append(append(lines, from), "邮政编码："+code)
	// At the right lower corner: no wider than what stands there.
	left, wide := e.Width*0.46, 0.0
	for _, s := range lines {
		wide = max(wide, l.broken(s, st, pageWidth*10)[0].width/mm)
	}
	left = max(left, e.Width-edge-wide-1)
	wide = e.Width - left - edge
	high := 0.0
	for _, s := range lines {
		high += float64(len(l.broken(s, st, wide*mm))) * st.leading / mm
	}
	y := max(e.Height-senderFoot-high, above+2)
	if y+high > e.Height-4 && l.err == nil {
		l.err = fmt.Errorf("envelope %s: the addresses are too long for its height", e.Code)
	}
	for _, s := range lines {
		y = l.at(s, left, y, wide, st, document.Left)
	}
}

// at sets a text at millimetres from the upper left, and says where the next
// line begins.
func (l *layouter) at(s string, x, y, width float64, st style, align document.Align) float64 {
	for _, ln := range breakLines(l.glyphs([]document.Span{{Text: s}}, st), width*mm, 0) {
		l.put(ln, x*mm, y*mm, width*mm, st, align)
		y += st.leading / mm
	}
	return y
}

func (l *layouter) rule(x, y, w float64) { l.add(op{kind: ruleOp, x: x * mm, y: y * mm, w: w * mm}) }

func (l *layouter) box(x, y, w, h float64) {
	l.rule(x, y, w)
	l.rule(x, y+h, w)
	for _, at := range []float64{x, x + w} {
		l.add(op{kind: ruleOp, x: at * mm, y: y * mm, h: h * mm})
	}
}
