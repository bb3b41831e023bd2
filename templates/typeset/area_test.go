package typeset

import (
	"testing"

	"juzheng/templates/document"
)

// A letter is set as large as the pages it needs allow, never on more of them
// than its smallest area needs, and never smaller than 小四.
func TestLettersAreSetLarge(t *testing.T) {
	last := 0.0
	for n := range 14 {
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		d := sample(n)
		if n == 0 {
			d.Blocks = []document.Block{document.Title{Text: "投诉书"},
				document.Paragraph{Indent: true, Spans: []document.Span{{Text: "请书面答复。"}}},
				document.Keep{Blocks: []document.Block{document.Addressee{Name: "示例公司"},
					document.Signature{Label: "投诉人（签名、捺印）"}}}}
		}
		got := copyfit(u, d, nil)
		areas := paperAreas
		if addressed(d.Blocks) {
			areas = letterAreas
			if got.body.size < 12 {
				t.Errorf("%d sections: a letter is set at %.1f points", n, got.body.size)
			}
		}
		small := newLayouter(u, areas[len(areas)-1], d, nil)
		small.blocks(d.Blocks)
		if got.total() > small.total() {
			t.Errorf("%d sections: %d pages, and %d would do", n, got.total(), small.total())
		}
		if n == 0 && got.area != letterAreas[0] {
			t.Errorf("a note of one line is set at %.1f points", got.body.size)
		}
		if got.total() == 1 && n > 1 && got.body.size > last+0.01 {
			t.Errorf("%d sections on one page are set larger than %d", n, n-1)
		}
		last = got.body.size
	}
}

// The first area is that of GB/T 9704—2012: a type area of 156 by 225 mm, 22
// lines of 28 characters.
func TestOfficialGrid(t *testing.T) {
	g := letterAreas[0]
	if w, h := g.textWidth/mm, (pageHeight-g.top-g.bottom)/mm; w < 155.9 || w > 156.1 || h < 224.9 || h > 225.1 {
		t.Errorf("%.1f by %.1f mm", w, h)
	}
	if chars, lines := g.textWidth/g.body.size, 225*mm/g.body.leading; int(chars+0.001) != 28 ||
		int(lines+0.001) != 22 {
		t.Errorf("%.2f characters, %.2f lines", chars, lines)
	}
}
