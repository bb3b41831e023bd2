package media

import (
	"time"
)

// defaultTime is how long a sample of a track lasts in fragments that do not
// say (trex).
func defaultTime(w *window, moov box, id uint32) (units uint32) {
	mvex, _ := findBox(w, moov.start, moov.end, "mvex")
	if mvex == nil {
		return 0
	}
	walkBoxes(w, mvex.start, mvex.end, func(name string, b box, _ bool) bool {
		if name == "trex" && w.uint32(b.start+4) == id {
			units = w.uint32(b.start + 12)
		}
		return true
	})
	return units
}

// fragmentTime adds up what the fragments of a track hold (moof, traf, trun),
// as far as their sound or pictures are there.
func fragmentTime(w *window, id, defaultTime uint32) (units uint64) {
	var waiting uint64
	walkBoxes(w, 0, w.size, func(name string, b box, cut bool) bool {
		switch name {
		case "moof":
			waiting = 0
			walkBoxes(w, b.start, b.end, func(name string, b box, _ bool) bool {
				if name == "traf" {
					waiting += trafTime(w, b, id, defaultTime)
				}
				return true
			})
		case "mdat":
			if !cut {
				units += waiting
			}
			waiting = 0
		}
		return true
	})
	return units
}

func trafTime(w *window, traf box, id, each uint32) (units uint64) {
	mine := false
	walkBoxes(w, traf.start, traf.end, func(name string, b box, _ bool) bool {
		flags := w.uint32(b.start) & 0xffffff
		switch name {
		case "tfhd":
			mine = w.uint32(b.start+4) == id
			at := b.start + 8
			for _, f := range []struct{ bit, size uint32 }{{1, 8}, {2, 4}} {
				if flags&f.bit != 0 {
					at += int64(f.size)
				}
			}
			if flags&8 != 0 {
				each = w.uint32(at)
			}
		case "trun":
			count, at := w.uint32(b.start+4), b.start+8
			if !mine || int64(count) > b.end-b.start && flags&0x700 != 0 || count > 1<<20 {
				return true
			}
			for _, bit := range []uint32{1, 4} {
				if flags&bit != 0 {
					at += 4
				}
			}
			if flags&0x100 == 0 {
				units += uint64(count) * uint64(each)
				return true
			}
			step := int64(0)
			for bit := uint32(0x100); bit <= 0x800; bit <<= 1 {
				if flags&bit != 0 {
					step += 4
				}
			}
			for n := int64(0); n < int64(count) && at+n*step+4 <= b.end; n++ {
				units += uint64(w.uint32(at + n*step))
			}
		}
		return true
	})
	return units
}

// timeBefore is how much of a track lies before an offset, by its tables:
// where each chunk begins (stco, co64), how many samples it has (stsc), how
// large they are (stsz) and how long they last (stts).
func (t track) timeBefore(w *window, end int64) (time.Duration, bool) {
	if t.tables == nil {
		return 0, false
	}
	table := func(kind string) *box { b, _ := findBox(w, t.tables.start, t.tables.end, kind); return b }
	chunks, width := table("stco"), int64(4)
	if chunks == nil {
		chunks, width = table("co64"), 8
	}
	perChunk, sizes, times := table("stsc"), table("stsz"), table("stts")
	if chunks == nil || perChunk == nil || sizes == nil || times == nil {
		return 0, false
	}
	// Windows of their own: the tables are read side by side.
	side := func(b *box) *window { return &window{r: w.r, size: b.end, span: 4 << 10} }
	chunkW, runW, sizeW, timeW := side(chunks), side(perChunk), side(sizes), side(times)
	fixed, samples := sizeW.uint32(sizes.start+4), sizeW.uint32(sizes.start+8)
	run, inChunk := int64(-1), uint32(0)
	timeRun, left, units := int64(-1), uint32(0), uint32(0)
	total, sample := uint64(0), uint32(0)
	runs, timeRuns := int64(runW.uint32(perChunk.start+4)), int64(timeW.uint32(times.start+4))
	for c := int64(0); c < int64(chunkW.uint32(chunks.start+4)) && sample < samples; c++ {
		for run+1 < runs && int64(runW.uint32(perChunk.start+8+(run+1)*12)) <= c+1 {
			run++
			inChunk = runW.uint32(perChunk.start + 8 + run*12 + 4)
		}
		off := int64(chunkW.uint32(chunks.start + 8 + c*width))
		if width == 8 {
			off = off<<32 | int64(chunkW.uint32(chunks.start+8+c*width+4))
		}
		for range min(inChunk, samples-sample) {
			n := fixed
			if n == 0 {
				n = sizeW.uint32(sizes.start + 12 + int64(sample)*4)
			}
			if off += int64(n); off > end || off < 0 {
				return seconds(float64(total) / float64(t.scale)), true
			}
			for left == 0 && timeRun+1 < timeRuns {
				timeRun++
				left, units = timeW.uint32(times.start+8+timeRun*8), timeW.uint32(times.start+12+timeRun*8)
			}
			if left > 0 {
				left--
			}
			total += uint64(units)
			sample++
		}
	}
	return seconds(float64(total) / float64(t.scale)), true
}
