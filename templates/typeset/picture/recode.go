package picture

import (
	"bytes"
	"fmt"
	"image"

	"github.com/klauspost/compress/zlib"

	"juzheng/evidence/scale"
)

// deflateLevel packs nearly as well as the default and in much less time.
const deflateLevel = 3

// band is how many rows are taken from a picture at a time.
const band = 16

// recode codes a picture as RGB of 8 bits on white.
func recode(src image.Image) (*Prepared, error) {
	b := src.Bounds()
	return recodeRows(scale.Of(src, b.Min), b.Dx(), b.Dy())
}

// recodeRows codes strips of a picture of w by h pixels as RGB of 8 bits, row by row, so
// that nothing as large as the picture is held.
func recodeRows(src scale.Strips, w, h int) (*Prepared, error) {
	var packed bytes.Buffer
	deflate, err := zlib.NewWriterLevel(&packed, deflateLevel)
	if err != nil {
		return nil, err
	}
	strip := image.NewRGBA(image.Rect(0, 0, w, band))
	row, above, out := make([]byte, 3*w), make([]byte, 3*w), make([]byte, 1+3*w)
	for y := 0; y < h; y += band {
		if err := src.Strip(strip); err != nil {
			return nil, err
		}
		for n := range min(band, h-y) {
			colours(row, strip.Pix[n*strip.Stride:][:4*w])
			filterRow(out, row, above)
			if _, err := deflate.Write(out); err != nil {
				return nil, err
			}
			row, above = above, row
		}
	}
	if err := deflate.Close(); err != nil {
		return nil, err
	}
	return rgbObject(w, h, packed.Bytes()), nil
}

// rgbObject is a picture whose data are rows of RGB, filtered and packed.
func rgbObject(w, h int, packed []byte) *Prepared {
	return &Prepared{Width: w, Height: h, Bits: 8, Space: "/DeviceRGB", Parts: [][]byte{packed},
		Filter: fmt.Sprintf("/Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors 3 /BitsPerComponent 8 "+
			"/Columns %d>>", w)}
}

// filterRow writes a row of RGB with the Paeth filter, which suits photos and
// screens alike.
func filterRow(out, row, above []byte) {
	out[0] = 4
	for i := range row {
		left, corner := 0, 0
		if i >= 3 {
			left, corner = int(row[i-3]), int(above[i-3])
		}
		out[1+i] = row[i] - paeth(left, int(above[i]), corner)
	}
}
