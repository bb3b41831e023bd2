package logs

import (
	"image"
	"slices"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// Rows and columns of a table on a page. A row is where a number or an hour
// stands: the other cells of a row may have several lines, above and below it. A
// column is what no word crosses from the first row to the last.

// A band is the part of a page on which one row stands.
type band struct {
	page  int
	words []Word
}

var (
	hourIn    = lazyregexp.New(`(?:^|\D)\d{1,2}[:：]\d{2}(?:\D|$)`)
	maskedTel = lazyregexp.New(`^\+?\d{2,4}\*{2,8}\d{0,4}$`)
)

// leastCells is how many cells a row without a number has, which else is a remark.
const leastCells = 3

func isNumberWord(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	return phoneCell.MatchString(s) || maskedTel.MatchString(s)
}

// bandsOf parts what stands below y into rows: one is where a word of a kind
// stands, such as a number.
func bandsOf(page int, words []Word, y int, is func(string) bool) []band {
	words = slices.Clone(words)
	words = slices.DeleteFunc(words, func(w Word) bool { return w.At.Min.Y < y })
	anchors, spacing := anchorsOf(slices.Concat(words, together(words, 0.35)), is) // 199 0000 0311 is one number
	if len(anchors) == 0 {
		return nil
	}
	out := make([]band, len(anchors))
	for n := range out {
		out[n].page = page
	}
	for _, w := range words {
		n, off := nearest(anchors, middle(w.At))
		if off <= spacing*3/2 && (n > 0 && n < len(anchors)-1 || off <= spacing/2+w.At.Dy()/2) {
			out[n].words = append(out[n].words, w)
		}
	}
	return slices.DeleteFunc(out, func(b band) bool {
		return len(b.words) < leastCells &&
			!slices.ContainsFunc(b.words, func(w Word) bool { return is(w.Text) })
	})
}

// anchorsOf are the heights of rows, and how far they are apart.
func anchorsOf(words []Word, is func(string) bool) (anchors []int, spacing int) {
	high := 0
	for _, w := range words {
		if is(w.Text) {
			anchors = append(anchors, middle(w.At))
			high = max(high, w.At.Dy())
		}
	}
	anchors = apart(anchors, high/2)
	spacing = 2 * high
	if len(anchors) > 1 {
		var steps []int
		for n := 1; n < len(anchors); n++ {
			steps = append(steps, anchors[n]-anchors[n-1])
		}
		slices.Sort(steps)
		spacing = steps[len(steps)/2]
	}
	var hours []int // rows without a number
	for _, w := range words {
		if !hourIn.MatchString(w.Text) {
			continue
		}
		if _, off := nearest(anchors, middle(w.At)); len(anchors) > 0 && off*2 >= max(spacing, w.At.Dy()) {
			hours = append(hours, middle(w.At))
		}
	}
	return apart(append(anchors, hours...), max(high/2, 1)), spacing
}

// apart sorts heights and keeps those that are further apart than that.
func apart(all []int, least int) []int {
	slices.Sort(all)
	var out []int
	for _, y := range all {
		if len(out) == 0 || y-out[len(out)-1] > least {
			out = append(out, y)
		}
	}
	return out
}

// nearest is the place of the height next to y, of heights in order, and how far
// off it is: a page can be made to hold ten thousands.
func nearest(all []int, y int) (n, off int) {
	n, _ = slices.BinarySearch(all, y)
	if n > 0 && (n == len(all) || y-all[n-1] <= all[n]-y) {
		n--
	}
	if n < len(all) {
		off = max(all[n]-y, y-all[n])
	}
	return n, off
}

// An extent is where a column stands, from left to right.
type extent struct{ left, right int }

// mostAcross is how many of a hundred rows may have a word that runs across the
// gap between two columns: a place name too long for its cell.
const mostAcross = 5

// widest bounds the width of a page, in pixels.
const widest = 10000

// columnsIn finds the columns of rows.
func columnsIn(bands []band) []extent {
	covered := []int{}
	for _, b := range bands {
		for _, w := range b.words {
			left, right := max(0, w.At.Min.X), min(w.At.Max.X, widest)
			if right > len(covered) {
				covered = append(covered, make([]int, right-len(covered))...)
			}
			for x := left; x < right; x++ {
				covered[x]++
			}
		}
	}
	most := len(bands) * mostAcross / 100
	var out []extent
	for x, n := range covered {
		switch {
		case n <= most:
		case len(out) > 0 && out[len(out)-1].right == x:
			out[len(out)-1].right++
		default:
			out = append(out, extent{x, x + 1})
		}
	}
	return out
}

// columnAt is the column in which a word stands: that it covers most of, or else
// the nearest.
func columnAt(columns []extent, at image.Rectangle) int {
	best, most := 0, -1<<30
	for n, c := range columns {
		if over := min(c.right, at.Max.X) - max(c.left, at.Min.X); over > most {
			best, most = n, over
		}
	}
	return best
}

// cells are the words of a row by column.
func (b band) cells(columns []extent) []string {
	out := make([]string, len(columns))
	for _, w := range b.words {
		n := columnAt(columns, w.At)
		if out[n] != "" && (dayCell.MatchString(out[n]) || hourIn.MatchString(w.Text)) {
			out[n] += " "
		}
		out[n] += w.Text
	}
	return out
}

// withClocks joins a column of days and one of hours beside it: they are one time
// with a wide blank in it.
func withClocks(columns []extent, bands []band) []extent {
	for n := len(columns) - 1; n > 0; n-- {
		days, hours := 0, 0
		for _, b := range bands {
			cells := b.cells(columns)
			if dayCell.MatchString(cells[n-1]) {
				days++
			}
			if clockAlone.MatchString(cells[n]) {
				hours++
			}
		}
		if days*100 >= len(bands)*mostOf && hours*100 >= len(bands)*mostOf {
			columns[n-1].right = columns[n].right
			columns = slices.Delete(columns, n, n+1)
		}
	}
	return columns
}

// columnsBelow are the columns below the words of a head. They are parted between
// two of those where the fewest words run across; of several such places the last
// is taken, since figures stand to the right in their column, and its middle.
func columnsBelow(head []Word, bands []band) []extent {
	across := make([]int, widest+1)
	for _, b := range bands {
		for _, w := range b.words {
			for x := max(w.At.Min.X+1, 0); x < min(w.At.Max.X, widest); x++ {
				across[x]++
			}
		}
	}
	out := make([]extent, len(head))
	left := 0
	for n, w := range head {
		out[n] = extent{left, widest}
		if n+1 == len(head) {
			break
		}
		from := min(max(w.At.Max.X, 0), widest)
		to := min(max(head[n+1].At.Min.X, from), widest)
		begin, end := from, from
		for x := from; x <= to; x++ {
			switch {
			case across[x] < across[begin], across[x] == across[begin] && end < x-1:
				begin, end = x, x
			case across[x] == across[begin]:
				end = x
			}
		}
		out[n].right = (begin + end) / 2
		left = out[n].right
	}
	return out
}
