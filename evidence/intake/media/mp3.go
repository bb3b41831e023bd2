package media

import (
	"encoding/binary"
	"fmt"
	"io"
)

// MPEG audio header tables, ISO/IEC 11172-3, 2.4.2.3, and 13818-3.
var (
	mp3Rates = [4][4]int{{11025, 12000, 8000}, {}, {22050, 24000, 16000}, {44100, 48000, 32000}}
	mp3Bits  = [2][16]int{
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}, // MPEG-1 layer III
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},     // MPEG-2 and 2.5
	}
)

// mp3Frame reads a layer III frame header: bytes of the frame, samples in it,
// samples a second.
func mp3Frame(h []byte) (length, samples, rate int) {
	if len(h) < 4 || h[0] != 0xff || h[1]&0xe0 != 0xe0 || h[1]>>1&3 != 1 {
		return 0, 0, 0
	}
	version := h[1] >> 3 & 3 // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
	rate = mp3Rates[version][h[2]>>2&3]
	table, factor := 1, 72
	samples = 576
	if version == 3 {
		table, factor, samples = 0, 144, 1152
	}
	bits := mp3Bits[table][h[2]>>4] * 1000
	if rate == 0 || bits == 0 || version == 1 {
		return 0, 0, 0
	}
	return factor*bits/rate + int(h[2]>>1&1), samples, rate
}

// probeMP3 walks the frames. Behind damage it goes on where frames begin
// again, and says what it passed over.
func probeMP3(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p := Container{Codec: "mp3"}
	off := id3Size(w)
	end := size
	if string(w.bytes(size-128, 3)) == "TAG" {
		end -= 128
	}
	var played float64
	var lost, firstLost int64
	frames, promised, rate := 0, 0, 0
	for off+4 <= end {
		n, samples, hz := mp3Frame(w.bytes(off, 4))
		if n == 0 {
			next, ok := nextMP3(w, off, end)
			if !ok {
				p.Damage = damagedAt(off, frames)
				break
			}
			if frames > 0 {
				if lost == 0 {
					firstLost = off
				}
				lost += next - off
			}
			off = next
			continue
		}
		if off+int64(n) > end {
			p.Damage = cutAt(off, frames)
			break
		}
		rate = hz
		if info, is := mp3Info(w.bytes(off, n)); frames == 0 && is {
			played -= float64(info.trim) / float64(rate)
			promised = info.frames
		} else {
			played += float64(samples) / float64(rate)
		}
		frames++
		off += int64(n)
	}
	p.Length = seconds(max(0, played))
	switch {
	case frames == 0:
		p.Damage = noSound
	case lost > 0:
		p.Damage = skippedOver(firstLost, lost, frames)
	case promised > frames && p.Damage.ZH == "":
		p.Damage = damage(
			fmt.Sprintf("缺了一截：开头写着共 %d 帧，只有 %d 帧在", promised, frames-1),
			fmt.Sprintf("cut short: %d of %d frames are there", frames-1, promised))
	}
	return p, nil
}

// id3Size is the length of an ID3v2 tag at the start, in syncsafe digits.
func id3Size(w *window) int64 {
	h := w.bytes(0, 10)
	if len(h) < 10 || string(h[:3]) != "ID3" {
		return 0
	}
	n := int64(h[6]&0x7f)<<21 | int64(h[7]&0x7f)<<14 | int64(h[8]&0x7f)<<7 | int64(h[9]&0x7f)
	if h[5]&0x10 != 0 {
		n += 10 // footer
	}
	return n + 10
}

// nextMP3 looks for the first frame that is followed by two others.
func nextMP3(w *window, off, end int64) (int64, bool) {
	return nextFrame(w, off, end, func(at int64) int64 {
		n, _, _ := mp3Frame(w.bytes(at, 4))
		return int64(n)
	})
}

// nextFrame looks behind off for a frame that is followed by two others, or by
// the end; length is the length of the frame at an offset, 0 if no frame
// begins there.
func nextFrame(w *window, off, end int64, length func(int64) int64) (int64, bool) {
	for at := off + 1; at+7 < end; at++ {
		if b := w.bytes(at, 1); len(b) == 0 || b[0] != 0xff {
			continue
		}
		next, found := at, 0
		for next < end && found < 3 {
			n := length(next)
			if n <= 0 {
				break
			}
			next += n
			found++
		}
		if found == 3 || found > 0 && next == end {
			return at, true
		}
	}
	return 0, false
}

// An mp3Head is what an Xing, Info or VBRI frame says, which holds no sound.
type mp3Head struct {
	trim   int // samples the encoder put before and after the sound (LAME tag)
	frames int // of sound in the file; 0: not said
}

func mp3Info(frame []byte) (h mp3Head, is bool) {
	for _, at := range []int{13, 21, 36} {
		if len(frame) < at+8 {
			break
		}
		switch string(frame[at : at+4]) {
		case "VBRI":
			return h, true
		case "Xing", "Info":
			flags := frame[at+7]
			lame := at + 8
			for bit, size := range []int{4, 4, 100, 4} {
				if flags>>bit&1 == 0 {
					continue
				}
				if bit == 0 && len(frame) >= lame+4 {
					h.frames = int(binary.BigEndian.Uint32(frame[lame:]))
				}
				lame += size
			}
			if len(frame) >= lame+24 && frame[lame] == 'L' {
				d := frame[lame+21:]
				h.trim = int(d[0])<<4 | int(d[1])>>4
				h.trim += int(d[1]&15)<<8 | int(d[2])
			}
			return h, true
		}
	}
	return h, false
}

var adtsRates = [16]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// adtsFrame is the length of an ADTS frame at an offset and the time it plays,
// ISO/IEC 13818-7, 6.2; 0 if no frame begins there.
func adtsFrame(w *window, off int64) (length int64, plays float64) {
	h := w.bytes(off, 7)
	if len(h) < 7 || h[0] != 0xff || h[1]&0xf6 != 0xf0 {
		return 0, 0
	}
	length = int64(h[3]&3)<<11 | int64(h[4])<<3 | int64(h[5])>>5
	rate := adtsRates[h[2]>>2&15]
	if length < 7 || rate == 0 {
		return 0, 0
	}
	return length, float64(1024*(int(h[6]&3)+1)) / float64(rate)
}

// probeADTS counts frames of 1024 samples and goes on behind damage as
// [probeMP3] does.
func probeADTS(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p := Container{Codec: "aac"}
	var played float64
	var lost, firstLost int64
	frames := 0
	for off := id3Size(w); off < size; {
		n, plays := adtsFrame(w, off)
		if n == 0 {
			next, ok := nextFrame(w, off, size, func(at int64) int64 { n, _ := adtsFrame(w, at); return n })
			if !ok {
				p.Damage = damagedAt(off, frames)
				break
			}
			if lost == 0 {
				firstLost = off
			}
			lost += next - off
			off = next
			continue
		}
		if off+n > size {
			p.Damage = cutAt(off, frames)
			break
		}
		played += plays
		frames++
		off += n
	}
	if lost > 0 {
		p.Damage = skippedOver(firstLost, lost, frames)
	}
	p.Length = seconds(played)
	return p, nil
}
