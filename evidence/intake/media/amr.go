package media

import (
	"fmt"
	"io"
	"time"
)

// Whole-frame bytes by frame type, the TOC byte counted; 0 is reserved.
// 3GPP TS 26.101 and 26.201, storage format of RFC 4867, 5.
var (
	amrNarrow = [16]int{13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1}
	amrWide   = [16]int{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1}
)

func probeAMR(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p, table, off := Container{Codec: "amr-nb"}, &amrNarrow, int64(6)
	if string(w.bytes(0, 9)) == "#!AMR-WB\n" {
		p.Codec, table, off = "amr-wb", &amrWide, 9
	}
	frames, bad, firstBad := 0, 0, int64(0)
	for off < size && p.Damage.ZH == "" {
		b := w.bytes(off, 1)
		if len(b) == 0 {
			break
		}
		kind := b[0] >> 3 & 15
		n := table[kind]
		switch {
		case b[0]&0x83 != 0 || n == 0:
			p.Damage = damagedAt(off, frames)
			continue
		case off+int64(n) > size:
			p.Damage = cutAt(off, frames)
			continue
		case b[0]&4 == 0 && kind < 14: // the quality bit: the frame is said to be damaged
			if bad++; bad == 1 {
				firstBad = off
			}
		}
		frames++
		off += int64(n)
	}
	p.Length = time.Duration(frames) * 20 * time.Millisecond
	switch {
	case frames == 0:
		p.Damage = orDamage(p.Damage, noSound)
	case bad > 0:
		p.Damage = orDamage(p.Damage, damage(
			fmt.Sprintf("第 %d 字节起有 %d 帧标明已损坏", firstBad, bad),
			fmt.Sprintf("%d frames from byte %d on are marked as damaged", bad, firstBad)))
	}
	return p, nil
}
