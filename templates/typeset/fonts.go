package typeset

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"juzheng/fonts"
	"juzheng/templates/typeset/sfnt"
)

// The two faces of every page.
const (
	serif = iota // body
	sans         // headings and what is bold
	faceCount
)

// faces reads the embedded fonts once; they are only read afterwards.
var faces = sync.OnceValues(func() ([faceCount]*sfnt.Face, error) {
	var out [faceCount]*sfnt.Face
	for i, data := range [faceCount][]byte{serif: fonts.SerifRegular, sans: fonts.SansBold} {
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

// CheckText returns the characters of s that cannot be printed, once each.
func CheckText(s string) ([]rune, error) {
	all, err := faces()
	if err != nil {
		return nil, err
	}
	var out []rune
	for _, r := range s {
		if r == '\n' || r == '\t' || all[serif].Has(r) || all[sans].Has(r) || slices.Contains(out, r) {
			continue
		}
		out = append(out, r)
	}
	return out, nil
}

// A fontUse is the faces that text is set in.
type fontUse struct {
	faces [faceCount]*sfnt.Face
}

func newFontUse() (*fontUse, error) {
	all, err := faces()
	if err != nil {
		return nil, err
	}
	return &fontUse{faces: all}, nil
}

// pick chooses the face that draws r: the one wanted, or else the other.
func (u *fontUse) pick(r rune, want int) (int, bool) {
	for _, i := range []int{want, serif, sans} {
		if u.faces[i].Has(r) {
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
}

// subsets gathers what is drawn in each face.
func subsets(ops []op) (out [faceCount]subset) {
	for i := range out {
		out[i].codes = map[rune]uint16{}
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
	for _, s := range out {
		slices.Sort(s.runes)
		for i, c := range s.runes {
			s.codes[c] = uint16(i + 1)
		}
	}
	return out
}

// show writes a line of text in the form of a content stream.
func (s subset) show(b []byte, text string) []byte {
	b = append(b, '<')
	for _, c := range text {
		b = fmt.Appendf(b, "%04X", s.codes[c])
	}
	return append(b, '>')
}

var postScriptNames = [faceCount]string{serif: "NotoSerifSC-Regular", sans: "NotoSansSC-Bold"}

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
	cmap := s.toUnicode()
	sum := sha256.Sum256(cmap)
	tag := make([]byte, 6)
	for k := range tag {
		tag[k] = 'A' + sum[k]%26
	}
	name := string(tag) + "+" + postScriptNames[in]
	program := add(object{dict: fmt.Appendf(nil, "<</Length1 %d>>", len(cut.Font)), stream: cut.Font, deflate: true})
	m := u.faces[in].Metrics()
	descriptor := add(object{dict: fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags 4 /ItalicAngle 0 "+
		"/StemV %d /Ascent %d /Descent %d /CapHeight %d /FontBBox [%d %d %d %d] /FontFile2 %d 0 R>>", name,
		[faceCount]int{serif: 87, sans: 165}[in], m.Ascent, m.Descent, m.CapHeight, m.Box[0], m.Box[1], m.Box[2],
		m.Box[3], program)})
	widths := strings.Trim(fmt.Sprint(cut.Widths), "[]")
	glyphs := add(object{dict: fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s "+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R "+
		"/DW 1000 /W [1 [%s]] /CIDToGIDMap /Identity>>", name, descriptor, widths)})
	text := add(object{dict: []byte("<<>>"), stream: cmap, deflate: true})
	return add(object{dict: fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "+
		"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, glyphs, text)}), nil
}

// toUnicode is the CMap that leads from codes back to text (ISO 32000-1,
// 9.10.3), at most 100 entries a block.
func (s subset) toUnicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n" +
		"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for block := range slices.Chunk(s.runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, r := range block {
			fmt.Fprintf(&b, "<%04X> <", s.codes[r])
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
