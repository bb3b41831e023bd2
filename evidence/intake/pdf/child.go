package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing/fstest"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"juzheng/fonts"
)

// Argument is the command line by which this program is started to draw a PDF
// for itself: it stands first, the folder for what is compiled behind it.
const Argument = "--draw-pdf"

// TextArgument is the same to read its text alone.
const TextArgument = "--read-pdf"

// IsChild reports such a command line.
func IsChild(args []string) bool {
	return len(args) == 3 && (args[1] == Argument || args[1] == TextArgument)
}

// Main draws or reads the file on its input, in a process of its own, and returns
// the exit code.
func Main(args []string, in io.Reader, out io.Writer) int {
	data, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		err = faultOf("large")
	}
	if err == nil {
		err = pages(data, args[2], out, args[1] == Argument)
	}
	var f *Fault
	switch {
	case errors.As(err, &f):
		err = send(out, head{Fault: f.Code}, nil)
	case err == nil:
		err = send(out, head{End: true}, nil)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// memory is the most PDFium may have, in bytes.
const memory = 512 << 20

// reserved is memory that does not move when it grows: the system gives it page by
// page, as it is used. Without it each growth is a copy, and the copies that a small
// file made which inflates were three times as large as the last.
type reserved []byte

func (reserved) Allocate(_, _ uint64) experimental.LinearMemory { return make(reserved, memory) }

// Reallocate gives the first bytes, or nothing where there are not as many.
func (r reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(r)) {
		return nil
	}
	return r[:size]
}

func (reserved) Free() {}

// start starts PDFium: it may use so much memory, sees no file but a font of
// ours for what a PDF does not bring along, and has no chance to draw on.
func start(cache string) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memory >> 16).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != "" {
		if err := os.MkdirAll(cache, 0o700); err == nil {
			if kept, err := wazero.NewCompilationCacheWithDir(cache); err == nil {
				config = config.WithCompilationCache(kept)
			}
		}
	}
	// Where its own fonts are looked for on Linux, for which it was compiled.
	files := fstest.MapFS{"usr/share/fonts/NotoSerifSC-Regular.ttf": {Data: fonts.SerifRegular}}
	return webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), reserved{}),
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig().WithFSMount(files, "/"), Stdout: io.Discard, Stderr: io.Discard,
		RandomSource: zeros{},
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// pages sends the pages of a file, with pictures or without.
func pages(data []byte, cache string, out io.Writer, pictures bool) error {
	pool, err := start(cache)
	if err != nil {
		return fmt.Errorf("start PDFium: %w", err)
	}
	defer pool.Close()
	p, err := pool.GetInstance(time.Minute)
	if err != nil {
		return fmt.Errorf("start PDFium: %w", err)
	}
	doc, err := p.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return faultOf("locked")
	case err != nil:
		return faultOf("broken")
	}
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil || count.PageCount < 1 {
		return faultOf("broken")
	}
	if err := send(out, head{Total: count.PageCount}, nil); err != nil {
		return err
	}
	most := MostRead
	if pictures {
		most = MostPages
	}
	for n := range min(count.PageCount, most) {
		page, err := onePage(p, doc.Document, n, pictures)
		if err != nil {
			return err
		}
		if err := send(out, head{Page: &page}, page.Data); err != nil {
			return err
		}
	}
	return nil
}

// onePage draws or reads one page, upright, smaller where it is larger than paper.
func onePage(p pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int, picture bool) (Page, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}
	size, err := p.GetPageSize(&requests.GetPageSize{Page: page})
	if err != nil {
		return Page{}, faultOf("broken")
	}
	w, h := size.Width*dpi/72, size.Height*dpi/72
	if larger := max(w, h) / maxSide; larger > 1 {
		w, h = w/larger, h/larger
	}
	width, height := max(1, int(w)), max(1, int(h))
	out := Page{Number: n + 1, Width: width, Height: height}
	if picture {
		if err := render(p, doc, page, &out); err != nil {
			return Page{}, err
		}
	}
	// The places are in points of the page as it was written: it may be turned
	// and cropped, which only PDFium knows.
	place := func(x, y float64) (image.Point, bool) {
		at, err := p.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: page, SizeX: out.Width, SizeY: out.Height,
			PageX: x, PageY: y})
		if err != nil {
			return image.Point{}, false
		}
		return image.Pt(at.DeviceX, at.DeviceY), true
	}
	text, err := p.GetPageTextStructured(&requests.GetPageTextStructured{Page: page,
		Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return Page{}, faultOf("broken")
	}
	out.Lines = lines(text.Chars, image.Rect(0, 0, out.Width, out.Height), place)
	return out, nil
}

// render makes the picture of a page.
func render(p pdfium.Pdfium, doc references.FPDF_DOCUMENT, page requests.Page, out *Page) error {
	r, err := p.RenderPageInPixels(&requests.RenderPageInPixels{Page: page, Width: out.Width, Height: out.Height,
		RenderForm: true, Document: &doc})
	if err != nil {
		return faultOf("broken")
	}
	defer r.Cleanup()
	bounds := r.Result.RenderedImage.Bounds()
	out.Width, out.Height = bounds.Dx(), bounds.Dy()
	out.Data, out.Media, err = encode(r.Result.RenderedImage)
	return err
}

// heavy is from how many bytes a page is a photograph, which JPEG keeps smaller.
const heavy = 600 << 10

// encode makes a file of a page: grey where it has no colour.
func encode(m image.Image) (data []byte, media string, err error) {
	if rgba, ok := m.(*image.RGBA); ok {
		if grey, ok := greyOf(rgba); ok {
			m = grey
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, "", err
	}
	if b.Len() <= heavy {
		return b.Bytes(), "image/png", nil
	}
	b.Reset()
	err = jpeg.Encode(&b, m, &jpeg.Options{Quality: 88})
	return b.Bytes(), "image/jpeg", err
}

func greyOf(m *image.RGBA) (*image.Gray, bool) {
	out := image.NewGray(m.Bounds())
	for y := range m.Bounds().Dy() {
		row := m.Pix[y*m.Stride:]
		for x := range m.Bounds().Dx() {
			r, g, b := row[4*x], row[4*x+1], row[4*x+2]
			if r != g || g != b {
				return nil, false
			}
			out.Pix[y*out.Stride+x] = r
		}
	}
	return out, true
}

// lines puts the characters of a page together, line by line as PDFium parts
// them, which runs down the page where that was turned.
func lines(chars []*responses.GetPageTextStructuredChar, within image.Rectangle,
	place func(x, y float64) (image.Point, bool)) []Line {
	var out []Line
	var text strings.Builder
	var boxes []image.Rectangle
	end := func() {
		if strings.TrimSpace(text.String()) != "" {
			out = append(out, Line{text.String(), boxes})
		}
		text.Reset()
		boxes = nil
	}
	for _, c := range chars {
		at := c.PointPosition
		one, ok := place(at.Left, at.Top)
		other, ok2 := place(at.Right, at.Bottom)
		if !ok || !ok2 || strings.ContainsAny(c.Text, "\r\n") {
			end()
			continue
		}
		box := image.Rectangle{one, other}.Canon()
		box.Max = box.Max.Add(image.Pt(1, 1))
		for _, r := range c.Text {
			text.WriteRune(r)
			boxes = append(boxes, box.Intersect(within))
		}
	}
	end()
	return out
}
