package picture

import (
	"runtime"

	"juzheng/templates/document"
)

// PrepareAll prepares pictures side by side and hands them on in their order.
func PrepareAll(images []*document.Image, hand func(im *document.Image, x *Prepared, err error) error) error {
	type made struct {
		image *document.Image
		x     *Prepared
		err   error
	}
	work := func(im *document.Image) made {
		x, err := prepare(im)
		return made{im, x, err}
	}
	return inOrder(images, work, func(m made) error { return hand(m.image, m.x, m.err) })
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
