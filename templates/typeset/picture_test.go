package typeset

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// quarters is a picture whose four quarters differ, so that one can see how
// it is turned: red and green above, blue and white below.
func quarters(set func(x, y int, c color.Color), w, h int) {
	colours := [2][2]color.NRGBA{{{200, 0, 0, 255}, {0, 200, 0, 255}}, {{0, 0, 200, 255}, {250, 250, 250, 255}}}
	for y := range h {
		for x := range w {
			set(x, y, colours[2*y/h][2*x/w])
		}
	}
}

func encodePNG(im image.Image) []byte {
	var b bytes.Buffer
	png.Encode(&b, im)
	return b.Bytes()
}

func encodeJPEG(im image.Image) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, im, nil)
	return b.Bytes()
}

// chunks are the chunks of a PNG, each whole, with its name.
func chunks(data []byte) (names []string, all [][]byte) {
	for at := 8; at+12 <= len(data); {
		n := 12 + int(binary.BigEndian.Uint32(data[at:]))
		names, all = append(names, string(data[at+4:at+8])), append(all, data[at:at+n])
		at += n
	}
	return names, all
}

func chunk(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// rawPNG is a PNG of given header fields and rows.
func rawPNG(w, h int, bits, colour, interlace byte, rows []byte, more ...[]byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	zw.Write(rows)
	zw.Close()
	out := append([]byte(pngSign), chunk("IHDR", append(head, bits, colour, 0, 0, interlace))...)
	for _, m := range more {
		out = append(out, m...)
	}
	return append(append(out, chunk("IDAT", z.Bytes())...), chunk("IEND", nil)...)
}

func rgba(alpha func(x, y int) uint8) []byte {
	im := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	quarters(func(x, y int, c color.Color) {
		n := c.(color.NRGBA)
		n.A = alpha(x, y)
		im.SetNRGBA(x, y, n)
	}, 40, 60)
	var b bytes.Buffer // an encoder that keeps the alpha channel of an opaque picture
	im.Pix[3] = 254
	png.Encode(&b, im)
	if alpha(0, 0) != 255 {
		return b.Bytes()
	}
	rows := []byte{}
	for y := range 60 {
		rows = append(append(rows, 0), im.Pix[y*im.Stride:y*im.Stride+160]...)
	}
	rows[4] = 255
	return rawPNG(40, 60, 8, pngRGBA, 0, rows)
}

// inkJPEG is quarters in CMYK as inks are, not inverted, without Adobe's
// mark: a baseline JPEG whose blocks have nothing but their mean.
func inkJPEG(w, h int) []byte {
	out := []byte("\xff\xd8\xff\xdb\x00\x43\x00")
	out = append(out, bytes.Repeat([]byte{8}, 64)...)
	out = append(out, 0xff, 0xc0, 0, 20, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	// Twelve differences of four bits each, and one code of one bit: no more in this block.
	out = append(out, 0xff, 0xc4, 0, 31, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	out = append(out, 0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	inks := [2][2][4]int{{{0, 255, 255, 55}, {255, 0, 255, 55}}, {{255, 255, 0, 55}, {0, 0, 0, 5}}}
	var acc, n uint
	put := func(v, size uint) {
		for acc, n = acc<<size|v, n+size; n >= 8; n -= 8 {
			b := byte(acc >> (n - 8))
			if out = append(out, b); b == 0xff {
				out = append(out, 0)
			}
		}
	}
	var last [4]int
	for y := 0; y < h; y += 8 {
		for x := 0; x < w; x += 8 {
			for c, ink := range inks[2*y/h][2*x/w] {
				d := ink - 128 - last[c]
				last[c] = ink - 128
				size := uint(bits.Len(uint(max(d, -d))))
				put(size, 4)
				if d < 0 {
					d += 1<<size - 1
				}
				put(uint(d), size)
				put(0, 1)
			}
		}
	}
	put(0x7f, 7)
	return append(out, 0xff, 0xd9)
}

func TestPrepare(t *testing.T) {
	full := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	quarters(full.Set, 40, 60)
	gray := image.NewGray(full.Rect)
	quarters(gray.Set, 40, 60)
	deep := image.NewNRGBA64(full.Rect)
	quarters(deep.Set, 40, 60)
	deepClear := image.NewNRGBA64(full.Rect)
	paletted := image.NewPaletted(full.Rect, color.Palette{color.Black, color.White, color.NRGBA{200, 0, 0, 255}})
	quarters(paletted.Set, 40, 60)
	clearPalette := image.NewPaletted(full.Rect, color.Palette{color.Black, color.NRGBA{255, 0, 0, 90}})
	clearPalette.SetColorIndex(3, 3, 1)
	exif := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 12}, append([]byte("Exif\x00\x00GPS!"), encodeJPEG(full)[2:]...)...)
	text := append(append(append([]byte{}, encodePNG(full)[:33]...), chunk("tEXt", []byte("Comment\x00GPS!"))...), encodePNG(full)[33:]...)
	cover, _ := os.ReadFile("testdata/adobe-inverted-cmyk.jpg")
	interlaced, _ := os.ReadFile("testdata/interlaced.png")
	webp, _ := os.ReadFile("testdata/quarters.webp")
	for _, c := range []struct {
		name   string
		data   []byte
		space  string
		depth  int
		change change
		same   bool // the coded pixels are those of the file
	}{
		{"png rgb", encodePNG(full), "/DeviceRGB", 8, untouched, true},
		{"png gray", encodePNG(gray), "/DeviceGray", 8, untouched, true},
		{"png palette", encodePNG(paletted), "[/Indexed /DeviceRGB 2 <000000ffffffc80000>]", 2, untouched, true},
		{"png 16 bit", encodePNG(deep), "/DeviceRGB", 16, untouched, true},
		{"png with text", text, "/DeviceRGB", 8, untouched, true},
		{"png interlaced", interlaced, "/DeviceRGB", 8, untouched, false},
		{"png rgba, opaque", rgba(func(int, int) uint8 { return 255 }), "/DeviceRGB", 8, untouched, false},
		{"png rgba, one pixel clear", rgba(func(x, y int) uint8 { return uint8(255 - y&1*x&1) }), "/DeviceRGB", 8, flattened, false},
		{"png palette with alpha", encodePNG(clearPalette), "/DeviceRGB", 8, flattened, false},
		{"png 16 bit transparent", encodePNG(deepClear), "/DeviceRGB", 8, narrowed, false},
		{"jpeg", encodeJPEG(full), "/DeviceRGB", 8, untouched, true},
		{"jpeg gray", encodeJPEG(gray), "/DeviceGray", 8, untouched, true},
		{"jpeg with exif", exif, "/DeviceRGB", 8, untouched, true},
		{"jpeg cmyk, inverted by Adobe's custom", cover, "/DeviceRGB", 8, separated, false},
		{"jpeg cmyk without Adobe's mark", inkJPEG(40, 60), "/DeviceRGB", 8, separated, false},
		{"webp", webp, "/DeviceRGB", 8, untouched, false},
	} {
		x, err := prepare(&document.Image{Open: opener(c.data)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if x.space != c.space || x.bits != c.depth || x.change != c.change || x.width != 40 || x.height != 60 {
			t.Errorf("%s: %s, %d bits, change %d, %d by %d; want %s, %d bits, change %d, 40 by 60", c.name, x.space, x.bits, x.change, x.width, x.height, c.space, c.depth, c.change)
		}
		coded := bytes.Join(x.parts, nil)
		if bytes.Contains(coded, []byte("GPS!")) {
			t.Errorf("%s: metadata went along", c.name)
		}
		for _, p := range x.parts {
			if c.same && !bytes.Contains(c.data, p) {
				t.Errorf("%s: pixels were coded anew", c.name)
			}
		}
	}
}

// What cannot be shown is refused with a reason, and its page says so.
func TestPrepareRefuses(t *testing.T) {
	full := image.NewNRGBA(image.Rect(0, 0, 40, 60))
	quarters(full.Set, 40, 60)
	good, photo := encodePNG(full), encodeJPEG(full)
	_, parts := chunks(good)
	badSum := bytes.Clone(good)
	badSum[60] ^= 1
	bomb := rawPNG(30000, 13000, 8, pngRGB, 0, make([]byte, 1000))
	huge := rawPNG(65000, 65000, 8, pngRGB, 0, make([]byte, 1000))
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
		{"png without data", slicesOf([]byte(pngSign), parts[0], parts[len(parts)-1]), damagedPicture},
		{"png with fewer rows than it says", rawPNG(40, 60, 8, pngRGB, 0, make([]byte, 121*59)), damagedPicture},
		{"png with more rows than it says", rawPNG(40, 60, 8, pngRGB, 0, make([]byte, 121*61)), damagedPicture},
		{"png rgba with fewer rows", rawPNG(40, 60, 8, pngRGBA, 0, bytes.Repeat([]byte{0, 255}, 40)), damagedPicture},
		{"png without palette", rawPNG(40, 60, 8, pngPalette, 0, make([]byte, 41*60)), damagedPicture},
		{"png with a negative chunk", append(bytes.Clone(good[:33]), 0xff, 0xff, 0xff, 0xf0, 'I', 'D', 'A', 'T', 0, 0, 0, 0), damagedPicture},
		{"png that claims 390 million pixels", bomb, damagedPicture},
		{"png of 65000 by 65000", huge, hugePicture},
		{"png 0 by 0", rawPNG(0, 0, 8, pngRGB, 0, nil), damagedPicture},
		{"jpeg cut", photo[:len(photo)-40], damagedPicture},
		{"jpeg of its start alone", photo[:2], damagedPicture},
		{"jpeg without a scan", append(bytes.Clone(photo[:2]), 0xff, 0xd9), damagedPicture},
		{"jpeg, arithmetic coding", bytes.Replace(photo, []byte{0xff, 0xc0}, []byte{0xff, 0xc9}, 1), variantOfFormat},
		{"gif cut", []byte("GIF89a\x10\x00\x10\x00"), damagedPicture},
	} {
		_, err := prepare(&document.Image{Open: opener(c.data)})
		var because *PictureError
		if !errors.As(err, &because) || because.Reason != c.reason {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason.EN)
		}
		book := sampleBook(1)
		book.Exhibits[0].Image.Open = opener(c.data)
		pages, err := Book(io.Discard, book)
		if err != nil || len(pages.Problems) != 1 || pages.Problems[0].Exhibit != "E001" || pages.Problems[0].Reason != c.reason {
			t.Errorf("%s: book %v, problems %v", c.name, err, pages.Problems)
		}
	}
}

func slicesOf(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

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
					t.Errorf("%d channels, filter %d, pixel %d not opaque: taken for opaque: %v", channels, filter, clear, got)
				}
				if want := filtered(filter, plain, plainAbove, channels-1); !bytes.Equal(out, want) {
					t.Errorf("%d channels, filter %d: row %v, want %v", channels, filter, out, want)
				}
				first := make([]byte, len(above))
				if got := dropOpaque(out, filtered(filter, row, first, channels), channels, true); got != (clear < 0) {
					t.Errorf("%d channels, filter %d, first row, pixel %d not opaque: taken for opaque: %v", channels, filter, clear, got)
				}
			}
		}
	}
}

