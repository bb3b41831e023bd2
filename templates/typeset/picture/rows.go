package picture

import (
	"bytes"
	"errors"
	"image"
	"image/draw"

	"github.com/klauspost/compress/zlib"

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
	x, err := recodePNG(rows, nil)
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
	if im.Reduce.Quality == 0 {
		x, err := recodePNG(rows, boxes)
		if err != nil {
			return nil, errNotInRows
		}
		x.Change = covered
		return x, nil
	}
	less, lower := reducedTo(im, w, h)
	dst, err := scale.PhotoRows(&coveredRows{rows, boxes, 0}, w, h, less, lower)
	if err != nil {
		return nil, errNotInRows
	}
	return jpegCopy(dst, im.Reduce.Quality, whyReduced(im))
}

// recodePNG codes a PNG as RGB of 8 bits on white, its boxes black. What is as it was and
// stands below a row that is keeps its filter and its bytes: only where something changes
// is a row filtered anew.
func recodePNG(src *pngrows.Reader, boxes []image.Rectangle) (*Prepared, error) {
	var packed bytes.Buffer
	deflate, err := zlib.NewWriterLevel(&packed, deflateLevel)
	if err != nil {
		return nil, err
	}
	w := src.Width
	now, last := image.NewRGBA(image.Rect(0, 0, w, 1)), image.NewRGBA(image.Rect(0, 0, w, 1))
	row, above, out := make([]byte, 3*w), make([]byte, 3*w), make([]byte, 1+3*w)
	kept := true // the row above; there is none above the first
	for y := range src.Height {
		coded, err := src.Row(now.Pix)
		if err != nil {
			return nil, err
		}
		keep := coverRow(now, boxes, y) == 0 && coded != nil
		if keep && kept {
			copy(out, coded)
		} else {
			colours(row, now.Pix)
			colours(above, last.Pix)
			filterRow(out, row, above)
		}
		if _, err := deflate.Write(out); err != nil {
			return nil, err
		}
		now, last, kept = last, now, keep
	}
	if err := deflate.Close(); err != nil {
		return nil, err
	}
	return rgbObject(w, src.Height, packed.Bytes()), nil
}

// coverRow covers what lies under boxes of a picture's row, and tells how many of them touch it.
func coverRow(row *image.RGBA, boxes []image.Rectangle, y int) (touching int) {
	for _, b := range boxes {
		if b = b.Sub(image.Pt(0, y)).Intersect(row.Rect); !b.Empty() {
			draw.Draw(row, b, image.Black, image.Point{}, draw.Src)
			touching++
		}
	}
	return touching
}

// colours are the bytes of pixels without their alpha.
func colours(to, pix []byte) {
	for ; len(pix) >= 4 && len(to) >= 3; to, pix = to[3:], pix[4:] {
		to[0], to[1], to[2] = pix[0], pix[1], pix[2]
	}
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
