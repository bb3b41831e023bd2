package media

import (
	"cmp"
	"encoding/binary"
	"io"
)

// A window reads a file through a buffer, for walks over many small frames.
type window struct {
	r    io.ReaderAt
	size int64
	span int // bytes read at once; 0: 64 KB
	buf  []byte
	at   int64 // offset of buf[0]
}

// uint32 is a big-endian number at an offset; 0 behind the end.
func (w *window) uint32(off int64) uint32 {
	if b := w.bytes(off, 4); len(b) == 4 {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// bytes returns n bytes at offset off, fewer at the end of the file.
func (w *window) bytes(off int64, n int) []byte {
	if off < 0 || off >= w.size {
		return nil
	}
	n = int(min(int64(n), w.size-off))
	if off < w.at || off+int64(n) > w.at+int64(len(w.buf)) {
		if span := cmp.Or(w.span, 64<<10); cap(w.buf) < span {
			w.buf = make([]byte, span)
		}
		w.buf = w.buf[:cap(w.buf)]
		if n > len(w.buf) {
			w.buf = make([]byte, n)
		}
		got, _ := w.r.ReadAt(w.buf, off)
		w.buf, w.at = w.buf[:got], off
	}
	lo := off - w.at
	hi := min(lo+int64(n), int64(len(w.buf)))
	return w.buf[lo:hi]
}
