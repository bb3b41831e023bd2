package packet

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

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
	spell, err := speller(fonts)
	if err != nil {
		return c // said when the page is set
	}
	c.Requests, c.Filings = slices.Clone(c.Requests), slices.Clone(c.Filings)
	eachString("", 0, reflect.ValueOf(&c).Elem(), func(key string, _ int, v reflect.Value) {
		if free[key] {
			v.SetString(spell(v.String()))
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
	spell, err := speller(fonts)
	if err != nil {
		return v // said when the page is set
	}
	respell(reflect.ValueOf(&v).Elem(), spell)
	return v
}

// respell puts each text below v through spell. Slices, maps and what pointers lead to are
// v's own then, where they hold text: the value that v was copied from keeps its texts.
func respell(v reflect.Value, spell func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" {
			if as := spell(s); as != s {
				v.SetString(as)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 || !holdsText(v.Type()) {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		for n := range own.Len() {
			respell(own.Index(n), spell)
		}
		v.Set(own)
	case reflect.Map:
		if v.Len() == 0 || !holdsText(v.Type()) {
			return
		}
		own := reflect.MakeMapWithSize(v.Type(), v.Len())
		for k, x := range v.Seq2() {
			as := reflect.New(x.Type()).Elem()
			as.Set(x)
			respell(as, spell)
			own.SetMapIndex(k, as)
		}
		v.Set(own)
	case reflect.Pointer:
		if v.IsNil() || !holdsText(v.Type()) {
			return
		}
		own := reflect.New(v.Type().Elem())
		own.Elem().Set(v.Elem())
		respell(own.Elem(), spell)
		v.Set(own)
	case reflect.Struct:
		for _, n := range textFields(v.Type()) {
			respell(v.Field(n), spell)
		}
	}
}

// fieldsWithText are the exported fields of each struct type below which text stands.
var fieldsWithText sync.Map // reflect.Type -> []int

func textFields(t reflect.Type) []int {
	if known, ok := fieldsWithText.Load(t); ok {
		return known.([]int)
	}
	var fields []int
	for n := range t.NumField() {
		if f := t.Field(n); f.IsExported() && holdsText(f.Type, t) {
			fields = append(fields, n)
		}
	}
	fieldsWithText.Store(t, fields)
	return fields
}

// holdsText reports whether text may stand below a value of t. Within are the structs it is
// a part of: one that leads back to itself adds no text of its own.
func holdsText(t reflect.Type, within ...reflect.Type) bool {
	switch t.Kind() {
	case reflect.String:
		return true
	case reflect.Slice, reflect.Map, reflect.Pointer:
		return holdsText(t.Elem(), within...)
	case reflect.Struct:
		if slices.Contains(within, t) {
			return false
		}
		for n := range t.NumField() {
			if f := t.Field(n); f.IsExported() && holdsText(f.Type, append(within, t)...) {
				return true
			}
		}
	}
	return false
}

// speller writes texts as paper can show them. An emoji is said in words even where a
// fallback could draw it: a small grey face tells less than its name.
func speller(fonts typeset.Fonts) (func(string) string, error) {
	own, err := typeset.Fonts(nil).Drawn()
	if err != nil {
		return nil, err
	}
	all, err := fonts.Drawn()
	if err != nil {
		return nil, err
	}
	return func(s string) string {
		return emoji.Spell(s, own, func(r rune) string {
			switch plain := evidence.PlainCharacters(string(r)); {
			case plain != string(r):
				return plain
			case all(r):
				return plain
			}
			return fmt.Sprintf("〔U+%04X〕", r)
		})
	}, nil
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
