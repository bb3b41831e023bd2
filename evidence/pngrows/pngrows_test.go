package pngrows

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"testing"
)

// samples are pictures of every form that is read, by the encoder of image/png.
func samples(r *rand.Rand) map[string]image.Image {
	b := image.Rect(0, 0, 1+r.IntN(60), 1+r.IntN(70))
	out := map[string]image.Image{"gray": image.NewGray(b), "rgb": image.NewRGBA(b), "rgba": image.NewNRGBA(b)}
	for _, n := range []int{2, 4, 16, 216} {
		p := color.Palette(palette.WebSafe[:n:n])
		out[fmt.Sprint("palette of ", n)] = image.NewPaletted(b, p)
		clear := append(append(color.Palette{}, p[1:]...), color.NRGBA{200, 100, 50, 90})
		out[fmt.Sprint("clear palette of ", n)] = image.NewPaletted(b, clear)
	}
	for name, m := range out {
		smooth := r.IntN(2) == 0 // else noise: other filters
		for y := range b.Dy() {
			for x := range b.Dx() {
				c := color.NRGBA{uint8(x * 3), uint8(y * 2), uint8(x + y), 255}
				if !smooth {
					c = color.NRGBA{uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32()), 255}
				}
				if name == "rgba" || bytes.HasPrefix([]byte(name), []byte("clear")) {
					c.A = uint8(r.Uint32())
				}
				m.(draw.Image).Set(x, y, c)
			}
		}
	}
	return out
}

func coded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads all rows, some at a time.
func read(in io.Reader, band int) (*image.RGBA, *Reader, error) {
	r, err := New(in)
	if err != nil {
		return nil, nil, err
	}
	dst := image.NewRGBA(image.Rect(0, 0, r.Width, r.Height))
	for y := 0; y < r.Height; y += band {
		if err := r.Strip(dst.SubImage(image.Rect(0, y, r.Width, min(y+band, r.Height))).(*image.RGBA)); err != nil {
			return nil, nil, err
		}
	}
	return dst, r, nil
}

// The pixels are those of image/png on white.
func TestAsTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		for name, m := range samples(r) {
			data := coded(t, m)
			got, rows, err := read(bytes.NewReader(data), 1+r.IntN(20))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			src, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			want := image.NewRGBA(src.Bounds())
			draw.Draw(want, want.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(want, want.Rect, src, image.Point{}, draw.Over)
			if !bytes.Equal(got.Pix, want.Pix) {
				t.Fatalf("%s of %v: other pixels", name, want.Rect)
			}
			if opaque := src.(interface{ Opaque() bool }).Opaque(); rows.Clear == opaque && name == "rgba" {
				t.Errorf("%s: clear %t", name, rows.Clear)
			}
		}
	}
}

// A file that lacks its end or has a bit turned anywhere is no whole picture; nor is one with
// more data than pixels. Where image/png refuses it, so does this.
func TestDamage(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 20, 30))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i)
	}
	data := coded(t, m)
	for n := range data {
		if _, _, err := read(bytes.NewReader(data[:n]), 16); err == nil {
			t.Errorf("%d bytes of %d were read as whole", n, len(data))
		}
		bad := bytes.Clone(data)
		bad[n] ^= 1 << (n % 8)
		if _, _, err := read(bytes.NewReader(bad), 16); err == nil {
			t.Errorf("a bit of byte %d was turned, and nobody saw it", n)
		}
	}
	more := bytes.Clone(data)
	binary.BigEndian.PutUint32(more[20:], 29) // one row less than there is
	binary.BigEndian.PutUint32(more[29:], crc32.ChecksumIEEE(more[12:29]))
	if _, _, err := read(bytes.NewReader(more), 16); err == nil {
		t.Error("data of a row more were read as whole")
	}
}

// Other forms are left to image/png.
func TestOtherForms(t *testing.T) {
	interlaced, err := os.ReadFile("../../templates/typeset/picture/testdata/interlaced.png")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"16 bits": coded(t, image.NewGray16(image.Rect(0, 0, 4, 4))),
		"interlaced": interlaced, "no PNG": []byte("\xff\xd8\xff\xe0 no picture"), "nothing": nil} {
		if _, err := New(bytes.NewReader(data)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, m := range samples(r) {
		f.Add(coded(f, m))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := New(bytes.NewReader(data)); err != nil || r.Width*r.Height > 1<<20 {
			return
		}
		if _, _, err := read(bytes.NewReader(data), 16); err != nil {
			return
		}
		if _, err := png.Decode(bytes.NewReader(data)); err != nil {
			t.Errorf("whole, but image/png: %v", err)
		}
	})
}

func BenchmarkStrip(b *testing.B) {
	m := image.NewRGBA(image.Rect(0, 0, 1080, 2400))
	for i := range m.Pix {
		m.Pix[i] = uint8(i/4000*7) | 255*uint8(i%4/3)
	}
	data := coded(b, m)
	b.Run("rows", func(b *testing.B) {
		b.ReportAllocs()
		strip := image.NewRGBA(image.Rect(0, 0, 1080, 16))
		for b.Loop() {
			r, err := New(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			for range 2400 / 16 {
				if err := r.Strip(strip); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("image/png", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := png.Decode(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
