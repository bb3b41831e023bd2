package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"time"
)

// silkMark begins a file of SILK, as chat programs keep spoken messages; some
// put a byte 2 before it.
const silkMark = "#!SILK_V3"

func isSILK(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(head, []byte("\x02")), []byte(silkMark))
}

// probeSILK counts packets, each behind its length in two bytes. The programs
// that write them put one frame of 20 ms into each. A length of -1 ends the
// file; not all write it.
func probeSILK(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p, off := Container{Codec: "silk"}, int64(len(silkMark))
	if b := w.bytes(0, 1); len(b) == 1 && b[0] == 2 {
		off++
	}
	packets := 0
	for off < size {
		b := w.bytes(off, 2)
		if len(b) < 2 {
			p.Damage = cutAt(off, packets)
			break
		}
		n := int64(int16(binary.LittleEndian.Uint16(b)))
		if n == -1 {
			break
		}
		if n < 0 {
			p.Damage = damagedAt(off, packets)
			break
		}
		if off+2+n > size {
			p.Damage = cutAt(off, packets)
			break
		}
		packets++
		off += 2 + n
	}
	p.Length = time.Duration(packets) * 20 * time.Millisecond
	if packets == 0 {
		p.Damage = orDamage(p.Damage, noSound)
	}
	return p, nil
}
