package filing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
)

// A made-up maker: pages and pictures of random size, which the planner's own
// guesses of what a page takes do not know.
type made struct {
	base, page, row int64
	pictures        map[string][Floor + 1]int64
	items           []Item
	set             []int64 // sizes, one a trial
}

func (m *made) costs(items []Item, level int) []Cost {
	out := make([]Cost, len(items))
	for n, x := range items {
		out[n].Bytes = m.pictures[x.Exhibit.Number][level]
		if out[n].Bytes == 0 {
			out[n].Why = "坏了"
		}
	}
	return out
}

func (m *made) file(c Choice) (int64, error) {
	size := m.base + int64(c.Events)*m.row + int64(len(c.Left))*30
	for _, x := range c.Exhibits {
		size += m.page + m.pictures[x][c.Level]
	}
	m.set = append(m.set, size)
	return size, nil
}

func randomMade(r *rand.Rand) *made {
	m := &made{base: r.Int64N(200_000), page: r.Int64N(20_000), row: r.Int64N(400),
		pictures: map[string][Floor + 1]int64{}}
	for n := range r.IntN(60) {
		x := fmt.Sprintf("E%03d", n+1)
		picture := r.IntN(4) > 0
		if picture && r.IntN(20) > 0 { // else it is damaged
			var sizes [Floor + 1]int64
			sizes[Floor] = 1 + r.Int64N(1<<r.IntN(22))
			for l := Floor - 1; l >= 0; l-- {
				sizes[l] = sizes[l+1] + r.Int64N(sizes[l+1]+1)
			}
			m.pictures[x] = sizes
		}
		m.items = append(m.items, Item{Exhibit: evidence.Exhibit{Number: x, Kind: evidence.Screenshot},
			Picture: picture})
	}
	return m
}

// Whatever the papers weigh, what is set last is within the limit, and each
// exhibit is taken or left with a reason, once; damaged pictures are left.
func TestFitIsWithinTheLimit(t *testing.T) {
	fitted, lifted := 0, 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 5))
		m := randomMade(r)
		limit := 1 + r.Int64N(3_000_000)
		c, ok, err := Fit(limit, m.items, r.IntN(3000), Maker{Costs: m.costs, Set: m.file})
		if err != nil {
			t.Fatal(err)
		}
		last := m.set[len(m.set)-1]
		if !ok {
			if m.base+int64(len(m.items))*30 <= limit {
				t.Errorf("seed %d: the letter fits and was not taken", seed)
			}
			continue
		}
		fitted++
		if last > limit {
			t.Errorf("seed %d: %d bytes of %d", seed, last, limit)
		}
		if c.Level < Floor {
			lifted++
		}
		all := slices.Clone(c.Exhibits)
		for _, x := range c.Left {
			all = append(all, x.Exhibit)
			if x.Why == "" {
				t.Errorf("seed %d: %s is left without a reason", seed, x.Exhibit)
			}
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(m.items) || len(all) != len(m.items) {
			t.Errorf("seed %d: %d exhibits of %d are accounted for", seed, len(all), len(m.items))
		}
		if !slices.IsSorted(c.Exhibits) {
			t.Errorf("seed %d: the order of weight is lost: %v", seed, c.Exhibits)
		}
		if len(m.set) > 200 {
			t.Errorf("seed %d: %d trials", seed, len(m.set))
		}
	}
	if fitted < 1000 || lifted < 300 {
		t.Errorf("the cases prove little: %d fit, %d above the floor", fitted, lifted)
	}
}

// The weightiest go in first; one that is too large keeps none out.
func TestFitTakesTheWeightiest(t *testing.T) {
	m := &made{base: 10_000, page: 1_000, pictures: map[string][Floor + 1]int64{}}
	for n, size := range []int64{400_000, 9_000_000, 500_000, 300_000, 400_000} {
		x := fmt.Sprintf("E%03d", n+1)
		m.pictures[x] = [Floor + 1]int64{4 * size, 3 * size, 2 * size, size}
		m.items = append(m.items, Item{Exhibit: evidence.Exhibit{Number: x, Kind: evidence.Screenshot}, Picture: true})
	}
	c, ok, err := Fit(1_300_000, m.items, 0, Maker{Costs: m.costs, Set: m.file})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if got := fmt.Sprint(c.Exhibits); got != "[E001 E003 E004]" {
		t.Errorf("taken %s", got)
	}
	want := "[{E002 图片太大：缩小到能看清的下限（短边540像素，JPEG质量50）仍有9000000字节} {E005 附件大小有限，放不下：排在前面的证据已用去空间}]"
	if got := fmt.Sprint(c.Left); got != want {
		t.Errorf("left %s", got)
	}
	if c.Level != Floor {
		t.Errorf("level %d", c.Level)
	}
}

// Whether pictures fit at a better level is asked of so many as tell: they are decoded and
// coded for it.
func TestFitAsksOfFew(t *testing.T) {
	m := &made{pictures: map[string][Floor + 1]int64{}}
	for n := range 60 {
		x := fmt.Sprintf("E%03d", n+1)
		m.pictures[x] = [Floor + 1]int64{300_000, 140_000, 80_000, 50_000}
		m.items = append(m.items, Item{Exhibit: evidence.Exhibit{Number: x, Kind: evidence.Screenshot}, Picture: true})
	}
	var asked [Floor + 1]int
	costs := func(items []Item, level int) []Cost {
		if level != Floor {
			asked[level] += len(items)
		}
		return m.costs(items, level)
	}
	c, ok, err := Fit(2_000_000, m.items, 0, Maker{Costs: costs, Set: m.file})
	if err != nil || !ok || c.Level != Floor || len(c.Exhibits) < 30 {
		t.Fatal(c, ok, err)
	}
	if asked != [Floor + 1]int{0, chunk, chunk, 0} {
		t.Errorf("asked for %v pictures a level, %d at two of them are enough", asked, chunk)
	}
}

func TestUploadLimit(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	nifa, _ := dir.Lookup("nifa")
	if got, _ := UploadLimit(nifa); got != 2_000_000 {
		t.Errorf("the association takes %d bytes", got)
	}
	r := templates.Recipient{Channels: []templates.Channel{{Type: "web"}, {Type: "web", MaxAttachmentBytes: 5},
		{Type: "email", MaxAttachmentBytes: 3, Formats: []string{"jpg"}}}}
	if got, formats := UploadLimit(r); got != 3 || TakesPDF(formats) {
		t.Errorf("got %d %v", got, formats)
	}
	for _, f := range [][]string{nil, {"jpg", "PDF"}, {".pdf"}} {
		if !TakesPDF(f) {
			t.Errorf("%v: no PDF", f)
		}
	}
}

// No level goes below the floor of its kind, and none is better than the one
// before.
func TestLevels(t *testing.T) {
	for kind, floor := range map[evidence.ExhibitKind]int{evidence.Screenshot: 540, evidence.Document: 1000} {
		for n := range Floor + 1 {
			l := LevelOf(kind, n)
			if l.Side < floor || l.Quality < 50 {
				t.Errorf("%s level %d: %v", kind, n, l)
			}
			if n > 0 {
				if b := LevelOf(kind, n-1); b.Side < l.Side || b.Quality <= l.Quality {
					t.Errorf("%s level %d: %v after %v", kind, n, l, b)
				}
			}
		}
	}
}
