package picture

import (
	"bytes"
	"errors"
	"image"
	"image/draw"

	"juzheng/evidence/pngrows"
	"juzheng/evidence/scale"
	"juzheng/templates/document"
)

// errNotInRows is of a PNG that is not read in rows: it is decoded as a whole, which also
// tells what is wrong with it.
var errNotInRows = errors.New("not read in rows")

// flatPNG is a PNG on white, coded again; nil if it is not read in rows.
func flatPNG(data []byte, p pngShape) *Prepared {
	rows, err := pngrows.New(bytes.NewReader(data))
	if err != nil || checkSize(p.width, p.height, maxDecoded) != nil {
		return nil
	}
	x, err := recodeRows(rows, p.width, p.height)
	if err != nil {
		return nil
	}
	if rows.Clear {
		x.Change = flattened
	}
	return x
}

// copyPNG is [copyObject] of a PNG, of which no more than some rows are held.
func copyPNG(data []byte, im *document.Image) (*Prepared, error) {
	rows, err := pngrows.New(bytes.NewReader(data))
	if err != nil || checkSize(rows.Width, rows.Height, maxDecoded) != nil {
		return nil, errNotInRows
	}
	w, h := rows.Width, rows.Height
	boxes, err := coveredIn(im.Hide, im.Orientation, w, h)
	if err != nil {
		return nil, err
	}
	src := &coveredRows{rows, boxes, 0}
	if im.Reduce.Quality == 0 {
		x, err := recodeRows(src, w, h)
		if err != nil {
			return nil, errNotInRows
		}
		x.Change = covered
		return x, nil
	}
	less, lower := reducedTo(im, w, h)
	dst, err := scale.PhotoRows(src, w, h, less, lower)
	if err != nil {
		return nil, errNotInRows
	}
	return jpegCopy(dst, im.Reduce.Quality, whyReduced(im))
}

// coveredRows are strips of a picture with its boxes black.
type coveredRows struct {
	src   scale.Strips
	boxes []image.Rectangle
	y     int
}

func (c *coveredRows) Strip(to *image.RGBA) error {
	if err := c.src.Strip(to); err != nil {
		return err
	}
	for _, b := range c.boxes {
		draw.Draw(to, b.Sub(image.Pt(0, c.y)), image.Black, image.Point{}, draw.Src)
	}
	c.y += to.Rect.Dy()
	return nil
}
