package evidence

import (
	"image"
	"slices"
)

// A Redaction 遮盖 is a row of redactions.csv: a box of a picture whose pixels
// are replaced, or words that are replaced wherever the exhibit's text stands.
type Redaction struct {
	Exhibit string   // empty: words, in every paper
	To      []string // roles it is for; empty: all
	Box     Box      // zero: words
	Page    int      // on which the box is, from 1, of an exhibit with pages; 0: it is a picture
	Text    string
	Reason  string
	Line    int // of redactions.csv
}

// A Box is a rectangle in pixels of the picture as it is seen upright, from
// its upper left corner.
type Box struct{ X, Y, W, H int }

// Rectangle is a box as package image has it.
func (b Box) Rectangle() image.Rectangle {
	return image.Rectangle{Min: image.Pt(b.X, b.Y), Max: image.Pt(b.X+b.W, b.Y+b.H)}
}

// For reports whether a redaction is for papers of a role.
func (r Redaction) For(role string) bool { return len(r.To) == 0 || slices.Contains(r.To, role) }

// Upright are a picture's width and height as it is seen, by its orientation
// (EXIF, 5 to 8 lie on their side).
func (m Media) Upright() (w, h int) {
	if m.Orientation >= 5 && m.Orientation <= 8 {
		return m.Height, m.Width
	}
	return m.Width, m.Height
}
