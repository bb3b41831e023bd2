package ocr

import (
	"context"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"juzheng/fonts"
)

// A bubble is a line of a chat on its ground.
type bubble struct {
	text       string
	ink, paper color.Color
}

// chatScreen renders lines of a chat as a phone shows them.
func chatScreen(t *testing.T, ground color.Color, lines []bubble) image.Image {
	t.Helper()
	parsed, err := opentype.Parse(fonts.SerifRegular)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 44, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	m := image.NewRGBA(image.Rect(0, 0, 1080, 140*len(lines)+80))
	draw.Draw(m, m.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	for n, l := range lines {
		d := font.Drawer{Dst: m, Src: image.NewUniform(l.ink), Face: face}
		y := 60 + 140*n
		draw.Draw(
			m, image.Rect(100, y, 140+d.MeasureString(l.text).Ceil(), y+90), image.NewUniform(l.paper), image.Point{},
			draw.Src,
		)
		d.Dot = fixed.P(120, y+60)
		d.DrawString(l.text)
	}
	return m
}

// wrong is the share of characters of want that got has wrong: the edit
// distance over its length.
func wrong(got, want string) float64 {
	a, b := []rune(got), []rune(want)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return float64(row[len(b)]) / float64(len(b))
}

// tesseract is the program with its Chinese data.
func tesseract(t *testing.T) Tesseract {
	t.Helper()
	program, err := FindTesseract(context.Background())
	if err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return program
}

// Screens in daylight and in dark mode are read with few wrong characters:
// dark text on light bubbles, light text on coloured ones, light on dark.
func TestScreensAreRead(t *testing.T) {
	program := tesseract(t)
	words := []string{
		"今天下午五点之前必须还款", "不然我们就上门找你", "你的同事都会知道你欠钱", "请不要再打电话给我的家人",
		"我会向监管部门投诉",
	}
	light, dark := color.Gray{0xf0}, color.Gray{0x14}
	blue := color.RGBA{0x2e, 0x7d, 0xf6, 0xff}
	for name, c := range map[string]struct{ ground, ink, paper color.Color }{
		"light":            {light, color.Black, color.White},
		"coloured bubbles": {light, color.White, blue},
		"dark mode":        {dark, color.Gray{0xe8}, color.Gray{0x2c}},
	} {
		var lines []bubble
		for _, w := range words {
			lines = append(lines, bubble{w, c.ink, c.paper})
		}
		text, other, _, err := program.Read(context.Background(), chatScreen(t, c.ground, lines))
		if err != nil {
			t.Fatal(err)
		}
		if w := wrong(strings.ReplaceAll(text, "\n", ""), strings.Join(words, "")); w > 0.08 {
			t.Errorf("%s: %.0f %% of the characters are wrong\n%s\nother: %s", name, 100*w, text, other)
		}
	}
}

func TestBandsCoverThePicture(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 20, 3*bandHeight+123))
	for y := 0; y < m.Rect.Dy(); y++ {
		for x := range 20 {
			if y%100 < 60 {
				m.SetGray(x, y, color.Gray{uint8(x * 97)}) // writing
			}
		}
	}
	at := 0
	for _, b := range bands(m) {
		if b.Rect.Min.Y != at || b.Rect.Dy() > bandHeight || b.Rect.Dy() < 1 {
			t.Fatalf("a band %v behind row %d", b.Rect, at)
		}
		at = b.Rect.Max.Y
		if at < m.Rect.Max.Y && at%100 < 60 {
			t.Errorf("row %d is cut through writing", at)
		}
	}
	if at != m.Rect.Max.Y {
		t.Errorf("the bands end at row %d of %d", at, m.Rect.Max.Y)
	}
}

func TestParseTSV(t *testing.T) {
	const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t今天\n" +
		"5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t60\t还 钱\n5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t50\tAPP\n" +
		"5\t1\t1\t1\t2\t2\t0\t0\t9\t9\t50\tPay 3\n5\t1\t1\t1\t2\t3\t0\t0\t9\t9\t-1\tx\n5\tbroken\n"
	r := parseTSV(table)
	if r.text != "今天还钱\nAPP Pay 3" {
		t.Errorf("%q", r.text)
	}
	if r.chars != 13 || r.sure != 90*2+60*3+50*3+50*5 {
		t.Errorf("%d characters, %v", r.chars, r.sure)
	}
}

func FuzzParseTSV(f *testing.F) {
	f.Add("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t今 天\n")
	f.Fuzz(func(t *testing.T, s string) {
		if r := parseTSV(s); r.sureness() < 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestNoTesseract(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := FindTesseract(context.Background()); !errors.Is(err, ErrNoTesseract) {
		t.Errorf("%v", err)
	}
}

// A picture in which the program sees strokes without end is given up after a while, and a
// person who stops it is not told that it was slow.
func TestSlowPicturesAreGivenUp(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	path := filepath.Join(t.TempDir(), "tesseract")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nsleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	slow := Tesseract{path: path, longest: 100 * time.Millisecond}
	m := image.NewGray(image.Rect(0, 0, 40, 40))
	begun := time.Now()
	if _, _, _, err := slow.Read(t.Context(), m); !errors.Is(err, ErrSlow) {
		t.Errorf("read: %v", err)
	}
	if _, err := slow.See(t.Context(), m); !errors.Is(err, ErrSlow) {
		t.Errorf("see: %v", err)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, _, _, err := slow.Read(stopped, m); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// Large photos are read smaller, tall screenshots are not.
func TestLargePhotosAreReadSmaller(t *testing.T) {
	for _, c := range [][4]int{{1080, 2400, 810, 1800}, {3024, 4032, 1800, 2400}, {4032, 3024, 2400, 1800},
		{1440, 30000, 1080, 22500}, {1, 1, 1, 1}} {
		got := shrink(image.NewGray(image.Rect(0, 0, c[0], c[1]))).Rect
		if got.Dx() != c[2] || got.Dy() != c[3] {
			t.Errorf("%d×%d: %v", c[0], c[1], got)
		}
	}
}
