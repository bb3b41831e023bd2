package typeset

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// In a file of several papers each page has the number of its paper, named, and that of
// the set; each paper and each exhibit has a bookmark; what pages are called is told to
// readers; and a link leads to a page of its own copy.
func TestPapersOfASetAreFound(t *testing.T) {
	letter := document.Document{Title: "举报书", About: "示例公司　1234-5678-9ABC", Author: "林晓安",
		Date: "2026-10-08T12:00:00+08:00", Blocks: []document.Block{document.Title{Text: "举报书"},
			document.Paragraph{Spans: []document.Span{{Text: "见证据2，第"}, {Exhibit: "E002"}, {Text: "页"}}}}}
	list := letter
	list.Title = "证据目录"
	list.Blocks = []document.Block{document.Paragraph{Spans: []document.Span{{Text: "目录"}}}}
	book := sampleBook(3)
	for _, copies := range []int{1, 2} {
		var out bytes.Buffer
		pages, parts, err := Fonts(nil).PrintSet(&out, Set{Front: []document.Document{letter, list}, Book: book,
			Copies: copies, Duplex: true})
		if err != nil {
			t.Fatal(err)
		}
		l := readPDF(t, out.Bytes())
		each := pages.Total / copies
		for n := range copies {
			for _, p := range parts {
				for k := range p.Pages {
					at := n*each + p.First - 1 + k
					want := fmt.Sprintf("%s 第%d页 共%d页 总第%d页", p.Title, k+1, p.Pages, p.First+k)
					if text := strings.ReplaceAll(l.text[at], "　", " "); !strings.Contains(text, want) {
						t.Errorf("%d copies: page %d does not print %s:\n%s", copies, at+1, want, text)
					}
				}
			}
		}
		for _, link := range l.links {
			if (link.page-1)/each != (link.dest-1)/each {
				t.Errorf("%d copies of %d pages: a link of page %d leads to page %d", copies, each, link.page, link.dest)
			}
		}
		if want := copies * 4; len(l.links) != want { // one of the letter, three of the index
			t.Errorf("%d links, want %d", len(l.links), want)
		}
		heads := l.bookmarks
		if copies > 1 {
			heads = nil
			for n, c := range l.bookmarks {
				if c.Title != fmt.Sprintf("第%d份", n+1) || c.Page != n*each+1 {
					t.Errorf("copy %d has the bookmark %q on page %d", n+1, c.Title, c.Page)
				}
				heads = append(heads, c.Kids...)
			}
		}
		var got, want []string
		for _, h := range heads {
			got = append(got, fmt.Sprintf("%s %d", h.Title, h.Page))
		}
		for n := range copies {
			for _, p := range parts {
				want = append(want, fmt.Sprintf("%s %d", p.Title, n*each+p.First))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("the papers have the bookmarks %q, want %q", got, want)
		}
		if last := heads[len(heads)-1]; len(last.Kids) != 4 || last.Kids[3].Title != "证据3　截图" {
			t.Errorf("below the book stand %v", last.Kids)
		}
		labels := "/PageLabels <</Nums [0 <</S /D /P " + utf16Hex("举报书　") + ">>"
		if copies > 1 {
			labels = "/PageLabels <</Nums [0 <</S /D /P " + utf16Hex("第1份　举报书　") + ">>"
		}
		if !bytes.Contains(out.Bytes(), []byte(labels)) ||
			bytes.Count(out.Bytes(), []byte("<</S /D /P ")) != copies*len(parts) {
			t.Errorf("%d copies: page labels are not those of the papers", copies)
		}
		if !bytes.Contains(out.Bytes(), []byte("/Title "+utf16Hex("举报书　示例公司　1234-5678-9ABC"))) {
			t.Error("the file's title does not say whom it is about")
		}
	}
}

// A footer that is too long for one line takes two, and none of its words is over another.
func TestALongFooterTakesTwoLines(t *testing.T) {
	for _, title := range []string{"举报书", strings.Repeat("很长的标题", 6)} {
		d := document.Document{Title: title, CaseID: "01a22afa-b478-74ea-a3c9-f79e81eb09c0", Root: strings.Repeat("ab", 32)}
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		l := newLayouter(u, bookArea, d, nil)
		l.footers(1, 0, true)
		var lines []op
		for _, o := range l.ops {
			if o.kind == textOp {
				lines = append(lines, o)
			}
		}
		if len(lines) != 2 || (lines[0].y == lines[1].y) != (title == "举报书") {
			t.Errorf("%s: %d lines, %v", title, len(lines), lines)
		}
	}
}
