// Package pngrows reads a PNG (ISO/IEC 15948) some rows at a time, on white: a screenshot
// of thirty thousand rows needs no more memory than one of two thousand.
//
// For most uses call [New], then Strip until all rows were read; the last tells whether
// the file is whole to its end. Row reads one row and also gives it as the file has it.
// What phones and screens make is read: gray, RGB, either with alpha, and palettes; other
// forms are [ErrForm], and image/png reads them. The pixels are those that image/png gives
// when drawn on white.
package pngrows

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"io"

	"github.com/klauspost/compress/zlib"
)

// ErrForm is a PNG of 16 bits, interlaced, or with a colour that stands for clear.
var ErrForm = errors.New("a form of PNG that is not read in rows")

const sign = "\x89PNG\r\n\x1a\n"

// Colour types.
const (
	gray      = 0
	rgb       = 2
	indexed   = 3
	grayAlpha = 4
	rgba      = 6
)

// A Reader reads the rows of one picture, once, from the first to the last.
type Reader struct {
	Width, Height int
	Clear         bool // some pixel read so far is not opaque

	in           *bufio.Reader
	left         uint32 // bytes of the chunk of data that is read
	sum          uint32 // of that chunk, so far
	z            io.ReadCloser
	bits, colour int
	channels     int
	row, above   []byte
	coded        []byte // the row that was read, before its filter was undone; kept for Row
	y            int

	colours [256][4]uint8 // of a palette, not premultiplied
	known   int           // so many of them
}

// New reads the chunks before the data.
func New(in io.Reader) (*Reader, error) {
	r := &Reader{in: bufio.NewReaderSize(in, 32<<10)}
	head := make([]byte, len(sign))
	if _, err := io.ReadFull(r.in, head); err != nil || string(head) != sign {
		return nil, fmt.Errorf("%w: not a PNG", ErrForm)
	}
	for first := true; ; first = false {
		kind, size, err := r.chunk()
		if err != nil {
			return nil, err
		}
		if first != (kind == "IHDR") {
			return nil, fmt.Errorf("chunk %q", kind)
		}
		if kind == "IDAT" {
			r.left, r.sum = size, crc32.ChecksumIEEE([]byte(kind))
			break
		}
		if err := r.before(kind, size); err != nil {
			return nil, err
		}
	}
	if r.colour == indexed && r.known == 0 {
		return nil, errors.New("no palette")
	}
	z, err := zlib.NewReader((*chunks)(r))
	if err != nil {
		return nil, err
	}
	r.z = z
	long := 1 + (r.Width*r.channels*r.bits+7)/8
	r.row, r.above = make([]byte, long), make([]byte, long)
	return r, nil
}

// chunk reads the head of a chunk.
func (r *Reader) chunk() (kind string, size uint32, err error) {
	var head [8]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return "", 0, fmt.Errorf("cut short: %w", err)
	}
	return string(head[4:]), binary.BigEndian.Uint32(head[:]), nil
}

// before reads a chunk that stands before the data.
func (r *Reader) before(kind string, size uint32) error {
	switch kind {
	case "IHDR", "PLTE", "tRNS":
		if size > 3*256 {
			return fmt.Errorf("chunk %q of %d bytes", kind, size)
		}
		body := make([]byte, size)
		if err := r.body(kind, size, body); err != nil {
			return err
		}
		switch kind {
		case "IHDR":
			return r.header(body)
		case "PLTE":
			for n := range len(body) / 3 {
				r.colours[n] = [4]uint8{body[3*n], body[3*n+1], body[3*n+2], 255}
			}
			r.known = len(body) / 3
		case "tRNS":
			if r.colour != indexed || len(body) > r.known {
				return ErrForm
			}
			for n, a := range body {
				r.colours[n][3] = a
			}
		}
		return nil
	case "IEND":
		return errors.New("no data")
	}
	return r.body(kind, size, nil)
}

// body reads what a chunk holds, into a buffer or to nowhere, and checks its sum.
func (r *Reader) body(kind string, size uint32, into []byte) error {
	h := crc32.NewIEEE()
	io.WriteString(h, kind)
	var err error
	if into != nil {
		_, err = io.ReadFull(r.in, into)
		h.Write(into)
	} else {
		_, err = io.CopyN(h, r.in, int64(size))
	}
	if err != nil {
		return fmt.Errorf("cut short: %w", err)
	}
	return r.check(h.Sum32(), kind)
}

