package filing

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"juzheng/templates/document"
)

// NotSigned is what every editable copy of a letter says of itself.
const NotSigned = "可修改的文字稿，不是签名稿；提交以签名、捺印的PDF打印件为准"

// Text is a letter to be pasted into a form, or adapted, as [Windows] opens it.
// Its first line says that it is not the signed form.
func Text(d document.Document) []byte {
	return Windows("【" + NotSigned + "；粘贴到网页时删去本行】\n\n" + document.Text(d))
}

// DOCX is a letter for those who must adapt it, as a document of word
// processors (ECMA-376, WordprocessingML). Its text is the letter's; its page
// header says that it is not the signed form. The same letter gives the same
// bytes.
func DOCX(d document.Document) ([]byte, error) {
	at, err := time.Parse(time.RFC3339, d.Date)
	if err != nil {
		return nil, fmt.Errorf("date of the document: %w", err)
	}
	var w wordWriter
	w.blocks(d.Blocks)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", wordTypes}, {"_rels/.rels", wordRels}, {"docProps/core.xml", wordCore(d, at)},
		{"word/document.xml", wordHead + "<w:body>" + w.b.String() + wordSection + "</w:body></w:document>"},
		{"word/_rels/document.xml.rels", wordDocRels}, {"word/styles.xml", wordStyles},
		{"word/header1.xml", wordHeader}, {"word/footer1.xml", wordFooter},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: at.UTC()})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(xml.Header + part.text)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// A wordWriter turns blocks into paragraphs and tables.
type wordWriter struct {
	b    strings.Builder
	keep bool // paragraphs stay with the next
}

// paragraph writes one; style and props are parts of its properties, in the
// order of the schema.
func (w *wordWriter) paragraph(style, props string, spans ...document.Span) {
	w.b.WriteString("<w:p><w:pPr>")
	if style != "" {
		fmt.Fprintf(&w.b, `<w:pStyle w:val="%s"/>`, style)
	}
	if w.keep {
		w.b.WriteString(wordKeep)
	}
	w.b.WriteString(props + "</w:pPr>")
	for _, s := range spans {
		w.run(s)
	}
	w.b.WriteString("</w:p>")
}

func (w *wordWriter) run(s document.Span) {
	text := s.Plain()
	if text == "" {
		return
	}
	w.b.WriteString("<w:r>")
	if s.Bold {
		w.b.WriteString(`<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/><w:b/></w:rPr>`)
	}
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			w.b.WriteString("<w:br/>")
		}
		w.b.WriteString(`<w:t xml:space="preserve">`)
		xml.EscapeText(&w.b, []byte(line)) // a builder does not fail
		w.b.WriteString("</w:t>")
	}
	w.b.WriteString("</w:r>")
}

const (
	wordIndent  = `<w:ind w:firstLineChars="200" w:firstLine="420"/>`
	wordHang    = `<w:ind w:left="420" w:hanging="420"/>`
	wordCentred = `<w:jc w:val="center"/>`
	wordKeep    = `<w:keepNext/>`
)

func span(s string) document.Span { return document.Span{Text: s} }

func (w *wordWriter) blocks(blocks []document.Block) {
	for _, b := range blocks {
		w.block(b)
	}
}

