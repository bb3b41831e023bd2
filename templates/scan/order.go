package scan

import (
	"image"
	"math"
	"slices"

	"golang.org/x/image/draw"
)

// A Print is a page so small that lines of text are grey and paragraphs, tables and
// margins are what is left of it: where ink is, above or below what is usual around.
type Print struct{ ink [printH][printW]float64 }

const (
	printW, printH = 60, 85 // about 3.5 mm of A4
	near           = 1      // cells to each side that are one: lines are no wider
	around         = 8      // that tell what is usual
)

// PrintOf makes the print of a page.
func PrintOf(m image.Image) *Print {
	small := image.NewRGBA(image.Rect(0, 0, printW, printH)) // the form that is scaled fast
	draw.CatmullRom.Scale(small, small.Rect, m, m.Bounds(), draw.Src, nil)
	grey := func(x, y int) float64 {
		c := small.RGBAAt(x, y)
		return (float64(c.R) + 2*float64(c.G) + float64(c.B)) / 4
	}
	var sums [printH + 1][printW + 1]float64
	for y := range printH {
		for x := range printW {
			sums[y+1][x+1] = sums[y][x+1] + sums[y+1][x] - sums[y][x] + grey(x, y)
		}
	}
	p := &Print{}
	for y := range printH {
		for x := range printW {
			mean := func(reach int) float64 {
				l, r := max(0, x-reach), min(printW, x+reach+1)
				t, b := max(0, y-reach), min(printH, y+reach+1)
				return (sums[b][r] - sums[t][r] - sums[b][l] + sums[t][l]) / float64((r-l)*(b-t))
			}
			p.ink[y][x] = mean(around) - mean(near)
		}
	}
	return p
}

// A scanner sets a page a little aside and makes it a little larger or smaller.
const (
	aside  = 4    // cells
	larger = 0.06 // of a side
)

// alike is the correlation of two prints where one lies best on the other, from -1 to 1:
// every second place is tried, and then those around the best.
func (p *Print) alike(q *Print) float64 {
	best, bx, by := -1.0, 0, 0
	var lain Print
	for scale := 1 - larger; scale <= 1+larger+1e-9; scale += larger / 2 {
		on := q.scaled(scale)
		for dy := -aside; dy <= aside; dy += 2 {
			for dx := -aside; dx <= aside; dx += 2 {
				if a := p.over(&on, dx, dy); a > best {
					best, bx, by, lain = a, dx, dy, on
				}
			}
		}
	}
	for dy := by - 1; dy <= by+1; dy++ {
		for dx := bx - 1; dx <= bx+1; dx++ {
			best = max(best, p.over(&lain, dx, dy))
		}
	}
	return best
}

// scaled is a print of another size, about its middle.
func (p *Print) scaled(by float64) (out Print) {
	for y := range printH {
		for x := range printW {
			out.ink[y][x] = p.at(printW/2+(float64(x)-printW/2)/by, printH/2+(float64(y)-printH/2)/by)
		}
	}
	return out
}

// over is the correlation of two prints where one lies so far to the right and below.
func (p *Print) over(q *Print, dx, dy int) float64 {
	var pq, pp, qq float64
	for y := max(0, dy); y < min(printH, printH+dy); y++ {
		l, r := max(0, dx), min(printW, printW+dx)
		other := q.ink[y-dy][l-dx : r-dx]
		for n, a := range p.ink[y][l:r] {
			b := other[n]
			pq, pp, qq = pq+a*b, pp+a*a, qq+b*b
		}
	}
	if pp == 0 || qq == 0 {
		return -1
	}
	return pq / math.Sqrt(pp*qq)
}

// at is a print between its cells.
func (p *Print) at(x, y float64) float64 {
	x, y = min(max(x, 0), printW-1.001), min(max(y, 0), printH-1.001)
	l, t := int(x), int(y)
	fx, fy := x-float64(l), y-float64(t)
	return (p.ink[t][l]*(1-fx)+p.ink[t][l+1]*fx)*(1-fy) + (p.ink[t+1][l]*(1-fx)+p.ink[t+1][l+1]*fx)*fy
}

// A page is the one that it is this much like, and this much more than any other: of
// letters that were printed and scanned, one page is 0.9 and more like itself, and at most
// half as much like the next.
const (
	likeness = 0.7
	clearly  = 0.2
)

// Shows says which page of a letter each page of a scan shows, from 1; 0: none of them
// for certain, as where a photograph slants, or a copy of something else lies among them.
func Shows(scanned, letter []*Print) []int {
	out := make([]int, len(scanned))
	for n, s := range scanned {
		first, second := -1.0, -1.0
		for k, l := range letter {
			switch a := s.alike(l); {
			case a > first:
				first, second, out[n] = a, first, k+1
			case a > second:
				second = a
			}
		}
		if first < likeness || first-second < clearly {
			out[n] = 0
		}
	}
	return out
}

// An Order is what the pages of a scan look like beside those of the letter.
type Order struct {
	Shows   []int // see [Shows]
	Missing []int // pages of the letter that the scan cannot have
	Mixed   bool  // its pages stand in another order, or one stands there twice
}

// OrderOf is the order of a scan of a letter of so many pages.
func OrderOf(shows []int, pages int) Order {
	o := Order{Shows: shows}
	last, unknown := 0, 0
	for _, n := range shows {
		switch {
		case n == 0:
			unknown++
		case n <= last:
			o.Mixed = true
		}
		last = max(last, n)
	}
	for n := range pages {
		if !slices.Contains(shows, n+1) {
			o.Missing = append(o.Missing, n+1)
		}
	}
	if len(o.Missing) <= unknown { // they may be what nobody can tell
		o.Missing = nil
	}
	return o
}

// Right reports a scan of which nothing is known to be wrong.
func (o Order) Right() bool { return !o.Mixed && len(o.Missing) == 0 }
