package main

import (
	"fmt"
	"time"
)

// A progress tells how far long work is: over one line on a terminal, one
// plain line every tenth elsewhere, nothing for work done within a second.
type progress struct {
	e       *env
	doing   text
	started time.Time
	last    time.Time
	tenth   int64
	drawn   bool
}

func newProgress(e *env, doing text) *progress {
	return &progress{e: e, doing: doing, started: e.now()}
}

// step reports done of total, in any unit. It must not be called at once
// from several goroutines.
func (p *progress) step(done, total int64) {
	now := p.e.now()
	if total <= 0 || now.Sub(p.started) < time.Second || p.e.json {
		return
	}
	share := done * 100 / total
	if p.e.watched() {
		if done < total && now.Sub(p.last) < 200*time.Millisecond {
			return
		}
		p.last, p.drawn = now, true
		fmt.Fprintf(p.e.stderr, "\r%s %3d%%%s\033[K", p.doing.In(p.e.lang), share, p.left(now, done, total))
		return
	}
	if t := share / 10; t > p.tenth {
		p.tenth = t
		p.e.say(text{ZH: "%s %d%%%s", EN: "%s %d%%%s"}, p.doing.In(p.e.lang), t*10, p.left(now, done, total))
	}
}

// leastLeft is from when on what is left is said: it is a guess by what was done.
const leastLeft = 20 * time.Second

func (p *progress) left(now time.Time, done, total int64) string {
	if done <= 0 {
		return ""
	}
	left := time.Duration(float64(now.Sub(p.started)) * float64(total-done) / float64(done))
	switch {
	case left < leastLeft:
		return ""
	case left < 2*time.Minute:
		return fill(text{ZH: "，大约还要 %d 秒", EN: ", about %d s left"}, int(left.Seconds())).In(p.e.lang)
	}
	return fill(text{ZH: "，大约还要 %d 分钟", EN: ", about %d min left"}, int(left.Minutes()+0.5)).In(p.e.lang)
}

// end clears the line.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.e.stderr, "\r\033[K")
	}
}
