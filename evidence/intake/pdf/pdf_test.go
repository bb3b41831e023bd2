package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// The test binary is the program that is started again.
func TestMain(m *testing.M) {
	if IsChild(os.Args) {
		os.Exit(Main(os.Args, os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func program(t testing.TB) Program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return Program{self, filepath.Join(cache, "juzheng", "pdf")}
}

// A sheet is a page made for a test: its size, how it is turned, what is on it.
type sheet struct {
	w, h, turn int
	content    string
}

// file is a PDF of such pages. Font F1 is one every reader has, F2 a Chinese one
// that is not in the file.
func file(sheets ...sheet) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)" +
			"/Supplement 4>>/FontDescriptor 6 0 R/DW 1000>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880" +
			"/Descent -120/CapHeight 880/StemV 93>>"}
	var kids []string
	for _, s := range sheets {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F1 3 0 R/F2 4 "+
				"0 R>>>>"+
				"/Contents %d 0 R>>", s.w, s.h, s.turn, n+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(s.content), s.content))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	out := []byte("%PDF-1.4\n")
	var at []int
	for n, o := range objects {
		at = append(at, len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", n+1, o)
	}
	table := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		out = fmt.Appendf(out, "%010d 00000 n \n", a)
	}
	return fmt.Appendf(out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
}

func chinese(x, y int, s string) string {
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04x", u)
	}
	return fmt.Sprintf("BT /F2 24 Tf %d %d Td <%s> Tj ET ", x, y, hex.String())
}

func drawn(t testing.TB, data []byte) (pages []Page, total int, err error) {
	t.Helper()
	total, err = program(t).Draw(context.Background(), bytes.NewReader(data), int64(len(data)), func(p Page) error {
		pages = append(pages, p)
		return nil
	})
	return pages, total, err
}

func decode(t testing.TB, p Page) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if b := m.Bounds(); b.Dx() != p.Width || b.Dy() != p.Height {
		t.Errorf("page %d: %v, told %d by %d", p.Number, b, p.Width, p.Height)
	}
	return m
}

// dark reports ink in a part of a page.
func dark(m image.Image, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if red, _, _, _ := m.At(x, y).RGBA(); red < 0x8000 {
				return true
			}
		}
	}
	return false
}

// Pages come upright and in order, with the words that stand on them; Chinese is
// drawn also where the file does not bring its font along.
func TestDraw(t *testing.T) {
	pages, total, err := drawn(t, file(
		sheet{595, 842, 0, chinese(40, 700, "借款合同") + "BT /F1 24 Tf 40 600 Td (Loan 1234) Tj ET"},
		sheet{842, 595, 90, "BT /F1 24 Tf 40 20 Td (turned) Tj ET"},
	))
	if err != nil || total != 2 || len(pages) != 2 {
		t.Fatalf("%d of %d pages: %v", len(pages), total, err)
	}
	first := decode(t, pages[0])
	if pages[0].Width != 1239 && pages[0].Width != 1240 || pages[0].Media != "image/png" {
		t.Errorf("%d by %d, %s", pages[0].Width, pages[0].Height, pages[0].Media)
	}
	var words []string
	for _, p := range pages {
		m := decode(t, p)
		for _, l := range p.Lines {
			words = append(words, fmt.Sprintf("%d %s", p.Number, strings.TrimSpace(l.Text)))
			if len(l.Boxes) != len([]rune(l.Text)) || !dark(m, l.Boxes[0]) {
				t.Errorf("%q: %d boxes, the first at %v", l.Text, len(l.Boxes), l.Boxes[0])
			}
		}
	}
	if got := strings.Join(words, "; "); got != "1 借款合同; 1 Loan 1234; 2 turned" {
		t.Errorf("%s", got)
	}
	if !dark(first, image.Rect(80, 240, 300, 300)) {
		t.Error("the Chinese words are not drawn")
	}
	if p := pages[1]; p.Width > p.Height {
		t.Errorf("a turned page is %d by %d", p.Width, p.Height)
	}
}

