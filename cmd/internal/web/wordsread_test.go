package web

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/intake"
	"juzheng/evidence/intake/ocr"
)

// pictured is a case with a screenshot of which nobody has written down a word.
func pictured(t testing.TB) string {
	t.Helper()
	kase := demoCaseUnsaid(t)
	dir := filepath.Join(t.TempDir(), "Screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m := image.NewGray(image.Rect(0, 0, 360, 780))
	for n := range m.Pix {
		m.Pix[n] = 250
	}
	for x := range 100 {
		m.Set(100+x, 200, color.Black)
	}
	out, err := os.Create(filepath.Join(dir, "Screenshot_2026-09-08-19-30-00-123_com.tencent.mm.png"))
	if err == nil {
		err = png.Encode(out, m)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	d, _ := testDesk()
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	return kase
}

// Pictures are read by a program of this computer where there is one, and the page says
// plainly what it does; where there is none one sentence says that words are typed.
func TestPicturesCanBeRead(t *testing.T) {
	kase := pictured(t)
	for _, c := range []struct {
		name   string
		none   error
		has    string
		hasNot string
	}{
		{"none is here", &desk.NoReaderError{}, "没有认字的程序", "/listen/read"},
		{"a program is here", nil, "/listen/read", "没有认字的程序"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := serve(t, kase, func(o *Options) { o.canRead = func() error { return c.none } }).enter(t)
			base := strings.TrimSuffix(strings.TrimSuffix(p.begin, "/found"), "/")
			base = base[:strings.LastIndex(base, "/c/")+3] + strings.Split(base[strings.LastIndex(base, "/c/")+3:], "/")[0]
			status, body := p.do("GET", base+"/listen", nil, nil)
			if status != http.StatusOK || !strings.Contains(body, c.has) || strings.Contains(body, c.hasNot) {
				t.Errorf("%d at %s: %q, %q in\n%s", status, base, c.has, c.hasNot, body)
			}
			for _, other := range []string{"/found", "/loan"} { // it can be begun wherever words are wanted
				has := strings.Replace(c.has, "/listen", other, 1)
				if _, body := p.do("GET", base+other, nil, nil); !strings.Contains(body, has) {
					t.Errorf("%s has no %q:\n%s", other, c.has, body)
				}
			}
			if c.none != nil {
				return
			}
			if _, body = p.do("POST", base+"/listen/read", nil, nil); desk.CanRead(t.Context()) != nil {
				t.Log("no tesseract here: that it reads is not tried")
				return
			}
			for range 2400 {
				if _, body = p.do("GET", base+"/listen", nil, nil); !strings.Contains(body, "正在读图里的字") {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			if !strings.Contains(body, "图里的字读过了") || strings.Contains(body, "/listen/read") {
				t.Errorf("after reading:\n%s", body)
			}
		})
	}
}

// Each line that was read on a picture is marked where it stands; without places, which are
// kept in the cache alone, the lines stand beside it as they are.
func TestLinesAreMarkedOnThePicture(t *testing.T) {
	kase := pictured(t)
	d, _ := testDesk()
	open := func() (cardMaker, evidence.Exhibit) {
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		n := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return strings.Contains(e.Name(), "19-30-00") })
		return cardMaker{Dossier: x, lang: "zh"}, x.Exhibits[n]
	}
	m, e := open()
	reading := evidence.Reading{Exhibit: e.Number, SHA256: e.SHA256, Tool: "tesseract", Made: d.Now, Text: "再不还钱\n告诉你单位"}
	if err := m.Folder.AddReading(reading); err != nil {
		t.Fatal(err)
	}
	m, e = open()
	if x, err := m.exhibit(e); err != nil || len(x.Lines) != 2 || len(x.Marks) != 0 {
		t.Fatalf("without places: %+v %v", x, err)
	}
	word := func(line, left, top int, s string) string {
		return fmt.Sprintf("5\t1\t1\t1\t%d\t1\t%d\t%d\t80\t20\t90\t%s\n", line, left, top, s)
	}
	said := word(1, 20, 100, "再不还钱") + word(2, 20, 140, "告诉你单位")
	intake.KeepSeen(m.Folder, e, ocr.Seen{By: "tesseract", Width: 360, Height: 780,
		Bands: []ocr.Band{{Width: 360, Height: 780, Table: said}}})
	x, err := m.exhibit(e)
	if err != nil || len(x.Marks) != 2 || x.Wide != 360 || x.High != 780 || x.Marks[1].Line != 1 ||
		x.Marks[0].Y > 100 || x.Marks[0].Y+x.Marks[0].H < 120 || x.Marks[1].Y < x.Marks[0].Y+30 {
		t.Errorf("%+v %v", x, err)
	}
}
