// Package sfnt reads TrueType fonts and cuts them down to the characters of
// one file.
//
// [Read] checks a font and gives a [Face]: ask it which characters it has and
// how wide they are, then [Face.Cut] makes the font that goes into the file.
// It reads fonts with glyf outlines, as those of package fonts are, and knows
// neither lines nor PDF.
package sfnt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// A Face is a TrueType font with glyf outlines, read from memory: the
// advance of each character, and cuts of the font to the characters used.
type Face struct {
	data   []byte
	tables map[string][]byte
	units  float64      // per em
	glyphs int          // number of glyphs
	hm     int          // number of long horizontal metrics
	long   bool         // loca has 32-bit offsets
	gid    map[rune]int // character -> glyph
}

var errFont = errors.New("font is damaged")

// Read checks and indexes a font. Every offset is checked against the
// file before it is followed.
func Read(data []byte) (*Face, error) {
	f := &Face{data: data, tables: map[string][]byte{}, gid: map[rune]int{}}
	if len(data) < 12 || binary.BigEndian.Uint32(data) != 0x00010000 {
		return nil, fmt.Errorf("%w: not a TrueType font with glyf outlines", errFont)
	}
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := range n {
		if len(data) < 12+16*(i+1) {
			return nil, errFont
		}
		rec := data[12+16*i:]
		off, size := int(binary.BigEndian.Uint32(rec[8:])), int(binary.BigEndian.Uint32(rec[12:]))
		if off < 0 || size < 0 || off > len(data)-size {
			return nil, errFont
		}
		f.tables[string(rec[:4])] = data[off : off+size]
	}
	for name, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "loca": 4, "glyf": 1,
		"cmap": 4, "OS/2": 78, "post": 32, "name": 6} {
		if len(f.tables[name]) < least {
			return nil, fmt.Errorf("%w: table %s", errFont, name)
		}
	}
	f.units = float64(binary.BigEndian.Uint16(f.tables["head"][18:]))
	f.long = binary.BigEndian.Uint16(f.tables["head"][50:]) == 1
	f.glyphs = int(binary.BigEndian.Uint16(f.tables["maxp"][4:]))
	f.hm = int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	if f.units == 0 || f.hm == 0 || f.hm > f.glyphs || len(f.tables["hmtx"]) < 4*f.hm {
		return nil, errFont
	}
	return f, f.readCmap()
}

// readCmap reads the Unicode subtables of formats 4 and 12.
func (f *Face) readCmap() error {
	c := f.tables["cmap"]
	for i := range int(binary.BigEndian.Uint16(c[2:])) {
		if len(c) < 4+8*(i+1) {
			return errFont
		}
		off := int(binary.BigEndian.Uint32(c[4+8*i+4:]))
		if off < 0 || off > len(c)-16 {
			return errFont
		}
		t := c[off:]
		switch binary.BigEndian.Uint16(t) {
		case 12:
			n := int(binary.BigEndian.Uint32(t[12:]))
			if n > (len(t)-16)/12 {
				return errFont
			}
			for g := range n {
				rec := t[16+12*g:]
				from, to, gid := binary.BigEndian.Uint32(rec), binary.BigEndian.Uint32(rec[4:]),
					binary.BigEndian.Uint32(rec[8:])
				if to < from || to > 0x10FFFF {
					return errFont
				}
				for r := from; r <= to; r++ {
					f.mapRune(rune(r), int(gid+r-from))
				}
			}
		case 4:
			if err := f.readFormat4(t); err != nil {
				return err
			}
		}
	}
	if len(f.gid) == 0 {
		return fmt.Errorf("%w: no Unicode characters", errFont)
	}
	return nil
}

func (f *Face) readFormat4(t []byte) error {
	n := int(binary.BigEndian.Uint16(t[6:])) / 2
	if len(t) < 16+8*n {
		return errFont
	}
	at := func(base, i int) int { return int(binary.BigEndian.Uint16(t[base+2*i:])) }
	ends, starts, deltas, offsets := 14, 16+2*n, 16+4*n, 16+6*n
	for s := range n {
		for r := at(starts, s); r <= at(ends, s) && r < 0xFFFF; r++ {
			g := (r + at(deltas, s)) & 0xFFFF
			if o := at(offsets, s); o != 0 {
				p := offsets + 2*s + o + 2*(r-at(starts, s))
				if p+2 > len(t) {
					return errFont
				}
				if g = int(binary.BigEndian.Uint16(t[p:])); g != 0 {
					g = (g + at(deltas, s)) & 0xFFFF
				}
			}
			f.mapRune(rune(r), g)
		}
	}
	return nil
}

func (f *Face) mapRune(r rune, gid int) {
	if gid > 0 && gid < f.glyphs {
		f.gid[r] = gid
	}
}

// Has reports whether the font draws r.
func (f *Face) Has(r rune) bool { return f.gid[r] != 0 }

// Advance is the width of r in em.
func (f *Face) Advance(r rune) float64 {
	return float64(f.metric(f.gid[r])>>16) / f.units
}

// Blanks are how much of r's width is blank before and behind its ink, in em.
func (f *Face) Blanks(r rune) (before, behind float64) {
	o, err := f.outline(f.gid[r])
	if err != nil || len(o) < 10 {
		return 0, 0
	}
	least := float64(int16(binary.BigEndian.Uint16(o[2:]))) // xMin and xMax of the glyph's box
	most := float64(int16(binary.BigEndian.Uint16(o[6:])))
	return least / f.units, f.Advance(r) - most/f.units
}

