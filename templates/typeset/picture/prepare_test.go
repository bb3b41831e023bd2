package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"os"
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// chunks are the chunks of a PNG, each whole, with its name.
func chunks(data []byte) (names []string, all [][]byte) {
	for at := 8; at+12 <= len(data); {
		n := 12 + int(binary.BigEndian.Uint32(data[at:]))
		names, all = append(names, string(data[at+4:at+8])), append(all, data[at:at+n])
		at += n
	}
	return names, all
}

func TestPrepare(t *testing.T) {
	full := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	picturetest.Quarters(full.Set, 40, 60)
	gray := image.NewGray(full.Rect)
	picturetest.Quarters(gray.Set, 40, 60)
	deep := image.NewNRGBA64(full.Rect)
	picturetest.Quarters(deep.Set, 40, 60)
	deepClear := image.NewNRGBA64(full.Rect)
	paletted := image.NewPaletted(full.Rect, color.Palette{color.Black, color.White, color.NRGBA{200, 0, 0, 255}})
	picturetest.Quarters(paletted.Set, 40, 60)
	clearPalette := image.NewPaletted(full.Rect, color.Palette{color.Black, color.NRGBA{255, 0, 0, 90}})
	clearPalette.SetColorIndex(3, 3, 1)
	exif := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 12}, append([]byte("Exif\x00\x00GPS!"),
		picturetest.JPEG(full)[2:]...)...)
	text := append(append(append([]byte{}, picturetest.PNG(full)[:33]...),
		picturetest.Chunk("tEXt", []byte("Comment\x00GPS!"))...), picturetest.PNG(full)[33:]...)
	cover, _ := os.ReadFile("testdata/adobe-inverted-cmyk.jpg")
	interlaced, _ := os.ReadFile("testdata/interlaced.png")
	webp, _ := os.ReadFile("testdata/quarters.webp")
	for _, c := range []struct {
		name   string
		data   []byte
		space  string
		depth  int
		change Change
		same   bool // the coded pixels are those of the file
	}{
		{"png rgb", picturetest.PNG(full), "/DeviceRGB", 8, untouched, true},
		{"png gray", picturetest.PNG(gray), "/DeviceGray", 8, untouched, true},
		{"png palette", picturetest.PNG(paletted), "[/Indexed /DeviceRGB 2 <000000ffffffc80000>]", 2, untouched, true},
		{"png 16 bit", picturetest.PNG(deep), "/DeviceRGB", 16, untouched, true},
		{"png with text", text, "/DeviceRGB", 8, untouched, true},
		{"png interlaced", interlaced, "/DeviceRGB", 8, untouched, false},
		{"png rgba, opaque", picturetest.RGBA(func(int, int) uint8 { return 255 }), "/DeviceRGB", 8, untouched, false},
		{"png rgba, one pixel clear", picturetest.RGBA(func(x, y int) uint8 { return uint8(255 - y&1*x&1) }),
			"/DeviceRGB", 8, flattened, false},
		{"png palette with alpha", picturetest.PNG(clearPalette), "/DeviceRGB", 8, flattened, false},
		{"png 16 bit transparent", picturetest.PNG(deepClear), "/DeviceRGB", 8, narrowed, false},
		{"jpeg", picturetest.JPEG(full), "/DeviceRGB", 8, untouched, true},
		{"jpeg gray", picturetest.JPEG(gray), "/DeviceGray", 8, untouched, true},
		{"jpeg with exif", exif, "/DeviceRGB", 8, untouched, true},
		{"jpeg cmyk, inverted by Adobe's custom", cover, "/DeviceRGB", 8, separated, false},
		{"jpeg cmyk without Adobe's mark", picturetest.InkJPEG(40, 60), "/DeviceRGB", 8, separated, false},
		{"webp", webp, "/DeviceRGB", 8, untouched, false},
	} {
		x, err := prepare(&document.Image{Open: picturetest.Opener(c.data)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if x.Space != c.space || x.Bits != c.depth || x.Change != c.change || x.Width != 40 || x.Height != 60 {
			t.Errorf("%s: %s, %d bits, change %d, %d by %d; want %s, %d bits, change %d, 40 by 60", c.name, x.Space,
				x.Bits, x.Change, x.Width, x.Height, c.space, c.depth, c.change)
		}
		coded := bytes.Join(x.Parts, nil)
		if bytes.Contains(coded, []byte("GPS!")) {
			t.Errorf("%s: metadata went along", c.name)
		}
		for _, p := range x.Parts {
			if c.same && !bytes.Contains(c.data, p) {
				t.Errorf("%s: pixels were coded anew", c.name)
			}
		}
	}
}

// What cannot be shown is refused with a reason.
func TestPrepareRefuses(t *testing.T) {
	full := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	picturetest.Quarters(full.Set, 40, 60)
	good, photo := picturetest.PNG(full), picturetest.JPEG(full)
	_, parts := chunks(good)
	badSum := bytes.Clone(good)
	badSum[60] ^= 1
	bomb := picturetest.RawPNG(30000, 13000, 8, pngRGB, 0, make([]byte, 1000))
	huge := picturetest.RawPNG(65000, 65000, 8, pngRGB, 0, make([]byte, 1000))
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	for _, c := range []struct {
		name   string
		data   []byte
		reason evidence.Text
	}{
		{"nothing", nil, unknownPicture},
		{"text", []byte("hello"), unknownPicture},
		{"heic", heic, heicPicture},
		{"png cut", good[:len(good)-20], damagedPicture},
		{"png of its signature alone", good[:8], damagedPicture},
		{"png with a changed byte", badSum, damagedPicture},
		{"png without data", slices.Concat([]byte(pngSign), parts[0], parts[len(parts)-1]), damagedPicture},
		{"png with fewer rows than it says", picturetest.RawPNG(40, 60, 8, pngRGB, 0, make([]byte, 121*59)),
			damagedPicture},
		{"png with more rows than it says", picturetest.RawPNG(40, 60, 8, pngRGB, 0, make([]byte, 121*61)),
			damagedPicture},
		{"png rgba with fewer rows", picturetest.RawPNG(40, 60, 8, pngRGBA, 0, bytes.Repeat([]byte{0, 255}, 40)),
			damagedPicture},
		{"png without palette", picturetest.RawPNG(40, 60, 8, pngPalette, 0, make([]byte, 41*60)), damagedPicture},
		{"png with a negative chunk", append(bytes.Clone(good[:33]), 0xff, 0xff, 0xff, 0xf0, 'I', 'D', 'A', 'T', 0, 0,
			0, 0), damagedPicture},
		{"png that claims 390 million pixels", bomb, damagedPicture},
		{"png of 65000 by 65000", huge, hugePicture},
		{"png 0 by 0", picturetest.RawPNG(0, 0, 8, pngRGB, 0, nil), damagedPicture},
		{"jpeg cut", photo[:len(photo)-40], damagedPicture},
		{"jpeg of its start alone", photo[:2], damagedPicture},
		{"jpeg without a scan", append(bytes.Clone(photo[:2]), 0xff, 0xd9), damagedPicture},
		{"jpeg, arithmetic coding", bytes.Replace(photo, []byte{0xff, 0xc0}, []byte{0xff, 0xc9}, 1), variantOfFormat},
		{"gif cut", []byte("GIF89a\x10\x00\x10\x00"), damagedPicture},
	} {
		_, err := prepare(&document.Image{Open: picturetest.Opener(c.data)})
		var because *Error
		if !errors.As(err, &because) || because.Reason != c.reason {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason.EN)
		}
	}
}

