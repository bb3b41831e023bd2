// Package document is a paper as plain values, from top to bottom: titles,
// paragraphs, tables, charts, pictures, a place to sign. It owns the kinds of
// blocks and nothing else.
//
// Package letter writes documents, package typeset draws them as PDF, package
// filing as Word; [Text] reads one as plain text, for web forms and for
// tests. A document knows neither fonts nor pages nor who it is for: the page
// on which an exhibit begins is filled in where it is drawn ([Span.Exhibit]).
package document

import (
	"image"
	"io"
)

// FullTitle is the title of the file: what it is, whom it is about and its number.
func (d Document) FullTitle() string {
	if d.About == "" {
		return d.Title
	}
	return d.Title + "　" + d.About
}

// A Document is a text ready to be typeset: pages of one A4 PDF.
type Document struct {
	Title   string // what it is: printed at the top by a [Title] block, and in the footer
	About   string // whom it is about and its number, behind the title in the PDF's own; may be empty
	Author  string // the PDF's author: the complainant
	Subject string
	CaseID  string // printed in the footer
	Root    string // SHA-256 of the sealed bag, hex; its first 16 digits are printed in the footer
	// what the footer calls it; empty: 总校验码
	RootName string
	Volume   string // printed in the footer before the page: 第二册; empty: the only one
	Date     string // RFC 3339, the PDF's creation date
	Mark     string // printed at the head of every page: 草稿 请律师核对; empty: nothing is
	Blocks   []Block
}

// A Block is one piece of a document, from top to bottom.
type Block interface{ block() }

// A Span is a run of text in one style.
type Span struct {
	Text string
	Bold bool
	// Exhibit, if set, prints the page of the exhibit book on which that
	// exhibit begins in place of Text, and links to it.
	Exhibit string
	// Rows are the incidents of the timeline that the words tell of, with a blank between, for
	// who reads the letter on a screen; they are not drawn.
	Rows string
}

// A Title is the centred name of the document.
type Title struct{ Text string }

// A Heading opens a section: level 1 is 一、 in 黑体, level 2 is （一）.
type Heading struct {
	Level int
	Text  string
	Key   string // what [Span.Exhibit] calls it by, to print its page; empty: nothing cites it
}

// A Paragraph is justified text.
type Paragraph struct {
	Spans  []Span
	Indent bool // two characters on the first line
	Small  bool // notes
	Align  Align
}

// Align places a line of text.
type Align int

// The alignments.
const (
	Justify Align = iota
	Left
	Center
	Right
)

// An Item is a numbered paragraph: its label hangs where Hang is set.
type Item struct {
	Label string // 1. or （1）
	Spans []Span
	Hang  bool
	Heads bool // it stands above what follows, as a [Heading] does
	Small bool // as in [Paragraph]
}

// Fields are labelled lines, the labels set to one width.
type Fields struct {
	Rows  []Field
	Small bool // as in [Paragraph]
}

// A Field is one labelled value.
type Field struct{ Label, Value string }

// A Table is ruled; its head repeats on each page it runs over.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]Cell
	Small   bool
	Abreast int // so many columns of rows stand side by side, closer; 0 is 1
}

// A Column has a share of the width.
type Column struct {
	Title string
	Width float64 // relative
	Align Align
}

// A Cell is text, with page references as in [Span].
type Cell []Span

// A Chart shows counts as upright bars, the parts of a bar one on the other.
type Chart struct {
	Title  string
	Series []string // what the parts of a bar count, the lowest first
	Bars   []Bar
	Limit  int    // a line at so many of the first series; 0: none
	Line   string // what the line is
	Shade  string // what the shaded bars are; empty: no bar is shaded
	Method string // how it was counted
}

// A Bar is one column of a [Chart].
type Bar struct {
	Label  string
	Values []int // one a series
	Shade  bool  // the ground behind it is shaded
}

// A Waveform draws how loud a recording is from left to right.
type Waveform struct {
	Peaks   []float64 // 0 to 1, of equal parts of the length
	Seconds float64
	Caption string
}

// An Addressee closes a letter: 此致, and the body's full name flush left on
// the next line.
type Addressee struct{ Name string }

// A Signature leaves room to sign and to press a finger, and a line for the
// date. It is never alone on a page.
type Signature struct {
	Label string // 投诉人（签名、捺印）
	Agent string // 代理人（签名）; empty: none
	Date  string // printed; empty: blanks to fill in by hand
}

// A Code is a QR code with lines of text beside it.
type Code struct {
	Payload string
	Lines   []string
}

// A Keep holds blocks together on one page.
type Keep struct{ Blocks []Block }

// A Space is empty height in lines of body text.
type Space struct{ Lines float64 }

// A NewPage ends the page.
type NewPage struct{}

func (Title) block()     {}
func (Heading) block()   {}
func (Paragraph) block() {}
func (Item) block()      {}
func (Fields) block()    {}
func (Table) block()     {}
func (Chart) block()     {}
func (Waveform) block()  {}
func (Addressee) block() {}
func (Signature) block() {}
func (Code) block()      {}
func (Keep) block()      {}
func (Space) block()     {}
func (NewPage) block()   {}

// A Book is an exhibit book 证据册: cover, index, chronology, then each
// exhibit from a page of its own, then the closing sections.
type Book struct {
	Document               // Blocks are the cover, index and chronology
	Exhibits []BookExhibit // in order of number
	Tail     []Block       // 提取说明, hash list
}

// A BookExhibit is one exhibit in the book. It begins on a new page, which
// is the page that [Span.Exhibit] prints.
type BookExhibit struct {
	Number string   // E001
	Title  string   // 证据1　录音（2026年3月2日 23时14分，95xxxx）; the bookmark
	Cover  []Block  // what stands above the content: source, object of proof, digests
	Image  *Image   // a picture, on the page after or below the cover where it fits
	Body   []Block  // a stand-in for a recording, a table of messages
	Pages  []*Image // the pages of a paper, below all this
}

// An Image is a picture drawn upright, whole, with its caption outside it.
type Image struct {
	Open        func() (io.ReadCloser, error)
	MediaType   string // image/png, image/jpeg, image/webp …
	Width       int    // pixels, as stored
	Height      int
	Orientation int // EXIF, 1 to 8; 0 is 1
	Caption     string
	Alt         string // what it shows, for who does not see it; empty: the caption says it
	// Hide are parts, in pixels of the picture seen upright, that are replaced
	// by black, and Reduce makes the picture smaller: then a copy is shown, and
	// never the file itself.
	Hide   []image.Rectangle
	Reduce Reduction

	Decoded string // SHA-256 of a file whose pixels were all decoded before; empty: none is known
	Kept    *Kept  // nil: what is made of the picture is not kept
}

// Kept is where what is made of pictures lies from one paper to the next, under names of
// digits and letters. It may lose anything at any time, and gives back nothing but what it
// was given.
type Kept struct {
	Load func(name string) []byte // nil: there is nothing
	Save func(name string, data []byte)
}

// A Reduction says how a picture is made smaller. The zero value leaves it as
// it is.
type Reduction struct {
	Width   int // most pixels from left to right, upright
	Quality int // of JPEG, 1 to 100
}
