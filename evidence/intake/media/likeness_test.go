package media

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"reflect"
	"testing"

	"golang.org/x/image/draw"

	"juzheng/evidence/scale"
)

// lines draws a page of dark marks; the seed decides where they stand.
func lines(seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, 540, 1200))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	for y := 90; y < 1100; y += 30 {
		for x := 20; x < 500; x += 20 + r.IntN(60) {
			draw.Draw(m, image.Rect(x, y, x+8+r.IntN(12), y+20), image.Black, image.Point{}, draw.Src)
		}
	}
	return m
}

func alikeToo(a, b Likeness) bool {
	_, like := a.Like(b)
	return like
}

// A smaller copy is like its original, a page with other marks is not.
func TestLikenessSurvivesScaling(t *testing.T) {
	page := lines(1)
	small := image.NewRGBA(image.Rect(0, 0, 360, 800))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), page, page.Bounds(), draw.Src, nil)
	one := ParseLikeness(likenessIn(page))
	if two := ParseLikeness(likenessIn(small)); !alikeToo(one, two) || !alikeToo(two, one) {
		t.Errorf("of a copy %.2f of the edges differ", one.Differing(two))
	}
	if other := ParseLikeness(likenessIn(lines(2))); alikeToo(one, other) {
		t.Errorf("of another page only %.2f of the edges differ", one.Differing(other))
	}
	if none := ParseLikeness("?"); !none.Empty() || alikeToo(none, one) || alikeToo(none, none) {
		t.Error("a picture without a likeness is like another")
	}
}

// A blank page has no likeness: it would be like every other.
func TestBlankHasNoLikeness(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 400, 900))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if s := likenessIn(m); s != "" {
		t.Errorf("%q", s)
	}
}

// list draws a short list of one app: a name, words, and a time in each line,
// as strokes; what one line says can be another.
func list(words func(line int) uint64) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 720, 1560))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	text := func(r *rand.Rand, x, y, size, signs int, shade uint8) {
		for n := range signs {
			for range 5 { // strokes of a sign
				u, v := x+n*size+r.IntN(size/2), y+r.IntN(size)
				box := image.Rect(u, v, u+2+r.IntN(size/2), v+2)
				if r.IntN(2) == 0 {
					box = image.Rect(u, y+r.IntN(size/2), u+2, y+size)
				}
				draw.Draw(m, box, image.NewUniform(color.Gray{shade}), image.Point{}, draw.Src)
			}
		}
	}
	for line := range 5 {
		y := 200 + 100*line
		text(rand.New(rand.NewPCG(1, 1)), 46, y, 22, 10, 25)
		text(rand.New(rand.NewPCG(1, 2)), 54, y+36, 20, 9, 140)
		text(rand.New(rand.NewPCG(words(line), 3)), 540, y+18, 20, 6, 140)
		draw.Draw(m, image.Rect(40, y+75, 680, y+76), image.NewUniform(color.Gray{220}), image.Point{}, draw.Src)
	}
	return m
}