func (r *Reader) check(sum uint32, kind string) error {
	var stated [4]byte
	if _, err := io.ReadFull(r.in, stated[:]); err != nil {
		return fmt.Errorf("cut short: %w", err)
	}
	if binary.BigEndian.Uint32(stated[:]) != sum {
		return fmt.Errorf("check sum of chunk %q", kind)
	}
	return nil
}

func (r *Reader) header(body []byte) error {
	if len(body) != 13 {
		return errors.New("header")
	}
	w, h := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	if w == 0 || h == 0 || w > 1<<20 || h > 1<<24 {
		return fmt.Errorf("%d by %d pixels", w, h)
	}
	r.Width, r.Height, r.bits, r.colour = int(w), int(h), int(body[8]), int(body[9])
	r.channels = map[int]int{gray: 1, rgb: 3, indexed: 1, grayAlpha: 2, rgba: 4}[r.colour]
	few := r.colour == indexed && (r.bits == 1 || r.bits == 2 || r.bits == 4)
	if body[10] != 0 || body[11] != 0 || body[12] != 0 || r.channels == 0 || r.bits != 8 && !few {
		return ErrForm
	}
	return nil
}

// chunks are the data as they are packed, across the chunks that hold them.
type chunks Reader

func (c *chunks) Read(p []byte) (int, error) {
	r := (*Reader)(c)
	for r.left == 0 {
		if err := r.check(r.sum, "IDAT"); err != nil {
			return 0, err
		}
		head, err := r.in.Peek(8)
		if err != nil {
			return 0, fmt.Errorf("cut short: %w", err)
		}
		if string(head[4:]) != "IDAT" {
			return 0, io.ErrUnexpectedEOF
		}
		_, r.left, _ = r.chunk()
		r.sum = crc32.ChecksumIEEE([]byte("IDAT"))
	}
	n, err := r.in.Read(p[:min(len(p), int(r.left))])
	r.sum = crc32.Update(r.sum, crc32.IEEETable, p[:n])
	r.left -= uint32(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Strip draws the next rows of the picture, as many as to has or as are left, from its top
// left corner on. With the last row the file is read to its end.
func (r *Reader) Strip(to *image.RGBA) error {
	for n := 0; n < to.Rect.Dy() && r.y < r.Height; n++ {
		if _, err := r.next(to.Pix[n*to.Stride:][:4*r.Width]); err != nil {
			return err
		}
	}
	return nil
}

// Row draws the next row, and gives the bytes of its colours as the file has them, the filter
// before them, if each pixel of it is opaque and of red, green and blue: else nothing. They
// are good until the next call. There must be a row left.
func (r *Reader) Row(to []uint8) (coded []byte, err error) {
	if r.coded == nil {
		r.coded = make([]byte, len(r.row))
	}
	opaque, err := r.next(to)
	if err != nil || !opaque || r.channels < 3 {
		return nil, err
	}
	if r.channels == 4 {
		return r.coded[:withoutAlpha(r.coded)], nil
	}
	return r.coded, nil
}

// withoutAlpha moves the colours of a row together, and tells how many bytes it has then. A
// filter works on each channel by itself, so they stay right.
func withoutAlpha(row []byte) int {
	n := 1
	for at := 1; at+4 <= len(row); at += 4 {
		px, to := row[at:at+4:at+4], row[n:n+3:n+3]
		to[0], to[1], to[2] = px[0], px[1], px[2]
		n += 3
	}
	return n
}

// next reads the next row, draws it, and reports whether it is opaque.
func (r *Reader) next(to []uint8) (opaque bool, err error) {
	if _, err := io.ReadFull(r.z, r.row); err != nil {
		return false, fmt.Errorf("row %d: %w", r.y, err)
	}
	copy(r.coded, r.row)
	if err := r.unfilter(); err != nil {
		return false, fmt.Errorf("row %d: %w", r.y, err)
	}
	if opaque, err = r.draw(to); err != nil {
		return false, fmt.Errorf("row %d: %w", r.y, err)
	}
	r.Clear = r.Clear || !opaque
	r.row, r.above = r.above, r.row
	if r.y++; r.y == r.Height {
		return opaque, r.end()
	}
	return opaque, nil
}

// end reads what stands behind the last row: the sum of the data, and the other chunks.
func (r *Reader) end() error {
	if n, err := r.z.Read(make([]byte, 1)); n > 0 || err != io.EOF {
		return fmt.Errorf("data behind the last row: %w", err)
	}
	if r.left > 0 {
		return errors.New("data behind their end")
	}
	if err := r.check(r.sum, "IDAT"); err != nil {
		return err
	}
	for {
		kind, size, err := r.chunk()
		if err != nil {
			return err
		}
		if err := r.body(kind, size, nil); err != nil || kind == "IEND" {
			return err
		}
	}
}

// draw draws the row on white, and reports whether each pixel of it is opaque.
func (r *Reader) draw(to []uint8) (opaque bool, err error) {
	row := r.row[1:]
	opaque = true
	switch r.colour {
	case rgb:
		for x := 0; x+3 < len(to) && len(row) >= 3; x, row = x+4, row[3:] {
			px := to[x : x+4 : x+4]
			px[0], px[1], px[2], px[3] = row[0], row[1], row[2], 255
		}
	case rgba:
		if solid(row) {
			copy(to, row)
			return true, nil
		}
		for x := 0; x+3 < len(to) && len(row) >= 4; x, row = x+4, row[4:] {
			onWhite(to[x:x+4:x+4], row[0], row[1], row[2], row[3])
		}
		return false, nil
	case gray:
		for x, v := range row {
			onWhite(to[4*x:4*x+4], v, v, v, 255)
		}
	case grayAlpha:
		for x := range r.Width {
			v, a := row[2*x], row[2*x+1]
			onWhite(to[4*x:4*x+4], v, v, v, a)
			opaque = opaque && a == 255
		}
	case indexed:
		for x := range r.Width {
			at := x * r.bits
			n := int(row[at/8]>>(8-r.bits-at%8)) & (1<<r.bits - 1)
			if n >= r.known {
				return false, fmt.Errorf("colour %d of %d", n, r.known)
			}
			c := r.colours[n]
			onWhite(to[4*x:4*x+4], c[0], c[1], c[2], c[3])
			opaque = opaque && c[3] == 255
		}
	}
	return opaque, nil
}

// solid reports that each pixel of a row with alpha is opaque.
func solid(row []byte) bool {
	all := uint8(255)
	for ; len(row) >= 4; row = row[4:] {
		all &= row[3]
	}
	return all == 255
}

// onWhite draws a pixel as image/draw does over white.
func onWhite(to []uint8, red, green, blue, alpha uint8) {
	if alpha == 255 {
		to[0], to[1], to[2], to[3] = red, green, blue, 255
		return
	}
	const m = 1<<16 - 1
	a := uint32(alpha) * 0x101
	white := 255 * ((m - a) * 0x101) / m
	for n, c := range [3]uint8{red, green, blue} {
		to[n] = uint8((white + uint32(c)*a/0xff) >> 8)
	}
	to[3] = 255
}

// unfilter takes away what the row's filter put in (9.2).
func (r *Reader) unfilter() error {
	step := max(1, r.channels*r.bits/8)
	row, above := r.row[1:], r.above[1:]
	above = above[:len(row)]
	switch r.row[0] {
	case 0:
	case 1:
		for i := step; i < len(row); i++ {
			row[i] += row[i-step]
		}
	case 2:
		for i, v := range above {
			row[i] += v
		}
	case 3:
		for i := range min(step, len(row)) {
			row[i] += above[i] / 2
		}
		for i := step; i < len(row); i++ {
			row[i] += uint8((int(row[i-step]) + int(above[i])) / 2)
		}
	case 4:
		for n := range step {
			paeth(row, above, n, step)
		}
	default:
		return fmt.Errorf("filter %d", r.row[0])
	}
	return nil
}

// paeth takes the filter of that name from one channel of a row.
func paeth(row, above []uint8, from, step int) {
	left, corner := 0, 0
	for i := from; i < len(row); i += step {
		up := int(above[i])
		toLeft, toUp := up-corner, left-corner
		toCorner := toLeft + toUp
		toLeft, toUp, toCorner = max(toLeft, -toLeft), max(toUp, -toUp), max(toCorner, -toCorner)
		near := corner
		if toLeft <= toUp && toLeft <= toCorner {
			near = left
		} else if toUp <= toCorner {
			near = up
		}
		left = (int(row[i]) + near) & 0xff
		row[i], corner = uint8(left), up
	}
}
