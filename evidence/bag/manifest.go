package bag

import (
	"bytes"
	"encoding/hex"
	"iter"
	"sort"
	"strings"
)

// A line is one file of a manifest.
type line struct {
	n       int    // line number from 1
	digest  string // lower-case hex
	path    string // percent-decoded, without the marks of md5sum
	literal string // as written
	faults  []string
}

// What a reader may note about a line. Those in malformed make it unusable.
const (
	lineBlank     = "blank"
	lineMalformed = "malformed" // not DIGEST SPACE PATH
	lineDigest    = "digest"    // not the length of the algorithm
	lineTooLong   = "too-long"
	lineStar      = "star"    // "*data/…", as md5sum -b writes
	lineDotSlash  = "dot"     // "./data/…", as find | md5sum writes
	linePercent   = "percent" // a % that encodes nothing
)

func (l line) usable() bool {
	for _, f := range l.faults {
		switch f {
		case lineBlank, lineMalformed, lineDigest, lineTooLong:
			return false
		}
	}
	return true
}

// numberedLines cuts text at LF, CR and CRLF: RFC 8493, 2.1.3 leaves the choice
// to the writer. bufio.Scanner is not used: it swallows CR and gives up on
// long lines. Lines are numbered from 1.
func numberedLines(text []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for n := 1; len(text) > 0; n++ {
			i := bytes.IndexAny(text, "\r\n")
			if i < 0 {
				yield(n, text)
				return
			}
			if !yield(n, text[:i]) {
				return
			}
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			text = text[i+1:]
		}
	}
}

// parseManifest reads the lines of a payload or tag manifest whose digests
// have digits hexadecimal digits. No name is trimmed: it may end in a space.
// Of more than limit lines it returns limit+1.
func parseManifest(text []byte, digits, maxLine, limit int) []line {
	var out []line
	for n, raw := range numberedLines(text) {
		if len(out) > limit {
			break
		}
		l := line{n: n}
		switch {
		case len(raw) > maxLine:
			l.faults = []string{lineTooLong}
		case len(raw) == 0:
			l.faults = []string{lineBlank}
		default:
			l.parse(string(raw), digits)
		}
		out = append(out, l)
	}
	return out
}

func (l *line) parse(raw string, digits int) {
	n := 0
	for n < len(raw) && isHex(raw[n]) {
		n++
	}
	rest := strings.TrimLeft(raw[n:], " \t")
	if n == 0 || len(rest) == len(raw)-n || rest == "" {
		l.faults = append(l.faults, lineMalformed)
		return
	}
	if n != digits {
		l.faults = append(l.faults, lineDigest)
	}
	l.digest = strings.ToLower(raw[:n])
	l.literal = rest
	if s, ok := strings.CutPrefix(rest, "*"); ok {
		l.faults = append(l.faults, lineStar)
		rest = s
	}
	if s, ok := strings.CutPrefix(rest, "./"); ok {
		l.faults = append(l.faults, lineDotSlash)
		rest = s
	}
	path, lone := percentDecode(rest)
	if lone {
		l.faults = append(l.faults, linePercent)
	}
	l.path = path
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// percentDecode undoes the encoding of RFC 8493, 2.1.3: LF, CR and % only.
// Any other % stands for itself, as in bags of writers that encode nothing;
// lone reports one.
func percentDecode(s string) (path string, lone bool) {
	if !strings.Contains(s, "%") {
		return s, false
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		code := ""
		if i+3 <= len(s) {
			code = strings.ToUpper(s[i+1 : i+3])
		}
		switch code {
		case "0A":
			b.WriteByte('\n')
		case "0D":
			b.WriteByte('\r')
		case "25":
			b.WriteByte('%')
		default:
			b.WriteByte('%')
			lone = true
			continue
		}
		i += 2
	}
	return b.String(), lone
}

// percentEncode is the reverse, for a writer.
var percentEncode = strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D").Replace

// formatManifest writes a manifest in the one form we write: lower-case hex,
// two spaces, sorted by bytes, LF.
func formatManifest(digests map[string]string) []byte {
	paths := make([]string, 0, len(digests))
	for p := range digests {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	var b bytes.Buffer
	for _, p := range paths {
		b.WriteString(digests[p] + "  " + percentEncode(p) + "\n")
	}
	return b.Bytes()
}

// isDigest reports whether s is n lower-case hexadecimal digits.
func isDigest(s string, n int) bool {
	if len(s) != n || strings.ToLower(s) != s {
		return false
	}
	_, err := hex.DecodeString(s)
	return err == nil
}
