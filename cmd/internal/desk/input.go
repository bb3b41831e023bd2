package desk

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/typeset"
)

// input is what letters and book are composed of, for one recipient: with
// nothing in it that they are not to see.
func input(x Dossier, a addressee, root bag.Root) letter.Input {
	in, _ := letter.Redact(whole(x, a, root), onPaper(x.Redactions))
	return in
}

// whole is the input before anything is covered.
func whole(x Dossier, a addressee, root bag.Root) letter.Input {
	in := letter.Input{
		Matter: mask.Matter{Case: x.Case, Findings: onPaper(x.Report.Findings), Exhibits: onPaper(x.Exhibits),
			Incidents: x.Incidents},
		Recipient: a.recipient, Role: a.role, Date: x.Date,
		Root: root.SHA256, SM3: root.SM3, Files: root.Files, Bytes: root.Bytes, Head: root.CustodyHead, Count: root.CustodyEntries,
		Emergency: x.Report.Emergency, Elsewhere: x.Report.Elsewhere,
		Open: func(e evidence.Exhibit) (io.ReadCloser, error) { return x.Folder.OpenExhibit(e) },
	}
	if r, ok := x.Folder.Stamp(x.Date); ok {
		in.Stamp = &letter.Stamp{Time: r.Time, Authority: evidence.Visible(r.Authority)}
	}
	return in
}

// onPaper returns a copy of v with the characters no font has, such as emoji
// in a message, as 〔U+1F600〕. It is for what files hold: the files
// themselves keep every character.
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
