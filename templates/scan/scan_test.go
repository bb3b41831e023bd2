package scan

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"rsc.io/qr"
)

const code = "JZ1:01A2258A-EF80-7DFB-81DC-5820C25C5857:" +
	"FFEF28808C219F06170A03314C4D7FCCAAC5C8242FDA616E26E3E97F7B026451"

// page is the last page of a letter at 150 dots an inch, dark grey on light grey;
// without a code where that is empty.
func page(t *testing.T, code string) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 1240, 1754))
	for n := range m.Pix {
		m.Pix[n] = uint8(225 + n*7%13) // paper is not even
	}
	for y := 200; y < 1300; y += 40 { // lines of text
		for x := 120; x < 1120; x++ {
			m.SetGray(x, y+x*5%17, color.Gray{Y: 60})
		}
	}
	if code == "" {
		return m
	}
	q, err := qr.Encode(code, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	const dots = 3
	for y := range q.Size * dots {
		for x := range q.Size * dots {
			if q.Black(x/dots, y/dots) {
				m.SetGray(130+x, 1420+y, color.Gray{Y: 50})
			} else {
				m.SetGray(130+x, 1420+y, color.Gray{Y: 230})
			}
		}
	}
	return m
}

func asJPEG(t *testing.T, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asPDF is what a scanner makes of pages; end is its trailer.
func asPDF(end string, pages ...[]byte) []byte {
	b := []byte("%PDF-1.4\n")
	for n, p := range pages {
		b = fmt.Appendf(b, "%d 0 obj\n<</Type/XObject/Subtype/Image/Filter/DCTDecode/Length "+
			"%d>>stream\r\n%s\nendstream\nendobj\n",
			n+1, len(p), p)
	}
	return append(b, end...)
}

// The code beside the signature is read off whatever a scanner or a phone makes.
func TestReadCode(t *testing.T) {
	last, first := page(t, code), page(t, "")
	turned := image.NewGray(last.Rect)
	for y := range 1754 {
		for x := range 1240 {
			turned.Set(1239-x, 1753-y, last.At(x, y))
		}
	}
	const end = "trailer\n<<>>\n%%EOF\n"
	for name, c := range map[string]struct {
		files [][]byte
		want  string
		pdf   bool
	}{
		"one photograph":            {[][]byte{asJPEG(t, last)}, code, false},
		"a photograph of each page": {[][]byte{asJPEG(t, first), asJPEG(t, last)}, code, false},
		"PNG":                       {[][]byte{asPNG(t, last)}, code, false},
		"upside down":               {[][]byte{asJPEG(t, turned)}, code, false},
		"a scanner's PDF":           {[][]byte{asPDF(end, asJPEG(t, first), asJPEG(t, last))}, code, true},
		"no code":                   {[][]byte{asJPEG(t, first)}, "", false},
		"a PDF of another coding":   {[][]byte{asPDF(end, []byte("not a JPEG"))}, "", true},
	} {
		var files []File
		for n, data := range c.files {
			files = append(files, File{Name: fmt.Sprint(n), Data: data})
		}
		p, err := Read(files)
		if err != nil || p.Code != c.want || p.PDF() != c.pdf || len(p.Files) != len(files) {
			t.Errorf("%s: code %q, PDF %t, %v", name, p.Code, p.PDF(), err)
		}
	}
}

// What cannot be a scan of a signed letter is refused, by its name and with the
// reason.
func TestReadRefuses(t *testing.T) {
	picture := asJPEG(t, page(t, code))
	const end = "trailer\n<<>>\n%%EOF\n"
	for name, c := range map[string]struct {
		files [][]byte
		why   string
	}{
		"text":            {[][]byte{[]byte("明天去打印店")}, "不是 PDF"},
		"nothing":         {[][]byte{nil}, "不是 PDF"},
		"half a picture":  {[][]byte{picture[:len(picture)/2]}, "不完整"},
		"half a PDF":      {[][]byte{asPDF("", picture)}, "不完整"},
		"a locked PDF":    {[][]byte{asPDF("trailer\n<</Encrypt 4 0 R>>\n%%EOF\n", picture)}, "加了密码"},
		"our own":         {[][]byte{asPDF("<pdf:Producer>juzheng</pdf:Producer>"+end, picture)}, "没有签名的那一份"},
		"typed":           {[][]byte{asPDF(end)}, "没有图片"},
		"PDF and picture": {[][]byte{asPDF(end, picture), picture}, "混着给"},
		"two PDFs":        {[][]byte{asPDF(end, picture), asPDF(end, picture)}, "混着给"},
		"HEIC of a phone": {[][]byte{append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1"),
			make([]byte, 200)...)}, "HEIC"},
		"a recording, AMR":  {[][]byte{append([]byte("#!AMR\n"), make([]byte, 320)...)}, "不是 PDF"},
		"the second of two": {[][]byte{picture, []byte("x")}, "不是 PDF"},
	} {
		var files []File
		for n, data := range c.files {
			files = append(files, File{Name: fmt.Sprint(n), Data: data})
		}
		_, err := Read(files)
		var refused *Error
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason.ZH, c.why) || refused.Reason.EN == "" {
			t.Errorf("%s: %v", name, err)
		}
		if name == "the second of two" && (refused == nil || refused.File != "1") {
			t.Errorf("%s: the wrong file is named: %v", name, err)
		}
	}
}
