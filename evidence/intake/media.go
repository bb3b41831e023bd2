package intake

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"juzheng/evidence"
)

// A Probe is what a container says of its sound or film.
type Probe struct {
	Codec   string        // amr-nb, aac, mp3, opus …
	Length  time.Duration // of sound, counted; zero: not known
	Created time.Time     // by the container, UTC; zero: not said
	Film    bool          // pictures, and not only sound
	// Damage says where the file stops making sense and what was read before;
	// empty if it is whole.
	Damage evidence.Text
}

func damage(zh, en string) evidence.Text { return evidence.Text{ZH: zh, EN: en} }

var noSound = damage("里面没有声音", "no sound in it")

// cutAt and damagedAt say where, and how much came before.
func cutAt(off int64, frames int) evidence.Text {
	return damage(fmt.Sprintf("到第 %d 字节就断了，之前有 %d 帧完整", off, frames), fmt.Sprintf("cut short at byte %d, after %d whole frames", off, frames))
}

func damagedAt(off int64, frames int) evidence.Text {
	return damage(fmt.Sprintf("第 %d 字节处已损坏，之前有 %d 帧完整", off, frames), fmt.Sprintf("damaged at byte %d, after %d whole frames", off, frames))
}

// skippedOver says how much of a file was passed over to go on behind it.
func skippedOver(off, lost int64, frames int) evidence.Text {
	return damage(fmt.Sprintf("第 %d 字节起有 %d 字节读不出，其余 %d 帧完整", off, lost, frames),
		fmt.Sprintf("%d bytes from byte %d on make no sense; the other %d frames are whole", lost, off, frames))
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
		p.Damage = orDamage(p.Damage, damage(fmt.Sprintf("第 %d 字节起有 %d 帧标明已损坏", firstBad, bad), fmt.Sprintf("%d frames from byte %d on are marked as damaged", bad, firstBad)))
	}
	return p, nil
}

// probeWAV reads RIFF and RF64 (EBU Tech 3306) files.
func probeWAV(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "pcm"}
	var f wavFormat
	large := int64(0) // length of the sound in RF64
	for off := int64(12); off+8 <= size; {
		head := w.bytes(off, 8)
		if len(head) < 8 {
			break
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "ds64":
			if b := w.bytes(off+8, 16); len(b) == 16 {
				large = int64(binary.LittleEndian.Uint64(b[8:]))
			}
		case "fmt ":
			var ok bool
			if f, ok = readWAVFormat(w.bytes(off+8, int(min(n, 20)))); !ok {
				p.Damage = damage("文件头缺了一截", "cut short in its header")
				return p, nil
			}
			p.Codec = f.codec
		case "data":
			have := size - off - 8
			switch {
			case n == 0xffffffff && large > 0 && large <= have:
				n = large
			case n == 0xffffffff: // written as it came, its length not known
				n = have
			case n == 0 && have > 0:
				p.Damage = damage("文件头里没有写声音的长度，录音可能是中断的；按文件的长度计", "the header gives no length: it may have been interrupted; counted by the file's size")
				n = have
			case n > have:
				p.Damage = damage(fmt.Sprintf("缺了一截：声音有 %d 字节，只有 %d 字节在", n, have), fmt.Sprintf("cut short: %d of %d bytes of sound are there", have, n))
				n = have
			}
			if f.perSecond == 0 {
				p.Damage = damage("有声音，没有文件头", "sound without a header")
				return p, nil
			}
			p.Length = seconds(f.seconds(n))
			return p, nil
		}
		off += 8 + n + n&1 // chunks are padded to an even length
	}
	p.Damage = noSound
	return p, nil
}

// A wavFormat is the chunk "fmt " of a WAV file.
type wavFormat struct {
	codec           string
	perSecond       uint32 // bytes
	rate            uint32
	block, inABlock uint16 // bytes of a block and samples in it, of formats whose bytes a second are an estimate
}

func readWAVFormat(b []byte) (wavFormat, bool) {
	if len(b) < 16 {
		return wavFormat{}, false
	}
	f := wavFormat{codec: "pcm", rate: binary.LittleEndian.Uint32(b[4:]), perSecond: binary.LittleEndian.Uint32(b[8:])}
	switch format := binary.LittleEndian.Uint16(b); format {
	case 1, 0xfffe:
	default:
		f.codec = fmt.Sprintf("wav-%d", format)
		if (format == 2 || format == 0x11 || format == 0x31) && len(b) >= 20 { // ADPCM, GSM
			f.block, f.inABlock = binary.LittleEndian.Uint16(b[12:]), binary.LittleEndian.Uint16(b[18:])
		}
	}
	return f, true
}

func (f wavFormat) seconds(bytes int64) float64 {
	if f.block > 0 && f.inABlock > 0 && f.rate > 0 {
		return float64(bytes) / float64(f.block) * float64(f.inABlock) / float64(f.rate)
	}
	return float64(bytes) / float64(f.perSecond)
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

// probeMP3 walks the frames. Behind damage it goes on where frames begin
// again, and says what it passed over.
func probeMP3(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "mp3"}
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
		p.Damage = damage(fmt.Sprintf("缺了一截：开头写着共 %d 帧，只有 %d 帧在", promised, frames-1), fmt.Sprintf("cut short: %d of %d frames are there", frames-1, promised))
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
// the end; length is the length of the frame at an offset, 0 where there is
// none.
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
// ISO/IEC 13818-7, 6.2; 0 where there is none.
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
func probeADTS(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{Codec: "aac"}
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
