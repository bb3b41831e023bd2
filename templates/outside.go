package templates

import (
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
)

// ReadRecipient reads a file of the user's own, of the form of a record of
// directory/: SLUG.json. It is taken as the user's word, whatever it says of
// itself, and carries the file it came from. today, yyyy-mm-dd, is the day it was not
// checked after. A mistake is an [*evidence.RecordError].
func ReadRecipient(file string, data []byte, today string) (Recipient, error) {
	form := evidence.Text{ZH: "与名录记录相同的一条 {…}（juzheng directory show nifa --json 是一个样子）",
		EN: "one record {…} as in the directory (juzheng directory show nifa --json is one)"}
	var r Recipient
	raw, err := evidence.RawRecords(file, data, false, form)
	if err != nil {
		return r, err
	}
	if err := raw[0].Into(&r, form); err != nil {
		return r, err
	}
	slug, _ := strings.CutSuffix(filepath.Base(file), ".json")
	faults := r.Faults()
	switch {
	case len(faults) > 0:
	case r.Slug != slug:
		faults = []Fault{{r.Slug, "slug", r.Slug, evidence.Text{ZH: "与文件名相同", EN: "the name of the file"}}}
	case r.CheckedOn > today:
		faults = []Fault{{r.Slug, "checked_on", r.CheckedOn, evidence.Text{ZH: "不晚于今天（" + today + "）的日期",
			EN: "a date not after today, " + today}}}
	}
	if len(faults) > 0 {
		f := faults[0]
		return r, &evidence.RecordError{File: file, Line: raw[0].Line(f.Field), Record: slug, Field: f.Field,
			Found: evidence.Text{ZH: "“" + f.Found + "”", EN: `"` + f.Found + `"`}, Wanted: f.Wanted}
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
