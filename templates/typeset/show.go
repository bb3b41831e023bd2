package typeset

import (
	"fmt"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture"
)

// A shownPicture is what the layout has to know of a picture that stands in
// the file already, or could not be brought there.
type shownPicture struct {
	object        int // in the file
	width, height int
	words         string // for the caption: what was done to it
	bytes         int64  // of its stream
	err           error
}

// pictures are the pictures of a book, by the image they were made of.
type pictures map[*document.Image]*shownPicture

// show writes the pictures of a book into the file.
func (f *pdfFile) show(b document.Book) (pictures, error) { return f.showAll(images(b)) }

// showAll writes pictures into the file.
func (f *pdfFile) showAll(all []*document.Image) (pictures, error) {
	shown := pictures{}
	err := picture.PrepareAll(all, func(im *document.Image, x *picture.Prepared, err error) error {
		shown[im] = f.add(x, err)
		return f.err
	})
	return shown, err
}

// add writes a prepared picture into the file.
func (f *pdfFile) add(x *picture.Prepared, err error) *shownPicture {
	if err != nil {
		return &shownPicture{err: err}
	}
	p := &shownPicture{width: x.Width, height: x.Height, words: x.Change.Words()}
	for _, b := range x.Parts {
		p.bytes += int64(len(b))
	}
	p.object = f.object(fmt.Appendf(nil,
		"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d %s",
		x.Width, x.Height, x.Space, x.Bits, x.Filter), x.Parts...)
	return p
}

func images(b document.Book) []*document.Image {
	var out []*document.Image
	for _, x := range b.Exhibits {
		if x.Image != nil {
			out = append(out, x.Image)
		}
		out = append(out, x.Pages...)
	}
	return out
}
