package desk

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/pdf"
	"juzheng/templates/scan"
)

// A page of the letter that the scan does not have, or that stands at another place, is
// told of; what cannot be drawn keeps nobody from a scan.
func TestScanIsHeldAgainstTheLetter(t *testing.T) {
	pages := map[byte][]byte{}
	for n, at := range map[byte]image.Rectangle{'a': image.Rect(10, 10, 50, 30), 'b': image.Rect(5, 50, 55, 60),
		'c': image.Rect(20, 20, 30, 80)} {
		m := image.NewGray(image.Rect(0, 0, 60, 85))
		for k := range m.Pix {
			m.Pix[k] = 240
		}
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				m.SetGray(x, y, color.Gray{})
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		pages[n] = b.Bytes()
	}
	dir := t.TempDir()
	d := Desk{Tool: "juzheng"}
	if _, err := Init(t.Context(), d, dir+"/case", evidence.Case{}); err != nil {
		t.Fatal(err)
	}
	f, err := d.open(dir + "/case")
	if err != nil {
		t.Fatal(err)
	}
	at := f.Path(folder.PacketDir, "1-平台客服")
	if err := os.MkdirAll(at, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at+"/投诉书.pdf", []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, scan string
		files      []string // one picture a page, in the place of a PDF
		want       string
	}{
		{"as it is", "abc", nil, ""},
		{"a page less", "ac", nil, "[1 3] [2] false"},
		{"turned round", "bac", nil, "[2 1 3] [] true"},
		{"photographs", "", []string{"c", "a"}, "[3 1] [2] true"},
		{"not to be drawn", "x", nil, ""},
	} {
		got := ""
		d := Desk{Tool: "juzheng", Tell: func(n Notice) {
			if o, ok := n.(ScanOrder); ok {
				got = fmt.Sprint(o.Shows, o.Missing, o.Mixed)
			}
		}, Draw: func(_ context.Context, in io.Reader, _ int64, each func(pdf.Page) error) (int, error) {
			data, _ := io.ReadAll(in)
			for n, p := range data {
				if pages[p] == nil {
					return 0, &pdf.Fault{Code: "broken"}
				}
				if err := each(pdf.Page{Number: n + 1, Data: pages[p]}); err != nil {
					return 0, err
				}
			}
			return len(data), nil
		}}
		p := &scan.Paper{Files: []scan.File{{Type: "application/pdf", Data: []byte(c.scan)}}}
		if c.files != nil {
			p.Files = nil
			for _, name := range c.files {
				p.Files = append(p.Files, scan.File{Type: "image/png", Data: pages[name[0]]})
			}
		}
		err := lookAtOrder(t.Context(), d, Dossier{Folder: f}, addressee{role: evidence.ToPlatform, folder: "平台客服"}, p)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}
