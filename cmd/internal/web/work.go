package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"juzheng/cmd/internal/desk"
)

// A work is something that takes long and goes on while the person looks at
// the page: one at a time for a case.
type work struct {
	name    string // of the act that began it
	started time.Time
	done    int64
	total   int64
	since   time.Time // from when on it was counted by this total
	base    int64     // what was done by then
	ends    time.Time // when it will have ended, as was told; zero: it was too early to tell
	ended   bool
	stop    func()
	missed  int // files that were dropped and did not come
	err     error
	result  any
}

// A progress is how far a work has come, as a screen shows it.
type progress struct {
	Name    string
	Share   int // per cent; -1: not known
	Seconds int // left, about; -1: it cannot be told
	Done    int // in units of the work
	Total   int
}

// soon is how long is counted before anybody is told how long it takes: what is said
// before that is a guess by too little.
const soon = 5 * time.Second

// tell notes how far the work has come. When it ends is told once a tenth of it was seen
// done, and from then on only moved nearer: one large file holds up what many small ones
// promised, and a number that rises frightens. Where it is far off, nothing is told any more.
func (w *work) tell(done, total int64, now time.Time) {
	if total != w.total || done < w.done {
		if w.since, w.base = now, done; !w.ends.IsZero() {
			w.ends = now
		}
	}
	w.done, w.total = done, total
	spent, did := now.Sub(w.since), done-w.base
	if total <= 0 || spent < soon || did*10 < total-w.base || did <= 0 {
		return
	}
	left := time.Duration(float64(spent) * float64(total-done) / float64(did))
	switch told := w.ends.Sub(now); {
	case w.ends.IsZero() || left < told:
		w.ends = now.Add(left)
	case left > 2*told:
		w.ends = now
	}
}

// progressAt is how far it has come by a time.
func (w work) progressAt(now time.Time) progress {
	p := progress{Name: w.name, Share: -1, Seconds: -1, Done: int(w.done), Total: int(w.total)}
	if w.total <= 0 {
		return p
	}
	p.Share = int(min(w.done, w.total) * 100 / w.total)
	if left := w.ends.Sub(now); left > 0 {
		p.Seconds = int((left + time.Second - 1) / time.Second)
	}
	return p
}

// going is that as a screen shows it.
func (p progress) going() *goingView {
	out := &goingView{Share: p.Share, Seconds: p.Seconds}
	if p.Share >= 100 { // what is counted is done: a bar that stands full would seem to be stuck
		out.Share, out.Last = -1, true
	}
	if p.Seconds >= 120 {
		out.Minutes = (p.Seconds + 30) / 60
	}
	return out
}

// A busyError reports that other work goes on in the case.
type busyError struct{ name string }

func (e *busyError) Error() string { return "other work goes on: " + e.name }

// work begins something that takes long. It goes on when the page is closed;
// it ends with the server, and job leaves nothing half done then.
func (v *visit) work(name string, job func(context.Context, desk.Desk) (any, error)) error {
	s, key := v.s, cmp.Or(v.key, v.of)
	s.mu.Lock()
	if old := s.works[key]; old != nil && !old.ended {
		s.mu.Unlock()
		return &busyError{old.name}
	}
	ctx, stop := context.WithCancel(s.ctx)
	now := time.Now()
	w := &work{name: name, started: now, since: now, stop: stop}
	s.works[key] = w
	s.mu.Unlock()
	d := v.desk
	d.Tell = func(n desk.Notice) {
		if p, ok := n.(desk.Progress); ok {
			s.mu.Lock()
			w.tell(p.Done, p.Total, time.Now())
			s.mu.Unlock()
		}
	}
	done := s.stay()
	go func() {
		defer done()
		defer stop()
		result, err := guarded(func() (any, error) { return job(ctx, d) })
		s.mu.Lock()
		w.result, w.err, w.ended = result, err, true
		s.mu.Unlock()
	}()
	return nil
}

// working is what goes on in the case, or ended last; false: nothing has begun.
func (v *visit) working() (work, bool) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	w := v.s.works[cmp.Or(v.key, v.of)]
	if w == nil {
		return work{}, false
	}
	return *w, true
}

// works reports that something goes on in the case.
func (v *visit) works() bool {
	w, begun := v.working()
	return begun && !w.ended
}

// settle waits for work that was told to end, for what it leaves must be whole.
func (s *server) settle() {
	for range 200 {
		s.mu.Lock()
		going := false
		for _, w := range s.works {
			going = going || !w.ended
		}
		s.mu.Unlock()
		if !going {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// A panicError is a fault of the program that ended one piece of work.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprint(e.value) }

// guarded runs f and makes an error of a panic.
func guarded(f func() (any, error)) (result any, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &panicError{value, debug.Stack()}
		}
	}()
	return f()
}

// Events are sent as they come up; a sign of life this often.
const (
	beat = 15 * time.Second
	tick = time.Second
)

// events tells a page that is open, while it is looked at, what goes on: work
// in its case, that the case changed, that the server is there.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flush, ok := w.(http.Flusher)
	if !ok {
		return
	}
	defer s.stay()()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	send := func(event, data string) error {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		flush.Flush()
		return err
	}
	v := s.visitOf(r, screen{})
	inCase := v.enter(v.form("case")) == nil
	if send("here", "") != nil {
		return
	}
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	last, mark, going := time.Now(), "", v.form("waits") == "yes"
	var seen time.Time // when the work began that the page was told of
	if w, any := v.working(); any {
		seen = w.started
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-ticks.C:
		}
		event := ""
		if inCase {
			now, any := v.working()
			switch on := any && !now.ended; {
			case on || going || any && !now.started.Equal(seen): // once more when it has ended, between two ticks too
				event, going, seen = "work", on, now.started
			case v.mark() != mark:
				event, mark = "state", v.mark()
			}
		}
		if event == "" && time.Since(last) > beat {
			event = "here"
		}
		if event != "" {
			last = time.Now()
			if err := send(event, mark); err != nil {
				return
			}
		}
	}
}
