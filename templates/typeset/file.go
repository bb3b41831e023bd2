package typeset

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// A pdfFile is written from front to back: pictures first, as they are made,
// so that none has to be held; then the pages that show them.
type pdfFile struct {
	w       *bufio.Writer
	sum     hash.Hash // of all that is written, for the file's ID
	n       int64
	offsets []int64 // of objects 1, 2, …
	err     error   // the first; nothing is written after it
}

// newFile begins a file with a comment of four high bytes, so that programs
// take it for binary (ISO 19005-2, 6.1.2).
func newFile(w io.Writer) *pdfFile {
	f := &pdfFile{w: bufio.NewWriterSize(w, 1<<16), sum: sha256.New()}
	f.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
	return f
}

func (f *pdfFile) write(b []byte) {
	if f.err != nil {
		return
	}
	f.sum.Write(b)
	n, err := f.w.Write(b)
	f.n += int64(n)
	if err != nil {
		f.err = fmt.Errorf("write the PDF: %w", err)
	}
}

func (f *pdfFile) printf(format string, args ...any) { f.write(fmt.Appendf(nil, format, args...)) }

// object writes the next object and returns its number. Its dictionary is
// given without brackets if it has a stream.
func (f *pdfFile) object(dict []byte, stream ...[]byte) int {
	f.offsets = append(f.offsets, f.n)
	f.printf("%d 0 obj\n", len(f.offsets))
	if stream == nil {
		f.write(dict)
	} else {
		n := 0
		for _, s := range stream {
			n += len(s)
		}
		f.printf("<<%s /Length %d>>\nstream\n", dict, n)
		for _, s := range stream {
			f.write(s)
		}
		f.printf("\nendstream")
	}
	f.printf("\nendobj\n")
	return len(f.offsets)
}

// deflaters are kept from one stream to the next: making one costs more than
// most of our streams.
var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, 5)
	if err != nil {
		panic(err) // there is no level 5: a fault of this line
	}
	return w
}}

// deflate compresses a stream for FlateDecode (ISO 32000-1, 7.4.4).
func deflate(stream []byte) []byte {
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	w.Write(stream) // into memory: it cannot fail
	w.Close()
	return b.Bytes()
}

// end writes the cross-reference table and the trailer.
func (f *pdfFile) end(root, info int) error {
	id := hex.EncodeToString(f.sum.Sum(nil)[:16])
	start := f.n
	f.printf("xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, o := range f.offsets {
		f.printf("%010d 00000 n \n", o)
	}
	f.printf("trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, root, info, id, id, start)
	if f.err == nil {
		f.err = f.w.Flush()
	}
	return f.err
}
