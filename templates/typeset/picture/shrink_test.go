package picture

import "testing"

// A copy has the side that was asked for, is never larger than the picture, and of a long
// screenshot no larger than can be held; the longest keeps half its width.
func TestWidthOf(t *testing.T) {
	for _, c := range []struct{ w, h, side, want int }{
		{1080, 2400, 540, 540},
		{1080, 2400, 1600, 1080},
		{4000, 3000, 1000, 1333},
		{3000, 4000, 1600, 1600},
		{1080, 30_000, 540, 540},
		{1080, 30_000, 1080, 670},
		{1080, maxDecoded / 1080, 1080, 540},
		{20_000, 10, 540, 20_000},
		{10, 20_000, 540, 10},
	} {
		if got := widthOf(c.w, c.h, c.side); got != c.want {
			t.Errorf("%d by %d to %d: %d, want %d", c.w, c.h, c.side, got, c.want)
		}
	}
}
