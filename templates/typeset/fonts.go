package typeset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"juzheng/fonts"
	"juzheng/templates/typeset/sfnt"
)

// The two faces of every page. Behind them come those of [Fonts].
const (
	serif = iota // body
	sans         // headings and what is bold
	ownFaces
)

// faces reads the embedded fonts once; they are only read afterwards.
var faces = sync.OnceValues(func() ([ownFaces]*sfnt.Face, error) {
	var out [ownFaces]*sfnt.Face
	for i, data := range [ownFaces][]byte{serif: fonts.SerifRegular, sans: fonts.SansBold} {
		f, err := sfnt.Read(data)
		if err != nil {
			return out, fmt.Errorf("embedded font %d: %w", i, err)
		}
		out[i] = f
	}
	return out, nil
})

// A MissingGlyphError reports a character that neither font has. Nothing is
// drawn in its place: a name with a box in it would be another name.
type MissingGlyphError struct {
	Rune rune
	Text string // where it stands
}

func (e *MissingGlyphError) Error() string {
	return fmt.Sprintf("no font has %q (U+%04X), in %q", e.Rune, e.Rune, e.Text)
}

// A fontUse is the faces that text is set in.
type fontUse struct {
	faces []*sfnt.Face // ours, then the fallbacks
}

// pick chooses the face that draws r: the one wanted, the other, or the first fallback
// that has it.
func (u *fontUse) pick(r rune, want int) (int, bool) {
	if u.faces[want].Has(r) {
		return want, true
	}
	for i, f := range u.faces {
		if f.Has(r) {
			return i, true
		}
	}
	return want, false
}

// squeezable is how much blank of a mark may be squeezed before and behind
// its ink, in em: half a square where the font leaves that much.
func (u *fontUse) squeezable(r rune, in int) (before, behind float64) {
	const half, least = 0.5, 0.42
	if plainHan(r) {
		return 0, 0
	}
	opens, closes := strings.ContainsRune(blankBefore, r), strings.ContainsRune(blankBehind, r)
	if !opens && !closes || u.faces[in].Advance(r) < 0.95 {
		return 0, 0
	}
	before, behind = u.faces[in].Blanks(r)
	switch {
	case opens && before >= least:
		return min(before, half), 0
	case closes && behind >= least:
		return 0, min(behind, half)
	}
	return 0, 0
}

// A subset is the characters that a file draws in one face: each has a code
// of 16 bits there, which is its glyph in the font that is cut for the file.
type subset struct {
	runes []rune // in order; the first has code 1
	codes map[rune]uint16
	paths bool // drawn as paths: see [fontUse.embedPaths]
}

// subsets gathers what is drawn in each face.
func (u *fontUse) subsets(ops []op) []subset {
	out := make([]subset, len(u.faces))
	for i, f := range u.faces {
		out[i] = subset{codes: map[rune]uint16{}, paths: f.IsPaths()}
	}
	for _, o := range ops {
		for _, r := range o.text {
			s := &out[r.face]
			for _, c := range r.text {
				if _, ok := s.codes[c]; !ok {
					s.codes[c] = 0
					s.runes = append(s.runes, c)
				}
			}
		}
	}
	for i := range out {
		s := &out[i]
		slices.Sort(s.runes)
		for k, c := range s.runes {
			s.codes[c] = uint16(k + 1)
		}
	}
	return out
}

// show writes a line of text in the form of a content stream, in a font that was chosen
// by [subset.choose].
func (s subset) show(b []byte, text string) []byte {
	b = append(b, '<')
	for _, c := range text {
		b = fmt.Appendf(b, "%04X", s.codes[c])
	}
	return append(b, "> Tj "...)
}

var postScriptNames = [ownFaces]string{serif: "NotoSerifSC-Regular", sans: "NotoSansSC-Bold"}

// nameOf is the PostScript name of a face.
func (u *fontUse) nameOf(in int) string {
	if in < ownFaces {
		return postScriptNames[in]
	}
	return cmp.Or(u.faces[in].PostScriptName(), "Fallback")
}

// embed puts the composite font of a face into the file (ISO 32000-1, 9.7),
// under the name of a subset, and returns its object; 0 if nothing was drawn
// in it.
func (u *fontUse) embed(add func(object) int, in int, s subset) (int, error) {
	if len(s.runes) == 0 {
		return 0, nil
	}
	cut, err := u.faces[in].Cut(s.runes)
	if err != nil {
		return 0, err
	}
	cmap := toUnicode(s.runes, 4, 1)
	name := tagged(cmap, u.nameOf(in))
	program := add(object{dict: fmt.Appendf(nil, "<</Length1 %d>>", len(cut.Font)), stream: cut.Font, deflate: true})
	m := u.faces[in].Metrics()
	descriptor := add(object{dict: fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags 4 /ItalicAngle 0 "+
		"/StemV %d /Ascent %d /Descent %d /CapHeight %d /FontBBox [%d %d %d %d] /FontFile2 %d 0 R>>", name,
		u.stem(in), m.Ascent, m.Descent, m.CapHeight, m.Box[0], m.Box[1], m.Box[2],
		m.Box[3], program)})
	widths := strings.Trim(fmt.Sprint(cut.Widths), "[]")
	glyphs := add(object{dict: fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s "+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R "+
		"/DW 1000 /W [1 [%s]] /CIDToGIDMap /Identity>>", name, descriptor, widths)})
	text := add(object{dict: []byte("<<>>"), stream: cmap, deflate: true})
	return add(object{dict: fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "+
		"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, glyphs, text)}), nil
}

// tagged is the name of a subset of a font: it begins with six letters of its own.
func tagged(cmap []byte, name string) string {
	sum := sha256.Sum256(cmap)
	tag := make([]byte, 6)
	for k := range tag {
		tag[k] = 'A' + sum[k]%26
	}
	return string(tag) + "+" + name
}

// stem is the width of upright strokes, in thousandths of an em. Of a fallback nobody
// says it, and readers use it only to replace a font that is missing.
func (u *fontUse) stem(in int) int {
	if in == sans {
		return 165
	}
	return 87
}

// toUnicode is the CMap that leads from codes, of so many hex digits and from first on,
// back to text (ISO 32000-1, 9.10.3), at most 100 entries a block.
func toUnicode(runes []rune, digits, first int) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n" +
		"/CMapType 2 def\n1 begincodespacerange\n")
	fmt.Fprintf(&b, "<%0*X> <%s>\nendcodespacerange\n", digits, 0, strings.Repeat("F", digits))
	for block := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, r := range block {
			fmt.Fprintf(&b, "<%0*X> <", digits, first)
			first++
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.Bytes()
}
