package media

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// probeFLAC reads the sample count of STREAMINFO (RFC 9639, 8.2) and holds it
// against the last frame that is there: a recorder that was stopped has
// written the count of nothing, a cut file ends in the middle of a frame.
func probeFLAC(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p := Container{Codec: "flac"}
	b := w.bytes(8, 18)
	if len(b) < 18 {
		p.Damage = damage("文件头缺了一截", "cut short in its header")
		return p, nil
	}
	block := uint64(binary.BigEndian.Uint16(b)) // of a stream whose blocks are all of one size
	rate := uint64(b[10])<<12 | uint64(b[11])<<4 | uint64(b[12])>>4
	total := uint64(b[13]&15)<<32 | uint64(binary.BigEndian.Uint32(b[14:]))
	if rate == 0 {
		p.Damage = damage("文件头里没有采样率", "its header gives no sample rate")
		return p, nil
	}
	end, whole := lastFLAC(w, block, total)
	switch {
	case end == 0:
		p.Damage = noSound
	case !whole:
		p.Damage = damage(
			fmt.Sprintf("最后一帧不完整，之前有 %.1f 秒声音", float64(end)/float64(rate)),
			fmt.Sprintf("cut short in a frame, after %.1f s of sound", float64(end)/float64(rate)))
	case total > 0 && end < total:
		all, there := float64(total)/float64(rate), float64(end)/float64(rate)
		p.Damage = damage(
			fmt.Sprintf("缺了一截：声音共 %.1f 秒，只有 %.1f 秒在", all, there),
			fmt.Sprintf("cut short: %.1f of %.1f s of sound are there", there, all))
	}
	if bad := damagedFLAC(w, block); bad > 0 && p.Damage.ZH == "" {
		p.Damage = damage(fmt.Sprintf("有 %d 帧已损坏", bad), fmt.Sprintf("%d frames are damaged", bad))
	}
	p.Length = seconds(float64(end) / float64(rate))
	return p, nil
}

// damagedFLAC counts frames that do not fit their check sum. A frame begins
// where a header fits its own check and, if the frame before is whole, that
// one's sum comes out even; frames between two headers whose numbers are not
// neighbours are missing.
func damagedFLAC(w *window, block uint64) (bad uint64) {
	off, last := int64(4), false
	for !last && off+4 <= w.size {
		h := w.uint32(off)
		last = h>>31 == 1
		off += 4 + int64(h&0xffffff)
	}
	var sum uint16
	next, begun := uint64(0), false // number of the first sample after the frame
	for ; off < w.size; off++ {
		b := w.bytes(off, 16)
		if b[0] == 0xff && (!begun || sum == 0 || len(b) > 6) {
			if first, samples, ok := flacFrame(b, block); ok && (!begun || first >= next) {
				switch {
				case !begun:
				case first > next: // at least one frame was lost, and the one before is not whole
					bad += 1 + (first-next)/max(samples, 1)
				case sum != 0:
					bad++
				}
				sum, next, begun = 0, first+samples, true
			}
		}
		sum = sum<<8 ^ crc16Table()[byte(sum>>8)^b[0]]
	}
	return bad
}

// crc16Table is crc16 of each byte.
var crc16Table = sync.OnceValue(func() *[256]uint16 {
	var t [256]uint16
	for n := range t {
		t[n] = crc16([]byte{byte(n)})
	}
	return &t
})

// maxFLACFrame bounds the search for the last frame: no frame of speech or
// music in two channels comes near it.
const maxFLACFrame = 512 << 10

// lastFLAC finds the last frame, and the count of samples up to its end; if
// that frame is not whole, up to its start.
func lastFLAC(w *window, block, total uint64) (end uint64, whole bool) {
	from := max(int64(42), w.size-maxFLACFrame)
	tail := w.bytes(from, int(w.size-from))
	found := false
	for off := len(tail) - 6; off >= 0; off-- {
		first, samples, ok := flacFrame(tail[off:], block)
		if !ok || total > 0 && first >= total {
			continue
		}
		if n := len(tail); crc16(tail[off:n-2]) == binary.BigEndian.Uint16(tail[n-2:]) {
			return first + samples, true
		}
		if !found {
			found, end = true, first
		}
	}
	return end, false
}

// flacFrame reads a frame header (RFC 9639, 9.1), proven by its CRC-8: the
// number of its first sample and how many it holds.
func flacFrame(b []byte, block uint64) (first, samples uint64, ok bool) {
	if len(b) < 6 || b[0] != 0xff || b[1]&0xfe != 0xf8 {
		return 0, 0, false
	}
	number, n := codedNumber(b[4:])
	if n == 0 {
		return 0, 0, false
	}
	at := 4 + n
	take := func(size int) (v uint64) {
		for range size {
			if at < len(b) {
				v = v<<8 | uint64(b[at])
			}
			at++
		}
		return v
	}
	switch code := b[2] >> 4; {
	case code == 0:
		return 0, 0, false
	case code == 1:
		samples = 192
	case code <= 5:
		samples = 576 << (code - 2)
	case code == 6:
		samples = take(1) + 1
	case code == 7:
		samples = take(2) + 1
	default:
		samples = 256 << (code - 8)
	}
	switch b[2] & 15 {
	case 12:
		take(1)
	case 13, 14:
		take(2)
	}
	if at >= len(b) || crc8(b[:at]) != b[at] {
		return 0, 0, false
	}
	if b[1]&1 == 0 {
		number *= block // it counts frames
	}
	return number, samples, true
}

// codedNumber reads a number in the form of UTF-8, up to seven bytes long.
func codedNumber(b []byte) (v uint64, length int) {
	length = 0
	for mask := byte(0x80); mask != 0 && b[0]&mask != 0; mask >>= 1 {
		length++
	}
	switch {
	case length == 0:
		return uint64(b[0]), 1
	case length == 1 || length > 7 || length > len(b):
		return 0, 0
	}
	v = uint64(b[0] & (0x7f >> length))
	for _, c := range b[1:length] {
		if c&0xc0 != 0x80 {
			return 0, 0
		}
		v = v<<6 | uint64(c&0x3f)
	}
	return v, length
}

// crc8 is the check of a frame header, x⁸+x²+x+1.
func crc8(b []byte) (sum byte) {
	for _, c := range b {
		sum ^= c
		for range 8 {
			if sum&0x80 != 0 {
				sum = sum<<1 ^ 0x07
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// crc16 is the check of a frame, x¹⁶+x¹⁵+x²+1.
func crc16(b []byte) (sum uint16) {
	for _, c := range b {
		sum ^= uint16(c) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x8005
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}
