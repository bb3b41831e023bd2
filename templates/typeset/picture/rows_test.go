package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// pixels are those of a prepared picture of RGB, whose data are those of a PNG.
func pixels(t *testing.T, x *Prepared) image.Image {
	t.Helper()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(x.Width)), uint32(x.Height))
	file := append([]byte(pngSign), picturetest.Chunk("IHDR", append(head, 8, pngRGB, 0, 0, 0))...)
	file = append(file, picturetest.Chunk("IDAT", bytes.Join(x.Parts, nil))...)
	m, err := png.Decode(bytes.NewReader(append(file, picturetest.Chunk("IEND", nil)...)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Wherever rows are clear or covered, each pixel is that of the picture on white with its
// boxes black, though rows that stay as they are keep how they were filtered.
func TestRowsThatStay(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for try := range 60 {
		m := image.NewNRGBA(image.Rect(0, 0, 1+r.IntN(40), 2+r.IntN(60)))
		w, h := m.Rect.Dx(), m.Rect.Dy()
		for y := range h {
			for x := range w {
				c := color.NRGBA{uint8(x * y), uint8(try + y/9), uint8(r.IntN(1+try) * 50), 255}
				m.SetNRGBA(x, y, c)
			}
		}
		clear := r.IntN(4)
		for range clear {
			m.Pix[r.IntN(w*h)*4+3] = uint8(r.Uint32())
		}
		im := &document.Image{Open: picturetest.Opener(picturetest.PNG(m))}
		for range r.IntN(3) {
			x, y := r.IntN(w), r.IntN(h)
			im.Hide = append(im.Hide, image.Rect(x, y, x+1+r.IntN(w-x), y+1+r.IntN(h-y)))
		}
		if clear == 0 && len(im.Hide) == 0 {
			continue // passed through as it is
		}
		x, err := prepare(im)
		if err != nil {
			t.Fatal(err)
		}
		want := onWhite(m)
		for _, b := range im.Hide {
			draw.Draw(want, b, image.Black, image.Point{}, draw.Src)
		}
		if got := onWhite(pixels(t, x)); !bytes.Equal(got.Pix, want.Pix) {
			t.Fatalf("%d by %d with boxes %v and %d clear: other pixels", w, h, im.Hide, clear)
		}
	}
}
