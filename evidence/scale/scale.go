// Package scale makes pictures smaller.
//
// Each pixel of the smaller picture is the mean of the area that it stands for, so
// that strokes of one pixel stay as grey as they should be. The picture is taken in
// bands of a few rows: a screenshot of thirty thousand rows needs no more beside it
// than one of two thousand.
package scale

import (
	"image"
	"image/color"
	"image/draw"
)

// band is how many rows are taken from a picture at a time.
const band = 16

// A Strips is a picture that is given in strips, from its top to its bottom. Strip draws
// the next rows on white, as many as to has or as are left.
type Strips interface {
	Strip(to *image.RGBA) error
}

// To brings what lies in a rectangle of a picture to a width and a height, on white.
// The sums are whole numbers: the same picture gives the same pixels everywhere.
func To(src image.Image, from image.Rectangle, width, height int) *image.RGBA {
	from = from.Intersect(src.Bounds())
	if from.Empty() || width < 1 || height < 1 {
		return image.NewRGBA(image.Rect(0, 0, width, height))
	}
	dst, _ := Rows(Of(src, from.Min), from.Dx(), from.Dy(), width, height) // never fails
	return dst
}

// Of is what of a picture lies right of and below a point.
func Of(src image.Image, from image.Point) Strips {
	opaque, known := src.(interface{ Opaque() bool })
	return &drawn{src, from, known && opaque.Opaque()}
}

type drawn struct {
	image.Image
	at    image.Point
	solid bool
}

func (d *drawn) Strip(to *image.RGBA) error {
	op := draw.Src
	if !d.solid {
		op = draw.Over
		draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	}
	draw.Draw(to, to.Bounds(), d.Image, d.at, op)
	d.at.Y += to.Rect.Dy()
	return nil
}

// Rows brings strips of w by h pixels together to a width and a height, each of them one
// pixel at least. It fails only where they do.
func Rows(src Strips, w, h, width, height int) (*image.RGBA, error) {
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	return dst, rows(src, w, h, width, height, func(y int, row []uint8) {
		to := dst.Pix[y*dst.Stride:]
		for x := range width {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[3*x], row[3*x+1], row[3*x+2], 0xff
		}
	})
}

// PhotoRows is [Rows] as a JPEG has pixels: the colours of four are one, which takes three
// eighths of the memory. Colours are the mean that the encoder takes as well.
func PhotoRows(src Strips, w, h, width, height int) (*image.YCbCr, error) {
	dst := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	blue, red := make([]int, dst.CStride), make([]int, dst.CStride) // sums of the four
	return dst, rows(src, w, h, width, height, func(y int, row []uint8) {
		times := 1 // that a row counts: the last twice where it is alone
		if y%2 == 0 && y == height-1 {
			times = 2
		}
		for x := range width {
			light, cb, cr := color.RGBToYCbCr(row[3*x], row[3*x+1], row[3*x+2])
			dst.Y[y*dst.YStride+x] = light
			n := times
			if x%2 == 0 && x == width-1 {
				n *= 2
			}
			blue[x/2] += n * int(cb)
			red[x/2] += n * int(cr)
		}
		if y%2 == 0 && y < height-1 {
			return
		}
		for x := range blue {
			at := y/2*dst.CStride + x
			dst.Cb[at], dst.Cr[at] = uint8((blue[x]+2)/4), uint8((red[x]+2)/4)
		}
		clear(blue)
		clear(red)
	})
}

// rows puts the rows of the smaller picture, three bytes a pixel, from its top down.
func rows(src Strips, w, h, width, height int, put func(y int, row []uint8)) error {
	row := make([]uint8, 3*width)
	strip := image.NewRGBA(image.Rect(0, 0, w, band))
	across := make([]uint64, 3*width) // the pixels of a row of the picture, each times w
	down := make([]uint64, 3*width)   // those of a row of the copy so far, each times the area as well
	area := uint64(w) * uint64(h)
	to := 0 // row of the copy
	for y := range h {
		if y%band == 0 {
			if err := src.Strip(strip); err != nil {
				return err
			}
		}
		sumAcross(across, strip.Pix[y%band*strip.Stride:][:4*w], width)
		// Of a row the copy has h parts, of one of the picture it takes height.
		for at, end := y*height, (y+1)*height; at < end; {
			part := min(end, (to+1)*h) - at
			for n, v := range across {
				down[n] += uint64(part) * v
			}
			if at += part; at == (to+1)*h {
				for n, v := range down {
					row[n] = uint8((v + area/2) / area)
				}
				put(to, row)
				clear(down)
				to++
			}
		}
	}
	return nil
}

// sumAcross brings a row of pixels to a width: as To does with rows. A pixel of the
// copy has as many parts as the row has pixels, of one of these it takes width.
func sumAcross(out []uint64, row []uint8, width int) {
	all, to := len(row)/4, 0
	var whole, parts [3]uint64 // of the pixel of the copy so far: pixels of the row, and parts of one
	at, full := 0, all
	for ; len(row) >= 4; row = row[4:] {
		if at += width; at < full {
			whole[0] += uint64(row[0])
			whole[1] += uint64(row[1])
			whole[2] += uint64(row[2])
			continue
		}
		last := uint64(width - (at - full)) // of the parts of this one those that still belong there
		for c := range 3 {
			out[3*to+c] = uint64(width)*whole[c] + parts[c] + last*uint64(row[c])
		}
		for to, full = to+1, full+all; at >= full; to, full = to+1, full+all { // the copy is the wider one
			for c := range 3 {
				out[3*to+c] = uint64(all) * uint64(row[c])
			}
		}
		for c := range 3 {
			whole[c], parts[c] = 0, uint64(at-(full-all))*uint64(row[c])
		}
	}
}
