package media

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// Objects of ASF (Advanced Systems Format, revision 01.20.05, 3), by the bytes
// of their names.
const (
	asfFile   = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65"
	asfStream = "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65"
	asfSound  = "\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"
)

// fileTimeEpoch is 1970 in the ticks of 100 ns since 1601 that Windows counts.
const fileTimeEpoch = 116_444_736_000_000_000

// probeASF reads the header of WMA and WMV. The length there is that of the
// whole; of a file that is cut so much is there as of its bytes.
func probeASF(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size, span: 4 << 10}
	var p Container
	head := w.bytes(0, 30)
	if len(head) < 30 {
		return p, errNotMedia
	}
	end := min(int64(binary.LittleEndian.Uint64(head[16:])), size)
	stated := int64(0)
	for off, n := int64(30), 0; off+24 <= end && n < 1000; n++ {
		b := w.bytes(off, 24)
		if len(b) < 24 {
			break
		}
		length := int64(binary.LittleEndian.Uint64(b[16:]))
		if length < 24 || length > end-off {
			break
		}
		switch string(b[:16]) {
		case asfFile:
			f := w.bytes(off+24, 64)
			if len(f) < 64 {
				break
			}
			stated = int64(binary.LittleEndian.Uint64(f[16:]))
			if ticks := binary.LittleEndian.Uint64(f[24:]); ticks > fileTimeEpoch && ticks < 2*fileTimeEpoch {
				p.Created = time.Unix(0, int64(ticks-fileTimeEpoch)*100).UTC()
			}
			play := time.Duration(min(binary.LittleEndian.Uint64(f[40:]), 1<<50)) * 100
			preroll := time.Duration(min(binary.LittleEndian.Uint64(f[56:]), 1<<30)) * time.Millisecond
			if play -= preroll; play > 0 && play < 1<<20*time.Second {
				p.Length = play
			}
		case asfStream:
			if f := w.bytes(off+24, 56); len(f) == 56 && string(f[:16]) == asfSound {
				p.Codec = asfCodec(binary.LittleEndian.Uint16(f[54:]))
			} else {
				p.Film = true
			}
		}
		off += length
	}
	switch {
	case p.Length == 0:
		p.Damage = damage("文件头没有写完，读不出时长", "the header was not finished: no length")
	case stated > size && stated > 0:
		there := time.Duration(float64(p.Length) * float64(size) / float64(stated))
		p.Damage = damage(
			fmt.Sprintf("文件缺了一截：该有 %d 字节，只有 %d 字节", stated, size),
			fmt.Sprintf("cut short: %d of %d bytes are there", size, stated))
		p.Length = there
	}
	return p, nil
}

func asfCodec(tag uint16) string {
	switch tag {
	case 0x160:
		return "wma1"
	case 0x161:
		return "wma2"
	case 0x162:
		return "wma-pro"
	case 0x163:
		return "wma-lossless"
	case 0x0a:
		return "wma-voice"
	}
	return fmt.Sprintf("0x%04x", tag)
}
