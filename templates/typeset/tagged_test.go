package typeset

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// everyBlock is a set of papers with each kind of block, links, a table that runs over
// pages, one in columns of rows, empty cells, pictures, tall ones among them.
func everyBlock(t *testing.T, copies int) []byte {
	t.Helper()
	cell := func(s string) document.Cell { return document.Cell{{Text: s}} }
	long := document.Table{Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
	for range 60 {
		long.Rows = append(long.Rows, []document.Cell{cell("2026年9月3日"), cell("")})
	}
	abreast := long
	abreast.Small, abreast.Abreast = true, 2
	letter := document.Document{Title: "举报书", Author: "林晓安", Date: "2026-10-08T12:00:00+08:00", Mark: "草稿",
		Blocks: []document.Block{document.Title{Text: "举报书"}, document.Heading{Level: 2, Text: "（一）先是第二级"},
			document.Paragraph{Indent: true, Spans: []document.Span{{Text: "2026年9月3日，见证据2，第"}, {Exhibit: "E002"},
				{Text: "页；别处的证据9（"}, {Exhibit: "E009"}, {Text: "）。" + strings.Repeat("夜里22时47分来电。", 20)}}},
			document.Item{Label: "1.", Spans: []document.Span{{Text: "请求"}}}, document.Item{Label: "2.", Hang: true,
				Spans: []document.Span{{Text: "请求"}}},
			document.Fields{Rows: []document.Field{{Label: "姓名", Value: "林晓安"}}}, long,
			document.Paragraph{Spans: []document.Span{{Text: strings.Repeat("＿", 36)}}},
			document.Chart{Title: "来电", Series: []string{"接通"}, Bars: []document.Bar{{Label: "9.1", Values: []int{3}}},
				Limit: 2, Line: "两次", Method: "按日计。"},
			document.Keep{Blocks: []document.Block{document.Addressee{Name: "某局"},
				document.Signature{Label: "举报人（签名）"}}},
			document.Keep{Blocks: []document.Block{document.Code{Payload: "JUZHENG1", Lines: []string{"证据码"}}}}}}
	book := sampleBook(3)
	book.Blocks = append(book.Blocks, abreast)
	book.Exhibits[1].Image = nil
	book.Exhibits[1].Body = []document.Block{document.Waveform{Seconds: 60, Caption: "波形。", Peaks: []float64{0.1, 0.5}}}
	var out bytes.Buffer
	if _, _, err := Fonts(nil).PrintSet(&out, Set{Front: []document.Document{letter}, Book: book, Copies: copies,
		Duplex: true}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is set has the properties of PDF/A-2a and PDF/UA-1 that a program can tell. Whether
// the words for pictures are good, and the order in which a page is read, wants a person.
func TestWhatIsSetIsTagged(t *testing.T) {
	var letter, envelope bytes.Buffer
	if _, err := Fonts(nil).Document(&letter, sample(3), nil); err != nil {
		t.Fatal(err)
	}
	err := Fonts(nil).Envelope(&envelope, document.Envelope{Code: "DL", Width: 220, Height: 110,
		Date: "2026-10-08T12:00:00+08:00", To: document.Address{Name: "某局", Lines: []string{"杭州市"}},
		From: document.Address{Name: "林晓安"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, pdf := range map[string][]byte{"a set": everyBlock(t, 1), "two copies": everyBlock(t, 2),
		"a letter": letter.Bytes(), "a book": renderBook(t, 4), "an envelope": envelope.Bytes()} {
		f, err := readObjects(pdf)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, s := range f.problems() {
			t.Errorf("%s: %s", name, s)
		}
	}
}

// Each property taken away is missed: what the test above says is worth something.
func TestEachPropertyIsMissed(t *testing.T) {
	whole, err := readObjects(everyBlock(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	drawn := func(f *readFile) []int { // objects of what pages draw
		var out []int
		for _, p := range f.pages() {
			out = append(out, ref(f.dict(p), "Contents"))
		}
		return out
	}
	in := func(of func(*readFile) []int, pattern, with string) func(*readFile) bool {
		re := regexp.MustCompile(pattern)
		return func(f *readFile) bool {
			for _, n := range of(f) {
				o := f.objects[n]
				if re.Match(o.stream) {
					at := re.FindIndex(o.stream)
					o.stream = bytes.Join([][]byte{o.stream[:at[0]], []byte(with), o.stream[at[1]:]}, nil)
					f.objects[n] = o
					return true
				}
			}
			return false
		}
	}
	dict := func(pattern, with string) func(*readFile) bool {
		re := regexp.MustCompile(pattern)
		return func(f *readFile) bool {
			for _, n := range keys(f.objects) {
				o := f.objects[n]
				if at := re.FindIndex(o.dict); at != nil {
					o.dict = bytes.Join([][]byte{o.dict[:at[0]], []byte(with), o.dict[at[1]:]}, nil)
					f.objects[n] = o
					return true
				}
			}
			return false
		}
	}
	metadata := func(f *readFile) []int { return []int{ref(f.dict(f.root), "Metadata")} }
	fonts := func(f *readFile) (out []int) {
		for _, n := range f.all("/Type0") {
			out = append(out, ref(f.dict(n), "ToUnicode"))
		}
		return out
	}
	for name, take := range map[string]func(*readFile) bool{
		"the comment of the header": func(f *readFile) bool { f.head = []byte("%PDF-1.7\n"); return true },
		"the ID": func(f *readFile) bool {
			f.trailer = bytes.Replace(f.trailer, []byte("/ID"), []byte("/IX"), 1)
			return true
		},
		"that it is PDF/A":                in(metadata, `<pdfaid:part>2<`, "<pdfaid:part>3<"),
		"its level":                       in(metadata, `<pdfaid:conformance>A<`, "<pdfaid:conformance>U<"),
		"that it is PDF/UA":               in(metadata, `<pdfuaid:part>1<`, "<x>1<"),
		"the schema of PDF/UA":            in(metadata, `<pdfaSchema:prefix>pdfuaid<`, "<x>pdfuaid<"),
		"the title in XMP":                in(metadata, `<dc:title>`, "<dc:titel>"),
		"the title of the file":           dict(`/Title <FEFF[0-9A-F]+> /Author`, "/Author"),
		"that the title is shown":         dict(`/DisplayDocTitle true`, "/DisplayDocTitle false"),
		"the output intent":               dict(`/S /GTS_PDFA1`, "/S /GTS_X"),
		"the language":                    dict(`/Lang \(zh-CN\)`, ""),
		"that it is tagged":               dict(`/MarkInfo <</Marked true>>`, ""),
		"the structure tree":              dict(`/StructTreeRoot \d+ 0 R`, ""),
		"the page labels":                 dict(`/PageLabels <<`, "/PageX <<"),
		"the font's tag":                  dict(`/BaseFont /[A-Z]{6}\+`, "/BaseFont /"),
		"the font's program":              dict(`/FontFile2 \d+ 0 R`, ""),
		"the font's way back to text":     dict(`/ToUnicode \d+ 0 R`, ""),
		"one character's way back":        in(fonts, `<0010> <[0-9A-F]+>`, "<0010> <FFFE>"),
		"that nothing is hidden in it":    dict(`/Type /Catalog`, "/Type /Catalog /JavaScript 1"),
		"the page's number in the tree":   dict(`/StructParents 0 `, ""),
		"the order of its links":          dict(`/Tabs /S`, ""),
		"an element in the parent tree":   dict(`/Nums \[0 \[\d+ 0 R`, "/Nums [0 ["),
		"the parent of an element":        dict(`/S /P /P \d+ 0 R`, "/S /P /P 1 0 R"),
		"a known kind":                    dict(`/S /P /P`, "/S /Absatz /P"),
		"the document":                    dict(`/S /Document`, "/S /Part"),
		"the level of a heading":          dict(`/S /H2`, "/S /H3"),
		"the first heading":               dict(`/S /H1 `, "/S /P "),
		"the words of a picture":          dict(`/Alt <FEFF`, "/Alx <FEFF"),
		"the place of a picture":          dict(`/BBox \[`, "/BX ["),
		"the scope of a head":             dict(`/Scope /Column`, ""),
		"a head":                          dict(`/S /TH `, "/S /TD "),
		"a cell":                          dict(`(/S /TR /P \d+ 0 R /K \[)\d+ 0 R `, "/S /TR /P 1 0 R /K ["),
		"a row":                           dict(`/S /TR `, "/S /P "),
		"a list":                          dict(`/S /L `, "/S /P "),
		"an item of a list":               dict(`/S /LI `, "/S /P "),
		"what an item says":               dict(`/S /LBody `, "/S /P "),
		"a piece of an element":           dict(`<</Type /MCR /Pg \d+ 0 R /MCID \d+>>`, ""),
		"the order of reading":            dict(`/MCID 1>>`, "/MCID 0>>"),
		"the link in its element":         dict(`<</Type /OBJR /Pg \d+ 0 R /Obj \d+ 0 R>>`, ""),
		"the words of a link":             dict(`/Contents <FEFF[0-9A-F]+>`, ""),
		"that a link is printed":          dict(`/Subtype /Link /F 4 `, "/Subtype /Link "),
		"a link's number in the tree":     dict(`/StructParent \d+>>`, ">>"),
		"a mark around words":             in(drawn, `/\w+ <</MCID 1>> BDC\n`, ""),
		"a mark around a rule":            in(drawn, `/Artifact BMC\n`, ""),
		"the kind of a mark":              in(drawn, `/H1 <</MCID 0>> BDC`, "/P <</MCID 0>> BDC"),
		"the number of a mark":            in(drawn, `/MCID 2>>`, "/MCID 1>>"),
		"the end of a mark":               in(drawn, `EMC\n`, ""),
		"what words in pieces are":        in(drawn, `/Span <</ActualText <FEFF[0-9A-F]+>>> BDC`, "/Span <</X 1>> BDC"),
		"what they are, by one character": in(drawn, `/ActualText <FEFF....`, "/ActualText <FEFF0041"),
	} {
		f := whole.clone()
		if !take(f) {
			t.Errorf("%s: not found, so it was not taken away", name)
			continue
		}
		if len(f.problems()) == 0 {
			t.Errorf("%s was taken away and is not missed", name)
		}
	}
}

// What is read of a page is what it says: no blanks between a number and its word, nor
// before and behind what leads to a page.
func TestExtractionHasNoStrayBlanks(t *testing.T) {
	words := "2026年9月3日22时47分，对方用0571-00000101来电3次，"
	d := document.Document{Title: "举报书", Date: "2026-10-08T12:00:00+08:00", Blocks: []document.Block{
		document.Paragraph{Indent: true, Spans: []document.Span{{Text: strings.Repeat(words, 9) + "（证据10，第"},
			{Exhibit: "E010"}, {Text: "页）"}}}}}
	var out bytes.Buffer
	if _, err := Fonts(nil).Document(&out, d, map[string]int{"E010": 10}); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(extract(t, out.Bytes()), "\n", "")
	if want := strings.Repeat(words, 9) + "（证据10，第10页）"; !strings.Contains(text, want) {
		t.Errorf("got %s", text)
	}
}
