package typeset

import (
	"fmt"
	"juzheng/templates/document"
	"runtime"
)

// A picture is what the layout has to know of a picture that stands in the
// file already, or could not be brought there.
type picture struct {
	object        int // in the file
	width, height int
	change        change
	bytes         int64 // of its stream
	err           error
}

// pictures are the pictures of a book, by the image they were made of.
type pictures map[*document.Image]*picture

// A made picture is on its way into the file.
type made struct {
	image *document.Image
	x     *xobject
	err   error
}

// inOrder works on things side by side and hands the results on in their
// order. No more are under way than there are processors, however many things
// there are.
func inOrder[T, R any](things []T, work func(T) R, hand func(R) error) error {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan R, workers-1)
	quit := make(chan struct{})
	defer close(quit)
	go func() {
		defer close(queue)
		for _, t := range things {
			one := make(chan R, 1)
			select {
			case queue <- one:
			case <-quit:
				return
			}
			go func() { one <- work(t) }()
		}
	}()
	for one := range queue {
		if err := hand(<-one); err != nil {
			return err
		}
	}
	return nil
}

// add writes a prepared picture into the file.
func (f *pdfFile) add(m made) *picture {
	if m.err != nil {
		return &picture{err: m.err}
	}
	x := m.x
	p := &picture{width: x.width, height: x.height, change: x.change}
	for _, b := range x.parts {
		p.bytes += int64(len(b))
	}
	p.object = f.object(fmt.Appendf(nil, "/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d %s",
		x.width, x.height, x.space, x.bits, x.filter), x.parts...)
	return p
}

// show writes the pictures of a book into the file.
func (f *pdfFile) show(b document.Book) (pictures, error) {
	shown := pictures{}
	make := func(im *document.Image) made {
		x, err := prepare(im)
		return made{im, x, err}
	}
	err := inOrder(images(b), make, func(m made) error {
		shown[m.image] = f.add(m)
		return f.err
	})
	return shown, err
}

func images(b document.Book) []*document.Image {
	var out []*document.Image
	for _, x := range b.Exhibits {
		if x.Image != nil {
			out = append(out, x.Image)
		}
	}
	return out
}
