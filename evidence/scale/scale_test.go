package scale

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"runtime"
	"testing"

	"golang.org/x/image/draw"
)

func noise(r *rand.Rand, w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(3, 5, 3+w, 5+h))
	for n := range m.Pix {
		m.Pix[n] = uint8(r.Uint32())
	}
	return m
}

// Each pixel is the mean of its area on white, to the nearest whole number: held
// against sums in floating point over every part of a pixel.
func TestMeanOfArea(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		src := noise(r, 1+r.IntN(40), 1+r.IntN(60))
		w, h := 1+r.IntN(50), 1+r.IntN(50)
		b := src.Bounds()
		got := To(src, b, w, h)
		white := image.NewRGBA(b)
		draw.Draw(white, b, image.White, image.Point{}, draw.Src)
		draw.Draw(white, b, src, b.Min, draw.Over)
		overlap := func(n, of, m, parts int) float64 { // of the n-th of so many with the m-th of the others
			return max(0, min(float64(n+1)/float64(of), float64(m+1)/float64(parts))-
				max(float64(n)/float64(of), float64(m)/float64(parts)))
		}
		for x := range w {
			for y := range h {
				sum, weight := 0.0, 0.0
				for u := range b.Dx() {
					for v := range b.Dy() {
						part := overlap(x, w, u, b.Dx()) * overlap(y, h, v, b.Dy())
						sum += part * float64(white.RGBAAt(b.Min.X+u, b.Min.Y+v).G)
						weight += part
					}
				}
				if d := float64(got.RGBAAt(x, y).G) - sum/weight; d > 0.501 || d < -0.501 {
					t.Fatalf("%v to %d by %d, pixel %d %d: %d, want %.3f", b, w, h, x, y, got.RGBAAt(x, y).G, sum/weight)
				}
			}
		}
	}
}

// Pixels as a JPEG has them are those of the whole colours, and a JPEG of either has the
// same bytes where no square of the encoder is cut at an edge.
func TestPhotoRows(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, size := range []image.Point{{1, 1}, {2, 1}, {1, 2}, {33, 47}, {50, 20}, {64, 48}} {
		src := noise(r, 90, 110)
		whole, _ := Rows(Of(src, src.Rect.Min), 90, 110, size.X, size.Y)
		photo, err := PhotoRows(Of(src, src.Rect.Min), 90, 110, size.X, size.Y)
		if err != nil || photo.Bounds() != whole.Bounds() {
			t.Fatal(err, photo.Bounds())
		}
		at := func(x, y int) (uint8, uint8, uint8) {
			p := whole.RGBAAt(min(x, size.X-1), min(y, size.Y-1))
			return color.RGBToYCbCr(p.R, p.G, p.B)
		}
		for x := range size.X {
			for y := range size.Y {
				light, _, _ := at(x, y)
				cb, cr := 2, 2
				for n := range 4 {
					_, b, r := at(x/2*2+n%2, y/2*2+n/2)
					cb, cr = cb+int(b), cr+int(r)
				}
				if got, want := photo.YCbCrAt(x, y), (color.YCbCr{light, uint8(cb / 4), uint8(cr / 4)}); got != want {
					t.Fatalf("%v, pixel %d %d: %v, want %v", size, x, y, got, want)
				}
			}
		}
		var a, b bytes.Buffer
		if err := errors.Join(jpeg.Encode(&a, whole, nil), jpeg.Encode(&b, photo, nil)); err != nil {
			t.Fatal(err)
		}
		if size.X%16+size.Y%16 == 0 && !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%v: JPEGs of %d and %d bytes differ", size, a.Len(), b.Len())
		}
	}
}

// What lies outside the rectangle has no part in it, and one colour stays itself.
func TestRectangle(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 90, 70))
	draw.Draw(m, image.Rect(20, 10, 61, 47), image.NewUniform(color.RGBA{10, 200, 30, 255}), image.Point{}, draw.Src)
	got := To(m, image.Rect(20, 10, 61, 47), 13, 17)
	for n := 0; n < len(got.Pix); n += 4 {
		if p := [4]uint8(got.Pix[n:]); p != [4]uint8{10, 200, 30, 255} {
			t.Fatalf("%v", p)
		}
	}
	if e := To(m, image.Rect(200, 200, 300, 300), 4, 4); e.Bounds() != image.Rect(0, 0, 4, 4) {
		t.Errorf("of nothing: %v", e.Bounds())
	}
}

// A screenshot of thirty thousand rows takes little beside itself.
func TestMemoryOfLongPicture(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 1080, 30_000))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := To(m, m.Bounds(), 540, 15_000)
	runtime.ReadMemStats(&after)
	if beside := int(after.TotalAlloc-before.TotalAlloc) - len(got.Pix); beside > 1<<20 {
		t.Errorf("%d bytes beside the picture and its copy", beside)
	}
}

func BenchmarkTo(b *testing.B) {
	m := image.NewRGBA(image.Rect(0, 0, 1080, 2400)) // as a PNG of a screen is decoded
	draw.Draw(m, m.Bounds(), noise(rand.New(rand.NewPCG(1, 1)), 1080, 2400), image.Pt(3, 5), draw.Over)
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Over)
	b.Run("area", func(b *testing.B) {
		for b.Loop() {
			To(m, m.Bounds(), 540, 1200)
		}
	})
	b.Run("bilinear", func(b *testing.B) {
		dst := image.NewRGBA(image.Rect(0, 0, 540, 1200))
		for b.Loop() {
			draw.BiLinear.Scale(dst, dst.Bounds(), m, m.Bounds(), draw.Src, nil)
		}
	})
}
