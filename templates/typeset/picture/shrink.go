package picture

import (
	"bytes"
	"io"
	"math"

	"juzheng/templates/document"
)

// A Shrunk picture is brought down in size for an upload, or is the picture as
// the book shows it, where that is no larger.
type Shrunk struct {
	Image         *document.Image // shows the copy
	Bytes         int64           // about as many as it takes in a file
	Width, Height int             // of the copy, as seen
	Quality       int             // of JPEG, 1 to 100; 0: it is the picture as the book shows it
	Err           error           // mostly a [Error]: there is no copy
}

// A Target says how far a picture is brought down.
type Target struct {
	Side    int // most pixels of the shorter side
	Quality int // of JPEG, 1 to 100
}

// Shrink makes copies of pictures, each to its own target, in their order. The
// originals are only read; what is to be covered is covered. The same
// pictures give the same copies.
func Shrink(images []*document.Image, targets []Target) []Shrunk {
	numbers := make([]int, len(images))
	for n := range images {
		numbers[n] = n
	}
	out := make([]Shrunk, 0, len(images))
	work := func(n int) Shrunk { return shrink(images[n], targets[n]) }
	_ = inOrder(numbers, work, func(c Shrunk) error { // never fails
		out = append(out, c)
		return nil
	})
	return out
}

func shrink(im *document.Image, s Target) Shrunk {
	as, err := prepare(im)
	if err != nil {
		return Shrunk{Err: err}
	}
	whole := copied(im, as, 0)
	if as.Width > maxDecoded/as.Height { // passed through, but never decoded
		return whole
	}
	less := *im
	less.Reduce = document.Reduction{Width: widthOf(whole.Width, whole.Height, s.Side), Quality: s.Quality}
	x, err := prepare(&less)
	if err != nil {
		return Shrunk{Err: err}
	}
	if c := copied(im, x, s.Quality); c.Bytes < whole.Bytes {
		data := bytes.Join(x.Parts, nil)
		c.Image = &document.Image{
			Open:      func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
			MediaType: "image/jpeg", Width: x.Width, Height: x.Height, Orientation: im.Orientation,
			Alt: im.Alt, Caption: im.Caption + x.Change.Words(),
		}
		return c
	}
	return whole
}

// copied describes a picture as it goes into a file.
func copied(im *document.Image, x *Prepared, quality int) Shrunk {
	c := Shrunk{Image: im, Width: x.Width, Height: x.Height, Quality: quality}
	if im.Orientation >= 5 && im.Orientation <= 8 {
		c.Width, c.Height = c.Height, c.Width
	}
	for _, p := range x.Parts {
		c.Bytes += int64(len(p))
	}
	return c
}

// maxCopied are the most pixels of a copy: of the longest screenshot that is decoded those
// of half its width.
const maxCopied = maxDecoded / 4

// widthOf is the width to which a picture of w by h pixels is brought down so that its
// shorter side has no more than so many, and all of it no more than maxCopied.
func widthOf(w, h, side int) int {
	width := int64(side)
	if w > h {
		width = int64(side) * int64(w) / int64(h)
	}
	width = min(width, int64(w))
	if width*width*int64(h) > maxCopied*int64(w) {
		width = int64(math.Sqrt(maxCopied * float64(w) / float64(h)))
	}
	return int(max(1, width))
}