// Every filter of PNG is seen through, on rows that are opaque and on rows
// that are not in one pixel.
func TestOpaqueRows(t *testing.T) {
	const w = 5
	filtered := func(filter byte, row, above []byte, bpp int) []byte {
		out := []byte{filter}
		for i := range row {
			left, up, corner := 0, int(above[i]), 0
			if i >= bpp {
				left, corner = int(row[i-bpp]), int(above[i-bpp])
			}
			guess := [5]int{0, left, up, (left + up) / 2, int(paeth(left, up, corner))}[filter]
			out = append(out, row[i]-byte(guess))
		}
		return out
	}
	for _, channels := range []int{2, 4} {
		for filter := range byte(5) {
			for clear := -1; clear < w; clear++ {
				row, above := make([]byte, w*channels), make([]byte, w*channels)
				plain, plainAbove := make([]byte, 0), make([]byte, 0)
				for x := range w {
					for c := range channels {
						row[x*channels+c], above[x*channels+c] = byte(37*x+90*c), byte(11*x+50*c)
					}
					row[x*channels+channels-1], above[x*channels+channels-1] = 255, 255
					if x == clear {
						row[x*channels+channels-1] = 254
					}
					plain = append(plain, row[x*channels:x*channels+channels-1]...)
					plainAbove = append(plainAbove, above[x*channels:x*channels+channels-1]...)
				}
				out := make([]byte, 1+w*(channels-1))
				got := dropOpaque(out, filtered(filter, row, above, channels), channels, false)
				if got != (clear < 0) {
					t.Errorf("%d channels, filter %d, pixel %d not opaque: taken for opaque: %v", channels, filter,
						clear, got)
				}
				if want := filtered(filter, plain, plainAbove, channels-1); !bytes.Equal(out, want) {
					t.Errorf("%d channels, filter %d: row %v, want %v", channels, filter, out, want)
				}
				first := make([]byte, len(above))
				if got := dropOpaque(out, filtered(filter, row, first, channels), channels, true); got != (clear < 0) {
					t.Errorf("%d channels, filter %d, first row, pixel %d not opaque: taken for opaque: %v", channels,
						filter, clear, got)
				}
			}
		}
	}
}

func FuzzPrepare(f *testing.F) {
	full := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	picturetest.Quarters(full.Set, 8, 8)
	f.Add(picturetest.PNG(full))
	f.Add(picturetest.JPEG(full))
	f.Add(picturetest.RGBA(func(int, int) uint8 { return 255 }))
	f.Add(picturetest.RawPNG(8, 8, 8, pngGrayAlpha, 0, make([]byte, 17*8)))
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		x, err := prepare(&document.Image{Open: picturetest.Opener(data)})
		if err != nil {
			var because *Error
			if !errors.As(err, &because) {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		if x.Width < 1 || x.Height < 1 || len(x.Parts) == 0 {
			t.Errorf("accepted as %d by %d with %d parts", x.Width, x.Height, len(x.Parts))
		}
	})
}

func BenchmarkPrepareRGBA(b *testing.B) {
	im := image.NewNRGBA(image.Rect(0, 0, 1080, 2400))
	rows := make([]byte, 0, 2400*4321)
	for y := range 2400 {
		rows = append(rows, 2)
		for x := range 1080 {
			at := im.PixOffset(x, y)
			im.Pix[at], im.Pix[at+1], im.Pix[at+2] = 0, byte(x*y>>9&7), 0
			im.Pix[at+3] = 0
			if y == 0 {
				im.Pix[at+3] = 255
			}
		}
		rows = append(rows, im.Pix[y*im.Stride:(y+1)*im.Stride]...)
	}
	data := picturetest.RawPNG(1080, 2400, 8, pngRGBA, 0, rows)
	for b.Loop() {
		if x, err := prepare(&document.Image{Open: picturetest.Opener(data)}); err != nil || x.Change != untouched {
			b.Fatal(err)
		}
	}
}
