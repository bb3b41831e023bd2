package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
)

const pngSign = "\x89PNG\r\n\x1a\n"

var errPNG = errors.New("not a whole PNG")

// A pngShape is what a walk over the chunks of a PNG found (ISO/IEC 15948).
type pngShape struct {
	width, height int
	bits, colour  int // depth and colour type
	interlaced    bool
	palette       []byte
	clear         bool // has tRNS
	parts         [][]byte
}

// Colour types of PNG.
const (
	pngGray      = 0
	pngRGB       = 2
	pngPalette   = 3
	pngGrayAlpha = 4
	pngRGBA      = 6
)

func (p pngShape) channels() int {
	return map[int]int{pngGray: 1, pngRGB: 3, pngPalette: 1, pngGrayAlpha: 2, pngRGBA: 4}[p.colour]
}

// row is the number of bytes of a filtered row, its filter included.
func (p pngShape) row() int { return 1 + (p.width*p.channels()*p.bits+7)/8 }

// pngObject passes a PNG through as it is coded where PDF knows the coding.
// An alpha channel that is opaque throughout is dropped without coding the
// colours again; everything else is decoded. What is passed through is unpacked to
// know that it is whole, unless that is known.
func pngObject(s source) (*Prepared, error) {
	p, err := walkPNG(s.data)
	if err != nil {
		return nil, err
	}
	plain := p.colour == pngGray || p.colour == pngRGB || p.colour == pngPalette
	if plain && !p.interlaced && !p.clear {
		if s.digest != s.Decoded {
			if err := p.unpacks(); err != nil {
				return nil, err
			}
		}
		return p.through(), nil
	}
	return s.once(func() (*Prepared, error) {
		if p.bits == 8 && !plain && !p.interlaced && !p.clear {
			x, err := p.stripAlpha()
			if err != nil || x != nil {
				return x, err
			}
		}
		if x := flatPNG(s.data, p); x != nil {
			return x, nil
		}
		why := untouched
		if p.bits == 16 {
			why = narrowed
		}
		return decodedObject(s.data, why)
	})
}

// walkPNG goes from chunk to chunk; each must be whole and agree with its
// check sum.
func walkPNG(data []byte) (pngShape, error) {
	var p pngShape
	for at := len(pngSign); ; {
		if at+12 > len(data) {
			return p, refuse(damagedPicture, "%w: cut at byte %d", errPNG, at)
		}
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size < 0 || size > len(data)-at-12 {
			return p, refuse(damagedPicture, "%w: chunk at byte %d", errPNG, at)
		}
		kind, body := string(data[at+4:at+8]), data[at+8:at+8+size]
		if crc32.ChecksumIEEE(data[at+4:at+8+size]) != binary.BigEndian.Uint32(data[at+8+size:]) {
			return p, refuse(damagedPicture, "%w: check sum of chunk %q", errPNG, kind)
		}
		if (kind == "IHDR") != (at == len(pngSign)) {
			return p, refuse(damagedPicture, "%w: chunk %q", errPNG, kind)
		}
		switch kind {
		case "IHDR":
			if err := p.header(body); err != nil {
				return p, err
			}
		case "PLTE":
			p.palette = body
		case "tRNS":
			p.clear = true
		case "IDAT":
			p.parts = append(p.parts, body)
		case "IEND":
			return p, p.plausible()
		}
		at += 12 + size
	}
}

func (p *pngShape) header(body []byte) error {
	if len(body) != 13 {
		return refuse(damagedPicture, "%w: header", errPNG)
	}
	p.width, p.height = int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))
	p.bits, p.colour, p.interlaced = int(body[8]), int(body[9]), body[12] == 1
	depths := map[int][]byte{pngGray: {1, 2, 4, 8, 16}, pngRGB: {8, 16}, pngPalette: {1, 2, 4, 8},
		pngGrayAlpha: {8, 16}, pngRGBA: {8, 16}}
	if !bytes.Contains(depths[p.colour], body[8:9]) || body[10] != 0 || body[11] != 0 || body[12] > 1 {
		return refuse(damagedPicture, "%w: header", errPNG)
	}
	return checkSize(p.width, p.height, maxPixels)
}

// plausible refuses what cannot be a picture: no data, fewer than deflate
// needs for so many pixels (it packs 1,032 bytes into one at best), no valid
// palette.
func (p *pngShape) plausible() error {
	packed := 0
	for _, b := range p.parts {
		packed += len(b)
	}
	if packed == 0 || p.row()*p.height/1032 > packed {
		return refuse(damagedPicture, "%w: %d bytes of data for %d by %d pixels", errPNG, packed, p.width, p.height)
	}
	if n := len(p.palette); p.colour == pngPalette && (n == 0 || n%3 != 0 || n > 3*256) {
		return refuse(damagedPicture, "%w: palette of %d bytes", errPNG, n)
	}
	return nil
}

// packed are the data as they are coded: a zlib stream (RFC 1950).
func (p *pngShape) packed() *bufio.Reader {
	readers := make([]io.Reader, len(p.parts))
	for i, b := range p.parts {
		readers[i] = bytes.NewReader(b)
	}
	return bufio.NewReader(io.MultiReader(readers...))
}

