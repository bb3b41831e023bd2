package picture

import (
	"bytes"
	"image"
	"os"
	"testing"

	"github.com/klauspost/compress/zlib"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// What is white in a lossy WebP is white on paper, in what is put into the book as in
// copies with covered parts and in reduced ones, and the other colours are right too.
func TestLossyWebPHasItsColours(t *testing.T) {
	want := map[image.Point][3]int{{8, 8}: {255, 255, 255}, {56, 8}: {0, 0, 0}, {8, 56}: {255, 0, 0},
		{56, 56}: {0, 0, 255}}
	for _, file := range []string{"lossy.webp", "lossy-alpha.webp"} {
		data, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for name, im := range map[string]*document.Image{
			"book":      {},
			"redaction": {Hide: []image.Rectangle{image.Rect(30, 30, 34, 34)}},
			"copy":      {Reduce: document.Reduction{Width: 64, Quality: 100}},
		} {
			im.Open, im.Width, im.Height = picturetest.Opener(data), 64, 64
			x, err := prepare(im)
			if err != nil {
				t.Fatalf("%s, %s: %v", file, name, err)
			}
			at := pixelsOf(t, x)
			for p, rgb := range want {
				got := at(p)
				for k := range rgb {
					if d := got[k] - rgb[k]; d < -6 || d > 6 || rgb == [3]int{255, 255, 255} && name != "copy" && d != 0 {
						t.Errorf("%s, %s: at %v %v, want %v", file, name, p, got, rgb)
						break
					}
				}
			}
		}
	}
}

// pixelsOf reads a prepared picture: JPEG, or rows of RGB with the Paeth filter.
func pixelsOf(t *testing.T, x *Prepared) func(image.Point) [3]int {
	t.Helper()
	data := bytes.Join(x.Parts, nil)
	if bytes.HasPrefix(data, []byte("\xff\xd8")) {
		m, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return func(p image.Point) [3]int {
			r, g, b, _ := m.At(p.X, p.Y).RGBA()
			return [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}
		}
	}
	in, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var rows bytes.Buffer
	if _, err := rows.ReadFrom(in); err != nil {
		t.Fatal(err)
	}
	step := 3 * x.Width
	pix := make([]byte, step*(x.Height+1)) // a row of nothing above the first
	for y := range x.Height {
		coded := rows.Bytes()[y*(step+1):][: step+1 : step+1]
		if coded[0] != 4 {
			t.Fatalf("row %d has filter %d", y, coded[0])
		}
		for i := range step {
			left, corner := 0, 0
			if i >= 3 {
				left, corner = int(pix[(y+1)*step+i-3]), int(pix[y*step+i-3])
			}
			pix[(y+1)*step+i] = coded[1+i] + paeth(left, int(pix[y*step+i]), corner)
		}
	}
	return func(p image.Point) [3]int {
		at := (p.Y+1)*step + 3*p.X
		return [3]int{int(pix[at]), int(pix[at+1]), int(pix[at+2])}
	}
}
