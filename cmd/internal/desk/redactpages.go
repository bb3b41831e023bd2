package desk

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates/document"
	"juzheng/templates/letter"
)

// A PageError reports a box on a page that is not there, or beyond it. Pages is how
// many are drawn; 0: the exhibit cannot be drawn, and Why says why.
type PageError struct {
	Exhibit     string
	Page, Pages int
	Box         evidence.Box // beyond the page, of Width by Height; zero: there is no such page
	Width       int
	Height      int
	Why         evidence.Text
	Line        int // of redactions.csv; 0: it was typed
}

func (e *PageError) Error() string { return fmt.Sprintf("no page %d of %s", e.Page, e.Exhibit) }

// pagesToCover are the pages of PDFs that boxes are on, or are asked for.
func pagesToCover(
	ctx context.Context, d Desk, f *folder.Folder, exhibits []evidence.Exhibit, rows []evidence.Redaction, o RedactOptions,
) (map[string]letter.Sheets, error) {
	out := map[string]letter.Sheets{}
	for _, x := range exhibits {
		boxed := slices.ContainsFunc(rows, func(r evidence.Redaction) bool { return r.Exhibit == x.Number && r.Page > 0 })
		asked := x.Number == o.Exhibit && len(o.Words)+len(o.Find) == 0
		if x.MediaType != "application/pdf" || !boxed && !asked {
			continue
		}
		if d.Draw == nil {
			return nil, &PageError{Exhibit: x.Number, Page: o.Page,
				Why: evidence.Text{ZH: "这里不能画 PDF", EN: "PDFs are not drawn here"}}
		}
		s, err := sheetsOf(ctx, d, f, x)
		if err != nil {
			return nil, err
		}
		if len(s.Pages) == 0 {
			return nil, &PageError{Exhibit: x.Number, Page: o.Page, Why: s.Why}
		}
		out[x.Number] = s
	}
	return out, nil
}

// pageOf is a page of a PDF.
func pageOf(s letter.Sheets, exhibit string, page int) (letter.Sheet, error) {
	n := slices.IndexFunc(s.Pages, func(p letter.Sheet) bool { return p.Number == page })
	if n < 0 {
		return letter.Sheet{}, &PageError{Exhibit: exhibit, Page: page, Pages: len(s.Pages)}
	}
	return s.Pages[n], nil
}

// boxesOnPages refuses boxes that lie on no page, or beyond it: they would cover
// nothing.
func boxesOnPages(rows []evidence.Redaction, pages map[string]letter.Sheets) error {
	for _, r := range rows {
		s, paged := pages[r.Exhibit]
		if !paged || r.Box == (evidence.Box{}) {
			continue
		}
		p, err := pageOf(s, r.Exhibit, r.Page)
		if bad := (*PageError)(nil); errors.As(err, &bad) {
			bad.Line = r.Line
			return bad
		}
		if r.Box.X+r.Box.W > p.Width || r.Box.Y+r.Box.H > p.Height {
			return &PageError{Exhibit: r.Exhibit, Page: r.Page, Pages: len(s.Pages), Box: r.Box,
				Width: p.Width, Height: p.Height, Line: r.Line}
		}
	}
	return nil
}

// inFile is the error as one of a row of redactions.csv, which somebody wrote by hand.
func (e *PageError) inFile() error {
	wanted := evidence.Text{ZH: fmt.Sprintf("1 到 %d 页", e.Pages), EN: fmt.Sprintf("page 1 to %d", e.Pages)}
	found := evidence.Text{ZH: fmt.Sprintf("%s 第 %d 页", e.Exhibit, e.Page),
		EN: fmt.Sprintf("%s, page %d", e.Exhibit, e.Page)}
	if e.Box != (evidence.Box{}) {
		found.ZH += fmt.Sprintf("上到右 %d、下 %d 的方框", e.Box.X+e.Box.W, e.Box.Y+e.Box.H)
		found.EN += fmt.Sprintf(", a box to %d, %d", e.Box.X+e.Box.W, e.Box.Y+e.Box.H)
		wanted = evidence.Text{ZH: fmt.Sprintf("%d×%d 的页面以内", e.Width, e.Height),
			EN: fmt.Sprintf("inside the page of %d by %d", e.Width, e.Height)}
	}
	return folder.LineErrors{{File: folder.RedactionsFile, Line: e.Line, Column: "页", Found: found, Wanted: wanted}}
}

// pagePreviews draws the pages of a PDF that have boxes, and of the one asked for
// its pages, or one of them, ruled into cells.
func pagePreviews(
	x evidence.Exhibit, s letter.Sheets, rows []evidence.Redaction, asked bool, page int,
	draw func(name string, im *document.Image, grid bool) error,
) error {
	if asked && page != 0 {
		if _, err := pageOf(s, x.Number, page); err != nil {
			return err
		}
	}
	for _, p := range s.Pages {
		im := func(boxes []image.Rectangle) *document.Image {
			return &document.Image{Open: p.Open, MediaType: p.MediaType, Width: p.Width, Height: p.Height, Hide: boxes}
		}
		name := fmt.Sprintf("%s-第%d页", x.Number, p.Number)
		for _, g := range groupsOf(x.Number, p.Number, rows) {
			if err := draw(name+"-方框遮盖后"+g.suffix+".png", im(g.boxes), false); err != nil {
				return err
			}
		}
		if asked && (page == 0 || page == p.Number) {
			if err := draw(name+"-坐标.png", im(nil), true); err != nil {
				return err
			}
		}
	}
	return nil
}
