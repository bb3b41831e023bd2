package media

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"juzheng/evidence"
)

// mp4Epoch is 1904-01-01 UTC, from which ISO/IEC 14496-12 counts.
const mp4Epoch = 2_082_844_800

var noIndex = damage("录音或录像中断了，索引（moov）没有写下", "cut short: the index (moov) was never written")

// probeMP4 reads the index of an ISO base media file (ISO/IEC 14496-12). The
// creation time there is the start or the end of the recording depending on
// the maker: good to the minute at best.
func probeMP4(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size, span: 4 << 10}
	p := Container{}
	moov, whole := findBox(w, 0, size, "moov")
	if !whole {
		p.Damage = damage("文件不到该有的长度，末尾缺了一截", "cut short: boxes reach beyond the end of the file")
	}
	if moov == nil {
		p.Damage = noIndex
		return p, nil
	}
	mvhd, _ := findBox(w, moov.start, moov.end, "mvhd")
	if mvhd == nil {
		p.Damage = damage("索引没有头（mvhd）", "the index has no header (mvhd)")
		return p, nil
	}
	created, scale, length, ok := timesOf(w.bytes(mvhd.start, 32))
	if !ok {
		p.Damage = damage("索引缺了一截", "the index is cut short")
		return p, nil
	}
	if created > mp4Epoch && created < mp4Epoch+1<<32 {
		p.Created = time.Unix(int64(created-mp4Epoch), 0).UTC()
	}
	if scale > 0 && length/scale < 1<<20 {
		p.Length = seconds(float64(length) / float64(scale))
	}
	main := mainTrack(tracksOf(w, *moov))
	if main == nil {
		main = &track{}
	}
	p.Codec, p.Film = main.codec, main.film
	mdat, _ := findBox(w, 0, size, "mdat")
	switch fragments := fragmentTime(w, main.id, main.defaultTime); {
	case fragments > 0 && main.scale > 0: // the index was written in pieces
		p.Length = seconds(float64(fragments) / float64(main.scale))
	case mdat == nil:
		p.Damage = orDamage(p.Damage, damage("里面没有声音或画面", "no sound in it"))
	case !whole && main.scale > 0 && moov.start < mdat.start:
		if there, ok := main.timeBefore(w, size); ok && there < p.Length {
			written, left := p.Length.Seconds(), there.Seconds()
			p.Damage = damage(
				fmt.Sprintf("文件缺了一截：索引写着 %.1f 秒，只有前 %.1f 秒在", written, left),
				fmt.Sprintf("cut short: the first %.1f of %.1f s are there", left, written))
			p.Length = there
		}
	}
	return p, nil
}

// timesOf reads what mvhd and mdhd begin with.
func timesOf(b []byte) (created, scale, length uint64, ok bool) {
	short := func(at int) uint64 { return uint64(binary.BigEndian.Uint32(b[at:])) }
	switch {
	case len(b) >= 20 && b[0] == 0:
		return short(4), short(12), short(16), true
	case len(b) >= 32 && b[0] == 1:
		return binary.BigEndian.Uint64(b[4:]), short(20), binary.BigEndian.Uint64(b[24:]), true
	}
	return 0, 0, 0, false
}

// A track is one trak box.
type track struct {
	id          uint32
	film        bool // pictures, by its handler; otherwise sound
	codec       string
	scale       uint64 // units a second
	defaultTime uint32 // of a sample in fragments, in units
	tables      *box   // stbl
}

// mainTrack is the track that says what a file is: pictures before sound.
func mainTrack(tracks []track) *track {
	for n, t := range tracks {
		if t.film {
			return &tracks[n]
		}
	}
	if len(tracks) > 0 {
		return &tracks[0]
	}
	return nil
}

