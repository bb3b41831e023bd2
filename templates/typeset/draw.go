package typeset

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"
)

// draw puts what was laid out into gofpdf and writes its file, rewritten,
// after the pictures. gofpdf makes pages, lines, links and bookmarks: it never
// sees a font or a picture. Text goes onto its pages by the codes of the fonts
// that rewrite puts into the file.
func (l *layouter) draw(f *pdfFile, total int, author, title, subject string, date time.Time) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("gofpdf: %v", fault)
		}
	}()
	ops := slices.Clone(l.ops)
	slices.SortStableFunc(ops, func(a, b op) int { return cmp.Compare(a.page, b.page) })
	drawn := l.fonts.subsets(ops)
	paper := gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}
	if l.width > 0 {
		paper = gofpdf.SizeType{Wd: l.width, Ht: l.high}
	}
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: paper})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(date.UTC())
	pdf.SetModificationDate(date.UTC())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineWidth(0.5)
	pdf.SetCompression(false) // the file is rewritten, and compressed then
	tags := &tagger{root: l.tree, targets: l.targets()}
	page := 0
	turn := func(to int) {
		for page < to {
			if end := tags.end(); end != "" {
				pdf.RawWriteStr(end)
			}
			pdf.AddPage()
			page++
		}
	}
	for _, o := range ops {
		turn(o.page)
		if o.kind != linkOp {
			if mark := tags.begin(o.el, o.page); mark != "" {
				pdf.RawWriteStr(mark)
			}
		}
		switch o.kind {
		case textOp:
			l.ink(pdf, 0)
			pdf.RawWriteStr(texts(o, drawn, paper.Ht))
		case ruleOp:
			l.ink(pdf, o.grey)
			pdf.Line(o.x, o.y, o.x+o.w, o.y+o.h)
		case fillOp:
			l.ink(pdf, o.grey)
			pdf.Rect(o.x, o.y, o.w, o.h, "F")
		case linkOp:
			tags.link(o)
		case imageOp:
			pdf.RawWriteStr(showImage(o.image))
		}
	}
	turn(total)
	pdf.RawWriteStr(tags.end())
	for _, m := range l.marks {
		pdf.SetPage(m.page)
		pdf.Bookmark(m.title, m.level, m.y)
	}
	pdf.SetPage(total) // gofpdf writes the pages up to the current one only
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return fmt.Errorf("gofpdf: %w", err)
	}
	return l.rewrite(f, out.Bytes(), drawn, tags, info{author: author, title: title, subject: subject, date: date})
}

// ink sets the grey of what is drawn next.
func (l *layouter) ink(pdf *gofpdf.Fpdf, grey float64) {
	if l.inked == grey {
		return
	}
	l.inked = grey
	v := int(grey*255 + 0.5)
	pdf.SetDrawColor(v, v, v)
	pdf.SetFillColor(v, v, v)
}

// targets are where links of the file can lead, as numbers of marks.
func (l *layouter) targets() map[string]int {
	targets := map[string]int{}
	for n, m := range l.marks {
		if m.exhibit != "" {
			targets[m.exhibit] = n
		}
	}
	return targets
}

// texts shows the runs of a line (ISO 32000-1, 9.4) on a page so many points
// high.
func texts(o op, drawn []subset, high float64) string {
	var b []byte
	if o.actual != "" {
		b = fmt.Appendf(b, "/Span <</ActualText %s>> BDC\n", utf16Hex(o.actual))
	}
	for _, r := range o.text {
		s := drawn[r.face]
		first, _ := utf8.DecodeRuneInString(r.text)
		b = s.choose(append(b, "BT "...), r.face, s.codes[first], o.size)
		b = fmt.Appendf(b, "%.4f Tc %.2f %.2f Td ", r.spacing, o.x+r.x, high-o.y)
		if s.paths {
			b = s.showPaths(b, r.face, r.text, o.size)
		} else {
			b = s.show(b, r.text)
		}
		b = append(b, "ET\n"...)
	}
	if o.actual != "" {
		b = append(b, "EMC\n"...)
	}
	return string(b)
}

// turns says for each EXIF orientation where the stored picture's right and
// upper edge lie in the upright one: s and t, to the right and upwards, as
// functions of u and v (ISO 32000-1, 8.3.4: a b c d e f).
var turns = [9][6]float64{
	1: {1, 0, 0, 1, 0, 0},
	2: {-1, 0, 0, 1, 1, 0},
	3: {-1, 0, 0, -1, 1, 1},
	4: {1, 0, 0, -1, 0, 1},
	5: {0, -1, -1, 0, 1, 1},
	6: {0, -1, 1, 0, 0, 1},
	7: {0, 1, 1, 0, 0, 0},
	8: {0, 1, -1, 0, 1, 0},
}

// showImage turns a picture upright by the page's matrix, so that its pixels
// stay as they are.
func showImage(p *placed) string {
	m := turns[1]
	if p.orientation > 1 && p.orientation < len(turns) {
		m = turns[p.orientation]
	}
	clip := ""
	if p.clipH > 0 {
		clip = fmt.Sprintf("%.3f %.3f %.3f %.3f re W n ", p.x, pageHeight-p.clipY-p.clipH, p.w, p.clipH)
	}
	return fmt.Sprintf("q %s%.4f %.4f %.4f %.4f %.4f %.4f cm /Im%d Do Q\n", clip, p.w*m[0], p.h*m[1], p.w*m[2],
		p.h*m[3],
		p.x+p.w*m[4], pageHeight-p.y-p.h+p.h*m[5], p.pic.object)
}
