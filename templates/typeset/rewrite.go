package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// An object is an indirect object of a PDF file; stream is nil if it has none.
type object struct {
	dict    []byte
	stream  []byte
	deflate bool // the stream is written compressed
}

var errGofpdf = errors.New("unexpected form of gofpdf's file")

// rewrite turns gofpdf's file into PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): the tree
// of what it says, objects in walk
// order from the catalogue, so that equal input gives equal bytes; file ID,
// XMP metadata, output intent, language; the fonts, which gofpdf never saw;
// printable link annotations.
func (l *layouter) rewrite(f *pdfFile, data []byte, drawn []subset, tags *tagger, in info) error {
	objects, root, err := parsePDF(data)
	if err != nil {
		return err
	}
	next := slices.Max(keys(objects)) + 1
	add := func(o object) int {
		objects[next] = o
		next++
		return next - 1
	}
	l.mendOutline(objects)
	fonts, err := l.embedFonts(add, drawn)
	if err != nil {
		return err
	}
	if err := l.mendResources(objects, fonts); err != nil {
		return err
	}
	tagged, err := l.tagPages(objects, add, tags)
	if err != nil {
		return err
	}
	metadata := add(object{dict: []byte("<</Type /Metadata /Subtype /XML>>"), stream: in.xmp()})
	profile := add(object{dict: []byte("<</N 3>>"), stream: srgbProfile()})
	infoID := add(object{dict: in.dict()})
	catalog := objects[root]
	catalog.dict = emptyNames.ReplaceAll(catalog.dict, nil)
	catalog.dict = append(bytes.TrimSuffix(bytes.TrimSpace(catalog.dict), []byte(">>")), fmt.Appendf(nil,
		"\n"+tagged+l.pageLabels()+"\n/Metadata %d 0 R\n/OutputIntents "+
			"[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "+
			"/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>]\n/Lang (zh-CN)\n"+
			"/ViewerPreferences <</DisplayDocTitle true>>\n>>",
		metadata, profile)...)
	objects[root] = catalog
	return writeObjects(f, objects, root, infoID)
}

// pageObject is the number of a page in gofpdf's file.
func pageObject(page int) int { return 1 + 2*page }

// tagPages gives each page its links and its number in the tree of what the paper says, and
// returns what the catalogue says of that.
func (l *layouter) tagPages(objects map[int]object, add func(object) int, tags *tagger) (string, error) {
	high := pageHeight
	if l.high > 0 {
		high = l.high
	}
	annots := tags.annotate(add, l.marks, high, pageObject)
	for n := range tags.pieces {
		o := objects[pageObject(n+1)]
		own := fmt.Sprintf("/Type /Page /StructParents %d /Tabs /S", n)
		if all := annots[n+1]; all != nil {
			own += " /Annots ["
			for _, id := range all {
				own += fmt.Sprintf("%d 0 R ", id)
			}
			own += "]"
		}
		if !bytes.Contains(o.dict, []byte("/Type /Page\n")) {
			return "", errGofpdf
		}
		o.dict = bytes.Replace(o.dict, []byte("/Type /Page\n"), []byte(own+"\n"), 1)
		objects[pageObject(n+1)] = o
	}
	return tags.finish(add, objects, pageObject), nil
}

// pageLabels tells readers the printed number of each page.
func (l *layouter) pageLabels() string {
	labels := l.labels
	if labels == nil {
		labels = []pageLabel{{page: 1}}
		if l.volume != "" {
			labels[0].prefix = l.volume + "　"
		}
	}
	var b strings.Builder
	for _, x := range labels {
		fmt.Fprintf(&b, " %d <</S /D", x.page-1)
		if x.prefix != "" {
			b.WriteString(" /P " + utf16Hex(x.prefix))
		}
		b.WriteString(">>")
	}
	return "/PageLabels <</Nums [" + strings.TrimSpace(b.String()) + "]>>"
}

func keys(m map[int]object) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

var (
	lengthKey = lazyregexp.New(`/Length (\d+)`)
	rootOf    = lazyregexp.New(`/Root (\d+) 0 R`)
)

