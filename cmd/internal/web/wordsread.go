package web

import (
	"context"
	"errors"
	"slices"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// readingWork is the name of the work of reading the words of pictures.
const readingWork = "words"

// A wordsView offers to have the words of pictures read by a program of this computer.
type wordsView struct {
	N           int  // pictures of which nothing is read
	Going       bool // it goes on
	Left        *goingView
	Done, Total int
	None        bool   // there is no such program here
	Ended       bool   // it was done since the page was opened
	Failed      string // what kept it from being done
	Here, Act   string // addresses of the screen, and of what its button does
	Alone       bool   // while it goes on the rest of the screen can be used
	InForm      bool   // it stands in the form of the screen
}

// readFailed tells of what could not be read.
var readFailed = evidence.Text{ZH: "有%d份没有读成（%s：%s），要用的照着打。",
	EN: "%d could not be read (%s: %s); type what you need of them."}

// wordsView is nil where no picture waits to be read. Idle are read too where a screen asks
// what has nothing to do with the matter.
func (v *visit) wordsView(x desk.Dossier, path string) (*wordsView, error) {
	w, any := v.working()
	ours := any && w.name == readingWork
	out := &wordsView{Here: v.base() + "/" + path, Alone: path != listenPath, InForm: path == loanPath}
	if ours && !w.ended {
		p := w.progressAt(time.Now())
		out.Going, out.Left, out.Done, out.Total = true, p.going(), p.Done, p.Total
		out.Act = out.Here + "/read-stop"
		return out, nil
	}
	unread, err := desk.UnreadPictures(v.ctx, x, path == foundPath)
	if err != nil || len(unread) == 0 && !ours {
		return nil, err
	}
	out.N, out.None, out.Act = len(unread), v.s.canRead() != nil, out.Here+"/read"
	if ours && w.err != nil && !errors.Is(w.err, context.Canceled) {
		out.Failed = v.failedView(w.err).What
	} else if ours {
		out.Ended = true
	}
	if read, ok := w.result.(desk.Readings); ours && ok && len(read.Failed) > 0 {
		out.N -= len(read.Failed) // once more would do no better: they are typed
		out.Failed = v.in(fill(readFailed, len(read.Failed), read.Failed[0].Exhibit, read.Failed[0].Why.In(v.lang)))
	}
	return out, nil
}

// readWords has the words of pictures read; it goes on while the page is elsewhere.
func (v *visit) readWords(path string) (string, error) {
	x, err := v.dossier()
	if err != nil {
		return "", err
	}
	unread, err := desk.UnreadPictures(v.ctx, x, path == foundPath)
	if err != nil || len(unread) == 0 {
		return "", err
	}
	dir := v.dir
	err = v.work(readingWork, func(ctx context.Context, d desk.Desk) (any, error) {
		return desk.Read(ctx, d, dir, desk.ReadOptions{Only: slices.Clone(unread)})
	})
	var busy *busyError
	if errors.As(err, &busy) && busy.name == readingWork {
		err = nil // pressed twice
	}
	return "", err
}

// stopWords ends the reading; what was read by then is kept.
func (v *visit) stopWords() (string, error) {
	if w, any := v.working(); any && !w.ended && w.name == readingWork {
		w.stop()
	}
	return "", nil
}
