package picture

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"

	"juzheng/evidence/scale"
	"juzheng/templates/document"
)

// coveredQuality is that of a JPEG whose pixels were covered: what is not
// covered looks as it did.
const coveredQuality = 95

// copyObject makes a copy of a picture for paper: with pixels replaced under
// boxes, with fewer pixels, or both. Nothing of the original's coding or
// metadata reaches the copy. It keeps the way the picture is stored; the page
// turns it upright.
func copyObject(data []byte, im *document.Image) (*Prepared, error) {
	isJPEG := bytes.HasPrefix(data, []byte("\xff\xd8"))
	if bytes.HasPrefix(data, []byte(pngSign)) {
		if x, err := copyPNG(data, im); !errors.Is(err, errNotInRows) {
			return x, err
		}
	}
	src, why, err := decodeWhole(data)
	if err != nil {
		return nil, err
	}
	if len(im.Hide) > 0 {
		if src, err = cover(src, im.Hide, im.Orientation); err != nil {
			return nil, err
		}
		why = covered
	}
	if im.Reduce.Quality == 0 {
		if isJPEG {
			return jpegCopy(onWhite(src), coveredQuality, why)
		}
		x, err := recode(src)
		if err == nil {
			x.Change = why
		}
		return x, err
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if less, lower := reducedTo(im, w, h); less < w || lower < h {
		return jpegCopy(scale.To(src, src.Bounds(), less, lower), im.Reduce.Quality, whyReduced(im))
	}
	return jpegCopy(onWhite(src), im.Reduce.Quality, whyReduced(im))
}

// reducedTo is the size to which a picture of w by h pixels, as stored, is made smaller.
func reducedTo(im *document.Image, w, h int) (int, int) {
	wide := w
	if im.Orientation >= 5 && im.Orientation <= 8 {
		wide = h
	}
	if most := im.Reduce.Width; most > 0 && wide > most {
		return max(1, w*most/wide), max(1, h*most/wide)
	}
	return w, h
}

func whyReduced(im *document.Image) Change {
	if len(im.Hide) > 0 {
		return coveredReduced
	}
	return reduced
}

// decodeWhole decodes a picture that is whole.
func decodeWhole(data []byte) (image.Image, Change, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		p, err := walkJPEG(data)
		if err != nil {
			return nil, 0, err
		}
		if err := checkSize(p.width, p.height, maxDecoded); err != nil {
			return nil, 0, err
		}
		if p.components == 4 {
			src, err := decodeInk(data, p)
			return src, separated, err
		}
	case bytes.HasPrefix(data, []byte(pngSign)):
		if _, err := walkPNG(data); err != nil {
			return nil, 0, err
		}
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, image.ErrFormat) {
		return nil, 0, &Error{unknownPicture, err}
	}
	if err != nil {
		return nil, 0, &Error{damagedPicture, err}
	}
	if err := checkSize(config.Width, config.Height, maxDecoded); err != nil {
		return nil, 0, err
	}
	src, err := decode(data)
	if err != nil {
		return nil, 0, &Error{damagedPicture, err}
	}
	return src, untouched, nil
}

// cover replaces the pixels under boxes by black. A box that reaches outside
// the picture is an error: what it was meant for might stay uncovered.
func cover(src image.Image, boxes []image.Rectangle, orientation int) (image.Image, error) {
	dst := onWhite(src)
	all, err := coveredIn(boxes, orientation, dst.Bounds().Dx(), dst.Bounds().Dy())
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		draw.Draw(dst, r, image.Black, image.Point{}, draw.Src)
	}
	return dst, nil
}

// coveredIn are boxes as they lie in a picture as it is stored, w by h pixels.
func coveredIn(boxes []image.Rectangle, orientation, w, h int) (out []image.Rectangle, err error) {
	for _, b := range boxes {
		r := stored(b, orientation, w, h)
		if r.Empty() || !r.In(image.Rect(0, 0, w, h)) {
			return nil, refuse(outsideBox, "box %v in a picture of %d by %d, orientation %d", b, w, h, orientation)
		}
		out = append(out, r)
	}
	return out, nil
}

// stored is where a box of the upright picture lies in the picture as it is
// stored, w by h pixels (EXIF 2.32, Orientation).
func stored(b image.Rectangle, orientation, w, h int) image.Rectangle {
	x, y, bw, bh := b.Min.X, b.Min.Y, b.Dx(), b.Dy()
	switch orientation {
	case 2:
		x = w - x - bw
	case 3:
		x, y = w-x-bw, h-y-bh
	case 4:
		y = h - y - bh
	case 5:
		x, y, bw, bh = y, x, bh, bw
	case 6:
		x, y, bw, bh = y, h-x-bw, bh, bw
	case 7:
		x, y, bw, bh = w-y-bh, h-x-bw, bh, bw
	case 8:
		x, y, bw, bh = w-y-bh, x, bh, bw
	}
	return image.Rectangle{Min: image.Pt(x, y), Max: image.Pt(x+bw, y+bh)}
}

// onWhite is a copy of a picture on white.
func onWhite(src image.Image) *image.RGBA {
	b := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Over)
	return dst
}

func jpegCopy(src image.Image, quality int, why Change) (*Prepared, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, src, &jpeg.Options{Quality: quality}); err != nil {
		return nil, refuse(hugePicture, "%w", err)
	}
	x, err := jpegObject(b.Bytes())
	if err == nil {
		x.Change = why
	}
	return x, err
}
