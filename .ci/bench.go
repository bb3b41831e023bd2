// Command bench makes what .ci/bench measures with: invented files as a phone has them, the
// same each time.
//
//	go run .ci/bench.go pictures DIR N [tall]   screenshots and photographs; tall: one of 30,000 rows
//	go run .ci/bench.go small DIR N             pictures of 64 by 64
//	go run .ci/bench.go calls FILE N            a call log of N rows
//	go run .ci/bench.go waves DIR N             recordings of 512 KiB, of noise
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/jpeg"
	"image/png"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) < 4 {
		log.Fatal("bench pictures|small|calls|waves PATH N [tall]")
	}
	what, path := os.Args[1], os.Args[2]
	count, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	if what == "calls" {
		keep(path, calls(count))
		return
	}
	for n := range count {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		at := time.Date(2026, 9, 1+n%28, 8+n/28%12, n/336%60, n/20160, 0, time.UTC).Format("20060102_150405")
		switch {
		case what == "small":
			keep(filepath.Join(path, fmt.Sprintf("IMG_%s_%d.jpg", at, n)), coded(photo(r, 64, 64), "jpg"))
		case what == "waves":
			keep(filepath.Join(path, fmt.Sprintf("%s_%d.wav", at, n)), wave(r))
		case len(os.Args) > 4 && n == count/2:
			keep(filepath.Join(path, "Screenshot_"+at+".png"), coded(screen(r, 1080, 30_000), "png"))
		default:
			im, form := picture(r, n)
			keep(filepath.Join(path, "Screenshot_"+at+"."+form), coded(im, form))
		}
	}
}

// picture is one of a phone: of ten five screenshots, two with an alpha channel, one of few
// colours, two photographs.
func picture(r *rand.Rand, n int) (image.Image, string) {
	switch n % 10 {
	case 5, 6:
		m := image.NewNRGBA(image.Rect(0, 0, 1080, 2400))
		draw.Draw(m, m.Bounds(), screen(r, 1080, 2400), image.Point{}, draw.Src)
		m.Set(0, 0, color.NRGBA{255, 255, 255, 250})
		return m, "png"
	case 7:
		m := image.NewPaletted(image.Rect(0, 0, 1080, 2400), palette.WebSafe)
		draw.Draw(m, m.Bounds(), screen(r, 1080, 2400), image.Point{}, draw.Src)
		return m, "png"
	case 8, 9:
		return photo(r, 3000, 4000), "jpg"
	}
	return screen(r, 1080, 2400), "png"
}

// screen is a chat: bubbles with strokes as close as those of writing.
func screen(r *rand.Rand, w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	fill := func(x, y, w, h int, c color.Color) {
		draw.Draw(m, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 0, w, h, color.Gray{237})
	for y := 150; y < h-300; y += 300 {
		wide := 300 + r.IntN(460)
		fill(120, y, wide, 240, color.White)
		for row := y + 20; row < y+200; row += 52 {
			for x := 140; x < 80+wide; x += 42 {
				for range 7 { // strokes of a character
					fill(x+r.IntN(30), row+r.IntN(36), 4+r.IntN(20), 3, color.Gray{uint8(20 + r.IntN(60))})
				}
			}
		}
	}
	return m
}

// photo is a picture of soft light with the noise of a camera.
func photo(r *rand.Rand, w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	base := r.IntN(100)
	for i := 0; i < len(m.Pix); i += 4 {
		light := base + i/4%w*80/w + i/4/w*60/h + int(r.Uint32()>>28)
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = uint8(light), uint8(light*9/10), uint8(light*3/4), 255
	}
	return m
}

func coded(im image.Image, form string) []byte {
	var b bytes.Buffer
	var err error
	if form == "jpg" {
		err = jpeg.Encode(&b, im, &jpeg.Options{Quality: 85})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, im)
	}
	if err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

// calls is a backup of night calls of one collector.
func calls(count int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<calls count=\"%d\">\n", count)
	first := time.Date(2026, 9, 18, 15, 10, 0, 0, time.UTC)
	for n := range count {
		fmt.Fprintf(&b, "<call number=\"05710008888\" duration=\"%d\" date=\"%d\" type=\"1\" presentation=\"1\" "+
			"contact_name=\"(Unknown)\" />\n", 61+n%100, first.Add(time.Duration(n)*time.Minute).UnixMilli())
	}
	b.WriteString("</calls>\n")
	return []byte(b.String())
}

// wave is a recording of noise (RIFF, PCM of 8 bits, 8 kHz).
func wave(r *rand.Rand) []byte {
	const size = 512<<10 - 44
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" +
		"\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data")
	b = binary.LittleEndian.AppendUint32(b, size)
	binary.LittleEndian.PutUint32(b[4:], size+36)
	for range size / 8 {
		b = binary.LittleEndian.AppendUint64(b, r.Uint64())
	}
	return append(b, make([]byte, size%8)...)
}

func keep(path string, data []byte) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		log.Fatal(err)
	}
}
