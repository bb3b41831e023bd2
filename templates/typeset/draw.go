package typeset

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"
)

var faceNames = [faceCount]string{serif: "serif", sans: "sans"}

// draw puts what was laid out into gofpdf and returns its file. gofpdf only
// draws: it is given fonts already cut, text already broken into lines, and
// pictures already in a form it passes through.
func (l *layouter) draw(total int, author, title, subject string, date time.Time) (data []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			data, err = nil, fmt.Errorf("gofpdf: %v", fault)
		}
	}()
	ops := slices.Clone(l.ops)
	slices.SortStableFunc(ops, func(a, b op) int { return cmp.Compare(a.page, b.page) })
	// Every character is given its code before the fonts are cut.
	encoded := make([][]string, len(ops))
	for i, o := range ops {
		for _, run := range runs(o.text) {
			var b strings.Builder
			for _, g := range run {
				b.WriteRune(l.fonts.code(g.r, g.face))
			}
			encoded[i] = append(encoded[i], b.String())
		}
	}
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(date.UTC())
	pdf.SetModificationDate(date.UTC())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineWidth(0.5)
	for i, name := range faceNames {
		font, err := l.fonts.cut(i)
		if err != nil {
			return nil, err
		}
		if font != nil {
			pdf.AddUTF8FontFromBytes(name, "", font)
		}
	}
	links := l.exhibitLinks(pdf)
	page := 0
	names := map[*picture]string{}
	for i, o := range ops {
		for page < o.page {
			pdf.AddPage()
			page++
		}
		switch o.kind {
		case textOp:
			drawText(pdf, o, encoded[i])
		case ruleOp:
			pdf.Line(o.x, o.y, o.x+o.w, o.y+o.h)
		case fillOp:
			pdf.Rect(o.x, o.y, o.w, o.h, "F")
		case linkOp:
			if id, ok := links[o.exhibit]; ok {
				pdf.Link(o.x, o.y, o.w, o.h, id)
			}
		case imageOp:
			drawImage(pdf, o.image, names)
		}
	}
	for page < total {
		pdf.AddPage()
		page++
	}
	for _, m := range l.marks {
		pdf.SetPage(m.page)
		pdf.Bookmark(m.title, m.level, m.y)
	}
	pdf.SetPage(total) // gofpdf writes the pages up to the current one only
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("gofpdf: %w", err)
	}
	return l.rewrite(out.Bytes(), info{author: author, title: title, subject: subject, date: date})
}

func (l *layouter) exhibitLinks(pdf *gofpdf.Fpdf) map[string]int {
	links := map[string]int{}
	for _, m := range l.marks {
		if m.exhibit != "" {
			id := pdf.AddLink()
			pdf.SetLink(id, m.y, m.page)
			links[m.exhibit] = id
		}
	}
	return links
}

// runs are glyphs of one face that follow one another.
func runs(glyphs []glyph) [][]glyph {
	var out [][]glyph
	for i := 0; i < len(glyphs); {
		j := i
		for j < len(glyphs) && glyphs[j].face == glyphs[i].face {
			j++
		}
		out = append(out, glyphs[i:j])
		i = j
	}
	return out
}

func drawText(pdf *gofpdf.Fpdf, o op, encoded []string) {
	if o.spacing != 0 {
		pdf.RawWriteStr(fmt.Sprintf("%.4f Tc\n", o.spacing))
	}
	x := o.x
	for i, run := range runs(o.text) {
		pdf.SetFont(faceNames[run[0].face], "", o.size)
		pdf.Text(x, o.y, encoded[i])
		for _, g := range run {
			x += g.width + o.spacing
		}
	}
	if o.spacing != 0 {
		pdf.RawWriteStr("0 Tc\n")
	}
}

// drawImage turns a picture upright by the page's matrix, so that its pixels
// stay as they are (EXIF orientation, 1 to 8).
func drawImage(pdf *gofpdf.Fpdf, p *placed, names map[*picture]string) {
	name, ok := names[p.pic]
	if !ok {
		name = fmt.Sprintf("image%d", len(names))
		names[p.pic] = name
		pdf.RegisterImageOptionsReader(name, gofpdf.ImageOptions{ImageType: p.pic.kind}, bytes.NewReader(p.pic.data))
	}
	if p.clipH > 0 {
		pdf.ClipRect(p.x, p.clipY, p.w, p.clipH, false)
	}
	cx, cy := p.x+p.w/2, p.y+p.h/2
	w, h := p.w, p.h
	pdf.TransformBegin()
	switch p.orientation {
	case 2:
		pdf.TransformMirrorHorizontal(cx)
	case 3:
		pdf.TransformRotate(180, cx, cy)
	case 4:
		pdf.TransformMirrorVertical(cy)
	case 5:
		pdf.TransformMirrorHorizontal(cx)
		pdf.TransformRotate(90, cx, cy)
	case 6:
		pdf.TransformRotate(-90, cx, cy)
	case 7:
		pdf.TransformMirrorHorizontal(cx)
		pdf.TransformRotate(-90, cx, cy)
	case 8:
		pdf.TransformRotate(90, cx, cy)
	}
	if p.orientation >= 5 && p.orientation <= 8 {
		w, h = h, w
	}
	pdf.ImageOptions(name, cx-w/2, cy-h/2, w, h, false, gofpdf.ImageOptions{ImageType: p.pic.kind}, 0, "")
	pdf.TransformEnd()
	if p.clipH > 0 {
		pdf.ClipEnd()
	}
}