// Read by another program, a picture turned by each EXIF orientation stands
// upright: its red quarter is where the orientation says that the first pixel is.
func TestPicturesStandUpright(t *testing.T) {
	toPPM := tool(t, "pdftoppm")
	full := image.NewNRGBA(image.Rect(0, 0, 80, 60))
	quarters(full.Set, 80, 60)
	cmyk, err := os.ReadFile("testdata/adobe-inverted-cmyk.jpg")
	if err != nil {
		t.Fatal(err)
	}
	type shown struct {
		name string
		data []byte
		turn int
		want string // colours above left and right, below left and right
	}
	all := []shown{
		{"png", encodePNG(full), 1, "rgbw"}, {"jpeg", encodeJPEG(full), 1, "rgbw"}, {"Adobe's cmyk", cmyk, 1, "rgbw"}, {"plain cmyk", inkJPEG(48, 64), 1, "rgbw"},
		{"rgba", rgba(func(int, int) uint8 { return 255 }), 1, "rgbw"}, {"no orientation", encodePNG(full), 0, "rgbw"},
	}
	for turn, want := range map[int]string{2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb"} {
		all = append(all, shown{"turned", encodePNG(full), turn, want})
	}
	book := sampleBook(len(all))
	for i, s := range all {
		book.Exhibits[i].Image = &document.Image{Open: opener(s.data), Orientation: s.turn, Caption: "图"}
	}
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := Book(out, book)
	out.Close()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(toPPM, "-r", "36", "-png", out.Name(), filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sheets, err := filepath.Glob(filepath.Join(dir, "p-*.png"))
	if err != nil || len(sheets) != pages.Total {
		t.Fatalf("%d pages drawn of %d, %v", len(sheets), pages.Total, err)
	}
	for i, s := range all {
		data, err := os.ReadFile(sheets[pages.Exhibits[book.Exhibits[i].Number]-1])
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := seen(page); got != s.want {
			t.Errorf("%s, orientation %d: seen %s, want %s", s.name, s.turn, got, s.want)
		}
	}
}

// seen names the colours of a picture's quarters on a page: it is found by
// its strong colours, and the white quarter by being none of them.
func seen(page image.Image) string {
	name := func(x, y int) byte {
		r, g, b, _ := page.At(x, y).RGBA()
		switch r, g, b := r>>8, g>>8, b>>8; {
		case r > 140 && g < 110 && b < 110:
			return 'r'
		case g > 130 && r < 130 && b < 130:
			return 'g'
		case b > 130 && r < 110 && g < 110:
			return 'b'
		}
		return 'w'
	}
	var box image.Rectangle
	for y := page.Bounds().Min.Y; y < page.Bounds().Max.Y; y++ {
		for x := page.Bounds().Min.X; x < page.Bounds().Max.X; x++ {
			if name(x, y) != 'w' {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	var out strings.Builder
	for _, at := range [4][2]int{{1, 1}, {3, 1}, {1, 3}, {3, 3}} {
		out.WriteByte(name(box.Min.X+at[0]*box.Dx()/4, box.Min.Y+at[1]*box.Dy()/4))
	}
	return out.String()
}

func FuzzPrepare(f *testing.F) {
	full := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	quarters(full.Set, 8, 8)
	f.Add(encodePNG(full))
	f.Add(encodeJPEG(full))
	f.Add(rgba(func(int, int) uint8 { return 255 }))
	f.Add(rawPNG(8, 8, 8, pngGrayAlpha, 0, make([]byte, 17*8)))
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		x, err := prepare(&document.Image{Open: opener(data)})
		if err != nil {
			var because *PictureError
			if !errors.As(err, &because) {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		if x.width < 1 || x.height < 1 || len(x.parts) == 0 {
			t.Errorf("accepted as %d by %d with %d parts", x.width, x.height, len(x.parts))
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
	data := rawPNG(1080, 2400, 8, pngRGBA, 0, rows)
	for b.Loop() {
		if x, err := prepare(&document.Image{Open: opener(data)}); err != nil || x.change != untouched {
			b.Fatal(err)
		}
	}
}

func BenchmarkBookOfJPEG600(b *testing.B) {
	im := image.NewNRGBA(image.Rect(0, 0, 1080, 2400))
	quarters(im.Set, 1080, 2400)
	data := encodeJPEG(im)
	book := sampleBook(600)
	for i := range book.Exhibits {
		book.Exhibits[i].Image.Open = opener(data)
	}
	for b.Loop() {
		if _, err := Book(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}

// However many pictures a book has, no more are open and held at a time than
// there are processors to prepare them, and none is left open.
func TestPicturesUnderWay(t *testing.T) {
	var now, most atomic.Int64
	b := sampleBook(120)
	for n := range b.Exhibits {
		data := testPNG(n)
		b.Exhibits[n].Image.Open = func() (io.ReadCloser, error) {
			most.Store(max(most.Load(), now.Add(1)))
			return closer{bytes.NewReader(data), func() { now.Add(-1) }}, nil
		}
	}
	if _, err := Book(io.Discard, b); err != nil {
		t.Fatal(err)
	}
	if limit := int64(runtime.GOMAXPROCS(0)) + 1; most.Load() > limit || now.Load() != 0 {
		t.Errorf("%d pictures were open at a time, want at most %d; %d still are", most.Load(), limit, now.Load())
	}
}

type closer struct {
	io.Reader
	close func()
}

func (c closer) Close() error { c.close(); return nil }
