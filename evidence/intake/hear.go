package intake

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/transcript"
)

// hear has a speech program of this machine hear a recording, piece by piece, and
// gives what was said as subtitles.
func hear(ctx context.Context, f *folder.Folder, x evidence.Exhibit, e transcript.Engine, far *reach) (string, error) {
	far.hearing.Lock() // such a program takes all cores
	defer far.hearing.Unlock()
	in, err := f.OpenExhibit(x)
	if err != nil {
		return "", err
	}
	defer in.Close()
	dir, err := os.MkdirTemp("", "juzheng-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	s := transcript.NewSplitter(dir, e)
	if err := media.FindDecoder().Sound(ctx, in, transcript.Rate, s.Add); err != nil {
		return "", unheard(err)
	}
	pieces, err := s.End()
	if err != nil {
		return "", err
	}
	if len(pieces) == 0 {
		return "", unheard(media.ErrNoSound)
	}
	cues, err := e.Hear(ctx, dir, pieces, func(d time.Duration) { far.within(x, d) })
	if err != nil {
		return "", err
	}
	if len(cues) == 0 {
		return "", &folder.UnusableError{Detail: evidence.Text{
			ZH: e.Name + " 没有听出话来；声音太小、太杂的，请自己听", EN: e.Name + " heard no words; listen to it yourself"}}
	}
	return transcript.Subtitles(cues), nil
}

// unheard is why there is nothing to hear, in words for the person.
func unheard(err error) error {
	switch {
	case errors.Is(err, media.ErrNoDecoder):
		return &folder.UnusableError{Detail: evidence.Text{
			ZH: "这种录音要先装 ffmpeg 才能听写", EN: "to hear this kind of recording, install ffmpeg first"}}
	case errors.Is(err, media.ErrNoSound):
		return &folder.UnusableError{Detail: evidence.Text{
			ZH: "录音里没有声音", EN: "there is no sound in it"}}
	}
	return err
}

// A reach is how far reading is, by seconds of recordings; it is told by several
// readers at once.
type reach struct {
	hearing sync.Mutex // one recording at a time

	mu       sync.Mutex
	tell     func(done, total int)
	finished int
	current  map[string]int // seconds heard of a recording that is not finished
	total    int
}

func newReach(todo []evidence.Exhibit, tell func(done, total int)) *reach {
	r := &reach{tell: tell, current: map[string]int{}}
	for _, x := range todo {
		r.total += secondsOf(x)
	}
	return r
}

func secondsOf(x evidence.Exhibit) int { return max(1, int(x.Media.Seconds)) }

func (r *reach) done(x evidence.Exhibit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.current, x.Number)
	r.finished += secondsOf(x)
	r.say()
}

// within tells how much of a recording was heard.
func (r *reach) within(x evidence.Exhibit, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current[x.Number] = min(int(d.Seconds()), secondsOf(x))
	r.say()
}

func (r *reach) say() {
	n := r.finished
	for _, s := range r.current {
		n += s
	}
	if r.tell != nil {
		r.tell(n, r.total)
	}
}
