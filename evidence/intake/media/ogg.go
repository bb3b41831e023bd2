package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// An oggCodec is what the first packet of a stream says.
type oggCodec struct {
	name string
	rate float64 // of granule positions, a second
	skip float64 // granules before the sound begins
}

func oggCodecOf(first []byte) (c oggCodec, ok bool) {
	at := func(off int) uint32 { return binary.LittleEndian.Uint32(first[off:]) }
	switch {
	case len(first) >= 12 && string(first[:8]) == "OpusHead": // RFC 7845, 5.1
		return oggCodec{"opus", 48000, float64(binary.LittleEndian.Uint16(first[10:]))}, true
	case len(first) >= 16 && string(first[:7]) == "\x01vorbis":
		return oggCodec{"vorbis", float64(at(12)), 0}, true
	case len(first) >= 40 && string(first[:8]) == "Speex   ":
		return oggCodec{"speex", float64(at(36)), 0}, true
	case len(first) >= 30 && string(first[:5]) == "\x7fFLAC": // RFC 9639, 10.1
		return oggCodec{"flac", float64(uint32(first[27])<<12 | uint32(first[28])<<4 | uint32(first[29])>>4), 0}, true
	}
	return c, false
}

// probeOgg takes the length from the last page's granule position: Opus
// counts 48,000 a second after its pre-skip (RFC 7845, 4), the others samples.
// Behind damage it goes on with the next page.
func probeOgg(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	var p Container
	var codec oggCodec
	var last uint64
	for off := int64(0); off < size; {
		h := w.bytes(off, 27)
		if len(h) < 27 || string(h[:4]) != "OggS" {
			p.Damage = orDamage(p.Damage, damage(
				fmt.Sprintf("第 %d 字节处已损坏", off), fmt.Sprintf("damaged at byte %d", off)))
			next, ok := nextPage(w, off)
			if !ok {
				break
			}
			off = next
			continue
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
			p.Damage = orDamage(p.Damage, damage(
				fmt.Sprintf("到第 %d 字节就断了", off), fmt.Sprintf("cut short at byte %d", off)))
			break
		}
		if off == 0 {
			var ok bool
			if codec, ok = oggCodecOf(w.bytes(start, 64)); !ok {
				return p, errNotMedia
			}
			p.Codec = codec.name
		}
		if !pageFits(w.bytes(off, int(start-off+body))) {
			p.Damage = orDamage(p.Damage, damage(
				fmt.Sprintf("第 %d 字节起的一页已损坏", off), fmt.Sprintf("the page at byte %d is damaged", off)))
		}
		if granule != 1<<64-1 {
			last = granule
		}
		off = start + body
	}
	if codec.rate > 0 && float64(last) > codec.skip && float64(last) < 1e12 {
		p.Length = seconds((float64(last) - codec.skip) / codec.rate)
	}
	return p, nil
}

// nextPage looks for the mark of a page behind off.
func nextPage(w *window, off int64) (int64, bool) {
	const step = 32 << 10
	for at := off + 1; at < w.size; at += step {
		if i := bytes.Index(w.bytes(at, step+3), []byte("OggS")); i >= 0 {
			return at + int64(i), true
		}
	}
	return 0, false
}

// pageFits holds a page against its check sum, x³²+x²⁶+…+1 over the page with
// the field itself as zero (RFC 3533, 6).
func pageFits(page []byte) bool {
	var sum uint32
	for n, b := range page {
		if n >= 22 && n < 26 {
			b = 0
		}
		sum = sum<<8 ^ oggTable()[byte(sum>>24)^b]
	}
	return sum == binary.LittleEndian.Uint32(page[22:])
}

var oggTable = sync.OnceValue(func() *[256]uint32 {
	var t [256]uint32
	for n := range t {
		sum := uint32(n) << 24
		for range 8 {
			if sum&(1<<31) != 0 {
				sum = sum<<1 ^ 0x04c11db7
			} else {
				sum <<= 1
			}
		}
		t[n] = sum
	}
	return &t
})
