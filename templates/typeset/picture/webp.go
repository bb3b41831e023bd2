package picture

import (
	"bytes"
	"image"

	_ "golang.org/x/image/webp"
)

// decode decodes a picture with the colours that it has. A lossy WebP holds luma from 16
// to 235 and chroma from 16 to 240 (RFC 6386, 9.2; BT.601), which the decoder hands out
// as if they went from 0 to 255, as those of a JPEG do: white would print as grey.
func decode(data []byte) (image.Image, error) {
	src, format, err := image.Decode(bytes.NewReader(data))
	if err != nil || format != "webp" {
		return src, err
	}
	switch m := src.(type) {
	case *image.YCbCr:
		fullRange(m)
	case *image.NYCbCrA:
		fullRange(&m.YCbCr)
	}
	return src, nil
}

// fullRange stretches the planes of a picture in place, which nobody else has.
func fullRange(m *image.YCbCr) {
	var luma, chroma [256]uint8
	for v := range 256 {
		luma[v] = clamp8((v-16)*255, 219)
		chroma[v] = clamp8((v-128)*255+128*224, 224)
	}
	for _, p := range []struct {
		plane []uint8
		table *[256]uint8
	}{{m.Y, &luma}, {m.Cb, &chroma}, {m.Cr, &chroma}} {
		for i, v := range p.plane {
			p.plane[i] = p.table[v]
		}
	}
}

// clamp8 is a/b, rounded, within a byte.
func clamp8(a, b int) uint8 {
	if a < 0 {
		return 0
	}
	return uint8(min((a+b/2)/b, 255))
}
