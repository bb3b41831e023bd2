package intake

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// mp4Epoch is 1904-01-01 UTC, from which ISO/IEC 14496-12 counts.
const mp4Epoch = 2_082_844_800

// probeMP4 reads moov/mvhd. The creation time there is the start or the end
// of the recording depending on the maker: good to the minute at best.
func probeMP4(r io.ReaderAt, size int64) (Probe, error) {
	w := &window{r: r, size: size}
	p := Probe{}
	moov, whole := findBox(w, 0, size, "moov")
	if !whole {
		p.Damage = "cut short: boxes reach beyond the end of the file"
	}
	if moov == nil {
		p.Damage = "cut short: the index (moov) was never written"
		return p, nil
	}
	mvhd, _ := findBox(w, moov.start, moov.end, "mvhd")
	if mvhd == nil {
		p.Damage = "the index has no header (mvhd)"
		return p, nil
	}
	b := w.bytes(mvhd.start, 32)
	var created, scale, length uint64
	switch {
	case len(b) >= 20 && b[0] == 0:
		created = uint64(binary.BigEndian.Uint32(b[4:]))
		scale = uint64(binary.BigEndian.Uint32(b[12:]))
		length = uint64(binary.BigEndian.Uint32(b[16:]))
	case len(b) >= 32 && b[0] == 1:
		created = binary.BigEndian.Uint64(b[4:])
		scale = uint64(binary.BigEndian.Uint32(b[20:]))
		length = binary.BigEndian.Uint64(b[24:])
	default:
		p.Damage = "the index is cut short"
		return p, nil
	}
	if scale > 0 && length/scale < 1<<20 {
		p.Length = seconds(float64(length) / float64(scale))
	}
	if created > mp4Epoch && created < mp4Epoch+1<<32 {
		p.Created = time.Unix(int64(created-mp4Epoch), 0).UTC()
	}
	p.Codec = codecOf(w, *moov)
	if mdat, _ := findBox(w, 0, size, "mdat"); mdat == nil && p.Damage == "" {
		p.Damage = "no sound in it"
	}
	return p, nil
}

// A box is the content of an ISO base media box.
type box struct{ start, end int64 }

// findBox looks for the first box of a type between two offsets. Whole is
// false if a box reaches beyond the end.
func findBox(w *window, start, end int64, kind string) (found *box, whole bool) {
	for off, n := start, 0; off+8 <= end; n++ {
		h := w.bytes(off, 16)
		if len(h) < 8 || n > 10_000 {
			return found, false
		}
		size, head := int64(binary.BigEndian.Uint32(h)), int64(8)
		switch size {
		case 0:
			size = end - off // to the end
		case 1:
			if len(h) < 16 {
				return found, false
			}
			size, head = int64(binary.BigEndian.Uint64(h[8:])), 16
		}
		if size < head || size > end-off {
			return found, false
		}
		if string(h[4:8]) == kind && found == nil {
			found = &box{off + head, off + size}
		}
		off += size
	}
	return found, true
}

// codecOf names the sample entry of the first track.
func codecOf(w *window, moov box) string {
	at := &moov
	for _, kind := range []string{"trak", "mdia", "minf", "stbl", "stsd"} {
		if at, _ = findBox(w, at.start, at.end, kind); at == nil {
			return ""
		}
	}
	b := w.bytes(at.start+8, 8)
	if len(b) < 8 {
		return ""
	}
	switch name := string(b[4:8]); name {
	case "mp4a":
		return "aac"
	case "samr":
		return "amr-nb"
	case "sawb":
		return "amr-wb"
	case "avc1":
		return "h264"
	case "hvc1", "hev1":
		return "h265"
	default:
		return fmt.Sprintf("%q", name)
	}
}
