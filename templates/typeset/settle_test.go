package typeset

import (
	"testing"

	"juzheng/templates/document"
)

// Where two layouts lead to one another, as with page 10 whose digits are wider than those of
// 11, each number has the same room, so that no line changes with it any more; until then it
// has its own.
func TestNumbersOfOneRoom(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	widths := func(digits map[string]int) map[float64]bool {
		out := map[float64]bool{}
		for page := 1; page < 100; page++ {
			l := newLayouter(u, bookArea, document.Document{}, map[string]int{"E001": page})
			l.digits = digits
			w := 0.0
			for _, g := range l.glyphs([]document.Span{{Text: "证据1（"}, {Exhibit: "E001"}, {Text: "）"}}, l.textStyle(true)) {
				w += g.width + g.gap
			}
			out[float64(int(w*1e6))] = true
		}
		return out
	}
	if own := widths(nil); len(own) < 3 {
		t.Errorf("numbers of %d widths by themselves: this test shows nothing", len(own))
	}
	if same := widths(map[string]int{"E001": 2}); len(same) != 1 {
		t.Errorf("numbers of %d widths", len(same))
	}
}