// parsePDF reads the one plain cross-reference table that gofpdf writes.
func parsePDF(data []byte) (map[int]object, int, error) {
	at := bytes.LastIndex(data, []byte("startxref\n"))
	if at < 0 {
		return nil, 0, errGofpdf
	}
	var table, count int
	if _, err := fmt.Sscanf(string(data[at+10:]), "%d", &table); err != nil || table < 0 || table > len(data) {
		return nil, 0, errGofpdf
	}
	if _, err := fmt.Sscanf(string(data[table:]), "xref\n0 %d\n", &count); err != nil {
		return nil, 0, errGofpdf
	}
	entries := data[table+len(fmt.Sprintf("xref\n0 %d\n", count)):]
	objects := map[int]object{}
	for n := 1; n < count; n++ {
		if 20*n+20 > len(entries) {
			return nil, 0, errGofpdf
		}
		offset, err := strconv.Atoi(string(entries[20*n : 20*n+10]))
		head := fmt.Sprintf("%d 0 obj\n", n)
		if err != nil || offset+len(head) > len(data) || string(data[offset:offset+len(head)]) != head {
			return nil, 0, errGofpdf
		}
		o, err := parseObject(data[offset+len(head):])
		if err != nil {
			return nil, 0, err
		}
		objects[n] = o
	}
	m := rootOf.FindSubmatch(data[bytes.LastIndex(data, []byte("trailer")):])
	if m == nil {
		return nil, 0, errGofpdf
	}
	root, _ := strconv.Atoi(string(m[1]))
	return objects, root, nil
}

func parseObject(body []byte) (object, error) {
	end := bytes.Index(body, []byte("endobj"))
	stream := bytes.Index(body, []byte("stream\n"))
	if end < 0 {
		return object{}, errGofpdf
	}
	if stream < 0 || stream > end {
		return object{dict: bytes.TrimSpace(body[:end])}, nil
	}
	o := object{dict: bytes.TrimSpace(body[:stream]), deflate: true} // gofpdf is told to compress nothing
	m := lengthKey.FindSubmatch(o.dict)
	if m == nil {
		return object{}, errGofpdf
	}
	n, _ := strconv.Atoi(string(m[1]))
	if stream+7+n > len(body) {
		return object{}, errGofpdf
	}
	o.stream = body[stream+7 : stream+7+n]
	// The length is written again.
	o.dict = lengthKey.ReplaceAll(o.dict, nil)
	return o, nil
}

