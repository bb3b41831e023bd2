package media

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A Wave is how loud a recording is from its beginning to its end.
type Wave struct {
	Peaks   []float64 `json:"peaks"`        // the loudest of each equal part, the loudest of all being 1
	Seconds float64   `json:"seconds"`      // as decoded
	By      string    `json:"by,omitempty"` // the program that decoded it, with its version; empty: this one
}

// Why no wave can be drawn of a recording.
var (
	ErrNoDecoder = errors.New("its coding is not decoded here, and ffmpeg is not installed")
	ErrNoSound   = errors.New("nothing can be heard in it")
)

// A Decoder decodes recordings: WAV by itself, everything else by ffmpeg
// where this machine has it.
type Decoder struct{ ffmpeg string }

// FindDecoder looks for ffmpeg.
func FindDecoder() Decoder {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return Decoder{}
	}
	return Decoder{path}
}

// decodeTime bounds what ffmpeg may take for one recording, longestWave what
// is listened to.
const (
	decodeTime  = time.Minute
	longestWave = 6 * time.Hour
)

// Wave decodes a recording and sums it up in so many parts. The file itself
// is only read. The error is [ErrNoDecoder] or [ErrNoSound] where that is why.
func (d Decoder) Wave(ctx context.Context, in *os.File, parts int) (Wave, error) {
	s, err := wavSound(bufio.NewReader(in))
	if err == nil {
		m := meter{rate: s.rate}
		if err := s.each(m.add); err != nil {
			return Wave{}, err
		}
		return m.wave(parts, "")
	}
	if d.ffmpeg == "" {
		return Wave{}, ErrNoDecoder
	}
	return d.run(ctx, in.Name(), parts)
}

// soundFormats are the forms of a file ffmpeg may take it for. Playlists are
// not among them: a recording sent by somebody else could name other files.
const soundFormats = "wav,mp3,aac,mov,amr,amrnb,amrwb,ogg,flac,matroska,caf,avi"

// run sums up what ffmpeg hears in a file.
func (d Decoder) run(ctx context.Context, path string, parts int) (Wave, error) {
	ctx, stop := context.WithTimeout(ctx, decodeTime)
	defer stop()
	m := meter{rate: 8000}
	by, err := d.decode(ctx, path, m.rate, m.add)
	if err != nil {
		return Wave{}, err
	}
	return m.wave(parts, by)
}

// decode lets ffmpeg write the sound as numbers. It is given one file and no
// network, even if the file names others.
func (d Decoder) decode(ctx context.Context, path string, rate int, fn func(float64)) (by string, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return "", err
	}
	said := head{left: 1 << 10}
	cmd := exec.CommandContext(ctx, d.ffmpeg, "-nostdin", "-nostats", "-v", "info",
		"-protocol_whitelist", "file", "-format_whitelist", soundFormats, "-i", path,
		"-map", "0:a:0", "-ac", "1", "-ar", fmt.Sprint(rate),
		"-t", fmt.Sprint(int(longestWave.Seconds())), "-f", "s16le", "pipe:1")
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	s := sound{in: bufio.NewReaderSize(out, 1<<16), rate: rate, channels: 1, size: 2, left: math.MaxInt64, value: pcm16}
	failed := s.each(fn)
	if err := cmd.Wait(); err != nil {
		return "", fmt.Errorf("ffmpeg: %w", err)
	}
	return said.program(), failed
}

// Sound gives a recording as numbers from -1 to 1, so many a second, of one
// channel: WAV by itself, the louder of its channels, everything else by ffmpeg.
func (d Decoder) Sound(ctx context.Context, in *os.File, rate int, fn func(float64)) error {
	s, err := wavSound(bufio.NewReader(in))
	switch {
	case d.ffmpeg != "":
		_, err := d.decode(ctx, in.Name(), rate, fn)
		return err
	case err != nil:
		return ErrNoDecoder
	}
	n := 0
	return s.each(func(v float64) { // as many of each number as belong to its time
		for ; n < rate; n += s.rate {
			fn(v)
		}
		n -= rate
	})
}

// A head keeps the beginning of what is written to it.
type head struct {
	said []byte
	left int
}

func (h *head) Write(p []byte) (int, error) {
	n := min(h.left, len(p))
	h.said, h.left = append(h.said, p[:n]...), h.left-n
	return len(p), nil
}

// program is the name and version with which ffmpeg begins what it says:
// "ffmpeg version 5.1.8 Copyright ...".
func (h *head) program() string {
	if words := strings.Fields(string(h.said)); len(words) > 2 && words[0] == "ffmpeg" {
		return "ffmpeg " + words[2]
	}
	return "ffmpeg"
}

// A meter keeps the loudest value of every hundredth of a second.
type meter struct {
	rate   int
	n      int64
	now    float64
	levels []float32
}

