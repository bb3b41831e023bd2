package bag

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// strictJSON checks what encoding/json lets pass and two readers would read
// differently: a key that stands twice (it silently keeps the last), text
// that is not UTF-8 (it replaces it), numbers no other reader keeps exact,
// nesting without end, values without end, and anything behind the value.
func strictJSON(data []byte, depth, values int) error {
	if !utf8.Valid(data) {
		return errors.New("text is not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := strictValue(dec, depth, &values); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("something follows the value")
	}
	return nil
}

func strictValue(dec *json.Decoder, depth int, values *int) error {
	if *values--; *values < 0 {
		return errors.New("it holds more values than the bundle has use for")
	}
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	switch v := tok.(type) {
	case json.Delim:
		if depth == 0 {
			return errors.New("nested too deep")
		}
		if v == '{' {
			return strictObject(dec, depth-1, values)
		}
		for dec.More() {
			if err := strictValue(dec, depth-1, values); err != nil {
				return err
			}
		}
		_, err = dec.Token()
		return err
	case json.Number:
		return strictNumber(v.String())
	}
	return nil
}

func strictObject(dec *json.Decoder, depth int, values *int) error {
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := tok.(string)
		// encoding/json matches keys without case, and takes a long s for an s
		// and a Kelvin sign for a k; other readers do not. So a key is plain.
		if !plainKey(key) {
			return fmt.Errorf("key %s is not in lower-case ASCII", Quoted(key))
		}
		if seen[key] {
			return fmt.Errorf("key %s stands twice", Quoted(key))
		}
		seen[key] = true
		if err := strictValue(dec, depth, values); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

func plainKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func strictNumber(s string) error {
	if !strings.ContainsAny(s, ".eE") {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n > maxInteger || n < -maxInteger {
			return fmt.Errorf("number %s is out of range", Marked(s))
		}
		return nil
	}
	if f, err := strconv.ParseFloat(s, 64); err != nil || math.IsInf(f, 0) {
		return fmt.Errorf("number %s is out of range", Marked(s))
	}
	return nil
}
