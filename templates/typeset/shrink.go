package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"

	scale "golang.org/x/image/draw"

	"juzheng/templates/letter"
)

// A Copy is a picture brought down in size for an upload: upright pixels of a
// JPEG of its own, or the picture as it is, where that is no larger.
type Copy struct {
	Image         *letter.Image // shows the copy; its caption is that of the original
	Bytes         int64         // about as many as it takes in a file
	Width, Height int           // of the copy, as seen
	Quality       int           // of the JPEG, 1 to 100; 0: no pixel was changed
	Err           error         // a [PictureError]: there is no copy
}

// A Step says how far a picture is brought down.
type Step struct {
	Side    int // the shorter side has at most so many pixels
	Quality int // of JPEG, 1 to 100
}

// Shrink makes copies of pictures, each by its own step, in their order. The
// originals are only read. The same pictures give the same copies.
func Shrink(images []*letter.Image, steps []Step) []Copy {
	numbers := make([]int, len(images))
	for n := range images {
		numbers[n] = n
	}
	out := make([]Copy, 0, len(images))
	_ = inOrder(numbers, func(n int) Copy { return shrink(images[n], steps[n]) }, func(c Copy) error { // never fails
		out = append(out, c)
		return nil
	})
	return out
}

// shrink makes one copy.
func shrink(im *letter.Image, s Step) (c Copy) {
	defer func() { // decoders of formats we do not own
		if fault := recover(); fault != nil {
			c = Copy{Err: refuse(damagedPicture, "decoder: %v", fault)}
		}
	}()
	as, err := prepare(im)
	if err != nil {
		return Copy{Err: err}
	}
	whole := Copy{Image: im, Width: as.width, Height: as.height}
	if im.Orientation >= 5 && im.Orientation <= 8 {
		whole.Width, whole.Height = whole.Height, whole.Width
	}
	for _, p := range as.parts {
		whole.Bytes += int64(len(p))
	}
	if whole.Width*whole.Height > maxDecoded { // passed through, but never decoded
		return whole
	}
	less, err := jpegCopy(im, s)
	if err != nil {
		return Copy{Err: err}
	}
	if less.Bytes < whole.Bytes {
		return less
	}
	return whole
}

// jpegCopy decodes a picture, turns it upright, and codes it as a JPEG.
func jpegCopy(im *letter.Image, s Step) (Copy, error) {
	in, err := im.Open()
	if err != nil {
		return Copy{}, &PictureError{closedPicture, err}
	}
	defer in.Close()
	data, err := readWhole(in)
	if err != nil {
		return Copy{}, err
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Copy{}, &PictureError{damagedPicture, err}
	}
	small := turn(reduce(src, s.Side), im.Orientation)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: s.Quality}); err != nil {
		return Copy{}, fmt.Errorf("code a copy: %w", err)
	}
	b := small.Bounds()
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil }
	shown := &letter.Image{Open: open, MediaType: "image/jpeg", Width: b.Dx(), Height: b.Dy(), Orientation: 1, Caption: im.Caption}
	return Copy{Image: shown, Bytes: int64(out.Len()), Width: b.Dx(), Height: b.Dy(), Quality: s.Quality}, nil
}

// reduce scales a picture down on white, so that its shorter side has at most
// so many pixels; it never scales up. Grey stays grey.
func reduce(src image.Image, side int) draw.Image {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if short := min(w, h); short > side {
		w, h = max(1, w*side/short), max(1, h*side/short)
	}
	var dst draw.Image
	switch src.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		dst = image.NewGray(image.Rect(0, 0, w, h))
	default:
		dst = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	// It weighs all pixels below one of the copy, so that thin strokes stay.
	scale.BiLinear.Scale(dst, dst.Bounds(), src, b, draw.Over, nil)
	return dst
}

// turn makes a picture stored with an EXIF orientation upright.
func turn(src draw.Image, orientation int) draw.Image {
	if orientation < 2 || orientation > 8 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	dst := draw.Image(image.NewRGBA(image.Rect(0, 0, w, h)))
	if orientation >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			var to image.Point
			switch orientation {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			dst.Set(to.X, to.Y, src.At(x, y))
		}
	}
	return dst
}
