package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

// What stands around the packed bytes of an .xz (its specification, version
// 1.2.1) is read here and not by the library: a block says how much memory it
// wants, up to 4 GiB, and the library gives it.

const (
	xzMark       = "\xfd7zXZ\x00"
	maxXZWindow  = 64 << 20 // what xz -9 asks for
	xzLZMA2      = 0x21
	xzHasPacked  = 0x40 // flags of a block: it says its sizes
	xzHasPlain   = 0x80
	xzOtherFlags = 0x3f // reserved, and how many filters beside the first
)

var errXZ = errors.New("xz: damaged, or packed in a way that is not read here")

// An xzReader unpacks one stream, block after block.
type xzReader struct {
	in    *counted
	sum   hash.Hash // of what the block at hand unpacks to; nil: none is kept
	block io.Reader
	over  bool
}

type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func newXZ(r io.Reader) (*xzReader, error) {
	x := &xzReader{in: &counted{r: bufio.NewReader(r)}}
	head := make([]byte, 12)
	if _, err := io.ReadFull(x.in, head); err != nil || string(head[:6]) != xzMark || head[6] != 0 ||
		crc32.ChecksumIEEE(head[6:8]) != binary.LittleEndian.Uint32(head[8:]) {
		return nil, errXZ
	}
	switch head[7] {
	case 0:
	case 1:
		x.sum = crc32.NewIEEE()
	case 4:
		x.sum = crc64.New(crc64.MakeTable(crc64.ECMA))
	case 10:
		x.sum = sha256.New()
	default:
		return nil, errXZ
	}
	return x, nil
}

func (x *xzReader) Read(p []byte) (int, error) {
	for {
		if x.over {
			return 0, io.EOF
		}
		if x.block == nil {
			if err := x.begin(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := x.block.Read(p)
		if x.sum != nil {
			x.sum.Write(p[:n])
		}
		if err == io.EOF {
			err = x.end()
		} else if err != nil {
			err = errXZ
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// begin reads the header of a block; behind the last stands the index.
func (x *xzReader) begin() error {
	size, err := x.in.ReadByte()
	if err != nil {
		return errXZ
	}
	if size == 0 { // the index: nothing more is packed
		x.over = true
		return nil
	}
	head := make([]byte, 4*(int(size)+1))
	head[0] = size
	if _, err := io.ReadFull(x.in, head[1:]); err != nil {
		return errXZ
	}
	body := head[:len(head)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(head[len(body):]) || body[1]&xzOtherFlags != 0 {
		return errXZ
	}
	rest := bytes.NewReader(body[2:])
	for _, flag := range []byte{xzHasPacked, xzHasPlain} {
		if body[1]&flag != 0 {
			if _, err := binary.ReadUvarint(rest); err != nil {
				return errXZ
			}
		}
	}
	filter := make([]byte, 3) // its id, the length of what it is told, and that: the window
	if _, err := io.ReadFull(rest, filter); err != nil || filter[0] != xzLZMA2 || filter[1] != 1 || filter[2] > 40 {
		return errXZ
	}
	window, err := lzma.DecodeDictCap(filter[2])
	if err != nil || window > maxXZWindow {
		return errXZ
	}
	x.block, err = lzma.Reader2Config{DictCap: int(window)}.NewReader2(x.in)
	if err != nil {
		return errXZ
	}
	if x.sum != nil {
		x.sum.Reset()
	}
	return nil
}

// end reads what stands behind a block: zeros up to a multiple of four bytes, and
// the digest of what it unpacks to.
func (x *xzReader) end() error {
	x.block = nil
	for x.in.n%4 != 0 {
		if b, err := x.in.ReadByte(); err != nil || b != 0 {
			return errXZ
		}
	}
	if x.sum == nil {
		return nil
	}
	want := make([]byte, x.sum.Size())
	if _, err := io.ReadFull(x.in, want); err != nil {
		return errXZ
	}
	got := x.sum.Sum(nil)
	if x.sum.Size() < sha256.Size { // the others stand with the low byte first
		for a, b := 0, len(got)-1; a < b; a, b = a+1, b-1 {
			got[a], got[b] = got[b], got[a]
		}
	}
	if !bytes.Equal(got, want) {
		return errXZ
	}
	return nil
}
