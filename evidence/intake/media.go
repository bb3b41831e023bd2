package intake

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// A Probe is what a container says of its sound or film.
type Probe struct {
	Codec   string        // amr-nb, aac, mp3, opus …
	Length  time.Duration // of sound, counted; zero: not known
	Created time.Time     // by the container, UTC; zero: not said
	// Damage says where the file stops making sense and what was read before;
	// empty if it is whole.
	Damage string
}

var errNotMedia = errors.New("no sound or film that is known here")

// probeMedia reads length and codec from the container: r has size bytes and
// is of the given media type. Nothing is decoded; frames are counted, so the
// length is that of the sound and not an estimate from a bit rate.
func probeMedia(r io.ReaderAt, size int64, mediaType string) (Probe, error) {
	switch mediaType {
	case "audio/amr", "audio/amr-wb":
		return probeAMR(r, size)
	case "audio/wav":
		return probeWAV(r, size)
	case "audio/mpeg":
		return probeMP3(r, size)
	case "audio/aac":
		return probeADTS(r, size)
	case "audio/ogg":
		return probeOgg(r, size)
	case "audio/flac":
		return probeFLAC(r, size)
	case "audio/mp4", "audio/x-m4a", "audio/3gpp", "video/mp4", "video/3gpp", "video/quicktime":
		return probeMP4(r, size)
	}
	return Probe{}, errNotMedia
}

// A window reads a file through a buffer, for walks over many small frames.
type window struct {
	r    io.ReaderAt
	size int64
	buf  []byte
	at   int64 // offset of buf[0]
}

// bytes returns n bytes at offset off, fewer at the end of the file.
func (w *window) bytes(off int64, n int) []byte {
	if off < 0 || off >= w.size {
		return nil
	}
	n = int(min(int64(n), w.size-off))
	if off < w.at || off+int64(n) > w.at+int64(len(w.buf)) {
		if cap(w.buf) < 64<<10 {
			w.buf = make([]byte, 64<<10)
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

// Whole-frame bytes by frame type, the TOC byte counted; 0 is reserved.
// 3GPP TS 26.101 and 26.201, storage format of RFC 4867, 5.
var (
	amrNarrow = [16]int{13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1}
	amrWide   = [16]int{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1}
)

func probeAMR(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p, table, off := Probe{Codec: "amr-nb"}, &amrNarrow, int64(6)
	if string(w.bytes(0, 9)) == "#!AMR-WB\n" {
		p.Codec, table, off = "amr-wb", &amrWide, 9
	}
	frames := 0
	for off < size {
		b := w.bytes(off, 1)
		if len(b) == 0 {
			break
		}
		n := table[b[0]>>3&15]
		switch {
		case b[0]&0x83 != 0 || n == 0:
			p.Damage = fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames)
		case off+int64(n) > size:
			p.Damage = fmt.Sprintf("cut short at byte %d, after %d whole frames", off, frames)
		}
		if p.Damage != "" {
			break
		}
		frames++
		off += int64(n)
	}
	p.Length = time.Duration(frames) * 20 * time.Millisecond
	if frames == 0 && p.Damage == "" {
		p.Damage = "no sound in it"
	}
	return p, nil
}

func probeWAV(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "pcm"}
	var perSecond uint32
	for off := int64(12); off+8 <= size; {
		head := w.bytes(off, 8)
		if len(head) < 8 {
			break
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "fmt ":
			f := w.bytes(off+8, 16)
			if len(f) < 16 {
				p.Damage = "cut short in its header"
				return p, nil
			}
			perSecond = binary.LittleEndian.Uint32(f[8:])
			if format := binary.LittleEndian.Uint16(f); format != 1 && format != 0xfffe {
				p.Codec = fmt.Sprintf("wav-%d", format)
			}
		case "data":
			if have := size - off - 8; n > have {
				p.Damage = fmt.Sprintf("cut short: %d of %d bytes of sound are there", have, n)
				n = have
			}
			if perSecond == 0 {
				p.Damage = "sound without a header"
				return p, nil
			}
			p.Length = seconds(float64(n) / float64(perSecond))
			return p, nil
		}
		off += 8 + n + n&1 // chunks are padded to an even length
	}
	p.Damage = "no sound in it"
	return p, nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

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

func probeMP3(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "mp3"}
	off := id3Size(w)
	end := size
	if string(w.bytes(size-128, 3)) == "TAG" {
		end -= 128
	}
	var played float64
	frames := 0
	for off+4 <= end {
		n, samples, rate := mp3Frame(w.bytes(off, 4))
		if n == 0 {
			if next, ok := nextMP3(w, off, end); frames == 0 && ok {
				off = next
				continue
			}
			p.Damage = fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames)
			break
		}
		if off+int64(n) > end {
			p.Damage = fmt.Sprintf("cut short at byte %d, after %d whole frames", off, frames)
			break
		}
		if trim, info := mp3Info(w.bytes(off, n)); frames > 0 || !info {
			played += float64(samples) / float64(rate)
		} else {
			played -= float64(trim) / float64(rate)
		}
		frames++
		off += int64(n)
	}
	p.Length = seconds(max(0, played))
	if frames == 0 {
		p.Damage = "no sound in it"
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

// nextMP3 looks for the first frame that is followed by another.
func nextMP3(w *window, off, end int64) (int64, bool) {
	for at := off + 1; at < min(off+64<<10, end-4); at++ {
		if n, _, _ := mp3Frame(w.bytes(at, 4)); n > 0 {
			if m, _, _ := mp3Frame(w.bytes(at+int64(n), 4)); m > 0 {
				return at, true
			}
		}
	}
	return 0, false
}

// mp3Info reports an Xing, Info or VBRI frame, which holds no sound, and the
// samples that the encoder says it put before and after the sound (the delay
// and padding of the LAME tag).
func mp3Info(frame []byte) (trim int, info bool) {
	for _, at := range []int{13, 21, 36} {
		if len(frame) < at+8 {
			break
		}
		switch string(frame[at : at+4]) {
		case "VBRI":
			return 0, true
		case "Xing", "Info":
			flags := frame[at+7]
			lame := at + 8
			for bit, size := range []int{4, 4, 100, 4} {
				if flags>>bit&1 != 0 {
					lame += size
				}
			}
			if len(frame) >= lame+24 && frame[lame] == 'L' {
				d := frame[lame+21:]
				trim = int(d[0])<<4 | int(d[1])>>4
				trim += int(d[1]&15)<<8 | int(d[2])
			}
			return trim, true
		}
	}
	return 0, false
}

var adtsRates = [16]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// probeADTS counts frames of 1024 samples, ISO/IEC 13818-7, 6.2.
func probeADTS(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "aac"}
	var played float64
	frames := 0
	for off := id3Size(w); off < size; {
		h := w.bytes(off, 7)
		if len(h) < 7 || h[0] != 0xff || h[1]&0xf6 != 0xf0 {
			p.Damage = fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames)
			break
		}
		n := int64(h[3]&3)<<11 | int64(h[4])<<3 | int64(h[5])>>5
		rate := adtsRates[h[2]>>2&15]
		if n < 7 || rate == 0 {
			p.Damage = fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames)
			break
		}
		if off+n > size {
			p.Damage = fmt.Sprintf("cut short at byte %d, after %d whole frames", off, frames)
			break
		}
		played += float64(1024*(int(h[6]&3)+1)) / float64(rate)
		frames++
		off += n
	}
	p.Length = seconds(played)
	return p, nil
}

