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

// footers prints the page number, the case and the root on every page, and the mark
// of a paper that is not to go out as it is.
func (l *layouter) footers(total int) {
	for p := 1; p <= total; p++ {
		l.page = p
		l.add(op{kind: ruleOp, x: l.left, y: pageHeight - footer - 11, w: l.textWidth})
		id := ""
		if l.caseID != "" {
			id = "材料 " + l.caseID
		}
		if len(l.root) >= 16 {
			id += "　" + l.rootName + " " + strings.Join([]string{l.root[:4], l.root[4:8], l.root[8:12], l.root[12:16]},
				" ") + " …"
		}
		y := pageHeight - footer - footerStyle.leading*0.5
		l.put(breakLines(l.glyphs([]document.Span{{Text: id}}, footerStyle), l.textWidth, 0)[0], l.left, y, l.textWidth,
			footerStyle, document.Left)
		n := fmt.Sprintf("第 %d 页　共 %d 页", p, total)
		if l.volume != "" {
			n = l.volume + "　" + n
		}
		l.put(breakLines(l.glyphs([]document.Span{{Text: n}}, footerStyle), l.textWidth, 0)[0], l.left, y, l.textWidth,
			footerStyle, document.Right)
		if l.mark != "" {
			l.put(breakLines(l.glyphs([]document.Span{{Text: l.mark, Bold: true}}, markStyle), l.textWidth, 0)[0],
				l.left,
				markTop, l.textWidth, markStyle, document.Right)
		}
	}
}
