package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what pictures are converted to
	"io"
	"maps"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/pdf"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// A Drawer draws the pages of a PDF: see [pdf.Program.Draw].
type Drawer func(ctx context.Context, in io.Reader, size int64, each func(pdf.Page) error) (total int, err error)

// sheetsMark stands before the names of drawn pages in the cache: another way of
// drawing has another.
const sheetsMark = "1"

// A drawn is what is kept of the pages of a file that was drawn.
type drawn struct {
	Total int
	Fault string // a code of pdf
	Pages []pdf.Page
}

// cited reports an exhibit that letters rest on.
func cited(x Dossier, number string) bool {
	return slices.ContainsFunc(x.Report.Findings, func(f evidence.Finding) bool {
		return slices.Contains(f.Exhibits, number)
	}) || slices.ContainsFunc(x.Case.Filings, func(f evidence.Filing) bool { return f.Exhibit == number })
}

// sheets are the pages of the PDFs that letters rest on, drawn once for all
// papers of a case. What cannot be drawn is no failure; its page says why.
func sheets(ctx context.Context, d Desk, x Dossier) (map[string]letter.Sheets, error) {
	var wanted []evidence.Exhibit
	for _, e := range x.Exhibits {
		if e.MediaType == "application/pdf" && cited(x, e.Number) {
			wanted = append(wanted, e)
		}
	}
	out := map[string]letter.Sheets{}
	if err := converted(ctx, x, out); err != nil {
		return nil, err
	}
	if d.Draw == nil || len(wanted) == 0 {
		return out, nil
	}
	step, end := d.work(Drawing)
	defer end()
	for n, e := range wanted {
		kept, err := sheetsOf(ctx, d, x.Folder, e)
		if err != nil {
			return nil, err
		}
		err = boxesOnPages(x.Redactions, map[string]letter.Sheets{e.Number: kept})
		if bad := (*PageError)(nil); len(kept.Pages) > 0 && errors.As(err, &bad) {
			return nil, bad.inFile()
		}
		out[e.Number] = kept
		step(int64(n+1), int64(len(wanted)))
	}
	return out, nil
}

func sheetsOf(ctx context.Context, d Desk, f *folder.Folder, x evidence.Exhibit) (letter.Sheets, error) {
	list := []string{"pages", x.SHA256 + "-" + sheetsMark + ".json"}
	picture := func(n int) []string {
		return []string{"pages", fmt.Sprintf("%s-%s-%d", x.SHA256, sheetsMark, n)}
	}
	var kept drawn
	if json.Unmarshal(f.Cached(list...), &kept) != nil || kept.Total == 0 && kept.Fault == "" ||
		slices.ContainsFunc(kept.Pages, func(p pdf.Page) bool { return len(f.Cached(picture(p.Number)...)) == 0 }) {
		in, err := f.OpenExhibit(x)
		if err != nil {
			return letter.Sheets{}, err
		}
		defer in.Close()
		kept = drawn{}
		kept.Total, err = d.Draw(ctx, in, x.Size, func(p pdf.Page) error {
			f.Cache(p.Data, picture(p.Number)...)
			kept.Pages = append(kept.Pages, p)
			return ctx.Err()
		})
		var fault *pdf.Fault
		switch {
		case ctx.Err() != nil:
			return letter.Sheets{}, ctx.Err()
		case errors.As(err, &fault):
			kept.Fault = fault.Code
		case err != nil:
			return letter.Sheets{}, err
		}
		if data, err := json.Marshal(kept); err == nil && kept.Fault != "failed" { // that may be the machine's
			f.Cache(data, list...)
		}
	}
	out := letter.Sheets{Total: kept.Total}
	if kept.Fault != "" {
		out.Why = pdf.Reason(kept.Fault)
	}
	if n := len(kept.Pages); n > 0 && n < kept.Total {
		out.Why = evidence.Text{
			ZH: fmt.Sprintf("有 %d 页，只排了前 %d 页；要用后面的，请把那几页另存为一份 PDF 再加", kept.Total, n),
			EN: fmt.Sprintf("the first %d of %d pages are set; save the others that matter as a PDF of their own "+
				"and add "+
				"it", n, kept.Total)}
	}
	for _, p := range kept.Pages {
		s := letter.Sheet{Number: p.Number, MediaType: p.Media, Width: p.Width, Height: p.Height,
			Open: func() (io.ReadCloser, error) {
				data := f.Cached(picture(p.Number)...)
				if len(data) == 0 {
					return nil, fmt.Errorf("page %d of %s is no longer in the cache", p.Number, x.Number)
				}
				return io.NopCloser(bytes.NewReader(data)), nil
			}}
		s.Bytes = int64(len(f.Cached(picture(p.Number)...)))
		for _, l := range p.Lines {
			s.Lines = append(s.Lines, letter.SheetLine{Text: l.Text, Boxes: l.Boxes})
		}
		out.Pages = append(out.Pages, s)
	}
	return out, nil
}

// converted adds the pictures that letters rest on and nothing here decodes, as
// far as a program of the system's draws them. What none draws says so when it is
// set.
func converted(ctx context.Context, x Dossier, out map[string]letter.Sheets) error {
	for _, e := range x.Exhibits {
		if !media.Undecoded(e.MediaType) || !cited(x, e.Number) {
			continue
		}
		name := []string{"pages", e.SHA256 + ".jpg"}
		by := string(x.Folder.Cached("pages", e.SHA256+".by"))
		data := x.Folder.Cached(name...)
		if by == "" || len(data) == 0 {
			in, err := x.Folder.OpenExhibit(e)
			if err != nil {
				return err
			}
			data, by, err = media.Convert(ctx, in, e.Size, e.MediaType)
			in.Close()
			if errors.Is(err, media.ErrNoConverter) {
				continue
			}
			if err != nil {
				return err
			}
			x.Folder.Cache(data, name...)
			x.Folder.Cache([]byte(by), "pages", e.SHA256+".by")
		}
		size, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			continue // somebody wrote into the cache
		}
		out[e.Number] = letter.Sheets{By: by, Total: 1, Pages: []letter.Sheet{{Number: 1, MediaType: "image/jpeg",
			Width: size.Width, Height: size.Height, Bytes: int64(len(data)),
			Open: func() (io.ReadCloser, error) {
				return io.NopCloser(bytes.NewReader(x.Folder.Cached(name...))),
					nil
			}}}}
	}
	return nil
}

// notDrawn are the PDFs whose pages are not all on paper, and why.
func notDrawn(all map[string]letter.Sheets) (out []typeset.Unset) {
	for _, number := range slices.SortedFunc(maps.Keys(all), evidence.CompareNumbers) {
		if s := all[number]; s.Why.ZH != "" {
			out = append(out, typeset.Unset{Exhibit: number, Reason: s.Why})
		}
	}
	return out
}
