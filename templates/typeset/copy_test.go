package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A box is measured in the picture as it is seen. Whatever way the picture is
// stored, what is seen under it is black, and all around it is as it was.
func TestCoverUpright(t *testing.T) {
	const w, h = 60, 40
	seen := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			seen.Set(x, y, color.RGBA{uint8(50 + 3*x), uint8(50 + 4*y), 200, 255})
		}
	}
	box := evidence.Box{X: 7, Y: 5, W: 20, H: 11}
	for orientation := range 9 {
		sw, sh := w, h
		if orientation >= 5 {
			sw, sh = h, w
		}
		kept := image.NewRGBA(image.Rect(0, 0, sw, sh))
		for y := range h {
			for x := range w {
				at := stored(evidence.Box{X: x, Y: y, W: 1, H: 1}, orientation, sw, sh).Min
				kept.Set(at.X, at.Y, seen.At(x, y))
			}
		}
		im := &document.Image{Open: opener(encodePNG(kept)), MediaType: "image/png", Orientation: orientation, Hide: []evidence.Box{box}}
		var out bytes.Buffer
		if err := Preview(&out, im, false); err != nil {
			t.Fatalf("orientation %d: %v", orientation, err)
		}
		got, err := png.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		for y := range h {
			for x := range w {
				want := seen.At(x, y)
				if image.Pt(x, y).In(image.Rect(box.X, box.Y, box.X+box.W, box.Y+box.H)) {
					want = color.RGBA{0, 0, 0, 255}
				}
				if c := color.RGBAModel.Convert(got.At(x, y)); c != want {
					t.Fatalf("orientation %d: at %d,%d got %v, want %v", orientation, x, y, c, want)
				}
			}
		}
	}
}

// The test above turns pictures by the same function as the program; here
// the turn is the page's, drawn by poppler: a box over one quarter of the
// upright page leaves the other three.
func TestCoverUprightOnPaper(t *testing.T) {
	pdftoppm := tool(t, "pdftoppm")
	for _, orientation := range []int{1, 3, 6, 8} {
		src := image.NewRGBA(image.Rect(0, 0, 80, 80))
		draw.Draw(src, src.Bounds(), image.NewUniform(color.RGBA{250, 120, 120, 255}), image.Point{}, draw.Src)
		im := &document.Image{Open: opener(encodePNG(src)), MediaType: "image/png", Width: 80, Height: 80, Orientation: orientation,
			Hide: []evidence.Box{{X: 40, Y: 0, W: 40, H: 40}}}
		b := sampleBook(1)
		b.Exhibits[0].Image = im
		dir := t.TempDir()
		path := filepath.Join(dir, "book.pdf")
		pages, err := writeBookFile(path, b)
		if err != nil {
			t.Fatal(err)
		}
		at := fmt.Sprint(pages.Exhibits[b.Exhibits[0].Number])
		if out, err := exec.Command(pdftoppm, "-r", "72", "-png", "-f", at, "-l", at, path, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
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
			t.Errorf("orientation %d: the upper right quarter of the page's picture is not what is covered", orientation)
		}
	}
}

func writeBookFile(path string, b document.Book) (Pages, error) {
	f, err := os.Create(path)
	if err != nil {
		return Pages{}, err
	}
	defer f.Close()
	return Book(f, b)
}

// withSecret is a picture with noise in a square of its own colours, and
// texts and a thumbnail that would tell of it.
func withSecret(asJPEG bool) []byte {
	im := image.NewRGBA(image.Rect(0, 0, 200, 300))
	draw.Draw(im, im.Bounds(), image.NewUniform(color.RGBA{230, 230, 230, 255}), image.Point{}, draw.Src)
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := 80; y < 140; y++ {
		for x := 40; x < 120; x++ {
			im.Set(x, y, color.RGBA{uint8(200 + rnd.IntN(55)), uint8(rnd.IntN(40)), uint8(rnd.IntN(40)), 255})
		}
	}
	if asJPEG {
		var b bytes.Buffer
		jpeg.Encode(&b, im, &jpeg.Options{Quality: 98})
		data := b.Bytes()
		exif := append([]byte("Exif\x00\x00SECRETTHUMBNAIL"), data...)
		seg := append([]byte{0xff, 0xe1, byte((len(exif) + 2) >> 8), byte(len(exif) + 2)}, exif...)
		return slicesOf(data[:2], seg, data[2:])
	}
	data := encodePNG(im)
	return slicesOf(data[:33], chunk("tEXt", []byte("Comment\x00SECRETTHUMBNAIL")), data[33:])
}

