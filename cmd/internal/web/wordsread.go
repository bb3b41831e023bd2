package web

import (
	"context"
	"errors"
	"slices"
	"time"

	"juzheng/cmd/internal/desk"
)

// readingWork is the name of the work of reading the words of pictures.
const readingWork = "words"

// A wordsView offers to have the words of pictures read by a program of this computer.
type wordsView struct {
	N      int    // pictures of which nothing is read
	Going  bool   // it goes on
	Share  int    // per cent; -1: not known
	None   bool   // there is no such program here
	Ended  bool   // it was done since the page was opened
	Failed string // what kept it from being done
}

// wordsView is nil where no picture waits to be read.
func (v *visit) wordsView(x desk.Dossier) (*wordsView, error) {
	w, any := v.working()
	ours := any && w.name == readingWork
	if ours && !w.ended {
		return &wordsView{Going: true, Share: w.progressAt(time.Now()).Share}, nil
	}
	unread, err := desk.UnreadPictures(x)
	if err != nil || len(unread) == 0 && !ours {
		return nil, err
	}
	out := &wordsView{N: len(unread), None: v.s.canRead() != nil}
	if ours && w.err != nil {
		out.Failed = v.failedView(w.err).What
	} else if ours {
		out.Ended = true
	}
	return out, nil
}

// readWords has the words of pictures read; it goes on while the page is elsewhere.
func (v *visit) readWords() (string, error) {
	x, err := v.dossier()
	if err != nil {
		return "", err
	}
	unread, err := desk.UnreadPictures(x)
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