// metric is advance<<16 | left side bearing of a glyph.
func (f *Face) metric(gid int) uint32 {
	hmtx := f.tables["hmtx"]
	if gid < f.hm {
		return binary.BigEndian.Uint32(hmtx[4*gid:])
	}
	w := uint32(binary.BigEndian.Uint16(hmtx[4*(f.hm-1):])) << 16
	if p := 4*f.hm + 2*(gid-f.hm); p+2 <= len(hmtx) {
		w |= uint32(binary.BigEndian.Uint16(hmtx[p:]))
	}
	return w
}

// outline returns the glyf record of a glyph, empty for a blank.
func (f *Face) outline(gid int) ([]byte, error) {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	var from, to int
	if f.long {
		if 4*gid+8 > len(loca) {
			return nil, errFont
		}
		from, to = int(binary.BigEndian.Uint32(loca[4*gid:])), int(binary.BigEndian.Uint32(loca[4*gid+4:]))
	} else {
		if 2*gid+4 > len(loca) {
			return nil, errFont
		}
		from, to = 2*int(binary.BigEndian.Uint16(loca[2*gid:])), 2*int(binary.BigEndian.Uint16(loca[2*gid+2:]))
	}
	if from < 0 || to < from || to > len(glyf) {
		return nil, errFont
	}
	return glyf[from:to], nil
}

// components calls fn with the position of each component's glyph number in
// a composite outline.
func components(outline []byte, fn func(at int)) error {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	for at := 10; ; {
		if at+4 > len(outline) {
			return errFont
		}
		flags := binary.BigEndian.Uint16(outline[at:])
		fn(at + 2)
		at += 6
		if flags&1 != 0 { // ARG_1_AND_2_ARE_WORDS
			at += 2
		}
		switch {
		case flags&8 != 0: // WE_HAVE_A_SCALE
			at += 2
		case flags&0x40 != 0: // X_AND_Y_SCALE
			at += 4
		case flags&0x80 != 0: // TWO_BY_TWO
			at += 8
		}
		if flags&0x20 == 0 { // MORE_COMPONENTS
			return nil
		}
	}
}

// Cut makes a font of the characters in use, which must be sorted. Its cmap
// Has format 4 only, which is all gofpdf reads; codes gives the code of each
// character there, which for a character beyond U+FFFF is a private one.
func (f *Face) Cut(used []rune, codes map[rune]rune) ([]byte, error) {
	order, newID := []int{0}, map[int]int{0: 0}
	take := func(gid int) {
		if _, ok := newID[gid]; !ok {
			newID[gid] = len(order)
			order = append(order, gid)
		}
	}
	for _, r := range used {
		take(f.gid[r])
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(order); i++ { // grows while composites are met
		o, err := f.outline(order[i])
		if err != nil {
			return nil, err
		}
		o = slices.Clone(o)
		err = components(o, func(at int) {
			gid := int(binary.BigEndian.Uint16(o[at:]))
			if gid < f.glyphs {
				take(gid)
				binary.BigEndian.PutUint16(o[at:], uint16(newID[gid]))
			}
		})
		if err != nil {
			return nil, err
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, o...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = binary.BigEndian.AppendUint32(hmtx, f.metric(order[i]))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	head, hhea, maxp := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(order)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(order)))
	post := slices.Clone(f.tables["post"][:32])
	binary.BigEndian.PutUint32(post, 0x00030000) // no glyph names
	type pair struct{ code, gid int }
	var pairs []pair
	for _, r := range used {
		pairs = append(pairs, pair{int(codes[r]), newID[f.gid[r]]})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return a.code - b.code })
	var starts, ids []int
	for _, p := range pairs {
		starts, ids = append(starts, p.code), append(ids, p.gid)
	}
	return pack(map[string][]byte{
		"OS/2": f.tables["OS/2"], "cmap": format4(starts, ids), "glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx,
		"loca": loca, "maxp": maxp, "name": f.tables["name"], "post": post,
	}), nil
}

// format4 is a cmap table (platform 3, encoding 1) with a segment a character.
func format4(codes, ids []int) []byte {
	n := len(codes) + 1
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	u16 := func(v int) { b = binary.BigEndian.AppendUint16(b, uint16(v)) }
	u16(4)
	u16(16 + 8*n)
	u16(0)
	u16(2 * n)
	u16(0) // the search hints below are not used by anybody who reads this cut
	u16(0)
	u16(0)
	for _, c := range codes {
		u16(c)
	}
	u16(0xFFFF)
	u16(0)
	for _, c := range codes {
		u16(c)
	}
	u16(0xFFFF)
	for i, c := range codes {
		u16(ids[i] - c)
	}
	u16(1)
	for range n {
		u16(0)
	}
	return b
}

// pack joins tables into a font file, in the order of their tags.
func pack(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for t := range tables {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	head := []byte{0, 1, 0, 0, 0, byte(len(tags)), 0, 0, 0, 0, 0, 0}
	off := 12 + 16*len(tags)
	var body []byte
	for _, t := range tags {
		d := tables[t]
		head = append(head, t...)
		head = binary.BigEndian.AppendUint32(head, checksum(d))
		head = binary.BigEndian.AppendUint32(head, uint32(off+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(d)))
		body = append(body, d...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(head, body...)
}

func checksum(b []byte) uint32 {
	var sum uint32
	for i := 0; i < len(b); i += 4 {
		var word [4]byte
		copy(word[:], b[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
