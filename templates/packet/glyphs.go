package packet

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/typeset"
)

// An Unprintable is a character no font has, in what the person wrote about
// themselves and the parties.
type Unprintable struct {
	Key  string // as case.toml names it: complainant.name
	Rune rune
	Text string // where it stands
}

// FirstUnprintable finds such a character, before anything is sealed: a name
// with another sign in it would be another name.
func FirstUnprintable(c evidence.Case) (found Unprintable, any bool, err error) {
	eachString("", reflect.ValueOf(&c).Elem(), func(key string, v reflect.Value) {
		missing, fault := typeset.CheckText(v.String())
		switch {
		case any || err != nil:
		case fault != nil:
			err = fault
		case len(missing) > 0:
			found, any = Unprintable{key, missing[0], v.String()}, true
		}
	})
	return found, any, err
}

// onPaper is a copy of v with the characters no font has, such as emoji in a
// message, as 〔U+1F600〕. It is for what files hold: the files themselves keep
// every character.
func onPaper[T any](v T) T {
	data, err := json.Marshal(v)
	if err != nil {
		return v
	}
	var out T
	if json.Unmarshal(data, &out) != nil {
		return v
	}
	eachString("", reflect.ValueOf(&out).Elem(), func(_ string, s reflect.Value) {
		missing, err := typeset.CheckText(s.String())
		if err != nil {
			return
		}
		shown := s.String()
		for _, r := range missing {
			shown = strings.ReplaceAll(shown, string(r), fmt.Sprintf("〔U+%04X〕", r))
		}
		s.SetString(shown)
	})
	return out
}

// eachString calls fn with every string below v and its key as case.toml
// names it.
func eachString(key string, v reflect.Value, fn func(string, reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		fn(key, v)
	case reflect.Slice:
		for i := range v.Len() {
			eachString(key, v.Index(i), fn)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			below := f.Tag.Get("toml")
			if key != "" {
				below = key + "." + below
			}
			eachString(below, v.Field(i), fn)
		}
	}
}
