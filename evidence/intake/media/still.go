package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Stills are pictures out of a film in one picture, row by row.
type Stills struct {
	Seconds       []float64 `json:"seconds"` // where in the film each stands, from left to right, then down
	Width, Height int       // pixels of the whole
	By            string    `json:"by"` // the program that decoded it, with its version
}

// ErrNoStill reports a film of which no picture could be decoded.
var ErrNoStill = errors.New("no picture can be decoded of it")

const (
	mostStills = 6
	stillWidth = 480 // pixels of each, at most
	stillGap   = 8
	stillBytes = 4 << 20 // of one as it is decoded
)

// filmFormats are the forms of a file that ffmpeg may take it for. Playlists are not among
// them: a film sent by somebody else could name other files.
const filmFormats = "mov,matroska,avi,asf,flv,mpegts,mpeg"

// Stills takes pictures out of a film, so many seconds long, at equal distances and none at
// its very ends, and gives them as one JPEG. The file itself is only read. The error is
// [ErrNoDecoder] or [ErrNoStill] where that is why.
func (d Decoder) Stills(ctx context.Context, in *os.File, seconds float64) (Stills, []byte, error) {
	if d.ffmpeg == "" {
		return Stills{}, nil, ErrNoDecoder
	}
	ctx, stop := context.WithTimeout(ctx, decodeTime)
	defer stop()
	path, err := filepath.Abs(in.Name())
	if err != nil {
		return Stills{}, nil, err
	}
	var s Stills
	var all []image.Image
	n := max(1, min(mostStills, int(seconds))) // of a film of two seconds no six
	for k := range n {
		at := seconds * (float64(k) + 0.5) / float64(n)
		m, by, err := d.still(ctx, path, at)
		if ctx.Err() != nil {
			return Stills{}, nil, ctx.Err()
		}
		if err != nil {
			continue // a cut film ends before its length says so
		}
		s.Seconds, s.By, all = append(s.Seconds, at), by, append(all, m)
	}
	if len(all) == 0 {
		return Stills{}, nil, ErrNoStill
	}
	sheet := together(all)
	s.Width, s.Height = sheet.Bounds().Dx(), sheet.Bounds().Dy()
	var out bytes.Buffer
	err = jpeg.Encode(&out, sheet, &jpeg.Options{Quality: 85})
	return s, out.Bytes(), err
}

// still is the picture of a film at one time. The program is given one file and no network,
// even if the file names others.
func (d Decoder) still(ctx context.Context, path string, at float64) (image.Image, string, error) {
	said := head{left: 1 << 10}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, d.ffmpeg, "-nostdin", "-nostats", "-v", "info", "-threads", "1",
		"-protocol_whitelist", "file", "-format_whitelist", filmFormats,
		"-ss", fmt.Sprintf("%.3f", at), "-i", path, "-map", "0:v:0", "-frames:v", "1",
		"-vf", fmt.Sprintf("scale='min(%d,iw)':-2", stillWidth), "-fs", fmt.Sprint(stillBytes),
		"-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "pipe:1")
	cmd.Stderr, cmd.Stdout = &said, &out
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return nil, "", fmt.Errorf("ffmpeg: %w", err)
	}
	m, err := jpeg.Decode(&out)
	if err != nil {
		return nil, "", fmt.Errorf("decode a still: %w", err)
	}
	return m, said.program(), nil
}

// together sets pictures of one size side by side on white: two beside each other where they
// are wide, three where they are high.
func together(all []image.Image) image.Image {
	w, h := 0, 0
	for _, m := range all {
		w, h = max(w, m.Bounds().Dx()), max(h, m.Bounds().Dy())
	}
	across := 3
	if w > h {
		across = 2
	}
	across = min(across, len(all))
	down := (len(all) + across - 1) / across
	sheet := image.NewRGBA(image.Rect(0, 0, across*(w+stillGap)-stillGap, down*(h+stillGap)-stillGap))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	for n, m := range all {
		at := image.Pt(n%across*(w+stillGap), n/across*(h+stillGap))
		draw.Draw(sheet, m.Bounds().Sub(m.Bounds().Min).Add(at), m, m.Bounds().Min, draw.Src)
	}
	return sheet
}
