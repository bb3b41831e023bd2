package scan

import (
	"bytes"
	"image"
	"strconv"

	"golang.org/x/image/ccitt"

	"juzheng/evidence/intake/media"
	"juzheng/evidence/lazyregexp"
)

// A sheet is a page that was scanned, decoded when it is looked at; nil: it cannot
// be.
type sheet func() image.Image

// mostSheets bounds what is looked at in a PDF of many pages.
const mostSheets = 30

// coded is a picture in a form of its own, as a photograph is.
func coded(data []byte) sheet {
	return func() image.Image {
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || !fits(config.Width, config.Height) {
			return nil
		}
		m, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return nil
		}
		return m
	}
}

func fits(width, height int) bool {
	return width > 0 && height > 0 && height <= media.MaxPixels/width
}

// sheets are the pictures in a PDF as scanners and phones put them there: JPEG,
// and of office machines in black and white the coding of a fax. JBIG2 and what
// else there is stays unread, for no kept library reads it: then nobody has
// checked the code, and the person is told to look.
func sheets(pdf []byte) []sheet {
	var out []sheet
	for at := 0; len(out) < mostSheets; {
		n := bytes.Index(pdf[at:], []byte("stream"))
		if n < 0 {
			break
		}
		n += at
		at = n + len("stream")
		end := bytes.Index(pdf[at:], []byte("endstream"))
		if end < 0 {
			break
		}
		body := pdf[at : at+end]
		head := body[:min(len(body), 4)]
		body = body[len(head)-len(bytes.TrimLeft(head, "\r\n")):]
		before := pdf[max(0, n-mostDictionary):n] // the dictionary, and at most what stands before it
		if last := bytes.LastIndex(before, []byte("obj")); last >= 0 {
			before = before[last:]
		}
		switch {
		case bytes.HasPrefix(body, []byte("\xff\xd8")):
			out = append(out, coded(body))
		case faxed.Match(before):
			out = append(out, fax(before, body))
		default:
			continue
		}
		at += end + len("endstream")
	}
	return out
}

// mostDictionary is more than the dictionary of a picture takes.
const mostDictionary = 4096

// What of the dictionary of a picture says how a fax is coded (ISO 32000-1, 7.4.6).
var (
	faxed   = lazyregexp.New(`/CCITTFaxDecode\b|/CCF\b`)
	faxK    = lazyregexp.New(`/K\s+(-?\d+)`)
	columns = lazyregexp.New(`/Columns\s+(\d+)`)
	rows    = lazyregexp.New(`/Rows\s+(\d+)`)
	height  = lazyregexp.New(`/(?:Height|H)\s+(\d+)`)
	aligned = lazyregexp.New(`/EncodedByteAlign\s+true\b`)
)

// fax is a page in Group 3, one-dimensional, or in Group 4.
func fax(dictionary, data []byte) sheet {
	number := func(of *lazyregexp.Regexp, otherwise int) int {
		if m := of.FindSubmatch(dictionary); m != nil {
			if n, err := strconv.Atoi(string(m[1])); err == nil {
				return n
			}
		}
		return otherwise
	}
	return func() image.Image {
		k, width := number(faxK, 0), number(columns, 1728)
		tall := number(rows, number(height, 0))
		form := ccitt.Group3
		switch {
		case k < 0:
			form = ccitt.Group4
		case k > 0: // rows of both kinds
			return nil
		}
		if !fits(width, tall) {
			return nil
		}
		m := image.NewGray(image.Rect(0, 0, width, tall))
		err := ccitt.DecodeIntoGray(m, bytes.NewReader(data), ccitt.MSB, form,
			&ccitt.Options{Align: aligned.Match(dictionary)})
		if err != nil && blank(m) { // a page that broke off may hold its code all the same
			return nil
		}
		return m
	}
}

// blank reports that nothing of a page was decoded.
func blank(m *image.Gray) bool {
	for _, v := range m.Pix {
		if v != 0 {
			return false
		}
	}
	return true
}
