package transcript

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Piece is a part of a recording as a file of its own, for a speech program:
// WAV, one channel, 16,000 numbers a second.
type Piece struct {
	File          string // in the folder of the pieces
	Begin, Length time.Duration
}

// Rate is how many numbers a second pieces have.
const Rate = 16000

// A piece is cut where it is quietest, once it is as long as the program wants
// them, and at the latest after the half minute that programs hear at once. Sound
// below quiet is none.
const (
	longest   = 28 * time.Second
	frame     = Rate / 50 // 20 ms
	quiet     = 0.003
	pauseTime = 300 * time.Millisecond
)

// A Splitter parts sound into pieces. Numbers are added one after another; End
// writes what is left.
type Splitter struct {
	dir      string
	shortest int
	held     []int16
	level    []float64 // of each frame that is held
	now      float64
	begin    int64 // of what is held, in numbers
	pieces   []Piece
	err      error
}

// NewSplitter writes pieces into a folder, for an engine.
func NewSplitter(dir string, e Engine) *Splitter {
	return &Splitter{dir: dir, shortest: int(e.kind.shortest / (20 * time.Millisecond))}
}

// Add takes the next number, from -1 to 1.
func (s *Splitter) Add(v float64) {
	v = max(-1, min(1, v))
	s.held = append(s.held, int16(math.Round(v*32767)))
	s.now = max(s.now, math.Abs(v))
	if len(s.held)%frame != 0 {
		return
	}
	s.level, s.now = append(s.level, s.now), 0
	pause := int(pauseTime / (20 * time.Millisecond))
	n := len(s.level)
	switch {
	case n >= s.shortest+pause && loudest(s.level[n-pause:]) < quiet:
		s.cut(n - pause/2)
	case n >= int(longest/(20*time.Millisecond)):
		s.cut(s.quietest())
	}
}

func loudest(levels []float64) float64 {
	out := 0.0
	for _, l := range levels {
		out = max(out, l)
	}
	return out
}

// quietest is the frame of the later half around which it is quietest.
func (s *Splitter) quietest() int {
	best, least := len(s.level), math.Inf(1)
	for n := len(s.level) / 2; n < len(s.level)-5; n++ {
		if l := loudest(s.level[n-5 : n+5]); l <= least {
			best, least = n, l
		}
	}
	return best
}

// cut makes a piece of so many frames.
func (s *Splitter) cut(frames int) {
	n := min(frames*frame, len(s.held))
	if loudest(s.level[:min(frames, len(s.level))]) >= quiet || frames > len(s.level) {
		s.write(s.held[:n])
	}
	s.held = append([]int16(nil), s.held[n:]...)
	s.level = append([]float64(nil), s.level[min(frames, len(s.level)):]...)
	s.begin += int64(n)
}

func (s *Splitter) write(sound []int16) {
	if s.err != nil || len(sound) == 0 {
		return
	}
	p := Piece{File: fmt.Sprintf("%04d.wav", len(s.pieces)+1), Begin: span(s.begin), Length: span(int64(len(sound)))}
	size := uint32(2 * len(sound))
	out := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, 36+size)...)
	out = append(out, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	out = binary.LittleEndian.AppendUint32(out, Rate)
	out = binary.LittleEndian.AppendUint32(out, 2*Rate)
	out = append(out, "\x02\x00\x10\x00data"...)
	out = binary.LittleEndian.AppendUint32(out, size)
	for _, v := range sound {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	s.err = os.WriteFile(filepath.Join(s.dir, p.File), out, 0o600)
	s.pieces = append(s.pieces, p)
}

func span(numbers int64) time.Duration { return time.Duration(numbers) * time.Second / Rate }

// End gives the pieces.
func (s *Splitter) End() ([]Piece, error) {
	if loud := max(loudest(s.level), s.now); loud >= quiet {
		s.write(s.held)
	}
	return s.pieces, s.err
}

// Subtitles writes passages as SRT.
func Subtitles(cues []Cue) string {
	var b strings.Builder
	at := func(d time.Duration) string {
		ms := d.Milliseconds()
		return fmt.Sprintf("%02d:%02d:%02d,%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
	}
	for n, c := range cues {
		fmt.Fprintf(&b, "%d\n%s --> %s\n%s\n\n", n+1, at(c.Begin), at(c.End), c.Said())
	}
	return strings.TrimSpace(b.String())
}
