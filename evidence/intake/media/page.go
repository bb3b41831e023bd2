package media

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"image"
	"io"

	"juzheng/evidence/scale"
)

// A Page is a picture small, in shades of grey, to be held against another
// that is like it by its [Likeness]: short lists of one app differ in nothing
// but a few words.
type Page struct {
	size        image.Point // of the picture
	fine, rough shades
}

// shades are pixels by line, ITU-R BT.601.
type shades struct {
	width, height int
	luma          []uint8
}

// ReadPage decodes a picture that [ReadPicture] decoded.
func ReadPage(r io.Reader) (Page, error) {
	m, _, err := image.Decode(r)
	if err != nil {
		return Page{}, err
	}
	below := m.Bounds() // the status bar
	below.Min.Y += below.Dy() / 20
	fine := shadesOf(m, below, below.Size(), 540)
	// Of the fine one, not of the picture again, which has many times its pixels.
	rough := shadesOf(fine.image(), fine.image().Rect, below.Size(), 320)
	return Page{m.Bounds().Size(), fine, rough}, nil
}

// shadesOf scales what lies in a rectangle to a width, and to the height that it has in
// the shape of a size, of eight widths at most.
func shadesOf(m image.Image, from image.Rectangle, shape image.Point, width int) shades {
	s := shades{width: width, height: min(max(1, width*shape.Y/max(1, shape.X)), 8*width)}
	small := scale.To(m, from, s.width, s.height)
	s.luma = make([]uint8, 0, s.width*s.height)
	for y := range s.height {
		for x := range s.width {
			s.luma = append(s.luma, uint8(luma(small, x, y)))
		}
	}
	return s
}

func (s shades) image() *image.Gray {
	return &image.Gray{Pix: s.luma, Stride: s.width, Rect: image.Rect(0, 0, s.width, s.height)}
}

// Same reports that no place of two pictures differs by more than compression
// does, and where their sizes differ, scaling. In lists drawn for it a page
// compressed to JPEG of quality 40 differed by 0.43 at most and one with another
// day in one line by 0.79 at least; scaled as well, by 0.30 and 0.63. A digit may be
// missed.
func (p Page) Same(o Page) bool {
	if p.size == o.size {
		return !p.fine.apart(o.fine, 12, 0.45)
	}
	return !p.rough.apart(o.rough, 16, 0.5)
}

// apart reports that two pictures differ in a square of a side by a share of the
// contrast there or more. Squares overlap by half, across and down: what the
// quarters of each differ by is summed once.
func (s shades) apart(o shades, side int, share float64) bool {
	if s.width != o.width {
		return true
	}
	half, least := side/2, edge*side*side // of contrast: below it nothing stands there
	var above []int
	for y := 0; y+half <= min(s.height, o.height); y += half {
		below := s.between(o, y, half)
		for n := 1; n < len(below) && above != nil; n++ {
			between := above[n-1] + above[n] + below[n-1] + below[n]
			if float64(between) < share*float64(least) { // as nearly everywhere in two shots of one page
				continue
			}
			contrast := s.contrast(o, (n-1)*half, y-half, side)
			if contrast >= least && float64(between) >= share*float64(contrast) {
				return true
			}
		}
		above = below
	}
	return false
}

// between sums by how much two pictures differ in each square of a side that
// begins in line y.
func (s shades) between(o shades, y, side int) []int {
	out := make([]int, s.width/side)
	for line := y; line < y+side; line++ {
		a, b := s.luma[line*s.width:][:s.width], o.luma[line*s.width:][:s.width]
		for n := range out {
			for x := n * side; x < (n+1)*side; x++ {
				out[n] += distance(a[x], int(b[x]))
			}
		}
	}
	return out
}

// contrast sums by how much the pixels of a square differ from its mean, in the
// picture where they do more.
func (s shades) contrast(o shades, x, y, side int) (sum int) {
	mean, meanO := s.mean(x, y, side), o.mean(x, y, side)
	for line := y; line < y+side; line++ {
		at := line*s.width + x
		a, b := s.luma[at:at+side], o.luma[at:at+side]
		for n := range a {
			sum += max(distance(a[n], mean), distance(b[n], meanO))
		}
	}
	return sum
}

func (s shades) mean(x, y, side int) (sum int) {
	for line := y; line < y+side; line++ {
		for _, v := range s.luma[line*s.width+x:][:side] {
			sum += int(v)
		}
	}
	return sum / (side * side)
}

func distance(a uint8, b int) int { return max(int(a)-b, b-int(a)) }

// MarshalBinary packs a page: of the thousands that may be alike only a few can
// be kept as they are.
func (p Page) MarshalBinary() ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 0, 24)
	for _, n := range []int{p.size.X, p.size.Y, p.fine.width, p.fine.height, p.rough.width, p.rough.height} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	for _, part := range [][]byte{head, p.fine.luma, p.rough.luma} {
		if _, err := w.Write(part); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

// UnmarshalBinary reads what [Page.MarshalBinary] wrote, in the same run of the
// program: it is no form of file.
func (p *Page) UnmarshalBinary(data []byte) error {
	r := flate.NewReader(bytes.NewReader(data))
	head := make([]byte, 24)
	if _, err := io.ReadFull(r, head); err != nil {
		return err
	}
	number := func(n int) int { return int(binary.LittleEndian.Uint32(head[4*n:])) }
	*p = Page{image.Pt(number(0), number(1)), shades{width: number(2), height: number(3)},
		shades{width: number(4), height: number(5)}}
	for _, s := range []*shades{&p.fine, &p.rough} {
		s.luma = make([]uint8, s.width*s.height)
		if _, err := io.ReadFull(r, s.luma); err != nil {
			return err
		}
	}
	return nil
}
