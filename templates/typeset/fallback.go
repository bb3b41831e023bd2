package typeset

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"juzheng/templates/typeset/sfnt"
)

// A Fallback is a font of the person or the system, for characters that the program's
// own fonts lack: 𠮷 and 𫰠 stand in registered names.
type Fallback struct {
	File   string // its name, without folders
	Name   string // of the face, as the font calls itself
	SHA256 string // of the file, in lower-case hex
	face   *sfnt.Face
}

// ErrNotEmbeddable reports a font whose maker does not let it be put into files.
var ErrNotEmbeddable = errors.New("the licence of the font forbids to put it into a file")

// ReadFallback reads a font file: TrueType, OpenType with CFF outlines, or a collection of
// either. Of a collection it takes the face for simplified Chinese, else the first.
func ReadFallback(file string, data []byte) (Fallback, error) {
	all, err := sfnt.ReadAll(data)
	if err != nil {
		return Fallback{}, err
	}
	chosen := all[0]
	for _, f := range all {
		if name := f.Family(); strings.HasSuffix(name, " SC") || strings.HasSuffix(name, " CN") {
			chosen = f
			break
		}
	}
	if !chosen.MayEmbed() {
		return Fallback{}, ErrNotEmbeddable
	}
	sum := sha256.Sum256(data)
	return Fallback{file, chosen.Family(), hex.EncodeToString(sum[:]), chosen}, nil
}

// Has reports whether the font draws r.
func (f Fallback) Has(r rune) bool { return f.face != nil && f.face.Has(r) }

// Fonts are what text is set in beside the program's own fonts, which go before them.
// Nil: those alone.
type Fonts []Fallback

// Drawn tells the characters that can be set.
func (f Fonts) Drawn() (func(rune) bool, error) {
	u, err := f.use()
	if err != nil {
		return nil, err
	}
	return func(r rune) bool {
		_, ok := u.pick(r, serif)
		return ok || r == '\n' || r == '\t'
	}, nil
}

