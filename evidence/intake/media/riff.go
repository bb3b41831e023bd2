package media

import (
	"encoding/binary"
	"fmt"
	"io"
)

// probeWAV reads RIFF and RF64 (EBU Tech 3306) files.
func probeWAV(r io.ReaderAt, size int64) (Container, error) {
	w := &window{r: r, size: size}
	p := Container{Codec: "pcm"}
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
				p.Damage = damage(
					"文件头里没有写声音的长度，录音可能是中断的；按文件的长度计",
					"the header gives no length: it may have been interrupted; counted by the file's size")
				n = have
			case n > have:
				p.Damage = damage(
					fmt.Sprintf("缺了一截：声音有 %d 字节，只有 %d 字节在", n, have),
					fmt.Sprintf("cut short: %d of %d bytes of sound are there", have, n))
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
