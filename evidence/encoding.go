package evidence

import (
	"bytes"
	"errors"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// DecodeText brings what Excel, WPS and carriers save to UTF-8: a byte order
// mark decides, then valid UTF-8, then GB 18030. Real Chinese text in GB 18030
// decodes without a replacement character; other encodings read as GB 18030
// give some, and are an error.
func DecodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case IsUTF16(data):
		low, high := 0, 1
		if data[0] == 0xfe {
			low, high = 1, 0
		}
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i+low])|uint16(data[i+high])<<8)
		}
		return string(utf16.Decode(units)), nil
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", errors.New("neither UTF-8 nor GB 18030")
	}
	return string(out), nil
}

// DecodeIfText is [DecodeText] for what may be no text at all: not ok if it
// holds a zero byte, or is in no encoding known here.
func DecodeIfText(data []byte) (s string, ok bool) {
	if bytes.IndexByte(data, 0) >= 0 && !IsUTF16(data) {
		return "", false
	}
	s, err := DecodeText(data)
	return s, err == nil
}

// IsUTF16 reports a byte order mark of UTF-16, of either order.
func IsUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
}

// MarkUTF16 puts a byte order mark before text in UTF-16 that lacks one, where what
// people write tells it from any other encoding: half of many bytes are zero, all on one
// side. Other data is given back as it is.
func MarkUTF16(data []byte) []byte {
	if IsUTF16(data) || len(data) < 4 || len(data)%2 != 0 {
		return data
	}
	var zero [2]int // at even and at odd places
	for n, b := range data {
		if b == 0 {
			zero[n%2]++
		}
	}
	least := len(data) / 20 // a tenth of the characters are ASCII
	switch {
	case zero[0] == 0 && zero[1] > least:
		return append([]byte("\xff\xfe"), data...)
	case zero[1] == 0 && zero[0] > least:
		return append([]byte("\xfe\xff"), data...)
	}
	return data
}