// rows unpacks the data for a look at each row. The sum at their end is not
// checked: those of the chunks were.
func (p *pngShape) rows() (io.Reader, error) {
	in := p.packed()
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, &Error{damagedPicture, err}
	}
	if head[0]&15 != 8 || head[1]&0x20 != 0 || (int(head[0])<<8|int(head[1]))%31 != 0 {
		return nil, refuse(damagedPicture, "%w: data begin %x", errPNG, head)
	}
	return flate.NewReader(in), nil
}

// through takes the data over as they are: the filters of PNG are the
// predictors of PDF.
func (p *pngShape) through() *Prepared {
	x := p.object(p.channels())
	x.Parts = p.parts
	return x
}

// unpacks reports data that are not as many as the picture has pixels for.
func (p *pngShape) unpacks() error {
	z, err := p.rows()
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, z)
	if err != nil || n != int64(p.row())*int64(p.height) {
		return refuse(damagedPicture, "%w: %d bytes of %d: %v", errPNG, n, p.row()*p.height, err)
	}
	return nil
}

// object is the picture with a number of colour channels, without its data.
func (p *pngShape) object(channels int) *Prepared {
	x := &Prepared{Width: p.width, Height: p.height, Bits: p.bits, Space: "/DeviceRGB",
		Filter: fmt.Sprintf("/Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors %d /BitsPerComponent %d "+
			"/Columns %d>>", channels, p.bits, p.width)}
	switch {
	case p.colour == pngPalette:
		x.Space = fmt.Sprintf("[/Indexed /DeviceRGB %d <%s>]", len(p.palette)/3-1, hex.EncodeToString(p.palette))
	case channels == 1:
		x.Space = "/DeviceGray"
	}
	return x
}

// stripAlpha drops an alpha channel that is opaque throughout, and keeps the
// filtered bytes of the colours: a filter works on each channel by itself, so
// they stay right. That alpha is opaque shows in the filtered bytes, because each
// is then 255 less what its filter predicts from neighbours of 255. It
// returns nothing if alpha is not.
func (p *pngShape) stripAlpha() (*Prepared, error) {
	z, err := p.rows()
	if err != nil {
		return nil, err
	}
	all := p.channels()
	n := all - 1
	in, out := make([]byte, p.row()), make([]byte, 1+p.width*n)
	var packed bytes.Buffer
	deflate, err := zlib.NewWriterLevel(&packed, deflateLevel)
	if err != nil {
		return nil, err
	}
	for y := range p.height {
		if _, err := io.ReadFull(z, in); err != nil {
			return nil, refuse(damagedPicture, "%w: row %d: %v", errPNG, y, err)
		}
		if !dropOpaque(out, in, all, y == 0) {
			return nil, nil
		}
		if _, err := deflate.Write(out); err != nil {
			return nil, err
		}
	}
	if n, err := io.Copy(io.Discard, z); err != nil || n > 0 {
		return nil, refuse(damagedPicture, "%w: %d bytes behind the last row: %v", errPNG, n, err)
	}
	if err := deflate.Close(); err != nil {
		return nil, err
	}
	x := p.object(n)
	x.Parts = [][]byte{packed.Bytes()}
	return x, nil
}

// dropOpaque copies a filtered row without its alpha bytes, and reports
// whether they all mean 255.
func dropOpaque(out, in []byte, channels int, first bool) bool {
	filter := in[0]
	if filter > 4 {
		return false
	}
	out[0] = filter
	head, rest := opaque(filter, true, first), opaque(filter, false, first)
	wrong := in[channels] ^ head
	in, out = in[1:], out[1:]
	switch channels {
	case 4:
		copy(out, in[:3])
		for i, o := 4, 3; i+3 < len(in); i, o = i+4, o+3 {
			px, to := in[i:i+4:i+4], out[o:o+3:o+3]
			to[0], to[1], to[2] = px[0], px[1], px[2]
			wrong |= px[3] ^ rest
		}
	default:
		out[0] = in[0]
		for i, o := 2, 1; i+1 < len(in); i, o = i+2, o+1 {
			out[o] = in[i]
			wrong |= in[i+1] ^ rest
		}
	}
	return wrong == 0
}

// opaque is the filtered byte of an alpha of 255 whose neighbours, as far as
// there are any, are 255 too (ISO/IEC 15948, 9.2).
func opaque(filter byte, firstPixel, firstRow bool) byte {
	left, up, corner := 255, 255, 255
	if firstPixel {
		left = 0
	}
	if firstRow {
		up = 0
	}
	if firstPixel || firstRow {
		corner = 0
	}
	predicted := 0
	switch filter {
	case 1:
		predicted = left
	case 2:
		predicted = up
	case 3:
		predicted = (left + up) / 2
	case 4:
		predicted = int(paeth(left, up, corner))
	}
	return byte(255 - predicted)
}

// paeth is the neighbour nearest to left + up − corner.
func paeth(left, up, corner int) byte {
	toLeft, toUp, toCorner := up-corner, left-corner, left+up-2*corner
	toLeft, toUp, toCorner = max(toLeft, -toLeft), max(toUp, -toUp), max(toCorner, -toCorner)
	switch {
	case toLeft <= toUp && toLeft <= toCorner:
		return byte(left)
	case toUp <= toCorner:
		return byte(up)
	}
	return byte(corner)
}
