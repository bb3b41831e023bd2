package typeset

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// A linkedPDF is what other programs read of a file: the text of its pages,
// its links and its bookmarks.
type linkedPDF struct {
	text      []string // of each page
	links     []pdfLink
	bookmarks []bookmark
}

type pdfLink struct {
	page int // it stands on, from 1
	y    float64
	dest int // page it leads to
}

type bookmark struct {
	Title string     `json:"title"`
	Page  int        `json:"destpageposfrom1"`
	Kids  []bookmark `json:"kids"`
}

// readPDF asks pdftotext for the text and qpdf for links and bookmarks.
func readPDF(t *testing.T, pdf []byte) linkedPDF {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool(t, "qpdf"), "--json=2", "--json-key=pages", "--json-key=outlines", "--json-key=qpdf",
		path).Output()
	if err != nil {
		t.Fatalf("qpdf --json: %v", err)
	}
	var file struct {
		Pages []struct {
			Object string `json:"object"`
		} `json:"pages"`
		Outlines []bookmark                   `json:"outlines"`
		Qpdf     []map[string]json.RawMessage `json:"qpdf"`
	}
	if err := json.Unmarshal(out, &file); err != nil {
		t.Fatal(err)
	}
	number := map[string]int{}
	for n, p := range file.Pages {
		number[p.Object] = n + 1
	}
	l := linkedPDF{text: strings.Split(extract(t, pdf), "\f"), bookmarks: file.Outlines}
	for name, raw := range file.Qpdf[1] {
		if !bytes.Contains(raw, []byte(`"/Annots"`)) {
			continue
		}
		var page struct {
			Value struct {
				Annots []string `json:"/Annots"`
			} `json:"value"`
		}
		if err := json.Unmarshal(raw, &page); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, of := range page.Value.Annots {
			var link struct {
				Value struct {
					Dest []any     `json:"/Dest"`
					Rect []float64 `json:"/Rect"`
				} `json:"value"`
			}
			if err := json.Unmarshal(file.Qpdf[1]["obj:"+of], &link); err != nil {
				t.Fatalf("%s: %v", of, err)
			}
			a := link.Value
			dest, _ := a.Dest[0].(string)
			l.links = append(l.links, pdfLink{page: number[strings.TrimPrefix(name, "obj:")], y: a.Rect[1],
				dest: number[dest]})
		}
	}
	slices.SortFunc(l.links, func(a, b pdfLink) int { return cmp.Or(a.page-b.page, cmp.Compare(b.y, a.y)) })
	return l
}

// begins reports whether a page begins with an exhibit.
func (l linkedPDF) begins(page int, exhibit int) bool {
	return page >= 1 && page <= len(l.text) && regexp.MustCompile(fmt.Sprintf(`^证据%d[\s　]`,
		exhibit)).MatchString(l.text[page-1])
}

// Each link of the index, each bookmark and each printed number leads to the
// page on which that exhibit begins, and the page prints its own number.
func TestLinksLeadToExhibits(t *testing.T) {
	for _, n := range indexSizes {
		pdf, pages := indexedBook(t, n)
		l := readPDF(t, pdf)
		if len(l.links) != n {
			t.Fatalf("%d exhibits: %d links", n, len(l.links))
		}
		for i, link := range l.links {
			if !l.begins(link.dest, i+1) {
				t.Errorf("%d exhibits: link %d leads to page %d, which begins %.20q", n, i+1, link.dest,
					l.text[max(link.dest, 1)-1])
			}
		}
		marks := l.bookmarks
		if len(marks) != n+1 || marks[0].Title != "证据目录" {
			t.Fatalf("%d exhibits: bookmarks %.200v", n, marks)
		}
		for i, m := range marks[1:] {
			if m.Title != fmt.Sprintf("证据%d　截图", i+1) || !l.begins(m.Page, i+1) {
				t.Errorf("%d exhibits: bookmark %q leads to page %d, which begins %.20q", n, m.Title, m.Page,
					l.text[max(m.Page, 1)-1])
			}
		}
		for p, text := range l.text[:pages.Total] {
			if want := fmt.Sprintf("第%d页 共%d页", p+1, pages.Total); !strings.Contains(strings.ReplaceAll(text, "　",
				" "), want) {
				t.Errorf("%d exhibits: page %d does not print %s", n, p+1, want)
			}
		}
	}
}

// Volumes print one another's pages and link to their own alone.
func TestVolumesCiteAcross(t *testing.T) {
	whole := sampleBook(9)
	volumes := []document.Book{whole, whole}
	volumes[0].Exhibits, volumes[1].Exhibits = whole.Exhibits[:4], whole.Exhibits[4:]
	volumes[0].Tail, volumes[1].Volume = nil, "第二册"
	var out [2]bytes.Buffer
	pages, err := Fonts(nil).Volumes([]io.Writer{&out[0], &out[1]}, volumes)
	if err != nil {
		t.Fatal(err)
	}
	read := []linkedPDF{readPDF(t, out[0].Bytes()), readPDF(t, out[1].Bytes())}
	for n, l := range read {
		printed := regexp.MustCompile(`证据(\d+)\s*截图\s+(\d+)\n`).FindAllStringSubmatch(strings.Join(l.text[:2], "\n"),
			-1)
		if len(printed) != 9 {
			t.Fatalf("volume %d prints %d pages", n+1, len(printed))
		}
		for _, m := range printed {
			exhibit, page, in := 0, 0, 0
			fmt.Sscan(m[1], &exhibit)
			fmt.Sscan(m[2], &page)
			if exhibit > 4 {
				in = 1
			}
			if !read[in].begins(page, exhibit) || pages[in].Exhibits[fmt.Sprintf("E%03d", exhibit)] != page {
				t.Errorf("volume %d sends 证据%d to page %d of volume %d", n+1, exhibit, page, in+1)
			}
		}
		if want := len(volumes[n].Exhibits); len(l.links) != want {
			t.Errorf("volume %d has %d links, want %d", n+1, len(l.links), want)
		}
	}
	if !strings.Contains(read[1].text[0], "第二册") || strings.Contains(read[0].text[0], "第二册") {
		t.Errorf("the footers do not tell the volumes apart")
	}
}

// An exhibit that is not in the book has no page of it.
func TestNoPageOfAnotherBook(t *testing.T) {
	b := sampleBook(1)
	b.Blocks = append(b.Blocks, document.Paragraph{Spans: []document.Span{{Text: "证据9（"}, {Exhibit: "E009"},
		{Text: "）"}}})
	var out bytes.Buffer
	if _, err := Fonts(nil).Book(&out, b); err != nil {
		t.Fatal(err)
	}
	if text := extract(t, out.Bytes()); !strings.Contains(text, "证据9（—）") && !strings.Contains(text, "证据 9（—）") {
		t.Errorf("got %s", text)
	}
}
