package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"slices"
)

var errJPEG = errors.New("not a whole JPEG")

// A jpegShape is what a walk over the segments of a JPEG found (ITU-T T.81,
// annex B).
type jpegShape struct {
	width, height int
	components    int
	rgb           bool // components named R, G, B and no mark of Adobe's
	adobe         bool
	parts         [][]byte // without application segments and comments
}

// jpegObject passes a JPEG through as it is coded, less its metadata.
func jpegObject(data []byte) (*Prepared, error) {
	p, err := walkJPEG(data)
	if err != nil {
		return nil, err
	}
	if err := checkSize(p.width, p.height, maxPixels); err != nil {
		return nil, err
	}
	x := &Prepared{Width: p.width, Height: p.height, Bits: 8, Filter: "/Filter /DCTDecode", Parts: p.parts}
	switch p.components {
	case 1:
		x.Space = "/DeviceGray"
	case 3:
		x.Space = "/DeviceRGB"
		if p.rgb { // a PDF reader would take them for YCbCr (ISO 32000-1, table 13)
			x.Filter += " /DecodeParms <</ColorTransform 0>>"
		}
	case 4:
		return inkObject(data, p)
	default:
		return nil, refuse(variantOfFormat, "JPEG of %d components", p.components)
	}
	return x, nil
}

// walkJPEG goes from segment to segment to the end of the picture. A file
// that was cut has no end; one with a coding no reader of PDF knows is
// refused.
func walkJPEG(data []byte) (jpegShape, error) {
	var p jpegShape
	p.parts = append(p.parts, data[:2])
	keep := 2 // where the part begins that is still to be taken over
	take := func(end int) {
		if end > keep {
			p.parts = append(p.parts, data[keep:end])
		}
	}
	scans := 0
	for at := 2; ; {
		for at+1 < len(data) && data[at] == 0xFF && data[at+1] == 0xFF { // fill bytes
			at++
		}
		if at+2 > len(data) || data[at] != 0xFF {
			return p, refuse(damagedPicture, "%w: no marker at byte %d", errJPEG, at)
		}
		marker := data[at+1]
		if marker == 0xD9 { // end of image; what follows is not part of it
			if scans == 0 || p.width == 0 {
				return p, refuse(damagedPicture, "%w: nothing before its end", errJPEG)
			}
			take(at + 2)
			return p, nil
		}
		if at+4 > len(data) {
			return p, refuse(damagedPicture, "%w: cut at byte %d", errJPEG, at)
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 2 || at+2+size > len(data) {
			return p, refuse(damagedPicture, "%w: segment at byte %d", errJPEG, at)
		}
		end := at + 2 + size
		switch body := data[at+4 : end]; {
		case marker == 0xDA:
			scans++
			end = scanEnd(data, end)
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			if err := p.frame(marker, body); err != nil {
				return p, err
			}
		case marker == 0xEE && bytes.HasPrefix(body, []byte("Adobe")):
			p.adobe, p.rgb = true, false // says how colours are coded, so it stays
		case marker >= 0xE0 && marker <= 0xEF, marker == 0xFE:
			take(at)
			keep = end
		}
		at = end
	}
}

// frame reads a frame header. Baseline, extended and progressive Huffman
// coding of 8 bits are what PDF readers decode.
func (p *jpegShape) frame(marker byte, body []byte) error {
	if p.width != 0 || len(body) < 6 || len(body) < 6+3*int(body[5]) {
		return refuse(damagedPicture, "%w: frame header", errJPEG)
	}
	if marker > 0xC2 || body[0] != 8 {
		return refuse(variantOfFormat, "JPEG process %#x of %d bits", marker, body[0])
	}
	p.height, p.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	p.components = int(body[5])
	if p.width == 0 || p.height == 0 {
		return refuse(damagedPicture, "%w: %d by %d pixels", errJPEG, p.width, p.height)
	}
	p.rgb = p.components == 3 && !p.adobe && body[6] == 'R' && body[9] == 'G' && body[12] == 'B'
	return nil
}

// scanEnd is where the coded data of a scan end: at a marker that is neither
// a stuffed byte nor a restart.
func scanEnd(data []byte, at int) int {
	for {
		n := bytes.IndexByte(data[at:], 0xFF)
		if n < 0 || at+n+1 >= len(data) {
			return len(data)
		}
		at += n
		if m := data[at+1]; m != 0 && (m < 0xD0 || m > 0xD7) {
			return at
		}
		at += 2
	}
}

// inkObject turns a CMYK picture into RGB: with an sRGB output intent a
// PDF/A cannot hold it. Adobe's programs store inks inverted and say so by
// their mark; without it they are as they are.
func inkObject(data []byte, p jpegShape) (*Prepared, error) {
	if err := checkSize(p.width, p.height, maxDecoded); err != nil {
		return nil, err
	}
	src, err := decodeInk(data, p)
	if err != nil {
		return nil, err
	}
	x, err := recode(src)
	if err != nil {
		return nil, err
	}
	x.Change = separated
	return x, nil
}

// decodeInk decodes a CMYK picture, its inks the right way round.
func decodeInk(data []byte, p jpegShape) (image.Image, error) {
	if !p.adobe { // image/jpeg wants the mark, and takes the inks for inverted
		mark := append([]byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"), 0)
		data = slices.Concat(data[:2], mark, data[2:])
	}
	src, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, &Error{damagedPicture, err}
	}
	if ink, ok := src.(*image.CMYK); ok && !p.adobe {
		for i := range ink.Pix {
			ink.Pix[i] = 255 - ink.Pix[i]
		}
	}
	return src, nil
}
