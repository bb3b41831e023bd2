package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/pdf"
)

// A PageDrawer draws the pages of a PDF: see [pdf.Program.Draw].
type PageDrawer func(ctx context.Context, in io.Reader, size int64, each func(pdf.Page) error) (total int, err error)

// Scanned reports a PDF of which no text is known: its pages are pictures, or nobody
// here has looked.
func Scanned(ctx context.Context, f *folder.Folder, x evidence.Exhibit, pdfs PDFReader) bool {
	if x.Kind != evidence.Document || x.MediaType != pdfType {
		return false
	}
	t, err := pdfs.Text(ctx, f, x)
	return err != nil || t.Fault == "" && t.empty()
}

// readPages reads the pages of a PDF off their pictures; what a page has as text is
// taken as it stands.
func readPages(ctx context.Context, f *folder.Folder, x evidence.Exhibit, draw PageDrawer, t ocr.Tesseract) (
	text, other string, err error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return "", "", err
	}
	defer in.Close()
	var pages, others []string
	_, err = draw(ctx, in, x.Size, func(p pdf.Page) error {
		var lines []string
		for _, l := range p.Lines {
			if s := strings.TrimSpace(l.Text); s != "" {
				lines = append(lines, s)
			}
		}
		if len(lines) > 0 {
			pages = append(pages, strings.Join(lines, "\n"))
			return ctx.Err()
		}
		m, _, err := image.Decode(bytes.NewReader(p.Data))
		if err != nil {
			return err
		}
		seen, second, _, err := inTime(ctx, t, m)
		if seen != "" {
			pages = append(pages, seen)
		}
		if second != "" {
			others = append(others, second)
		}
		return err
	})
	return strings.Join(pages, "\n"), strings.Join(others, "\n"), err
}

// tooSlow says why a picture was given up.
var tooSlow = &folder.UnusableError{Code: "slow", Detail: evidence.Text{
	ZH: "没有读：认了很久还没有认完，多半不是有字的图",
	EN: "not read: it took too long, so most likely it is no picture of writing"}}

func inTime(ctx context.Context, t ocr.Tesseract, m image.Image) (text, other string, seen ocr.Seen, err error) {
	text, other, seen, err = t.Read(ctx, m)
	if errors.Is(err, ocr.ErrSlow) {
		err = tooSlow
	}
	return text, other, seen, err
}

// seenPlace is where it is kept what was read on an exhibit, and where: in the cache, which
// may go at any time.
func seenPlace(x evidence.Exhibit) []string { return []string{"words", x.SHA256 + ".json"} }

// SeenOn is what was read on a picture of a case, and where; false: that is not kept.
func SeenOn(f *folder.Folder, x evidence.Exhibit) (ocr.Seen, bool) {
	var seen ocr.Seen
	err := json.Unmarshal(f.Cached(seenPlace(x)...), &seen)
	return seen, err == nil && len(seen.Bands) > 0
}

// KeepSeen keeps what was read on a picture.
func KeepSeen(f *folder.Folder, x evidence.Exhibit, seen ocr.Seen) {
	if data, err := json.Marshal(seen); err == nil {
		f.Cache(data, seenPlace(x)...)
	}
}

// upright turns a photo as its camera was held, by EXIF: words that lie on their side
// are not read.
func upright(m image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	wide, high := w, h
	if orientation >= 5 {
		wide, high = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range h {
		for x := range w {
			to := [...]image.Point{{x, y}, {x, y}, {w - 1 - x, y}, {w - 1 - x, h - 1 - y}, {x, h - 1 - y},
				{y, x}, {h - 1 - y, x}, {h - 1 - y, w - 1 - x}, {y, w - 1 - x}}[orientation]
			out.Set(to.X, to.Y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// undrawable is why a picture is not read.
func undrawable(err error) error {
	return &folder.UnusableError{Code: "damaged", Detail: evidence.Text{
		ZH: "图片无法打开：" + media.Harm(err).ZH, EN: "the picture cannot be opened: " + media.Harm(err).EN}}
}
