package templates

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed directory/*.json
var records embed.FS

// A Directory is all recipients, by slug.
type Directory struct{ all []Recipient }

// Load reads the embedded directory. An error is a fault in its records.
var Load = sync.OnceValues(func() (*Directory, error) { return read(records) })

func read(files fs.FS) (*Directory, error) {
	names, err := fs.Glob(files, "directory/*.json")
	if err != nil {
		return nil, err
	}
	d := &Directory{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var r Recipient
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&r); err != nil {
			return nil, fmt.Errorf("recipient record %s: %w", name, err)
		}
		d.all = append(d.all, r)
	}
	slices.SortFunc(d.all, func(a, b Recipient) int { return cmp.Compare(a.Slug, b.Slug) })
	return d, nil
}

// All returns every record, by slug.
func (d *Directory) All() []Recipient { return slices.Clone(d.all) }

// Lookup returns the record of a slug; a record that was replaced leads to
// its successor.
func (d *Directory) Lookup(slug string) (Recipient, bool) {
	for range 5 { // a chain of replacements ends
		i := slices.IndexFunc(d.all, func(r Recipient) bool { return r.Slug == slug })
		if i < 0 {
			return Recipient{}, false
		}
		if d.all[i].ReplacedBy == "" {
			return d.all[i], true
		}
		slug = d.all[i].ReplacedBy
	}
	return Recipient{}, false
}

// Search returns the records whose slug, name, former name, brand, app or way
// in holds word; those of which it is one of these come first. Names of before
// 2018 are taken for those that followed them.
func (d *Directory) Search(word string) []Recipient {
	word = strings.ToLower(strings.TrimSpace(word))
	if !strings.Contains(word, "银保监局") {
		word = olderNames.Replace(word)
	}
	var exact, out []Recipient
	for _, r := range d.all {
		text := slices.Concat([]string{r.Slug, r.Name, r.Code, r.Region}, r.FormerNames, r.Brands, r.AppNames,
			r.Signatures)
		for _, c := range r.Channels {
			text = append(text, c.Value)
		}
		switch {
		case slices.ContainsFunc(text, func(s string) bool { return strings.ToLower(s) == word }):
			exact = append(exact, r)
		case len(word) == 6 && strings.Trim(word, "0123456789") == "": // a region, or nothing
		case slices.ContainsFunc(text, func(s string) bool {
			return s != "" && s != r.Region &&
				strings.Contains(strings.ToLower(s), word)
		}):
			out = append(out, r)
		}
	}
	return append(exact, out...)
}

// olderNames lead from what people still say to names on record.
var olderNames = strings.NewReplacer("银监局", "银保监局", "保监局", "银保监局", "银监会", "银保监会",
	"金融工作办公室", "地方金融监督管理局", "金融工作局", "地方金融监督管理局", "金融办", "地方金融监督管理局", "地方金融监管局", "地方金融监督管理局")

// Competent returns the body of a code (NFRA-L, LFB, NIFA …) for a region: the
// record of the region itself, then of its city, then of its province.
func (d *Directory) Competent(code, region string) (Recipient, bool) {
	wants := []string{""}
	if len(region) == 6 {
		wants = []string{region, region[:4] + "00", region[:2] + "0000", ""}
	}
	for _, want := range wants {
		for _, r := range d.all {
			if r.Code == code && r.Region == want && r.ReplacedBy == "" {
				return r, true
			}
		}
	}
	return Recipient{}, false
}

// Stale returns the records checked longer ago than maxAge, or never.
func (d *Directory) Stale(maxAge time.Duration, now time.Time) []Recipient {
	var out []Recipient
	for _, r := range d.all {
		checked, err := time.Parse(time.DateOnly, r.CheckedOn)
		if err != nil || now.Sub(checked) > maxAge {
			out = append(out, r)
		}
	}
	return out
}
