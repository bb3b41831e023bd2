package media

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
)

// lines draws a page of dark marks; the seed decides where they stand.
func lines(seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, 540, 1200))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	for y := 90; y < 1100; y += 30 {
		for x := 20; x < 500; x += 20 + r.IntN(60) {
			draw.Draw(m, image.Rect(x, y, x+8+r.IntN(12), y+20), image.Black, image.Point{}, draw.Src)
		}
	}
	return m
}

// A smaller copy is like its original, a page with other marks is not.
func TestLikenessSurvivesScaling(t *testing.T) {
	page := lines(1)
	small := image.NewRGBA(image.Rect(0, 0, 360, 800))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), page, page.Bounds(), draw.Src, nil)
	one := ParseLikeness(likenessOf(page))
	if two := ParseLikeness(likenessOf(small)); !one.Like(two) || !two.Like(one) {
		t.Errorf("of a copy %.2f of the edges differ", differing(one, two))
	}
	if other := ParseLikeness(likenessOf(lines(2))); one.Like(other) {
		t.Errorf("of another page only %.2f of the edges differ", differing(one, other))
	}
	if none := ParseLikeness("?"); none.Like(one) || none.Like(none) {
		t.Error("a picture without a likeness is like another")
	}
}

// A blank page has no likeness: it would be like every other.
func TestBlankHasNoLikeness(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 400, 900))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if s := likenessOf(m); s != "" {
		t.Errorf("%q", s)
	}
}
