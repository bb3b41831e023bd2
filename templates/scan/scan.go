// Package scan reads what a signed letter became: the PDF of a scanner, or
// photographs of its pages. [Read] says whether it can be that at all, and which
// letter it is, by the code printed beside the signature.
//
// What is read is only looked at: a scan goes to the recipient byte for byte. A
// code that cannot be read says nothing; one that reads as another letter's does.
package scan

import (
	"bytes"
	"image"
	"slices"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"

	"juzheng/evidence"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/lazyregexp"
)

// A File is one file as it was given.
type File struct {
	Name    string // to be told of it
	Data    []byte
	Type    string        // media type, by its content: set by [Read]
	Picture media.Picture // of a picture: set by [Read]
}

// A Paper is a signed letter: one PDF, or the pictures of its pages in order.
type Paper struct {
	Files []File
	// Code is what the QR code on it says; empty: none could be read.
	Code string
}

// PDF reports whether the paper is a PDF.
func (p Paper) PDF() bool { return len(p.Files) == 1 && p.Files[0].Type == pdfType }

// An Error says why a file is no scan of a signed letter.
type Error struct {
	File   string
	Reason evidence.Text
}

func (e *Error) Error() string { return e.File + ": " + e.Reason.EN }

// Pages is how many pages a paper has; 0: it does not show, as in a PDF whose pages are
// listed in a compressed stream.
func (p Paper) Pages() int {
	if p.PDF() {
		return PagesOf(p.Files[0].Data)
	}
	return len(p.Files)
}

// Prints are those of the pictures, one a page; none, where one cannot be decoded.
func (p Paper) Prints() []*Print {
	var out []*Print
	for _, f := range p.Files {
		m := coded(f.Data)()
		if m == nil {
			return nil
		}
		out = append(out, PrintOf(m))
	}
	return out
}

// PagesOf counts the pages of a PDF; 0: they do not show.
func PagesOf(pdf []byte) int { return len(pageOf.FindAllSubmatch(pdf, -1)) }

var pageOf = lazyregexp.New(`/Type\s*/Page[^s\w]`)

const pdfType = "application/pdf"

// Why a file is refused.
var (
	// NoScan is said of whatever is no file of a scan at all.
	NoScan = evidence.Text{ZH: "不是 PDF，也不是能打开的图片（JPEG、PNG 等）",
		EN: "neither a PDF nor a picture that can be opened (JPEG, PNG …)"}
	heic = evidence.Text{ZH: "HEIC 格式的图片别的电脑常打不开；在手机上另存为 JPEG 再用",
		EN: "many computers cannot open HEIC; save it as JPEG on the phone"}
	cut = evidence.Text{ZH: "文件不完整或已损坏，请重新扫描或重新传一次",
		EN: "the file is cut short or damaged; scan or send it again"}
	locked = evidence.Text{ZH: "这份 PDF 加了密码，收件的人打不开；请另存一份没有密码的",
		EN: "this PDF has a password and cannot be opened by whom it is for; save one without"}
	unsigned = evidence.Text{ZH: "这是程序做的、没有签名的那一份；请打印出来，签名、捺印、写日期，再扫描或拍照",
		EN: "this is the letter as made here, unsigned; print it, sign and date it, then scan or photograph it"}
	textOnly = evidence.Text{ZH: "这份 PDF 里没有图片，不像是签名以后的扫描件",
		EN: "this PDF holds no picture and is no scan of a signed paper"}
	mixed = evidence.Text{ZH: "请给一份 PDF，或者每页一张图片，不要混着给",
		EN: "give one PDF, or a picture of each page; not both"}
)

// Read looks at the files of one signed letter, in the order of its pages.
func Read(files []File) (Paper, error) {
	p := Paper{Files: slices.Clone(files)}
	var pages []sheet
	for n := range p.Files {
		f := &p.Files[n]
		var err *Error
		if isPDF(f.Data) {
			f.Type = pdfType
			err = f.checkPDF()
			pages = append(pages, sheets(f.Data)...)
			if err == nil && len(files) > 1 {
				err = &Error{f.Name, mixed}
			}
		} else {
			err = f.checkPicture()
			pages = append(pages, coded(f.Data))
		}
		if err != nil {
			return Paper{}, err
		}
	}
	for n := len(pages) - 1; n >= 0 && p.Code == ""; n-- { // it stands on the last page
		p.Code = codeOn(pages[n])
	}
	return p, nil
}

func isPDF(data []byte) bool { return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) }

// The dictionary of a stream, as a picture is one, is never compressed
// (ISO 32000-1, 7.5.7).
var (
	pictureOf = lazyregexp.New(`/Subtype\s*/Image\b`)
	encrypted = lazyregexp.New(`/Encrypt\s*(\d|<<)`)
)

// ownProducer is how package typeset signs its files.
var ownProducer = []byte("<pdf:Producer>juzheng</pdf:Producer>")

func (f *File) checkPDF() *Error {
	end := f.Data[max(0, len(f.Data)-2048):]
	switch {
	case !bytes.Contains(end, []byte("%%EOF")):
		return &Error{f.Name, cut}
	case encrypted.Match(f.Data):
		return &Error{f.Name, locked}
	case bytes.Contains(f.Data, ownProducer):
		return &Error{f.Name, unsigned}
	case !pictureOf.Match(f.Data):
		return &Error{f.Name, textOnly}
	}
	return nil
}

func (f *File) checkPicture() *Error {
	r := bytes.NewReader(f.Data)
	if t, ok := media.TypeOf(r, int64(len(f.Data))); ok {
		f.Type = t.Media
	}
	switch {
	case f.Type == "image/heic":
		return &Error{f.Name, heic}
	case !strings.HasPrefix(f.Type, "image/"):
		return &Error{f.Name, NoScan}
	}
	f.Picture = media.ReadPicture(r, int64(len(f.Data)), f.Type)
	switch {
	case f.Picture.Width == 0:
		return &Error{f.Name, NoScan}
	case f.Picture.Damage.ZH != "":
		return &Error{f.Name, cut}
	}
	return nil
}

// looks are where a code is looked for, and at which width in pixels (0: as it
// is): noise of a photograph hides it at times at full size, and letters of the
// text are taken for its corners. It stands in the lower half, to the left.
var looks = []struct {
	left, lower bool // halves
	width       int
}{{width: 0}, {width: 1600}, {width: 1000}, {lower: true}, {left: true, lower: true, width: 1200},
	{left: true, lower: true, width: 800}}

// codeOn is the QR code on a picture; empty: none could be read.
func codeOn(page sheet) (code string) {
	defer func() {
		if recover() != nil { // a decoder that is not ours
			code = ""
		}
	}()
	m := page()
	if m == nil {
		return ""
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, look := range looks {
		part := m.Bounds()
		if look.lower {
			part.Min.Y += part.Dy() / 2
		}
		if look.left {
			part.Max.X -= part.Dx() / 2
		}
		width := look.width
		if width == 0 || !look.left && width >= part.Dx() {
			width = part.Dx()
		}
		at := image.NewGray(image.Rect(0, 0, width, max(1, part.Dy()*width/part.Dx())))
		draw.ApproxBiLinear.Scale(at, at.Rect, m, part, draw.Src, nil)
		bits, err := gozxing.NewBinaryBitmapFromImage(at)
		if err != nil {
			continue
		}
		if r, err := qrcode.NewQRCodeReader().Decode(bits, hints); err == nil {
			return r.GetText()
		}
	}
	return ""
}
