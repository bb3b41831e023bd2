package templates

import (
	"slices"

	"juzheng/evidence/spelling"
)

// Alike are the records whose slug differs least from a word, or else begins
// most like it, if it does at all.
func (d *Directory) Alike(word string) []Recipient {
	all := d.All()
	var slugs []string
	for _, r := range all {
		slugs = append(slugs, r.Slug)
	}
	if near := spelling.Near(word, slugs); near != nil {
		return slices.DeleteFunc(all, func(r Recipient) bool { return !slices.Contains(near, r.Slug) })
	}
	const least = 3
	shared := func(r Recipient) int {
		n := 0
		for n < len(word) && n < len(r.Slug) && word[n] == r.Slug[n] {
			n++
		}
		return n
	}
	best := least
	for _, r := range all {
		best = max(best, shared(r))
	}
	return slices.DeleteFunc(all, func(r Recipient) bool { return shared(r) < best })
}