// references calls fn with every indirect reference outside strings and
// replaces its object number by what fn returns.
func references(dict []byte, fn func(int) int) []byte {
	var out []byte
	for i := 0; i < len(dict); {
		switch c := dict[i]; {
		case c == '(':
			j := stringEnd(dict, i)
			out = append(out, dict[i:j]...)
			i = j
		case c >= '0' && c <= '9' && (i == 0 || strings.IndexByte(" \n\r\t[<>/(", dict[i-1]) >= 0 && dict[i-1] != '/'):
			j := i
			for j < len(dict) && dict[j] >= '0' && dict[j] <= '9' {
				j++
			}
			if bytes.HasPrefix(dict[j:], []byte(" 0 R")) {
				n, _ := strconv.Atoi(string(dict[i:j]))
				out = strconv.AppendInt(out, int64(fn(n)), 10)
				out = append(out, " 0 R"...)
				j += 4
			} else {
				out = append(out, dict[i:j]...)
			}
			i = j
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// stringEnd is the offset behind the literal string that begins at i.
func stringEnd(dict []byte, i int) int {
	depth := 0
	for ; i < len(dict); i++ {
		switch dict[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(dict)
}

// written is added to the number of an object that stands in the file
// already, to tell it from gofpdf's numbers.
const written = 1 << 30

// writeObjects numbers gofpdf's objects in the order in which they are met
// from the catalogue, after the pictures that are in the file already, and
// writes them.
func writeObjects(f *pdfFile, objects map[int]object, root, infoID int) error {
	base := len(f.offsets)
	number := map[int]int{}
	var order []int
	meet := func(n int) int {
		if n >= written {
			return n - written
		}
		if number[n] == 0 {
			order = append(order, n)
			number[n] = base + len(order)
		}
		return number[n]
	}
	meet(root)
	meet(infoID)
	dicts := map[int][]byte{}
	for i := 0; i < len(order); i++ {
		dicts[order[i]] = references(objects[order[i]].dict, meet)
	}
	for _, n := range order {
		if o := objects[n]; o.stream == nil {
			f.object(dicts[n])
		} else {
			dict := bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(dicts[n]), []byte("<<")),
				[]byte(">>")))
			stream := o.stream
			if o.deflate {
				dict = append(dict, " /Filter /FlateDecode"...)
				stream = deflate(stream)
			}
			f.object(bytes.TrimSpace(dict), stream)
		}
	}
	return f.end(number[root], number[infoID])
}

// embedFonts puts the fonts into the file and returns their entry in a
// dictionary of resources.
func (l *layouter) embedFonts(add func(object) int, drawn []subset) ([]byte, error) {
	fonts := []byte("/Font <<")
	for i, s := range drawn {
		if s.paths {
			all, err := l.fonts.embedPaths(add, i, s)
			if err != nil {
				return nil, err
			}
			for k, n := range all {
				fonts = fmt.Appendf(fonts, "/F%dx%d %d 0 R ", i, k, n)
			}
			continue
		}
		n, err := l.fonts.embed(add, i, s)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			fonts = fmt.Appendf(fonts, "/F%d %d 0 R ", i, n)
		}
	}
	return append(bytes.TrimSpace(fonts), ">>"...), nil
}

// mendResources gives the pages their fonts, and each page that shows pictures
// a dictionary of just those: in gofpdf's file all pages share one, and a page
// taken out of it would take every picture along. Page n is gofpdf's object
// 1+2n.
func (l *layouter) mendResources(objects map[int]object, fonts []byte) error {
	shared := objects[2]
	if fontResources.Find(shared.dict) == nil {
		return errGofpdf
	}
	shared.dict = fontResources.ReplaceAll(shared.dict, fonts)
	objects[2] = shared
	shown := map[int][]int{}
	for _, o := range l.ops {
		if o.kind == imageOp && !slices.Contains(shown[o.page], o.image.pic.object) {
			shown[o.page] = append(shown[o.page], o.image.pic.object)
		}
	}
	for page, pictures := range shown {
		o := objects[pageObject(page)]
		slices.Sort(pictures)
		var names []byte
		for _, n := range pictures {
			names = fmt.Appendf(names, " /Im%d %d 0 R", n, written+n)
		}
		own := fmt.Appendf(nil, "/Resources <<%s /XObject <<%s>>>>", fonts, names)
		if !bytes.Contains(o.dict, []byte("/Resources 2 0 R")) {
			return errGofpdf
		}
		o.dict = bytes.Replace(o.dict, []byte("/Resources 2 0 R"), own, 1)
		objects[pageObject(page)] = o
	}
	return nil
}

var fontResources = lazyregexp.New(`/Font\s*<<[^<>]*>>`)

// mendOutline writes the bookmarks' titles again, because gofpdf's own
// encoder knows no character beyond U+FFFF. Bookmarks stand in its file in the
// order they were set in.
func (l *layouter) mendOutline(objects map[int]object) {
	i := 0
	for _, n := range keys(objects) {
		o := objects[n]
		at := bytes.Index(o.dict, []byte("/Title ("))
		if at < 0 || !bytes.Contains(o.dict, []byte("/Parent")) || i >= len(l.marks) {
			continue
		}
		end := stringEnd(o.dict, at+7)
		o.dict = slices.Concat(o.dict[:at], []byte("/Title "+utf16Hex(l.marks[i].title)), o.dict[end:])
		count := ""
		if below := l.below(i); below > 0 {
			count = fmt.Sprintf("/Count %d", below)
		}
		o.dict = bytes.ReplaceAll(o.dict, []byte("/Count 0"), []byte(count))
		objects[n] = o
		i++
	}
	for _, n := range keys(objects) {
		if o := objects[n]; bytes.Contains(o.dict, []byte("/Type /Outlines")) {
			o.dict = bytes.Replace(o.dict, []byte("/Type /Outlines"),
				fmt.Appendf(nil, "/Type /Outlines /Count %d", len(l.marks)), 1)
			objects[n] = o
		}
	}
}

// below is how many bookmarks stand under the one at i; all are open (ISO
// 32000-1, 12.3.3).
func (l *layouter) below(i int) int {
	n := 0
	for _, m := range l.marks[i+1:] {
		if m.level <= l.marks[i].level {
			break
		}
		n++
	}
	return n
}

// emptyNames is the tree of attached files that gofpdf writes, with none in it.
var emptyNames = lazyregexp.New(`/Names <<\s*/EmbeddedFiles <<\s*/Names \[[\s]*\]\s*>>\s*>>`)
