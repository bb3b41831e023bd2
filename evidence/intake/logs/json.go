package logs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
)

// errNoText reports a file that is no text.
var errNoText = errors.New("neither UTF-8 nor GB 18030 text")

// opens reports a file that begins as JSON does.
func (f *file) opens() (first byte, is bool) {
	s := f.begin()
	if !f.isText || s == "" || s[0] != '{' && s[0] != '[' {
		return 0, false
	}
	return s[0], true
}

// asUTF8 is the file as UTF-8, without a mark. What is UTF-8 is not held in
// memory.
func (f *file) asUTF8() (io.Reader, error) {
	if bytes.HasPrefix(f.head, []byte("\xef\xbb\xbf")) {
		return io.NewSectionReader(f.r, 3, f.size-3), nil
	}
	if utf8.Valid(trimPartial(f.head)) {
		return io.NewSectionReader(f.r, 0, f.size), nil
	}
	var out string
	_, err := whole(func(data []byte, _ func(Row) error) ([]Skipped, error) {
		s, ok := evidence.DecodeIfText(data)
		if out = strings.TrimPrefix(s, "\ufeff"); !ok {
			return nil, errNoText
		}
		return nil, nil
	})(f, nil)
	return strings.NewReader(out), err
}

// firstValue is how much is read for the first value of a file.
const firstValue = 1 << 20

// first is the first value of a file: an entry, or what holds all of them;
// cut off, it is no value.
func (f *file) first() json.RawMessage {
	in, err := f.asUTF8()
	if err != nil {
		return nil
	}
	d := json.NewDecoder(io.LimitReader(in, firstValue))
	if first, _ := f.opens(); first == '[' {
		if _, err := d.Token(); err != nil || !d.More() {
			return nil
		}
	}
	var out json.RawMessage
	if d.Decode(&out) != nil {
		return nil
	}
	return out
}

// An entryReader goes through the entries of a file of JSON: the elements of a
// list, those of the list that an object has under one key, or the values that
// stand one after another.
type entryReader struct {
	f     *file
	key   string                                   // of the list; empty: there is no such object
	other func(name string, value json.RawMessage) // what else the object holds
	each  func(n int, entry json.RawMessage) error // n counts from 1
	bad   func(n int, why evidence.Text)           // an entry that is no text
	n     int
}

func (e *entryReader) read() error {
	in, err := e.f.asUTF8()
	if err != nil {
		return err
	}
	d := json.NewDecoder(in)
	first, _ := e.f.opens()
	switch {
	case first == '[':
		err = e.list(d)
	case e.key != "":
		err = e.object(d)
	default:
		for err == nil {
			if err = e.entry(d); errors.Is(err, io.EOF) {
				return nil
			}
		}
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &BrokenError{e.f.lineAt(d.InputOffset()), errors.New("the file ends in the middle")}
	}
	return err
}

// list reads the elements of a list.
func (e *entryReader) list(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return orSyntax(err)
	}
	for d.More() {
		if err := e.entry(d); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// object reads the list under the key of an object, and tells the rest.
func (e *entryReader) object(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return orSyntax(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		if name == e.key {
			err = e.list(d)
		} else {
			var value json.RawMessage
			if err = d.Decode(&value); err == nil && e.other != nil {
				e.other(name.(string), value)
			}
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (e *entryReader) entry(d *json.Decoder) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	e.n++
	if !utf8.Valid(raw) {
		e.bad(e.n, evidence.Text{ZH: "这一条里有读不出的字（编码不对）", EN: "characters of an unknown encoding in it"})
		return nil
	}
	return e.each(e.n, raw)
}

// orSyntax is the error of a file that holds something else than was expected.
func orSyntax(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// lineAt is the line on which the first value behind a place of the file begins.
func (f *file) lineAt(offset int64) int {
	in, err := f.asUTF8()
	if err != nil {
		return 1
	}
	line := 1
	r := bufio.NewReader(in)
	for n := int64(0); ; n++ {
		b, err := r.ReadByte()
		if err != nil || n >= offset && !bytes.ContainsRune([]byte(" \t\r\n,"), rune(b)) {
			return line
		}
		if b == '\n' {
			line++
		}
	}
}
