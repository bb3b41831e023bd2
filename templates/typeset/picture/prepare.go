// Package picture brings an exhibit's picture into the form a PDF holds, and
// makes copies of it: with parts covered, with fewer pixels, ruled into cells.
//
// [PrepareAll] prepares the pictures of a book side by side; [Shrink] makes
// copies small enough for an upload; [Preview] shows the person what is
// covered. An original is only read: pixels are passed through as they are
// coded wherever PDF knows the coding, a copy holds nothing of what it covers,
// and metadata never go along. The package knows nothing of pages, cases or
// recipients. A picture that cannot be shown is an [Error] with a reason for
// the person.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"

	_ "image/gif"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Limits of a picture: bytes read, pixels of one that has to be decoded,
// pixels of one that is passed through, and what a side may have.
const (
	maxBytes   = 64 << 20
	maxDecoded = 50_000_000
	maxPixels  = 400_000_000
	maxSide    = 65_500
)

// A Prepared picture is one as a PDF holds it (ISO 32000-1, 8.9.5).
type Prepared struct {
	Width, Height int
	Space         string // colour space, as a PDF object
	Bits          int    // per component
	Filter        string // with its parameters, as entries of the dictionary
	Parts         [][]byte
	Change        Change
}

// A Change is what had to be done to a picture so that a page can show it.
// Its caption says so; the original stays as it is.
type Change int

const (
	untouched      Change = iota
	flattened             // alpha on white
	narrowed              // 16 bits a component to 8
	separated             // CMYK to RGB
	covered               // pixels replaced under boxes
	reduced               // fewer pixels
	coveredReduced        // both
)

var changeWords = map[Change]string{
	flattened: "（原图有透明部分，此处以白色衬底；原件未动）",
	narrowed:  "（原图每色16位，此处以8位显示；原件未动）",
	separated: "（原图为CMYK四色，此处换算为RGB显示；原件未动）",

	covered:        "（遮盖副本：黑框内的像素已替换；原件未动）",
	reduced:        "（压缩副本，像素少于原件；原件未动）",
	coveredReduced: "（遮盖并压缩的副本：黑框内的像素已替换，其余像素少于原件；原件未动）",
}

// Words are for the caption: what was done to the picture.
func (c Change) Words() string { return changeWords[c] }

// A Error says why a picture cannot be shown on paper.
type Error struct {
	Reason evidence.Text // for the page and for the person
	Err    error
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Reason.EN, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// The reasons of a [Error].
var (
	damagedPicture = evidence.Text{ZH: "图片文件不完整或已损坏", EN: "the picture is incomplete or damaged"}
	unknownPicture = evidence.Text{ZH: "不是本程序能显示的图片格式", EN: "no picture format this program can show"}
	heicPicture    = evidence.Text{ZH: "HEIC、AVIF格式的图片，本程序不能解码，这台电脑上也没有能解码的程序（heif-dec 等）；可在手机或电脑上另存为JPEG，与原件一并加入",
		EN: "HEIC and AVIF cannot be decoded here, and no program on this computer does (heif-dec or the like); save a " +
			"copy as JPEG and add it beside the original"}
	hugePicture     = evidence.Text{ZH: "图片过大，不能排进纸面", EN: "the picture is too large to be set"}
	closedPicture   = evidence.Text{ZH: "图片文件不能读取", EN: "the picture cannot be read"}
	outsideBox      = evidence.Text{ZH: "遮盖的方框超出了图片", EN: "a box to cover reaches outside the picture"}
	variantOfFormat = evidence.Text{ZH: "图片采用了少见的编码方式，本程序不能显示",
		EN: "the picture is coded in a rare way that cannot be shown here"}
)

// ReasonOf is what an error of this package tells the person.
func ReasonOf(err error) evidence.Text {
	var because *Error
	if errors.As(err, &because) {
		return because.Reason
	}
	return unknownPicture
}

func refuse(reason evidence.Text, format string, args ...any) error {
	return &Error{reason, fmt.Errorf(format, args...)}
}

// prepare brings an exhibit's picture into the form of a PDF. Pixels are
// passed through as they are coded wherever PDF knows the coding; metadata
// never are: where a photo was taken is nobody's business.
func prepare(im *document.Image) (x *Prepared, err error) {
	defer func() { // decoders of formats we do not own
		if fault := recover(); fault != nil {
			x, err = nil, refuse(damagedPicture, "decoder: %v", fault)
		}
	}()
	data, err := fileOf(im)
	if err != nil {
		return nil, err
	}
	s := sourceOf(im, data)
	switch {
	case len(im.Hide) > 0 || im.Reduce.Quality > 0:
		return s.once(func() (*Prepared, error) { return copyObject(data, im) })
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return jpegObject(data)
	case bytes.HasPrefix(data, []byte(pngSign)):
		return pngObject(s)
	}
	return s.once(func() (*Prepared, error) { return decodedObject(data, untouched) })
}

// fileOf is a picture's file, if it is of a kind that can be decoded.
func fileOf(im *document.Image) ([]byte, error) {
	in, err := im.Open()
	if err != nil {
		return nil, &Error{closedPicture, err}
	}
	defer in.Close()
	data, err := readWhole(in)
	if err != nil {
		return nil, err
	}
	if isHEIF(data) {
		return nil, refuse(heicPicture, "ISO base media file, brand %q", data[8:12])
	}
	return data, nil
}

// readWhole reads a file into memory of its size, not of twice that.
func readWhole(in io.Reader) ([]byte, error) {
	var b bytes.Buffer
	if s, ok := in.(interface{ Len() int }); ok {
		b.Grow(s.Len() + bytes.MinRead)
	} else if f, ok := in.(io.Seeker); ok {
		if n, err := f.Seek(0, io.SeekEnd); err == nil && n < maxBytes {
			b.Grow(int(n) + bytes.MinRead)
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, &Error{closedPicture, err}
		}
	}
	if _, err := b.ReadFrom(io.LimitReader(in, maxBytes+1)); err != nil {
		return nil, &Error{closedPicture, err}
	}
	if b.Len() > maxBytes {
		return nil, refuse(hugePicture, "more than %d MB", maxBytes>>20)
	}
	return b.Bytes(), nil
}

// isHEIF recognises HEIC, HEIF and AVIF by the brand of their first box (ISO
// 14496-12, 4.3).
func isHEIF(data []byte) bool {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return false
	}
	switch string(data[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
		return true
	}
	return false
}

// checkSize refuses what no phone makes, before anything is decoded.
func checkSize(width, height, most int) error {
	if width < 1 || height < 1 {
		return refuse(damagedPicture, "%d by %d pixels", width, height)
	}
	if width > maxSide || height > maxSide || width > most/height {
		return refuse(hugePicture, "%d by %d pixels", width, height)
	}
	return nil
}

// decodedObject decodes a picture and codes it again, without loss except for
// what the change says.
func decodedObject(data []byte, why Change) (*Prepared, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, image.ErrFormat) {
		return nil, &Error{unknownPicture, err}
	}
	if err != nil {
		return nil, &Error{damagedPicture, err}
	}
	if err := checkSize(config.Width, config.Height, maxDecoded); err != nil {
		return nil, err
	}
	src, err := decode(data)
	if err != nil {
		return nil, &Error{damagedPicture, err}
	}
	if o, ok := src.(interface{ Opaque() bool }); why == untouched && (!ok || !o.Opaque()) {
		why = flattened
	}
	x, err := recode(src)
	if err != nil {
		return nil, err
	}
	x.Change = why
	return x, nil
}
