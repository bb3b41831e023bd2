package sfnt

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The tags with which a font with CFF outlines and a collection begin.
const (
	cffFont    = 0x4F54544F // OTTO
	collection = 0x74746366 // ttcf
)

// mostFaces bounds the faces of a collection: the largest have some thirty.
const mostFaces = 256

// ReadAll reads the faces of a font file: one, or those of a collection, in its order.
// Every offset is checked against the file before it is followed.
func ReadAll(data []byte) ([]*Face, error) {
	begins := []int{0}
	if len(data) >= 12 && binary.BigEndian.Uint32(data) == collection {
		n := int(binary.BigEndian.Uint32(data[8:]))
		if n <= 0 || n > mostFaces || len(data) < 12+4*n {
			return nil, errFont
		}
		begins = begins[:0]
		for i := range n {
			begins = append(begins, int(binary.BigEndian.Uint32(data[12+4*i:])))
		}
	}
	var cff *sfnt.Collection
	var out []*Face
	for i, begin := range begins {
		f, err := read(data, begin, "head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap")
		if err == nil {
			err = f.readCmap()
		}
		if err == nil && f.tables["CFF "] != nil && f.tables["glyf"] == nil {
			if cff == nil {
				if cff, err = sfnt.ParseCollection(data); err != nil {
					return nil, fmt.Errorf("%w: %v", errFont, err)
				}
			}
			f.paths, err = cff.Font(i)
		}
		if err != nil {
			return nil, fmt.Errorf("face %d: %w", i+1, err)
		}
		out = append(out, f)
	}
	return out, nil
}

// IsPaths reports a font whose outlines are given as paths.
func (f *Face) IsPaths() bool { return f.paths != nil }

// MayEmbed reports whether the maker of the font lets it be put into a file: the
// restricted licence of OS/2.fsType forbids that.
func (f *Face) MayEmbed() bool {
	os2 := f.tables["OS/2"]
	return len(os2) < 10 || binary.BigEndian.Uint16(os2[8:])&0xF != 2
}

// The names of a font that are asked for.
const (
	familyName     = 1
	postScriptName = 6
)

// Family is the name of the font as a person knows it; empty: it has none.
func (f *Face) Family() string { return f.name(familyName) }

// PostScriptName is the name of the font in a PDF; empty: it has none.
func (f *Face) PostScriptName() string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("()<>[]{}/%#", r) {
			return -1
		}
		return r
	}, f.name(postScriptName))
}

// name is an entry of table name, in English where there is one.
func (f *Face) name(id uint16) string {
	t := f.tables["name"]
	if len(t) < 6 {
		return ""
	}
	storage, found := int(binary.BigEndian.Uint16(t[4:])), ""
	for i := range int(binary.BigEndian.Uint16(t[2:])) {
		if len(t) < 6+12*(i+1) {
			break
		}
		rec := t[6+12*i:]
		size, at := int(binary.BigEndian.Uint16(rec[8:])), storage+int(binary.BigEndian.Uint16(rec[10:]))
		if binary.BigEndian.Uint16(rec) != 3 || binary.BigEndian.Uint16(rec[6:]) != id || at+size > len(t) {
			continue // not of Windows, whose names are UTF-16
		}
		var units []uint16
		for k := at; k+1 < at+size; k += 2 {
			units = append(units, binary.BigEndian.Uint16(t[k:]))
		}
		if english := binary.BigEndian.Uint16(rec[4:]) == 0x409; found == "" || english {
			found = string(utf16.Decode(units))
		}
	}
	return found
}

// UnitsPerEm is the size of the square in which outlines are drawn.
func (f *Face) UnitsPerEm() float64 { return f.units }

// A Segment is a piece of a path, in units of the font: M to a point, L a line, C a
// curve by its two control points.
type Segment struct {
	Op   byte
	Args [3][2]float64
}

// Path is the outline of r. An outline begins with M; each ends where it began.
func (f *Face) Path(r rune) ([]Segment, error) {
	if f.paths == nil {
		return nil, fmt.Errorf("%w: its outlines are not paths", errFont)
	}
	var b sfnt.Buffer
	units := fixed.I(int(f.units)) // one unit a pixel
	all, err := f.paths.LoadGlyph(&b, sfnt.GlyphIndex(f.gid(r)), units, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: outline of %q: %v", errFont, r, err)
	}
	point := func(p fixed.Point26_6) [2]float64 { return [2]float64{float64(p.X) / 64, -float64(p.Y) / 64} }
	var out []Segment
	var last [2]float64
	for _, s := range all {
		a, c := point(s.Args[0]), Segment{Op: 'L'}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			c.Op, c.Args[0] = 'M', a
		case sfnt.SegmentOpLineTo:
			c.Args[0] = a
		case sfnt.SegmentOpQuadTo: // a cubic curve of the same form
			end := point(s.Args[1])
			c.Op = 'C'
			for k := range 2 {
				c.Args[0][k] = last[k] + (a[k]-last[k])*2/3
				c.Args[1][k] = end[k] + (a[k]-end[k])*2/3
				c.Args[2][k] = end[k]
			}
		case sfnt.SegmentOpCubeTo:
			c.Op, c.Args = 'C', [3][2]float64{a, point(s.Args[1]), point(s.Args[2])}
		}
		last = c.Args[0]
		if c.Op == 'C' {
			last = c.Args[2]
		}
		out = append(out, c)
	}
	return out, nil
}
