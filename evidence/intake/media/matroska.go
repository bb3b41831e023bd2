package media

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// Elements of Matroska (RFC 9559, 5.1).
const (
	mkvHead      = 0x1a45dfa3
	mkvSegment   = 0x18538067
	mkvInfo      = 0x1549a966
	mkvScale     = 0x2ad7b1
	mkvDuration  = 0x4489
	mkvDate      = 0x4461
	mkvTracks    = 0x1654ae6b
	mkvTrack     = 0xae
	mkvTrackKind = 0x83
	mkvCodec     = 0x86
	mkvCluster   = 0x1f43b675
	mkvTime      = 0xe7
	mkvBlock     = 0xa3
	mkvGroup     = 0xa0
	mkvBlockIn   = 0xa1
)

// An element is one of EBML: its name, and where its content stands. Of one
// without a known size the content is what follows.
type element struct {
	id         uint64
	start, end int64
	open       bool // the size was not written
	cut        bool // it reaches beyond the end of what holds it
}

// elementAt reads the head of an element (RFC 8794, 4 and 5).
func elementAt(w *window, off, end int64) (element, bool) {
	b := w.bytes(off, 12)
	id, n, ok := vint(b, false)
	if !ok || n > 4 {
		return element{}, false
	}
	size, m, ok := vint(b[n:], true)
	if !ok {
		return element{}, false
	}
	e := element{id: id, start: off + int64(n+m)}
	switch {
	case size == 1<<(7*m)-1:
		e.open, e.end = true, end
	case size > uint64(max(0, end-e.start)):
		e.cut, e.end = true, end
	default:
		e.end = e.start + int64(size)
	}
	return e, e.start <= end
}

// vint reads a number of variable length; of a size the bit that marks the
// length is no part.
func vint(b []byte, masked bool) (v uint64, n int, ok bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	for n = 1; b[0]>>(8-n)&1 == 0; n++ {
	}
	if len(b) < n {
		return 0, 0, false
	}
	v = uint64(b[0])
	if masked {
		v &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n, true
}

func uintOf(b []byte) (v uint64) {
	for _, c := range b[:min(len(b), 8)] {
		v = v<<8 | uint64(c)
	}
	return v
}

// A matroska is what is gathered while walking.
type matroska struct {
	w        *window
	p        Container
	scale    uint64  // nanoseconds of a unit
	duration float64 // in units, as the file says
	cluster  uint64  // time of the cluster that is open, in units
	last     int64   // time of the last block, in units
	blocks   int
	steps    int
}

// probeMatroska walks the blocks of WebM and Matroska: each says when it is to
// be played. What the file says of its length in all is not there where a
// browser or a program was stopped while recording.
func probeMatroska(r io.ReaderAt, size int64) (Container, error) {
	m := &matroska{w: &window{r: r, size: size, span: 32 << 10}, scale: 1_000_000}
	if e, ok := elementAt(m.w, 0, size); !ok || e.id != mkvHead {
		return m.p, errNotMedia
	}
	whole := m.walk(0, size)
	there, stated := m.span(float64(m.last)), m.span(m.duration)
	switch {
	case m.blocks == 0:
		m.p.Damage = noSound
	case stated == 0:
		m.p.Length = there
	case !whole && there < stated-2*time.Second:
		m.p.Damage = damage(
			fmt.Sprintf("文件缺了一截：写着 %.1f 秒，只有前 %.1f 秒在", stated.Seconds(), there.Seconds()),
			fmt.Sprintf("cut short: the first %.1f of %.1f s are there", there.Seconds(), stated.Seconds()))
		m.p.Length = there
	default:
		m.p.Length = stated
	}
	if !whole {
		m.p.Damage = orDamage(m.p.Damage, damage("文件不到该有的长度，末尾缺了一截", "cut short: it ends in the middle"))
	}
	return m.p, nil
}

// span is so many units of the file; none where nothing lasts so long.
func (m *matroska) span(units float64) time.Duration {
	if s := units * float64(m.scale) / 1e9; s > 0 && s < 1<<20 {
		return seconds(s)
	}
	return 0
}

// maxElements bounds a walk: hours of film have some hundred thousand blocks.
const maxElements = 4_000_000

// walk goes through the elements between two offsets, and tells whether all of
// them are there.
func (m *matroska) walk(off, end int64) bool {
	for off < end && m.steps < maxElements {
		m.steps++
		e, ok := elementAt(m.w, off, end)
		if !ok {
			return false
		}
		switch e.id {
		case mkvSegment, mkvInfo, mkvTracks, mkvCluster, mkvGroup:
			if e.open { // its children follow, and so do its neighbours
				off = e.start
				continue
			}
			if !m.walk(e.start, e.end) || e.cut {
				return false
			}
		case mkvTrack:
			m.track(e)
		default:
			if e.cut || e.open {
				return false
			}
			m.take(e)
		}
		off = e.end
	}
	return true
}

func (m *matroska) take(e element) {
	b := m.w.bytes(e.start, int(min(e.end-e.start, 16)))
	switch e.id {
	case mkvScale:
		if v := uintOf(b); v > 0 && v < 1<<40 {
			m.scale = v
		}
	case mkvDuration:
		switch len(b) {
		case 4:
			m.duration = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
		case 8:
			m.duration = math.Float64frombits(binary.BigEndian.Uint64(b))
		}
		if math.IsNaN(m.duration) {
			m.duration = 0
		}
	case mkvDate: // nanoseconds since 2001
		if len(b) == 8 {
			m.p.Created = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(binary.BigEndian.Uint64(b)))
		}
	case mkvTime:
		m.cluster = min(uintOf(b), 1<<50)
	case mkvBlock, mkvBlockIn:
		if _, n, ok := vint(b, true); ok && len(b) >= n+2 {
			m.blocks++
			m.last = max(m.last, int64(m.cluster)+int64(int16(binary.BigEndian.Uint16(b[n:]))))
		}
	}
}

// track reads what kind a track is, and what it is coded in: pictures go before
// sound.
func (m *matroska) track(track element) {
	film, codec := false, ""
	for off := track.start; off < track.end && m.steps < maxElements; m.steps++ {
		e, ok := elementAt(m.w, off, track.end)
		if !ok {
			break
		}
		b := m.w.bytes(e.start, int(min(e.end-e.start, 32)))
		switch e.id {
		case mkvTrackKind:
			film = uintOf(b) == 1
		case mkvCodec:
			codec = strings.ToLower(strings.TrimRight(string(b), "\x00"))
		}
		off = e.end
	}
	if kind, name, ok := strings.Cut(codec, "_"); ok && len(kind) == 1 {
		codec = name
	}
	if m.p.Codec == "" || film && !m.p.Film {
		m.p.Codec, m.p.Film = strings.ToValidUTF8(codec, "?"), film
	}
}
