// Package sfnt reads TrueType fonts and cuts them down to the characters of
// one file.
//
// [Read] checks a font and gives a [Face]: ask it which characters it has and
// how wide they are, then [Face.Cut] makes the font that goes into the file.
// Those of package fonts have glyf outlines. [ReadAll] reads font files of other
// people too: collections, and fonts with CFF outlines, which are given as paths
// ([Face.Path]) and not cut. It knows neither lines nor PDF.
package sfnt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"golang.org/x/image/font/sfnt"
)

// A Face is a TrueType font with glyf outlines, read from memory: the
// advance of each character, and cuts of the font to the characters used.
type Face struct {
	paths  *sfnt.Font // of a font with CFF outlines; nil: it has glyf
	tables map[string][]byte
	hmtx   []byte   // of tables: asked for each character that is set
	units  float64  // per em
	glyphs int      // number of glyphs
	hm     int      // number of long horizontal metrics
	long   bool     // loca has 32-bit offsets
	gids   []uint16 // of each character, by its code point: 0 for one the font lacks
}

var errFont = errors.New("font is damaged")

// Read checks and indexes a font. Every offset is checked against the
// file before it is followed.
func Read(data []byte) (*Face, error) {
	f, err := read(data, 0, "head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "OS/2", "post", "name")
	if err != nil {
		return nil, err
	}
	if f.tables["glyf"] == nil {
		return nil, fmt.Errorf("%w: not a TrueType font with glyf outlines", errFont)
	}
	return f, f.readCmap()
}

// least is the number of bytes that a table has at least.
var least = map[string]int{"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "loca": 4, "glyf": 1, "cmap": 4, "OS/2": 78,
	"post": 32, "name": 6, "CFF ": 4}

// read finds the tables of a font, of which it must have these, and how many
// glyphs they hold.
func read(data []byte, begin int, wanted ...string) (*Face, error) {
	f := &Face{tables: map[string][]byte{}}
	if begin < 0 || begin > len(data)-12 {
		return nil, fmt.Errorf("%w: not a TrueType font with glyf outlines", errFont)
	}
	head := data[begin:]
	switch binary.BigEndian.Uint32(head) {
	case 0x00010000, 0x74727565: // true, of older ones for the Mac
	case cffFont:
		wanted = []string{"head", "hhea", "maxp", "hmtx", "cmap", "CFF "}
	default:
		return nil, fmt.Errorf("%w: not a TrueType font with glyf outlines", errFont)
	}
	n := int(binary.BigEndian.Uint16(head[4:]))
	for i := range n {
		if len(head) < 12+16*(i+1) {
			return nil, errFont
		}
		rec := head[12+16*i:]
		off, size := int(binary.BigEndian.Uint32(rec[8:])), int(binary.BigEndian.Uint32(rec[12:]))
		if off < 0 || size < 0 || off > len(data)-size {
			return nil, errFont
		}
		f.tables[string(rec[:4])] = data[off : off+size]
	}
	for _, name := range wanted {
		if len(f.tables[name]) < least[name] {
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
	f.hmtx = f.tables["hmtx"]
	return f, nil
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
			next := uint32(0)
			for g := range n {
				rec := t[16+12*g:]
				from, to, gid := binary.BigEndian.Uint32(rec), binary.BigEndian.Uint32(rec[4:]),
					binary.BigEndian.Uint32(rec[8:])
				if from < next || to < from || to > 0x10FFFF { // in order, none twice
					return errFont
				}
				next = to + 1
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
	if len(f.gids) == 0 {
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
	if gid <= 0 || gid >= f.glyphs {
		return
	}
	if n := int(r) + 1; n > len(f.gids) {
		f.gids = slices.Grow(f.gids, n-len(f.gids))[:n]
	}
	f.gids[r] = uint16(gid)
}

// gid is the glyph of r, 0 if the font lacks it.
func (f *Face) gid(r rune) int {
	if r < 0 || int(r) >= len(f.gids) {
		return 0
	}
	return int(f.gids[r])
}

// Has reports whether the font draws r.
func (f *Face) Has(r rune) bool { return f.gid(r) != 0 }

// Advance is the width of r in em.
func (f *Face) Advance(r rune) float64 {
	return float64(f.metric(f.gid(r))>>16) / f.units
}

// Blanks are how much of r's width is blank before and behind its ink, in em.
func (f *Face) Blanks(r rune) (before, behind float64) {
	if f.paths != nil { // of other fonts nothing is squeezed
		return 0, 0
	}
	o, err := f.outline(f.gid(r))
	if err != nil || len(o) < 10 {
		return 0, 0
	}
	left := float64(int16(binary.BigEndian.Uint16(o[2:]))) // xMin and xMax of the glyph's box
	right := float64(int16(binary.BigEndian.Uint16(o[6:])))
	return left / f.units, f.Advance(r) - right/f.units
}

// metric is advance<<16 | left side bearing of a glyph.
func (f *Face) metric(gid int) uint32 {
	hmtx := f.hmtx
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

// A Cut is a font of the characters of one file, for a PDF that shows them by
// glyph: the first character has glyph 1.
type Cut struct {
	// Font is the font program: what a TrueType font needs inside a composite
	// font of a PDF (ISO 32000-1, 9.9), so no cmap.
	Font   []byte
	Widths []int // of each character, in thousandths of an em
}

// Cut makes a font of these characters, at most 65,535. A character that the
// font lacks becomes its sign for that.
func (f *Face) Cut(used []rune) (Cut, error) {
	order, newID := make([]int, 0, len(used)+1), map[int]int{0: 0}
	order = append(order, 0)
	widths := make([]int, len(used))
	for i, r := range used {
		gid := f.gid(r)
		newID[gid] = len(order) // of characters drawn alike the last: components are content with any
		order = append(order, gid)
		widths[i] = int(math.Round(f.Advance(r) * 1000))
	}
	newID[0] = 0
	var glyf, loca, hmtx []byte
	for i := 0; i < len(order); i++ { // grows while composites are met
		o, err := f.outline(order[i])
		if err != nil {
			return Cut{}, err
		}
		o = slices.Clone(o)
		err = components(o, func(at int) {
			gid := int(binary.BigEndian.Uint16(o[at:]))
			if gid >= f.glyphs {
				return
			}
			if _, ok := newID[gid]; !ok {
				newID[gid] = len(order)
				order = append(order, gid)
			}
			binary.BigEndian.PutUint16(o[at:], uint16(newID[gid]))
		})
		if err != nil {
			return Cut{}, err
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
	font := pack(map[string][]byte{"glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca, "maxp": maxp})
	return Cut{Font: font, Widths: widths}, nil
}

// Metrics are what a PDF says of a font as a whole (ISO 32000-1, 9.8), in
// thousandths of an em.
type Metrics struct {
	Ascent, Descent, CapHeight int
	Box                        [4]int // left, lower, right, upper edge of all glyphs
}

// Metrics are read from tables head, hhea and OS/2.
func (f *Face) Metrics() Metrics {
	at := func(table string, offset int) int {
		d := f.tables[table]
		if len(d) < offset+2 {
			return 0
		}
		return int(math.Round(float64(int16(binary.BigEndian.Uint16(d[offset:]))) * 1000 / f.units))
	}
	m := Metrics{Ascent: at("hhea", 4), Descent: at("hhea", 6), CapHeight: at("OS/2", 88)}
	if m.CapHeight == 0 { // before version 2 of the table
		m.CapHeight = m.Ascent
	}
	for i := range m.Box {
		m.Box[i] = at("head", 36+2*i)
	}
	return m
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
