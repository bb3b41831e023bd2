package typeset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"juzheng/templates/letter"
)

// Limits of a picture: pixels on a path that decodes, and bytes read.
const (
	maxPixels = 50_000_000
	maxBytes  = 64 << 20
)

// A picture is an image in a form gofpdf takes without decoding it wrongly:
// a JPEG in gray or RGB, or a PNG of 8 bits without alpha and interlace.
type picture struct {
	kind   string // JPG or PNG
	data   []byte
	width  int
	height int
}

// A placed picture on a page: the whole picture is w by h points from x, y,
// and what lies outside clip is not seen.
type placed struct {
	pic         *picture
	orientation int
	x, y, w, h  float64
	clipY       float64 // upper edge and height of what is seen; 0: all
	clipH       float64
}

// readPicture brings an exhibit's picture into such a form. Pixels are passed
// through wherever the format allows; metadata never are, for the place where
// a photo was taken is nobody's business.
func readPicture(im *letter.Image) (*picture, error) {
	in, err := im.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxBytes {
		return nil, fmt.Errorf("more than %d MB", maxBytes>>20)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if config.Width < 1 || config.Height < 1 || int64(config.Width)*int64(config.Height) > maxPixels {
		return nil, fmt.Errorf("%d by %d pixels", config.Width, config.Height)
	}
	p := &picture{width: config.Width, height: config.Height}
	// A whole decode is the proof that the picture is not cut or damaged.
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	switch format {
	case "jpeg":
		if config.ColorModel == color.YCbCrModel || config.ColorModel == color.GrayModel {
			p.kind, p.data = "JPG", plainJPEG(data)
			return p, nil
		}
		var b bytes.Buffer // CMYK: a page in PDF/A beside an sRGB intent cannot hold it
		if err := jpeg.Encode(&b, flatten(decoded), &jpeg.Options{Quality: 95}); err != nil {
			return nil, err
		}
		p.kind, p.data = "JPG", b.Bytes()
		return p, nil
	case "png":
		if plain, ok := plainPNG(data); ok {
			p.kind, p.data = "PNG", plain
			return p, nil
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, flatten(decoded)); err != nil {
		return nil, err
	}
	p.kind, p.data = "PNG", b.Bytes()
	return p, nil
}

// flatten puts a picture on white, so that no alpha is left.
func flatten(src image.Image) image.Image {
	b := src.Bounds()
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Over)
	return dst
}

// plainJPEG drops application segments and comments: EXIF with place and
// device, thumbnails, colour profiles. Adobe's APP14 says how colours are
// coded, so it stays.
func plainJPEG(data []byte) []byte {
	out := slices.Clone(data[:2])
	for at := 2; at+4 <= len(data) && data[at] == 0xFF; {
		marker := data[at+1]
		if marker == 0xFF { // fill byte
			at++
			continue
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xDA || size < 2 || at+2+size > len(data) {
			return append(out, data[at:]...) // the scan, to the end
		}
		app := marker >= 0xE0 && marker <= 0xEF
		if (!app || marker == 0xEE || marker == 0xE0) && marker != 0xFE {
			out = append(out, data[at:at+2+size]...)
		}
		at += 2 + size
	}
	return data
}

// plainPNG passes a PNG of 8 bits or less, without alpha, transparency and
// interlace, reduced to the chunks that carry pixels.
func plainPNG(data []byte) ([]byte, bool) {
	const sign = "\x89PNG\r\n\x1a\n"
	if len(data) < 33 || string(data[:8]) != sign || data[24] > 8 || data[28] != 0 {
		return nil, false
	}
	switch data[25] {
	case 0, 2, 3: // gray, RGB, palette
	default:
		return nil, false
	}
	out := []byte(sign)
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size < 0 || size > len(data)-at-12 {
			return nil, false
		}
		kind := string(data[at+4 : at+8])
		body := data[at+4 : at+8+size]
		if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(data[at+8+size:]) {
			return nil, false
		}
		switch kind {
		case "tRNS":
			return nil, false
		case "IHDR", "PLTE", "IDAT", "IEND":
			out = append(out, data[at:at+12+size]...)
		}
		if kind == "IEND" {
			return out, true
		}
		at += 12 + size
	}
	return nil, false
}

// A Problem is a picture that could not be set; its page says so.
type Problem struct {
	Exhibit string
	Err     error
}

// upright are a picture's width and height as it is to be seen.
func upright(p *picture, orientation int) (w, h float64) {
	if orientation >= 5 && orientation <= 8 {
		return float64(p.height), float64(p.width)
	}
	return float64(p.width), float64(p.height)
}

// tall is the ratio of height to width from which a picture is cut into
// pieces: a chat of many screens would be unreadable on one page.
const tall = 3.2

// image sets a picture with its caption: on what is left of the page if that
// is enough, else on the next; a very tall one in pieces that overlap.
func (l *layouter) image(exhibit string, im *letter.Image) {
	caption := breakLines(l.glyphs([]letter.Span{{Text: im.Caption}}, l.fit(smallStyle)), textWidth, 0)
	p, err := readPicture(im)
	if err != nil {
		l.problems = append(l.problems, Problem{exhibit, err})
		l.flow(breakLines(l.glyphs([]letter.Span{{Text: "这张图片不能显示在纸上（" + printable(l.fonts, err.Error()) + "）。原件在证据包内，校验值见上。"}}, l.fit(bodyStyle)), textWidth, 0), left, textWidth, l.fit(bodyStyle), letter.Justify, 0)
		return
	}
	w, h := upright(p, im.Orientation)
	under := float64(len(caption))*l.fit(smallStyle).leading + 4
	if h/w > tall {
		l.pieces(p, im.Orientation, w, h, caption, under)
		return
	}
	room := l.room() - under - 6
	if whole := pageHeight - top - bottom - under; room < whole*0.5 {
		l.newPage()
		room = whole
	}
	scale := min(textWidth/w, room/h, 1) // 1: never larger than a point a pixel
	l.y += 4
	l.place(p, im.Orientation, left+(textWidth-w*scale)/2, w*scale, h*scale, 0, h*scale)
	l.y += 2
	l.flow(caption, left, textWidth, l.fit(smallStyle), letter.Center, 0)
}

// overlap is how much of a piece is shown again on the next, in points.
const overlap = 24.0

func (l *layouter) pieces(p *picture, orientation int, w, h float64, caption []line, under float64) {
	wide := min(textWidth*0.62, w)
	high := h * wide / w
	for from := 0.0; from < high; {
		if l.room() < 200 {
			l.newPage()
		}
		part := min(l.room()-under-8, high-from)
		l.y += 4
		l.place(p, orientation, left+(textWidth-wide)/2, wide, high, from, part)
		l.y += 2
		l.flow(caption, left, textWidth, l.fit(smallStyle), letter.Center, 0)
		from += part
		if from < high {
			from -= overlap
			l.newPage()
		}
	}
}

// place draws the part of a picture from an offset on, at l.y.
func (l *layouter) place(p *picture, orientation int, x, w, h, from, part float64) {
	pl := &placed{pic: p, orientation: orientation, x: x, y: l.y - from, w: w, h: h}
	if part < h-0.01 {
		pl.clipY, pl.clipH = l.y, part
	}
	l.add(op{kind: imageOp, image: pl})
	for _, r := range [][4]float64{{x, l.y, w, 0}, {x, l.y + part, w, 0}, {x, l.y, 0, part}, {x + w, l.y, 0, part}} {
		l.add(op{kind: ruleOp, x: r[0], y: r[1], w: r[2], h: r[3]})
	}
	l.y += part
}

// printable drops what no font has from a text of ours.
func printable(u *fontUse, s string) string {
	var out []rune
	for _, r := range s {
		if _, ok := u.pick(r, serif); ok {
			out = append(out, r)
		}
	}
	return string(out)
}
