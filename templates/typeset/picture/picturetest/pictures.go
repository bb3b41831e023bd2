// Package picturetest makes pictures for tests, of forms that encoders at hand
// do not write: CMYK, an opaque alpha channel, metadata that must not go along.
package picturetest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Quarters is a picture whose four quarters differ, so that one can see how
// it is turned: red and green above, blue and white below.
func Quarters(set func(x, y int, c color.Color), w, h int) {
	colours := [2][2]color.NRGBA{{{200, 0, 0, 255}, {0, 200, 0, 255}}, {{0, 0, 200, 255}, {250, 250, 250, 255}}}
	for y := range h {
		for x := range w {
			set(x, y, colours[2*y/h][2*x/w])
		}
	}
}

// PNG is a picture as a PNG, in the way of package png.
func PNG(im image.Image) []byte {
	var b bytes.Buffer
	png.Encode(&b, im)
	return b.Bytes()
}

// JPEG is a picture as a JPEG.
func JPEG(im image.Image) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, im, nil)
	return b.Bytes()
}

// Chunk is one chunk of a PNG.
func Chunk(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// RawPNG is a PNG of given header fields and rows.
func RawPNG(w, h int, bits, colour, interlace byte, rows []byte, more ...[]byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	zw.Write(rows)
	zw.Close()
	out := append([]byte("\x89PNG\r\n\x1a\n"), Chunk("IHDR", append(head, bits, colour, 0, 0, interlace))...)
	for _, m := range more {
		out = append(out, m...)
	}
	return append(append(out, Chunk("IDAT", z.Bytes())...), Chunk("IEND", nil)...)
}

// RGBA is [Quarters], 40 by 60, as a PNG with that alpha channel: also where
// every pixel is opaque, which package png would leave out.
func RGBA(alpha func(x, y int) uint8) []byte {
	im := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	Quarters(func(x, y int, c color.Color) {
		n := c.(color.NRGBA)
		n.A = alpha(x, y)
		im.SetNRGBA(x, y, n)
	}, 40, 60)
	var b bytes.Buffer // an encoder that keeps the alpha channel of an opaque picture
	im.Pix[3] = 254
	png.Encode(&b, im)
	if alpha(0, 0) != 255 {
		return b.Bytes()
	}
	rows := []byte{}
	for y := range 60 {
		rows = append(append(rows, 0), im.Pix[y*im.Stride:y*im.Stride+160]...)
	}
	rows[4] = 255
	return RawPNG(40, 60, 8, 6, 0, rows)
}

// InkJPEG is [Quarters] in CMYK as inks are, not inverted, without Adobe's
// mark: a baseline JPEG whose blocks have nothing but their mean.
func InkJPEG(w, h int) []byte {
	out := []byte("\xff\xd8\xff\xdb\x00\x43\x00")
	out = append(out, bytes.Repeat([]byte{8}, 64)...)
	out = append(out, 0xff, 0xc0, 0, 20, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 4, 1, 0x11, 0, 2, 0x11, 0, 3,
		0x11, 0, 4, 0x11, 0)
	// Twelve differences of four bits each, and one code of one bit: no more in this block.
	out = append(out, 0xff, 0xc4, 0, 31, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
		9, 10, 11)
	out = append(out, 0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	inks := [2][2][4]int{{{0, 255, 255, 55}, {255, 0, 255, 55}}, {{255, 255, 0, 55}, {0, 0, 0, 5}}}
	var acc, n uint
	put := func(v, size uint) {
		for acc, n = acc<<size|v, n+size; n >= 8; n -= 8 {
			b := byte(acc >> (n - 8))
			if out = append(out, b); b == 0xff {
				out = append(out, 0)
			}
		}
	}
	var last [4]int
	for y := 0; y < h; y += 8 {
		for x := 0; x < w; x += 8 {
			for c, ink := range inks[2*y/h][2*x/w] {
				d := ink - 128 - last[c]
				last[c] = ink - 128
				size := uint(bits.Len(uint(max(d, -d))))
				put(size, 4)
				if d < 0 {
					d += 1<<size - 1
				}
				put(uint(d), size)
				put(0, 1)
			}
		}
	}
	put(0x7f, 7)
	return append(out, 0xff, 0xd9)
}

// Secret is a picture with noise in a square of its own colours, and
// texts and a thumbnail that would tell of it.
func Secret(asJPEG bool) []byte {
	im := image.NewRGBA(image.Rect(0, 0, 200, 300))
	draw.Draw(im, im.Bounds(), image.NewUniform(color.RGBA{230, 230, 230, 255}), image.Point{}, draw.Src)
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := 80; y < 140; y++ {
		for x := 40; x < 120; x++ {
			im.Set(x, y, color.RGBA{uint8(200 + rnd.IntN(55)), uint8(rnd.IntN(40)), uint8(rnd.IntN(40)), 255})
		}
	}
	if asJPEG {
		var b bytes.Buffer
		jpeg.Encode(&b, im, &jpeg.Options{Quality: 98})
		data := b.Bytes()
		exif := append([]byte("Exif\x00\x00SECRETTHUMBNAIL"), data...)
		seg := append([]byte{0xff, 0xe1, byte((len(exif) + 2) >> 8), byte(len(exif) + 2)}, exif...)
		return slices.Concat(data[:2], seg, data[2:])
	}
	data := PNG(im)
	return slices.Concat(data[:33], Chunk("tEXt", []byte("Comment\x00SECRETTHUMBNAIL")), data[33:])
}

// Opener opens those bytes, again and again.
func Opener(data []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}
