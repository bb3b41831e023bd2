package evidence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

// BadJSON is the error of a file that is no JSON, or not of the form wanted, on
// its line as far as the error tells it.
func BadJSON(file string, data []byte, err error, wanted Text) *RecordError {
	at := int64(-1)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	}
	bad := &RecordError{File: file, Found: Text{err.Error(), err.Error()}, Wanted: wanted}
	if at >= 0 {
		bad.Line = 1 + bytes.Count(data[:min(at, int64(len(data)))], []byte("\n"))
	}
	return bad
}

// ByUser is the check mark of what the person's own files say: nobody of this
// program looked at it.
const ByUser = "user"

// UserWords is what is printed with every such record.
var UserWords = Text{ZH: "用户提供，未核对", EN: "provided by the user, unchecked"}
