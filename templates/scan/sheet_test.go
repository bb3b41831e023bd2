package scan

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// scanned is a PDF of one page in a coding.
func scanned(dictionary string, data []byte) File {
	pdf := fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/XObject/Subtype/Image/Width 620/Height 877%s/Length %d>>\n"+
		"stream\r\n%s\r\nendstream\nendobj\ntrailer\n<<>>\n%%%%EOF\n", dictionary, len(data), data)
	return File{Name: "扫描件.pdf", Data: pdf}
}

// The code is read off what an office machine makes in black and white. The pages
// of testdata were coded with the tables of ITU-T T.4 and T.6: 620 by 877 pixels,
// every run written out.
func TestReadCodeOfAFax(t *testing.T) {
	g4, err := os.ReadFile("testdata/page.g4")
	if err != nil {
		t.Fatal(err)
	}
	g3, err := os.ReadFile("testdata/page.g3")
	if err != nil {
		t.Fatal(err)
	}
	const four = "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 620/Rows 877>>"
	for name, c := range map[string]struct {
		dictionary string
		data       []byte
		want       string
	}{
		"Group 4":                     {four, g4, code},
		"Group 4, height of the page": {strings.Replace(four, "/Rows 877", "", 1), g4, code},
		"Group 4, in a list":          {"/Filter[/CCITTFaxDecode]/DecodeParms[<</K -1 /Columns 620>>]", g4, code},
		"Group 3":                     {strings.Replace(four, "-1", "0", 1), g3, code},
		"rows of both kinds":          {strings.Replace(four, "-1", "4", 1), g3, ""},
		"another width":               {strings.Replace(four, "/Columns 620", "/Columns 99999999", 1), g4, ""},
		"no fax at all":               {four, []byte("\x00\x01junk"), ""},
		"cut short":                   {four, g4[:100], ""},
		"JBIG2":                       {"/Filter/JBIG2Decode", g4, ""},
	} {
		p, err := Read([]File{scanned(c.dictionary, c.data)})
		if err != nil || p.Code != c.want || !p.PDF() {
			t.Errorf("%s: code %q, %v", name, p.Code, err)
		}
	}
}
