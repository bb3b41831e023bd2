package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture"
	"juzheng/templates/typeset/picture/picturetest"
)

// The test above turns pictures by the same function as the program; here
// the turn is the page's, drawn by poppler: a box over one quarter of the
// upright page leaves the other three.
func TestCoverUprightOnPaper(t *testing.T) {
	pdftoppm := tool(t, "pdftoppm")
	for _, orientation := range []int{1, 3, 6, 8} {
		src := image.NewRGBA(image.Rect(0, 0, 80, 80))
		draw.Draw(src, src.Bounds(), image.NewUniform(color.RGBA{250, 120, 120, 255}), image.Point{}, draw.Src)
		im := &document.Image{Open: picturetest.Opener(picturetest.PNG(src)), MediaType: "image/png", Width: 80,
			Height: 80, Orientation: orientation,
			Hide: []image.Rectangle{image.Rect(40, 0, 80, 40)}}
		b := sampleBook(1)
		b.Exhibits[0].Image = im
		dir := t.TempDir()
		path := filepath.Join(dir, "book.pdf")
		pages, err := writeBookFile(path, b)
		if err != nil {
			t.Fatal(err)
		}
		at := fmt.Sprint(pages.Exhibits[b.Exhibits[0].Number])
		if out, err := exec.Command(pdftoppm, "-r", "72", "-png", "-f", at, "-l", at, path,
			filepath.Join(dir, "p")).CombinedOutput(); err != nil {
			t.Fatalf("pdftoppm: %v %s", err, out)
		}
		shown, _ := filepath.Glob(filepath.Join(dir, "p*.png"))
		data, err := os.ReadFile(shown[0])
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		var area image.Rectangle // of the picture: all that is pink or black in a block
		pink := func(x, y int) bool {
			r, g, _, _ := page.At(x, y).RGBA()
			return r>>8 > 200 && g>>8 > 80 && g>>8 < 180
		}
		for y := range page.Bounds().Dy() {
			for x := range page.Bounds().Dx() {
				if pink(x, y) {
					area = area.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		quarter := func(fx, fy int) bool { return pink(area.Min.X+area.Dx()*fx/4, area.Min.Y+area.Dy()*fy/4) }
		if area.Empty() || !quarter(1, 1) || quarter(3, 1) || !quarter(1, 3) || !quarter(3, 3) {
			t.Errorf("orientation %d: the upper right quarter of the page's picture is not what is covered",
				orientation)
		}
	}
}

func writeBookFile(path string, b document.Book) (Pages, error) {
	f, err := os.Create(path)
	if err != nil {
		return Pages{}, err
	}
	defer f.Close()
	return Fonts(nil).Book(f, b)
}

// What was under a box is nowhere in the file: not in the picture that other
// programs take out of it, not in any object once all are inflated, not as
// the bytes of the original.
func TestNothingCoveredIsLeft(t *testing.T) {
	pdfimages, qpdf := tool(t, "pdfimages"), tool(t, "qpdf")
	for _, asJPEG := range []bool{false, true} {
		for _, reduce := range []document.Reduction{{}, {Width: 100, Quality: 70}} {
			name := fmt.Sprintf("jpeg %v, reduced %v", asJPEG, reduce.Quality > 0)
			original := picturetest.Secret(asJPEG)
			b := sampleBook(1)
			b.Exhibits[0].Image = &document.Image{Open: picturetest.Opener(original), Width: 200, Height: 300,
				Reduce: reduce,
				Hide:   []image.Rectangle{image.Rect(40, 80, 120, 140)}}
			dir := t.TempDir()
			path := filepath.Join(dir, "book.pdf")
			if _, err := writeBookFile(path, b); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(pdfimages, "-png", path, filepath.Join(dir,
				"im")).CombinedOutput(); err != nil {
				t.Fatalf("pdfimages: %v %s", err, out)
			}
			images, _ := filepath.Glob(filepath.Join(dir, "im*.png"))
			if len(images) != 1 {
				t.Fatalf("%s: %d pictures in the file, want 1", name, len(images))
			}
			data, err := os.ReadFile(images[0])
			if err != nil {
				t.Fatal(err)
			}
			got, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			black := 0
			for y := range got.Bounds().Dy() {
				for x := range got.Bounds().Dx() {
					r, g, _, _ := got.At(x, y).RGBA()
					if r>>8 > g>>8+60 {
						t.Fatalf("%s: %d,%d still shows the secret's colour", name, x, y)
					}
					if r>>8 < 20 {
						black++
					}
				}
			}
			if want := 80 * 60 * got.Bounds().Dx() / 200 * got.Bounds().Dy() / 300; black < want*85/100 ||
				black > want*11/10 {
				t.Errorf("%s: %d black pixels, want about %d", name, black, want)
			}
			plain := filepath.Join(dir, "plain.pdf")
			if out, err := exec.Command(qpdf, "--stream-data=uncompress", "--object-streams=disable",
				"--preserve-unreferenced", path, plain).CombinedOutput(); err != nil {
				t.Fatalf("qpdf: %v %s", err, out)
			}
			for _, file := range []string{path, plain} {
				all, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, piece := range [][]byte{[]byte("SECRETTHUMBNAIL"), original[len(original)/2:][:24]} {
					if bytes.Contains(all, piece) {
						t.Errorf("%s: a piece of the original stands in %s", name, filepath.Base(file))
					}
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
	picturetest.Quarters(full.Set, 80, 60)
	cmyk, err := os.ReadFile("picture/testdata/adobe-inverted-cmyk.jpg")
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
		{"png", picturetest.PNG(full), 1, "rgbw"}, {"jpeg", picturetest.JPEG(full), 1, "rgbw"},
		{"Adobe's cmyk", cmyk, 1, "rgbw"}, {"plain cmyk", picturetest.InkJPEG(48, 64), 1, "rgbw"},
		{"rgba", picturetest.RGBA(func(int, int) uint8 { return 255 }), 1, "rgbw"},
		{"no orientation", picturetest.PNG(full), 0, "rgbw"},
	}
	for turn, want := range map[int]string{2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr",
		8: "gwrb"} {
		all = append(all, shown{"turned", picturetest.PNG(full), turn, want})
	}
	book := sampleBook(len(all))
	for i, s := range all {
		book.Exhibits[i].Image = &document.Image{Open: picturetest.Opener(s.data), Orientation: s.turn, Caption: "图"}
	}
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := Fonts(nil).Book(out, book)
	out.Close()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(toPPM, "-r", "36", "-png", out.Name(),
		filepath.Join(dir, "p")).CombinedOutput(); err != nil {
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

func BenchmarkBookOfJPEG600(b *testing.B) {
	im := image.NewNRGBA(image.Rect(0, 0, 1080, 2400))
	picturetest.Quarters(im.Set, 1080, 2400)
	data := picturetest.JPEG(im)
	book := sampleBook(600)
	for i := range book.Exhibits {
		book.Exhibits[i].Image.Open = picturetest.Opener(data)
	}
	for b.Loop() {
		if _, err := Fonts(nil).Book(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBookOfFolder makes a book of the pictures of a folder, which .ci/bench names:
// other programs make one of the same.
func BenchmarkBookOfFolder(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("JUZHENG_PICTURES"), "*.[jp][pn]g"))
	if err != nil || len(files) == 0 {
		b.Skip("JUZHENG_PICTURES names no folder of pictures")
	}
	for b.Loop() {
		book := sampleBook(0)
		for _, f := range files {
			name := filepath.Base(f)
			book.Exhibits = append(book.Exhibits, document.BookExhibit{Number: name, Title: name,
				Cover: []document.Block{document.Heading{Level: 1, Text: name}},
				Image: &document.Image{Open: func() (io.ReadCloser, error) { return os.Open(f) }, Caption: name}})
		}
		out, err := os.Create(filepath.Join(b.TempDir(), "book.pdf"))
		if err != nil {
			b.Fatal(err)
		}
		pages, err := Fonts(nil).Book(out, book)
		if err == nil {
			err = out.Close()
		}
		if err != nil || len(pages.Unset) > 0 {
			b.Fatal(err, pages.Unset)
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
	if _, err := Fonts(nil).Book(io.Discard, b); err != nil {
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

// The page of a picture that cannot be shown says so, and the caller learns why.
func TestPageSaysWhatIsNotShown(t *testing.T) {
	good := testPNG(1)
	for _, data := range [][]byte{nil, good[:len(good)-20],
		[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")} {
		book := sampleBook(1)
		book.Exhibits[0].Image.Open = picturetest.Opener(data)
		pages, err := Fonts(nil).Book(io.Discard, book)
		if err != nil || len(pages.Unset) != 1 || pages.Unset[0].Exhibit != "E001" ||
			pages.Unset[0].Reason != picture.ReasonOf(pages.Unset[0].Err) {
			t.Fatalf("%q: book %v, unset %v", data, err, pages.Unset)
		}
		var out bytes.Buffer
		if _, err := Fonts(nil).Book(&out, book); err != nil {
			t.Fatal(err)
		}
		if text := squeeze(extract(t, out.Bytes())); !strings.Contains(text, squeeze(pages.Unset[0].Reason.ZH)) {
			t.Errorf("the page does not say %s", pages.Unset[0].Reason.ZH)
		}
	}
}
