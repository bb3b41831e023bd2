// Package sfnttest makes small fonts for tests: TrueType and CFF, alone and in a
// collection, with a box for each character, so that no font of anybody has to be there.
package sfnttest

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// A Font is what a made font is to have.
type Font struct {
	Name  string // of the family
	Runes []rune // in order of code point
	CFF   bool   // outlines as CFF, else as glyf
	Type  uint16 // licence to embed, OS/2.fsType
}

// Bytes is the font file.
func (f Font) Bytes() []byte { return f.at(0) }

// Collection is a file of several fonts.
func Collection(fonts ...Font) []byte {
	head := append([]byte("ttcf"), 0, 1, 0, 0)
	head = binary.BigEndian.AppendUint32(head, uint32(len(fonts)))
	begin, body := len(head)+4*len(fonts), []byte{}
	for _, f := range fonts {
		head = binary.BigEndian.AppendUint32(head, uint32(begin+len(body)))
		body = append(body, f.at(begin+len(body))...)
	}
	return append(head, body...)
}

func u16(values ...int) (out []byte) {
	for _, v := range values {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

// at is the font as it stands in a file from an offset on.
func (f Font) at(begin int) []byte {
	glyphs := len(f.Runes) + 1
	tables := map[string][]byte{"cmap": f.cmap(), "name": f.names(),
		"hhea": append(append(u16(1, 0, 880, -120, 0, 1000), make([]byte, 22)...), u16(glyphs)...),
		"head": make([]byte, 54), "OS/2": make([]byte, 78),
		"post": append([]byte{0, 3, 0, 0}, make([]byte, 28)...)}
	copy(tables["head"][12:], []byte{0x5F, 0x0F, 0x3C, 0xF5})
	copy(tables["head"][18:], u16(1000))
	copy(tables["head"][36:], u16(0, 0, 1000, 1000))
	copy(tables["head"][50:], u16(1))
	copy(tables["OS/2"][8:], u16(int(f.Type)))
	for range glyphs {
		tables["hmtx"] = append(tables["hmtx"], u16(1000, 100)...)
	}
	if f.CFF {
		tables["maxp"], tables["CFF "] = append([]byte{0, 0, 0x50, 0}, u16(glyphs)...), f.cff()
		return pack(0x4F54544F, tables, begin)
	}
	tables["maxp"] = append(append([]byte{0, 1, 0, 0}, u16(glyphs)...), make([]byte, 26)...)
	for n := range glyphs {
		tables["loca"] = binary.BigEndian.AppendUint32(tables["loca"], uint32(len(tables["glyf"])))
		wide := 800 - n // no two alike
		box := append(u16(1, 100, 0, 100+wide, 800, 3, 0), 1, 1, 1, 1)
		box = append(box, u16(100, wide, 0, -wide, 0, 0, 800, 0)...)
		tables["glyf"] = append(tables["glyf"], box...)
		for len(tables["glyf"])%4 != 0 {
			tables["glyf"] = append(tables["glyf"], 0)
		}
	}
	tables["loca"] = binary.BigEndian.AppendUint32(tables["loca"], uint32(len(tables["glyf"])))
	return pack(0x00010000, tables, begin)
}

func (f Font) cmap() []byte {
	out := u16(0, 1, 3, 10, 0, 12, 12, 0)
	for _, v := range []int{16 + 12*len(f.Runes), 0, len(f.Runes)} {
		out = binary.BigEndian.AppendUint32(out, uint32(v))
	}
	for n, r := range f.Runes {
		for _, v := range []int{int(r), int(r), n + 1} {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
	}
	return out
}

func (f Font) names() []byte {
	var words []byte
	out := u16(0, 2, 6+2*12)
	for _, n := range []struct {
		id   int
		name string
	}{{1, f.Name}, {6, strings.ReplaceAll(f.Name, " ", "")}} {
		text := utf16.Encode([]rune(n.name))
		out = append(out, u16(3, 1, 0x409, n.id, 2*len(text), len(words))...)
		for _, u := range text {
			words = append(words, u16(int(u))...)
		}
	}
	return append(out, words...)
}

// cff is a table of CFF outlines (Adobe Technical Note 5176).
func (f Font) cff() []byte {
	index := func(items ...[]byte) []byte {
		out := u16(len(items))
		if len(items) == 0 {
			return out
		}
		out, at := append(out, 4), 1
		for n := range len(items) + 1 {
			out = binary.BigEndian.AppendUint32(out, uint32(at))
			if n < len(items) {
				at += len(items[n])
			}
		}
		return append(out, slices.Concat(items...)...)
	}
	number := func(v int) []byte { return append([]byte{28}, u16(v)...) }
	var outlines [][]byte
	for n := range len(f.Runes) + 1 {
		wide := 800 - n
		outlines = append(outlines, slices.Concat(number(100), number(0), []byte{21}, number(wide), []byte{6},
			number(800),
			[]byte{7}, number(-wide), []byte{6, 14}))
	}
	offset := func(v int) []byte { return binary.BigEndian.AppendUint32([]byte{29}, uint32(v)) }
	front := func(chars, private int) []byte {
		dict := slices.Concat(offset(chars), []byte{17}, offset(0), offset(private), []byte{18})
		return slices.Concat([]byte{1, 0, 4, 4}, index([]byte("Box")), index(dict), index(), index())
	}
	chars := len(front(0, 0))
	all := index(outlines...)
	return append(front(chars, chars+len(all)), all...)
}

// pack joins tables into a font that stands at an offset of its file.
func pack(tag uint32, tables map[string][]byte, begin int) []byte {
	var tags []string
	for t := range tables {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	head := append(binary.BigEndian.AppendUint32(nil, tag), u16(len(tags), 0, 0, 0)...)
	at, body := begin+12+16*len(tags), []byte{}
	for _, t := range tags {
		head = append(append(head, t...), 0, 0, 0, 0)
		head = binary.BigEndian.AppendUint32(head, uint32(at+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(tables[t])))
		body = append(body, tables[t]...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(head, body...)
}