// What was under a box is nowhere in the file: not in the picture that other
// programs take out of it, not in any object once all are inflated, not as
// the bytes of the original.
func TestNothingCoveredIsLeft(t *testing.T) {
	pdfimages, qpdf := tool(t, "pdfimages"), tool(t, "qpdf")
	for _, asJPEG := range []bool{false, true} {
		for _, reduce := range []document.Reduction{{}, {Width: 100, Quality: 70}} {
			name := fmt.Sprintf("jpeg %v, reduced %v", asJPEG, reduce.Quality > 0)
			original := withSecret(asJPEG)
			b := sampleBook(1)
			b.Exhibits[0].Image = &document.Image{Open: opener(original), Width: 200, Height: 300, Reduce: reduce,
				Hide: []evidence.Box{{X: 40, Y: 80, W: 80, H: 60}}}
			dir := t.TempDir()
			path := filepath.Join(dir, "book.pdf")
			if _, err := writeBookFile(path, b); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(pdfimages, "-png", path, filepath.Join(dir, "im")).CombinedOutput(); err != nil {
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
			if want := 80 * 60 * got.Bounds().Dx() / 200 * got.Bounds().Dy() / 300; black < want*85/100 || black > want*11/10 {
				t.Errorf("%s: %d black pixels, want about %d", name, black, want)
			}
			plain := filepath.Join(dir, "plain.pdf")
			if out, err := exec.Command(qpdf, "--stream-data=uncompress", "--object-streams=disable", "--preserve-unreferenced", path, plain).CombinedOutput(); err != nil {
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

// A box outside the picture is refused: its page has no picture at all, for
// what it was meant for would be seen.
func TestBoxOutsideThePicture(t *testing.T) {
	for _, box := range []evidence.Box{{X: 190, Y: 0, W: 20, H: 10}, {X: 0, Y: 295, W: 10, H: 10}, {X: 0, Y: 0, W: 0, H: 10}, {X: -1, Y: 0, W: 5, H: 5}} {
		_, err := prepare(&document.Image{Open: opener(withSecret(false)), Hide: []evidence.Box{box}})
		var refused *PictureError
		if !errors.As(err, &refused) || refused.Reason != outsideBox {
			t.Errorf("%+v: got %v", box, err)
		}
	}
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	if _, err := prepare(&document.Image{Open: opener(heic), Hide: []evidence.Box{{W: 1, H: 1}}}); err == nil || !strings.Contains(err.Error(), "HEIC") {
		t.Errorf("a HEIC with a box: %v", err)
	}
}

// A reduced copy is as wide as asked for, upright, and never wider than the
// picture.
func TestReduce(t *testing.T) {
	for _, c := range []struct{ orientation, width, want int }{{1, 100, 100}, {6, 100, 66}, {1, 500, 200}, {6, 500, 200}} {
		x, err := prepare(&document.Image{Open: opener(withSecret(false)), Orientation: c.orientation, Reduce: document.Reduction{Width: c.width, Quality: 60}})
		if err != nil {
			t.Fatal(err)
		}
		if x.width != c.want || x.change != reduced {
			t.Errorf("%+v: %d pixels as stored, change %d", c, x.width, x.change)
		}
	}
}

// A small picture is ruled large enough to read the names of its cells, whose
// lines stand where [evidence.Grid] says.
func TestGrid(t *testing.T) {
	var out bytes.Buffer
	if err := Preview(&out, &document.Image{Open: opener(withSecret(false))}, true); err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	src, _, err := image.Decode(bytes.NewReader(withSecret(false)))
	if err != nil {
		t.Fatal(err)
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	g := evidence.GridOf(w, h)
	margin := got.Bounds().Dx() % w
	scale := (got.Bounds().Dx() - margin) / w
	for _, cell := range [][2]int{{0, 0}, {2, 3}, {g.Columns - 1, g.Rows - 1}} {
		b := g.Box(cell[0], cell[1], cell[0], cell[1])
		at := image.Pt(margin+b.X*scale, margin+(b.Y+b.H/2)*scale)
		if c := color.RGBAModel.Convert(got.At(at.X, at.Y)); c != (color.RGBA{230, 0, 0, 255}) {
			t.Errorf("no line left of %s, at %v: %v", g.Name(cell[0], cell[1]), at, c)
		}
	}
	if scale*g.Box(0, 0, 0, 0).W < leastCell {
		t.Errorf("cells of %d pixels", scale*g.Box(0, 0, 0, 0).W)
	}
}