func (w *wordWriter) block(b document.Block) {
	switch b := b.(type) {
	case document.Title:
		w.paragraph("Title", "", span(b.Text))
	case document.Heading:
		w.paragraph(fmt.Sprintf("Heading%d", min(max(b.Level, 1), 2)), "", span(b.Text))
	case document.Paragraph:
		props := ""
		if b.Indent {
			props = wordIndent
		}
		switch b.Align {
		case document.Left:
			props += `<w:jc w:val="left"/>`
		case document.Center:
			props += wordCentred
		case document.Right:
			props += `<w:jc w:val="right"/>`
		}
		w.paragraph(small(b.Small), props, b.Spans...)
	case document.Item:
		props := wordIndent
		if b.Hang {
			props = wordHang
		}
		if b.Heads {
			props = wordKeep + props
		}
		w.paragraph(small(b.Small), props, append([]document.Span{span(b.Label)}, b.Spans...)...)
	case document.Fields:
		for _, r := range b.Rows {
			w.paragraph(small(b.Small), `<w:ind w:left="1470" w:hanging="1470"/>`, span(r.Label+"："+r.Value))
		}
	case document.Table:
		w.table(b)
	case document.Addressee:
		w.paragraph("", `<w:spacing w:before="160"/>`+wordIndent, span("此致"))
		w.paragraph("", "", span(b.Name))
	case document.Signature:
		w.signature(b)
	case document.Code:
		for _, l := range b.Lines {
			w.paragraph("Small", "", span(l))
		}
	case document.Keep:
		was := w.keep
		w.keep = len(b.Blocks) > 1
		w.blocks(b.Blocks[:max(len(b.Blocks)-1, 0)])
		w.keep = was
		w.blocks(b.Blocks[max(len(b.Blocks)-1, 0):])
	case document.Space:
		w.paragraph("", "")
	case document.NewPage:
		w.b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	default: // a drawing: what it says in words
		for line := range strings.Lines(document.BlocksText([]document.Block{b})) {
			w.paragraph("Small", "", span(strings.TrimRight(line, "\n")))
		}
	}
}

func small(is bool) string {
	if is {
		return "Small"
	}
	return ""
}

func (w *wordWriter) signature(b document.Signature) {
	const props = wordKeep + `<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9240"/></w:tabs><w:spacing ` +
		`w:before="300"/><w:ind w:left="3780"/>`
	for _, label := range []string{b.Label, b.Agent} {
		if label != "" {
			w.b.WriteString("<w:p><w:pPr>" + props + "</w:pPr>")
			w.run(span(label + "："))
			w.b.WriteString("<w:r><w:tab/></w:r></w:p>")
		}
	}
	date := b.Date
	if date == "" {
		date = "　　　　年　　月　　日"
	}
	w.paragraph("", `<w:spacing w:before="160"/><w:jc w:val="right"/>`, span(date))
}

// wordWidth is the width between the margins, in twentieths of a point.
const wordWidth = 9240

func (w *wordWriter) table(t document.Table) {
	if t.Caption != "" {
		w.paragraph("Small", wordCentred, span(t.Caption))
	}
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	w.b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9240" w:type="dxa"/><w:tblInd w:w="108" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&w.b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	w.b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := make([]int, len(t.Columns))
	for n, c := range t.Columns {
		widths[n] = int(c.Width / total * wordWidth)
		fmt.Fprintf(&w.b, `<w:gridCol w:w="%d"/>`, widths[n])
	}
	w.b.WriteString("</w:tblGrid>")
	head := make([]document.Cell, len(t.Columns))
	for n, c := range t.Columns {
		head[n] = document.Cell{{Text: c.Title, Bold: true}}
	}
	w.row(head, widths, t, true)
	for _, r := range t.Rows {
		w.row(r, widths, t, false)
	}
	w.b.WriteString("</w:tbl>")
}

func (w *wordWriter) row(cells []document.Cell, widths []int, t document.Table, head bool) {
	w.b.WriteString("<w:tr><w:trPr><w:cantSplit/>")
	if head {
		w.b.WriteString("<w:tblHeader/>")
	}
	w.b.WriteString("</w:trPr>")
	for n, c := range cells {
		fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, widths[n])
		props := `<w:jc w:val="left"/>`
		if head || t.Columns[n].Align == document.Center {
			props = wordCentred
		} else if t.Columns[n].Align == document.Right {
			props = `<w:jc w:val="right"/>`
		}
		w.paragraph(small(t.Small), props, c...)
		w.b.WriteString("</w:tc>")
	}
	w.b.WriteString("</w:tr>")
}
