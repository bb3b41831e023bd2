package media

import (
	"encoding/binary"
	"io"
	"math"
	"strings"
)

// probeCAF reads Apple's Core Audio Format: chunks with sizes of eight bytes.
// Desc says how many packets make a second, pakt how many there are and how
// many samples of them are sound; without pakt all packets are of one size.
func probeCAF(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size, span: 4 << 10}
	var p Container
	var rate float64
	var packetBytes, packetFrames uint32
	var frames, dataSize int64
	cut := false
	for off := int64(8); off+12 <= size; {
		head := w.bytes(off, 12)
		if len(head) < 12 {
			break
		}
		kind, length := string(head[:4]), int64(binary.BigEndian.Uint64(head[4:]))
		start := off + 12
		if length < 0 || length > size-start { // -1: to the end of the file
			cut, length = length >= 0, size-start
		}
		switch kind {
		case "desc":
			b := w.bytes(start, 32)
			if len(b) < 32 || length < 32 {
				return p, errNotMedia
			}
			rate = math.Float64frombits(binary.BigEndian.Uint64(b))
			p.Codec = cafCodec(string(b[8:12]))
			packetBytes, packetFrames = binary.BigEndian.Uint32(b[16:]), binary.BigEndian.Uint32(b[20:])
		case "pakt":
			if b := w.bytes(start, 24); len(b) == 24 {
				frames = int64(binary.BigEndian.Uint64(b[8:]))
			}
		case "data":
			dataSize = length - 4 // behind the count of edits
		}
		off = start + length
	}
	if frames == 0 && packetBytes > 0 {
		frames = dataSize / int64(packetBytes) * int64(packetFrames)
	}
	if rate > 0 && frames > 0 && float64(frames)/rate < 1<<20 {
		p.Length = seconds(float64(frames) / rate)
	}
	switch {
	case cut:
		p.Damage = damage("文件不到该有的长度，末尾缺了一截", "cut short: a chunk reaches beyond the end of the file")
	case dataSize <= 0 || p.Length == 0:
		p.Damage = noSound
	}
	return p, nil
}

func cafCodec(id string) string {
	switch id = strings.TrimRight(id, " \x00"); id {
	case "lpcm":
		return "pcm"
	case "samr":
		return "amr-nb"
	case "ima4":
		return "adpcm"
	}
	return id // aac, alac, opus, ulaw, alaw
}
