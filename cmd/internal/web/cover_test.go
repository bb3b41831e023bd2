package web

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
)

func TestCoverView(t *testing.T) {
	picture := func(number string, words ...string) desk.ShownPicture {
		return desk.ShownPicture{Exhibit: evidence.Exhibit{Number: number, OriginalName: number + ".png",
			MediaType: "image/png", Media: evidence.Media{Width: 100, Height: 50, Orientation: 6}},
			For: []string{"甲", "乙"}, Words: words}
	}
	all := []desk.ShownPicture{picture("E001"), picture("E002", "张三")}
	for _, c := range []struct{ open, want string }{{"", "E002"}, {"E001", "E001"}, {"E009", "E002"}} {
		v := coverOf(all, c.open, "/c/1", "zh")
		if v.Open == nil || v.Open.Number != c.want || len(v.Pictures) != 2 || v.Shows != 1 || v.Pictures[1].Words != 1 {
			t.Errorf("%q: %+v", c.open, v)
		}
		if v.Open.Wide != 50 || v.Open.High != 100 || v.Open.For != "甲、乙" {
			t.Errorf("as it is seen: %+v", v.Open)
		}
	}
	film := desk.ShownPicture{Exhibit: evidence.Exhibit{Number: "E003", MediaType: "video/mp4"}}
	v := coverOf([]desk.ShownPicture{film}, "", "/c/1", "zh")
	if !v.Open.Film || v.Open.Show || v.Pictures[0].Show || !v.Pictures[0].Film || v.Open.Wide != 1 || v.Open.High != 1 {
		t.Errorf("a film, of which no size is known, has a box of one: %+v", v.Open)
	}
	if v := coverOf(nil, "", "/c/1", "zh"); v.Open != nil || v.Pictures != nil {
		t.Errorf("nothing: %+v", v)
	}
}

// A box is drawn, moved, taken back, and given by numbers; the original stays as it is.
func TestCoverScreen(t *testing.T) {
	browsertest.Need(t)
	kase := demoCase(t)
	d, _ := testDesk()
	if err := desk.Complete(t.Context(), d, kase, demo.Tell); err != nil {
		t.Fatal(err)
	}
	p := newPage(t, kase, nil)
	p.open("cover")
	p.wait(`return !!document.querySelector('#pic-box img') && document.querySelector('#pic-box img').complete`)
	p.look("cover")
	p.tabTo("#boxes summary") // by keys a box is written in numbers
	p.press(enterKey)
	p.tabTo("#boxes [name=h]")
	p.open("cover")
	p.wait(`return !!document.querySelector('#pic-box img') && document.querySelector('#pic-box img').complete`)
	number := ""
	p.tab.Run(&number, `return new URL(document.querySelector('#pic-box img').src).pathname.split('/').pop()`)
	files, _ := filepath.Glob(filepath.Join(kase, "exhibits", number+".*"))
	if len(files) != 1 {
		t.Fatalf("%s: %q", number, files)
	}
	before, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	boxes := func() (out []evidence.Box) {
		t.Helper()
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range x.Redactions {
			if r.Exhibit == number && r.Text == "" {
				out = append(out, r.Box)
			}
		}
		return out
	}
	drag := func(x1, y1, x2, y2 int) {
		t.Helper()
		var at struct{ X, Y float64 }
		p.tab.Run(&at, `var e = document.querySelector('#pic-box'); e.scrollIntoView({block: 'start'}); scrollBy(0, -150);
			var r = e.getBoundingClientRect(); return {X: r.left, Y: r.top}`)
		for _, s := range []struct {
			kind string
			x, y int
		}{{"mousePressed", x1, y1}, {"mouseMoved", x2, y2}, {"mouseReleased", x2, y2}} {
			p.tab.Devtools("Input.dispatchMouseEvent", map[string]any{"type": s.kind, "x": at.X + float64(s.x),
				"y": at.Y + float64(s.y), "button": "left", "buttons": 1, "clickCount": 1}, nil)
		}
	}
	drag(20, 20, 120, 60)
	p.wait(`return document.querySelectorAll('#pic-box rect').length === 1 && document.body.innerText.includes('撤销上一步')`)
	drawn := boxes()
	if len(drawn) != 1 || drawn[0].W < 10 || drawn[0].H < 5 {
		t.Fatalf("drawn: %v", drawn)
	}
	drag(60, 40, 100, 80)
	for range 200 {
		if now := boxes(); len(now) == 1 && now[0] != drawn[0] {
			break
		}
	}
	moved := boxes()
	if len(moved) != 1 || moved[0].X <= drawn[0].X || moved[0].W != drawn[0].W {
		t.Fatalf("moved: %v to %v", drawn, moved)
	}
	p.open("cover?of=" + number)
	p.reach(`form[action*="cover/undo"] button`)
	p.wait(`return document.querySelectorAll('#pic-box rect').length === 1`)
	for range 200 {
		if slices.Equal(boxes(), drawn) {
			break
		}
	}
	if !slices.Equal(boxes(), drawn) {
		t.Errorf("taken back: %v", boxes())
	}
	// by numbers, without scripts; a box of no width goes
	c := (&site{t: t, origin: p.origin, address: Address{URL: p.address.URL}}).enter(t)
	at := c.root + strings.TrimPrefix(p.base, p.root) + "/cover/boxes?of=" + number
	send := func(x, y, w, h []string) int {
		status, _ := c.do("POST", at, strings.NewReader(url.Values{"x": x, "y": y, "w": w, "h": h}.Encode()), nil)
		return status
	}
	if got := send([]string{"1", "5"}, []string{"2", "6"}, []string{"0", "30"}, []string{"4", "40"}); got != 303 {
		t.Errorf("by numbers: %d", got)
	}
	if now := boxes(); len(now) != 1 || now[0] != (evidence.Box{X: 5, Y: 6, W: 30, H: 40}) {
		t.Errorf("by numbers: %v", now)
	}
	for _, bad := range [][]string{{"a", "1"}, {"99999", "1"}, {"-4", "1"}} {
		if got := send([]string{bad[0]}, []string{"1"}, []string{"5"}, []string{"5"}); got != 422 {
			t.Errorf("%v: %d", bad, got)
		}
	}
	if after, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the original changed: %v", err)
	}
	p.clean()
}
