package bag

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"juzheng/evidence/lazyregexp"
)

// declaration is the bagit.txt this program writes.
const declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

// The two lines of bagit.txt, RFC 8493, 2.1.1: one space after each colon.
var (
	versionLine  = lazyregexp.New(`^BagIt-Version: ([0-9]{1,4})\.([0-9]{1,4})$`)
	encodingLine = lazyregexp.New(`^Tag-File-Character-Encoding: ([!-~]+)$`)
)

// A bagDeclaration is what bagit.txt says.
type bagDeclaration struct {
	major, minor int
	encoding     string
}

func (d bagDeclaration) String() string {
	return strconv.Itoa(d.major) + "." + strconv.Itoa(d.minor)
}

// before1 reports the drafts, which are read more leniently.
func (d bagDeclaration) before1() bool { return d.major == 0 }

// known reports the versions there are: the drafts 0.93 to 0.97, and 1.0.
func (d bagDeclaration) known() bool {
	return d.major == 1 && d.minor == 0 || d.major == 0 && d.minor >= 93 && d.minor <= 97
}

// parseDeclaration reads bagit.txt. Extra reports further empty lines; any
// other deviation makes ok false.
func parseDeclaration(text []byte) (d bagDeclaration, extra, ok bool) {
	var lines [][]byte
	for n, l := range numberedLines(text) {
		if lines = append(lines, l); n > 100 {
			return d, false, false
		}
	}
	if len(lines) < 2 {
		return d, false, false
	}
	version := versionLine.FindSubmatch(lines[0])
	enc := encodingLine.FindSubmatch(lines[1])
	if version == nil || enc == nil {
		return d, false, false
	}
	for _, l := range lines[2:] {
		if len(l) > 0 {
			return d, false, false
		}
		extra = true
	}
	d.major, _ = strconv.Atoi(string(version[1])) // at most four digits
	d.minor, _ = strconv.Atoi(string(version[2]))
	d.encoding = string(enc[1])
	return d, extra, true
}

// decoder returns what brings tag files in the declared encoding into UTF-8;
// nil for UTF-8 itself.
func (d bagDeclaration) decoder() (encoding.Encoding, bool) {
	switch strings.ToUpper(strings.ReplaceAll(d.encoding, "_", "-")) {
	case "UTF-8", "UTF8", "US-ASCII", "ASCII":
		return nil, true
	case "UTF-16":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	case "UTF-16BE":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), true
	case "UTF-16LE":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	case "UTF-32":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), true
	case "UTF-32BE":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), true
	case "UTF-32LE":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), true
	}
	if enc, err := ianaindex.IANA.Encoding(d.encoding); err == nil && enc != nil {
		return enc, true
	}
	// The registry knows GB2312, but only the browsers' list has a reader.
	enc, err := htmlindex.Get(d.encoding)
	return enc, err == nil && enc != encoding.Replacement
}

var utf8BOM = []byte("\xef\xbb\xbf")

// decodeTag brings the text of a tag file into UTF-8 without a BOM. A file
// that is not in the declared encoding is left as it is, and as is false: many
// writers put their manifests down in UTF-8 whatever they declare.
func decodeTag(raw []byte, enc encoding.Encoding) (text []byte, bom, as bool) {
	as = true
	switch {
	case enc == nil:
		as = utf8.Valid(raw)
	case !plainASCII(raw): // lines in UTF-16 have NUL bytes; plain ASCII is what it seems to be
		decoded, err := enc.NewDecoder().Bytes(raw)
		if as = err == nil && !bytes.Contains(decoded, []byte("\uFFFD")); as {
			raw = decoded
		}
	}
	text, bom = bytes.CutPrefix(raw, utf8BOM)
	return text, bom, as
}

// decoded is the text of a tag file as UTF-8; how it departs from what
// bagit.txt declares is reported.
func (c *check) decoded(name string, raw []byte) []byte {
	enc, _ := c.decl.decoder()
	text, bom, as := decodeTag(raw, enc)
	if bom {
		c.add("W-BOM", name)
	}
	if !as {
		c.add("W-ENCODING", name, c.decl.encoding)
	}
	return text
}

func plainASCII(raw []byte) bool {
	for _, b := range raw {
		if b == 0 || b >= 0x80 {
			return false
		}
	}
	return true
}

// An infoField is one element of bag-info.txt.
type infoField struct {
	n          int
	key, value string
	loose      bool // blanks other than the one behind the colon
}

// maxInfoLines is how many lines of bag-info.txt are read.
const maxInfoLines = 10_000

// parseInfo reads bag-info.txt: "Label: value", continued on lines that begin
// with space or tab (RFC 8493, 2.2.2). Bad lists the lines that are neither;
// the last of them may stand for all that follow.
func parseInfo(text []byte, maxLine int) (fields []infoField, bad []int) {
	for n, raw := range numberedLines(text) {
		if n > maxInfoLines {
			return fields, append(bad, n)
		}
		s := string(raw)
		if len(s) > maxLine {
			bad = append(bad, n)
			continue
		}
		if s == "" {
			continue
		}
		if s[0] == ' ' || s[0] == '\t' {
			if len(fields) == 0 || len(fields[len(fields)-1].value) > maxLine {
				bad = append(bad, n)
				continue
			}
			last := &fields[len(fields)-1]
			last.value = strings.TrimLeft(last.value+" "+strings.Trim(s, " \t"), " ")
			continue
		}
		key, value, ok := strings.Cut(s, ":")
		if !ok || strings.Trim(key, " \t") == "" {
			bad = append(bad, n)
			continue
		}
		f := infoField{n: n, key: strings.Trim(key, " \t"), value: strings.Trim(value, " \t")}
		f.loose = f.key != key || len(value)-len(strings.TrimLeft(value, " \t")) != 1
		fields = append(fields, f)
	}
	return fields, bad
}

// infoValues returns the values of a label; labels are compared without case.
func infoValues(fields []infoField, key string) []string {
	var out []string
	for _, f := range fields {
		if strings.EqualFold(f.key, key) {
			out = append(out, f.value)
		}
	}
	return out
}

func infoValue(fields []infoField, key string) string {
	if v := infoValues(fields, key); len(v) > 0 {
		return v[0]
	}
	return ""
}

// parseOxum reads Payload-Oxum, "bytes.files".
func parseOxum(s string) (bytes, files uint64, ok bool) {
	b, f, found := strings.Cut(s, ".")
	if !found || !decimal(b) || !decimal(f) {
		return 0, 0, false
	}
	bytes, err1 := strconv.ParseUint(b, 10, 64)
	files, err2 := strconv.ParseUint(f, 10, 64)
	return bytes, files, err1 == nil && err2 == nil
}

func decimal(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