// Missing returns the characters of s that no font draws, once each.
func (f Fonts) Missing(s string) ([]rune, error) {
	drawn, err := f.Drawn()
	if err != nil {
		return nil, err
	}
	var out []rune
	for _, r := range s {
		if !drawn(r) && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out, nil
}

func (f Fonts) use() (*fontUse, error) {
	all, err := faces()
	if err != nil {
		return nil, err
	}
	u := &fontUse{faces: slices.Clone(all[:])}
	for _, x := range f {
		u.faces = append(u.faces, x.face)
	}
	return u, nil
}

// pathsInFont is how many characters a font of paths holds: its codes have 8 bits.
const pathsInFont = 255

// embedPaths puts the characters of a face with CFF outlines into the file as fonts of
// Type 3 (ISO 32000-1, 9.6.5), each glyph a path: what is drawn is that of the font, and
// the text is text all the same, to be searched and copied. They are returned in order.
func (u *fontUse) embedPaths(add func(object) int, in int, s subset) ([]int, error) {
	var out []int
	f := u.faces[in]
	for block := range slices.Chunk(s.runes, pathsInFont) {
		// Nothing shows code 0. Poppler takes the size of a font of Type 3 from the width
		// of an m, and would set what it reads apart from the rest of its line.
		wide := number(0.6 * f.UnitsPerEm())
		m := add(object{dict: []byte("<<>>"), stream: []byte(wide + " 0 0 0 0 0 d1"), deflate: true})
		procs, names, widths := fmt.Appendf(nil, "/m %d 0 R ", m), []byte(" /m"), []byte(wide+" ")
		for n, r := range block {
			stream, err := pathOf(f, r)
			if err != nil {
				return nil, err
			}
			glyph := add(object{dict: []byte("<<>>"), stream: stream, deflate: true})
			procs = fmt.Appendf(procs, "/g%d %d 0 R ", n+1, glyph)
			names = fmt.Appendf(names, " /g%d", n+1)
			widths = fmt.Appendf(widths, "%s ", number(f.Advance(r)*f.UnitsPerEm()))
		}
		cmap := toUnicode(block, 2, 1)
		all, name := f.Metrics(), tagged(cmap, u.nameOf(in))
		text := add(object{dict: []byte("<<>>"), stream: cmap, deflate: true})
		descriptor := add(object{dict: fmt.Appendf(nil,
			"<</Type /FontDescriptor /FontName /%s /Flags 4 /ItalicAngle 0 "+
				"/StemV %d /Ascent %d /Descent %d /CapHeight %d>>", name, u.stem(in), all.Ascent, all.Descent,
			all.CapHeight)})
		unit, box := number(1/f.UnitsPerEm()), all.Box
		for k := range box { // in units of the font, and so the widths
			box[k] = int(float64(box[k]) * f.UnitsPerEm() / 1000)
		}
		out = append(out, add(object{dict: fmt.Appendf(nil, "<</Type /Font /Subtype /Type3 /Name /%s "+
			"/FontBBox [%d %d %d %d] /FontMatrix [%s 0 0 %s 0 0] /CharProcs <<%s>> /Encoding <</Type /Encoding "+
			"/Differences [0%s]>> /FirstChar 0 /LastChar %d /Widths [%s] /Resources <<>> /FontDescriptor %d 0 R "+
			"/ToUnicode %d 0 R>>", name, box[0], box[1], box[2], box[3], unit, unit, strings.TrimSpace(string(procs)),
			names, len(block),
			strings.TrimSpace(string(widths)), descriptor, text)}))
	}
	return out, nil
}

// number is a number of a PDF, with no more digits than it needs.
func number(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.6f", v), "0")
	return strings.TrimSuffix(s, ".")
}

// pathOf is the stream that draws a character of a font of Type 3, in the colour of the
// text.
func pathOf(f *sfnt.Face, r rune) ([]byte, error) {
	path, err := f.Path(r)
	if err != nil {
		return nil, err
	}
	var box [4]float64
	var b []byte
	for n, s := range path {
		points, operator := s.Args[:1], map[byte]string{'M': "m", 'L': "l", 'C': "c"}[s.Op]
		if s.Op == 'C' {
			points = s.Args[:]
		}
		if s.Op == 'M' && n > 0 {
			b = append(b, "h "...)
		}
		for _, p := range points {
			if n == 0 {
				box = [4]float64{p[0], p[1], p[0], p[1]}
			}
			box = [4]float64{min(box[0], p[0]), min(box[1], p[1]), max(box[2], p[0]), max(box[3], p[1])}
			b = append(append(append(append(b, number(p[0])...), ' '), number(p[1])...), ' ')
		}
		b = append(append(b, operator...), ' ')
	}
	head := fmt.Appendf(nil, "%s 0 %s %s %s %s d1 ", number(f.Advance(r)*f.UnitsPerEm()), number(box[0]),
		number(box[1]),
		number(box[2]), number(box[3]))
	if len(path) == 0 {
		return head, nil
	}
	return append(append(head, b...), "h f"...), nil
}

// choose writes the choice of the font for a code of a face, in a content stream.
func (s subset) choose(b []byte, in int, code uint16, size float64) []byte {
	if !s.paths {
		return fmt.Appendf(b, "/F%d %.2f Tf ", in, size)
	}
	return fmt.Appendf(b, "/F%dx%d %.2f Tf ", in, (code-1)/pathsInFont, size)
}

// showPaths is [subset.show] of a face that is drawn as paths, whose characters are in
// several fonts.
func (s subset) showPaths(b []byte, in int, text string, size float64) []byte {
	last := -1
	for _, c := range text {
		code := s.codes[c]
		if font := int(code-1) / pathsInFont; font != last {
			if last >= 0 {
				b = s.choose(append(b, "> Tj "...), in, code, size)
			}
			last = font
			b = append(b, '<')
		}
		b = fmt.Appendf(b, "%02X", (code-1)%pathsInFont+1)
	}
	return append(b, "> Tj "...)
}