// tracksOf lists the tracks of sound and pictures.
func tracksOf(w *window, moov box) []track {
	var out []track
	for at := moov.start; at < moov.end && len(out) < 16; {
		trak, _ := findBox(w, at, moov.end, "trak")
		if trak == nil {
			break
		}
		at = trak.end
		t := track{}
		if tkhd, _ := findBox(w, trak.start, trak.end, "tkhd"); tkhd != nil {
			off := tkhd.start + 12
			if b := w.bytes(tkhd.start, 1); len(b) == 1 && b[0] == 1 {
				off = tkhd.start + 20
			}
			t.id = w.uint32(off)
		}
		mdia, _ := findBox(w, trak.start, trak.end, "mdia")
		if mdia == nil {
			continue
		}
		hdlr, _ := findBox(w, mdia.start, mdia.end, "hdlr")
		if hdlr == nil {
			continue
		}
		switch string(w.bytes(hdlr.start+8, 4)) {
		case "soun":
		case "vide":
			t.film = true
		default:
			continue
		}
		if mdhd, _ := findBox(w, mdia.start, mdia.end, "mdhd"); mdhd != nil {
			_, t.scale, _, _ = timesOf(w.bytes(mdhd.start, 32))
		}
		if minf, _ := findBox(w, mdia.start, mdia.end, "minf"); minf != nil {
			t.tables, _ = findBox(w, minf.start, minf.end, "stbl")
		}
		t.codec = t.codecOf(w)
		t.defaultTime = defaultTime(w, moov, t.id)
		out = append(out, t)
	}
	return out
}

// A box is the content of an ISO base media box.
type box struct{ start, end int64 }

// maxBoxes bounds a walk; a film of hours in pieces of a second has some ten
// thousand.
const maxBoxes = 200_000

// findBox looks for the first box of a type between two offsets. Whole is
// false if a box reaches beyond the end; if it is the one looked for, what is
// there of it is given.
func findBox(w *window, start, end int64, kind string) (found *box, whole bool) {
	last := walkBoxes(w, start, end, func(name string, b box, cut bool) bool {
		if name == kind && found == nil {
			found = &b
		}
		return !cut
	})
	return found, last == end
}

// walkBoxes gives the boxes between two offsets until each says stop, and
// returns where it came to. A box that reaches beyond the end is given as far
// as it is there, and is the last.
func walkBoxes(w *window, start, end int64, each func(name string, b box, cut bool) bool) int64 {
	off := start
	for n := 0; off+8 <= end && n < maxBoxes; n++ {
		h := w.bytes(off, 16)
		if len(h) < 8 {
			break
		}
		size, head := int64(binary.BigEndian.Uint32(h)), int64(8)
		name := string(h[4:8])
		switch size {
		case 0:
			size = end - off // to the end
		case 1:
			if len(h) < 16 {
				return off
			}
			size, head = int64(binary.BigEndian.Uint64(h[8:])), 16
		}
		cut := size > end-off
		if cut {
			size = end - off
		}
		if size < head || !each(name, box{off + head, off + size}, cut) || cut {
			return off
		}
		off += size
	}
	return off
}

// codecOf names the sample entry of a track.
func (t track) codecOf(w *window) string {
	if t.tables == nil {
		return ""
	}
	stsd, _ := findBox(w, t.tables.start, t.tables.end, "stsd")
	if stsd == nil {
		return ""
	}
	b := w.bytes(stsd.start+8, 8)
	if len(b) < 8 {
		return ""
	}
	switch name := string(b[4:8]); name {
	case "mp4a":
		return mp4aCodec(w.bytes(stsd.start+16, 512))
	case "samr":
		return "amr-nb"
	case "sawb":
		return "amr-wb"
	case "Opus":
		return "opus"
	case "fLaC":
		return "flac"
	case ".mp3":
		return "mp3"
	case "avc1":
		return "h264"
	case "hvc1", "hev1":
		return "h265"
	default:
		return fmt.Sprintf("%q", name)
	}
}

// mp4aCodec looks into the description of an mp4a entry: its decoder
// configuration (tag 4) begins with the kind of sound (ISO/IEC 14496-1, 7.2.6.6).
func mp4aCodec(entry []byte) string {
	for at := 0; at+8 < len(entry); at++ {
		if string(entry[at:at+4]) != "esds" {
			continue
		}
		for d := at + 8; d+6 < len(entry); d++ {
			if entry[d] != 4 {
				continue
			}
			for d++; d < len(entry)-1 && entry[d]&0x80 != 0; d++ { // the length goes on
			}
			if kind := entry[d+1]; kind == 0x69 || kind == 0x6b {
				return "mp3"
			}
			break
		}
		break
	}
	return "aac"
}

func orDamage(a, b evidence.Text) evidence.Text {
	if a.ZH != "" {
		return a
	}
	return b
}
