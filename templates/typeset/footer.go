package typeset

import (
	"fmt"
	"strings"

	"juzheng/templates/document"
)

// The mark of a paper stands above the type area of every page, which leaves 20 mm.
var (
	markStyle = style{10.5, 12, sans}
	markTop   = 11 * mm
)

// footers prints what the paper is, the page number, the case and the root on every page,
// and the mark of a paper that is not to go out as it is. In a file of several papers
// each page has its number in the file too, counted on from before.
func (l *layouter) footers(total, before int, several bool) {
	id := ""
	if l.caseID != "" {
		id = "材料 " + l.caseID
	}
	if len(l.root) >= 16 {
		id += "　" + l.rootName + " " + strings.Join([]string{l.root[:4], l.root[4:8], l.root[8:12], l.root[12:16]},
			" ") + " …"
	}
	l.el = nil // of the page, and not of what it says
	for p := 1; p <= total; p++ {
		l.page = p
		l.add(op{kind: ruleOp, x: l.left, y: pageHeight - footer - 11, w: l.textWidth})
		y := pageHeight - footer - footerStyle.leading*0.5
		number := l.paper + l.volume + fmt.Sprintf("　第%d页　共%d页", p, total)
		if l.volume == l.paper {
			number = strings.TrimPrefix(number, l.paper)
		}
		if several {
			number += fmt.Sprintf("　总第%d页", before+p)
		}
		left, right := l.broken(id, footerStyle, l.textWidth)[0], l.broken(number, footerStyle, l.textWidth)[0]
		below := y
		if left.width+right.width+footerStyle.size > l.textWidth { // a long title
			below += footerStyle.leading
		}
		l.put(left, l.left, below, l.textWidth, footerStyle, document.Left)
		l.put(right, l.left, y, l.textWidth, footerStyle, document.Right)
		if l.mark != "" {
			l.put(breakLines(l.glyphs([]document.Span{{Text: l.mark, Bold: true}}, markStyle), l.textWidth, 0)[0],
				l.left,
				markTop, l.textWidth, markStyle, document.Right)
		}
	}
}
