package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	scaled "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"juzheng/evidence"
	"juzheng/fonts"
)

// leastCell is how many pixels of a ruled copy a cell has at least, that its
// name can be read.
const leastCell = 54

// ruled is a copy of an upright picture with the cells of its grid and their
// names on it, and pixels along its edges, for a person to name the part to
// cover.
func ruled(m image.Image) (*image.RGBA, error) {
	g := evidence.GridOf(m.Bounds().Dx(), m.Bounds().Dy())
	cell := float64(g.Width) / float64(g.Columns)
	scale := 1
	for float64(scale)*cell < leastCell && g.Width*scale < 4*leastCell*g.Columns {
		scale++
	}
	margin := max(leastCell, int(float64(scale)*cell))
	if float64(g.Width)*float64(g.Height)*float64(scale*scale) > 2*maxDecoded {
		return nil, refuse(hugePicture, "%d by %d pixels, ruled", g.Width, g.Height)
	}
	out := image.NewRGBA(image.Rect(0, 0, margin+g.Width*scale, margin+g.Height*scale))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	inside := image.Rect(margin, margin, out.Rect.Max.X, out.Rect.Max.Y)
	scaled.NearestNeighbor.Scale(out, inside, m, m.Bounds(), draw.Over, nil)
	small, err := labelFace(float64(margin) * 0.26)
	if err != nil {
		return nil, err
	}
	large, err := labelFace(float64(margin) * 0.5)
	if err != nil {
		return nil, err
	}
	at := func(b evidence.Box) image.Rectangle {
		r := b.Rectangle()
		return image.Rectangle{Min: r.Min.Mul(scale), Max: r.Max.Mul(scale)}.Add(inside.Min)
	}
	for row := range g.Rows {
		for column := range g.Columns {
			b := g.Box(column, row, column, row)
			r := at(b)
			frame(out, image.Rect(r.Min.X, r.Min.Y, r.Max.X+1, r.Max.Y+1), 1, color.RGBA{230, 0, 0, 255})
			label(out, small, g.Name(column, row), r.Min.Add(image.Pt(2, small.Metrics().Ascent.Ceil())), true)
			if row == 0 {
				label(out, large, g.Name(column, row)[:1], image.Pt(r.Min.X+r.Dx()/3, margin*3/5), false)
				label(out, small, fmt.Sprint(b.X), image.Pt(r.Min.X+1, margin-3), false)
			}
		}
		b := g.Box(0, row, 0, row)
		r := at(b)
		label(out, large, fmt.Sprint(row+1), image.Pt(margin/16, r.Min.Y+r.Dy()*3/5), false)
		label(out, small, fmt.Sprint(b.Y), image.Pt(margin/16, r.Max.Y-3), false)
	}
	return out, nil
}

func labelFace(size float64) (font.Face, error) {
	parsed, err := opentype.Parse(fonts.SansBold)
	if err != nil {
		return nil, fmt.Errorf("ruled copy: %w", err)
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
}

// frame draws the edge of a rectangle, so many pixels inwards.
func frame(m draw.Image, r image.Rectangle, wide int, c color.Color) {
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+wide)}, {image.Pt(r.Min.X, r.Max.Y-wide), r.Max},
		{r.Min, image.Pt(r.Min.X+wide, r.Max.Y)}, {image.Pt(r.Max.X-wide, r.Min.Y), r.Max},
	} {
		draw.Draw(m, side, image.NewUniform(c), image.Point{}, draw.Src)
	}
}

// label writes a name; one on the picture stands on a light ground, as the
// picture may be of any colour.
func label(m draw.Image, face font.Face, s string, dot image.Point, onPicture bool) {
	d := font.Drawer{Dst: m, Src: image.NewUniform(color.RGBA{200, 0, 0, 255}), Face: face, Dot: fixed.P(dot.X, dot.Y)}
	if onPicture {
		b, _ := d.BoundString(s)
		r := image.Rect(b.Min.X.Floor()-1, b.Min.Y.Floor()-1, b.Max.X.Ceil()+1, b.Max.Y.Ceil()+1)
		draw.Draw(m, r, image.NewUniform(color.NRGBA{255, 255, 255, 170}), image.Point{}, draw.Over)
	}
	d.DrawString(s)
}
