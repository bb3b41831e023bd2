package templates

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
)

// ReadRecipient reads a file of the user's own, of the form of a record of
// directory/: SLUG.json. It is taken as the user's word, whatever it says of
// itself, and carries the file it came from. A mistake is an
// [*evidence.RecordError].
func ReadRecipient(file string, data []byte) (Recipient, error) {
	bad := func(field string, found, wanted evidence.Text) error {
		slug, _ := strings.CutSuffix(filepath.Base(file), ".json")
		return &evidence.RecordError{File: file, Record: slug, Field: field, Found: found, Wanted: wanted}
	}
	var r Recipient
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, evidence.BadJSON(file, data, err, evidence.Text{ZH: "与名录记录相同的一条（recipient.schema.json）",
			EN: "a record as in the directory (recipient.schema.json)"})
	}
	if r.Slug+".json" != filepath.Base(file) {
		return r, bad("slug", evidence.Text{ZH: "“" + r.Slug + "”", EN: `"` + r.Slug + `"`},
			evidence.Text{ZH: "与文件名相同", EN: "the name of the file"})
	}
	if faults := r.Faults(); len(faults) > 0 {
		what := strings.TrimPrefix(faults[0], r.Slug+": ")
		return r, bad("", evidence.Text{ZH: what, EN: what},
			evidence.Text{ZH: "名录记录的写法（juzheng directory show nifa --json 是一个样子）",
				EN: "the form of a record (juzheng directory show nifa --json is one)"})
	}
	r.Quality, r.Origin = evidence.ByUser, file
	for n := range r.Terms {
		r.Terms[n].Quality = evidence.ByUser
	}
	return r, nil
}

// With is the directory with the user's own records: one with a slug of the
// directory stands in its place.
func (d *Directory) With(own []Recipient) *Directory {
	out := &Directory{all: slices.Clone(d.all)}
	for _, r := range own {
		if n := slices.IndexFunc(out.all, func(o Recipient) bool { return o.Slug == r.Slug }); n >= 0 {
			out.all[n] = r
			continue
		}
		out.all = append(out.all, r)
	}
	slices.SortStableFunc(out.all, func(a, b Recipient) int { return strings.Compare(a.Slug, b.Slug) })
	return out
}
