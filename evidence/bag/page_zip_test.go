package bag

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestPageZip(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		b := newPageBag(t)
		br.open()
		br.choose("zip", b.zip(t, method))
		checkPage(t, b, br.result(), "within-itself", nil, nil)
	}
	flipped := newPageBag(t)
	flipped.flip("data/E001.png", 100)
	br.open()
	br.choose("zip", flipped.zip(t, zip.Deflate))
	checkPage(t, flipped, br.result(), "altered", map[string]string{"data/E001.png": "modified"},
		[]string{"E-FILE-MODIFIED data/E001.png"})

	good, err := os.ReadFile(newPageBag(t).zip(t, zip.Store))
	if err != nil {
		t.Fatal(err)
	}
	directory := bytes.Index(good, []byte("PK\x01\x02"))
	for _, c := range []struct {
		name   string
		change func(p []byte) []byte
		code   string
	}{
		{"a piece.zip.001", func(p []byte) []byte { return p[:len(p)/2] }, "E-PACKED"},
		{"second zip appended", func(p []byte) []byte { return append(p, p...) }, "E-ZIP-GAP"},
		{"bytes in front", func(p []byte) []byte { return append([]byte("junk"), p...) }, "E-ZIP-GAP"},
		{"bytes behind", func(p []byte) []byte { return append(p, "junk"...) }, "E-ZIP-END"},
		{"cut short", func(p []byte) []byte { return p[:len(p)-30] }, "E-ZIP-CUT"},
		{"two names", func(p []byte) []byte {
			copy(p[bytes.Index(p, []byte("JZ-TEST/bagit.txt")):], "JZ-TEST/bagix.txt")
			return p
		}, "E-ZIP-HEADERS"},
		{"encrypted", func(p []byte) []byte { p[directory+8] |= 1; return p }, "E-ZIP-HEADERS"},
		{"other method", func(p []byte) []byte { p[directory+10] = 14; return p }, "E-ZIP-HEADERS"},
		{"symbolic link", func(p []byte) []byte {
			p[directory+5] = 3
			p[directory+41] = 0xa0
			return p
		}, "E-ZIP-TYPE"},
		{"slip", func(p []byte) []byte { return bytes.ReplaceAll(p, []byte("data/E003.txt"), []byte("../../003.txt")) },
			"E-ZIP-NAME"},
		{"name twice", func(p []byte) []byte {
			return bytes.ReplaceAll(p, []byte("data/E003.txt"),
				[]byte("data/e005.txt"))
		}, "E-ZIP-DUPLICATE"},
	} {
		name := filepath.Join(t.TempDir(), "x.zip")
		if filepath.Ext(c.name) != "" {
			name = filepath.Join(t.TempDir(), c.name)
		}
		if err := os.WriteFile(name, c.change(bytes.Clone(good)), 0o644); err != nil {
			t.Fatal(err)
		}
		br.open()
		br.choose("zip", name)
		if r := br.result(); r.Verdict != "not-checked" || r.Code != c.code {
			t.Errorf("%s: %v, want a refusal with %s", c.name, r, c.code)
		}
	}
}
