package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// tool skips a test whose tool is missing, or fails it where all tools have to
// be there.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatalf("%s is not installed and JUZHENG_REQUIRE_TOOLS is set", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

func sample(paragraphs int) document.Document {
	d := document.Document{
		Title: "举报书", Author: "林𬭎安", Subject: "样例", CaseID: "01a119ab-0200-7000-8000-000000000000",
		Root: strings.Repeat("0123456789abcdef", 4), Date: "2026-10-08T12:00:00+08:00",
		Blocks: []document.Block{
			document.Title{Text: "举报书"},
			document.Fields{Rows: []document.Field{{Label: "举报人", Value: "林𬭎安"},
				{Label: "通信地址", Value: strings.Repeat("浙江省杭州市虚构区样例路", 6) + "1号"}}},
		},
	}
	for i := range paragraphs {
		d.Blocks = append(d.Blocks,
			document.Heading{Level: 1, Text: fmt.Sprintf("第%d节，事实", i+1)},
			document.Paragraph{Indent: true,
				Spans: []document.Span{{Text: fmt.Sprintf("2026年9月%d日22时47分，显示号码0571-00000101来电，材料显示：“", i%30+1)},
					{Text: strings.Repeat("你今天必须还钱，不还整晚给你打——听见没有？", 4)}, {Text: "”（"}, {Text: "证据3", Bold: true},
					{Text: "，第12页）。"}}},
			document.Item{Label: "1.", Spans: []document.Span{{Text: "被联系人明确拒绝后仍继续联系", Bold: true}}},
			document.Item{Label: "（1）", Spans: []document.Span{{Text: "校验值 " +
				"c9b40dfb4cafc80ab080d2ab9aed44beae8c4673ce962f33f113bc16961be37c，共三份。"}}})
	}
	d.Blocks = append(d.Blocks,
		document.Table{Small: true, Columns: []document.Column{{Title: "日期", Width: 2}, {Title: "内容", Width: 5}},
			Rows: [][]document.Cell{{{{Text: "2026年9月8日"}}, {{Text: strings.Repeat("接通的催收来电，共五次；", 9)}}}}},
		document.Keep{Blocks: []document.Block{document.Addressee{Name: "国家金融监督管理总局浙江监管局"},
			document.Signature{Label: "举报人（签名、捺印）"}}},
		document.Code{Payload: "JZ1:CASE:0123", Lines: []string{"总校验码 0123 4567"}})
	return d
}

func render(t testing.TB, d document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Fonts(nil).Document(&b, d, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func extract(t *testing.T, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool(t, "pdftotext"), "-raw", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// squeeze leaves what counts: characters without blanks and footers.
func squeeze(s string) string {
	s = regexp.MustCompile(`材料 [0-9a-f-]+　?\s*总校验码 [0-9a-f ]+…\s*\p{Han}*　?\s*第\s*\d+\s*页　?\s*共\s*\d+\s*页`).
		ReplaceAllString(s, "")
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\f' {
			return -1
		}
		return r
	}, s)
}

// What pdftotext reads back is the letter's text: every character, in order,
// those beyond U+FFFF too.
func TestTextExtractsExactly(t *testing.T) {
	for _, n := range []int{1, 12} {
		d := sample(n)
		got, want := squeeze(extract(t, render(t, d))), squeeze(document.Text(d))
		// The plain text has cells divided by bars; the page has rules.
		want = strings.ReplaceAll(want, "｜", "")
		if got != want {
			i := 0
			for i < min(len(got), len(want)) && got[i] == want[i] {
				i++
			}
			t.Errorf("%d sections: differs at %d:\ngot  …%.90q\nwant …%.90q", n, i, got[max(0, i-30):],
				want[max(0, i-30):])
		}
	}
}

func TestSameBytesTwice(t *testing.T) {
	if !bytes.Equal(render(t, sample(5)), render(t, sample(5))) {
		t.Error("two renderings of one letter differ")
	}
	if !bytes.Equal(renderBook(t, 7), renderBook(t, 7)) {
		t.Error("two renderings of one book with pictures of one width differ")
	}
}

