package ocr

import (
	"context"
	"image"
	"strconv"
	"strings"
	"unicode"
)

// Places looks for words in a picture and returns where they stand, in its
// pixels, with room around them: a little more is better than a little less
// where they are to be covered. Blanks in the words or between characters do
// not count. What the program reads wrongly is not found.
func (t Tesseract) Places(ctx context.Context, m image.Image, words string) ([]image.Rectangle, error) {
	m = onPaper(m) // from 0,0
	want := bare(words)
	var out []image.Rectangle
	for _, prepare := range []func(image.Image) *image.Gray{contrast, brightest} {
		small := shrink(prepare(m))
		for _, band := range bands(small) {
			table, err := t.table(ctx, band)
			if err != nil {
				return nil, err
			}
			for _, r := range findIn(table, want) {
				r = grown(r).Add(image.Pt(0, band.Rect.Min.Y))
				from, to := small.Rect.Size(), m.Bounds().Size()
				full := image.Rect(
					r.Min.X*to.X/from.X, r.Min.Y*to.Y/from.Y, r.Max.X*to.X/from.X+1, r.Max.Y*to.Y/from.Y+1,
				)
				out = joined(out, full.Intersect(m.Bounds()))
			}
		}
	}
	return out, nil
}

// bare are the characters that count, in lower case.
func bare(s string) []rune {
	return []rune(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, s)))
}

// findIn finds words in the table tesseract writes. A word's box is shared
// out evenly among its characters.
func findIn(table string, want []rune) []image.Rectangle {
	var out []image.Rectangle
	var line []rune
	var places []image.Rectangle
	search := func() {
		for n := 0; len(want) > 0 && n+len(want) <= len(line); n++ {
			if string(line[n:n+len(want)]) != string(want) {
				continue
			}
			r := places[n]
			for _, p := range places[n+1 : n+len(want)] {
				r = r.Union(p)
			}
			out = append(out, r)
		}
		line, places = nil, nil
	}
	place := ""
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) < 12 || cells[0] != "5" {
			continue
		}
		var box [4]int // left, top, width, height
		bad := false
		for n := range box {
			v, err := strconv.Atoi(cells[6+n])
			box[n], bad = v, bad || err != nil || v < 0
		}
		if at := strings.Join(cells[1:5], "."); at != place {
			search()
			place = at
		}
		chars := bare(cells[11])
		if bad {
			continue
		}
		for n, c := range chars {
			line = append(line, c)
			left, right := box[0]+n*box[2]/len(chars), box[0]+(n+1)*box[2]/len(chars)
			places = append(places, image.Rect(left, box[1], right, box[1]+box[3]))
		}
	}
	search()
	return out
}

// grown is a place with a third of its height of room left and right, and a
// sixth above and below: the boxes of single Han characters are rough.
func grown(r image.Rectangle) image.Rectangle {
	h := r.Dy()
	return image.Rect(r.Min.X-h/3, r.Min.Y-h/6, r.Max.X+h/3, r.Max.Y+h/6)
}

// joined adds a place to a list, made one with those it overlaps.
func joined(list []image.Rectangle, r image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	for _, o := range list {
		if o.Overlaps(r) {
			r = r.Union(o)
			continue
		}
		out = append(out, o)
	}
	return append(out, r)
}
