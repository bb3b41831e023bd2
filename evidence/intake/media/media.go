package media

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"juzheng/evidence"
)

// Facts are what a container says of its sound or film.
type Facts struct {
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

// Probe reads length and codec from the container: r has size bytes and
// is of the given media type. Nothing is decoded; frames are counted, so the
// length is that of the sound and not an estimate from a bit rate.
func Probe(r io.ReaderAt, size int64, mediaType string) (Facts, error) {
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
	return Facts{}, errNotMedia
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

func probeAMR(r io.ReaderAt, size int64) (Facts, error) {
	w := &window{r: r, size: size}
	p, table, off := Facts{Codec: "amr-nb"}, &amrNarrow, int64(6)
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

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