func TestMissingGlyphIsNamed(t *testing.T) {
	d := sample(1)
	d.Blocks = append(d.Blocks, document.Paragraph{Spans: []document.Span{{Text: "姓名𠮷田"}}})
	var b bytes.Buffer
	_, err := Fonts(nil).Document(&b, d, nil)
	var glyph *MissingGlyphError
	if !errors.As(err, &glyph) || glyph.Rune != '𠮷' || !strings.Contains(glyph.Text, "𠮷田") {
		t.Errorf("got %v, want a MissingGlyphError that names 𠮷 and its text", err)
	}
	if b.Len() > 0 {
		t.Error("something was written all the same")
	}
}

// The properties of PDF/A-2u that gofpdf's own file lacks.
func TestArchivalProperties(t *testing.T) {
	pdf := render(t, sample(2))
	for _, want := range []string{"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "/Type /OutputIntent", "/S /GTS_PDFA1",
		"pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<",
		"/Lang (zh-CN)", "/ToUnicode", "/FontFile2", "/DisplayDocTitle true", "/ID [<"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("no %q in the file", want)
		}
	}
	for _, ban := range []string{"/Encrypt", "/JavaScript", "/AA ", "/utf8serif", "/Transparency", "/EmbeddedFiles",
		"/Count 0"} {
		if bytes.Contains(pdf, []byte(ban)) {
			t.Errorf("%q in the file", ban)
		}
	}
	if m := regexp.MustCompile(`/BaseFont /([A-Z]{6})\+Noto`).FindAll(pdf, -1); len(m) == 0 {
		t.Error("fonts are not named as subsets")
	}
	link := renderBook(t, 2)
	if n, f := bytes.Count(link, []byte("/Subtype /Link")), bytes.Count(link, []byte("/Subtype /Link /F 4")); n == 0 ||
		n != f {
		t.Errorf("%d of %d link annotations are printable", f, n)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, link, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool(t, "qpdf"), "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check: %v\n%s", err, out)
	}
}

func testPNG(n int) []byte {
	im := image.NewRGBA(image.Rect(0, 0, 90, 160))
	for y := range 160 {
		for x := range 90 {
			im.Set(x, y, color.RGBA{uint8(x * 2), uint8(y), uint8(n * 7), 255})
		}
	}
	var b bytes.Buffer
	png.Encode(&b, im)
	return b.Bytes()
}

func sampleBook(n int) document.Book {
	b := document.Book{Document: document.Document{Title: "证据册", Author: "林晓安", Date: "2026-10-08T12:00:00+08:00",
		CaseID: "c", Root: strings.Repeat("ab", 32)}}
	index := document.Table{Small: true, Columns: []document.Column{{Title: "编号", Width: 2}, {Title: "名称", Width: 3},
		{Title: "页码", Width: 1}}}
	for i := range n {
		number := fmt.Sprintf("E%03d", i+1)
		index.Rows = append(index.Rows, []document.Cell{{{Text: fmt.Sprintf("证据%d", i+1)}}, {{Text: "截图"}},
			{{Exhibit: number}}})
		b.Exhibits = append(b.Exhibits, document.BookExhibit{Number: number, Title: fmt.Sprintf("证据%d　截图", i+1),
			Cover: []document.Block{document.Heading{Level: 1, Text: fmt.Sprintf("证据%d　截图", i+1)}},
			Image: &document.Image{Open: picturetest.Opener(testPNG(i)), MediaType: "image/png", Width: 90, Height: 160,
				Caption: fmt.Sprintf("图注%d", i+1)}})
	}
	b.Blocks = []document.Block{document.Title{Text: "证据册"}, document.NewPage{},
		document.Heading{Level: 1, Text: "证据目录"}, index}
	b.Tail = []document.Block{document.NewPage{}, document.Paragraph{Spans: []document.Span{{Text: "提取说明"}}}}
	return b
}

