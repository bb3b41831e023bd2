package letter

import (
	"fmt"
	"image"
	"io"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

// Sheets are the pages of an exhibit that is a paper, drawn as pictures; or the
// one picture of a kind that has to be drawn by another program.
type Sheets struct {
	Pages []Sheet
	Total int           // in the file: of a long one the first are drawn
	By    string        // of a picture: the program that drew it, for nothing here decodes it
	Why   evidence.Text // why they are not all there, or none; empty: they are
}

// A Sheet is one page.
type Sheet struct {
	Number        int // in the file, from 1
	Open          func() (io.ReadCloser, error)
	MediaType     string
	Width, Height int
	Bytes         int64
	Lines         []SheetLine // what stands on it, as far as it is text
}

// A SheetLine is text on a page, and where each character stands.
type SheetLine struct {
	Text  string
	Boxes []image.Rectangle // of each rune
}

// SheetBytes is how much the pages of an exhibit weigh.
func SheetBytes(in Input, exhibit string) (sum int64) {
	for _, s := range in.Sheets[exhibit].Pages {
		sum += s.Bytes
	}
	return sum
}

// sheetsOf are the pages of an exhibit as this recipient may see them, and what
// is said above them. Of one in which words are covered, a page that is no text
// is not shown, for nobody knows where they stand; unless the person looked at it
// and put a box over something.
func (in Input) sheetsOf(x evidence.Exhibit) (pages []*document.Image, above []document.Block) {
	s := in.Sheets[x.Number]
	blind := 0
	for _, p := range s.Pages {
		hide := in.hidden(x.Number, p)
		if len(p.Lines) == 0 && in.coversWords(x) && len(in.boxesOn(x.Number, p)) == 0 {
			blind++
			continue
		}
		caption := fmt.Sprintf("%s　%s　第%d页，共%d页", label(x.Number), in.mask(x.OriginalName), p.Number, s.Total)
		if len(hide) > 0 {
			caption += fmt.Sprintf("　已遮盖%d处", len(hide))
		}
		pages = append(pages, &document.Image{Open: p.Open, MediaType: p.MediaType, Width: p.Width, Height: p.Height,
			Caption: caption, Hide: hide, Kept: in.Kept})
	}
	say := "本文件为PDF文件，以下按原样逐页显示；电子文件见证据包 data/" + x.File + "。"
	switch {
	case len(pages) == 0:
		say = "本文件为PDF文件，未能在纸面上显示，内容见证据包 data/" + x.File + "。"
	case len(s.Pages) < s.Total:
		say = fmt.Sprintf("本文件为PDF文件，共%d页，以下按原样显示前%d页；其余各页见证据包 data/%s。", s.Total, len(s.Pages), x.File)
	}
	if blind > 0 {
		say += fmt.Sprintf("其中%d页有须遮盖的内容而没有文字层，没有显示。", blind)
	}
	return pages, []document.Block{document.Paragraph{Spans: plain(say), Indent: true}}
}

// hidden are the places of a page with words that this recipient does not get.
func (in Input) hidden(exhibit string, p Sheet) []image.Rectangle {
	out := in.boxesOn(exhibit, p)
	for _, l := range p.Lines {
		for _, at := range in.masker().Places(in.Matter, exhibit, l.Text) {
			var box image.Rectangle
			for n := at[0]; n < min(at[1], len(l.Boxes)); n++ {
				box = box.Union(l.Boxes[n])
			}
			if !box.Empty() {
				out = append(out, box)
			}
		}
	}
	return out
}

// boxesOn are the boxes that the person put over a page.
func (in Input) boxesOn(exhibit string, p Sheet) []image.Rectangle {
	var out []image.Rectangle
	for _, r := range in.Redactions {
		if r.Exhibit == exhibit && r.Page == p.Number && r.Box != (evidence.Box{}) {
			out = append(out, r.Box.Rectangle())
		}
	}
	return out
}

// onSheets reports words of a redaction that stand on a page of a PDF.
func (in Input) onSheets(r evidence.Redaction) bool {
	for number, s := range in.Sheets {
		if r.Exhibit != "" && r.Exhibit != number {
			continue
		}
		for _, p := range s.Pages {
			if slices.ContainsFunc(p.Lines, func(l SheetLine) bool { return mask.Holds(r, l.Text) }) {
				return true
			}
		}
	}
	return false
}
