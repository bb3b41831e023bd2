package packet

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/emoji"
	"juzheng/templates/typeset"
)

// An Unprintable is a character no font has, in what the person wrote about
// themselves and the parties.
type Unprintable struct {
	Key  string // as case.toml names it: complainant.name
	Nth  int    // of the tables of that name, from 0
	Rune rune
	Text string // where it stands
}

// Unprintables are such characters, each once a place, to be known before anything is
// sealed: a name with another sign in it would be another name. In what the person tells
// in their own words an emoji is none, for it is said in words.
func Unprintables(c evidence.Case, fonts typeset.Fonts) (all []Unprintable, err error) {
	eachString("", 0, reflect.ValueOf(&c).Elem(), func(key string, nth int, v reflect.Value) {
		text := v.String()
		if free[key] {
			text = withoutEmoji(text)
		}
		missing, fault := fonts.Missing(text)
		if fault != nil {
			err = fault
		}
		for _, r := range missing {
			all = append(all, Unprintable{key, nth, r, v.String()})
		}
	})
	return all, err
}

// free are the keys of case.toml whose values are told in the person's own words.
var free = map[string]bool{"statement": true, "requests": true, "deferral.reason": true, "credit.entry": true,
	"credit.wrong": true, "filings.answer": true, "filings.points": true}

// withoutEmoji leaves emoji out, which are said in words.
func withoutEmoji(s string) string {
	var out strings.Builder
	emoji.Spell(s, undrawn, func(r rune) string { out.WriteRune(r); return "" })
	return out.String()
}

func undrawn(rune) bool { return false }

// freeOnPaper is a case whose free words are as paper can show them.
func freeOnPaper(c evidence.Case, fonts typeset.Fonts) evidence.Case {
	c.Requests, c.Filings = slices.Clone(c.Requests), slices.Clone(c.Filings)
	eachString("", 0, reflect.ValueOf(&c).Elem(), func(key string, _ int, v reflect.Value) {
		if free[key] {
			v.SetString(withoutMissing(v.String(), fonts))
		}
	})
	return c
}

// Rare are the characters of a case and of what goes into its papers that the program's own
// fonts lack and that no words stand for: those a fallback is wanted for.
func Rare(c evidence.Case, orders []Order) ([]rune, error) {
	var out []rune
	own, err := typeset.Fonts(nil).Drawn()
	if err != nil {
		return nil, err
	}
	look := func(_ string, _ int, v reflect.Value) {
		emoji.Spell(v.String(), own, func(r rune) string {
			if evidence.PlainCharacters(string(r)) == string(r) && !slices.Contains(out, r) {
				out = append(out, r)
			}
			return ""
		})
	}
	eachString("", 0, reflect.ValueOf(&c).Elem(), look)
	for _, o := range orders {
		in := o.Input
		for _, x := range []any{&in.Findings, &in.Exhibits, &in.Recipient, &o.Redactions} {
			eachString("", 0, reflect.ValueOf(x).Elem(), look)
		}
		for _, said := range in.Passages {
			eachString("", 0, reflect.ValueOf(&said).Elem(), look)
		}
	}
	slices.Sort(out)
	return out, err
}

// onPaper is a copy of v as paper can show it: an emoji in words, a sign that only looks
// like a character as that, and what no font has, by its number, as 〔U+1F600〕. It is for
// what files hold: the files themselves keep every character.
func onPaper[T any](v T, fonts typeset.Fonts) T {
	return spelled(reflect.ValueOf(&v).Elem(), fonts).Interface().(T)
}

// spelled is a copy of v all the way down, its strings as paper can show them.
func spelled(v reflect.Value, fonts typeset.Fonts) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		out.SetString(withoutMissing(v.String(), fonts))
	case reflect.Slice:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for n := range v.Len() {
			out.Index(n).Set(spelled(v.Index(n), fonts))
		}
	case reflect.Map:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeMap(v.Type()))
		for k, x := range v.Seq2() {
			out.SetMapIndex(k, spelled(x, fonts))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(spelled(v.Elem(), fonts))
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				out.Field(n).Set(spelled(v.Field(n), fonts))
			}
		}
	}
	return out
}

// withoutMissing is a text as paper can show it. An emoji is said in words even where a
// fallback could draw it: a small grey face tells less than its name.
func withoutMissing(s string, fonts typeset.Fonts) string {
	own, err := typeset.Fonts(nil).Drawn()
	if err != nil {
		return s // said when the page is set
	}
	all, err := fonts.Drawn()
	if err != nil {
		return s
	}
	return emoji.Spell(s, own, func(r rune) string {
		switch plain := evidence.PlainCharacters(string(r)); {
		case plain != string(r):
			return plain
		case all(r):
			return plain
		}
		return fmt.Sprintf("〔U+%04X〕", r)
	})
}

// eachString calls fn with every string below v, its key as case.toml names it, and which
// of the tables of that name it is in.
func eachString(key string, nth int, v reflect.Value, fn func(key string, nth int, v reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		fn(key, nth, v)
	case reflect.Slice:
		for i := range v.Len() {
			if v.Type().Elem().Kind() == reflect.Struct {
				nth = i
			}
			eachString(key, nth, v.Index(i), fn)
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
			eachString(below, nth, v.Field(i), fn)
		}
	}
}
