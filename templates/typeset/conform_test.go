package typeset

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// A readFile is a PDF as the properties of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO
// 14289-1) are asked of it: its objects, with streams inflated but for pictures. It is
// read by code of its own, beside what other programs say of the file.
type readFile struct {
	head, trailer []byte
	objects       map[int]object
	root          int
}

func readObjects(pdf []byte) (*readFile, error) {
	objects, root, err := parsePDF(pdf)
	if err != nil {
		return nil, err
	}
	for n, o := range objects {
		if o.stream == nil || !bytes.Contains(o.dict, []byte("/FlateDecode")) || bytes.Contains(o.dict, []byte("/Image")) {
			continue
		}
		in, err := zlib.NewReader(bytes.NewReader(o.stream))
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", n, err)
		}
		if o.stream, err = io.ReadAll(in); err != nil {
			return nil, fmt.Errorf("object %d: %w", n, err)
		}
		objects[n] = o
	}
	return &readFile{head: pdf[:min(len(pdf), 20)], trailer: pdf[bytes.LastIndex(pdf, []byte("trailer")):],
		objects: objects, root: root}, nil
}

func (f *readFile) clone() *readFile {
	c := *f
	c.objects = maps.Clone(f.objects)
	return &c
}

func (f *readFile) dict(n int) string { return string(f.objects[n].dict) }

// all are the objects whose dictionary has some words.
func (f *readFile) all(words string) []int {
	var out []int
	for _, n := range keys(f.objects) {
		if strings.Contains(f.dict(n), words) {
			out = append(out, n)
		}
	}
	return out
}

