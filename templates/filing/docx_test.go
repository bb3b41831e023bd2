package filing

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"juzheng/templates/document"
)

func docxLetter() document.Document {
	return document.Document{Title: "投诉书", Author: "林𬭎安 & <子>", Date: "2026-10-08T12:00:00+08:00",
		Blocks: []document.Block{
			document.Title{Text: "投诉书"},
			document.Fields{Rows: []document.Field{{Label: "投诉人", Value: "林𬭎安"}, {Label: "住址", Value: "A & B <1>"}}},
			document.Heading{Level: 1, Text: "一、投诉请求"},
			document.Item{Label: "1.", Spans: []document.Span{{Text: "立即停止", Bold: true}, {Text: "（证据3，第"},
				{Text: "12", Exhibit: "E003"}, {Text: "页）。"}}},
			document.Item{Label: "（1）", Hang: true, Small: true, Spans: []document.Span{{Text: "见"},
				{Exhibit: "E004"}}},
			document.Heading{Level: 2, Text: "（一）借款情况"},
			document.Paragraph{Indent: true, Spans: []document.Span{{Text: "第一行\n第二行  两个空格"}}},
			document.Paragraph{Align: document.Right, Spans: []document.Span{{Text: "右"}}},
			document.Table{Caption: "表", Columns: []document.Column{{Title: "日期", Width: 1},
				{Title: "次数", Width: 2, Align: document.Center}, {Title: "元", Width: 1, Align: document.Right}},
				Rows: [][]document.Cell{{{{Text: "9月8日"}}, {{Text: "5"}}, {}}}, Small: true},
			document.Space{Lines: 1}, document.NewPage{},
			document.Keep{Blocks: []document.Block{document.Addressee{Name: "示例公司"},
				document.Signature{Label: "投诉人（签名、捺印）", Agent: "代理人（签名）"}}},
			document.Code{Payload: "JZ1", Lines: []string{"总校验码 0123"}},
			document.Chart{Title: "图", Series: []string{"次"}, Bars: []document.Bar{{Label: "9.8", Values: []int{5}}},
				Method: "方法"},
		}}
}

// parts opens a DOCX and requires every part to be XML.
func docxParts(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(out[f.Name])); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

// docxText reads the paragraphs of a part.
func docxText(t *testing.T, part []byte) string {
	t.Helper()
	var b strings.Builder
	inText := false
	for d := xml.NewDecoder(bytes.NewReader(part)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "t"
			if e.Name.Local == "br" {
				b.WriteByte('\n')
			}
		case xml.EndElement:
			inText = false
			if e.Name.Local == "p" {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				b.Write(e)
			}
		}
	}
}

// The text of the DOCX is the letter's, word for word; its header says what
// it is not; it refers to no part that is not there.
func TestDOCX(t *testing.T) {
	d := docxLetter()
	data, err := DOCX(d)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := DOCX(d)
	if !bytes.Equal(data, again) {
		t.Error("the same letter gives other bytes")
	}
	parts := docxParts(t, data)
	lines := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ReplaceAll(s, "｜", "\n"),
			func(r rune) bool { return r == '\n' }), "\n")
	}
	if got, want := lines(docxText(t, parts["word/document.xml"])), lines(document.Text(d)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if head := docxText(t, parts["word/header1.xml"]); !strings.Contains(head, "不是签名稿") {
		t.Errorf("header: %s", head)
	}
	if core := string(parts["docProps/core.xml"]); !strings.Contains(core, "林𬭎安 &amp; &lt;子&gt;") ||
		!strings.Contains(core, "2026-10-08T04:00:00Z") {
		t.Error(core)
	}
	for _, rels := range []struct{ part, folder string }{{"_rels/.rels", ""},
		{"word/_rels/document.xml.rels", "word/"}} {
		for _, piece := range strings.Split(string(parts[rels.part]), `Target="`)[1:] {
			target, _, _ := strings.Cut(piece, `"`)
			name := rels.folder + target
			if parts[name] == nil || !bytes.Contains(parts["[Content_Types].xml"], []byte(`"/`+name+`"`)) {
				t.Errorf("%s names %s, which is not there or has no type", rels.part, name)
			}
		}
	}
	if _, err := DOCX(document.Document{Date: "8 October"}); err == nil {
		t.Error("a document without a date is written")
	}
}

func TestTextIsMarked(t *testing.T) {
	d := docxLetter()
	first, rest, _ := strings.Cut(string(Text(d)), "\r\n\r\n")
	if !strings.Contains(first, "不是签名稿") || strings.ReplaceAll(rest, "\r\n", "\n") != document.Text(d) {
		t.Errorf("first line %q, and then\n%s", first, rest)
	}
}
