package main

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

// pdf FILE TEXT...: a PDF with a page for each text, in a font every reader has.
func cmdPDF(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pdf FILE TEXT...")
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	var kids []string
	for _, text := range args[1:] {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		shown := fmt.Sprintf("BT /F1 24 Tf 60 700 Td (%s) Tj ET", text)
		objects = append(objects, fmt.Sprintf(
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"+
				"/Contents %d 0 R>>", n+1), fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(shown), shown))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	write(ts, args[0], pdfOf(objects))
}

// pdfOf is a file of such objects, the first of which is its catalogue.
func pdfOf(objects []string) []byte {
	out := []byte("%PDF-1.4\n")
	var table []byte
	for n, o := range objects {
		table = fmt.Appendf(table, "%010d 00000 n \n", len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", n+1, o)
	}
	at := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n%s", len(objects)+1, table)
	return fmt.Appendf(out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
}

// pdflist FILE SOURCE: a PDF of lines of text. A line with | is a row of a table
// whose columns stand 90 points apart, / in a cell is a second line of it; a line
// ==== begins a new page.
func cmdPDFList(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pdflist FILE SOURCE")
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)" +
			"/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4" +
			"/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>"}
	var kids []string
	for _, page := range strings.Split(ts.ReadFile(args[1]), "====\n") {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		var shown strings.Builder
		put := func(x, y int, s string) {
			fmt.Fprintf(&shown, "BT /F1 8 Tf %d %d Td <", x, y)
			for _, u := range utf16.Encode([]rune(s)) {
				fmt.Fprintf(&shown, "%04x", u)
			}
			shown.WriteString("> Tj ET\n")
		}
		for k, line := range strings.Split(strings.TrimSpace(page), "\n") {
			y := 800 - 24*k
			if !strings.Contains(line, "|") {
				put(30, y, line)
				continue
			}
			for c, cell := range strings.Split(line, "|") {
				above, below, two := strings.Cut(strings.TrimSpace(cell), "/")
				if two {
					put(30+90*c, y+5, above)
					put(30+90*c, y-5, below)
				} else {
					put(30+90*c, y, above)
				}
			}
		}
		objects = append(objects, fmt.Sprintf(
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", n+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", shown.Len(), shown.String()))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	write(ts, args[0], pdfOf(objects))
}