func (m *meter) add(v float64) {
	m.now = max(m.now, math.Abs(v))
	if m.n++; m.n*100/int64(m.rate) > int64(len(m.levels)) {
		m.levels, m.now = append(m.levels, float32(m.now)), 0
	}
}

func (m *meter) wave(parts int, by string) (Wave, error) {
	w := Wave{Peaks: make([]float64, parts), Seconds: float64(m.n) / float64(m.rate), By: by}
	most := 0.0
	for n, v := range m.levels {
		at := n * parts / len(m.levels)
		w.Peaks[at] = max(w.Peaks[at], float64(v))
		most = max(most, float64(v))
	}
	if most < 1e-4 {
		return w, ErrNoSound
	}
	for n := range w.Peaks {
		w.Peaks[n] = math.Round(w.Peaks[n]/most*200) / 200 // no finer than paper shows
	}
	return w, nil
}

// A sound is numbers still to be read.
type sound struct {
	in       *bufio.Reader
	rate     int
	channels int
	size     int   // bytes a number
	left     int64 // bytes
	value    func([]byte) float64
}

// each calls fn with every moment of the sound, the louder of its channels.
// Sound that is cut short ends where it is cut.
func (s sound) each(fn func(float64)) error {
	frame := make([]byte, s.size*s.channels)
	for most := int64(s.rate) * int64(longestWave/time.Second); s.left >= int64(len(frame)) && most > 0; most-- {
		if _, err := io.ReadFull(s.in, frame); err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		} else if err != nil {
			return err
		}
		s.left -= int64(len(frame))
		v := 0.0
		for c := range s.channels {
			v = max(v, math.Abs(s.value(frame[c*s.size:(c+1)*s.size])))
		}
		fn(v)
	}
	return nil
}

var errNoWAV = errors.New("no WAV this program decodes")

// wavSound reads the header of a WAV file (RIFF; formats 1 PCM, 3 float,
// 6 A-law, 7 µ-law, and 0xFFFE which names one of these).
func wavSound(in *bufio.Reader) (sound, error) {
	head := make([]byte, 12)
	if _, err := io.ReadFull(in, head); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WAVE" {
		return sound{}, errNoWAV
	}
	s := sound{in: in}
	for {
		if _, err := io.ReadFull(in, head[:8]); err != nil {
			return sound{}, errNoWAV
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "data":
			s.left = n
			if s.value == nil {
				return sound{}, errNoWAV
			}
			return s, nil
		case "fmt ":
			if n < 16 || n > 1024 {
				return sound{}, errNoWAV
			}
			f := make([]byte, n)
			if _, err := io.ReadFull(in, f); err != nil {
				return sound{}, errNoWAV
			}
			s.format(f)
			n = 0
		}
		if _, err := io.CopyN(io.Discard, in, n+n&1); err != nil {
			return sound{}, errNoWAV
		}
	}
}

func (s *sound) format(f []byte) {
	code, bits := binary.LittleEndian.Uint16(f), int(binary.LittleEndian.Uint16(f[14:]))
	if code == 0xfffe && len(f) >= 26 {
		code = binary.LittleEndian.Uint16(f[24:])
	}
	s.channels, s.rate, s.size = int(binary.LittleEndian.Uint16(f[2:])), int(binary.LittleEndian.Uint32(f[4:])), bits/8
	if s.channels < 1 || s.channels > 8 || s.rate < 1000 || s.rate > 400_000 {
		return
	}
	switch {
	case code == 1 && bits == 8:
		s.value = func(b []byte) float64 { return (float64(b[0]) - 128) / 128 }
	case code == 1 && bits == 16:
		s.value = pcm16
	case code == 1 && bits == 24:
		s.value = func(b []byte) float64 {
			return float64(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (1 << 31)
		}
	case code == 1 && bits == 32:
		s.value = func(b []byte) float64 { return float64(int32(binary.LittleEndian.Uint32(b))) / (1 << 31) }
	case code == 3 && bits == 32:
		s.value = func(b []byte) float64 {
			v := float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return 0
			}
			return v
		}
	case code == 6 && bits == 8:
		s.value = func(b []byte) float64 { return aLaw(b[0]) }
	case code == 7 && bits == 8:
		s.value = func(b []byte) float64 { return muLaw(b[0]) }
	}
}

func pcm16(b []byte) float64 { return float64(int16(binary.LittleEndian.Uint16(b))) / 32768 }

// aLaw is the size of an A-law number (ITU-T G.711, table 1a).
func aLaw(b byte) float64 {
	b ^= 0x55
	exponent, v := int(b>>4&7), int(b&15)<<4+8
	if exponent > 0 {
		v = (v + 0x100) << (exponent - 1)
	}
	return float64(v) / 32768
}

// muLaw is the size of a µ-law number (ITU-T G.711, table 2a).
func muLaw(b byte) float64 {
	b = ^b
	return float64((int(b&15)<<3+0x84)<<(b>>4&7)-0x84) / 32768
}
