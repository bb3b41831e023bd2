package logs

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A cleaner makes of what the program writes what an XML reader takes, on the
// fly, and changes nothing else. Pairs of references to surrogates become the
// character they mean. Characters that XML does not have (control characters,
// bytes that are not UTF-8) become U+FFFD: damage that stays visible, and the
// messages behind it are still read.
//
// It also bounds one tag, because the decoder holds a tag as a whole: the
// largest real one is a picture of a message, in base64.
type cleaner struct {
	in   *bufio.Reader
	out  bytes.Buffer
	high rune // a high surrogate seen and not yet paired
	tag  int  // bytes since the last <
	most int  // bytes a tag may have

	inTag bool
	quote byte // what ends the value being read; 0 outside of values
}

const maxTag = 64 << 20

var errTag = errors.New("a tag or text larger than any message")

func newCleaner(r io.Reader) *cleaner {
	return &cleaner{in: bufio.NewReaderSize(r, 64<<10), most: maxTag}
}

func (c *cleaner) Read(p []byte) (int, error) {
	for c.out.Len() < len(p) {
		b, err := c.in.ReadByte()
		if err != nil {
			c.flush()
			if c.out.Len() == 0 {
				return 0, err
			}
			break
		}
		if c.tag++; b == '<' && c.quote == 0 {
			c.tag = 0
		}
		if c.tag > c.most {
			return 0, errTag
		}
		switch {
		case b == '<' && c.quote != 0: // in a value it is text; somebody edited the file
			c.flush()
			c.out.WriteString("&lt;")
			continue
		case b == '&':
			c.reference()
			continue
		case b >= utf8.RuneSelf:
			c.in.UnreadByte()
			c.character()
			continue
		}
		c.flush()
		c.follow(b)
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			c.out.WriteRune(utf8.RuneError)
			continue
		}
		c.out.WriteByte(b)
	}
	return c.out.Read(p)
}

// follow keeps track of tags and the values in them.
func (c *cleaner) follow(b byte) {
	switch {
	case c.quote != 0:
		if b == c.quote {
			c.quote = 0
		}
	case b == '<':
		c.inTag = true
	case b == '>':
		c.inTag = false
	case c.inTag && (b == '"' || b == '\''):
		c.quote = b
	}
}

// flush writes a high surrogate that found no low one.
func (c *cleaner) flush() {
	if c.high != 0 {
		c.out.WriteRune(utf8.RuneError)
		c.high = 0
	}
}

// character copies one character of more than one byte.
func (c *cleaner) character() {
	c.flush()
	r, n, err := c.in.ReadRune()
	if err != nil {
		return
	}
	c.tag += n - 1
	if !inXML(r) {
		r = utf8.RuneError
	}
	c.out.WriteRune(r)
}

// inXML reports a character that XML 1.0 has (2.2).
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0xD800 ||
		r >= 0xE000 && r < 0xFFFE || r >= 0x10000 && r <= utf8.MaxRune
}

// reference reads what follows an ampersand.
func (c *cleaner) reference() {
	ref, _ := c.in.Peek(12)
	end := bytes.IndexByte(ref, ';')
	r, ok := rune(0), false
	if end > 1 && ref[0] == '#' {
		digits, base := string(ref[1:end]), 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil {
			r, ok = rune(min(n, utf8.MaxRune+1)), true
		}
	}
	if !ok || inXML(r) {
		c.flush()
		c.out.WriteByte('&')
		return
	}
	c.in.Discard(end + 1)
	switch {
	case !utf16.IsSurrogate(r):
		c.flush()
		c.out.WriteRune(utf8.RuneError)
	case r < 0xDC00:
		c.flush()
		c.high = r
	case c.high != 0:
		c.out.WriteRune(utf16.DecodeRune(c.high, r))
		c.high = 0
	default:
		c.out.WriteRune(utf8.RuneError)
	}
}
