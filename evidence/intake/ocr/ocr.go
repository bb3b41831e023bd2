// Package ocr has the program tesseract read pictures: what stands on a
// screenshot ([Tesseract.Read]) and where given words stand on it
// ([Tesseract.Places]).
//
// [FindTesseract] looks for the program on this machine. It is an aid and may
// be missing: [ErrNoTesseract] and [ErrNoChinese] say so, and all else works
// without it. Pictures go to it by a pipe and leave no copy on the disk.
//
// What it reads is unchecked and partly wrong. This package does not say what
// may be done with it: a letter holds such words only after a person has
// compared them with the picture.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/image/draw"
)

// A Tesseract is the program tesseract with its Chinese model, found on this
// machine.
type Tesseract struct {
	path    string
	version string
	longest time.Duration // for a part of a picture
}

// Why no pictures can be read here.
var (
	ErrNoTesseract = errors.New("tesseract is not installed")
	ErrNoChinese   = errors.New("tesseract has no Chinese model (chi_sim)")
)

// ErrSlow reports a picture of which a part was not read within [Longest].
var ErrSlow = errors.New("tesseract takes too long: most likely no picture of writing")

// Longest is how long a screen's height of a picture is read. A dense page takes some
// seconds; leaves, faces and noise, in which the program sees strokes without end, take
// minutes, and what is read off them is nothing.
const Longest = 45 * time.Second

// FindTesseract looks for the program and its model. The error is
// [ErrNoTesseract] or [ErrNoChinese].
func FindTesseract(ctx context.Context) (Tesseract, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return Tesseract{}, ErrNoTesseract
	}
	out, err := exec.CommandContext(ctx, path, "--version").CombinedOutput()
	if err != nil {
		return Tesseract{}, fmt.Errorf("%w: %v", ErrNoTesseract, err)
	}
	version, _, _ := strings.Cut(string(out), "\n")
	models, err := exec.CommandContext(ctx, path, "--list-langs").CombinedOutput()
	if err != nil || !strings.Contains("\n"+string(models)+"\n", "\nchi_sim\n") {
		return Tesseract{}, ErrNoChinese
	}
	return Tesseract{path, strings.TrimSpace(version), Longest}, nil
}

// Describe names the program, its version and the settings used.
func (t Tesseract) Describe() string {
	return t.version + " chi_sim psm 6, local contrast and brightest channel, scaled by 0.75, at most 1800 px wide"
}

// Read reads the picture prepared in two ways, [contrast] and [brightest].
// Text is what the program is surer of, other the second text where it
// differs; both are unchecked. Seen is where all of it stands.
func (t Tesseract) Read(ctx context.Context, m image.Image) (text, other string, seen Seen, err error) {
	best, second := pass{}, pass{}
	m = onPaper(m) // from 0,0
	seen = Seen{By: t.Describe(), Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
	for _, prepare := range []func(image.Image) *image.Gray{contrast, brightest} {
		var r pass
		small := shrink(prepare(m))
		for _, part := range bands(small) {
			table, err := t.table(ctx, part)
			if err != nil {
				return "", "", Seen{}, err
			}
			r.add(parseTSV(table))
			seen.Bands = append(seen.Bands, Band{part.Rect.Min.Y, small.Rect.Dx(), small.Rect.Dy(), table})
		}
		if r.sureness() > best.sureness() {
			best, second = r, best
		} else {
			second = r
		}
	}
	if second.text == best.text {
		second.text = ""
	}
	return best.text, second.text, seen, nil
}

// A pass is text and how sure the program is of it, in per cent a
// character.
type pass struct {
	text  string
	sure  float64
	chars int
}

func (r *pass) add(o pass) {
	if r.text != "" && o.text != "" {
		r.text += "\n"
	}
	r.text += o.text
	r.sure += o.sure
	r.chars += o.chars
}

// sureness prefers much text read surely: an empty pass is sure of nothing.
func (r pass) sureness() float64 {
	if r.chars == 0 {
		return 0
	}
	return r.sure * r.sure / float64(r.chars)
}

// onPaper puts a picture on white paper.
func onPaper(m image.Image) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, m, b.Min, draw.Over)
	return out
}

// brightest makes a picture grey by the brightest of each pixel's channels:
// coloured bubbles with dark text come out white.
func brightest(m image.Image) *image.Gray {
	rgba := onPaper(m)
	grey := image.NewGray(rgba.Rect)
	for n := range grey.Pix {
		p := rgba.Pix[4*n:]
		grey.Pix[n] = max(p[0], p[1], p[2])
	}
	return grey
}

// Cells of the ground that contrast compares with: each has the median of the
// pixels around it, so that text, which covers less than half, is not in it.
const (
	groundStep   = 6  // pixels between cells
	groundRadius = 24 // pixels around a cell
)

// contrast makes every text dark on white, in any colours: a pixel is as dark
// as it differs from the ground around it. Of five rendered screens (daylight,
// coloured bubbles, two dark modes) 9 % of the characters were wrong at worst,
// where the brightest or the darkest channel lost whole lines of some.
func contrast(m image.Image) *image.Gray {
	rgba := onPaper(m)
	grey := image.NewGray(rgba.Rect)
	draw.Draw(grey, grey.Rect, rgba, image.Point{}, draw.Src)
	ground := groundOf(grey)
	out := image.NewGray(grey.Rect)
	for y := range grey.Rect.Dy() {
		cy := y / groundStep
		for x := range grey.Rect.Dx() {
			cx := x / groundStep
			v, least := int(grey.Pix[y*grey.Stride+x]), 255
			// At the edge of a bubble, and more so in its corner, the ground
			// is that of a cell further in.
			for _, row := range ground[max(0, cy-2):min(len(ground), cy+3)] {
				for _, g := range row[max(0, cx-2):min(len(row), cx+3)] {
					least = min(least, max(v-int(g), int(g)-v))
				}
			}
			out.Pix[y*out.Stride+x] = uint8(255 - min(255, 2*least))
		}
	}
	return out
}

