package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// A box is measured in the picture as it is seen. Whatever way the picture is
// stored, what is seen under it is black, and all around it is as it was.
func TestCoverUpright(t *testing.T) {
	const w, h = 60, 40
	seen := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			seen.Set(x, y, color.RGBA{uint8(50 + 3*x), uint8(50 + 4*y), 200, 255})
		}
	}
	box := image.Rect(7, 5, 27, 16)
	for orientation := range 9 {
		sw, sh := w, h
		if orientation >= 5 {
			sw, sh = h, w
		}
		kept := image.NewRGBA(image.Rect(0, 0, sw, sh))
		for y := range h {
			for x := range w {
				at := stored(image.Rect(x, y, x+1, y+1), orientation, sw, sh).Min
				kept.Set(at.X, at.Y, seen.At(x, y))
			}
		}
		im := &document.Image{Open: picturetest.Opener(picturetest.PNG(kept)), MediaType: "image/png",
			Orientation: orientation, Hide: []image.Rectangle{box}}
		var out bytes.Buffer
		if err := Preview(&out, im, false); err != nil {
			t.Fatalf("orientation %d: %v", orientation, err)
		}
		got, err := png.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		for y := range h {
			for x := range w {
				want := seen.At(x, y)
				if image.Pt(x, y).In(box) {
					want = color.RGBA{0, 0, 0, 255}
				}
				if c := color.RGBAModel.Convert(got.At(x, y)); c != want {
					t.Fatalf("orientation %d: at %d,%d got %v, want %v", orientation, x, y, c, want)
				}
			}
		}
	}
}

// A box outside the picture is refused: its page has no picture at all, for
// what it was meant for would be seen.
func TestBoxOutsideThePicture(t *testing.T) {
	for _, b := range []evidence.Box{{X: 190, W: 20, H: 10}, {Y: 295, W: 10, H: 10}, {W: 0, H: 10}, {X: -1, W: 5, H: 5},
		{X: 9, W: -5, H: 5}} {
		box := b.Rectangle()
		_, err := prepare(&document.Image{Open: picturetest.Opener(picturetest.Secret(false)),
			Hide: []image.Rectangle{box}})
		var refused *Error
		if !errors.As(err, &refused) || refused.Reason != outsideBox {
			t.Errorf("%+v: got %v", box, err)
		}
	}
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	if _, err := prepare(&document.Image{Open: picturetest.Opener(heic),
		Hide: []image.Rectangle{image.Rect(0, 0, 1, 1)}}); err == nil || !strings.Contains(err.Error(), "HEIC") {
		t.Errorf("a HEIC with a box: %v", err)
	}
}

// A reduced copy is as wide as asked for, upright, and never wider than the
// picture.
func TestReduce(t *testing.T) {
	for _, c := range []struct{ orientation, width, want int }{{1, 100, 100}, {6, 100, 66}, {1, 500, 200},
		{6, 500, 200}} {
		x, err := prepare(&document.Image{Open: picturetest.Opener(picturetest.Secret(false)),
			Orientation: c.orientation, Reduce: document.Reduction{Width: c.width, Quality: 60}})
		if err != nil {
			t.Fatal(err)
		}
		if x.Width != c.want || x.Change != reduced {
			t.Errorf("%+v: %d pixels as stored, change %d", c, x.Width, x.Change)
		}
	}
}

// A small picture is ruled large enough to read the names of its cells, whose
// lines stand where [evidence.Grid] says.
func TestGrid(t *testing.T) {
	var out bytes.Buffer
	if err := Preview(&out, &document.Image{Open: picturetest.Opener(picturetest.Secret(false))}, true); err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	src, _, err := image.Decode(bytes.NewReader(picturetest.Secret(false)))
	if err != nil {
		t.Fatal(err)
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	g := evidence.GridOf(w, h)
	margin := got.Bounds().Dx() % w
	scale := (got.Bounds().Dx() - margin) / w
	for _, cell := range [][2]int{{0, 0}, {2, 3}, {g.Columns - 1, g.Rows - 1}} {
		b := g.Box(cell[0], cell[1], cell[0], cell[1])
		at := image.Pt(margin+b.X*scale, margin+(b.Y+b.H/2)*scale)
		if c := color.RGBAModel.Convert(got.At(at.X, at.Y)); c != (color.RGBA{230, 0, 0, 255}) {
			t.Errorf("no line left of %s, at %v: %v", g.Name(cell[0], cell[1]), at, c)
		}
	}
	if scale*g.Box(0, 0, 0, 0).W < leastCell {
		t.Errorf("cells of %d pixels", scale*g.Box(0, 0, 0, 0).W)
	}
}
