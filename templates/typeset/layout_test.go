package typeset

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"juzheng/templates/document"
)

var update = flag.Bool("update", false, "write the golden layouts again; their difference is to be looked at")

// everything is a document with every kind of block.
func everything() document.Document {
	d := sample(2)
	chart := document.Chart{Title: "每天的催收来电", Series: []string{"接通", "未接通"}, Limit: 3, Line: "每日接通3次（GB/T 45251—2025）",
		Method: "计算方法：按北京时间的自然日。"}
	for n := range 30 {
		chart.Bars = append(chart.Bars, document.Bar{Label: fmt.Sprintf("9.%d", n+1), Values: []int{n % 6, n % 3},
			Shade: n > 24})
	}
	wave := document.Waveform{Seconds: 3725, Caption: "波形：从左到右为录音时间。"}
	for n := range 300 {
		wave.Peaks = append(wave.Peaks, float64(n%20)/20)
	}
	tail := d.Blocks[len(d.Blocks)-2:]
	d.Blocks = append(d.Blocks[:len(d.Blocks)-2:len(d.Blocks)-2],
		document.Fields{Small: true, Rows: []document.Field{{Label: "SHA-256", Value: strings.Repeat("0123 ", 16)},
			{Label: "说明", Value: "𬭎、𫖯都画得出"}}},
		document.Item{Label: "2.", Hang: true, Spans: []document.Span{{Text: strings.Repeat("悬挂的条目。", 12)}}},
		chart, wave, document.Paragraph{Align: document.Right, Small: true, Spans: []document.Span{{Text: "靠右"}}},
		document.Space{Lines: 2})
	d.Blocks = append(d.Blocks, tail...)
	return d
}

// dump is where each thing stands: page, place, size and text.
func dump(l *layouter) string {
	var b strings.Builder
	for _, o := range l.ops {
		switch o.kind {
		case textOp:
			fmt.Fprintf(&b, "%d %.1f,%.1f %.1f %s\n", o.page, o.x, o.y, o.size, opText(o))
		case imageOp:
			fmt.Fprintf(&b, "%d %.1f,%.1f picture %.1f by %.1f\n", o.page, o.image.x, o.image.y, o.image.w, o.image.h)
		case linkOp:
			fmt.Fprintf(&b, "%d %.1f,%.1f link %s\n", o.page, o.x, o.y, o.exhibit)
		}
	}
	return b.String()
}

// The layout of a document of every kind of block, and of a short letter. A
// change of it is to be looked at on paper.
func TestLayout(t *testing.T) {
	short := sample(0)
	for name, d := range map[string]document.Document{"everything": everything(), "short": short} {
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		l := copyfit(u, d, nil)
		l.footers(l.total(), 0, false)
		if l.err != nil {
			t.Fatal(l.err)
		}
		path := filepath.Join("testdata", name+".layout")
		if *update {
			if err := os.WriteFile(path, []byte(dump(l)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, old := strings.Split(dump(l), "\n"), strings.Split(string(want), "\n")
		for n := range min(len(got), len(old)) {
			if got[n] != old[n] {
				t.Errorf("%s, line %d: got %s, want %s", path, n+1, got[n], old[n])
				break
			}
		}
		if len(got) != len(old) {
			t.Errorf("%s: %d lines, want %d", path, len(got), len(old))
		}
	}
}

// Nothing of a page stands outside it, or over the footer.
func TestNothingLeavesThePage(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 9 {
		d := everything()
		for range n {
			d.Blocks = append([]document.Block{document.Paragraph{Spans: []document.Span{{Text: strings.Repeat("推下去几行，",
				50)}}}}, d.Blocks...)
		}
		l := newLayouter(u, bookArea, d, nil)
		l.blocks(d.Blocks)
		for _, o := range l.ops {
			low, far := o.y, o.x+o.w
			if o.kind != textOp {
				low += o.h
			}
			if o.x < l.left-0.5 || far > pageWidth-l.right+0.5 || o.y < l.top-0.5 || low > pageHeight-l.bottom+0.5 {
				t.Errorf("%d paragraphs before: %d %.1f,%.1f %.1f by %.1f %s", n, o.page, o.x, o.y, o.w, o.h, opText(o))
			}
		}
	}
}

var fontLine = regexp.MustCompile(`(?m)^([A-Z]{6}\+\S+) .*\b(yes|no) (yes|no) (yes|no)\s+\d+\s+0$`)

// Of a file with every kind of block, other programs say what PDF/A-2u asks
// of its fonts, its syntax and its metadata; and its bytes come out the same.
func TestArchivalFile(t *testing.T) {
	d := everything()
	pdf := render(t, d)
	if !bytes.Equal(pdf, render(t, everything())) {
		t.Error("two renderings differ")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool(t, "qpdf"), "--check", path).CombinedOutput(); err != nil ||
		bytes.Contains(out, []byte("WARNING")) {
		t.Errorf("qpdf --check: %v\n%s", err, out)
	}
	out, err := exec.Command(tool(t, "pdffonts"), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	fonts := fontLine.FindAllStringSubmatch(string(out), -1)
	if len(fonts) != strings.Count(string(out), "\n")-2 || len(fonts) == 0 {
		t.Errorf("a font is not named as a subset:\n%s", out)
	}
	for _, f := range fonts {
		if f[2] != "yes" || f[3] != "yes" || f[4] != "yes" {
			t.Errorf("%s: embedded %s, subset %s, Unicode %s", f[1], f[2], f[3], f[4])
		}
	}
	for key, tag := range map[string]string{"Title": "dc:title", "Author": "dc:creator", "Subject": "dc:description"} {
		m := regexp.MustCompile(`/` + key + ` <FEFF([0-9A-F]+)>`).FindSubmatch(pdf)
		x := regexp.MustCompile(`<` + tag + `>.*?<rdf:li[^>]*>([^<]*)</rdf:li>`).FindSubmatch(pdf)
		if m == nil || x == nil || utf16Text(string(m[1])) != string(x[1]) {
			t.Errorf("%s: Info and XMP differ: %s, %s", key, m, x)
		}
	}
	if m := regexp.MustCompile(`<xmp:CreateDate>2026-10-08T04:00:00Z<`).Find(pdf); m == nil ||
		!bytes.Contains(pdf, []byte("/CreationDate (D:20261008040000Z)")) {
		t.Error("the dates of Info and XMP differ")
	}
}

func utf16Text(s string) string {
	b, _ := hex.DecodeString(s)
	var u []uint16
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(u))
}