// What cannot be drawn says why, and nothing of it reaches the caller's process.
func TestFaults(t *testing.T) {
	whole := file(sheet{595, 842, 0, "BT /F1 24 Tf 40 600 Td (x) Tj ET"})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"cut":      {whole[:60], "broken"},
		"no PDF":   {[]byte("%PDF-1.7\nnonsense"), "broken"},
		"no page":  {file(), "broken"},
		"too long": {append(bytes.Clone(whole), make([]byte, maxBytes)...), "large"},
	} {
		_, _, err := drawn(t, c.data)
		var f *Fault
		if !errors.As(err, &f) || f.Code != c.want || f.Reason.ZH == "" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Where the program cannot be started again, papers are made all the same.
func TestNoProgram(t *testing.T) {
	data := file(sheet{595, 842, 0, ""})
	_, err := Program{Path: filepath.Join(t.TempDir(), "none")}.Draw(context.Background(), bytes.NewReader(data),
		int64(len(data)), func(Page) error { return nil })
	var f *Fault
	if !errors.As(err, &f) || f.Code != "failed" {
		t.Error(err)
	}
}

// A page as large as a wall, one as small as a hair and one full of nonsense are
// drawn or refused, in bounds.
func TestHostilePages(t *testing.T) {
	for name, s := range map[string]sheet{
		"a wall":   {14400, 14400, 0, "0 0 14400 14400 re f"},
		"a hair":   {1, 14400, 0, "0 0 1 1 re f"},
		"nonsense": {595, 842, 0, strings.Repeat("q 1 0 0 1 0 0 cm ", 20000) + "BT /F9 1e30 Tf (x) Tj ET"},
	} {
		pages, _, err := drawn(t, file(s))
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		if p := pages[0]; p.Width < 1 || p.Height < 1 || p.Width > maxSide || p.Height > maxSide {
			t.Errorf("%s: %d by %d", name, p.Width, p.Height)
		}
	}
}

func TestLockedAndLong(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "1" {
		t.Skip("qpdf is not installed")
	}
	dir := t.TempDir()
	plain := filepath.Join(dir, "a.pdf")
	var many []sheet
	for range MostPages + 3 {
		many = append(many, sheet{30, 40, 0, "BT /F1 9 Tf 2 2 Td (x) Tj ET"})
	}
	if err := os.WriteFile(plain, file(many...), 0o600); err != nil {
		t.Fatal(err)
	}
	if pages, total, err := drawn(t, file(many...)); err != nil || len(pages) != MostPages || total != MostPages+3 {
		t.Errorf("%d of %d pages, %v", len(pages), total, err)
	}
	for name, c := range map[string]struct{ user, want string }{"to open": {"secret", "locked"},
		"to change": {"", ""}} {
		out := filepath.Join(dir, "b.pdf")
		if text, err := exec.Command(qpdf, "--encrypt", c.user, "owner", "256", "--", plain,
			out).CombinedOutput(); err != nil {
			t.Fatalf("%s: %s", err, text)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		pages, _, err := drawn(t, data)
		var f *Fault
		if errors.As(err, &f) != (c.want != "") || f != nil && f.Code != c.want || f == nil && len(pages) != MostPages {
			t.Errorf("a password %s: %d pages, %v", name, len(pages), err)
		}
	}
}

// Whatever another process sends, reading it ends.
func FuzzReceive(f *testing.F) {
	var whole bytes.Buffer
	send(&whole, head{Total: 1}, nil)
	send(&whole, head{Page: &Page{Number: 1, Width: 2, Height: 2}}, []byte("data"))
	send(&whole, head{End: true}, nil)
	f.Add(whole.Bytes())
	f.Add([]byte("\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages := 0
		_, err := receive(bytes.NewReader(data), func(p Page) error { pages++; return nil })
		if err == nil && bytes.Equal(data, whole.Bytes()) && pages != 1 {
			t.Errorf("%d pages", pages)
		}
	})
}
