package typeset

import (
	"fmt"

	"juzheng/templates/document"
)

// waveHeight is the height of a waveform from its quietest to its loudest, in
// points.
const waveHeight = 54.0

// waveform draws a recording as bars from a middle line, with its minutes
// and seconds below and its caption under them, on one page.
func (l *layouter) waveform(w document.Waveform) {
	st := l.small
	caption := l.broken(w.Caption, st, l.textWidth)
	l.need(waveHeight + st.leading*float64(len(caption)+1) + 14)
	l.y += 6
	figured := l.figure("录音的波形：从左到右是时间，"+clockTime(int(w.Seconds))+"，高低是声音的大小", l.left, l.y, l.textWidth)
	middle := l.y + waveHeight/2
	slot := l.textWidth / float64(len(w.Peaks))
	l.add(op{kind: ruleOp, x: l.left, y: middle, w: l.textWidth, grey: 0.5})
	for n, v := range w.Peaks {
		if h := v * waveHeight; h > 0.2 {
			l.add(op{kind: fillOp, x: l.left + float64(n)*slot, y: middle - h/2, w: slot * 0.75, h: h, grey: 0.3})
		}
	}
	l.y += waveHeight + 2
	l.add(op{kind: ruleOp, x: l.left, y: l.y, w: l.textWidth})
	step := clockStep(w.Seconds)
	for at := 0; float64(at) <= w.Seconds; at += step {
		x := l.left + float64(at)/w.Seconds*l.textWidth
		l.add(op{kind: ruleOp, x: x, y: l.y, h: 3})
		align, from := document.Center, x-40
		switch {
		case at == 0:
			align, from = document.Left, l.left
		case x+14 > l.left+l.textWidth:
			align, from = document.Right, l.left+l.textWidth-80
		}
		l.label(clockTime(at), from, 80, l.y+3+st.leading/2, st, align)
	}
	l.y += 4 + st.leading
	figured()
	l.flow(caption, l.left, l.textWidth, st, document.Justify, 0)
	l.y += 2
}

// clockStep is the distance of the marks below a waveform, in seconds: at
// most ten of them.
func clockStep(seconds float64) int {
	for _, s := range []int{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800} {
		if seconds/float64(s) <= 10 {
			return s
		}
	}
	return 3600
}

func clockTime(seconds int) string {
	if seconds >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
