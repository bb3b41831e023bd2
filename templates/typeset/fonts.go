package typeset

import (
	"fmt"
	"slices"
	"strings"
	"sync"

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

// A fontUse gathers the characters drawn in each face and gives each a code
// of 16 bits.
type fontUse struct {
	faces [faceCount]*sfnt.Face
	codes [faceCount]map[rune]rune
	next  [faceCount]rune
}

func newFontUse() (*fontUse, error) {
	all, err := faces()
	if err != nil {
		return nil, err
	}
	u := &fontUse{faces: all}
	for i := range u.codes {
		u.codes[i] = map[rune]rune{}
		u.next[i] = 0xE000 // private use: none of our text does
	}
	return u, nil
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

// code notes that r is drawn in a face, and returns its code there.
func (u *fontUse) code(r rune, in int) rune {
	c, ok := u.codes[in][r]
	if !ok {
		c = r
		if r > 0xFFFF {
			c = u.next[in]
			u.next[in]++
		}
		u.codes[in][r] = c
	}
	return c
}

// cut returns the font file for a face, nil if nothing was drawn in it.
func (u *fontUse) cut(in int) ([]byte, error) {
	if len(u.codes[in]) == 0 {
		return nil, nil
	}
	used := make([]rune, 0, len(u.codes[in]))
	for r := range u.codes[in] {
		used = append(used, r)
	}
	slices.Sort(used)
	return u.faces[in].Cut(used, u.codes[in])
}