// ref is the object an entry of a dictionary refers to; 0: none.
func ref(dict, key string) int {
	if m := regexp.MustCompile(`/` + key + ` (\d+) 0 R`).FindStringSubmatch(dict); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

func refs(s string) []int {
	var out []int
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	return out
}

// text is a hex string of UTF-16 behind a key; empty: there is none.
func hexText(dict, key string) string {
	m := regexp.MustCompile(`/` + key + ` <FEFF([0-9A-F]*)>`).FindStringSubmatch(dict)
	if m == nil {
		return ""
	}
	b, _ := hex.DecodeString(m[1])
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}

func (f *readFile) pages() []int {
	return refs(f.dict(ref(f.dict(f.root), "Pages"))[strings.Index(f.dict(ref(f.dict(f.root), "Pages")), "/Kids"):])
}

// standardKinds are the structure types of ISO 32000-1, 14.8.4, that our papers use.
var standardKinds = strings.Fields("Document Part H1 H2 H3 P L LI LBody Table TR TH TD Figure Link")

// problems are what is missing of both standards, one line each.
func (f *readFile) problems() []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	want := func(has bool, what string) {
		if !has {
			say("%s", what)
		}
	}
	catalog := f.dict(f.root)
	xmp := string(f.objects[ref(catalog, "Metadata")].stream)
	info := f.dict(ref(string(f.trailer), "Info"))
	want(bytes.HasPrefix(f.head, []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3")), "no comment of high bytes in the header")
	want(regexp.MustCompile(`/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]`).Match(f.trailer), "no file ID")
	want(strings.Contains(xmp, "<pdfaid:part>2<") && strings.Contains(xmp, "<pdfaid:conformance>A<"),
		"is not called PDF/A-2a")
	want(strings.Contains(xmp, "<pdfuaid:part>1<"), "is not called PDF/UA-1")
	want(strings.Contains(xmp, "<pdfaSchema:prefix>pdfuaid<"), "the name of PDF/UA is not described")
	title := hexText(info, "Title")
	want(title != "" && strings.Contains(xmp, `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`+title+"<"),
		"no title in XMP")
	want(strings.Contains(catalog, "/DisplayDocTitle true"), "readers do not show the title")
	want(strings.Contains(catalog, "/S /GTS_PDFA1") && f.objects[ref(catalog, "DestOutputProfile")].stream != nil,
		"no output intent")
	want(strings.Contains(catalog, "/Lang (zh-CN)"), "no language")
	want(strings.Contains(catalog, "/MarkInfo <</Marked true>>"), "is not called tagged")
	want(strings.Contains(catalog, "/PageLabels <</Nums [0 "), "no page labels")
	for n := range f.objects {
		for _, ban := range []string{"/Encrypt", "/JavaScript", "/AA ", "/EmbeddedFiles", "/SMask", "/Launch"} {
			want(!strings.Contains(f.dict(n), ban), ban+" in the file")
		}
	}
	for _, n := range f.all("/Type /Font ") {
		d := f.dict(n)
		want(regexp.MustCompile(`/BaseFont /[A-Z]{6}\+`).MatchString(d), "a font is not named as a subset")
		if strings.Contains(d, "/Type0") {
			back := f.unicodeOf(n)
			want(len(back) > 0, "a font does not lead back to text")
			for code, r := range back {
				want(r > 0 && r != 0xFEFF && r != 0xFFFE && r != 0xFFFD, "code "+code+" leads back to no character")
			}
		} else {
			want(f.objects[ref(f.dict(ref(d, "FontDescriptor")), "FontFile2")].stream != nil, "a font is not embedded")
		}
	}
	return append(out, f.structure(ref(catalog, "StructTreeRoot"))...)
}

// kidOf is a piece of a page, a link or an element that an element holds.
var kidOf = regexp.MustCompile(`<</Type /MCR /Pg (\d+) 0 R /MCID (\d+)>>|` +
	`<</Type /OBJR /Pg \d+ 0 R /Obj (\d+) 0 R>>|(\d+) 0 R`)

// A piece is marked content of a page.
type piece struct {
	page, mcid int
}

// structure follows the tree of what the paper says, and compares it with what is drawn.
func (f *readFile) structure(tree int) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	top := f.dict(tree)
	if !strings.Contains(top, "/Type /StructTreeRoot") {
		return []string{"no structure tree"}
	}
	byParent := map[int][]int{} // number in the parent tree -> elements
	for _, m := range regexp.MustCompile(`(\d+) (?:\[([^\]]*)\]|(\d+ 0 R))`).FindAllStringSubmatch(
		top[strings.Index(top, "/Nums [")+len("/Nums ["):], -1) {
		n, _ := strconv.Atoi(m[1])
		byParent[n] = refs(m[2] + m[3])
	}
	number := map[int]int{}
	for n, p := range f.pages() {
		number[p] = n
	}
	owner, annots := map[piece]int{}, map[int]int{}
	last := map[int]int{} // of each page: the piece before, in the order of the tree
	heading := 0
	var walk func(n, up int) (kinds []string)
	walk = func(n, up int) []string {
		d := f.dict(n)
		kind := regexp.MustCompile(`/S /(\w+)`).FindStringSubmatch(d)
		if kind == nil || !slices.Contains(standardKinds, kind[1]) || ref(d, "P") != up {
			say("object %d is no element of what holds it: %.60s", n, d)
			return []string{""}
		}
		k := kind[1]
		if h := strings.TrimPrefix(k, "H"); len(k) == 2 && h >= "1" && h <= "6" {
			level := int(h[0] - '0')
			if level > heading+1 {
				say("a heading of level %d follows one of level %d", level, heading)
			}
			heading = level
		}
		if k == figure && (hexText(d, "Alt") == "" || !strings.Contains(d, "/BBox [")) {
			say("a picture has no words or no place")
		}
		if k == "TH" && !strings.Contains(d, "/Scope /Column") {
			say("the head of a column does not say that it is one")
		}
		var kids []string
		objr := false
		for _, m := range kidOf.FindAllStringSubmatch(d[strings.Index(d, "/K ["):], -1) {
			at := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
			switch {
			case m[2] != "":
				p := piece{number[at(1)], at(2)}
				if before, met := last[p.page]; met && p.mcid <= before {
					say("page %d: piece %d is read after %d", p.page+1, p.mcid, before)
				}
				last[p.page], owner[p] = p.mcid, n
			case m[3] != "":
				annots[at(3)], objr = n, true
			default:
				kids = append(kids, walk(at(4), n)...)
			}
		}
		switch {
		case k == linked && !objr:
			say("the element of a link holds none")
		case k == "L" && (len(kids) == 0 || slices.ContainsFunc(kids, func(s string) bool { return s != "LI" })):
			say("a list holds %v", kids)
		case k == "LI" && (!slices.Equal(kids, []string{"LBody"}) || !strings.Contains(f.dict(up), "/S /L ")):
			say("an item holds %v, or is of no list", kids)
		case k == "LBody" && !strings.Contains(f.dict(up), "/S /LI "):
			say("what an item says is in none")
		case k == "TR":
			return []string{"TR " + strings.Join(kids, " ")}
		case k == "Table":
			for i, row := range kids {
				cells := strings.Fields(row)
				cell := map[bool]string{true: "TH", false: "TD"}[i == 0]
				if len(cells) != len(strings.Fields(kids[0])) || !strings.HasPrefix(row, "TR ") ||
					slices.ContainsFunc(cells[min(1, len(cells)):], func(s string) bool { return s != cell }) {
					say("row %d of a table is %s", i+1, row)
				}
			}
			if len(kids) < 1 {
				say("a table has no rows")
			}
		case up == tree && k != "Document":
			say("the paper is no document")
		}
		return []string{k}
	}
	for _, n := range refs(top[strings.Index(top, "/K [") : strings.Index(top, "]")+1]) {
		walk(n, tree)
	}
	for i, p := range f.pages() {
		d := f.dict(p)
		at := regexp.MustCompile(`/StructParents (\d+)`).FindStringSubmatch(d)
		if at == nil || !strings.Contains(d, "/Tabs /S") {
			say("page %d has no number in the tree or no order of its links", i+1)
			continue
		}
		n, _ := strconv.Atoi(at[1])
		pieces, bad := f.marked(p)
		out = append(out, bad...)
		if len(byParent[n]) != len(pieces) {
			say("page %d has %d pieces, the tree knows %d", i+1, len(pieces), len(byParent[n]))
		}
		for mcid, el := range byParent[n] {
			if owner[piece{i, mcid}] != el {
				say("page %d: piece %d is of another element", i+1, mcid)
			} else if mcid < len(pieces) && !strings.Contains(f.dict(el), "/S /"+pieces[mcid]+" ") {
				say("page %d: piece %d is marked as %s", i+1, mcid, pieces[mcid])
			}
		}
	}
	for _, n := range f.all("/Type /Annot") {
		d := f.dict(n)
		at := regexp.MustCompile(`/StructParent (\d+)`).FindStringSubmatch(d)
		if at == nil || !strings.Contains(d, "/F 4 ") || hexText(d, "Contents") == "" {
			say("a link has no words, is not printed or has no number in the tree: %.80s", d)
			continue
		}
		k, _ := strconv.Atoi(at[1])
		if el := byParent[k]; len(el) != 1 || annots[n] != el[0] {
			say("link %d is of no element", n)
		}
	}
	return out
}

// marked reads what a page draws: the kinds of its pieces in order, and what is drawn
// outside of one or says something else than what is drawn.
func (f *readFile) marked(page int) (kinds, bad []string) {
	content := string(f.objects[ref(f.dict(page), "Contents")].stream)
	back := map[string]map[string]rune{}
	for _, m := range regexp.MustCompile(`/(F\w+) (\d+) 0 R`).FindAllStringSubmatch(f.fontsOf(page), -1) {
		n, _ := strconv.Atoi(m[2])
		back[m[1]] = f.unicodeOf(n)
	}
	type mark struct{ tag, actual, drawn string }
	var stack []mark
	font := ""
	for _, line := range strings.Split(content, "\n") {
		switch {
		case line == "EMC":
			if len(stack) == 0 {
				return kinds, append(bad, "a mark ends that did not begin")
			}
			end := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if end.actual != "" && end.actual != end.drawn {
				bad = append(bad, fmt.Sprintf("%q is drawn and said to be %q", end.drawn, end.actual))
			}
			continue
		case strings.HasSuffix(line, " BDC"), strings.HasSuffix(line, " BMC"):
			m := mark{tag: strings.TrimPrefix(strings.Fields(line)[0], "/"), actual: hexText(line, "ActualText")}
			if mcid := regexp.MustCompile(`/MCID (\d+)`).FindStringSubmatch(line); mcid != nil {
				if mcid[1] != fmt.Sprint(len(kinds)) || len(stack) > 0 {
					bad = append(bad, "a piece has the number of another, or stands in one")
				}
				kinds = append(kinds, m.tag)
			} else if m.tag != "Artifact" && len(stack) == 0 {
				bad = append(bad, "marked as neither said nor ornament: "+line)
			}
			stack = append(stack, m)
			continue
		}
		words := strings.Fields(line)
		drawn := false
		for i, w := range words {
			switch w {
			case "Tf":
				font = strings.TrimPrefix(words[i-2], "/")
			case "Tj":
				drawn = true
				codes := strings.Trim(words[i-1], "<>")
				for len(codes) >= 4 && len(stack) > 0 {
					stack[len(stack)-1].drawn += string(back[font][codes[:4]])
					codes = codes[4:]
				}
			case "S", "f", "Do", "B":
				drawn = true
			}
		}
		if drawn && len(stack) == 0 {
			bad = append(bad, "drawn outside of any mark: "+line)
		}
		n := len(stack)
		if m := spread.FindStringSubmatch(line); m != nil && n > 0 && stack[0].tag != "Artifact" && stack[n-1].actual == "" {
			bad = append(bad, "words are spread, and do not say what they are together: "+line)
		}
	}
	if len(stack) > 0 {
		bad = append(bad, "a mark does not end on its page")
	}
	return kinds, bad
}

// spread is a run whose characters are set apart, which readers may take for blanks.
var spread = regexp.MustCompile(` (?:0\.0*[1-9]\d*|[1-9]\d*\.\d+) Tc `)

// fontsOf is the dictionary of the fonts of a page.
func (f *readFile) fontsOf(page int) string {
	d := f.dict(page)
	if n := ref(d, "Resources"); n > 0 {
		d = f.dict(n)
	}
	if at := strings.Index(d, "/Font <<"); at >= 0 {
		return d[at : at+strings.Index(d[at:], ">>")]
	}
	return ""
}

// unicodeOf leads the codes of a font back to text.
func (f *readFile) unicodeOf(font int) map[string]rune {
	out := map[string]rune{}
	for _, m := range regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]+)>\n`).FindAllStringSubmatch(
		string(f.objects[ref(f.dict(font), "ToUnicode")].stream), -1) {
		for _, r := range hexText("/X <FEFF"+m[2]+">", "X") {
			out[m[1]] = r
		}
	}
	return out
}
