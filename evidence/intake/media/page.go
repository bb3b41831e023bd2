package media

import (
	"image"
	"io"

	"golang.org/x/image/draw"
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
	return Page{m.Bounds().Size(), shadesOf(m, 540), shadesOf(m, 320)}, nil
}

// shadesOf scales what is below the status bar to a width, and to a height of
// eight widths at most.
func shadesOf(m image.Image, width int) shades {
	b := m.Bounds()
	b.Min.Y += b.Dy() / 20
	s := shades{width: width, height: min(max(1, width*b.Dy()/max(1, b.Dx())), 8*width)}
	small := image.NewRGBA(image.Rect(0, 0, s.width, s.height))
	draw.BiLinear.Scale(small, small.Bounds(), m, b, draw.Src, nil)
	s.luma = make([]uint8, 0, s.width*s.height)
	for y := range s.height {
		for x := range s.width {
			s.luma = append(s.luma, uint8(luma(small, x, y)))
		}
	}
	return s
}

// Same reports that no place of two pictures differs by more than compression
// does, and where their sizes differ, scaling. In lists drawn for it a page
// compressed to JPEG of quality 40 differed by 0.35 at most and one with another
// day in one line by 0.38; a digit may be missed.
func (p Page) Same(o Page) bool {
	if p.size == o.size {
		return differs(p.fine, o.fine, 12) < 0.36
	}
	return differs(p.rough, o.rough, 16) < 0.5
}

// differs is how much of its contrast two pictures differ by where they do most,
// in squares of a side.
func differs(a, b shades, side int) (most float64) {
	if a.width != b.width {
		return 1
	}
	for y := 0; y+side <= min(a.height, b.height); y += side / 2 {
		for x := 0; x+side <= a.width; x += side / 2 {
			most = max(most, a.differs(b, image.Rect(x, y, x+side, y+side)))
		}
	}
	return most
}

func (s shades) differs(o shades, at image.Rectangle) float64 {
	n := at.Dx() * at.Dy()
	mean, meanO := s.sum(at, func(i int) int { return int(s.luma[i]) })/n,
		s.sum(at, func(i int) int { return int(o.luma[i]) })/n
	between := s.sum(at, func(i int) int { return distance(s.luma[i], int(o.luma[i])) })
	contrast := s.sum(at, func(i int) int { return max(distance(s.luma[i], mean), distance(o.luma[i], meanO)) })
	if contrast < edge*n { // nothing stands there
		return 0
	}
	return float64(between) / float64(contrast)
}

// sum adds what of says of each pixel of a square.
func (s shades) sum(at image.Rectangle, of func(int) int) (total int) {
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			total += of(y*s.width + x)
		}
	}
	return total
}

func distance(a uint8, b int) int { return max(int(a)-b, b-int(a)) }
