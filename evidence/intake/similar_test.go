package intake

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"testing"

	"golang.org/x/image/draw"

	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
)

// chatPage draws a page of bubbles with lines of marks in them, as a chat has
// them. The seed decides what is written.
func chatPage(seed uint64, status color.Color) image.Image {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, 540, 1200))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.Gray{0xed}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(20, 10, 80, 30), image.NewUniform(status), image.Point{}, draw.Src)
	for y := 90; y < 1100; {
		lines, width := 1+r.IntN(4), 120+r.IntN(260)
		left := 70
		fill := color.Color(color.White)
		if r.IntN(2) == 0 {
			left, fill = 470-width, color.RGBA{0x95, 0xec, 0x69, 0xff}
		}
		h := 24 + lines*26
		draw.Draw(m, image.Rect(left, y, left+width, y+h), image.NewUniform(fill), image.Point{}, draw.Src)
		for l := range lines {
			for x := left + 14; x < left+width-20; x += 18 {
				draw.Draw(
					m, image.Rect(x, y+14+l*26, x+4+r.IntN(12), y+32+l*26), image.NewUniform(color.Black),
					image.Point{}, draw.Src,
				)
			}
		}
		y += h + 30
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// forwarded is what a chat app makes of a picture: smaller, and JPEG.
func forwarded(t testing.TB, m image.Image) []byte {
	t.Helper()
	b := m.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, b.Dx()*2/3, b.Dy()*2/3))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), m, b, draw.Src, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The same page shot twice and its forwarded copy are noted as near
// duplicates of the first; other pages are not. Each stays an exhibit.
func TestNearDuplicatesAreGroupedNotDropped(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "Screenshot_2026-09-01-10-00-00-000_com.tencent.mm.png", pngOf(t, chatPage(1, color.Black)))
	put(t, dir, "Screenshot_2026-09-01-10-01-00-000_com.tencent.mm.png", pngOf(t, chatPage(1, color.White)))
	put(t, dir, "Screenshot_2026-09-01-10-02-00-000_com.tencent.mm.jpg", forwarded(t, chatPage(1, color.Black)))
	for n := range 8 {
		put(
			t, dir, "Screenshot_2026-09-02-10-0"+string(rune('0'+n))+"-00-000_com.tencent.mm.png",
			pngOf(t, chatPage(uint64(2+n), color.Black)),
		)
	}
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Admitted) != 11 || len(s.Incidents) != 11 {
		t.Errorf("%d exhibits and %d rows of 11 pictures", len(s.Admitted), len(s.Incidents))
	}
	if _, err := os.Stat(f.Path(folder.CacheDir, pagesFile)); err == nil {
		t.Error("the pages held against each other were left in the cache")
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range register.Exhibits {
		like := ""
		for _, n := range x.Notes {
			if n.Code == NoteSimilar {
				like = n.About
			}
		}
		if want := map[string]string{"E002": "E001", "E003": "E001"}[x.Number]; like != want {
			t.Errorf("%s (%s): like %q, want %q", x.Number, x.OriginalName, like, want)
		}
	}
}

// Pages held against each other lie in the cache beside what was read of PDFs.
func TestPagesBesidePDFs(t *testing.T) {
	f := newCase(t)
	f.Cache([]byte("{}"), "pages", "a-text1.json")
	p := &pages{f: f}
	defer p.drop()
	if _, err := p.pack(media.Page{}); err != nil {
		t.Error(err)
	}
	if f.Cached("pages", "a-text1.json") == nil {
		t.Error("what was read of the PDF is gone")
	}
}
