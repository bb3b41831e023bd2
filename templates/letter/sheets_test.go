package letter

import (
	"image"
	"io"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

func sheetLine(text string, y int) SheetLine {
	l := SheetLine{Text: text}
	for n := range []rune(text) {
		l.Boxes = append(l.Boxes, image.Rect(10*n, y, 10*n+10, y+20))
	}
	return l
}

// The pages of a paper stand under its number, with what this recipient is not
// to read covered where it stands, and say what is not shown.
func TestSheets(t *testing.T) {
	x := evidence.Exhibit{Number: "E007", File: "E007.pdf", OriginalName: "合同.pdf", Kind: evidence.Document,
		MediaType: "application/pdf"}
	open := func() (io.ReadCloser, error) { return nil, io.EOF }
	text := Sheet{Number: 1, Open: open, Width: 800, Height: 900,
		Lines: []SheetLine{sheetLine("第一条 利率", 0), sheetLine("电话13900139000。", 40)}}
	scanned := Sheet{Number: 2, Open: open, Width: 800, Height: 900}
	for name, c := range map[string]struct {
		sheets     Sheets
		redactions []evidence.Redaction
		pages      string
		above      string
	}{
		"whole": {Sheets{Pages: []Sheet{text, scanned}, Total: 2}, nil,
			"第1页，共2页　已遮盖1处 [(20,40)-(130,60)]; 第2页，共2页 []", "以下按原样逐页显示"},
		"long": {Sheets{Pages: []Sheet{scanned}, Total: 9}, nil, "第2页，共9页 []", "共9页，以下按原样显示前1页"},
		"none": {Sheets{Why: evidence.Text{ZH: "要密码", EN: "locked"}}, nil, "", "未能在纸面上显示，内容见证据包 data/E007.pdf"},
		"words to cover": {Sheets{Pages: []Sheet{text, scanned}, Total: 2},
			[]evidence.Redaction{{Exhibit: "E007", Text: "利率"}},
			"第1页，共2页　已遮盖2处 [(40,0)-(60,20) (20,40)-(130,60)]", "其中1页有须遮盖的内容而没有文字层，没有显示"},
		"a box on a scanned page": {Sheets{Pages: []Sheet{text, scanned}, Total: 2},
			[]evidence.Redaction{{Exhibit: "E007", Page: 2, Box: evidence.Box{X: 5, Y: 6, W: 10, H: 20}},
				{Exhibit: "E007", Text: "利率"}},
			"第1页，共2页　已遮盖2处 [(40,0)-(60,20) (20,40)-(130,60)]; 第2页，共2页　已遮盖1处 [(5,6)-(15,26)]", "以下按原样逐页显示"},
	} {
		in := Input{Matter: mask.Matter{Exhibits: []evidence.Exhibit{x}}, Role: evidence.ToPlatform,
			Sheets: map[string]Sheets{"E007": c.sheets}}
		in, _ = Redact(in, c.redactions)
		b := paper{Input: in}.exhibit(x)
		var pages []string
		for _, p := range b.Pages {
			var boxes []string
			for _, r := range p.Hide {
				boxes = append(boxes, r.String())
			}
			_, place, _ := strings.Cut(p.Caption, "合同.pdf　")
			pages = append(pages, place+" ["+strings.Join(boxes, " ")+"]")
		}
		if got := strings.Join(pages, "; "); got != c.pages {
			t.Errorf("%s: %s\nwant %s", name, got, c.pages)
		}
		if got := document.SpansText(b.Body[0].(document.Paragraph).Spans); !strings.Contains(got, c.above) {
			t.Errorf("%s: %s\nwant %s", name, got, c.above)
		}
		var cover document.Document
		cover.Blocks = paper{Input: in}.excerptOf(x, ExcerptPicture{}).Cover
		from := lineWith(document.Text(cover), "节选：") // which pages of the file an excerpt leaves to the book
		if want := map[string]string{"whole": "（原PDF第1页至第2页）", "long": "（原PDF第2页至第2页）"}[name]; want != "" &&
			!strings.HasSuffix(from, want) {
			t.Errorf("%s: %s, want %s", name, from, want)
		}
	}
}
