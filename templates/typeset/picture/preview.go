package picture

import (
	"image"
	"image/png"
	"io"

	"juzheng/templates/document"
)

// Preview writes a picture upright as a PNG: with what is to be hidden
// replaced, or, with a grid, whole and ruled into the cells of
// [evidence.Grid], to read the places of boxes from.
func Preview(w io.Writer, im *document.Image, grid bool) error {
	out, err := Upright(im)
	if err != nil {
		return err
	}
	if grid {
		if out, err = ruled(out); err != nil {
			return err
		}
	}
	return png.Encode(w, out)
}

// Upright is a picture as it is seen, with what is to be hidden replaced.
func Upright(im *document.Image) (out *image.RGBA, err error) {
	defer func() { // decoders of formats we do not own
		if fault := recover(); fault != nil {
			out, err = nil, refuse(damagedPicture, "decoder: %v", fault)
		}
	}()
	data, err := fileOf(im)
	if err != nil {
		return nil, err
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
			at := stored(image.Rect(x, y, x+1, y+1), orientation, w, h).Min
			out.Set(x, y, src.At(at.X, at.Y))
		}
	}
	return out
}
