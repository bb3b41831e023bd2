package ocr

import (
	"context"
	"image"
	"strconv"
	"strings"
	"unicode"
)

// Seen is what the program read on a picture, and where. To read takes seconds, and to
// look for words in what was read takes none: whoever looks for more than one keeps it.
type Seen struct {
	By            string `json:"by"` // [Tesseract.Describe]
	Width, Height int    // of the picture, in its pixels
	Bands         []Band `json:"bands"`
}

// A Band is a part of the picture as it was read.
type Band struct {
	Y, Width, Height int    // where it begins in the picture that was read, and how large that is
	Table            string // as tesseract writes it, a row a word
}

// See reads a picture, prepared in two ways as for [Tesseract.Read].
func (t Tesseract) See(ctx context.Context, m image.Image) (Seen, error) {
	_, _, seen, err := t.Read(ctx, m)
	return seen, err
}

// Places are where words stand in the picture, in its pixels, with room around
// them: a little more is better than a little less where they are to be covered.
// Blanks in the words or between characters do not count. What the program reads
// wrongly is not found.
func (s Seen) Places(words string) []image.Rectangle {
	want := bare(words)
	var out []image.Rectangle
	for _, b := range s.Bands {
		for _, r := range findIn(b.Table, want) {
			r = grown(r).Add(image.Pt(0, b.Y))
			full := image.Rect(r.Min.X*s.Width/b.Width, r.Min.Y*s.Height/b.Height,
				r.Max.X*s.Width/b.Width+1, r.Max.Y*s.Height/b.Height+1)
			out = joined(out, full.Intersect(image.Rect(0, 0, s.Width, s.Height)))
		}
	}
	return out
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