func renderBook(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Fonts(nil).Book(&b, sampleBook(n)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// indexSizes are numbers of exhibits whose index is on one page, just over it,
// and on several, with numbers of three digits.
var indexSizes = []int{1, 2, 28, 29, 120}

var indexedBooks = map[int]struct {
	pdf   []byte
	pages Pages
}{}

// indexedBook is a book of n exhibits, made once for the tests of its index.
func indexedBook(t *testing.T, n int) ([]byte, Pages) {
	t.Helper()
	made, ok := indexedBooks[n]
	if !ok {
		var b bytes.Buffer
		pages, err := Fonts(nil).Book(&b, sampleBook(n))
		if err != nil {
			t.Fatal(err)
		}
		made.pdf, made.pages = b.Bytes(), pages
		indexedBooks[n] = made
	}
	return made.pdf, made.pages
}

// The index prints the page on which each exhibit begins, also where the
// index itself grows by a page.
func TestIndexPages(t *testing.T) {
	for _, n := range indexSizes {
		pdf, pages := indexedBook(t, n)
		text := strings.Split(extract(t, pdf), "\f")
		index := strings.Join(text[:pages.Exhibits["E001"]-1], "\n")
		printed := regexp.MustCompile(`证据(\d+)\s*截图\s+(\d+)\n`).FindAllStringSubmatch(index, -1)
		if len(printed) != n {
			t.Fatalf("%d exhibits: the index lists %d", n, len(printed))
		}
		for _, m := range printed {
			page := 0
			fmt.Sscan(m[2], &page)
			if page < 1 || page > len(text) || !strings.HasPrefix(text[page-1], "证据"+m[1]+" ") &&
				!strings.HasPrefix(text[page-1], "证据"+m[1]+"　") {
				t.Errorf("%d exhibits: the index sends 证据%s to page %d, which begins %.20q", n, m[1], page,
					text[min(page, len(text))-1])
			}
		}
		if want := fmt.Sprintf("共%d页", pages.Total); !strings.Contains(text[0], want) {
			t.Errorf("%d exhibits: page 1 does not say %s", n, want)
		}
	}
}

func opText(o op) string {
	var b strings.Builder
	for _, r := range o.text {
		b.WriteString(r.text)
	}
	return b.String()
}

// A heading, and an item that is one in all but name, stands with the first
// lines of what it heads.
func TestHeadingsAreNotLast(t *testing.T) {
	for n := 2; n < 14; n++ {
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		l := newLayouter(u, bookArea, sample(n), nil)
		l.blocks(sample(n).Blocks)
		for i, o := range l.ops {
			if o.kind != textOp || !strings.HasPrefix(opText(o), "1.被联系人") && !strings.Contains(opText(o), "节，事实") {
				continue
			}
			for _, next := range l.ops[i+1:] {
				if next.kind == textOp {
					if next.page != o.page {
						t.Errorf("%d sections: %q ends page %d", n, opText(o), o.page)
					}
					break
				}
			}
		}
	}
}

// A letter's signature never stands on a page by itself.
func TestSignatureIsNotAlone(t *testing.T) {
	for n := 1; n < 14; n++ {
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		l := newLayouter(u, bookArea, sample(n), nil)
		l.blocks(sample(n).Blocks)
		for _, o := range l.ops {
			if o.kind != textOp || !strings.HasPrefix(opText(o), "举报人（签名") {
				continue
			}
			others := 0
			for _, p := range l.ops {
				if p.page == o.page && p.kind == textOp && p.y < o.y-1 {
					others++
				}
			}
			if others == 0 {
				t.Errorf("%d sections: the signature opens page %d", n, o.page)
			}
		}
	}
}

// A chat of many screens is shown whole, in pieces that overlap.
func TestTallPictureIsCutIntoPieces(t *testing.T) {
	im := image.NewGray(image.Rect(0, 0, 300, 9000))
	var buf bytes.Buffer
	png.Encode(&buf, im)
	b := sampleBook(1)
	b.Exhibits[0].Image = &document.Image{Open: picturetest.Opener(buf.Bytes()), Width: 300, Height: 9000,
		Caption: "长截图"}
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := newFile(io.Discard).show(b)
	if err != nil {
		t.Fatal(err)
	}
	set, err := settle([]*layouter{{fonts: u, shown: shown}}, []document.Book{b})
	if err != nil {
		t.Fatal(err)
	}
	l := set[0]
	covered, pieces := 0.0, 0
	for _, o := range l.ops {
		if o.kind != imageOp {
			continue
		}
		from := o.image.clipY - o.image.y
		if from > covered+0.01 {
			t.Errorf("between %.0f and %.0f points nothing is shown", covered, from)
		}
		covered = from + o.image.clipH
		pieces++
	}
	if pieces < 3 || covered < 9000*l.ops[0].w/300-1 && covered < 1000 {
		t.Errorf("%d pieces cover %.0f points", pieces, covered)
	}
}

func BenchmarkLetter(b *testing.B) {
	d := sample(8)
	for b.Loop() {
		render(b, d)
	}
}

func BenchmarkBook60(b *testing.B) {
	for b.Loop() {
		renderBook(b, 60)
	}
}