// groundOf is the median around each cell of a grid.
func groundOf(m *image.Gray) [][]uint8 {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := make([][]uint8, (h+groundStep-1)/groundStep)
	for cy := range out {
		out[cy] = make([]uint8, (w+groundStep-1)/groundStep)
		for cx := range out[cy] {
			var seen [256]uint16
			total := 0
			for y := max(0, cy*groundStep-groundRadius); y < min(h, cy*groundStep+groundRadius); y += groundStep {
				for x := max(0, cx*groundStep-groundRadius); x < min(w, cx*groundStep+groundRadius); x += groundStep {
					seen[m.Pix[y*m.Stride+x]]++
					total++
				}
			}
			for v, below := 0, 0; v < 256; v++ {
				if below += int(seen[v]); 2*below >= total {
					out[cy][cx] = uint8(v)
					break
				}
			}
		}
	}
	return out
}

// mostAcross is the shorter side of a picture as it is read, at most: a page that was
// photographed at 12 million pixels is read as well from 4, in half the time.
const mostAcross = 1800

// shrink scales by three quarters, which measured best on screenshots, and large photos
// by more.
func shrink(m *image.Gray) *image.Gray {
	wide, high := m.Rect.Dx()*3/4, m.Rect.Dy()*3/4
	if across := min(wide, high); across > mostAcross {
		wide, high = wide*mostAcross/across, high*mostAcross/across
	}
	out := image.NewGray(image.Rect(0, 0, max(1, wide), max(1, high)))
	draw.BiLinear.Scale(out, out.Rect, m, m.Rect, draw.Src, nil)
	return out
}

// A long screenshot is read in bands: the program takes no side beyond 32767
// pixels, and is slow with much on one page.
const (
	bandHeight = 3000
	bandSearch = 500 // above its end, for a row to cut at
)

// bands cuts a picture across rows where nothing is written.
func bands(m *image.Gray) []*image.Gray {
	var out []*image.Gray
	b := m.Bounds()
	for top := b.Min.Y; top < b.Max.Y; {
		end := b.Max.Y
		if end-top > bandHeight {
			end = quietRow(m, top+bandHeight-bandSearch, top+bandHeight)
		}
		out = append(out, m.SubImage(image.Rect(b.Min.X, top, b.Max.X, end)).(*image.Gray))
		top = end
	}
	return out
}

// quietRow is the row with the least change along it.
func quietRow(m *image.Gray, from, to int) int {
	best, least := to, 1<<62
	for y := from; y < to; y++ {
		row := m.Pix[m.PixOffset(m.Rect.Min.X, y):][:m.Rect.Dx()]
		sum := 0
		for x := 1; x < len(row); x++ {
			d := int(row[x]) - int(row[x-1])
			sum += d * d
		}
		if sum < least {
			best, least = y, sum
		}
	}
	return best
}

// table is what the program reads on a picture, a row a word.
func (t Tesseract) table(ctx context.Context, m image.Image) (string, error) {
	var in, out, complaint bytes.Buffer
	if err := png.Encode(&in, m); err != nil {
		return "", fmt.Errorf("tesseract: %w", err)
	}
	whole := ctx
	ctx, stop := context.WithTimeout(ctx, t.longest)
	defer stop()
	// The picture goes in by a pipe: no copy of it is left on the disk. One
	// thread a process is faster than its own threads.
	cmd := exec.CommandContext(ctx, t.path, "stdin", "stdout", "-l", "chi_sim", "--psm", "6", "tsv")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.WaitDelay = time.Second // what it started may hold its output open
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &complaint
	if err := cmd.Run(); err != nil {
		switch {
		case whole.Err() != nil:
			return "", whole.Err()
		case ctx.Err() != nil:
			return "", ErrSlow
		}
		last := strings.TrimSpace(complaint.String())
		return "", fmt.Errorf("tesseract: %w: %s", err, last[strings.LastIndexByte(last, '\n')+1:])
	}
	return out.String(), nil
}

// parseTSV reads the table tesseract writes: a row a word, with block,
// paragraph and line it stands in, and how sure it is, 0 to 100.
func parseTSV(s string) pass {
	var r pass
	var b strings.Builder
	place := ""
	for line := range strings.Lines(s) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) < 12 || cells[0] != "5" { // level 5 is a word
			continue
		}
		word := strings.TrimSpace(cells[11])
		sure, err := strconv.ParseFloat(cells[10], 64)
		if word == "" || err != nil || sure < 0 {
			continue
		}
		at := strings.Join(cells[1:5], ".")
		switch {
		case b.Len() == 0:
		case at != place:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		place = at
		b.WriteString(word)
		n := len([]rune(word))
		r.chars += n
		r.sure += sure * float64(n)
	}
	r.text = joinHan(b.String())
	return r
}

// joinHan drops the blanks that the program puts between Han characters.
func joinHan(s string) string {
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	wide := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
	}
	for n, r := range runes {
		if r == ' ' && n > 0 && n+1 < len(runes) && (wide(runes[n-1]) || wide(runes[n+1])) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
