package scan

import (
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// written is a page of paragraphs, as the letters have them: lines of one height, their
// last ones short. Pages of other seeds have other paragraphs.
func written(seed uint64) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 310, 438))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	r := rand.New(rand.NewPCG(seed, 1))
	for y, left := 35, 0; y < 400; y += 9 {
		end := 275
		if left--; left < 0 { // the next paragraph
			left, end = 1+r.IntN(5), 40+r.IntN(200)
		}
		for x := 35; x < end; x += 6 {
			draw.Draw(m, image.Rect(x, y, x+2+r.IntN(3), y+5), image.Black, image.Point{}, draw.Src)
		}
	}
	return m
}

// laid is a page as it comes off a scanner: turned and shifted a little, larger, grey.
func laid(m image.Image, shear, scale, dx, dy float64) image.Image {
	out := image.NewGray(m.Bounds())
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{Y: 243}), image.Point{}, draw.Src)
	draw.BiLinear.Transform(out, f64.Aff3{scale, -shear, dx, shear, scale, dy}, m, m.Bounds(), draw.Src, nil)
	return out
}

// The pages of a scan are known again, whole or not, in whatever order; what is no page of
// the letter, or slants too much, is nobody's, and says nothing against the scan.
func TestOrderOfPages(t *testing.T) {
	var letter []*Print
	var pages []image.Image
	for seed := range uint64(4) {
		pages = append(pages, written(seed))
		letter = append(letter, PrintOf(pages[seed]))
	}
	other := written(99)
	slanting := laid(pages[0], 0.3, 0.8, 60, 5)
	for _, c := range []struct {
		name    string
		scan    []image.Image
		shows   string
		missing string
		mixed   bool
	}{
		{"in order", pages, "[1 2 3 4]", "[]", false},
		{"two turned round", []image.Image{pages[1], pages[0], pages[2], pages[3]}, "[2 1 3 4]", "[]", true},
		{"one missing", []image.Image{pages[0], pages[2], pages[3]}, "[1 3 4]", "[2]", false},
		{"the last missing", pages[:3], "[1 2 3]", "[4]", false},
		{"one twice", []image.Image{pages[0], pages[0], pages[1], pages[2], pages[3]}, "[1 1 2 3 4]", "[]", true},
		{"a copy of something before it", []image.Image{other, pages[0], pages[1], pages[2], pages[3]}, "[0 1 2 3 4]",
			"[]", false},
		{"one that slants", []image.Image{slanting, pages[1], pages[2], pages[3]}, "[0 2 3 4]", "[]", false},
		{"one that slants, and one too few", []image.Image{slanting, pages[1], pages[3]}, "[0 2 4]", "[1 3]", false},
		{"an empty page", []image.Image{image.NewGray(image.Rect(0, 0, 60, 90)), pages[0], pages[1], pages[2],
			pages[3]}, "[0 1 2 3 4]", "[]", false},
	} {
		var scanned []*Print
		for n, p := range c.scan {
			scanned = append(scanned, PrintOf(laid(p, 0.01, 1+0.01*float64(n%3), float64(n), -float64(n))))
		}
		o := OrderOf(Shows(scanned, letter), len(letter))
		if fmt.Sprint(o.Shows) != c.shows || fmt.Sprint(o.Missing) != c.missing || o.Mixed != c.mixed ||
			o.Right() != (!c.mixed && c.missing == "[]") {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}
