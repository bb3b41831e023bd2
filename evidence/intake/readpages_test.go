package intake

import (
	"context"
	"image"
	"image/color"
	"io"
	"os"
	"testing"

	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/pdf"
)

// A photo is turned as its camera was held: each of the eight ways has the same corner.
func TestUpright(t *testing.T) {
	for orientation, at := range map[int]image.Point{1: {0, 0}, 2: {2, 0}, 3: {2, 1}, 4: {0, 1},
		5: {0, 0}, 6: {0, 1}, 7: {2, 1}, 8: {2, 0}} {
		m := image.NewGray(image.Rect(0, 0, 3, 2))
		m.SetGray(at.X, at.Y, color.Gray{255})
		got := upright(m, orientation)
		if r, _, _, _ := got.At(0, 0).RGBA(); r == 0 {
			t.Errorf("orientation %d: %v", orientation, got.Bounds())
		}
		if wide := got.Bounds().Dx(); wide != map[bool]int{false: 3, true: 2}[orientation >= 5] {
			t.Errorf("orientation %d: %d wide", orientation, wide)
		}
	}
}

// A PDF that has text is no picture, also where what was read of it is no longer kept; one
// whose pages are pictures is read page by page, and text on a page is taken as it stands.
func TestScanned(t *testing.T) {
	text := pdf.Page{Number: 1, Lines: []pdf.Line{printed(0, "借款合同")}}
	for name, c := range map[string]struct {
		page pdf.Page
		want bool
	}{"text": {text, false}, "pictures": {pdf.Page{Number: 1}, true}} {
		reader := PDFReader(func(_ context.Context, _ io.Reader, _ int64, each func(pdf.Page) error) (int, error) {
			return 1, each(c.page)
		})
		dir, f := t.TempDir(), newCase(t)
		put(t, dir, "借款合同.pdf", []byte("%PDF-1.4\n%%EOF"))
		s, err := Add(t.Context(), f, []string{dir}, Options{Now: testNow, PDFs: reader})
		if err != nil || len(s.Admitted) != 1 {
			t.Fatal(err)
		}
		x := s.Admitted[0]
		if got := Scanned(t.Context(), f, x, nil); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
		if err := os.RemoveAll(f.Path("cache")); err != nil {
			t.Fatal(err)
		}
		if !Scanned(t.Context(), f, x, nil) {
			t.Errorf("%s: nobody here has looked, and it passes for read", name)
		}
		if got := Scanned(t.Context(), f, x, reader); got != c.want {
			t.Errorf("%s, read again: %t", name, got)
		}
		if c.want {
			continue
		}
		draw := PageDrawer(reader)
		if got, _, err := readPages(t.Context(), f, x, draw, ocr.Tesseract{}); err != nil || got != "借款合同" {
			t.Errorf("read %q, %v", got, err)
		}
	}
}
