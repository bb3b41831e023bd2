package typeset

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	scaled "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"juzheng/evidence"
	"juzheng/templates/letter"
)

// Preview writes a picture upright as a PNG: with what is to be hidden
// replaced, or, with a grid, whole and with lines that are numbered in
// pixels, to read the places of boxes from.
func Preview(w io.Writer, im *letter.Image, grid bool) error {
	out, err := Upright(im)
	if err != nil {
		return err
	}
	if grid {
		drawGrid(out)
	}
	return png.Encode(w, out)
}

// Upright is a picture as it is seen, with what is to be hidden replaced.
func Upright(im *letter.Image) (out *image.RGBA, err error) {
	defer func() { // decoders of formats we do not own
		if fault := recover(); fault != nil {
			out, err = nil, refuse(damagedPicture, "decoder: %v", fault)
		}
	}()
	in, err := im.Open()
	if err != nil {
		return nil, &PictureError{closedPicture, err}
	}
	defer in.Close()
	data, err := readWhole(in)
	if err != nil {
		return nil, err
	}
	if isHEIF(data) {
		return nil, refuse(heicPicture, "ISO base media file, brand %q", data[8:12])
	}
	src, _, err := decodeWhole(data)
	if err != nil {
		return nil, err
	}
	if src, err = cover(src, im.Hide, im.Orientation); err != nil {
		return nil, err
	}
	return turned(src, im.Orientation), nil
}

// turned is a picture turned upright.
func turned(src image.Image, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 && orientation <= 8 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			at := stored(evidence.Box{X: x, Y: y, W: 1, H: 1}, orientation, w, h).Min
			out.Set(x, y, src.At(at.X, at.Y))
		}
	}
	return out
}

// drawGrid draws a line every hundred pixels, or as many as leave about ten
// lines to a side, each with its number.
func drawGrid(im *image.RGBA) {
	w, h := im.Bounds().Dx(), im.Bounds().Dy()
	step := 100
	for w/step > 14 {
		step *= 2
	}
	ink := image.NewUniform(color.RGBA{220, 0, 0, 255})
	thick := max(1, w/700)
	zoom := max(1, w/360)
	for x := 0; x < w; x += step {
		draw.Draw(im, image.Rect(x, 0, x+thick, h), ink, image.Point{}, draw.Src)
		for y := 0; y < h; y += 10 * step { // again and again, for a picture of many screens
			number(im, x+2*thick, y+2*thick, zoom, fmt.Sprint(x))
		}
	}
	for y := 0; y < h; y += step {
		draw.Draw(im, image.Rect(0, y, w, y+thick), ink, image.Point{}, draw.Src)
		if y%(10*step) != 0 {
			number(im, 2*thick, y+2*thick, zoom, fmt.Sprint(y))
		}
	}
}

// number writes a number, red on white, so many times larger than the font.
func number(im *image.RGBA, x, y, zoom int, s string) {
	small := image.NewRGBA(image.Rect(0, 0, 7*len(s)+2, 14))
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: small, Src: image.NewUniform(color.RGBA{200, 0, 0, 255}), Face: basicfont.Face7x13, Dot: fixed.P(1, 11)}
	d.DrawString(s)
	b := small.Bounds()
	scaled.NearestNeighbor.Scale(im, image.Rect(x, y, x+b.Dx()*zoom, y+b.Dy()*zoom), small, b, draw.Src, nil)
}