// Lists of one app that differ in the time of a line are alike and not the same;
// a list compressed, or scaled as chat apps do, is.
func TestSamePage(t *testing.T) {
	base := list(func(int) uint64 { return 7 })
	read := func(m image.Image, quality int) Page {
		t.Helper()
		var b bytes.Buffer
		err := png.Encode(&b, m)
		if quality > 0 {
			b.Reset()
			err = jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
		}
		if err != nil {
			t.Fatal(err)
		}
		p, err := ReadPage(&b)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	small := image.NewRGBA(image.Rect(0, 0, 480, 1040))
	draw.BiLinear.Scale(small, small.Bounds(), base, base.Bounds(), draw.Src, nil)
	clock := list(func(int) uint64 { return 7 })
	draw.Draw(clock, image.Rect(40, 20, 100, 50), image.Black, image.Point{}, draw.Src)
	other := list(func(line int) uint64 {
		if line == 2 {
			return 8
		}
		return 7
	})
	if one, two := ParseLikeness(likenessIn(base)), ParseLikeness(likenessIn(other)); !alikeToo(one, two) {
		t.Errorf("the lists are not alike at all: %.2f", one.Differing(two))
	}
	for _, c := range []struct {
		name string
		page Page
		want bool
	}{
		{"itself", read(base, 0), true},
		{"compressed", read(base, 50), true},
		{"scaled and compressed", read(small, 60), true},
		{"another time of day above", read(clock, 0), true},
		{"another time in one line", read(other, 0), false},
		{"and compressed", read(other, 85), false},
	} {
		if got := read(base, 0).Same(c.page); got != c.want {
			t.Errorf("%s: %v; fine %.2f, rough %.2f", c.name, got, mostApart(read(base, 0).fine, c.page.fine, 12),
				mostApart(read(base, 0).rough, c.page.rough, 16))
		}
	}
	if _, err := ReadPage(bytes.NewReader([]byte("GIF89a"))); err == nil {
		t.Error("a picture that is none was read")
	}
}

// mostApart is the share by which two pictures differ where they do most: plainly,
// what [shades.apart] tells with an end before the last square.
func mostApart(a, b shades, side int) (most float64) {
	for y := 0; y+side <= min(a.height, b.height); y += side / 2 {
		for x := 0; x+side <= a.width; x += side / 2 {
			at := func(s shades, n int) int { return int(s.luma[(y+n/side)*s.width+x+n%side]) }
			between, sum, sumO, contrast := 0, 0, 0, 0
			for n := range side * side {
				between += max(at(a, n)-at(b, n), at(b, n)-at(a, n))
				sum, sumO = sum+at(a, n), sumO+at(b, n)
			}
			mean, meanO := sum/(side*side), sumO/(side*side)
			for n := range side * side {
				contrast += max(at(a, n)-mean, mean-at(a, n), at(b, n)-meanO, meanO-at(b, n))
			}
			if contrast >= edge*side*side {
				most = max(most, float64(between)/float64(contrast))
			}
		}
	}
	return most
}

// An early end changes no verdict: pages that differ by a little, by about the share
// that counts, and by much.
func TestApartAgreesWithPlainTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	apart, together := 0, 0
	for range 400 {
		a := shades{40, 30, make([]uint8, 40*30)}
		b := shades{40, 30, make([]uint8, 40*30)}
		noise := 1 + r.IntN(30)
		for n := range a.luma {
			a.luma[n] = 200
			if r.IntN(6) == 0 {
				a.luma[n] = uint8(r.IntN(200))
			}
			b.luma[n] = uint8(min(max(0, int(a.luma[n])+r.IntN(2*noise+1)-noise), 255))
		}
		for _, side := range []int{12, 16} {
			for _, share := range []float64{0.1, 0.36, 0.5} {
				got, want := a.apart(b, side, share), mostApart(a, b, side) >= share
				if got != want {
					t.Fatalf("side %d, share %.2f: %v, plainly %v", side, share, got, want)
				}
				if want {
					apart++
				} else {
					together++
				}
			}
		}
	}
	if apart < 100 || together < 100 {
		t.Errorf("%d apart, %d together: the trial tells nothing", apart, together)
	}
}

// A page that was packed is the page.
func TestPackedPage(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, list(func(line int) uint64 { return uint64(line) })); err != nil {
		t.Fatal(err)
	}
	page, err := ReadPage(&b)
	if err != nil {
		t.Fatal(err)
	}
	data, err := page.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var got Page
	if err := got.UnmarshalBinary(data); err != nil || !reflect.DeepEqual(got, page) {
		t.Errorf("another page: %v", err)
	}
	if err := got.UnmarshalBinary(data[:len(data)/2]); err == nil {
		t.Error("half of it was taken for a page")
	}
	t.Logf("%d bytes of %d", len(data), len(page.fine.luma)+len(page.rough.luma))
}

func BenchmarkSame(b *testing.B) {
	var data bytes.Buffer
	if err := png.Encode(&data, list(func(line int) uint64 { return uint64(line) })); err != nil {
		b.Fatal(err)
	}
	page, err := ReadPage(&data)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if !page.Same(page) {
			b.Fatal("not the same")
		}
	}
}

// likenessIn is the likeness of a picture that is decoded.
func likenessIn(m image.Image) string {
	var p Picture
	b := m.Bounds()
	p.Width, p.Height = b.Dx(), b.Dy()
	if err := p.look(scale.Of(m, b.Min.Add(image.Pt(0, b.Dy()/20)))); err != nil {
		panic(err) // of pictures in memory none comes
	}
	return p.Likeness
}