// probeOgg takes the length from the last page's granule position: Opus
// counts 48,000 a second after its pre-skip (RFC 7845, 4), Vorbis samples.
func probeOgg(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	var p Probe
	rate, skip := 0.0, 0.0
	var last uint64
	for off := int64(0); off < size; {
		h := w.bytes(off, 27)
		if len(h) < 27 || string(h[:4]) != "OggS" {
			p.Damage = fmt.Sprintf("damaged at byte %d", off)
			break
		}
		segments := int(h[26])
		granule := binary.LittleEndian.Uint64(h[6:])
		lacing := w.bytes(off+27, segments)
		body := int64(0)
		for _, n := range lacing {
			body += int64(n)
		}
		start := off + 27 + int64(segments)
		if len(lacing) < segments || start+body > size {
			p.Damage = fmt.Sprintf("cut short at byte %d", off)
			break
		}
		if first := w.bytes(start, 19); off == 0 {
			switch {
			case len(first) >= 12 && string(first[:8]) == "OpusHead":
				p.Codec, rate = "opus", 48000
				skip = float64(binary.LittleEndian.Uint16(first[10:]))
			case len(first) >= 16 && string(first[:7]) == "\x01vorbis":
				p.Codec, rate = "vorbis", float64(binary.LittleEndian.Uint32(first[12:]))
			default:
				return p, errNotMedia
			}
		}
		if granule != 1<<64-1 {
			last = granule
		}
		off = start + body
	}
	if rate > 0 && float64(last) > skip && float64(last) < 1e12 {
		p.Length = seconds((float64(last) - skip) / rate)
	}
	return p, nil
}
