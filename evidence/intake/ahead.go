package intake

import (
	"context"
	"runtime"

	"juzheng/evidence"
)

// What is recognised ahead of its turn: decoding pictures takes most of the
// time of adding, and needs nothing of the case. A larger file waits for its
// turn, so that memory is bounded by a few small ones.
const (
	mostAhead    = 4
	largestAhead = 8 << 20 // bytes
)

// A recognised is what a file says about itself.
type recognised struct {
	exhibit   evidence.Exhibit
	extension string
	pdf       *PDFText // of a PDF that was read
	err       error
}

// An ahead recognises the next files on the other cores while one is admitted.
// Files are still admitted one by one, in their order: numbers and log are
// the same on any machine.
type ahead struct {
	files   []given
	known   func(path string) bool // given before: only hashed, unless changed
	read    func(given) recognised
	most    int
	started int
	ready   map[int]chan recognised
}

func lookAhead(files []given, known func(string) bool, read func(given) recognised) *ahead {
	return &ahead{
		files: files, known: known, read: read, most: min(runtime.GOMAXPROCS(0), mostAhead),
		ready: map[int]chan recognised{},
	}
}

// start begins the work on the files from n on that may be worked on ahead.
func (a *ahead) start(n int) {
	a.started = max(a.started, n)
	for ; a.started < len(a.files) && len(a.ready) < a.most; a.started++ {
		g := a.files[a.started]
		if g.bad != nil || g.info.Size() > largestAhead || a.known(g.told) {
			continue
		}
		done := make(chan recognised, 1)
		a.ready[a.started] = done
		go func() { done <- a.read(g) }()
	}
}

// take returns what file n says about itself, worked out ahead or now.
func (a *ahead) take(n int) recognised {
	done, ok := a.ready[n]
	if !ok {
		return a.read(a.files[n])
	}
	delete(a.ready, n)
	return <-done
}

// drop forgets what was begun for a file that turned out to be known.
func (a *ahead) drop(n int) { delete(a.ready, n) }

func recogniseGiven(ctx context.Context, g given, pdfs PDFReader) recognised {
	x, form, err := recogniseFile(ctx, g, pdfs)
	return recognised{x, form.extension, form.pdf, err}
}
