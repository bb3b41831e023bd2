package evidence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// A RecordError reports a record of data, such as a provision or a recipient,
// that is not as its schema wants it.
type RecordError struct {
	File   string
	Line   int    // from 1; 0: it cannot be told
	Record string // its id; empty: it has none, or the whole file
	Field  string // empty: the whole record
	Found  Text
	Wanted Text
}

// Where is file:line, the record and its field.
func (e *RecordError) Where() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(":%d", e.Line)
	}
	for _, x := range []string{e.Record, e.Field} {
		if x != "" {
			s += " " + x
		}
	}
	return s
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("%s: found %s, wanted %s", e.Where(), e.Found.EN, e.Wanted.EN)
}

// A RawRecord is one record of a file of the person's own, not yet understood.
type RawRecord struct {
	file string
	data []byte // of the whole file, for lines
	from int    // where the record begins in it
	json []byte
}

// RawRecords takes a file apart into its records: a list of them, or just one. form
// says what the file should look like. A mistake is a [*RecordError] with its line.
func RawRecords(file string, data []byte, list bool, form Text) ([]RawRecord, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	bad := func(at int64, zh, en string, wanted Text) error {
		return &RecordError{File: file, Line: lineAt(data, at), Found: Text{zh, en}, Wanted: wanted}
	}
	if at := notUTF8(data); at >= 0 {
		return nil, bad(int64(at), "别的编码（不是 UTF-8）", "characters that are no UTF-8", Text{
			"UTF-8 编码的文件（记事本：另存为，编码选 UTF-8）", "a file in UTF-8 (Notepad: save as, encoding UTF-8)"})
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, &RecordError{File: file, Found: Text{"空文件", "an empty file"}, Wanted: form}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	var all json.RawMessage
	if err := d.Decode(&all); err != nil {
		return nil, badSyntax(file, data, err, form)
	}
	end := d.InputOffset()
	if rest := bytes.TrimLeft(data[end:], " \t\r\n"); len(rest) > 0 {
		return nil, bad(int64(len(data)-len(rest)), "记录结束以后还有“"+excerpt(rest)+"”",
			`"`+excerpt(rest)+`" after the end`, form)
	}
	start := int(end) - len(all)
	if is := all[0] == '['; is != list {
		return nil, bad(int64(start), map[bool]string{true: "一列记录 […]", false: "单独的内容，不是一列"}[is],
			map[bool]string{true: "a list […]", false: "no list"}[is], form)
	}
	if !list {
		return []RawRecord{{file, data, start, all}}, nil
	}
	var out []RawRecord
	d = json.NewDecoder(bytes.NewReader(all))
	if _, err := d.Token(); err != nil {
		return nil, badSyntax(file, data, err, form)
	}
	for d.More() {
		var one json.RawMessage
		if err := d.Decode(&one); err != nil {
			return nil, badSyntax(file, data, err, form)
		}
		out = append(out, RawRecord{file, data, start + int(d.InputOffset()) - len(one), one})
	}
	if len(out) == 0 {
		return nil, bad(int64(start), "一条记录也没有", "no record", form)
	}
	return out, nil
}

// Into reads a record into a struct. Fields that it does not have, and values of
// another kind, are a [*RecordError] on their line.
func (r RawRecord) Into(v any, form Text) error {
	d := json.NewDecoder(bytes.NewReader(r.json))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		return nil
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		wanted := Text{"与栏名相应的内容：" + form.ZH, "what the field is for: " + form.EN}
		return &RecordError{File: r.file, Line: lineAt(r.data, int64(r.from)+kind.Offset), Field: kind.Field,
			Found: Text{"别的类型（" + kind.Value + "）", "another type (" + kind.Value + ")"}, Wanted: wanted}
	}
	// The decoder has no type for this error.
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		name = strings.Trim(name, `"`)
		fields := strings.Join(jsonFields(v), "、")
		return &RecordError{File: r.file, Line: r.Line(name), Field: name, Found: Text{"不认识的栏名", "no such field"},
			Wanted: Text{"下列栏名：" + fields, "one of the fields " + strings.ReplaceAll(fields, "、", ", ")}}
	}
	return badSyntax(r.file, r.data, err, form)
}

// Line is the line a field stands on, by its name or by a path of names with dots
// between; that of the record, where it has no such field.
func (r RawRecord) Line(field string) int {
	name := field[strings.LastIndex(field, ".")+1:]
	at := bytes.Index(r.json, []byte(`"`+name+`"`))
	if name == "" || at < 0 {
		at = 0
	}
	return lineAt(r.data, int64(r.from+at))
}

func lineAt(data []byte, at int64) int {
	return 1 + bytes.Count(data[:max(0, min(at, int64(len(data))))], []byte("\n"))
}

// notUTF8 is where data stops being UTF-8; -1: it does not.
func notUTF8(data []byte) int {
	for at := 0; at < len(data); {
		c, n := utf8.DecodeRune(data[at:])
		if c == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}

// badSyntax is the error of what is no JSON.
func badSyntax(file string, data []byte, err error, form Text) error {
	bad := &RecordError{File: file, Line: lineAt(data, int64(len(data))), Wanted: form,
		Found: Text{"没有写完的记录（少了引号、] 或者 }）", "a record without its end (a quote, ] or } is missing)"}}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) && syntax.Offset < int64(len(data)) {
		at := max(0, syntax.Offset-1)
		bad.Line = lineAt(data, at)
		bad.Found = Text{"读不通的写法，从“" + excerpt(data[at:]) + "”起", `what cannot be read from "` + excerpt(data[at:]) +
			`" on`}
	}
	return bad
}

// excerpt is the first few characters of a line.
func excerpt(data []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(data), []byte("\n"))
	const most = 16
	if r := []rune(string(line)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(line)
}

// jsonFields are the names a struct has in JSON.
func jsonFields(v any) []string {
	var out []string
	t := reflect.TypeOf(v).Elem()
	for n := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(n).Tag.Get("json"), ","); name != "" && name != "-" {
			out = append(out, name)
		}
	}
	return out
}

// ByUser is the check mark of what the person's own files say: nobody of this
// program looked at it.
const ByUser = "user"

// UserWords is what is printed with every such record.
var UserWords = Text{ZH: "用户提供，未核对", EN: "provided by the user, unchecked"}
