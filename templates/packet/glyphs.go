package packet

import (
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
	return spelled(reflect.ValueOf(&v).Elem()).Interface().(T)
}

// spelled is a copy of v all the way down, its strings as paper can show them.
func spelled(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		out.SetString(withoutMissing(v.String()))
	case reflect.Slice:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for n := range v.Len() {
			out.Index(n).Set(spelled(v.Index(n)))
		}
	case reflect.Map:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeMap(v.Type()))
		for k, x := range v.Seq2() {
			out.SetMapIndex(k, spelled(x))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(spelled(v.Elem()))
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				out.Field(n).Set(spelled(v.Field(n)))
			}
		}
	}
	return out
}

func withoutMissing(s string) string {
	missing, err := typeset.CheckText(s)
	if err != nil {
		return s // said when the page is set
	}
	for _, r := range missing {
		s = strings.ReplaceAll(s, string(r), fmt.Sprintf("〔U+%04X〕", r))
	}
	return s
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
