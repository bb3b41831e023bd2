package typeset

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/sfnt/sfnttest"
)

func fallback(t *testing.T, f sfnttest.Font) Fallback {
	t.Helper()
	font, err := ReadFallback("rare.ttf", f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return font
}

// Characters that the program's own fonts lack are drawn by fallbacks in their order,
// whichever outlines those have and however many there are, the same bytes twice; the
// text extracts, in its line.
func TestFallbackDraws(t *testing.T) {
	var many []rune // more than one font of paths holds
	for r := rune(0x20100); len(many) < 2*pathsInFont; r++ {
		many = append(many, r)
	}
	square := fallback(t, sfnttest.Font{Name: "Square", Runes: []rune("𠮷")})
	path := fallback(t, sfnttest.Font{Name: "Path", Runes: append([]rune("ễ"), many...), CFF: true})
	for name, c := range map[string]struct {
		fonts Fonts
		text  string
		has   []string // of the file's fonts
	}{
		"glyf":          {Fonts{square}, "投诉人：𠮷小安", []string{"/CIDFontType2"}},
		"paths":         {Fonts{path}, "投诉人：Nguyễn", []string{"/Type3"}},
		"either":        {Fonts{square, path}, "𠮷小安和Nguyễn", []string{"/Type3", "+Square"}},
		"many of paths": {Fonts{path}, "共" + string(many) + "字", []string{"/Type3"}},
	} {
		doc := document.Document{Title: "信", Date: "2026-10-08T09:00:00+08:00", Author: "甲",
			Blocks: []document.Block{document.Paragraph{Spans: []document.Span{{Text: c.text}}}}}
		var first, second bytes.Buffer
		if _, err := c.fonts.Document(&first, doc, nil); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := c.fonts.Document(&second, doc, nil); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: other bytes the second time (%v)", name, err)
		}
		for _, s := range c.has {
			if !bytes.Contains(first.Bytes(), []byte(s)) {
				t.Errorf("%s: the file has no font %s", name, s)
			}
		}
		var missing *MissingGlyphError
		if _, err := Fonts(nil).Document(&second, doc, nil); !errors.As(err, &missing) {
			t.Errorf("%s: without the font: %v", name, err)
		}
		if _, err := exec.LookPath("pdftotext"); err != nil {
			if os.Getenv("JUZHENG_REQUIRE_TOOLS") != "" {
				t.Error("pdftotext is not installed")
			}
			continue
		}
		at := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(at, first.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("pdftotext", at, "-").Output()
		if got := strings.Join(strings.Fields(string(out)), ""); err != nil || !strings.Contains(got, c.text) {
			t.Errorf("%s: reads back as %s (%v)", name, got, err)
		}
	}
}

// Of a collection the face for simplified Chinese is taken; what may not be embedded is
// not; what is no font is an error.
func TestReadFallback(t *testing.T) {
	rare := []rune("𠮷")
	font, err := ReadFallback("c.ttc", sfnttest.Collection(sfnttest.Font{Name: "Some JP", Runes: rare},
		sfnttest.Font{Name: "Some SC", Runes: rare}, sfnttest.Font{Name: "Some TC", Runes: rare}))
	if err != nil || font.Name != "Some SC" || !font.Has('𠮷') || font.Has('你') || len(font.SHA256) != 64 {
		t.Errorf("%+v, %v", font, err)
	}
	if _, err := ReadFallback("r.ttf", sfnttest.Font{Name: "R", Runes: rare, Type: 2}.Bytes()); !errors.Is(err,
		ErrNotEmbeddable) {
		t.Errorf("a font that may not be embedded: %v", err)
	}
	if _, err := ReadFallback("x", []byte("no font at all")); err == nil {
		t.Error("a text is taken for a font")
	}
}
