package typeset

import (
	"fmt"

	"rsc.io/qr"

	"juzheng/templates/document"
)

// signature leaves more than two lines of height to sign and press a finger.
func (l *layouter) signature(b document.Signature) {
	st := l.body
	x := l.left + l.textWidth*0.42
	rowsHigh := 2.4
	if b.Agent != "" {
		rowsHigh *= 2
	}
	l.need(st.leading * (rowsHigh + 1.4))
	begin := l.y
	rows := []string{b.Label + "："}
	if b.Agent != "" {
		rows = append(rows, b.Agent+"：")
	}
	for _, r := range rows {
		l.y += st.leading * 1.4
		ln := breakLines(l.glyphs([]document.Span{{Text: r}}, st), l.textWidth, 0)[0]
		l.put(ln, x, l.y, l.textWidth, st, document.Left)
		from := x + ln.width + 2
		l.add(op{kind: ruleOp, x: from, y: l.y + st.leading - 3, w: pageWidth - l.right - from})
		l.y += st.leading
	}
	l.y += st.leading * 0.4
	date := b.Date
	if date == "" {
		date = "　　　　年　　月　　日"
	}
	l.put(breakLines(l.glyphs([]document.Span{{Text: date}}, st), l.textWidth, 0)[0], l.left, l.y, l.textWidth, st,
		document.Right)
	l.y += st.leading
	l.beside = begin
}

const module = 0.52 * mm // of the QR code

// code draws the QR code as squares, and its lines below it or, where it has
// found room beside a signature, over the whole width. Upper-case text keeps
// it in alphanumeric mode and small.
func (l *layouter) code(b document.Code, beside float64) {
	q, err := qr.Encode(b.Payload, qr.M)
	if err != nil {
		l.err = fmt.Errorf("QR code: %w", err)
		return
	}
	side := float64(q.Size+8) * module // with the quiet zone of 4 on each side
	x, width, above := l.left+side+6, l.textWidth-side-6, 0.0
	if beside > 0 {
		x, width, above = l.left, l.textWidth, max(0, beside+side-l.y)
	}
	var set [][]line
	tall := 0.0
	for _, s := range b.Lines {
		ls := breakLines(l.glyphs([]document.Span{{Text: s}}, l.codes), width, 0)
		set = append(set, ls)
		tall += float64(len(ls)) * l.codes.leading
	}
	at := beside
	if beside == 0 {
		tall = max(tall, side)
	} else if l.room() < above+tall+6 && !l.measure {
		l.newPage()
		l.code(b, 0)
		return
	}
	l.need(tall + 6)
	l.y += above + 3
	l.add(op{kind: ruleOp, x: l.left, y: l.y, w: l.textWidth})
	l.y += 3
	if beside == 0 {
		at = l.y
	}
	below := l.y
	l.y = at
	figured := l.figure("二维码，内容："+b.Payload, l.left, at, side)
	for row := range q.Size {
		for col := 0; col < q.Size; col++ {
			n := 0
			for col+n < q.Size && q.Black(col+n, row) {
				n++
			}
			if n > 0 {
				l.add(op{kind: fillOp, x: l.left + float64(col+4)*module, y: at + float64(row+4)*module,
					w: float64(n) * module, h: module})
				col += n
			}
		}
	}
	l.y = at + side
	figured()
	l.y = below
	y := l.y
	for _, ls := range set {
		for _, ln := range ls {
			l.put(ln, x, y, width, l.codes, document.Left)
			y += l.codes.leading
		}
	}
	l.y += tall
}
